//! What pointers do in a presentation: a tap or a swipe leads on or back, and nothing is edited.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::app::browser::window;
use crate::app::dispatch::act;
use crate::app::state::App;
use crate::editor::{Action, PointerKind};
use crate::model::{Point, Vector};

/// How far a finger goes at least in a swipe, in CSS pixels.
const SWIPE: f64 = 40.0;
/// How much farther across than up or down.
const ACROSS: f64 = 1.5;
/// The part of the window, from the left, where a tap leads back.
const BACK: f64 = 1.0 / 3.0;

/// The pointer that is down.
#[derive(Clone, Copy)]
pub struct Hands {
    app: App,
    down: StoredValue<Option<(i32, Point)>>,
}

impl Hands {
    /// No pointer is down.
    pub fn new(app: App) -> Self {
        Self {
            app,
            down: StoredValue::new(None),
        }
    }

    /// A pointer goes down: the first one counts, where no control is under it.
    pub fn down(self, event: &ev::PointerEvent) {
        let at = place_of(event);
        let is_single = event.is_primary() && event.button() == 0;
        let down = (is_single && !on_control(event)).then_some((event.pointer_id(), at));
        self.down.set_value(down);
    }

    /// It goes up.
    pub fn up(self, event: &ev::PointerEvent) {
        let down = self.down.try_update_value(Option::take).flatten();
        let Some((_, from)) = down.filter(|(number, _)| *number == event.pointer_id()) else {
            return;
        };
        let kind = match event.pointer_type().as_str() {
            "mouse" => PointerKind::Fine,
            _ => PointerKind::Touch,
        };
        let way = place_of(event) - from;
        let meant = meant(kind, from, way, window_width());
        // A finger that points goes any way.
        let points = self.app.pointing.get_untracked() && way.length() > kind.drag_threshold();
        if let Some(action) = meant.filter(|_| !points) {
            act(self.app, action);
        }
    }

    /// It scrolls the words instead.
    pub fn lost(self, _: &ev::PointerEvent) {
        self.down.set_value(None);
    }
}

/// What a press at a place means that went this way, in a window of this width.
fn meant(kind: PointerKind, from: Point, way: Vector, width: f64) -> Option<Action> {
    if way.length() <= kind.drag_threshold() {
        return Some(match from.x < width * BACK {
            true => Action::PresentBack,
            false => Action::PresentNext,
        });
    }
    let is_swipe =
        kind == PointerKind::Touch && way.x.abs() >= SWIPE && way.x.abs() >= ACROSS * way.y.abs();
    is_swipe.then_some(match way.x < 0.0 {
        true => Action::PresentNext,
        false => Action::PresentBack,
    })
}

fn place_of(event: &ev::PointerEvent) -> Point {
    Point::new(f64::from(event.client_x()), f64::from(event.client_y()))
}

fn window_width() -> f64 {
    let width = window().inner_width().ok();
    width.and_then(|width| width.as_f64()).unwrap_or_default()
}

/// Whether an event is on a link or a button.
fn on_control(event: &ev::PointerEvent) -> bool {
    let target = event.target();
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    let control = element.and_then(|element| element.closest("a, button, .present-controls").ok());
    control.flatten().is_some()
}
