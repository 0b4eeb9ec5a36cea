//! What is written down in a retrospective, in words: a leverage point, what varied, an experiment.

use crate::causal::LoopReport;
use crate::model::{
    Aim, Document, ElementKind, Experiment, Id, Lever, Target, Variation, in_sentence, isolated,
};

use super::figures::{figure_name, has_figure};
use super::gone::travel_order;

/// Whether what somebody would act on is in the document.
#[must_use]
pub fn is_there(document: &Document, lever: &Lever) -> bool {
    match lever {
        Lever::Record(id) => document.kind_of(*id).is_some_and(ElementKind::can_be_lever),
        Lever::Loop(key) => travel_order(document, key).is_some(),
    }
}

/// What somebody would act on, by its name; `None` where it is gone. A loop has the code that the
/// report gives it, if there is a report that lists it.
#[must_use]
pub fn lever_words(
    document: &Document,
    report: Option<&LoopReport>,
    lever: &Lever,
) -> Option<String> {
    if !is_there(document, lever) {
        return None;
    }
    Some(match lever {
        Lever::Record(id) => match document.edge(*id) {
            Some(edge) => format!(
                "{} → {}",
                name_of(document, edge.from),
                name_of(document, edge.to)
            ),
            None => name_of(document, *id),
        },
        Lever::Loop(key) => {
            let label = document.label_of(key).map(|(_, label)| label.name.trim());
            let name = label.filter(|name| !name.is_empty()).map(isolated);
            let mut loops = report.into_iter().flat_map(|report| &report.loops);
            let code = loops.find(|one| one.key == *key).map(|one| &one.code);
            match (code, name) {
                (Some(code), Some(name)) => format!("{code} {name}"),
                (Some(code), None) => format!("loop {code}"),
                (None, Some(name)) => name.into_owned(),
                (None, None) => format!("a loop of {} links", key.links().len()),
            }
        }
    })
}

/// The name of a variable or station, in a sentence.
fn name_of(document: &Document, id: Id) -> String {
    let variable = document.variables().get(&id).map(|one| &one.name);
    let station = document.stations().get(&id).map(|one| &one.name);
    in_sentence(variable.or(station).map_or("", String::as_str))
}

/// What varied is called: by the variable that it is, if that is in the document.
#[must_use]
pub fn variation_name(document: &Document, variation: &Variation) -> String {
    match document.variable_of(variation) {
        Some(id) => name_of(document, id),
        None => in_sentence(&variation.name),
    }
}

/// What varied, in words: "trust fell"; "trust: nobody has said how".
#[must_use]
pub fn variation_words(document: &Document, variation: &Variation) -> String {
    let name = variation_name(document, variation);
    match variation.how {
        Some(how) => format!("{name} {}", how.words()),
        None => format!("{name}: how it behaved is not known"),
    }
}

/// The hypothesis of an experiment as a sentence: "If we do this, then that will happen, because of
/// that." What is not said is left out; nothing where nothing is said.
#[must_use]
pub fn hypothesis(experiment: &Experiment) -> String {
    let part = |words: &str, text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.trim_end_matches('.');
        (!text.is_empty()).then(|| format!("{words} {}", isolated(text)))
    };
    let parts: Vec<String> = [
        part("If we", &experiment.action),
        part("then", &experiment.outcome),
        part("because", &experiment.because),
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("{}.", parts.join(", ")),
    }
}

/// What an experiment should move, by its name; `None` where nothing is said or it is gone.
#[must_use]
pub fn target_name(document: &Document, experiment: &Experiment) -> Option<String> {
    match experiment.target? {
        Target::Variable(id) => {
            let is_there = document.variables().contains_key(&id);
            is_there.then(|| name_of(document, id))
        }
        Target::Figure(figure) => {
            has_figure(document, &figure).then(|| figure_name(document, figure))
        }
    }
}

/// What an experiment should move, which way and by how much: "lead time should fall by half"; empty
/// where nothing is said.
#[must_use]
pub fn target_words(document: &Document, experiment: &Experiment) -> String {
    let way = match experiment.way {
        Some(Aim::Rise) => "should rise",
        Some(Aim::Fall) => "should fall",
        None => "should change",
    };
    let amount = isolated(experiment.amount.trim());
    match target_name(document, experiment) {
        Some(name) => format!("{name} {way} {amount}").trim_end().to_owned(),
        None => amount.into_owned(),
    }
}

/// What an experiment mentions that is gone, as a sentence; none where nothing is.
#[must_use]
pub fn gone_of_experiment(document: &Document, experiment: &Experiment) -> Option<String> {
    let changes = experiment.changes.iter();
    let changes = changes.filter(|lever| !is_there(document, lever)).count();
    let target = experiment.target.is_some() && target_name(document, experiment).is_none();
    let changes = match changes {
        0 => None,
        1 => Some("1 thing that it changes".to_owned()),
        count => Some(format!("{count} things that it changes")),
    };
    let target = target.then(|| "what it should move".to_owned());
    let parts: Vec<String> = changes.into_iter().chain(target).collect();
    (!parts.is_empty()).then(|| format!("Gone since it was written: {}.", parts.join(" and ")))
}
