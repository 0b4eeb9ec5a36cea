//! The open questions of the report: signs and measures that are not known, what checks and
//! archetypes ask.

use super::markdown::{heading, item};
use super::stream::name_of;
use crate::causal::check::Severity;
use crate::format::drawing::Drawing;
use crate::model::{Document, Id, Polarity, Variable, term_in_sentence};
use crate::stream::{Knowledge, missing};

/// How many questions of one kind are told.
const MOST: usize = 20;

/// All of them; nothing where there are none.
pub fn questions(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    let kinds = [
        signs(document),
        hints(drawing),
        archetypes(drawing),
        measures(drawing),
    ];
    if kinds.iter().all(Vec::is_empty) {
        return;
    }
    heading(out, "Open questions");
    out.push('\n');
    for questions in kinds {
        for question in questions.iter().take(MOST) {
            item(out, "", question);
        }
        if questions.len() > MOST {
            item(
                out,
                "",
                &format!("\u{2026} and {} more like these.", questions.len() - MOST),
            );
        }
    }
}

/// Links of which nobody has said the polarity.
fn signs(document: &Document) -> Vec<String> {
    let name = |id: Id| {
        let variable = document.variables().get(&id);
        variable.map(Variable::in_sentence).unwrap_or_default()
    };
    let links = document.links().values();
    let unknown = links.filter(|link| link.polarity == Polarity::Unknown);
    unknown
        .map(|link| {
            format!(
                "{} up \u{2192} {} up or down?",
                name(link.from),
                name(link.to)
            )
        })
        .collect()
}

/// What the checks ask.
fn hints(drawing: &Drawing<'_>) -> Vec<String> {
    let findings = drawing.findings().iter();
    let hints = findings.filter(|finding| finding.check.severity == Severity::Hint);
    hints.map(|finding| finding.words.clone()).collect()
}

/// What the archetypes ask that nobody has answered.
fn archetypes(drawing: &Drawing<'_>) -> Vec<String> {
    let document = drawing.document();
    if document.variables().is_empty() {
        return Vec::new();
    }
    let matches = drawing.archetypes().matches.iter();
    let open = matches.filter(|found| {
        let mut about = found.about();
        about.sort_unstable();
        about.dedup();
        document.review_of(&found.topic(), &about).is_none()
    });
    open.map(|found| found.question(document)).collect()
}

/// What nobody has measured, what matters most first.
fn measures(drawing: &Drawing<'_>) -> Vec<String> {
    let document = drawing.document();
    let streams = drawing.streams().streams.iter();
    let missing = streams.flat_map(missing);
    let missing = missing.filter(|missing| {
        let known = missing.knowledge;
        matches!(known, Knowledge::Unknown | Knowledge::Unstated)
    });
    missing
        .map(|missing| {
            let of = name_of(document, missing.record);
            let blocks: Vec<String> = missing
                .blocks
                .iter()
                .map(|kind| term_in_sentence(kind.words().name))
                .collect();
            let without = match blocks.is_empty() {
                true => String::new(),
                false => format!(" Without it there is no sure {}.", blocks.join(", ")),
            };
            format!("What is the {} of {of}?{without}", missing.measure.name())
        })
        .collect()
}
