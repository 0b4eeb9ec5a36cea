//! Pictures of the diagram: exported, copied, printed, and shown small.

use wasm_bindgen_futures::JsFuture;

use crate::app::browser::clipboard::{clipboard_item, system_clipboard};
use crate::app::browser::files::{PNG, blob_of, png_of};
use crate::app::browser::in_time;
use crate::app::canvas::Pen;
use crate::app::services::{files, notify, worker};
use crate::app::state::{App, Tone};
use crate::model::{Rect, Vector};
use crate::scene::{Ink, Scene, Theme, bitmap_scale};
use crate::worker::Request;

/// Paper around an exported picture, in world units.
const MARGIN: f64 = 32.0;

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
