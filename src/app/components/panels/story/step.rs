//! The fields of the step that is open: its texts, what it shows, and what can be done with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;

use super::figures::Figures;
use super::loops::LitLoops;
use super::marks::{Marks, Selected};
use crate::app::components::field::{InputField, TextArea};
use crate::app::components::icon::IconButton;
use crate::app::components::words::words;
use crate::app::dispatch::dispatch;
use crate::app::services::{run, run_moment, step_pictures, stories};
use crate::app::state::{App, Side, use_app};
use crate::editor::{Event, StepPlace, StepText, without_gone, write_step};
use crate::model::{Id, StoryStep};
use crate::story::gone;

/// The fields of a step.
#[component]
pub fn StepEditor(
    /// The step.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let step = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().story_steps().get(&id).cloned())
    });
    show_moment(app, id, step);
    view! {
        <div class="story-fields">
            <Texts id step/>
            <Shown id/>
            <Selected id step/>
            <LitLoops id step/>
            <Marks id step/>
            <Figures id step/>
            <Gone id/>
            <Doing id step/>
        </div>
    }
}

/// Shows the time of the run that the step has while it is on the canvas, as it will be told.
fn show_moment(app: App, id: Id, step: Memo<Option<StoryStep>>) {
    let moment = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        let on_canvas = app.with(|core| core.editor.step_on_canvas().map(|(id, _)| id));
        let moment = step.with(|step| step.as_ref().and_then(|step| step.moment));
        moment.filter(|_| on_canvas == Some(id))
    });
    Effect::new(move |_| {
        app.document.track();
        if moment.get().is_some() {
            run::refresh(app);
        }
    });
    // Whether it is this step that shows a run: at the end the canvas may have another already.
    let shows = Arc::new(AtomicBool::new(false));
    let shown = Arc::clone(&shows);
    Effect::new(move |_| {
        app.run.track();
        let moment = moment.get();
        if shown.swap(moment.is_some(), Ordering::Relaxed) || moment.is_some() {
            run_moment::look_at_time(app, moment);
        }
    });
    on_cleanup(move || {
        // With the panel of runs open, it says what is shown.
        if shows.load(Ordering::Relaxed) && app.side.get_untracked() != Some(Side::Run) {
            run_moment::look_at(app, None);
        }
    });
}

/// A text of a step, as a signal.
fn text(step: Memo<Option<StoryStep>>, of: fn(&StoryStep) -> &String) -> Signal<String> {
    Signal::derive(move || {
        step.with(|step| step.as_ref().map(|step| of(step).clone()))
            .unwrap_or_default()
    })
}

/// What is told, and what only the speaker sees.
#[component]
fn Texts(id: Id, step: Memo<Option<StoryStep>>) -> impl IntoView {
    let app = use_app();
    let keep = move |of: StepText| {
        move |typed: String| stories::change(app, |document| write_step(document, id, of, &typed))
    };
    let said = text(step, |step| &step.words);
    view! {
        <label class="story-field">
            <span>"Title"</span>
            <InputField
                value=text(step, |step| &step.title)
                keep=keep(StepText::Title)
                attr:class="field"
                attr:id=format!("story-title-{id}")
                attr:autocomplete="off"
                attr:maxlength="500"
            />
        </label>
        <label class="story-field">
            <span>"Words"</span>
            <TextArea
                value=said
                keep=keep(StepText::Words)
                attr:class="field"
                attr:rows="4"
                attr:maxlength="20000"
                attr:aria-describedby="story-signs"
            />
        </label>
        <p class="story-hint" id="story-signs">
            "**bold**, *italics*, - lists, [words](https://…)"
        </p>
        <Show when=move || said.with(|said| !said.trim().is_empty())>
            <div class="story-preview" role="group" aria-label="How the words look">
                {move || said.with(|said| words(said).into_any())}
            </div>
        </Show>
        <label class="story-field">
            <span>"Notes for the speaker"</span>
            <TextArea
                value=text(step, |step| &step.notes)
                keep=keep(StepText::Notes)
                attr:class="field"
                attr:rows="2"
                attr:maxlength="20000"
            />
        </label>
    }
}

/// Whether the step is on the canvas, and the button that makes it show what is seen.
#[component]
fn Shown(id: Id) -> impl IntoView {
    let app = use_app();
    let is_shown = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| {
            let step = core.editor.step_on_canvas();
            step.is_some_and(|(step, _)| step == id)
        })
    });
    let toggle = move |_| {
        let step = (!is_shown.get_untracked()).then_some(id);
        dispatch(app, Event::ShowStep(step));
    };
    view! {
        <div class="story-buttons">
            <button
                class="button"
                aria-pressed=move || is_shown.get().to_string()
                on:click=toggle
            >
                "Show on the canvas"
            </button>
            <button class="button" on:click=move |_| stories::show_seen(app, id)>
                "Show what I see now"
            </button>
        </div>
    }
}

/// What is gone of the step, and the way to forget it.
#[component]
fn Gone(id: Id) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let step = document.story_steps().get(&id)?;
            gone(document, step).words()
        })
    });
    let forget = move |_| stories::change(app, |document| without_gone(document, id));
    view! {
        <Show when=move || words.with(Option::is_some)>
            <div class="story-part">
                <p>{move || words.get()}</p>
                <button class="button" on:click=forget>
                    "Forget what is gone"
                </button>
            </div>
        </Show>
    }
}

/// What can be done with the step as a whole.
#[component]
fn Doing(id: Id, step: Memo<Option<StoryStep>>) -> impl IntoView {
    let app = use_app();
    let insert = move |_| {
        if let Some(story) = step.with_untracked(|step| step.as_ref().map(|step| step.story)) {
            stories::add_seen(app, story, StepPlace::After(id));
        }
    };
    view! {
        <div class="story-buttons">
            <button class="button" on:click=insert>
                "Insert after"
            </button>
            <span class="spacer"></span>
            <IconButton
                picture=icondata_lu::LuImage
                name="Save this step as a picture"
                title="Save this step as a picture"
                on:click=move |_| step_pictures::save_step(app, id)
            />
            <IconButton
                picture=icondata_lu::LuCopy
                name="Duplicate this step"
                title="Duplicate"
                on:click=move |_| stories::duplicate(app, id)
            />
            <IconButton
                picture=icondata_lu::LuTrash2
                name="Remove this step"
                title="Remove"
                on:click=move |_| stories::remove(app, id)
            />
        </div>
    }
}
