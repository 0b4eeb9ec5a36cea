//! Messages: shown for a while, or said to who cannot see the canvas.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::is_there;
use crate::app::state::{App, Offer, Toast, Tone};
use crate::format::OpeningReport;

/// How long a message stands, in milliseconds.
const STANDS: u32 = 9_000;

/// Says something to who cannot see the canvas.
pub fn announce(app: App, words: impl Into<String>) {
    app.said.set(words.into());
}

/// Shows a message.
pub fn show(
    app: App,
    words: impl Into<String>,
    tone: Tone,
    offers: impl IntoIterator<Item = Offer>,
) {
    show_details(app, words.into(), Vec::new(), tone, offers);
}

/// Shows a message that has more to tell to who asks; a single sentence more is told at once.
pub fn show_details(
    app: App,
    words: String,
    details: Vec<String>,
    tone: Tone,
    offers: impl IntoIterator<Item = Offer>,
) {
    add(
        app,
        Toast {
            number: 0,
            losses: Vec::new(),
            words,
            tone,
            details,
            offers: offers.into_iter().collect(),
        },
    );
}

/// Shows what became of a text that was opened: what was lost comes first and stays.
pub fn show_opening(app: App, report: OpeningReport) {
    add(
        app,
        Toast {
            number: 0,
            tone: match report.losses.is_empty() {
                true => Tone::Info,
                false => Tone::Loss,
            },
            losses: report.losses,
            words: report.summary,
            details: report.notes,
            offers: Vec::new(),
        },
    );
}

/// Shows a message under a number of its own.
fn add(app: App, mut toast: Toast) {
    if toast.details.len() == 1 {
        toast.words = format!("{} {}", toast.words, toast.details.concat());
        toast.details.clear();
    }
    // Never one that was there before: its time to go would be that of the other.
    let number = app.change(|core| {
        core.toasts += 1;
        core.toasts
    });
    toast.number = number;
    let stays = |offer: &Offer| matches!(offer, Offer::Reload | Offer::CompareBefore(_));
    let goes = toast.tone == Tone::Info && !toast.offers.iter().any(stays);
    app.toasts.update(|toasts| {
        // The same message twice says no more than once.
        toasts.retain(|other| other.words != toast.words);
        toasts.push(toast);
        let spare = toasts.len().saturating_sub(4);
        toasts.drain(..spare);
    });
    if goes {
        dismiss_in_time(app, number);
    }
}

/// Takes a message away after a while, but not from who reads its details.
fn dismiss_in_time(app: App, number: u64) {
    Timeout::new(STANDS, move || match is_there(".toast [open]") {
        true => dismiss_in_time(app, number),
        false => dismiss(app, number),
    })
    .forget();
}

/// Takes away what is offered about the last change, once there is another one.
pub fn forget_last_change(app: App) {
    let is_stale = |toast: &Toast| {
        toast.offers.iter().any(|offer| {
            matches!(
                offer,
                Offer::Undo
                    | Offer::Redo
                    | Offer::LinkInstead { .. }
                    | Offer::Lines(_)
                    | Offer::Present
            )
        })
    };
    if app
        .toasts
        .with_untracked(|toasts| toasts.iter().any(is_stale))
    {
        app.toasts
            .update(|toasts| toasts.retain(|toast| !is_stale(toast)));
    }
}

/// Takes a message away.
pub fn dismiss(app: App, number: u64) {
    app.toasts
        .update(|toasts| toasts.retain(|toast| toast.number != number));
}
