//! The language of equations, of Vensim and of XMILE: names, trees, reading and printing.

pub(crate) mod error;
pub(crate) mod expr;
pub(crate) mod lex;
pub(crate) mod names;
pub(crate) mod parse;
pub(crate) mod place;
pub(crate) mod print;
mod rename;
pub(crate) mod table;

pub use error::{Fault, Place, Problem, Settled, Span};
pub use expr::{BinaryOp, Expr, NOT_AVAILABLE, Node, Subscript, UnaryOp};
pub use lex::Dialect;
pub use names::Name;
pub use parse::parse;
pub use print::{Named, print, print_as, print_name};
pub use rename::{names_in, renamed, written_name};
pub use table::{Reading, Table};
