//! Text to document, strictly: everything in the text is understood, or the text is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::header::{FORMAT, version_of};
use super::lists::{KINDS, list_name, position_of_flaw, read_entry};
use crate::format::error::{Fault, ReadError};
use crate::format::limits::Limits;
use crate::format::reader::{ImportResult, Positions};
use crate::format::syntax::{Collector, Node, Path, parse, typed};
use crate::model::{
    Change, Document, Element, ElementKind, Id, LoopKey, Patch, Properties, Records, SharedSource,
    SourceText,
};

/// Reads a file.
///
/// # Errors
/// It is not a file of this format, of a newer version, or not a valid document; the error lists
/// everything that is wrong with it.
pub fn read(text: &str) -> Result<ImportResult, ReadError> {
    read_within(text, &Limits::STANDARD)
}

/// Reads a file within other limits than those of files.
///
/// # Errors
/// As [`read`].
pub fn read_within(text: &str, limits: &Limits) -> Result<ImportResult, ReadError> {
    let root = parse(text, limits)?;
    version_of(&root, text, FORMAT)?;
    let mut collector = Collector::default();
    let properties = read_properties(&root, &mut collector);
    let source_text = root.field("carried");
    let source_text = source_text
        .and_then(|node| read_source_text(node, Path::Root.field("carried"), &mut collector));
    let drafts = read_drafts(&root, limits, &mut collector);
    note_flaws(&drafts, &mut collector);
    note_what_is_there_twice(&drafts, &mut collector);
    collector.finish(text).map_err(ReadError::Invalid)?;
    let document = build(properties, source_text, drafts)?;
    Ok(ImportResult {
        document,
        warnings: Vec::new(),
        positions: Positions::Given,
    })
}

/// What is said of the document as a whole. Notes every field of the file that nothing reads.
fn read_properties(root: &Node, collector: &mut Collector) -> Properties {
    let mut beside = vec!["format", "version", "carried"];
    beside.extend(KINDS.map(list_name));
    let properties: Option<Properties> = typed(root, Path::Root, &beside, collector);
    let properties = properties.unwrap_or_default();
    for flaw in properties.flaws() {
        position_of_flaw(root, Path::Root, &flaw, collector);
    }
    properties
}

/// The text of another program that the document was read from; none where it is at fault.
fn read_source_text(node: &Node, path: Path<'_>, collector: &mut Collector) -> SharedSource {
    let source_text: SourceText = typed(node, path, &[], collector)?;
    if let Some(flaw) = source_text.flaw() {
        let at = node.field("text").map_or(node.at, |text| text.at);
        collector.add(at, format!("{}: {flaw}", path.field("text")));
    }
    Some(Arc::new(source_text))
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

impl Draft<'_> {
    /// Shows the place of the record to a function.
    fn at_its_path<T>(&self, show: impl FnOnce(Path<'_>) -> T) -> T {
        let list = Path::Root.field(list_name(self.kind));
        show(list.item(self.index))
    }

    /// Notes a fault of one of its fields.
    fn fault(&self, field: &str, message: &str, collector: &mut Collector) {
        let at = self.node.field(field).map_or(self.node.at, |node| node.at);
        let message = self.at_its_path(|path| format!("{}: {message}", path.field(field)));
        collector.add(at, message);
    }
}

fn read_drafts<'t>(root: &'t Node, limits: &Limits, collector: &mut Collector) -> Vec<Draft<'t>> {
    let mut drafts = Vec::new();
    let mut records = 0;
    for kind in KINDS {
        let Some(list) = root.field(list_name(kind)) else {
            continue;
        };
        let path = Path::Root.field(list_name(kind));
        let items = collector.items(list, path);
        records += items.len();
        if records > limits.records {
            let most = limits.records;
            collector.add(
                list.at,
                format!("{path}: there are more than {most} records"),
            );
            break;
        }
        for (index, node) in items.iter().enumerate() {
            let (id, element) = read_entry(kind, node, path.item(index), collector);
            drafts.extend(id.map(|id| Draft {
                kind,
                index,
                node,
                id,
                element,
            }));
        }
    }
    drafts
}

/// Notes numbers out of range, texts that are too long, and references to what is not there.
fn note_flaws(drafts: &[Draft<'_>], collector: &mut Collector) {
    // Where an id is given twice, the first counts, and that it is so is noted elsewhere.
    let all = drafts.iter().rev();
    let kinds: Records<ElementKind> = all.map(|draft| (draft.id, draft.kind)).collect();
    for draft in drafts {
        let Some(element) = &draft.element else {
            continue;
        };
        let flaws = element.flaws();
        let missing = element.missing(|id| kinds.get(&id).copied());
        for flaw in flaws.iter().chain(&missing) {
            draft.at_its_path(|path| position_of_flaw(draft.node, path, flaw, collector));
        }
    }
}

/// Notes ids given twice, loops labelled twice and findings judged twice.
fn note_what_is_there_twice(drafts: &[Draft<'_>], collector: &mut Collector) {
    let mut by_id: Records<&Draft<'_>> = Records::new();
    let mut by_loop: BTreeMap<&LoopKey, usize> = BTreeMap::new();
    let mut judged: BTreeSet<(&str, &[Id])> = BTreeSet::new();
    for draft in drafts {
        if let Some(first) = by_id.get(&draft.id) {
            let (list, index, id) = (list_name(first.kind), first.index, draft.id);
            let message = format!("{list}[{index}] has the id \"{id}\" already");
            draft.fault("id", &message, collector);
        } else {
            by_id.insert(draft.id, draft);
        }
        match &draft.element {
            Some(Element::LoopLabel(label)) if !label.key.links().is_empty() => {
                if let Some(first) = by_loop.get(&label.key) {
                    let message = format!("loops[{first}] has the same links");
                    draft.fault("links", &message, collector);
                } else {
                    by_loop.insert(&label.key, draft.index);
                }
            }
            Some(Element::FindingReview(review))
                if !judged.insert((&review.topic, &review.about)) =>
            {
                let message =
                    draft.at_its_path(|path| format!("{path}: this finding has an answer already"));
                collector.add(draft.node.at, message);
            }
            _ => {}
        }
    }
}

/// Puts the records together; the document has the last word on whether it is valid.
fn build(
    properties: Properties,
    source_text: SharedSource,
    drafts: Vec<Draft<'_>>,
) -> Result<Document, ReadError> {
    let mut document = Document::default();
    let mut patch = Patch {
        properties: Some((document.properties().clone(), properties)),
        source_text: Some((None, source_text)),
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
    use crate::format::json::{VERSION, write};

    #[test]
    fn every_older_version_is_read() {
        for version in 1..=VERSION {
            let text = format!(
                r#"{{"format":"loopstream","version":{version},"title":"T","variables":[{{"id":"a","name":"N","x":0,"y":0}}]}}"#
            );
            let document = read(&text).unwrap().document;
            assert_eq!(document.properties().title, "T", "version {version}");
            assert_eq!(document.len(), 1, "version {version}");
        }
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
