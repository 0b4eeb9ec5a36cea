//! The text of a history, block by block: a heading in a line, then a text of the size it says.

use serde::{Deserialize, Serialize};

use super::super::codec::Unreadable;
use super::super::envelope::{Readers, read_envelope, write_envelope};

/// What is said of one version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    /// Its time, in milliseconds since the epoch.
    pub at: u64,
    /// Its name; empty where it has none.
    pub name: String,
    /// How long its text is, in bytes.
    pub size: usize,
}

/// What is said of the whole.
#[derive(Serialize, Deserialize)]
struct Count {
    /// How many versions there are.
    versions: usize,
}

/// The first block of a text, and what follows it.
fn split(text: &str) -> Option<((Header, &str), &str)> {
    let (line, after) = text.split_once('\n')?;
    let header: Header = serde_json::from_str(line).ok()?;
    let (text, after) = after.split_at_checked(header.size)?;
    Some(((header, text), after.strip_prefix('\n')?))
}

/// The blocks of an envelope, the newest first.
pub fn blocks(envelope: &str) -> Result<Vec<(Header, &str)>, Unreadable> {
    let opened = read_envelope::<Count>(envelope)?;
    let damaged = |why: &str| Unreadable::Damaged(format!("the history {why}"));
    let mut rest = opened.text;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (block, after) =
            split(rest).ok_or_else(|| damaged("has a version without what it should have"))?;
        found.push(block);
        rest = after;
    }
    if found.len() != opened.header.versions {
        return Err(damaged("has not as many versions as it says"));
    }
    Ok(found)
}

/// What eviction makes of a text.
pub enum Shorter {
    /// It stays as it is: it cannot be read.
    Same,
    /// Its newer half.
    Half(String),
    /// Nothing: one version is all it has.
    Nothing,
}

/// The newer half of an envelope, of which no version is read.
pub fn shorter(envelope: &str) -> Shorter {
    let Ok(opened) = read_envelope::<Count>(envelope) else {
        return Shorter::Same;
    };
    let versions = opened.header.versions / 2;
    let mut rest = opened.text;
    for _ in 0..versions {
        let Some((_, after)) = split(rest) else {
            return Shorter::Same;
        };
        rest = after;
    }
    let half = &opened.text[..opened.text.len() - rest.len()];
    match write_envelope(Readers::All, &Count { versions }, half) {
        Ok(half) if versions > 0 => Shorter::Half(half),
        _ => Shorter::Nothing,
    }
}

/// The envelope around blocks.
pub fn joined(blocks: &[(Header, &str)]) -> Option<String> {
    let mut text = String::new();
    for (header, block) in blocks {
        text.push_str(&serde_json::to_string(header).ok()?);
        text.push('\n');
        text.push_str(block);
        text.push('\n');
    }
    let versions = blocks.len();
    write_envelope(Readers::All, &Count { versions }, &text).ok()
}
