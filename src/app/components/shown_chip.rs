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
        shown.get().map(|shown| {
            let differs = shown.differs.into_iter();
            let differs = differs
                .map(|(_, words)| view! { <li>{words}</li> })
                .collect_view();
            view! {
                <div class="lit-chip shown-chip" role="group" aria-label="Shown on the canvas">
                    <span class="lit-words">"Showing: " {shown.name}</span>
                    // The canvas draws it.
                    <ul class="visually-hidden" aria-label="What differs from today">
                        {differs}
                    </ul>
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
