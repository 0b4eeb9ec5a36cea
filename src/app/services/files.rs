//! Files: opening, dropping, saving, exporting pictures.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlCanvasElement, HtmlInputElement, Url,
};

use crate::app::browser::{in_time, window};
use crate::app::canvas::Pen;
use crate::app::components::panels::contents_of;
use crate::app::components::toast::Tone;
use crate::app::services::clipboard::{clipboard_item, system_clipboard};
use crate::app::state::{App, Dialog};
use crate::format::{self, Limits};
use crate::model::{Document, Rect, Vector, isolated};
use crate::scene::{Ink, Scene, Theme, bitmap_scale};
use crate::workbench::{ReadFor, Request};

/// Paper around an exported picture, in world units.
const MARGIN: f64 = 32.0;
/// How long a download may take to begin, in milliseconds.
const TAKEN_BY_THEN: u32 = 60_000;

/// The media type of a PNG.
const PNG: &str = "image/png";

const NO_PICTURE: &str = "The browser could not make this picture.";

impl App {
    /// Asks for a file and opens it.
    pub fn choose_file(self) {
        pick_file(Box::new(move |file| self.open_file(file)));
    }

    /// Opens a file as a new document.
    pub fn open_file(self, file: File) {
        if self.admits(&file) {
            self.send_file(file, ReadFor::Opening);
        }
    }

    /// Asks for a file with a table of measured data.
    pub fn choose_table(self) {
        pick_file(Box::new(move |file| {
            if self.admits(&file) {
                self.send_file(file, ReadFor::Measuring);
            }
        }));
    }

    /// Whether a file is small enough to be read; says so where it is not.
    fn admits(self, file: &File) -> bool {
        let fits = file.size() <= Limits::STANDARD.bytes as f64;
        if !fits {
            let words = format!(
                "{} was not opened: it has {:.0} MB; at most {} MB can be read.",
                isolated(&file.name()),
                file.size() / 1.0e6,
                Limits::STANDARD.bytes / 1_000_000
            );
            self.show(words, Tone::Trouble, None);
        }
        fits
    }

    /// Has the workbench read a file: it gets the file itself, whose bytes never come here.
    fn send_file(self, file: File, purpose: ReadFor) {
        let request = Request::ReadFile {
            content: Vec::new(),
            name: file.name(),
            purpose,
        };
        self.ask_with(request, Some(file));
    }

    /// Opens a file where there is no workbench: one of our own.
    pub fn open_alone(self, file: File) {
        let name = file.name();
        read_file(file, move |text| {
            if (format::json::READER.recognises)(&text) {
                self.open_text(&text, &name);
            } else {
                self.tell_unavailable();
            }
        });
    }

    /// Opens a text as a new document. The open document stays as it is. A file of our own opens at
    /// once, anything else is read by the workbench.
    pub fn open_text(self, text: &str, name: &str) {
        if !(format::json::READER.recognises)(text) {
            self.ask(Request::Read {
                text: text.to_owned(),
                name: name.to_owned(),
                purpose: ReadFor::Opening,
            });
            return;
        }
        match format::json::read(text) {
            Ok(opened) => {
                self.show_opened(opened.document, name, &[]);
            }
            Err(error) => {
                let name = isolated(name);
                let words = format!("{name} was not opened: it cannot be read: {error}.");
                self.show(words, Tone::Trouble, None);
            }
        }
    }

    /// Shows a document that was opened, under the name of its file if it has none; whether it is
    /// shown. Who cannot see it hears what was lost before what was opened.
    pub fn show_opened(self, mut document: Document, name: &str, losses: &[String]) -> bool {
        if self.dialog.get_untracked() == Some(Dialog::PasteText) {
            self.dialog.set(None);
        }
        format::entitle(&mut document, name);
        let contents = contents_of(&document);
        if !self.show_new(document) {
            return false;
        }
        let opened = format!("{} opened: {}", isolated(name), contents.join(", "));
        self.say([losses, &[opened]].concat().join(" "));
        true
    }

    /// Downloads the document as a file.
    pub fn save_file(self) {
        let name = self.file_name("loopstream.json");
        download_text(&name, &self.file_text(), "application/json");
        self.say(format!("Saved as {}", isolated(&name)));
    }

    /// Downloads the picture as PNG.
    pub fn export_png(self) {
        let name = self.file_name("png");
        let Some(canvas) = self.picture_of_all(self.with(|core| core.theme)) else {
            self.show("There is nothing to export yet.", Tone::News, None);
            return;
        };
        match png_of(&canvas) {
            // The workbench puts the document into the picture.
            Some(picture) => self.ask(Request::Carry { picture, name }),
            None => self.show(NO_PICTURE, Tone::Trouble, None),
        }
    }

    /// Puts the picture on the clipboard, as PNG.
    pub fn copy_picture(self) {
        let Some(canvas) = self.picture_of_all(self.with(|core| core.theme)) else {
            self.show("There is nothing to copy yet.", Tone::News, None);
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
                true => self.show("Copied as a picture.", Tone::News, None),
                false => self.show(
                    "The browser did not let the picture be copied. Export it as PNG instead.",
                    Tone::Trouble,
                    None,
                ),
            }
        });
    }

    /// The whole diagram on a bitmap; none where there is no diagram, or no bitmap to be had.
    pub fn picture_of_all(self, theme: Theme) -> Option<web_sys::HtmlCanvasElement> {
        self.with(|core| {
            let scene = core.editor.scene();
            let bounds = scene.bounds().map(|bounds| bounds.grown(MARGIN))?;
            let scale = bitmap_scale(bounds.width(), bounds.height());
            picture(scene, &bounds, theme, scale)
        })
    }

    /// The document's title as a file name.
    pub fn file_name(self, ending: &str) -> String {
        let title = self.with(|core| core.editor.document().properties().title.clone());
        format::file_name(&title, ending)
    }
}

/// A bitmap as PNG, at once: `toBlob` may wait until the browser is idle.
fn png_of(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let address = canvas.to_data_url().ok()?;
    let letters = window().atob(address.split_once(',')?.1).ok()?;
    // Each of these letters stands for a byte.
    Some(letters.chars().map(|letter| letter as u8).collect())
}

/// Bytes as a file of this kind.
fn blob_of(bytes: &[u8], kind: &str) -> Option<Blob> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// Asks for a file.
fn pick_file(then: Box<dyn FnOnce(File)>) {
    let Some(input) = window()
        .document()
        .and_then(|document| document.create_element("input").ok())
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    input.set_type("file");
    let chosen = input.clone();
    let changed = Closure::once_into_js(move || {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            then(file);
        }
    });
    input.set_onchange(Some(changed.unchecked_ref()));
    input.click();
}

/// Asks for a file, and gives its name and its text.
pub fn pick_text(then: Box<dyn FnOnce(String, String)>) {
    pick_file(Box::new(move |file| {
        let name = file.name();
        read_file(file, move |text| then(name, text));
    }));
}

/// Reads a file as text; what is no text, or too long, reads as nothing.
fn read_file(file: File, then: impl FnOnce(String) + 'static) {
    in_time(async move {
        let short = file.size() <= Limits::STANDARD.bytes as f64;
        let text = match short {
            true => JsFuture::from(file.text()).await.ok(),
            false => None,
        };
        then(text.and_then(|text| text.as_string()).unwrap_or_default());
    });
}

/// A picture as an address that an image can show.
#[must_use]
pub fn image_address(svg: &str) -> String {
    format!("data:image/svg+xml,{}", js_sys::encode_uri_component(svg))
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

/// Downloads a text as a file.
pub fn download_text(name: &str, text: &str, kind: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        download_blob(name, &blob);
    }
}

/// Downloads a picture as a PNG file.
pub fn download_png(name: &str, content: &[u8]) {
    if let Some(blob) = blob_of(content, PNG) {
        download_blob(name, &blob);
    }
}

/// Downloads what is at an address of this page.
fn download_address(name: &str, address: &str) {
    let anchor = window()
        .document()
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(address);
        anchor.set_download(name);
        anchor.click();
    }
}

fn download_blob(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    download_address(name, &url);
    // Safari on a phone asks a person first, and only then takes the blob.
    Timeout::new(TAKEN_BY_THEN, move || {
        // Fails only for a URL that is none.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
}
