//! A field for the text of a diagram, a LOOPY link, or a table of measured data.

use leptos::html;
use leptos::prelude::*;

use crate::app::components::report::ReportPart;
use crate::app::services::files;
use crate::app::state::{App, use_app};
use crate::worker::ReportKind;

/// The field, and what becomes of its text.
#[component]
pub fn PasteText() -> impl IntoView {
    view! {
        <GivenText
            label="Text or link"
            take=|app, name, text| {
                files::open_text(app, &text, &name);
            }
            choose=files::choose
        >
            <ReportPart kind=ReportKind::Readers/>
        </GivenText>
    }
}

/// A field for a text, or a file in its place.
#[component]
pub fn GivenText(
    /// What the field is called.
    label: &'static str,
    /// What is done with the text; it gets its name and itself.
    take: fn(App, String, String),
    /// Asks for the file.
    choose: fn(App),
    /// What is asked for, over the field.
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        // Again when it comes back from behind a form.
        app.form.track();
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let open = move |_| {
        if let Some(field) = field.get_untracked() {
            take(app, "The text".to_owned(), field.value());
        }
    };
    view! {
        {children()}
        <textarea
            dir="auto"
            class="field paste-field"
            node_ref=field
            rows="8"
            spellcheck="false"
            aria-label=label
        ></textarea>
        <div class="dialog-actions">
            <button class="button" on:click=move |_| choose(app)>
                "Choose a file"
            </button>
            <button class="button button-primary" on:click=open>
                "Open"
            </button>
        </div>
    }
}
