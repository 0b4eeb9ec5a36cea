//! Behaviour over time: equations of Vensim and XMILE, and models made of them.

mod error;
mod expr;
mod lex;
mod names;
mod parse;
mod place;
mod print;
mod read;
mod source;
mod table;

pub use error::{Fault, Place, Problem, Span};
pub use expr::{BinaryOp, Expr, NOT_AVAILABLE, Node, Subscript, UnaryOp};
pub use lex::Dialect;
pub use names::Name;
pub use parse::parse;
pub use print::{print, print_name};
pub use read::read;
pub use source::{
    Body, Dimension, Element, Equation, Kind, Macro, Map, Method, Model, Module, Source, Times,
    Variable,
};
pub use table::{Reading, Table};
