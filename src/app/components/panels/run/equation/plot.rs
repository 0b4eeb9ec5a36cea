//! The plot of a table, whose points are dragged, or moved by keys.

use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::Element;

use crate::app::browser::{focus_soon, key_name, pointing};
use crate::editor::{PlotFrame, PointerKind, moved_point, nudged_point, plot_handles};
use crate::model::TablePoint;

/// The size of the picture, in its own units.
const SIZE: (f64, f64) = (300.0, 180.0);

/// The handle of the chosen point.
pub const CHOSEN: &str = ".plot-point[tabindex=\"0\"]";

/// The plot. Without anybody to hear of changes it is only looked at.
#[component]
pub fn Plot(
    /// The points.
    #[prop(into)]
    points: Signal<Vec<TablePoint>>,
    /// The point that has the focus, or gets it.
    chosen: RwSignal<usize>,
    /// Hears of points that were moved.
    #[prop(optional, into)]
    keep: Option<Callback<Vec<TablePoint>>>,
    /// Hears of a point that is to go.
    #[prop(optional, into)]
    remove: Option<Callback<usize>>,
) -> impl IntoView {
    // What is being moved, in a frame that does not move along.
    let draft = RwSignal::new(None::<(PlotFrame, Vec<TablePoint>)>);
    let dragged = RwSignal::new(None::<usize>);
    let picture = NodeRef::<html::Div>::new();
    let now = Memo::new(move |_| match draft.get() {
        Some((frame, points)) => (frame, points),
        None => {
            let points = points.get();
            (PlotFrame::around(&points), points)
        }
    });
    let finish = move || {
        dragged.set(None);
        // It may come once the plot is gone.
        let Some((_, moved)) = draft.try_get_untracked().flatten() else {
            return;
        };
        if let Some(keep) = keep.filter(|_| points.with_untracked(|points| *points != moved)) {
            keep.run(moved);
        }
        draft.set(None);
    };
    // Keys are done; a drag ends with its pointer, whatever gets the focus.
    let settle = move || {
        if dragged.try_get_untracked().flatten().is_none() {
            finish();
        }
    };
    let begin = move |place: usize, event: &ev::PointerEvent| {
        if keep.is_none() {
            return;
        }
        chosen.set(place);
        dragged.set(Some(place));
        draft.set(Some(now.get_untracked()));
        if let Some(picture) = picture.get_untracked() {
            let picture: &Element = picture.as_ref();
            // Fails where the pointer is gone already.
            let _ = picture.set_pointer_capture(event.pointer_id());
        }
    };
    let drag = move |event: ev::PointerEvent| {
        let (Some(place), Some(picture)) = (dragged.get_untracked(), picture.get_untracked())
        else {
            return;
        };
        let picture: &Element = picture.as_ref();
        let bounds = picture.get_bounding_client_rect();
        let share = |at: i32, start: f64, size: f64| (f64::from(at) - start) / size.max(1.0);
        let across = share(event.client_x(), bounds.left(), bounds.width()).clamp(0.0, 1.0);
        let down = share(event.client_y(), bounds.top(), bounds.height()).clamp(0.0, 1.0);
        draft.update(|draft| {
            if let Some((frame, points)) = draft {
                *points = moved_point(points, place, frame.point_at((across, down)));
            }
        });
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let place = chosen.get_untracked();
        let last = now.with_untracked(|now| now.1.len()).saturating_sub(1);
        let much = if event.shift_key() { 10.0 } else { 1.0 };
        let by = match key_name(&event).as_str() {
            "ArrowLeft" => (-much, 0.0),
            "ArrowRight" => (much, 0.0),
            "ArrowUp" => (0.0, much),
            "ArrowDown" => (0.0, -much),
            "PageDown" => return turn_to(&event, chosen, (place + 1).min(last)),
            "PageUp" => return turn_to(&event, chosen, place.saturating_sub(1)),
            "Home" => return turn_to(&event, chosen, 0),
            "End" => return turn_to(&event, chosen, last),
            "Delete" | "Backspace" => {
                if let Some(remove) = remove {
                    remove.run(place);
                }
                event.prevent_default();
                event.stop_propagation();
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let (frame, points) = now.get_untracked();
        let moved = nudged_point(&points, place, frame, by);
        draft.set(Some((frame, moved)));
    };
    let line = move || {
        now.with(|(frame, points)| {
            let at = points.iter().map(|point| {
                let (x, y) = place_of(*frame, *point);
                format!("{x:.1},{y:.1}")
            });
            at.collect::<Vec<_>>().join(" ")
        })
    };
    let ends = move || {
        now.with(|(frame, points)| {
            let [first, last] = [points.first(), points.last()]
                .map(|point| point.map(|point| point.0.to_string()).unwrap_or_default());
            let _ = frame;
            (first, last)
        })
    };
    let zero = move || {
        now.with(|(frame, _)| {
            let (_, y) = place_of(*frame, (0.0, 0.0));
            (0.0..=SIZE.1).contains(&y).then_some(y)
        })
    };
    // As many as can be hit; a key makes another point the chosen one, which has one always.
    let handles = Memo::new(move |_| {
        let apart = match pointing() {
            PointerKind::Fine => 24.0,
            PointerKind::Touch => 44.0,
        };
        points.with(|points| {
            let frame = PlotFrame::around(points);
            plot_handles(points, frame, SIZE, apart, chosen.get())
        })
    });
    let hidden = move || points.with(Vec::len).saturating_sub(handles.with(Vec::len));
    let can_move = keep.is_some();
    view! {
        <div
            class="plot"
            class:plot-dragged=move || dragged.get().is_some()
            dir="ltr"
            node_ref=picture
            role="group"
            aria-label="Plot of the table"
            on:pointermove=drag
            on:pointerup=move |_| finish()
            on:pointercancel=move |_| {
                draft.set(None);
                dragged.set(None);
            }
        >
            <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) aria-hidden="true">
                {move || {
                    zero().map(|y| view! { <line class="plot-zero" x1="0" x2=SIZE.0 y1=y y2=y/> })
                }}
                <polyline class="plot-line" points=line/>
            </svg>
            <Show when=move || can_move>
                <For each=move || handles.get() key=|place| *place let:place>
                    <Handle place now chosen begin=move |(place, event)| begin(place, &event) on_key=move |event| on_key(event) finish=move |()| settle()/>
                </For>
            </Show>
        </div>
        <div class="plot-ends muted" dir="ltr" aria-hidden="true">
            <span>{move || ends().0}</span>
            <span>"x"</span>
            <span>{move || ends().1}</span>
        </div>
        <Show when=move || can_move>
            <p class="muted plot-keys">
                "Drag a point, or move it by the arrow keys. Page Up and Page Down go to another one, Delete removes it."
                {move || match hidden() {
                    0 => String::new(),
                    hidden => format!(" {hidden} points stand too near to others to be dragged: keys reach them all."),
                }}
            </p>
        </Show>
    }
}

/// Where a point is in the picture.
fn place_of(frame: PlotFrame, point: TablePoint) -> (f64, f64) {
    let (across, down) = frame.share_of(point);
    (across * SIZE.0, down * SIZE.1)
}

fn turn_to(event: &ev::KeyboardEvent, chosen: RwSignal<usize>, place: usize) {
    event.prevent_default();
    event.stop_propagation();
    chosen.set(place);
    // It may get its handle by being chosen.
    focus_soon(CHOSEN);
}

/// A point that can be taken.
#[component]
fn Handle(
    place: usize,
    now: Memo<(PlotFrame, Vec<TablePoint>)>,
    chosen: RwSignal<usize>,
    #[prop(into)] begin: Callback<(usize, ev::PointerEvent)>,
    #[prop(into)] on_key: Callback<ev::KeyboardEvent>,
    #[prop(into)] finish: Callback<()>,
) -> impl IntoView {
    let point = move || {
        now.with(|(frame, points)| {
            let point = points.get(place).copied().unwrap_or_default();
            (point, frame.share_of(point))
        })
    };
    view! {
        <div
            class="plot-point"
            id=format!("plot-point-{place}")
            role="slider"
            tabindex=move || if chosen.get() == place { "0" } else { "-1" }
            aria-label=format!("Point {}", place + 1)
            aria-valuenow=move || point().0.1.to_string()
            aria-valuemin=move || now.with(|now| now.0.y.0).to_string()
            aria-valuemax=move || now.with(|now| now.0.y.1).to_string()
            aria-orientation="vertical"
            aria-valuetext=move || {
                let (x, y) = point().0;
                format!("x {x}, y {y}")
            }
            style:left=move || format!("{:.2}%", point().1.0 * 100.0)
            style:top=move || format!("{:.2}%", point().1.1 * 100.0)
            on:focus=move |_| chosen.set(place)
            on:pointerdown=move |event: ev::PointerEvent| begin.run((place, event))
            on:keydown=move |event: ev::KeyboardEvent| on_key.run(event)
            on:keyup=move |_| finish.run(())
            on:blur=move |_| finish.run(())
        ></div>
    }
}
