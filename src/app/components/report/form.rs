//! Fields and buttons that the worker asks for.

use leptos::prelude::*;

use crate::app::components::field::{Choice, InputField};
use crate::app::services::worker;
use crate::app::state::use_app;
use crate::worker::{Button, Field, Request};

/// A field of a form: what is chosen goes to the worker, which writes the form anew.
#[component]
pub fn FieldView(
    /// The field.
    field: Memo<Field>,
) -> impl IntoView {
    let app = use_app();
    let keep = move |value: String| {
        let key = field.with_untracked(|field| field.key.clone());
        worker::request(app, Request::Fill(key, value));
    };
    let label = move || field.with(|field| field.label.clone());
    let chosen = Memo::new(move |_| field.with(|field| field.chosen.clone()));
    let options = Memo::new(move |_| field.with(|field| field.options.clone()));
    let is_typed = Memo::new(move |_| options.with(Vec::is_empty));
    view! {
        <div class="form-field">
            <span>{move || label()}</span>
            <span class="muted small">{move || field.with(|field| field.note.clone())}</span>
            <Show
                when=move || is_typed.get()
                fallback=move || {
                    view! { <Choice options chosen keep attr:aria-label=label/> }
                }
            >
                <InputField
                    value=chosen
                    keep=keep
                    attr:class="field"
                    attr:aria-label=label
                />
            </Show>
        </div>
    }
}

/// A button of a form.
#[component]
pub fn FormButton(
    /// The button.
    button: Button,
) -> impl IntoView {
    let app = use_app();
    let Button { press, label } = button;
    view! {
        <button
            class="button form-button"
            on:click=move |_| worker::request(app, Request::Press(press))
        >
            {label}
        </button>
    }
}
