//! What matters most of the stream, before everything else.

use leptos::prelude::*;

use super::follow_stream;
use crate::app::state::use_app;
use crate::worker::Showing;

/// A sentence or two: constraint, demand, lead time; and of which stream, where there are several.
#[component]
pub fn Headline() -> impl IntoView {
    let app = use_app();
    let sentences = follow_stream(app, |part| part.headline.clone());
    let several = Memo::new(move |_| app.stream.with(|view| view.streams.len() > 1));
    // The canvas may show an improvement, which the panel does not.
    let is_other = Memo::new(move |_| app.showing.with(|showing| *showing != Showing::Today));
    let customers = follow_stream(app, |part| part.customers.clone());
    let stream = move || match customers.get() {
        customers if customers.is_empty() => "Of one of several streams.".to_owned(),
        customers => format!("Of the stream to {customers}."),
    };
    view! {
        <Show when=move || is_other.get()>
            <p class="muted">"The map of today:"</p>
        </Show>
        <div class="headline" role="status">
            <For
                each=move || sentences.get().into_iter().enumerate()
                key=|row| row.clone()
                let((_, sentence))
            >
                <p>{sentence}</p>
            </For>
        </div>
        <Show when=move || several.get()>
            <p class="muted">
                {move || format!("{} Select a step of another to see its figures.", stream())}
            </p>
        </Show>
    }
}
