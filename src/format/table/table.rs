//! A table: the names of its columns, and its rows.

use std::borrow::Cow;

use super::cells::Rows;
use super::dialect::{Dialect, Separator};
use super::layout::{Header, laid};
use crate::format::error::{Fault, Position, ReadError};
use crate::format::syntax::shortened;

/// How much a table may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableLimits {
    /// The longest text, in bytes.
    pub bytes: usize,
    /// The most rows under the header.
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
    /// How many cells it has, also those beyond the header that say something.
    width: usize,
}

impl Line<'_> {
    /// How many cells it is written with.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// What stands in a column; nothing where the row does not reach so far.
    #[must_use]
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    fn into_owned(self) -> Line<'static> {
        let cells = self.cells.into_iter();
        Line {
            at: self.at,
            cells: cells.map(|cell| Cow::Owned(cell.into_owned())).collect(),
            width: self.width,
        }
    }
}

/// A table with a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<'t> {
    /// How it is written; of a layout without separators, with tabs.
    pub dialect: Dialect,
    /// The names of its columns: what the header says, or the number of one without a name.
    pub headers: Vec<String>,
    /// The rows under the header.
    pub lines: Vec<Line<'t>>,
    /// How many rows have something beyond the last column of the header.
    pub too_wide: usize,
    /// What was left out of the text around the table, in sentences.
    pub told: Vec<String>,
    /// The text that is read: each row stands on the line of the text that was given.
    text: Cow<'t, str>,
}

/// What is read of a text with separators.
struct Read<'t> {
    headers: Vec<String>,
    lines: Vec<Line<'t>>,
    too_wide: usize,
    told: Vec<String>,
}

impl<'t> Table<'t> {
    /// Reads a table. Its header is the first row with two cells that say something, but for rows
    /// with a title above it; in a layout that has no other place for it, the first row.
    ///
    /// # Errors
    /// It is too large, a quote does not pair, or there is no header with rows under it.
    pub fn read(text: &'t str, limits: &TableLimits) -> Result<Self, ReadError> {
        if text.len() > limits.bytes {
            return Err(ReadError::TooLarge {
                bytes: text.len(),
                limit: limits.bytes,
            });
        }
        let Some(laid) = laid(text) else {
            let dialect = Dialect::of(text);
            let read = read(text, dialect, Header::Sought, limits)?;
            return Ok(Self {
                dialect,
                headers: read.headers,
                lines: read.lines,
                too_wide: read.too_wide,
                told: read.told,
                text: Cow::Borrowed(text),
            });
        };
        let dialect = Dialect {
            separator: Separator::Tab,
            start: 0,
        };
        let read = read(&laid.text, dialect, laid.header, limits)?;
        let (headers, too_wide, mut told) = (read.headers, read.too_wide, read.told);
        let lines = read.lines.into_iter().map(Line::into_owned).collect();
        match laid.others {
            0 => {}
            1 => told.push("The text has one more table, which is left out.".to_owned()),
            more => told.push(format!(
                "The text has {more} more tables, which are left out."
            )),
        }
        Ok(Self {
            dialect,
            headers,
            lines,
            too_wide,
            told,
            text: Cow::Owned(laid.text),
        })
    }

    /// The line of the text in which a row begins, counted from one.
    #[must_use]
    pub fn line_number(&self, line: &Line<'_>) -> usize {
        Position::of(&self.text, line.at).line
    }

    /// What stands in a column, row by row.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.lines.iter().map(move |line| line.cell(column))
    }
}

/// The rows of a text whose cells are separated.
fn read<'t>(
    text: &'t str,
    dialect: Dialect,
    header: Header,
    limits: &TableLimits,
) -> Result<Read<'t>, ReadError> {
    let fault = |message: String, at: usize| {
        let position = Some(Position::of(text, at));
        ReadError::Syntax(Fault { message, position })
    };
    let rest = &text[dialect.start..];
    let mut rows = Rows::new(rest, dialect.separator.character());
    let mut lines: Vec<Line<'t>> = Vec::new();
    // By row: whether it stands by itself, with nothing under it.
    let mut ends_block: Vec<bool> = Vec::new();
    let mut cells = 0;
    // Rows with a title are few.
    let most = limits.rows.saturating_add(TITLES);
    loop {
        let next = rows.next_row();
        let next = next.map_err(|bad| fault(bad.message.to_owned(), dialect.start + bad.at))?;
        let Some(row) = next else { break };
        if rows.after_blank()
            && let Some(last) = ends_block.last_mut()
        {
            *last = true;
        }
        let at = dialect.start + row.first().map_or(0, |cell| cell.at);
        cells += row.len();
        let over = [
            (row.len() > limits.columns, limits.columns, "columns"),
            (cells > limits.cells, limits.cells, "cells"),
            (lines.len() > most, limits.rows, "rows"),
        ];
        if let Some((_, most, what)) = over.into_iter().find(|(is_over, ..)| *is_over) {
            return Err(fault(format!("there are more than {most} {what}"), at));
        }
        let width = row.len();
        let cells = row.into_iter().map(|cell| cell.text).collect();
        lines.push(Line { at, cells, width });
        ends_block.push(false);
    }
    let index = match header {
        Header::First => Some(0),
        Header::Sought => header_of(&lines, &ends_block),
    };
    let index = index.filter(|index| index + 1 < lines.len());
    let index = index.ok_or_else(|| {
        let message = "a table has a first row with the names of its columns, two at least, and rows \
                       under it";
        fault(message.to_owned(), dialect.start)
    })?;
    let mut under = lines.split_off(index + 1);
    if let Some(line) = under.get(limits.rows) {
        let message = format!("there are more than {} rows", limits.rows);
        return Err(fault(message, line.at));
    }
    let header = lines.pop().map(|line| line.cells).unwrap_or_default();
    let mut headers: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
    // Spreadsheets write empty columns to the right.
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    for (index, header) in headers.iter_mut().enumerate() {
        if header.is_empty() {
            *header = format!("Column {}", index + 1);
        }
    }
    let mut too_wide = 0;
    for line in &mut under {
        let mut beyond = line.cells.iter().skip(headers.len());
        match beyond.any(|cell| !cell.trim().is_empty()) {
            true => too_wide += 1,
            // Empty cells beyond the header are none.
            false => line.width = line.width.min(headers.len()),
        }
        line.cells.truncate(headers.len());
    }
    Ok(Read {
        headers,
        lines: under,
        too_wide,
        told: titles_note(&lines).into_iter().collect(),
    })
}

/// How many rows with a title a table may have above its header.
const TITLES: usize = 20;
/// How many rows say how wide a table is.
const LOOKED_AT: usize = 60;

/// How many cells of a row say something.
fn said(line: &Line<'_>) -> usize {
    let cells = line.cells.iter();
    cells.filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether a cell says a number or a day: the name of a column hardly does.
fn is_value(cell: &str) -> bool {
    use super::moment::{DateOrder, read_stamp};
    use super::number::{DecimalSign, read_number};
    let cell = cell.trim();
    read_stamp(cell, DateOrder::DayFirst).is_some()
        || read_number(cell, DecimalSign::Point).is_some()
        || read_number(cell, DecimalSign::Comma).is_some()
}

/// The index of the header among rows: the first row that says two things at least and is no title.
///
/// An export may say above the table what it is of: such a row says less than those of the table, and
/// it says half of that at most, a value such as a day, or stands by itself.
fn header_of(lines: &[Line<'_>], ends_block: &[bool]) -> Option<usize> {
    let most = lines.iter().take(LOOKED_AT).map(said).max()?;
    let is_title = |index: usize| {
        let line = &lines[index];
        let said = said(line);
        let says_value = || line.cells.iter().any(|cell| is_value(cell));
        let ends_so = || line.cells.iter().any(|cell| cell.trim().ends_with(':'));
        said < 2
            || (said < most && (said * 2 <= most || says_value() || ends_so() || ends_block[index]))
    };
    let mut indices = 0..lines.len().min(TITLES + 1);
    let sought = indices.find(|index| !is_title(*index));
    // Where every row looks like a title, none is.
    sought.or_else(|| lines.iter().position(|line| said(line) > 1))
}

/// The sentence about rows above the header.
fn titles_note(titles: &[Line<'_>]) -> Option<String> {
    let first = titles.first()?;
    let words: Vec<&str> = first.cells.iter().map(|cell| cell.trim()).collect();
    let words = shortened(words.join(" ").trim());
    Some(match titles.len() {
        1 => format!("1 row above the head is left out: \u{201c}{words}\u{201d}."),
        rows => format!("{rows} rows above the head are left out, first \u{201c}{words}\u{201d}."),
    })
}
