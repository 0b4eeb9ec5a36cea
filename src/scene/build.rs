//! The scene: a shape for every record of a document, kept in step with what a patch touched.

use std::collections::{BTreeMap, BTreeSet};

use crate::causal::NamedLoop;
use crate::model::{Document, Id, Link, Point, Rect};

use super::badge::{BadgeShape, badge_shape, covers, free_place, middle_of};
use super::link::{LinkShape, fanned, link_shape};
use super::node::{NodeKind, NodeShape, note_shape, variable_shape};
use super::spatial::SpatialIndex;
use super::text::MeasureText;

/// How many loops get a badge on the canvas: more would hide the diagram.
pub const MAXIMUM_BADGES: usize = 32;

/// Everything that is drawn of a document, with what finds it again.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    nodes: BTreeMap<Id, NodeShape>,
    links: BTreeMap<Id, LinkShape>,
    // Which variables a drawn link stood between, to find its neighbours once it is gone.
    ends: BTreeMap<Id, (Id, Id)>,
    index: SpatialIndex<Id>,
    loops: Vec<NamedLoop>,
    badges: Vec<BadgeShape>,
}

impl Scene {
    /// The scene of a whole document, without badges.
    #[must_use]
    pub fn new(document: &Document, measure: &dyn MeasureText) -> Self {
        let mut scene = Self::default();
        scene.update(document, document.ids(), measure);
        scene
    }

    /// Rebuilds the shapes of the records that a patch touched and of the links at them; gives
    /// the boxes whose pixels may have changed.
    pub fn update(
        &mut self,
        document: &Document,
        touched: impl IntoIterator<Item = Id>,
        measure: &dyn MeasureText,
    ) -> Vec<(Id, Rect)> {
        let mut dirty = Vec::new();
        let mut links = BTreeSet::new();
        for id in touched {
            let shape = match (document.variables().get(&id), document.notes().get(&id)) {
                (Some(variable), _) => Some(variable_shape(id, variable, measure)),
                (_, Some(note)) => Some(note_shape(id, note, measure)),
                _ => None,
            };
            if let Some(link) = document.links().get(&id) {
                self.with_neighbours(document, (link.from, link.to), &mut links);
            }
            if let Some(ends) = self.ends.get(&id).copied() {
                links.insert(id);
                self.with_neighbours(document, ends, &mut links);
            }
            match (self.nodes.get(&id), &shape) {
                (None, None) => continue,
                (before, after) => {
                    dirty.extend(before.map(|node| (id, node.rect.grown(1.0))));
                    dirty.extend(after.as_ref().map(|node| (id, node.rect.grown(1.0))));
                }
            }
            links.extend(document.links_of(id));
            match shape {
                Some(shape) => {
                    self.index.insert(id, shape.rect);
                    self.nodes.insert(id, shape);
                }
                None => {
                    self.index.remove(id);
                    self.nodes.remove(&id);
                }
            }
        }
        for id in links {
            dirty.extend(self.links.get(&id).map(|shape| (id, shape.bounds)));
            match document
                .links()
                .get(&id)
                .and_then(|link| self.shape_of(document, id, link))
            {
                Some(shape) => {
                    let link = &document.links()[&id];
                    dirty.push((id, shape.bounds));
                    self.index.insert(id, shape.bounds);
                    self.ends.insert(id, (link.from, link.to));
                    self.links.insert(id, shape);
                }
                None => {
                    self.index.remove(id);
                    self.ends.remove(&id);
                    self.links.remove(&id);
                }
            }
        }
        self.place_badges(document, measure);
        dirty
    }

    fn with_neighbours(&self, document: &Document, ends: (Id, Id), links: &mut BTreeSet<Id>) {
        links.extend(document.links_between(ends.0, ends.1).map(|(id, _)| id));
    }

    fn shape_of(&self, document: &Document, id: Id, link: &Link) -> Option<LinkShape> {
        let (from, to) = (self.nodes.get(&link.from)?, self.nodes.get(&link.to)?);
        let bend = drawn_bend(document, id, link);
        Some(link_shape(id, link, bend, &from.rect, &to.rect))
    }

    /// Takes the loops that are to have badges: the first [`MAXIMUM_BADGES`] of them.
    pub fn set_loops(
        &mut self,
        document: &Document,
        loops: &[NamedLoop],
        measure: &dyn MeasureText,
    ) {
        self.loops = loops.iter().take(MAXIMUM_BADGES).cloned().collect();
        self.place_badges(document, measure);
    }

    fn place_badges(&mut self, document: &Document, measure: &dyn MeasureText) {
        let mut badges: Vec<BadgeShape> = Vec::with_capacity(self.loops.len());
        for named in &self.loops {
            let spines: Option<Vec<_>> = named
                .links
                .iter()
                .map(|id| self.links.get(id).map(|shape| shape.spine))
                .collect();
            // The loops are those of an earlier state until the search has caught up.
            let Some(spines) = spines else { continue };
            let (middle, turn) = middle_of(&spines);
            let home = free_place(middle, |rect| {
                let near = self.index.touching(rect);
                let names = near.iter().filter(|id| self.nodes.contains_key(id));
                let lines = near.iter().filter_map(|id| self.links.get(id));
                let covered = lines.filter(|link| covers(rect.center(), &link.curve));
                let crowded = badges.iter().filter(|other| other.rect.intersects(rect));
                (names.count() * 600 + covered.count() * 250 + crowded.count() * 900) as f64
            });
            let label = document.label_of(&named.key).map(|(_, label)| label);
            badges.push(badge_shape(named, label, home, turn, measure));
        }
        self.badges = badges;
    }

    /// The shapes of variables and notes, by id.
    #[must_use]
    pub const fn nodes(&self) -> &BTreeMap<Id, NodeShape> {
        &self.nodes
    }

    /// The shapes of links, by id.
    #[must_use]
    pub const fn links(&self) -> &BTreeMap<Id, LinkShape> {
        &self.links
    }

    /// The badges of loops, in the order of the loops.
    #[must_use]
    pub fn badges(&self) -> &[BadgeShape] {
        &self.badges
    }

    /// The records with a shape that touches a box, in the order of their ids.
    #[must_use]
    pub fn touching(&self, rect: &Rect) -> Vec<Id> {
        self.index.touching(rect)
    }

    /// The box around a variable, note or link.
    #[must_use]
    pub fn bounds_of(&self, id: Id) -> Option<Rect> {
        self.nodes
            .get(&id)
            .map(|n| n.rect)
            .or_else(|| self.links.get(&id).map(|l| l.bounds))
    }

    /// The box around everything.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect> {
        let badges = self.badges.iter().map(|badge| badge.rect);
        self.index
            .bounds()
            .into_iter()
            .chain(badges)
            .reduce(|all, rect| all.union(&rect))
    }

    /// The shapes that touch a box, in the order in which they are painted: links, then by layer
    /// notes and variables.
    #[must_use]
    pub fn painted(&self, rect: &Rect) -> Vec<PaintedShape<'_>> {
        let ids = self.index.touching(rect);
        let mut shapes: Vec<PaintedShape<'_>> = ids
            .iter()
            .filter_map(|id| self.links.get(id))
            .map(PaintedShape::Link)
            .collect();
        let mut nodes: Vec<&NodeShape> = ids.iter().filter_map(|id| self.nodes.get(id)).collect();
        nodes.sort_by_key(|node| paint_order(node));
        shapes.extend(nodes.into_iter().map(PaintedShape::Node));
        shapes
    }

    /// Where a new self-link of a variable has most room: the direction as [`Link::bend`] has it.
    #[must_use]
    pub fn free_direction(&self, document: &Document, variable: Id) -> f64 {
        let Some(node) = self.nodes.get(&variable) else {
            return 0.0;
        };
        let taken: Vec<Point> = document
            .links_of(variable)
            .filter_map(|id| self.links.get(&id).map(|shape| shape.handle))
            .collect();
        let room = |turns: f64| {
            let angle = (turns - 0.25) * std::f64::consts::TAU;
            let at = node.rect.center() + crate::model::Vector::from_angle(angle) * 70.0;
            taken
                .iter()
                .map(|other| other.distance(at))
                .fold(1.0e9, f64::min)
        };
        let directions = [0.0, 0.125, 0.875, 0.5, 0.25, 0.75, 0.375, 0.625];
        directions
            .into_iter()
            .reduce(|best, turns| {
                if room(turns) > room(best) {
                    turns
                } else {
                    best
                }
            })
            .unwrap_or_default()
    }
}

/// What comes later is painted over what comes before.
#[must_use]
pub const fn paint_order(node: &NodeShape) -> (i32, NodeKind, Id) {
    (node.layer, node.kind, node.id)
}

/// A shape in the order of painting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaintedShape<'a> {
    /// A link.
    Link(&'a LinkShape),
    /// A variable or note.
    Node(&'a NodeShape),
}

impl PaintedShape<'_> {
    /// Its record.
    #[must_use]
    pub const fn id(&self) -> Id {
        match self {
            Self::Link(link) => link.id,
            Self::Node(node) => node.id,
        }
    }

    /// What is drawn.
    #[must_use]
    pub fn primitives(&self) -> &[super::primitive::Primitive] {
        match self {
            Self::Link(link) => &link.primitives,
            Self::Node(node) => &node.primitives,
        }
    }
}

/// The bend a link is drawn with: its own, unless it would lie on another of the same pair.
#[must_use]
pub fn drawn_bend(document: &Document, id: Id, link: &Link) -> f64 {
    // As seen from the start of this link, the other way round bends the other way.
    let seen = |other: &Link| {
        if other.from == link.from {
            other.bend
        } else {
            -other.bend
        }
    };
    let bends: Vec<(Id, f64)> = document
        .links_between(link.from, link.to)
        .map(|(other, l)| (other, seen(l)))
        .collect();
    if bends.len() < 2 {
        return link.bend;
    }
    // Both directions must fan alike: count from the end with the smaller id.
    let mirror = if link.from <= link.to { 1.0 } else { -1.0 };
    let mirrored: Vec<(Id, f64)> = bends
        .iter()
        .map(|(id, bend)| (*id, bend * mirror))
        .collect();
    let place = fanned(&mirrored)
        .into_iter()
        .find(|(other, _)| *other == id);
    place.map_or(link.bend, |(_, bend)| bend * mirror)
}
