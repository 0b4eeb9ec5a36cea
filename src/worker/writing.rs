//! The document in another format: the writer of the table, with the picture that only who has a
//! font can draw.

use super::request::WriteFor;
use super::response::Written;
use super::stream_view::marks_of;
use crate::format::{Drawing, Warning, writer};
use crate::model::Document;
use crate::scene::{LinkColours, MeasureText, Scene, Theme};

/// What is said where there is nothing to write.
pub(super) const fn nothing_to_write(purpose: WriteFor) -> &'static str {
    match purpose {
        WriteFor::Saving => "There is nothing to export yet.",
        WriteFor::Copying => "There is nothing to copy yet.",
        WriteFor::Printing => "There is nothing to print yet.",
    }
}

/// The document as the writer of this key writes it, a picture with this theme and with links that
/// say this by their colours; none if there is no such writer.
pub(super) fn written(
    document: &Document,
    key: &str,
    purpose: WriteFor,
    (theme, links): (Theme, LinkColours),
    font: &dyn MeasureText,
) -> Option<Written> {
    let writer = writer(key)?;
    let draw = |drawing: &Drawing<'_>| {
        let document = drawing.document();
        let mut scene = Scene::new(document, font);
        scene.colour_links(document, links, font);
        scene.set_marks(document, marks_of(document, drawing.streams()), font);
        scene.set_loops(document, &drawing.loops().loops, font);
        scene
    };
    let export = (writer.write)(&Drawing::new(document, theme, &draw));
    let warnings = export.warnings.iter();
    Some(Written {
        key: key.to_owned(),
        name: writer.name.to_owned(),
        ending: writer.ending.to_owned(),
        media_type: writer.media_type.to_owned(),
        text: export.text,
        warnings: warnings.map(Warning::sentence).collect(),
        purpose,
    })
}
