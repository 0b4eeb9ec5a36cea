//! Every format that is written and read: what is written says the same when it is read, as far as
//! the table of writers says that it carries it.

use std::collections::BTreeMap;

use crate::common::document::{assert_valid, document as any_document};
use crate::common::foreign::{link, variable, with, written};
use loopstream::format::{DocumentPart, ImportResult, WRITERS, open_text, sniff};
use loopstream::model::{
    Delay, Document, Edit, Element, ElementKind, Id, IdSource, Link, LoopKey, LoopLabel,
    MAXIMUM_COORDINATE, Point, Polarity, VariableKind, flow_side,
};
use proptest::prelude::*;

/// What opens what a writer wrote: its name in the table of readers.
const PAIRS: &[(&str, &str)] = &[
    ("loopstream", "a Loopstream file"),
    ("svg", "an SVG picture of Loopstream"),
    ("vensim", "a Vensim model"),
    ("xmile", "an XMILE model"),
    ("mermaid", "a Mermaid flowchart"),
    ("dot", "a Graphviz graph"),
    ("csv", "a CSV list of links"),
    ("loopy", "a LOOPY link or its text"),
    ("loopy-link", "a LOOPY link or its text"),
    ("kumu", "a Kumu blueprint"),
    ("sd-json", "an SD-JSON model"),
];
/// Models say once that something depends on something else: of links from the same to the same
/// variable one is read.
const MODELS: &[&str] = &["vensim", "xmile"];
/// An edge of a drawn graph that is there twice, with the same words, is one link.
const DRAWN: &[&str] = &["mermaid", "dot"];
/// What nothing reads: pictures and texts for people.
const FOR_PEOPLE: &[&str] = &["markdown", "story"];
/// What is written and drawn, but not read again.
const ONE_WAY: &[(&str, DocumentPart)] = &[
    ("mermaid", DocumentPart::Streams),
    ("dot", DocumentPart::Streams),
];

#[test]
fn every_writer_is_one_of_a_pair_or_for_people() {
    for writer in WRITERS {
        let is_pair = PAIRS.iter().any(|(key, _)| *key == writer.key);
        let is_for_people = FOR_PEOPLE.contains(&writer.key);
        assert!(is_pair != is_for_people, "{}", writer.key);
        assert!(writer.carries.is_sorted(), "{}", writer.key);
        assert!(writer.purpose.ends_with('.'), "{}", writer.key);
        let keys = WRITERS.iter().filter(|other| other.key == writer.key);
        assert_eq!(keys.count(), 1, "{}", writer.key);
    }
}

/// What of a document a format carries, in words that can be compared.
#[derive(Debug, PartialEq)]
struct Seen {
    title: Option<String>,
    variables: Vec<String>,
    links: Vec<String>,
    notes: Vec<String>,
    loops: Vec<String>,
}

fn carries(key: &str, part: DocumentPart) -> bool {
    let writer = WRITERS.iter().find(|writer| writer.key == key).unwrap();
    writer.carries.contains(&part) && !ONE_WAY.contains(&(key, part))
}

fn seen(document: &Document, key: &str) -> Seen {
    let has = |part| carries(key, part);
    let remark = |part: DocumentPart, text: &str| match has(part) {
        true => text.to_owned(),
        false => String::new(),
    };
    let names: BTreeMap<Id, String> = document
        .variables()
        .iter()
        .map(|(id, variable)| {
            let is_stock = has(DocumentPart::Stocks) && variable.kind == VariableKind::Stock;
            let kind = if is_stock { "stock " } else { "" };
            let name = format!(
                "{kind}{} ({})",
                variable.name,
                remark(DocumentPart::Remarks, &variable.remark)
            );
            (*id, name)
        })
        .collect();
    let line = |link: &Link| {
        let polarity = has(DocumentPart::Polarity).then_some(link.polarity);
        let delay = has(DocumentPart::Delay).then_some(link.delay);
        let (from, to) = (&names[&link.from], &names[&link.to]);
        let remark = remark(DocumentPart::LinkRemarks, &link.remark);
        format!("{from} {polarity:?} {delay:?} {to} {remark}")
    };
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    let notes = document.notes().values().map(|note| note.text.clone());
    let loops = document.loop_labels().values().map(|label| {
        let links = label.key.links().iter();
        let links: Vec<String> = links.map(|id| line(&document.links()[id])).collect();
        format!("{} {} {:?}", label.name, label.remark, sorted(links))
    });
    Seen {
        title: has(DocumentPart::Title).then(|| document.properties().title.clone()),
        variables: sorted(names.values().cloned().collect()),
        links: sorted(document.links().values().map(line).collect()),
        notes: sorted(notes.filter(|_| has(DocumentPart::Notes)).collect()),
        loops: sorted(loops.filter(|_| has(DocumentPart::LoopNames)).collect()),
    }
}

fn read_back(document: &Document, key: &str) -> ImportResult {
    let text = written(document, key).text;
    let (_, name) = PAIRS.iter().find(|(pair, _)| *pair == key).unwrap();
    assert_eq!(
        sniff(&text).map(|reader| reader.name),
        Some(*name),
        "{text}"
    );
    let opened = open_text(&text, &mut IdSource::new(7));
    let opened = opened.unwrap_or_else(|error| panic!("{key}: {error}\n{text}"));
    assert_valid(&opened.document);
    opened
}

/// The document without links that a drawn graph shows by the same edge as another.
fn drawn_once(document: &Document, key: &str) -> Document {
    let mut edit = Edit::new(document);
    let mut drawn = std::collections::BTreeSet::new();
    for (id, link) in document.links() {
        let remark: String = match carries(key, DocumentPart::LinkRemarks) {
            true => link
                .remark
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect(),
            false => String::new(),
        };
        if !drawn.insert((link.from, link.to, link.polarity, link.delay, remark)) {
            edit.remove(*id);
        }
    }
    let mut fit = document.clone();
    fit.apply(&edit.finish()).unwrap();
    fit
}

/// The document as a format can have it: for drawn graphs without edges that are there twice, for
/// models without parallel links and delays of pipes, with one blank between words and without the signs that their
/// grammar keeps for itself.
fn fit_for(document: &Document, key: &str) -> Document {
    if DRAWN.contains(&key) {
        return drawn_once(document, key);
    }
    if !MODELS.contains(&key) {
        return document.clone();
    }
    let mut edit = Edit::new(document);
    let mut taken = std::collections::BTreeSet::new();
    for (id, link) in document.links() {
        if !taken.insert((link.from, link.to)) {
            edit.remove(*id);
        } else if flow_side(document, link).is_some() {
            // A pipe has no delay.
            edit.change(*id, |element| {
                if let Element::Link(link) = element {
                    link.delay = Delay::None;
                }
            });
        }
    }
    let plain = |text: &str| {
        let text = text.replace(['~', '|', '\\', '_'], " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut properties = document.properties().clone();
    properties.title = plain(&properties.title);
    edit.set_properties(properties);
    // What is kept of a model here is no model at all.
    edit.set_source_text(None);
    for id in document.ids() {
        edit.change(id, |element| match element {
            Element::Variable(variable) => {
                variable.name = plain(&variable.name);
                variable.remark = plain(&variable.remark);
                // What equations say becomes links.
                variable.equation.clear();
                variable.table = None;
            }
            Element::Note(note) => note.text = plain(&note.text),
            _ => {}
        });
    }
    let mut fit = document.clone();
    fit.apply(&edit.finish()).unwrap();
    fit
}

/// The document with texts that any format can hold, names that differ, and no value streams.
fn orderly(document: &Document) -> Document {
    let mut edit = Edit::new(document);
    let plain = |text: &str| {
        let text: String = text
            .chars()
            .map(|c| {
                if c.is_control() || c.is_whitespace() || c == '%' {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        text.trim().to_owned()
    };
    let mut properties = document.properties().clone();
    properties.title = plain(&properties.title);
    edit.set_properties(properties);
    for (number, id) in document.ids().enumerate() {
        match document.kind_of(id).unwrap() {
            ElementKind::Station | ElementKind::Flow | ElementKind::LoopLabel => {
                edit.remove(id);
            }
            _ => edit.change(id, |element| match element {
                Element::Variable(variable) => {
                    variable.name = plain(&variable.name);
                    let short: String = variable.name.chars().take(40).collect();
                    variable.name = format!("{short} {number}").trim().to_owned();
                    variable.remark = plain(&variable.remark);
                }
                Element::Link(link) => link.remark = plain(&link.remark),
                Element::Note(note) => note.text = format!("{} {number}", plain(&note.text)),
                _ => {}
            }),
        }
    }
    let mut orderly = document.clone();
    orderly.apply(&edit.finish()).unwrap();
    orderly
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_carried_comes_back(document in any_document()) {
        let orderly = orderly(&document);
        for (key, _) in PAIRS {
            let document = fit_for(&orderly, key);
            let again = read_back(&document, key).document;
            // Notes begin with a blank where they had no text.
            let (before, after) = (seen(&document, key), seen(&again, key));
            prop_assert_eq!(
                Seen { notes: trimmed(&before.notes), ..before },
                Seen { notes: trimmed(&after.notes), ..after },
                "{}", key
            );
        }
    }

    #[test]
    fn whatever_people_wrote_the_structure_comes_back(document in any_document()) {
        for (key, _) in PAIRS {
            let document = fit_for(&document, key);
            let again = read_back(&document, key).document;
            let nodes = |document: &Document| {
                document.variables().len() + document.stations().len()
            };
            // Graph languages have stations as nodes, others leave them out.
            let expected = match carries_drawn(key) {
                true => nodes(&document),
                false => document.variables().len(),
            };
            prop_assert_eq!(nodes(&again), expected, "{}", key);
            for polarity in [Polarity::Positive, Polarity::Negative] {
                let count = |document: &Document| {
                    let links = document.links().values();
                    links.filter(|link| link.polarity == polarity).count()
                };
                prop_assert_eq!(count(&again), count(&document), "{}", key);
            }
        }
    }

    #[test]
    fn places_and_bends_come_back_to_a_pixel(
        places in prop::collection::vec((-900..900_i32, -900..900_i32), 2..6),
        bends in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), -1.0..1.0_f64), 1..5),
    ) {
        let mut elements: Vec<(u64, Element)> = (1..).zip(&places).map(|(bits, (x, y))| {
            let mut element = variable(&format!("v{bits}"));
            element.placement_mut().unwrap().position = Point::new(f64::from(*x), f64::from(*y));
            (bits, element)
        }).collect();
        let mut taken = std::collections::BTreeSet::new();
        for (number, (from, to, bend)) in (100..).zip(&bends) {
            let (from, to) = (from.index(places.len()) as u64 + 1, to.index(places.len()) as u64 + 1);
            let (one, other) = (places[from as usize - 1], places[to as usize - 1]);
            let far = f64::from(one.0 - other.0).hypot(f64::from(one.1 - other.1));
            if far > 20.0 && taken.insert((from.min(to), from.max(to))) {
                let mut element = link(from, to, Polarity::Positive, Delay::None, "");
                if let Element::Link(link) = &mut element {
                    link.bend = *bend;
                }
                elements.push((number, element));
            }
        }
        let document = with("", elements);
        let shape = |document: &Document| {
            let at = |id: Id| document.variables()[&id].placement.position;
            let names = document.variables().values();
            let mut places: Vec<(String, Point)> = names.map(|one| (one.name.clone(), one.placement.position)).collect();
            places.sort_by(|one, other| one.0.cmp(&other.0));
            let first = places[0].1;
            let places: Vec<_> = places.iter().map(|(name, place)| (name.clone(), place.x - first.x, place.y - first.y)).collect();
            let name = |id: Id| document.variables()[&id].name.clone();
            let links = document.links().values();
            let arcs: BTreeMap<_, _> = links.map(|link| {
                ((name(link.from), name(link.to)), link.bend * at(link.from).distance(at(link.to)))
            }).collect();
            (places, arcs)
        };
        for key in ["loopy", "loopy-link"] {
            let again = read_back(&document, key).document;
            let ((places, arcs), (other_places, other_arcs)) = (shape(&document), shape(&again));
            prop_assert_eq!(places, other_places);
            for (way, arc) in arcs {
                prop_assert!((arc - other_arcs[&way]).abs() <= 0.6, "{way:?}: {arc} {:?}", other_arcs[&way]);
            }
            for one in again.variables().values() {
                let place = one.placement.position;
                prop_assert!(place.x >= 80.0 && place.y >= 80.0);
            }
        }
    }
}

fn trimmed(texts: &[String]) -> Vec<String> {
    let mut texts: Vec<String> = texts.iter().map(|text| text.trim().to_owned()).collect();
    texts.sort();
    texts
}

/// Whether the format draws value streams.
fn carries_drawn(key: &str) -> bool {
    let writer = WRITERS.iter().find(|writer| writer.key == key).unwrap();
    writer.carries.contains(&DocumentPart::Streams)
}

#[test]
fn names_of_loops_come_back() {
    let (plus, now) = (Polarity::Positive, Delay::None);
    let mut elements = vec![
        (1, variable("rabbits")),
        (2, variable("foxes")),
        (3, variable("grass")),
        (11, link(1, 2, plus, now, "")),
        (12, link(2, 1, Polarity::Negative, now, "eaten")),
        (13, link(1, 1, plus, now, "births")),
        (14, link(3, 1, Polarity::Unknown, now, "")),
    ];
    let label = |links: &[u64], name: &str, remark: &str| {
        let key = LoopKey::new(links.iter().map(|bits| Id::from_bits(*bits)));
        Element::LoopLabel(LoopLabel {
            name: name.to_owned(),
            remark: remark.to_owned(),
            ..LoopLabel::new(key)
        })
    };
    elements.push((21, label(&[11, 12], "Hunger", "Who eats whom.")));
    elements.push((22, label(&[13], "Birth", "")));
    let whole = with("Meadow", elements.clone());
    for key in ["loopstream", "sd-json"] {
        let again = read_back(&whole, key).document;
        assert_eq!(seen(&again, key), seen(&whole, key), "{key}");
        assert_eq!(again.loop_labels().len(), 2);
    }
    // Links that are no loop have no name that the format could hold.
    elements.push((23, label(&[11, 14], "Nothing", "")));
    let export = written(&with("Meadow", elements), "sd-json");
    let warnings: Vec<String> = export.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["1 name is of links that are no loop, and is left out"]
    );
}

#[test]
fn what_is_far_away_is_written_where_it_can_be_read() {
    let mut elements = Vec::new();
    for (bits, far) in [(1, -MAXIMUM_COORDINATE), (2, MAXIMUM_COORDINATE)] {
        let mut element = variable("far");
        element.placement_mut().unwrap().position = Point::new(far, far);
        elements.push((bits, element));
    }
    let document = with("", elements);
    assert_eq!(read_back(&document, "loopy").document.variables().len(), 2);
}
