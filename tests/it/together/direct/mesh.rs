//! Who is linked with whom, and what a gesture costs.

use loopstream::together::Request;

use super::wire::Kind;
use super::world::{Meeting, World, pair};

/// Everybody draws and tells something, and everybody hears it.
fn assert_all_hear_all(world: &mut World) {
    let alive = world.alive();
    for seat in &alive {
        assert!(world.draw(*seat));
        world.tell(*seat, &format!("page {seat}"));
    }
    world.pass(5_000);
    world.assert_equal();
    for hearer in &alive {
        for teller in alive.iter().filter(|teller| *teller != hearer) {
            let words = format!("page {teller}");
            let heard = world.hears(*hearer, &words);
            assert_eq!(heard, Some(Some(&*words)), "{hearer} hears {teller}");
        }
    }
}

fn all_pairs(pages: usize) -> Vec<(usize, usize)> {
    let of = |one: usize| (one + 1..pages).map(move |other| (one, other));
    (0..pages).flat_map(of).collect()
}

/// How many frames of a kind were sent since they are counted.
fn sent(world: &World, kind: Kind) -> usize {
    let counts = world.counts.as_ref().unwrap();
    counts.get(&kind).copied().unwrap_or(0)
}

#[test]
fn up_to_eight_who_come_in_by_the_first_are_all_linked_with_each_other() {
    for pages in 3..=8 {
        let mut world = World::room(pages as u64, pages);
        assert_eq!(world.links(), all_pairs(pages));
        for seat in 0..pages {
            assert_eq!(world.joined(seat) as usize, pages - 1);
        }
        assert_all_hear_all(&mut world);
    }
}

#[test]
fn who_come_in_at_once_or_one_by_the_other_are_linked_too() {
    let mut at_once = World::new(1);
    let first = at_once.begin();
    for _ in 1..6 {
        at_once.join(first);
    }
    let mut in_a_row = World::new(2);
    in_a_row.begin();
    for by in 0..5 {
        in_a_row.join(by);
        in_a_row.pass(500);
    }
    for mut world in [at_once, in_a_row] {
        // Who was looked for in the wrong moment is looked for again.
        world.pass(130_000);
        assert_eq!(world.links(), all_pairs(6));
        assert_all_hear_all(&mut world);
    }
}

#[test]
fn ten_are_a_mesh_of_eight_and_a_star_of_the_rest() {
    for seed in 0..6 {
        let mut world = World::room(seed, 10);
        world.pass(200_000);
        let mut links = world.links();
        // The two that came last may find each other.
        links.retain(|link| *link != (8, 9));
        let mut expected = all_pairs(8);
        expected.extend([(0, 8), (0, 9)]);
        expected.sort_unstable();
        assert_eq!(links, expected);
        assert_all_hear_all(&mut world);
        world.counts = Some(Default::default());
        world.tell(9, "here");
        world.pass(1_000);
        assert_eq!(sent(&world, Kind::Told), 9);
    }
}

#[test]
fn a_gesture_and_a_pointer_cost_one_frame_for_each_other_page() {
    let mut world = World::room(5, 8);
    assert_all_hear_all(&mut world);
    for seat in 0..8 {
        world.counts = Some(Default::default());
        world.draw(seat);
        world.pass(6_000);
        assert_eq!(sent(&world, Kind::Entries), 7);
        // Each of the others says what it has now, to each.
        assert_eq!(sent(&world, Kind::Held), 7 * 7);
        world.assert_equal();
    }
    for seat in 0..8 {
        world.tell(seat, "hello");
    }
    world.pass(1_000);
    world.counts = Some(Default::default());
    world.tell(3, "there");
    world.pass(1_000);
    let counts = world.counts.clone().unwrap();
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(Kind::Told, 7)]);
}

#[test]
fn nobody_sends_a_gesture_over_and_over_where_the_ways_are_long_or_all_draw() {
    let mut world = World::room(6, 8);
    world.latency = 3_000;
    world.counts = Some(Default::default());
    world.draw(2);
    world.pass(60_000);
    assert!(sent(&world, Kind::Entries) <= 3 * 28);
    world.assert_equal();
    world.latency = 100;
    world.counts = Some(Default::default());
    for _ in 0..10 {
        for seat in 0..8 {
            world.draw(seat);
            world.pass(150);
        }
    }
    world.pass(10_000);
    let each = sent(&world, Kind::Entries) / 80;
    assert!(each <= 3 * 28, "{each} frames for each gesture");
    world.assert_equal();
}

#[test]
fn a_room_where_nothing_happens_says_only_who_is_there() {
    let mut world = World::room(7, 8);
    world.pass(120_000);
    world.counts = Some(Default::default());
    world.pass(150_000);
    let counts = world.counts.clone().unwrap();
    assert_eq!(
        counts.into_iter().collect::<Vec<_>>(),
        [(Kind::Told, 10 * 8 * 7)]
    );
}

#[test]
fn a_channel_that_breaks_is_made_again() {
    let mut world = World::room(8, 5);
    world.apart.insert(pair(1, 3));
    let broken = world.channels_of(1);
    for channel in broken {
        if world.channels[channel].ends.iter().any(|end| end.0 == 3) {
            world.cut(channel);
        }
    }
    world.pass(40_000);
    assert_eq!(world.links().len(), 9, "they cannot reach each other");
    assert_all_hear_all(&mut world);
    world.apart.clear();
    world.pass(150_000);
    assert_eq!(world.links(), all_pairs(5));
}

#[test]
fn somebody_who_leaves_makes_room_for_one_who_came_late() {
    let mut world = World::room(9, 9);
    assert_eq!(world.links().len(), 29);
    world.kill(4);
    world.pass(200_000);
    let alive = world.alive();
    let expected = all_pairs(9);
    let expected = expected
        .into_iter()
        .filter(|(one, other)| *one != 4 && *other != 4);
    assert_eq!(world.links(), expected.collect::<Vec<_>>());
    assert_eq!(alive.len(), 8);
    world.meeting = Meeting::Fails;
    assert_all_hear_all(&mut world);
}

#[test]
fn what_is_known_of_a_vote_goes_to_all_and_to_who_comes_later() {
    const POLL: &str = r#"{"vote":"first"}"#;
    let mut world = World::room(7, 3);
    world.ask(0, Request::TellPoll(POLL.to_owned()));
    world.pass(1_000);
    for seat in [1, 2] {
        assert_eq!(world.page(seat).polls, [POLL]);
        world.ask(seat, Request::PassPoll(POLL.to_owned()));
    }
    assert!(world.page(0).polls.is_empty(), "nobody hears themselves");
    world.kill(0);
    let late = world.join(1);
    world.pass(5_000);
    assert_eq!(world.page(late).polls.first().unwrap(), POLL);
}
