//! The links and flows of a scene, kept in step with what has changed.

use std::collections::BTreeSet;

use crate::model::{Document, Edge, Id, Point, Records, Vector, flow_side};

use super::build::{Changed, Scene};
use super::curve::Curve;
use super::flow::flow_shape;
use super::link::{
    Dress, LinkShape, LinkSizes, clear_of_names, curves_between, dressed_link, ending_at, fanned,
};
use super::link_label::LinkLabel;
use super::link_look::LinkColours;
use super::node::NodeShape;
use super::pipe::pipe_link;
use super::pipe_way::VALVE_HALF;
use super::sign::{SignSide, side_beside};
use super::text::MeasureText;

/// Signs make room for the other heads at a name where no more links than this are at it.
const MOST_HEADS: usize = 24;

impl Scene {
    /// Rebuilds the shapes of links and flows, and of the links whose signs make room for them.
    pub(super) fn update_links(
        &mut self,
        document: &Document,
        links: &BTreeSet<Id>,
        measure: &dyn MeasureText,
        changed: &mut Changed,
    ) {
        let now = links.iter();
        let now = now.filter_map(|id| Some((*id, self.ways_of(document, *id, measure)?)));
        let ways: Records<(Curve, Curve)> = now.collect();
        let before = links.iter().filter_map(|id| self.ends.get(id));
        let after = links.iter().filter_map(|id| document.links().get(id));
        let ends: BTreeSet<Id> = before
            .map(|(_, to)| *to)
            .chain(after.map(|link| link.to))
            .collect();
        let beside = ends.into_iter().flat_map(|end| heads_at(document, end));
        let beside: BTreeSet<Id> = beside.filter(|id| !links.contains(id)).collect();
        for id in links.iter().chain(&beside) {
            let shape = self.shape_of(document, *id, &ways, measure);
            if shape.is_some() && shape.as_ref() == self.links.get(id) {
                continue;
            }
            if let Some(before) = self.links.remove(id) {
                changed.extend(before.boxes().into_iter().map(|part| (*id, part)));
                self.link_index.remove(*id);
                self.ends.remove(id);
            }
            if let (Some(after), Some(edge)) = (shape, document.edge(*id)) {
                changed.extend(after.boxes().into_iter().map(|part| (*id, part)));
                self.link_index.insert(*id, after.bounds);
                self.ends.insert(*id, (edge.from, edge.to));
                self.links.insert(*id, after);
            }
        }
    }

    /// The ways of a link or flow: from middle to middle, and from rim to rim.
    fn ways_of(
        &self,
        document: &Document,
        id: Id,
        measure: &dyn MeasureText,
    ) -> Option<(Curve, Curve)> {
        let edge = document.edge(id)?;
        let (from, to) = (self.nodes.get(&edge.from)?, self.nodes.get(&edge.to)?);
        let pipe = self.pipes.get(&edge.from);
        if let Some((_, half)) = pipe.and_then(|pipe| pipe.half_of(id)) {
            let route = &half.route;
            return Some((route.way, route.outside(VALVE_HALF, &to.rect)));
        }
        let bend = drawn_bend(document, id, edge);
        let ((from_port, from_name), (to_port, to_name)) = (from.port(), to.port());
        let (spine, curve) = curves_between(edge.is_ring(), &from_port, &to_port, bend);
        let curve = clear_of_names(curve, from_name.as_ref(), to_name.as_ref());
        if self.marks.tags.is_empty() || !document.flows().contains_key(&id) {
            return Some((spine, curve));
        }
        let over = |node: &NodeShape| {
            let mut tags = self.marks.tags.iter();
            let tag = tags.find(|tag| tag.id == node.id && tag.is_above())?;
            Some(tag.pill(&node.rect, measure))
        };
        let curve = ending_at(curve, over(from).as_ref(), over(to).as_ref());
        Some((spine, curve))
    }

    /// What is drawn of a link or flow; `ways` has the ways of those that have changed.
    fn shape_of(
        &self,
        document: &Document,
        id: Id,
        ways: &Records<(Curve, Curve)>,
        measure: &dyn MeasureText,
    ) -> Option<LinkShape> {
        let edge = document.edge(id)?;
        let (from, to) = (self.nodes.get(&edge.from)?, self.nodes.get(&edge.to)?);
        let known = |id: Id| {
            let changed = ways.get(&id).copied();
            changed.or_else(|| self.links.get(&id).map(|link| (link.spine, link.curve)))
        };
        let own = known(id)?;
        let Some(link) = document.links().get(&id) else {
            let flow = document.flows().get(&id)?;
            return Some(flow_shape(id, flow, own, measure));
        };
        let others = heads_at(document, edge.to).into_iter();
        let others = others.filter(|other| *other != id).filter_map(known);
        let others = others.map(|(_, curve)| curve);
        let dress = Dress {
            sizes: LinkSizes::NATURAL,
            colours: self.link_colours,
            label: LinkLabel::of(link, measure),
            side: side_beside(&own.1, &from.rect, &to.rect, others),
        };
        let plain = Dress {
            side: SignSide::Outer,
            ..dress.clone()
        };
        let pipe = self.pipes.get(&edge.from);
        let pipe = pipe.and_then(|pipe| pipe_link(id, link, pipe, &to.rect, &plain));
        if pipe.is_some() {
            return pipe;
        }
        Some(dressed_link(id, link, own, &from.rect, &to.rect, &dress))
    }

    /// What the colours of links say.
    #[must_use]
    pub const fn link_colours(&self) -> LinkColours {
        self.link_colours
    }

    /// Colours links by what they say from now on.
    pub fn colour_links(
        &mut self,
        document: &Document,
        colours: LinkColours,
        measure: &dyn MeasureText,
    ) -> Changed {
        let mut changed = Changed::default();
        if self.link_colours != colours {
            self.link_colours = colours;
            let links = document.links().keys().copied().collect();
            self.update_links(document, &links, measure, &mut changed);
        }
        changed
    }

    /// Where a new self-link of a variable has most room: the direction as [`crate::model::Link::bend`] has it.
    #[must_use]
    pub fn free_direction(&self, document: &Document, variable: Id) -> f64 {
        let Some(node) = self.nodes.get(&variable) else {
            return 0.0;
        };
        let taken: Vec<Point> = document
            .edges_of(variable)
            .filter_map(|id| self.links.get(&id).map(|shape| shape.handle))
            .collect();
        let room = |turns: f64| {
            let angle = (turns - 0.25) * std::f64::consts::TAU;
            let at = node.rect.center() + Vector::from_angle(angle) * 70.0;
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

/// The links that end at a variable, if they are few enough to make room for each other.
fn heads_at(document: &Document, id: Id) -> Vec<Id> {
    let edges: Vec<Id> = document.edges_of(id).take(MOST_HEADS + 1).collect();
    if edges.len() > MOST_HEADS {
        return Vec::new();
    }
    let ends = |edge: &Id| document.links().get(edge).is_some_and(|link| link.to == id);
    edges.into_iter().filter(ends).collect()
}

/// The bend a link is drawn with: its own, unless it would lie on another of the same pair.
#[must_use]
pub fn drawn_bend(document: &Document, id: Id, edge: Edge) -> f64 {
    // As seen from the start of this link, the other way round bends the other way; a pipe has the
    // straight way.
    let is_pipe = |other: Id| {
        let link = document.links().get(&other);
        link.is_some_and(|link| flow_side(document, link).is_some())
    };
    let seen = |id: Id, other: Edge| {
        if is_pipe(id) {
            0.0
        } else if other.from == edge.from {
            other.bend
        } else {
            -other.bend
        }
    };
    let bends: Vec<(Id, f64)> = document
        .edges_between(edge.from, edge.to)
        .map(|(other, l)| (other, seen(other, l)))
        .collect();
    if bends.len() < 2 {
        return edge.bend;
    }
    // Both directions must fan alike: count from the end with the smaller id.
    let mirror = if edge.from <= edge.to { 1.0 } else { -1.0 };
    let mirrored: Vec<(Id, f64)> = bends
        .iter()
        .map(|(id, bend)| (*id, bend * mirror))
        .collect();
    let position = fanned(&mirrored)
        .into_iter()
        .find(|(other, _)| *other == id);
    position.map_or(edge.bend, |(_, bend)| bend * mirror)
}
