//! The presentation: the diagram over the whole window, the title of the document, and below the
//! diagram the step that is told.

mod controls;
mod hands;
mod pointer;
mod told;
mod words;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

use self::controls::{Controls, Quiet};
use self::hands::Hands;
use self::pointer::{Pointer, PointerLayer};
use self::told::Told;
use crate::app::dispatch::{act, dispatch};
use crate::app::services::present;
use crate::app::state::{App, use_app};
use crate::editor::{Action, Event, PresentInput, Presenting, ToldStep};
use crate::model::Rect;

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
    let told = Memo::new(move |_| told_of(app));
    let moment = app.run_choice.with_untracked(|choice| choice.moment);
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |before: Option<bool>| {
        if before.is_none() && section.get().is_some() {
            present::entered();
            return true;
        }
        before.unwrap_or_default()
    });
    on_cleanup(move || {
        present::restore_moment(app, moment);
        present::left(app);
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
            <Room/>
            <Told told/>
            <Controls told/>
            <PointerLayer pointer/>
        </section>
    }
}

/// The part of the window that is left for the diagram.
#[component]
fn Room() -> impl IntoView {
    let app = use_app();
    let room = NodeRef::<html::Div>::new();
    let watched: StoredValue<Option<Watched>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            tell_room(app, &room);
            watched.set_value(Watched::new(app, room.unchecked_into()));
        }
    });
    on_cleanup(move || watched.set_value(None));
    view! { <div class="present-room" node_ref=room></div> }
}

fn tell_room(app: App, room: &HtmlElement) {
    let [left, top, width, height] = [
        room.offset_left(),
        room.offset_top(),
        room.offset_width(),
        room.offset_height(),
    ]
    .map(f64::from);
    let room = Rect {
        left,
        top,
        right: left + width.max(1.0),
        bottom: top + height.max(1.0),
    };
    dispatch(app, Event::Present(PresentInput::Room(room)));
}

/// An element whose size is watched, for as long as this is kept.
struct Watched {
    observer: ResizeObserver,
    _changed: Closure<dyn Fn()>,
}

impl Watched {
    fn new(app: App, room: HtmlElement) -> Option<Self> {
        let watched = room.clone();
        let changed = Closure::<dyn Fn()>::new(move || tell_room(app, &watched));
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(&room);
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Who leaves the whole screen by the browser's own key ends the presentation.
fn end_with_the_whole_screen(app: App) {
    let had = StoredValue::new(present::has_whole_screen());
    let changed = window_event_listener_untyped("fullscreenchange", move |_| {
        let has = present::has_whole_screen();
        let had = had.try_update_value(|had| std::mem::replace(had, has));
        if had == Some(true) && !has {
            act(app, Action::EndPresenting);
        }
    });
    on_cleanup(move || changed.remove());
}
