//! The retrospectives: the event, its timeline, what varied, the loops with names, the leverage
//! point, and what is tried.

use super::experiments::experiment;
use super::markdown::{heading, item, paragraphs, table};
use crate::format::drawing::Drawing;
use crate::model::{Document, Experiment, Id, Retrospective, isolated};
use crate::story::{lever_words, variation_name};

/// Every retrospective in its order; nothing where there are none.
pub fn retrospectives(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    for (id, sheet) in document.retrospectives_in_order() {
        match sheet.event.trim() {
            "" => heading(out, "Retrospective"),
            event => heading(out, &format!("Retrospective: {}", super::escaped(event))),
        }
        for (word, text) in [("When: ", &sheet.when), ("With: ", &sheet.people)] {
            if !text.trim().is_empty() {
                paragraphs(out, &format!("{word}{text}"));
            }
        }
        timeline(out, document, id);
        what_varied(out, document, id);
        named_loops(out, drawing);
        leverage_point(out, drawing, sheet);
        let experiments = document.experiments_of(id);
        listed(out, drawing, &experiments);
    }
}

fn part(out: &mut String, words: &str) {
    out.push_str("\n### ");
    out.push_str(words);
    out.push('\n');
}

fn timeline(out: &mut String, document: &Document, sheet: Id) {
    let facts = document.facts_of(sheet);
    let rows: Vec<Vec<String>> = facts
        .iter()
        .map(|(_, fact)| vec![fact.when.clone(), fact.what.clone()])
        .collect();
    if !rows.is_empty() {
        part(out, "What happened");
        table(out, &["When", "What was seen"], &rows);
    }
}

fn what_varied(out: &mut String, document: &Document, sheet: Id) {
    let all = document.variations_of(sheet);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|(_, one)| {
            let how = one.how.map_or("not known", |how| how.words());
            vec![variation_name(document, one), how.to_owned()]
        })
        .collect();
    if !rows.is_empty() {
        part(out, "What varied");
        table(out, &["What", "How it behaved"], &rows);
    }
}

fn named_loops(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    if document.loop_labels().is_empty() || document.variables().is_empty() {
        return;
    }
    let mut is_first = true;
    for found in &drawing.loops().loops {
        let label = document.label_of(&found.key).map(|(_, label)| label);
        let name = label.map_or("", |label| label.name.trim());
        if name.is_empty() {
            continue;
        }
        if is_first {
            part(out, "Its loops");
            out.push('\n');
            is_first = false;
        }
        let kind = found.polarity.word();
        let strong = format!("{} {}", found.code, isolated(name));
        let sentence = found.sentence(document);
        item(out, &strong, &format!("({kind}): {sentence}."));
    }
}

fn leverage_point(out: &mut String, drawing: &Drawing<'_>, sheet: &Retrospective) {
    let document = drawing.document();
    let Some(lever) = &sheet.lever else {
        return;
    };
    let report = (!document.variables().is_empty()).then(|| drawing.loops());
    let name = lever_words(document, report, lever);
    part(out, "Leverage point");
    let name = name.unwrap_or_else(|| "It is gone from the diagram".to_owned());
    paragraphs(out, &format!("{name}."));
    if let Some(level) = sheet.level {
        let words = format!("Level {} of 12: {}.", level.number(), level.name());
        paragraphs(out, &words);
    }
    paragraphs(out, &sheet.why);
}

fn listed(out: &mut String, drawing: &Drawing<'_>, experiments: &[(Id, &Experiment)]) {
    if experiments.is_empty() {
        return;
    }
    part(out, "Experiments");
    out.push('\n');
    for (_, one) in experiments {
        experiment(out, drawing, one);
    }
}
