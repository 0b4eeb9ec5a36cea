//! The picture from afar, where words are bars: by the thousand, so drawn by kinds and in batches.

use super::draw::{BAR, Pen, VISIBLE};
use crate::scene::{Ink, PaintedShape, Path, Primitive, Segment, Stroke};

/// What is smaller than this many device pixels is left out.
const SPECK: f64 = 1.8;
/// How many lines are drawn as one: many together are slower again.
const BATCH: usize = 64;

impl Pen<'_> {
    /// Draws shapes as they look from afar: links, then nodes; within each lines, fills, words.
    pub fn draw_far(&mut self, shapes: &[PaintedShape<'_>]) {
        let first_node = shapes
            .iter()
            .position(|shape| matches!(shape, PaintedShape::Node(_)))
            .unwrap_or(shapes.len());
        let (links, nodes) = shapes.split_at(first_node);
        self.lines(links);
        self.fills(links);
        self.fills(nodes);
        self.images(nodes);
        self.lines(nodes);
        self.bars(nodes);
    }

    fn images(&mut self, shapes: &[PaintedShape<'_>]) {
        for primitive in shapes.iter().flat_map(|shape| shape.primitives()) {
            if let Primitive::Image { rect, data, .. } = primitive {
                self.image(rect, data);
            }
        }
    }

    fn lines(&mut self, shapes: &[PaintedShape<'_>]) {
        let mut begun: Option<(Stroke, usize)> = None;
        for primitive in shapes.iter().flat_map(|shape| shape.primitives()) {
            let Primitive::Line { path, stroke } = primitive else {
                continue;
            };
            if self.is_speck(path) {
                continue;
            }
            let count = match begun {
                Some((same, count)) if same == *stroke && count < BATCH => count,
                before => {
                    if before.is_some() {
                        self.context.stroke();
                    }
                    self.stroke_with(stroke);
                    self.context.begin_path();
                    0
                }
            };
            self.trace(path);
            begun = Some((*stroke, count + 1));
        }
        if begun.is_some() {
            self.context.stroke();
        }
    }

    fn fills(&mut self, shapes: &[PaintedShape<'_>]) {
        let mut begun: Option<(Ink, usize)> = None;
        for primitive in shapes.iter().flat_map(|shape| shape.primitives()) {
            let Primitive::Fill { path, ink } = primitive else {
                continue;
            };
            // Its corners cannot be seen.
            if let Some(rect) = path.as_rounded() {
                self.fill_with(*ink);
                self.context
                    .fill_rect(rect.left, rect.top, rect.width(), rect.height());
                continue;
            }
            if self.is_speck(path) {
                continue;
            }
            let count = match begun {
                Some((same, count)) if same == *ink && count < BATCH => count,
                before => {
                    if before.is_some() {
                        self.context.fill();
                    }
                    self.fill_with(*ink);
                    self.context.begin_path();
                    0
                }
            };
            self.trace(path);
            begun = Some((*ink, count + 1));
        }
        if begun.is_some() {
            self.context.fill();
        }
    }

    fn bars(&mut self, shapes: &[PaintedShape<'_>]) {
        self.context.set_global_alpha(BAR);
        for primitive in shapes.iter().flat_map(|shape| shape.primitives()) {
            if let Primitive::Text {
                at,
                width,
                align,
                font,
                ink,
                ..
            } = primitive
                && font.size * self.scale >= VISIBLE
            {
                self.fill_with(*ink);
                self.bar(at.x, at.y, *width, *align, *font);
            }
        }
        self.context.set_global_alpha(1.0);
    }

    /// Whether a path without a circle is too small to be seen.
    fn is_speck(&self, path: &Path) -> bool {
        let Some(Segment::Move(first)) = path.0.first() else {
            return false;
        };
        let least = SPECK / self.scale;
        path.0.iter().all(|segment| match segment {
            Segment::Move(at) | Segment::Line(at) => {
                (at.x - first.x).abs() < least && (at.y - first.y).abs() < least
            }
            Segment::Arc { radius, .. } => radius * 2.0 < least,
            Segment::Close => true,
        })
    }
}
