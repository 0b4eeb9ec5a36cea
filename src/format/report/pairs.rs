//! The table of all pairs in the report: how each variable stands once another was pushed up.

use std::fmt::Write;

use super::markdown::{escaped, heading, paragraphs};
use crate::causal::press::{CELLS, METHOD, PressAnalysis, pair_table};
use crate::model::{Document, Id, in_sentence};

/// How many variables a table may have to be read on a page.
const MOST: usize = 15;

/// The table, where there are links and few enough variables.
pub fn pairs(out: &mut String, document: &Document) {
    if document.links().is_empty() || document.variables().len() > MOST {
        return;
    }
    let mut press = PressAnalysis::new(document);
    while press.advance() {}
    let table = pair_table(document, &press, MOST);
    let name = |id: &Id| {
        let variable = document.variables().get(id);
        escaped(&in_sentence(variable.map_or("", |variable| &variable.name)))
    };
    heading(out, "If one is pushed up");
    paragraphs(
        out,
        &format!("A row is pushed up, a column is how another stands then. {METHOD}"),
    );
    let names: Vec<String> = table.variables.iter().map(name).collect();
    out.push('\n');
    let _ = writeln!(out, "| | {} |", names.join(" | "));
    let _ = writeln!(out, "| --- |{}", " :-: |".repeat(names.len()));
    for (name, answers) in names.iter().zip(&table.rows) {
        let cells: Vec<String> = answers.iter().map(|answer| answer.cell()).collect();
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    }
    paragraphs(out, CELLS);
}
