//! The report: what a diagram says and what follows from it, in Markdown for people.
//!
//! Everything that a person wrote is escaped, so that it shows as it was written. The picture is
//! the SVG file of the same name, since few viewers show one that is written into the text, and a
//! Mermaid block, which many draw by themselves.

mod causal;
mod comments;
mod experiments;
mod markdown;
mod open;
mod pairs;
mod retrospectives;
mod scenarios;
mod stories;
mod stream;

use super::document_part::DocumentPart;
use super::drawing::Drawing;
use super::export::Export;
use super::file_name::file_name;
use super::mermaid::mermaid;
use super::writer::Writer;
use crate::model::{Aim, Document};

pub use markdown::escaped;

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "markdown",
    name: "Report in Markdown",
    purpose: "To read: loops as sentences, checks, stream figures, open questions.",
    ending: "md",
    media_type: "text/markdown",
    carries: &[
        DocumentPart::Title,
        DocumentPart::Names,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Notes,
        DocumentPart::Comments,
        DocumentPart::LoopNames,
        DocumentPart::Streams,
        DocumentPart::Measures,
    ],
    write: |drawing| write(drawing),
};

/// More links than a viewer of Mermaid draws (its `maxEdges`).
const DRAWN: usize = 500;
/// A longer text than a viewer of Mermaid draws (its `maxTextSize`), in bytes.
const LONGEST: usize = 50_000;

/// Writes the report.
#[must_use]
pub fn write(drawing: &Drawing<'_>) -> Export {
    let document = drawing.document();
    let title = match document.properties().title.trim() {
        "" => "Untitled diagram",
        title => title,
    };
    let mut text = format!("# {}\n", escaped(title));
    purpose(&mut text, document);
    picture(&mut text, document, title);
    if !document.variables().is_empty() {
        causal::loops(&mut text, drawing);
        causal::archetypes(&mut text, drawing);
        causal::checks(&mut text, drawing);
        pairs::pairs(&mut text, document);
    }
    scenarios::scenarios(&mut text, document);
    stream::streams(&mut text, drawing);
    retrospectives::retrospectives(&mut text, drawing);
    experiments::experiments(&mut text, drawing);
    stories::stories(&mut text, drawing);
    open::questions(&mut text, drawing);
    notes(&mut text, document);
    comments::comments(&mut text, document);
    Export {
        text,
        warnings: Vec::new(),
    }
}

/// What the system is for, and which way variables are to go.
fn purpose(out: &mut String, document: &Document) {
    let purpose = &document.properties().purpose;
    let aims: Vec<String> = document
        .variables()
        .values()
        .filter_map(|variable| {
            let direction = match variable.aim? {
                Aim::Rise => "up",
                Aim::Fall => "down",
            };
            Some(format!("{} {direction}", variable.in_sentence()))
        })
        .collect();
    if purpose.trim().is_empty() && aims.is_empty() {
        return;
    }
    markdown::heading(out, "Purpose and goal");
    markdown::paragraphs(out, purpose);
    if !aims.is_empty() {
        markdown::paragraphs(out, &format!("Goal: {}.", aims.join(", ")));
    }
}

/// A reference to the picture, and the diagram for viewers that draw it.
fn picture(out: &mut String, document: &Document, title: &str) {
    if document.is_empty() {
        return;
    }
    markdown::heading(out, "Picture");
    let file = file_name(&document.properties().title, "svg");
    out.push_str("\n![");
    out.push_str(&escaped(title));
    // A destination between these brackets may have any sign but those and a line end.
    out.push_str("](<");
    out.push_str(&file.replace(['<', '>', '\\', '\n'], ""));
    out.push_str(">)\n");
    markdown::paragraphs(
        out,
        &format!("The picture is the file {file}: export the diagram as SVG beside this report."),
    );
    let chart = mermaid(document).text;
    let edges = document.links().len() + document.flows().len();
    if edges > DRAWN || chart.len() > LONGEST {
        markdown::paragraphs(
            out,
            "The diagram is too large for what draws Mermaid in a text, and stands in its file only.",
        );
        return;
    }
    out.push_str("\n```mermaid\n");
    // Its texts have no backtick in them, so nothing ends the block before its end.
    out.push_str(&chart);
    out.push_str("```\n");
}

fn notes(out: &mut String, document: &Document) {
    if document.notes().is_empty() {
        return;
    }
    markdown::heading(out, "Notes");
    out.push('\n');
    for (id, note) in document.notes() {
        let has_image = document.images_of(*id).next().is_some();
        let words = match (has_image, note.alt.trim(), note.text.trim()) {
            (false, _, _) => note.text.clone(),
            (true, "", "") => "An image, not described".to_owned(),
            (true, "", text) => format!("Image: {text}"),
            (true, alt, "") => format!("Image: {alt}"),
            (true, alt, text) => format!("Image: {alt}\n{text}"),
        };
        markdown::item(out, "", &words);
    }
}
