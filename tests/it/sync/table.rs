//! A codec that writes the number of a value instead of the value: the model test reads each entry
//! many times.

use std::cell::RefCell;

use loopstream::model::{Document, Patch};
use loopstream::store::{DocumentCodec, Unreadable};

#[derive(Default)]
pub struct Table {
    documents: RefCell<Vec<Document>>,
    patches: RefCell<Vec<Patch>>,
}

fn number_of<T: Clone + PartialEq>(table: &RefCell<Vec<T>>, value: &T) -> String {
    let mut table = table.borrow_mut();
    let at = table.iter().rposition(|other| other == value);
    let at = at.unwrap_or_else(|| {
        table.push(value.clone());
        table.len() - 1
    });
    at.to_string()
}

fn value_of<T: Clone>(table: &RefCell<Vec<T>>, text: &str) -> Result<T, Unreadable> {
    let at = text.parse().ok();
    let value = at.and_then(|at: usize| table.borrow().get(at).cloned());
    value.ok_or_else(|| Unreadable::Damaged(format!("{text} is no number of the table")))
}

impl DocumentCodec for Table {
    fn write_document(&self, document: &Document) -> String {
        number_of(&self.documents, document)
    }

    fn read_document(&self, text: &str) -> Result<Document, Unreadable> {
        value_of(&self.documents, text)
    }

    fn write_patch(&self, patch: &Patch) -> String {
        number_of(&self.patches, patch)
    }

    fn read_patch(&self, text: &str) -> Result<Patch, Unreadable> {
        value_of(&self.patches, text)
    }
}
