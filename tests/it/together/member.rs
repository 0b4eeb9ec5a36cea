//! Members of a room by a relay.

use std::collections::BTreeMap;

use loopstream::sync::{RelayKind, Way};
use loopstream::together::{Connection, Contents, Frame, Keys, Protocol, Request};

use super::world::{World, invitation};
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

/// How often a seat told something, by the page under which it did.
fn tellings(world: &World, seat: usize, kind: RelayKind) -> BTreeMap<u64, usize> {
    let invitation = invitation(kind);
    let keys = Keys::new(invitation.secret, invitation.rights).unwrap();
    let Way::Relay(relay) = &invitation.way else {
        panic!("it leads to a relay");
    };
    let protocol = Protocol::new(relay, keys.room());
    let mut pages = BTreeMap::new();
    for frame in &world.seats[seat].sent {
        if let Some(Frame::Told(all)) = protocol.read(frame) {
            for told in all {
                *pages.entry(told.page).or_insert(0) += 1;
            }
        }
    }
    pages
}

#[test]
fn what_is_known_of_a_vote_outlives_its_page_and_leads_to_none() {
    const POLL: &str = r#"{"vote":"some"}"#;
    for kind in KINDS {
        let mut world = World::new(5, kind);
        let one = world.begin();
        let other = world.join();
        let third = world.join();
        world.pass(1_000);
        world.ask(one, Request::TellPoll(POLL.to_owned()));
        world.pass(200);
        assert!(world.page(one).polls.is_empty(), "nobody hears themselves");
        for seat in [other, third] {
            assert_eq!(world.page(seat).polls, [POLL]);
            world.ask(seat, Request::PassPoll(POLL.to_owned()));
        }
        assert_eq!(world.page(other).heard, [], "it is no presence");
        world.pass(120_000);
        let told = [one, other, third].map(|seat| tellings(&world, seat, kind));
        // Each seat has one page that tells of its person; of the vote each time another tells.
        for pages in &told {
            let mut often: Vec<usize> = pages.values().copied().collect();
            often.sort_unstable();
            let last = often.pop();
            assert!(last > Some(5) && often.iter().all(|times| *times == 1));
        }
        // One of them is enough.
        let all: usize = told.iter().map(|pages| pages.len() - 1).sum();
        assert!((6..=16).contains(&all), "{all}");
        world.kill(one);
        world.kill(other);
        world.pass(1_000);
        let link = world.page(third).view_link.clone().unwrap();
        let viewer = world.enter(&link, Contents::Nothing);
        let late = world.join();
        world.pass(4_000);
        for seat in [viewer, late] {
            assert_eq!(world.page(seat).polls.first().unwrap(), POLL);
        }
        // Who may only look tells nothing of a vote.
        world.ask(viewer, Request::TellPoll(r#"{"vote":"mine"}"#.to_owned()));
        world.pass(40_000);
        assert_eq!(tellings(&world, viewer, kind).len(), 1);
        assert!(world.page(late).polls.iter().all(|poll| poll == POLL));
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
