//! What the page shows of the value streams: worked out here, sent as it is to be shown.

mod differing;
mod headline;
mod making;
mod marks;

use serde::{Deserialize, Serialize};

use crate::model::{Delay, Document, Id, duration_text};
use crate::scene::Marks;
use crate::stream::{BoundValue, LinkDelay};

pub(super) use headline::{headline, rate_span};
pub(super) use making::shown_marks;
pub use marks::marks_of;

/// What the page shows of the value streams of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StreamView {
    /// What is added to the picture.
    pub marks: Marks,
    /// The streams, the main one first.
    pub streams: Vec<StreamPart>,
    /// What keeps them from being understood or from flowing, and behind it what was answered.
    pub problems: Vec<ProblemRow>,
    /// What each variable shows that is bound to them.
    pub bound: Vec<(Id, BoundValue)>,
    /// How long the delay of each link is that takes it from them.
    pub delays: Vec<(Id, LinkDelay)>,
    /// The steps that limit their stream now.
    pub constraints: Vec<Id>,
    /// The improvement that the marks on the canvas are of, if they are not of today.
    pub showing: Option<Shown>,
}

/// The improvement that the canvas shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What it is called.
    pub name: String,
    /// What differs from today, by record in the order of flow: a sentence each.
    pub differs: Vec<(Id, String)>,
}

/// A stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamPart {
    /// Its stations.
    pub stations: Vec<Id>,
    /// Its flows of work.
    pub flows: Vec<Id>,
    /// What matters most of it: constraint, demand, lead time; a sentence each.
    pub headline: Vec<String>,
    /// How long work takes through it; empty where nobody can tell.
    pub lead_time: String,
    /// The names of its customers.
    pub customers: String,
    /// The step that limits it; the first of several.
    pub constraint: Option<Id>,
    /// Whether any measure of it is known beside what is asked for.
    pub is_known: bool,
    /// Whether its customers ask for several products.
    pub has_products: bool,
}

/// Something that keeps a stream from being understood or from flowing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProblemRow {
    /// It as a sentence.
    pub words: String,
    /// Whether it only asks for something that is not there yet.
    pub is_hint: bool,
    /// The records that it is about.
    pub about: Vec<Id>,
    /// What can be done about it at once.
    pub fix: Option<ProblemFix>,
    /// Whether a person has answered that the map is meant as the figures take it.
    pub is_answered: bool,
}

/// What can be done about a problem at once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProblemFix {
    /// A person says that the map is meant so: an answer of this topic.
    Agree(String),
    /// A flow from one station to the other.
    Join(Id, Id),
}

impl StreamView {
    /// The stream that the first of these stations and flows of work belongs to; the main one if
    /// none does.
    #[must_use]
    pub fn about(&self, records: impl IntoIterator<Item = Id>) -> Option<&StreamPart> {
        let mut found = records.into_iter().filter_map(|id| {
            let has = |part: &&StreamPart| part.stations.contains(&id) || part.flows.contains(&id);
            self.streams.iter().find(has)
        });
        found.next().or_else(|| self.streams.first())
    }

    /// What a variable shows, if it is bound.
    #[must_use]
    pub fn value_of(&self, variable: Id) -> Option<&BoundValue> {
        let mut bound = self.bound.iter();
        bound
            .find(|(id, _)| *id == variable)
            .map(|(_, value)| value)
    }

    /// The delay of a link, if it comes from the map.
    #[must_use]
    pub fn delay_of(&self, link: Id) -> Option<LinkDelay> {
        let mut delays = self.delays.iter();
        delays.find(|(id, _)| *id == link).map(|(_, delay)| *delay)
    }

    /// The total delay of a loop, as people read it, if one of its links takes its delay from the
    /// map: the sum of what is known, `at least` where some delay has no length.
    #[must_use]
    pub fn loop_delay(&self, document: &Document, links: &[Id]) -> Option<String> {
        if self.delays.is_empty() {
            return None;
        }
        let (mut total, mut is_bound, mut is_open) = (0.0, false, false);
        for id in links {
            let delay = self.delay_of(*id);
            is_bound |= delay.is_some();
            match delay {
                Some(LinkDelay::Known(seconds)) => total += seconds,
                Some(LinkDelay::Unknown | LinkDelay::Broken) => is_open = true,
                None => {
                    let link = document.links().get(id);
                    is_open |= link.is_some_and(|link| link.delay == Delay::Delayed);
                }
            }
        }
        let text = duration_text(total, &document.calendar());
        is_bound.then(|| match is_open {
            true => format!("at least {text}"),
            false => text,
        })
    }

    /// Whether a loop goes through a variable that is bound to what limits a stream.
    #[must_use]
    pub fn limits_loop(&self, document: &Document, links: &[Id]) -> bool {
        !self.constraints.is_empty()
            && links.iter().any(|id| {
                let cause = document.links().get(id).map(|link| link.from);
                let cause = cause.and_then(|id| document.variables().get(&id));
                let record = cause.and_then(|variable| variable.binding?.record());
                record.is_some_and(|station| self.constraints.contains(&station))
            })
    }
}
