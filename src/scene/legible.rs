//! What is shown at small scales, on the screen alone: names and key figures at a size that can be
//! read, details left out, and of two names that would lie on each other the more important one.

use crate::model::{Document, Id, Records, Rect};

use super::badge::BadgeShape;
use super::build::Scene;
use super::caption::Place;
use super::contents::PaintedShape;
use super::edges::drawn_bend;
use super::label::{Label, SMALL, boxed, name_of, named_reservoir, named_valve};
use super::link::{Dress, LinkShape, LinkSizes, clear_of_names, curves_between, dressed_link};
use super::magnify::{LEAST, READABLE, is_natural, magnified, seen_rect, sizes_at, valve_parts};
use super::marks::seen_tag;
use super::node::{NodeForm, NodeKind, NodeShape};
use super::pipe::{PipeShape, pipe_link};
use super::primitive::Primitive;
use super::seen_badge::{NamePlace, badge_named, plate, seen_badge};
use super::spatial::SpatialIndex;
use super::text::Font;

/// The words on links are shown, in letters that can be read, where a world unit is no smaller than
/// this, in CSS pixels.
const LEAST_LABEL: f64 = 0.5;
/// Links are drawn to the larger names where there are no more than this.
const MOST_LINKS: usize = 500;
/// And where a world unit is no smaller than this, in CSS pixels: nearer the heads would hide them.
const LEAST_ZOOM: f64 = 0.22;

/// What is seen of the clouds of a rate, and of the pipe that leads there.
#[must_use]
pub fn seen_pipe(pipe: &PipeShape, zoom: f64) -> Vec<Primitive> {
    pipe.seen(sizes_at(zoom))
}

/// What is seen of a link or flow by itself.
#[must_use]
pub fn seen_link(scene: &Scene, document: &Document, id: Id, zoom: f64) -> Option<LinkShape> {
    link_between(scene, document, id, zoom, |end| seen_rect(end, zoom))
}

/// What is seen of a link or flow between the outlines that `rect_of` gives its ends.
fn link_between(
    scene: &Scene,
    document: &Document,
    id: Id,
    zoom: f64,
    rect_of: impl Fn(&NodeShape) -> Rect,
) -> Option<LinkShape> {
    let drawn = scene.links().get(&id)?;
    let edge = document.edge(id)?;
    let Some(link) = document.links().get(&id) else {
        let mut flow = drawn.clone();
        if Font::DATA.size * zoom < LEAST {
            flow.primitives.truncate(flow.way);
        }
        return Some(flow);
    };
    let rect = |end: Id| scene.nodes().get(&end).map(&rect_of);
    let (from, to) = (rect(edge.from)?, rect(edge.to)?);
    let port = |end: Id, rect: Rect| match scene.valve_of(end) {
        Some(valve) => {
            let node = scene.nodes().get(&end);
            let factor = node.map_or(1.0, |node| magnified(node.letters, zoom));
            let (square, name) = valve_parts(valve, factor, zoom);
            (square, Some(name))
        }
        None => (rect, None),
    };
    let ((from_port, from_name), (to_port, to_name)) = (port(edge.from, from), port(edge.to, to));
    let bend = drawn_bend(document, id, edge);
    let (spine, curve) = curves_between(edge.is_ring(), &from_port, &to_port, bend);
    let ways = (
        spine,
        clear_of_names(curve, from_name.as_ref(), to_name.as_ref()),
    );
    let dress = Dress {
        sizes: sizes_at(zoom),
        colours: scene.link_colours(),
        label: drawn
            .words
            .as_ref()
            .filter(|_| zoom >= LEAST_LABEL)
            .map(|words| words.magnified(magnified(Font::LINK_LABEL.size, zoom))),
        side: drawn.side,
    };
    let pipe = scene.pipes().get(&edge.from);
    let pipe = pipe.and_then(|pipe| pipe_link(id, link, pipe, &to, &dress));
    if pipe.is_some() {
        return pipe;
    }
    Some(dressed_link(id, link, ways, &from, &to, &dress))
}

/// The picture at a zoom.
#[derive(Clone, Debug, Default)]
pub struct Legible {
    /// CSS pixels for a world unit.
    pub zoom: f64,
    labels: Records<Label>,
    index: SpatialIndex<Id>,
    links: Records<LinkShape>,
    link_index: SpatialIndex<Id>,
    // By badge; those beyond have their names below.
    loop_names: Vec<NamePlace>,
}

impl Legible {
    /// What is seen of a scene; without anything where all of it is drawn as it is.
    #[must_use]
    pub fn new(scene: &Scene, document: &Document, zoom: f64) -> Self {
        let mut legible = Self {
            zoom,
            ..Self::default()
        };
        // At 100 % the smallest letters can be read.
        if zoom >= 1.0 || scene.nodes().values().all(|node| is_natural(node, zoom)) {
            return legible;
        }
        legible.place_labels(scene);
        let is_near = zoom >= LEAST_ZOOM && scene.links().len() <= MOST_LINKS;
        let has_words = Font::LINK_LABEL.size * zoom >= READABLE;
        if is_near && !(has_words && sizes_at(zoom) == LinkSizes::NATURAL) {
            let ids = scene.links().keys();
            let rect = |end: &NodeShape| match legible.labels.get(&end.id) {
                Some(label) if end.kind == NodeKind::Variable => label.outline,
                _ => end.rect,
            };
            let link = |id: Id| link_between(scene, document, id, zoom, rect);
            let links = ids.filter_map(|id| Some((*id, link(*id)?)));
            legible.links = links.collect();
            for (id, link) in &legible.links {
                legible.link_index.insert(*id, link.bounds);
            }
        }
        legible
    }

    /// Gives each thing its label, the important ones first: badges, steps, variables by their
    /// links, queues, names of loops.
    fn place_labels(&mut self, scene: &Scene) {
        let zoom = self.zoom;
        let mut taken: SpatialIndex<usize> = SpatialIndex::default();
        let mut count = 0;
        let mut take = |taken: &mut SpatialIndex<usize>, rect: Rect| {
            taken.insert(count, rect);
            count += 1;
        };
        for badge in scene.badges() {
            take(&mut taken, badge_named(badge, zoom, NamePlace::Nowhere).0);
        }
        for tag in scene.marks().iter().filter_map(|mark| seen_tag(mark, zoom)) {
            take(&mut taken, tag);
        }
        for pipe in scene.pipes().values() {
            if let Some(valve) = scene.valve_of(pipe.id) {
                take(&mut taken, valve.square(sizes_at(zoom).head));
            }
        }
        let mut degrees: Records<u32> = Records::new();
        for (from, to) in scene.ends().values() {
            *degrees.entry(*from).or_default() += 1;
            *degrees.entry(*to).or_default() += 1;
        }
        let mut order: Vec<(u8, u32, &NodeShape)> = scene
            .nodes()
            .values()
            .filter(|node| !is_natural(node, zoom))
            .map(|node| {
                let degree = degrees.get(&node.id).copied().unwrap_or_default();
                (rank(node), degree, node)
            })
            .collect();
        // Of two alike the one that is read first, so that the same picture comes of the same
        // content whatever the ids are.
        order.sort_by(|(rank, degree, node), (other_rank, other_degree, other)| {
            let (at, other_at) = (node.rect.center(), other.rect.center());
            rank.cmp(other_rank)
                .then(other_degree.cmp(degree))
                .then(at.y.total_cmp(&other_at.y))
                .then(at.x.total_cmp(&other_at.x))
                .then(node.id.cmp(&other.id))
        });
        for (_, _, node) in order {
            let is_free = |rect: &Rect| taken.touching(&rect.grown(-1.0 / zoom)).is_empty();
            let label = match (&node.words, &node.form) {
                (None, NodeForm::Valve(valve)) => {
                    let pipe = scene.pipes().get(&node.id);
                    Some(named_valve(node, valve, pipe, zoom, is_free))
                }
                (None, NodeForm::Reservoir) => named_reservoir(node, zoom, is_free),
                (None, NodeForm::Plain) => name_of(node, zoom, is_free),
                (Some(words), _) => Some(boxed(node, words, zoom, is_free)),
            };
            if let Some(label) = label {
                if node.kind != NodeKind::Note {
                    take(&mut taken, label.rect);
                }
                self.index.insert(node.id, label.rect);
                self.labels.insert(node.id, label);
            }
        }
        for badge in scene.badges() {
            let places = [NamePlace::Below, NamePlace::Above];
            let free = places.into_iter().find_map(|place| {
                let plate = plate(badge, zoom, place)?;
                let inner = plate.grown(-1.0 / zoom);
                let hides = |id: &Id| {
                    let node = scene.nodes().get(id);
                    node.is_some_and(|node| {
                        node.kind == NodeKind::Variable && is_natural(node, zoom)
                    })
                };
                let is_free = taken.touching(&inner).is_empty()
                    && !scene.nodes_touching(&inner).iter().any(hides);
                is_free.then_some((place, plate))
            });
            if let Some((_, plate)) = free {
                take(&mut taken, plate);
            }
            let place = free.map_or(NamePlace::Nowhere, |(place, _)| place);
            self.loop_names.push(place);
        }
    }

    /// What is seen of a badge, by its number in the scene, at a zoom near to that of the picture:
    /// its name gives way to those of variables.
    #[must_use]
    pub fn badge(&self, number: usize, badge: &BadgeShape, zoom: f64) -> (Rect, Vec<Primitive>) {
        let place = self.loop_names.get(number).copied().unwrap_or_default();
        match place {
            NamePlace::Below => seen_badge(badge, zoom),
            NamePlace::Above | NamePlace::Nowhere => badge_named(badge, zoom, place),
        }
    }

    /// Whether a node has a label, or needs none.
    #[must_use]
    pub fn shows(&self, node: &NodeShape) -> bool {
        let label = self.labels.get(&node.id);
        label.is_some_and(|label| label.is_named) || is_natural(node, self.zoom)
    }

    /// Whether words that have no label are drawn as bars.
    #[must_use]
    pub fn has_bars(&self) -> bool {
        Font::NAME.size * self.zoom < SMALL
    }

    /// A link as it is drawn, where it is drawn to larger names.
    pub(super) fn link(&self, id: Id) -> Option<&LinkShape> {
        self.links.get(&id)
    }

    /// All that is seen in a box, in the order of painting; but badges and marks.
    #[must_use]
    pub fn primitives(&self, scene: &Scene, part: &Rect) -> Vec<Primitive> {
        let frames = scene.frames_touching(part).into_iter();
        let frames = frames.flat_map(|frame| frame.seen(self.zoom).primitives);
        let pipes = scene.pipes_touching(part).into_iter();
        let pipes = pipes.flat_map(|pipe| seen_pipe(pipe, self.zoom));
        let mut primitives: Vec<Primitive> = frames.chain(pipes).collect();
        for id in self.links_touching(scene, part) {
            if let Some(link) = scene.links().get(&id) {
                primitives.extend_from_slice(self.drawn(link));
            }
        }
        for shape in scene.painted(part) {
            if let PaintedShape::Node(node) = shape
                && self.label(node.id).is_none()
            {
                primitives.extend_from_slice(&node.primitives);
            }
        }
        for (_, label) in self.touching(part) {
            primitives.extend_from_slice(&label.primitives);
        }
        primitives
    }

    /// The label of a node, if it has one.
    #[must_use]
    pub fn label(&self, id: Id) -> Option<&Label> {
        self.labels.get(&id)
    }

    /// The labels that touch a box, in the order of painting, each with its node.
    #[must_use]
    pub fn touching(&self, rect: &Rect) -> Vec<(Id, &Label)> {
        let ids = self.index.touching(rect).into_iter();
        let mut labels: Vec<_> = ids
            .filter_map(|id| Some((id, self.labels.get(&id)?)))
            .collect();
        labels.sort_by_key(|(_, label)| label.order);
        labels
    }

    /// What is drawn of a link or flow: without a sign or words that nobody could read.
    #[must_use]
    pub fn drawn<'a>(&'a self, link: &'a LinkShape) -> &'a [Primitive] {
        if let Some(seen) = self.links.get(&link.id) {
            return &seen.primitives;
        }
        let is_read = |primitive: &Primitive| match primitive {
            Primitive::Text { font, .. } => font.size * self.zoom >= SMALL,
            Primitive::Fill { .. } | Primitive::Line { .. } | Primitive::Image { .. } => true,
        };
        let (signed, words) = link.primitives.split_at(link.signed);
        if !signed[link.way..].iter().all(is_read) {
            &signed[..link.way]
        } else if words.iter().all(is_read) {
            &link.primitives
        } else {
            signed
        }
    }

    /// The box around a link as it is drawn, where it is drawn to larger names.
    #[must_use]
    pub fn bounds_of_link(&self, id: Id) -> Option<Rect> {
        self.links.get(&id).map(|link| link.bounds)
    }

    /// The links that are drawn in a box, in rising order.
    #[must_use]
    pub fn links_touching(&self, scene: &Scene, rect: &Rect) -> Vec<Id> {
        if self.links.is_empty() {
            scene.links_touching(&rect.grown(self.link_margin()))
        } else {
            self.link_index.touching(rect)
        }
    }

    /// How far a link may be drawn beyond what it is in the scene, in world units.
    fn link_margin(&self) -> f64 {
        2.0 * Font::SIGN.size * (sizes_at(self.zoom).sign - 1.0)
    }

    /// The boxes in which two pictures of one zoom differ.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<Rect> {
        let mut parts = Vec::new();
        for (one, two) in [(self, other), (other, self)] {
            let labels = one.labels.iter();
            let changed = labels.filter(|(id, label)| two.labels.get(id) != Some(label));
            // A label may stand beside what is drawn without it.
            let boxes = changed.flat_map(|(_, label)| [label.rect, label.home]);
            parts.extend(boxes.map(|rect| rect.grown(2.0 / self.zoom)));
            let links = one.links.iter();
            let changed = links.filter(|(id, link)| two.links.get(id) != Some(link));
            parts.extend(changed.map(|(_, link)| link.bounds.grown(1.0 / self.zoom)));
        }
        parts
    }
}

/// Which come first.
fn rank(node: &NodeShape) -> u8 {
    match node.words.as_ref().map(|words| words.place) {
        Some(Place::Inside) => 0,
        None => 1,
        Some(Place::Below) => 2,
        Some(Place::Note | Place::Burst) => 3,
    }
}
