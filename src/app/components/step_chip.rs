//! Which step of a story the canvas shows, with the way back to the diagram as it is.

use leptos::prelude::*;

use crate::app::components::icon::IconButton;
use crate::app::dispatch::dispatch;
use crate::app::services::stories;
use crate::app::state::{App, use_app};
use crate::editor::Event;

fn shown(app: App) -> Option<String> {
    app.selection.track();
    app.document.track();
    app.with(|core| {
        let (step, _) = core.editor.step_on_canvas()?;
        let (steps, at) = stories::place_of(core.editor.document(), step)?;
        Some(format!("Step {} of {} is shown", at + 1, steps.len()))
    })
}

/// The chip on the canvas that says that it shows a step.
#[component]
pub fn StepChip() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| shown(app));
    move || {
        shown.get().map(|words| {
            view! {
                <div class="lit-chip step-chip" role="group" aria-label="Step on the canvas">
                    <span class="lit-words">{words}</span>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Show the diagram as it is"
                        title="Show the diagram as it is (Esc)"
                        on:click=move |_| dispatch(app, Event::ShowStep(None))
                    />
                </div>
            }
        })
    }
}
