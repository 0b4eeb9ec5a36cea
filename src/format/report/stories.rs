//! The stories: each step with its words and what it shows. What only the speaker sees stays out.

use super::markdown::{heading, item, more};
use crate::format::drawing::Drawing;
use crate::model::{Document, Id, Showing, StoryStep, in_sentence, isolated};
use crate::story::{FigureValue, ShownStep, figures, markdown, shown, shows_words, step_name};

/// How many lit things are named; more are counted.
const NAMED: usize = 12;

/// Every story in its order; nothing where there are none.
pub fn stories(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    for (id, story) in document.stories_in_order() {
        match story.name.trim() {
            "" => heading(out, "Story"),
            name => heading(out, &format!("Story: {}", super::escaped(name))),
        }
        out.push('\n');
        for (number, (_, step)) in (1..).zip(document.steps_of(id)) {
            one_step(out, drawing, number, step);
        }
    }
}

fn one_step(out: &mut String, drawing: &Drawing<'_>, number: usize, step: &StoryStep) {
    let document = drawing.document();
    let name = step_name(step, number);
    let shows = shows_words(document, step);
    item(out, &format!("{number}. {name}"), &format!("{shows}."));
    let words = markdown::plain(&markdown::read(&step.words));
    for line in words.lines() {
        more(out, line);
    }
    let shown = shown(document, step);
    for key in &shown.loops {
        let mut loops = drawing.loops().loops.iter();
        if let Some(named) = loops.find(|named| named.key == *key) {
            let label = document.label_of(key).map(|(_, label)| label.name.trim());
            let name = match label {
                None | Some("") => named.code.clone(),
                Some(name) => format!("{} {}", named.code, isolated(name)),
            };
            more(out, &format!("{name}: {}.", named.sentence(document)));
        }
    }
    more(out, &lit(document, &shown));
    if !step.figures.is_empty() {
        for figure in figures(document, (drawing.streams(), drawing.simulated()), step) {
            let value = match figure.value {
                FigureValue::Known(value, how) => format!("{value} ({how})"),
                FigureValue::Unknown => "unknown".to_owned(),
                FigureValue::Gone => continue,
            };
            more(out, &format!("{}: {value}.", figure.name));
        }
    }
    more(out, &shown.gone.words().unwrap_or_default());
}

/// The names of variables and stations that are lit, but for those of loops, which are told.
fn lit(document: &Document, shown: &ShownStep) -> String {
    let told = shown.loops.iter().flat_map(|key| key.links());
    let told: Vec<Id> = told
        .filter_map(|link| document.links().get(link).map(|link| link.from))
        .collect();
    let lit = shown.showing(Showing::Lit).filter(|id| !told.contains(id));
    let names = lit.filter_map(|id| {
        let variable = document.variables().get(&id).map(|one| &one.name);
        let station = document.stations().get(&id).map(|one| &one.name);
        Some(in_sentence(variable.or(station)?))
    });
    let mut names: Vec<String> = names.collect();
    if names.is_empty() {
        return String::new();
    }
    let rest = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    if rest > 0 {
        names.push(format!("{rest} more"));
    }
    format!("Lit: {}.", names.join(", "))
}
