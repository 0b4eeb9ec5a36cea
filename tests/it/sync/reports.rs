//! What went wrong elsewhere, each with the number of its tracker.

use loopstream::model::{Document, Patch, take_back};
use loopstream::store::DocumentCodec;
use loopstream::sync::{
    Body, Entry, Line, News, Other, RULES, Raw, Refusal, Room, read_parcel, write_parcel,
};
use loopstream::worker::NativeFormat;

use crate::sync::line::{hear, offer};
use crate::sync::seal::Out;
use crate::sync::{
    DAY, copy, drawn, id, make, meet, moved, remarked, removed, small, tab, two, variable,
};

fn bytes(room: &Room) -> String {
    NativeFormat.write_document(room.document().unwrap())
}

/// What a page finds in its storage after a reload.
fn reloaded(room: &Room, number: u64) -> Room {
    let mut again = Room::join(tab(number), RULES);
    let kept = room
        .entries()
        .map(|entry| write_parcel(entry, &NativeFormat).unwrap());
    let entries = kept.flat_map(|bytes| read_parcel(&bytes, RULES, &NativeFormat).unwrap());
    assert_eq!(again.take(entries).1, []);
    again
}

#[test]
fn excalidraw_3997_an_old_tab_does_not_overwrite_the_newer_room() {
    let (mut one, old) = two();
    for number in 1..9 {
        make(&mut one, |document| drawn(document, number));
    }
    one.snapshot(0).unwrap();
    let before = bytes(&one);
    // The tab that slept comes back with what it had, and makes a snapshot of that.
    let mut old = old;
    old.snapshot(5 * DAY).unwrap();
    meet(&mut one, &mut old);
    assert_eq!(bytes(&one), before);
}

#[test]
fn excalidraw_5918_two_beginnings_in_one_room_are_not_united() {
    let mut one = Room::open(tab(1), small(), RULES, 0);
    let mut document = Document::default();
    document.apply(&drawn(&document, 7)).unwrap();
    let mut other = Room::open(tab(2), document, RULES, 0);
    // The other is the later by the order of tabs; who stood on the first one is told of it.
    let aside = News::SetAside {
        tab: tab(1),
        number: 1,
    };
    assert_eq!(copy(&other, &mut one), [aside]);
    assert_eq!(copy(&one, &mut other), [aside]);
    assert_eq!(one.document(), other.document());
    assert!(variable(&one, 7).is_some() && variable(&one, 0).is_none());
    // Once.
    assert_eq!(copy(&one.clone(), &mut other), []);
}

#[test]
fn excalidraw_7353_undo_leaves_the_work_of_others() {
    let (mut one, mut other) = two();
    let step = moved(one.document().unwrap(), 0, 50.0);
    make(&mut one, |_| step.clone());
    meet(&mut one, &mut other);
    make(&mut other, |document| remarked(document, 0, "by another"));
    make(&mut other, |document| drawn(document, 3));
    meet(&mut one, &mut other);
    make(&mut one, |document| take_back(&step, document));
    meet(&mut one, &mut other);
    let now = variable(&other, 0).unwrap();
    assert!(now.placement.position.x.abs() < 1e-9);
    assert_eq!(now.remark, "by another");
    assert!(variable(&other, 3).is_some());
}

#[test]
fn excalidraw_6926_undo_of_a_field_that_another_has_changed_since() {
    let (mut one, mut other) = two();
    let step = moved(one.document().unwrap(), 0, 50.0);
    make(&mut one, |_| step.clone());
    meet(&mut one, &mut other);
    make(&mut other, |document| moved(document, 0, 70.0));
    meet(&mut one, &mut other);
    let undo = take_back(&step, one.document().unwrap());
    assert!(undo.is_empty(), "nothing of the step is left");
}

#[test]
fn undo_undo_redo_redo_leaves_the_document_as_it_was() {
    let (mut one, mut other) = two();
    let mut steps: Vec<Patch> = Vec::new();
    for remark in ["a long remark", "a long remark of two"] {
        let patch = remarked(one.document().unwrap(), 0, remark);
        steps.push(patch.clone());
        make(&mut one, |_| patch);
    }
    meet(&mut one, &mut other);
    // Others are at work on the same thing.
    make(&mut other, |document| moved(document, 0, 9.0));
    make(&mut other, |document| {
        remarked(document, 0, "well: a long remark of two")
    });
    meet(&mut one, &mut other);
    let before = bytes(&one);
    let mut undone = Vec::new();
    for step in steps.iter().rev() {
        let undo = take_back(step, one.document().unwrap());
        undone.push(undo.clone());
        make(&mut one, |_| undo);
        meet(&mut one, &mut other);
    }
    assert_eq!(variable(&one, 0).unwrap().remark.trim(), "well:");
    for step in undone.iter().rev() {
        make(&mut one, |document| take_back(step, document));
        meet(&mut one, &mut other);
    }
    assert_eq!(bytes(&one), before);
    assert_eq!(bytes(&other), before);
}

#[test]
fn hocuspocus_183_what_was_done_offline_is_sent_after_reconnecting() {
    let (mut one, mut other) = two();
    let mut log = Vec::new();
    let mut line = Line::new(Other::Log);
    line.open();
    line.heard_all();
    log.extend(offer(&mut line, &one));
    hear(&mut line, &mut one, &log);
    assert_eq!(line.unsent(&one), 0);
    // The line is down, and a person works on.
    make(&mut one, |document| drawn(document, 1));
    make(&mut one, |document| drawn(document, 2));
    assert_eq!(line.unsent(&one), 2);
    line.open();
    assert!(
        offer(&mut line, &one).is_empty(),
        "not before it is known what is there"
    );
    hear(&mut line, &mut one, &log);
    line.heard_all();
    assert_eq!(line.unsent(&one), 2);
    let sent = offer(&mut line, &one);
    assert_eq!(sent.len(), 1, "both in one frame");
    assert_eq!(line.unsent(&one), 2, "sent is what the relay has shown");
    hear(&mut line, &mut one, &sent);
    assert_eq!(line.unsent(&one), 0);
    log.extend(sent);
    hear(&mut Line::new(Other::Log), &mut other, &log);
    assert_eq!(one.document(), other.document());
}

#[test]
fn hocuspocus_344_nothing_is_there_twice_after_the_relay_restarts() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    meet(&mut one, &mut other);
    let before = bytes(&one);
    // The relay is empty, and both bring back all they have.
    let mut log = Vec::new();
    let mut lines = [Line::new(Other::Log), Line::new(Other::Log)];
    for (line, room) in lines.iter_mut().zip([&one, &other]) {
        line.heard_all();
        log.extend(offer(line, room));
    }
    let doubled: Vec<Vec<u8>> = log.iter().chain(&log).cloned().collect();
    hear(&mut lines[0], &mut one, &doubled);
    hear(&mut lines[1], &mut other, &doubled);
    let mut late = Room::join(tab(3), RULES);
    hear(&mut Line::new(Other::Log), &mut late, &doubled);
    for room in [&one, &other, &late] {
        assert_eq!(bytes(room), before);
    }
}

#[test]
fn outline_13726_what_was_done_while_cut_off_is_there_after_a_reload() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    let mut again = reloaded(&one, 3);
    assert_eq!(bytes(&again), bytes(&one));
    make(&mut again, |document| drawn(document, 2));
    meet(&mut again, &mut other);
    assert!(variable(&other, 1).is_some() && variable(&other, 2).is_some());
}

#[test]
fn tldraw_10098_what_was_deleted_offline_does_not_come_back() {
    let (mut one, mut other) = two();
    make(&mut one, |document| removed(document, 0));
    make(&mut other, |document| moved(document, 0, 5.0));
    make(&mut other, |document| remarked(document, 0, "still here?"));
    meet(&mut one, &mut other);
    assert_eq!(variable(&one, 0), None);
}

#[test]
fn liveblocks_3647_one_entry_that_cannot_be_read_does_not_end_all() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    let first = one.entry(tab(1), 2).unwrap();
    let broken = Entry {
        body: Body::Damaged(Raw {
            kind: 0,
            bytes: b"{\"format\":\"loopstream-patch\",\"version\":1,\"what\":0}".to_vec(),
        }),
        ..first.clone()
    };
    // As bytes it is damaged too, and goes on to others as it came.
    let packed = write_parcel(&broken, &NativeFormat).unwrap();
    let read = read_parcel(&packed, RULES, &NativeFormat).unwrap();
    assert_eq!(read, [broken]);
    let (_, news) = other.take(read);
    let refused = News::Refused {
        tab: tab(1),
        number: 2,
        why: Refusal::Damaged,
    };
    assert_eq!(news, [refused]);
    make(&mut one, |document| drawn(document, 2));
    let next = one.entry(tab(1), 3).unwrap().clone();
    assert_eq!(other.take([next]).1, []);
    assert!(variable(&other, 1).is_none() && variable(&other, 2).is_some());
    assert_eq!(other.gaps(), []);
}

#[test]
fn excalidraw_collaboration_73_what_is_over_the_limit_of_a_relay_goes_in_pieces() {
    let mut one = Room::open(tab(1), small(), RULES, 0);
    // Words that do not pack well.
    for number in 1..40_u64 {
        let mut state = number;
        let words: String = (0..4_000)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                char::from(b'a' + ((state >> 33) % 26) as u8)
            })
            .collect();
        make(&mut one, |document| drawn(document, number));
        make(&mut one, |document| remarked(document, number, &words));
    }
    one.snapshot(0).unwrap();
    let mut line = Line::new(Other::Log);
    line.heard_all();
    // `Out` refuses what is over its limit.
    let mut out = Out::new(16 * 1024);
    line.offer(&one, &NativeFormat, &mut out).unwrap();
    assert!(out.frames.len() > 8);
    let mut other = Room::join(tab(2), RULES);
    out.frames.reverse();
    hear(&mut Line::new(Other::Log), &mut other, &out.frames);
    assert_eq!(other.document(), one.document());
}

#[test]
fn y_crdt_582_a_deletion_of_what_is_not_here_yet_is_not_lost() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    let mut third = Room::join(tab(3), RULES);
    copy(&one, &mut third);
    make(&mut third, |document| removed(document, 1));
    let removal = third.entry(tab(3), 1).unwrap().clone();
    other.take([removal]);
    assert_eq!(variable(&other, 1), None);
    copy(&one, &mut other);
    assert_eq!(variable(&other, 1), None);
    assert_eq!(other.document(), third.document());
}

#[test]
fn go_fast_note_sync_9_nothing_comes_back_after_nineteen_days_offline() {
    let (mut one, mut away) = two();
    make(&mut one, |document| drawn(document, 1));
    make(&mut one, |document| drawn(document, 2));
    meet(&mut one, &mut away);
    make(&mut away, |document| moved(document, 1, 30.0));
    make(&mut away, |document| moved(document, 2, 30.0));
    make(&mut away, |document| drawn(document, 3));
    // Meanwhile it is removed, and all of that is forgotten.
    make(&mut one, |document| removed(document, 1));
    one.snapshot(2 * DAY).unwrap();
    make(&mut one, |document| moved(document, 2, 40.0));
    one.snapshot(4 * DAY).unwrap();
    assert!(one.forget().len() > 4);
    meet(&mut one, &mut away);
    assert_eq!(variable(&one, 1), None);
    assert!(variable(&one, 3).is_some(), "what is new comes in");
    // What was done against the old state comes on top of the snapshot.
    let x = variable(&one, 2).unwrap().placement.position.x;
    assert!((x - 30.0).abs() < 1e-9);
    // And whoever comes later has the same.
    let mut late = Room::join(tab(9), RULES);
    copy(&one, &mut late);
    assert_eq!(late.document(), one.document());
    assert!(late.document().unwrap().variables().contains_key(&id(3)));
}

#[test]
fn y_webrtc_43_work_goes_on_when_the_relay_is_gone() {
    let (mut one, _) = two();
    let mut line = Line::new(Other::Log);
    line.heard_all();
    let mut out = Out::new(65_536);
    out.left = Some(0);
    assert!(line.offer(&one, &NativeFormat, &mut out).is_err());
    make(&mut one, |document| drawn(document, 1));
    assert!(line.offer(&one, &NativeFormat, &mut out).is_err());
    assert_eq!(line.unsent(&one), 2);
    out.left = None;
    line.offer(&one, &NativeFormat, &mut out).unwrap();
    let mut other = Room::join(tab(2), RULES);
    hear(&mut Line::new(Other::Log), &mut other, &out.frames);
    assert_eq!(other.document(), one.document());
}

#[test]
fn clocks_that_are_wrong_by_hours_change_nothing() {
    let (mut one, mut other) = two();
    one.commit(moved(one.document().unwrap(), 0, 1.0), 9 * DAY)
        .unwrap();
    meet(&mut one, &mut other);
    other
        .commit(moved(other.document().unwrap(), 0, 2.0), 0)
        .unwrap();
    meet(&mut one, &mut other);
    let x = variable(&one, 0).unwrap().placement.position.x;
    assert!((x - 2.0).abs() < 1e-9, "what was seen later is later");
}
