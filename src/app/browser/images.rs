//! Files of images, made small enough to be kept in a document.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

use super::window;
use crate::model::{ImageData, ImageKind};

/// The kinds of files that are taken. SVG is not among them: it is a document, in which things can
/// run.
pub const TAKEN: &str = "image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp";
/// The longest side of an image as it is kept, in pixels.
const LONGEST_SIDE: f64 = 1_024.0;
/// The most pixels of a file that is taken: what is decoded takes four bytes for each.
const MOST_PIXELS: f64 = 1.0e8;
/// A PNG of no more bytes than this is kept as it is, to the pixel: a screenshot, a drawing.
const SMALL: usize = 60_000;
/// What is tried in turn at one size, the quality from 0 to 1.
const ATTEMPTS: [(ImageKind, f64); 5] = [
    (ImageKind::Webp, 0.86),
    (ImageKind::Webp, 0.7),
    (ImageKind::Webp, 0.5),
    (ImageKind::Jpeg, 0.8),
    (ImageKind::Jpeg, 0.6),
];

/// Why a file cannot be an image of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The browser cannot decode it.
    #[error("the browser can't show this file")]
    Unreadable,
    /// Over [`MOST_PIXELS`].
    #[error("it has more than 100 million pixels")]
    TooLarge,
    /// The browser gives no canvas, or nothing makes the image small enough.
    #[error("the browser could not make it small enough to be kept")]
    NotMade,
}

/// Whether a file is of a kind that is taken, as far as its media type says.
#[must_use]
pub fn is_taken(file: &Blob) -> bool {
    let kind = file.type_();
    TAKEN.split(',').any(|taken| taken == kind)
}

/// A file as an image of a document. It is drawn and written anew, so that what else is in the
/// file, such as where a photo was taken, is not in the document.
pub async fn image_of(file: &Blob) -> Result<ImageData, Refused> {
    let url = Url::create_object_url_with_blob(file).map_err(|_| Refused::Unreadable)?;
    let image = decoded(&url).await;
    let made = image
        .ok_or(Refused::Unreadable)
        .and_then(|image| small(&image));
    // Fails only for a URL that is none.
    let _ = Url::revoke_object_url(&url);
    made
}

async fn decoded(url: &str) -> Option<HtmlImageElement> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await.ok()?;
    Some(image)
}

fn small(image: &HtmlImageElement) -> Result<ImageData, Refused> {
    let (width, height) = (
        f64::from(image.natural_width()),
        f64::from(image.natural_height()),
    );
    if width < 1.0 || height < 1.0 {
        return Err(Refused::Unreadable);
    }
    if width * height > MOST_PIXELS {
        return Err(Refused::TooLarge);
    }
    let mut scale = (LONGEST_SIDE / width.max(height)).min(1.0);
    while scale * width.max(height) >= 64.0 || scale == 1.0 {
        let side = |side: f64| (side * scale).round().max(1.0);
        let made = attempt(image, side(width), side(height)).ok_or(Refused::NotMade)?;
        if let Some(data) = made {
            return Ok(data);
        }
        scale *= 0.7;
    }
    Err(Refused::NotMade)
}

/// The image at a size: sharp if that takes few bytes, else as good as the limit allows. `None`
/// where the browser has no canvas; nothing in it where no quality is low enough.
fn attempt(image: &HtmlImageElement, width: f64, height: f64) -> Option<Option<ImageData>> {
    let canvas = window().document()?.create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    // web-sys has no name for it. Fails only for an object that is frozen.
    let _ = js_sys::Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into());
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    let written = |kind: ImageKind, quality: f64| {
        let quality = JsValue::from_f64(quality);
        let url = canvas.to_data_url_with_type_and_encoder_options(kind.media_type(), &quality);
        // A browser that cannot write a kind writes a PNG in its place.
        let data = ImageData::of_url(&url.ok()?).ok()?;
        (data.kind() == kind).then_some(data)
    };
    let sharp = written(ImageKind::Png, 1.0);
    if let Some(sharp) = sharp.filter(|data| data.url().len() / 4 * 3 <= SMALL) {
        return Some(Some(sharp));
    }
    let mut on_paper = false;
    for (kind, quality) in ATTEMPTS {
        if kind == ImageKind::Jpeg && !on_paper {
            // What is transparent would be black.
            on_paper = true;
            let _ = context.set_global_composite_operation("destination-over");
            context.set_fill_style_str("white");
            context.fill_rect(0.0, 0.0, width, height);
        }
        if let Some(data) = written(kind, quality) {
            return Some(Some(data));
        }
    }
    Some(None)
}
