//! What the store keeps of a room goes into messages and comes out as it was.

use loopstream::model::Id;
use loopstream::store::{Covered, Entry, Order, RoomBase};
use loopstream::together::{Base, Gesture};
use loopstream::worker::NativeFormat;
use proptest::prelude::*;

use crate::common::changes::patch_of;
use crate::common::document::{change, document};

fn order() -> impl Strategy<Value = Order> {
    any::<(u64, u64, u64)>().prop_map(|(lamport, tab, number)| Order {
        lamport,
        tab: Id::from_bits(tab),
        number,
    })
}

fn covered() -> impl Strategy<Value = Covered> {
    let pairs = prop::collection::vec(any::<(u64, u64)>(), 0..4);
    pairs.prop_map(|pairs| {
        let pairs = pairs.into_iter();
        pairs
            .map(|(tab, number)| (Id::from_bits(tab), number))
            .collect()
    })
}

proptest! {
    #[test]
    fn a_base_comes_out_as_it_was(
        order in order(),
        (at, rules) in any::<(u64, u32)>(),
        (covered, let_go, settled) in (covered(), covered(), covered()),
        document in document(),
    ) {
        let base = RoomBase { order, at, rules, covered, let_go, settled, document };
        let said = Base::of(&base, &NativeFormat);
        prop_assert_eq!(said.read(&NativeFormat).unwrap(), base);
        let damaged = Base { document: "{".to_owned(), ..said };
        prop_assert!(damaged.read(&NativeFormat).is_err());
    }

    #[test]
    fn a_gesture_comes_out_as_it_was(
        order in order(),
        at in any::<u64>(),
        document in document(),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let entry = Entry { order, at, patch: patch_of(&document, &changes) };
        let said = Gesture::of(&entry, &NativeFormat);
        prop_assert_eq!(said.read(&NativeFormat).unwrap(), entry);
        let damaged = Gesture { patch: "{".to_owned(), ..said };
        prop_assert!(damaged.read(&NativeFormat).is_err());
    }
}
