//! The store: nothing is lost, whatever fails.

mod backup;
mod codec;
mod damage;
pub mod gesture;
mod history;
mod in_room;
mod lag;
mod library;
mod room;
mod tabs;

use codec::Toy;
use gesture::Gesture;
use loopstream::model::{Document, Id};
use loopstream::store::{KeyValue, OpenDocument, OpenError, Store};

pub(crate) const DOCUMENT: Id = Id::from_bits(7);

pub(crate) fn store(storage: &dyn KeyValue) -> Store<'_> {
    Store {
        storage,
        codec: &Toy,
    }
}

pub(crate) fn tab(number: u64) -> Id {
    Id::from_bits(100 + number)
}

pub(crate) fn create(storage: &dyn KeyValue) -> OpenDocument {
    OpenDocument::create(store(storage), DOCUMENT, Document::default(), tab(0), 0)
}

pub(crate) fn reopen(storage: &dyn KeyValue) -> Result<OpenDocument, OpenError> {
    OpenDocument::open(store(storage), DOCUMENT, tab(99), 1_000_000)
}

/// Makes a gesture; says whether it changed anything.
pub(crate) fn make(
    open: &mut OpenDocument,
    storage: &dyn KeyValue,
    gesture: Gesture,
    fresh: u64,
) -> bool {
    let patch = gesture.patch(open.document(), fresh);
    let mut page = open.document().clone();
    page.apply(&patch).unwrap();
    if let Some(effect) = open.record(store(storage), &patch, fresh * 1_000) {
        page.apply(&effect).unwrap();
    }
    assert_eq!(page, *open.document());
    !patch.is_empty()
}
