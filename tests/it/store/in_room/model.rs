//! Random work in a room: in the end every tab has the document of the room, and what was said to be
//! kept is in it.

use std::collections::BTreeMap;

use loopstream::store::{OpenDocument, read};
use proptest::prelude::*;

use super::act::{Act, acts};
use super::program::ground;
use super::world::World;
use crate::store::{DOCUMENT, store, tab};
use crate::sync::oracle::{All, document_of};

fn check(acts: &[Act]) {
    let mut world = World::new();
    world.play(acts);
    world.show_all();
    world.settle();

    // The document is that of the room, and of a slow replay of all entries.
    let entries = world.others[0].entries().cloned();
    let all: All = entries
        .map(|entry| ((entry.order.tab, entry.order.number), entry))
        .collect::<BTreeMap<_, _>>();
    let document = document_of(&all).unwrap();
    let (base, gestures) = ground(&world.others[0]).unwrap();
    for key in &world.kept {
        assert!(all.contains_key(key), "{key:?} is lost");
    }
    for room in &world.others {
        assert_eq!(room.document(), Some(&document));
    }
    for tab in &world.tabs {
        assert_eq!(tab.program.room.document(), Some(&document));
        assert_eq!(*tab.open.document(), document);
        assert_eq!(tab.open.room_base().as_ref(), Some(&base));
        assert!(tab.open.gestures().eq(&gestures));
    }

    // What was kept is what comes back.
    let storage = &world.storage;
    assert_eq!(read(store(storage), DOCUMENT).as_ref(), Ok(&document));
    let back = OpenDocument::open(store(&storage.survivor()), DOCUMENT, tab(7), world.now).unwrap();
    assert_eq!(back.room_base().as_ref(), Some(&base));
    assert!(back.gestures().eq(&gestures));

    // Doubles change nothing and write nothing, and a second compaction has nothing to do.
    for time in [20_000, 40_000, 60_000] {
        for tab in &mut world.tabs {
            assert_eq!(tab.open.compact(store(storage), world.now + time), None);
        }
    }
    storage.changed.borrow_mut().clear();
    for tab in &mut world.tabs {
        let now = world.now + 80_000;
        let (base, gestures) = (base.clone(), gestures.clone());
        assert_eq!(tab.open.stand_on(store(storage), base, now), None);
        assert_eq!(tab.open.take_gestures(store(storage), gestures, now), None);
        assert_eq!(tab.open.compact(store(storage), now), None);
        assert_eq!(tab.open.patches_since_snapshot(), 0);
    }
    assert!(storage.changed.borrow().is_empty());

    // One snapshot less, and it is still whole but for what others have besides.
    let back = OpenDocument::open(store(&storage.survivor()), DOCUMENT, tab(8), world.now).unwrap();
    assert_eq!(back.document(), &document);

    leave(world);
}

/// One tab leaves: so does the other, and both have what they had.
fn leave(mut world: World) {
    let now = world.now + 100_000;
    let storage = &world.storage;
    storage.changed.borrow_mut().clear();
    let document = world.tabs[0].open.document().clone();
    assert_eq!(world.tabs[0].open.leave_room(store(storage), now), None);
    for key in std::mem::take(&mut *storage.changed.borrow_mut()) {
        assert_eq!(
            world.tabs[1].open.sync_from_storage(store(storage), &key),
            None
        );
    }
    for tab in &mut world.tabs {
        assert_eq!(tab.open.compact(store(storage), now + 20_000), None);
        assert!(!tab.open.is_in_room());
        assert_eq!(tab.open.room_base(), None);
        assert_eq!(*tab.open.document(), document);
    }
    let back = OpenDocument::open(store(storage), DOCUMENT, tab(9), now + 40_000).unwrap();
    assert!(!back.is_in_room());
    assert_eq!(*back.document(), document);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_tab_has_the_document_of_the_room_and_nothing_is_lost(acts in acts()) {
        check(&acts);
    }
}
