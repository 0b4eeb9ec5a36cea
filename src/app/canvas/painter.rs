//! One frame: the still picture, what moves, what is highlighted, what lies over it.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::{Pen, context_of};
use super::images::{decoded, prepare};
use super::lit::{SeenBadge, badge_seen, draw_lit, is_under, paper};
use super::near::Near;
use super::tiles::{Frame, Sharpness, Still, Tiles};
use crate::editor::{Dirty, Editor};
use crate::model::{Id, Point, Rect, Vector};
use crate::scene::{
    CLOUD_DISTANCE, DotMark, Ink, MeasureText, PaintedShape, Path, PersonMark, Primitive, Scene,
    Theme, draw_dots, draw_overlay, draw_people, draw_play, draw_run, draw_watch, seen_badge,
    seen_link, seen_marks, seen_node, seen_pipe,
};

/// What moves is drawn to its larger names where it is no more than this.
const FEW: usize = 400;
/// No more names than this are shown for being selected.
const MOST_NAMED: usize = 60;
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

/// What other people have in hand, and what is voted for, with the font of names.
#[derive(Clone, Copy)]
pub struct OthersMarks<'a> {
    /// What it is.
    pub marks: &'a [PersonMark],
    /// Dots of a vote.
    pub dots: &'a [DotMark],
    /// The font.
    pub measure: &'a dyn MeasureText,
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
    near: Near,
    /// How many images were decoded when the tiles were painted.
    decoded: u32,
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
            near: Near::default(),
            decoded: 0,
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
    pub fn paint(&mut self, editor: &mut Editor, look: Look, others: OthersMarks<'_>) -> Sharpness {
        match editor.take_dirty() {
            Dirty::All => {
                prepare(editor.document());
                self.tiles.forget();
            }
            Dirty::Parts(parts) if parts.is_empty() => {}
            Dirty::Parts(parts) => {
                prepare(editor.document());
                self.tiles.mark(&parts);
            }
        }
        if self.decoded != decoded() {
            self.decoded = decoded();
            self.tiles.forget();
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
        self.tiles.mark(&self.near.follow(editor));
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
            editor,
            near: &self.near,
            grid_shown: look.grid_shown,
            scale,
            ratio: self.ratio,
        };
        let sharpness = self.tiles.show(&frame, &picture);
        let lit = editor.lit();
        let visible = view.visible();
        let marks = scene.marks().iter();
        let marks = marks.filter(|mark| mark.rect.intersects(&visible));
        let (under, marks): (Vec<_>, Vec<_>) = marks.partition(|mark| is_under(lit, mark));
        Pen::new(&self.context, look.theme, scale, origin).draw(&seen_marks(&under, view.zoom));
        let paper = paper(lit);
        if paper > 0.0 {
            // The pen has moved the origin; the paper lies over the whole canvas. Fails only for numbers
            // that are none.
            let _ = self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
            self.context.set_global_alpha(paper);
            self.context
                .set_fill_style_str(look.theme.color(Ink::Paper));
            self.context.fill_rect(0.0, 0.0, self.size.x, self.size.y);
            self.context.set_global_alpha(1.0);
        }
        let mut pen = Pen::new(&self.context, look.theme, scale, origin);
        draw_lifted(&mut pen, editor, view.zoom);
        self.near
            .seen_at(view.zoom, |seen| draw_lit(&mut pen, editor, lit, seen));
        pen.draw(&seen_marks(&marks, view.zoom));
        for (number, badge) in scene.badges().iter().enumerate() {
            let (rect, primitives) = match badge_seen(editor, lit, badge) {
                SeenBadge::Lit => seen_badge(badge, view.zoom),
                SeenBadge::Plain => self.near.badge(number, badge, view.zoom),
                SeenBadge::Nowhere => continue,
            };
            if rect.intersects(&visible) {
                pen.draw(&primitives);
            }
        }
        if editor.presenting().is_some() {
            pen.draw(&draw_run(scene, &editor.overlay().run, view.zoom));
            return sharpness;
        }
        for id in self.near.unshown(editor, MOST_NAMED) {
            if let Some(node) = scene.nodes().get(&id) {
                pen.draw(&seen_node(node, view.zoom));
            }
        }
        if let Some(playing) = editor.playing() {
            pen.draw(&draw_play(scene, playing.play(), playing.moment(), &view));
        }
        if let Some(watching) = editor.watching() {
            pen.draw(&draw_watch(scene, &watching.marks(), &view));
        }
        pen.draw(&draw_overlay(scene, editor.overlay(), 1.0 / view.zoom));
        if !others.marks.is_empty() || !others.dots.is_empty() {
            let mut pen = Pen::new(&self.context, look.theme, self.ratio, Vector::ZERO);
            pen.draw(&draw_dots(scene, others.dots, &view, others.measure));
            pen.draw(&draw_people(scene, others.marks, &view, others.measure));
        }
        sharpness
    }
}

/// What does not move: the grid and the shapes that are not on the drag layer.
struct StillPicture<'a> {
    editor: &'a Editor,
    near: &'a Near,
    grid_shown: bool,
    /// Device pixels for a world unit.
    scale: f64,
    /// Device pixels for a CSS pixel.
    ratio: f64,
}

impl Still for StillPicture<'_> {
    fn count(&self, part: &Rect) -> usize {
        let scene = self.editor.scene();
        let frames = scene.frames_touching(part).len();
        let pipes = scene.pipes_touching(part).len();
        frames + pipes + scene.links_touching(part).len() + scene.nodes_touching(part).len()
    }

    fn paint(&self, pen: &mut Pen<'_>, part: &Rect) {
        if self.grid_shown {
            pen.draw(&grid_dots(part, self.scale));
        }
        let (editor, scene) = (self.editor, self.editor.scene());
        let is_still = |id: Id| !editor.drag_layer().contains(&id);
        // What is painted is rounded out to whole pixels, and lines are wider than their outlines.
        let part = &part.grown(2.0 * self.ratio / pen.scale());
        let zoom = pen.scale() / self.ratio;
        let frames = scene.frames_touching(part).into_iter();
        for frame in frames.filter(|frame| is_still(frame.id)) {
            pen.draw(&frame.seen(zoom).primitives);
        }
        // At small scales they are larger than they are.
        let reach = part.grown(CLOUD_DISTANCE * (0.66 / zoom - 1.0).clamp(0.0, 2.0));
        let pipes = scene.pipes_touching(&reach).into_iter();
        for pipe in pipes.filter(|pipe| is_still(pipe.id)) {
            pen.draw(&seen_pipe(pipe, zoom));
        }
        self.near.at(editor, zoom, |legible| {
            let links = legible.links_touching(scene, part).into_iter();
            let links = links.filter(|id| is_still(*id));
            let links = links.filter_map(|id| scene.links().get(&id));
            if pen.is_far() {
                pen.draw_far(&links.map(PaintedShape::Link).collect::<Vec<_>>());
            } else {
                links.for_each(|link| pen.draw(legible.drawn(link)));
            }
            let hidden: Vec<_> = scene
                .painted(part)
                .into_iter()
                .filter(|shape| matches!(shape, PaintedShape::Node(_)) && is_still(shape.id()))
                .filter(|shape| legible.label(shape.id()).is_none())
                .collect();
            if legible.has_bars() {
                pen.draw_far(&hidden);
            } else {
                draw_shapes(pen, &hidden);
            }
            let labels = legible.touching(part).into_iter();
            for (_, label) in labels.filter(|(id, _)| is_still(*id)) {
                pen.draw(&label.primitives);
            }
        });
    }
}

/// Draws what a gesture moves.
fn draw_lifted(pen: &mut Pen<'_>, editor: &Editor, zoom: f64) {
    let (scene, lifted) = (editor.scene(), editor.drag_layer());
    if lifted.len() > FEW {
        draw_shapes(pen, &lifted_shapes(scene, lifted.iter().copied()));
        return;
    }
    for frame in lifted.iter().filter_map(|id| scene.frames().get(id)) {
        pen.draw(&frame.seen(zoom).primitives);
    }
    for pipe in lifted.iter().filter_map(|id| scene.pipes().get(id)) {
        pen.draw(&seen_pipe(pipe, zoom));
    }
    for id in lifted {
        if let Some(link) = seen_link(scene, editor.document(), *id, zoom) {
            pen.draw(&link.primitives);
        }
    }
    for node in lifted.iter().filter_map(|id| scene.nodes().get(id)) {
        pen.draw(&seen_node(node, zoom));
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

/// What moves, in the order of painting: frames and links first.
fn lifted_shapes(scene: &Scene, ids: impl Iterator<Item = Id> + Clone) -> Vec<PaintedShape<'_>> {
    let frames = ids
        .clone()
        .filter_map(|id| scene.frames().get(&id))
        .map(PaintedShape::Frame);
    let pipes = ids
        .clone()
        .filter_map(|id| scene.pipes().get(&id))
        .map(PaintedShape::Pipe);
    let links = ids
        .clone()
        .filter_map(|id| scene.links().get(&id))
        .map(PaintedShape::Link);
    let nodes = ids
        .filter_map(|id| scene.nodes().get(&id))
        .map(PaintedShape::Node);
    frames.chain(pipes).chain(links).chain(nodes).collect()
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
