//! Names that were pasted or opened: what are they?

use leptos::prelude::AnyView;

use super::measured::form;
use crate::app::state::use_app;

/// The dialog: the question that the worker has written, and its answers as buttons.
pub fn names() -> AnyView {
    form(use_app())
}
