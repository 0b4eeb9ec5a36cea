//! The review of a finding: what a person answered to it.

use serde::{Deserialize, Serialize};

use super::id::{Id, each_once, in_order};
use super::record::{is_default, merge_as_a_whole, record};

/// A person's answer to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Decision {
    /// Yes: it is so.
    Agreed,
    /// No, or: it is so on purpose.
    Dismissed,
}

merge_as_a_whole!(Decision);

record! {
    /// A person's answer to one finding of a check, or to one archetype that was found.
    ///
    /// The finding itself is not kept: it follows from the document. What it was about and what was
    /// found is enough to know it again.
    #[derive(Eq)]
    pub struct FindingReview {
        /// What was found, such as `check/verb-name` or `archetype/fixes-that-fail`: 1 to 80 bytes.
        /// With `about` it says which finding; neither ever changes.
        pub topic: String,
        /// The variables, links, stations or flows it is about, in the order of their ids, each
        /// once; empty for the document as a whole. No two reviews of a document have the same
        /// topic and the same records.
        #[serde(default, deserialize_with = "each_once", skip_serializing_if = "is_default")]
        pub about: Box<[Id]>,
        /// The answer.
        #[serde(rename = "verdict")]
        pub decision: Decision,
        /// Why, in a person's words.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub remark: String,
    }
}

impl FindingReview {
    /// The longest topic, in bytes.
    pub const LONGEST_TOPIC: usize = 80;

    /// An answer without a reason; the records may be in any order.
    #[must_use]
    pub fn new(topic: &str, about: impl IntoIterator<Item = Id>, decision: Decision) -> Self {
        Self {
            topic: topic.to_owned(),
            about: in_order(about),
            decision,
            remark: String::new(),
        }
    }

    /// Whether it answers to the same finding.
    #[must_use]
    pub fn is_about(&self, topic: &str, about: &[Id]) -> bool {
        self.topic == topic && *self.about == *about
    }
}
