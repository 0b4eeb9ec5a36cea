//! A part of the panel that folds away; what is folded is not computed.

use leptos::prelude::*;

/// Whether a part is open to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It is.
    Open,
    /// Only its heading shows.
    Closed,
}

/// A part with a heading that opens and closes it.
#[component]
pub fn Fold(
    /// The heading.
    title: &'static str,
    /// What the id of the heading ends with.
    id: &'static str,
    /// Whether it is open to begin with.
    first: Shown,
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(first == Shown::Open);
    view! {
        <section class="fold" aria-label=title>
            <h3>
                <button
                    class="fold-head"
                    id=format!("fold-{id}")
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {title}
                </button>
            </h3>
            <Show when=move || open.get()>{untrack(|| children())}</Show>
        </section>
    }
}
