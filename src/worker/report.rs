//! A report: findings as rows of words, each with what it is about and what can be done.

use serde::{Deserialize, Serialize};

use super::form::{Button, Field};
use super::list::{List, Picture, Table};
use super::storage_request::StorageRequest;
use super::wire::as_patch;
use crate::causal::check::Check;
use crate::model::{Id, LoopKey, Patch};

/// A part of a report, in reading order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A heading over what follows.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A row.
    Row(Row),
    /// Rows that show when a button is pressed.
    Disclosure(Disclosure),
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

impl Block {
    /// Its rows, whether or not they show.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        match self {
            Self::Row(row) => std::slice::from_ref(row),
            Self::Disclosure(disclosure) => &disclosure.rows,
            _ => &[],
        }
    }
}

/// Rows that show when a button is pressed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Disclosure {
    /// What tells it from the others of its report.
    pub topic: String,
    /// The words of the button.
    pub words: String,
    /// The rows.
    pub rows: Vec<Row>,
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

/// A finding, a loop, a variable: whatever a report lists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What kind of thing it says, such as the check that found it. With what it is about, it tells
    /// the row from the others of its report.
    pub topic: String,
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
    /// How much of something it has, in hundredths, as a bar shows it.
    pub share: Option<u64>,
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
    pub command: RowCommand,
}

/// How an action is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RowCommand {
    /// By this patch.
    Patch(#[serde(with = "as_patch")] Box<Patch>),
    /// By a request to the storage.
    Storage(StorageRequest),
    /// By the page alone.
    Page(PageCommand),
    /// By a person, who types the name of this loop.
    Name(LoopKey),
    /// By the page: it shows the equation of a variable, with this part of it chosen, in bytes.
    Equation(Id, Option<(u32, u32)>),
}

/// What only the page can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageCommand {
    /// Have a file chosen, and open it.
    ChooseFile,
    /// Ask the browser to keep what is stored.
    AskForPromise,
}

impl RowAction {
    /// An action with this label.
    #[must_use]
    pub fn new(label: impl Into<String>, command: RowCommand) -> Self {
        Self {
            label: label.into(),
            command,
        }
    }

    /// An action that runs a request.
    #[must_use]
    pub fn storage(label: &str, request: StorageRequest) -> Self {
        Self::new(label, RowCommand::Storage(request))
    }

    /// An action that only the page can do.
    #[must_use]
    pub fn page(label: &str, command: PageCommand) -> Self {
        Self::new(label, RowCommand::Page(command))
    }
}

impl Row {
    /// A row of this topic with this title.
    #[must_use]
    pub fn new(topic: impl Into<String>, kind: RowKind, title: impl Into<String>) -> Self {
        Self {
            topic: topic.into(),
            kind,
            title: title.into(),
            ..Self::default()
        }
    }

    /// Whether it is a finding of a check, answered or not.
    #[must_use]
    pub fn is_finding(&self) -> bool {
        Check::is_topic(&self.topic)
    }
}
