//! The field over a variable or note in which its words are typed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::app::browser::{key_press, window};
use crate::app::dispatch::{act, dispatch};
use crate::app::plain::{Place, effect, nothing, tag, text_of, view_of};
use crate::app::state::{App, use_app};
use crate::editor::{Action, Condition, Event, KeyReader, TextEdit, action_for};
use crate::model::ElementKind;
use crate::scene::NAME_WIDTH;

/// The field in which words are typed, where they will stand.
pub fn text_field() -> AnyView {
    let app = use_app();
    let edit: Memo<Option<(String, String, bool)>> = Memo::new(move |_| {
        app.mode.track();
        app.document.track();
        app.with(|core| {
            core.editor.text_edit().map(|TextEdit { id, text, .. }| {
                let note = core.editor.document().kind_of(*id) == Some(ElementKind::Note);
                (id.to_string(), text.clone(), note)
            })
        })
    });
    view_of(move || match edit.get() {
        Some((_, text, note)) => field_of(app, text, note),
        None => nothing(),
    })
}

/// The field with the words at the start; `note` says that Enter starts a new line.
fn field_of(app: App, text: String, note: bool) -> AnyView {
    let field = Place::new();
    // Taking the field away blurs it, which must not count a second time.
    // It outlives the signals here, which are gone by then.
    let over = Arc::new(AtomicBool::new(false));
    let standing = text.clone();
    // In letters; none where the browser makes the field as high as its words by itself.
    let height = RwSignal::new(None);
    effect(move || {
        if let Some(field) = field.get::<HtmlTextAreaElement>() {
            let _ = field.focus();
            // Words that come after selecting would take the selection away.
            field.set_value(&standing);
            field.select();
            height.set(height_of_words(&field));
        }
    });
    let place = move || {
        app.view.track();
        app.with(|core| {
            let edit = core.editor.text_edit()?;
            let node = core.editor.scene().nodes().get(&edit.id)?;
            let at = core.editor.view().to_screen(node.rect.center());
            Some((at, core.editor.view().zoom, node.rect.width()))
        })
    };
    let style = move || {
        let Some((at, zoom, width)) = place() else {
            return String::new();
        };
        let width = if note {
            width.max(220.0)
        } else {
            width.max(NAME_WIDTH) + 16.0
        };
        let size = if note { 14.0 } else { 16.0 };
        // Letters too small to read are typed larger than they will stand.
        let zoom = zoom.max(0.8);
        let [left, top, width, size] = [at.x, at.y, width * zoom, size * zoom];
        let mut style = format!("left:{left}px;top:{top}px;width:{width}px;--size:{size}px");
        if let Some(height) = height.get() {
            style += &format!(";height:{height}em");
        }
        style
    };
    let finish = move |event: Option<Event>| {
        if !over.swap(true, Ordering::Relaxed) {
            dispatch(app, event.unwrap_or_else(|| Event::TextDone(field.value())));
            // At once: a field that is opened by the very next event must keep its focus.
            crate::app::browser::focus("#canvas");
        }
    };
    let finish_by_key = finish.clone();
    let on_key = move |event: web_sys::Event| {
        event.stop_propagation();
        let press = key_press(event.unchecked_ref());
        if press.reader == KeyReader::InputMethod {
            return;
        }
        match press.key.as_str() {
            "enter" if !note => finish_by_key(Some(Event::TextNext(field.value()))),
            "enter" if press.ctrl => finish_by_key(None),
            "escape" => finish_by_key(Some(Event::TextCancelled)),
            "tab" => finish_by_key(None),
            _ if action_for(&press, |when| when == Condition::Always) == Some(Action::SaveFile) => {
                finish_by_key(None);
                act(app, Action::SaveFile);
            }
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move |text: &str| text.lines().count().max(1).to_string();
    let (class, label, placeholder) = match note {
        true => (
            "text-field text-field-note",
            "Text of the note",
            "Write a note",
        ),
        false => ("text-field", "Name of the variable", "Name"),
    };
    tag("textarea")
        .class(class)
        .at(field)
        .styles(text_of(style))
        .with("rows", rows(&text))
        .with("spellcheck", "true")
        .with("autocomplete", "off")
        .label(label)
        .with("placeholder", placeholder)
        .value(text)
        .on("keydown", on_key)
        .on("blur", move |_| finish(None))
        .on("input", move |_| {
            if let Some(field) = field.now::<HtmlTextAreaElement>() {
                let _ = field.set_attribute("rows", &rows(&field.value()));
                height.set(height_of_words(&field));
            }
        })
        .view()
}

/// How high a field must be for the words in it, in the size of its letters, so that it holds
/// however large they are shown; none where the browser sees to it.
fn height_of_words(field: &HtmlTextAreaElement) -> Option<f64> {
    if web_sys::css::supports_with_value("field-sizing", "content").unwrap_or(false) {
        return None;
    }
    let style = web_sys::HtmlElement::style(field);
    let stood = style.get_property_value("height").unwrap_or_default();
    // These fail only for properties that are none.
    let _ = style.set_property("height", "0");
    let borders = field.offset_height() - field.client_height();
    let height = f64::from(field.scroll_height() + borders);
    let _ = style.set_property("height", &stood);
    let shown = window().get_computed_style(field).ok().flatten()?;
    let size = shown.get_property_value("font-size").ok()?;
    let size = size.strip_suffix("px")?.parse::<f64>().ok()?;
    Some(height / size)
}
