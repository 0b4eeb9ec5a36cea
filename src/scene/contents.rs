//! What a scene has, where that is, and in which order it is painted.

use crate::model::{Id, Records, Rect};

use super::badge::BadgeShape;
use super::build::Scene;
use super::frame::FrameShape;
use super::link::LinkShape;
use super::node::{NodeKind, NodeShape};
use super::pipe::PipeShape;
use super::primitive::Primitive;

impl Scene {
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
