//! What is told when a text was opened, in sentences for people: what was lost, then what was read.

use serde::{Deserialize, Serialize};

use super::reader::{ImportResult, Positions, Warning};
use crate::model::{Delay, Document, Polarity, VariableKind};

/// What is told of a text that was opened, in sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningReport {
    /// What was lost, the most first; empty where nothing was. Of several kinds the first sentence
    /// says how much it is in all, and the last one how many further kinds stand in the notes.
    pub losses: Vec<String>,
    /// What was read.
    pub summary: String,
    /// What else is to be known.
    pub notes: Vec<String>,
}

impl OpeningReport {
    /// How many kinds of losses are told before what was read.
    pub const SHOWN: usize = 5;

    /// What is told of a document that was read by a reader of this name.
    #[must_use]
    pub fn of(name: &str, opened: &ImportResult) -> Self {
        let document = &opened.document;
        let (lost, noted): (Vec<&Warning>, Vec<&Warning>) =
            opened.warnings.iter().partition(|warning| warning.lost > 0);
        let (losses, further) = losses(lost);
        let mut notes = further;
        notes.extend(details(document));
        if opened.positions == Positions::Missing && !document.is_empty() {
            notes.push("The text has no positions, so the diagram was arranged.".to_owned());
        }
        let summary = summary(name, document, noted.len());
        notes.extend(noted.into_iter().map(Warning::sentence));
        Self {
            losses,
            summary,
            notes,
        }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.losses.is_empty() && self.summary.is_empty() && self.notes.is_empty()
    }
}

/// What was lost, the most first, and what is left for the notes.
fn losses(mut lost: Vec<&Warning>) -> (Vec<String>, Vec<String>) {
    // What weighs the same stays in the order of the reader.
    lost.sort_by_key(|warning| std::cmp::Reverse(warning.lost));
    let total: usize = lost.iter().map(|warning| warning.lost).sum();
    let (shown, further) = lost.split_at(lost.len().min(OpeningReport::SHOWN));
    let mut losses = Vec::new();
    if lost.len() > 1 {
        losses.push(format!("{total} things are missing or incomplete:"));
    }
    losses.extend(shown.iter().map(|warning| warning.sentence()));
    if !further.is_empty() {
        let things: usize = further.iter().map(|warning| warning.lost).sum();
        losses.push(format!(
            "{}, {} in all, in the details.",
            counted(further.len(), "further kind", "further kinds"),
            counted(things, "thing", "things")
        ));
    }
    let further = further.iter().map(|warning| warning.sentence());
    (losses, further.collect())
}

fn summary(name: &str, document: &Document, notes: usize) -> String {
    let parts = counts(document);
    let notes = match notes {
        0 => String::new(),
        1 => "; 1 detail".to_owned(),
        count => format!("; {count} details"),
    };
    match parts.split_last() {
        None => format!("Read as {name}, but there is nothing in it to draw{notes}."),
        Some((only, [])) => format!("Read as {name}: {only}{notes}."),
        Some((last, others)) => {
            format!("Read as {name}: {} and {last}{notes}.", others.join(", "))
        }
    }
}

/// How many records there are of each kind that there is.
fn counts(document: &Document) -> Vec<String> {
    let kinds = [
        (document.variables().len(), "variable", "variables"),
        (document.links().len(), "link", "links"),
        (document.stations().len(), "step", "steps"),
        (document.flows().len(), "flow", "flows"),
        (document.notes().len(), "note", "notes"),
        (document.frames().len(), "frame", "frames"),
        (document.comments().len(), "comment", "comments"),
        (document.images().len(), "image", "images"),
        (document.improvements().len(), "improvement", "improvements"),
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
        (of(Polarity::Unknown), "without a sign"),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(warnings: Vec<Warning>) -> OpeningReport {
        let opened = ImportResult {
            document: Document::default(),
            warnings,
            positions: Positions::Given,
        };
        OpeningReport::of("a list", &opened)
    }

    #[test]
    fn what_was_lost_comes_first_and_the_most_of_it_before_the_rest() {
        let report = told(vec![
            Warning::note("3 names are alike"),
            Warning::loss(18, "18 rows were not read"),
            Warning::loss(119, "119 of 175 arrows were not read: their ends are texts"),
        ]);
        assert_eq!(
            report.losses,
            [
                "137 things are missing or incomplete:",
                "119 of 175 arrows were not read: their ends are texts.",
                "18 rows were not read.",
            ]
        );
        assert_eq!(
            report.summary,
            "Read as a list, but there is nothing in it to draw; 1 detail."
        );
        assert_eq!(report.notes, ["3 names are alike."]);
    }

    #[test]
    fn one_kind_of_loss_needs_no_total_and_none_says_nothing() {
        let one = told(vec![Warning::loss(2, "2 rows were not read")]);
        assert_eq!(one.losses, ["2 rows were not read."]);
        assert!(told(vec![Warning::note("so")]).losses.is_empty());
    }

    #[test]
    fn of_many_kinds_the_rest_is_counted_and_stands_in_the_notes() {
        let kinds = (1..=8).map(|count| Warning::loss(count, format!("{count} of a kind")));
        let report = told(kinds.collect());
        assert_eq!(report.losses.len(), OpeningReport::SHOWN + 2);
        assert_eq!(report.losses[0], "36 things are missing or incomplete:");
        assert_eq!(report.losses[1], "8 of a kind.");
        assert_eq!(
            report.losses.last().map(String::as_str),
            Some("3 further kinds, 6 things in all, in the details.")
        );
        assert_eq!(
            report.notes[..3],
            ["3 of a kind.", "2 of a kind.", "1 of a kind."]
        );
    }
}
