//! Icons of the Lucide set, drawn in the colour of the text around them.

use icondata_core::Icon;
use leptos::prelude::*;

/// An icon; the button around it has the words.
#[must_use]
pub fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="18" height="18" fill="none"
            stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
            aria-hidden="true" focusable="false" inner_html=icon.data></svg>
    }
    .into_any()
}
