//! What differs between two documents, apart from where things stand.

use crate::model::{
    Document, Element, Experiment, Fact, Frame, Id, MeasureKind, Note, Placement, Retrospective,
    StoryStep, Variation, Vector,
};

/// A record that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The record, by the same id in both documents.
    pub id: Id,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// How a record differs.
#[derive(Clone, Debug, PartialEq)]
pub enum DifferenceKind {
    /// Only the other document has it.
    Added,
    /// Only ours has it.
    Removed,
    /// Both have it, and they say different things of it: these.
    Changed(Vec<&'static str>),
}

/// What differs, in the order of [`Document::ids`], first of ours, then what was added.
///
/// The other document must have been brought onto the ids of ours by [`super::aligned`]. Where
/// things stand, and how arcs bend, is no difference.
#[must_use]
pub fn differences(ours: &Document, theirs: &Document) -> Vec<Difference> {
    let mut found = Vec::new();
    for id in ours.ids() {
        let kind = match (ours.element(id), theirs.element(id)) {
            (Some(mine), Some(other)) => {
                let fields = changed_fields(mine, other);
                if fields.is_empty() {
                    continue;
                }
                DifferenceKind::Changed(fields)
            }
            _ => DifferenceKind::Removed,
        };
        found.push(Difference { id, kind });
    }
    let added = theirs.ids().filter(|id| ours.kind_of(*id).is_none());
    found.extend(added.map(|id| Difference {
        id,
        kind: DifferenceKind::Added,
    }));
    found
}

/// A record without where it stands.
pub(super) fn without_placement(mut element: Element) -> Element {
    if let Some(placement) = element.placement_mut() {
        *placement = Placement::default();
    }
    if let Some(mut edge) = element.edge() {
        (edge.bend, edge.corner) = (0.0, None);
        element.set_edge(edge);
    }
    match &mut element {
        Element::LoopLabel(label) => label.badge_offset = Vector::ZERO,
        Element::Note(note) => note.width = Note::DEFAULT_WIDTH,
        Element::Frame(frame) => {
            (frame.width, frame.height) = (Frame::MINIMUM_SIDE, Frame::MINIMUM_SIDE);
        }
        _ => {}
    }
    element
}

/// The names of what differs.
pub(super) fn changed_fields(mine: Element, other: Element) -> Vec<&'static str> {
    let (mine, other) = (without_placement(mine), without_placement(other));
    let mut fields = Vec::new();
    let mut say = |name: &'static str, is_same: bool| {
        if !is_same {
            fields.push(name);
        }
    };
    match (&mine, &other) {
        (Element::Variable(a), Element::Variable(b)) => {
            say("name", a.name == b.name);
            say("kind", a.kind == b.kind);
            say("note", a.remark == b.remark);
            say("tags", a.tags == b.tags);
            say("binding", a.binding == b.binding);
            say("aim", a.aim == b.aim);
            say("leverage", a.leverage == b.leverage);
        }
        (Element::Link(a), Element::Link(b)) => {
            say("ends", (a.from, a.to) == (b.from, b.to));
            say("polarity", a.polarity == b.polarity);
            say(
                "delay",
                (a.delay, a.delay_source) == (b.delay, b.delay_source),
            );
            say("leverage", a.leverage == b.leverage);
            say("note", a.remark == b.remark);
            say("tags", a.tags == b.tags);
        }
        (Element::Station(a), Element::Station(b)) => {
            say("name", a.name == b.name);
            say("kind", a.kind == b.kind);
            say("resource", a.resource == b.resource);
            say("role", a.role == b.role);
            say("value to the customer", a.value == b.value);
            say("products", a.products == b.products);
            say("note", a.remark == b.remark);
            say("tags", a.tags == b.tags);
            for kind in MeasureKind::ALL {
                say(kind.name(), a.measures.get(kind) == b.measures.get(kind));
            }
        }
        (Element::Flow(a), Element::Flow(b)) => {
            say("ends", (a.from, a.to) == (b.from, b.to));
            say("kind", a.kind == b.kind);
            say("note", a.remark == b.remark);
            for kind in MeasureKind::ALL {
                say(kind.name(), a.measures.get(kind) == b.measures.get(kind));
            }
        }
        (Element::Frame(a), Element::Frame(b)) => {
            say("title", a.title == b.title);
            say(MeasureKind::Limit.name(), a.limit == b.limit);
        }
        (Element::Comment(a), Element::Comment(b)) => {
            say("text", a.text == b.text);
            say("resolved", a.resolved == b.resolved);
            say("author", (&a.author, a.date) == (&b.author, b.date));
            say("thread", (a.about, a.place) == (b.about, b.place));
        }
        (Element::Note(a), Element::Note(b)) => {
            say("description of the image", a.alt == b.alt);
            say(
                "text",
                *a == Note {
                    alt: a.alt.clone(),
                    ..b.clone()
                },
            );
        }
        (Element::Image(a), Element::Image(b)) => {
            say("image", a.data == b.data);
            say("note", a.note == b.note);
        }
        (Element::Improvement(a), Element::Improvement(b)) => {
            say("name", a.name == b.name);
            say("what changes", a.changes == b.changes);
            say("what is left out", a.without == b.without);
            say("what is put in", a.added == b.added);
        }
        (Element::Scenario(a), Element::Scenario(b)) => {
            say("name", a.name == b.name);
            say("numbers", a.values == b.values);
        }
        (Element::Story(a), Element::Story(b)) => {
            say("name", a.name == b.name);
            say("place in the list", a.place == b.place);
        }
        (Element::StoryStep(a), Element::StoryStep(b)) => {
            say("title", a.title == b.title);
            say("words", a.words == b.words);
            say("notes of the speaker", a.notes == b.notes);
            let shown = |step: &StoryStep| (step.marks.clone(), step.rest, step.loops.clone());
            say("what is shown", shown(a) == shown(b));
            say("figures", a.figures == b.figures);
            say("moment of the run", a.moment == b.moment);
            say("view", a.view == b.view);
            say(
                "place in the story",
                (a.story, a.place) == (b.story, b.place),
            );
        }
        (Element::Retrospective(a), Element::Retrospective(b)) => {
            say("event", a.event == b.event);
            say("when", a.when == b.when);
            say("who takes part", a.people == b.people);
            let point = |sheet: &Retrospective| (sheet.lever.clone(), sheet.level);
            say("leverage point", point(a) == point(b));
            say("why", a.why == b.why);
            say("place in the list", a.place == b.place);
        }
        (Element::Fact(a), Element::Fact(b)) => {
            say("when", a.when == b.when);
            say("what was seen", a.what == b.what);
            let place = |fact: &Fact| (fact.retrospective, fact.place);
            say("place in the timeline", place(a) == place(b));
        }
        (Element::Variation(a), Element::Variation(b)) => {
            say("name", a.name == b.name);
            say("behaviour", a.how == b.how);
            say("variable", a.variable == b.variable);
            let place = |one: &Variation| (one.retrospective, one.place);
            say("place in the list", place(a) == place(b));
        }
        (Element::Experiment(a), Element::Experiment(b)) => {
            let hypothesis = |one: &Experiment| {
                let Experiment {
                    action,
                    outcome,
                    because,
                    ..
                } = one.clone();
                (action, outcome, because)
            };
            say("hypothesis", hypothesis(a) == hypothesis(b));
            say(
                "what it changes",
                (&a.changes, a.level) == (&b.changes, b.level),
            );
            let moves = |one: &Experiment| (one.target, one.way, one.amount.clone());
            say("what it should move", moves(a) == moves(b));
            say("owner", a.owner == b.owner);
            say("days", (a.begins, a.ends) == (b.begins, b.ends));
            say("state", a.state == b.state);
            let measured = |one: &Experiment| {
                let Experiment {
                    measured,
                    unit,
                    before,
                    after,
                    ..
                } = one.clone();
                (measured, unit, before, after)
            };
            say("what was measured", measured(a) == measured(b));
            say("verdict", a.verdict == b.verdict);
            say("what was learned", a.learned == b.learned);
            let place = |one: &Experiment| (one.retrospective, one.place);
            say("place in the list", place(a) == place(b));
        }
        (a, b) => say("text", a == b),
    }
    fields
}
