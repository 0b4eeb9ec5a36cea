//! Images on notes: from a file, from the clipboard, dropped on the canvas.

use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use crate::app::browser::files::{PNG, pick_file_of};
use crate::app::browser::images::{TAKEN, image_of, is_taken};
use crate::app::browser::{box_of, in_time};
use crate::app::services::notify;
use crate::app::state::{App, Tone};
use crate::app::text::grouped;
use crate::editor::{Command, Event};
use crate::format::{Limits, png};
use crate::model::{ImageData, Point, Vector};

/// How far apart the notes of several images stand that were dropped together, in world units.
const APART: f64 = 40.0;

/// Asks for a file and makes an image of it.
pub fn choose(app: App) {
    pick_file_of(TAKEN, Box::new(move |file| add(app, file.into(), None)));
}

/// Makes an image of a file: of the selected note, or of a new one, at a place of the world if that
/// is given.
pub fn add(app: App, file: Blob, at: Option<Point>) {
    in_time(async move {
        let reason = match is_taken(&file) {
            false => "it is neither a PNG, JPEG, WebP, GIF, AVIF nor BMP file".to_owned(),
            true if file.size() > Limits::STANDARD.bytes as f64 => {
                format!("it has more than {} MB", Limits::STANDARD.bytes / 1_000_000)
            }
            true => match image_of(&file).await {
                Ok(data) => return put(app, data, at),
                Err(refused) => refused.to_string(),
            },
        };
        let words = format!("No image was added: {reason}.");
        notify::show(app, words, Tone::Trouble, None);
    });
}

fn put(app: App, data: ImageData, at: Option<Point>) {
    let words = format!(
        "Image: {} × {} pixels, {} kB.",
        data.width(),
        data.height(),
        grouped((data.url().len() / 4 * 3).div_ceil(1_000) as u64)
    );
    app.send(Event::Do(Command::AddImage(data, at)));
    notify::announce(app, words);
}

/// Makes images of files that were dropped at a place of the window, in CSS pixels, one beside the
/// other; a picture that carries a diagram is for `open`. Whether the files are images at all.
pub fn dropped(app: App, dropped: &[File], at: Vector, open: fn(App, File)) -> bool {
    if dropped.is_empty() || !dropped.iter().all(|file| is_taken(file)) {
        return false;
    }
    let at = box_of("#canvas")
        .map(|canvas| at - Vector::new(canvas.left, canvas.top))
        .map_or_else(Point::default, |at| Point::default() + at);
    let at = app.with(|core| core.editor.view().to_world(at));
    let dropped = dropped.to_vec();
    in_time(async move {
        for (place, file) in dropped.into_iter().enumerate() {
            if file.type_() == PNG && carries_diagram(&file).await {
                open(app, file);
                return;
            }
            let shift = Vector::new(1.0, 1.0) * (place as f64 * APART);
            add(app, file.into(), Some(at + shift));
        }
    });
    true
}

/// Whether a picture was exported from Loopstream, with the diagram in it.
async fn carries_diagram(file: &Blob) -> bool {
    if file.size() > Limits::STANDARD.bytes as f64 {
        return false;
    }
    let content = JsFuture::from(file.array_buffer()).await;
    content.is_ok_and(|content| png::has_text(&js_sys::Uint8Array::new(&content).to_vec()))
}
