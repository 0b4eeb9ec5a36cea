//! Behaviour over time: models of Vensim and XMILE, read, compiled and run.

mod arithmetic;
mod compile;
mod document;
mod lower;
mod machine;
mod program;
mod random;
mod read;
mod results;
mod run;
mod schedule;
mod scores;
mod source;
pub mod wasm;

pub use crate::causal::Progress;
pub use crate::equation::{
    BinaryOp, Dialect, Expr, Fault, NOT_AVAILABLE, Name, Node, Place, Problem, Reading, Span,
    Subscript, Table, UnaryOp, parse, print, print_name,
};
pub use compile::{Column, Compiled, Grid, Settings, compile};
pub use document::{ModelOf, model_of, set_run};
pub use read::read;
pub use results::{NonFinite, Results};
pub use run::Run;
pub use scores::{
    Extent, Link, LinkRun, LinkScores, LoopScores, LoopSearch, Period, Polarity, ScoreError,
    ScoredLoop, Which, Wiring, wire,
};
pub use source::{
    Body, Dimension, Element, Equation, Kind, Macro, Map, Method, Model, Module, Source, Times,
    Variable,
};
