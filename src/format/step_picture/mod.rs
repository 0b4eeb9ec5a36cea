//! The picture of a step of a story as SVG: in the shape of what it shows, or as a slide.
//!
//! The same document and step always give the same text, without scripts, styles and fonts, as any
//! picture of a diagram.

mod diagram;
mod slide;

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use self::slide::Place;
use super::drawing::Drawing;
use super::svg::{FOOT, Picture, Short, write_head, write_shape};
use crate::model::{Rect, StoryStep, Vector};
use crate::scene::{Scene, View};
use crate::story::{ShownStep, shown};

/// What the picture of a step is for, which says its shape and what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepFrame {
    /// The diagram alone, in the shape of what the step shows.
    Own,
    /// The diagram alone on a slide.
    Bare,
    /// The diagram on a slide, with the title above it, and its words and figures below.
    Slide,
}

/// The size of a slide, in pixels: that of most projectors, 16 to 9.
pub const SLIDE: Vector = Vector {
    x: 1_920.0,
    y: 1_080.0,
};

/// What is in view where nothing is drawn, in world units.
const NOTHING: Rect = Rect {
    left: -160.0,
    top: -90.0,
    right: 160.0,
    bottom: 90.0,
};
/// A slide is looked at from further away than a screen: its letters are no smaller than those of a
/// screen that is so many times as wide.
const FROM_AFAR: f64 = 0.85;
/// How many pixels of that screen a world unit becomes at most: names that fill a slide are no easier
/// to read.
const NEAREST: f64 = 2.0;
/// How many times as large the diagram must become for the words to stand beside it.
const WORTH_IT: f64 = 1.08;

/// The picture of a step as the text of an SVG file, one element a line.
#[must_use]
pub fn step_picture(drawing: &Drawing<'_>, step: &StoryStep, frame: StepFrame) -> String {
    let shown = shown(drawing.document(), step);
    let scene = (drawing.scene()).without_hidden(drawing.document(), &shown.records);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = match frame {
        StepFrame::Own => write_own(&mut out, drawing, (&shown, &scene)),
        StepFrame::Bare => write_slide(&mut out, drawing, (&shown, &scene), (step, &[])),
        StepFrame::Slide => {
            let places = [Place::Below, Place::Beside];
            write_slide(&mut out, drawing, (&shown, &scene), (step, &places))
        }
    };
    out
}

fn write_own(
    out: &mut String,
    drawing: &Drawing<'_>,
    (shown, scene): (&ShownStep, &Scene),
) -> fmt::Result {
    let page = shown.rect(scene).unwrap_or(NOTHING).grown(Picture::MARGIN);
    let told = diagram::told(drawing.document(), shown);
    write_head(out, &page, None, "The diagram of this step", &told)?;
    diagram::write(out, drawing, (shown, scene), (&page, 1.0))?;
    out.write_str(FOOT)
}

/// The view in which the step is seen in this room of a slide, in the pixels of a screen that is as far
/// away.
fn seen_in(room: &Rect, drawing: &Drawing<'_>, (shown, scene): (&ShownStep, &Scene)) -> View {
    let window = View {
        size: Vector::new(room.width(), room.height()) * FROM_AFAR,
        ..View::default()
    };
    let fitted = shown.fitted(&window, scene, drawing.document(), NEAREST);
    fitted.unwrap_or_else(|| window.fitted(&NOTHING, NEAREST))
}

/// Writes a slide; its words stand in the first of these places, unless the diagram becomes larger where
/// they stand in a later one. Without a place it has no words.
fn write_slide(
    out: &mut String,
    drawing: &Drawing<'_>,
    (shown, scene): (&ShownStep, &Scene),
    (step, places): (&StoryStep, &[Place]),
) -> fmt::Result {
    let page = Rect {
        left: 0.0,
        top: 0.0,
        right: SLIDE.x,
        bottom: SLIDE.y,
    };
    let look = drawing.look();
    let seen = |room: &Rect| seen_in(room, drawing, (shown, scene));
    let set = places.iter().map(|place| {
        let (words, room) = slide::set(drawing, step, &page, *place);
        (words, room, seen(&room))
    });
    let best = set.reduce(|best, other| match other.2.zoom > best.2.zoom * WORTH_IT {
        true => other,
        false => best,
    });
    let (words, room, view) = best.unwrap_or_else(|| (Vec::new(), page, seen(&page)));
    let title = match step.title.trim() {
        "" => "The diagram of this step",
        title => title,
    };
    let told = diagram::told(drawing.document(), shown);
    write_head(out, &page, look.paper(), title, &told)?;
    let (scale, part) = (view.zoom / FROM_AFAR, view.visible());
    writeln!(
        out,
        "<clipPath id=\"room\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>",
        Short(room.left),
        Short(room.top),
        Short(room.width()),
        Short(room.height())
    )?;
    writeln!(
        out,
        "<g clip-path=\"url(#room)\"><g transform=\"translate({} {}) scale({scale}) translate({} {})\">",
        Short(room.left),
        Short(room.top),
        Short(-part.left),
        Short(-part.top)
    )?;
    diagram::write(out, drawing, (shown, scene), (&part, view.zoom))?;
    writeln!(out, "</g></g>")?;
    write_shape(out, &words, look.inks())?;
    out.write_str(FOOT)
}
