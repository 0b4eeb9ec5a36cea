//! An empty canvas: three ways to begin and one line of help.

use leptos::prelude::*;

use super::plain::{on, show};

use super::icon::icon;
use super::state::use_app;
use crate::editor::Action;

/// Shown while nothing is drawn.
#[component]
pub fn EmptyState() -> impl IntoView {
    let app = use_app();
    let empty = Memo::new(move |_| {
        app.document.track();
        app.mode.track();
        app.with(|core| core.editor.document().is_empty())
    });
    view! {
        {show(move || empty.get(), move || view! {
            <section class="empty" aria-label="Begin">
                <h2>"What keeps happening, and why?"</h2>
                <p>"Draw what influences what. Loops show themselves."</p>
                <div class="empty-ways">
                    <button class="way" on:click=on(move |_| app.act(Action::AddVariable))>
                        {icon(icondata_lu::LuPenLine)}
                        <strong>"Draw"</strong>
                        <span>"Double-click anywhere"</span>
                    </button>
                    <button class="way" on:click=on(move |_| app.act(Action::Templates))>
                        {icon(icondata_lu::LuLayoutTemplate)}
                        <strong>"Open a template"</strong>
                        <span>"Twelve ready diagrams"</span>
                    </button>
                    <button class="way" on:click=on(move |_| app.act(Action::OpenFile))>
                        {icon(icondata_lu::LuFolderOpen)}
                        <strong>"Open a file"</strong>
                        <span>"Or drop it on the page"</span>
                    </button>
                </div>
            </section>
        }.into_any())}
    }
}
