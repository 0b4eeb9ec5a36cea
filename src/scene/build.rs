//! The scene: a shape for every record of a document, kept in step with what a patch touched.

use std::collections::BTreeSet;

use crate::causal::NamedLoop;
use crate::model::{Document, Id, Point, Records, Rect};

use super::badge::{BadgeShape, Enclosed};
use super::frame::{FrameShape, frame_shape};
use super::link::LinkShape;
use super::link_look::LinkColours;
use super::marks::{MarkShape, Marks, mark_shapes};
use super::node::{NodeShape, note_shape};
use super::pipe::PipeShape;
use super::pipes::Piped;
use super::spatial::SpatialIndex;
use super::station::station_shape;
use super::text::MeasureText;

/// Everything that is drawn of a document, with what finds it again.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    pub(super) nodes: Records<NodeShape>,
    pub(super) links: Records<LinkShape>,
    pub(super) frames: Records<FrameShape>,
    // Which variables a drawn link stood between, to find its neighbours once it is gone.
    pub(super) ends: Records<(Id, Id)>,
    pub(super) pipes: Records<PipeShape>,
    pub(super) node_index: SpatialIndex<Id>,
    pub(super) link_index: SpatialIndex<Id>,
    // Of the pipes with clouds.
    pub(super) pipe_index: SpatialIndex<Id>,
    // By rate, the room in which its pipe may lie: what changes there may change its way.
    pub(super) pipe_rooms: SpatialIndex<Id>,
    // With the room of their titles at any zoom.
    pub(super) frame_index: SpatialIndex<Id>,
    pub(super) loops: Vec<NamedLoop>,
    pub(super) badges: Vec<BadgeShape>,
    // By loop, what it encloses, and the loops that share a link with it.
    pub(super) enclosed: Vec<Option<Enclosed>>,
    pub(super) partners: Vec<Vec<usize>>,
    // Where each badge would stand if nothing were in its way.
    pub(super) badge_middles: Vec<Point>,
    pub(super) marks: Marks,
    pub(super) mark_shapes: Vec<MarkShape>,
    pub(super) link_colours: LinkColours,
    // By image, the note that shows it, to find that once the image is gone.
    pub(super) image_notes: Records<Id>,
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
        self.mark_shapes = mark_shapes(
            &self.marks,
            (&self.nodes, &self.links),
            &rect_of,
            &map,
            measure,
        );
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
}
