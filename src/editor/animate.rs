//! A change that arranges the diagram, shown part by part so that the eye can follow.

use crate::model::{Change, Element, Patch, Point};

use super::event::Effect;
use super::gesture::Gesture;
use super::history::Continuity;
use super::state::{Editor, Environment};

impl Editor {
    /// Shows a share of a change, 0 to 1: things stand on the straight line to their new positions.
    /// With 1 the change is made, as one step of the history or a part of the last one.
    pub(super) fn animate(
        &mut self,
        patch: &Patch,
        share: f64,
        continuity: Continuity,
        env: &mut Environment<'_>,
    ) -> Vec<Effect> {
        if self.gesture != Gesture::Idle || self.text_edit.is_some() {
            self.discard_unfinished(env);
        }
        if share < 1.0 {
            self.set_preview(part_of(patch, share.max(0.0)), env.measure);
            return Vec::new();
        }
        self.drop_preview(env.measure);
        let patch = crate::model::rebase(patch, &self.document);
        self.commit(patch, continuity, env)
    }
}

/// The same change, with everything only so far on its way.
fn part_of(patch: &Patch, share: f64) -> Patch {
    let mut part = Patch::default();
    for (id, change) in &patch.changes {
        let (Some(before), Some(after)) = (&change.before, &change.after) else {
            continue;
        };
        let mut between = before.clone();
        if let (Some(placement), Some(end)) = (between.placement_mut(), after.placement()) {
            placement.position = mixed(placement.position, end.position, share);
        }
        if let (Some(mut edge), Some(end)) = (between.edge(), after.edge()) {
            edge.bend += (end.bend - edge.bend) * share;
            between.set_edge(edge);
        }
        if let (Element::LoopLabel(label), Element::LoopLabel(end)) = (&mut between, after) {
            let offset = end.badge_offset - label.badge_offset;
            label.badge_offset = label.badge_offset + offset * share;
        }
        if let (Element::Frame(frame), Element::Frame(end)) = (&mut between, after) {
            frame.width += (end.width - frame.width) * share;
            frame.height += (end.height - frame.height) * share;
        }
        if between != *before {
            part.changes.insert(
                *id,
                Change {
                    before: Some(before.clone()),
                    after: Some(between),
                },
            );
        }
    }
    part
}

fn mixed(from: Point, to: Point, share: f64) -> Point {
    from + (to - from) * share
}
