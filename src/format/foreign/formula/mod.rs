//! A formula as it is worked out: what the equations of Vensim and of XMILE have in common.

mod function;
mod lexeme;
mod mention;
mod parse;

pub use function::function;
pub use lexeme::{Lexeme, Symbol, of_vensim, of_xmile};
pub use mention::{Mentioned, mentioned};
pub use parse::{Shape, parse, points, table};

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// Something that mentions nothing and may have any value, such as a text or `:NA:`.
    Anything,
    /// A variable, in the form in which names are compared.
    Name(String),
    /// Terms, each added or subtracted.
    Sum(Vec<(Term, Formula)>),
    /// Factors, each multiplied or divided by.
    Product(Vec<(Factor, Formula)>),
    /// A base and its exponent.
    Power(Box<[Formula; 2]>),
    /// Two values that are compared: one or zero.
    Compared(Comparison, Box<[Formula; 2]>),
    /// Conditions that must all hold, or one of which must: one or zero.
    Joined(Vec<Formula>),
    /// A condition that must not hold: one or zero.
    Not(Box<Formula>),
    /// A condition, and the values where it holds and where it does not.
    If(Box<[Formula; 3]>),
    /// A function, or a table that is called like one, with its arguments.
    Call(String, Vec<Formula>),
    /// A table written out, and where it is looked up.
    Lookup(Table, Box<Formula>),
}

/// How a term is joined to a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// It is added.
    Added,
    /// It is subtracted.
    Subtracted,
}

/// How a factor is joined to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// It multiplies.
    Times,
    /// It divides.
    Over,
    /// It is the divisor of a remainder.
    Remainder,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Whether the first is greater, or greater or the same.
    Greater,
    /// Whether the first is less, or less or the same.
    Less,
    /// Whether they are the same, or are not.
    Same,
}

/// The values of a table function, in the order of what they belong to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it gives, from left to right.
    pub values: Vec<f64>,
}
