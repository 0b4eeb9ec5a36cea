//! The states of work items: whether somebody works in them, or the work waits.

use super::words::{has_words, words_of};

/// What happens to an item in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It waits.
    Waiting,
    /// Somebody works on it.
    Working,
    /// It is finished.
    Done,
    /// It was given up.
    Dropped,
    /// The state is left out: its time counts with the state before.
    Out,
}

/// A state, and what happens in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name, as the table has it.
    pub name: String,
    /// What happens in it.
    pub class: Class,
}

/// Words that say that an item was given up.
const DROPPED: &[&str] = &[
    "cancel*",
    "reject*",
    "abandon*",
    "withdrawn",
    "discard*",
    "duplicate",
    "won t",
    "wont",
    "declined",
    "verworfen",
    "abgebrochen",
    "abgelehnt",
    "storniert",
];
/// Words that say that it is finished.
const DONE: &[&str] = &[
    "done",
    "closed",
    "finish*",
    "resolved",
    "deployed",
    "released",
    "delivered",
    "complete*",
    "live",
    "shipped",
    "fertig",
    "erledigt",
    "geschlossen",
    "abgeschlossen",
    "ausgeliefert",
];
/// Words that say that it waits.
const WAITING: &[&str] = &[
    "wait*",
    "ready",
    "queue*",
    "backlog",
    "todo",
    "to do",
    "open",
    "new",
    "created",
    "requested",
    "pending",
    "blocked",
    "hold",
    "next",
    "selected",
    "inbox",
    "buffer",
    "stock",
    "inventory",
    "submitted",
    "reopened",
    "paused",
    "parked",
    "approved",
    "triage*",
    "warte*",
    "bereit",
    "offen",
    "neu",
    "angelegt",
    "erstellt",
    "pausiert",
    "blockiert",
    "attente",
];

impl Class {
    /// Every class, in the order in which people choose.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Working,
        Self::Done,
        Self::Dropped,
        Self::Out,
    ];

    /// What the name of a state suggests. A guess: it is always shown, to be changed.
    #[must_use]
    pub fn guess(name: &str) -> Self {
        // "Date closed" and "Closed at" are "Closed".
        const OF_TIME: [&str; 8] = [
            "date",
            "at",
            "on",
            "time",
            "entered",
            "timestamp",
            "datum",
            "am",
        ];
        let mut words = words_of(name);
        words.retain(|word| !OF_TIME.contains(&word.as_str()));
        let has = |list: &[&str]| list.iter().any(|wanted| has_words(&words, wanted));
        if has(DROPPED) {
            Self::Dropped
        } else if has(WAITING) {
            Self::Waiting
        } else if has(DONE) {
            // What is "development done" waits for what comes next.
            match words.len() {
                1 => Self::Done,
                _ => Self::Waiting,
            }
        } else {
            Self::Working
        }
    }

    /// The word under which a choice is kept.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Out => "out",
        }
    }

    /// What people choose.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Done => "the end: done",
            Self::Dropped => "the end: given up",
            Self::Out => "its time counts with the one before",
        }
    }

    /// The class of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }

    /// Whether an item is under way in such a state.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Working)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_what_happens() {
        for (name, class) in [
            ("Backlog", Class::Waiting),
            ("Ready for review", Class::Waiting),
            ("Review queue", Class::Waiting),
            ("Dev done", Class::Waiting),
            ("In Progress", Class::Working),
            ("Code review", Class::Working),
            ("Done", Class::Done),
            ("Resolved", Class::Done),
            ("Date closed", Class::Done),
            ("Cancelled", Class::Dropped),
            ("Won't do", Class::Dropped),
            ("Warten auf Test", Class::Waiting),
            ("", Class::Working),
        ] {
            assert_eq!(Class::guess(name), class, "{name}");
        }
        for class in Class::ALL {
            assert_eq!(Class::of_key(class.key()), Some(class));
        }
    }
}
