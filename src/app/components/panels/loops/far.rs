//! A list of loops too long for the page: only what is in sight is there, the rest is in the
//! worker.

use leptos::prelude::*;
use leptos::{ev, html};

use super::far_row::{FarRow, choose, loop_at};
use super::list::{LoopFields, NoLoop, chosen};
use crate::app::browser::{key_name, pointing};
use crate::app::dispatch::dispatch;
use crate::app::services::worker;
use crate::app::state::{App, use_app};
use crate::editor::{Event, PointerKind};
use crate::model::LoopKey;
use crate::worker::{LoopWindow, Request};

/// How many rows are on the page.
const SHOWN: u64 = 40;
/// How many rows are asked for at once.
const PART: u64 = 240;
/// The tallest that browsers make an element, with room to spare, in CSS pixels; a list beyond it
/// scrolls faster than its rows are high.
const TALLEST: f64 = 12.0e6;

/// How high a row is, in CSS pixels: more where fingers point.
fn row_height() -> f64 {
    match pointing() {
        PointerKind::Touch => 44.0,
        PointerKind::Fine => 32.0,
    }
}

/// How high the list is as a whole, in CSS pixels.
fn height_of(total: u64) -> f64 {
    (total as f64 * row_height()).min(TALLEST)
}

/// Where the list stands: how far it is scrolled, and which of its rows is current.
#[derive(Clone, Copy)]
struct Standing {
    /// The element that scrolls; in it is room for all rows.
    scroller: NodeRef<html::Div>,
    /// How many loops the list has.
    total: Memo<u64>,
    /// How far it is scrolled, and how much of it is seen, in CSS pixels.
    top: RwSignal<(f64, f64)>,
    /// Which row is at the upper edge, with its fraction: at the end of the way the last row is at
    /// the lower edge, however much faster than its rows the list scrolls.
    first: Memo<f64>,
    /// The row that keys have come to.
    current: RwSignal<u64>,
    /// The row that was chosen by a key before its loop was at hand.
    awaited: RwSignal<Option<u64>>,
    /// The loop that a person has chosen.
    chosen: Memo<Option<LoopKey>>,
}

impl Standing {
    fn new(app: App) -> Self {
        let total = Memo::new(move |_| {
            app.window
                .with(|part| part.as_ref().map_or(0, |(_, total, _)| *total))
        });
        let top = RwSignal::new((0.0_f64, 320.0_f64));
        let first = Memo::new(move |_| {
            let (at, seen) = top.get();
            let total = total.get();
            let way = (height_of(total) - seen).max(1.0);
            let last = (total as f64 - seen / row_height()).max(0.0);
            (at / way).min(1.0) * last
        });
        Self {
            scroller: NodeRef::new(),
            total,
            top,
            first,
            current: RwSignal::new(0),
            awaited: RwSignal::new(None),
            chosen: chosen(app),
        }
    }

    /// Goes back to the first row.
    fn restart(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
        self.top.update(|(at, _)| *at = 0.0);
        self.current.set(0);
        self.awaited.set(None);
    }

    /// The list was scrolled.
    fn scrolled(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            let seen = f64::from(scroller.client_height());
            self.top.set((f64::from(scroller.scroll_top()), seen));
        }
    }

    /// Chooses the loop of a row or lets it go, as soon as it is at hand.
    fn choose(self, app: App, place: u64) {
        let is_here = loop_at(app, place).is_some();
        self.awaited.set((!is_here).then_some(place));
        if is_here {
            choose(app, place, self.chosen);
        }
    }

    /// Goes to a row, and scrolls just so far that it is in sight.
    fn go_to(self, place: u64) {
        let total = self.total.get_untracked();
        let place = place.min(total.saturating_sub(1));
        self.current.set(place);
        let (_, seen) = self.top.get_untracked();
        let rows = (seen / row_height()).floor();
        let at = self.first.get_untracked();
        let place = place as f64;
        let wanted = if place < at {
            place
        } else if place > at + rows - 1.0 {
            place + 1.0 - rows
        } else {
            return;
        };
        let last = (total as f64 - seen / row_height()).max(1.0);
        let way = height_of(total) - seen;
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top((wanted / last * way).ceil() as i32);
        }
    }
}

/// The list.
#[component]
pub fn FarList() -> impl IntoView {
    let app = use_app();
    let standing = Standing::new(app);
    ask_for_rows(app, standing.first);
    // Another filter is another list, and so is what is looked for once the diagram has changed.
    let filter = Memo::new(move |_| app.filter.get());
    let is_looking = Memo::new(move |_| app.window.with(Option::is_none));
    Effect::new(move |_| {
        filter.track();
        is_looking.track();
        standing.restart();
    });
    // A key is quicker than the worker: what it chose is chosen once its loop has come.
    Effect::new(move |_| {
        app.window.track();
        if let Some(place) = standing.awaited.get() {
            standing.choose(app, place);
        }
    });
    let Standing {
        scroller,
        total,
        top,
        first,
        current,
        chosen,
        ..
    } = standing;
    let shown = Memo::new(move |_| {
        let from = first.get() as u64;
        from..(from + SHOWN).min(total.get())
    });
    let is_empty = move || {
        app.window
            .with(|part| part.as_ref().is_some_and(|(_, total, _)| *total == 0))
    };
    let at = move || {
        let aside = first.get().fract() * row_height();
        format!("{:.1}px", top.get().0 - aside)
    };
    view! {
        <div>
            <Show when=move || is_looking.get()>
                <p class="muted" role="status">
                    "Working…"
                </p>
            </Show>
            <Show when=is_empty>
                <NoLoop/>
            </Show>
            // By which loop it is: what is typed belongs to one.
            <For each=move || chosen.get() key=Clone::clone let:key>
                <div class="chosen-loop">
                    <LoopFields key/>
                </div>
            </For>
            <div
                class="far"
                id="far"
                role="listbox"
                tabindex="0"
                aria-activedescendant=move || format!("far-{}", current.get() + 1)
                aria-label=move || match total.get() {
                    1 => "1 loop".to_owned(),
                    count => format!("{count} loops"),
                }
                node_ref=scroller
                on:keydown=move |event| on_key(app, standing, &event)
                on:blur=move |_| dispatch(app, Event::PointAtLoop(None))
                on:scroll=move |_| standing.scrolled()
                on:pointerleave=move |_| dispatch(app, Event::PointAtLoop(None))
            >
                <div
                    class="far-room"
                    role="presentation"
                    style:height=move || format!("{:.0}px", height_of(total.get()))
                ></div>
                <div class="far-rows" role="presentation" style:top=at>
                    <For each=move || shown.get() key=|place| *place let:place>
                        <FarRow place total chosen current/>
                    </For>
                </div>
            </div>
        </div>
    }
}

/// Asks the worker for the rows around the first one in sight: again when it has more of them.
fn ask_for_rows(app: App, first: Memo<f64>) {
    let wanted = Memo::new(move |_| {
        let first = (first.get() as u64).saturating_sub(PART / 3);
        LoopWindow {
            filter: app.filter.get(),
            // In steps, so that not every pixel asks anew.
            first: first - first % 40,
            count: PART,
        }
    });
    Effect::new(move |_| {
        app.loops.track();
        app.listing.track();
        worker::request(app, Request::Loops(wanted.get()));
    });
}

/// Arrows, pages, Home and End go from row to row; Enter and the space bar choose one.
fn on_key(app: App, standing: Standing, event: &ev::KeyboardEvent) {
    let Standing { top, current, .. } = standing;
    let now = current.get_untracked();
    let page = (top.get_untracked().1 / row_height()) as u64;
    let key = key_name(event);
    let next = match key.as_str() {
        "ArrowDown" => Some(now + 1),
        "ArrowUp" => Some(now.saturating_sub(1)),
        "PageDown" => Some(now + page),
        "PageUp" => Some(now.saturating_sub(page)),
        "Home" => Some(0),
        "End" => Some(u64::MAX),
        "Enter" | " " => None,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    match next {
        Some(next) => {
            standing.awaited.set(None);
            standing.go_to(next);
            let here = loop_at(app, current.get_untracked());
            dispatch(app, Event::PointAtLoop(here));
        }
        None => standing.choose(app, now),
    }
}
