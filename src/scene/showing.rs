//! How a step of a story shows what is drawn: what is hidden is left out, what is dimmed steps back,
//! what is lit stands out.

use std::collections::BTreeSet;

use crate::causal::LoopPolarity;
use crate::model::{Document, Id, LoopKey, Records, Showing};

use super::badge::BadgeShape;
use super::build::Scene;
use super::contents::paint_order;
use super::frame::FrameShape;
use super::legible::seen_pipe;
use super::marks::MarkShape;
use super::node::NodeShape;
use super::overlay::tinted;
use super::primitive::{Path, Primitive, Stroke};
use super::seen_at::SeenAt;
use super::theme::Ink;

/// How much paper lies over what is dimmed, 0 to 1.
pub const PAPER_OVER_DIMMED: f64 = 0.76;

/// How what belongs to several records is shown: as the one of them that is shown least.
fn together(records: &Records<Showing>, ids: &[Id]) -> Showing {
    let shown = ids.iter().filter_map(|id| records.get(id)).copied();
    shown.max().unwrap_or(Showing::Plain)
}

/// Whether anything is dimmed, so that all else is drawn once more over the paper that dims it.
#[must_use]
pub fn dims(records: &Records<Showing>) -> bool {
    records.values().any(|how| *how == Showing::Dimmed)
}

impl BadgeShape {
    /// How a step shows the badge: as the link of its loop that is shown least.
    #[must_use]
    pub fn showing(&self, records: &Records<Showing>) -> Showing {
        together(records, self.key.links())
    }
}

impl MarkShape {
    /// How a step shows the mark: as what it is about; a ladder as the step of it that is shown least.
    #[must_use]
    pub fn showing(&self, records: &Records<Showing>) -> Showing {
        together(records, &self.about)
    }
}

impl Scene {
    /// The scene without what a step hides; everything else is where it was. It is to be looked at,
    /// and made again when the document changes.
    #[must_use]
    pub fn without_hidden(&self, document: &Document, records: &Records<Showing>) -> Self {
        let mut scene = self.clone();
        let hidden = records.iter().filter(|(_, how)| **how == Showing::Hidden);
        let hidden: BTreeSet<Id> = hidden.map(|(id, _)| *id).collect();
        for id in &hidden {
            scene.nodes.remove(id);
            scene.links.remove(id);
            scene.frames.remove(id);
            scene.ends.remove(id);
            scene.pipes.remove(id);
            scene.node_index.remove(*id);
            scene.link_index.remove(*id);
            scene.frame_index.remove(*id);
            scene.pipe_index.remove(*id);
            scene.pipe_rooms.remove(*id);
        }
        for id in &hidden {
            if let Some(image) = document.images().get(id) {
                let of_note = document.images_of(image.note);
                let images: Vec<Id> = of_note.map(|(id, _)| id).collect();
                if let Some(note) = scene.nodes.get_mut(&image.note) {
                    hide_images(note, &images, &hidden);
                }
            }
        }
        let (badges, middles) = (scene.badges, scene.badge_middles);
        let is_seen = |(badge, _): &(BadgeShape, _)| badge.showing(records) != Showing::Hidden;
        (scene.badges, scene.badge_middles) =
            badges.into_iter().zip(middles).filter(is_seen).unzip();
        let is_seen = |mark: &MarkShape| mark.showing(records) != Showing::Hidden;
        scene.mark_shapes.retain(is_seen);
        scene
    }
}

/// Takes the hidden ones of its images out of a note; its paper and the others stay where they are.
fn hide_images(note: &mut NodeShape, images: &[Id], hidden: &BTreeSet<Id>) {
    let is_drawn = |primitive: &Primitive| matches!(primitive, Primitive::Image { .. });
    let drawn = note.primitives.iter().filter(|one| is_drawn(one)).count();
    if drawn != images.len() {
        // They were taken out already.
        return;
    }
    let mut images = images.iter();
    let before = note.primitives.len();
    note.primitives.retain(|primitive| {
        !is_drawn(primitive) || images.next().is_none_or(|image| !hidden.contains(image))
    });
    if let Some(words) = &mut note.words {
        words.frame -= before - note.primitives.len();
    }
}

/// What of a step is drawn over the picture of [`Scene::without_hidden`], as it is seen at a zoom:
/// what is lit, its links in the colour of the loop that is lit or in the accent, and where anything
/// is dimmed, also what is not, over the paper that dims all of it.
#[must_use]
pub fn draw_shown(
    scene: &Scene,
    document: &Document,
    records: &Records<Showing>,
    loops: &[(LoopKey, LoopPolarity)],
    at: SeenAt<'_>,
) -> Vec<Primitive> {
    let zoom = at.zoom;
    let is_dimming = dims(records);
    let how = |id: Id| records.get(&id).copied().unwrap_or(Showing::Plain);
    let is_lit = |id: Id| how(id) == Showing::Lit;
    let rises = |id: Id| is_lit(id) || is_dimming && how(id) == Showing::Plain;
    // Of a variable on a loop that is lit, the ink of its link to the next.
    let mut inks: Records<Ink> = Records::new();
    for (key, polarity) in loops {
        for id in key.links() {
            let variable = document.links().get(id).map(|link| link.from);
            for id in variable.into_iter().chain([*id]) {
                inks.entry(id).or_insert_with(|| polarity.ink());
            }
        }
    }
    let ink_of = |id: Id| inks.get(&id).copied().unwrap_or(Ink::Accent);
    let mut primitives = Vec::new();
    let frames = scene.frames().values().filter(|frame| rises(frame.id));
    let mut frames: Vec<&FrameShape> = frames.collect();
    frames.sort_by_key(|frame| (frame.layer, frame.id));
    for frame in frames {
        if is_lit(frame.id) {
            primitives.push(Primitive::Line {
                path: Path::rounded(&frame.rect, 8.0),
                stroke: Stroke::solid(Ink::Accent, RING / zoom),
            });
        }
        primitives.extend(frame.seen(zoom).primitives);
    }
    for pipe in scene.pipes().values().filter(|pipe| rises(pipe.id)) {
        let seen = seen_pipe(pipe, zoom).into_iter();
        match is_lit(pipe.id) {
            true => primitives.extend(seen.map(|part| tinted(part, Ink::Accent))),
            false => primitives.extend(seen),
        }
    }
    let links = || scene.links().keys().copied().filter(|id| rises(*id));
    let seen = |id: Id| {
        let seen = at.link(scene, document, id).into_iter();
        seen.flat_map(|link| link.primitives)
    };
    for id in links().filter(|id| !is_lit(*id)) {
        primitives.extend(seen(id));
    }
    for id in links().filter(|id| is_lit(*id)) {
        primitives.extend(seen(id).map(|part| tinted(part, ink_of(id))));
    }
    let nodes = scene.nodes().values().filter(|node| rises(node.id));
    let mut nodes: Vec<&NodeShape> = nodes.collect();
    nodes.sort_by_key(|node| paint_order(node));
    for node in nodes {
        if is_lit(node.id) {
            let rect = at.rect(node).grown(GAP / zoom);
            primitives.push(Primitive::Line {
                path: Path::rounded(&rect, 7.0),
                stroke: Stroke::solid(ink_of(node.id), RING / zoom),
            });
        }
        primitives.extend(at.node(node));
    }
    primitives
}

/// How wide the ring is around what is lit, in CSS pixels.
const RING: f64 = 2.5;
/// The paper between that ring and what is lit, in CSS pixels.
const GAP: f64 = 4.0;
