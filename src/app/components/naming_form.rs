//! The name under which what is tried is kept.

use leptos::ev;
use leptos::prelude::*;

use super::field::InputField;

/// A name, and the button that keeps what is tried under it; of what was kept before also one that
/// leaves it as it was.
#[component]
pub fn NamingForm(
    /// What the field is called.
    label: &'static str,
    /// An example.
    placeholder: &'static str,
    /// The name.
    #[prop(into)]
    name: Signal<String>,
    /// Hears what is typed.
    #[prop(into)]
    rename: Callback<String>,
    /// Whether what is tried was kept before.
    #[prop(into)]
    is_edited: Signal<bool>,
    /// Keeps it.
    #[prop(into)]
    keep: Callback<()>,
    /// Leaves what was kept before as it was.
    #[prop(into)]
    cancel: Callback<()>,
) -> impl IntoView {
    view! {
        <form
            class="add-form"
            on:submit=move |event: ev::SubmitEvent| {
                event.prevent_default();
                keep.run(());
            }
        >
            <InputField
                value=name
                attr:class="field"
                attr:aria-label=label
                attr:placeholder=placeholder
                attr:maxlength="200"
                attr:autocomplete="off"
                on:input=move |event| rename.run(event_target_value(&event))
            />
            <button class="button button-primary" type="submit">
                {move || if is_edited.get() { "Save" } else { "Keep" }}
            </button>
            <Show when=move || is_edited.get()>
                <button class="button" type="button" on:click=move |_| cancel.run(())>
                    "Cancel"
                </button>
            </Show>
        </form>
    }
}
