//! Pages that cannot reach each other hear all through somebody between.

use loopstream::together::Request;

use super::wire::Kind;
use super::world::{Meeting, World};

/// Pages that are linked as said, where no others meet.
fn linked(seed: u64, pages: usize, links: &[(usize, usize)]) -> World {
    let mut world = World::new(seed);
    world.meeting = Meeting::Fails;
    world.begin();
    for _ in 1..pages {
        world.enter(
            &super::wire::link().fragment(),
            loopstream::together::Contents::Nothing,
        );
    }
    for (one, other) in links {
        world.invite(*one, *other);
    }
    world.pass(20_000);
    world
}

fn assert_heard(world: &World, teller: usize, is_there: bool) {
    let words = format!("page {teller}");
    for hearer in world.alive().into_iter().filter(|one| *one != teller) {
        let heard = world.hears(hearer, &words);
        let expected = is_there.then_some(&*words);
        assert_eq!(heard, Some(expected), "{hearer} hears {teller}");
    }
}

#[test]
fn a_page_between_passes_on_gestures_presence_and_farewells() {
    for links in [
        &[(0, 1), (1, 2), (2, 3)][..],
        &[(0, 1), (1, 2), (2, 3), (3, 0)],
    ] {
        let mut world = linked(1, 4, links);
        for seat in 0..4 {
            assert!(world.draw(seat));
            world.tell(seat, &format!("page {seat}"));
            world.pass(1_000);
        }
        world.pass(1_000);
        world.assert_equal();
        for teller in 0..4 {
            assert_heard(&world, teller, true);
        }
        world.ask(3, Request::Leave);
        world.pass(1_000);
        world.kill(3);
        assert_heard(&world, 3, false);
        world.draw(0);
        world.pass(3_000);
        world.assert_equal();
        // A farewell is said once, in a ring too.
        world.pass(1_000);
        world.counts = Some(Default::default());
        world.pass(10_000);
        let told = world.counts.as_ref().unwrap().get(&Kind::Told).copied();
        assert!(told.unwrap_or(0) <= 3 * 2 * 2, "{told:?}");
    }
}

#[test]
fn a_farewell_does_not_go_round_in_a_ring() {
    let ring = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (0, 5)];
    let mut world = linked(2, 6, &ring);
    for seat in 0..6 {
        world.tell(seat, &format!("page {seat}"));
    }
    world.pass(1_000);
    world.counts = Some(Default::default());
    world.ask(5, Request::Leave);
    world.pass(5_000);
    assert_heard(&world, 5, false);
    let told = world.counts.as_ref().unwrap()[&Kind::Told];
    assert!(told <= 10, "{told} farewells");
}

#[test]
fn who_dies_is_missed_by_all_who_are_near() {
    let mut world = World::room(3, 5);
    for seat in 0..5 {
        world.tell(seat, &format!("page {seat}"));
    }
    world.pass(1_000);
    world.latency = 3_000;
    world.kill(2);
    world.pass(10_000);
    assert_heard(&world, 2, false);
    for teller in [0, 1, 3, 4] {
        assert_heard(&world, teller, true);
    }
}

#[test]
fn what_was_lost_with_a_channel_comes_by_another() {
    for seed in 0..10 {
        let mut world = linked(seed, 3, &[(0, 1), (1, 2), (2, 0)]);
        world.draw(0);
        world.cut(2);
        world.pass(4_000);
        world.assert_equal();
        assert_eq!(world.all_told.len(), 1);
    }
}

#[test]
fn what_only_the_one_between_has_heard_is_not_lost_with_its_maker() {
    let mut world = linked(4, 3, &[(0, 1), (1, 2), (2, 0)]);
    world.draw(0);
    world.cut(2);
    world.pass(100);
    world.kill(0);
    world.pass(4_000);
    world.assert_equal();
    assert_eq!(world.page(2).document().unwrap().variables().len(), 2);
}

#[test]
fn who_comes_in_behind_another_is_greeted_at_once() {
    let mut world = linked(5, 4, &[(0, 1), (1, 2)]);
    for seat in 0..3 {
        world.tell(seat, &format!("page {seat}"));
    }
    world.pass(1_000);
    world.tell(3, "page 3");
    world.invite(2, 3);
    world.pass(500);
    assert_eq!(world.hears(3, "page 2"), Some(Some("page 2")));
    assert_eq!(world.hears(3, "page 1"), Some(Some("page 1")));
    assert_eq!(world.hears(0, "page 3"), Some(Some("page 3")));
    world.pass(15_000);
    assert_eq!(world.hears(3, "page 0"), Some(Some("page 0")));
}

#[test]
fn a_page_that_tells_nothing_of_its_person_counts_as_one_that_may_make_a_snapshot() {
    let mut world = linked(6, 4, &[(0, 1), (1, 2), (2, 3)]);
    for _ in 0..55 {
        for seat in 0..4 {
            world.draw(seat);
        }
        world.pass(50);
    }
    world.pass(60_000);
    world.assert_equal();
    let base = world.page(0).base.clone().unwrap();
    assert!(base.lamport > 1, "there is a snapshot");
    for seat in 1..4 {
        assert_eq!(world.page(seat).base.as_ref(), Some(&base));
    }
    let covers = base.covered.iter().filter(|(_, number)| *number == 1);
    assert_eq!(covers.count(), 2, "only one has made a snapshot");
}
