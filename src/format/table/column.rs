//! What the columns of a table hold, found by looking.

use std::collections::BTreeSet;

use super::moment::{DateOrder, read_stamp};
use super::number::{DecimalSign, read_number};
use super::span::read_span;
use super::table::Table;
use crate::format::syntax::shortened;
use crate::model::{Calendar, Unit};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Nothing.
    Empty,
    /// Days, with or without their times.
    Moments,
    /// Numbers.
    Numbers,
    /// Numbers with `%`.
    Shares,
    /// Spans of time with their units.
    Spans,
    /// Anything else.
    Words,
}

/// A column, as it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What most of its cells are.
    pub kind: ColumnKind,
    /// How many cells say something, of those that were looked at.
    pub said: usize,
    /// How many of these are plain numbers.
    pub numbers: usize,
    /// How many different things they say.
    pub different: usize,
    /// The first few of these, shortened.
    pub samples: Vec<String>,
}

/// How many cells of a column are looked at.
const LOOKED_AT: usize = 2_000;
/// How many samples are shown.
const SAMPLES: usize = 3;

/// What the columns of a table hold, read with this sign and order.
#[must_use]
pub fn columns(table: &Table<'_>, sign: DecimalSign, order: DateOrder) -> Vec<Column> {
    let calendar = Calendar::default();
    let kind_of = |text: &str| {
        if read_stamp(text, order).is_some() {
            ColumnKind::Moments
        } else if read_number(text, sign).is_some() {
            ColumnKind::Numbers
        } else if let Some(share) = text.strip_suffix('%') {
            match read_number(share, sign) {
                Some(_) => ColumnKind::Shares,
                None => ColumnKind::Words,
            }
        } else if read_span(text, sign, Some(Unit::Hour), &calendar).is_some() {
            ColumnKind::Spans
        } else {
            ColumnKind::Words
        }
    };
    let column = |place: usize| {
        const KINDS: [ColumnKind; 5] = [
            ColumnKind::Moments,
            ColumnKind::Numbers,
            ColumnKind::Shares,
            ColumnKind::Spans,
            ColumnKind::Words,
        ];
        let mut counts = [0_usize; KINDS.len()];
        let mut different: BTreeSet<&str> = BTreeSet::new();
        let mut samples: Vec<String> = Vec::new();
        let said = table.column(place).filter(|cell| !cell.is_empty());
        let mut number = 0;
        for cell in said.take(LOOKED_AT) {
            number += 1;
            let kind = kind_of(cell);
            if let Some(place) = KINDS.iter().position(|known| *known == kind) {
                counts[place] += 1;
            }
            if different.insert(cell) && samples.len() < SAMPLES {
                // Line breaks and tabs would be shown as signs for what cannot be shown.
                let words: Vec<&str> = cell.split_whitespace().take(20).collect();
                samples.push(shortened(&words.join(" ")));
            }
        }
        let [moments, numbers, shares, spans, _] = counts;
        // Four of five must be the same; a column of mixed cells is one of words. Numbers go with
        // shares and spans: some people write the sign or unit once.
        let is_most = |count: usize| count * 5 >= number * 4;
        let kind = match number {
            0 => ColumnKind::Empty,
            _ if is_most(moments) => ColumnKind::Moments,
            _ if !is_most(numbers + shares + spans) => ColumnKind::Words,
            _ if spans > 0 => ColumnKind::Spans,
            _ if shares > 0 => ColumnKind::Shares,
            _ => ColumnKind::Numbers,
        };
        Column {
            kind,
            said: number,
            numbers,
            different: different.len(),
            samples,
        }
    };
    (0..table.heads.len()).map(column).collect()
}
