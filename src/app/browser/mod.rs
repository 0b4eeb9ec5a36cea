//! Small questions to the browser.

pub mod channel;
pub mod clipboard;
pub mod files;
pub mod images;
pub mod peer;
pub mod storage;

use std::pin::Pin;

use gloo::timers::callback::Timeout;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition, Url, Window, Worker,
};

use crate::editor::{KeyPress, KeyReader, PointerKind};
use crate::model::{Id, Point, Rect};

/// After so many turns nothing more follows from a change.
const TURNS: usize = 4;

/// The window. Every page has one.
///
/// # Panics
/// Outside a page, where this program cannot run.
#[must_use]
pub fn window() -> Window {
    // A page always has a window; a worker, which has none, never runs this program.
    leptos::prelude::window()
}

/// Milliseconds since the page was opened, with fractions.
#[must_use]
pub fn milliseconds() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// Milliseconds since the epoch.
#[must_use]
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// The day that it is where the person is, such as `2026-11-24`.
#[must_use]
pub fn today() -> String {
    let date = js_sys::Date::new_0();
    let (year, month, day) = (date.get_full_year(), date.get_month() + 1, date.get_date());
    format!("{year:04}-{month:02}-{day:02}")
}

/// What the page says under a name, if it says something.
#[must_use]
pub fn meta(name: &str) -> Option<String> {
    let mut selector = String::from("meta[name=");
    selector.push_str(name);
    selector.push(']');
    let page = window().document()?;
    page.query_selector(&selector)
        .ok()??
        .get_attribute("content")
}

/// A program of a worker, by the name under which the page says where its script is.
#[must_use]
pub fn start_worker(name: &str) -> Option<Worker> {
    let base = window().document()?.base_uri().ok().flatten()?;
    let url = Url::new_with_base(&meta(name)?, &base).ok()?;
    Worker::new(&url.href()).ok()
}

/// Bytes that nobody can guess, if the browser has any.
#[must_use]
pub fn random_bytes<const COUNT: usize>() -> Option<[u8; COUNT]> {
    let mut bytes = [0_u8; COUNT];
    let crypto = window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// 64 bits of entropy.
#[must_use]
pub fn random_bits() -> u64 {
    match random_bytes() {
        Some(bytes) => u64::from_le_bytes(bytes),
        // Every browser that runs this program has them; without, two pages that are opened
        // within a microsecond would share their ids.
        None => (js_sys::Math::random() * 9.0e15) as u64 ^ now(),
    }
}

/// A fresh id.
#[must_use]
pub fn random_id() -> Id {
    Id::from_bits(random_bits())
}

/// Does something that waits for the browser.
pub fn in_time(work: impl Future<Output = ()> + 'static) {
    // Boxed, so that the code around it is there once for all.
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}

/// Whether there is such an element on the page.
#[must_use]
pub fn is_there(selector: &str) -> bool {
    let found = window()
        .document()
        .and_then(|document| document.query_selector(selector).ok()?);
    found.is_some()
}

/// The box of an element in the window, in CSS pixels, if it is there.
#[must_use]
pub fn box_of(selector: &str) -> Option<Rect> {
    boxes_of(selector).into_iter().next()
}

/// The boxes of elements in the window, in CSS pixels; without those that are not shown.
#[must_use]
pub fn boxes_of(selector: &str) -> Vec<Rect> {
    let page = window().document();
    let Some(found) = page.and_then(|page| page.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    let elements = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok());
    let boxes = elements.map(|element| {
        let rect = element.get_bounding_client_rect();
        Rect::from_points(
            Point::new(rect.left(), rect.top()),
            Point::new(rect.right(), rect.bottom()),
        )
    });
    boxes.filter(|rect| rect.width() > 0.0).collect()
}

/// What a field holds, if it is there.
#[must_use]
pub fn value_of(selector: &str) -> Option<String> {
    let field = window().document()?.query_selector(selector).ok()??;
    Some(value_of_field(&field))
}

/// Gives the focus to an element, if it is there.
pub fn focus(selector: &str) {
    let element = window()
        .document()
        .and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Fails for an element that takes none.
        let _ = element.focus();
    }
}

/// What was just changed is on the page, and the browser has heard of no other key yet. It may hear
/// of keys before a timer of no time is over, and those would go where the focus was.
pub async fn drawn() {
    // Each turn runs the effects that the one before has set off.
    for _ in 0..TURNS {
        tick().await;
    }
}

/// Gives the focus to an element once it is on the page.
pub fn focus_soon(selector: impl Into<String>) {
    let selector = selector.into();
    in_time(async move {
        drawn().await;
        let was_there = is_there(&selector);
        focus(&selector);
        // Some come later, or something else takes their place.
        Timeout::new(0, move || {
            if was_there {
                focus_if_lost(&selector);
            } else {
                focus(&selector);
            }
        })
        .forget();
    });
}

/// What a person mostly points with here.
pub fn pointing() -> PointerKind {
    let query = window().match_media("(pointer: coarse)").ok().flatten();
    match query.is_some_and(|query| query.matches()) {
        true => PointerKind::Touch,
        false => PointerKind::Fine,
    }
}

/// Whether a person has asked for no motion.
#[must_use]
pub fn wants_no_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Gives the focus to a field and selects what is in it, if it is there.
pub fn select_words(selector: &str) {
    focus(selector);
    let field = window()
        .document()
        .and_then(|document| document.query_selector(selector).ok()?);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Scrolls to an element, if it is there, so that it stands in the middle.
pub fn scroll_into_view(selector: &str) {
    let element = window()
        .document()
        .and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = element {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls to an element, if it is there, so that it stands at the top.
pub fn scroll_to_top(selector: &str) {
    let element = window()
        .document()
        .and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = element {
        element.scroll_into_view_with_bool(true);
    }
}

/// Gives the focus to an element, if nothing on the page has it.
pub fn focus_if_lost(selector: &str) {
    let lost = window().document().is_none_or(|document| {
        document
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY")
    });
    if lost {
        focus(selector);
    }
}

/// A text in small letters of whatever script, by the browser's own tables.
#[must_use]
pub fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Whether an event is meant for a text field.
#[must_use]
pub fn in_text(event: &Event) -> bool {
    let target = event.target();
    let element = target.as_ref().and_then(|t| t.dyn_ref::<HtmlElement>());
    element.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.is_content_editable()
    })
}

/// A key that went down, as the table of actions knows keys.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "here keys are read for all")]
pub fn key_press(key: &KeyboardEvent) -> KeyPress {
    KeyPress {
        key: key.key().to_ascii_lowercase(),
        code: key.code().to_ascii_lowercase(),
        ctrl: key.ctrl_key() || key.meta_key(),
        shift: key.shift_key(),
        alt: key.alt_key(),
        reader: match in_text(key) {
            true => KeyReader::of(key.is_composing(), key.key_code()),
            false => KeyReader::Page,
        },
    }
}

/// The name of the key of an event; empty where an input method has taken it, so that the Enter
/// which takes a word does nothing else.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "here keys are read for all")]
pub fn key_name(event: &Event) -> String {
    match event.dyn_ref::<KeyboardEvent>() {
        Some(key) if key_press(key).reader == KeyReader::Page => key.key(),
        _ => String::new(),
    }
}

/// The fragment of the address, with its `#`.
#[must_use]
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// The address of the page without its fragment.
#[must_use]
pub fn home() -> String {
    let location = window().location();
    let mut home = location.origin().unwrap_or_default();
    home.push_str(&location.pathname().unwrap_or_default());
    home
}

/// What a field holds.
#[must_use]
pub fn value_of_field(field: &Element) -> String {
    let value = js_sys::Reflect::get(field, &"value".into());
    value
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}
