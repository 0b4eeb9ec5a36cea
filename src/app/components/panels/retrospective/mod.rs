//! The retrospective: a sheet beside the canvas that leads from an event to the structure behind it.
//! Its steps may be opened in any order; none waits for another.

mod draw;
mod event;
mod lever;
mod lines;
mod loops;
mod names;
mod prompt;
mod tell;
mod trial;
mod varied;

pub use event::keep_on_enter;
pub use lever::{by_number, levels, numbered};

use leptos::ev;
use leptos::prelude::*;

use self::prompt::Step;
use crate::app::browser::key_name;
use crate::app::components::field::Choice;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::editor::StepMove;
use crate::model::{Id, in_sentence};
use crate::story::SheetStep;

/// The panel.
#[component]
pub fn RetrospectivePanel() -> impl IntoView {
    let app = use_app();
    let sheet = Memo::new(move |_| {
        app.document.track();
        retrospectives::shown(app)
    });
    view! {
        <h2 class="panel-title">"Retrospective"</h2>
        <Show when=move || sheet.with(Option::is_none)>
            <p class="muted">
                "From an event to the structure behind it, in about an hour, and without blame: \
                 what happened, what varied, the loops, a leverage point, an experiment."
            </p>
            <button
                class="button button-primary retro-start"
                on:click=move |_| retrospectives::begin(app)
            >
                "Start a retrospective"
            </button>
        </Show>
        <For each=move || sheet.get() key=|id| *id let:id>
            <Sheet id/>
        </For>
    }
}

/// The sheet: which one, where there are several, and its steps.
#[component]
fn Sheet(id: Id) -> impl IntoView {
    let app = use_app();
    let sheets = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let sheets = core.editor.document().retrospectives_in_order().into_iter();
            let named = sheets.zip(1..).map(|((id, sheet), number)| {
                let name = match sheet.event.trim() {
                    "" => format!("Retrospective {number}"),
                    event => event.to_owned(),
                };
                (id.to_string(), name)
            });
            named.collect::<Vec<_>>()
        })
    });
    let choose = move |value: String| {
        if let Ok(id) = value.parse() {
            app.sheet.update(|choice| choice.sheet = Some(id));
        }
    };
    let name = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let sheet = core.editor.document().retrospectives().get(&id);
            sheet.map_or_else(String::new, |sheet| in_sentence(&sheet.event))
        })
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let by = match key_name(&event).as_str() {
            "PageDown" if event.alt_key() => StepMove::Later,
            "PageUp" if event.alt_key() => StepMove::Earlier,
            _ => return,
        };
        event.prevent_default();
        retrospectives::go_by(app, by);
    };
    view! {
        <Show when=move || sheets.with(Vec::len) != 1>
            <Choice
                options=sheets
                chosen=id.to_string()
                keep=choose
                attr:aria-label="Which retrospective"
            />
        </Show>
        <ol class="retro-steps" aria-label="Steps of the retrospective" on:keydown=on_key>
            {SheetStep::ALL.map(|step| view! { <Step id step/> }).collect_view()}
        </ol>
        <div class="retro-whole">
            <button class="button button-plain" on:click=move |_| retrospectives::begin(app)>
                <Icon picture=icondata_lu::LuPlus/>
                "Another retrospective"
            </button>
            <span class="spacer"></span>
            <IconButton
                picture=icondata_lu::LuTrash2
                name=move || format!("Remove the retrospective {}", name.get())
                title="Remove this retrospective"
                on:click=move |_| retrospectives::remove_sheet(app, id)
            />
        </div>
    }
}
