//! Patches as compact JSON, for the journal and for other tabs.
//!
//! `{"format":"loopstream-patch","version":5,"title":["before","after"],"changes":[{"id":"a",
//! "before":{"variable":{...}},"after":{"variable":{...}}}]}`: the title is left out where it stays,
//! a side where the record does not exist; `purpose` and `stream` have what the system is for and the
//! settings of the stream before and after, where they are not those of a new document; `carried` has
//! the text of another program in `before` and `after`, a side left out where there is none. The
//! records are those of a file, without their ids.

use super::error::ReadError;
use super::json::{
    KINDS, MIGRATIONS, PATCH_FORMAT, VERSION, migrate_record, read_carried, read_record,
    read_settings, record_name, version_of, write_carried, write_record, write_settings,
};
use super::limits::Limits;
use super::syntax::{
    Collector, Fields, Node, Path, RecordWriter, Value, number_text, parse, text_in_quotes,
};
use crate::model::{
    Change, Element, MAXIMUM_NAME, MAXIMUM_TEXT, Patch, Properties, Records, StreamSettings,
};

/// The patch as one line of JSON without blanks: always the same text for the same patch.
#[must_use]
pub fn write_patch(patch: &Patch) -> String {
    let mut out = String::new();
    let mut writer = RecordWriter::compact(&mut out);
    writer.text("format", PATCH_FORMAT);
    number_text(writer.field("version"), f64::from(VERSION));
    if let Some((before, after)) = &patch.properties {
        writer.list("title", [&before.title, &after.title], |out, title| {
            text_in_quotes(out, title);
        });
        if !before.purpose.is_empty() || !after.purpose.is_empty() {
            let purposes = [&before.purpose, &after.purpose];
            writer.list("purpose", purposes, |out, purpose| {
                text_in_quotes(out, purpose)
            });
        }
        let usual = StreamSettings::default();
        if before.stream != usual || after.stream != usual {
            writer.list(
                "stream",
                [&before.stream, &after.stream],
                |out, settings| {
                    let mut writer = RecordWriter::compact(out);
                    write_settings(&mut writer, settings);
                    writer.end();
                },
            );
        }
    }
    if let Some((before, after)) = &patch.carried {
        writer.object("carried", |writer| {
            for (side, carried) in [("before", before), ("after", after)] {
                if let Some(carried) = carried {
                    writer.object(side, |writer| write_carried(writer, carried));
                }
            }
        });
    }
    if !patch.changes.is_empty() {
        writer.list("changes", &patch.changes, |out, (id, change)| {
            let mut writer = RecordWriter::compact(out);
            writer.text("id", &id.to_string());
            write_side(&mut writer, "before", change.before.as_ref());
            write_side(&mut writer, "after", change.after.as_ref());
            writer.end();
        });
    }
    writer.end();
    out
}

fn write_side(writer: &mut RecordWriter<'_>, side: &str, element: Option<&Element>) {
    if let Some(element) = element {
        writer.object(side, |tagged| {
            tagged.object(record_name(element.kind()), |record| {
                write_record(record, element);
            });
        });
    }
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
    let mut root = parse(text, limits)?;
    let version = version_of(&root, text, PATCH_FORMAT, VERSION)?;
    migrate(&mut root, version);

    let mut collector = Collector::default();
    let patch = read_root(&root, limits, &mut collector);
    collector.finish(text).map_err(ReadError::Invalid)?;
    Ok(patch)
}

/// Leads the records of both sides to the present version.
fn migrate(root: &mut Node, version: u32) {
    let Some(Node {
        value: Value::List(changes),
        ..
    }) = root.field_mut("changes")
    else {
        return;
    };
    for change in changes {
        for side in ["before", "after"] {
            for kind in KINDS {
                let tagged = change.field_mut(side);
                if let Some(record) = tagged.and_then(|side| side.field_mut(record_name(kind))) {
                    migrate_record(kind, record, version, MIGRATIONS);
                }
            }
        }
    }
}

fn read_root(root: &Node, limits: &Limits, collector: &mut Collector) -> Patch {
    let mut patch = Patch::default();
    let Some(mut fields) = Fields::of(root, Path::Root, collector) else {
        return patch;
    };
    // Both were read before.
    let _ = (fields.optional("format"), fields.optional("version"));
    if let Some(node) = fields.optional("title") {
        let (_, collector) = fields.context();
        let titles = read_both_texts(node, "title", MAXIMUM_NAME, collector);
        let of_title = |title: String| Properties {
            title,
            ..Properties::default()
        };
        patch.properties = titles.map(|(before, after)| (of_title(before), of_title(after)));
    }
    if let Some(node) = fields.optional("purpose") {
        let (_, collector) = fields.context();
        let purposes = read_both_texts(node, "purpose", MAXIMUM_TEXT, collector);
        match (&mut patch.properties, purposes) {
            (Some((before, after)), Some(purposes)) => {
                (before.purpose, after.purpose) = purposes;
            }
            (None, _) => fields.misfit("\"title\" beside \"purpose\""),
            (Some(_), None) => {}
        }
    }
    if let Some(node) = fields.optional("stream") {
        let (_, collector) = fields.context();
        let settings = read_both_settings(node, collector);
        match (&mut patch.properties, settings) {
            (Some((before, after)), Some(settings)) => {
                (before.stream, after.stream) = settings;
            }
            (None, _) => fields.misfit("\"title\" beside \"stream\""),
            (Some(_), None) => {}
        }
    }
    patch.carried = fields.object_if_any("carried", |sides| {
        let before = sides.object_if_any("before", read_carried).flatten();
        let after = sides.object_if_any("after", read_carried).flatten();
        (before, after)
    });
    if let Some(node) = fields.optional("changes") {
        let (_, collector) = fields.context();
        let path = Path::Field(&Path::Root, "changes");
        let items = collector.items(node, path);
        if items.len() > limits.records {
            let message = format!("{path}: there are more than {} records", limits.records);
            collector.add(node.at, message);
        } else {
            patch.changes = read_changes(items, path, collector);
        }
    }
    fields.finish();
    patch
}

/// A text before and after.
fn read_both_texts(
    node: &Node,
    name: &'static str,
    longest: usize,
    collector: &mut Collector,
) -> Option<(String, String)> {
    let path = Path::Field(&Path::Root, name);
    let [before, after] = collector.items(node, path) else {
        let message = format!("{path}: two texts are needed, before and after");
        collector.add(node.at, message);
        return None;
    };
    let mut text = |node: &Node, index: usize| match &node.value {
        Value::Text(text) if text.len() <= longest => Some(text.clone()),
        Value::Text(_) => {
            let path = path.item(index);
            collector.add(
                node.at,
                format!("{path}: the text has more than {longest} bytes"),
            );
            None
        }
        _ => {
            collector.add_mismatch(node, path.item(index), "a text");
            None
        }
    };
    let (before, after) = (text(before, 0), text(after, 1));
    Some((before?, after?))
}

fn read_both_settings(
    node: &Node,
    collector: &mut Collector,
) -> Option<(StreamSettings, StreamSettings)> {
    let path = Path::Field(&Path::Root, "stream");
    let items = collector.items(node, path);
    if items.len() != 2 {
        let message = format!("{path}: two settings are needed, before and after");
        collector.add(node.at, message);
        return None;
    }
    let mut settings = items.iter().enumerate().filter_map(|(index, item)| {
        let mut fields = Fields::of(item, path.item(index), collector)?;
        let settings = read_settings(&mut fields);
        fields.finish();
        Some(settings)
    });
    Some((settings.next()?, settings.next()?))
}

fn read_changes(items: &[Node], path: Path<'_>, collector: &mut Collector) -> Records<Change> {
    let mut changes = Records::new();
    for (index, item) in items.iter().enumerate() {
        let path = path.item(index);
        let Some(mut fields) = Fields::of(item, path, collector) else {
            continue;
        };
        let id = fields.id("id");
        let before = read_side(&mut fields, "before");
        let after = read_side(&mut fields, "after");
        fields.finish();
        if let Some(id) = id
            && changes.insert(id, Change { before, after }).is_some()
        {
            collector.add(
                item.at,
                format!("{path}.id: another change has the id \"{id}\" already"),
            );
        }
    }
    changes
}

fn read_side(fields: &mut Fields<'_, '_>, side: &'static str) -> Option<Element> {
    let node = fields.optional(side)?;
    let (path, collector) = fields.context();
    let path = path.field(side);
    let kind = KINDS
        .into_iter()
        .find(|kind| node.field(record_name(*kind)).is_some());
    let Some(kind) = kind else {
        collector.add_mismatch(node, path, "a variable, link, note, loop, station or flow");
        return None;
    };
    let mut tagged = Fields::of(node, path, collector)?;
    let record = tagged.required(record_name(kind))?;
    let (path, collector) = tagged.context();
    let mut element = None;
    if let Some(mut fields) = Fields::of(record, path.field(record_name(kind)), collector) {
        element = read_record(kind, &mut fields);
        fields.finish();
    }
    tagged.finish();
    element
}
