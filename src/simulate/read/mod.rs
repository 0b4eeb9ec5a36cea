//! From the text of a file to a model.

mod dimension;
mod entries;
mod mdl;
mod results;
mod xmile;
mod xmile_forms;
mod xmile_specs;
mod xmile_table;
mod xml_text;

use super::source::Source;
use crate::equation::Fault;

/// The most bytes of a text that is read.
pub const LARGEST_TEXT: usize = 64 << 20;

/// Reads a model of Vensim (`.mdl`) or of XMILE (`.xmile`, `.stmx`, `.itmx`, `.xml`); the text
/// itself says which.
///
/// # Errors
/// What in the text cannot be read, each with its place.
pub fn read(text: &str) -> Result<Source, Vec<Fault>> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        xmile::read(text)
    } else {
        mdl::read(text)
    }
}
