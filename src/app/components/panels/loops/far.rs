//! A list of loops too long for the page: only what is in sight is there, the rest is in the
//! workbench.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::list;
use crate::app::browser::key_name;
use crate::app::dispatch::dispatch;
use crate::app::plain::{Line, Place, Tag, effect, lines, show, tag, text_of};
use crate::app::services::worker;
use crate::app::state::App;
use crate::causal::LoopPolarity;
use crate::editor::Event;
use crate::model::{Delay, Document, LoopKey, in_sentence};
use crate::scene::MAXIMUM_BADGES;
use crate::workbench::{LoopRow, LoopWindow, Request};

/// How many rows are on the page.
const SHOWN: u64 = 40;
/// How many rows are asked for at once.
const PART: u64 = 240;
/// The tallest that browsers make an element, with room to spare, in CSS pixels; a list beyond it
/// scrolls faster than its rows are high.
const TALLEST: f64 = 12.0e6;

/// How high a row is, in CSS pixels: more where fingers point.
fn row_height() -> f64 {
    let query = crate::app::browser::window().match_media("(pointer: coarse)");
    match query {
        Ok(Some(query)) if query.matches() => 44.0,
        _ => 32.0,
    }
}

/// How high the list is as a whole, in CSS pixels.
fn height_of(total: u64) -> f64 {
    (total as f64 * row_height()).min(TALLEST)
}

/// The list.
pub fn list(app: App) -> AnyView {
    let total = Memo::new(move |_| app.window.get().map_or(0, |(_, total, _)| total));
    let scroller = Place::new();
    // How far it is scrolled, and how much of it is seen.
    let top = RwSignal::new((0.0_f64, 320.0_f64));
    let height = move || height_of(total.get());
    // The row that keys have come to.
    let current = RwSignal::new(0_u64);
    // Which row is at the upper edge, with its fraction: at the end of the way the last row is at
    // the lower edge, however much faster than its rows the list scrolls.
    let first = Memo::new(move |_| {
        let (at, seen) = top.get();
        let way = (height() - seen).max(1.0);
        let last = (total.get() as f64 - seen / row_height()).max(0.0);
        (at / way).min(1.0) * last
    });
    let wanted = Memo::new(move |_| {
        app.loops.track();
        app.listing.track();
        let first = (first.get() as u64).saturating_sub(PART / 3);
        LoopWindow {
            filter: app.filter.get(),
            // In steps, so that not every pixel asks anew.
            first: first - first % 40,
            count: PART,
        }
    });
    effect(move || {
        app.listing.track();
        worker::request(app, Request::Loops(wanted.get()));
    });
    // Another filter is another list.
    let filter = Memo::new(move |_| app.filter.get());
    effect(move || {
        filter.with(|_| ());
        if let Some(scroller) = scroller.now::<Element>() {
            scroller.set_scroll_top(0);
        }
        top.update(|(at, _)| *at = 0.0);
        current.set(0);
    });
    let chosen = Memo::new(move |_| {
        app.selection.track();
        app.loops.track();
        app.with(|core| core.editor.chosen_loop().cloned())
    });
    let rows = lines(move || {
        let Some((window, total, rows)) = app.window.get() else {
            return Vec::new();
        };
        let from = first.get() as u64;
        let shown = from..(from + SHOWN).min(total);
        shown
            .map(|place| {
                let row = place
                    .checked_sub(window.first)
                    .and_then(|at| rows.get(at as usize).cloned());
                let at = (place, total);
                Line {
                    key: format!("{at:?} {row:?}"),
                    view: Box::new(move || row_view(app, at, row.as_ref(), chosen, current)),
                }
            })
            .collect()
    });
    let none = move || app.window.get().is_some_and(|(_, total, _)| total == 0);
    let looking = move || app.window.get().is_none();
    let go_to = move |place: u64| {
        let place = place.min(total.get_untracked().saturating_sub(1));
        current.set(place);
        let (_, seen) = top.get_untracked();
        let rows = (seen / row_height()).floor();
        let at = first.get_untracked();
        let place = place as f64;
        // Just so far that the row is in sight.
        let wanted = if place < at {
            place
        } else if place > at + rows - 1.0 {
            place + 1.0 - rows
        } else {
            return;
        };
        let last = (total.get_untracked() as f64 - seen / row_height()).max(1.0);
        let way = height_of(total.get_untracked()) - seen;
        if let Some(scroller) = scroller.now::<Element>() {
            scroller.set_scroll_top((wanted / last * way).ceil() as i32);
        }
    };
    let on_key = move |event: web_sys::Event| {
        let now = current.get_untracked();
        let page = (top.get_untracked().1 / row_height()) as u64;
        let key = key_name(&event);
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
                go_to(next);
                let here = loop_at(app, current.get_untracked());
                dispatch(app, Event::PointAtLoop(here));
            }
            None => choose(app, now, chosen),
        }
    };
    let room = tag("div")
        .class("far-room")
        .with("role", "presentation")
        .style("height", text_of(move || format!("{:.0}px", height())));
    let at = move || {
        let aside = first.get().fract() * row_height();
        format!("{:.1}px", top.get().0 - aside)
    };
    let list = tag("div")
        .class("far")
        .with("id", "far")
        .with("role", "listbox")
        .with("tabindex", "0")
        .with(
            "aria-activedescendant",
            text_of(move || format!("far-{}", current.get() + 1)),
        )
        .label(text_of(move || format!("{} loops", total.get())))
        .at(scroller)
        .on("keydown", on_key)
        .on("blur", move |_| dispatch(app, Event::PointAtLoop(None)))
        .on("scroll", move |event| {
            if let Some(scroller) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
                let seen = f64::from(scroller.client_height());
                top.set((f64::from(scroller.scroll_top()), seen));
            }
        })
        .on("pointerleave", move |_| {
            dispatch(app, Event::PointAtLoop(None));
        })
        .child(room)
        .child(
            tag("div")
                .class("far-rows")
                .with("role", "presentation")
                .style("top", text_of(at))
                .child(rows),
        );
    let waiting = || {
        tag("p")
            .class("muted")
            .with("role", "status")
            .text("Looking…")
            .view()
    };
    tag("div")
        .child(show(looking, waiting))
        .child(show(none, move || list::no_loop(app)))
        .child(show(
            move || chosen.get().is_some(),
            move || list::chosen_loop(app, chosen),
        ))
        .child(list)
        .view()
}

/// The loop at a place of the list, if it is among those at hand.
fn loop_at(app: App, place: u64) -> Option<LoopKey> {
    let (window, _, rows) = app.window.get_untracked()?;
    let row = rows.get(place.checked_sub(window.first)? as usize)?;
    Some(LoopKey::new(row.links.iter().copied()))
}

/// Chooses the loop at a place of the list, or lets it go.
fn choose(app: App, place: u64, chosen: Memo<Option<LoopKey>>) {
    let key = loop_at(app, place);
    let next = if chosen.get_untracked() == key {
        None
    } else {
        key
    };
    dispatch(app, Event::ChooseLoop(next));
}

/// A row at a place of a list of so many.
fn row_view(
    app: App,
    (place, total): (u64, u64),
    row: Option<&LoopRow>,
    chosen: Memo<Option<LoopKey>>,
    current: RwSignal<u64>,
) -> AnyView {
    let number = place + 1;
    let option = |class: &'static str| {
        tag("div")
            .class(text_of(move || {
                let here = current.get() == place;
                format!("{class}{}", if here { " far-current" } else { "" })
            }))
            .with("role", "option")
            .with("id", format!("far-{number}"))
            .with("aria-posinset", number.to_string())
            .with("aria-setsize", total.to_string())
    };
    let Some(row) = row else {
        let row = option("far-row").with("aria-selected", "false");
        return row.text("…").view();
    };
    let key = LoopKey::new(row.links.iter().copied());
    let (code, words) = app.with(|core| {
        let loops = &core.editor.report().loops;
        // A loop with a badge on the canvas has its number here too.
        let badged = loops.iter().take(MAXIMUM_BADGES);
        let code = badged
            .filter(|named| named.key == key)
            .map(|named| named.code.clone())
            .next();
        let code = code.unwrap_or_else(|| row.polarity.letter().to_string());
        (code, names(core.editor.document(), row))
    });
    let (same, point) = (key.clone(), key);
    let class = match row.polarity {
        LoopPolarity::Reinforcing => "far-row loop-reinforcing",
        LoopPolarity::Balancing => "far-row loop-balancing",
        LoopPolarity::Undetermined => "far-row loop-undetermined",
    };
    let is_chosen = move || {
        chosen
            .with(|chosen| chosen.as_ref() == Some(&same))
            .to_string()
    };
    let (delayed, spoken_delay) = match row.delay {
        Delay::Delayed => (" ‖", ", delayed"),
        Delay::None => ("", ""),
    };
    option(class)
        .label(format!(
            "Loop {number}, {}, {} links{spoken_delay}: {words}",
            row.polarity.word(),
            row.links.len()
        ))
        .with("aria-selected", text_of(is_chosen))
        .press(move || {
            current.set(place);
            choose(app, place, chosen);
        })
        .on("pointerenter", move |_| {
            dispatch(app, Event::PointAtLoop(Some(point.clone())));
        })
        .child(tag("span").class("far-code").text(code))
        .child(tag("span").class("far-words").text(words))
        .child(far_length(row.links.len(), delayed))
        .view()
}

fn far_length(links: usize, delayed: &'static str) -> Tag {
    tag("span")
        .class("far-length")
        .title("How many links")
        .text(format!("{links}{delayed}"))
}

/// The variables of a loop, in the order of travel.
fn names(document: &Document, row: &LoopRow) -> String {
    let names = row.links.iter().filter_map(|id| {
        let link = document.links().get(id)?;
        Some(in_sentence(&document.variables().get(&link.from)?.name))
    });
    let names: Vec<String> = names.collect();
    names.join(" → ")
}
