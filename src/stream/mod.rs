//! Flow arithmetic: what a value stream can do, what limits it, and how sure that is.

mod bound;
pub mod capacity;
mod derive;
mod dora;
mod effect;
mod elimination;
mod evaluate;
pub mod factory_physics;
mod figure;
mod figures;
mod inputs;
mod ladder;
mod limits;
pub mod line;
mod missing;
pub mod network;
mod order;
mod predict;
mod problem;
pub mod queueing;
mod ranges;
mod report;
mod sequence;
mod stated;
pub mod traffic;
mod what_if;
mod words;

pub use bound::{
    BoundValue, LinkDelay, bound_value, delay_of, is_active_limit, loop_delay_text, segment_delay,
    step_figure, stream_figure,
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
pub use ladder::{Ladder, Rung};
pub use limits::{Candidate, Constraint, LimitReport, Side, Threshold};
pub use missing::{MissingMeasure, Swing, missing};
pub use problem::Problem;
pub use report::{StreamReport, StreamResults};
pub use sequence::{CurvePoint, Sequence, SequenceEnd, SequenceLimit, sequence};
pub use stated::{Knowledge, Quantity};
pub use traffic::{Traffic, TrafficError};
pub use what_if::{Improvement, Regime, State, Verdict, WhatIf, WhatIfError, what_if};
pub use words::{amount_text, basis_words, outcome_text};
