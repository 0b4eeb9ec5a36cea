//! A snapshot: a whole document as it was at one time. Two of them are kept, and take turns.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::codec::{Store, Unreadable};
use super::envelope::{Readers, read_envelope, write_envelope};
use super::key::{Key, Slot};
use super::key_value::{KeyValue, StorageError};
use super::room_base::{Place, RoomHead};
use super::timeline::{Covered, Timeline};
use crate::model::{Counts, Document, Id};

/// What is known of a snapshot beside its text.
#[derive(Clone, Debug)]
pub struct About {
    /// Counts the snapshots of a document.
    pub revision: u64,
    /// When it was written, in milliseconds since the epoch.
    pub saved_at: u64,
    /// The latest Lamport time of the patches it holds.
    pub lamport: u64,
    /// The id of its lineage: who wrote the first snapshot of it, and when. A new lineage begins
    /// where nothing was left of a document, as after a person has cleared the site's data.
    pub lineage: String,
    /// The patches it holds. In a room also those that everybody has let go.
    pub covered: Covered,
    /// Whether the document is in a room.
    pub place: Place,
}

/// How [`About`] is written.
#[derive(Serialize, Deserialize)]
struct Header {
    revision: u64,
    saved_at: u64,
    lamport: u64,
    /// Older versions of the program knew of one lineage only.
    #[serde(default, rename = "line")]
    lineage: String,
    title: String,
    variables: usize,
    links: usize,
    /// Older versions of the program did not write these two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    steps: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flows: Option<usize>,
    covered: Vec<(String, u64)>,
    /// Most documents were never in a room.
    #[serde(default, rename = "room", skip_serializing_if = "Place::is_alone")]
    place: Place,
}

impl Header {
    fn counts(&self) -> Option<Counts> {
        Some(Counts {
            variables: self.variables,
            links: self.links,
            steps: self.steps?,
            flows: self.flows?,
        })
    }
}

/// One snapshot, its text not yet read.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its slot.
    pub slot: Slot,
    /// Tells it from every other text.
    pub checksum: String,
    /// What is known of it.
    pub about: About,
    /// The title of the document.
    pub title: String,
    /// How much it holds, if its header has that.
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

/// What is in the two slots of a document.
#[derive(Clone, Debug, Default)]
pub struct Snapshots {
    /// The sound ones, the newest first.
    pub sound: Vec<Snapshot>,
    /// The others.
    pub unreadable: Vec<UnreadableText>,
}

impl Snapshots {
    /// Looks at both slots, and reads only the headers of the texts.
    pub fn look(storage: &dyn KeyValue, document: Id) -> Result<Self, StorageError> {
        let mut found = Self::default();
        for slot in Slot::BOTH {
            let key = Key::Snapshot { document, slot }.to_string();
            let Some(envelope) = storage.get(&key)? else {
                continue;
            };
            match open(slot, &envelope) {
                Ok(snapshot) => found.sound.push(snapshot),
                Err(why) => found.unreadable.push(UnreadableText {
                    key,
                    text: envelope,
                    why,
                }),
            }
        }
        // Equal revisions, made by two tabs at once, get an order that is the same in every tab.
        found.sound.sort_by_key(|snapshot| Reverse(snapshot.rank()));
        if let [first, second] = found.sound.as_slice()
            && let (Place::Room(head), Place::Room(other)) =
                (&first.about.place, &second.about.place)
            && other.is_ahead_of(&second.about.covered, head, &first.about.covered)
        {
            found.sound.reverse();
        }
        Ok(found)
    }

    /// Reads the newest that can be read, if it is `wanted`; what cannot moves to `unreadable`.
    pub fn read_newest(
        &mut self,
        store: Store<'_>,
        document: Id,
        wanted: impl Fn(&Snapshot) -> bool,
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
                        key: Key::Snapshot { document, slot }.to_string(),
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

impl Snapshot {
    /// What counts first is whether it says something of a room: a tab that knows nothing of rooms
    /// must not end one, and who has left one is not in it again.
    fn rank(&self) -> (u8, u64, u64, Slot) {
        let place = match self.about.place {
            Place::Alone => 0,
            Place::Room(_) => 1,
            Place::Left => 2,
        };
        (place, self.about.revision, self.about.saved_at, self.slot)
    }

    /// The snapshot of the room that it is, if it is one.
    pub fn head(&self) -> Option<&RoomHead> {
        self.about.place.head()
    }
}

fn open(slot: Slot, envelope: &str) -> Result<Snapshot, Unreadable> {
    let opened = read_envelope::<Header>(envelope)?;
    let header = opened.header;
    let counts = header.counts();
    let tab = |(tab, number): (String, u64)| match tab.parse() {
        Ok(tab) => Ok((tab, number)),
        Err(error) => Err(Unreadable::Damaged(format!("tab {tab}: {error}"))),
    };
    let covered = header.covered.into_iter().map(tab);
    Ok(Snapshot {
        slot,
        checksum: opened.checksum.to_owned(),
        about: About {
            revision: header.revision,
            saved_at: header.saved_at,
            lamport: header.lamport,
            lineage: header.lineage,
            covered: covered.collect::<Result<_, _>>()?,
            place: header.place,
        },
        title: header.title,
        counts,
        text: opened.text.to_owned(),
    })
}

/// The text to be kept for a document.
///
/// # Errors
/// The codec cannot read what it wrote. Keeping such a text would lose the document.
pub fn written(store: Store<'_>, document: &Document, about: &About) -> Result<String, Unreadable> {
    let text = store.codec.write_document(document);
    if store.codec.read_document(&text)? != *document {
        return Err(Unreadable::Damaged(
            "the text of the diagram reads back as another diagram".to_owned(),
        ));
    }
    let covered = about.covered.iter();
    let counts = Counts::of(document);
    let header = Header {
        revision: about.revision,
        saved_at: about.saved_at,
        lamport: about.lamport,
        lineage: about.lineage.clone(),
        title: document.properties().title.clone(),
        variables: counts.variables,
        links: counts.links,
        steps: Some(counts.steps),
        flows: Some(counts.flows),
        covered: covered
            .map(|(tab, number)| (tab.to_string(), *number))
            .collect(),
        place: about.place.clone(),
    };
    let readers = match about.place {
        Place::Room(_) => Readers::KnowRooms,
        Place::Alone | Place::Left => Readers::All,
    };
    write_envelope(readers, &header, &text)
}
