//! Runs as a table of text: a row for each saved time, a column for each variable.

use std::fmt::Write as _;

use crate::format::csv::add_text;
use crate::simulate::Results;

/// The results of a run, and whose numbers it had.
pub struct RunTable<'r> {
    /// What the set of numbers is called; none for those of the document.
    pub name: Option<String>,
    /// What the run gave.
    pub results: &'r Results,
}

/// The runs as CSV, beside each other: all have the same times. Numbers are written as the shortest
/// text that reads back as the same.
pub fn table_text(tables: &[RunTable<'_>]) -> String {
    let mut text = String::from("Time");
    for table in tables {
        for name in table.results.names() {
            let head = match &table.name {
                Some(set) => format!("{name} · {set}"),
                None => name.clone(),
            };
            text.push(',');
            add_text(&mut text, &head);
        }
    }
    text.push('\n');
    let times = tables
        .first()
        .map_or(&[][..], |table| table.results.times());
    for (row, time) in times.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{time}");
        for table in tables {
            for value in table.results.row(row) {
                let _ = write!(text, ",{value}");
            }
        }
        text.push('\n');
    }
    text
}
