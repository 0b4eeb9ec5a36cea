//! The button that begins something long, how far it is, and the button that ends it.

use leptos::prelude::*;

/// A row of them.
#[component]
pub fn ProgressRow(
    /// The words of the button that begins.
    #[prop(into)]
    words: Signal<String>,
    /// Whether it can begin.
    #[prop(into)]
    is_ready: Signal<bool>,
    /// How far it is, in words; none while nothing is under way.
    #[prop(into)]
    how_far: Signal<Option<String>>,
    /// Begins.
    #[prop(into)]
    begin: Callback<()>,
    /// Ends.
    #[prop(into)]
    stop: Callback<()>,
) -> impl IntoView {
    let is_running = Memo::new(move |_| how_far.with(Option::is_some));
    view! {
        <div class="button-row">
            <button
                class="button button-primary"
                disabled=move || !is_ready.get() || is_running.get()
                on:click=move |_| begin.run(())
            >
                {move || words.get()}
            </button>
            <Show when=move || is_running.get()>
                <span class="muted" role="status">
                    {move || how_far.get()}
                </span>
                <button class="button" on:click=move |_| stop.run(())>
                    "Stop"
                </button>
            </Show>
        </div>
    }
}
