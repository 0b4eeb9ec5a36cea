//! What must be there: everything that was said to be saved and that nobody has removed.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::model::{Document, Element, Id, Patch};

/// A field of a record as a text, for those fields that the hands change.
fn fields(element: &Element) -> Vec<(&'static str, String)> {
    match element {
        Element::Variable(variable) => vec![
            ("name", variable.name.clone()),
            ("remark", variable.remark.clone()),
            ("place", format!("{:?}", variable.placement.position)),
        ],
        Element::Link(link) => vec![("sign", format!("{:?}", link.polarity))],
        _ => Vec::new(),
    }
}

/// All values of a field, in the order in which they were given, and by which tabs.
#[derive(Default)]
struct Values {
    given: Vec<String>,
    by: BTreeSet<Id>,
    /// The first that may be found: an older one would be a loss.
    since: usize,
}

/// What every tab has done and was told.
#[derive(Default)]
pub struct Oracle {
    /// Records that somebody was told are saved.
    saved: BTreeSet<Id>,
    /// Records that somebody has removed at some time.
    removed: BTreeSet<Id>,
    /// The ends of every link there ever was.
    ends: BTreeMap<Id, [Id; 2]>,
    values: BTreeMap<(Id, &'static str), Values>,
    /// Whether storage was cleared while two tabs did not know all of each other: then no record
    /// may be missing, but of two values of a field the older may stand.
    apart: bool,
    /// Records whose patch stood in a text that was damaged.
    excused: BTreeSet<Id>,
}

impl Oracle {
    /// A tab has made a change.
    pub fn made(&mut self, tab: Id, patch: &Patch) {
        for (id, change) in patch.changes.iter() {
            if change.after.is_none() {
                self.removed.insert(*id);
            }
            for side in [&change.before, &change.after].into_iter().flatten() {
                if let Element::Link(link) = side {
                    self.ends.insert(*id, [link.from, link.to]);
                }
            }
            let before = change.before.as_ref().map(fields).unwrap_or_default();
            for field in change.after.as_ref().map(fields).unwrap_or_default() {
                if !before.contains(&field) {
                    let values = self.values.entry((*id, field.0)).or_default();
                    values.given.push(field.1);
                    values.by.insert(tab);
                }
            }
        }
    }

    /// A tab that shows this document says that it is saved.
    pub fn said_saved(&mut self, tab: Id, document: &Document) {
        for id in document.ids() {
            self.saved.insert(id);
            for (name, value) in document.element(id).iter().flat_map(fields) {
                let Some(values) = self.values.get_mut(&(id, name)) else {
                    continue;
                };
                // Another tab may show an older value that happens to be like a later one.
                if values.by.contains(&tab)
                    && let Some(place) = values.given.iter().rposition(|given| *given == value)
                {
                    values.since = values.since.max(place);
                }
            }
        }
    }

    /// All that was kept is gone, and no tab has said since that it is kept again.
    pub fn wiped(&mut self, tabs: usize) {
        self.apart = tabs > 1;
        self.saved.clear();
        for values in self.values.values_mut() {
            values.since = 0;
        }
    }

    /// A text with this patch was damaged: what it says may be missing.
    pub fn excuse(&mut self, patch: &Patch) {
        self.excused.extend(patch.touched());
    }

    pub fn anything_saved(&self) -> bool {
        !self.saved.is_empty()
    }

    /// What is missing from a document that was recovered, in words; empty if nothing is.
    pub fn missing_from(&self, found: &Document) -> Vec<String> {
        let gone = |id: &Id| self.removed.contains(id) || self.excused.contains(id);
        let mut missing = Vec::new();
        for id in &self.saved {
            let ends = self.ends.get(id).into_iter().flatten();
            if gone(id) || ends.into_iter().any(gone) {
                continue;
            }
            let Some(element) = found.element(*id) else {
                missing.push(format!("{id} is not there"));
                continue;
            };
            for (name, value) in fields(&element) {
                let Some(values) = self.values.get(&(*id, name)) else {
                    continue;
                };
                // Of two tabs' values either may stand.
                let may_stand = match values.by.len() {
                    1 if !self.apart => &values.given[values.since..],
                    _ => &values.given[..],
                };
                // A remark that two have written has the words of both.
                let words = |text: &str| -> Vec<String> {
                    text.split_whitespace().map(ToOwned::to_owned).collect()
                };
                let is_word = |word| may_stand.iter().any(|given| words(given).contains(word));
                let is_of_both = name == "remark" && words(&value).iter().all(is_word);
                if !may_stand.contains(&value) && !is_of_both {
                    missing.push(format!("{id}: the {name} is {value}, not of {may_stand:?}"));
                }
            }
        }
        missing
    }
}
