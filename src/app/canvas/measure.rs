//! Measuring words with the browser's font.

use std::cell::RefCell;
use std::collections::HashMap;

use web_sys::CanvasRenderingContext2d;

use super::draw::new_canvas;
use crate::scene::{EstimatedText, Font, MeasureText};

/// More different words than this are forgotten together, so that memory stays bounded.
const REMEMBERED: usize = 20_000;

/// Measures words with the font the canvas is painted with, and remembers.
pub struct CanvasMeasure {
    context: Option<CanvasRenderingContext2d>,
    widths: RefCell<HashMap<(String, u64), f64>>,
}

impl CanvasMeasure {
    /// With a canvas of its own.
    #[must_use]
    pub fn new() -> Self {
        let context = new_canvas(1, 1).map(|(_, context)| context);
        Self {
            context,
            widths: RefCell::default(),
        }
    }
}

impl Default for CanvasMeasure {
    fn default() -> Self {
        Self::new()
    }
}

impl MeasureText for CanvasMeasure {
    fn width(&self, text: &str, font: Font) -> f64 {
        let Some(context) = &self.context else {
            return EstimatedText.width(text, font);
        };
        let face = font.size.to_bits() ^ u64::from(font.weight.css());
        let key = (text.to_owned(), face);
        if let Some(width) = self.widths.borrow().get(&key) {
            return *width;
        }
        context.set_font(&font.css());
        let width = context.measure_text(text).map_or_else(
            |_| EstimatedText.width(text, font),
            |metrics| metrics.width(),
        );
        let mut widths = self.widths.borrow_mut();
        if widths.len() >= REMEMBERED {
            widths.clear();
        }
        widths.insert(key, width);
        width
    }
}
