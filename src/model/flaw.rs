//! What can be wrong with a field of a record, in words for people.

use std::ops::RangeInclusive;

use super::id::Id;

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Flaw {
    /// A text over its limit.
    #[error("the text has {bytes} bytes; at most {limit} are allowed")]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A text that has to say something.
    #[error("it cannot be empty")]
    Empty,
    /// A number that is not finite or out of its range.
    #[error("{value} is out of range; it goes from {least} to {most}")]
    OutOfRange {
        /// The number.
        value: f64,
        /// The least that it may be.
        least: f64,
        /// The most that it may be.
        most: f64,
    },
    /// An estimate whose likely value is not between its bounds.
    #[error("it must lie from low to high")]
    NotBetween,
    /// What has to be there once, and stands in the list before.
    #[error("it stands in the list before")]
    Twice,
    /// A measure without a unit that has to have one, or with one of another kind.
    #[error("a unit of this kind of measure is needed, and none where there is no choice")]
    OtherUnit,
    /// A measure that a station or flow of this kind cannot have.
    #[error("a record of this kind has no such measure")]
    NoSuchMeasure,
    /// A loop without links.
    #[error("a loop has one link at least")]
    NoLinks,
    /// Records that are not in the order of their ids, each once.
    #[error("the records are not in the order of their ids")]
    NotInOrder,
    /// Numbers that do not rise.
    #[error("it is less than the number before it")]
    NotRising,
    /// A list that is too long.
    #[error("the list has {count} entries; at most {limit} are allowed")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A reference to a record that is not there, or is of another kind.
    #[error("no {what} has the id \"{id}\"")]
    NoRecord {
        /// What it has to be.
        what: &'static str,
        /// The reference.
        id: Id,
    },
    /// A review about a record of a kind that no finding is about.
    #[error("no finding is about a record such as \"{0}\"")]
    NeverJudged(Id),
}

/// A field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldFlaw {
    /// The path to the field within its record, as a file names it: `measures.uptime.measured`.
    pub field: String,
    /// What is wrong.
    pub flaw: Flaw,
}

impl FieldFlaw {
    /// A flaw of a field.
    pub fn new(field: impl Into<String>, flaw: Flaw) -> Self {
        let field = field.into();
        Self { field, flaw }
    }
}

impl Flaw {
    /// What is wrong with a text that may have so many bytes.
    #[must_use]
    pub fn of_text(text: &str, limit: usize) -> Option<Self> {
        let bytes = text.len();
        (bytes > limit).then_some(Self::TooLong { bytes, limit })
    }

    /// What is wrong with a number that has a range. What is not a number is in none.
    #[must_use]
    pub fn of_number(value: f64, range: &RangeInclusive<f64>) -> Option<Self> {
        let (least, most) = (*range.start(), *range.end());
        let flaw = Self::OutOfRange { value, least, most };
        (!range.contains(&value)).then_some(flaw)
    }
}
