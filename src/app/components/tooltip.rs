//! Words beside a control: shown soon after the pointer rests on it, when it gets the focus by the
//! keyboard, and while a finger is held on it. Browsers show a `title` late, and neither on the
//! focus nor to a finger.

use std::time::Duration;

use leptos::ev;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use web_sys::{DomRect, Element, HtmlElement};

use crate::app::browser::{key_name, window};
use crate::model::{Point, Rect, Vector};
use crate::scene::beside;

/// The attribute that has the words.
const WORDS: &str = "data-tip";
/// How long the pointer rests on a control before its words show.
const REST: Duration = Duration::from_millis(150);
/// How long a finger is held on it.
const HOLD: Duration = Duration::from_millis(500);
/// How long words stay when the pointer has left, so that it can come to them.
const STAY: Duration = Duration::from_millis(100);

/// The one box of words, over whatever control has some.
#[component]
pub fn Tooltip() -> impl IntoView {
    let tip = NodeRef::<html::Div>::new();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let owner = StoredValue::new_local(None::<Element>);
    let later = move |after: Duration, run: Box<dyn FnOnce()>| {
        let started = set_timeout_with_handle(run, after).ok();
        let before = timer.try_update_value(|timer| std::mem::replace(timer, started));
        if let Some(Some(before)) = before {
            before.clear();
        }
    };
    let hide = move || {
        later(Duration::ZERO, Box::new(|| {}));
        owner.set_value(None);
        if let Some(tip) = tip.get_untracked() {
            // Fails if it is hidden already.
            let _ = tip.hide_popover();
        }
    };
    let show = move |control: Element| {
        if let Some(tip) = tip.get_untracked() {
            show_at(&tip, &control);
            owner.set_value(Some(control));
        }
    };
    window_event_listener(ev::pointerover, move |event| {
        let target = event_target::<Element>(&event);
        if event.pointer_type() == "touch" || event.buttons() != 0 {
            return;
        }
        let is_owner = |control: &Element| owner.with_value(|own| own.as_ref() == Some(control));
        match control_of(&target) {
            // The pointer may rest on the words themselves.
            _ if tip
                .get_untracked()
                .is_some_and(|tip| tip.contains(Some(&target))) =>
            {
                later(Duration::ZERO, Box::new(|| {}));
            }
            Some(control) if is_owner(&control) => later(Duration::ZERO, Box::new(|| {})),
            // From one control to the next the words follow at once.
            Some(control) if owner.with_value(Option::is_some) => show(control),
            Some(control) => later(REST, Box::new(move || show(control))),
            None => later(STAY, Box::new(hide)),
        }
    });
    window_event_listener(ev::focusin, move |event| {
        let target = event_target::<Element>(&event);
        match control_of(&target) {
            Some(control) if control.matches(":focus-visible").unwrap_or(false) => show(control),
            _ => hide(),
        }
    });
    window_event_listener(ev::pointerdown, move |event| {
        hide();
        if event.pointer_type() == "touch"
            && let Some(control) = control_of(&event_target::<Element>(&event))
        {
            later(HOLD, Box::new(move || show(control)));
        }
    });
    window_event_listener(ev::pointerup, move |event| {
        if event.pointer_type() == "touch" {
            later(HOLD, Box::new(hide));
        }
    });
    window_event_listener(ev::keydown, move |event| {
        if key_name(&event) != "Tab" {
            hide();
        }
    });
    window_event_listener(ev::wheel, move |_| hide());
    window_event_listener(ev::blur, move |_| hide());
    // Screen readers have the name of the control and its keys; these words would say it twice.
    view! { <div class="tooltip" popover="manual" aria-hidden="true" node_ref=tip></div> }
}

/// The control with words that something on the page belongs to.
fn control_of(target: &Element) -> Option<Element> {
    let control = target.closest(&format!("[{WORDS}]")).ok()??;
    let words = control.get_attribute(WORDS)?;
    (!words.is_empty()).then_some(control)
}

/// Shows the words of a control beside it.
fn show_at(tip: &HtmlElement, control: &Element) {
    let words = control.get_attribute(WORDS);
    tip.set_text_content(words.as_deref());
    stand_with(tip, control);
    // Again: what was shown last is on top, over a dialog that has opened since. Hiding fails if it
    // is hidden; without popovers in the browser there are no such words.
    let _ = tip.hide_popover();
    if tip.show_popover().is_err() {
        return;
    }
    let size = tip.get_bounding_client_rect();
    let root = window().document().and_then(|page| page.document_element());
    let Some(root) = root else { return };
    let room = Vector::new(root.client_width().into(), root.client_height().into());
    let of = rect(&control.get_bounding_client_rect());
    let upright = control.closest("[aria-orientation=vertical]");
    let at = match upright {
        Ok(Some(_)) if of.width() < room.x / 4.0 => beside::across(&of, size_of(&size), room),
        _ => beside::below(&of, size_of(&size), room),
    };
    let style = tip.style();
    // Fail for no such property.
    let _ = style.set_property("left", &format!("{}px", at.x));
    let _ = style.set_property("top", &format!("{}px", at.y));
}

/// Brings the words into the dialog of their control, if it is in one: beside an open dialog nothing can
/// be pointed at, and words that show have to be (WCAG 1.4.13).
fn stand_with(tip: &HtmlElement, control: &Element) {
    let dialog = control.closest("dialog[open]").ok().flatten();
    let body = || window().document()?.body().map(Element::from);
    let Some(place) = dialog.or_else(body) else {
        return;
    };
    if tip.parent_element().as_ref() != Some(&place) {
        // Fails for nothing that can stand here.
        let _ = place.append_child(tip);
    }
}

fn rect(of: &DomRect) -> Rect {
    let corner = |x, y| Point::new(x, y);
    Rect::from_points(corner(of.left(), of.top()), corner(of.right(), of.bottom()))
}

fn size_of(rect: &DomRect) -> Vector {
    Vector::new(rect.width(), rect.height())
}
