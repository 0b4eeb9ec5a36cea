//! The improvements of a stream beside today, as the page shows them, and which one the canvas shows.

use serde::{Deserialize, Serialize};

use super::wire::as_records;
use crate::model::{Document, Id, Improvement};
use crate::stream::{
    IMPROVEMENT_COLUMNS, IMPROVEMENT_NOTE, ImprovementCell, ImprovementLine, improvement_lines,
    improvement_name,
};

/// What an improvement is called that is being tried and is not kept yet.
pub(super) const TRIED: &str = "What you try";

/// Whose numbers the canvas shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Showing {
    /// Those of today.
    #[default]
    Today,
    /// Those with a saved improvement.
    Saved(Id),
    /// Those with the one that is being tried.
    Tried(#[serde(with = "as_records")] Box<Improvement>),
}

impl Showing {
    /// The improvement; `None` of today, and where it is gone.
    #[must_use]
    pub fn improvement(&self, document: &Document) -> Option<Improvement> {
        match self {
            Self::Today => None,
            Self::Saved(id) => document.improvements().get(id).cloned(),
            Self::Tried(improvement) => Some(Improvement {
                name: TRIED.to_owned(),
                ..(**improvement).clone()
            }),
        }
    }
}

/// Today, the saved improvements and the one that is being tried, side by side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImprovementTable {
    /// The heads of the columns of numbers.
    pub columns: Vec<String>,
    /// The rows: today, each saved one in its order, and the one being tried; empty where there is no
    /// stream.
    pub rows: Vec<ImprovementRow>,
    /// What is to be known of all of them.
    pub note: String,
}

/// One row of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImprovementRow {
    /// Which it is.
    pub which: Showing,
    /// What it is called.
    pub name: String,
    /// What it changes, one sentence for each measure.
    pub changes: Vec<String>,
    /// Its numbers, by column.
    pub cells: Vec<ImprovementCell>,
}

impl ImprovementTable {
    /// The improvements of a document, for the stream of some of these records or the main one, and what
    /// is tried beside them.
    #[must_use]
    pub fn of(document: &Document, about: &[Id], tried: &Showing) -> Self {
        let tried_as = tried.improvement(document);
        let saved = document.improvements_in_order();
        let mut all: Vec<(Showing, &Improvement)> = saved
            .into_iter()
            .map(|(id, improvement)| (Showing::Saved(id), improvement))
            .collect();
        if let Some(one) = &tried_as {
            all.push((tried.clone(), one));
        }
        let improvements: Vec<&Improvement> = all.iter().map(|(_, one)| *one).collect();
        let Some((today, lines)) = improvement_lines(document, about, &improvements) else {
            return Self::default();
        };
        let row = |which: Showing, name: String, line: ImprovementLine| ImprovementRow {
            which,
            name,
            changes: line.changes,
            cells: line.cells,
        };
        let mut rows = vec![row(Showing::Today, "Today".to_owned(), today)];
        let lines = all.into_iter().zip(lines);
        rows.extend(lines.map(|((which, one), line)| row(which, improvement_name(one), line)));
        Self {
            columns: IMPROVEMENT_COLUMNS.map(str::to_owned).to_vec(),
            rows,
            note: IMPROVEMENT_NOTE.to_owned(),
        }
    }
}
