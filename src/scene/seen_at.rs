//! How things by themselves are seen at a zoom: as in the picture around them, where one is known.

use crate::model::{Document, Id, Rect};

use super::build::Scene;
use super::label::seen_node;
use super::legible::{Legible, seen_link};
use super::link::LinkShape;
use super::magnify::seen_rect;
use super::node::{NodeKind, NodeShape};
use super::primitive::Primitive;

/// A zoom, and the picture in which something stands out. There a name may have moved aside, and what
/// stands out takes its place and no other.
#[derive(Clone, Copy, Debug)]
pub struct SeenAt<'a> {
    /// CSS pixels for a world unit.
    pub zoom: f64,
    picture: Option<&'a Legible>,
}

impl From<f64> for SeenAt<'_> {
    fn from(zoom: f64) -> Self {
        Self {
            zoom,
            picture: None,
        }
    }
}

impl<'a> SeenAt<'a> {
    /// In this picture, at a zoom near to that of the picture.
    #[must_use]
    pub const fn within(picture: &'a Legible, zoom: f64) -> Self {
        Self {
            zoom,
            picture: Some(picture),
        }
    }

    /// What is seen of a node.
    #[must_use]
    pub fn node(self, node: &NodeShape) -> Vec<Primitive> {
        let label = self.picture.and_then(|picture| picture.label(node.id));
        match label.filter(|label| label.is_named) {
            Some(label) => label.primitives.clone(),
            None => seen_node(node, self.zoom),
        }
    }

    /// The box around what is seen of a node; of a step its outline, which words may leave.
    #[must_use]
    pub fn rect(self, node: &NodeShape) -> Rect {
        let label = self.picture.and_then(|picture| picture.label(node.id));
        match label.filter(|label| label.is_named && node.kind == NodeKind::Variable) {
            Some(label) => label.rect,
            None => seen_rect(node, self.zoom),
        }
    }

    /// What is seen of a link or flow.
    #[must_use]
    pub fn link(self, scene: &Scene, document: &Document, id: Id) -> Option<LinkShape> {
        let drawn = self.picture.and_then(|picture| picture.link(id));
        match drawn {
            Some(drawn) => Some(drawn.clone()),
            None => seen_link(scene, document, id, self.zoom),
        }
    }
}
