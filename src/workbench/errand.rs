//! Errands: what is done with the storage away from the page, which lends its texts for it.
//!
//! The worker cannot reach the storage. So the page sends copies of the texts with the errand, and
//! gets back which are to change; it changes those that still are what they were.

use super::texts::{Reader, Writer};
use crate::model::Id;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Take a version of a document.
    Record(Id),
    /// Take a version, and tell of all there are.
    History(Id),
    /// Compare a version with the document as it is; versions are told by their times.
    CompareWith(Id, u64),
    /// The patch that leads back to a version.
    Restore(Id, u64),
    /// Never thin a version.
    Keep(Id, u64),
    /// Let a version be thinned again.
    LetGo(Id, u64),
    /// Tell what is used, by what, and what can go; and what the browser has promised.
    Storage(String),
    /// Join all versions that are not kept, of all documents.
    ThinAll,
    /// Remove for good what is deleted.
    EmptyBin,
    /// Hand over what was set aside.
    DownloadAside,
    /// Discard what was set aside.
    DiscardAside,
    /// Hand over everything in one file.
    BackUp,
    /// Restore the backup that was opened last.
    RestoreBackup,
}

impl Errand {
    /// The errand as words, which [`Call`] carries.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let (name, document, at) = match self {
            Self::Record(id) => ("record", Some(id), None),
            Self::History(id) => ("history", Some(id), None),
            Self::CompareWith(id, at) => ("compare", Some(id), Some(at)),
            Self::Restore(id, at) => ("restore", Some(id), Some(at)),
            Self::Keep(id, at) => ("keep", Some(id), Some(at)),
            Self::LetGo(id, at) => ("let go", Some(id), Some(at)),
            Self::Storage(promise) => return vec!["storage".to_owned(), promise.clone()],
            Self::ThinAll => ("thin all", None, None),
            Self::EmptyBin => ("empty bin", None, None),
            Self::DownloadAside => ("download aside", None, None),
            Self::DiscardAside => ("discard aside", None, None),
            Self::BackUp => ("back up", None, None),
            Self::RestoreBackup => ("restore backup", None, None),
        };
        let mut words = vec![name.to_owned()];
        words.extend(document.map(Id::to_string));
        words.extend(at.map(u64::to_string));
        words
    }

    /// The errand of these words; `None` for anything else.
    #[must_use]
    pub fn of(words: &[String]) -> Option<Self> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let id = |word: &str| word.parse::<Id>().ok();
        Some(match words[..] {
            ["record", of] => Self::Record(id(of)?),
            ["history", of] => Self::History(id(of)?),
            ["compare", of, at] => Self::CompareWith(id(of)?, at.parse().ok()?),
            ["restore", of, at] => Self::Restore(id(of)?, at.parse().ok()?),
            ["keep", of, at] => Self::Keep(id(of)?, at.parse().ok()?),
            ["let go", of, at] => Self::LetGo(id(of)?, at.parse().ok()?),
            ["storage", promise] => Self::Storage(promise.to_owned()),
            ["thin all"] => Self::ThinAll,
            ["empty bin"] => Self::EmptyBin,
            ["download aside"] => Self::DownloadAside,
            ["discard aside"] => Self::DiscardAside,
            ["back up"] => Self::BackUp,
            ["restore backup"] => Self::RestoreBackup,
            _ => return None,
        })
    }
}

/// An errand with what the page lends for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// What is to be done, as [`Errand::words`] has it.
    pub errand: Vec<String>,
    /// The time, in milliseconds since the epoch.
    pub now: u64,
    /// Entropy.
    pub seed: u64,
    /// How much of the storage is used beside these texts, in letters.
    pub elsewhere: u64,
    /// Keys and texts of the storage.
    pub texts: Vec<(String, String)>,
}

/// A text of the storage that is to change, if it still is what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// Its key.
    pub key: String,
    /// The checksum of what it was; `None` where there was none.
    pub before: Option<String>,
    /// What it becomes; `None` where it goes.
    pub after: Option<String>,
}

impl Call {
    pub(super) fn write(&self, out: &mut Writer) {
        out.list(&self.errand, |out, word| {
            out.text(word);
        });
        out.number(self.now)
            .number(self.seed)
            .number(self.elsewhere)
            .list(&self.texts, |out, (key, text)| {
                out.text(key).text(text);
            });
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            errand: from.list(Reader::text)?,
            now: from.number()?,
            seed: from.number()?,
            elsewhere: from.number()?,
            texts: from.list(|from| Some((from.text()?, from.text()?)))?,
        })
    }
}

impl TextChange {
    pub(super) fn write(&self, out: &mut Writer) {
        out.text(&self.key);
        for side in [&self.before, &self.after] {
            out.list(side.as_slice(), |out, text| {
                out.text(text);
            });
        }
    }

    pub(super) fn read(from: &mut Reader) -> Option<Self> {
        Some(Self {
            key: from.text()?,
            before: from.list(Reader::text)?.pop(),
            after: from.list(Reader::text)?.pop(),
        })
    }
}
