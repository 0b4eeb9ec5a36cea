//! The text of a history, block by block: a heading in a line, then a text of the size it says.

use serde::Serialize;

use super::super::codec::Unreadable;
use super::super::header::{Fields, Header};
use super::super::sealed::{seal, unseal};

/// What is said of one version.
#[derive(Clone, Debug, Serialize)]
pub struct Heading {
    /// Its time, in milliseconds since the epoch.
    pub at: u64,
    /// Its name; empty where it has none.
    pub name: String,
    /// How long its text is, in bytes.
    pub size: usize,
}

impl Header for Heading {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self {
            at: fields.number("at")?,
            name: fields.text("name")?,
            size: fields.count("size")?,
        })
    }
}

/// What is said of the whole.
#[derive(Serialize)]
pub struct Count {
    /// How many versions there are.
    versions: usize,
}

impl Header for Count {
    fn read(fields: &Fields<'_>) -> Option<Self> {
        let versions = fields.count("versions")?;
        Some(Self { versions })
    }
}

/// The blocks of a sealed text, the newest first.
pub fn blocks(sealed: &str) -> Result<Vec<(Heading, &str)>, Unreadable> {
    let unsealed = unseal::<Count>(sealed)?;
    let mut rest = unsealed.text;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let block = (|| {
            let (line, after) = rest.split_once('\n')?;
            let heading = Heading::read(&Fields::of(line)?)?;
            let (text, after) = after.split_at_checked(heading.size)?;
            rest = after.strip_prefix('\n')?;
            Some((heading, text))
        })();
        let block = block.ok_or_else(|| {
            Unreadable::Damaged("a version of the history has not what it should".to_owned())
        });
        found.push(block?);
    }
    if found.len() != unsealed.header.versions {
        let why = "the history has not as many versions as it says".to_owned();
        return Err(Unreadable::Damaged(why));
    }
    Ok(found)
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
