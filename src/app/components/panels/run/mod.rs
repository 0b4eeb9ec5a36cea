//! The panel of the model: the equation of what is selected, what a run gives, sliders and scenarios.

mod equation;

use leptos::prelude::*;

use equation::EquationEditor;

/// The panel.
#[component]
pub fn RunPanel() -> impl IntoView {
    view! {
        <h2 class="panel-title">"Run"</h2>
        <EquationEditor/>
    }
}
