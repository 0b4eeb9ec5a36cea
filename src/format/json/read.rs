//! Text to document, strictly: everything in the text is understood, or the text is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::header::{FORMAT, version_of};
use super::migrate::{MIGRATIONS, Migration, migrate_document};
use super::record::{KINDS, list_name, read_carried, read_properties, read_record, record_name};
use crate::format::error::{Fault, ReadError};
use crate::format::limits::Limits;
use crate::format::reader::{Opened, Positions};
use crate::format::syntax::{Collector, Fields, Node, Path, parse};
use crate::model::{
    Carrying, Change, Document, Element, ElementKind, Id, LoopKey, Patch, Properties, Records,
};

/// Reads a file.
///
/// # Errors
/// It is not a file of this format, of a newer version, or not a valid document; the error lists
/// everything that is wrong with it.
pub fn read(text: &str) -> Result<Opened, ReadError> {
    read_within(text, &Limits::STANDARD)
}

/// Reads a file within other limits than those of files.
///
/// # Errors
/// As [`read`].
pub fn read_within(text: &str, limits: &Limits) -> Result<Opened, ReadError> {
    read_by(text, limits, MIGRATIONS)
}

/// Reads a file of any version from which the table leads on.
fn read_by(text: &str, limits: &Limits, table: &[Migration]) -> Result<Opened, ReadError> {
    let mut root = parse(text, limits)?;
    let supported = u32::try_from(table.len()).map_or(u32::MAX, |steps| steps.saturating_add(1));
    let version = version_of(&root, text, FORMAT, supported)?;
    migrate_document(&mut root, version, table);

    let mut collector = Collector::default();
    let (properties, carried, drafts) = read_drafts(&root, limits, &mut collector);
    check_references(&drafts, &mut collector);
    collector.finish(text).map_err(ReadError::Invalid)?;
    let document = build(properties, carried, drafts)?;
    Ok(Opened {
        document,
        warnings: Vec::new(),
        positions: Positions::Given,
    })
}

/// A record with the place it was read from.
struct Draft<'t> {
    kind: ElementKind,
    index: usize,
    node: &'t Node,
    id: Id,
    // None where it has a fault that leaves nothing to check.
    element: Option<Element>,
}

fn read_drafts<'t>(
    root: &'t Node,
    limits: &Limits,
    collector: &mut Collector,
) -> (Properties, Carrying, Vec<Draft<'t>>) {
    let mut drafts = Vec::new();
    let Some(mut fields) = Fields::of(root, Path::Root, collector) else {
        return (Properties::default(), None, drafts);
    };
    // Both were read before.
    let _ = (fields.optional("format"), fields.optional("version"));
    let properties = read_properties(&mut fields);
    let carried = fields.object_if_any("carried", read_carried).flatten();
    let mut records = 0;
    for kind in KINDS {
        let Some(list) = fields.optional(list_name(kind)) else {
            continue;
        };
        let (_, collector) = fields.context();
        let path = Path::Field(&Path::Root, list_name(kind));
        let items = collector.items(list, path);
        records += items.len();
        if records > limits.records {
            collector.add(
                list.at,
                format!("{path}: there are more than {} records", limits.records),
            );
            break;
        }
        for (index, node) in items.iter().enumerate() {
            drafts.extend(read_draft(kind, node, path.item(index), index, collector));
        }
    }
    fields.finish();
    (properties, carried, drafts)
}

fn read_draft<'t>(
    kind: ElementKind,
    node: &'t Node,
    path: Path<'_>,
    index: usize,
    collector: &mut Collector,
) -> Option<Draft<'t>> {
    let mut fields = Fields::of(node, path, collector)?;
    let id = fields.id("id");
    let element = read_record(kind, &mut fields);
    fields.finish();
    Some(Draft {
        kind,
        index,
        node,
        id: id?,
        element,
    })
}

/// Notes ids given twice, references to what is not there and loops labelled twice.
fn check_references(drafts: &[Draft<'_>], collector: &mut Collector) {
    let mut by_id: Records<&Draft<'_>> = Records::new();
    for draft in drafts {
        if let Some(first) = by_id.get(&draft.id) {
            collector.add(
                draft.node.field("id").map_or(draft.node.at, |id| id.at),
                format!(
                    "{}[{}].id: {}[{}] has the id \"{}\" already",
                    list_name(draft.kind),
                    draft.index,
                    list_name(first.kind),
                    first.index,
                    draft.id
                ),
            );
        } else {
            by_id.insert(draft.id, draft);
        }
    }
    let is = |id: Id, kind: ElementKind| by_id.get(&id).is_some_and(|draft| draft.kind == kind);
    let mut by_loop: BTreeMap<&LoopKey, usize> = BTreeMap::new();
    let mut judged: BTreeSet<(&str, &[Id])> = BTreeSet::new();
    for draft in drafts {
        let place = format!("{}[{}]", list_name(draft.kind), draft.index);
        let field_at = |name: &str| draft.node.field(name).map_or(draft.node.at, |node| node.at);
        match &draft.element {
            Some(Element::Link(link)) => {
                for (name, end) in [("from", link.from), ("to", link.to)] {
                    if !is(end, ElementKind::Variable) {
                        let what = record_name(ElementKind::Variable);
                        let message = format!("{place}.{name}: no {what} has the id \"{end}\"");
                        collector.add(field_at(name), message);
                    }
                }
            }
            Some(Element::Flow(flow)) => {
                for (name, end) in [("from", flow.from), ("to", flow.to)] {
                    if !is(end, ElementKind::Station) {
                        let what = record_name(ElementKind::Station);
                        let message = format!("{place}.{name}: no {what} has the id \"{end}\"");
                        collector.add(field_at(name), message);
                    }
                }
            }
            Some(Element::LoopLabel(label)) => {
                for link in label.key.links() {
                    if !is(*link, ElementKind::Link) {
                        let what = record_name(ElementKind::Link);
                        let message = format!("{place}.links: no {what} has the id \"{link}\"");
                        collector.add(field_at("links"), message);
                    }
                }
                match by_loop.get(&label.key) {
                    Some(first) if !label.key.links().is_empty() => collector.add(
                        field_at("links"),
                        format!("{place}.links: loops[{first}] has the same links"),
                    ),
                    _ => {
                        by_loop.insert(&label.key, draft.index);
                    }
                }
            }
            Some(Element::Judgement(judgement)) => {
                for record in &judgement.about {
                    let known = by_id.get(record).map(|draft| draft.kind);
                    if known.is_none_or(|kind| !kind.can_be_judged()) {
                        let message = format!(
                            "{place}.about: no record that can be judged has the id \"{record}\""
                        );
                        collector.add(field_at("about"), message);
                    }
                }
                if !judged.insert((&judgement.topic, &judgement.about)) {
                    let message = format!("{place}: this finding has an answer already");
                    collector.add(draft.node.at, message);
                }
            }
            _ => {}
        }
    }
}

/// Puts the records together; the document has the last word on whether it is valid.
fn build(
    properties: Properties,
    carried: Carrying,
    drafts: Vec<Draft<'_>>,
) -> Result<Document, ReadError> {
    let mut document = Document::default();
    let mut patch = Patch {
        properties: Some((document.properties().clone(), properties)),
        carried: Some((None, carried)),
        ..Patch::default()
    };
    for draft in drafts {
        let change = Change {
            before: None,
            after: draft.element,
        };
        patch.changes.insert(draft.id, change);
    }
    match document.apply(&patch) {
        Ok(()) => Ok(document),
        Err(error) => {
            let fault = Fault {
                message: error.to_string(),
                position: None,
            };
            Err(ReadError::Invalid(fault.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::json::migrate::migrate_record;
    use crate::format::json::{VERSION, write};
    use crate::format::syntax::Value;

    fn rename(node: &mut Node, from: &str, to: &str) {
        if let Value::Object(entries) = &mut node.value {
            for entry in entries.iter_mut().filter(|entry| entry.name == from) {
                entry.name = to.to_owned();
            }
        }
    }

    /// As if version 1 had said `headline` and `label`, and version 2 still `mark`.
    const PRETEND: &[Migration] = &[
        Migration {
            summary: "the title was called headline, a variable's name label",
            document: |root| rename(root, "headline", "title"),
            record: |kind, record| {
                if kind == ElementKind::Variable {
                    rename(record, "label", "mark");
                }
            },
        },
        Migration {
            summary: "a variable's name was called mark",
            document: |_| {},
            record: |kind, record| {
                if kind == ElementKind::Variable {
                    rename(record, "mark", "name");
                }
            },
        },
    ];

    fn titles_and_names(text: &str) -> Result<(String, Vec<String>), String> {
        let opened =
            read_by(text, &Limits::STANDARD, PRETEND).map_err(|error| error.to_string())?;
        let names = opened.document.variables().values();
        Ok((
            opened.document.properties().title.clone(),
            names.map(|variable| variable.name.clone()).collect(),
        ))
    }

    #[test]
    fn older_versions_take_every_step_up() {
        let as_read = Ok(("T".to_owned(), vec!["N".to_owned()]));
        for (version, title, name) in [
            (1, "headline", "label"),
            (2, "title", "mark"),
            (3, "title", "name"),
        ] {
            let text = format!(
                r#"{{"format":"loopstream","version":{version},"{title}":"T","variables":[{{"id":"a","{name}":"N","x":0,"y":0}}]}}"#
            );
            assert_eq!(titles_and_names(&text), as_read, "version {version}");
        }
    }

    #[test]
    fn a_version_is_read_by_its_own_rules_and_no_older_ones() {
        let text = r#"{"format":"loopstream","version":2,"headline":"T"}"#;
        assert_eq!(
            titles_and_names(text),
            Err("title is missing (line 1, column 1); and one more fault".to_owned())
        );
    }

    #[test]
    fn a_version_newer_than_the_table_is_set_apart() {
        let text = r#"{"format":"loopstream","version":4,"anything":[]}"#;
        assert_eq!(
            read_by(text, &Limits::STANDARD, PRETEND).map(|_| ()),
            Err(ReadError::Newer {
                version: 4,
                supported: 3
            })
        );
    }

    #[test]
    fn records_of_patches_take_the_same_steps() {
        let node = parse(r#"{"label":"N"}"#, &Limits::STANDARD);
        let Ok(mut node) = node else {
            panic!("{node:?}");
        };
        migrate_record(ElementKind::Link, &mut node, 1, PRETEND);
        assert!(node.field("label").is_some());
        migrate_record(ElementKind::Variable, &mut node, 1, PRETEND);
        assert!(node.field("name").is_some());
    }

    #[test]
    fn what_is_written_has_the_present_version() {
        let text = write(&Document::default());
        assert_eq!(
            text,
            format!(
                "{{\n  \"format\": \"loopstream\",\n  \"version\": {VERSION},\n  \"title\": \"\"\n}}\n"
            )
        );
    }
}
