//! What somebody says about one element, to others who work on the document.

use super::date::Date;
use super::document::Document;
use super::element::ElementKind;
use super::id::Id;
use super::record::{is_default, record};
use super::records::Records;

record! {
    /// A comment on one element. Those on the same element are a thread.
    ///
    /// Each is a record of its own, so that what two people say at the same time is merged without
    /// either being lost.
    pub struct Comment {
        /// What it is about.
        pub about: Id,
        /// Its text.
        pub text: String,
        /// Its place in the thread: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// Who says so, if they gave a name.
        #[serde(default, skip_serializing_if = "is_default")]
        pub author: String,
        /// The day on which it was said.
        #[serde(default, skip_serializing_if = "is_default")]
        pub date: Option<Date>,
        /// Whether it is dealt with. A thread is resolved when all of its comments are, so a new
        /// one opens it again.
        #[serde(default, skip_serializing_if = "is_default")]
        pub resolved: bool,
    }
}

/// Whether a thread asks for something yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThreadState {
    /// It does.
    Open,
    /// All of it is dealt with.
    Resolved,
}

impl ElementKind {
    /// Whether people can comment on it: it is drawn, and is no comment itself.
    #[must_use]
    pub const fn can_be_commented(self) -> bool {
        match self {
            Self::Variable | Self::Link | Self::Note | Self::Station | Self::Flow | Self::Frame => {
                true
            }
            Self::LoopLabel
            | Self::FindingReview
            | Self::Comment
            | Self::Image
            | Self::Improvement
            | Self::Scenario
            | Self::Story
            | Self::StoryStep
            | Self::Retrospective
            | Self::Fact
            | Self::Variation
            | Self::Experiment => false,
        }
    }
}

impl Document {
    /// The comments on an element, the first one first.
    #[must_use]
    pub fn thread_on(&self, id: Id) -> Vec<(Id, &Comment)> {
        let mentions = self.mentions_of(id);
        let mut thread: Vec<(Id, &Comment)> = mentions
            .filter_map(|id| Some((id, self.comments().get(&id)?)))
            .collect();
        thread.sort_by_key(|(id, comment)| (comment.place, *id));
        thread
    }

    /// How many open comments there are on each element that has some.
    #[must_use]
    pub fn open_comments(&self) -> Records<usize> {
        let mut open: Records<usize> = Records::new();
        let comments = self.comments().values();
        for comment in comments.filter(|comment| !comment.resolved) {
            *open.entry(comment.about).or_default() += 1;
        }
        open
    }

    /// How the thread on an element stands; `None` where there is none.
    #[must_use]
    pub fn thread_state(&self, id: Id) -> Option<ThreadState> {
        let thread = self.thread_on(id);
        let is_resolved = thread.iter().all(|(_, comment)| comment.resolved);
        (!thread.is_empty()).then_some(match is_resolved {
            true => ThreadState::Resolved,
            false => ThreadState::Open,
        })
    }
}
