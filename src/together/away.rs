//! What others did while there was no line to them, or the page was not there.

use std::collections::BTreeSet;

use super::words::came_in;
use crate::model::Id;
use crate::store::Entry;

/// What came in from others after a while without them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Away {
    /// What each gesture touches that was here before the first of others came, in their order.
    here: Vec<Vec<Id>>,
    /// What each gesture of others touches that came since.
    came: Vec<Vec<Id>>,
    /// How many gestures had not been sent, at most.
    unsent: usize,
}

impl Away {
    /// Whether nothing of others has come yet.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        self.came.is_empty()
    }

    /// Notes what is here, in the order in which it is played.
    pub fn note_here<'e>(&mut self, entries: impl Iterator<Item = &'e Entry>) {
        self.here = entries.map(touched).collect();
    }

    /// Notes a gesture of others that comes in.
    pub fn note_coming(&mut self, entry: &Entry) {
        self.came.push(touched(entry));
    }

    /// Notes how many gestures are not sent.
    pub fn note_unsent(&mut self, unsent: u32) {
        self.unsent = self.unsent.max(unsent as usize);
    }

    /// What a person is told, if anything came.
    ///
    /// What was not sent was made without the others, and so after all that is here of them: it is
    /// the last of what is here.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        if self.came.is_empty() {
            return None;
        }
        let sent = self.here.len().saturating_sub(self.unsent);
        let mine: BTreeSet<Id> = self.here[sent..].iter().flatten().copied().collect();
        let touches = |came: &&Vec<Id>| came.iter().any(|id| mine.contains(id));
        let touching = self.came.iter().filter(touches).count();
        Some(came_in(self.came.len(), touching))
    }
}

/// What a gesture touches.
fn touched(entry: &Entry) -> Vec<Id> {
    entry.patch.changes.keys().copied().collect()
}
