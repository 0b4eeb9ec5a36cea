//! Copies of a part of a diagram: for the clipboard, for duplicates.

use std::collections::BTreeSet;

use crate::model::{
    Document, Edit, Element, FindingReview, Id, IdSource, LoopKey, Patch, Records, Rect, Vector,
};

/// The part of a document that is selected: its variables, stations, notes with their images and
/// frames, the links and flows between them (and those that are selected where both their ends
/// are), the labels of loops that are whole, and what was answered to findings about them.
#[must_use]
pub fn fragment(document: &Document, ids: &BTreeSet<Id>) -> Document {
    let stands = |id: &Id| document.placement(*id).is_some();
    let mut nodes: BTreeSet<Id> = ids.iter().copied().filter(stands).collect();
    // A selected link or flow brings its ends along: without them it could not be.
    for edge in ids.iter().filter_map(|id| document.edge(*id)) {
        nodes.extend([edge.from, edge.to]);
    }
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let mut links = BTreeSet::new();
    for id in document.links().keys().chain(document.flows().keys()) {
        let Some(edge) = document.edge(*id) else {
            continue;
        };
        let chosen = ids.contains(id) || (ids.contains(&edge.from) && ids.contains(&edge.to));
        if chosen && nodes.contains(&edge.from) && nodes.contains(&edge.to) {
            links.insert(*id);
            edit.set(*id, document.element(*id));
        }
    }
    for (id, label) in document.loop_labels() {
        if label.key.links().iter().all(|link| links.contains(link)) {
            edit.set(*id, Some(Element::LoopLabel(label.clone())));
        }
    }
    for (id, review) in document.reviews() {
        let is_copied = |id: &Id| nodes.contains(id) || links.contains(id);
        if !review.about.is_empty() && review.about.iter().all(is_copied) {
            edit.set(*id, Some(Element::FindingReview(review.clone())));
        }
    }
    for id in nodes {
        edit.set(id, document.element(id));
        for (image, _) in document.images_of(id) {
            edit.set(image, document.element(image));
        }
    }
    let mut copy = Document::default();
    // The part holds every end of its links, so the patch can always be applied.
    let applied = copy.apply(&edit.finish());
    debug_assert!(applied.is_ok(), "{applied:?}");
    copy
}

/// Puts a copy of `part`, under fresh ids and moved by `shift`, into a document; gives the ids of
/// everything that is drawn.
#[must_use]
pub fn insert(
    document: &Document,
    part: &Document,
    shift: Vector,
    ids: &mut IdSource,
) -> (Patch, BTreeSet<Id>) {
    let mut fresh: Records<Id> = Records::new();
    let mut renamed = |id: Id| match fresh.get(&id) {
        Some(renamed) => *renamed,
        None => {
            let renamed = ids.fresh();
            fresh.insert(id, renamed);
            renamed
        }
    };
    // What a copy is bound to is copied with it, or else stays what it is.
    let kept_or = |id: Id, renamed: &mut dyn FnMut(Id) -> Id| match part.kind_of(id) {
        Some(_) => renamed(id),
        None => id,
    };
    let mut edit = Edit::new(document);
    let mut made = BTreeSet::new();
    for id in part.ids() {
        let Some(mut element) = part.element(id) else {
            continue;
        };
        // What was answered of that diagram as a whole is no answer about this one.
        if matches!(&element, Element::FindingReview(review) if review.about.is_empty()) {
            continue;
        }
        if let Some(placement) = element.placement_mut() {
            placement.position = (placement.position + shift).on_canvas();
            placement.group = placement.group.map(&mut renamed);
        }
        match &mut element {
            Element::Link(link) => {
                link.from = renamed(link.from);
                link.to = renamed(link.to);
                if let Some(segment) = &mut link.delay_source {
                    segment.from = kept_or(segment.from, &mut renamed);
                    segment.to = kept_or(segment.to, &mut renamed);
                }
            }
            Element::Flow(flow) => {
                flow.from = renamed(flow.from);
                flow.to = renamed(flow.to);
            }
            Element::LoopLabel(label) => {
                label.key = LoopKey::new(label.key.links().iter().map(|link| renamed(*link)));
            }
            Element::Variable(variable) => {
                let binding = variable.binding.take();
                variable.binding =
                    binding.map(|binding| binding.about(|id| kept_or(id, &mut renamed)));
            }
            Element::FindingReview(review) => {
                let about: Vec<Id> = review.about.iter().map(|id| renamed(*id)).collect();
                *review = FindingReview {
                    remark: std::mem::take(&mut review.remark),
                    ..FindingReview::new(&review.topic, about, review.decision)
                };
            }
            Element::Comment(comment) => comment.about = renamed(comment.about),
            Element::Image(image) => image.note = renamed(image.note),
            Element::Improvement(improvement) => {
                let copied = improvement.clone().renamed(&mut renamed);
                *improvement = copied.with_own_steps(&mut renamed);
            }
            Element::Scenario(scenario) => {
                scenario.values = scenario.values.renamed(&mut renamed);
            }
            Element::StoryStep(step) => {
                *step = step.renamed(|id| kept_or(id, &mut renamed)).moved(shift);
            }
            Element::Retrospective(sheet) => {
                *sheet = sheet.clone().renamed(|id| kept_or(id, &mut renamed));
            }
            Element::Fact(fact) => fact.retrospective = renamed(fact.retrospective),
            Element::Variation(variation) => {
                *variation = variation.clone().renamed(|id| kept_or(id, &mut renamed));
            }
            Element::Experiment(experiment) => {
                *experiment = experiment.clone().renamed(|id| kept_or(id, &mut renamed));
            }
            Element::Note(_) | Element::Station(_) | Element::Frame(_) | Element::Story(_) => {}
        }
        let id = renamed(id);
        if !matches!(
            element,
            Element::LoopLabel(_)
                | Element::FindingReview(_)
                | Element::Comment(_)
                | Element::Image(_)
                | Element::Improvement(_)
                | Element::Scenario(_)
                | Element::Story(_)
                | Element::StoryStep(_)
                | Element::Retrospective(_)
                | Element::Fact(_)
                | Element::Variation(_)
                | Element::Experiment(_)
        ) {
            made.insert(id);
        }
        edit.set(id, Some(element));
    }
    (edit.finish(), made)
}

/// The box around the middles of everything that stands by itself.
#[must_use]
pub fn middles(document: &Document) -> Option<Rect> {
    document
        .ids()
        .filter_map(|id| document.placement(id))
        .map(|placement| Rect::from_points(placement.position, placement.position))
        .reduce(|all, rect| all.union(&rect))
}
