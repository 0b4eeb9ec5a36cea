//! A table: the names of its columns, and its rows.

use std::borrow::Cow;

use super::cells::Rows;
use super::dialect::Dialect;
use crate::format::error::{Fault, Position, ReadError};

/// How much a table may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableLimits {
    /// The longest text, in bytes.
    pub bytes: usize,
    /// The most rows under the head.
    pub rows: usize,
    /// The most columns.
    pub columns: usize,
    /// The most cells in all.
    pub cells: usize,
}

impl TableLimits {
    /// What a file or a pasted text may hold.
    pub const STANDARD: Self = Self {
        bytes: 32 * 1024 * 1024,
        rows: 200_000,
        columns: 500,
        cells: 2_000_000,
    };
}

/// A row, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// The byte of the text at which it begins.
    at: usize,
    cells: Vec<Cow<'t, str>>,
}

impl Line<'_> {
    /// Whether it reaches as far as a head of so many columns, and no cell of the head is beyond.
    #[must_use]
    pub fn is_of(&self, columns: usize) -> bool {
        self.cells.len() == columns
    }

    /// What stands in a column; nothing where the row does not reach so far.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// A table with a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'t> {
    /// How it is written.
    pub dialect: Dialect,
    /// The names of its columns: what the head says, or the number of one without a name.
    pub heads: Vec<String>,
    /// The rows under the head.
    pub lines: Vec<Line<'t>>,
    /// How many rows have something beyond the last column of the head.
    pub too_wide: usize,
    text: &'t str,
}

impl<'t> Table<'t> {
    /// Reads a table. Its head is the first row with two cells that say something.
    ///
    /// # Errors
    /// It is too large, a quote does not pair, or there is no head with rows under it.
    pub fn read(text: &'t str, limits: &TableLimits) -> Result<Self, ReadError> {
        if text.len() > limits.bytes {
            return Err(ReadError::TooLarge {
                bytes: text.len(),
                limit: limits.bytes,
            });
        }
        let fault = |message: String, at: usize| {
            let position = Some(Position::of(text, at));
            ReadError::Syntax(Fault { message, position })
        };
        let dialect = Dialect::of(text);
        let rest = &text[dialect.start..];
        let mut rows = Rows::new(rest, dialect.separator.character());
        let mut heads: Vec<String> = Vec::new();
        let mut lines: Vec<Line<'t>> = Vec::new();
        let mut too_wide = 0;
        let mut cells = 0;
        loop {
            let next = rows.next_row();
            let next = next.map_err(|bad| fault(bad.message.to_owned(), dialect.start + bad.at))?;
            let Some(row) = next else { break };
            let at = dialect.start + row.first().map_or(0, |cell| cell.at);
            cells += row.len();
            let over = [
                (row.len() > limits.columns, limits.columns, "columns"),
                (cells > limits.cells, limits.cells, "cells"),
                (lines.len() >= limits.rows, limits.rows, "rows"),
            ];
            if let Some((_, most, what)) = over.into_iter().find(|(is_over, ..)| *is_over) {
                return Err(fault(format!("there are more than {most} {what}"), at));
            }
            if heads.is_empty() {
                let said = row.iter().filter(|cell| !cell.text.trim().is_empty());
                if said.count() > 1 {
                    heads = row.iter().map(|cell| cell.text.trim().to_owned()).collect();
                    // Spreadsheets write empty columns to the right.
                    while heads.last().is_some_and(String::is_empty) {
                        heads.pop();
                    }
                }
                continue;
            }
            let beyond = row.iter().skip(heads.len());
            too_wide += usize::from(beyond.into_iter().any(|cell| !cell.text.trim().is_empty()));
            let cells = row.into_iter().take(heads.len()).map(|cell| cell.text);
            lines.push(Line {
                at,
                cells: cells.collect(),
            });
        }
        for (place, head) in heads.iter_mut().enumerate() {
            if head.is_empty() {
                *head = format!("Column {}", place + 1);
            }
        }
        if lines.is_empty() {
            let message = "a table has a first row with the names of its columns, two at least, \
                           and rows under it";
            return Err(fault(message.to_owned(), dialect.start));
        }
        Ok(Self {
            dialect,
            heads,
            lines,
            too_wide,
            text,
        })
    }

    /// The line of the text in which a row begins, counted from one.
    #[must_use]
    pub fn line_number(&self, line: &Line<'_>) -> usize {
        Position::of(self.text, line.at).line
    }

    /// What stands in a column, row by row.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.lines.iter().map(move |line| line.cell(column))
    }
}
