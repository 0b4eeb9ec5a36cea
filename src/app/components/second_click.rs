//! Takes away the second click of a double-click that began on something else.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, MouseEvent};

use crate::app::browser::window;
use crate::app::state::App;
use crate::editor::{Press, Surface};
use crate::model::Point;

/// Listens before everything else on the page, for as long as it lives.
pub fn listen(app: App) {
    let last: StoredValue<Option<Press>> = StoredValue::new(None);
    let is_astray = StoredValue::new(false);
    let heard = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if event.type_() == "pointerdown" {
            let press = Press {
                at: event.time_stamp(),
                place: Point::new(f64::from(event.client_x()), f64::from(event.client_y())),
                surface: surface(app, &event),
            };
            let before = last.get_value();
            is_astray.set_value(before.is_some_and(|before| press.is_astray(&before)));
            last.set_value(Some(press));
        }
        // What follows from the press goes with it: a focus, a click, a double-click.
        // A click without a count comes from a key.
        if is_astray.get_value() && (event.type_() != "click" || event.detail() > 0) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    for kind in ["pointerdown", "mousedown", "click", "dblclick"] {
        let target = window();
        // Fails for no kind of event.
        let _ = target.add_event_listener_with_callback_and_bool(
            kind,
            heard.as_ref().unchecked_ref(),
            true,
        );
    }
    heard.forget();
}

/// What a press is on.
fn surface(app: App, event: &Event) -> Surface {
    let target = event.target();
    let element = target.as_ref().and_then(|t| t.dyn_ref::<Element>());
    let within = |selector: &str| {
        element.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    if within("dialog") {
        Surface::Dialog
    } else if within(".empty") {
        Surface::Start
    } else if within("#canvas") {
        match app.with(|core| core.editor.text_edit().is_some()) {
            true => Surface::Typing,
            false => Surface::Canvas,
        }
    } else {
        Surface::Other
    }
}
