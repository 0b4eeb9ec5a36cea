//! Taking over what another document says, part by part, as one patch.

use serde::{Deserialize, Serialize};

use crate::model::{Document, Edit, Element, ElementKind, Fact, Id, Patch, Variation};

/// A part of what differs, that can be taken over by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// One record.
    Record(Id),
    /// The title.
    Title,
    /// What the diagram is for.
    Purpose,
    /// Calendar, limit of work and pack of words.
    Settings,
}

/// The patch that makes of ours what theirs says in these parts.
///
/// The other document must have been brought onto the ids of ours by [`super::aligned`]. What
/// stays keeps its place. What is added brings the ends along that it needs; what is removed takes
/// along what cannot be without it. Labels of loops come only where all their links are there.
#[must_use]
pub fn merge(ours: &Document, theirs: &Document, parts: &[Part]) -> Patch {
    let mut edit = Edit::new(ours);
    let mut wanted: Vec<Id> = Vec::new();
    let mut properties = ours.properties().clone();
    let other = theirs.properties();
    for part in parts {
        match part {
            Part::Record(id) => wanted.push(*id),
            Part::Title => properties.title.clone_from(&other.title),
            Part::Purpose => properties.purpose.clone_from(&other.purpose),
            Part::Settings => {
                properties.stream.clone_from(&other.stream);
                properties.run.clone_from(&other.run);
            }
        }
    }
    edit.set_properties(properties);
    let rank = |kind: ElementKind| match kind {
        ElementKind::Variable
        | ElementKind::Note
        | ElementKind::Station
        | ElementKind::Frame
        | ElementKind::Story
        | ElementKind::Retrospective => 0,
        ElementKind::Link | ElementKind::Flow => 1,
        ElementKind::LoopLabel => 2,
        ElementKind::FindingReview
        | ElementKind::Comment
        | ElementKind::Image
        | ElementKind::Improvement
        | ElementKind::Scenario
        | ElementKind::StoryStep
        | ElementKind::Fact
        | ElementKind::Variation
        | ElementKind::Experiment => 3,
    };
    for round in 0..=3 {
        for id in &wanted {
            if let Some(element) = theirs.element(*id)
                && rank(element.kind()) == round
            {
                take(&mut edit, theirs, *id, element);
            }
        }
        if round == 1 {
            // After what leads elsewhere, so that it is not taken along.
            for id in wanted.iter().filter(|id| theirs.kind_of(**id).is_none()) {
                edit.remove(*id);
            }
        }
    }
    edit.finish()
}

/// Takes over one record.
fn take(edit: &mut Edit<'_>, theirs: &Document, id: Id, mut element: Element) {
    if let Some(edge) = element.edge() {
        for end in [edge.from, edge.to] {
            if edit.element(end).is_none() {
                edit.set(end, theirs.element(end));
            }
        }
    }
    if let Element::LoopLabel(label) = &element {
        let key = &label.key;
        let whole = key.links().iter().all(|link| edit.element(*link).is_some());
        let other = edit.document().label_of(key).map(|(other, _)| other);
        let free = other.is_none_or(|other| other == id || edit.element(other).is_none());
        if !whole || !free {
            return;
        }
    }
    if let Element::FindingReview(review) = &element {
        let (topic, about) = (&review.topic, &review.about);
        let other = edit.document().review_of(topic, about);
        let free = other.is_none_or(|(other, _)| other == id || edit.element(other).is_none());
        if !free || about.iter().any(|id| edit.element(*id).is_none()) {
            return;
        }
    }
    if let Element::Comment(comment) = &element
        && edit.element(comment.about).is_none()
    {
        return;
    }
    if let Element::Image(image) = &element
        && edit.element(image.note).is_none()
    {
        return;
    }
    if let Element::StoryStep(step) = &element
        && edit.element(step.story).is_none()
    {
        edit.set(step.story, theirs.element(step.story));
    }
    if let Element::Fact(Fact { retrospective, .. })
    | Element::Variation(Variation { retrospective, .. }) = &element
        && edit.element(*retrospective).is_none()
    {
        edit.set(*retrospective, theirs.element(*retrospective));
    }
    if let Element::Improvement(improvement) = &mut element {
        let is_there = |id: Id| edit.element(id).is_some();
        *improvement = improvement.clone().of(is_there);
    }
    if let Element::Scenario(scenario) = &mut element {
        let is_there = |id: Id| edit.element(id).is_some();
        scenario.values = scenario.values.of(is_there);
    }
    if let Some(standing) = edit.element(id) {
        if let (Some(from), Some(to)) = (standing.placement(), element.placement_mut()) {
            *to = *from;
        }
        if let (Element::Frame(from), Element::Frame(to)) = (&standing, &mut element) {
            (to.width, to.height) = (from.width, from.height);
        }
        if let (Some(from), Some(mut to)) = (standing.edge(), element.edge()) {
            (to.bend, to.corner) = (from.bend, from.corner);
            element.set_edge(to);
        }
    }
    edit.set(id, Some(element));
}
