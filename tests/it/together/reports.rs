//! What went wrong in other programs for working together, by the number of their trackers.

use loopstream::model::Edit;
use loopstream::sync::RelayKind;
use loopstream::together::{Connection, Contents, Input, Request};

use super::relay::Relay;
use super::world::World;
use crate::faults::chance::Chance;
use crate::sync::{changed, id};

const KINDS: [RelayKind; 2] = [RelayKind::YWebsocket, RelayKind::Hocuspocus];

/// Two people in a room of some variables.
fn two(kind: RelayKind) -> (World, usize, usize) {
    let mut world = World::new(5, kind);
    let one = world.begin();
    world.pass(500);
    let other = world.join();
    world.pass(500);
    for _ in 0..4 {
        world.draw(one);
        world.draw(other);
    }
    world.pass(1_000);
    world.assert_equal();
    (world, one, other)
}

/// The relay is gone for a while, as for both.
fn down(world: &mut World) {
    world.is_relay_up = false;
    for seat in 0..world.seats.len() {
        world.cut(seat);
    }
}

/// A text that does not pack well.
fn noise(seed: u64, length: usize) -> String {
    let mut chance = Chance(seed);
    let mut text = String::new();
    while text.len() < length {
        text.push_str(&format!("{:016x}", chance.next()));
    }
    text
}

/// hocuspocus#183: after reconnecting with offline edits, "connected", and nothing is sent.
#[test]
fn what_was_done_offline_is_sent_after_the_line_is_back() {
    for kind in KINDS {
        let (mut world, one, other) = two(kind);
        down(&mut world);
        world.pass(1_000);
        for _ in 0..3 {
            world.draw(one);
        }
        assert_eq!(world.unsent(one), 3);
        world.is_relay_up = true;
        world.pass(5_000);
        world.assert_equal();
        assert_eq!(world.page(other).document().unwrap().variables().len(), 12);
    }
}

/// hocuspocus#344, yjs-demos#16, jupyter-collaboration#571: content twice after the relay restarts.
#[test]
fn a_relay_that_restarts_empty_gets_everything_back_once() {
    for kind in KINDS {
        let (mut world, one, _) = two(kind);
        world.join();
        world.pass(1_000);
        let before = world.relay.count();
        let does = world.relay.restart(None);
        world.carry(does);
        world.pass(100);
        world.draw(one);
        world.pass(10_000);
        world.assert_equal();
        assert_eq!(world.relay.count(), before + 1);
    }
}

/// The same: what the relay has lost is not told as sent before it is there again.
#[test]
fn what_a_relay_has_lost_counts_as_unsent_until_it_is_back() {
    let (mut world, one, other) = two(RelayKind::YWebsocket);
    world.kill(other);
    let does = world.relay.restart(None);
    world.carry(does);
    world.pass(10_000);
    world.assert_equal();
    let states = &world.page(one).states;
    assert!(
        states
            .iter()
            .any(|state| state.connection == Connection::Receiving)
    );
    assert!(states.iter().rev().take(4).any(|state| state.unsent > 1));
}

/// outline#13726, nextcloud/text#1667: edits made while cut off are gone after a reload.
#[test]
fn what_was_done_offline_is_sent_after_a_reload() {
    for kind in KINDS {
        let (mut world, one, _) = two(kind);
        down(&mut world);
        world.draw(one);
        let again = world.reload(one);
        world.pass(1_000);
        world.draw(again);
        let again = world.reload(again);
        world.is_relay_up = true;
        world.pass(10_000);
        world.assert_equal();
        assert_eq!(world.page(again).document().unwrap().variables().len(), 11);
    }
}

/// A thing that was deleted offline comes back on reconnecting (tldraw, excalidraw-playground#7).
#[test]
fn what_was_deleted_offline_stays_deleted() {
    for kind in KINDS {
        let (mut world, one, other) = two(kind);
        down(&mut world);
        let document = world.page(one).document().unwrap();
        let mut edit = Edit::new(document);
        edit.remove(id(1));
        let removed = edit.finish();
        world.commit(one, &removed);
        let document = world.page(other).document().unwrap();
        let moved = changed(document, 1, |one| one.remark = "still here".to_owned());
        world.commit(other, &moved);
        world.is_relay_up = true;
        world.pass(5_000);
        world.all_told.remove(&1);
        world.assert_equal();
        assert!(
            !world
                .page(one)
                .document()
                .unwrap()
                .variables()
                .contains_key(&id(1))
        );
    }
}

/// tldraw#10098: a failed first sync leaves the client half connected for ever.
#[test]
fn a_first_meeting_that_fails_is_begun_again() {
    for kind in KINDS {
        for after in [1, 5, 10, 15, 20, 30, 40] {
            let mut world = World::new(after, kind);
            world.begin();
            world.pass(1_000);
            let other = world.join();
            world.pass(after);
            world.cut(other);
            world.pass(5_000);
            world.draw(other);
            world.pass(1_000);
            world.assert_equal();
        }
    }
}

/// tldraw#10092: the late close of an old socket ends the new session.
#[test]
fn late_words_of_an_old_socket_do_nothing() {
    let (mut world, one, _) = two(RelayKind::YWebsocket);
    world.cut(one);
    world.pass(3_000);
    world.assert_equal();
    let connects = world.seats[one].connects.len();
    world.input(
        one,
        Input::Closed {
            socket: 1,
            code: 1006,
            reason: "",
        },
    );
    world.input(one, Input::Opened { socket: 1 });
    world.input(
        one,
        Input::Heard {
            socket: 1,
            frame: &[2, 0, 1, b'x'],
        },
    );
    world.pass(3_000);
    world.assert_equal();
    assert_eq!(world.seats[one].connects.len(), connects);
}

/// excalidraw-collaboration#73: a message over the limit of a relay cuts the line, and the resend
/// cuts it again.
#[test]
fn large_documents_pass_relays_with_small_limits() {
    for (kind, limit) in [(KINDS[0], 100_000), (KINDS[0], 40_000), (KINDS[1], 20_000)] {
        let mut world = World::new(6, kind);
        world.relay.limit = limit;
        let one = world.begin();
        world.pass(500);
        for number in 0..40 {
            let remark = noise(number, 9_000);
            if number > 0 {
                world.draw(one);
            }
            let document = world.page(one).document().unwrap();
            let patch = changed(document, number, |one| one.remark.clone_from(&remark));
            world.commit(one, &patch);
        }
        world.pass(30_000);
        assert_eq!(world.unsent(one), 0);
        // A begun room of such a size, in one snapshot.
        let text = loopstream::format::json::write(world.page(one).document().unwrap());
        let mut second = World::new(7, kind);
        second.relay.limit = limit;
        let link = second.link.clone();
        let first = second.enter(&link, Contents::Begin(text));
        second.pass(30_000);
        assert_eq!(second.unsent(first), 0);
        let joined = second.join();
        second.pass(5_000);
        second.assert_equal();
        // Whoever gives the relay back what it lost cuts that too.
        let does = second.relay.restart(None);
        second.carry(does);
        second.pass(30_000);
        second.assert_equal();
        assert_eq!(
            second.page(joined).document().unwrap().variables().len(),
            40
        );
    }
}

/// excalidraw#3216, #1310: no back pressure. Presence waits, entries do not.
#[test]
fn while_much_waits_in_the_socket_only_entries_are_sent() {
    let (mut world, one, other) = two(RelayKind::YWebsocket);
    world.seats[one].buffered = 1 << 20;
    world.pass(1_000);
    let sent = world.seats[one].sent.len();
    for number in 0..20 {
        world.ask(one, Request::Tell(format!("{{\"n\":{number}}}")));
        world.pass(40);
    }
    assert_eq!(world.seats[one].sent.len(), sent);
    world.draw(one);
    assert_eq!(world.seats[one].sent.len(), sent + 1);
    world.seats[one].buffered = 0;
    world.pass(200);
    let told = world.page(other).heard.last().unwrap().2.clone();
    assert_eq!(told.as_deref(), Some("{\"n\":19}"), "the last word counts");
}

/// y-crdt#582, #607, yjs#461: deletes out of order, or of clients that were not seen.
#[test]
fn what_a_stranger_takes_out_of_the_log_comes_back() {
    for kind in KINDS {
        let (mut world, one, other) = two(kind);
        let does = world.relay.take_out(0, 1_000);
        world.carry(does);
        world.pass(5_000);
        world.assert_equal();
        world.kill(one);
        world.kill(other);
        let late = world.join();
        world.pass(2_000);
        world.assert_equal();
        assert_eq!(world.page(late).document().unwrap().variables().len(), 9);
    }
}

/// OpenFn/lightning#4898, y-websocket#79: read-only in the interface alone.
#[test]
fn who_views_sends_no_entries_and_none_of_theirs_count() {
    for kind in KINDS {
        let (mut world, one, _) = two(kind);
        let view = world.page(one).view_link.clone().unwrap();
        let viewer = world.enter(&view, Contents::Nothing);
        world.pass(1_000);
        assert_eq!(world.page(viewer).document(), world.page(one).document());
        assert_eq!(world.page(viewer).view_link, None);
        // A page that does not know its place.
        let before = world.relay.copy();
        assert!(world.draw(viewer));
        world.cut(viewer);
        world.pass(5_000);
        assert_eq!(
            world.relay.copy(),
            before,
            "nothing of it reached the relay"
        );
        assert_eq!(world.unsent(viewer), 0);
        assert_eq!(world.page(one).document().unwrap().variables().len(), 9);
        // It sees what the others do, and may read where the relay gives no more than that.
        world.relay.is_read_only = true;
        world.cut(viewer);
        world.pass(3_000);
        world.relay.is_read_only = false;
        let state = world.page(viewer).state.clone().unwrap();
        assert_eq!(state.connection, Connection::Open);
        // It begins no room.
        let begun = world.enter(&view, Contents::Begin(String::new()));
        assert!(world.page(begun).failed.is_some());
        world.kill(begun);
    }
}

/// hocuspocus#264: it takes 90 s until one is told that the line is down.
#[test]
fn a_line_that_is_silent_is_down_after_45_seconds() {
    let (mut world, one, _) = two(RelayKind::YWebsocket);
    world.pass(120_000);
    let connects = world.seats[one].connects.len();
    assert_eq!(connects, 1, "a quiet room is not silent");
    // The relay stands still: it takes what comes, and says nothing.
    let room = world.relay.room.clone();
    world.relay = Relay::new(RelayKind::YWebsocket, &room);
    world.is_relay_up = false;
    let since = world.now;
    world.draw(one);
    world.pass(46_000);
    let states = &world.page(one).states;
    let down = states
        .iter()
        .any(|state| matches!(&state.connection, Connection::Down(down) if down.since > since));
    assert!(down);
}

/// A failed send: the line is told as down as soon as its socket is.
#[test]
fn a_line_that_breaks_is_told_at_once() {
    let (mut world, one, _) = two(RelayKind::Hocuspocus);
    world.is_relay_up = false;
    world.draw(one);
    world.cut(one);
    world.pass(50);
    let state = world.page(one).state.clone().unwrap();
    assert!(matches!(
        state.connection,
        Connection::Down(_) | Connection::Connecting
    ));
    assert_eq!(state.unsent, 1);
}

/// y-webrtc#43: the relay is gone: a plain sentence, work goes on, the retry is visible.
#[test]
fn a_relay_that_is_gone_is_tried_again_and_again_and_work_goes_on() {
    let mut world = World::new(8, RelayKind::YWebsocket);
    world.is_relay_up = false;
    let one = world.begin();
    for _ in 0..10 {
        world.pass(1_000);
        assert!(world.draw(one));
    }
    world.pass(300_000);
    let tries = world.seats[one].connects.clone();
    let gaps: Vec<u64> = tries.windows(2).map(|two| two[1] - two[0]).collect();
    assert!(gaps[0] < 200 && gaps[1] < 300);
    let early = gaps
        .iter()
        .zip(&tries)
        .filter(|(_, at)| **at < tries[0] + 55_000);
    assert!(early.map(|(gap, _)| *gap).max().unwrap() < 2_700);
    assert!(
        gaps.iter()
            .rev()
            .take(5)
            .all(|gap| (10_000..=30_100).contains(gap))
    );
    let state = world.page(one).state.clone().unwrap();
    let Connection::Down(down) = state.connection else {
        panic!("{state:?}");
    };
    assert!(down.since < tries[1] && down.again > world.now);
    assert_eq!(state.unsent, 11);
    world.is_relay_up = true;
    world.ask(one, Request::Retry);
    world.pass(500);
    world.assert_equal();
}

/// Who is not let in is told why, and does not knock for ever.
#[test]
fn who_is_not_let_in_is_told_why() {
    let mut world = World::new(9, RelayKind::Hocuspocus);
    world.relay.token = Some("another".to_owned());
    let one = world.begin();
    world.pass(60_000);
    let state = world.page(one).state.clone().unwrap();
    assert_eq!(
        state.connection,
        Connection::Refused("permission-denied".to_owned())
    );
    assert_eq!(world.seats[one].connects.len(), 1);
    // The token of the address.
    world.relay.token = Some("open".to_owned());
    world.ask(one, Request::Retry);
    world.pass(1_000);
    world.assert_equal();
    // Nor does who may only read.
    world.relay.is_read_only = true;
    world.cut(one);
    world.pass(2_000);
    let state = world.page(one).state.clone().unwrap();
    assert!(matches!(state.connection, Connection::Refused(_)));
}

/// A relay that does not give back to who sent is asked.
#[test]
fn a_relay_that_does_not_echo_is_asked_what_it_has() {
    let mut world = World::new(10, RelayKind::YWebsocket);
    world.relay.echoes = false;
    let one = world.begin();
    world.pass(500);
    world.draw(one);
    world.pass(6_000);
    assert_eq!(world.unsent(one), 0);
    assert_eq!(world.seats[one].connects.len(), 1);
}

/// A clock that is set back by hours stops nothing.
#[test]
fn a_clock_that_is_set_back_stops_nothing() {
    let (mut world, one, _) = two(RelayKind::YWebsocket);
    world.now += 7_200_000;
    world.draw(one);
    world.pass(1_000);
    let due = world.seats[one].member.due().unwrap();
    assert!(due > 7_200_000);
    let before = world.now;
    world.now -= 7_200_000;
    world.draw(one);
    let due = world.seats[one].member.due().unwrap();
    assert!(due < before, "it is due by the clock as it is now");
}
