//! Restoring a backup: what is missing comes back, and nothing is written over.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::codec::{Store, Unreadable};
use super::super::envelope::checksum;
use super::super::history::History;
use super::super::key::Key;
use super::super::key_value::StorageError;
use super::super::library;
use super::super::open_document::OpenDocument;
use super::super::read::read;
use super::super::rooms;
use super::{Entry, Kind, VERSION};
use crate::model::{Document, Edit, Id, Properties};

/// What came of restoring a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that came back, by their titles.
    pub restored: Vec<String>,
    /// Documents that came as copies, since others stand in their place.
    pub copies: Vec<String>,
    /// How many documents were here already.
    pub same: usize,
    /// How many histories came back.
    pub histories: usize,
    /// How many texts that cannot be read came back.
    pub texts: usize,
    /// What was not restored, and why not: a sentence each.
    pub lost: Vec<String>,
}

/// Restores a backup; documents that differ from what is here become copies.
///
/// `tab` names this restoring as a tab would be; `called` is added to the title of a copy.
///
/// # Errors
/// The storage failed.
pub fn restore(
    store: Store<'_>,
    text: &str,
    tab: Id,
    called: &str,
    now: u64,
) -> Result<Report, StorageError> {
    let mut report = Report::default();
    let entries = match entries(text, &mut report) {
        Some(entries) => entries,
        None => return Ok(report),
    };
    let before: BTreeSet<Id> = library::list(store)?
        .into_iter()
        .map(|one| one.id)
        .collect();
    let mut mine = BTreeSet::new();
    for entry in &entries {
        if entry.kind == Kind::Document {
            restore_document(store, entry, tab, called, now, &mut mine, &mut report)?;
        }
    }
    for entry in &entries {
        match (entry.kind, Key::parse(&entry.key)) {
            (Kind::Document, _) => {}
            (Kind::History, Some(Key::History(id))) => {
                let missing = store.storage.get(&entry.key)?.is_none();
                let sound = History::read(store, &entry.text).is_ok();
                if missing && sound && mine.contains(&id) {
                    store.storage.set(&entry.key, &entry.text)?;
                    report.histories += 1;
                }
            }
            // A part of a document that cannot be read: it may only come where there is nothing.
            (Kind::Text, Some(Key::Snapshot { document, .. } | Key::Journal { document, .. }))
                if !before.contains(&document) && !mine.contains(&document) =>
            {
                store.storage.set(&entry.key, &entry.text)?;
                report.texts += 1;
            }
            (Kind::Text, Some(Key::Quarantine { .. })) => {
                if store.storage.get(&entry.key)?.is_none() {
                    store.storage.set(&entry.key, &entry.text)?;
                    report.texts += 1;
                }
            }
            (Kind::Text, Some(Key::Snapshot { .. } | Key::Journal { .. })) => {}
            _ => report.lost.push(format!(
                "What is called {} is nothing that Loopstream keeps.",
                short(&entry.key)
            )),
        }
    }
    Ok(report)
}

fn restore_document(
    store: Store<'_>,
    entry: &Entry,
    tab: Id,
    called: &str,
    now: u64,
    mine: &mut BTreeSet<Id>,
    report: &mut Report,
) -> Result<(), StorageError> {
    let name = match entry.title.trim() {
        "" => "An untitled diagram".to_owned(),
        title => short(title),
    };
    let document = match store.codec.read_document(&entry.text) {
        Ok(document) => document,
        Err(Unreadable::Newer(why) | Unreadable::Damaged(why)) => {
            report.lost.push(format!("{name} cannot be read: {why}."));
            return Ok(());
        }
    };
    let Ok(id) = entry.key.parse::<Id>() else {
        report
            .lost
            .push(format!("{name} has no name to be kept under."));
        return Ok(());
    };
    // A copy has an id that follows from what it is: the same backup makes it only once.
    let sum = checksum(&format!("{id}\n{}", entry.text));
    let copy_id = u64::from_str_radix(&sum, 16).map_or(id, Id::from_bits);
    let copy = entitled(document.clone(), called);
    for (id, document, is_copy) in [(id, document, false), (copy_id, copy, true)] {
        if is_there(store, id)? {
            if read(store, id).as_ref() == Ok(&document) {
                if entry.deleted.is_none() && library::is_deleted(store.storage, id)? {
                    library::restore(store.storage, id)?;
                    report.restored.push(name);
                } else {
                    report.same += 1;
                }
                return Ok(());
            }
            continue;
        }
        // Whatever room it was in: what comes out of a backup is a document of its own.
        rooms::forget(store.storage, id)?;
        // Its time stays what it was; `now` only bounds it.
        let at = entry.changed.min(now);
        let open = OpenDocument::create(store, id, document, tab, at);
        if let super::super::SaveState::NotSaved { why } = open.state() {
            report.lost.push(format!("{name} was not kept: {why}"));
            return Ok(());
        }
        if is_copy {
            report.copies.push(name);
        } else {
            if let Some(deleted) = entry.deleted {
                library::delete(store.storage, id, deleted)?;
            }
            mine.insert(id);
            report.restored.push(name);
        }
        return Ok(());
    }
    report.lost.push(format!(
        "{name} differs from what is here, and from its copy that is here."
    ));
    Ok(())
}

/// Whether anything of a document is kept.
fn is_there(store: Store<'_>, of: Id) -> Result<bool, StorageError> {
    let keys = store.storage.keys()?;
    Ok(keys.iter().any(|key| match Key::parse(key) {
        Some(Key::Snapshot { document, .. } | Key::Journal { document, .. }) => document == of,
        _ => false,
    }))
}

/// The document with something added to its title.
fn entitled(mut document: Document, called: &str) -> Document {
    let title = match document.properties().title.as_str() {
        "" => "Untitled",
        title => title,
    };
    let mut edit = Edit::new(&document);
    edit.set_properties(Properties {
        title: format!("{title} ({called})"),
        ..document.properties().clone()
    });
    let patch = edit.finish();
    // A title over its limit is refused, and the copy keeps the old one.
    let _ = document.apply(&patch);
    document
}

/// The sound entries of a text; what is not sound is reported. `None` where nothing can be read.
fn entries(text: &str, report: &mut Report) -> Option<Vec<Entry>> {
    let root: Result<Value, _> = serde_json::from_str(text);
    let newest = root.as_ref().ok().and_then(|root| root["version"].as_u64());
    if newest.is_some_and(|version| version > VERSION) {
        let why =
            "A newer version of Loopstream wrote this backup. Reload the page, then try again.";
        report.lost.push(why.to_owned());
        return None;
    }
    let listed = root
        .ok()
        .and_then(|mut root| match root.get_mut("entries")?.take() {
            Value::Array(entries) => Some(entries),
            _ => None,
        });
    let values: Vec<Option<Value>> = match listed {
        Some(entries) => entries.into_iter().map(Some).collect(),
        // Damaged somewhere, perhaps in the word itself: an entry stands in a line.
        None => {
            let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
            let lines =
                lines.filter(|line| line.starts_with("{\"kind\"") || line.contains("\"checksum\""));
            let values = lines.map(|line| serde_json::from_str(line).ok());
            values.chain([None]).collect()
        }
    };
    let mut entries = Vec::new();
    let mut damaged = 0_usize;
    for value in values {
        let entry = value.and_then(|value| serde_json::from_value::<Entry>(value).ok());
        match entry.filter(|entry| entry.sum() == entry.checksum) {
            Some(entry) => entries.push(entry),
            None => damaged += 1,
        }
    }
    if damaged > 0 {
        let why = "The backup is damaged: what was damaged in it was left out.";
        report.lost.push(why.to_owned());
    }
    if entries.is_empty() && damaged == 0 {
        report.lost.push("The backup is empty.".to_owned());
    }
    Some(entries)
}

/// A text short enough for a message.
fn short(text: &str) -> String {
    let mut letters = text.chars();
    let short: String = letters.by_ref().take(60).collect();
    match letters.next() {
        Some(_) => format!("{short}…"),
        None => short,
    }
}
