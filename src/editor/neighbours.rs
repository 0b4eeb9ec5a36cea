//! What stands near what was selected: lit, while the rest steps back.

use std::collections::BTreeSet;

use crate::model::{Document, Id, LoopKey};
use crate::story::ShownStep;

use super::event::Effect;
use super::state::Editor;
use super::tags::Tagged;

/// The farthest that neighbours are shown, in links from where they begin.
pub const FARTHEST: u32 = 9;

/// Neighbours that stay lit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// What they are neighbours of.
    pub of: BTreeSet<Id>,
    /// How many links away they may be.
    pub steps: u32,
    /// They, and what joins them.
    pub records: BTreeSet<Id>,
}

impl Neighbours {
    fn new(document: &Document, of: BTreeSet<Id>, steps: u32) -> Self {
        let mut records = of.clone();
        let mut front: Vec<Id> = of.iter().copied().collect();
        for _ in 0..steps {
            let mut next = Vec::new();
            for edge in front.iter().flat_map(|id| document.edges_of(*id)) {
                records.insert(edge);
                let ends = document.edge(edge).map(|edge| [edge.from, edge.to]);
                let fresh = ends
                    .into_iter()
                    .flatten()
                    .filter(|end| records.insert(*end));
                next.extend(fresh);
            }
            front = next;
        }
        Self { of, steps, records }
    }
}

/// What is lit, so that all else steps back; what is pointed at goes before what is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lit<'a> {
    /// Nothing is.
    Nothing,
    /// A loop that is pointed at.
    PointedLoop(&'a LoopKey),
    /// Records that a list points at.
    PointedRecords(&'a BTreeSet<Id>),
    /// What a step of a story shows.
    Told(&'a ShownStep),
    /// What has the words that a person looks for.
    Found(&'a BTreeSet<Id>),
    /// A loop that a person has chosen.
    KeptLoop(&'a LoopKey),
    /// What is near to what was selected.
    Neighbours(&'a Neighbours),
    /// What has a tag.
    Tagged(&'a Tagged),
}

impl Editor {
    /// What is lit.
    #[must_use]
    pub fn lit(&self) -> Lit<'_> {
        if let Some(key) = &self.pointed_loop {
            Lit::PointedLoop(key)
        } else if !self.pointed_records.is_empty() {
            Lit::PointedRecords(&self.pointed_records)
        } else if let Some(step) = self.shown_step() {
            Lit::Told(step)
        } else {
            self.kept_lit()
        }
    }

    /// What is lit for as long as a person wants, whatever is pointed at.
    #[must_use]
    pub fn kept_lit(&self) -> Lit<'_> {
        if let Some(find) = self.find.as_ref().filter(|find| find.lights()) {
            Lit::Found(find.records())
        } else if let Some(key) = &self.chosen_loop {
            Lit::KeptLoop(key)
        } else if let Some(neighbours) = &self.neighbours {
            Lit::Neighbours(neighbours)
        } else if let Some(tagged) = &self.tagged {
            Lit::Tagged(tagged)
        } else {
            Lit::Nothing
        }
    }

    /// The neighbours that stay lit, if any do.
    #[must_use]
    pub const fn neighbours(&self) -> Option<&Neighbours> {
        self.neighbours.as_ref()
    }

    /// Lights what is a link away from what is selected; again, what is one link farther.
    pub(super) fn show_neighbours(&mut self) -> Vec<Effect> {
        let document = &self.document;
        let stands = |id: &&Id| document.placement(**id).is_some();
        let selected: BTreeSet<Id> = self
            .overlay
            .selection
            .iter()
            .filter(stands)
            .copied()
            .collect();
        let shown = self.neighbours.take();
        let (of, steps) = match shown {
            Some(shown) if selected.is_empty() || shown.of == selected => {
                (shown.of, (shown.steps + 1).min(FARTHEST))
            }
            _ => (selected, 1),
        };
        if of.is_empty() {
            return vec![Effect::Announce(
                "Select a variable or step first".to_owned(),
            )];
        }
        self.chosen_loop = None;
        self.light(of, steps)
    }

    /// Lights neighbours of the same that are so many links away; none where that is 0.
    pub(super) fn show_neighbours_within(&mut self, steps: u32) {
        if let Some(shown) = self.neighbours.take() {
            self.versions.selection += 1;
            if steps > 0 {
                self.light(shown.of, steps.min(FARTHEST));
            }
        }
    }

    fn light(&mut self, of: BTreeSet<Id>, steps: u32) -> Vec<Effect> {
        let neighbours = Neighbours::new(&self.document, of, steps);
        let stand = neighbours.records.iter();
        let count = stand
            .filter(|id| self.document.placement(**id).is_some())
            .count();
        let near = count.saturating_sub(neighbours.of.len());
        self.neighbours = Some(neighbours);
        self.versions.selection += 1;
        let steps = if steps == 1 {
            "1 step".to_owned()
        } else {
            format!("{steps} steps")
        };
        vec![Effect::Announce(format!(
            "{near} neighbours within {steps}"
        ))]
    }

    /// Brings the neighbours after a change of the document.
    pub(super) fn follow_neighbours(&mut self) {
        let Some(shown) = self.neighbours.take() else {
            return;
        };
        let mut of = shown.of;
        of.retain(|id| self.document.placement(*id).is_some());
        if !of.is_empty() {
            self.neighbours = Some(Neighbours::new(&self.document, of, shown.steps));
        }
    }
}
