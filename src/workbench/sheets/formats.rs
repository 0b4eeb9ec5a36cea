//! The lists of formats: what a document can be written as, and what can be opened.

use crate::format::{WRITERS, carried_words, kinds_to_open};
use crate::workbench::exhibit::{Item, List, ListKind};
use crate::workbench::request::SheetKind;
use crate::workbench::sheet::Block;

/// The sheet of this kind; none for one that is not about formats.
pub(in crate::workbench) fn format_sheet(kind: SheetKind) -> Option<Vec<Block>> {
    match kind {
        SheetKind::Writers => Some(vec![Block::List(List {
            kind: ListKind::Writers,
            items: WRITERS
                .iter()
                .map(|writer| Item {
                    words: vec![
                        writer.name.to_owned(),
                        writer.purpose.to_owned(),
                        carried_words(writer.carries),
                    ],
                    about: Vec::new(),
                    measure: writer.key.to_owned(),
                })
                .collect(),
        })]),
        SheetKind::Readers => Some(vec![Block::Words(format!(
            "What can be opened: {}. It opens as a new diagram; the open one stays as it is.",
            kinds_to_open().join(", ")
        ))]),
        _ => None,
    }
}
