//! What was understood of a text that was opened, and what was not, in sentences for people.

use super::reader::{Opened, Positions, Warning};
use crate::model::{Delay, Document, Polarity, VariableKind};

/// The sentences about a document that was read by a reader of this name, the summary first.
#[must_use]
pub fn understood(name: &str, opened: &Opened) -> Vec<String> {
    let document = &opened.document;
    let parts = counts(document);
    let notes = match opened.warnings.len() {
        0 => String::new(),
        1 => ", with one note".to_owned(),
        count => format!(", with {count} notes"),
    };
    let summary = match parts.split_last() {
        None => format!("Read as {name}, but there is nothing in it to draw{notes}."),
        Some((only, [])) => format!("Read as {name}: {only}{notes}."),
        Some((last, others)) => {
            format!("Read as {name}: {} and {last}{notes}.", others.join(", "))
        }
    };
    let mut sentences = vec![summary];
    sentences.extend(details(document));
    if opened.positions == Positions::Missing && !document.is_empty() {
        sentences.push("The text does not say where things stand: they are arranged.".to_owned());
    }
    let warnings = opened.warnings.iter();
    sentences.extend(warnings.map(Warning::sentence));
    sentences
}

/// How many records there are of each kind that there is.
fn counts(document: &Document) -> Vec<String> {
    let kinds = [
        (document.variables().len(), "variable", "variables"),
        (document.links().len(), "link", "links"),
        (document.stations().len(), "station", "stations"),
        (document.flows().len(), "flow", "flows"),
        (document.notes().len(), "note", "notes"),
        (document.loop_labels().len(), "named loop", "named loops"),
    ];
    let there = kinds.into_iter().filter(|(count, ..)| *count > 0);
    there
        .map(|(count, one, many)| counted(count, one, many))
        .collect()
}

/// What is to be known of variables and links.
fn details(document: &Document) -> Vec<String> {
    let mut sentences = Vec::new();
    let variables = document.variables().values();
    let stocks = variables.filter(|variable| variable.kind == VariableKind::Stock);
    match stocks.count() {
        0 => {}
        count => sentences.push(format!("{}.", counted(count, "stock", "stocks"))),
    }
    let of = |polarity: Polarity| {
        let links = document.links().values();
        links.filter(|link| link.polarity == polarity).count()
    };
    let signs = [
        (of(Polarity::Positive), "positive"),
        (of(Polarity::Negative), "negative"),
        (of(Polarity::Unknown), "of unknown polarity"),
    ];
    let links = document.links().values();
    let delayed = links.filter(|link| link.delay == Delay::Delayed).count();
    let all = signs.into_iter().chain([(delayed, "delayed")]);
    let words: Vec<String> = all
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if !words.is_empty() {
        sentences.push(format!("Links: {}.", words.join(", ")));
    }
    sentences
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
