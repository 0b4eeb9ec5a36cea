//! The two layouts of records as one: what Kumu imports, and what it writes itself.

use crate::format::syntax::{Entry, Node, Value};

/// The names that Kumu itself writes, and what the same is called where it imports.
const NAMES: &[(&str, &str)] = &[
    ("_id", "id"),
    ("element type", "type"),
    ("connection type", "type"),
    ("delayed", "delay"),
];

/// A record with the fields of its `attributes` among its own, all under the names of blueprints in
/// small letters. Of several with the same name the first counts that is not null.
pub fn flat(node: &Node) -> Node {
    let Value::Object(entries) = &node.value else {
        return node.clone();
    };
    let mut fields: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match &entry.node.value {
            Value::Object(inner) if entry.name.eq_ignore_ascii_case("attributes") => {
                inner.iter().for_each(|entry| add(&mut fields, entry));
            }
            _ => add(&mut fields, entry),
        }
    }
    Node {
        at: node.at,
        value: Value::Object(fields),
    }
}

fn add(fields: &mut Vec<Entry>, entry: &Entry) {
    // No more than a record of people has: each is compared with those before.
    const MOST: usize = 1_000;
    let name = entry.name.trim().to_lowercase();
    let known = NAMES.iter().find(|(written, _)| *written == name);
    let name = known.map_or(name, |(_, name)| (*name).to_owned());
    let node = entry.node.clone();
    match fields.iter().position(|field| field.name == name) {
        Some(index) if fields[index].node.value == Value::Null => fields[index].node = node,
        None if fields.len() < MOST => fields.push(Entry {
            name,
            at: entry.at,
            node,
        }),
        _ => {}
    }
}
