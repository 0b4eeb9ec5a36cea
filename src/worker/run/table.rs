//! Runs as a table of text: a row for each saved time, a column for each variable.

use std::fmt::Write as _;

use crate::format::csv::add_text;
use crate::simulate::{Results, Unknown};

/// The results of a run, and whose numbers it had.
pub struct RunTable<'r> {
    /// What the set of numbers is called; none for those of the document.
    pub name: Option<String>,
    /// What the run gave.
    pub results: &'r Results,
    /// What it gave no values for: it has columns without any.
    pub unknown: &'r [Unknown],
}

/// The runs as CSV, beside each other: all have the same times. Numbers are written as the shortest
/// text that reads back as the same; what is unknown is left empty.
pub fn table_text(tables: &[RunTable<'_>]) -> String {
    let mut text = String::from("Time");
    let cells: Vec<Vec<Cell<'_>>> = tables.iter().map(cells).collect();
    for (table, cells) in tables.iter().zip(&cells) {
        for cell in cells {
            let name = match *cell {
                Cell::Known(column) => table.results.names()[column].as_str(),
                Cell::Unknown(name) => name,
            };
            text.push(',');
            match &table.name {
                Some(set) => add_text(&mut text, &format!("{name} · {set}")),
                None => add_text(&mut text, name),
            }
        }
    }
    text.push('\n');
    let times = tables
        .first()
        .map_or(&[][..], |table| table.results.times());
    for (row, time) in times.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{time}");
        for (table, cells) in tables.iter().zip(&cells) {
            let values = table.results.row(row);
            for cell in cells {
                text.push(',');
                if let Cell::Known(column) = *cell {
                    let _ = write!(text, "{}", values[column]);
                }
            }
        }
        text.push('\n');
    }
    text
}

/// What stands in a column of the table.
#[derive(Clone, Copy)]
enum Cell<'r> {
    /// The values of a column of the run.
    Known(usize),
    /// Nothing: the name of what is unknown.
    Unknown(&'r str),
}

/// The columns of a run and what is unknown, in the order of the text.
fn cells<'r>(table: &RunTable<'r>) -> Vec<Cell<'r>> {
    let mut unknown = table.unknown.iter().peekable();
    let mut cells = Vec::new();
    for column in 0..=table.results.names().len() {
        while let Some(one) = unknown.next_if(|one| one.before == column) {
            cells.push(Cell::Unknown(&one.name));
        }
        if column < table.results.names().len() {
            cells.push(Cell::Known(column));
        }
    }
    cells
}
