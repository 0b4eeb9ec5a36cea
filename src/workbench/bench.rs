//! The state of the workbench: the document, and the jobs that are under way.

use super::answer::{Answer, News};
use super::arranging::Arranging;
use super::listing::LoopListing;
use super::request::{ReadFor, Request, SheetKind, TextFormat};
use super::sheets::SheetJob;
use crate::causal::Progress;
use crate::format::{self, json, read_patch};
use crate::model::{Document, Id, IdSource};

/// Whether there is work left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// There is nothing to do until something is asked.
    None,
    /// [`Bench::advance`] goes on with it.
    Waits,
}

/// The workbench. It holds a copy of the document of the page, and at most one job of each kind
/// and one for each kind of sheet: a new request of a kind takes the place of the one before, and
/// a change of the document ends all of them.
#[derive(Debug)]
pub struct Bench {
    document: Document,
    /// The number of the document; none before the first.
    revision: Option<u64>,
    ids: IdSource,
    listing: Option<LoopListing>,
    /// The sheets that are wanted, the next one first.
    sheets: Vec<SheetJob>,
    arranging: Option<Arranging>,
}

impl Default for Bench {
    fn default() -> Self {
        Self {
            document: Document::default(),
            revision: None,
            ids: IdSource::new(0),
            listing: None,
            sheets: Vec::new(),
            arranging: None,
        }
    }
}

impl Bench {
    /// Takes a request, and answers what can be answered at once.
    pub fn take(&mut self, request: Request) -> Vec<Answer> {
        let news = match request {
            Request::Document {
                revision,
                seed,
                text,
            } => match json::read(&text) {
                Ok(opened) => {
                    self.ids = IdSource::new(seed);
                    self.set_document(opened.document, revision);
                    Vec::new()
                }
                Err(error) => vec![News::Refused(format!(
                    "The diagram cannot be analysed: {error}"
                ))],
            },
            Request::Patch { revision, text } => self.change(revision, &text),
            Request::Read {
                text,
                name,
                purpose,
            } => vec![self.opened(text, name, purpose)],
            Request::Drive(drive) => match &mut self.listing {
                Some(listing) => listing.drive(drive),
                None => Vec::new(),
            },
            _ if self.revision.is_none() => vec![News::Stale],
            Request::Search => {
                let listing = LoopListing::new(&self.document);
                let news = listing.news();
                self.listing = Some(listing);
                news
            }
            Request::Loops(window) => {
                let listing = self
                    .listing
                    .get_or_insert_with(|| LoopListing::new(&self.document));
                listing.ask(window, &self.document);
                Vec::new()
            }
            Request::Sheet(kind, about) => self.begin_sheet(kind, about),
            Request::Arrange { mode, only, sizes } => {
                self.arranging = Some(Arranging::new(&self.document, mode, only, sizes));
                Vec::new()
            }
            Request::StopArranging => {
                self.arranging = None;
                Vec::new()
            }
            Request::Write(format) => {
                let export = match format {
                    TextFormat::Csv => format::csv::write(&self.document),
                    TextFormat::Dot => format::dot(&self.document),
                    TextFormat::Mermaid => format::mermaid(&self.document),
                };
                let warnings = export.warnings.into_iter();
                let warnings = warnings.map(|warning| warning.to_string()).collect();
                vec![News::Written(format, export.text, warnings)]
            }
        };
        self.answers(news)
    }

    /// Works on for about `budget` steps of the job that matters most now.
    pub fn advance(&mut self, budget: u64) -> Vec<Answer> {
        let news = if let Some(arranging) = &mut self.arranging {
            let (progress, news) = arranging.advance(budget, &self.document);
            if progress == Progress::Finished {
                self.arranging = None;
            }
            news
        } else if let Some(sheet) = self.sheets.first_mut() {
            match sheet.advance(budget, &self.document, &mut self.ids) {
                Some(news) => {
                    self.sheets.remove(0);
                    news
                }
                None => Vec::new(),
            }
        } else if let Some(listing) = &mut self.listing {
            listing.advance(budget, &self.document)
        } else {
            Vec::new()
        };
        self.answers(news)
    }

    /// Whether there is work left.
    #[must_use]
    pub fn work(&self) -> Work {
        let lists = self.listing.as_ref().map(LoopListing::work);
        let sheets = !self.sheets.is_empty();
        if self.arranging.is_some() || sheets || lists == Some(Work::Waits) {
            Work::Waits
        } else {
            Work::None
        }
    }

    fn answers(&self, news: Vec<News>) -> Vec<Answer> {
        let revision = self.revision.unwrap_or(0);
        let answers = news.into_iter();
        answers.map(|news| Answer { revision, news }).collect()
    }

    fn set_document(&mut self, document: Document, revision: u64) {
        self.document = document;
        self.revision = Some(revision);
        self.listing = None;
        self.sheets.clear();
        self.arranging = None;
    }

    fn change(&mut self, revision: u64, text: &str) -> Vec<News> {
        let in_step = self.revision.is_some_and(|now| now + 1 == revision);
        let patch = read_patch(text).ok().filter(|_| in_step);
        let mut document = std::mem::take(&mut self.document);
        match patch {
            Some(patch) if document.apply(&patch).is_ok() => {
                self.set_document(document, revision);
                Vec::new()
            }
            // The page and the workbench have come apart: it sends the document whole.
            _ => {
                self.set_document(Document::default(), 0);
                self.revision = None;
                vec![News::Stale]
            }
        }
    }

    fn begin_sheet(&mut self, kind: SheetKind, about: Vec<Id>) -> Vec<News> {
        self.sheets.retain(|sheet| sheet.kind() != kind);
        self.sheets.push(SheetJob::new(kind, about, &self.document));
        Vec::new()
    }

    fn opened(&mut self, text: String, name: String, purpose: ReadFor) -> News {
        match format::open_text(&text, &mut self.ids) {
            Ok(opened) => News::Opened {
                name,
                text: json::write(&opened.document),
                warnings: opened.warnings.iter().map(ToString::to_string).collect(),
                positions: opened.positions,
                purpose,
            },
            Err(error) => News::NotOpened {
                name,
                why: error.to_string(),
                // What is no diagram at all is pasted as a note.
                note: match (purpose, &error) {
                    (ReadFor::Pasting, format::OpenError::Unknown { .. }) => Some(text),
                    _ => None,
                },
            },
        }
    }
}
