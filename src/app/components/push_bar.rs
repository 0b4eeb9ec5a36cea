//! What who only looks can do with a variable: push it up or down.

use leptos::html;
use leptos::prelude::*;

use crate::app::components::context_bar::place_of;
use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::state::use_app;
use crate::editor::{Action, Condition};

/// The two ways to push a variable: the action, its picture, its words.
const WAYS: [(Action, icondata_core::Icon, &str); 2] = [
    (Action::PushUp, icondata_lu::LuArrowBigUp, "Push up"),
    (Action::PushDown, icondata_lu::LuArrowBigDown, "Push down"),
];

/// The bar beside the variable that is selected, unless that is played.
#[component]
pub fn PushBar() -> impl IntoView {
    let app = use_app();
    let is_shown = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.play.track();
        app.with(|core| {
            let editor = &core.editor;
            editor.holds(Condition::VariableSelected) && !editor.plays_selection()
        })
    });
    let bar = NodeRef::<html::Div>::new();
    let place = place_of(app, bar);
    view! {
        <Show when=move || is_shown.get()>
            <div
                class="context-bar"
                node_ref=bar
                style:transform=place
                role="group"
                aria-label="Push the variable"
            >
                {WAYS
                    .map(|(action, picture, words)| {
                        view! {
                            <button
                                class="button button-plain"
                                on:click=move |_| act(app, action)
                            >
                                <Icon picture/>
                                {words}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </Show>
    }
}
