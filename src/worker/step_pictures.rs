//! Pictures of steps of a story, with the diagram that only who has a font can draw.

use super::stream_view::marks_of;
use crate::editor::picture_scene;
use crate::format::{Drawing, StepFrame, step_picture};
use crate::model::{Document, StoryStep};
use crate::scene::{MeasureText, PictureLook};
use crate::stream::SimulatedFigures;

/// The pictures of steps as SVG, in their order.
#[must_use]
pub(super) fn step_pictures(
    document: &Document,
    steps: &[StoryStep],
    (look, frame): (PictureLook, StepFrame),
    font: &dyn MeasureText,
    simulated: &SimulatedFigures,
) -> Vec<String> {
    let draw = |drawing: &Drawing<'_>| {
        let marks = marks_of(document, drawing.streams(), drawing.simulated());
        picture_scene(document, look.links, marks, &drawing.loops().loops, font)
    };
    let drawing = Drawing::new(document, look, &draw)
        .measured_by(font)
        .simulated_as(simulated.clone());
    let pictures = steps.iter().map(|step| step_picture(&drawing, step, frame));
    pictures.collect()
}
