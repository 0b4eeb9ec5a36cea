//! Pictures of the diagram: exported, copied, printed, and shown small.

use wasm_bindgen_futures::JsFuture;

use crate::app::browser::clipboard::{clipboard_item, system_clipboard};
use crate::app::browser::files::{PNG, blob_of, png_of};
use crate::app::browser::{in_time, window};
use crate::app::canvas::Pen;
use crate::app::services::{files, notify, worker};
use crate::app::state::{App, Tone};
use crate::causal::LoopAnalysis;
use crate::model::{Document, Rect, Vector};
use crate::scene::{Ink, Scene, Theme, View, bitmap_scale};
use crate::worker::Request;

/// Paper around an exported picture, in world units.
const MARGIN: f64 = 32.0;

/// The size of a small picture, in CSS pixels.
const SMALL: (f64, f64) = (224.0, 132.0);
/// Documents with more records than this are shown small without their loops' badges.
const LARGE: usize = 2_000;

const NO_PICTURE: &str = "The browser could not make this picture.";

/// Downloads the picture as PNG.
pub fn export_png(app: App) {
    let name = files::name_with(app, "png");
    let Some(canvas) = of_all(app, app.with(|core| core.theme)) else {
        notify::show(app, "There is nothing to export yet.", Tone::Info, None);
        return;
    };
    match png_of(&canvas) {
        // The worker puts the document into the picture.
        Some(picture) => worker::request(app, Request::Carry { picture, name }),
        None => notify::show(app, NO_PICTURE, Tone::Trouble, None),
    }
}

/// Puts the picture on the clipboard, as PNG.
pub fn copy(app: App) {
    let Some(canvas) = of_all(app, app.with(|core| core.theme)) else {
        notify::show(app, "There is nothing to copy yet.", Tone::Info, None);
        return;
    };
    // At once, within the press: Chromium would make a blob of it when it is idle, which it may
    // not be for ten seconds.
    let copied = png_of(&canvas).and_then(|picture| {
        let item = clipboard_item(PNG, &blob_of(&picture, PNG)?.into())?;
        let clipboard = system_clipboard()?;
        Some(clipboard.write(&js_sys::Array::of1(&item)))
    });
    in_time(async move {
        let done = match copied {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        match done {
            true => notify::show(app, "Copied as a picture.", Tone::Info, None),
            false => notify::show(
                app,
                "The browser blocked copying the picture. Export it as PNG instead.",
                Tone::Trouble,
                None,
            ),
        }
    });
}

/// The whole diagram on a bitmap; none where there is no diagram, or no bitmap to be had.
pub fn of_all(app: App, theme: Theme) -> Option<web_sys::HtmlCanvasElement> {
    app.with(|core| {
        let scene = core.editor.scene();
        let bounds = scene.bounds().map(|bounds| bounds.grown(MARGIN))?;
        let scale = bitmap_scale(bounds.width(), bounds.height());
        picture(scene, &bounds, theme, scale)
    })
}

/// Shows a small picture of a document in a place of the page, in the stead of what was there.
pub fn show_small(app: App, document: &Document, place: &web_sys::Element) {
    let canvas = small(app, document);
    place.replace_children_with_node_0();
    if let Some(canvas) = canvas {
        // Fails only where the place is gone already.
        let _ = place.append_child(&canvas);
    }
}

/// A small picture of a document; `None` if it is empty.
fn small(app: App, document: &Document) -> Option<web_sys::HtmlCanvasElement> {
    let (measure, theme) = app.with(|core| (core.measure.clone(), core.theme));
    let mut scene = Scene::new(document, &*measure);
    if document.len() < LARGE {
        let mut analysis = LoopAnalysis::new(document, 12);
        analysis.advance(20_000);
        scene.set_loops(document, &analysis.report(document).loops, &*measure);
    }
    let bounds = scene.bounds()?;
    let ratio = window().device_pixel_ratio();
    let size = Vector::new(SMALL.0, SMALL.1);
    let view = View {
        size,
        ..View::default()
    };
    let zoom = (size.x / bounds.width()).min(size.y / bounds.height()) * 0.92;
    let seen = View {
        zoom: zoom.min(0.8),
        ..view
    };
    let half = size / (2.0 * seen.zoom);
    let page = Rect::from_points(bounds.center() - half, bounds.center() + half);
    picture(&scene, &page, theme, seen.zoom * ratio)
}

/// A scene on a bitmap of its own; `None` where the browser has none to give.
#[must_use]
pub fn picture(
    scene: &Scene,
    bounds: &Rect,
    theme: Theme,
    scale: f64,
) -> Option<web_sys::HtmlCanvasElement> {
    let width = (bounds.width() * scale).ceil().max(1.0);
    let height = (bounds.height() * scale).ceil().max(1.0);
    let (canvas, context) = crate::app::canvas::new_canvas(width as u32, height as u32)?;
    context.set_fill_style_str(theme.color(Ink::Paper));
    context.fill_rect(0.0, 0.0, width, height);
    let origin = Vector::new(-bounds.left * scale, -bounds.top * scale);
    let mut pen = Pen::new(&context, theme, scale, origin);
    for shape in scene.painted(bounds) {
        pen.draw(shape.primitives());
    }
    for mark in scene.marks() {
        pen.draw(&mark.primitives);
    }
    for badge in scene.badges() {
        pen.draw(&badge.primitives);
    }
    Some(canvas)
}
