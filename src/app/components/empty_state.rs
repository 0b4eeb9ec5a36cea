//! An empty canvas: three ways to begin and one line of help.

use leptos::prelude::*;

use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::state::use_app;
use crate::editor::Action;

/// The ways to begin: what each does, its picture, its name, and how else it is done.
const WAYS: [(Action, icondata_core::Icon, &str, &str); 3] = [
    (
        Action::AddVariable,
        icondata_lu::LuPenLine,
        "Draw",
        "Double-click anywhere",
    ),
    (
        Action::Templates,
        icondata_lu::LuLayoutTemplate,
        "Open a template",
        "Ready-made diagrams and maps",
    ),
    (
        Action::OpenFile,
        icondata_lu::LuFolderOpen,
        "Open a file",
        "Or drop it on the page",
    ),
];

/// Shown while nothing is drawn.
#[component]
pub fn EmptyState() -> impl IntoView {
    let app = use_app();
    let empty = move || {
        app.document.track();
        app.mode.track();
        app.with(|core| core.editor.document().is_empty())
    };
    let way = move |(action, picture, name, how): (Action, icondata_core::Icon, _, _)| {
        view! {
            <button class="way" on:click=move |_| act(app, action)>
                <Icon picture/>
                <strong>{name}</strong>
                <span>{how}</span>
            </button>
        }
    };
    view! {
        <Show when=empty>
            <section class="empty" aria-label="Begin">
                <h2>"What keeps happening, and why?"</h2>
                <p>"Draw what influences what. We find the loops."</p>
                <div class="empty-ways">{WAYS.map(way).collect_view()}</div>
            </section>
        </Show>
    }
}
