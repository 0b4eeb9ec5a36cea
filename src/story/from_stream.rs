//! A story begun by itself of a value stream: the whole, the ladder, the constraint, what is before
//! and behind it, the next constraint, and what nobody knows yet.

use std::collections::BTreeSet;

use crate::model::{
    Binding, Document, FlowKind, Id, Records, Rest, Showing, StepResult, StoryFigure, StoryStep,
    StoryView, StreamResult, counted, in_sentence, term_in_sentence,
};
use crate::stream::{Knowledge, StreamReport, StreamResults, missing};

use super::draft::{StoryDraft, blank_step, marked};
use super::markdown::literal;

/// Which streams a story tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamsTold {
    /// All, the main one first.
    All,
    /// The one that a station belongs to.
    Of(Id),
}

/// How many unknown measures are asked for by name.
const MOST_ASKED: usize = 6;

/// The story of the value streams; `None` where there is none to tell. The report must be that of
/// the document.
///
/// Its words have no numbers: those are figures of the steps, worked out anew whenever the story is
/// told, each with how far it is to be trusted.
#[must_use]
pub fn from_streams(
    document: &Document,
    report: &StreamReport,
    which: StreamsTold,
) -> Option<StoryDraft> {
    let streams = report.streams.iter().enumerate();
    let streams = streams.filter(|(_, results)| match which {
        StreamsTold::All => true,
        StreamsTold::Of(station) => results.stream.stations.contains(&station),
    });
    let steps: Vec<StoryStep> = streams
        .flat_map(|(number, results)| Telling::new(document, results, number).steps())
        .collect();
    let is_any = !steps.is_empty();
    is_any.then(|| StoryDraft {
        name: "The value stream".to_owned(),
        steps,
    })
}

/// One stream that is told.
struct Telling<'a> {
    document: &'a Document,
    results: &'a StreamResults,
    /// Its number in the report; the first is the main one.
    number: usize,
}

impl<'a> Telling<'a> {
    const fn new(document: &'a Document, results: &'a StreamResults, number: usize) -> Self {
        Self {
            document,
            results,
            number,
        }
    }

    fn steps(&self) -> Vec<StoryStep> {
        let mut steps = vec![self.whole(), self.ladder(), self.constraint()];
        steps.extend(self.around());
        steps.extend(self.next());
        steps.extend(self.unknown());
        steps
    }

    /// A result of this stream.
    fn figure(&self, result: StreamResult) -> StoryFigure {
        match self.results.stream.stations.first() {
            Some(with) if self.number > 0 => StoryFigure::OfStream {
                with: *with,
                result,
            },
            _ => StoryFigure::Bound(Binding::Stream(result)),
        }
    }

    /// Names of stations: "Build", "Build and Test".
    fn names(&self, stations: &[Id]) -> String {
        let names = stations.iter().map(|id| {
            let station = self.document.stations().get(id);
            literal(&in_sentence(station.map_or("", |station| &station.name)))
        });
        let names: Vec<String> = names.collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }

    /// A step in which these records are lit, and all else stands back.
    fn lit(&self, title: &str, words: String, records: impl IntoIterator<Item = Id>) -> StoryStep {
        StoryStep {
            title: title.to_owned(),
            words,
            marks: marked([], records, Showing::Lit),
            rest: Rest::Dimmed,
            ..blank_step()
        }
    }

    fn whole(&self) -> StoryStep {
        let stream = &self.results.stream;
        let records = stream.stations.iter().chain(&stream.flows).copied();
        let purpose = literal(&self.document.properties().purpose);
        let words = match (self.number, purpose.is_empty()) {
            (0, false) => purpose,
            _ => "From the first thing that comes in to what reaches the customer.".to_owned(),
        };
        StoryStep {
            view: StoryView::Lit,
            figures: [
                self.figure(StreamResult::Throughput),
                self.figure(StreamResult::WorkInProgress),
            ]
            .into(),
            ..self.lit("The whole stream", words, records)
        }
    }

    fn ladder(&self) -> StoryStep {
        let ladder = &self.results.ladder;
        let records = ladder.stations.iter().chain(&ladder.flows).copied();
        let unknown = ladder.unknown().count() as u64;
        let words = match (ladder.stations.is_empty(), unknown) {
            (true, _) => "No path leads through the stream yet.".to_owned(),
            (false, 0) => "The longest path through the stream: how long an item is worked on, and how long it waits.".to_owned(),
            (false, unknown) => {
                let places = counted(unknown, "place", "places");
                format!("The longest path through the stream. A time is unknown at {places} of it, so the lead time is unknown too.")
            }
        };
        StoryStep {
            figures: [
                self.figure(StreamResult::LeadTime),
                self.figure(StreamResult::ProcessTime),
                self.figure(StreamResult::ActivityRatio),
            ]
            .into(),
            ..self.lit("How long it takes", words, records)
        }
    }

    /// The steps that limit the stream.
    fn limiting(&self) -> Vec<Id> {
        let limit = self.results.limit.as_ref();
        limit.map_or_else(Vec::new, |limit| limit.stations().collect())
    }

    fn constraint(&self) -> StoryStep {
        let Some(limit) = &self.results.limit else {
            let words =
                "Of no step is it known how much it can do. The constraint is unknown until it is.";
            return self.lit("The constraint is unknown", words.to_owned(), []);
        };
        let stations = self.limiting();
        let names = self.names(&stations);
        let words = match limit.is_certain() {
            true => format!(
                "**{names}**: what goes through here limits the whole stream. Only here does more capacity bring more out of it."
            ),
            false => {
                let open = counted(
                    limit.candidates.len() as u64,
                    "unknown measure",
                    "unknown measures",
                );
                format!(
                    "**{names}**: the constraint by what is known. With {open} another step could be."
                )
            }
        };
        let mut figures = vec![self.figure(StreamResult::Capacity)];
        let of_steps = stations
            .iter()
            .map(|id| Binding::Step(*id, StepResult::Utilisation));
        figures.extend(of_steps.map(StoryFigure::Bound));
        StoryStep {
            figures: figures.into(),
            ..self.lit("The constraint", words, stations)
        }
    }

    /// What is before the constraint and what is behind it, each where there is such.
    fn around(&self) -> Vec<StoryStep> {
        let stations: BTreeSet<Id> = self.limiting().into_iter().collect();
        let [before, behind] = [End::From, End::To].map(|end| {
            let reached = self.reached(&stations, end);
            reached
                .difference(&stations)
                .copied()
                .collect::<BTreeSet<Id>>()
        });
        let behind: BTreeSet<Id> = behind.difference(&before).copied().collect();
        let parts = [
            (
                "Before the constraint",
                "What is done faster here piles up before the constraint.",
                before,
            ),
            (
                "After the constraint",
                "What is here waits for the constraint, however fast it could be.",
                behind,
            ),
        ];
        let parts = parts.into_iter().filter(|(_, _, part)| !part.is_empty());
        parts
            .map(|(title, words, part)| self.lit(title, words.to_owned(), part))
            .collect()
    }

    /// The stations from which work comes to some, or to which it goes on from there; rework is no
    /// way on.
    fn reached(&self, stations: &BTreeSet<Id>, end: End) -> BTreeSet<Id> {
        let flows = self.results.stream.flows.iter();
        let flows = flows.filter_map(|id| self.document.flows().get(id));
        let mut next: Records<Vec<Id>> = Records::new();
        for flow in flows.filter(|flow| flow.kind.carries_work() && flow.kind != FlowKind::Rework) {
            let (at, other) = match end {
                End::From => (flow.to, flow.from),
                End::To => (flow.from, flow.to),
            };
            next.entry(at).or_default().push(other);
        }
        let mut reached = stations.clone();
        let mut open: Vec<Id> = stations.iter().copied().collect();
        while let Some(at) = open.pop() {
            let others = next.get(&at).into_iter().flatten();
            open.extend(others.filter(|id| reached.insert(**id)));
        }
        reached
    }

    fn next(&self) -> Option<StoryStep> {
        let limit = self.results.limit.as_ref()?;
        let next: Vec<Id> = limit
            .runners_up
            .iter()
            .flat_map(|constraint| constraint.stations.iter().copied())
            .collect();
        if next.is_empty() {
            return None;
        }
        let names = self.names(&next);
        let by = if limit.is_certain() {
            ""
        } else {
            ", by what is known"
        };
        let words = format!("Lift the constraint, and the next one is **{names}**{by}.");
        let figures = next
            .iter()
            .map(|id| Binding::Step(*id, StepResult::Capacity));
        Some(StoryStep {
            figures: figures.map(StoryFigure::Bound).collect(),
            ..self.lit("The next constraint", words, next)
        })
    }

    fn unknown(&self) -> Option<StoryStep> {
        let missing = missing(self.results);
        let asked: Vec<_> = missing
            .iter()
            .filter(|one| one.knowledge <= Knowledge::Unknown && !one.blocks.is_empty())
            .collect();
        if asked.is_empty() {
            return None;
        }
        let lines = asked.iter().take(MOST_ASKED).map(|one| {
            let measure = term_in_sentence(one.measure.name());
            let record = match self.document.edge(one.record) {
                Some(edge) => format!("{} to {}", self.names(&[edge.from]), self.names(&[edge.to])),
                None => self.names(&[one.record]),
            };
            let product = one
                .product
                .as_deref()
                .map(|name| format!(", {}", literal(name)));
            format!("- {record}: {measure}{}", product.unwrap_or_default())
        });
        let lines: Vec<String> = lines.collect();
        let more = asked.len().saturating_sub(MOST_ASKED) as u64;
        let more = match more {
            0 => String::new(),
            more => format!("\n\nAnd {more} more."),
        };
        let words = format!("Who can say?\n\n{}{more}", lines.join("\n"));
        let records: BTreeSet<Id> = asked.iter().map(|one| one.record).collect();
        Some(self.lit("What nobody knows yet", words, records))
    }
}

/// An end of flows.
#[derive(Clone, Copy)]
enum End {
    From,
    To,
}
