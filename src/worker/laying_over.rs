//! Maps laid over each other: a table of who sees what, and a diagram of all with comments.

use serde::{Deserialize, Serialize};

use super::list::Table;
use super::request::OtherText;
use super::wire::as_file;
use crate::compare::{Divided, LaidOver, lay_over};
use crate::editor::describe;
use crate::format::json;
use crate::model::{
    Comment, Delay, Document, Edit, Element, ElementKind, Id, IdSource, MAXIMUM_NAME, MAXIMUM_TEXT,
    MeasureKind, counted, isolated, measure_text,
};

/// The most maps that are laid over each other at once.
pub const MOST_MAPS: usize = 12;
/// Who has made the comments of the diagram of all.
const AUTHOR: &str = "Laid over each other";

/// Maps laid over each other, as the page shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LaidMaps {
    /// How much they agree on, in a sentence.
    pub sentence: String,
    /// What not all have, or what they say otherwise; a column for each map.
    pub table: Table,
    /// Everything of all of them, with a comment on what they differ about.
    #[serde(with = "as_file")]
    pub document: Document,
}

/// Lays maps over each other, or says which of them cannot be read.
pub(super) fn laid_maps(texts: &[OtherText], ids: &mut IdSource) -> Result<LaidMaps, String> {
    let read = texts.iter().map(|OtherText { name, text }| {
        let opened = json::read(text);
        opened
            .map(|opened| opened.document)
            .map_err(|error| format!("{} was not opened: {error}.", isolated(name)))
    });
    let maps: Vec<Document> = read.collect::<Result<_, _>>()?;
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    let (laid, maps) = lay_over(&maps);
    let rows = laid.divided.iter().map(|one| {
        let head = heading(&laid.document, one.id);
        let cells = (0..maps.len()).map(|map| cell(one, map, &maps));
        [head].into_iter().chain(cells).collect()
    });
    let heads = [""].into_iter().chain(names.iter().copied());
    Ok(LaidMaps {
        sentence: sentence(&laid, names.len()),
        table: Table {
            heads: heads.map(str::to_owned).collect(),
            rows: rows.collect(),
        },
        document: commented(&laid, &maps, &names, ids),
    })
}

fn sentence(laid: &LaidOver, maps: usize) -> String {
    let maps = counted(maps as u64, "map", "maps");
    let agreed = counted(laid.agreed as u64, "thing is", "things are");
    match laid.divided.len() {
        0 => format!("{maps}: {agreed} the same in all of them. Nothing differs."),
        divided => format!(
            "{maps}: {agreed} the same in all of them, and {} not.",
            counted(divided as u64, "is", "are")
        ),
    }
}

/// What a record is called, whatever the maps say of it.
fn heading(document: &Document, id: Id) -> String {
    let name = |id: Id| describe(document, id);
    match document.element(id) {
        Some(Element::Link(link)) => format!("{} → {}", name(link.from), name(link.to)),
        _ => name(id),
    }
}

/// What one map says of a record where the maps differ.
fn cell(one: &Divided, map: usize, maps: &[Document]) -> String {
    if !one.seen.contains(&map) {
        return "not there".to_owned();
    }
    let views = one.views.iter().map(|views| {
        let group = views.groups.iter().position(|group| group.contains(&map));
        said(&maps[map], one.id, views.field, group.unwrap_or(0))
    });
    let views: Vec<String> = views.collect();
    match views.is_empty() {
        true => "there".to_owned(),
        false => views.join("; "),
    }
}

/// What a map says of one field: its value, or by a number which of the views it has.
fn said(map: &Document, id: Id, field: &'static str, group: usize) -> String {
    let element = map.element(id);
    let value = match (&element, field) {
        (Some(Element::Variable(variable)), "name") => Some(variable.name.clone()),
        (Some(Element::Station(station)), "name") => Some(station.name.clone()),
        (Some(Element::Link(link)), "polarity") => return link.polarity.symbol().to_string(),
        (Some(Element::Link(link)), "delay") => {
            return match link.delay {
                Delay::Delayed => "delayed".to_owned(),
                Delay::None => "no delay".to_owned(),
            };
        }
        (Some(Element::Station(station)), field) => {
            let measures = &station.measures;
            measure_named(field).map(|kind| measures.get(kind).map_or_else(unknown, measure_text))
        }
        (Some(Element::Flow(flow)), field) => {
            let measures = &flow.measures;
            measure_named(field).map(|kind| measures.get(kind).map_or_else(unknown, measure_text))
        }
        _ => None,
    };
    match (field, value) {
        ("name", Some(name)) => isolated(&name).into_owned(),
        (field, Some(value)) => format!("{field} {}", isolated(&value)),
        (field, None) => format!("{field}: view {}", group + 1),
    }
}

fn unknown() -> String {
    "unknown".to_owned()
}

fn measure_named(name: &str) -> Option<MeasureKind> {
    MeasureKind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
}

/// The diagram of all, with a comment on everything that the maps differ about.
fn commented(laid: &LaidOver, maps: &[Document], names: &[&str], ids: &mut IdSource) -> Document {
    let mut document = laid.document.clone();
    let mut edit = Edit::new(&laid.document);
    let mut properties = laid.document.properties().clone();
    properties.title = names.join(" + ").chars().take(MAXIMUM_NAME).collect();
    edit.set_properties(properties);
    for one in &laid.divided {
        let kind = laid.document.kind_of(one.id);
        if !kind.is_some_and(ElementKind::can_be_commented) {
            continue;
        }
        let lines = names
            .iter()
            .enumerate()
            .map(|(map, name)| format!("{}: {}", isolated(name), cell(one, map, maps)));
        let text = lines.collect::<Vec<_>>().join("\n");
        let comment = Comment {
            about: one.id,
            text: text.chars().take(MAXIMUM_TEXT).collect(),
            place: 0,
            author: AUTHOR.to_owned(),
            date: None,
            resolved: false,
        };
        edit.set(ids.fresh(), Some(Element::Comment(comment)));
    }
    // A comment is about what is there, and ids are fresh.
    let applied = document.apply(&edit.finish());
    debug_assert!(applied.is_ok(), "{applied:?}");
    document
}
