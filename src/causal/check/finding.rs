//! A check, what it finds, and the fix that it offers.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::subject::Subject;
use crate::model::{Edit, Id, Patch};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The diagram contradicts itself, or a reader cannot tell what is meant.
    Problem,
    /// A rule of good drawing is broken, which most often hides something.
    Warning,
    /// A question worth asking; "it is meant so" is a fair answer.
    Hint,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Problem, Self::Warning, Self::Hint];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// What the topics of checks begin with.
pub(super) const TOPIC_START: &str = "check/";

/// One thing that diagrams are looked through for.
#[derive(Clone, Copy)]
pub struct Check {
    /// Its name in files, in kebab-case; never changed after a release.
    pub id: &'static str,
    /// What it finds, as a heading.
    pub title: &'static str,
    /// How much that weighs.
    pub severity: Severity,
    /// Why it matters, in one sentence.
    pub why: &'static str,
    /// Who says so; "Common practice" where no single text does.
    pub source: &'static str,
    /// Looks through a document.
    pub find: fn(&Subject<'_>, &mut Findings),
}

impl Check {
    /// What a document keeps with "this is meant so", beside the records it is about:
    /// `check/` and the id.
    #[must_use]
    pub fn topic(&self) -> String {
        format!("{TOPIC_START}{}", self.id)
    }

    /// Whether a topic is that of some check.
    #[must_use]
    pub fn is_topic(topic: &str) -> bool {
        topic.starts_with(TOPIC_START)
    }
}

impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Check {}

impl fmt::Debug for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// One thing that a check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What found it.
    pub check: &'static Check,
    /// The index, in the order of the ids: variables or links, the links of a loop, nothing where
    /// it is the whole document.
    pub about: Vec<Id>,
    /// The case in one sentence, naming the things.
    pub words: String,
    /// What mends it, where that takes no thought.
    pub fix: Option<Fix>,
    /// How many more cases of the same check are not listed. It stands at the last of a check's
    /// findings, and is zero but for a check that found more than [`MAXIMUM_LISTED`].
    pub unlisted: usize,
}

/// What the canvas shows of a finding, at each record that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// How much it weighs; the gravest comes first.
    pub severity: Severity,
    /// The case in one sentence.
    pub words: String,
}

/// A change that makes a finding go away.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, as the words on a button.
    pub label: String,
    /// The change, for the document that was looked through.
    pub patch: Patch,
}

impl Fix {
    /// The fix of an edit.
    #[must_use]
    pub fn of(label: impl Into<String>, edit: Edit<'_>) -> Self {
        Self {
            label: label.into(),
            patch: edit.finish(),
        }
    }
}

/// The most findings of one check that are listed.
pub const MAXIMUM_LISTED: usize = 100;

/// What one case says, and what mends it.
pub struct Told {
    /// One sentence.
    pub words: String,
    /// The fix, if there is one.
    pub fix: Option<Fix>,
}

impl From<String> for Told {
    fn from(words: String) -> Self {
        Self { words, fix: None }
    }
}

/// Collects the findings of one check.
pub struct Findings {
    check: &'static Check,
    listed: Vec<Finding>,
    unlisted: usize,
}

impl Findings {
    /// None yet, of a check.
    #[must_use]
    pub const fn new(check: &'static Check) -> Self {
        Self {
            check,
            listed: Vec::new(),
            unlisted: 0,
        }
    }

    /// Adds a case; its words and its fix are made only if it is listed.
    pub fn add(&mut self, mut about: Vec<Id>, tell: &dyn Fn() -> Told) {
        if self.listed.len() >= MAXIMUM_LISTED {
            self.unlisted += 1;
            return;
        }
        about.sort_unstable();
        about.dedup();
        let Told { mut words, fix } = tell();
        // A sentence may begin with "an unnamed variable".
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        self.listed.push(Finding {
            check: self.check,
            about,
            words,
            fix,
            unlisted: 0,
        });
    }

    /// The findings in the order of their indices; the last says how many are left out.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        self.listed
            .sort_by(|one, other| one.about.cmp(&other.about));
        if let Some(last) = self.listed.last_mut() {
            last.unlisted = self.unlisted;
        }
        self.listed
    }
}
