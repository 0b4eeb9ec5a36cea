//! The records of a document as JSON objects, both ways; files and patches share them.

use std::sync::Arc;

use super::stream::{
    read_binding, read_flow, read_segment, read_settings, read_station, write_binding, write_flow,
    write_segment, write_station,
};
use crate::format::syntax::{Fields, RecordWriter, text_in_quotes};
use crate::model::{
    Aim, Carried, Carrying, Delay, Element, ElementKind, ForeignFormat, Hold, Id, Judgement,
    LeverageLevel, Link, LoopKey, LoopLabel, MAXIMUM_COORDINATE, MAXIMUM_NAME, MAXIMUM_TEXT, Note,
    NoteKind, Placement, Point, Polarity, Properties, Variable, VariableKind, Vector, Verdict,
};

const POLARITIES: [(&str, Polarity); 3] = [
    ("+", Polarity::Positive),
    ("-", Polarity::Negative),
    ("?", Polarity::Unknown),
];
const NOTE_KINDS: [(&str, NoteKind); 2] = [("note", NoteKind::Plain), ("burst", NoteKind::Burst)];
const VARIABLE_KINDS: [(&str, VariableKind); 2] = [
    ("variable", VariableKind::Plain),
    ("stock", VariableKind::Stock),
];
const AIMS: [(&str, Aim); 2] = [("rise", Aim::Rise), ("fall", Aim::Fall)];
const FOREIGN_FORMATS: [(&str, ForeignFormat); 2] = [
    ("xmile", ForeignFormat::Xmile),
    ("vensim", ForeignFormat::Vensim),
];
const VERDICTS: [(&str, Verdict); 2] = [
    ("agreed", Verdict::Agreed),
    ("dismissed", Verdict::Dismissed),
];
/// The width of a note that says none: part of the format, whatever new notes get.
const NOTE_WIDTH: f64 = 220.0;

/// The kinds of records, in the order of a file: what others refer to comes first.
pub const KINDS: [ElementKind; 7] = [
    ElementKind::Variable,
    ElementKind::Link,
    ElementKind::Note,
    ElementKind::LoopLabel,
    ElementKind::Station,
    ElementKind::Flow,
    ElementKind::Judgement,
];

/// The list of a file that has the records of a kind.
pub const fn list_name(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Variable => "variables",
        ElementKind::Link => "links",
        ElementKind::Note => "notes",
        ElementKind::LoopLabel => "loops",
        ElementKind::Station => "stations",
        ElementKind::Flow => "flows",
        ElementKind::Judgement => "judgements",
    }
}

/// What one record of a kind is called.
pub const fn record_name(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Variable => "variable",
        ElementKind::Link => "link",
        ElementKind::Note => "note",
        ElementKind::LoopLabel => "loop",
        ElementKind::Station => "station",
        ElementKind::Flow => "flow",
        ElementKind::Judgement => "judgement",
    }
}

/// Writes the fields of a record; its id is not among them.
pub fn write_record(writer: &mut RecordWriter<'_>, element: &Element) {
    match element {
        Element::Variable(variable) => {
            writer.text("name", &variable.name);
            if variable.kind == VariableKind::Stock {
                writer.text("kind", "stock");
            }
            write_placement(writer, &variable.placement);
            if let Some(binding) = &variable.binding {
                writer.object("binding", |writer| write_binding(writer, binding));
            }
            if let Some(aim) = variable.aim {
                writer.text(
                    "aim",
                    match aim {
                        Aim::Rise => "rise",
                        Aim::Fall => "fall",
                    },
                );
            }
            write_leverage(writer, variable.leverage);
            writer.text_if_any("remark", &variable.remark);
        }
        Element::Link(link) => {
            writer.text("from", &link.from.to_string());
            writer.text("to", &link.to.to_string());
            let sign = match link.polarity {
                Polarity::Positive => "+",
                Polarity::Negative => "-",
                Polarity::Unknown => "?",
            };
            writer.text("polarity", sign);
            if link.delay == Delay::Delayed {
                writer.yes("delayed");
            }
            writer.number_unless("bend", link.bend, 0.0);
            if let Some(segment) = &link.delay_source {
                writer.object("delaySource", |writer| write_segment(writer, segment));
            }
            write_leverage(writer, link.leverage);
            writer.text_if_any("remark", &link.remark);
        }
        Element::Note(note) => {
            writer.text("text", &note.text);
            if note.kind == NoteKind::Burst {
                writer.text("kind", "burst");
            }
            writer.number_unless("width", note.width, NOTE_WIDTH);
            write_placement(writer, &note.placement);
        }
        Element::LoopLabel(label) => {
            writer.list("links", label.key.links(), |out, id| {
                text_in_quotes(out, &id.to_string());
            });
            writer.text_if_any("name", &label.name);
            writer.text_if_any("remark", &label.remark);
            if label.badge_offset != Vector::ZERO {
                writer.object("badge", |badge| {
                    badge.number("x", label.badge_offset.x);
                    badge.number("y", label.badge_offset.y);
                });
            }
        }
        Element::Station(station) => write_station(writer, station),
        Element::Flow(flow) => write_flow(writer, flow),
        Element::Judgement(judgement) => {
            writer.text("topic", &judgement.topic);
            if !judgement.about.is_empty() {
                writer.list("about", &judgement.about, |out, id| {
                    text_in_quotes(out, &id.to_string());
                });
            }
            writer.text(
                "verdict",
                match judgement.verdict {
                    Verdict::Agreed => "agreed",
                    Verdict::Dismissed => "dismissed",
                },
            );
            writer.text_if_any("remark", &judgement.remark);
        }
    }
}

fn write_leverage(writer: &mut RecordWriter<'_>, level: Option<LeverageLevel>) {
    if let Some(level) = level {
        writer.number("leverage", f64::from(level.number()));
    }
}

pub(super) fn write_placement(writer: &mut RecordWriter<'_>, placement: &Placement) {
    writer.number("x", placement.position.x);
    writer.number("y", placement.position.y);
    writer.number_unless("layer", f64::from(placement.layer), 0.0);
    if let Some(group) = placement.group {
        writer.text("group", &group.to_string());
    }
    if placement.hold == Hold::Locked {
        writer.yes("locked");
    }
}

/// Reads the fields of a record; `None` where one is at fault that has no stand-in.
pub fn read_record(kind: ElementKind, fields: &mut Fields<'_, '_>) -> Option<Element> {
    match kind {
        ElementKind::Variable => Some(Element::Variable(Variable {
            name: fields.text("name", MAXIMUM_NAME),
            kind: fields
                .choice_if_any("kind", &VARIABLE_KINDS)
                .unwrap_or_default(),
            placement: read_placement(fields),
            binding: fields.object_if_any("binding", read_binding).flatten(),
            aim: fields.choice_if_any("aim", &AIMS),
            leverage: read_leverage(fields),
            remark: fields.text_if_any("remark", MAXIMUM_TEXT),
        })),
        ElementKind::Link => read_link(fields).map(Element::Link),
        ElementKind::Note => Some(Element::Note(Note {
            text: fields.text("text", MAXIMUM_TEXT),
            kind: fields
                .choice_if_any("kind", &NOTE_KINDS)
                .unwrap_or_default(),
            width: fields.number_or(
                "width",
                Note::MINIMUM_WIDTH..=Note::MAXIMUM_WIDTH,
                NOTE_WIDTH,
            ),
            placement: read_placement(fields),
        })),
        ElementKind::Judgement => read_judgement(fields).map(Element::Judgement),
        ElementKind::LoopLabel => Some(Element::LoopLabel(LoopLabel {
            key: read_loop_links(fields),
            name: fields.text_if_any("name", MAXIMUM_NAME),
            remark: fields.text_if_any("remark", MAXIMUM_TEXT),
            badge_offset: read_badge(fields),
        })),
        ElementKind::Station => Some(Element::Station(read_station(fields))),
        ElementKind::Flow => read_flow(fields).map(Element::Flow),
    }
}

pub(super) fn read_placement(fields: &mut Fields<'_, '_>) -> Placement {
    Placement {
        position: Point::new(
            fields.number("x", -MAXIMUM_COORDINATE..=MAXIMUM_COORDINATE),
            fields.number("y", -MAXIMUM_COORDINATE..=MAXIMUM_COORDINATE),
        ),
        layer: fields.whole_number_if_any("layer"),
        group: fields.id_if_any("group"),
        hold: if fields.truth_if_any("locked") {
            Hold::Locked
        } else {
            Hold::Free
        },
    }
}

fn read_link(fields: &mut Fields<'_, '_>) -> Option<Link> {
    let from = fields.id("from");
    let to = fields.id("to");
    let polarity = fields.choice("polarity", &POLARITIES).unwrap_or_default();
    let delay = if fields.truth_if_any("delayed") {
        Delay::Delayed
    } else {
        Delay::None
    };
    let bend = fields.number_or("bend", -Link::MAXIMUM_BEND..=Link::MAXIMUM_BEND, 0.0);
    let delay_source = fields.object_if_any("delaySource", read_segment).flatten();
    let leverage = read_leverage(fields);
    let remark = fields.text_if_any("remark", MAXIMUM_TEXT);
    Some(Link {
        from: from?,
        to: to?,
        polarity,
        delay,
        bend,
        remark,
        delay_source,
        leverage,
    })
}

fn read_leverage(fields: &mut Fields<'_, '_>) -> Option<LeverageLevel> {
    fields.optional("leverage")?;
    let number = fields.whole_number_if_any("leverage");
    let level = u8::try_from(number).ok();
    let level = level.and_then(|number| LeverageLevel::new(number).ok());
    if level.is_none() {
        fields.fault("leverage", "a whole number from 1 to 12 is needed");
    }
    level
}

fn read_judgement(fields: &mut Fields<'_, '_>) -> Option<Judgement> {
    let topic = fields.text("topic", Judgement::LONGEST_TOPIC);
    if topic.is_empty() {
        fields.fault("topic", "it cannot be empty");
    }
    let about = match fields.optional("about") {
        Some(_) => read_ids(
            fields,
            "about",
            "record",
            "in this judgement",
            "a judgement is about one record at least, or has no list",
        ),
        None => Vec::new(),
    };
    let verdict = fields.choice("verdict", &VERDICTS);
    let remark = fields.text_if_any("remark", MAXIMUM_TEXT);
    Some(Judgement {
        remark,
        ..Judgement::new(&topic, about, verdict?)
    })
}

fn read_loop_links(fields: &mut Fields<'_, '_>) -> LoopKey {
    LoopKey::new(read_ids(
        fields,
        "links",
        "link",
        "in this loop",
        "a loop has one link at least",
    ))
}

/// A list of ids, each once.
fn read_ids(
    fields: &mut Fields<'_, '_>,
    name: &'static str,
    what: &str,
    place: &str,
    least: &str,
) -> Vec<Id> {
    let Some(node) = fields.required(name) else {
        return Vec::new();
    };
    let (path, collector) = fields.context();
    let path = path.field(name);
    let mut ids = std::collections::BTreeSet::new();
    let items = collector.items(node, path);
    for (index, item) in items.iter().enumerate() {
        if let Some(id) = collector.id(item, path.item(index))
            && !ids.insert(id)
        {
            let path = path.item(index);
            collector.add(
                item.at,
                format!("{path}: the {what} \"{id}\" is already {place}"),
            );
        }
    }
    if items.is_empty() && matches!(node.value, crate::format::syntax::Value::List(_)) {
        collector.add(node.at, format!("{path}: {least}"));
    }
    ids.into_iter().collect()
}

fn read_badge(fields: &mut Fields<'_, '_>) -> Vector {
    let Some(node) = fields.optional("badge") else {
        return Vector::ZERO;
    };
    let (path, collector) = fields.context();
    let Some(mut badge) = Fields::of(node, path.field("badge"), collector) else {
        return Vector::ZERO;
    };
    let range = -MAXIMUM_COORDINATE..=MAXIMUM_COORDINATE;
    let offset = Vector::new(badge.number("x", range.clone()), badge.number("y", range));
    badge.finish();
    offset
}

/// Writes the text of another program that a document was read from.
pub fn write_carried(writer: &mut RecordWriter<'_>, carried: &Carried) {
    let format = match carried.format {
        ForeignFormat::Xmile => "xmile",
        ForeignFormat::Vensim => "vensim",
    };
    writer.text("format", format);
    writer.text("seed", &carried.seed.to_string());
    writer.text("text", &carried.text);
}

/// Reads the text of another program that a document was read from; none where it is at fault.
pub fn read_carried(fields: &mut Fields<'_, '_>) -> Carrying {
    let format = fields.choice("format", &FOREIGN_FORMATS);
    let seed = fields.id("seed");
    let text = fields.text("text", Carried::LONGEST);
    let (format, seed) = (format?, seed?);
    Some(Arc::new(Carried { format, seed, text }))
}

/// What is said of the document as a whole: the title, which may be empty but not left out, what
/// the system is for, and the settings of the stream.
pub fn read_properties(fields: &mut Fields<'_, '_>) -> Properties {
    Properties {
        title: fields.text("title", MAXIMUM_NAME),
        purpose: fields.text_if_any("purpose", MAXIMUM_TEXT),
        stream: fields
            .object_if_any("stream", read_settings)
            .unwrap_or_default(),
    }
}
