//! Rows of an edge list to a document.

use super::columns::{Column, Columns, Header, header};
use super::gather::{EdgeRow, Gathering};
use super::guard::unguarded;
use super::warnings::{self, Found};
use crate::format::error::{Fault, Position, ReadError};
use crate::format::graph_builder::{GraphBuilder, LossWords, add_paragraph};
use crate::format::limits::Limits;
use crate::format::names::Named;
use crate::format::reader::{ImportResult, Warning};
use crate::format::syntax::{Collector, shortened};
use crate::format::table::cells::{BadQuote, Cell, Rows};
use crate::format::words;
use crate::model::{Delay, Id, IdSource, Polarity};

/// Reads a text that is not too long.
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    let syntax = |bad: BadQuote| fault(text, bad.at, bad.message.to_owned());
    let Some(Header { separator, start }) = header(text) else {
        return Err(ReadError::OtherFormat(Fault {
            message: "a list of links has the columns from and to, or cause and effect, in its first line".to_owned(),
            position: Some(Position { line: 1, column: 1 }),
        }));
    };
    let mut rows = Rows::starting_at(text, start, separator);
    let header = rows.next_row().map_err(syntax)?.unwrap_or_default();
    let mut collector = Collector::default();
    let columns = Columns::of(&header, &mut collector);
    std::mem::take(&mut collector)
        .finish(text)
        .map_err(ReadError::Invalid)?;
    let mut list = List {
        columns,
        collector,
        found: Found::default(),
        rows: Vec::new(),
        graph: GraphBuilder::new(ids),
    };
    let mut values = header.len();
    while let Some(row) = rows.next_row().map_err(syntax)? {
        list.row(&row);
        values += row.len();
        let at = row.first().map_or(0, |cell| cell.at);
        let records = list.graph.len() + list.rows.len();
        let excess = [
            (records > limits.records, limits.records, "records"),
            (values > limits.values, limits.values, "values"),
        ];
        if let Some((_, most, what)) = excess.into_iter().find(|(is_over, ..)| *is_over) {
            return Err(fault(
                text,
                at,
                format!("there are more than {most} {what}"),
            ));
        }
    }
    list.finish(text)
}

fn fault(text: &str, at: usize, message: String) -> ReadError {
    ReadError::Syntax(Fault {
        message,
        position: Some(Position::of(text, at)),
    })
}

struct List<'a> {
    columns: Columns,
    /// What is wrong with the rows that are not read.
    collector: Collector,
    found: Found,
    rows: Vec<EdgeRow>,
    graph: GraphBuilder<'a>,
}

impl List<'_> {
    /// The document of the rows that could be read; the faults where there is none.
    fn finish(mut self, text: &str) -> Result<ImportResult, ReadError> {
        if self.graph.len() == 0 {
            std::mem::take(&mut self.collector)
                .finish(text)
                .map_err(ReadError::Invalid)?;
        }
        let mut warnings = self.found.warnings(text, &self.columns);
        warnings.extend(self.signs_of_weights());
        let gathering = Gathering {
            columns: &self.columns,
            rows: &self.rows,
        };
        warnings.extend(gathering.add_links(&mut self.graph));
        self.graph.finish(warnings)
    }

    fn row(&mut self, row: &[Cell<'_>]) {
        self.found.rows += 1;
        if let Err((at, what)) = self.read_row(row) {
            self.collector.add(at, what.clone());
            self.found.unread.add(at, what);
        }
    }

    /// Reads a row; where it cannot be read, what is wrong and at which byte.
    fn read_row(&mut self, row: &[Cell<'_>]) -> Result<(), (usize, String)> {
        let more = row.iter().skip(self.columns.kinds.len());
        if let Some(cell) = more.into_iter().find(|cell| !cell.text.is_empty()) {
            let message = "there are more cells than columns; a comma in a text needs quotes";
            return Err((cell.at, message.to_owned()));
        }
        let at = row.first().map_or(0, |cell| cell.at);
        let offset = |column| self.columns.cell(row, column).map_or(at, |cell| cell.at);
        let (from_at, to_at) = (offset(Column::From), offset(Column::To));
        let from = self.text(row, Column::From);
        let to = self.text(row, Column::To);
        if from.trim().is_empty() {
            return Err((from_at, "from is empty".to_owned()));
        }
        let mut remark = self.text(row, Column::Remark).to_owned();
        let polarity = self.polarity(row, &mut remark);
        let delay = self.delay(row, &mut remark);
        let kept: Vec<(usize, String)> = row
            .iter()
            .enumerate()
            .filter(|(index, cell)| self.columns.is_kept(*index) && !cell.text.trim().is_empty())
            .map(|(index, cell)| (index, unguarded(&cell.text).trim().to_owned()))
            .collect();
        let says_link = polarity != Polarity::Unknown || delay == Delay::Delayed;
        if to.trim().is_empty() && says_link {
            return Err((to_at, "to is empty".to_owned()));
        }
        let from = self.variable(from, from_at)?;
        if !to.trim().is_empty() {
            let said = EdgeRow {
                from,
                to: self.variable(to, to_at)?,
                polarity,
                delay,
                remark,
                weight: number(self.text(row, Column::Weight)),
                person: self.text(row, Column::Person).to_owned(),
                parallel: self.text(row, Column::Parallel).trim().to_owned(),
                kept,
            };
            self.rows.push(said);
            return Ok(());
        }
        for (index, value) in kept {
            let name = self.columns.names.get(index).map_or("", String::as_str);
            add_paragraph(&mut remark, &format!("{name}: {value}"));
        }
        self.graph.remark(from, &remark);
        Ok(())
    }

    /// The sign of a row: a word, or the sign of a number. What is neither is kept in the remark.
    fn polarity(&mut self, row: &[Cell<'_>], remark: &mut String) -> Polarity {
        let text = self.text(row, Column::Polarity);
        if let Some(polarity) = words::polarity(text).or_else(|| nothing_said(text)) {
            return polarity;
        }
        let sign = number(text).map_or(Polarity::Unknown, sign_of_number);
        let is_unit = number(text).is_some_and(|number| number.abs() == 1.0);
        if !is_unit {
            let text = text.to_owned();
            self.keep(Column::Polarity, &text, remark);
        }
        if sign == Polarity::Unknown {
            self.note_unknown(row, Column::Polarity);
        }
        sign
    }

    /// Whether a row is delayed: a word, or for how long. What is neither is kept in the remark.
    fn delay(&mut self, row: &[Cell<'_>], remark: &mut String) -> Delay {
        let text = self.text(row, Column::Delay);
        let nothing = || nothing_said(text).map(|_| Delay::None);
        if let Some(delay) = words::delay(text).or_else(nothing) {
            return delay;
        }
        let text = text.to_owned();
        self.keep(Column::Delay, &text, remark);
        // A time, such as "3 weeks" or "~2".
        let starts = text.trim_start_matches(['~', '\u{2248}', '<', '>', ' ']);
        if starts.starts_with(|first: char| first.is_ascii_digit()) {
            return Delay::Delayed;
        }
        self.note_unknown(row, Column::Delay);
        Delay::None
    }

    /// Keeps the word of a column in a remark.
    fn keep(&self, column: Column, text: &str, remark: &mut String) {
        let name = self.columns.name(column).unwrap_or_default();
        add_paragraph(remark, &format!("{name}: {}", text.trim()));
    }

    /// Notes that the word of a column is not known.
    fn note_unknown(&mut self, row: &[Cell<'_>], column: Column) {
        let Some(cell) = self.columns.cell(row, column) else {
            return;
        };
        let name = self.columns.name(column).unwrap_or_default();
        let word = shortened(cell.text.trim());
        let what = format!("{name} \"{word}\"");
        self.found.unknown_words.add(cell.at, what);
    }

    /// Takes the signs of weights where rows have no other: some weight has one, since else they
    /// may as well count something.
    fn signs_of_weights(&mut self) -> Vec<Warning> {
        let has_signs = self
            .rows
            .iter()
            .any(|row| row.weight.is_some_and(|weight| weight < 0.0));
        if !has_signs {
            return warnings::without_polarity(&self.columns)
                .into_iter()
                .collect();
        }
        const TAKEN: LossWords = LossWords(
            "link has the polarity that the sign of its number says, in the column",
            "links have the polarities that the signs of their numbers say, in the column",
        );
        const OTHER: LossWords = LossWords(
            "row says another polarity than the sign of its number, and the polarity was kept; column",
            "rows say other polarities than the signs of their numbers, and the polarities were kept; column",
        );
        let (mut taken, mut other) = (0, 0);
        for row in &mut self.rows {
            let sign = row.weight.map_or(Polarity::Unknown, sign_of_number);
            if sign == Polarity::Unknown {
                continue;
            }
            match row.polarity {
                Polarity::Unknown => {
                    row.polarity = sign;
                    taken += 1;
                }
                said => other += usize::from(said != sign),
            }
        }
        let name = self.columns.name(Column::Weight).unwrap_or_default();
        let counted = [TAKEN.warning(taken), OTHER.warning(other)];
        let named = counted.into_iter().flatten();
        named
            .map(|warning| Warning::note(format!("{warning} {name}")))
            .collect()
    }

    /// What a row says in a column; nothing where it does not reach so far.
    fn text<'r>(&self, row: &'r [Cell<'_>], column: Column) -> &'r str {
        let cell = self.columns.cell(row, column);
        cell.map_or("", |cell| unguarded(&cell.text))
    }

    /// The variable of a name, which is added when it is met first.
    fn variable(&mut self, name: &str, at: usize) -> Result<Id, (usize, String)> {
        match self.graph.find(name) {
            Named::Exactly(id) | Named::Nearly(id) => Ok(id),
            Named::Nothing => Ok(self.graph.add_variable(name)),
            Named::Several => {
                let name = shortened(name);
                Err((at, format!("\"{name}\" could be one of several names")))
            }
        }
    }
}

/// What a dash and the like say in a table: nothing.
fn nothing_said(text: &str) -> Option<Polarity> {
    const NOTHING: [&str; 4] = ["\u{2014}", "n/a", "na", "none"];
    let text = text.trim();
    let is_nothing = NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_nothing.then_some(Polarity::Unknown)
}

/// A number, with a comma or a point, and with any minus sign.
fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-").replace(',', ".");
    let digits = text.trim_start_matches(['+', '-']);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn sign_of_number(number: f64) -> Polarity {
    if number > 0.0 {
        Polarity::Positive
    } else if number < 0.0 {
        Polarity::Negative
    } else {
        Polarity::Unknown
    }
}
