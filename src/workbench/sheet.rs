//! A sheet: findings as rows of words, each with what it is about and what can be done.

use super::errand::Errand;
use super::exhibit::{List, Picture, Table};
use super::form::{Button, Field};
use super::texts::{Reader, Writer, word_for};
use crate::model::Id;

/// A part of a sheet, in reading order.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct RowAction {
    /// What it does.
    pub label: String,
    /// How it is done.
    pub deed: Deed,
}

/// How an action is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// By this patch, as the journal has it.
    Patch(String),
    /// By an errand of these words, or by something that only the page can do.
    Errand(Vec<String>),
}

impl RowAction {
    /// An action that runs an errand.
    #[must_use]
    pub fn errand(label: &str, errand: &Errand) -> Self {
        Self::words(label, errand.words())
    }

    /// An action of these words.
    #[must_use]
    pub fn words(label: &str, words: Vec<String>) -> Self {
        Self {
            label: label.to_owned(),
            deed: Deed::Errand(words),
        }
    }
}

const KINDS: [(&str, RowKind); 8] = [
    ("", RowKind::Plain),
    ("r", RowKind::Reinforcing),
    ("b", RowKind::Balancing),
    ("u", RowKind::Undetermined),
    ("p", RowKind::Problem),
    ("w", RowKind::Warning),
    ("h", RowKind::Hint),
    ("a", RowKind::Answered),
];

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

impl Block {
    /// What tells a row or words from others of a sheet: two with the same key show and do the same.
    /// None for a block of another kind, which holds nothing and is shown anew.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let mut out = Writer::default();
        match self {
            Self::Heading(words) | Self::Words(words) => {
                out.text(words);
            }
            Self::Row(row) => row.write(&mut out),
            Self::Fold(words, rows) => {
                out.text(words).list(rows, |out, row| row.write(out));
            }
            _ => return None,
        }
        Some(out.finish().join("\n"))
    }

    pub(super) fn write(&self, out: &mut Writer) {
        match self {
            Self::Heading(words) => {
                out.text("heading").text(words);
            }
            Self::Words(words) => {
                out.text("words").text(words);
            }
            Self::Row(row) => {
                out.text("row");
                row.write(out);
            }
            Self::Fold(words, rows) => {
                out.text("fold").text(words);
                out.list(rows, |out, row| row.write(out));
            }
            Self::List(list) => {
                out.text("list");
                list.write(out);
            }
            Self::Table(table) => {
                out.text("table");
                table.write(out);
            }
            Self::Chart(picture) => {
                out.text("chart");
                picture.write(out);
            }
            Self::Field(field) => {
                out.text("field");
                field.write(out);
            }
            Self::Button(button) => {
                out.text("button");
                button.write(out);
            }
        }
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(match from.text()?.as_str() {
            "heading" => Self::Heading(from.text()?),
            "words" => Self::Words(from.text()?),
            "row" => Self::Row(Row::read(from)?),
            "fold" => Self::Fold(from.text()?, from.list(Row::read)?),
            "list" => Self::List(List::read(from)?),
            "table" => Self::Table(Table::read(from)?),
            "chart" => Self::Chart(Picture::read(from)?),
            "field" => Self::Field(Field::read(from)?),
            "button" => Self::Button(Button::read(from)?),
            _ => return None,
        })
    }
}

impl Row {
    fn write(&self, out: &mut Writer) {
        out.text(&self.code)
            .text(word_for(&KINDS, &self.kind))
            .text(&self.title)
            .text(&self.text)
            .text(&self.meta)
            .text(&self.detail)
            .number(self.depth)
            .ids(&self.about)
            .list(&self.actions, |out, action| {
                out.text(&action.label);
                action.deed.write(out);
            });
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            code: from.text()?,
            kind: from.choice(&KINDS)?,
            title: from.text()?,
            text: from.text()?,
            meta: from.text()?,
            detail: from.text()?,
            depth: from.number()?,
            about: from.ids()?,
            actions: from.list(|from| {
                Some(RowAction {
                    label: from.text()?,
                    deed: Deed::read(from)?,
                })
            })?,
        })
    }
}

impl Deed {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Patch(patch) => out.text("patch").text(patch),
            Self::Errand(words) => {
                out.text("errand").list(words, |out, word| {
                    out.text(word);
                });
                out
            }
        };
    }

    fn read(from: &mut Reader) -> Option<Self> {
        Some(match from.text()?.as_str() {
            "patch" => Self::Patch(from.text()?),
            "errand" => Self::Errand(from.list(Reader::text)?),
            _ => return None,
        })
    }
}
