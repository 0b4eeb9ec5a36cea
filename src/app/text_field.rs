//! The field over a variable or note in which its words are typed.

use std::cell::Cell;
use std::rc::Rc;

use leptos::html::Textarea;
use leptos::prelude::*;

use super::plain::{on, text_of, view_of};
use web_sys::KeyboardEvent;

use super::state::use_app;
use crate::editor::{Event, TextEdit};
use crate::model::ElementKind;
use crate::scene::NAME_WIDTH;

/// The field in which words are typed, where they will stand.
#[component]
pub fn TextField() -> impl IntoView {
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
    view! {
        {view_of(move || match edit.get() {
            Some((_, text, note)) => view! { <Field text=text note=note/> }.into_any(),
            None => ().into_any(),
        })}
    }
}

#[component]
fn Field(
    /// The words at the start.
    text: String,
    /// Whether Enter starts a new line, as in a note.
    note: bool,
) -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<Textarea>::new();
    // Taking the field away blurs it, which must not count a second time.
    let over = Rc::new(Cell::new(false));
    let standing = text.clone();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            // Words that come after selecting would take the selection away.
            field.set_value(&standing);
            field.select();
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
        format!(
            "left:{}px;top:{}px;width:{}px;font-size:{}px",
            at.x,
            at.y,
            width * zoom,
            size * zoom
        )
    };
    let finish = {
        let over = over.clone();
        move |event: Option<Event>| {
            if !over.replace(true) {
                let typed = field
                    .get_untracked()
                    .map(|field| field.value())
                    .unwrap_or_default();
                app.dispatch(event.unwrap_or(Event::TextDone(typed)));
                // At once: a field that is opened by the very next event must keep its focus.
                super::browser::focus("#canvas");
            }
        }
    };
    let on_key = {
        let finish = finish.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            if event.is_composing() {
                return;
            }
            match event.key().as_str() {
                "Enter" if !note || event.ctrl_key() || event.meta_key() => {
                    event.prevent_default();
                    finish(None);
                }
                "Escape" => {
                    event.prevent_default();
                    finish(Some(Event::TextCancelled));
                }
                "Tab" => {
                    event.prevent_default();
                    finish(None);
                }
                _ => {}
            }
        }
    };
    let rows = move |text: &str| text.lines().count().max(1).to_string();
    view! {
        <textarea
            class="text-field"
            class:text-field-note=note
            node_ref=field
            style=text_of(style)
            rows=rows(&text)
            spellcheck="true"
            autocomplete="off"
            aria-label=if note { "Text of the note" } else { "Name of the variable" }
            placeholder=if note { "Write a note" } else { "Name" }
            prop:value=text
            on:keydown=on(on_key)
            on:blur=on(move |_| finish(None))
            on:input=on(move |_| {
                if let Some(field) = field.get_untracked() {
                    let _ = field.set_attribute("rows", &rows(&field.value()));
                }
            })
        ></textarea>
    }
}
