//! The language of equations, of Vensim and of XMILE: names, trees, reading and printing.

mod caret;
pub(crate) mod error;
pub(crate) mod expr;
mod functions;
pub(crate) mod lex;
pub(crate) mod names;
mod offer;
pub(crate) mod parse;
pub(crate) mod place;
pub(crate) mod print;
mod rename;
mod review;
mod scaled;
pub(crate) mod table;

pub use caret::{CallAt, Typed, byte_at, typed_at, units_before};
pub use error::{Fault, Place, Problem, Settled, Span};
pub use expr::{BinaryOp, Expr, NOT_AVAILABLE, Node, Subscript, UnaryOp};
pub use functions::{
    Constant, Function, More, constant_named, constants, function_named, functions,
};
pub use lex::Dialect;
pub use names::Name;
pub use offer::{Candidate, KnownName, MOST_OFFERED, Occasion, Offered, Role, candidates};
pub use parse::parse;
pub use print::{Named, print, print_as, print_name};
pub use rename::{Renaming, names_in, renamed, renamed_all, written_name};
pub use review::{Completeness, Review, Vocabulary, review, tidied};
pub use scaled::scaled;
pub use table::{Reading, Table};
