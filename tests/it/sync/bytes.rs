//! Entries as bytes: round trips, bounds, and whatever else may come.

use loopstream::model::Document;
use loopstream::store::{Covered, DocumentCodec, Order};
use loopstream::sync::{
    Body, Entry, LARGEST_NUMBER, Line, MOST_ENTRIES_OF_PARCEL, Other, ParcelError, RULES, Raw,
    Room, Snapshot, read_parcel, write_parcel,
};
use loopstream::worker::NativeFormat;
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;

use crate::common::changes::patch_of;
use crate::common::document::{changes, document};
use crate::sync::seal::Out;
use crate::sync::{drawn, make, small, tab};

fn order(number: u64) -> Order {
    Order {
        lamport: number,
        tab: tab(1),
        number,
    }
}

fn entry(body: Body) -> Entry {
    Entry {
        order: order(3),
        at: 1_790_000_000_000,
        rules: RULES,
        body,
    }
}

fn read(bytes: &[u8]) -> Result<Vec<Entry>, ParcelError> {
    read_parcel(bytes, RULES, &NativeFormat)
}

fn written(entry: &Entry) -> Vec<u8> {
    write_parcel(entry, &NativeFormat).unwrap()
}

/// A parcel of these bytes.
fn packed(whole: &[u8]) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(compress_to_vec(whole, 6));
    bytes
}

fn snapshot(covered: &[(u64, u64)], let_go: &[(u64, u64)]) -> Body {
    let numbers = |all: &[(u64, u64)]| all.iter().map(|(of, n)| (tab(*of), *n)).collect();
    Body::Snapshot(Box::new(Snapshot {
        covered: numbers(covered),
        let_go: numbers(let_go),
        document: small(),
    }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_entry_reads_back(start in document(), changes in changes()) {
        let patch = patch_of(&start, &changes);
        let snapshot = Snapshot {
            covered: [(tab(1), 3), (tab(2), 9)].into(),
            let_go: Covered::from([(tab(2), 4)]),
            document: start,
        };
        for body in [Body::Patch(Box::new(patch)), Body::Snapshot(Box::new(snapshot))] {
            let entry = entry(body);
            prop_assert_eq!(read(&written(&entry)), Ok(vec![entry]));
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_and_never_panic(
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        noise in prop::collection::vec(any::<u8>(), 0..60),
        is_snapshot: bool,
    ) {
        let body = match is_snapshot {
            true => snapshot(&[(1, 3)], &[]),
            false => Body::Patch(Box::new(drawn(&Document::default(), 1))),
        };
        let mut bytes = written(&entry(body));
        for (at, byte) in &flips {
            let at = at.index(bytes.len());
            bytes[at] ^= *byte;
        }
        let _ = read(&bytes);
        let _ = read(&bytes[..cut.index(bytes.len())]);
        let _ = read(&noise);
        let _ = read(&packed(&noise));
        // As frames of a line.
        let mut room = Room::join(tab(2), RULES);
        let mut line = Line::new(Other::Room);
        let source = Room::open(tab(1), small(), RULES, 0);
        let mut out = Out::new(300);
        let mut sender = Line::new(Other::Log);
        sender.heard_all();
        sender.offer(&source, &NativeFormat, &mut out).unwrap();
        line.say_held(&source, &mut out).unwrap();
        for mut frame in out.frames {
            for (at, byte) in &flips {
                let at = at.index(frame.len());
                frame[at] ^= *byte;
            }
            frame.truncate(1 + cut.index(frame.len()));
            for frame in [&frame, &noise] {
                let heard = line.hear(frame, &room, &NativeFormat);
                if let Ok(loopstream::sync::Heard::Entries(entries)) = heard {
                    room.take(entries);
                }
                line.lose(frame);
                let _ = room.is_forgotten(frame);
            }
        }
    }
}

#[test]
fn what_a_newer_version_wrote_is_kept_as_it_is() {
    let newer = Entry {
        rules: RULES + 1,
        ..entry(Body::Patch(Box::new(drawn(&Document::default(), 1))))
    };
    let bytes = written(&newer);
    let read = read(&bytes).unwrap();
    assert!(matches!(read[0].body, Body::Newer(_)));
    assert_eq!(written(&read[0]), bytes);
    let by_newer = read_parcel(&written(&read[0]), RULES + 1, &NativeFormat).unwrap();
    assert_eq!(by_newer, [newer]);
    // The same rules, but a newer format.
    let text = NativeFormat.write_patch(&drawn(&Document::default(), 1));
    let text = text.replacen("\"version\":", "\"version\":9", 1);
    let format = entry(Body::Damaged(Raw {
        kind: 0,
        bytes: text.into_bytes(),
    }));
    let read = self::read(&written(&format)).unwrap();
    assert!(matches!(read[0].body, Body::Newer(_)));
    assert_eq!(self::read(&[2, 0, 0]), Err(ParcelError::Newer));
}

#[test]
fn what_says_more_than_it_may_is_damaged_alone() {
    let is_damaged = |entry: &Entry| {
        let read = read(&written(entry)).unwrap();
        matches!(read[0].body, Body::Damaged(_)) && read[0].order == entry.order
    };
    let patch = || Body::Patch(Box::new(drawn(&Document::default(), 1)));
    let mut late = entry(patch());
    late.order.lamport = u64::MAX;
    assert!(is_damaged(&late));
    let raw = |kind, bytes: &[u8]| {
        entry(Body::Damaged(Raw {
            kind,
            bytes: bytes.to_vec(),
        }))
    };
    assert!(is_damaged(&raw(0, b"\xff\xfe")));
    assert!(is_damaged(&raw(0, b"{}")));
    assert!(is_damaged(&raw(1, b"")));
    assert!(is_damaged(&raw(7, b"{}")));
    // A snapshot that does not cover itself, that lets go what it does not cover, with a number or
    // a time that there cannot be.
    assert!(!is_damaged(&entry(snapshot(&[(1, 3), (2, 5)], &[(2, 5)]))));
    assert!(is_damaged(&entry(snapshot(&[(1, 2)], &[]))));
    assert!(is_damaged(&entry(snapshot(&[(2, 3)], &[]))));
    assert!(is_damaged(&entry(snapshot(&[(1, 3)], &[(2, 1)]))));
    assert!(is_damaged(&entry(snapshot(
        &[(1, 3), (2, LARGEST_NUMBER + 1)],
        &[]
    ))));
    let mut late = entry(snapshot(&[(1, 3)], &[]));
    late.order.lamport = (1 << 32) + 4;
    assert!(is_damaged(&late));
    late.order.lamport = (1 << 32) + 3;
    assert!(!is_damaged(&late));
}

#[test]
fn the_bounds_of_a_parcel_are_held() {
    let head = |first: u64, count: u64| postcard::to_allocvec(&(7_u64, first, count)).unwrap();
    assert_eq!(read(&packed(&head(1, 0))), Err(ParcelError::Numbers));
    assert_eq!(read(&packed(&head(0, 1))), Err(ParcelError::Numbers));
    assert_eq!(read(&packed(&head(u64::MAX, 1))), Err(ParcelError::Numbers));
    let many = MOST_ENTRIES_OF_PARCEL + 1;
    assert_eq!(read(&packed(&head(1, many))), Err(ParcelError::Numbers));
    assert_eq!(read(&packed(&head(1, u64::MAX))), Err(ParcelError::Numbers));
    assert!(matches!(
        read(&packed(&head(1, 1))),
        Err(ParcelError::Postcard(_))
    ));
    // A length that is not there asks for no memory.
    let mut lying = head(1, 1);
    lying.extend(postcard::to_allocvec(&(1_u64, 1_u64, 1_u32, 0_u8, u64::MAX)).unwrap());
    assert!(read(&packed(&lying)).is_err());
    // 40 MB of zeros in 40 kB.
    assert_eq!(
        read(&packed(&vec![0; 40_000_000])),
        Err(ParcelError::Packing)
    );
    let mut room = Room::open(tab(1), small(), RULES, 0);
    make(&mut room, |document| drawn(document, 1));
    let mut whole = head(2, 1);
    let text = NativeFormat.write_patch(&drawn(room.document().unwrap(), 2));
    let mut body = postcard::to_allocvec(&(2_u64, 0_u64, RULES, 0_u8)).unwrap();
    body.extend(postcard::to_allocvec(&text).unwrap());
    whole.extend(&body);
    assert!(read(&packed(&whole)).is_ok());
    whole.push(0);
    assert_eq!(read(&packed(&whole)), Err(ParcelError::Longer(1)));
}

#[test]
fn a_drag_is_small_on_the_wire() {
    let mut room = Room::open(tab(1), small(), RULES, 1_790_000_000_000);
    make(&mut room, |document| {
        crate::sync::moved(document, 0, 123.456)
    });
    let mut line = Line::new(Other::Log);
    line.heard_all();
    let mut out = Out::new(65_536);
    let drag = room.entry(tab(1), 2).unwrap().clone();
    let mut other = Room::join(tab(2), RULES);
    other.take([drag]);
    line.offer(&other, &NativeFormat, &mut out).unwrap();
    let length: usize = out.frames.iter().map(Vec::len).sum();
    assert!(length < 270, "{length} bytes, and a seal of 29");
}
