//! Rows of an edge list to a document.

use super::columns::{Column, Columns, Head, head};
use super::guard::unguarded;
use crate::format::error::{Fault, Position, ReadError};
use crate::format::limits::Limits;
use crate::format::names::Named;
use crate::format::reader::{Opened, Warning};
use crate::format::syntax::{Collector, shortened};
use crate::format::table::cells::{BadQuote, Cell, Rows};
use crate::format::unplaced::Unplaced;
use crate::format::words;
use crate::model::{Delay, Id, IdSource, Link, Polarity};

/// Reads a text that is not too long.
pub fn read_within(text: &str, limits: &Limits, ids: &mut IdSource) -> Result<Opened, ReadError> {
    let syntax = |bad: BadQuote| fault(text, bad.at, bad.message.to_owned());
    let Some(Head { separator, start }) = head(text) else {
        return Err(ReadError::OtherFormat(Fault {
            message: "a list of links has the columns from and to, or cause and effect, in its first line".to_owned(),
            position: Some(Position { line: 1, column: 1 }),
        }));
    };
    let mut rows = Rows::starting_at(text, start, separator);
    let head = rows.next_row().map_err(syntax)?.unwrap_or_default();
    let mut collector = Collector::default();
    let columns = Columns::of(&head, &mut collector);
    let mut list = List {
        columns,
        collector,
        unplaced: Unplaced::new(ids),
    };
    let mut values = head.len();
    while let Some(row) = rows.next_row().map_err(syntax)? {
        list.row(&row);
        values += row.len();
        let at = row.first().map_or(0, |cell| cell.at);
        let excess = [
            (
                list.unplaced.len() > limits.records,
                limits.records,
                "records",
            ),
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
    list.collector.finish(text).map_err(ReadError::Invalid)?;
    let warnings = warnings(&list.columns);
    list.unplaced.finish(warnings)
}

fn fault(text: &str, at: usize, message: String) -> ReadError {
    ReadError::Syntax(Fault {
        message,
        position: Some(Position::of(text, at)),
    })
}

fn warnings(columns: &Columns) -> Vec<Warning> {
    const NAMED: usize = 5;
    let mut warnings = Vec::new();
    if !columns.unknown.is_empty() {
        let count = columns.unknown.len();
        let named = columns.unknown[..count.min(NAMED)].join(", ");
        let and_more = if count > NAMED { " and more" } else { "" };
        let message = match count {
            1 => format!("1 column was left out: {named}"),
            _ => format!("{count} columns were left out: {named}{and_more}"),
        };
        warnings.push(Warning::note(message));
    }
    if !columns.has(Column::Polarity) {
        let message = "there is no column polarity, so that of every link is unknown".to_owned();
        warnings.push(Warning::note(message));
    }
    warnings
}

struct List<'a> {
    columns: Columns,
    collector: Collector,
    unplaced: Unplaced<'a>,
}

impl List<'_> {
    fn row(&mut self, row: &[Cell<'_>]) {
        let more = row.iter().skip(self.columns.kinds.len());
        if let Some(cell) = more.into_iter().find(|cell| !cell.text.is_empty()) {
            let message = "there are more cells than columns; a comma in a text needs quotes";
            self.collector.add(cell.at, message.to_owned());
        }
        let at = row.first().map_or(0, |cell| cell.at);
        let place = |column| self.columns.cell(row, column).map_or(at, |cell| cell.at);
        let (from_at, to_at) = (place(Column::From), place(Column::To));
        let from = self.text(row, Column::From);
        let to = self.text(row, Column::To);
        let polarity = self.word(row, Column::Polarity);
        let delay = self.word(row, Column::Delay);
        let remark = self.text(row, Column::Remark).to_owned();
        if from.trim().is_empty() {
            self.collector.add(from_at, "from is empty".to_owned());
        } else if !to.trim().is_empty() {
            let (Some(from), Some(to)) = (self.variable(from, from_at), self.variable(to, to_at))
            else {
                return;
            };
            self.unplaced.add_link(Link {
                polarity: polarity.unwrap_or(Polarity::Unknown),
                delay: delay.unwrap_or(Delay::None),
                remark,
                ..Link::new(from, to, 0.0)
            });
        } else if polarity.is_some_and(|polarity| polarity != Polarity::Unknown)
            || delay == Some(Delay::Delayed)
        {
            self.collector.add(to_at, "to is empty".to_owned());
        } else if let Some(variable) = self.variable(from, from_at) {
            self.unplaced.remark(variable, &remark);
        }
    }

    /// What a row says in a column; nothing where it does not reach so far.
    fn text<'r>(&self, row: &'r [Cell<'_>], column: Column) -> &'r str {
        let cell = self.columns.cell(row, column);
        cell.map_or("", |cell| unguarded(&cell.text))
    }

    /// One of a few words; none, and a fault, if it is none of them.
    fn word<T: Word>(&mut self, row: &[Cell<'_>], column: Column) -> Option<T> {
        let text = self.text(row, column);
        let word = T::read(text);
        if word.is_none() {
            let at = self.columns.cell(row, column).map_or(0, |cell| cell.at);
            let (what, words) = (T::NAME, T::WORDS);
            let text = shortened(text);
            let message = format!("{what}: \"{text}\" is not known; it can be {words}");
            self.collector.add(at, message);
        }
        word
    }

    /// The variable of a name, which is added when it is met first.
    fn variable(&mut self, name: &str, at: usize) -> Option<Id> {
        match self.unplaced.find(name) {
            Named::Exactly(id) | Named::Nearly(id) => Some(id),
            Named::Nothing => Some(self.unplaced.add_variable(name)),
            Named::Several => {
                let message = format!("\"{}\" could be one of several names", shortened(name));
                self.collector.add(at, message);
                None
            }
        }
    }
}

/// What a cell says by one of a few words.
trait Word: Sized {
    const NAME: &'static str;
    const WORDS: &'static str;
    fn read(text: &str) -> Option<Self>;
}

impl Word for Polarity {
    const NAME: &'static str = "polarity";
    const WORDS: &'static str = words::POLARITY_WORDS;
    fn read(text: &str) -> Option<Self> {
        words::polarity(text)
    }
}

impl Word for Delay {
    const NAME: &'static str = "delay";
    const WORDS: &'static str = words::DELAY_WORDS;
    fn read(text: &str) -> Option<Self> {
        words::delay(text)
    }
}
