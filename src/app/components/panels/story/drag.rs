//! Dragging a row of the list of steps to another place, by mouse, pen or finger.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::app::browser::boxes_of;
use crate::app::services::stories;
use crate::app::state::App;
use crate::model::{Id, Rect};

/// The heads of the rows, which are as high whether their step is open or not.
const HEADS: &str = ".story-step-head";

/// A row that is dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dragged {
    /// The step.
    pub step: Id,
    /// Its place when the drag began, counted from 0.
    pub from: usize,
    /// Before which of the rows, counted as they stand, it would be dropped.
    pub before: usize,
}

impl Dragged {
    /// Its place among the others once it is dropped; none where it stays.
    const fn to(self) -> Option<usize> {
        match self.before {
            before if before == self.from || before == self.from + 1 => None,
            before if before > self.from => Some(before - 1),
            before => Some(before),
        }
    }
}

/// Before which row a place is, in CSS pixels from the top of the window.
fn row_at(y: f64) -> usize {
    let heads = boxes_of(HEADS);
    heads
        .iter()
        .position(|head: &Rect| y < head.center().y)
        .unwrap_or(heads.len())
}

/// Begins a drag: the handle keeps the pointer.
pub fn begin(drag: RwSignal<Option<Dragged>>, event: &ev::PointerEvent, step: Id, from: usize) {
    if event.button() != 0 {
        return;
    }
    let handle = event.current_target();
    if let Some(handle) = handle.and_then(|handle| handle.dyn_into::<Element>().ok()) {
        // Fails where the pointer is gone already.
        let _ = handle.set_pointer_capture(event.pointer_id());
    }
    let before = from;
    drag.set(Some(Dragged { step, from, before }));
}

/// Follows the pointer.
pub fn follow(drag: RwSignal<Option<Dragged>>, event: &ev::PointerEvent) {
    if let Some(dragged) = drag.get_untracked() {
        let before = row_at(f64::from(event.client_y()));
        if before != dragged.before {
            drag.set(Some(Dragged { before, ..dragged }));
        }
    }
}

/// Drops the row where it is.
pub fn drop(app: App, drag: RwSignal<Option<Dragged>>) {
    let dragged = drag.get_untracked();
    drag.set(None);
    if let Some(dragged) = dragged
        && let Some(place) = dragged.to()
    {
        stories::step_to(app, dragged.step, place);
    }
}
