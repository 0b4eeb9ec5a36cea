//! Names that were pasted or opened: what are they?

use leptos::prelude::*;

use super::form::Form;

/// The dialog: the question that the worker has written, and its answers as buttons.
#[component]
pub fn Names() -> impl IntoView {
    view! { <Form/> }
}
