//! The loops of a document: searched a budget at a time, ordered, numbered, told as a story.

use super::counts::{Completeness, LoopCounts};
use super::diagram::DiagramGraph;
use super::found::LoopPolarity;
use super::search::{LoopSearch, Progress, SearchLimits};
use crate::model::{Delay, Document, Id, LoopKey, Polarity};

/// A search for the loops of one state of a document.
#[derive(Clone, Debug)]
pub struct LoopAnalysis {
    search: LoopSearch,
    /// The id of each link of the graph.
    links: Vec<Id>,
    progress: Progress,
}

/// What is known of the loops of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopReport {
    /// How many there are of each sign.
    pub counts: LoopCounts,
    /// Whether that is all of them.
    pub completeness: Completeness,
    /// The shortest of them: by length, then by the names of their variables.
    pub loops: Vec<NamedLoop>,
}

impl Default for LoopReport {
    fn default() -> Self {
        Self {
            counts: LoopCounts::default(),
            completeness: Completeness::Exact,
            loops: Vec::new(),
        }
    }
}

impl LoopReport {
    /// Whether every loop of the document is in the list: the search is done, and they are few
    /// enough to be kept.
    #[must_use]
    pub fn lists_all(&self) -> bool {
        self.completeness == Completeness::Exact && self.counts.total() == self.loops.len() as u64
    }
}

/// One loop of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedLoop {
    /// Which loop it is, whatever else changes.
    pub key: LoopKey,
    /// R1, B2, or ?1 while its sign is not determined.
    pub code: String,
    /// Its sign.
    pub polarity: LoopPolarity,
    /// Whether one of its links is delayed.
    pub delay: Delay,
    /// Its links in the order of travel.
    pub links: Vec<Id>,
    /// Its variables in the order of travel: each is the cause of the link at the same position.
    pub variables: Vec<Id>,
}

impl LoopAnalysis {
    /// A search at its start, which keeps the `stored` shortest loops.
    #[must_use]
    pub fn new(document: &Document, stored: usize) -> Self {
        let DiagramGraph { graph, links, .. } = DiagramGraph::of(document);
        let search = LoopSearch::new(
            &graph,
            SearchLimits {
                stored,
                longest: None,
            },
        );
        Self {
            search,
            links,
            progress: Progress::Unfinished,
        }
    }

    /// Searches on for about `budget` visits of a link.
    pub fn advance(&mut self, budget: u64) -> Progress {
        if self.progress == Progress::Unfinished {
            self.progress = self.search.advance(budget);
        }
        self.progress
    }

    /// Whether all loops were found.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// How many loops were found so far, and whether that is all.
    #[must_use]
    pub fn counts(&self) -> (LoopCounts, Completeness) {
        (self.search.counts(), self.search.completeness())
    }

    /// What was found so far, named after the document, which must have the links the search
    /// began with.
    #[must_use]
    pub fn report(&self, document: &Document) -> LoopReport {
        let loops = self.search.loops().filter_map(|found| {
            let links = found.links.iter();
            let links = links.map(|index| self.links.get(*index as usize).copied());
            links.collect()
        });
        let (counts, completeness) = self.counts();
        let loops: Vec<Vec<Id>> = loops.collect();
        LoopReport::of(document, counts, completeness, &loops)
    }
}

impl LoopReport {
    /// The report of these loops, each as its links in the order of travel. What is no loop of the
    /// document is left out.
    #[must_use]
    pub fn of(
        document: &Document,
        counts: LoopCounts,
        completeness: Completeness,
        loops: &[Vec<Id>],
    ) -> Self {
        let loops = loops.iter().filter_map(|links| name_loop(document, links));
        let mut loops: Vec<(Vec<String>, NamedLoop)> = loops.collect();
        loops.sort_by(|(names, one), (others, other)| {
            let lengths = names.len().cmp(&others.len());
            lengths
                .then_with(|| names.cmp(others))
                .then_with(|| one.key.cmp(&other.key))
        });
        let loops = loops.into_iter().map(|(_, named)| named);
        Self {
            counts,
            completeness,
            loops: numbered(loops),
        }
    }

    /// The same of loops that are numbered as they come: in the order of the list that they are from.
    #[must_use]
    pub fn of_list(
        document: &Document,
        counts: LoopCounts,
        completeness: Completeness,
        loops: &[Vec<Id>],
    ) -> Self {
        let loops = loops.iter().filter_map(|links| name_loop(document, links));
        Self {
            counts,
            completeness,
            loops: numbered(loops.map(|(_, named)| named)),
        }
    }
}

/// Loops with their codes: each sign is counted by itself.
fn numbered(loops: impl Iterator<Item = NamedLoop>) -> Vec<NamedLoop> {
    let mut numbers = [0_usize; 3];
    let number = |mut named: NamedLoop| {
        let number = &mut numbers[named.polarity as usize];
        *number += 1;
        named.code = format!("{}{number}", named.polarity.letter());
        named
    };
    loops.map(number).collect()
}

/// A loop with the names it is sorted by, turned to start at the variable that is first by name.
fn name_loop(document: &Document, links: &[Id]) -> Option<(Vec<String>, NamedLoop)> {
    let mut links = links.to_vec();
    let mut variables = Vec::with_capacity(links.len());
    let mut names = Vec::with_capacity(links.len());
    let mut polarities = Vec::with_capacity(links.len());
    let mut delay = Delay::None;
    let mut at = document.links().get(links.last()?)?.to;
    for id in &links {
        let link = document.links().get(id)?;
        if link.from != at {
            return None;
        }
        at = link.to;
        variables.push(link.from);
        let name = &document.variables().get(&link.from)?.name;
        names.push(name.to_ascii_lowercase());
        polarities.push(link.polarity);
        delay = delay.max(link.delay);
    }
    let polarity = LoopPolarity::of(polarities);
    let first =
        (0..names.len()).min_by_key(|position| (&names[*position], variables[*position]))?;
    links.rotate_left(first);
    variables.rotate_left(first);
    names.rotate_left(first);
    let key = LoopKey::new(links.iter().copied());
    let code = String::new();
    Some((
        names,
        NamedLoop {
            key,
            code,
            polarity,
            delay,
            links,
            variables,
        },
    ))
}

impl LoopPolarity {
    /// The letter its loops are numbered with.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Reinforcing => 'R',
            Self::Balancing => 'B',
            Self::Undetermined => '?',
        }
    }

    /// The word that people read for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reinforcing => "reinforcing",
            Self::Balancing => "balancing",
            Self::Undetermined => "unsigned",
        }
    }
}

/// How a variable stands as a change travels round a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Above what it would have been.
    More,
    /// Below what it would have been.
    Less,
    /// A polarity on the path is unknown.
    Unknown,
}

impl Trend {
    /// The word after a name: it suits one thing and several, counted or not.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::More => "up",
            Self::Less => "down",
            Self::Unknown => "up or down",
        }
    }

    /// How it stands if the first one fell instead.
    #[must_use]
    pub(super) const fn turned(self) -> Self {
        match self {
            Self::More => Self::Less,
            Self::Less => Self::More,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// One stop of a change that travels round a loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoopStop {
    /// The variable.
    pub variable: Id,
    /// How it stands, if the first one rose.
    pub trend: Trend,
    /// Whether the change took time to get here.
    pub delay: Delay,
}

impl NamedLoop {
    /// The way of a rise of the first variable round the loop and back to it.
    #[must_use]
    pub fn story(&self, document: &Document) -> Vec<LoopStop> {
        story_of(document, self.variables.first().copied(), &self.links)
    }

    /// The path round the loop as one sentence, such as "Risk up → Failures up → Trust down →
    /// (later) Risk up".
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        story_sentence(document, &self.story(document))
    }
}

/// The way of a rise of a variable along links.
pub(super) fn story_of(document: &Document, first: Option<Id>, links: &[Id]) -> Vec<LoopStop> {
    let mut steps = Vec::with_capacity(links.len() + 1);
    let mut trend = Trend::More;
    if let Some(variable) = first {
        steps.push(LoopStop {
            variable,
            trend,
            delay: Delay::None,
        });
    }
    for link in links.iter().filter_map(|id| document.links().get(id)) {
        trend = match (trend, link.polarity) {
            (Trend::Unknown, _) | (_, Polarity::Unknown) => Trend::Unknown,
            (same, Polarity::Positive) => same,
            (Trend::More, Polarity::Negative) => Trend::Less,
            (Trend::Less, Polarity::Negative) => Trend::More,
        };
        steps.push(LoopStop {
            variable: link.to,
            trend,
            delay: link.delay,
        });
    }
    steps
}

/// A story as one sentence.
pub(super) fn story_sentence(document: &Document, story: &[LoopStop]) -> String {
    let mut sentence = String::new();
    for (position, step) in story.iter().enumerate() {
        if position > 0 {
            sentence.push_str(" → ");
        }
        if step.delay == Delay::Delayed {
            sentence.push_str("(later) ");
        }
        if let Some(variable) = document.variables().get(&step.variable) {
            sentence.push_str(&variable.in_sentence());
        }
        sentence.push(' ');
        sentence.push_str(step.trend.word());
    }
    sentence
}
