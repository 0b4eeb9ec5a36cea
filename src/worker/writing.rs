//! The document in another format: the writer of the table, with the picture that only who has a
//! font can draw.

use super::request::WriteFor;
use super::response::Written;
use super::stream_page::stream_pages;
use super::stream_view::marks_of;
use crate::editor::{loops_within, marks_within, part_of, picture_scene};
use crate::format::{Drawing, Warning, writer};
use crate::model::{Document, Id};
use crate::scene::{MeasureText, PictureLook};

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
}

/// The document as a writer writes it; none if there is no such writer.
pub(super) fn written(
    document: &Document,
    wanted: Wanted<'_>,
    font: &dyn MeasureText,
) -> Option<Written> {
    let writer = writer(wanted.key)?;
    let draw = |drawing: &Drawing<'_>| {
        let part = drawing.document();
        let marks = marks_of(part, drawing.streams());
        let links = wanted.look.links;
        picture_scene(part, links, marks, &drawing.loops().loops, font)
    };
    let whole = Drawing::new(document, wanted.look, &draw).measured_by(font);
    let export = match wanted.only {
        [] => (writer.write)(&whole),
        only => {
            let part = part_of(document, only);
            // What follows from the whole is drawn of the part as it is drawn of the whole.
            let draw = |drawing: &Drawing<'_>| {
                let marks = marks_within(marks_of(document, whole.streams()), &part);
                let links = wanted.look.links;
                picture_scene(&part, links, marks, &drawing.loops().loops, font)
            };
            let mut loops = whole.loops().clone();
            loops.loops = loops_within(&loops.loops, &part);
            let drawing = Drawing::new(&part, wanted.look, &draw).measured_by(font);
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
