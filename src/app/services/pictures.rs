//! Pictures of the diagram: exported, copied, printed, and shown small.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::browser::clipboard::{clipboard_item, system_clipboard};
use crate::app::browser::files::{
    PNG, blob_of, download_png, download_text, image_address, png_of,
};
use crate::app::browser::storage::keep_pictures;
use crate::app::browser::{in_time, window};
use crate::app::canvas::{Pen, clear_canvas, images, new_canvas};
use crate::app::services::{files, notify, worker};
use crate::app::state::{App, Tone};
use crate::causal::LoopAnalysis;
use crate::editor::{
    PictureChoices, PictureFormat, loops_within, marks_within, part_of, picture_scene,
};
use crate::model::{Document, Id, Rect, Vector};
use crate::scene::{PictureLook, Scene, Sheet, View, bitmap_scale, sheet};
use crate::worker::{Picture, Request};

/// The size of a small picture, in CSS pixels.
const SMALL: (f64, f64) = (224.0, 132.0);
/// Documents with more records than this are shown small without their loops' badges.
const LARGE: usize = 2_000;

const NO_PICTURE: &str = "The browser could not make this picture.";

/// How pictures look, as a person has chosen it last.
#[must_use]
pub fn look(app: App) -> PictureLook {
    let (shown, links) = app.with(|core| (core.theme, core.editor.link_colours()));
    app.picture
        .with_untracked(|choices| choices.look(shown, links))
}

/// Changes what is chosen for pictures, here and for the next time.
pub fn choose(app: App, change: impl FnOnce(&mut PictureChoices)) {
    app.picture.update(change);
    keep_pictures(app.picture.get_untracked());
}

/// How large a PNG of these records, or of everything, would be in pixels, and whether that is as
/// large as it was asked for.
#[must_use]
pub fn size(app: App, only: &[Id]) -> (f64, f64, Fit) {
    let look = look(app);
    let wanted = app.picture.with_untracked(|choices| choices.scale.factor());
    on_sheet(app, look, only, |_, sheet| {
        let (width, height) = (sheet.page.width(), sheet.page.height());
        let scale = bitmap_scale(wanted, width, height);
        let fit = match scale < wanted {
            true => Fit::Reduced,
            false => Fit::AsAsked,
        };
        ((width * scale).ceil(), (height * scale).ceil(), fit)
    })
}

/// Whether a bitmap is as large as was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is.
    AsAsked,
    /// No browser makes one that large.
    Reduced,
}

/// Downloads the picture of these records, or of everything, as PNG.
pub fn export_png(app: App, only: Vec<Id>) {
    in_time(async move {
        let document = app.with(|core| core.editor.document().clone());
        images::all_decoded(&document).await;
        export_drawn(app, only);
    });
}

/// The same where every image can be drawn.
fn export_drawn(app: App, only: Vec<Id>) {
    let name = files::name_with(app, "png");
    let Some(canvas) = bitmap(app, look(app), &only) else {
        notify::show(app, "There is nothing to export yet.", Tone::Info, None);
        return;
    };
    match png_of(&canvas) {
        // The worker puts the document into the picture.
        Some(picture) => worker::request(
            app,
            Request::Carry {
                picture,
                name,
                only,
            },
        ),
        None => notify::show(app, NO_PICTURE, Tone::Trouble, None),
    }
}

/// Downloads a chart. A PNG has as many pixels as are chosen for pictures of the diagram.
pub fn export_chart(app: App, chart: Picture, format: PictureFormat) {
    let svg = chart.svg(app.with(|core| core.theme)).to_owned();
    let name = chart.name.replace(' ', "-");
    if format == PictureFormat::Svg {
        download_text(&format!("{name}.svg"), &svg, "image/svg+xml");
        return;
    }
    let wanted = app.picture.with_untracked(|choices| choices.scale.factor());
    in_time(async move {
        match svg_bitmap(&svg, wanted).await.as_ref().and_then(png_of) {
            Some(content) => download_png(&format!("{name}.png"), &content),
            None => notify::show(app, NO_PICTURE, Tone::Trouble, None),
        }
    });
}

/// A picture of lines, an SVG, on a bitmap so many times as large; none where the browser makes none of
/// it. It is drawn as sharp as the bitmap is large.
pub async fn svg_bitmap(svg: &str, wanted: f64) -> Option<web_sys::HtmlCanvasElement> {
    let image = web_sys::HtmlImageElement::new().ok()?;
    image.set_src(&image_address(svg));
    JsFuture::from(image.decode()).await.ok()?;
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    let scale = bitmap_scale(wanted, width, height);
    let (width, height) = ((width * scale).ceil(), (height * scale).ceil());
    let (canvas, context) = new_canvas(width as u32, height as u32)?;
    let drawn =
        context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height);
    drawn.ok().map(|()| canvas)
}

/// Puts the picture of these records, or of everything, on the clipboard, as PNG.
pub fn copy(app: App, only: &[Id]) {
    let Some(canvas) = bitmap(app, look(app), only) else {
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

/// The picture on a bitmap; none where there is no diagram, or no bitmap to be had.
pub fn bitmap(app: App, look: PictureLook, only: &[Id]) -> Option<web_sys::HtmlCanvasElement> {
    let wanted = app.picture.with_untracked(|choices| choices.scale.factor());
    on_sheet(app, look, only, |scene, sheet| {
        scene.bounds()?;
        let scale = bitmap_scale(wanted, sheet.page.width(), sheet.page.height());
        picture(scene, sheet, look, scale)
    })
}

/// Does something with the scene of these records, or of everything, and its sheet.
fn on_sheet<T>(
    app: App,
    look: PictureLook,
    only: &[Id],
    make: impl FnOnce(&Scene, &Sheet) -> T,
) -> T {
    let marks = app.stream.with_untracked(|stream| stream.marks.clone());
    app.with(|core| {
        let (document, measure) = (core.editor.document(), &*core.measure);
        if only.is_empty() {
            let scene = core.editor.scene();
            return make(scene, &sheet(document, scene, look, measure));
        }
        let part = part_of(document, only);
        let loops = loops_within(&core.editor.report().loops, &part);
        let scene = picture_scene(
            &part,
            look.links,
            marks_within(marks, &part),
            &loops,
            measure,
        );
        make(&scene, &sheet(&part, &scene, look, measure))
    })
}

/// Shows a small picture of a document in a place of the page, in the stead of what was there.
pub fn show_small(app: App, document: &Document, place: &web_sys::Element) {
    put_small(app, document, place);
    if !images::are_decoded(document) {
        let (document, place) = (document.clone(), place.clone());
        in_time(async move {
            images::all_decoded(&document).await;
            put_small(app, &document, &place);
        });
    }
}

fn put_small(app: App, document: &Document, place: &web_sys::Element) {
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
    let sheet = Sheet {
        page,
        primitives: Vec::new(),
    };
    let look = PictureLook::plain(theme);
    picture(&scene, &sheet, look, seen.zoom * ratio)
}

/// A scene on a bitmap of its own; `None` where the browser has none to give.
fn picture(
    scene: &Scene,
    sheet: &Sheet,
    look: PictureLook,
    scale: f64,
) -> Option<web_sys::HtmlCanvasElement> {
    let page = &sheet.page;
    let width = (page.width() * scale).ceil().max(1.0);
    let height = (page.height() * scale).ceil().max(1.0);
    let (canvas, context) = match look.paper() {
        Some(paper) => {
            let (canvas, context) = new_canvas(width as u32, height as u32)?;
            context.set_fill_style_str(paper);
            context.fill_rect(0.0, 0.0, width, height);
            (canvas, context)
        }
        None => clear_canvas(width as u32, height as u32)?,
    };
    let origin = Vector::new(-page.left * scale, -page.top * scale);
    let mut pen = Pen::new(&context, look.inks(), scale, origin);
    for shape in scene.painted(page) {
        pen.draw(shape.primitives());
    }
    for mark in scene.marks() {
        pen.draw(&mark.primitives);
    }
    for badge in scene.badges() {
        pen.draw(&badge.primitives);
    }
    pen.draw(&sheet.primitives);
    Some(canvas)
}
