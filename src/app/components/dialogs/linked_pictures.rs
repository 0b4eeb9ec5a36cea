//! Pictures beside each other that are moved and made larger together.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::app::browser::key_press;
use crate::app::components::icon::Icon;
use crate::app::components::report::PictureView;
use crate::app::components::size::follow_size;
use crate::model::{Point, Vector};
use crate::scene::{LinkedView, ViewStep};
use crate::worker::Picture;

/// What the group says of itself.
const LABEL: &str = "Both maps. Arrow keys move them, plus and minus zoom, 0 shows them whole.";

/// Pointers that hold the pictures, each with where it is in its frame.
type Held = Vec<(i32, Point)>;

/// The pictures, each under its heading.
#[component]
pub fn LinkedPictures(
    /// Pictures of one size.
    pictures: Memo<Vec<Picture>>,
    /// Their size, in units of their own.
    page: Memo<Vector>,
) -> impl IntoView {
    let first = NodeRef::<html::Div>::new();
    let size = RwSignal::new(Vector::new(1.0, 1.0));
    let view = RwSignal::new(LinkedView::new(page.get_untracked()));
    // Other pictures are shown whole; pictures of the same stay where they are.
    Effect::new(move |_| view.set(LinkedView::new(page.get()).framed(size.get_untracked())));
    Effect::new(move |_| {
        let size = size.get();
        view.update(|view| *view = view.framed(size));
    });
    Effect::new(move |_| {
        if let Some(frame) = first.get() {
            follow_size(&frame, size);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let press = key_press(&event);
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if let Some(step) = ViewStep::of_key(&press.key) {
            event.prevent_default();
            view.update(|view| *view = view.stepped(step));
        }
    };
    let map = move |(place, picture): (usize, Picture)| {
        let own = if place == 0 { first } else { NodeRef::new() };
        view! {
            <figure class="compared">
                <figcaption dir="auto">{picture.name.clone()}</figcaption>
                <Frame picture page view node_ref=own/>
            </figure>
        }
    };
    view! {
        <div class="compared-tools" role="group" aria-label="Zoom of both maps">
            {[
                (ViewStep::Farther, "Zoom out", icondata_lu::LuMinus),
                (ViewStep::Nearer, "Zoom in", icondata_lu::LuPlus),
                (ViewStep::Whole, "Show both whole", icondata_lu::LuMaximize),
            ]
                .map(|(step, words, picture)| {
                    view! {
                        <button
                            class="icon-button"
                            aria-label=words
                            data-tip=words
                            on:click=move |_| view.update(|view| *view = view.stepped(step))
                        >
                            <Icon picture/>
                        </button>
                    }
                })}
        </div>
        <div
            class="compared-row"
            id="compared"
            tabindex="0"
            role="group"
            aria-label=LABEL
            on:keydown=on_key
        >
            {move || pictures.get().into_iter().enumerate().map(map).collect_view()}
        </div>
    }
}

/// A picture in its frame.
#[component]
fn Frame(
    picture: Picture,
    page: Memo<Vector>,
    view: RwSignal<LinkedView>,
    node_ref: NodeRef<html::Div>,
) -> impl IntoView {
    let held: StoredValue<Held> = StoredValue::new(Vec::new());
    let down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(frame) = frame_of(&event) {
            // Fails only for a pointer that is gone already.
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        held.update_value(|held| held.push((event.pointer_id(), place(&event))));
    };
    let moves = move |event: ev::PointerEvent| {
        let before = held.get_value();
        held.update_value(|held| {
            let own = held.iter_mut().find(|(id, _)| *id == event.pointer_id());
            if let Some((_, at)) = own {
                *at = place(&event);
            }
        });
        let after = held.get_value();
        if before != after {
            let points = |held: &Held| held.iter().map(|(_, at)| *at).collect::<Vec<Point>>();
            view.update(|view| *view = view.dragged(&points(&before), &points(&after)));
        }
    };
    let up = move |event: ev::PointerEvent| {
        held.update_value(|held| held.retain(|(id, _)| *id != event.pointer_id()));
    };
    let wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        // Lines and pages as pixels.
        let unit = match event.delta_mode() {
            0 => 1.0,
            1 => 16.0,
            _ => 400.0,
        };
        let at = place(&event);
        view.update(|view| *view = view.wheeled(event.delta_y() * unit, at));
    };
    let pixels = |length: f64| format!("{length:.2}px");
    view! {
        <div
            class="compared-frame"
            node_ref=node_ref
            on:pointerdown=down
            on:pointermove=moves
            on:pointerup=up
            on:pointercancel=up
            on:wheel=wheel
        >
            <PictureView
                picture
                attr:draggable="false"
                style:width=move || pixels(page.get().x * view.get().zoom())
                style:height=move || pixels(page.get().y * view.get().zoom())
                style:left=move || pixels(view.get().pan().x)
                style:top=move || pixels(view.get().pan().y)
            />
        </div>
    }
}

fn frame_of(event: &ev::PointerEvent) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}

/// Where the pointer is in the frame that listens, in CSS pixels.
fn place(event: &ev::MouseEvent) -> Point {
    let target = event.current_target();
    let frame = target.and_then(|target| target.dyn_into::<Element>().ok());
    let corner = frame.map_or((0.0, 0.0), |frame| {
        let rect = frame.get_bounding_client_rect();
        (rect.left(), rect.top())
    });
    Point::new(
        f64::from(event.client_x()) - corner.0,
        f64::from(event.client_y()) - corner.1,
    )
}
