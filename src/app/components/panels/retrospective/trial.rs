//! The experiments of a retrospective: a row for each, and the fields of the one that is open.

use leptos::prelude::*;

use super::experiment::Fields;
use super::lines::lines;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::panels::ordered::{Handle, On, Order, OrderedRow};
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::model::Id;
use crate::story::{gone_of_experiment, hypothesis};

/// What the ids of the handles begin with.
const HANDLES: &str = "retro-trial";

/// The experiments, and the button for a further one.
#[component]
pub fn Trials(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let order = lines(".retro-trial-head", HANDLES, move |document| {
        let all = document.experiments_of(id).into_iter();
        all.map(|(id, _)| id).collect()
    });
    let rows = order.rows;
    view! {
        <ol class="retro-lines" aria-label="Experiments">
            <For each=move || rows.get() key=|id| *id let:experiment>
                <Row sheet=id id=experiment order/>
            </For>
        </ol>
        <button
            class="button retro-wide"
            id="retro-trial-new"
            on:click=move |_| retrospectives::add_trial(app, id)
        >
            <Icon picture=icondata_lu::LuFlaskConical/>
            {move || match rows.with(Vec::is_empty) {
                true => "Write down an experiment",
                false => "Another experiment",
            }}
        </button>
    }
}

/// An experiment in a sentence, and its fields while it is open.
#[component]
fn Row(sheet: Id, id: Id, order: Order) -> impl IntoView {
    let app = use_app();
    let place = order.place(id);
    let said = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let one = document.experiments().get(&id)?;
            let gone = gone_of_experiment(document, one);
            Some((hypothesis(one), one.state.words(), gone))
        })
    });
    let words = move || {
        let words = said.with(|said| said.as_ref().map(|said| said.0.clone()));
        match words.unwrap_or_default().as_str() {
            "" => "Nothing is written down yet".to_owned(),
            words => words.to_owned(),
        }
    };
    let state = move || said.with(|said| said.as_ref().map(|said| said.1));
    let is_open = Memo::new(move |_| app.sheet.with(|choice| choice.experiment == Some(id)));
    let toggle = move |_| {
        let next = (!is_open.get_untracked()).then_some(id);
        app.sheet.update(|choice| choice.experiment = next);
    };
    view! {
        <OrderedRow order id class:story-step-open=move || is_open.get()>
            <div class="retro-trial-head">
                <Handle order id name=move || format!("Move experiment {}", place.get() + 1)/>
                <button
                    class="story-row"
                    id=format!("retro-trial-row-{id}")
                    aria-expanded=move || is_open.get().to_string()
                    aria-keyshortcuts="Alt+Shift+ArrowUp Alt+Shift+ArrowDown"
                    on:click=toggle
                    on:keydown=move |event| {
                        let focus = format!("#retro-trial-row-{id}");
                        order.on_key(app, id, &event, On::Words, focus);
                    }
                >
                    <span class="story-words">
                        <span class="retro-sentence" dir="auto">{words}</span>
                        <span class="story-shows">{state}</span>
                        {move || {
                            let gone = said.with(|said| said.as_ref().and_then(|s| s.2.clone()));
                            gone.map(|words| {
                                view! {
                                    <span class="story-gone">
                                        <Icon picture=icondata_lu::LuTriangleAlert/>
                                        {words}
                                    </span>
                                }
                            })
                        }}
                    </span>
                </button>
                <IconButton
                    picture=icondata_lu::LuX
                    name=move || format!("Remove experiment {}", place.get() + 1)
                    title="Remove"
                    on:click=move |_| {
                        retrospectives::remove(app, id, HANDLES, "#retro-trial-new");
                    }
                />
            </div>
            <Show when=move || is_open.get()>
                <Fields sheet id/>
            </Show>
        </OrderedRow>
    }
}
