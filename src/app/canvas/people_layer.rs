//! The pointers of other people on a canvas of their own over that of the diagram, so that one that
//! moves paints nothing of the diagram.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::Pen;
use crate::model::{Rect, Vector};
use crate::scene::{MeasureText, PointerMark, Theme, draw_pointer};
use crate::sync::Activity;

/// How strong the pointer of somebody is who is away.
const DIMMED: f64 = 0.45;

/// What the pointers are painted on.
pub struct PeopleLayer {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// What is painted, in CSS pixels.
    painted: Vec<Rect>,
}

impl PeopleLayer {
    /// A layer on this canvas; `None` where the browser gives no context.
    #[must_use]
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        Some(Self {
            canvas,
            context,
            painted: Vec::new(),
        })
    }

    /// Paints these pointers and no others, on a canvas of this size in CSS pixels, at the screen's
    /// ratio.
    pub fn paint(
        &mut self,
        pointers: &[(PointerMark, Activity)],
        size: Vector,
        (ratio, theme): (f64, Theme),
        measure: &dyn MeasureText,
    ) {
        let device = [size.x, size.y].map(|side| (side * ratio).round().max(1.0) as u32);
        if [self.canvas.width(), self.canvas.height()] != device {
            self.canvas.set_width(device[0]);
            self.canvas.set_height(device[1]);
        }
        // Fails only for numbers that are none.
        let _ = self.context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
        for rect in self.painted.drain(..) {
            self.context
                .clear_rect(rect.left, rect.top, rect.width(), rect.height());
        }
        let mut pen = Pen::new(&self.context, theme, ratio, Vector::ZERO);
        for (pointer, activity) in pointers {
            let (rect, primitives) = draw_pointer(pointer, size, measure);
            self.context.set_global_alpha(match activity {
                Activity::Here => 1.0,
                Activity::Away => DIMMED,
            });
            pen.draw(&primitives);
            self.painted.push(rect);
        }
        self.context.set_global_alpha(1.0);
    }
}
