//! Measured data: a table is given, and what it is taken for is chosen.

use leptos::prelude::*;

use super::form::Form;
use super::paste_text::GivenText;
use crate::app::services::files;
use crate::app::state::use_app;

/// The dialog: a table is asked for, then the form that the worker has written of it. The text
/// that was asked for stays behind the form, so that a person can go back to it.
#[component]
pub fn Measured() -> impl IntoView {
    let app = use_app();
    view! {
        <div hidden=move || app.form.with(Option::is_some)>
            <GivenText label="Table" take=files::read_table choose=files::choose_table>
                <p class="muted">
                    "A table of steps, of work items or of their moves, as CSV or copied."
                </p>
            </GivenText>
        </div>
        <Form/>
    }
}
