//! An empty canvas: the ways to begin and one line of help.

use leptos::prelude::*;

use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::state::use_app;
use crate::editor::Action;

/// The ways to begin: what each does, its picture, its name, and what comes of it; the second words
/// are for a finger.
const WAYS: [(Action, icondata_core::Icon, &str, [&str; 2]); 5] = [
    (
        Action::AddVariable,
        icondata_lu::LuPenLine,
        "Draw",
        ["Double-click anywhere", "Double-tap anywhere"],
    ),
    (
        Action::AddStep,
        icondata_lu::LuWorkflow,
        "Map a value stream",
        ["Step by step to the constraint"; 2],
    ),
    (
        Action::ShowExample,
        icondata_lu::LuEye,
        "Show me an example",
        ["A diagram to look at and change"; 2],
    ),
    (
        Action::Templates,
        icondata_lu::LuLayoutTemplate,
        "Open a template",
        ["Ready-made diagrams and maps"; 2],
    ),
    (
        Action::OpenFile,
        icondata_lu::LuFolderOpen,
        "Open a file",
        ["Or drop it on the page", "One that you have"],
    ),
];

/// Shown while nothing is drawn. It leaves the middle of the canvas free, where people double-click.
#[component]
pub fn EmptyState() -> impl IntoView {
    let app = use_app();
    let empty = move || {
        app.document.track();
        app.mode.track();
        app.with(|core| core.editor.document().is_empty())
    };
    let way = move |(action, picture, name, how): (Action, icondata_core::Icon, _, [_; 2])| {
        view! {
            <button class="way" on:click=move |_| act(app, action)>
                <Icon picture/>
                <strong>{name}</strong>
                <span class="for-mouse">{how[0]}</span>
                <span class="for-finger">{how[1]}</span>
            </button>
        }
    };
    view! {
        <Show when=empty>
            <section class="empty" aria-label="Begin">
                <div class="empty-words">
                    <h2>"What keeps happening, and why?"</h2>
                    <p>"Draw what influences what. We find the loops."</p>
                </div>
                <div class="empty-ways">{WAYS.map(way).collect_view()}</div>
            </section>
        </Show>
    }
}
