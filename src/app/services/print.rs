//! The page that is printed, or saved as a PDF: title, picture, and the loops as sentences.

use leptos::prelude::{GetUntracked, WithUntracked};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlImageElement};

use crate::app::browser::files::image_address;
use crate::app::browser::{in_time, window};
use crate::app::services::address::EMPTY;
use crate::app::services::{notify, pictures, worker};
use crate::app::state::{App, Page, Tone};
use crate::app::text::counted;
use crate::format::StepFrame;
use crate::model::{StoryStep, isolated};
use crate::scene::{Background, PictureLook, Theme};
use crate::story::step_name;
use crate::worker::{Request, StepsFor, StreamPage, Table, WriteFor};

/// How many loops are printed.
const PRINTED_LOOPS: usize = 60;
/// A longer purpose, in bytes, stands after the picture, which else had no room beside it.
const LONG_PURPOSE: usize = 800;
/// How the picture looks: the paper is in the printer.
const ON_PAPER: PictureLook = PictureLook {
    background: Background::White,
    ..PictureLook::plain(Theme::Print)
};
/// Where the page is; `style/share.css` shows it on paper alone.
const SHEET: &str = "print-sheet";

/// Prints, once the worker has drawn the picture.
pub fn print(app: App) {
    worker::request(
        app,
        Request::Write {
            key: "svg".to_owned(),
            purpose: WriteFor::Printing,
            look: PictureLook {
                links: app.with(|core| core.editor.link_colours()),
                ..ON_PAPER
            },
            only: Vec::new(),
            showing: app.showing.get_untracked(),
        },
    );
}

/// Prints with this picture, an SVG, and what is known of the streams.
pub fn print_picture(app: App, svg: &str, streams: &[StreamPage]) {
    forget();
    prepare(app, Some((svg, streams)));
    // Fails only where printing is forbidden, and then the browser says so.
    let _ = window().print();
}

/// Prints the story, a page for each step, once the worker has drawn them.
pub fn ask_story(app: App) {
    let steps = app.with(|core| core.editor.told_steps());
    if app.with(|core| core.editor.document().is_empty()) {
        let words = "There is nothing to print yet.";
        return notify::show(app, words, Tone::Info, None);
    }
    let look = PictureLook {
        links: app.with(|core| core.editor.link_colours()),
        ..ON_PAPER
    };
    let steps = steps.into_iter().map(|(_, step)| step).collect();
    worker::request(
        app,
        Request::StepPictures {
            steps,
            look,
            frame: StepFrame::Slide,
            purpose: StepsFor::Print,
        },
    );
}

/// Prints these pictures of the steps of the story, with the notes of the speaker below each if a
/// person wants them.
pub fn print_story(app: App, pictures: Vec<String>) {
    let steps = app.with(|core| core.editor.told_steps());
    let with_notes = app.story_notes.get_untracked();
    in_time(async move {
        let Some(images) = pages_of_story(&steps, &pictures, with_notes) else {
            return;
        };
        for image in images {
            // One that cannot be shown leaves its page empty.
            let _ = JsFuture::from(image.decode()).await;
        }
        // Fails only where printing is forbidden, and then the browser says so.
        let _ = window().print();
    });
}

/// Makes the pages of the story, and gives their pictures.
fn pages_of_story(
    steps: &[(usize, StoryStep)],
    pictures: &[String],
    with_notes: bool,
) -> Option<Vec<HtmlImageElement>> {
    forget();
    let document = window().document()?;
    let sheet = element(&document, "section", "")?;
    sheet.set_id(SHEET);
    sheet.set_class_name("print-story");
    let mut images = Vec::new();
    for ((number, step), svg) in steps.iter().zip(pictures) {
        let page = element(&document, "article", "")?;
        let image = element(&document, "img", "")?;
        let image = image.dyn_into::<HtmlImageElement>().ok()?;
        image.set_alt(&step_name(step, *number));
        image.set_src(&image_address(svg));
        add(&page, image.clone().into());
        images.push(image);
        if with_notes && !step.notes.trim().is_empty() {
            add(&page, element(&document, "p", step.notes.trim())?);
        }
        add(&sheet, page);
    }
    document.body()?.append_child(&sheet).ok()?;
    Some(images)
}

/// Makes the printed page, unless it is there: the browser is about to print. Where a person
/// has asked the browser itself, there is no time for more than a bitmap.
pub fn prepare(app: App, drawn: Option<(&str, &[StreamPage])>) {
    let Some(document) = window().document() else {
        return;
    };
    // A frame is printed with the page around it, as it is.
    if app.page == Page::Embed {
        return;
    }
    if document.get_element_by_id(SHEET).is_none() {
        // Where the page cannot be changed, the browser prints it as it is.
        let _ = build(app, &document, drawn);
    }
}

/// Takes the printed page away.
pub fn forget() {
    let page = window().document();
    if let Some(sheet) = page.and_then(|page| page.get_element_by_id(SHEET)) {
        sheet.remove();
    }
}

fn build(app: App, document: &Document, drawn: Option<(&str, &[StreamPage])>) -> Option<()> {
    let bitmap = match drawn {
        Some(_) => None,
        None => pictures::bitmap(app, ON_PAPER, &[]),
    };
    // Without the worker's answer, what the panel shows.
    let headline: Vec<Vec<String>> = match drawn {
        Some((_, streams)) => streams
            .iter()
            .map(|stream| stream.headline.clone())
            .collect(),
        None => app.stream.with_untracked(|view| {
            let streams = view.streams.iter();
            streams.map(|stream| stream.headline.clone()).collect()
        }),
    };
    let sheet = element(document, "section", "")?;
    sheet.set_id(SHEET);
    app.with(|core| {
        let diagram = core.editor.document();
        let properties = diagram.properties();
        let first = element(document, "div", "")?;
        if !properties.title.is_empty() {
            add(&first, element(document, "h1", &properties.title)?);
        }
        let purpose = element(document, "p", &properties.purpose)?;
        let long = properties.purpose.len() > LONG_PURPOSE;
        if !long {
            add(&first, purpose.clone());
        }
        let scene = core.editor.scene();
        let loops = &core.editor.report().loops;
        let picture = element(document, "figure", "")?;
        match (drawn, bitmap) {
            // Every string in it is escaped, and it has no scripts and no styles.
            (Some((svg, _)), _) => picture.set_inner_html(svg),
            (None, Some(canvas)) => add(&picture, canvas.into()),
            (None, None) => picture.set_text_content(Some(EMPTY)),
        }
        // What matters most stands with the picture.
        for sentence in headline.iter().flatten() {
            add(&first, element(document, "p", sentence)?);
        }
        add(&first, picture);
        add(&sheet, first);
        if long {
            add(&sheet, purpose);
        }
        let wide = scene
            .bounds()
            .is_some_and(|bounds| bounds.width() > bounds.height());
        sheet.set_class_name(if wide { "print-wide" } else { "print-tall" });
        for stream in drawn.iter().flat_map(|(_, streams)| streams.iter()) {
            add(&sheet, table(document, "Figures", &stream.figures)?);
            add(&sheet, element(document, "p", &stream.remark)?);
            add(
                &sheet,
                table(document, "Improvements", &stream.improvements)?,
            );
            add(&sheet, table(document, "Measures", &stream.measures)?);
        }
        let list = element(document, "ul", "")?;
        for named in loops.iter().take(PRINTED_LOOPS) {
            let label = diagram.label_of(&named.key);
            let label = isolated(label.map_or("", |(_, label)| &label.name));
            let mut words = named.code.clone();
            for part in [" ", &label, ": ", &named.sentence(diagram)] {
                words.push_str(part);
            }
            add(&list, element(document, "li", &words.replace(" : ", ": "))?);
        }
        if loops.len() > PRINTED_LOOPS {
            let more = counted(loops.len() - PRINTED_LOOPS, "more loop");
            add(&list, element(document, "li", &format!("And {more}."))?);
        }
        add(&sheet, list);
        Some(())
    })?;
    document.body()?.append_child(&sheet).ok()?;
    Some(())
}

/// A table under its heading; without rows, nothing to be seen.
fn table(document: &Document, words: &str, table: &Table) -> Option<Element> {
    let part = element(document, "section", "")?;
    if table.rows.is_empty() {
        return Some(part);
    }
    add(&part, element(document, "h2", words)?);
    let drawn = element(document, "table", "")?;
    let heads = std::iter::once(("th", &table.heads));
    let rows = table.rows.iter().map(|row| ("td", row));
    for (kind, cells) in heads.chain(rows) {
        let row = element(document, "tr", "")?;
        for cell in cells {
            add(&row, element(document, kind, cell)?);
        }
        add(&drawn, row);
    }
    add(&part, drawn);
    Some(part)
}

fn element(document: &Document, name: &str, words: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(words));
    Some(element)
}

fn add(parent: &Element, child: Element) {
    // Fails only for what cannot stand there; these can.
    let _ = parent.append_child(&child);
}
