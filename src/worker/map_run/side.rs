//! A map as it is, or as an improvement makes it, ready to run.

use std::sync::Arc;

use crate::editor::describe;
use crate::model::{Calendar, Document, Id, Improvement, improved};
use crate::scene::{MeasureText, stations_in_frames};
use crate::simulate::events::{LeftOut, Run, Settings, Until};
use crate::simulate::mapped::{Gap, Mapped, NotReady};
use crate::stream::{
    FigureDimension, Stream, StreamReport, amount_text, amount_text_like, improvement_name,
};
use crate::worker::improvements::Showing;
use crate::worker::list::{List, Sentence};
use crate::worker::report::{Block, Row, RowKind};

/// The level of all intervals.
pub(super) const LEVEL: f64 = 0.95;
/// What is said where there is no stream.
const NO_STREAM: &str = "There is no stream to run yet: lay two steps and a flow between them.";

/// What the map as it is is called.
const TODAY: &str = "Today";
/// What is said of an improvement that was removed.
const GONE: &str = "This improvement is no longer in the document: choose another, or today.";

/// A map as it is, or as an improvement makes it, ready to run.
#[derive(Debug)]
pub(super) struct Side {
    /// What it is called: today, or the improvement.
    pub(super) name: String,
    /// What it changes: nothing of today.
    pub(super) improvement: Improvement,
    /// The document as it has it.
    pub(super) document: Document,
    /// The line.
    pub(super) mapped: Mapped,
}

impl Side {
    /// The map with the numbers that are asked for. `font` tells which stations lie in frames.
    ///
    /// # Errors
    /// What keeps it from running, as blocks.
    pub(super) fn of(
        document: &Document,
        about: &[Id],
        showing: &Showing,
        font: &dyn MeasureText,
    ) -> Result<Self, Vec<Block>> {
        let improvement = showing.improvement(document);
        match (showing, improvement) {
            (Showing::Today, _) => {
                let nothing = Improvement::default();
                Self::with(document, about, (TODAY.to_owned(), nothing), font)
            }
            (_, Some(one)) => Self::with(document, about, (improvement_name(&one), one), font),
            (_, None) => Err(vec![Block::Words(GONE.to_owned())]),
        }
    }

    /// The map with this improvement, under a name.
    ///
    /// # Errors
    /// What keeps it from running, as blocks.
    pub(super) fn with(
        document: &Document,
        about: &[Id],
        (name, improvement): (String, Improvement),
        font: &dyn MeasureText,
    ) -> Result<Self, Vec<Block>> {
        let stream = stream_of(document, about);
        let stream = stream.ok_or_else(|| vec![Block::Words(NO_STREAM.to_owned())])?;
        let document = improved(document, &improvement);
        let inside = stations_in_frames(&document, font);
        let mapped = Mapped::of(&document, &stream.stations, &inside)
            .map_err(|why| not_ready(&document, &why))?;
        Ok(Self {
            name,
            improvement,
            document,
            mapped,
        })
    }

    /// The map as it is.
    pub(super) fn today(document: &Document, mapped: Mapped) -> Self {
        Self {
            name: TODAY.to_owned(),
            improvement: Improvement::default(),
            document: document.clone(),
            mapped,
        }
    }

    /// What its formulas say.
    pub(super) fn report(&self) -> StreamReport {
        StreamReport::of(&self.document)
    }

    /// How it is studied, so many times as long as the document says.
    pub(super) fn settings(&self, document: &Document, times: u32) -> Settings {
        let run = &document.properties().stream.run;
        let seed = u64::from(run.seed);
        let usual = || Settings::usual(&self.mapped.plan, seed).length;
        let calendar = document.calendar();
        let stated = run.days.map(|days| days * calendar.seconds_per_day);
        // Items that come at the times of a list are all that there are: it begins with the first and
        // is over when the last has left.
        let (length, warm_up) = match run.schedule.is_empty() {
            true => (stated.unwrap_or_else(usual), LeftOut::Found),
            false => {
                let length = stated.unwrap_or_else(|| self.until_done(seed));
                (length, LeftOut::Time(0.0))
            }
        };
        Settings {
            seed,
            length: length * f64::from(times.max(1)),
            replications: run.replications,
            most: run.replications,
            precision: 0.0,
            warm_up,
            level: LEVEL,
        }
    }

    /// A time by which all items of a list have left, in a run and by chance a while longer.
    fn until_done(&self, seed: u64) -> f64 {
        const LONGER: f64 = 1.5;
        const EVENTS: u64 = 1_000_000;
        let mut run = Run::new(&self.mapped.plan, seed, 0, Until::Time(f64::INFINITY));
        let _ = run.advance(EVENTS);
        (run.now() * LONGER).max(1.0)
    }

    /// The plan.
    pub(super) fn plan(&self) -> Arc<crate::simulate::events::Plan> {
        Arc::clone(&self.mapped.plan)
    }

    /// What the map does not say and the run takes for granted.
    pub(super) fn assumptions(&self) -> Vec<Block> {
        let sentences = self.mapped.assumptions.iter().map(|one| Sentence {
            text: with_names(&self.document, &one.words, &one.about),
            about: one.about.clone(),
        });
        let sentences: Vec<Sentence> = sentences.collect();
        if sentences.is_empty() {
            return Vec::new();
        }
        vec![
            Block::Heading("What is taken for granted".to_owned()),
            Block::List(List::Sentences(sentences)),
        ]
    }
}

/// The stream that some of these records belong to; the main one if none does.
fn stream_of(document: &Document, about: &[Id]) -> Option<Stream> {
    let mut streams = Stream::all(document);
    let has = |stream: &Stream| {
        about
            .iter()
            .any(|id| stream.stations.contains(id) || stream.flows.contains(id))
    };
    let place = streams.iter().position(has).unwrap_or_default();
    (place < streams.len()).then(|| streams.swap_remove(place))
}

/// What keeps a map from running.
fn not_ready(document: &Document, why: &NotReady) -> Vec<Block> {
    let row = |gap: &Gap| {
        let words = with_names(document, &gap.words, &gap.about);
        let mut row = Row::new("gap", RowKind::Problem, words);
        row.about.clone_from(&gap.about);
        Block::Row(row)
    };
    let head = "The map cannot run yet. What is missing:".to_owned();
    let rows = why.gaps.iter().map(row);
    std::iter::once(Block::Words(head)).chain(rows).collect()
}

/// What is missing first, or wrong, of a map that cannot run, as a sentence.
pub(super) fn first_gap(document: &Document, why: &NotReady) -> String {
    let gap = why.gaps.first();
    gap.map_or_else(
        || why.to_string(),
        |gap| with_names(document, &gap.words, &gap.about),
    )
}

/// A sentence with the names of what it is about, if they are few.
fn with_names(document: &Document, words: &str, about: &[Id]) -> String {
    const MOST: usize = 4;
    let names: Vec<String> = about.iter().map(|id| describe(document, *id)).collect();
    match names.len() {
        0 => words.to_owned(),
        1..=MOST => format!("{}: {words}", names.join(", ")),
        count => format!("{count} places: {words}"),
    }
}

/// How numbers of runs are written: times in the basis of the calendar, as those of formulas.
pub(super) struct Writing {
    /// How times are counted.
    pub(super) calendar: Calendar,
    /// What a second of working time is in the basis of the calendar.
    elapsed: f64,
}

impl Writing {
    pub(super) fn of(document: &Document) -> Self {
        let calendar = document.calendar();
        let elapsed = calendar.elapsed_per_working_second();
        Self { calendar, elapsed }
    }

    /// A span of working time, in the unit in which another one reads best.
    pub(super) fn time_like(&self, seconds: f64, like: f64) -> String {
        let (span, like) = (seconds * self.elapsed, like * self.elapsed);
        amount_text_like(span, like, FigureDimension::Time, &self.calendar)
    }

    /// A span of working time.
    pub(super) fn time(&self, seconds: f64) -> String {
        self.time_like(seconds, seconds)
    }

    /// What a span of working time is in the basis of the calendar.
    pub(super) fn elapsed(&self, seconds: f64) -> f64 {
        seconds * self.elapsed
    }

    /// Working days.
    pub(super) fn days(&self, seconds: f64) -> f64 {
        seconds / self.calendar.seconds_per_day
    }

    /// A rate, in the unit in which another one reads best.
    pub(super) fn rate_like(&self, rate: f64, like: f64) -> String {
        amount_text_like(rate, like, FigureDimension::Rate, &self.calendar)
    }

    /// A part of a whole.
    pub(super) fn share(&self, share: f64) -> String {
        amount_text(share, FigureDimension::Share, &self.calendar)
    }

    /// A number of items.
    pub(super) fn items(&self, items: f64) -> String {
        amount_text(items, FigureDimension::Items, &self.calendar)
    }
}
