//! Behaviour over time: models of Vensim and XMILE, read, compiled and run.

mod arithmetic;
mod compile;
mod error;
mod expr;
mod lex;
mod lower;
mod machine;
mod names;
mod parse;
mod place;
mod print;
mod program;
mod random;
mod read;
mod results;
mod run;
mod schedule;
mod scores;
mod settled;
mod source;
mod table;

pub use crate::causal::Progress;
pub use compile::{Column, Compiled, Grid, Settings, compile};
pub use error::{Fault, Place, Problem, Span};
pub use expr::{BinaryOp, Expr, NOT_AVAILABLE, Node, Subscript, UnaryOp};
pub use lex::Dialect;
pub use names::Name;
pub use parse::parse;
pub use print::{print, print_name};
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
pub use table::{Reading, Table};
