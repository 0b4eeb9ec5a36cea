//! What a report shows beside findings: lists, tables, pictures.

use serde::{Deserialize, Serialize};

use crate::model::{Id, MeasureKind};
use crate::scene::Theme;

/// A list, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum List {
    /// Sentences with the records that they are about.
    Sentences(Vec<Sentence>),
    /// Measures that are not known.
    Missing(Vec<MissingRow>),
    /// Paths through a stream.
    Paths(Vec<PathRow>),
    /// Figures of a stream.
    Figures(Vec<FigureRow>),
    /// Metrics of software delivery.
    Metrics(Vec<MetricRow>),
    /// Formats that a document can be written in.
    Writers(Vec<WriterRow>),
}

/// A sentence of a report.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// The records it is about.
    pub about: Vec<Id>,
}

/// A measure that is not known, or not well.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MissingRow {
    /// Which measure of which record, in words.
    pub name: String,
    /// How much is known of it, in words.
    pub knowledge: String,
    /// What it would change, one sentence each.
    pub effects: Vec<String>,
    /// The record.
    pub record: Id,
    /// The product that it is of at the record, if it is of one.
    pub product: Option<String>,
    /// The measure.
    pub measure: MeasureKind,
}

/// A path through a stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PathRow {
    /// What tells it from the longest.
    pub title: String,
    /// Its lead time, with its unit.
    pub lead_time: String,
    /// Its process time, with its unit.
    pub process_time: String,
    /// How many of the items take it.
    pub share: String,
    /// Its first and its last step.
    pub ends: String,
    /// Its steps and flows.
    pub about: Vec<Id>,
}

/// A figure of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FigureRow {
    /// What it is called; no other figure of a stream is called so.
    pub name: String,
    /// Its value with its unit.
    pub value: String,
    /// How far it is to be trusted, in words.
    pub status: String,
    /// How it is worked out.
    pub formula: String,
    /// Where the formula comes from.
    pub source: String,
    /// What it was worked out from.
    pub inputs: Vec<FigureInput>,
}

/// A measure that a figure depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FigureInput {
    /// Which measure of which record, and what is known of it.
    pub words: String,
    /// The record.
    pub record: Id,
}

/// A metric of software delivery.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MetricRow {
    /// What it is called.
    pub name: String,
    /// Its value with its unit; empty where it is not known.
    pub value: String,
    /// How good that is, or what the map lacks.
    pub level: String,
    /// How it is worked out.
    pub formula: String,
}

/// A format that a document can be written in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WriterRow {
    /// The key of its writer.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// What of a document it carries.
    pub carries: String,
}

/// A table with a head; the first cell of each row names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The names of the columns.
    pub heads: Vec<String>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<String>>,
}

/// A picture as the texts of SVG files.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// What it is called.
    pub name: String,
    /// What it shows, in sentences.
    pub summary: String,
    /// On light paper.
    pub light: String,
    /// On dark paper.
    pub dark: String,
}

impl Picture {
    /// On the paper of a theme.
    #[must_use]
    pub fn svg(&self, theme: Theme) -> &str {
        match theme {
            Theme::Dark => &self.dark,
            Theme::Light | Theme::Print | Theme::Forced => &self.light,
        }
    }
}

impl Table {
    /// A table with these columns.
    #[must_use]
    pub fn new(heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self {
            heads: heads.iter().map(|head| (*head).to_owned()).collect(),
            rows,
        }
    }

    /// The table as comma-separated values (RFC 4180), a line for each row. What a spreadsheet would
    /// take for a formula has an apostrophe before it.
    #[must_use]
    pub fn csv(&self) -> String {
        let cell = |text: &String| {
            let is_formula = text.starts_with(['=', '+', '@', '\t']);
            let text = match is_formula {
                true => format!("'{text}"),
                false => text.clone(),
            };
            match text.contains([',', '"', '\n', '\r']) {
                true => format!("\"{}\"", text.replace('"', "\"\"")),
                false => text,
            }
        };
        let line = |cells: &Vec<String>| cells.iter().map(cell).collect::<Vec<_>>().join(",");
        let mut lines = vec![line(&self.heads)];
        lines.extend(self.rows.iter().map(line));
        lines.join("\r\n") + "\r\n"
    }
}
