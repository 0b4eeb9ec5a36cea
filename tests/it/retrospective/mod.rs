//! Retrospectives: the sheet, its lines, what is drawn of it, and the story that begins from it.

mod drawing;
mod sheet;
mod telling;

use loopstream::editor::{SheetText, add_facts, add_variation, begin_retrospective, write_sheet};
use loopstream::model::{Behaviour, Document, Id, IdSource, Patch};

/// Applies a patch, and sees to it that it can be undone.
pub fn make(document: &mut Document, patch: &Patch) {
    let before = document.clone();
    document.apply(patch).unwrap();
    let mut undone = document.clone();
    undone.apply(&patch.inverted()).unwrap();
    assert_eq!(undone, before);
}

/// A sheet with an event, two facts and two things that varied; it has no variable yet.
pub fn friday() -> (Document, Id, IdSource) {
    let mut ids = IdSource::new(11);
    let mut document = Document::default();
    let (sheet, patch) = begin_retrospective(&document, &mut ids);
    make(&mut document, &patch);
    let event = " Payments were down\nfor 40 minutes ";
    let patch = write_sheet(&document, sheet, SheetText::Event, event);
    make(&mut document, &patch);
    let facts = [("14:02", "Deployment began"), ("14:05", "Alarm")];
    let facts = facts.map(|(when, what)| (when.to_owned(), what.to_owned()));
    let (_, patch) = add_facts(&document, sheet, &facts, &mut ids);
    make(&mut document, &patch);
    for (name, how) in [
        ("Size of a release", Some(Behaviour::Rose)),
        ("Trust in tests", None),
    ] {
        let (_, patch) = add_variation(&document, sheet, name, how, &mut ids).unwrap();
        make(&mut document, &patch);
    }
    (document, sheet, ids)
}
