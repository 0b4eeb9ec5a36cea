//! What writes a text for another program: the shape of a line in the table of writers.

use super::document_part::DocumentPart;
use super::drawing::Drawing;
use super::export::Export;

/// One format that a document can be written in.
#[derive(Clone, Copy, Debug)]
pub struct Writer {
    /// Its name in messages between programs, in small letters; never changed after a release.
    pub key: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub purpose: &'static str,
    /// How a file of it ends, without the dot.
    pub ending: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What of a document it carries, in the order of [`DocumentPart::ALL`].
    pub carries: &'static [DocumentPart],
    /// Writes it.
    pub write: fn(&Drawing<'_>) -> Export,
}
