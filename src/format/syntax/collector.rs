//! The faults of a text that is being read.

use super::node::{Node, Value};
use super::path::Path;
use crate::format::error::{Fault, Faults, Position};

/// Everything found wrong so far.
///
/// A reader that meets a fault notes it and goes on, so that people see all faults of a file at
/// once; what it read is used only if none was noted.
#[derive(Debug, Default)]
pub struct Collector {
    faults: Vec<(usize, String)>,
    unlisted: usize,
}

impl Collector {
    /// Notes a fault at a byte of the text.
    pub fn add(&mut self, at: usize, message: String) {
        if self.faults.len() < Faults::LISTED {
            self.faults.push((at, message));
        } else {
            self.unlisted += 1;
        }
    }

    /// Notes that a value is not what is needed there.
    pub fn add_mismatch(&mut self, node: &Node, path: Path<'_>, needed: &str) {
        self.add(
            node.at,
            format!("{path}: {needed} is needed, not {}", node.description()),
        );
    }

    /// The items of a list.
    pub fn items<'t>(&mut self, node: &'t Node, path: Path<'_>) -> &'t [Node] {
        if let Value::List(items) = &node.value {
            return items;
        }
        self.add_mismatch(node, path, "a list");
        &[]
    }

    /// Whether nothing was found.
    ///
    /// # Errors
    /// What was found, in the order of the text.
    pub fn finish(mut self, text: &str) -> Result<(), Faults> {
        self.faults.sort_by_key(|(at, _)| *at);
        let mut faults = self.faults.into_iter().map(|(at, message)| Fault {
            message,
            position: Some(Position::of(text, at)),
        });
        match faults.next() {
            None => Ok(()),
            Some(first) => Err(Faults {
                first,
                others: faults.collect(),
                unlisted: self.unlisted,
            }),
        }
    }
}
