//! A list of loops too long for the page: only what is in sight is there, the rest is in the
//! workbench.

use leptos::prelude::AnyView;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::list;
use crate::app::plain::{Known, Line, Place, Tag, Value, effect, lines, show, tag, text_of};
use crate::app::state::App;
use crate::editor::Event;
use crate::lean;
use crate::model::{Delay, Document, LoopKey, spoken};
use crate::workbench::{LoopRow, LoopWindow, Request};

/// How high a row is, in CSS pixels.
const ROW: f64 = 32.0;
/// How many rows are on the page.
const SHOWN: u64 = 40;
/// How many rows are asked for at once.
const PART: u64 = 240;
/// The tallest that browsers make an element, with room to spare, in CSS pixels; a list beyond it
/// scrolls faster than its rows are high.
const TALLEST: f64 = 12.0e6;

/// The list.
pub fn list(app: App) -> AnyView {
    let total = Known::new(move || app.window.get().map_or(0, |(_, total, _)| total));
    let scroller = Place::new();
    // How far it is scrolled, and how much of it is seen.
    let top = Value::new((0.0_f64, 320.0_f64));
    let height = move || (total.get() as f64 * ROW).min(TALLEST);
    // Which row is at the upper edge, with its fraction: at the end of the way the last row is at
    // the lower edge, however much faster than its rows the list scrolls.
    let first = Known::new(move || {
        let (at, seen) = top.get();
        let way = (height() - seen).max(1.0);
        let last = (total.get() as f64 - seen / ROW).max(0.0);
        (at / way).min(1.0) * last
    });
    let wanted = Known::new(move || {
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
        app.ask(Request::Loops(wanted.get()));
    });
    // Another filter is another list.
    let filter = Known::new(move || app.filter.get());
    effect(move || {
        filter.with(|_| ());
        if let Some(scroller) = scroller.now::<Element>() {
            scroller.set_scroll_top(0);
        }
        top.update(|(at, _)| *at = 0.0);
    });
    let chosen = Known::new(move || {
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
                let number = place + 1;
                Line {
                    key: format!("{number} {row:?}"),
                    view: Box::new(move || row_view(app, number, row.as_ref(), chosen)),
                }
            })
            .collect()
    });
    let none = move || app.window.get().is_some_and(|(_, total, _)| total == 0);
    let list = tag("div")
        .class("far")
        .with("id", "far")
        .with("role", "group")
        .label(text_of(move || format!("{} loops", total.get())))
        .at(scroller)
        .on("scroll", move |event| {
            if let Some(scroller) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
                let seen = f64::from(scroller.client_height());
                top.set((f64::from(scroller.scroll_top()), seen));
            }
        })
        .on("pointerleave", move |_| {
            app.dispatch(Event::PointAtLoop(None));
        })
        .child(tag("div").class("far-room").style(
            "height",
            text_of(move || format!("{}px", lean::Fixed(height(), 0))),
        ))
        .child(
            tag("div")
                .class("far-rows")
                .style(
                    "top",
                    text_of(move || {
                        let aside = first.get().fract() * ROW;
                        format!("{}px", lean::Fixed(top.get().0 - aside, 1))
                    }),
                )
                .child(rows),
        );
    tag("div")
        .child(show(none, || {
            tag("p")
                .class("muted")
                .text("No loop of the list is like this.")
                .view()
        }))
        .child(show(
            move || chosen.get().is_some(),
            move || list::chosen_loop(app, chosen),
        ))
        .child(list)
        .view()
}

fn row_view(
    app: App,
    number: u64,
    row: Option<&LoopRow>,
    chosen: Known<Option<LoopKey>>,
) -> AnyView {
    let Some(row) = row else {
        return tag("div").class("far-row").text("…").view();
    };
    let key = LoopKey::new(row.links.iter().copied());
    let words = app.with(|core| names(core.editor.document(), row));
    let (same, point, focus, choose) = (key.clone(), key.clone(), key.clone(), key);
    let class = match row.polarity {
        crate::causal::LoopPolarity::Reinforcing => "far-row loop-reinforcing",
        crate::causal::LoopPolarity::Balancing => "far-row loop-balancing",
        crate::causal::LoopPolarity::Undetermined => "far-row loop-undetermined",
    };
    let is_chosen = Known::new(move || chosen.with(|chosen| chosen.as_ref() == Some(&same)));
    let delayed = if row.delay == Delay::Delayed {
        " ‖"
    } else {
        ""
    };
    let loop_of = |at: Option<LoopKey>| {
        move |_: web_sys::Event| {
            app.dispatch(Event::PointAtLoop(at.clone()));
        }
    };
    tag("button")
        .class(class)
        .label(format!(
            "Loop {number}, {}, {} links: {words}",
            row.polarity.word(),
            row.links.len()
        ))
        .with("aria-pressed", text_of(move || is_chosen.get().to_string()))
        .press(move || {
            let next = (!is_chosen.get_untracked()).then(|| choose.clone());
            app.dispatch(Event::ChooseLoop(next));
        })
        .on("pointerenter", loop_of(Some(point)))
        .on("focus", loop_of(Some(focus)))
        .on("blur", loop_of(None))
        .child(
            tag("span")
                .class("far-code")
                .text(row.polarity.letter().to_string()),
        )
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
        Some(spoken(&document.variables().get(&link.from)?.name))
    });
    let names: Vec<String> = names.collect();
    names.join(" → ")
}
