//! Undo and redo without end.

use crate::model::{Document, Patch, take_back};

use super::change_words::describe_change;

/// What was done and what was undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// Whether a step goes on with the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// A step of its own.
    Own,
    /// One of several nudges: they are undone together.
    Nudge,
    /// A part of the step before it, which was not complete: what was pasted is arranged.
    Joined,
}

#[derive(Clone, Debug)]
struct Step {
    patch: Patch,
    continuity: Continuity,
    /// What it did, for people.
    words: String,
}

/// A step that is taken back.
pub struct Taken {
    /// What that does to the document.
    pub patch: Patch,
    /// What it removes and the step knew nothing of: others have hung it on what the step made.
    pub of_others: Patch,
}

impl Taken {
    fn of(patch: Patch, step: &Patch) -> Self {
        let changes = patch.changes.iter();
        let of_others = changes
            .filter(|(id, change)| change.after.is_none() && !step.changes.contains_key(*id))
            .map(|(id, change)| (*id, change.clone()));
        let of_others = Patch {
            changes: of_others.collect(),
            ..Patch::default()
        };
        Self { patch, of_others }
    }
}

impl History {
    /// Remembers a change, after which the document is this one; what was undone before can no
    /// longer be redone.
    pub fn push(&mut self, patch: Patch, continuity: Continuity, document: &Document) {
        self.undone.clear();
        let goes_on = |last: &Step| match continuity {
            Continuity::Own => false,
            Continuity::Nudge => last.continuity == Continuity::Nudge,
            Continuity::Joined => true,
        };
        match self.done.last_mut() {
            Some(last) if goes_on(last) => {
                last.patch = std::mem::take(&mut last.patch).then(patch);
                last.words = describe_change(&last.patch, document);
                if last.patch.is_empty() {
                    // To and fro: there is nothing to undo.
                    self.done.pop();
                }
            }
            _ => self.done.push(Step {
                words: describe_change(&patch, document),
                patch,
                continuity,
            }),
        }
    }

    /// Ends a row of nudges: the next one is a step of its own.
    pub fn pause(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.continuity = Continuity::Own;
        }
    }

    /// What undoes the last step on the document as it is now: what others have changed since stays,
    /// and steps of which nothing is left are passed over.
    pub fn undo(&mut self, document: &Document) -> Option<Taken> {
        while let Some(step) = self.done.pop() {
            let patch = take_back(&step.patch, document);
            if !patch.is_empty() {
                let taken = Taken::of(patch.clone(), &step.patch);
                self.undone.push(Step { patch, ..step });
                return Some(taken);
            }
        }
        None
    }

    /// What does again what was last undone.
    pub fn redo(&mut self, document: &Document) -> Option<Taken> {
        while let Some(undone) = self.undone.pop() {
            let patch = take_back(&undone.patch, document);
            if !patch.is_empty() {
                let taken = Taken::of(patch.clone(), &undone.patch);
                self.done.push(Step {
                    patch,
                    continuity: Continuity::Own,
                    words: undone.words,
                });
                return Some(taken);
            }
        }
        None
    }

    /// What each step did, in words: what was done, the oldest first, then what was undone, in the
    /// order in which it would be redone.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let steps = self.done.iter().chain(self.undone.iter().rev());
        steps.map(|step| step.words.as_str())
    }

    /// Whether there is something to undo, and something to redo.
    #[must_use]
    pub const fn depth(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }
}
