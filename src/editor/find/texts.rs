//! The texts of a record in which things are found: its name or words, and what is remarked of it.

use crate::model::{AddedSteps, Document, Element, Id, MAXIMUM_NAME, MAXIMUM_TEXT, Tags};

use super::super::typing::{one_line, tidied};

/// What a text is, and so how long it may be and whether it has lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// A name, on one line.
    Name,
    /// Lines of text.
    Text,
}

impl TextKind {
    /// The text as it is kept; `None` if it is too long.
    pub fn kept(self, text: &str) -> Option<String> {
        let (most, kept): (usize, fn(&str) -> String) = match self {
            Self::Name => (MAXIMUM_NAME, one_line),
            Self::Text => (MAXIMUM_TEXT, tidied),
        };
        (text.len() <= most).then(|| kept(text))
    }
}

/// The texts of a record, to be read; with its tags.
pub fn texts_of(document: &Document, id: Id) -> Vec<&str> {
    let tags = document.tags_of(id).into_iter().flat_map(Tags::iter);
    words_of(document, id).into_iter().chain(tags).collect()
}

fn words_of(document: &Document, id: Id) -> Vec<&str> {
    if let Some(variable) = document.variables().get(&id) {
        return vec![&variable.name, &variable.remark, &variable.equation];
    }
    if let Some(link) = document.links().get(&id) {
        return vec![&link.label, &link.remark];
    }
    if let Some(note) = document.notes().get(&id) {
        return vec![&note.text, &note.alt];
    }
    if let Some(station) = document.stations().get(&id) {
        return vec![&station.name, &station.remark];
    }
    if let Some(flow) = document.flows().get(&id) {
        return vec![&flow.remark];
    }
    if let Some(frame) = document.frames().get(&id) {
        return vec![&frame.title];
    }
    if let Some(label) = document.loop_labels().get(&id) {
        return vec![&label.name, &label.remark];
    }
    if let Some(improvement) = document.improvements().get(&id) {
        let added = improvement.added.iter().map(|step| step.name.as_str());
        return std::iter::once(improvement.name.as_str())
            .chain(added)
            .collect();
    }
    if let Some(scenario) = document.scenarios().get(&id) {
        return vec![&scenario.name];
    }
    if let Some(story) = document.stories().get(&id) {
        return vec![&story.name];
    }
    if let Some(step) = document.story_steps().get(&id) {
        return vec![&step.title, &step.words, &step.notes];
    }
    if let Some(sheet) = document.retrospectives().get(&id) {
        return vec![&sheet.event, &sheet.when, &sheet.people, &sheet.why];
    }
    if let Some(fact) = document.facts().get(&id) {
        return vec![&fact.when, &fact.what];
    }
    if let Some(variation) = document.variations().get(&id) {
        return vec![&variation.name];
    }
    if let Some(experiment) = document.experiments().get(&id) {
        return vec![
            &experiment.action,
            &experiment.outcome,
            &experiment.because,
            &experiment.amount,
            &experiment.owner,
            &experiment.measured,
            &experiment.unit,
            &experiment.learned,
        ];
    }
    Vec::new()
}

/// The same texts, to be changed.
pub fn each_text(element: &mut Element, mut change: impl FnMut(TextKind, &mut String)) {
    use TextKind::{Name, Text};
    if let Some(tags) = element.tags_mut().filter(|tags| !tags.is_empty()) {
        let tags = std::mem::take(tags);
        let changed = tags.iter().map(|tag| {
            let mut tag = tag.to_owned();
            change(Name, &mut tag);
            tag
        });
        let changed: Tags = changed.collect();
        if let Some(own) = element.tags_mut() {
            *own = changed;
        }
    }
    match element {
        Element::Variable(variable) => {
            change(Name, &mut variable.name);
            change(Text, &mut variable.remark);
            change(Text, &mut variable.equation);
        }
        Element::Link(link) => {
            change(Name, &mut link.label);
            change(Text, &mut link.remark);
        }
        Element::Note(note) => {
            change(Text, &mut note.text);
            change(Name, &mut note.alt);
        }
        Element::Station(station) => {
            change(Name, &mut station.name);
            change(Text, &mut station.remark);
        }
        Element::Flow(flow) => change(Text, &mut flow.remark),
        Element::LoopLabel(label) => {
            change(Name, &mut label.name);
            change(Text, &mut label.remark);
        }
        Element::Frame(frame) => change(Name, &mut frame.title),
        Element::Improvement(improvement) => {
            change(Name, &mut improvement.name);
            let steps = improvement.added.iter().cloned().map(|mut step| {
                change(Name, &mut step.name);
                step
            });
            improvement.added = AddedSteps::new(steps);
        }
        Element::Scenario(scenario) => change(Name, &mut scenario.name),
        Element::Story(story) => change(Name, &mut story.name),
        Element::StoryStep(step) => {
            change(Name, &mut step.title);
            change(Text, &mut step.words);
            change(Text, &mut step.notes);
        }
        Element::Retrospective(sheet) => {
            change(Name, &mut sheet.event);
            change(Name, &mut sheet.when);
            change(Name, &mut sheet.people);
            change(Text, &mut sheet.why);
        }
        Element::Fact(fact) => {
            change(Name, &mut fact.when);
            change(Text, &mut fact.what);
        }
        Element::Variation(variation) => change(Name, &mut variation.name),
        Element::Experiment(experiment) => {
            change(Text, &mut experiment.action);
            change(Text, &mut experiment.outcome);
            change(Text, &mut experiment.because);
            change(Name, &mut experiment.amount);
            change(Name, &mut experiment.owner);
            change(Text, &mut experiment.measured);
            change(Name, &mut experiment.unit);
            change(Text, &mut experiment.learned);
        }
        // A comment is what somebody said.
        Element::FindingReview(_) | Element::Comment(_) | Element::Image(_) => {}
    }
}
