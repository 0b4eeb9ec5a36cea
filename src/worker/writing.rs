//! The document in another format: the writer of the table, with the picture that only who has a
//! font can draw.

use super::improvements::Showing;
use super::request::WriteFor;
use super::response::Written;
use super::stream_page::stream_pages;
use super::stream_view::shown_marks;
use crate::editor::{loops_within, marks_within, part_of, picture_scene};
use crate::format::{Drawing, Warning, writer};
use crate::model::{Document, Id};
use crate::scene::{MeasureText, PictureLook};
use crate::simulate::{StreamFigures, with_figures};
use crate::stream::SimulatedFigures;

/// What is said where there is nothing to write.
pub(super) const fn nothing_to_write(purpose: WriteFor) -> &'static str {
    match purpose {
        WriteFor::Saving => "There is nothing to export yet.",
        WriteFor::Copying => "There is nothing to copy yet.",
        WriteFor::Printing => "There is nothing to print yet.",
        WriteFor::Previewing => "There is nothing to show yet.",
    }
}

/// What is to be written, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'w> {
    /// The key of the writer.
    pub key: &'w str,
    /// What becomes of it.
    pub purpose: WriteFor,
    /// How a picture looks.
    pub look: PictureLook,
    /// The records that are to be written; empty for the whole document.
    pub only: &'w [Id],
    /// What a picture shows.
    pub showing: &'w Showing,
}

/// What is known of the value streams beside what the document says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'k> {
    /// What runs of the map say.
    pub simulated: &'k SimulatedFigures,
    /// What variables of the model take.
    pub figures: &'k StreamFigures,
}

/// The keys of the writers that write models.
const MODELS: [&str; 2] = ["xmile", "vensim"];

/// The document as a writer writes it; none if there is no such writer.
pub(super) fn written(
    document: &Document,
    wanted: Wanted<'_>,
    font: &dyn MeasureText,
    known: Known<'_>,
) -> Option<Written> {
    let writer = writer(wanted.key)?;
    let Known { simulated, figures } = known;
    // A model of another program has the numbers in it that are taken from the value streams.
    let with_numbers = MODELS
        .contains(&wanted.key)
        .then(|| with_figures(document, figures));
    let document = with_numbers.as_ref().unwrap_or(document);
    let draw = |drawing: &Drawing<'_>| {
        let part = drawing.document();
        let streams = drawing.streams();
        let marks = shown_marks(part, streams, drawing.simulated(), wanted.showing);
        let links = wanted.look.links;
        picture_scene(part, links, marks, &drawing.loops().loops, font)
    };
    let whole = Drawing::new(document, wanted.look, &draw)
        .measured_by(font)
        .simulated_as(simulated.clone());
    let export = match wanted.only {
        [] => (writer.write)(&whole),
        only => {
            let part = part_of(document, only);
            // What follows from the whole is drawn of the part as it is drawn of the whole.
            let draw = |drawing: &Drawing<'_>| {
                let marks = shown_marks(document, whole.streams(), simulated, wanted.showing);
                let marks = marks_within(marks, &part);
                let links = wanted.look.links;
                picture_scene(&part, links, marks, &drawing.loops().loops, font)
            };
            let mut loops = whole.loops().clone();
            loops.loops = loops_within(&loops.loops, &part);
            let drawing = Drawing::new(&part, wanted.look, &draw)
                .measured_by(font)
                .simulated_as(simulated.clone());
            (writer.write)(&drawing.with_loops(loops))
        }
    };
    let warnings = export.warnings.iter();
    let streams = match wanted.purpose {
        WriteFor::Printing => stream_pages(document, whole.streams()),
        WriteFor::Saving | WriteFor::Copying | WriteFor::Previewing => Vec::new(),
    };
    Some(Written {
        key: wanted.key.to_owned(),
        name: writer.name.to_owned(),
        ending: writer.ending.to_owned(),
        media_type: writer.media_type.to_owned(),
        text: export.text,
        warnings: warnings.map(Warning::sentence).collect(),
        purpose: wanted.purpose,
        streams,
    })
}
