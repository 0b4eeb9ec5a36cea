//! The lists of formats: what a document can be written as, and what can be opened.

use crate::format::{WRITERS, carries_words, openable};
use crate::worker::list::{List, WriterRow};
use crate::worker::report::Block;

/// What the document can be written as.
pub(super) fn writers() -> Vec<Block> {
    let rows = WRITERS.iter().map(|writer| WriterRow {
        key: writer.key.to_owned(),
        name: writer.name.to_owned(),
        purpose: writer.purpose.to_owned(),
        carries: carries_words(writer.carries),
    });
    vec![Block::List(List::Writers(rows.collect()))]
}

/// What can be opened.
pub(super) fn readers() -> Vec<Block> {
    vec![Block::Words(format!(
        "What can be opened: {}. It opens as a new diagram; the open one stays as it is.",
        openable().join(", ")
    ))]
}
