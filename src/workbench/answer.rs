//! What the workbench answers.

use super::comparison::Comparison;
use super::errand::TextChange;
use super::exhibit::Table;
use super::request::{LoopWindow, PURPOSES, ReadFor, SHEETS, SheetKind, WRITE_PURPOSES, WriteFor};
use super::sheet::Block;
use super::texts::{Reader, Writer, word_for};
use crate::causal::LoopPolarity;
use crate::causal::check::Severity;
use crate::format::{OpeningReport, Positions};
use crate::model::{Delay, Id};

/// An answer, with the number of the document that it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The number of the document.
    pub revision: u64,
    /// What it says.
    pub news: News,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The workbench listens; nothing is to be sent before.
    Ready,
    /// The document here is not the page's: it must be sent whole.
    Stale,
    /// How many loops there are.
    Counts(CountWords),
    /// How the listing of loops goes.
    Listing(Listing),
    /// The shortest loops, each as its links in the order of travel.
    Shortest(Vec<Vec<Id>>),
    /// A part of the list of loops.
    Loops {
        /// Which part.
        window: LoopWindow,
        /// How many loops the list has.
        total: u64,
        /// The part; less than asked for at the end of the list.
        rows: Vec<LoopRow>,
    },
    /// A sheet.
    Sheet {
        /// Which.
        kind: SheetKind,
        /// What it was asked about.
        about: Vec<Id>,
        /// What stands on it.
        blocks: Vec<Block>,
    },
    /// The records with findings of checks that nobody has answered.
    Marks(Vec<(Id, Severity)>),
    /// How much of the arranging is done, 0 to 1.
    Arranging(f64),
    /// The patch that arranges the diagram, as the journal has it.
    Arranged(String),
    /// A text was opened.
    Opened {
        /// What it was called.
        name: String,
        /// The document as a file.
        text: String,
        /// What was lost, what was read and what else is to be known.
        report: OpeningReport,
        /// Whether the text said where things stand.
        positions: Positions,
        /// What becomes of it.
        purpose: ReadFor,
    },
    /// A text was not opened.
    NotOpened {
        /// What it was called.
        name: String,
        /// Why not; further lines are for who wants to know more.
        why: String,
        /// The text, where it is to be pasted all the same.
        note: Option<String>,
    },
    /// The document, packed for a link.
    Link(String),
    /// A file to be downloaded.
    File {
        /// What it is to be called.
        name: String,
        /// Where its bytes are: an address of the kind `data:` or `blob:`.
        address: String,
    },
    /// The document in another format.
    Written(Written),
    /// What an improvement does: the sentence, and the figures before and after.
    Tried(String, Table),
    /// The document compared with another.
    Compared(Comparison),
    /// The other one cannot be read, and why.
    NotCompared(String),
    /// The patch that takes over what was chosen of it, as the journal has it.
    TakenOver(String),
    /// What is to change in the storage.
    Changes {
        /// The texts, in this order.
        changes: Vec<TextChange>,
        /// What to say then; may be empty.
        done: String,
        /// What to say where it cannot be done; may be empty.
        failed: String,
    },
    /// Something to say.
    Told(String),
    /// A file.
    Download {
        /// What it is called.
        name: String,
        /// What is in it.
        text: String,
    },
    /// The page is to send this errand with the texts that it needs.
    Wanted(Vec<String>),
    /// What was asked for cannot be done, and why.
    Refused(String),
    /// A text was to be opened that is a table of measured data: its name and itself.
    IsTable(String, String),
    /// The form of a table of measured data, and what is to be kept of the choices.
    Form(Vec<Block>, String),
    /// A question about a text that was pasted or opened, with its answers.
    Asked(Vec<Block>),
}

/// The document in another format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The key of the writer.
    pub key: String,
    /// What people call the format.
    pub name: String,
    /// How a file of it ends, without the dot.
    pub ending: String,
    /// Its media type.
    pub media_type: String,
    /// The text.
    pub text: String,
    /// What could not be carried over, in sentences.
    pub warnings: Vec<String>,
    /// What becomes of the text.
    pub purpose: WriteFor,
}

/// How far numbers can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// To the last loop.
    Exact,
    /// There are at least so many.
    AtLeast,
}

/// How many loops there are, as decimal digits: they may be more than any machine number holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountWords {
    /// All of them.
    pub total: String,
    /// Reinforcing ones.
    pub reinforcing: String,
    /// Balancing ones.
    pub balancing: String,
    /// Those with a link of unknown polarity.
    pub undetermined: String,
    /// Those with a delayed link.
    pub delayed: String,
    /// Whether that is all.
    pub certainty: Certainty,
}

/// How the listing of loops goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// How many are in the list.
    pub listed: u64,
    /// All loops of up to so many links are in the list.
    pub complete_to: u64,
    /// Whether it goes on.
    pub state: ListingState,
}

/// Whether the listing of loops goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingState {
    /// It does.
    Running,
    /// It waits.
    Paused,
    /// A person has stopped it.
    Stopped,
    /// The list has as many as there is room for.
    Full,
    /// Every loop is in the list.
    Done,
}

/// A loop of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoopRow {
    /// Its sign.
    pub polarity: LoopPolarity,
    /// Whether one of its links is delayed.
    pub delay: Delay,
    /// Its links in the order of travel.
    pub links: Vec<Id>,
}

const SEVERITIES: [(&str, Severity); 3] = [
    ("hint", Severity::Hint),
    ("warning", Severity::Warning),
    ("problem", Severity::Problem),
];
const CERTAINTIES: [(&str, Certainty); 2] =
    [("exact", Certainty::Exact), ("least", Certainty::AtLeast)];
const STATES: [(&str, ListingState); 5] = [
    ("running", ListingState::Running),
    ("paused", ListingState::Paused),
    ("stopped", ListingState::Stopped),
    ("full", ListingState::Full),
    ("done", ListingState::Done),
];
const POLARITIES: [(&str, LoopPolarity); 3] = [
    ("r", LoopPolarity::Reinforcing),
    ("b", LoopPolarity::Balancing),
    ("u", LoopPolarity::Undetermined),
];
const DELAYS: [(&str, Delay); 2] = [("", Delay::None), ("d", Delay::Delayed)];
const POSITIONS: [(&str, Positions); 2] =
    [("given", Positions::Given), ("missing", Positions::Missing)];

impl Answer {
    /// What the workbench says first.
    #[must_use]
    pub const fn ready() -> Self {
        Self {
            revision: 0,
            news: News::Ready,
        }
    }

    /// The answer as texts.
    #[must_use]
    pub fn write(&self) -> Vec<String> {
        let mut out = Writer::default();
        out.number(self.revision);
        match &self.news {
            News::Ready => {
                out.text("ready");
            }
            News::Stale => {
                out.text("stale");
            }
            News::Counts(counts) => {
                out.text("counts")
                    .text(&counts.total)
                    .text(&counts.reinforcing)
                    .text(&counts.balancing)
                    .text(&counts.undetermined)
                    .text(&counts.delayed)
                    .text(word_for(&CERTAINTIES, &counts.certainty));
            }
            News::Listing(listing) => {
                out.text("listing")
                    .number(listing.listed)
                    .number(listing.complete_to)
                    .text(word_for(&STATES, &listing.state));
            }
            News::Shortest(loops) => {
                out.text("shortest").list(loops, |out, links| {
                    out.ids(links);
                });
            }
            News::Loops {
                window,
                total,
                rows,
            } => {
                out.text("loops");
                window.write(&mut out);
                out.number(*total).list(rows, |out, row| {
                    out.text(word_for(&POLARITIES, &row.polarity))
                        .text(word_for(&DELAYS, &row.delay))
                        .ids(&row.links);
                });
            }
            News::Sheet {
                kind,
                about,
                blocks,
            } => {
                out.text("sheet").text(word_for(&SHEETS, kind)).ids(about);
                out.list(blocks, |out, block| block.write(out));
            }
            News::Marks(marks) => {
                out.text("marks").list(marks, |out, (id, severity)| {
                    out.id(*id).text(word_for(&SEVERITIES, severity));
                });
            }
            News::Arranging(share) => {
                out.text("arranging").real(*share);
            }
            News::Arranged(patch) => {
                out.text("arranged").text(patch);
            }
            News::Opened {
                name,
                text,
                report,
                positions,
                purpose,
            } => {
                out.text("opened").text(name).text(text);
                out.texts(&report.losses).text(&report.summary);
                out.texts(&report.notes);
                out.text(word_for(&POSITIONS, positions))
                    .text(word_for(&PURPOSES, purpose));
            }
            News::NotOpened { name, why, note } => {
                out.text("not opened").text(name).text(why);
                out.list(note.as_slice(), |out, note| {
                    out.text(note);
                });
            }
            News::Link(packed) => {
                out.text("link").text(packed);
            }
            News::File { name, address } => {
                out.text("file").text(name).text(address);
            }
            News::Written(written) => {
                out.text("written")
                    .text(&written.key)
                    .text(&written.name)
                    .text(&written.ending)
                    .text(&written.media_type)
                    .text(&written.text)
                    .text(word_for(&WRITE_PURPOSES, &written.purpose))
                    .list(&written.warnings, |out, warning| {
                        out.text(warning);
                    });
            }
            News::Tried(sentence, table) => {
                out.text("tried").text(sentence);
                table.write(&mut out);
            }
            News::Compared(comparison) => {
                out.text("compared");
                comparison.write(&mut out);
            }
            News::NotCompared(why) => {
                out.text("not compared").text(why);
            }
            News::TakenOver(patch) => {
                out.text("taken over").text(patch);
            }
            News::Changes {
                changes,
                done,
                failed,
            } => {
                out.text("changes").text(done).text(failed);
                out.list(changes, |out, change| change.write(out));
            }
            News::Told(words) => {
                out.text("told").text(words);
            }
            News::Download { name, text } => {
                out.text("download").text(name).text(text);
            }
            News::Wanted(errand) => {
                out.text("wanted").list(errand, |out, word| {
                    out.text(word);
                });
            }
            News::Refused(why) => {
                out.text("refused").text(why);
            }
            News::IsTable(name, text) => {
                out.text("table").text(name).text(text);
            }
            News::Form(blocks, memory) => {
                out.text("form").text(memory);
                out.list(blocks, |out, block| block.write(out));
            }
            News::Asked(blocks) => {
                out.text("asked");
                out.list(blocks, |out, block| block.write(out));
            }
        }
        out.finish()
    }

    /// The answer that was written so; `None` for anything else.
    #[must_use]
    pub fn read(texts: Vec<String>) -> Option<Self> {
        let mut from = Reader::new(texts);
        let revision = from.number()?;
        let news = match from.text()?.as_str() {
            "ready" => News::Ready,
            "stale" => News::Stale,
            "counts" => News::Counts(CountWords {
                total: from.text()?,
                reinforcing: from.text()?,
                balancing: from.text()?,
                undetermined: from.text()?,
                delayed: from.text()?,
                certainty: from.choice(&CERTAINTIES)?,
            }),
            "listing" => News::Listing(Listing {
                listed: from.number()?,
                complete_to: from.number()?,
                state: from.choice(&STATES)?,
            }),
            "shortest" => News::Shortest(from.list(Reader::ids)?),
            "loops" => News::Loops {
                window: LoopWindow::read(&mut from)?,
                total: from.number()?,
                rows: from.list(|from| {
                    Some(LoopRow {
                        polarity: from.choice(&POLARITIES)?,
                        delay: from.choice(&DELAYS)?,
                        links: from.ids()?,
                    })
                })?,
            },
            "sheet" => News::Sheet {
                kind: from.choice(&SHEETS)?,
                about: from.ids()?,
                blocks: from.list(Block::read)?,
            },
            "marks" => {
                News::Marks(from.list(|from| Some((from.id()?, from.choice(&SEVERITIES)?)))?)
            }
            "arranging" => News::Arranging(from.real()?),
            "arranged" => News::Arranged(from.text()?),
            "opened" => News::Opened {
                name: from.text()?,
                text: from.text()?,
                report: OpeningReport {
                    losses: from.list(Reader::text)?,
                    summary: from.text()?,
                    notes: from.list(Reader::text)?,
                },
                positions: from.choice(&POSITIONS)?,
                purpose: from.choice(&PURPOSES)?,
            },
            "not opened" => News::NotOpened {
                name: from.text()?,
                why: from.text()?,
                note: from.list(Reader::text)?.pop(),
            },
            "link" => News::Link(from.text()?),
            "file" => News::File {
                name: from.text()?,
                address: from.text()?,
            },
            "written" => News::Written(Written {
                key: from.text()?,
                name: from.text()?,
                ending: from.text()?,
                media_type: from.text()?,
                text: from.text()?,
                purpose: from.choice(&WRITE_PURPOSES)?,
                warnings: from.list(Reader::text)?,
            }),
            "tried" => News::Tried(from.text()?, Table::read(&mut from)?),
            "compared" => News::Compared(Comparison::read(&mut from)?),
            "not compared" => News::NotCompared(from.text()?),
            "taken over" => News::TakenOver(from.text()?),
            "changes" => News::Changes {
                done: from.text()?,
                failed: from.text()?,
                changes: from.list(TextChange::read)?,
            },
            "told" => News::Told(from.text()?),
            "download" => News::Download {
                name: from.text()?,
                text: from.text()?,
            },
            "wanted" => News::Wanted(from.list(Reader::text)?),
            "refused" => News::Refused(from.text()?),
            "table" => News::IsTable(from.text()?, from.text()?),
            "form" => {
                let memory = from.text()?;
                News::Form(from.list(Block::read)?, memory)
            }
            "asked" => News::Asked(from.list(Block::read)?),
            _ => return None,
        };
        Some(Self { revision, news })
    }
}
