//! Rows of a list that people put in order: dragged by a handle with mouse, pen or finger, or moved
//! by keys.

use leptos::ev;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::app::browser::{boxes_of, focus_soon, key_name};
use crate::app::components::icon::IconButton;
use crate::app::state::{App, use_app};
use crate::editor::StepMove;
use crate::model::{Id, Rect};

/// A list in an order that people choose.
#[derive(Clone, Copy)]
pub struct Order {
    /// The rows, in their order.
    pub rows: Memo<Vec<Id>>,
    /// The selector of what of each row is as high whether the row is open or not.
    pub heads: &'static str,
    /// What the ids of the handles begin with.
    pub handles: &'static str,
    /// Moves a row by one place, and says where it is then.
    pub move_by: fn(App, Id, StepMove),
    /// Moves a row to a place among the others, counted from 0, and says where it is then.
    pub move_to: fn(App, Id, usize),
    /// What is being dragged.
    pub drag: RwSignal<Option<Dragged>>,
}

/// A row that is dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dragged {
    /// What the row is about.
    row: Id,
    /// Its place when the drag began, counted from 0.
    from: usize,
    /// Before which of the rows, counted as they stand, it would be dropped.
    before: usize,
}

impl Dragged {
    /// Its place among the others once it is dropped; none where it stays.
    const fn to(self) -> Option<usize> {
        match self.before {
            before if before == self.from || before == self.from + 1 => None,
            before if before > self.from => Some(before - 1),
            before => Some(before),
        }
    }
}

/// What of a row has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// What it is dragged by: the arrows alone move the row.
    Handle,
    /// Something else: the arrows move the row with Alt and Shift.
    Words,
}

/// Which way a key moves a row.
fn moved_by(event: &ev::KeyboardEvent, on: On) -> Option<StepMove> {
    let is_asked = on == On::Handle || event.alt_key() && event.shift_key();
    match key_name(event).as_str() {
        "ArrowUp" if is_asked => Some(StepMove::Earlier),
        "ArrowDown" if is_asked => Some(StepMove::Later),
        _ => None,
    }
}

impl Order {
    /// The place of a row, counted from 0.
    pub fn place(self, id: Id) -> Memo<usize> {
        Memo::new(move |_| {
            let rows = self.rows.get();
            rows.iter().position(|one| *one == id).unwrap_or_default()
        })
    }

    /// Takes a key of a row; `focus` gets the focus back, since a row that is put elsewhere on the
    /// page loses it.
    pub fn on_key(self, app: App, id: Id, event: &ev::KeyboardEvent, on: On, focus: String) {
        if key_name(event) == "Escape" && self.drag.get_untracked().is_some() {
            event.prevent_default();
            self.drag.set(None);
            return;
        }
        let Some(by) = moved_by(event, on) else {
            return;
        };
        event.prevent_default();
        (self.move_by)(app, id, by);
        focus_soon(focus);
    }

    /// Before which row a place is, in CSS pixels from the top of the window.
    fn row_at(self, y: f64) -> usize {
        let heads = boxes_of(self.heads);
        heads
            .iter()
            .position(|head: &Rect| y < head.center().y)
            .unwrap_or(heads.len())
    }

    /// Begins a drag: the handle keeps the pointer.
    fn begin(self, event: &ev::PointerEvent, row: Id, from: usize) {
        if event.button() != 0 {
            return;
        }
        let handle = event.current_target();
        if let Some(handle) = handle.and_then(|handle| handle.dyn_into::<Element>().ok()) {
            // Fails where the pointer is gone already.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        let before = from;
        self.drag.set(Some(Dragged { row, from, before }));
    }

    /// Follows the pointer.
    fn follow(self, event: &ev::PointerEvent) {
        if let Some(dragged) = self.drag.get_untracked() {
            let before = self.row_at(f64::from(event.client_y()));
            if before != dragged.before {
                self.drag.set(Some(Dragged { before, ..dragged }));
            }
        }
    }

    /// Drops the row where it is.
    fn drop(self, app: App) {
        let dragged = self.drag.get_untracked();
        self.drag.set(None);
        if let Some(dragged) = dragged
            && let Some(place) = dragged.to()
        {
            (self.move_to)(app, dragged.row, place);
        }
    }
}

/// A row: a line shows where one that is dragged would come.
#[component]
pub fn OrderedRow(
    /// The list.
    order: Order,
    /// What the row is about.
    id: Id,
    children: Children,
) -> impl IntoView {
    let place = order.place(id);
    let drag = order.drag;
    let before = Memo::new(move |_| drag.get().map(|dragged| dragged.before));
    let is_last = move || place.get() + 1 == order.rows.with(Vec::len);
    let is_dragged = move || drag.get().is_some_and(|dragged| dragged.row == id);
    view! {
        <li
            class="ordered-row"
            class:ordered-dragged=is_dragged
            class:ordered-drop-before=move || before.get() == Some(place.get())
            class:ordered-drop-after=move || is_last() && before.get() == Some(place.get() + 1)
        >
            {children()}
        </li>
    }
}

/// What a row is dragged by, and moved with the arrows.
#[component]
pub fn Handle(
    /// The list.
    order: Order,
    /// What the row is about.
    id: Id,
    /// What a screen reader says.
    #[prop(into)]
    name: TextProp,
) -> impl IntoView {
    let app = use_app();
    let own = format!("{}-{id}", order.handles);
    let place = order.place(id);
    let selector = format!("#{own}");
    view! {
        <IconButton
            picture=icondata_lu::LuGripVertical
            name
            title="Drag to move, or press ↑ or ↓"
            attr:id=own
            class:ordered-handle=true
            on:keydown=move |event| order.on_key(app, id, &event, On::Handle, selector.clone())
            on:pointerdown=move |event| order.begin(&event, id, place.get_untracked())
            on:pointermove=move |event| order.follow(&event)
            on:pointerup=move |_| order.drop(app)
            on:pointercancel=move |_| order.drag.set(None)
        />
    }
}
