//! How many loops there are, whether that is all, and how the listing of them goes.

use leptos::prelude::*;

use super::follow;
use crate::app::services::worker;
use crate::app::state::use_app;
use crate::app::text::{grouped, grouped_digits};
use crate::causal::{Completeness, LoopReport};
use crate::worker::{Certainty, CountWords, Drive, Listing, ListingState};

/// The word for loops with a link whose sign is not known.
const UNSIGNED: &str = "unsigned";

/// A kind of loops: its classes, its word, and how many there are.
type Kind = (&'static str, &'static str, fn(&CountWords) -> &str);

const KINDS: [Kind; 3] = [
    ("kind kind-reinforcing", "reinforcing", |counts| {
        &counts.reinforcing
    }),
    ("kind kind-balancing", "balancing", |counts| {
        &counts.balancing
    }),
    ("kind kind-undetermined", UNSIGNED, |counts| {
        &counts.undetermined
    }),
];

/// How many loops there are, and of which kinds.
#[component]
pub fn Summary() -> impl IntoView {
    let app = use_app();
    let report = follow(app, |report| (report.counts, report.completeness));
    // What was counted to the last comes before what was found so far.
    let counts = Memo::new(move |_| {
        app.counts.get().unwrap_or_else(|| {
            let (counts, completeness) = report.get();
            CountWords {
                total: counts.total().to_string(),
                reinforcing: counts.reinforcing.to_string(),
                balancing: counts.balancing.to_string(),
                undetermined: counts.undetermined.to_string(),
                delayed: counts.delayed.to_string(),
                certainty: match completeness {
                    Completeness::Exact => Certainty::Exact,
                    Completeness::SoFar | Completeness::Saturated => Certainty::AtLeast,
                },
            }
        })
    });
    let any_links = Memo::new(move |_| {
        app.document.track();
        app.with(|core| !core.editor.document().links().is_empty())
    });
    let kind = move |(class, word, number): Kind| {
        let words = move || match counts.with(|counts| number(counts).to_owned()).as_str() {
            // What nobody doubts is not mentioned.
            "0" if word == UNSIGNED => String::new(),
            number => format!("{} {word}", grouped_digits(number)),
        };
        view! { <span class=class>{words}</span> }
    };
    let is_counting =
        move || app.listing.with(Option::is_none) && report.get().1 != Completeness::Exact;
    view! {
        <div class="loops-summary">
            <p class="loops-total" id="loops-total">
                {move || counts.with(|counts| total_in_words(counts, any_links.get()))}
            </p>
            <Show when=move || counts.with(|counts| counts.total != "0")>
                <p class="loops-kinds">{KINDS.map(kind).collect_view()}</p>
            </Show>
            <Show when=is_counting>
                <p class="searching" role="status">
                    "Counting…"
                </p>
            </Show>
            <Show when=move || app.listing.with(Option::is_some)>
                <ListingLine/>
            </Show>
        </div>
    }
}

/// How many loops there are.
fn total_in_words(counts: &CountWords, any_links: bool) -> String {
    match (counts.certainty, counts.total.as_str()) {
        (Certainty::Exact, "0") if any_links => {
            "No loops yet. Link an effect back to its cause.".to_owned()
        }
        (Certainty::Exact, "0") => {
            "No links yet. A loop is a path along links that leads back to its start.".to_owned()
        }
        (Certainty::Exact, "1") => "1 loop".to_owned(),
        (Certainty::Exact, total) => format!("{} loops", grouped_digits(total)),
        (Certainty::AtLeast, total) => format!("at least {} loops", grouped_digits(total)),
    }
}

/// How the listing goes, with what can be done about it.
#[component]
fn ListingLine() -> impl IntoView {
    let app = use_app();
    let state = Memo::new(move |_| {
        app.listing
            .with(|listing| listing.as_ref().map(|listing| listing.state))
    });
    let words = move || {
        app.listing
            .with(|listing| listing.as_ref().map(listing_in_words))
            .unwrap_or_default()
    };
    // The button that halts it and lets it go on again is one, so that the focus stays on it.
    let turn = Memo::new(move |_| match state.get()? {
        ListingState::Running => Some(("Pause", Drive::Pause)),
        ListingState::Paused | ListingState::Stopped => Some(("Resume", Drive::Resume)),
        ListingState::Full | ListingState::Done => None,
    });
    let turn_listing = move |_| {
        if let Some((_, drive)) = turn.get_untracked() {
            worker::drive_search(app, drive);
        }
    };
    let can_stop = move || {
        matches!(
            state.get(),
            Some(ListingState::Running | ListingState::Paused)
        )
    };
    view! {
        <p class="searching" id="listing">
            <span role="status">{words}</span>
            <Show when=move || turn.with(Option::is_some)>
                <button class="button button-small" on:click=turn_listing>
                    {move || turn.get().map(|(words, _)| words)}
                </button>
            </Show>
            <Show when=can_stop>
                <button
                    class="button button-small"
                    on:click=move |_| worker::drive_search(app, Drive::Stop)
                >
                    "Stop"
                </button>
            </Show>
        </p>
    }
}

/// How the listing goes.
fn listing_in_words(listing: &Listing) -> String {
    let listed = grouped(listing.listed);
    let to = match listing.complete_to {
        0 => String::new(),
        1 => ", all of 1 link".to_owned(),
        links => format!(", all of up to {links} links"),
    };
    match listing.state {
        ListingState::Running => format!("Listing: {listed} so far{to}."),
        ListingState::Paused => format!("Paused: {listed} are listed{to}."),
        ListingState::Stopped => format!("Stopped: {listed} are listed{to}; the rest are counted."),
        ListingState::Full => {
            format!("The {listed} shortest are listed; the rest are counted{to}.")
        }
        ListingState::Done => "Every loop is listed.".to_owned(),
    }
}

/// Whether the report lists so few loops that filters are of no use.
pub fn is_short(report: &LoopReport) -> bool {
    report.lists_all() && report.loops.len() < 2
}
