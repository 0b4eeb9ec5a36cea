//! Which improvement the canvas shows, with the way back to today.

use leptos::prelude::*;

use crate::app::components::icon::IconButton;
use crate::app::services::improvements;
use crate::app::state::use_app;
use crate::worker::Showing;

/// The chip on the canvas that says that its numbers are not those of today.
#[component]
pub fn ShownChip() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| app.stream.with(|view| view.showing.clone()));
    move || {
        shown.get().map(|name| {
            view! {
                <div class="lit-chip shown-chip" role="group" aria-label="Shown on the canvas">
                    <span class="lit-words">"Showing: " {name}</span>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Show today"
                        title="Show today"
                        on:click=move |_| improvements::show(app, Showing::Today, "")
                    />
                </div>
            }
        })
    }
}
