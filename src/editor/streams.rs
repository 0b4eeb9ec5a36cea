//! What is worked out elsewhere of the value streams: when it must be anew, and taking what it adds
//! to the picture.

use crate::model::{Change, Element, Flow, Patch, Station};
use crate::scene::{Marks, MeasureText};

use super::state::Editor;

impl Editor {
    /// Takes what the streams add to the picture: ladder, constraint, bound values. What it names
    /// that is gone is left out. Where the diagram has just been opened and everything is in sight,
    /// it still is afterwards.
    pub fn take_marks(&mut self, marks: Marks, measure: &dyn MeasureText) {
        let is_first = std::mem::take(&mut self.awaits_marks);
        let fit = self.present_fit().filter(|_| is_first);
        let changed = self.scene.set_marks(&self.document, marks, measure);
        for (_, rect) in changed {
            self.mark(rect);
        }
        self.follow_step();
        self.fit_again(fit);
        self.versions.stream += 1;
    }
}

/// Whether a patch can make a difference to a stream or to what is bound to it.
#[must_use]
pub fn matters_to_streams(patch: &Patch) -> bool {
    patch.properties.is_some() || patch.changes.values().any(matters)
}

/// Whether a change can make a difference to a stream or to what is bound to it; a move cannot.
fn matters(change: &Change) -> bool {
    match (&change.before, &change.after) {
        (Some(Element::Station(before)), Some(Element::Station(after))) => {
            let still = Station {
                placement: after.placement,
                colour: after.colour,
                ..before.clone()
            };
            still != *after
        }
        (Some(Element::Flow(before)), Some(Element::Flow(after))) => {
            let still = Flow {
                bend: after.bend,
                ..before.clone()
            };
            still != *after
        }
        (Some(Element::Variable(before)), Some(Element::Variable(after))) => {
            before.binding != after.binding
        }
        (Some(Element::Link(before)), Some(Element::Link(after))) => {
            before.delay_source != after.delay_source
        }
        (before, after) => [before, after]
            .into_iter()
            .flatten()
            .any(|element| match element {
                Element::Station(_) | Element::Flow(_) | Element::Improvement(_) => true,
                Element::Variable(variable) => variable.binding.is_some(),
                Element::Link(link) => link.delay_source.is_some(),
                Element::FindingReview(review) => review.topic.starts_with("stream/"),
                Element::Note(_)
                | Element::LoopLabel(_)
                | Element::Frame(_)
                | Element::Comment(_)
                | Element::Image(_)
                | Element::Scenario(_)
                | Element::Story(_)
                | Element::StoryStep(_)
                | Element::Retrospective(_)
                | Element::Fact(_)
                | Element::Variation(_)
                | Element::Experiment(_) => false,
            }),
    }
}
