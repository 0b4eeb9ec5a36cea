//! Writing a document onto a text: the one it was read from, or that of an empty model.

use crate::format::export::Export;
use crate::format::reader::Warning;
use crate::model::{Document, ForeignFormat, Id};

/// How a format changes a text into what a document says.
#[derive(Clone, Copy, Debug)]
pub struct Rewrite {
    /// Whose texts these are.
    pub format: ForeignFormat,
    /// What it is called.
    pub name: &'static str,
    /// The model of a document that was read from something else, before anything is in it.
    pub empty: &'static str,
    /// The text with what differs from it, where the ids of what it draws follow from a seed; none
    /// where it cannot be read.
    pub onto: fn(text: &str, seed: Id, document: &Document) -> Option<Export>,
}

impl Rewrite {
    /// Writes a document onto the text it was read from, if there is one, else onto an empty model.
    pub fn write(&self, document: &Document) -> Export {
        let source_text = document.source_text().as_ref();
        let Some(source_text) = source_text.filter(|source_text| source_text.format == self.format)
        else {
            return self.write_new(document);
        };
        (self.onto)(&source_text.text, source_text.seed, document).unwrap_or_else(|| {
            let mut export = self.write_new(document);
            let message = format!(
                "the {} text that is kept with the document cannot be read: what it has beyond the \
                 diagram is left out",
                self.name
            );
            export.warnings.push(Warning::note(message));
            export
        })
    }

    /// Writes a document onto an empty model.
    pub fn write_new(&self, document: &Document) -> Export {
        let export = (self.onto)(self.empty, Id::from_bits(0), document);
        // The empty model can be read, so there is always one.
        export.unwrap_or_else(|| Export {
            text: self.empty.to_owned(),
            warnings: Vec::new(),
        })
    }
}
