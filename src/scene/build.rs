//! The scene: a shape for every record of a document, kept in step with what a patch touched.

use std::collections::BTreeSet;

use crate::causal::NamedLoop;
use crate::model::{Document, Edge, Id, Point, Records, Rect, Vector, flow_side};

use super::badge::{
    BadgeShape, Enclosed, PAPER, badge_box, badge_reach, badge_shape, covers, enclosed_by,
    free_position, name_plate, name_width,
};
use super::curve::Curve;
use super::flow::flow_shape;
use super::frame::{FrameShape, frame_shape};
use super::link::{
    Dress, LinkShape, LinkSizes, clear_of_names, curves_between, dressed_link, ending_at, fanned,
};
use super::link_label::LinkLabel;
use super::link_look::LinkColours;
use super::marks::{MarkShape, Marks, mark_shapes};
use super::node::{NodeKind, NodeShape, note_shape};
use super::pipe::{PipeShape, pipe_link};
use super::pipe_route::VALVE_HALF;
use super::pipes::Piped;
use super::primitive::Primitive;
use super::sign::{SignSide, side_beside};
use super::spatial::SpatialIndex;
use super::station::station_shape;
use super::text::MeasureText;

/// How many loops get a badge on the canvas: more would hide the diagram.
pub const MAXIMUM_BADGES: usize = 32;
/// With more loops than this, only loops with a name and a few of the shortest get a badge.
const DENSE: usize = 12;
/// How many of the shortest loops without a name get a badge then.
const SHORTEST: usize = 5;
/// Signs make room for the other heads at a name where no more links than this are at it.
const MOST_HEADS: usize = 24;
/// How many links a loop with a badge has at the most: nobody sees where the middle of more is.
pub const LONGEST_BADGED_LOOP: usize = 64;

/// Everything that is drawn of a document, with what finds it again.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    pub(super) nodes: Records<NodeShape>,
    links: Records<LinkShape>,
    frames: Records<FrameShape>,
    // Which variables a drawn link stood between, to find its neighbours once it is gone.
    ends: Records<(Id, Id)>,
    pub(super) pipes: Records<PipeShape>,
    pub(super) node_index: SpatialIndex<Id>,
    link_index: SpatialIndex<Id>,
    // Of the pipes with clouds.
    pub(super) pipe_index: SpatialIndex<Id>,
    // By rate, the room in which its pipe may lie: what changes there may change its way.
    pub(super) pipe_rooms: SpatialIndex<Id>,
    // With the room of their titles at any zoom.
    frame_index: SpatialIndex<Id>,
    loops: Vec<NamedLoop>,
    badges: Vec<BadgeShape>,
    // By loop, what it encloses, and the loops that share a link with it.
    enclosed: Vec<Option<Enclosed>>,
    partners: Vec<Vec<usize>>,
    // Where each badge would stand if nothing were in its way.
    badge_middles: Vec<Point>,
    marks: Marks,
    mark_shapes: Vec<MarkShape>,
    link_colours: LinkColours,
    // By image, the note that shows it, to find that once the image is gone.
    image_notes: Records<Id>,
}

/// The boxes of variables, notes and links whose pixels may have changed, before and after, in
/// world units, each with its record.
pub type Changed = Vec<(Id, Rect)>;

impl Scene {
    /// The scene of a whole document, without badges.
    #[must_use]
    pub fn new(document: &Document, measure: &dyn MeasureText) -> Self {
        let mut scene = Self::default();
        scene.update(document, document.ids(), measure);
        scene
    }

    /// Rebuilds the shapes of the records that a patch touched and of the links at them.
    pub fn update(
        &mut self,
        document: &Document,
        touched: impl IntoIterator<Item = Id>,
        measure: &dyn MeasureText,
    ) -> Changed {
        let mut changed = Changed::default();
        let mut links = BTreeSet::new();
        let mut labels = 0_usize;
        let mut piped = Piped::default();
        for id in touched {
            let link = document.edge(id).map(|edge| (edge.from, edge.to));
            // Links between the same ends fan out: where one comes or goes, the others move.
            let pairs = [link, self.ends.get(&id).copied()];
            for (from, to) in pairs.into_iter().flatten() {
                links.insert(id);
                links.extend(document.edges_between(from, to).map(|(other, _)| other));
                self.note_pipe(document, from, to, &mut piped);
            }
            let shown = document.images().get(&id).map(|image| image.note);
            let notes = [shown, self.image_notes.remove(&id)];
            if notes != [None, None] {
                self.image_notes.extend(shown.map(|note| (id, note)));
                for note in notes.into_iter().flatten() {
                    self.update_node(document, note, measure, &mut changed);
                }
                continue;
            }
            let is_frame = self.frames.contains_key(&id) || document.frames().contains_key(&id);
            let is_node = self.nodes.contains_key(&id) || document.placement(id).is_some();
            if is_frame {
                self.update_frame(document, id, measure, &mut changed);
            } else if is_node {
                self.update_node(document, id, measure, &mut changed);
                links.extend(document.edges_of(id));
                self.note_pipes_of(document, id, &mut piped);
            } else if pairs == [None, None] {
                labels += 1;
            }
        }
        self.update_pipes(document, piped, measure, &mut changed, &mut links);
        self.update_links(document, &links, measure, &mut changed);
        let near = (labels == 0).then_some((&links, &changed));
        self.position_badges(document, near, measure);
        self.position_marks(document, measure);
        changed
    }

    /// Takes what analysis adds to the map. Flows end at what then stands over their ends.
    pub fn set_marks(
        &mut self,
        document: &Document,
        marks: Marks,
        measure: &dyn MeasureText,
    ) -> Changed {
        let before = std::mem::replace(&mut self.marks, marks);
        let tags = [&before, &self.marks].into_iter();
        let tags = tags.flat_map(|marks| marks.tags.iter().filter(|tag| tag.is_above()));
        let flows = tags.flat_map(|tag| document.edges_of(tag.id));
        let flows: BTreeSet<Id> = flows
            .filter(|id| document.flows().contains_key(id))
            .collect();
        let mut changed = Changed::default();
        self.update_links(document, &flows, measure, &mut changed);
        self.position_marks(document, measure);
        changed
    }

    /// What analysis adds to the map, taken out of the scene.
    pub fn take_marks(&mut self) -> Marks {
        self.mark_shapes.clear();
        std::mem::take(&mut self.marks)
    }

    /// Draws the marks where the stations stand now.
    fn position_marks(&mut self, document: &Document, measure: &dyn MeasureText) {
        self.mark_shapes.clear();
        if self.marks.is_empty() {
            return;
        }
        let stations = document.stations().keys();
        let flows = document.flows().keys();
        let map = stations.chain(flows).filter_map(|id| self.bounds_of(*id));
        let map: Vec<Rect> = map.collect();
        let rect_of = |id: Id| {
            let node = self.nodes.get(&id).map(|node| node.rect);
            // Of a link or flow, what stands in its middle.
            let middle = |link: &LinkShape| Rect::centered(link.handle, 24.0, 12.0);
            node.or_else(|| self.links.get(&id).map(middle))
        };
        self.mark_shapes = mark_shapes(&self.marks, &self.nodes, &rect_of, &map, measure);
    }

    /// What analysis adds to the map, painted over everything of the document.
    #[must_use]
    pub fn marks(&self) -> &[MarkShape] {
        &self.mark_shapes
    }

    /// Whether the times of a map stand on a ladder below it.
    #[must_use]
    pub const fn has_ladder(&self) -> bool {
        !self.marks.ladder.is_empty()
    }

    pub(super) fn update_node(
        &mut self,
        document: &Document,
        id: Id,
        measure: &dyn MeasureText,
        changed: &mut Changed,
    ) {
        let shape = if let Some(variable) = document.variables().get(&id) {
            Some(self.variable_as_drawn(document, id, variable, measure))
        } else if let Some(note) = document.notes().get(&id) {
            Some(note_shape(document, id, note, measure))
        } else {
            let station = document.stations().get(&id);
            {
                let pack = document.properties().stream.pack;
                station.map(|station| station_shape(id, station, pack, measure))
            }
        };
        if shape.is_some() && shape.as_ref() == self.nodes.get(&id) {
            let rect = self.nodes.get(&id).map(|node| node.rect.grown(1.0));
            changed.extend(rect.map(|rect| (id, rect)));
            return;
        }
        let mut drawn = |node: &NodeShape| changed.push((id, node.rect.grown(1.0)));
        if let Some(before) = self.nodes.remove(&id) {
            drawn(&before);
            self.node_index.remove(id);
        }
        if let Some(after) = shape {
            drawn(&after);
            self.node_index.insert(id, after.rect);
            self.nodes.insert(id, after);
        }
    }

    fn update_frame(
        &mut self,
        document: &Document,
        id: Id,
        measure: &dyn MeasureText,
        changed: &mut Changed,
    ) {
        if let Some(before) = self.frames.remove(&id) {
            changed.push((id, before.reach()));
            self.frame_index.remove(id);
        }
        if let Some(frame) = document.frames().get(&id) {
            let after = frame_shape(id, frame, measure);
            changed.push((id, after.reach()));
            self.frame_index.insert(id, after.reach());
            self.frames.insert(id, after);
        }
    }

    /// Rebuilds the shapes of links and flows, and of the links whose signs make room for them.
    fn update_links(
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

    /// Takes the loops that are to have badges: the first [`MAXIMUM_BADGES`] of those with at most
    /// [`LONGEST_BADGED_LOOP`] links; where there are many, those with a name and the shortest.
    pub fn set_loops(
        &mut self,
        document: &Document,
        loops: &[NamedLoop],
        measure: &dyn MeasureText,
    ) {
        let short = loops
            .iter()
            .filter(|named| named.links.len() <= LONGEST_BADGED_LOOP);
        let is_dense = short.clone().nth(DENSE).is_some();
        let mut unnamed = 0;
        let badged = short.filter(|named| {
            let label = document.label_of(&named.key);
            let is_named = label.is_some_and(|(_, label)| !label.name.is_empty());
            unnamed += usize::from(!is_named);
            !is_dense || is_named || unnamed <= SHORTEST
        });
        self.loops = badged.take(MAXIMUM_BADGES).cloned().collect();
        let mut along: Records<Vec<usize>> = Records::new();
        for (number, named) in self.loops.iter().enumerate() {
            for link in &named.links {
                along.entry(*link).or_default().push(number);
            }
        }
        let partners = |named: &NamedLoop| {
            let sharing = named.links.iter().filter_map(|link| along.get(link));
            let sharing: BTreeSet<usize> = sharing.flatten().copied().collect();
            sharing.into_iter().collect()
        };
        self.partners = self.loops.iter().map(partners).collect();
        self.position_badges(document, None, measure);
    }

    /// Places the badges of the loops that go along one of these links, or near one of these
    /// boxes; all of them if nothing is given.
    fn position_badges(
        &mut self,
        document: &Document,
        near: Option<(&BTreeSet<Id>, &Changed)>,
        measure: &dyn MeasureText,
    ) {
        let badges = std::mem::take(&mut self.badges).into_iter();
        let mut before = badges
            .zip(std::mem::take(&mut self.badge_middles))
            .peekable();
        // A badge that moves may make room for those after it, or take it.
        let changed = near.iter().flat_map(|(_, changed)| changed.iter());
        let mut moved: Vec<Rect> = changed.map(|(_, rect)| *rect).collect();
        self.enclosed.resize(self.loops.len(), None);
        let touched = |named: &NamedLoop| {
            near.is_none_or(|(links, _)| links.iter().any(|id| named.links.contains(id)))
        };
        for (number, named) in self.loops.iter().enumerate() {
            if touched(named) {
                let spines = named.links.iter();
                let spines = spines.map(|id| self.links.get(id).map(|shape| shape.spine));
                // The loops are those of an earlier state until the search has caught up.
                let spines: Option<Vec<_>> = spines.collect();
                self.enclosed[number] = spines.map(|spines| enclosed_by(&spines));
            }
        }
        for (number, named) in self.loops.iter().enumerate() {
            let partners = &self.partners[number];
            let known = before.next_if(|(badge, _)| badge.key == named.key);
            let stays = |middle: Point, badge: &BadgeShape| {
                !partners.iter().any(|other| touched(&self.loops[*other]))
                    && !moved.iter().any(|rect| {
                        let size = Vector::new(badge.rect.width(), badge.rect.height());
                        badge_reach(middle, size).intersects(rect)
                    })
            };
            match known {
                Some((badge, middle)) if stays(middle, &badge) => {
                    self.badge_middles.push(middle);
                    self.badges.push(badge);
                    continue;
                }
                Some((badge, _)) => moved.push(badge.rect),
                None => {}
            }
            let Some(enclosed) = self.enclosed[number] else {
                continue;
            };
            let others = partners.iter().filter(|other| **other != number);
            let others = others.filter_map(|other| self.enclosed[*other]);
            let (middle, turn) = (enclosed.middle_beside(others), enclosed.turn);
            let label = document.label_of(&named.key).map(|(_, label)| label);
            let name = name_width(label, measure);
            let home = free_position(middle, |at| self.covered_by_badge(at, name, 1.0));
            // It grows where that covers nothing more.
            let large = enclosed.badge_scale();
            let covered = self.covered_by_badge(home, name, 1.0);
            let has_room = large > 1.0 && self.covered_by_badge(home, name, large) <= covered;
            let scale = if has_room { large } else { 1.0 };
            let badge = badge_shape(named, label, home, turn, scale, measure);
            moved.push(badge.rect);
            self.badge_middles.push(middle);
            self.badges.push(badge);
        }
    }

    /// What a badge with a name of this width would cover with its middle here, so many times as
    /// large, and how bad that is: another badge, a name, a note, a link, its sign or its words.
    fn covered_by_badge(&self, at: Point, name: Option<f64>, scale: f64) -> f64 {
        let plate = name.map(|width| name_plate(at, width, scale));
        let square = badge_box(at, scale);
        let rect = plate.map_or(square, |plate| square.union(&plate));
        let on = |other: &Rect| {
            other.intersects(&square) || plate.is_some_and(|plate| other.intersects(&plate))
        };
        let names = self.node_index.touching(&rect.grown(PAPER)).len();
        let (mut covered, mut struck) = (0, 0);
        for id in self.link_index.touching(&rect) {
            let Some(link) = self.links.get(&id) else {
                continue;
            };
            covered += usize::from(covers(at, scale, &link.curve));
            covered += usize::from(link.label.is_some_and(|words| on(&words)));
            let through = |plate: Rect| !link.curve.crossings(&plate).is_empty();
            struck += usize::from(plate.is_some_and(through)) + usize::from(on(&link.sign_box()));
        }
        let others = self.badges.iter();
        let near = rect.grown(PAPER);
        let crowded = others.filter(|other| other.rect.intersects(&near)).count();
        (names * 600 + covered * 250 + struck * 120 + crowded * 900) as f64
    }

    /// The shapes of variables and notes, by id.
    #[must_use]
    pub const fn nodes(&self) -> &Records<NodeShape> {
        &self.nodes
    }

    /// The shapes of links, by id.
    #[must_use]
    pub const fn links(&self) -> &Records<LinkShape> {
        &self.links
    }

    /// The pipes of rates, by rate.
    #[must_use]
    pub const fn pipes(&self) -> &Records<PipeShape> {
        &self.pipes
    }

    /// The shapes of frames, by id.
    #[must_use]
    pub const fn frames(&self) -> &Records<FrameShape> {
        &self.frames
    }

    /// The frames of which something may be seen in a box, in the order of painting.
    #[must_use]
    pub fn frames_touching(&self, rect: &Rect) -> Vec<&FrameShape> {
        let ids = self.frame_index.touching(rect).into_iter();
        let mut frames: Vec<_> = ids.filter_map(|id| self.frames.get(&id)).collect();
        frames.sort_by_key(|frame| (frame.layer, frame.id));
        frames
    }

    /// By link, the variables or stations that it stands between.
    pub(super) const fn ends(&self) -> &Records<(Id, Id)> {
        &self.ends
    }

    /// The badges of loops, in the order of the loops.
    #[must_use]
    pub fn badges(&self) -> &[BadgeShape] {
        &self.badges
    }

    /// The records with a shape that touches a box, in the order of their ids.
    #[must_use]
    pub fn touching(&self, rect: &Rect) -> Vec<Id> {
        let mut ids = self.nodes_touching(rect);
        ids.extend(self.links_touching(rect));
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The variables and notes whose outline touches a box, in the order of their ids.
    #[must_use]
    pub fn nodes_touching(&self, rect: &Rect) -> Vec<Id> {
        self.node_index.touching(rect)
    }

    /// The links whose bounds touch a box, in the order of their ids.
    #[must_use]
    pub fn links_touching(&self, rect: &Rect) -> Vec<Id> {
        self.link_index.touching(rect)
    }

    /// Boxes that together hold all that is drawn of a variable, note, link or frame.
    #[must_use]
    pub fn boxes_of(&self, id: Id) -> Vec<Rect> {
        let clouds = self.pipes.get(&id).and_then(|pipe| pipe.bounds);
        let node = self.nodes.get(&id).map(|node| {
            let own = [node.rect.grown(1.0)].into_iter();
            own.chain(clouds).collect()
        });
        let boxes = node.or_else(|| self.links.get(&id).map(LinkShape::boxes));
        let boxes = boxes.or_else(|| self.frames.get(&id).map(|frame| vec![frame.reach()]));
        boxes.unwrap_or_default()
    }

    /// The box around a variable, note or link, or around a frame with its title.
    #[must_use]
    pub fn bounds_of(&self, id: Id) -> Option<Rect> {
        self.nodes
            .get(&id)
            .map(|n| n.rect)
            .or_else(|| self.links.get(&id).map(|l| l.bounds))
            .or_else(|| self.frames.get(&id).map(FrameShape::bounds))
    }

    /// The outline of what stands by itself, by which it lines up: a variable, a station, a note, a
    /// frame; of a rate that of its valve.
    #[must_use]
    pub fn outline_of(&self, id: Id) -> Option<Rect> {
        let node = self.nodes.get(&id).map(NodeShape::lined_up);
        node.or_else(|| self.frames.get(&id).map(|frame| frame.rect))
    }

    /// Whether a record is drawn.
    #[must_use]
    pub fn shows(&self, id: Id) -> bool {
        self.nodes.contains_key(&id)
            || self.links.contains_key(&id)
            || self.frames.contains_key(&id)
    }

    /// The box around everything.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect> {
        let badges = self.badges.iter().map(|badge| badge.rect);
        let marks = self.mark_shapes.iter().map(|mark| mark.rect);
        let shapes = [
            self.node_index.bounds(),
            self.link_index.bounds(),
            self.pipe_index.bounds(),
        ];
        shapes
            .into_iter()
            .flatten()
            .chain(badges)
            .chain(marks)
            .chain(self.frames.values().map(FrameShape::bounds))
            .reduce(|all, rect| all.union(&rect))
    }

    /// The pipes with clouds of which something may be seen in a box, in the order of their rates.
    #[must_use]
    pub fn pipes_touching(&self, rect: &Rect) -> Vec<&PipeShape> {
        let ids = self.pipe_index.touching(rect).into_iter();
        ids.filter_map(|id| self.pipes.get(&id)).collect()
    }

    /// The shapes that touch a box, in the order in which they are painted: frames, clouds, links,
    /// then by layer notes and variables.
    #[must_use]
    pub fn painted(&self, rect: &Rect) -> Vec<PaintedShape<'_>> {
        let links = self.links_touching(rect).into_iter();
        let links = links.filter_map(|id| self.links.get(&id));
        let frames = self.frames_touching(rect).into_iter();
        let frames = frames.map(PaintedShape::Frame);
        let pipes = self.pipes_touching(rect).into_iter();
        let pipes = pipes.map(PaintedShape::Pipe);
        let links = links.map(PaintedShape::Link);
        let mut shapes: Vec<_> = frames.chain(pipes).chain(links).collect();
        let nodes = self.nodes_touching(rect).into_iter();
        let mut nodes: Vec<&NodeShape> = nodes.filter_map(|id| self.nodes.get(&id)).collect();
        nodes.sort_by_key(|node| paint_order(node));
        shapes.extend(nodes.into_iter().map(PaintedShape::Node));
        shapes
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

/// What comes later is painted over what comes before.
#[must_use]
pub const fn paint_order(node: &NodeShape) -> (i32, NodeKind, Id) {
    (node.layer, node.kind, node.id)
}

/// A shape in the order of painting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaintedShape<'a> {
    /// A frame.
    Frame(&'a FrameShape),
    /// The clouds of a rate, with the pipe that leads there.
    Pipe(&'a PipeShape),
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
            Self::Frame(frame) => frame.id,
            Self::Pipe(pipe) => pipe.id,
            Self::Link(link) => link.id,
            Self::Node(node) => node.id,
        }
    }

    /// What is drawn.
    #[must_use]
    pub fn primitives(&self) -> &[Primitive] {
        match self {
            Self::Frame(frame) => &frame.primitives,
            Self::Pipe(pipe) => &pipe.primitives,
            Self::Link(link) => &link.primitives,
            Self::Node(node) => &node.primitives,
        }
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
