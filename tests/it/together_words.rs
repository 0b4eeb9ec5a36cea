//! What a person is told of how things stand in a room.

use loopstream::model::{Change, Id, Patch};
use loopstream::store::{Entry, Order};
use loopstream::together::{Away, Connection, Down, Remedy, RoomState, StateKind};

const NOW: u64 = 1_000_000;

fn state(connection: Connection, unsent: u32, missing: u32) -> RoomState {
    RoomState {
        connection,
        unsent,
        missing,
        is_outdated: false,
    }
}

fn down(again: u64) -> Connection {
    Connection::Down(Down { since: NOW, again })
}

fn every_state() -> Vec<RoomState> {
    let connections = [
        Connection::Connecting,
        Connection::Receiving,
        Connection::Open,
        down(NOW + 8_000),
        Connection::Refused("no entry".to_owned()),
        Connection::Foreign,
        Connection::Left,
    ];
    let mut states = Vec::new();
    for connection in connections {
        for is_outdated in [false, true] {
            for unsent in [0, 1, 7] {
                for missing in [0, 1, 7] {
                    states.push(RoomState {
                        is_outdated,
                        ..state(connection.clone(), unsent, missing)
                    });
                }
            }
        }
    }
    states
}

#[test]
fn a_room_that_is_well_says_with_how_many() {
    let words =
        |unsent, missing, others| state(Connection::Open, unsent, missing).words(others, NOW);
    assert_eq!(words(0, 0, 3), "Shared with 3.");
    assert_eq!(words(0, 0, 0), "Only you are here.");
    assert_eq!(words(1, 0, 3), "1 change not yet sent.");
    assert_eq!(words(2, 0, 3), "2 changes not yet sent.");
    // What is missing comes before what is not sent: it says that what one sees is not all.
    assert_eq!(words(2, 2, 3), "Waiting for 2 changes of another.");
}

#[test]
fn a_line_that_is_down_says_when_it_is_tried_again() {
    let words = |again, unsent| state(down(again), unsent, 0).words(0, NOW);
    assert_eq!(
        words(NOW + 7_001, 0),
        "Offline: you go on working, changes are sent later. Next try in 8 s."
    );
    assert_eq!(
        words(NOW + 8_000, 2),
        "Offline: you go on working, 2 changes are sent later. Next try in 8 s."
    );
    // A clock that was set back or forward says nothing odd.
    for again in [0, NOW - 1, NOW] {
        assert!(words(again, 0).ends_with("Trying again…"), "{again}");
    }
}

#[test]
fn what_a_relay_says_becomes_one_sentence() {
    for (why, said) in [
        ("no entry", "The relay does not let this page in: no entry."),
        (
            "No entry. ",
            "The relay does not let this page in: No entry.",
        ),
        ("", "The relay does not let this page in."),
    ] {
        let refused = state(Connection::Refused(why.to_owned()), 0, 0);
        assert_eq!(refused.coming_words(NOW), said);
        assert_eq!(refused.tried_words().unwrap(), said);
        assert!(refused.words(0, NOW).starts_with(said));
    }
}

#[test]
fn every_state_has_words_and_a_way_on() {
    for state in every_state() {
        for words in [state.words(2, NOW), state.coming_words(NOW)] {
            assert!(words.ends_with(['.', '…']), "{state:?}: {words}");
            assert!(!words.contains(".."), "{state:?}: {words}");
        }
        let remedy = state.kind().remedy();
        if state.is_outdated {
            assert_eq!(remedy, Some(Remedy::Reload), "{state:?}");
        }
        if let (Connection::Down(_), false) = (&state.connection, state.is_outdated) {
            assert_eq!(remedy, Some(Remedy::TryNow), "{state:?}");
        }
    }
}

#[test]
fn what_is_read_out_has_no_numbers_and_is_not_said_of_each_change() {
    for state in every_state() {
        if let Some(words) = state.kind().read_out() {
            assert!(!words.contains(|letter: char| letter.is_ascii_digit()));
        }
    }
    for quiet in [StateKind::Coming, StateKind::Sending] {
        assert_eq!(quiet.read_out(), None);
    }
}

#[test]
fn trying_a_relay_ends_with_one_sentence() {
    for state in every_state() {
        let is_over = !matches!(
            state.connection,
            Connection::Connecting | Connection::Receiving
        );
        assert_eq!(state.tried_words().is_some(), is_over, "{state:?}");
    }
}

fn gesture(number: u64, ids: &[u64]) -> Entry {
    let change = Change {
        before: None,
        after: None,
    };
    Entry {
        order: Order {
            lamport: number,
            tab: Id::from_bits(1),
            number,
        },
        at: 0,
        patch: Patch {
            changes: ids
                .iter()
                .map(|id| (Id::from_bits(*id), change.clone()))
                .collect(),
            ..Patch::default()
        },
    }
}

fn told(here: &[&[u64]], unsent: u32, came: &[&[u64]]) -> Option<String> {
    let mut away = Away::default();
    let here: Vec<Entry> = here
        .iter()
        .zip(1..)
        .map(|(ids, number)| gesture(number, ids))
        .collect();
    away.note_here(here.iter());
    for (ids, number) in came.iter().zip(100..) {
        away.note_coming(&gesture(number, ids));
    }
    away.note_unsent(unsent);
    // As changes are confirmed, fewer are unsent: that makes them no less one's own.
    away.note_unsent(0);
    away.words()
}

#[test]
fn what_came_in_is_counted_and_what_of_it_touches_what_was_not_sent() {
    assert_eq!(told(&[&[1], &[2]], 2, &[]), None);
    assert_eq!(
        told(&[], 0, &[&[1]]).unwrap(),
        "1 change of others came in."
    );
    // The first of the two was sent, so it is known to those who came after it.
    assert_eq!(
        told(&[&[1], &[2]], 1, &[&[1], &[3], &[1, 3]]).unwrap(),
        "3 changes of others came in."
    );
    assert_eq!(
        told(&[&[1], &[2]], 1, &[&[2], &[3]]).unwrap(),
        "2 changes of others came in, 1 of them touches what you changed."
    );
    // Snapshots count as unsent too, and are no gestures.
    assert_eq!(
        told(&[&[1], &[2]], 9, &[&[2], &[1, 2], &[4]]).unwrap(),
        "3 changes of others came in, 2 of them touch what you changed."
    );
}
