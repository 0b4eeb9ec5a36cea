//! A sheet: findings as rows of words, each with what it is about and what can be done.

use serde::{Deserialize, Serialize};

use super::errand::Errand;
use super::exhibit::{List, Picture, Table};
use super::form::{Button, Field};
use super::wire::as_patch;
use crate::model::{Id, Patch};

/// A part of a sheet, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading over what follows.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A row.
    Row(Row),
    /// Rows that show when a button with these words is pressed.
    Fold(String, Vec<Row>),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A chart, which can be exported.
    Chart(Picture),
    /// Something to choose or to type.
    Field(Field),
    /// Something to do with what was chosen.
    Button(Button),
}

/// What a row is, which gives it its colour and mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowKind {
    /// Nothing in particular.
    #[default]
    Plain,
    /// A reinforcing loop, or what rises.
    Reinforcing,
    /// A balancing loop, or what falls.
    Balancing,
    /// An undetermined loop, or what is not certain.
    Undetermined,
    /// A finding that makes the analysis wrong.
    Problem,
    /// A finding that probably needs a change.
    Warning,
    /// A finding to think about.
    Hint,
    /// What a person has answered.
    Answered,
}

/// A finding, a loop, a variable: whatever a sheet lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The word or sign in front, such as R1; may be empty.
    pub code: String,
    /// What it is.
    pub kind: RowKind,
    /// What it says.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
    /// Its small print; may be empty.
    pub meta: String,
    /// What is told once it is opened, such as why and who says so; may be empty.
    pub detail: String,
    /// How far it is set in: rows below one that is set in less belong to that one.
    pub depth: u64,
    /// The records it is about: they light up, and are selected when it is pressed.
    pub about: Vec<Id>,
    /// What can be done about it.
    pub actions: Vec<RowAction>,
}

/// Something that can be done about a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowAction {
    /// What it does.
    pub label: String,
    /// How it is done.
    pub deed: Deed,
}

/// How an action is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Deed {
    /// By this patch.
    Patch(#[serde(with = "as_patch")] Box<Patch>),
    /// By an errand.
    Errand(Errand),
    /// By the page alone.
    Page(PageDeed),
}

/// What only the page can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageDeed {
    /// Have a file chosen, and open it.
    ChooseFile,
    /// Ask the browser to keep what is stored.
    AskForPromise,
}

impl RowAction {
    /// An action with this label.
    #[must_use]
    pub fn new(label: impl Into<String>, deed: Deed) -> Self {
        Self {
            label: label.into(),
            deed,
        }
    }

    /// An action that runs an errand.
    #[must_use]
    pub fn errand(label: &str, errand: Errand) -> Self {
        Self::new(label, Deed::Errand(errand))
    }

    /// An action that only the page can do.
    #[must_use]
    pub fn page(label: &str, deed: PageDeed) -> Self {
        Self::new(label, Deed::Page(deed))
    }
}

impl Row {
    /// A row that says this.
    #[must_use]
    pub fn new(kind: RowKind, title: impl Into<String>) -> Self {
        Self {
            kind,
            title: title.into(),
            ..Self::default()
        }
    }
}
