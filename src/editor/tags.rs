//! Tags: giving them to what is selected, and lighting what has one while all else steps back.

use std::collections::BTreeSet;

use crate::model::{Change, Document, Element, Id, Patch, Tagging, Tags, isolated};

use super::edits::change_each;
use super::event::Effect;
use super::state::Editor;
use super::typing::one_line;

/// What has a tag, and stays lit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The tag.
    pub tag: String,
    /// What has it, and what joins two that have it.
    pub records: BTreeSet<Id>,
}

impl Tagged {
    /// What has the tag; `None` where nothing has.
    fn new(document: &Document, tag: &str) -> Option<Self> {
        let has = |id: &Id| document.tags_of(*id).is_some_and(|tags| tags.contains(tag));
        let mut records: BTreeSet<Id> = document.ids().filter(has).collect();
        if records.is_empty() {
            return None;
        }
        let edges = document.links().keys().chain(document.flows().keys());
        let joining: Vec<Id> = edges
            .filter(|id| {
                let edge = document.edge(**id);
                edge.is_some_and(|edge| {
                    [edge.from, edge.to].iter().all(|end| records.contains(end))
                })
            })
            .copied()
            .collect();
        records.extend(joining);
        Some(Self {
            tag: tag.to_owned(),
            records,
        })
    }
}

/// Whether a change gives or takes tags, or joins other things.
fn gathers(change: &Change) -> bool {
    let of = |element: &Option<Element>| {
        let element = element.as_ref()?;
        let ends = element.edge().map(|edge| (edge.from, edge.to));
        Some((element.tags().cloned(), ends))
    };
    of(&change.before) != of(&change.after)
}

/// The tags that a person has typed, each within the limit of a name.
pub(super) fn typed_tags(text: &str) -> Tags {
    Tags::typed(text).iter().map(one_line).collect()
}

/// Gives these records a tag, or takes it away.
pub(super) fn tag_each(document: &Document, ids: &BTreeSet<Id>, tag: &str, on: Tagging) -> Patch {
    let tag = one_line(tag);
    change_each(document, ids.iter().copied(), |element| {
        if let Some(tags) = element.tags_mut().filter(|_| !tag.is_empty()) {
            *tags = tags.with(&tag, on);
        }
    })
}

impl Editor {
    /// What has the tag that is shown, if one is.
    #[must_use]
    pub const fn tagged(&self) -> Option<&Tagged> {
        self.tagged.as_ref()
    }

    /// Lights what has a tag, or everything again.
    pub(super) fn show_tag(&mut self, tag: Option<&str>) -> Vec<Effect> {
        self.tagged = tag.and_then(|tag| Tagged::new(&self.document, tag));
        self.versions.selection += 1;
        let words = match &self.tagged {
            Some(Tagged { tag, .. }) => {
                let has = |id: &Id| {
                    let tags = self.document.tags_of(*id);
                    tags.is_some_and(|tags| tags.contains(tag))
                };
                let count = self.document.ids().filter(has).count();
                format!("{count} tagged {}", isolated(tag))
            }
            None => "Everything is shown".to_owned(),
        };
        vec![Effect::Announce(words)]
    }

    /// Brings what is lit after a change of the document; a move changes nothing of it.
    pub(super) fn follow_tag(&mut self, patch: &Patch) {
        if !patch.changes.values().any(gathers) {
            return;
        }
        if let Some(shown) = self.tagged.take() {
            self.tagged = Tagged::new(&self.document, &shown.tag);
        }
    }
}
