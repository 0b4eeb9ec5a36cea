//! Lines: what is sent, what counts as sent, and what is sent again.

use loopstream::sync::{Heard, Line, MessageError, Other, RULES, Room};
use loopstream::worker::NativeFormat;

use crate::sync::seal::Out;
use crate::sync::{DAY, drawn, make, small, tab, two};

/// Sends all that the other side lacks to it.
pub(super) fn offer(line: &mut Line, room: &Room) -> Vec<Vec<u8>> {
    let mut out = Out::new(65_536);
    line.offer(room, &NativeFormat, &mut out).unwrap();
    out.frames
}

fn held(line: &Line, room: &Room) -> Vec<Vec<u8>> {
    let mut out = Out::new(300);
    line.say_held(room, &mut out).unwrap();
    out.frames
}

/// A room hears frames of a line.
pub(super) fn hear(line: &mut Line, room: &mut Room, frames: &[Vec<u8>]) {
    for frame in frames {
        if let Heard::Entries(entries) = line.hear(frame, room, &NativeFormat).unwrap() {
            room.take(entries);
        }
    }
}

#[test]
fn two_rooms_send_each_other_only_what_the_other_lacks() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    make(&mut other, |document| drawn(document, 2));
    let (mut there, mut back) = (Line::new(Other::Room), Line::new(Other::Room));
    assert!(offer(&mut there, &one).is_empty());
    hear(&mut there, &mut one, &held(&back, &other));
    hear(&mut back, &mut other, &held(&there, &one));
    let (to_other, to_one) = (offer(&mut there, &one), offer(&mut back, &other));
    assert_eq!((to_other.len(), to_one.len()), (1, 1));
    assert_eq!((there.unsent(&one), back.unsent(&other)), (1, 1));
    hear(&mut back, &mut other, &to_other);
    hear(&mut there, &mut one, &to_one);
    assert_eq!(one.document(), other.document());
    assert!(offer(&mut there, &one).is_empty() && offer(&mut back, &other).is_empty());
    hear(&mut there, &mut one, &held(&back, &other));
    assert_eq!(there.unsent(&one), 0);
    assert!(there.has(tab(1), 2) && !there.has(tab(1), 3));
}

#[test]
fn what_was_lost_is_sent_again_when_the_other_still_lacks_it() {
    let (mut one, other) = two();
    let mut there = Line::new(Other::Room);
    let back = Line::new(Other::Room);
    make(&mut one, |document| drawn(document, 1));
    let lacks = held(&back, &other);
    hear(&mut there, &mut one, &lacks);
    assert_eq!(offer(&mut there, &one).len(), 1);
    // It may be on its way while the other says what it has.
    hear(&mut there, &mut one, &lacks);
    assert!(offer(&mut there, &one).is_empty());
    hear(&mut there, &mut one, &lacks);
    assert_eq!(offer(&mut there, &one).len(), 1);
}

#[test]
fn what_somebody_takes_out_of_the_log_comes_back_unless_it_was_let_go() {
    let mut room = Room::open(tab(1), small(), RULES, 0);
    let mut line = Line::new(Other::Log);
    line.heard_all();
    let first = offer(&mut line, &room);
    make(&mut room, |document| drawn(document, 1));
    let second = offer(&mut line, &room);
    hear(&mut line, &mut room, &first);
    hear(&mut line, &mut room, &second);
    line.lose(&second[0]);
    assert_eq!(line.unsent(&room), 1);
    assert_eq!(offer(&mut line, &room), second);
    hear(&mut line, &mut room, &second);
    assert!(!room.is_forgotten(&first[0]));
    room.snapshot(2 * DAY).unwrap();
    let third = offer(&mut line, &room);
    hear(&mut line, &mut room, &third);
    assert!(room.is_forgotten(&first[0]) && !room.is_forgotten(&second[0]));
    line.lose(&first[0]);
    assert!(offer(&mut line, &room).is_empty());
    assert!(!room.is_forgotten(&third[0]), "all stands on it");
}

#[test]
fn a_log_does_not_say_itself_what_it_has() {
    let (mut one, other) = two();
    let frames = held(&Line::new(Other::Room), &other);
    let mut line = Line::new(Other::Log);
    let heard = line.hear(&frames[0], &one, &NativeFormat);
    assert_eq!(heard, Err(MessageError::Unknown));
    make(&mut one, |document| drawn(document, 1));
    line.heard_all();
    assert_eq!(line.unsent(&one), 2);
}

#[test]
fn unfinished_messages_do_not_fill_the_memory() {
    let (mut one, _) = two();
    let mut state = 1_u64;
    let words: String = (0..9_000)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            char::from(b'a' + ((state >> 33) % 26) as u8)
        })
        .collect();
    let mut line = Line::new(Other::Room);
    let receiver = Room::join(tab(2), RULES);
    let mut last = Vec::new();
    for number in 1..600_u64 {
        make(&mut one, |document| drawn(document, number));
        let text = format!("{words}{number}");
        make(&mut one, |document| {
            crate::sync::remarked(document, number, &text)
        });
        let mut sender = Line::new(Other::Log);
        sender.heard_all();
        if number % 100 == 1 {
            let mut out = Out::new(2_000);
            sender.offer(&one, &NativeFormat, &mut out).unwrap();
            // The last piece of each never comes.
            last = out.frames.clone();
            for frame in &out.frames[..out.frames.len() - 1] {
                let _ = line.hear(frame, &receiver, &NativeFormat).unwrap();
            }
        }
    }
    // The newest is still there, and becomes whole.
    let heard = line
        .hear(&last[last.len() - 1], &receiver, &NativeFormat)
        .unwrap();
    assert!(matches!(heard, Heard::Entries(_)));
}
