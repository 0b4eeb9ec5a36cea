//! A step in the list: its handle, its number, what it is called, what it shows, what is gone of it.

use leptos::ev;
use leptos::prelude::*;

use super::drag::{self, Dragged};
use super::step::StepEditor;
use crate::app::browser::key_name;
use crate::app::components::icon::{Icon, IconButton};
use crate::app::services::{panels, stories};
use crate::app::state::{App, use_app};
use crate::editor::StepMove;
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

/// Which way a key moves a row. On the handle the arrows alone do.
fn moved_by(event: &ev::KeyboardEvent, on: On) -> Option<StepMove> {
    let is_asked = on == On::Handle || event.alt_key() && event.shift_key();
    match key_name(event).as_str() {
        "ArrowUp" if is_asked => Some(StepMove::Earlier),
        "ArrowDown" if is_asked => Some(StepMove::Later),
        _ => None,
    }
}

/// What of a row has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    /// What it is dragged by.
    Handle,
    /// What opens it.
    Words,
}

/// One step, and the fields of the one that is open.
#[component]
pub fn Row(
    /// The step.
    id: Id,
    /// All steps of the story.
    steps: Memo<Vec<Id>>,
    /// What is being dragged.
    drag: RwSignal<Option<Dragged>>,
) -> impl IntoView {
    let app = use_app();
    let place = Memo::new(move |_| {
        let at = steps.with(|steps| steps.iter().position(|one| *one == id));
        at.unwrap_or_default()
    });
    let said = Memo::new(move |_| {
        app.document.track();
        said(app, id, place.get() + 1).unwrap_or_default()
    });
    let name = move || said.with(|said| isolated(&said.name).into_owned());
    let is_open = Memo::new(move |_| app.open_step.get() == Some(id));
    let is_last = move || place.get() + 1 == steps.with(Vec::len);
    let before = Memo::new(move |_| drag.get().map(|dragged| dragged.before));
    let is_dragged = move || drag.get().is_some_and(|dragged| dragged.step == id);
    let toggle = move |_| match is_open.get_untracked() {
        true => stories::close(app),
        false => stories::open(app, id),
    };
    let on_key = move |event: ev::KeyboardEvent, on: On| {
        if key_name(&event) == "Escape" && drag.get_untracked().is_some() {
            event.prevent_default();
            drag.set(None);
            return;
        }
        let Some(by) = moved_by(&event, on) else {
            return;
        };
        event.prevent_default();
        stories::step_by(app, id, by);
        // A row that is put elsewhere on the page loses the focus.
        panels::focus_later(match on {
            On::Handle => format!("#story-handle-{id}"),
            On::Words => format!("#story-row-{id}"),
        });
    };
    view! {
        <li
            class="story-step"
            class:story-step-open=move || is_open.get()
            class:story-step-dragged=is_dragged
            class:story-drop-before=move || before.get() == Some(place.get())
            class:story-drop-after=move || is_last() && before.get() == Some(place.get() + 1)
        >
            <div class="story-step-head">
                <IconButton
                    picture=icondata_lu::LuGripVertical
                    name=move || format!("Move step {}: {}", place.get() + 1, name())
                    title="Drag to move, or press ↑ or ↓"
                    attr:id=format!("story-handle-{id}")
                    class:story-handle=true
                    on:keydown=move |event| on_key(event, On::Handle)
                    on:pointerdown=move |event| {
                        drag::begin(drag, &event, id, place.get_untracked());
                    }
                    on:pointermove=move |event| drag::follow(drag, &event)
                    on:pointerup=move |_| drag::drop(app, drag)
                    on:pointercancel=move |_| drag.set(None)
                />
                <button
                    class="story-row"
                    id=format!("story-row-{id}")
                    aria-expanded=move || is_open.get().to_string()
                    aria-keyshortcuts="Alt+Shift+ArrowUp Alt+Shift+ArrowDown"
                    on:keydown=move |event| on_key(event, On::Words)
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
        </li>
    }
}
