//! A document to an edge list.

use std::collections::BTreeMap;

use super::guard::guard;
use crate::format::export::{Export, Labels, losses};
use crate::model::{Delay, Document, ElementKind, Id, Link, Polarity, VariableKind};

/// The header that is written.
const HEAD: &str = "from,to,polarity,delay,remark";
/// The further column where links stand side by side, which would be read as one link else.
const PARALLEL: &str = ",parallel";

/// Writes the variables and links of a document as an edge list, in the order of their names.
///
/// A variable has a row of its own if it has no link or has a remark. Names that reading could not
/// tell apart get a number, and a variable without a name is called so; the warnings say how many.
/// Links side by side are numbered.
#[must_use]
pub fn write(document: &Document) -> Export {
    let labels = Labels::distinct(document);
    let mut between: BTreeMap<(Id, Id), usize> = BTreeMap::new();
    for link in document.links().values() {
        *between.entry((link.from, link.to)).or_default() += 1;
    }
    let side_by_side = between.iter().filter(|(_, count)| **count > 1);
    let mut numbers: BTreeMap<(Id, Id), usize> = side_by_side.map(|(ends, _)| (*ends, 0)).collect();
    let mut text = HEAD.to_owned();
    if !numbers.is_empty() {
        text.push_str(PARALLEL);
    }
    text.push_str("\r\n");
    let mut alone: Vec<_> = document
        .variables()
        .iter()
        .filter(|(id, variable)| {
            let is_linked = document.edge_count(**id) > 0;
            !is_linked || !variable.remark.is_empty()
        })
        .map(|(id, variable)| (labels.of(*id), variable))
        .collect();
    alone.sort_by_key(|(one, _)| *one);
    for (label, variable) in alone {
        add_text(&mut text, label);
        text.push_str(",,,,");
        add_text(&mut text, &variable.remark);
        text.push_str("\r\n");
    }
    let mut links: Vec<_> = document
        .links()
        .values()
        .map(|link| (labels.of(link.from), labels.of(link.to), link))
        .collect();
    links.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    for (from, to, link) in links {
        add_text(&mut text, from);
        text.push(',');
        add_text(&mut text, to);
        add_rest(&mut text, link);
        if let Some(number) = numbers.get_mut(&(link.from, link.to)) {
            *number += 1;
            text.push_str(&format!(",{number}"));
        }
        text.push_str("\r\n");
    }
    let mut warnings = labels.warnings();
    let stocks = document.variables().values();
    let stocks = stocks.filter(|variable| variable.kind == VariableKind::Stock);
    warnings.extend(losses(
        document,
        stocks.count(),
        &[
            ElementKind::LoopLabel,
            ElementKind::Note,
            ElementKind::Station,
            ElementKind::Flow,
            ElementKind::Frame,
            ElementKind::Comment,
            ElementKind::Image,
            ElementKind::Improvement,
            ElementKind::Scenario,
            ElementKind::Story,
            ElementKind::Retrospective,
            ElementKind::Experiment,
        ],
    ));
    Export { text, warnings }
}

/// Polarity, delay and remark.
fn add_rest(text: &mut String, link: &Link) {
    text.push_str(match link.polarity {
        Polarity::Positive => ",+,",
        Polarity::Negative => ",-,",
        Polarity::Unknown => ",?,",
    });
    text.push_str(match link.delay {
        Delay::Delayed => "yes,",
        Delay::None => ",",
    });
    add_text(text, &link.remark);
}

/// A name or a remark, guarded, and in quotes where it needs them.
pub fn add_text(out: &mut String, text: &str) {
    let guard = guard(text);
    let needs_quotes = text.contains([',', ';', '\t', '"', '\r', '\n']) || text.trim() != text;
    if !needs_quotes {
        out.push_str(guard);
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(guard);
    for character in text.chars() {
        if character == '"' {
            out.push('"');
        }
        out.push(character);
    }
    out.push('"');
}
