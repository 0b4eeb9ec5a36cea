//! Who is not of the room, or is not who they say: nobody is stopped by them.

use loopstream::sync::{Invitation, Secret};
use loopstream::together::ChannelFrame;

use super::super::world::entropy;
use super::wire::{Kind, Reader, keys, link};
use super::world::{Got, World};

/// The frames that a hand got.
fn got(world: &World, hand: usize) -> Vec<Vec<u8>> {
    let got = world.seats[hand].got.iter();
    let frames = got.filter_map(|(_, got)| match got {
        Got::Frame(frame) => Some(frame.clone()),
        Got::Opened | Got::Closed => None,
    });
    frames.collect()
}

fn is_closed(world: &World, hand: usize, number: u64) -> bool {
    world.seats[hand].got.contains(&(number, Got::Closed))
}

/// Sends a frame of a room with this link.
fn say(world: &mut World, hand: usize, number: u64, link: &str, frame: &ChannelFrame<'_>) {
    let seal = keys(link).channel_seal(entropy(world.chance.next()));
    world.send(hand, number, seal.seal(&frame.write()));
    world.pass(100);
}

#[test]
fn random_changed_and_foreign_frames_do_nothing_and_whoever_says_no_more_is_closed() {
    let mut world = World::room(1, 2);
    let hand = world.hand();
    world.invite(hand, 0);
    world.pass(100);
    assert!(!got(&world, hand).is_empty());
    let other = Invitation {
        secret: Secret([8; 16]),
        ..link()
    };
    for turn in 0..40_usize {
        let length = world.chance.below(200);
        let random: Vec<u8> = (0..length).map(|_| world.chance.next() as u8).collect();
        world.send(hand, 1, random);
        let mut frames = got(&world, hand);
        let place = world.chance.below(frames.len());
        let mut changed = frames.swap_remove(place);
        let place = world.chance.below(changed.len());
        changed[place] ^= 1 << (turn % 8);
        world.send(hand, 1, changed);
        let here = ChannelFrame::Here {
            page: 5,
            others: vec![6],
        };
        say(&mut world, hand, 1, &other.fragment(), &here);
    }
    world.draw(0);
    world.pass(1_000);
    world.assert_equal();
    assert_eq!(world.joined(0), 1);
    assert!(!is_closed(&world, hand, 1));
    world.pass(10_000);
    assert!(is_closed(&world, hand, 1), "after 15 seconds");
    assert_eq!(world.seats[0].closed.len(), 1);
    world.draw(1);
    world.pass(1_000);
    world.assert_equal();
}

#[test]
fn who_says_who_they_are_just_in_time_stays() {
    let mut world = World::room(2, 1);
    let hand = world.hand();
    world.invite(hand, 0);
    world.pass(14_000);
    let here = ChannelFrame::Here {
        page: 5,
        others: Vec::new(),
    };
    say(&mut world, hand, 1, &link().fragment(), &here);
    world.pass(600_000);
    assert!(!is_closed(&world, hand, 1));
    assert_eq!(world.joined(0), 1);
    // It is one page for good.
    let here = ChannelFrame::Here {
        page: 6,
        others: Vec::new(),
    };
    say(&mut world, hand, 1, &link().fragment(), &here);
    assert!(is_closed(&world, hand, 1));
}

#[test]
fn what_a_page_said_comes_back_to_it_as_a_channel_to_itself() {
    let mut world = World::room(3, 2);
    let hand = world.hand();
    world.invite(hand, 0);
    world.pass(100);
    for frame in got(&world, hand) {
        world.send(hand, 1, frame);
    }
    world.pass(100);
    assert!(is_closed(&world, hand, 1));
    world.invite(1, 1);
    world.pass(1_000);
    assert_eq!(world.links(), [(0, 1)]);
    world.draw(0);
    world.pass(1_000);
    world.assert_equal();
}

#[test]
fn frames_of_another_channel_are_of_no_use() {
    // A hand between two pages gives each what the other says: they take it for each other.
    let mut world = World::room(4, 2);
    world.tell(0, "Ada");
    let hand = world.hand();
    for seat in 0..2 {
        world.invite(hand, seat);
    }
    let mut done = 0;
    for _ in 0..200 {
        world.pass(20);
        let all = world.seats[hand].got.clone();
        for (number, got) in &all[done..] {
            if let Got::Frame(frame) = got {
                world.send(hand, 3 - number, frame.clone());
            }
        }
        done = all.len();
    }
    // There is a channel already, so one of them closes this one.
    world.pass(20_000);
    assert_eq!(
        world.links().iter().filter(|link| link.1 == hand).count(),
        1
    );
    assert_eq!((world.joined(0), world.joined(1)), (1, 1));
    assert_eq!(world.hears(1, "Ada"), Some(Some("Ada")));
    world.draw(0);
    world.draw(1);
    world.pass(1_000);
    world.assert_equal();
}

#[test]
fn of_two_channels_to_one_page_one_side_closes_the_second() {
    for seed in 0..10 {
        let mut world = World::room(seed, 3);
        for seat in 0..3 {
            world.tell(seat, &format!("page {seat}"));
        }
        world.pass(1_000);
        let links = world.links();
        let second = world.invite(0, 1);
        world.pass(1_000);
        assert_eq!(world.links(), links, "the first stays");
        assert!(!world.channels[second].is_open);
        let closed: Vec<usize> = world.seats.iter().map(|seat| seat.closed.len()).collect();
        assert_eq!(closed.iter().sum::<usize>(), 1, "{closed:?}");
        // Nobody has seen anybody go.
        for seat in 0..3 {
            assert!(
                world
                    .page(seat)
                    .heard
                    .iter()
                    .all(|(.., told)| told.is_some())
            );
            assert_eq!(world.joined(seat), 2);
        }
        world.draw(0);
        world.pass(1_000);
        world.assert_equal();
    }
}

#[test]
fn a_page_has_64_channels_at_most() {
    let mut world = World::room(5, 2);
    let hand = world.hand();
    for _ in 0..70 {
        world.invite(hand, 0);
    }
    world.pass(100);
    assert_eq!(world.seats[0].closed.len(), 70 - 63);
    for page in 0..63 {
        let here = ChannelFrame::Here {
            page,
            others: (0..1_000).collect(),
        };
        say(&mut world, hand, page + 1, &link().fragment(), &here);
    }
    assert!(world.longest <= 64 * 1024);
    world.draw(1);
    world.pass(3_000);
    world.pass(400_000);
    let state = world.page(1).state.clone().unwrap();
    assert_eq!(state.unsent, 0);
}

#[test]
fn a_gap_that_nobody_can_fill_keeps_nobody_busy() {
    let mut world = World::room(6, 4);
    world.pass(60_000);
    let mut lost = world.page(1).kept().unwrap();
    let document = world.page(1).document().unwrap();
    let patch = crate::sync::drawn(document, 500);
    let mut gesture = {
        use loopstream::store::DocumentCodec;
        loopstream::together::Gesture {
            lamport: 9,
            tab: 4242,
            number: 3,
            at: world.now,
            patch: loopstream::worker::NativeFormat.write_patch(&patch),
        }
    };
    // Entries 1 and 2 of this tab are nowhere.
    world.ask(1, loopstream::together::Request::Commit(gesture.clone()));
    gesture.number = 4;
    world.ask(2, loopstream::together::Request::Commit(gesture));
    lost.gestures.clear();
    world.pass(10_000);
    world.counts = Some(Default::default());
    world.pass(15_000);
    let counts = world.counts.clone().unwrap();
    let kinds: Vec<Kind> = counts.into_keys().collect();
    assert_eq!(kinds, [Kind::Told], "nothing is sent over and over");
}

#[test]
fn a_frame_that_is_longer_than_any_is_not_taken() {
    let mut world = World::room(7, 2);
    let hand = world.hand();
    world.invite(hand, 0);
    world.pass(100);
    let page = 5;
    let link = link().fragment();
    let here = ChannelFrame::Here {
        page,
        others: Vec::new(),
    };
    say(&mut world, hand, 1, &link, &here);
    let words = vec![b'a'; 60_000];
    let payload = [&[0, 1, 0xe0, 0xd4, 0x03][..], &words].concat();
    let text = keys(&link)
        .presence_seal(entropy(5))
        .seal(page, 7, &payload);
    let told = ChannelFrame::Told {
        page,
        number: 7,
        text: Some(&text),
    };
    say(&mut world, hand, 1, &link, &told);
    assert!(world.longest <= 64 * 1024, "nor passed on");
    assert!(Reader::new().here(&got(&world, hand)[0]).is_some());
}
