//! What is to be told of rows: those that are not read, and words that are not known.

use super::columns::{Column, Columns};
use crate::format::error::Position;
use crate::format::reader::Warning;

/// Rows with something wrong: how many, and the first of them.
#[derive(Debug, Default)]
pub struct Rows {
    count: usize,
    /// The byte at which it shows, and what is wrong.
    first: Vec<(usize, String)>,
}

impl Rows {
    /// How many rows are named; the others are counted.
    const NAMED: usize = 5;

    /// Notes one more row.
    pub fn add(&mut self, at: usize, what: String) {
        self.count += 1;
        if self.first.len() < Self::NAMED {
            self.first.push((at, what));
        }
    }

    /// The first of them with their lines.
    fn named(&self, text: &str) -> String {
        let named = self.first.iter().map(|(at, what)| {
            let line = Position::of(text, *at).line;
            format!("line {line} ({what})")
        });
        let mut named = named.collect::<Vec<_>>().join(", ");
        if self.count > self.first.len() {
            named.push_str(&format!(" and {} more", self.count - self.first.len()));
        }
        named
    }
}

/// What was found in the rows of a list.
#[derive(Debug, Default)]
pub struct Found {
    /// How many rows there are.
    pub rows: usize,
    /// Those that could not be read.
    pub unread: Rows,
    /// Those whose word for polarity or delay is not known.
    pub unknown_words: Rows,
}

impl Found {
    /// What is to be told: what was lost first.
    pub fn warnings(&self, text: &str, columns: &Columns) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let rows = self.rows;
        let of_rows = |count: usize| match (count, rows) {
            (1, 1) => "the only row".to_owned(),
            _ => format!("{count} of {rows} rows"),
        };
        match self.unread.count {
            0 => {}
            count => {
                let was = if count == 1 { "was" } else { "were" };
                let named = self.unread.named(text);
                let message = format!("{} {was} not read: {named}", of_rows(count));
                warnings.push(Warning::loss(count, message));
            }
        }
        match self.unknown_words.count {
            0 => {}
            count => {
                let (have, rest) = match count {
                    1 => ("has", "its link is there, and the word in its note"),
                    _ => (
                        "have",
                        "their links are there, and the words in their notes",
                    ),
                };
                let named = self.unknown_words.named(text);
                let message = format!(
                    "{} {have} a word that is not known: {named}; {rest}",
                    of_rows(count)
                );
                warnings.push(Warning::loss(count, message));
            }
        }
        warnings.extend(kept_columns(columns));
        warnings
    }
}

/// That the columns without a place of their own are in the remarks.
fn kept_columns(columns: &Columns) -> Option<Warning> {
    const NAMED: usize = 5;
    let names = columns.names.iter().enumerate();
    let kept: Vec<&str> = names
        .filter(|(index, name)| columns.is_kept(*index) && !name.is_empty())
        .map(|(_, name)| name.as_str())
        .collect();
    let count = kept.len();
    let named = kept[..count.min(NAMED)].join(", ");
    let and_more = if count > NAMED { " and more" } else { "" };
    match count {
        0 => None,
        1 => Some(Warning::note(format!(
            "1 column is kept in the notes: {named}"
        ))),
        _ => Some(Warning::note(format!(
            "{count} columns are kept in the notes: {named}{and_more}"
        ))),
    }
}

/// That there is no column from which a polarity could be taken.
pub fn without_polarity(columns: &Columns) -> Option<Warning> {
    let message = "there is no column polarity, so that of every link is unknown";
    (!columns.has(Column::Polarity)).then(|| Warning::note(message))
}
