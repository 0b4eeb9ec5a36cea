//! What the page asks of the workbench.

use super::comparison::{read_part, write_part};
use super::errand::Call;
use super::texts::{Reader, Writer, word_for};
use crate::causal::LoopOrder;
use crate::compare::Part;
use crate::layout::Arrange;
use crate::model::{Id, Vector};
use crate::scene::Theme;
use crate::stream::Improvement;

/// Something the page asks for. It is answered for the document that was sent before it.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Take this document; the seed is for ids of records that answers may make.
    Document {
        /// Its number: the answers say it, so that the page can tell what is out of date.
        revision: u64,
        /// Entropy.
        seed: u64,
        /// The document as a file.
        text: String,
    },
    /// Change the document by this patch.
    Patch {
        /// The number of the document that comes out.
        revision: u64,
        /// The patch, as the journal has it.
        text: String,
    },
    /// Count the loops, list the shortest, and tell how it goes.
    Search,
    /// What to do with the search under way.
    Drive(Drive),
    /// A part of the list of loops.
    Loops(LoopWindow),
    /// A sheet, and whatever it is about.
    Sheet(SheetKind, Vec<Id>),
    /// Arrange the diagram.
    Arrange {
        /// How.
        mode: Arrange,
        /// What is to move; empty for everything.
        only: Vec<Id>,
        /// The size of everything that stands by itself, in world units.
        sizes: Vec<(Id, Vector)>,
    },
    /// Give up arranging.
    StopArranging,
    /// Open a text of any format.
    Read {
        /// The text.
        text: String,
        /// What it is called.
        name: String,
        /// What becomes of it.
        purpose: ReadFor,
    },
    /// Open a file of any kind, such as a picture.
    ReadFile {
        /// Its bytes, in base64.
        content: String,
        /// What it is called.
        name: String,
        /// What becomes of it.
        purpose: ReadFor,
    },
    /// Pack the document for a link.
    Link,
    /// Put the document into a picture of it.
    Carry {
        /// The bytes of the PNG, in base64.
        picture: String,
        /// What the file is to be called.
        name: String,
    },
    /// Write the document in another format.
    Write {
        /// The key of its writer.
        key: String,
        /// What becomes of the text.
        purpose: WriteFor,
        /// The theme of a picture.
        theme: Theme,
    },
    /// What an improvement of a step of the main stream would do.
    TryOut(Id, Improvement),
    /// Compare the document with another one, or once more with the one of before.
    Compare(Option<OtherText>),
    /// The patch that takes over these parts of the other one.
    TakeOver(Vec<Part>),
    /// Look at a table of measured data.
    Look(TableText),
    /// What a person has chosen in the form, by the key of the field; or the button pressed there,
    /// without a value.
    Fill(String, String),
    /// An errand to the storage.
    Errand(Call),
}

/// A table of measured data.
#[derive(Clone, Debug, PartialEq)]
pub struct TableText {
    /// What it is called.
    pub name: String,
    /// The table.
    pub text: String,
    /// What was chosen for tables before, as the last form said.
    pub memory: String,
}

/// A document to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherText {
    /// What it is called.
    pub name: String,
    /// The document as a file.
    pub text: String,
}

/// What to do with the search under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Halt until it is to go on.
    Pause,
    /// Go on.
    Resume,
    /// Halt for good; what was found stays.
    Stop,
}

/// What becomes of a text that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadFor {
    /// A document of its own.
    Opening,
    /// A part of the open document, or a note where it is no diagram.
    Pasting,
    /// A table of measured data, whatever else it may be.
    Measuring,
}

/// What becomes of a text that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteFor {
    /// It goes to the clipboard.
    Copying,
    /// It is downloaded as a file.
    Saving,
    /// It is printed.
    Printing,
}

/// A sheet of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SheetKind {
    /// What the checks find.
    Checks,
    /// Archetypes that the diagram is consistent with.
    Archetypes,
    /// Where to intervene, and what serves the goal.
    Leverage,
    /// Causes and uses of a variable, or the ways from one to another.
    Trace,
    /// The shortest independent loop set and a minimum cycle basis.
    LoopSets,
    /// What limits the value stream.
    Limit,
    /// One limit of it after another.
    Sequence,
    /// What nobody has measured of it.
    Missing,
    /// The paths through it.
    Paths,
    /// How long work waits in it by chance.
    Queues,
    /// How it does with more or less work in it.
    WorkInProgress,
    /// Its metrics of software delivery.
    Dora,
    /// What the document can be written as.
    Writers,
    /// What can be opened.
    Readers,
    /// The versions of the document; the page sends an errand for it.
    History,
    /// What is kept in the browser; likewise.
    Storage,
}

/// Which loops of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoopKind {
    /// All of them.
    #[default]
    All,
    /// Reinforcing ones.
    Reinforcing,
    /// Balancing ones.
    Balancing,
    /// Those with a link of unknown polarity.
    Undetermined,
    /// Those with a delayed link.
    Delayed,
}

/// Which loops a person wants to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopFilter {
    /// Of which kind.
    pub kind: LoopKind,
    /// Through this variable or link.
    pub through: Option<Id>,
    /// In whose variables' names these words stand, in large or small letters; empty for any.
    pub words: String,
    /// Of at most so many links; `None` for any length.
    pub longest: Option<u64>,
    /// In which order.
    pub order: LoopOrder,
}

/// A part of the list of loops.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopWindow {
    /// Which loops the list has.
    pub filter: LoopFilter,
    /// The first of the part, counted from zero.
    pub first: u64,
    /// How many.
    pub count: u64,
}

const DRIVES: [(&str, Drive); 3] = [
    ("pause", Drive::Pause),
    ("resume", Drive::Resume),
    ("stop", Drive::Stop),
];
const MODES: [(&str, Arrange); 2] = [("afresh", Arrange::Afresh), ("tidy", Arrange::Tidy)];
pub(super) const PURPOSES: [(&str, ReadFor); 3] = [
    ("open", ReadFor::Opening),
    ("paste", ReadFor::Pasting),
    ("measure", ReadFor::Measuring),
];
pub(super) const WRITE_PURPOSES: [(&str, WriteFor); 3] = [
    ("copy", WriteFor::Copying),
    ("save", WriteFor::Saving),
    ("print", WriteFor::Printing),
];
const THEMES: [(&str, Theme); 3] = [
    ("light", Theme::Light),
    ("dark", Theme::Dark),
    ("print", Theme::Print),
];
pub(super) const SHEETS: [(&str, SheetKind); 16] = [
    ("checks", SheetKind::Checks),
    ("archetypes", SheetKind::Archetypes),
    ("leverage", SheetKind::Leverage),
    ("trace", SheetKind::Trace),
    ("sets", SheetKind::LoopSets),
    ("limit", SheetKind::Limit),
    ("sequence", SheetKind::Sequence),
    ("missing", SheetKind::Missing),
    ("paths", SheetKind::Paths),
    ("queues", SheetKind::Queues),
    ("wip", SheetKind::WorkInProgress),
    ("dora", SheetKind::Dora),
    ("writers", SheetKind::Writers),
    ("readers", SheetKind::Readers),
    ("history", SheetKind::History),
    ("storage", SheetKind::Storage),
];
const KINDS: [(&str, LoopKind); 5] = [
    ("all", LoopKind::All),
    ("reinforcing", LoopKind::Reinforcing),
    ("balancing", LoopKind::Balancing),
    ("undetermined", LoopKind::Undetermined),
    ("delayed", LoopKind::Delayed),
];
const ORDERS: [(&str, LoopOrder); 2] = [
    ("shortest", LoopOrder::ShortestFirst),
    ("longest", LoopOrder::LongestFirst),
];

impl Request {
    /// The request as texts.
    #[must_use]
    pub fn write(&self) -> Vec<String> {
        let mut out = Writer::default();
        match self {
            Self::Document {
                revision,
                seed,
                text,
            } => {
                out.text("document")
                    .number(*revision)
                    .number(*seed)
                    .text(text);
            }
            Self::Patch { revision, text } => {
                out.text("patch").number(*revision).text(text);
            }
            Self::Search => {
                out.text("search");
            }
            Self::Drive(drive) => {
                out.text("drive").text(word_for(&DRIVES, drive));
            }
            Self::Loops(window) => {
                out.text("loops");
                window.write(&mut out);
            }
            Self::Sheet(kind, about) => {
                out.text("sheet").text(word_for(&SHEETS, kind)).ids(about);
            }
            Self::Arrange { mode, only, sizes } => {
                out.text("arrange").text(word_for(&MODES, mode)).ids(only);
                out.list(sizes, |out, (id, size)| {
                    out.id(*id).real(size.x).real(size.y);
                });
            }
            Self::StopArranging => {
                out.text("stop arranging");
            }
            Self::Read {
                text,
                name,
                purpose,
            } => {
                out.text("read")
                    .text(text)
                    .text(name)
                    .text(word_for(&PURPOSES, purpose));
            }
            Self::ReadFile {
                content,
                name,
                purpose,
            } => {
                out.text("read file")
                    .text(content)
                    .text(name)
                    .text(word_for(&PURPOSES, purpose));
            }
            Self::Link => {
                out.text("link");
            }
            Self::Carry { picture, name } => {
                out.text("carry").text(picture).text(name);
            }
            Self::Write {
                key,
                purpose,
                theme,
            } => {
                out.text("write")
                    .text(key)
                    .text(word_for(&WRITE_PURPOSES, purpose))
                    .text(word_for(&THEMES, theme));
            }
            Self::TryOut(station, improvement) => {
                let (word, number) = match *improvement {
                    Improvement::Time(part) => ("time", part),
                    Improvement::Servers(more) => ("servers", more),
                };
                out.text("try out").id(*station).text(word).real(number);
            }
            Self::Compare(other) => {
                out.text("compare").list(other.as_slice(), |out, other| {
                    out.text(&other.name).text(&other.text);
                });
            }
            Self::TakeOver(parts) => {
                out.text("take over").list(parts, write_part);
            }
            Self::Look(table) => {
                out.text("look").text(&table.name).text(&table.text);
                out.text(&table.memory);
            }
            Self::Fill(key, value) => {
                out.text("fill").text(key).text(value);
            }
            Self::Errand(call) => {
                call.write(out.text("errand"));
            }
        }
        out.finish()
    }

    /// The request that was written so; `None` for anything else.
    #[must_use]
    pub fn read(texts: Vec<String>) -> Option<Self> {
        let mut from = Reader::new(texts);
        Some(match from.text()?.as_str() {
            "document" => Self::Document {
                revision: from.number()?,
                seed: from.number()?,
                text: from.text()?,
            },
            "patch" => Self::Patch {
                revision: from.number()?,
                text: from.text()?,
            },
            "search" => Self::Search,
            "drive" => Self::Drive(from.choice(&DRIVES)?),
            "loops" => Self::Loops(LoopWindow::read(&mut from)?),
            "sheet" => Self::Sheet(from.choice(&SHEETS)?, from.ids()?),
            "arrange" => Self::Arrange {
                mode: from.choice(&MODES)?,
                only: from.ids()?,
                sizes: from.list(|from| {
                    let id = from.id()?;
                    Some((id, Vector::new(from.real()?, from.real()?)))
                })?,
            },
            "stop arranging" => Self::StopArranging,
            "read" => Self::Read {
                text: from.text()?,
                name: from.text()?,
                purpose: from.choice(&PURPOSES)?,
            },
            "read file" => Self::ReadFile {
                content: from.text()?,
                name: from.text()?,
                purpose: from.choice(&PURPOSES)?,
            },
            "link" => Self::Link,
            "carry" => Self::Carry {
                picture: from.text()?,
                name: from.text()?,
            },
            "write" => Self::Write {
                key: from.text()?,
                purpose: from.choice(&WRITE_PURPOSES)?,
                theme: from.choice(&THEMES)?,
            },
            "try out" => {
                let (station, word, number) = (from.id()?, from.text()?, from.real()?);
                let improvement = match word.as_str() {
                    "time" => Improvement::Time(number),
                    "servers" => Improvement::Servers(number),
                    _ => return None,
                };
                Self::TryOut(station, improvement)
            }
            "compare" => {
                let other = from.list(|from| {
                    Some(OtherText {
                        name: from.text()?,
                        text: from.text()?,
                    })
                });
                Self::Compare(other?.pop())
            }
            "errand" => Self::Errand(Call::read(&mut from)?),
            "take over" => Self::TakeOver(from.list(read_part)?),
            "look" => Self::Look(TableText {
                name: from.text()?,
                text: from.text()?,
                memory: from.text()?,
            }),
            "fill" => Self::Fill(from.text()?, from.text()?),
            _ => return None,
        })
    }
}

impl LoopWindow {
    pub(super) fn write(&self, out: &mut Writer) {
        let filter = &self.filter;
        out.text(word_for(&KINDS, &filter.kind))
            .ids(filter.through.as_slice())
            .text(&filter.words)
            .number(filter.longest.unwrap_or(0))
            .text(word_for(&ORDERS, &filter.order))
            .number(self.first)
            .number(self.count);
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            filter: LoopFilter {
                kind: from.choice(&KINDS)?,
                through: from.ids()?.first().copied(),
                words: from.text()?,
                // No loop has no links, so zero stands for no bound.
                longest: Some(from.number()?).filter(|longest| *longest > 0),
                order: from.choice(&ORDERS)?,
            },
            first: from.number()?,
            count: from.number()?,
        })
    }
}
