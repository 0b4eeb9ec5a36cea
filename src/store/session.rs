//! The view and the document that were open last: a convenience, so failures are ignored.

use super::key::Key;
use super::key_value::KeyValue;
use crate::model::{Id, Point, exact_text};

/// Where on the canvas a person was looking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// What is in the middle of the window, in world units.
    pub center: Point,
    /// How large a world unit is, in CSS pixels; above zero.
    pub zoom: f64,
}

/// The view of a document, if one was kept.
#[must_use]
pub fn view(storage: &dyn KeyValue, document: Id) -> Option<View> {
    let text = storage.get(&Key::View(document).to_string()).ok()??;
    let numbers: Vec<f64> = text
        .split(' ')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let [x, y, zoom] = numbers[..] else {
        return None;
    };
    let center = Point::new(x, y);
    (center.is_finite() && zoom.is_finite() && zoom > 0.0).then_some(View { center, zoom })
}

/// Keeps the view of a document, if that is possible.
pub fn keep_view(storage: &dyn KeyValue, document: Id, view: View) {
    let [x, y, zoom] = [view.center.x, view.center.y, view.zoom].map(exact_text);
    let text = format!("{x} {y} {zoom}");
    let _ = storage.set(&Key::View(document).to_string(), &text);
}

/// The document that was open last, if it is known.
#[must_use]
pub fn last(storage: &dyn KeyValue) -> Option<Id> {
    let text = storage.get(&Key::Last.to_string()).ok()??;
    text.parse().ok()
}

/// Keeps which document is open, if that is possible.
pub fn keep_last(storage: &dyn KeyValue, document: Id) {
    let _ = storage.set(&Key::Last.to_string(), &document.to_string());
}
