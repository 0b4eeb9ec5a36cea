//! A field for the text of a diagram or a LOOPY link.

use leptos::html::Textarea;
use leptos::prelude::*;

use crate::app::state::use_app;

/// The field, and what becomes of its text.
#[component]
pub fn PasteText() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    let open = move |_| {
        let text = field
            .get_untracked()
            .map(|field| field.value())
            .unwrap_or_default();
        if app.open_text(&text, "the text") {
            app.dialog.set(None);
        }
    };
    view! {
        <p class="muted">
            "A LOOPY link or its exported text, or the text of a Loopstream file. It opens as a new "
            "diagram; the open one stays as it is."
        </p>
        <textarea class="field paste-field" node_ref=field rows="8" spellcheck="false"
            aria-label="Text or link" placeholder="https://ncase.me/loopy/…?data=[[[1,…"></textarea>
        <div class="dialog-actions">
            <button class="button button-primary" on:click=open>"Open"</button>
        </div>
    }
}
