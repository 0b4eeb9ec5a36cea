//! The room that is left for the diagram, below or beside the words: where it becomes larger.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{Event, PresentInput, ToldStep};
use crate::model::{Rect, Vector};
use crate::worker::ToldFigure;

/// What the presentation has while its words stand beside the diagram.
const ASIDE: &str = "present-aside";
/// How many times as large the diagram must become for the words to change sides: what jumps to and fro
/// is hard to follow.
const WORTH_IT: f64 = 1.15;

/// The part of the window that is left for the diagram.
#[component]
pub fn Room(
    /// What is told.
    told: Memo<Option<ToldStep>>,
    /// The figures beside it.
    figures: Memo<Vec<ToldFigure>>,
) -> impl IntoView {
    let app = use_app();
    let room = NodeRef::<html::Div>::new();
    let watched: StoredValue<Option<Watched>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(room) = room.get() {
            tell_room(app, &room);
            watched.set_value(Watched::new(app, room.unchecked_into()));
        }
    });
    // After the words are on the page: an effect that was made later runs later.
    Effect::new(move |_| {
        told.track();
        figures.track();
        if let Some(room) = room.get() {
            choose_side(app, &room);
        }
    });
    on_cleanup(move || watched.set_value(None));
    view! { <div class="present-room" node_ref=room></div> }
}

/// Puts the words where the diagram becomes larger.
fn choose_side(app: App, room: &HtmlElement) {
    let Some(whole) = room.parent_element() else {
        return;
    };
    let is_aside = whole.class_list().contains(ASIDE);
    let zooms = [false, true].map(|aside| {
        put(&whole, aside);
        let size = Vector::new(room.offset_width().into(), room.offset_height().into());
        app.with(|core| core.editor.zoom_of_step_in(size))
    });
    let aside = match zooms {
        [Some(below), Some(beside)] if is_aside => below < beside * WORTH_IT,
        [Some(below), Some(beside)] => beside > below * WORTH_IT,
        [None, _] | [_, None] => false,
    };
    put(&whole, aside);
    tell_room(app, room);
}

fn put(whole: &Element, aside: bool) {
    // Fails for no such name.
    let _ = whole.class_list().toggle_with_force(ASIDE, aside);
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
        let changed = Closure::<dyn Fn()>::new(move || choose_side(app, &watched));
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
