//! From older versions of the format to the present one, step by step.
//!
//! To change the format, add one line to [`MIGRATIONS`]; the version follows from the length of the
//! table. A step works on the tree, before strict reading: it changes what it knows, leaves alone
//! what it does not, and need not check anything. A migration that only adds optional fields or
//! lists needs no steps of its own, but a line all the same, so that the version counts up.

use super::record::{KINDS, list_name};
use crate::format::syntax::{Node, Value};
use crate::model::ElementKind;

/// The step from one version to the next.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// What it changes, in one sentence.
    pub summary: &'static str,
    /// Changes a file as a whole; patches do not pass through it.
    pub document: fn(&mut Node),
    /// Changes one record, of a file or of either side of a patch.
    pub record: fn(ElementKind, &mut Node),
}

/// The steps: the first leads from version 1 to version 2, and so on.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        summary: "value streams: stations, flows, settings of the stream, bindings, bursts",
        document: |_| {},
        record: |_, _| {},
    },
    Migration {
        summary: "the purpose, aims, leverage levels, judgements of findings",
        document: |_| {},
        record: |_, _| {},
    },
    Migration {
        summary: "the text of another program that a document was read from",
        document: |_| {},
        record: |_, _| {},
    },
    Migration {
        summary: "of a stream: items and throughput as they were counted; more measures of steps and flows",
        document: |_| {},
        record: |_, _| {},
    },
];

/// Leads the tree of a file from its version to the newest of the table.
pub fn migrate_document(root: &mut Node, version: u32, table: &[Migration]) {
    for migration in steps(version, table) {
        (migration.document)(root);
        for kind in KINDS {
            if let Some(Node {
                value: Value::List(records),
                ..
            }) = root.field_mut(list_name(kind))
            {
                for record in records {
                    (migration.record)(kind, record);
                }
            }
        }
    }
}

/// Leads one record of a patch from the patch's version to the newest of the table.
pub fn migrate_record(kind: ElementKind, record: &mut Node, version: u32, table: &[Migration]) {
    for migration in steps(version, table) {
        (migration.record)(kind, record);
    }
}

/// The steps that a text of this version has yet to take.
fn steps(version: u32, table: &[Migration]) -> impl Iterator<Item = &Migration> {
    table.iter().skip(version.saturating_sub(1) as usize)
}
