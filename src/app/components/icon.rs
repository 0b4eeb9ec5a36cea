//! Icons of the Lucide set, drawn in the colour of the text around them.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// An icon; the button around it has the words.
#[component]
pub fn Icon(
    /// The lines to draw.
    picture: icondata_core::Icon,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            width="18"
            height="18"
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
            inner_html=picture.data
        />
    }
}

/// A button that shows only an icon. What it does is given with `on:click`, other attributes with
/// `attr:`.
#[component]
pub fn IconButton(
    /// The icon.
    picture: icondata_core::Icon,
    /// What a screen reader says.
    #[prop(into)]
    name: TextProp,
    /// What shows when the pointer rests on it.
    #[prop(into)]
    title: TextProp,
) -> impl IntoView {
    view! {
        <button class="icon-button" aria-label=name data-tip=title>
            <Icon picture/>
        </button>
    }
}
