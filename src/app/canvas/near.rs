//! The legible picture of the scale at which tiles are painted, kept until something changes.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::editor::Editor;
use crate::model::{Id, Rect};
use crate::scene::{BadgeShape, Hit, Legible, Primitive, SeenAt, seen_badge};

/// What the picture was made of: the versions of document, loops, streams and the shown step.
type Made = [u64; 4];

/// The legible picture of one scale.
#[derive(Default)]
pub struct Near {
    kept: RefCell<Option<(Made, Legible)>>,
    /// What a gesture moved in the last frame.
    lifted: BTreeSet<Id>,
}

impl Near {
    /// Follows what has changed since the last frame; gives the boxes that must be painted again,
    /// in world units. While a gesture moves things, everything else stays as it is.
    pub fn follow(&mut self, editor: &Editor) -> Vec<Rect> {
        let mut parts = Vec::new();
        let Some((made, legible)) = self.kept.get_mut() else {
            return parts;
        };
        let lifted = editor.drag_layer();
        if self.lifted != *lifted {
            for id in self.lifted.symmetric_difference(lifted) {
                parts.extend(legible.label(*id).map(|label| label.rect));
                parts.extend(legible.bounds_of_link(*id));
            }
            self.lifted.clone_from(lifted);
        }
        let now = made_of(editor);
        if *made != now && lifted.is_empty() {
            let fresh = Legible::new(editor.scene(), editor.document(), legible.zoom);
            parts.extend(legible.differing(&fresh));
            (*made, *legible) = (now, fresh);
        }
        parts
    }

    /// Hands on the picture at a zoom, made anew if another was kept.
    pub fn at(&self, editor: &Editor, zoom: f64, draw: impl FnOnce(&Legible)) {
        let mut kept = self.kept.borrow_mut();
        let fresh = || {
            let legible = Legible::new(editor.scene(), editor.document(), zoom);
            (made_of(editor), legible)
        };
        if kept
            .as_ref()
            .is_some_and(|(_, legible)| legible.zoom != zoom)
        {
            *kept = None;
        }
        draw(&kept.get_or_insert_with(fresh).1);
    }

    /// Hands on how things are seen by themselves at a zoom: as the picture has them.
    pub fn seen_at(&self, zoom: f64, draw: impl FnOnce(SeenAt<'_>)) {
        match self.kept.borrow().as_ref() {
            Some((_, legible)) => draw(SeenAt::within(legible, zoom)),
            None => draw(zoom.into()),
        }
    }

    /// What is seen of a badge: its name gives way to those of variables.
    pub fn badge(&self, number: usize, badge: &BadgeShape, zoom: f64) -> (Rect, Vec<Primitive>) {
        match self.kept.borrow().as_ref() {
            Some((_, legible)) => legible.badge(number, badge, zoom),
            None => seen_badge(badge, zoom),
        }
    }

    /// What is selected or pointed at and has no label because others do, up to so many.
    pub fn unshown(&self, editor: &Editor, most: usize) -> Vec<Id> {
        let kept = self.kept.borrow();
        let (Some((_, legible)), overlay) = (kept.as_ref(), editor.overlay()) else {
            return Vec::new();
        };
        let pointed = match overlay.hover {
            Some(Hit::Node(id) | Hit::Rim(id)) => Some(id),
            _ => None,
        };
        let selected = overlay.selection.iter().copied().take(most);
        let nodes = editor.scene().nodes();
        let is_unshown = |id: &Id| nodes.get(id).is_some_and(|node| !legible.shows(node));
        selected
            .chain(pointed)
            .filter(|id| is_unshown(id) && !editor.drag_layer().contains(id))
            .collect()
    }
}

fn made_of(editor: &Editor) -> Made {
    let versions = editor.versions();
    [
        versions.document,
        versions.loops,
        versions.stream,
        versions.step,
    ]
}
