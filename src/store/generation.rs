//! A whole document as it was at one time; two of them are kept, and take turns.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::codec::{Store, Unreadable};
use super::key::{Key, Slot};
use super::key_value::{KeyValue, StorageError};
use super::sealed::{seal, unseal};
use super::timeline::{Covered, Timeline};
use crate::model::{Counts, Document, Id};

/// What is said of a generation beside its text.
#[derive(Clone, Debug)]
pub struct About {
    /// Counts the generations of a document.
    pub revision: u64,
    /// When it was written, in milliseconds since the epoch.
    pub saved_at: u64,
    /// The latest Lamport time of the patches it holds.
    pub lamport: u64,
    /// Who wrote the first of its line and when: where nothing was left of a document, as after
    /// a person has cleared the site's data, a new line begins.
    pub line: String,
    /// The patches it holds.
    pub covered: Covered,
}

/// How [`About`] is written.
#[derive(Serialize, Deserialize)]
struct Heading {
    revision: u64,
    saved_at: u64,
    lamport: u64,
    /// Older versions of the program knew of one line only.
    #[serde(default)]
    line: String,
    title: String,
    variables: usize,
    links: usize,
    /// Older versions of the program did not say these two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    steps: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flows: Option<usize>,
    covered: Vec<(String, u64)>,
}

impl Heading {
    fn counts(&self) -> Option<Counts> {
        Some(Counts {
            variables: self.variables,
            links: self.links,
            steps: self.steps?,
            flows: self.flows?,
        })
    }
}

/// One generation, its text not yet read.
#[derive(Clone, Debug)]
pub struct Generation {
    /// Where it stands.
    pub slot: Slot,
    /// Tells it from every other text.
    pub checksum: String,
    /// What is said of it.
    pub about: About,
    /// The title of the document.
    pub title: String,
    /// How much it holds, where that is said.
    pub counts: Option<Counts>,
    text: String,
}

/// A text of the storage that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableText {
    /// Its key.
    pub key: String,
    /// The text, whole.
    pub text: String,
    /// Why it cannot be read.
    pub why: Unreadable,
}

/// What stands in the two places of a document.
#[derive(Clone, Debug, Default)]
pub struct Generations {
    /// The sound ones, the newest first.
    pub sound: Vec<Generation>,
    /// The others.
    pub unreadable: Vec<UnreadableText>,
}

impl Generations {
    /// Looks at both places; of the texts only the headers are read.
    pub fn look(storage: &dyn KeyValue, document: Id) -> Result<Self, StorageError> {
        let mut found = Self::default();
        for slot in Slot::BOTH {
            let key = Key::Generation { document, slot }.to_string();
            let Some(sealed) = storage.get(&key)? else {
                continue;
            };
            match open(slot, &sealed) {
                Ok(generation) => found.sound.push(generation),
                Err(why) => found.unreadable.push(UnreadableText {
                    key,
                    text: sealed,
                    why,
                }),
            }
        }
        // Equal revisions, made by two tabs at once, have some order that is the same for all.
        found
            .sound
            .sort_by_key(|generation| Reverse(generation.rank()));
        Ok(found)
    }

    /// Reads the newest that can be read, if it is `wanted`; what cannot moves to `unreadable`.
    pub fn read_newest(
        &mut self,
        store: Store<'_>,
        document: Id,
        wanted: impl Fn(&Generation) -> bool,
    ) -> Option<Timeline> {
        while let Some(newest) = self.sound.first().filter(|newest| wanted(newest)) {
            match store.codec.read_document(&newest.text) {
                Ok(read) => {
                    let about = &newest.about;
                    return Some(Timeline::new(read, about.covered.clone(), about.lamport));
                }
                Err(why) => {
                    let bad = self.sound.remove(0);
                    let slot = bad.slot;
                    self.unreadable.push(UnreadableText {
                        key: Key::Generation { document, slot }.to_string(),
                        text: bad.text,
                        why,
                    });
                }
            }
        }
        None
    }

    /// Whether a newer version of the program has written one of them.
    pub fn has_newer(&self) -> bool {
        self.unreadable
            .iter()
            .any(|text| matches!(text.why, Unreadable::Newer(_)))
    }
}

impl Generation {
    fn rank(&self) -> (u64, u64, Slot) {
        (self.about.revision, self.about.saved_at, self.slot)
    }
}

fn open(slot: Slot, sealed: &str) -> Result<Generation, Unreadable> {
    let unsealed = unseal::<Heading>(sealed)?;
    let header = unsealed.header;
    let counts = header.counts();
    let tab = |(tab, number): (String, u64)| match tab.parse() {
        Ok(tab) => Ok((tab, number)),
        Err(error) => Err(Unreadable::Damaged(format!("tab {tab}: {error}"))),
    };
    let covered = header.covered.into_iter().map(tab);
    Ok(Generation {
        slot,
        checksum: unsealed.checksum.to_owned(),
        about: About {
            revision: header.revision,
            saved_at: header.saved_at,
            lamport: header.lamport,
            line: header.line,
            covered: covered.collect::<Result<_, _>>()?,
        },
        title: header.title,
        counts,
        text: unsealed.text.to_owned(),
    })
}

/// The text to be kept for a document.
///
/// # Errors
/// The codec cannot read what it wrote: to keep such a text would be to lose the document.
pub fn written(store: Store<'_>, document: &Document, about: &About) -> Result<String, Unreadable> {
    let text = store.codec.write_document(document);
    if store.codec.read_document(&text)? != *document {
        return Err(Unreadable::Damaged(
            "the text of the diagram reads back as another diagram".to_owned(),
        ));
    }
    let covered = about.covered.iter();
    let counts = Counts::of(document);
    let header = Heading {
        revision: about.revision,
        saved_at: about.saved_at,
        lamport: about.lamport,
        line: about.line.clone(),
        title: document.properties().title.clone(),
        variables: counts.variables,
        links: counts.links,
        steps: Some(counts.steps),
        flows: Some(counts.flows),
        covered: covered
            .map(|(tab, number)| (tab.to_string(), *number))
            .collect(),
    };
    seal(&header, &text)
}
