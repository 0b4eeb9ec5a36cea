//! Things that are dropped: no name is hidden under another one.

use std::collections::BTreeSet;

use crate::model::{Change, Element, Id, Patch, Point, Rect, Vector, may_connect};
use crate::scene::NodeKind;

use super::event::Effect;
use super::gesture::Moving;
use super::state::{Editor, Environment};

/// The room that is left between what is dropped and what stands there, in world units.
const ROOM: f64 = 6.0;
/// How far apart the places are that are tried, in world units.
const STEP: f64 = 8.0;
/// How many places are tried in each direction.
const STEPS: u32 = 150;
/// In how many directions.
const DIRECTIONS: u32 = 24;
/// More things than this are moved as a picture of their own: where they are dropped, they stay.
const MOST: usize = 40;

impl Editor {
    /// The dragged things stay where they were dropped; what would cover another name, or be
    /// covered, goes to the nearest free place beside it.
    pub(super) fn drop_moved(
        &mut self,
        moving: &Moving,
        at: Point,
        env: &Environment<'_>,
    ) -> Vec<Effect> {
        let moved: BTreeSet<Id> = moving.template.touched().collect();
        let onto = self.name_at(at, &moved);
        if let Some(shift) = self.shift_to_free_place(&moved) {
            let patch = self.shifted(&moving.template, shift);
            self.set_preview(patch, env.measure);
        }
        let mut effects = self.commit_preview();
        let only = moving.template.changes.first_key_value();
        if let (Some(onto), Some((id, change))) = (onto, only)
            && moved.len() == 1
            && change.before.is_some()
            && !effects.is_empty()
            && may_connect(&self.document, *id, onto).is_ok()
        {
            effects.push(Effect::DroppedOnto { moved: *id, onto });
        }
        effects
    }

    /// The variable or station at a place that is not among these.
    fn name_at(&self, at: Point, moved: &BTreeSet<Id>) -> Option<Id> {
        let near = self.scene.nodes_touching(&Rect::from_points(at, at));
        let nodes = near
            .into_iter()
            .filter_map(|id| self.scene.nodes().get(&id));
        let mut others = nodes.filter(|node| {
            node.kind != NodeKind::Note && !moved.contains(&node.id) && node.rect.contains(at)
        });
        others.next().map(|node| node.id)
    }

    /// How far these must move to cover no name; `None` where they cover none, or where there is
    /// no free place near by.
    fn shift_to_free_place(&self, moved: &BTreeSet<Id>) -> Option<Vector> {
        let nodes = self.scene.nodes();
        let outlines: Vec<Rect> = moved
            .iter()
            .filter_map(|id| nodes.get(id))
            .filter(|node| node.kind != NodeKind::Note)
            .map(|node| node.rect)
            .collect();
        if outlines.len() > MOST {
            return None;
        }
        let is_covered = |outline: &Rect| {
            let touching = self.scene.nodes_touching(outline);
            touching.iter().any(|id| {
                let node = nodes.get(id).filter(|_| !moved.contains(id));
                node.is_some_and(|node| {
                    node.kind != NodeKind::Note && node.rect.intersects(outline)
                })
            })
        };
        if !outlines.iter().any(is_covered) {
            return None;
        }
        nearest_shift(|shift| {
            let mut all = outlines.iter();
            all.all(|outline| !is_covered(&outline.moved(shift).grown(ROOM)))
        })
    }

    /// The dragged things where they are shown now, and this much further.
    fn shifted(&self, template: &Patch, shift: Vector) -> Patch {
        let mut patch = template.clone();
        for (id, Change { after, .. }) in &mut patch.changes {
            let shown = self.document.placement(*id).map(|place| place.position);
            if let (Some(place), Some(shown)) =
                (after.as_mut().and_then(Element::placement_mut), shown)
            {
                place.position = (shown + shift).on_canvas();
            }
        }
        patch
            .changes
            .retain(|_, change| change.before != change.after);
        patch
    }
}

/// The shortest shift at which there is room, of those that are tried: rings of places, from near
/// to far.
fn nearest_shift(is_free: impl Fn(Vector) -> bool) -> Option<Vector> {
    (1..=STEPS).find_map(|step| {
        let turns = (0..DIRECTIONS).map(|turn| {
            let angle = f64::from(turn) / f64::from(DIRECTIONS) * std::f64::consts::TAU;
            Vector::from_angle(angle) * (f64::from(step) * STEP)
        });
        turns.into_iter().find(|shift| is_free(*shift))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_free_place_is_taken() {
        // A wall to the left of which there is nothing.
        let shift = nearest_shift(|shift| shift.x < -20.0).unwrap();
        assert!(shift.x < -20.0);
        assert!(
            (shift.x.hypot(shift.y) - 24.0).abs() < 1.0e-9,
            "the third ring of places"
        );
        assert_eq!(nearest_shift(|_| false), None);
    }
}
