//! A value-stream map, read into a line that runs item by item.
//!
//! [`Mapped::of`] reads a stream as the figures of the map do: rework takes its part first, ways
//! onwards share what is left, parallel ways meet again, steps that share people have them
//! together. What the map says nothing of is either asked for ([`NotReady`]) or taken for granted in
//! words ([`Assumption`]); nothing unknown is taken for 0.

mod counted;
mod faults;
mod found;
mod granted;
mod groups;
mod keys;
mod laws;
mod read;
mod shape;
mod sources;
mod steps;
mod stores;
mod ways;

use std::sync::Arc;

use super::events::{Plan, Waiting};
use crate::model::{Calendar, Document, Id, MeasureKind, Records};

/// A stream of a map, ready to run. Times of the plan are seconds of working time.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// What runs.
    pub plan: Arc<Plan>,
    /// By station of the line: what of the map it stands for.
    pub places: Vec<Place>,
    /// By station of the line: the queues and lanes of the map whose items wait in its queue.
    pub waits_for: Vec<Vec<Id>>,
    /// By crew of the plan, in the order of [`Plan::crews`].
    pub crews: Vec<MappedCrew>,
    /// By source: the record where its items come in.
    pub sources: Vec<Id>,
    /// By kind of item: the name of the product; empty if there is none.
    pub kinds: Vec<String>,
    /// What the map does not say and the run takes for granted, most important first.
    pub assumptions: Vec<Assumption>,
    /// How its times count.
    pub calendar: Calendar,
    /// The items that are counted on the map today, where they wait in the line; see
    /// [`Mapped::with_work_waiting`].
    pub counted: Vec<Waiting>,
}

/// What of the map a station of the line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// A station or a flow of the map.
    pub record: Id,
    /// What part of it.
    pub part: PlacePart,
}

/// What part of a record a station of the line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacePart {
    /// A step: its queue, if no other place holds what waits, and its work.
    Step,
    /// A queue, or a flow into stations with a limit, where items wait until there is room in what
    /// follows.
    Queue,
    /// A supermarket.
    Store,
    /// A time on the way, or in a queue that no step empties.
    Wait,
    /// A place without a time that ways lead through: a supplier, a customer, a parting of ways.
    Way,
    /// A FIFO lane.
    Lane,
    /// Where several items become one.
    Pack,
}

impl PlacePart {
    /// Whether nothing is done there: what is held up there only waits.
    #[must_use]
    pub const fn is_for_waiting(self) -> bool {
        match self {
            Self::Queue | Self::Way | Self::Lane => true,
            Self::Step | Self::Store | Self::Wait | Self::Pack => false,
        }
    }
}

/// People or machines, by the names of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedCrew {
    /// What they are called: the name of the step or of the resource; may be empty.
    pub name: String,
    /// The steps at which they work.
    pub steps: Vec<Id>,
    /// How many they are.
    pub count: u32,
}

/// Something that the map does not say and the run takes for granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The stations and flows that it is about; none for the stream as a whole.
    pub about: Vec<Id>,
    /// A sentence.
    pub words: String,
}

/// Why a stream cannot run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", first_words(gaps))]
pub struct NotReady {
    /// What is missing or wrong, most important first.
    pub gaps: Vec<Gap>,
}

/// Something that a run needs and the map does not have, or a fault of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The stations and flows; none for the stream as a whole.
    pub about: Vec<Id>,
    /// What is to be filled in there; none for a fault.
    pub measure: Option<MeasureKind>,
    /// A sentence.
    pub words: String,
}

fn first_words(gaps: &[Gap]) -> &str {
    gaps.first()
        .map_or("the stream cannot run", |gap| &gap.words)
}

impl Mapped {
    /// Reads the stream that one of these stations of a document belongs to. What an improvement makes
    /// of a map is the map with it made so. `inside` are the stations in each frame that has a limit of
    /// work.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn of(
        document: &Document,
        about: &[Id],
        inside: &Records<Vec<Id>>,
    ) -> Result<Self, NotReady> {
        read::mapped(document, about, inside)
    }

    /// The same, with the items that the map counts today where they wait at the start. How long they
    /// have been there is not known: their time begins with the run.
    #[must_use]
    pub fn with_work_waiting(&self) -> Self {
        let mut line = self.plan.line().clone();
        line.start.clone_from(&self.counted);
        let plan = Plan::new(line).map_or_else(|_| Arc::clone(&self.plan), Arc::new);
        Self {
            plan,
            ..self.clone()
        }
    }
}
