//! The vote in the room of the open document.

use std::collections::BTreeMap;

use crate::model::{Id, Lever};
use crate::scene::DotMark;
use crate::store::rooms::VoteRecord;
use crate::sync::{DotTarget, Poll, Stage, Vote};

/// What a page in a room has of the vote there.
#[derive(Default)]
pub struct VoteHere {
    /// What is known of it.
    pub poll: Poll,
    /// The own dots, as the browser has kept them; those of an earlier vote do not count.
    pub own: Option<VoteRecord>,
    /// The dots that are drawn.
    pub marks: Vec<DotMark>,
}

impl VoteHere {
    /// How many dots of a vote that is open the person before this page has given.
    #[must_use]
    pub fn given(&self) -> usize {
        let open = self.poll.vote().filter(|vote| vote.stage == Stage::Open);
        let own = self.own.as_ref().zip(open);
        let own = own.filter(|(own, open)| own.vote == open.id);
        own.map_or(0, |(own, _)| own.dots.len())
    }
}

/// What panels show of the vote.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteView {
    /// The vote.
    pub vote: Vote,
    /// How many dots the person before this page has given to each thing.
    pub own: BTreeMap<DotTarget, usize>,
    /// Once it is closed, what has dots: the most first.
    pub results: Vec<Counted>,
    /// How many people have voted, as far as ballots have come in.
    pub ballots: usize,
}

impl VoteView {
    /// How many dots the person before this page has given.
    #[must_use]
    pub fn given(&self) -> usize {
        self.own.values().sum()
    }

    /// Whether a finding is in the result.
    #[must_use]
    pub fn counts_findings(&self) -> bool {
        self.results.iter().any(|one| one.target.is_finding())
    }
}

/// Where on this page something is that has dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DotPlace {
    /// On the canvas.
    Lever(Lever),
    /// In the checks: a finding about these records, or about the diagram as a whole.
    Finding(Vec<Id>),
}

/// What has dots of everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What the dots are for.
    pub target: DotTarget,
    /// Where it is; none where it is gone, or not known on this page.
    pub on: Option<DotPlace>,
    /// Its name.
    pub name: String,
    /// How many dots.
    pub dots: usize,
}
