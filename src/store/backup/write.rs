//! Writing a backup.

use serde_json::json;

use super::super::codec::Store;
use super::super::key::Key;
use super::super::key_value::StorageError;
use super::super::library;
use super::super::quarantine;
use super::super::read::{OpenError, read};
use super::{Entry, FORMAT, Kind, VERSION};
use crate::model::{Document, Id};

/// What a backup has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// Documents that can be read, the deleted ones among them.
    pub documents: usize,
    /// How many of these are deleted.
    pub deleted: usize,
    /// Histories.
    pub histories: usize,
    /// Texts that cannot be read, as they are.
    pub texts: usize,
}

/// Everything that is kept, as one text.
///
/// `unsaved` is a document that could not be kept, with the id that it gets in the backup.
///
/// # Errors
/// The storage cannot be read.
pub fn write(
    store: Store<'_>,
    unsaved: Option<(Id, &Document)>,
    now: u64,
) -> Result<String, StorageError> {
    let mut entries = entries(store)?;
    entries.extend(unsaved.map(|(id, document)| {
        Entry {
            kind: Kind::Document,
            key: id.to_string(),
            title: document.properties().title.clone(),
            changed: now,
            deleted: None,
            checksum: String::new(),
            text: store.codec.write_document(document),
        }
        .with_checksum()
    }));
    let lines: Vec<String> = entries
        .iter()
        .filter_map(|entry| serde_json::to_string(entry).ok())
        .collect();
    let head = json!({"format": FORMAT, "version": VERSION, "made": now}).to_string();
    let head = head.strip_suffix('}').unwrap_or(&head);
    Ok(format!(
        "{head},\"entries\":[\n{}\n]}}\n",
        lines.join(",\n")
    ))
}

/// What a backup made now would have.
///
/// # Errors
/// The storage cannot be read.
pub fn contents(store: Store<'_>) -> Result<Contents, StorageError> {
    let mut contents = Contents::default();
    for entry in entries(store)? {
        match entry.kind {
            Kind::Document => {
                contents.documents += 1;
                contents.deleted += usize::from(entry.deleted.is_some());
            }
            Kind::History => contents.histories += 1,
            Kind::Text => contents.texts += 1,
        }
    }
    Ok(contents)
}

fn entries(store: Store<'_>) -> Result<Vec<Entry>, StorageError> {
    let mut entries = Vec::new();
    let mut add = |kind, key: String, text: String, title: String, changed, deleted| {
        let entry = Entry {
            kind,
            key,
            title,
            changed,
            deleted,
            checksum: String::new(),
            text,
        };
        entries.push(entry.with_checksum());
    };
    for listed in library::list(store)? {
        let id = listed.id;
        match read(store, id) {
            Ok(document) => {
                let title = document.properties().title.clone();
                let changed = match listed.contents {
                    library::Contents::Sound { changed_at, .. } => changed_at,
                    library::Contents::Unreadable => 0,
                };
                let text = store.codec.write_document(&document);
                let key = id.to_string();
                add(Kind::Document, key, text, title, changed, listed.deleted_at);
            }
            Err(OpenError::Newer { texts } | OpenError::Damaged { texts }) => {
                for text in texts {
                    add(Kind::Text, text.key, text.text, String::new(), 0, None);
                }
            }
            Err(OpenError::Storage(error)) => return Err(error),
            Err(OpenError::NotFound) => {}
        }
        let key = Key::History(id).to_string();
        if let Some(text) = store.storage.get(&key)? {
            add(Kind::History, key, text, String::new(), 0, None);
        }
    }
    for one in quarantine::list(store.storage)? {
        add(Kind::Text, one.key, one.text, String::new(), 0, None);
    }
    Ok(entries)
}
