//! What can be wrong with a model or a run, and where.

use std::fmt;

use thiserror::Error;

use super::names::Name;

/// A range of bytes of the model's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// From the start of one to the end of another.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }
}

/// A place in a text, as people count: both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Place {
    /// The place of a byte of a text.
    #[must_use]
    pub fn of(text: &str, byte: usize) -> Self {
        let mut end = byte.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.rfind('\n').map_or(0, |index| index + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line..].chars().count() + 1,
        }
    }
}

/// What is settled when a model is compiled.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Settled {
    /// When a run begins or ends, its step, or how often it is saved: the name of that setting.
    #[error("{0}")]
    Times(String),
    /// How many stocks a delay or smooth has.
    #[error("the order of a delay")]
    DelayOrder,
    /// How many elements an allocation or a matrix has.
    #[error("the size of an allocation or a matrix")]
    Size,
    /// What `VECTOR SELECT` does with what it selects.
    #[error("the action of VECTOR SELECT")]
    VectorAction,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Problem {
    /// The text does not follow the rules of its language.
    #[error("{0}")]
    Syntax(String),
    /// A name stands for nothing.
    #[error("there is no “{0}”")]
    UnknownName(String),
    /// A function that this program does not know.
    #[error("the function {0} is not known here")]
    UnknownFunction(String),
    /// Something that exists elsewhere and cannot run here.
    #[error("{0}")]
    Unsupported(String),
    /// A function with too many or too few arguments, or one of the wrong kind.
    #[error("{function} {wanted}")]
    Arguments {
        /// The function.
        function: String,
        /// What it takes.
        wanted: String,
    },
    /// A variable without an equation.
    #[error("it has no equation yet")]
    NoEquation,
    /// The same name, or the same element, twice.
    #[error("it is defined twice")]
    DefinedTwice,
    /// A subscript that leads nowhere.
    #[error("{0}")]
    Subscript(String),
    /// Variables that need each other's value at one and the same time, in order.
    #[error("these need each other at the same time: {}", .0.join(" → "))]
    Circle(Vec<String>),
    /// A number that must be known when the run begins and hangs on what comes later.
    #[error("{0} must be known when the run begins, and does not change during it")]
    NotConstant(String),
    /// Free variables decide what is settled when a model is compiled. A run with other numbers of
    /// them has to be compiled anew, with these as numbers that are set.
    #[error(
        "{what} hangs on {}, so the model must be compiled anew for each number of it",
        .by.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(" and ")
    )]
    Steers {
        /// The free variables.
        by: Vec<Name>,
        /// What they decide.
        what: Settled,
    },
    /// A free variable that says no plain number itself, in a run that is given none.
    #[error("it is free and has no number of its own: a run must be given one")]
    NoInput,
    /// A run was given more or fewer numbers than the model has free variables.
    #[error("the model has {wanted} free variables, and the run was given {given} numbers")]
    InputCount {
        /// How many free variables there are.
        wanted: usize,
        /// How many numbers were given.
        given: usize,
    },
    /// Start, stop, step or interval of saving make no sense.
    #[error("{0}")]
    Times(String),
    /// More than this program takes on.
    #[error("{0}")]
    TooLarge(String),
}

/// A problem, of what and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub problem: Problem,
    /// The variable it is about, as it was written; none where it is the text as a whole.
    pub variable: Option<String>,
    /// Where in the text.
    pub span: Option<Span>,
}

impl Fault {
    /// A problem at a place.
    #[must_use]
    pub const fn at(problem: Problem, span: Span) -> Self {
        Self {
            problem,
            variable: None,
            span: Some(span),
        }
    }

    /// A problem of the model as a whole.
    #[must_use]
    pub const fn whole(problem: Problem) -> Self {
        Self {
            problem,
            variable: None,
            span: None,
        }
    }

    /// The same, about a variable, where nothing was said of one.
    #[must_use]
    pub fn of(mut self, variable: &str) -> Self {
        self.variable.get_or_insert_with(|| variable.to_owned());
        self
    }

    /// The same, with a place where there is none yet.
    #[must_use]
    pub const fn by_default_at(mut self, span: Span) -> Self {
        if self.span.is_none() {
            self.span = Some(span);
        }
        self
    }

    /// The line and column in the text that was read.
    #[must_use]
    pub fn place(&self, text: &str) -> Option<Place> {
        self.span.map(|span| Place::of(text, span.start))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(variable) = self.variable.as_ref().filter(|name| !name.is_empty()) {
            write!(f, "“{variable}”: ")?;
        }
        write!(f, "{}", self.problem)
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn places_count_characters() {
        let text = "aä\nbc";
        assert_eq!(Place::of(text, 0), Place { line: 1, column: 1 });
        assert_eq!(Place::of(text, 2), Place { line: 1, column: 2 });
        assert_eq!(Place::of(text, 5), Place { line: 2, column: 2 });
        assert_eq!(Place::of(text, 99), Place { line: 2, column: 3 });
    }
}
