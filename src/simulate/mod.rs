//! Behaviour over time: models of Vensim and XMILE, read, compiled and run; and lines of work, run
//! event by event.

mod allocate;
mod arithmetic;
mod arrows;
mod calibrate;
mod compile;
mod document;
pub mod events;
mod from_stream;
mod linear;
mod lower;
mod machine;
pub mod mapped;
mod program;
mod random;
mod read;
mod repeat;
mod results;
mod run;
mod schedule;
mod scores;
mod sensitivity;
mod settled;
mod source;
mod trials;
mod units;
mod unknown;
pub mod wasm;

pub use arrows::{Arrows, MissingLink, ProvedSign, arrows, arrows_of};
pub use calibrate::{
    Attempt, Calibration, CalibrationError, Compared, Confusion, Fit, Fitted, FittedSeries,
    Observed, Sought, Standing, Starts, Stop, Weight,
};
pub use compile::{Column, Compiled, Grid, Settings, compile};
pub use document::{ModelOf, model_of, set_run};
pub use from_stream::{
    StreamFigures, Taken, TakenFigure, stream_figures, take_figures, with_figures,
};
pub use read::read;
pub use results::{NonFinite, Results};
pub use run::Run;
pub use scores::{
    Extent, Link, LinkRun, LinkScores, LoopScores, LoopSearch, Period, Polarity, ScoreError,
    ScoredLoop, Which, Wiring, wire,
};
pub use sensitivity::{
    Band, Ensemble, EnsembleError, Failure, MOST_RUNS, Measured, PERCENTILES, Parameter, Plan,
    Range, Ranked, Ranking, Sample, SampleError, sample,
};
pub use source::{
    Body, Conveyor, Dimension, Element, Equation, Kind, Macro, Map, Method, Model, Module, Source,
    StockForm, Times, Variable,
};
pub use trials::{
    Change, Extremes, Finding, HalfStep, Moved, StepReport, Trial, TrialError, extremes_of,
};
pub use units::{
    Clash, Conversion, Convert, Fraction, Meeting, MildNote, Side, TimeFactor, Unit, UnitBook,
    UnitError, UnitReport, VariableUnits, Verdict, check_units,
};
pub use unknown::{Because, Unknown};
