//! The causal part of the report: loops, archetypes, checks.

use super::markdown::{heading, item, more, paragraphs};
use crate::causal::check::{Finding, Severity};
use crate::causal::{Completeness, CountState, NamedLoop};
use crate::format::drawing::Drawing;
use crate::model::{Decision, Delay, Document, isolated};

/// How many loops are told, beside those that have a name.
const LOOPS: usize = 40;
/// How many findings of one check are told.
const FINDINGS: usize = 5;

/// How many loops there are, and the shortest and the named ones as sentences.
pub fn loops(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    heading(out, "Loops");
    let (counts, state) = drawing.counts();
    let total = counts.total().to_string();
    if total == "0" && *state == CountState::Exact {
        paragraphs(out, "There are no loops.");
        return;
    }
    let kinds = [
        (counts.reinforcing.to_string(), "reinforcing"),
        (counts.balancing.to_string(), "balancing"),
        (counts.undetermined.to_string(), "unsigned"),
    ];
    let kinds = kinds.iter().filter(|(count, _)| count != "0");
    let kinds: Vec<String> = kinds
        .map(|(count, kind)| format!("{count} {kind}"))
        .collect();
    let (at_least, exactly) = match state {
        CountState::Exact => ("", ", counted exactly"),
        _ => ("at least ", ""),
    };
    let (are, noun) = match total.as_str() {
        "1" => ("is", "loop"),
        _ => ("are", "loops"),
    };
    paragraphs(
        out,
        &format!(
            "There {are} {at_least}{total} {noun}{exactly}: {}.",
            kinds.join(", ")
        ),
    );
    if counts.delayed.to_string() != "0" {
        let words = format!("With a delayed link: {at_least}{}.", counts.delayed);
        paragraphs(out, &words);
    }
    out.push('\n');
    let report = drawing.loops();
    let told = report
        .loops
        .iter()
        .enumerate()
        .filter(|(index, found)| *index < LOOPS || document.label_of(&found.key).is_some());
    let mut count = 0;
    for (_, found) in told {
        count += 1;
        one_loop(out, document, found);
    }
    if !report.lists_all() || count < report.loops.len() {
        let named = document.loop_labels().len();
        let and_named = if named > 0 {
            ", and those that have a name,"
        } else {
            ""
        };
        paragraphs(
            out,
            &format!("The shortest{and_named} are listed; there are more."),
        );
    }
}

fn one_loop(out: &mut String, document: &Document, found: &NamedLoop) {
    let label = document.label_of(&found.key).map(|(_, label)| label);
    let name = label.map_or("", |label| label.name.trim());
    let strong = match name {
        "" => found.code.clone(),
        name => format!("{} {}", found.code, isolated(name)),
    };
    let delayed = match found.delay {
        Delay::Delayed => ", delayed",
        Delay::None => "",
    };
    let sentence = found.sentence(document);
    item(
        out,
        &strong,
        &format!("({}{delayed}): {sentence}.", found.polarity.word()),
    );
    more(out, label.map_or("", |label| &label.remark));
}

/// The archetypes that it is consistent with, but for those that somebody denied.
pub fn archetypes(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    let report = drawing.archetypes();
    let mut is_first = true;
    for found in &report.matches {
        let decision = document.review_of(&found.topic(), &sorted(found.about()));
        let decision = decision.map(|(_, review)| review.decision);
        if decision == Some(Decision::Dismissed) {
            continue;
        }
        if is_first {
            heading(out, "Archetypes");
            paragraphs(
                out,
                "A structure is consistent with an archetype; whether it is at work is for people to say.",
            );
            out.push('\n');
            is_first = false;
        }
        let agreed = match decision {
            Some(Decision::Agreed) => " (agreed)",
            _ => "",
        };
        let title = found.archetype.title;
        item(out, &format!("{title}{agreed}."), &found.sentence(document));
    }
    if is_first {
        return;
    }
    if report.more_matches > 0 {
        paragraphs(
            out,
            &format!("{} more are not listed.", report.more_matches),
        );
    }
    if report.completeness != Completeness::Exact {
        paragraphs(out, "The diagram is too large to be searched to the end.");
    }
}

fn sorted(mut ids: Vec<crate::model::Id>) -> Vec<crate::model::Id> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Problems and warnings, each with why it matters; hints are questions and stand elsewhere.
pub fn checks(out: &mut String, drawing: &Drawing<'_>) {
    heading(out, "Checks");
    let findings = drawing.findings();
    let grave = |finding: &&Finding| finding.check.severity != Severity::Hint;
    if !findings.iter().any(|finding| grave(&finding)) {
        paragraphs(out, "No findings.");
        return;
    }
    out.push('\n');
    for group in findings.chunk_by(|one, other| one.check == other.check) {
        let check = group[0].check;
        if check.severity == Severity::Hint {
            continue;
        }
        let source = match check.source {
            "" => String::new(),
            source => format!(" ({source})"),
        };
        let word = match check.severity {
            Severity::Problem => "Problem",
            Severity::Warning | Severity::Hint => "Warning",
        };
        item(
            out,
            &format!("{word}: {}.", check.title),
            &format!("{}{source}", check.why),
        );
        for finding in group.iter().take(FINDINGS) {
            more(out, &format!("\u{2192} {}", finding.words));
        }
        let unlisted: usize = group.iter().map(|finding| finding.unlisted).sum();
        let rest = group.len().saturating_sub(FINDINGS) + unlisted;
        if rest > 0 {
            more(out, &format!("\u{2192} and {rest} more."));
        }
    }
}
