//! What channels carry, as bytes.

use loopstream::format::json;
use loopstream::model::{Document, Edit, Element, Variable};
use loopstream::sync::LONGEST_PRESENCE;
use loopstream::together::{ChannelFrame, Contents};
use proptest::prelude::*;

use super::wire::{Kind, link};
use super::world::World;
use crate::faults::chance::Chance;
use crate::sync::id;

/// A document of about 2 MB that cannot be packed well.
fn large() -> Document {
    let mut document = Document::default();
    let mut chance = Chance(1);
    let mut edit = Edit::new(&document);
    for number in 0..2_000 {
        let mut remark = String::new();
        while remark.len() < 950 {
            remark += &format!("{:016x}", chance.next());
        }
        let variable = Variable {
            name: format!("v{number}"),
            remark,
            ..Variable::default()
        };
        edit.set(id(1_000 + number), Some(Element::Variable(variable)));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

#[test]
fn no_frame_is_longer_than_browsers_take() {
    let mut world = World::new(1);
    world.counts = Some(Default::default());
    let document = json::write(&large());
    assert!(document.len() > 2_000_000);
    let one = world.enter(&link().fragment(), Contents::Begin(document));
    let other = world.join(one);
    let view_link = world.view_link(one);
    let viewer = world.come(one, &view_link);
    world.tell(viewer, &"€".repeat(LONGEST_PRESENCE / 3));
    world.pass(5_000);
    world.draw(other);
    world.pass(5_000);
    world.assert_equal();
    assert!(world.counts.as_ref().unwrap()[&Kind::Entries] > 20);
    assert!((60_000..=64 * 1024).contains(&world.longest));
    assert!(
        world
            .hears(other, &"€".repeat(LONGEST_PRESENCE / 3))
            .is_some()
    );
}

/// The parts of any frame.
type Parts = (u8, u64, u64, Vec<u64>, Vec<u8>, Option<String>);

fn frame((kind, one, other, others, bytes, text): &Parts) -> ChannelFrame<'_> {
    match kind % 5 {
        0 => ChannelFrame::Here {
            page: *one,
            others: others.clone(),
        },
        1 => ChannelFrame::Signed(bytes),
        2 => ChannelFrame::Held(bytes),
        3 => ChannelFrame::Told {
            page: *one,
            number: *other as u32,
            text: text.as_deref(),
        },
        _ => ChannelFrame::Contact {
            from: *one,
            to: *other,
            contact: bytes,
        },
    }
}

fn parts() -> impl Strategy<Value = Parts> {
    let bytes = proptest::collection::vec(any::<u8>(), 0..200);
    let others = proptest::collection::vec(any::<u64>(), 0..20);
    (
        any::<u8>(),
        any::<u64>(),
        any::<u64>(),
        others,
        bytes,
        any::<Option<String>>(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_frame_is_read_as_it_was_written(parts in parts()) {
        let frame = frame(&parts);
        let written = frame.write();
        prop_assert_eq!(ChannelFrame::read(&written), Some(frame));
        let longer = [&written[..], &[0]].concat();
        prop_assert_eq!(ChannelFrame::read(&longer), None);
        prop_assert_eq!(ChannelFrame::read(&written[..written.len() - 1]), None);
    }

    #[test]
    fn any_bytes_are_a_frame_or_none(
        parts in parts(),
        bytes in proptest::collection::vec(any::<u8>(), 0..60),
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut written = frame(&parts).write();
        for (place, byte) in &damages {
            let place = place.index(written.len());
            written[place] = *byte;
        }
        for bytes in [written, bytes] {
            if let Some(frame) = ChannelFrame::read(&bytes) {
                let again = frame.write();
                prop_assert_eq!(ChannelFrame::read(&again), Some(frame));
            }
        }
    }
}

#[test]
fn a_count_that_no_bytes_follow_takes_no_memory_and_nobody_names_thousands() {
    for kind in 0..6 {
        assert_eq!(
            ChannelFrame::read(&[kind, 0xff, 0xff, 0xff, 0xff, 0x0f]),
            None
        );
        assert_eq!(
            ChannelFrame::read(&[kind, 1, 0xff, 0xff, 0xff, 0xff, 0x0f]),
            None
        );
    }
    let names = |count: u64| ChannelFrame::Here {
        page: 1,
        others: (0..count).collect(),
    };
    assert!(ChannelFrame::read(&names(1_000).write()).is_some());
    assert!(ChannelFrame::read(&names(1_001).write()).is_none());
}
