//! What a relay or a stranger may send: it is read with bounds, and stops nobody.

use loopstream::sync::RelayKind;
use loopstream::together::{Connection, Input, Protocol, RelayLog, Update};
use proptest::prelude::*;
use yrs::updates::decoder::Decode;
use yrs::{Any, Array, ClientID, Doc, Options, ReadTxn, StateVector, Transact, WriteTxn};

use super::world::{World, invitation};
use loopstream::sync::Way;

/// A log that several clients wrote, with parts taken out.
fn log(steps: &[(u8, u8, u8)], root: &str) -> Doc {
    let options = |client| Options::with_guid_and_client_id("log".into(), ClientID::new(client));
    let docs: Vec<Doc> = (1..4)
        .map(|client| Doc::with_options(options(client << 40)))
        .collect();
    for (who, what, place) in steps {
        let doc = &docs[usize::from(*who) % docs.len()];
        let change = {
            let mut change = doc.transact_mut();
            let log = change.get_or_insert_array(root);
            let length = log.len(&change);
            if what % 5 == 0 && length > 0 {
                log.remove(&mut change, u32::from(*place) % length);
            } else if what % 7 == 0 {
                let at = u32::from(*place) % (length + 1);
                log.insert(&mut change, at, Any::Buffer(vec![*what; 3].into()));
            } else {
                let bytes = vec![*place; usize::from(*what)];
                log.push_back(&mut change, Any::Buffer(bytes.into()));
            }
            change.encode_update_v1()
        };
        // The others hear of some of it late.
        for other in docs.iter().filter(|_| what % 3 != 0) {
            apply(other, &change);
        }
    }
    let whole = Doc::with_options(options(9));
    for doc in &docs {
        apply(&whole, &all(doc));
    }
    whole
}

fn apply(doc: &Doc, update: &[u8]) {
    let update = yrs::Update::decode_v1(update).unwrap();
    doc.transact_mut().apply_update(update).unwrap();
}

fn all(doc: &Doc) -> Vec<u8> {
    doc.transact()
        .encode_state_as_update_v1(&StateVector::default())
}

fn elements(doc: &Doc) -> Vec<Vec<u8>> {
    let mut change = doc.transact_mut();
    let log = change.get_or_insert_array("log");
    let bytes = log.iter(&change).map(|out| match out {
        yrs::Out::Any(Any::Buffer(bytes)) => bytes.to_vec(),
        other => panic!("{other:?}"),
    });
    bytes.collect()
}

fn steps() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    proptest::collection::vec(any::<(u8, u8, u8)>(), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_update_that_is_cut_is_the_same_update(steps in steps(), limit in 100_usize..2_000) {
        let doc = log(&steps, "log");
        let whole = all(&doc);
        let chunks = Update::read(&whole).unwrap().cut(limit);
        let other = Doc::with_options(Options::with_guid_and_client_id("o".into(), ClientID::new(5)));
        for chunk in &chunks {
            let longest = Update::read(chunk).unwrap().elements().map(|(_, _, bytes)| bytes.len()).max();
            let removals = 1_000;
            prop_assert!(chunk.len() <= limit.max(longest.unwrap_or(0) + 100) + removals);
            apply(&other, chunk);
        }
        prop_assert_eq!(elements(&doc), elements(&other));
        let (state, same) = (doc.transact().state_vector(), other.transact().state_vector());
        prop_assert_eq!(state, same);
    }

    #[test]
    fn what_an_update_brings_is_what_is_in_the_array(steps in steps()) {
        let doc = log(&steps, "log");
        let mut log = RelayLog::new(77);
        let brought = log.hear(&all(&doc), |sealed| Some(sealed.to_vec())).unwrap();
        let mut frames = brought.frames;
        let mut expected = elements(&doc);
        frames.sort();
        expected.sort();
        prop_assert_eq!(frames, expected);
        prop_assert_eq!(log.hear(&all(&doc), |_| None).unwrap(), Default::default());
    }

    #[test]
    fn damaged_updates_are_refused_or_taken_and_never_panic(
        steps in steps(),
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = all(&log(&steps, "log"));
        for (place, byte) in &damages {
            let place = place.index(bytes.len());
            bytes[place] = *byte;
        }
        let mut log = RelayLog::new(77);
        let _ = log.hear(&bytes, |sealed| Some(sealed.to_vec()));
        let _ = log.hear(&bytes[..cut.index(bytes.len())], |_| None);
        log.append(b"frame", b"sealed");
        log.lacking(&StateVector::default(), 200);
        log.sweep(|start| start.len() % 2 == 0);
    }

    #[test]
    fn frames_of_any_bytes_are_read_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..60), start in 0_u8..12) {
        for kind in [RelayKind::YWebsocket, RelayKind::Hocuspocus] {
            let Way::Relay(relay) = invitation(kind).way else { unreachable!() };
            let protocol = Protocol::new(&relay, "room");
            let mut frame = if kind == RelayKind::Hocuspocus { b"\x04room".to_vec() } else { Vec::new() };
            frame.push(start);
            frame.extend(&bytes);
            let _ = protocol.read(&frame);
            let _ = protocol.read(&bytes);
        }
    }

    #[test]
    fn a_member_goes_on_whatever_it_hears(
        frames in proptest::collection::vec((0_u8..4, proptest::collection::vec(any::<u8>(), 0..40)), 1..8),
    ) {
        let mut world = World::new(3, RelayKind::YWebsocket);
        let one = world.begin();
        world.pass(500);
        for (kind, bytes) in frames {
            let mut frame = vec![0, kind];
            frame.push(bytes.len() as u8);
            frame.extend(bytes);
            world.input(one, Input::Heard { socket: 1, frame: &frame });
            world.draw(one);
            world.pass(100);
        }
        prop_assert!(world.page(one).document().is_some());
    }
}

#[test]
fn a_count_that_no_bytes_follow_takes_no_memory() {
    let Way::Relay(relay) = invitation(RelayKind::YWebsocket).way else {
        unreachable!()
    };
    let protocol = Protocol::new(&relay, "room");
    let much = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
    for head in [&[1][..], &[0, 0], &[0, 1], &[0, 2]] {
        let mut frame = head.to_vec();
        frame.push(5);
        frame.extend(much);
        if let Some(
            loopstream::together::Frame::All(update) | loopstream::together::Frame::New(update),
        ) = protocol.read(&frame)
        {
            assert!(Update::read(update).is_err());
        }
    }
}

#[test]
fn a_room_of_something_else_is_left_alone() {
    for (root, what) in [
        ("text", Any::Buffer(vec![1].into())),
        ("log", Any::from("word")),
    ] {
        let mut world = World::new(4, RelayKind::YWebsocket);
        {
            let mut change = world.relay.doc.transact_mut();
            let array = change.get_or_insert_array(root);
            array.push_back(&mut change, what);
        }
        let one = world.begin();
        world.pass(1_000);
        let state = world.page(one).state.clone().unwrap();
        assert_eq!(state.connection, Connection::Foreign);
        world.pass(100_000);
        assert_eq!(
            world.seats[one].connects.len(),
            1,
            "it is not tried again by itself"
        );
        assert!(world.draw(one), "work goes on");
    }
}
