//! Documents as other programs can have them, and what is compared of them.

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{Warning, open_text};
use loopstream::model::{
    Delay, Document, Edit, Element, Id, IdSource, Link, Note, Patch, Placement, Point, Polarity,
    Properties, Variable, VariableKind,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::document::assert_valid;

/// What a document shows, by names, in a fixed order.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub variables: Vec<(String, VariableKind, String, [f64; 2])>,
    pub links: Vec<(String, String, Polarity, Delay, f64)>,
    pub notes: Vec<(String, [f64; 2])>,
}

/// What a document shows.
pub fn shown(document: &Document) -> Shown {
    let at = |point: Point| [point.x, point.y];
    let name = |id: &Id| document.variables()[id].name.clone();
    let variables = document.variables().values();
    let mut variables: Vec<_> = variables
        .map(|v| {
            let remark = v.remark.clone();
            (v.name.clone(), v.kind, remark, at(v.placement.position))
        })
        .collect();
    let links = document.links().values();
    let mut links: Vec<_> = links
        .map(|l| (name(&l.from), name(&l.to), l.polarity, l.delay, l.bend))
        .collect();
    let notes = document.notes().values();
    let mut notes: Vec<_> = notes
        .map(|n| (n.text.clone(), at(n.placement.position)))
        .collect();
    variables.sort_by(|a, b| a.0.cmp(&b.0));
    links.sort_by(|a, b| (&a.0, &a.1, a.4.total_cmp(&b.4)).cmp(&(&b.0, &b.1, b.4.total_cmp(&a.4))));
    notes.sort_by(|a, b| a.0.cmp(&b.0).then(a.1[0].total_cmp(&b.1[0])));
    Shown {
        variables,
        links,
        notes,
    }
}

/// Panics unless both show the same, with places and bends that differ no more than so much.
pub fn assert_alike(one: &Shown, other: &Shown, places: f64, bends: f64) {
    let names = |shown: &Shown| -> Vec<_> {
        let all = shown.variables.iter();
        all.map(|v| (v.0.clone(), v.1, v.2.clone())).collect()
    };
    assert_eq!(names(one), names(other));
    let links = |shown: &Shown| -> Vec<_> {
        let all = shown.links.iter();
        all.map(|l| (l.0.clone(), l.1.clone(), l.2, l.3)).collect()
    };
    assert_eq!(links(one), links(other));
    let texts = |shown: &Shown| -> Vec<_> { shown.notes.iter().map(|n| n.0.clone()).collect() };
    assert_eq!(texts(one), texts(other));
    let near =
        |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).abs() <= places && (a[1] - b[1]).abs() <= places;
    for (a, b) in one.variables.iter().zip(&other.variables) {
        assert!(near(a.3, b.3), "{a:?} {b:?}");
    }
    for (a, b) in one.notes.iter().zip(&other.notes) {
        assert!(near(a.1, b.1), "{a:?} {b:?}");
    }
    for (a, b) in one.links.iter().zip(&other.links) {
        let apart = (a.4 - b.4).abs();
        // The direction of a ring comes round again.
        let apart = if a.0 == a.1 {
            apart.min(1.0 - apart)
        } else {
            apart
        };
        assert!(apart <= bends, "{a:?} {b:?}");
    }
}

/// The patch without what it changes of the settings of runs.
pub fn as_runs_were(patch: &mut Patch) {
    if let Some((before, after)) = &mut patch.properties {
        after.run = before.run.clone();
    }
}

/// Names that are all different, with signs that must be escaped or quoted.
fn names() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => "[A-Za-z]{1,8}",
        2 => "[A-Za-z][a-z]{0,4} [a-z0-9]{1,4}",
        1 => "[<>&'\"\\\\,|~{}()+=:;#-]{1,3}[a-z]{1,3}",
        1 => "[\u{e4}\u{f6}\u{fc}\u{4e00}-\u{4e20}]{1,5}",
        1 => "[0-9]{1,2}[a-z]",
    ];
    vec(word, 1..8).prop_map(|words| {
        let numbered = words.into_iter().enumerate();
        numbered
            .map(|(place, word)| format!("{word} v{place}"))
            .collect()
    })
}

fn remark() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => "[A-Za-z<>&\"'{}=,;:]{1,8}( [A-Za-z<>&\"'{}=,;:]{1,8}){0,4}",
        1 => "[a-z]{1,6}\n[a-z]{1,6}",
    ]
}

/// A document that a model of another program can show: every two variables have one link at most.
pub fn plain_document() -> impl Strategy<Value = Document> {
    let variable = (any::<bool>(), remark(), -900..900_i32);
    let polarity = prop_oneof![
        Just(Polarity::Positive),
        Just(Polarity::Negative),
        Just(Polarity::Unknown)
    ];
    let link = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        polarity,
        any::<bool>(),
        -1.9..1.9_f64,
    );
    let note = (
        "[a-zA-Z<>&\"']{4,9}( [a-z]{1,6}){0,3}(\n[a-z]{1,6})?",
        -900..900_i32,
        -900..900_i32,
    );
    let said = (names(), vec(variable, 8), vec(link, 0..14), vec(note, 0..3));
    said.prop_map(|(names, variables, links, notes)| {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        let count = names.len() as u64;
        for (place, (name, (is_stock, remark, y))) in names.into_iter().zip(variables).enumerate() {
            let variable = Variable {
                name,
                kind: if is_stock {
                    VariableKind::Stock
                } else {
                    VariableKind::Plain
                },
                remark,
                placement: at(place as f64 * 210.0, f64::from(y)),
                ..Variable::default()
            };
            edit.set(
                Id::from_bits(place as u64),
                Some(Element::Variable(variable)),
            );
        }
        let mut joined = std::collections::BTreeSet::new();
        for (place, (from, to, polarity, delayed, bend)) in links.into_iter().enumerate() {
            let (from, to) = (
                from.index(count as usize) as u64,
                to.index(count as usize) as u64,
            );
            if !joined.insert((from.min(to), from.max(to))) {
                continue;
            }
            let is_ring = from == to;
            let link = Link {
                polarity,
                delay: if delayed { Delay::Delayed } else { Delay::None },
                ..Link::new(
                    Id::from_bits(from),
                    Id::from_bits(to),
                    if is_ring { bend.abs() / 2.0 } else { bend },
                )
            };
            edit.set(Id::from_bits(100 + place as u64), Some(Element::Link(link)));
        }
        for (place, (text, x, y)) in notes.into_iter().enumerate() {
            let note = Note::new(text, at(f64::from(x), f64::from(y)));
            edit.set(Id::from_bits(200 + place as u64), Some(Element::Note(note)));
        }
        edit.set_properties(Properties::default());
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        document
    })
}

fn at(x: f64, y: f64) -> Placement {
    Placement {
        position: Point::new(x, y),
        ..Placement::default()
    }
}

/// What is told of what could not be carried over.
pub fn warnings(warnings: &[Warning]) -> Vec<String> {
    warnings.iter().map(ToString::to_string).collect()
}

/// The variable of a name.
pub fn named(document: &Document, name: &str) -> Id {
    let mut all = document.variables().iter();
    *all.find(|(_, variable)| variable.name == name).unwrap().0
}

/// The document after a change.
pub fn changed(document: &Document, change: impl FnOnce(&mut Edit<'_>)) -> Document {
    let mut edit = Edit::new(document);
    change(&mut edit);
    let patch = edit.finish();
    let mut document = document.clone();
    document.apply(&patch).unwrap();
    document
}

/// The lines of one text that are not in the other, and the other way round.
pub fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let only = |one: &str, other: &str| {
        let others: Vec<&str> = other.lines().collect();
        let lines = one.lines().filter(|line| !others.contains(line));
        lines.map(|line| line.trim().to_owned()).collect()
    };
    (only(before, after), only(after, before))
}

/// The document of a model, whose variables, links and loops (reinforcing, balancing, and such as
/// equations prove no sign of) must be as many as is said.
pub fn with_sizes(name: &str, text: &str, expected: (usize, usize, (u64, u64, u64))) -> Document {
    let document = open_text(text, &mut IdSource::new(5)).unwrap().document;
    assert_valid(&document);
    let mut analysis = LoopAnalysis::new(&document, 1000);
    assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
    let counts = analysis.report(&document).counts;
    let found = (counts.reinforcing, counts.balancing, counts.undetermined);
    let sizes = (document.variables().len(), document.links().len(), found);
    assert_eq!(sizes, expected, "{name}");
    document
}
