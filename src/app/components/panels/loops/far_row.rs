//! A row of the list of loops that is too long for the page.

use leptos::prelude::*;

use crate::app::dispatch::dispatch;
use crate::app::state::{App, LoopPart, use_app};
use crate::app::text::counted;
use crate::causal::LoopPolarity;
use crate::editor::Event;
use crate::model::{Delay, Document, LoopKey, in_sentence};
use crate::scene::MAXIMUM_BADGES;
use crate::worker::LoopRow;

/// The row at a place of the list, if it is among those at hand.
fn row_at((window, _, rows): &LoopPart, place: u64) -> Option<&LoopRow> {
    rows.get(place.checked_sub(window.first)? as usize)
}

/// The loop of a row.
fn key_of(row: &LoopRow) -> LoopKey {
    LoopKey::new(row.links.iter().copied())
}

/// The loop at a place of the list, if it is among those at hand.
pub fn loop_at(app: App, place: u64) -> Option<LoopKey> {
    app.window
        .with_untracked(|part| row_at(part.as_ref()?, place).map(key_of))
}

/// Chooses the loop at a place of the list, or lets it go.
pub fn choose(app: App, place: u64, chosen: Memo<Option<LoopKey>>) {
    let key = loop_at(app, place);
    let next = if chosen.get_untracked() == key {
        None
    } else {
        key
    };
    dispatch(app, Event::ChooseLoop(next));
}

/// A loop as its row shows it.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    key: LoopKey,
    code: String,
    polarity: LoopPolarity,
    delay: Delay,
    length: usize,
    /// Its variables.
    words: String,
}

impl Told {
    fn of(app: App, row: &LoopRow) -> Self {
        let key = key_of(row);
        let (code, words) = app.with(|core| {
            let loops = &core.editor.report().loops;
            // A loop with a badge on the canvas has its number here too.
            let mut badged = loops.iter().take(MAXIMUM_BADGES);
            let code = badged
                .find(|named| named.key == key)
                .map(|named| named.code.clone());
            let code = code.unwrap_or_else(|| row.polarity.letter().to_string());
            (code, names(core.editor.document(), row))
        });
        Self {
            key,
            code,
            polarity: row.polarity,
            delay: row.delay,
            length: row.links.len(),
            words,
        }
    }

    const fn class(&self) -> &'static str {
        match self.polarity {
            LoopPolarity::Reinforcing => "far-row loop-reinforcing",
            LoopPolarity::Balancing => "far-row loop-balancing",
            LoopPolarity::Undetermined => "far-row loop-undetermined",
        }
    }

    /// What a screen reader says of it at a place of the list.
    fn label(&self, place: u64) -> String {
        format!(
            "Loop {}, {}, {}{}: {}",
            place + 1,
            self.polarity.word(),
            counted(self.length, "link"),
            match self.delay {
                Delay::Delayed => ", delayed",
                Delay::None => "",
            },
            self.words
        )
    }

    fn length(&self) -> String {
        let delayed = match self.delay {
            Delay::Delayed => " ‖",
            Delay::None => "",
        };
        format!("{}{delayed}", self.length)
    }
}

/// A row at a place of a list of so many, also while its loop is not at hand yet.
#[component]
pub fn FarRow(
    /// Its place, counted from zero.
    place: u64,
    /// How many loops the list has.
    total: Memo<u64>,
    /// The loop that a person has chosen.
    chosen: Memo<Option<LoopKey>>,
    /// The row that keys have come to.
    current: RwSignal<u64>,
) -> impl IntoView {
    let app = use_app();
    let told = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        app.window.with(|part| {
            let row = row_at(part.as_ref()?, place)?;
            Some(Told::of(app, row))
        })
    });
    let class = move || {
        let class = told.with(|told| told.as_ref().map_or("far-row", Told::class));
        let here = current.get() == place;
        format!("{class}{}", if here { " far-current" } else { "" })
    };
    let is_chosen = move || {
        told.with(|told| {
            told.as_ref()
                .is_some_and(|told| chosen.with(|chosen| chosen.as_ref() == Some(&told.key)))
        })
    };
    let part = move |part: fn(&Told) -> String| told.with(|told| told.as_ref().map(part));
    let take = move |_| {
        if told.with_untracked(Option::is_some) {
            current.set(place);
            choose(app, place, chosen);
        }
    };
    let point = move |_| {
        if let Some(key) = loop_at(app, place) {
            dispatch(app, Event::PointAtLoop(Some(key)));
        }
    };
    view! {
        <div
            class=class
            role="option"
            id=format!("far-{}", place + 1)
            aria-posinset=(place + 1).to_string()
            aria-setsize=move || total.get().to_string()
            aria-label=move || told.with(|told| told.as_ref().map(|told| told.label(place)))
            aria-selected=move || is_chosen().to_string()
            on:click=take
            on:pointerenter=point
        >
            <Show when=move || told.with(Option::is_some) fallback=|| "…">
                <span class="far-code">{move || part(|told| told.code.clone())}</span>
                <span class="far-words">{move || part(|told| told.words.clone())}</span>
                <span class="far-length" title="How many links">
                    {move || part(Told::length)}
                </span>
            </Show>
        </div>
    }
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
