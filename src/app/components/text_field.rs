//! The field over a variable, a note or a frame in which its words are typed.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::HtmlTextAreaElement;

use crate::app::browser::{focus, key_press, window};
use crate::app::dispatch::{act, dispatch};
use crate::app::services::people;
use crate::app::state::{App, use_app};
use crate::editor::{Action, Condition, Event, KeyReader, TextEdit, action_for};
use crate::model::{ElementKind, Id, Point};
use crate::scene::{Font, FrameShape, View, name_font, name_margin, name_width, note_font};

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    /// The name of a variable.
    Name,
    /// The name of a step, or of what else is part of a stream.
    Step,
    /// A note, in which Enter starts a new line.
    Note,
    /// The title of a frame.
    Title,
}

/// The field in which words are typed, where they will stand.
#[component]
pub fn TextField() -> impl IntoView {
    let app = use_app();
    let edit: Memo<Option<(Id, String, Typed)>> = Memo::new(move |_| {
        app.mode.track();
        app.document.track();
        app.with(|core| {
            core.editor.text_edit().map(|TextEdit { id, text, .. }| {
                let typed = match core.editor.document().kind_of(*id) {
                    Some(ElementKind::Note) => Typed::Note,
                    Some(ElementKind::Frame) => Typed::Title,
                    Some(ElementKind::Station) => Typed::Step,
                    _ => Typed::Name,
                };
                (*id, text.clone(), typed)
            })
        })
    });
    move || {
        let edit = edit.get();
        edit.map(|(_, text, typed)| view! { <OpenField text typed/> })
    }
}

/// Where the field stands and how large it is, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
struct Spot {
    left: f64,
    top: f64,
    width: f64,
    /// The room over and under the words, so that the field covers the box behind it.
    margin: f64,
    /// Of its letters.
    size: f64,
}

/// Where the words stand that are typed.
fn spot_of(app: App, typed: Typed) -> Option<Spot> {
    app.with(|core| {
        let edit = core.editor.text_edit()?;
        let view = core.editor.view();
        if let Some(frame) = core.editor.scene().frames().get(&edit.id) {
            return Some(spot_of_title(frame, view));
        }
        let node = core.editor.scene().nodes().get(&edit.id)?;
        // Of a rate the name is beside the valve.
        let words = node.port().1.unwrap_or(node.rect);
        let at = view.to_screen(words.center());
        let width = words.width();
        let document = core.editor.document();
        let variable = document.variables().get(&edit.id);
        let font = match (variable, document.notes().get(&edit.id)) {
            (Some(variable), _) => name_font(variable.size, variable.emphasis),
            (None, Some(note)) => note_font(note.size, note.emphasis),
            (None, None) => Font::NAME,
        };
        let width = match typed {
            Typed::Note => width.max(220.0),
            Typed::Name | Typed::Step | Typed::Title => width.max(name_width(font)) + 16.0,
        };
        let margin = variable.map_or(0.0, |variable| name_margin(variable.kind).y);
        // Letters too small to read are typed larger than they will stand.
        let zoom = view.zoom.max(0.8);
        Some(Spot {
            left: at.x,
            top: at.y,
            width: width * zoom,
            margin: margin * zoom,
            size: font.size * zoom,
        })
    })
}

/// Where the title of a frame is typed: over its upper side, from its left corner on.
fn spot_of_title(frame: &FrameShape, view: &View) -> Spot {
    const WIDTH: f64 = 240.0;
    const HALF: f64 = 16.0;
    let corner = view.to_screen(Point::new(frame.rect.left, frame.rect.top));
    Spot {
        left: (corner.x + WIDTH / 2.0).clamp(WIDTH / 2.0, view.size.x.max(WIDTH) - WIDTH / 2.0),
        top: (corner.y - HALF).max(HALF),
        width: WIDTH,
        margin: 0.0,
        size: 14.0,
    }
}

/// A length of the field, as the style sheet has it.
fn pixels(spot: Option<Spot>, length: fn(Spot) -> f64) -> Option<String> {
    spot.map(|spot| format!("{}px", length(spot)))
}

/// How many lines a text has; an empty one has one.
fn lines(text: &str) -> usize {
    text.lines().count().max(1)
}

/// The field while it is open.
#[component]
fn OpenField(
    /// The words at the start.
    text: String,
    /// What they are.
    typed: Typed,
) -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Textarea>::new();
    let rows = RwSignal::new(lines(&text));
    // In letters; none where the browser makes the field as high as its words by itself.
    let height = RwSignal::new(None);
    let spot = Memo::new(move |_| {
        app.view.track();
        spot_of(app, typed)
    });
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for an element that takes none.
            let _ = field.focus();
            // Words that come after selecting would take the selection away.
            field.set_value(&text);
            field.select();
            height.set(height_of_words(&field));
        }
    });
    // Taking the field away blurs it, which must not count a second time.
    let over = Rc::new(Cell::new(false));
    let finish = move |event: Event| {
        if !over.replace(true) {
            dispatch(app, event);
            // At once: a field that is opened by the very next event must keep its focus.
            focus("#canvas");
        }
    };
    let finish_by_key = finish.clone();
    let on_key = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        let press = key_press(&event);
        if press.reader == KeyReader::InputMethod {
            return;
        }
        let words = event_target_value(&event);
        match press.key.as_str() {
            "enter" if typed != Typed::Note => finish_by_key(Event::TextNext(words)),
            "enter" if press.ctrl => finish_by_key(Event::TextDone(words)),
            "escape" => finish_by_key(Event::TextCancelled),
            "tab" => finish_by_key(Event::TextDone(words)),
            _ if action_for(&press, |when| when == Condition::Always) == Some(Action::SaveFile) => {
                finish_by_key(Event::TextDone(words));
                act(app, Action::SaveFile);
            }
            _ => return,
        }
        event.prevent_default();
    };
    // From the event: it may come once the field and its signals are gone.
    let on_blur = move |event: ev::FocusEvent| finish(Event::TextDone(event_target_value(&event)));
    let (class, label, placeholder) = match typed {
        Typed::Note => (
            "text-field text-field-note",
            "Text of the note",
            "Write a note",
        ),
        Typed::Name => ("text-field", "Name of the variable", "Name"),
        Typed::Step => ("text-field", "Name of the step", "Name"),
        Typed::Title => ("text-field text-field-title", "Title of the frame", "Title"),
    };
    view! {
        <textarea
            dir="auto"
            class=class
            node_ref=field
            style:left=move || pixels(spot.get(), |spot| spot.left)
            style:top=move || pixels(spot.get(), |spot| spot.top)
            style:width=move || pixels(spot.get(), |spot| spot.width)
            style=("--margin", move || pixels(spot.get(), |spot| spot.margin))
            style=("--size", move || pixels(spot.get(), |spot| spot.size))
            style:height=move || height.get().map(|height: f64| format!("{height}em"))
            rows=move || rows.get().to_string()
            spellcheck="true"
            autocomplete="off"
            aria-label=label
            placeholder=placeholder
            on:keydown=on_key
            on:blur=on_blur
            on:input=move |_| {
                if let Some(field) = field.get_untracked() {
                    rows.set(lines(&field.value()));
                    height.set(height_of_words(&field));
                }
                people::note(app);
            }
        ></textarea>
    }
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
