//! Two people in a room without a relay.

use loopstream::together::{Connection, Request};

use super::world::World;
use crate::sync::DAY;

#[test]
fn two_people_draw_in_one_room() {
    for latency in [20, 2_000] {
        let mut world = World::new(1);
        world.latency = latency;
        let one = world.begin();
        world.pass(1_000);
        assert_eq!(world.joined(one), 0);
        assert_eq!(world.unsent(one), 1, "nobody else has the beginning");
        let other = world.join(one);
        world.pass(10_000);
        assert!(world.page(other).document().is_some());
        for _ in 0..20 {
            assert!(world.draw(one) && world.draw(other));
            world.pass(30);
        }
        world.pass(20_000);
        world.assert_equal();
        assert_eq!((world.joined(one), world.joined(other)), (1, 1));
        assert_eq!(world.all_told.len(), 40);
        assert_eq!(world.page(one).document().unwrap().variables().len(), 41);
    }
}

#[test]
fn what_is_drawn_alone_is_unsent_until_there_is_a_channel_again() {
    let mut world = World::room(2, 2);
    world.kill(1);
    world.pass(5_000);
    assert_eq!((world.joined(0), world.unsent(0)), (0, 0));
    world.draw(0);
    world.pass(60_000);
    assert_eq!(world.unsent(0), 1);
    assert!(world.all_told.is_empty());
    let again = world.reload(1);
    world.draw(again);
    world.invite(0, again);
    world.pass(1_000);
    world.assert_equal();
    assert_eq!(world.all_told.len(), 2);
}

#[test]
fn a_page_that_was_away_for_days_comes_back_with_what_it_has_drawn() {
    let mut world = World::room(3, 3);
    world.meeting = super::world::Meeting::Fails;
    for channel in world.channels_of(2) {
        world.cut(channel);
    }
    for _ in 0..5 {
        assert!(world.draw(2));
    }
    world.kill(2);
    for _ in 0..4 {
        for _ in 0..110 {
            world.draw(0);
            world.draw(1);
            world.pass(10);
        }
        world.pass(40_000);
        world.now += DAY;
        world.pass(40_000);
    }
    world.assert_equal();
    assert!(
        world.page(0).gestures.len() < 300,
        "what snapshots cover is forgotten"
    );
    let again = world.reload(2);
    world.pass(1_000);
    assert_eq!(world.joined(again), 0);
    world.invite(1, again);
    world.pass(5_000);
    world.assert_equal();
    let page = world.page(0);
    assert_eq!(page.document().unwrap().variables().len(), 1 + 5 + 880);
    assert!(page.aside.is_empty() && page.news.is_empty());
}

#[test]
fn who_has_left_says_nothing_more_and_waits_for_nothing() {
    let mut world = World::room(4, 2);
    world.tell(1, "Ada");
    world.pass(1_000);
    assert_eq!(world.hears(0, "Ada"), Some(Some("Ada")));
    world.ask(1, Request::Leave);
    world.pass(1_000);
    assert_eq!(world.hears(0, "Ada"), Some(None));
    let state = world.page(1).state.clone().unwrap();
    assert_eq!(state.connection, Connection::Left);
    world.counts = Some(Default::default());
    world.kill(1);
    world.pass(600_000);
    assert_eq!(world.counts, Some(Default::default()));
}
