//! What a sheet shows beside sentences: lists, tables, pictures.

use serde::{Deserialize, Serialize};

use crate::model::{Id, MeasureKind};

/// What a list is of, which gives its items their look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListKind {
    /// Sentences, one to an item.
    #[default]
    Sentences,
    /// Measures that are not known: what it is, how much is known of it, and what it would change.
    Missing,
    /// Paths through a stream: name, lead time, and more.
    Paths,
    /// Metrics: name, value, how good that is, and the formula.
    Metrics,
    /// Formats to write: name, and what it carries; each leads to its writer.
    Writers,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// What of.
    pub kind: ListKind,
    /// In reading order.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What it says, part by part.
    pub words: Vec<String>,
    /// The records it is about: they are selected when it is pressed.
    pub about: Vec<Id>,
    /// What else it leads to.
    pub lead: Lead,
}

/// What an item leads to beside its records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lead {
    /// Nothing else.
    #[default]
    None,
    /// The field of this measure of them.
    Measure(MeasureKind),
    /// The writer of this key.
    Writer(String),
}

/// A table with a head; the first cell of each row names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

impl Table {
    /// A table with these columns.
    #[must_use]
    pub fn new(heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self {
            heads: heads.iter().map(|head| (*head).to_owned()).collect(),
            rows,
        }
    }
}
