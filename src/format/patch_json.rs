//! Patches as compact JSON, for the journal and for other tabs.
//!
//! `{"format":"loopstream-patch","version":6,"title":["before","after"],"changes":[{"id":"a",
//! "before":{"variable":{...}},"after":{"variable":{...}}}]}`: the title is left out where it stays,
//! a side where the record does not exist; `purpose`, `stream` and `run` have what the system is for,
//! the settings of the stream and those of runs before and after, where they are not those of a new document; `carried` has
//! the text of another program in `before` and `after`, a side left out where there is none. The
//! records are those of a file, without their ids.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::ReadError;
use super::json::{PATCH_FORMAT, VERSION, position_of_flaw, version_of};
use super::limits::Limits;
use super::syntax::{Collector, Node, Path, in_one_line, parse, typed};
use crate::model::{
    Change, Element, FieldFlaw, Id, Patch, Properties, Records, RunSettings, SourceText,
    StreamSettings,
};

/// A patch as it is written, but for its changes, which are read one by one.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Whole {
    /// Before and after; so are the next three.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<[String; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<[String; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream: Option<[StreamSettings; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<[RunSettings; 2]>,
    #[serde(rename = "carried", skip_serializing_if = "Option::is_none")]
    source_text: Option<Sides<SourceText>>,
}

/// Something before and after, where either may not be there.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides<T> {
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    before: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none", default = "Option::default")]
    after: Option<T>,
}

/// The patch as one line of JSON without blanks: always the same text for the same patch.
#[must_use]
pub fn write_patch(patch: &Patch) -> String {
    #[derive(Serialize)]
    struct Written<'a> {
        format: &'static str,
        version: u32,
        #[serde(flatten)]
        whole: Whole,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        changes: Vec<WrittenChange<'a>>,
    }

    #[derive(Serialize)]
    struct WrittenChange<'a> {
        id: Id,
        #[serde(flatten)]
        sides: Sides<&'a Element>,
    }

    let changes = patch.changes.iter().map(|(id, change)| WrittenChange {
        id: *id,
        sides: Sides {
            before: change.before.as_ref(),
            after: change.after.as_ref(),
        },
    });
    in_one_line(&Written {
        format: PATCH_FORMAT,
        version: VERSION,
        whole: Whole::of(patch),
        changes: changes.collect(),
    })
}

impl Whole {
    fn of(patch: &Patch) -> Self {
        let mut whole = Self::default();
        if let Some((before, after)) = patch.properties.clone() {
            let [before, after] = [before, after].map(|properties| {
                let Properties {
                    title,
                    purpose,
                    stream,
                    run,
                } = properties;
                (title, purpose, stream, run)
            });
            whole.title = Some([before.0, after.0]);
            whole.purpose = unless_usual([before.1, after.1]);
            whole.stream = unless_usual([before.2, after.2]);
            whole.run = unless_usual([before.3, after.3]);
        }
        whole.source_text = patch.source_text.as_ref().map(|(before, after)| Sides {
            before: before.as_deref().cloned(),
            after: after.as_deref().cloned(),
        });
        whole
    }

    /// What is said of the document as a whole, before and after, if that changes.
    fn properties(&mut self) -> Option<(Properties, Properties)> {
        let [before, after] = self.title.take()?;
        let [purpose_before, purpose_after] = self.purpose.take().unwrap_or_default();
        let [stream_before, stream_after] = self.stream.take().unwrap_or_default();
        let [run_before, run_after] = self.run.take().unwrap_or_default();
        let before = Properties {
            title: before,
            purpose: purpose_before,
            stream: stream_before,
            run: run_before,
        };
        let after = Properties {
            title: after,
            purpose: purpose_after,
            stream: stream_after,
            run: run_after,
        };
        Some((before, after))
    }
}

/// Both sides, unless both are those of a new document.
fn unless_usual<T: Default + PartialEq>(sides: [T; 2]) -> Option<[T; 2]> {
    let usual = T::default();
    (!sides.iter().all(|side| *side == usual)).then_some(sides)
}

/// Reads a patch, as strictly as a file.
///
/// Whether it fits a document shows when it is applied.
///
/// # Errors
/// It is not a patch, of a newer version, or has faults; the error lists them.
pub fn read_patch(text: &str) -> Result<Patch, ReadError> {
    read_patch_within(text, &Limits::STANDARD)
}

/// Reads a patch within other limits than those of files.
///
/// # Errors
/// As [`read_patch`].
pub fn read_patch_within(text: &str, limits: &Limits) -> Result<Patch, ReadError> {
    let root = parse(text, limits)?;
    version_of(&root, text, PATCH_FORMAT)?;
    let mut collector = Collector::default();
    let patch = read_root(&root, limits, &mut collector);
    collector.finish(text).map_err(ReadError::Invalid)?;
    Ok(patch)
}

fn read_root(root: &Node, limits: &Limits, collector: &mut Collector) -> Patch {
    let beside = ["format", "version", "changes"];
    let whole: Option<Whole> = typed(root, Path::Root, &beside, collector);
    let mut whole = whole.unwrap_or_default();
    for (name, is_there) in [
        ("purpose", whole.purpose.is_some()),
        ("stream", whole.stream.is_some()),
        ("run", whole.run.is_some()),
    ] {
        if is_there && whole.title.is_none() {
            collector.add(root.at, format!("\"title\" is needed beside \"{name}\""));
        }
    }
    let mut patch = Patch {
        properties: whole.properties(),
        ..Patch::default()
    };
    if let Some((before, after)) = &patch.properties {
        for (side, properties) in [before, after].into_iter().enumerate() {
            for FieldFlaw { field, flaw } in properties.flaws() {
                // `stream.daysPerWeek` is `stream[1].daysPerWeek` here.
                let (name, rest) = field.split_once('.').map_or((&*field, ""), |parts| parts);
                let path = Path::Root.field(name);
                let at = root.field(name).map_or(root.at, |node| node.at);
                let dot = if rest.is_empty() { "" } else { "." };
                collector.add(at, format!("{}{dot}{rest}: {flaw}", path.item(side)));
            }
        }
    }
    if let Some(Sides { before, after }) = whole.source_text {
        for source_text in [&before, &after].into_iter().flatten() {
            if let Some(flaw) = source_text.flaw() {
                collector.add(root.at, format!("carried: {flaw}"));
            }
        }
        patch.source_text = Some((before.map(Arc::new), after.map(Arc::new)));
    }
    if let Some(node) = root.field("changes") {
        let path = Path::Root.field("changes");
        let items = collector.items(node, path);
        if items.len() > limits.records {
            let message = format!("{path}: there are more than {} records", limits.records);
            collector.add(node.at, message);
        } else {
            patch.changes = read_changes(items, path, collector);
        }
    }
    patch
}

fn read_changes(items: &[Node], path: Path<'_>, collector: &mut Collector) -> Records<Change> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Read {
        id: Id,
        before: Option<Element>,
        after: Option<Element>,
    }

    let mut changes = Records::new();
    for (index, item) in items.iter().enumerate() {
        let path = path.item(index);
        let Some(Read { id, before, after }) = typed(item, path, &[], collector) else {
            continue;
        };
        for (name, side) in [("before", &before), ("after", &after)] {
            let tagged = item.field(name).and_then(Node::first_entry);
            if let (Some(element), Some(tagged)) = (side, tagged) {
                let path = path.field(name);
                let path = path.field(&tagged.name);
                for flaw in element.flaws() {
                    position_of_flaw(&tagged.node, path, &flaw, collector);
                }
            }
        }
        if changes.insert(id, Change { before, after }).is_some() {
            let message = format!("{path}.id: another change has the id \"{id}\" already");
            collector.add(item.at, message);
        }
    }
    changes
}
