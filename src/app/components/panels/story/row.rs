//! A step in the list: its handle, its number, what it is called, what it shows, what is gone of it.

use leptos::prelude::*;

use super::step::StepEditor;
use crate::app::components::icon::Icon;
use crate::app::components::panels::ordered::{Handle, On, Order, OrderedRow};
use crate::app::services::stories;
use crate::app::state::{App, use_app};
use crate::model::{Id, isolated};
use crate::story::{gone, shows_words, step_name};

/// What a row says of its step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    name: String,
    shows: String,
    gone: Option<String>,
}

fn said(app: App, id: Id, number: usize) -> Option<Said> {
    app.with(|core| {
        let document = core.editor.document();
        let step = document.story_steps().get(&id)?;
        Some(Said {
            name: step_name(step, number),
            shows: shows_words(document, step),
            gone: gone(document, step).words(),
        })
    })
}

/// One step, and the fields of the one that is open.
#[component]
pub fn Row(
    /// The step.
    id: Id,
    /// The steps of the story.
    order: Order,
) -> impl IntoView {
    let app = use_app();
    let place = order.place(id);
    let said = Memo::new(move |_| {
        app.document.track();
        said(app, id, place.get() + 1).unwrap_or_default()
    });
    let name = move || said.with(|said| isolated(&said.name).into_owned());
    let is_open = Memo::new(move |_| app.open_step.get() == Some(id));
    let toggle = move |_| match is_open.get_untracked() {
        true => stories::close(app),
        false => stories::open(app, id),
    };
    view! {
        <OrderedRow
            order
            id
            class:story-step=true
            class:story-step-open=move || is_open.get()
        >
            <div class="story-step-head">
                <Handle
                    order
                    id
                    name=move || format!("Move step {}: {}", place.get() + 1, name())
                />
                <button
                    class="story-row"
                    id=format!("story-row-{id}")
                    aria-expanded=move || is_open.get().to_string()
                    aria-keyshortcuts="Alt+Shift+ArrowUp Alt+Shift+ArrowDown"
                    on:keydown=move |event| {
                        order.on_key(app, id, &event, On::Words, format!("#story-row-{id}"));
                    }
                    on:click=toggle
                >
                    <span class="story-number">{move || place.get() + 1}</span>
                    <span class="story-words">
                        <span class="story-title" dir="auto">
                            {move || said.with(|said| said.name.clone())}
                        </span>
                        <span class="story-shows">{move || said.with(|said| said.shows.clone())}</span>
                        {move || {
                            let gone = said.with(|said| said.gone.clone());
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
            </div>
            <Show when=move || is_open.get()>
                <StepEditor id/>
            </Show>
        </OrderedRow>
    }
}
