//! SageModeler (concord-consortium/building-models): the file that it saves.
//!
//! The text is an object:
//!
//! - `nodes` is a list of `{key, data: {title, x, y, isAccumulator, ...}}`; in the first versions
//!   the fields of `data` stand in the node itself;
//! - `links` is a list of `{sourceNode, targetNode, title, relation: {type, text, formula},
//!   reasoning, transferNode}`.
//!
//! The sign of a relation is how its formula begins (`relation-factory.ts`): `1 *` rises, `maxIn -`
//! falls, `+in` is added, `-in` is subtracted. A transfer drains one accumulator and fills another,
//! and so its valve lowers the one and raises the other.
//!
//! The page of SageModeler saves and shares this object in the field `content` of another one, and
//! CODAP in the state of one of its components, as an object or as a text: the model is looked for
//! (`model.rs`).
//!
//! It is read and not written: a file of SageModeler holds a palette of pictures, and nobody has
//! shown that one without them opens there.

mod model;
mod read;
mod relation;

use super::error::ReadError;
use super::lenient_json::has_list;
use super::limits::Limits;
use super::reader::{ImportResult, Reader};
use crate::model::IdSource;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a SageModeler model",
    recognises,
    read,
};

/// Whether it has the two lists, and a field that only SageModeler has; all that may stand in
/// another object, also as a text.
fn recognises(text: &str) -> bool {
    const OWN: [&str; 3] = ["\"sourceNode", "\"paletteItem\"", "\"isAccumulator\""];
    const IN_TEXT: [&str; 2] = ["\\\"sourceNode", "\\\"isAccumulator\\\""];
    let is_object = text
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .starts_with('{');
    let has_lists = has_list(text, "nodes") && has_list(text, "links");
    let has = |fields: &[&str]| fields.iter().any(|field| text.contains(field));
    has_lists && has(&OWN) || is_object && has(&IN_TEXT)
}

/// Reads a model.
///
/// # Errors
/// It is no model; the error lists everything that is wrong with it.
pub fn read(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD, ids)
}

/// Reads a model within other limits than those of files.
///
/// # Errors
/// As [`read`].
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    read::read_within(text, limits, ids)
}
