//! Members of a room by a relay.

use loopstream::sync::RelayKind;
use loopstream::together::{Connection, Request};

use super::world::World;
use crate::sync::DAY;

const KINDS: [RelayKind; 2] = [RelayKind::YWebsocket, RelayKind::Hocuspocus];

#[test]
fn two_people_draw_in_one_room() {
    for kind in KINDS {
        let mut world = World::new(1, kind);
        let one = world.begin();
        world.pass(1_000);
        assert_eq!(world.unsent(one), 0);
        let other = world.join();
        world.pass(1_000);
        assert!(world.page(other).document().is_some());
        for _ in 0..20 {
            assert!(world.draw(one) && world.draw(other));
            world.pass(30);
        }
        world.pass(1_000);
        world.assert_equal();
        assert_eq!(world.all_told.len(), 40);
        assert_eq!(world.page(one).document().unwrap().variables().len(), 41);
    }
}

#[test]
fn pages_hear_what_the_others_tell_of_their_persons_and_when_they_leave() {
    for kind in KINDS {
        let mut world = World::new(2, kind);
        let one = world.begin();
        world.ask(one, Request::Tell("{\"name\":\"Ada\"}".to_owned()));
        world.pass(1_000);
        let other = world.join();
        world.pass(1_000);
        let heard = world.page(other).heard.clone();
        assert_eq!(
            heard.last().unwrap().2.as_deref(),
            Some("{\"name\":\"Ada\"}")
        );
        assert_eq!(world.page(one).heard, [], "nobody hears themselves");
        world.ask(one, Request::Leave);
        world.pass(100);
        let state = world.page(one).state.clone().unwrap();
        assert_eq!(state.connection, Connection::Left);
        let gone = world.page(other).heard.last().unwrap();
        assert_eq!((gone.0, &gone.2), (heard[0].0, &None));
    }
}

#[test]
fn after_200_changes_one_makes_a_snapshot_and_a_day_later_the_log_is_swept() {
    for kind in KINDS {
        let mut world = World::new(3, kind);
        let one = world.begin();
        let other = world.join();
        world.pass(20_000);
        for day in 0..4 {
            for _ in 0..110 {
                world.draw(one);
                world.draw(other);
                world.pass(10);
            }
            world.pass(40_000);
            world.assert_equal();
            let (base, same) = (world.page(one).base.clone(), world.page(other).base.clone());
            assert_eq!(base, same);
            assert!(base.unwrap().lamport > 100 * (day + 1));
            assert!(
                world.page(one).gestures.len() < 30,
                "the page need not keep what is covered"
            );
            world.now += DAY;
            world.pass(40_000);
        }
        // What is covered by all but the last two snapshots is gone.
        assert!(world.relay.count() < 600, "{}", world.relay.count());
        let late = world.join();
        world.pass(5_000);
        world.assert_equal();
        assert_eq!(world.page(late).document().unwrap().variables().len(), 881);
        assert!(world.page(one).aside.is_empty() && world.page(one).news.is_empty());
    }
}
