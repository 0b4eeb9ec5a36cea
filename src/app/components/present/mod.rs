//! The presentation: the diagram over the whole window, the title of the document, and below the
//! diagram the step that is told.

mod controls;
mod hands;
mod pointer;
mod room;
mod told;

use leptos::prelude::*;
use leptos::{ev, html};

use self::controls::{Controls, Quiet};
use self::hands::Hands;
use self::pointer::{Pointer, PointerLayer};
use self::room::Room;
use self::told::{Told, figures_of};
use crate::app::dispatch::act;
use crate::app::services::{present, speaker};
use crate::app::state::{App, Page, use_app};
use crate::editor::{Action, Presenting, ToldStep};

/// What is presented, while something is.
#[component]
pub fn Present() -> impl IntoView {
    let app = use_app();
    let presents = Memo::new(move |_| {
        app.step.track();
        app.with(|core| core.editor.presenting().is_some())
    });
    view! {
        <Show when=move || presents.get()>
            <Presentation/>
        </Show>
    }
}

/// What is told of the step.
fn told_of(app: App) -> Option<ToldStep> {
    app.step.track();
    app.document.track();
    app.loops.track();
    app.with(|core| core.editor.told_step())
}

/// The whole of it.
#[component]
fn Presentation() -> impl IntoView {
    let app = use_app();
    speaker::begin(app);
    let told = Memo::new(move |_| told_of(app));
    let figures = Memo::new(move |_| figures_of(app));
    let moment = app.run_choice.with_untracked(|choice| choice.moment);
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |before: Option<bool>| {
        if before.is_none() && section.get().is_some() {
            present::entered(app);
            return true;
        }
        before.unwrap_or_default()
    });
    on_cleanup(move || {
        speaker::close(app);
        present::restore_moment(app, moment);
        present::left();
    });
    Effect::new(move |_| {
        app.step.track();
        if app.with(|core| {
            core.editor
                .presenting()
                .is_some_and(Presenting::wants_ticks)
        }) {
            present::tick_on(app);
        }
    });
    // What the worker knows follows the document, the moment follows the run.
    Effect::new(move |_| {
        app.document.track();
        present::ask_worker(app);
    });
    let place = Memo::new(move |_| told.with(|told| told.as_ref().map(|told| told.number)));
    Effect::new(move |_| {
        app.run.track();
        if place.get().is_some() {
            present::show_moment(app);
        }
    });
    tell_speaker(app, told);
    end_with_the_whole_screen(app);
    let hands = Hands::new(app);
    let quiet = Quiet::new();
    let pointer = Pointer::new(app);
    let document = move || told.with(|told| told.as_ref().map(|told| told.document.clone()));
    view! {
        <section
            id="present"
            class="present"
            class:present-quiet=move || quiet.holds()
            class:present-points=move || pointer.is_on()
            node_ref=section
            tabindex="-1"
            aria-label="Presentation"
            on:pointerdown=move |event| {
                pointer.moves(&event);
                hands.down(&event);
            }
            on:pointerup=move |event| {
                hands.up(&event);
                if event.pointer_type() == "touch" {
                    pointer.leave();
                }
            }
            on:pointercancel=move |event| {
                hands.lost(&event);
                pointer.leave();
            }
            on:pointermove=move |event| {
                quiet.stir();
                pointer.moves(&event);
            }
            on:pointerleave=move |_| pointer.leave()
            on:keydown=move |_| quiet.stir()
            on:contextmenu=move |event| event.prevent_default()
        >
            <p class="present-document" dir="auto">{document}</p>
            <Room told figures/>
            <Told told figures/>
            <Controls told/>
            <PointerLayer pointer/>
        </section>
    }
}

/// Tells the window with the notes what is told here, as soon as it changes, and that it is over when
/// the page goes.
fn tell_speaker(app: App, told: Memo<Option<ToldStep>>) {
    Effect::new(move |_| {
        told.track();
        // The notes are told to nobody else.
        app.document.track();
        app.theme.track();
        speaker::tell(app);
    });
    let goes = window_event_listener(ev::pagehide, move |_| speaker::end(app));
    let comes = window_event_listener(ev::pageshow, move |_| speaker::tell(app));
    on_cleanup(move || {
        goes.remove();
        comes.remove();
    });
}

/// Who leaves the whole screen by the browser's own key ends the presentation.
fn end_with_the_whole_screen(app: App) {
    let had = StoredValue::new(present::has_whole_screen());
    let changed = window_event_listener_untyped("fullscreenchange", move |_| {
        let has = present::has_whole_screen();
        let had = had.try_update_value(|had| std::mem::replace(had, has));
        if had == Some(true) && !has {
            // Unless it was given back for a window beside it, or by its button; a story that is told in a
            // frame goes on there.
            let goes_on = app.change(|core| std::mem::take(&mut core.keeps_presenting));
            if goes_on || app.page == Page::Embed {
                return;
            }
            act(app, Action::EndPresenting);
        }
    });
    on_cleanup(move || changed.remove());
}
