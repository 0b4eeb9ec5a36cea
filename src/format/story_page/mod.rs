//! A story as a web page of one file: its steps as pictures with their words, to be shown and printed
//! anywhere, without a connection.
//!
//! Where scripts run, one step is shown at a time, by keys, taps and buttons; where none runs, and on
//! paper, all are there one below the other. Everything that a person wrote is escaped.

mod words;

use std::fmt::{self, Write};

use super::document_part::DocumentPart;
use super::drawing::Drawing;
use super::export::Export;
use super::reader::Warning;
use super::step_picture::{StepFrame, step_picture};
use super::svg::escaped;
use super::writer::Writer;
use crate::model::{Document, Id, StoryStep};
use crate::scene::{Ink, Theme};
use crate::story::{FigureValue, StoryDraft, StreamsTold, figures, from_loops, from_streams};

/// The line of the table of writers.
pub(super) const WRITER: Writer = Writer {
    key: "story",
    name: "Story as a web page",
    purpose: "To tell the diagram step by step anywhere, without a connection, and to print it.",
    ending: "html",
    media_type: "text/html",
    carries: &[
        DocumentPart::Title,
        DocumentPart::Names,
        DocumentPart::Stocks,
        DocumentPart::Polarity,
        DocumentPart::Delay,
        DocumentPart::Positions,
        DocumentPart::Bends,
        DocumentPart::Labels,
        DocumentPart::Styles,
        DocumentPart::Notes,
        DocumentPart::Images,
        DocumentPart::Frames,
        DocumentPart::LoopNames,
        DocumentPart::Streams,
    ],
    write: |drawing| write(drawing),
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A story that is written.
struct Told<'a> {
    name: String,
    steps: Vec<&'a StoryStep>,
}

/// Writes the stories of a document, one after the other; one that begins by itself where there is
/// none.
#[must_use]
pub fn write(drawing: &Drawing<'_>) -> Export {
    let document = drawing.document();
    let stories = document.stories_in_order().into_iter();
    let own = stories.map(|(id, story)| Told {
        name: story.name.clone(),
        steps: document
            .steps_of(id)
            .into_iter()
            .map(|(_, step)| step)
            .collect(),
    });
    let mut told: Vec<Told<'_>> = own.filter(|told| !told.steps.is_empty()).collect();
    let begun: Option<StoryDraft>;
    let mut warnings = Vec::new();
    if told.is_empty() {
        begun = from_loops(document, drawing.loops())
            .or_else(|| from_streams(document, drawing.streams(), StreamsTold::All));
        if let Some(draft) = &begun {
            told.push(Told {
                name: draft.name.clone(),
                steps: draft.steps.iter().collect(),
            });
            warnings.push(Warning::note(
                "The diagram has no story yet: this one was begun by itself",
            ));
        }
    }
    let whole = StoryStep::new(Id::from_bits(0));
    if told.is_empty() {
        told.push(Told {
            name: String::new(),
            steps: vec![&whole],
        });
    }
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_page(&mut text, drawing, &told);
    Export { text, warnings }
}

/// What a document is called.
fn title_of(document: &Document) -> &str {
    match document.properties().title.trim() {
        "" => "Untitled diagram",
        title => title,
    }
}

fn write_page(out: &mut String, drawing: &Drawing<'_>, told: &[Told<'_>]) -> fmt::Result {
    let title = escaped(title_of(drawing.document()));
    let theme = drawing.look().inks();
    let ink = |ink: Ink| theme.color(ink);
    let scheme = match theme {
        Theme::Dark => "dark",
        Theme::Light | Theme::Print | Theme::Forced => "light",
    };
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n\
         :root {{ color-scheme: {scheme}; --paper: {}; --ink: {}; --accent: {}; }}\n\
         {STYLE}</style>\n</head>\n<body>\n<header>\n<h1 dir=\"auto\">{title}</h1>\n</header>\n<main>",
        ink(Ink::Paper),
        ink(Ink::Text),
        ink(Ink::Accent),
    )?;
    let count: usize = told.iter().map(|told| told.steps.len()).sum();
    let mut number = 0;
    for told in told {
        for step in &told.steps {
            number += 1;
            write_step(out, drawing, (&told.name, step), (number, count))?;
        }
    }
    writeln!(
        out,
        "</main>\n<nav aria-label=\"Steps\" hidden>\n\
         <button type=\"button\" id=\"back\">Back</button>\n<span id=\"place\"></span>\n\
         <button type=\"button\" id=\"next\">Next</button>\n</nav>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>"
    )
}

/// One step: its picture, its title, its words, its figures.
fn write_step(
    out: &mut String,
    drawing: &Drawing<'_>,
    (story, step): (&str, &StoryStep),
    (number, count): (usize, usize),
) -> fmt::Result {
    let document = drawing.document();
    writeln!(
        out,
        "<section aria-label=\"Step {number} of {count}\" tabindex=\"-1\">\n<div class=\"picture\">"
    )?;
    out.push_str(&step_picture(drawing, step, StepFrame::Own));
    writeln!(out, "</div>\n<div class=\"words\">")?;
    if !story.trim().is_empty() {
        writeln!(
            out,
            "<p class=\"story\" dir=\"auto\">{}</p>",
            escaped(story.trim())
        )?;
    }
    if !step.title.trim().is_empty() {
        writeln!(out, "<h2 dir=\"auto\">{}</h2>", escaped(step.title.trim()))?;
    }
    words::write(out, &step.words)?;
    let figures = figures(document, (drawing.streams(), drawing.simulated()), step);
    if !figures.is_empty() {
        out.push_str("<dl>\n");
        for figure in figures {
            let (value, trust) = match figure.value {
                FigureValue::Known(value, trust) => (value, trust),
                FigureValue::Unknown => ("unknown".to_owned(), ""),
                FigureValue::Gone => ("gone".to_owned(), ""),
            };
            writeln!(
                out,
                "<div><dt dir=\"auto\">{}</dt><dd><b>{}</b> <small>{}</small></dd></div>",
                escaped(&figure.name),
                escaped(&value),
                escaped(trust)
            )?;
        }
        out.push_str("</dl>\n");
    }
    writeln!(out, "</div>\n</section>")
}
