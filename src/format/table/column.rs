//! What the columns of a table hold, found by looking.

use std::collections::BTreeSet;

use super::moment::{DateOrder, read_stamp};
use super::number::{DecimalSign, read_number};
use super::span::read_amount;
use super::table::Table;
use crate::format::syntax::shortened;
use crate::model::{Calendar, MeasureKind, Unit, says_nothing, says_unknown};

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
    /// How many are numbers, shares or spans, or say that nobody knows.
    pub quantities: usize,
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
    let amount = |text: &str, kind: MeasureKind, unit: Option<Unit>| {
        read_amount(text, kind, sign, unit, &calendar)
            .ok()
            .flatten()
            .is_some()
    };
    // Ranges, guesses and what nobody knows are numbers as well.
    let kind_of = |text: &str| {
        if read_stamp(text, order).is_some() {
            ColumnKind::Moments
        } else if read_number(text, sign).is_some()
            || amount(text, MeasureKind::WorkInProgress, None)
        {
            ColumnKind::Numbers
        } else if text.contains('%') {
            // Whether a share is more than all is for the one who reads it.
            match amount(&text.replace('%', ""), MeasureKind::WorkInProgress, None) {
                true => ColumnKind::Shares,
                false => ColumnKind::Words,
            }
        } else if amount(text, MeasureKind::WaitingTime, None) {
            ColumnKind::Spans
        } else {
            ColumnKind::Words
        }
    };
    let column = |index: usize| {
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
        let said = table.column(index).filter(|cell| !says_nothing(cell));
        let (mut number, mut unknown) = (0, 0);
        for cell in said.take(LOOKED_AT) {
            number += 1;
            // What nobody knows may be of any kind.
            if says_unknown(cell) {
                unknown += 1;
                different.insert(cell);
                continue;
            }
            let kind = kind_of(cell);
            if let Some(index) = KINDS.iter().position(|known| *known == kind) {
                counts[index] += 1;
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
        let known = number - unknown;
        let is_most = |count: usize| count * 5 >= known * 4;
        let kind = match known {
            0 if unknown > 0 => ColumnKind::Numbers,
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
            quantities: numbers + shares + spans + unknown,
            different: different.len(),
            samples,
        }
    };
    (0..table.headers.len()).map(column).collect()
}
