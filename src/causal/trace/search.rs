//! The search for all paths between two variables, a budget at a time.

use super::merged::Merged;
use super::net::NetEffect;
use super::path::Path;
use super::signed::shortest_of_each_sign;
use crate::causal::counts::Completeness;
use crate::causal::found::LoopPolarity;
use crate::causal::search::{LoopSearch, Progress, SearchLimits};
use crate::model::{Document, Id, Polarity};

/// How many paths of each sign there are; each number stops at `u64::MAX`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PathCounts {
    /// Paths that carry a rise on as a rise.
    pub positive: u64,
    /// Paths that turn a rise into a fall.
    pub negative: u64,
    /// Paths with a link of unknown polarity.
    pub unknown: u64,
    /// Paths of any sign with a delayed link.
    pub delayed: u64,
}

impl PathCounts {
    /// All paths; `u64::MAX` when they are that many or more.
    #[must_use]
    pub const fn total(self) -> u64 {
        self.positive
            .saturating_add(self.negative)
            .saturating_add(self.unknown)
    }
}

/// Counts and signs the paths from one variable to another that pass no variable twice. It borrows
/// nothing, so it can be held from one frame to the next.
///
/// The two variables are taken for one, so that their paths are the loops through it, which one
/// walk of the loop search finds (Johnson 1975). From a variable to itself the paths are its loops.
#[derive(Clone, Debug)]
pub struct PathSearch {
    from: Id,
    to: Id,
    longest: Option<usize>,
    links: Vec<Id>,
    search: LoopSearch,
    // A shortest path of each sign, where that is certain to be a path.
    shortest: [Option<Vec<Id>>; 3],
}

/// What is known of the paths between two variables.
#[derive(Clone, Debug, PartialEq)]
pub struct PathReport {
    /// Where they start.
    pub from: Id,
    /// Where they end.
    pub to: Id,
    /// The most links of a path that was looked for; `None` if there is no longer one.
    pub longest: Option<usize>,
    /// How many there are of each sign.
    pub counts: PathCounts,
    /// Whether that is all of them, within that bound.
    pub completeness: Completeness,
    /// The shortest of those found, as many as were to be kept.
    pub paths: Vec<Path>,
    /// A positive one, the shortest known.
    pub raising: Option<Path>,
    /// A negative one, the shortest known.
    pub lowering: Option<Path>,
    /// One of unknown sign, the shortest known.
    pub open: Option<Path>,
    /// What all of them together say.
    pub net: NetEffect,
}

impl PathSearch {
    /// A search at its start. Of `limits`, the bound is one on the links of a path.
    #[must_use]
    pub fn new(document: &Document, from: Id, to: Id, limits: SearchLimits) -> Self {
        let merged = Merged::between(document, from, to);
        let mut shortest = shortest_of_each_sign(&merged);
        for path in &mut shortest {
            let fits = |links: &Vec<Id>| limits.longest.is_none_or(|most| links.len() <= most);
            *path = path.take().filter(fits);
        }
        // No path has more links than there are variables between the ends.
        let size = merged.graph.variables() as usize;
        Self {
            from,
            to,
            longest: limits.longest.filter(|most| *most < size),
            search: LoopSearch::through(&merged.graph, 0, limits),
            links: merged.links,
            shortest,
        }
    }

    /// Searches on for about `budget` visits of a link.
    pub fn advance(&mut self, budget: u64) -> Progress {
        self.search.advance(budget)
    }

    /// How many paths were found so far.
    #[must_use]
    pub fn counts(&self) -> PathCounts {
        let loops = self.search.counts();
        let found = [loops.reinforcing, loops.balancing, loops.undetermined];
        // What is known to be there counts, even before the search has come to it.
        let at_least =
            |position: usize| found[position].max(u64::from(self.shortest[position].is_some()));
        PathCounts {
            positive: at_least(0),
            negative: at_least(1),
            unknown: at_least(2),
            delayed: loops.delayed,
        }
    }

    /// Whether a path of each sign, positive and negative, is known by its links: nothing that is found
    /// later changes what all of them say then.
    #[must_use]
    pub fn knows_both_signs(&self) -> bool {
        let kept = |polarity: LoopPolarity| {
            let mut loops = self.search.loops();
            loops.any(|found| found.polarity == polarity)
        };
        let knows = |sign: Polarity, polarity: LoopPolarity| {
            self.shortest[sign as usize].is_some() || kept(polarity)
        };
        knows(Polarity::Positive, LoopPolarity::Reinforcing)
            && knows(Polarity::Negative, LoopPolarity::Balancing)
    }

    /// What was found so far, of the document that the search began with.
    #[must_use]
    pub fn report(&self, document: &Document) -> PathReport {
        let found = self.search.loops().filter_map(|found| {
            let links = found.links.iter();
            let ids = links.filter_map(|index| self.links.get(*index as usize).copied());
            Path::of(document, ids.collect())
        });
        let paths: Vec<Path> = found.collect();
        let of_sign = |sign: Polarity| {
            let known = self.shortest[sign as usize].clone();
            let known = known.and_then(|links| Path::of(document, links));
            known.or_else(|| paths.iter().find(|path| path.polarity == sign).cloned())
        };
        let counts = self.counts();
        let completeness = self.search.completeness();
        let open = of_sign(Polarity::Unknown);
        PathReport {
            from: self.from,
            to: self.to,
            longest: self.longest,
            counts,
            completeness,
            raising: of_sign(Polarity::Positive),
            lowering: of_sign(Polarity::Negative),
            net: NetEffect::of(counts, completeness, document, open.as_ref()),
            open,
            paths,
        }
    }
}
