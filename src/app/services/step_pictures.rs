//! Steps of a story as pictures for slides: drawn by the worker, saved as SVG or PNG, all of a story in
//! one archive.

use leptos::prelude::WithUntracked;

use crate::app::browser::files::{PNG, download_bytes, png_of};
use crate::app::browser::in_time;
use crate::app::services::{files, notify, pictures, print, speaker, worker};
use crate::app::state::{App, Tone};
use crate::editor::PictureFormat;
use crate::format::{StepFrame, file_name};
use crate::model::{Id, StoryStep, isolated};
use crate::story::step_name;
use crate::worker::{Request, StepsFor};

/// The media type of an archive.
pub const ZIP: &str = "application/zip";
/// The media type of an SVG.
const SVG: &str = "image/svg+xml";
/// How many letters of the title of a step are in the name of its file.
const NAME: usize = 40;

const NOTHING: &str = "There is no story to export yet.";
const NO_PICTURE: &str = "The browser could not make these pictures.";

/// Saves each step of the chosen story as a picture.
pub fn save_story(app: App, format: PictureFormat, frame: StepFrame) {
    let steps = app.with(|core| core.editor.told_steps());
    save(app, steps, format, frame);
}

/// Saves one step as a picture.
pub fn save_step(app: App, step: Id) {
    let found = app.with(|core| {
        let document = core.editor.document();
        let one = document.story_steps().get(&step)?;
        let steps = document.steps_of(one.story).into_iter();
        let mut numbered = steps.zip(1..);
        let number = numbered.find_map(|((id, _), number)| (id == step).then_some(number))?;
        Some((number, one.clone()))
    });
    let format = app.picture.with_untracked(|choices| choices.format);
    save(app, found.into_iter().collect(), format, StepFrame::Slide);
}

fn save(app: App, steps: Vec<(usize, StoryStep)>, format: PictureFormat, frame: StepFrame) {
    if steps.is_empty() {
        notify::show(app, NOTHING, Tone::Info, None);
        return;
    }
    let names = steps.iter().map(|(number, step)| {
        let name: String = step_name(step, *number).chars().take(NAME).collect();
        file_name(&format!("{number:02} {name}"), format.ending())
    });
    let names = names.collect();
    app.change(|core| core.step_files = names);
    let purpose = match format {
        PictureFormat::Png => StepsFor::Png,
        PictureFormat::Svg => StepsFor::Svg,
    };
    let steps = steps.into_iter().map(|(_, step)| step).collect();
    worker::request(
        app,
        Request::StepPictures {
            steps,
            look: pictures::look(app),
            frame,
            purpose,
        },
    );
    notify::announce(app, "Making the pictures");
}

/// Takes the pictures to what they are for.
pub fn take(app: App, purpose: StepsFor, pictures: Vec<String>) {
    match purpose {
        StepsFor::Next(after) => {
            if let Some(picture) = pictures.into_iter().next() {
                speaker::take_picture(app, after, picture);
            }
        }
        StepsFor::Print => print::print_story(app, pictures),
        StepsFor::Svg => {
            let pictures = pictures.into_iter().map(String::into_bytes);
            give(app, pictures.collect(), SVG);
        }
        StepsFor::Png => in_time(async move {
            let mut drawn = Vec::with_capacity(pictures.len());
            for picture in &pictures {
                // A slide has the pixels that it is to have.
                let canvas = pictures::svg_bitmap(picture, 1.0).await;
                let Some(content) = canvas.as_ref().and_then(png_of) else {
                    notify::show(app, NO_PICTURE, Tone::Trouble, None);
                    return;
                };
                drawn.push(content);
            }
            give(app, drawn, PNG);
        }),
    }
}

/// Downloads one picture as it is, several in one archive.
fn give(app: App, pictures: Vec<Vec<u8>>, kind: &str) {
    let names = app.change(|core| std::mem::take(&mut core.step_files));
    let mut named: Vec<(String, Vec<u8>)> = names.into_iter().zip(pictures).collect();
    if named.len() == 1 {
        for (name, content) in named.drain(..) {
            download_bytes(&name, &content, kind);
            said(app, &name);
        }
        return;
    }
    let files = named
        .into_iter()
        .map(|(name, content)| (name, content.into()));
    let (name, files) = (files::name_with(app, "zip"), files.collect());
    worker::request(app, Request::Archive { name, files });
}

/// Downloads an archive.
pub fn take_archive(app: App, name: &str, content: &[u8]) {
    download_bytes(name, content, ZIP);
    said(app, name);
}

fn said(app: App, name: &str) {
    let words = format!("Exported {}.", isolated(name));
    notify::show(app, words, Tone::Info, None);
}
