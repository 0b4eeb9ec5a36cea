//! One frame: the still picture, what moves, what is highlighted, what lies over it.

use std::collections::BTreeSet;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::{Pen, context_of};
use super::tiles::{Frame, Sharpness, Still, Tiles};
use crate::editor::{Dirty, Editor};
use crate::model::{Id, Point, Rect, Vector};
use crate::scene::{
    Ink, PaintedShape, Path, Primitive, Scene, Theme, draw_loop, draw_overlay, draw_records,
};

/// How much of the diagram remains to be seen behind a highlighted loop.
const DIMMED: f64 = 0.76;
/// From one dot of the grid to the next, in world units.
const GRID: f64 = 24.0;

/// How a person wants the canvas to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// Whether the grid is shown.
    pub grid_shown: bool,
}

/// Paints an editor on a canvas.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    tiles: Tiles,
    /// Device pixels for a CSS pixel.
    ratio: f64,
    /// The canvas in device pixels.
    size: Vector,
    shown: Option<Look>,
}

impl Painter {
    /// A painter of this canvas; `None` where the browser gives no context.
    #[must_use]
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = context_of(&canvas)?;
        let size = Vector::new(1.0, 1.0);
        Some(Self {
            canvas,
            context,
            tiles: Tiles::new(),
            ratio: 1.0,
            size,
            shown: None,
        })
    }

    /// Fits the bitmap to a size in CSS pixels at the screen's present ratio.
    pub fn resize(&mut self, size: Vector, ratio: f64) {
        let device = Vector::new(
            (size.x * ratio).round().max(1.0),
            (size.y * ratio).round().max(1.0),
        );
        if device != self.size || ratio != self.ratio {
            self.canvas.set_width(device.x as u32);
            self.canvas.set_height(device.y as u32);
            self.size = device;
            self.ratio = ratio;
        }
    }

    /// Paints one frame.
    pub fn paint(&mut self, editor: &mut Editor, look: Look) -> Sharpness {
        match editor.take_dirty() {
            Dirty::All => self.tiles.forget(),
            Dirty::Parts(parts) if parts.is_empty() => {}
            Dirty::Parts(parts) => self.tiles.mark(&parts),
        }
        if self.shown != Some(look) {
            self.tiles.forget();
            self.shown = Some(look);
        }
        let view = *editor.view();
        let scale = view.zoom * self.ratio;
        let origin = Vector::new(
            (view.pan.x * self.ratio).round(),
            (view.pan.y * self.ratio).round(),
        );
        let drag_layer = editor.drag_layer();
        let scene = editor.scene();
        // Fails only for numbers that are none.
        let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let frame = Frame {
            target: &self.context,
            theme: look.theme,
            scale,
            origin,
            size: self.size,
        };
        let picture = StillPicture {
            scene,
            drag_layer,
            grid_shown: look.grid_shown,
            scale,
        };
        let sharpness = self.tiles.show(&frame, &picture);
        let highlighted = editor.highlighted_loop();
        let pointed = editor.pointed_records();
        if highlighted.is_some() || !pointed.is_empty() {
            self.context.set_global_alpha(DIMMED);
            self.context
                .set_fill_style_str(look.theme.color(Ink::Paper));
            self.context.fill_rect(0.0, 0.0, self.size.x, self.size.y);
            self.context.set_global_alpha(1.0);
        }
        let mut pen = Pen::new(&self.context, look.theme, scale, origin);
        draw_shapes(&mut pen, &lifted_shapes(scene, drag_layer.iter().copied()));
        if let Some(key) = highlighted {
            let links = editor.document().links();
            let polarity = scene
                .badges()
                .iter()
                .find(|badge| badge.key == *key)
                .map(|badge| badge.polarity);
            let polarity = polarity.or_else(|| {
                let loops = &editor.report().loops;
                loops
                    .iter()
                    .find(|named| named.key == *key)
                    .map(|named| named.polarity)
            });
            if let Some(polarity) = polarity {
                pen.draw(&draw_loop(scene, key, polarity, |id| links.get(&id)));
            }
        }
        if highlighted.is_none() && !pointed.is_empty() {
            let links = editor.document().links();
            pen.draw(&draw_records(scene, pointed, |id| links.get(&id)));
        }
        let visible = view.visible();
        for mark in scene.marks() {
            if mark.rect.intersects(&visible) {
                pen.draw(&mark.primitives);
            }
        }
        for badge in scene
            .badges()
            .iter()
            .filter(|badge| badge.rect.intersects(&visible))
        {
            if highlighted.is_none_or(|key| *key == badge.key) {
                pen.draw(&badge.primitives);
            }
        }
        pen.draw(&draw_overlay(scene, editor.overlay(), 1.0 / view.zoom));
        sharpness
    }
}

/// What does not move: the grid and the shapes that are not on the drag layer.
struct StillPicture<'a> {
    scene: &'a Scene,
    drag_layer: &'a BTreeSet<Id>,
    grid_shown: bool,
    /// Device pixels for a world unit.
    scale: f64,
}

impl Still for StillPicture<'_> {
    fn count(&self, part: &Rect) -> usize {
        self.scene.links_touching(part).len() + self.scene.nodes_touching(part).len()
    }

    fn paint(&self, pen: &mut Pen<'_>, part: &Rect) {
        if self.grid_shown {
            pen.draw(&grid_dots(part, self.scale));
        }
        let mut shapes = self.scene.painted(part);
        shapes.retain(|shape| !self.drag_layer.contains(&shape.id()));
        draw_shapes(pen, &shapes);
    }
}

/// Draws shapes in the order in which they come, with what can be seen of them at this scale.
fn draw_shapes(pen: &mut Pen<'_>, shapes: &[PaintedShape<'_>]) {
    if pen.is_far() {
        pen.draw_far(shapes);
    } else {
        shapes.iter().for_each(|shape| pen.draw(shape.primitives()));
    }
}

/// What moves, in the order of painting: links first.
fn lifted_shapes(scene: &Scene, ids: impl Iterator<Item = Id> + Clone) -> Vec<PaintedShape<'_>> {
    let links = ids
        .clone()
        .filter_map(|id| scene.links().get(&id))
        .map(PaintedShape::Link);
    let nodes = ids
        .filter_map(|id| scene.nodes().get(&id))
        .map(PaintedShape::Node);
    links.chain(nodes).collect()
}

/// The dots of the grid in a box; wider apart where they would stand too close to see.
fn grid_dots(part: &Rect, scale: f64) -> Vec<Primitive> {
    let mut step = GRID;
    while step * scale < 14.0 {
        step *= 2.0;
    }
    let dot = 1.1 / scale;
    let mut primitives = Vec::new();
    let mut y = (part.top / step).floor() * step;
    while y <= part.bottom + dot {
        let mut x = (part.left / step).floor() * step;
        while x <= part.right + dot {
            let rect = Rect::centered(Point::new(x, y), 2.0 * dot, 2.0 * dot);
            primitives.push(Primitive::Fill {
                path: Path::rounded(&rect, 0.0),
                ink: Ink::Grid,
            });
            x += step;
        }
        y += step;
    }
    primitives
}
