//! Flow arithmetic: what a value stream can do, what limits it, and how sure that is.
//!
//! [`StreamReport::of`] a document has everything that is cheap enough to have at all times, the
//! main stream first in `streams`:
//!
//! - `figures` and `stations`: results ([`Figure`]) with outcome, range and status; name, formula
//!   and source of each kind are [`FigureKind::words`], and [`StreamResults::inputs`] says what it
//!   was computed from, what is missing of it, and what convention was assumed;
//! - `ladder`: the longest path, rung by rung ([`Ladder`]); [`StreamReport::segment`] is the same
//!   between two stations, such as for the delay of a link;
//! - `limit`: the constraint, the runner-up, and what could limit if more were known
//!   ([`LimitReport`]);
//! - `problems`: what is wrong, each with its records and a sentence ([`Problem`]).
//!
//! On demand, of the results of one stream: [`what_if()`] improves one step and says what happens
//! and why; [`sequence()`] lifts one limit after another; [`missing()`] ranks what is not known;
//! [`dora()`] reads the metrics of software delivery; [`StreamResults::product_mix`] tells what the
//! constraint does for each product, and which mix earns most; [`improvement_lines`] compares
//! named improvements with today.
//!
//! [`before_after`] compares what was measured before an experiment with what was measured after it.
//!
//! Below these, in plain numbers: [`traffic`], [`capacity`], [`queueing`], [`factory_physics`], on
//! a [`network`] without words and units, and [`mod@line`], which follows items one by one and serves
//! as an oracle.
//!
//! Times are in seconds of the calendar's basis where they are read off the map, and in seconds of
//! working time where capacity is computed; rates are in items per second of working time.
//!
//! # Conventions
//! What nobody stated is: 1 server, always up, no changeovers, all of its time for this stream,
//! process times that vary as an exponential distribution does (coefficient 1), flows that take no
//! time. A process time, a wait, a %C&A, a demand, or the probability of a rework flow has no
//! convention. A step whose work comes out of a queue or supermarket, or along a flow of which a
//! time is stated, does not wait once more. Where items are counted and demand is known, Little's
//! law turns them into a time.
//!
//! What is unknown and could only lower the capacity (uptime, resource share, the batch of a
//! stated changeover, a rework probability, a whole step) is left out of it, and the capacity is
//! an upper bound that says so.

pub mod before_after;
mod bound;
pub mod capacity;
mod chances;
mod customers;
mod derive;
mod dora;
mod effect;
mod elimination;
mod evaluate;
pub mod factory_physics;
mod figure;
mod figures;
mod improvement;
mod improvement_words;
mod inputs;
mod ladder;
mod limits;
pub mod line;
mod marking;
mod missing;
pub mod network;
pub mod normal;
mod order;
mod parallel;
mod paths;
mod predict;
mod problem;
mod product_mix;
mod products;
pub mod queueing;
mod ranges;
mod rates;
mod reach;
mod reading;
mod report;
mod sequence;
mod shared;
mod simulated;
mod stated;
mod times;
pub mod traffic;
mod what_if;
mod words;

pub use bound::{
    BoundNumber, BoundValue, LinkDelay, NoNumber, SimulatedWords, bound_number, bound_value,
    delay_of, is_active_limit, segment_delay, step_figure, stream_figure,
};
pub use derive::Stream;
pub use dora::{
    BENCHMARK_SOURCE, BENCHMARKS, DEFINITIONS, DoraBenchmark, DoraFigure, DoraGap, DoraLevel,
    DoraMetric, dora, level_of,
};
pub use figure::{
    Bound, Extremes, Figure, FigureDimension, FigureKind, FigureWords, Input, InputRole, Outcome,
    Status,
};
pub use figures::StationFigures;
pub use improvement::{Certain, Prospect, prospect};
pub use improvement_words::{
    Expectation, IMPROVEMENT_COLUMNS, IMPROVEMENT_NOTE, ImprovementCell, ImprovementLine,
    change_words, expectation, improvement_lines, improvement_name, improvement_table,
    improvement_words,
};
pub use ladder::{Ladder, Rung};
pub use limits::{Candidate, Constraint, LimitReport, Side, Threshold};
pub use missing::{MissingMeasure, Swing, missing};
pub use paths::{Path, Paths, paths};
pub use predict::QueueAtStep;
pub use problem::{Pile, Problem};
pub use product_mix::{BestMix, MixGap, ProductLine, ProductMix};
pub use products::StreamProduct;
pub use reading::{ReadProduct, Reading};
pub use report::{StreamReport, StreamResults};
pub use sequence::{CurvePoint, Sequence, SequenceEnd, SequenceLimit, sequence};
pub use simulated::{
    NoMean, RunBasis, SimulatedFigure, SimulatedFigures, SimulatedMean, formula_beside,
};
pub use stated::{Knowledge, Quantity};
pub use traffic::{Traffic, TrafficError};
pub use what_if::{Lever, Regime, State, WhatIf, WhatIfError, WhatIfOutcome, what_if};
pub use words::{
    amount_text, amount_text_like, basis_words, outcome_text, provenance_words, span_text,
};
