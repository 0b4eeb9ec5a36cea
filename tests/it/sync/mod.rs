//! Working together: everybody has the same document, and nobody's work is lost.

mod bytes;
mod invitation;
mod line;
mod meeting;
mod model;
mod offer;
pub(crate) mod oracle;
mod people;
mod poll;
mod presence;
mod reports;
mod room;
mod seal;
mod table;
mod teller;
mod world;

use loopstream::model::{Document, Edit, Element, Id, Patch, Point, Variable};
use loopstream::sync::{Entry, News, RULES, Room};

/// A day, in milliseconds.
pub(crate) const DAY: u64 = 24 * 60 * 60 * 1_000;

pub(crate) const fn tab(number: u64) -> Id {
    Id::from_bits(100 + number)
}

pub(crate) const fn id(number: u64) -> Id {
    Id::from_bits(10_000 + number)
}

/// A document with one variable of the number 0.
pub(crate) fn small() -> Document {
    let mut document = Document::default();
    let patch = drawn(&document, 0);
    document.apply(&patch).unwrap();
    document
}

/// The patch that draws a variable.
pub(crate) fn drawn(document: &Document, number: u64) -> Patch {
    let mut edit = Edit::new(document);
    let variable = Variable {
        name: format!("v{number}"),
        ..Variable::default()
    };
    edit.set(id(number), Some(Element::Variable(variable)));
    edit.finish()
}

/// The patch that changes a variable.
pub(crate) fn changed(document: &Document, number: u64, how: impl Fn(&mut Variable)) -> Patch {
    let mut edit = Edit::new(document);
    edit.change(id(number), |element| {
        if let Element::Variable(variable) = element {
            how(variable);
        }
    });
    edit.finish()
}

pub(crate) fn moved(document: &Document, number: u64, x: f64) -> Patch {
    changed(document, number, |variable| {
        variable.placement.position = Point::new(x, 0.0);
    })
}

pub(crate) fn remarked(document: &Document, number: u64, remark: &str) -> Patch {
    changed(document, number, |variable| {
        variable.remark = remark.to_owned()
    })
}

pub(crate) fn removed(document: &Document, number: u64) -> Patch {
    let mut edit = Edit::new(document);
    edit.remove(id(number));
    edit.finish()
}

/// A room of the first tab, and that of another with the same entries.
pub(crate) fn two() -> (Room, Room) {
    let one = Room::open(tab(1), small(), RULES, 0);
    let mut other = Room::join(tab(2), RULES);
    assert_eq!(copy(&one, &mut other), []);
    (one, other)
}

/// Makes a gesture in the document of a room.
pub(crate) fn make(room: &mut Room, patch: impl FnOnce(&Document) -> Patch) {
    let patch = patch(room.document().unwrap());
    let mut page = room.document().unwrap().clone();
    let effect = room.commit(patch, 0).unwrap();
    if let Some(effect) = effect {
        page.apply(&effect).unwrap();
    }
    assert_eq!(&page, room.document().unwrap());
}

/// Gives a room all entries of another.
pub(crate) fn copy(from: &Room, to: &mut Room) -> Vec<News> {
    let entries: Vec<Entry> = from.entries().cloned().collect();
    let before = to.document().cloned();
    let (effect, news) = to.take(entries);
    if let (Some(mut page), Some(effect)) = (before, effect) {
        page.apply(&effect).unwrap();
        assert_eq!(&page, to.document().unwrap(), "the effect is what changes");
    }
    news
}

/// Gives both all entries of the other, and compares.
pub(crate) fn meet(one: &mut Room, other: &mut Room) {
    copy(one, other);
    copy(other, one);
    assert_eq!(one.document(), other.document());
}

pub(crate) fn variable(room: &Room, number: u64) -> Option<&Variable> {
    room.document().unwrap().variables().get(&id(number))
}
