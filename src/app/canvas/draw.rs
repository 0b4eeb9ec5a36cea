//! Primitives of the display list as calls of a canvas.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::images::drawable;
use crate::model::{Direction, ImageData, Rect, Vector};
use crate::scene::{Align, Dash, Font, Ink, Path, Primitive, Segment, Stroke, Theme};

/// Letters lower than this many device pixels cannot be read: a bar stands for them.
const READABLE: f64 = 3.2;
/// Letters lower than this many device pixels are not seen at all.
pub(super) const VISIBLE: f64 = 0.7;

/// How strong a bar is that stands for words.
pub(super) const BAR: f64 = 0.45;

/// A canvas that is not on the page, with its context; `None` where the browser has none to give.
#[must_use]
pub fn new_canvas(
    width: u32,
    height: u32,
) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas = canvas_of_size(width, height)?;
    let context = context_of(&canvas)?;
    Some((canvas, context))
}

/// The same with nothing on it, so that what is behind it shines through.
#[must_use]
pub fn clear_canvas(
    width: u32,
    height: u32,
) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let canvas = canvas_of_size(width, height)?;
    let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    Some((canvas, context))
}

fn canvas_of_size(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    Some(canvas)
}

/// The context of a canvas that nothing shines through: cheaper to put on the screen.
#[must_use]
pub fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"alpha".into(), &JsValue::FALSE).ok()?;
    canvas
        .get_context_with_context_options("2d", &options)
        .ok()??
        .dyn_into()
        .ok()
}

/// Draws primitives; remembers what the context is set to, because setting costs.
pub struct Pen<'a> {
    pub(super) context: &'a CanvasRenderingContext2d,
    theme: Theme,
    /// Device pixels for a world unit.
    pub(super) scale: f64,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    width: f64,
    font: Option<Font>,
    align: Option<Align>,
    direction: Direction,
    dash: Dash,
}

impl<'a> Pen<'a> {
    /// A pen on a context that is then set so that the world's origin is at `origin` (device
    /// pixels) and a world unit is `scale` device pixels.
    #[must_use]
    pub fn new(
        context: &'a CanvasRenderingContext2d,
        theme: Theme,
        scale: f64,
        origin: Vector,
    ) -> Self {
        // Fails only for numbers that are none.
        let _ = context.set_transform(scale, 0.0, 0.0, scale, origin.x, origin.y);
        // web-sys has no name for it. Fails only for an object that is frozen.
        let _ = js_sys::Reflect::set(context, &"imageSmoothingQuality".into(), &"high".into());
        context.set_text_baseline("alphabetic");
        context.set_line_cap("butt");
        context.set_line_join("round");
        set_dash(context, Dash::Solid, 1.0);
        set_direction(context, Direction::LeftToRight);
        Self {
            context,
            theme,
            scale,
            fill: None,
            stroke: None,
            width: 0.0,
            font: None,
            align: None,
            direction: Direction::LeftToRight,
            dash: Dash::Solid,
        }
    }

    /// Device pixels for a world unit.
    #[must_use]
    pub const fn scale(&self) -> f64 {
        self.scale
    }

    /// Whether nothing is large enough to be read.
    #[must_use]
    pub fn is_far(&self) -> bool {
        Font::NAME.size * self.scale < READABLE
    }

    /// Draws primitives in their order.
    pub fn draw(&mut self, primitives: &[Primitive]) {
        for primitive in primitives {
            match primitive {
                Primitive::Fill { path, ink } => {
                    self.fill_with(*ink);
                    self.context.begin_path();
                    self.trace(path);
                    self.context.fill();
                }
                Primitive::Line { path, stroke } => {
                    self.stroke_with(stroke);
                    self.context.begin_path();
                    self.trace(path);
                    self.context.stroke();
                }
                Primitive::Text {
                    text,
                    at,
                    width,
                    align,
                    font,
                    ink,
                } => {
                    let height = font.size * self.scale;
                    if height < VISIBLE {
                        continue;
                    }
                    self.fill_with(*ink);
                    if height < READABLE {
                        self.context.set_global_alpha(BAR);
                        self.bar(at.x, at.y, *width, *align, *font);
                        self.context.set_global_alpha(1.0);
                        continue;
                    }
                    if self.font != Some(*font) {
                        self.font = Some(*font);
                        self.context.set_font(&font.css());
                    }
                    if self.align != Some(*align) {
                        self.align = Some(*align);
                        self.context.set_text_align(match align {
                            Align::Left => "left",
                            Align::Center => "center",
                            Align::Right => "right",
                        });
                    }
                    let direction = Direction::of(text);
                    if self.direction != direction {
                        self.direction = direction;
                        set_direction(self.context, direction);
                    }
                    // Fails only for numbers that are none.
                    let _ = self.context.fill_text(text, at.x, at.y + font.drop());
                }
                Primitive::Image { rect, data, .. } => self.image(rect, data),
            }
        }
    }

    /// Draws an image, or a plain box in its place until it is decoded.
    pub(super) fn image(&mut self, rect: &Rect, data: &ImageData) {
        let (width, height) = (rect.width(), rect.height());
        let Some(image) = drawable(data) else {
            self.fill_with(Ink::Grid);
            self.context.fill_rect(rect.left, rect.top, width, height);
            return;
        };
        // Fails only for an image that is not decoded.
        let _ = self
            .context
            .draw_image_with_html_image_element_and_dw_and_dh(
                &image, rect.left, rect.top, width, height,
            );
    }

    /// Draws a bar in the place of words, with a fill that is set.
    pub(super) fn bar(&self, x: f64, y: f64, width: f64, align: Align, font: Font) {
        let left = align.left_of(x, width);
        let height = font.size * 0.34;
        self.context
            .fill_rect(left, y - height / 2.0, width, height);
    }

    pub(super) fn stroke_with(&mut self, stroke: &Stroke) {
        if self.stroke != Some(stroke.ink) {
            self.stroke = Some(stroke.ink);
            self.context
                .set_stroke_style_str(self.theme.color(stroke.ink));
        }
        // Thinner than a hair is not thinner but fainter, and slower.
        let width = stroke.width.max(0.6 / self.scale);
        let is_dashed_otherwise = stroke.dash == Dash::Dashed && self.width != width;
        if self.dash != stroke.dash || is_dashed_otherwise {
            self.dash = stroke.dash;
            set_dash(self.context, stroke.dash, width);
        }
        if self.width != width {
            self.width = width;
            self.context.set_line_width(width);
        }
    }

    pub(super) fn fill_with(&mut self, ink: Ink) {
        if self.fill != Some(ink) {
            self.fill = Some(ink);
            self.context.set_fill_style_str(self.theme.color(ink));
        }
    }

    /// Adds a path to the one that was begun.
    pub(super) fn trace(&self, path: &Path) {
        for segment in &path.0 {
            match *segment {
                Segment::Move(to) => self.context.move_to(to.x, to.y),
                Segment::Line(to) => self.context.line_to(to.x, to.y),
                Segment::Arc {
                    center,
                    radius,
                    start,
                    sweep,
                } => {
                    // Fails only for a negative radius.
                    let _ = self.context.arc_with_anticlockwise(
                        center.x,
                        center.y,
                        radius.max(0.0),
                        start,
                        start + sweep,
                        sweep < 0.0,
                    );
                }
                Segment::Close => self.context.close_path(),
            }
        }
    }
}

/// Says which way the next words are read.
fn set_direction(context: &CanvasRenderingContext2d, direction: Direction) {
    // web-sys has no name for it. Fails only for an object that is frozen.
    let _ = js_sys::Reflect::set(context, &"direction".into(), &direction.css().into());
}

fn set_dash(context: &CanvasRenderingContext2d, dash: Dash, width: f64) {
    let pattern = match dash {
        Dash::Solid => Array::new(),
        Dash::Dashed => Array::from_iter(Dash::strokes(width).map(JsValue::from)),
    };
    // Fails only for lengths that are none.
    let _ = context.set_line_dash(&pattern);
}
