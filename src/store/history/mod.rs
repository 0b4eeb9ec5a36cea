//! The versions of a document: the newest whole, and a patch back to each older one.
//!
//! A version is taken from what the storage holds, so one that was lost in a race of two tabs is
//! part of the next. Old versions are thinned by joining patches. The text is made of blocks, the
//! newest first, so that shortening it at the old end needs no patch to be understood: that is
//! how it is evicted where the storage is full.

mod blocks;
mod evict;
mod record;

pub use evict::{Eviction, evict};
pub use record::{HistoryError, PER_DOCUMENT, Recorded, TOTAL, open, record, rewrite};

use crate::model::{Document, Patch};

use super::codec::{Store, Unreadable};
use blocks::{Header, blocks, joined};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// A version of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// When the document was so, in milliseconds since the epoch: later than every older version.
    pub at: u64,
    /// What a person has called it; then it is not thinned.
    pub name: Option<String>,
    /// The patch that leads here from the next newer version; empty for the newest.
    back: Patch,
}

/// The versions of a document. There is at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    newest: Document,
    /// The newest first.
    versions: Vec<Version>,
}

/// How long a version must stay apart from the next newer one, by its age, all in milliseconds.
const fn period(age: u64) -> u64 {
    if age < HOUR {
        MINUTE
    } else if age < DAY {
        HOUR
    } else if age < 30 * DAY {
        DAY
    } else {
        7 * DAY
    }
}

impl History {
    /// A history that begins with this document.
    #[must_use]
    pub fn new(document: Document, at: u64) -> Self {
        Self {
            newest: document,
            versions: vec![Version {
                at,
                name: None,
                back: Patch::default(),
            }],
        }
    }

    /// The versions, the newest first.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// Every version with its document, the newest first.
    pub fn documents(&self) -> impl Iterator<Item = (&Version, Document)> {
        let mut document = self.newest.clone();
        self.versions.iter().map_while(move |version| {
            document.apply(&version.back).ok()?;
            Some((version, document.clone()))
        })
    }

    /// The document as it was at a time that a version has.
    #[must_use]
    pub fn document_at(&self, at: u64) -> Option<Document> {
        let mut all = self.documents();
        all.find(|(version, _)| version.at == at)
            .map(|(_, document)| document)
    }

    /// Takes in the document as it is now, if it differs from the newest version.
    pub fn take(&mut self, document: &Document, at: u64) -> Taken {
        let back = Patch::between(document, &self.newest);
        if back.is_empty() {
            return Taken::Nothing;
        }
        let newest = self.versions.first().map_or(0, |newest| newest.at);
        if let Some(newest) = self.versions.first_mut() {
            newest.back = back;
        }
        // A clock that was set back must not mix up the order.
        let at = at.max(newest.saturating_add(1));
        self.versions.insert(
            0,
            Version {
                at,
                name: None,
                back: Patch::default(),
            },
        );
        self.newest = document.clone();
        Taken::Version
    }

    /// Gives a version a name, so that it is not thinned, or takes the name away.
    pub fn call(&mut self, at: u64, name: Option<String>) {
        for version in &mut self.versions {
            if version.at == at {
                version.name.clone_from(&name);
            }
        }
    }

    /// Joins versions that stand closer together than is of use at their age: of the last hour one
    /// a minute stays, of the last day one an hour, of the last thirty days one a day, of all time
    /// before one a week. The newest stays, and every version with a name.
    pub fn thin(&mut self, now: u64) {
        let mut last = None;
        self.keep_only(|index, version| {
            let period = period(now.saturating_sub(version.at));
            let stretch = (period, version.at / period);
            let first_of_stretch = last.replace(stretch) != Some(stretch);
            first_of_stretch || index == 0
        });
    }

    /// Keeps the newest version and those with a name, and joins all others.
    pub fn thin_hard(&mut self) {
        self.keep_only(|index, _| index == 0);
    }

    /// Keeps the versions with a name and those that are wanted; the patches of the others become
    /// part of the next older one's.
    fn keep_only(&mut self, mut wanted: impl FnMut(usize, &Version) -> bool) {
        let mut kept: Vec<Version> = Vec::new();
        let mut joined: Option<Patch> = None;
        for (index, mut version) in std::mem::take(&mut self.versions).into_iter().enumerate() {
            let keep = wanted(index, &version) || version.name.is_some();
            if let Some(before) = joined.take() {
                version.back = before.then(version.back);
            }
            if keep {
                kept.push(version);
            } else {
                joined = Some(version.back);
            }
        }
        self.versions = kept;
    }

    /// The history as a text of the storage of at most so many bytes: the oldest versions without
    /// a name go first, then the oldest. `None` where even the newest is too long.
    #[must_use]
    pub fn written(&mut self, store: Store<'_>, longest: usize) -> Option<String> {
        loop {
            let parts = self.versions.iter().enumerate().map(|(index, version)| {
                let text = match index {
                    0 => store.codec.write_document(&self.newest),
                    _ => store.codec.write_patch(&version.back),
                };
                let header = Header {
                    at: version.at,
                    name: version.name.clone().unwrap_or_default(),
                    size: text.len(),
                };
                (header, text)
            });
            let parts: Vec<(Header, String)> = parts.collect();
            let borrowed: Vec<(Header, &str)> = parts
                .iter()
                .map(|(header, text)| (header.clone(), text.as_str()))
                .collect();
            let text = joined(&borrowed)?;
            if text.len() <= longest {
                return Some(text);
            }
            if self.versions.len() < 2 {
                return None;
            }
            let over = text.len() - longest;
            self.drop_oldest(over, &parts);
        }
    }

    /// Drops old versions of at least so many bytes, but never the newest.
    fn drop_oldest(&mut self, bytes: usize, parts: &[(Header, String)]) {
        let last = self.versions.len() - 1;
        if let Some(oldest) = self.versions.last()
            && oldest.name.is_some()
            && let Some(index) = (1..last).rev().find(|at| self.versions[*at].name.is_none())
        {
            // Behind an older one with a name: its patch becomes part of that one's.
            self.keep_only(|at, _| at != index);
            return;
        }
        let mut freed = 0;
        while freed < bytes && self.versions.len() > 1 {
            let index = self.versions.len() - 1;
            if freed > 0 && self.versions[index].name.is_some() {
                break;
            }
            freed += parts.get(index).map_or(0, |(_, text)| text.len());
            self.versions.pop();
        }
    }

    /// The history of a text of the storage.
    ///
    /// # Errors
    /// It is damaged, or a newer version of the program wrote it.
    pub fn read(store: Store<'_>, text: &str) -> Result<Self, Unreadable> {
        let damaged = |why: &str| Unreadable::Damaged(format!("the history: {why}"));
        let parts = blocks(text)?;
        let mut parts = parts.into_iter();
        let (header, text) = parts.next().ok_or_else(|| damaged("there is none"))?;
        let newest = store.codec.read_document(text)?;
        let version = |header: Header, back: Patch| Version {
            at: header.at,
            name: (!header.name.is_empty()).then_some(header.name),
            back,
        };
        let mut versions = vec![version(header, Patch::default())];
        let mut document = newest.clone();
        for (header, text) in parts {
            let back = store.codec.read_patch(text)?;
            document
                .apply(&back)
                .map_err(|error| damaged(&error.to_string()))?;
            if versions.last().is_none_or(|newer| newer.at <= header.at) {
                return Err(damaged("its versions are not in order"));
            }
            versions.push(version(header, back));
        }
        Ok(Self { newest, versions })
    }
}

/// What came of taking in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A version more.
    Version,
    /// Nothing: it is the newest version already.
    Nothing,
}
