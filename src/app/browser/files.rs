//! Files of the system: asked for, read, and downloaded.

use gloo::timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlCanvasElement, HtmlInputElement, Url,
};

use super::{in_time, window};
use crate::format::Limits;

/// How long a download may take to begin, in milliseconds.
const TAKEN_BY_THEN: u32 = 60_000;

/// The media type of a PNG.
pub const PNG: &str = "image/png";

/// A bitmap as PNG, at once: `toBlob` may wait until the browser is idle.
pub fn png_of(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let address = canvas.to_data_url().ok()?;
    let letters = window().atob(address.split_once(',')?.1).ok()?;
    // Each of these letters stands for a byte.
    Some(letters.chars().map(|letter| letter as u8).collect())
}

/// Bytes as a file of this kind.
pub fn blob_of(bytes: &[u8], kind: &str) -> Option<Blob> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// Asks for a file.
pub fn pick_file(then: Box<dyn FnOnce(File)>) {
    pick_file_of("", then);
}

/// Asks for a file of these media types, with commas between them; of any where it is empty.
pub fn pick_file_of(kinds: &str, then: Box<dyn FnOnce(File)>) {
    let Some(input) = window()
        .document()
        .and_then(|document| document.create_element("input").ok())
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    input.set_type("file");
    input.set_accept(kinds);
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
pub fn read_file(file: File, then: impl FnOnce(String) + 'static) {
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
    download_bytes(name, content, PNG);
}

/// Downloads bytes as a file of this kind.
pub fn download_bytes(name: &str, content: &[u8], kind: &str) {
    if let Some(blob) = blob_of(content, kind) {
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
