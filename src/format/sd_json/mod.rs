//! SD-JSON: the causal models that the engines of the BEAMS initiative write (`isee-systems/sd-ai`).
//!
//! The text is an object:
//!
//! - `variables` is a list of `{name, type, equation, units, documentation}`; the type is `stock`,
//!   `flow` or `variable`;
//! - `relationships` is a list of `{from, to, polarity, reasoning, polarityReasoning}`; the polarity
//!   is `+`, `-` or left out;
//! - `feedbackLoops` is a list of `{identifier, name, links, polarity, loopset}`; its links have
//!   polarities too, and may be the only ones that do.
//!
//! The object may stand in a field `model` of another one.

mod loops;
mod lost;
mod read;

use super::error::ReadError;
use super::limits::Limits;
use super::reader::{Opened, Reader};
use crate::model::IdSource;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "an SD-JSON model",
    recognises,
    read,
};

/// Reads a model.
///
/// # Errors
/// It is not SD-JSON; the error lists everything that is wrong with it.
pub fn read(text: &str, ids: &mut IdSource) -> Result<Opened, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a model within other limits than those of files.
///
/// # Errors
/// As [`read`].
pub fn read_within(text: &str, limits: &Limits, ids: &mut IdSource) -> Result<Opened, ReadError> {
    read::read_within(text, limits, ids)
}

/// Whether the text is an object with a list of relationships, even if it is damaged elsewhere.
fn recognises(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    if !rest.starts_with('{') {
        return false;
    }
    const FIELD: &str = "\"relationships\"";
    while let Some(at) = rest.find(FIELD) {
        rest = rest[at + FIELD.len()..].trim_start();
        let value = rest.strip_prefix(':').map(str::trim_start);
        if value.is_some_and(|value| value.starts_with('[')) {
            return true;
        }
    }
    false
}
