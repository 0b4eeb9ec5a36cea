//! An experiment in a list: its handle, what it says, how far it is, and its fields while it is open.

use leptos::prelude::*;

use super::fields::Fields;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::panels::ordered::{Handle, On, Order, OrderedRow};
use crate::app::services::experiments;
use crate::app::state::use_app;
use crate::model::{ExperimentState, Id};
use crate::story::{gone_of_experiment, hypothesis};

/// What a row says of its experiment.
#[derive(Clone, PartialEq, Default)]
struct Said {
    words: String,
    state: ExperimentState,
    more: String,
    gone: Option<String>,
}

/// One experiment, and the fields of the one that is open.
#[component]
pub fn ExperimentRow(
    /// The sheet in which it is shown, if it is.
    sheet: Option<Id>,
    /// The experiment.
    id: Id,
    /// The list.
    order: Order,
    /// What gets the focus once the last one is removed.
    last: &'static str,
) -> impl IntoView {
    let app = use_app();
    let place = order.place(id);
    let said = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let one = document.experiments().get(&id)?;
            let words = match hypothesis(one).as_str() {
                "" => "Nothing is written down yet".to_owned(),
                words => words.to_owned(),
            };
            let mut more = vec![one.state.words().to_owned()];
            more.extend(one.verdict.map(|verdict| verdict.words().to_owned()));
            more.extend(Some(one.owner.trim().to_owned()).filter(|owner| !owner.is_empty()));
            let day = match one.state {
                ExperimentState::Planned => one.begins.map(|day| format!("from {day}")),
                ExperimentState::Running => one.ends.map(|day| format!("we look at it {day}")),
                ExperimentState::Ended => None,
            };
            more.extend(day);
            Some(Said {
                words,
                state: one.state,
                more: more.join(" · "),
                gone: gone_of_experiment(document, one),
            })
        })
    });
    let of = move |part: fn(&Said) -> String| said.with(|said| said.as_ref().map(part));
    let number = move || match sheet {
        Some(_) => format!("experiment {}", place.get() + 1),
        // In the panel each state has numbers of its own.
        None => {
            let state = said.with(|said| said.as_ref().map(|said| said.state));
            let state = state.unwrap_or_default().words();
            format!("{state} experiment {}", place.get() + 1)
        }
    };
    let is_open = Memo::new(move |_| app.open_experiment.get() == Some(id));
    let toggle = move |_| {
        let next = (!is_open.get_untracked()).then_some(id);
        app.open_experiment.set(next);
    };
    view! {
        <OrderedRow order id class:story-step-open=move || is_open.get()>
            <div class="retro-trial-head">
                <Handle order id name=move || format!("Move {}", number())/>
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
                        <span class="retro-sentence" dir="auto">
                            {move || of(|said| said.words.clone())}
                        </span>
                        <span class="story-shows">{move || of(|said| said.more.clone())}</span>
                        {move || {
                            let gone = said.with(|said| said.as_ref().and_then(|s| s.gone.clone()));
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
                    picture=icondata_lu::LuCopy
                    name=move || format!("Duplicate {}", number())
                    title="Duplicate, to try it once more"
                    on:click=move |_| experiments::duplicate(app, id)
                />
                <IconButton
                    picture=icondata_lu::LuX
                    name=move || format!("Remove {}", number())
                    title="Remove"
                    on:click=move |_| {
                        let rows = order.rows.get_untracked();
                        experiments::remove(app, id, &rows, order.handles, last);
                    }
                />
            </div>
            <Show when=move || is_open.get()>
                <Fields sheet id/>
            </Show>
        </OrderedRow>
    }
}
