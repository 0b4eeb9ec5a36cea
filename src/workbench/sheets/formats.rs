//! The lists of formats: what a document can be written as, and what can be opened.

use crate::format::{WRITERS, carries_words, openable};
use crate::workbench::exhibit::{Item, Lead, List, ListKind};
use crate::workbench::sheet::Block;

/// What the document can be written as.
pub(super) fn writers() -> Vec<Block> {
    let items = WRITERS.iter().map(|writer| Item {
        words: vec![
            writer.name.to_owned(),
            writer.purpose.to_owned(),
            carries_words(writer.carries),
        ],
        about: Vec::new(),
        lead: Lead::Writer(writer.key.to_owned()),
    });
    vec![Block::List(List {
        kind: ListKind::Writers,
        items: items.collect(),
    })]
}

/// What can be opened.
pub(super) fn readers() -> Vec<Block> {
    vec![Block::Words(format!(
        "What can be opened: {}. It opens as a new diagram; the open one stays as it is.",
        openable().join(", ")
    ))]
}
