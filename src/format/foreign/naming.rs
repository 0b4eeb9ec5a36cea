//! What the variables of a document are called when it is written onto a text.

use std::collections::BTreeMap;

use super::drawing::{Base, Drawing};
use super::labels::Labels;
use crate::model::{Document, Records};

/// The names of variables, and which of them are new.
#[derive(Debug, Default)]
pub struct Naming {
    /// What each variable of the document is called.
    pub names: Records<String>,
    /// By the old key: the new name.
    pub renamed: BTreeMap<String, String>,
}

impl Naming {
    /// Gives every variable a name that nothing else has; one whose name was not changed keeps the
    /// one that it has in the text.
    pub fn new(document: &Document, base: &Base, drawing: &Drawing, labels: &mut Labels) -> Self {
        let mut naming = Self::default();
        let drawn: Records<_> = base
            .variables
            .iter()
            .copied()
            .zip(&drawing.variables)
            .collect();
        for (id, variable) in document.variables() {
            let before = base.document.variables().get(id);
            if before.is_some_and(|before| before.name == variable.name)
                && let Some(drawn) = drawn.get(id)
            {
                labels.reserve(drawn.key.clone());
                naming.names.insert(*id, drawn.name.clone());
            }
        }
        for (id, variable) in document.variables() {
            if !naming.names.contains_key(id) {
                let name = labels.give(&variable.name);
                if let Some(drawn) = drawn.get(id) {
                    naming.renamed.insert(drawn.key.clone(), name.clone());
                }
                naming.names.insert(*id, name);
            }
        }
        naming
    }
}
