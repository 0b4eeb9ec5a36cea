//! How many loops there are, whether that is all, and how the listing of them goes.

use super::follow;
use crate::app::plain::{Tag, nothing, show, tag, text_of, together, view_of};
use crate::app::services::worker;
use crate::app::state::App;
use crate::app::text::{grouped, grouped_digits};
use crate::causal::{Completeness, LoopReport};
use crate::worker::{Certainty, CountWords, Drive, Listing, ListingState};
use leptos::prelude::*;

/// The word for loops with a link whose sign is not known.
const UNDETERMINED: &str = "undetermined";

/// How many loops there are, and of which kinds.
pub fn summary(app: App) -> Tag {
    let report = follow(app, |report| (report.counts, report.completeness));
    // What was counted to the last comes before what was found so far.
    let counts = move || {
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
    };
    let total = move || {
        app.document.track();
        let links = app.with(|core| core.editor.document().links().len());
        let counts = counts();
        match (counts.certainty, counts.total.as_str()) {
            (Certainty::Exact, "0") if links == 0 => {
                "No links yet. A loop is a way along links that comes back to where it began."
                    .to_owned()
            }
            (Certainty::Exact, "0") => {
                "No loops yet: no way along the links comes back to where it began.".to_owned()
            }
            (Certainty::Exact, "1") => "1 loop".to_owned(),
            (Certainty::Exact, total) => format!("{} loops", grouped_digits(total)),
            (Certainty::AtLeast, total) => format!("at least {} loops", grouped_digits(total)),
        }
    };
    let kind = move |class: &'static str, number: fn(&CountWords) -> &str, word: &'static str| {
        let words = move || match number(&counts()) {
            // What nobody doubts is not mentioned.
            "0" if word == UNDETERMINED => String::new(),
            number => format!("{} {word}", grouped_digits(number)),
        };
        tag("span").class(class).text(text_of(words))
    };
    let kinds = move || {
        tag("p")
            .class("loops-kinds")
            .child(kind(
                "kind kind-reinforcing",
                |counts| &counts.reinforcing,
                "reinforcing",
            ))
            .child(kind(
                "kind kind-balancing",
                |counts| &counts.balancing,
                "balancing",
            ))
            .child(kind(
                "kind kind-undetermined",
                |counts| &counts.undetermined,
                UNDETERMINED,
            ))
            .view()
    };
    let listing = view_of(move || match app.listing.get() {
        Some(listing) => together(vec![listing_line(app, &listing).view()]),
        None if report.get().1 != Completeness::Exact => tag("p")
            .class("searching")
            .with("role", "status")
            .text("Counting…")
            .view(),
        None => nothing(),
    });
    tag("div")
        .class("loops-summary")
        .child(
            tag("p")
                .class("loops-total")
                .with("id", "loops-total")
                .text(text_of(total)),
        )
        .child(show(move || counts().total != "0", kinds))
        .child(listing)
}

/// How the listing goes, with what can be done about it.
fn listing_line(app: App, listing: &Listing) -> Tag {
    let listed = grouped(listing.listed);
    let to = match listing.complete_to {
        0 => String::new(),
        1 => ", all of 1 link".to_owned(),
        links => format!(", all of up to {links} links"),
    };
    let words = match listing.state {
        ListingState::Running => format!("Listing: {listed} so far{to}."),
        ListingState::Paused => format!("Paused: {listed} are listed{to}."),
        ListingState::Stopped => format!("Stopped: {listed} are listed{to}; the rest is counted."),
        ListingState::Full => {
            format!("The list has room for {listed}, the shortest; the rest is counted{to}.")
        }
        ListingState::Done => "Every loop is listed.".to_owned(),
    };
    let button = |words: &'static str, drive: Drive| {
        tag("button")
            .class("button button-small")
            .press(move || worker::drive_search(app, drive))
            .text(words)
    };
    let buttons = match listing.state {
        ListingState::Running => vec![button("Pause", Drive::Pause), button("Stop", Drive::Stop)],
        ListingState::Paused => vec![button("Go on", Drive::Resume), button("Stop", Drive::Stop)],
        ListingState::Stopped => vec![button("Go on", Drive::Resume)],
        ListingState::Full | ListingState::Done => Vec::new(),
    };
    tag("p")
        .class("searching")
        .with("id", "listing")
        .child(tag("span").with("role", "status").text(words))
        .children(buttons)
}

/// Whether the report lists so few loops that filters are of no use.
pub fn is_short(report: &LoopReport) -> bool {
    report.lists_all() && report.loops.len() < 2
}
