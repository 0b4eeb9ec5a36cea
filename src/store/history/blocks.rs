//! The text of a history, block by block: a heading in a line, then a text of the size it says.

use serde::{Deserialize, Serialize};

use super::super::codec::Unreadable;
use super::super::sealed::{seal, unseal};

/// What is said of one version.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Heading {
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
fn split(text: &str) -> Option<((Heading, &str), &str)> {
    let (line, after) = text.split_once('\n')?;
    let heading: Heading = serde_json::from_str(line).ok()?;
    let (text, after) = after.split_at_checked(heading.size)?;
    Some(((heading, text), after.strip_prefix('\n')?))
}

/// The blocks of a sealed text, the newest first.
pub fn blocks(sealed: &str) -> Result<Vec<(Heading, &str)>, Unreadable> {
    let unsealed = unseal::<Count>(sealed)?;
    let damaged = |why: &str| Unreadable::Damaged(format!("the history {why}"));
    let mut rest = unsealed.text;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (block, after) =
            split(rest).ok_or_else(|| damaged("has a version without what it should have"))?;
        found.push(block);
        rest = after;
    }
    if found.len() != unsealed.header.versions {
        return Err(damaged("has not as many versions as it says"));
    }
    Ok(found)
}

/// What becomes of a text that gives way.
pub enum Shorter {
    /// It stays as it is: it cannot be read.
    Same,
    /// Its newer half.
    Half(String),
    /// Nothing: one version is all it has.
    Nothing,
}

/// The newer half of a sealed text, of which no version is read.
pub fn shorter(sealed: &str) -> Shorter {
    let Ok(unsealed) = unseal::<Count>(sealed) else {
        return Shorter::Same;
    };
    let versions = unsealed.header.versions / 2;
    let mut rest = unsealed.text;
    for _ in 0..versions {
        let Some((_, after)) = split(rest) else {
            return Shorter::Same;
        };
        rest = after;
    }
    let half = &unsealed.text[..unsealed.text.len() - rest.len()];
    match seal(&Count { versions }, half) {
        Ok(half) if versions > 0 => Shorter::Half(half),
        _ => Shorter::Nothing,
    }
}

/// The sealed text of blocks.
pub fn joined(blocks: &[(Heading, &str)]) -> Option<String> {
    let mut text = String::new();
    for (heading, block) in blocks {
        text.push_str(&serde_json::to_string(heading).ok()?);
        text.push('\n');
        text.push_str(block);
        text.push('\n');
    }
    let versions = blocks.len();
    seal(&Count { versions }, &text).ok()
}
