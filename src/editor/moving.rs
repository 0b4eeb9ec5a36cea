//! Dragging things about: what moves, what it lines up with.

use std::collections::BTreeSet;

use crate::model::{Change, Element, Id, Patch, Point, Vector};
use crate::scene::snap;

use super::copy;
use super::edits;
use super::event::{Modifiers, Pointer};
use super::gesture::Moving;
use super::state::{Editor, Environment};

/// How near things line up, in CSS pixels.
pub(super) const SNAP_REACH: f64 = 6.0;
/// With more things in sight than this, nothing lines up: the picture is too full to see it.
pub(super) const SNAP_CROWD: usize = 400;

impl Editor {
    /// Starts to move what is selected, or copies of it; `None` where all of it is locked.
    pub(super) fn begin_move(
        &mut self,
        id: Id,
        origin: Point,
        start: Pointer,
        env: &mut Environment<'_>,
    ) -> Option<Moving> {
        if !self.overlay.selection.contains(&id) {
            let mut ids = self.overlay.selection.clone();
            ids.insert(id);
            self.select(edits::with_groups(&self.document, &ids));
        }
        let grabbed = self.movable(&self.overlay.selection);
        let bounds = grabbed
            .iter()
            .filter_map(|id| self.scene.outline_of(*id))
            .reduce(|all, rect| all.union(&rect))?;
        let others = self.outlines_in_sight(&grabbed);
        let template = match start.modifiers.alt {
            true => self.take_copies(&grabbed, env),
            false => self.as_they_are(&grabbed),
        };
        let moved: BTreeSet<Id> = template.touched().collect();
        let links = moved.iter().flat_map(|id| self.document.edges_of(*id));
        self.set_drag_layer(links.chain(moved.iter().copied()).collect());
        Some(Moving {
            origin,
            template,
            bounds,
            others,
        })
    }

    /// Shows copies of things in their place, and selects them.
    fn take_copies(&mut self, ids: &BTreeSet<Id>, env: &mut Environment<'_>) -> Patch {
        let part = copy::fragment(&self.document, ids);
        let (patch, made) = copy::insert(&self.document, &part, Vector::ZERO, env.ids);
        self.set_preview(patch.clone(), env.measure);
        self.select(made);
        patch
    }

    /// The patch that leaves things as they are.
    fn as_they_are(&self, ids: &BTreeSet<Id>) -> Patch {
        let same = |id: &Id| {
            let element = self.document.element(*id);
            let (before, after) = (element.clone(), element);
            (*id, Change { before, after })
        };
        Patch {
            properties: None,
            source_text: None,
            changes: ids.iter().map(same).collect(),
        }
    }

    /// Moves the dragged things to the pointer.
    pub(super) fn drag(
        &mut self,
        moving: &Moving,
        at: Point,
        modifiers: Modifiers,
        env: &Environment<'_>,
    ) {
        let offset = self.offset_of(moving, at, modifiers);
        let mut patch = moving.template.clone();
        for change in patch.changes.values_mut() {
            if let Some(placement) = change.after.as_mut().and_then(Element::placement_mut) {
                placement.position = (placement.position + offset).on_canvas();
            }
        }
        patch
            .changes
            .retain(|_, change| change.before != change.after);
        self.set_preview(patch, env.measure);
    }

    /// How far things move: lined up unless control is held, straight while shift is.
    fn offset_of(&mut self, moving: &Moving, at: Point, modifiers: Modifiers) -> Vector {
        let free = at - moving.origin;
        let (across, down) = match modifiers.shift {
            false => (1.0, 1.0),
            // Straight across or straight down, whichever is nearer.
            true if free.x.abs() >= free.y.abs() => (1.0, 0.0),
            true => (0.0, 1.0),
        };
        let offset = Vector::new(free.x * across, free.y * down);
        self.overlay.guides.clear();
        if modifiers.ctrl {
            return offset;
        }
        let snapped = snap(
            &moving.bounds.moved(offset),
            &moving.others,
            SNAP_REACH / self.view.zoom,
        );
        let lined_up = Vector::new(snapped.shift.x * across, snapped.shift.y * down);
        // A guide across the straight line would show what will not happen.
        let kept = |guide: &crate::scene::Guide| {
            let upright = guide.from.x == guide.to.x;
            if upright { across > 0.0 } else { down > 0.0 }
        };
        self.overlay.guides = snapped.guides.into_iter().filter(kept).collect();
        offset + lined_up
    }
}
