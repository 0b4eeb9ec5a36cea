//! Short messages that stand for a while, some with something to do.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::is_there;
use crate::app::components::icon::icon;
use crate::app::plain::{Line, lines, tag};
use crate::app::state::{App, use_app};
use crate::format::OpeningReport;
use crate::model::Id;

/// How long a message stands, in milliseconds.
const STANDS: u32 = 9_000;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from others.
    pub number: u64,
    /// What was lost, in sentences; told before what happened.
    pub losses: Vec<String>,
    /// What happened.
    pub words: String,
    /// Whether something went wrong.
    pub tone: Tone,
    /// What there is to know about it beyond that, in sentences.
    pub details: Vec<String>,
    /// What can be done about it.
    pub offer: Option<Offer>,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// To be known; it goes by itself.
    News,
    /// Something was lost; it stays until it is closed, or another diagram is shown.
    Loss,
    /// Something went wrong; it stays until it is closed.
    Trouble,
}

/// What can be done about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Bring a deleted document back.
    Restore(Id),
    /// Take up a new version of the program.
    Reload,
    /// Download a text.
    Download {
        /// The button.
        label: String,
        /// The file.
        name: String,
        /// What is in it.
        text: String,
        /// Its media type.
        media_type: String,
    },
}

impl App {
    /// Shows a message.
    pub fn show(self, words: impl Into<String>, tone: Tone, offer: Option<Offer>) {
        self.tell_details(words.into(), Vec::new(), tone, offer);
    }

    /// Shows a message that has more to tell to who asks; a single sentence more is told at once.
    pub fn tell_details(
        self,
        words: String,
        details: Vec<String>,
        tone: Tone,
        offer: Option<Offer>,
    ) {
        self.add_toast(Toast {
            number: 0,
            losses: Vec::new(),
            words,
            tone,
            details,
            offer,
        });
    }

    /// Shows what became of a text that was opened: what was lost comes first and stays.
    pub fn tell_opened(self, report: OpeningReport) {
        self.add_toast(Toast {
            number: 0,
            tone: match report.losses.is_empty() {
                true => Tone::News,
                false => Tone::Loss,
            },
            losses: report.losses,
            words: report.summary,
            details: report.notes,
            offer: None,
        });
    }

    /// Shows a message under a number of its own.
    fn add_toast(self, mut toast: Toast) {
        if toast.details.len() == 1 {
            toast.words = format!("{} {}", toast.words, toast.details.concat());
            toast.details.clear();
        }
        // Never one that was there before: its time to go would be that of the other.
        let number = self.change(|core| {
            core.toasts += 1;
            core.toasts
        });
        toast.number = number;
        let goes = toast.tone == Tone::News && toast.offer != Some(Offer::Reload);
        self.toasts.update(|toasts| {
            // The same message twice says no more than once.
            toasts.retain(|other| other.words != toast.words);
            toasts.push(toast);
            let spare = toasts.len().saturating_sub(4);
            toasts.drain(..spare);
        });
        if goes {
            self.dismiss_in_time(number);
        }
    }

    /// Takes a message away after a while, but not from who reads its details.
    fn dismiss_in_time(self, number: u64) {
        Timeout::new(STANDS, move || match is_there(".toast [open]") {
            true => self.dismiss_in_time(number),
            false => self.dismiss(number),
        })
        .forget();
    }

    fn dismiss(self, number: u64) {
        self.toasts
            .update(|toasts| toasts.retain(|toast| toast.number != number));
    }
}

/// The messages, over everything else.
pub fn toasts() -> AnyView {
    let app = use_app();
    let messages = lines(move || {
        let toasts = app.toasts.get().into_iter();
        toasts
            .map(|toast| Line {
                key: toast.number.to_string(),
                view: Box::new(move || message(app, &toast)),
            })
            .collect()
    });
    tag("div")
        .class("toasts")
        .with("role", "status")
        .with("aria-live", "polite")
        .child(messages)
        .view()
}

fn message(app: App, toast: &Toast) -> AnyView {
    let number = toast.number;
    let class = match toast.tone {
        Tone::News => "toast",
        Tone::Loss => "toast toast-loss",
        Tone::Trouble => "toast toast-trouble",
    };
    let offer = toast.offer.clone().map(|offer| {
        let label = match &offer {
            Offer::Restore(_) => "Undo".to_owned(),
            Offer::Reload => "Reload".to_owned(),
            Offer::Download { label, .. } => label.clone(),
        };
        let take = move || {
            match &offer {
                Offer::Restore(id) => app.restore_document(*id),
                Offer::Reload => app.take_new_version(),
                Offer::Download {
                    name,
                    text,
                    media_type,
                    ..
                } => crate::app::services::files::download_text(name, text, media_type),
            }
            app.dismiss(number);
        };
        tag("button").class("button").press(take).text(label)
    });
    let details = (!toast.details.is_empty()).then(|| {
        let lines = toast.details.iter();
        tag("details")
            .child(tag("summary").text("Details"))
            .child(tag("ul").children(lines.map(|line| tag("li").text(line.clone()))))
    });
    // One sentence, or how much it is in all and then each kind.
    let losses = toast.losses.split_first().map(|(first, kinds)| {
        let kinds = (!kinds.is_empty())
            .then(|| tag("ul").children(kinds.iter().map(|kind| tag("li").text(kind.clone()))));
        tag("div")
            .class("toast-losses")
            .child(tag("p").text(first.clone()))
            .maybe(kinds)
    });
    let close = tag("button")
        .class("icon-button")
        .label("Close this message")
        .press(move || app.dismiss(number))
        .child(icon(icondata_lu::LuX));
    tag("div")
        .class(class)
        .child(
            tag("div")
                .maybe(losses)
                .child(tag("p").text(toast.words.clone()))
                .maybe(details),
        )
        .maybe(offer)
        .child(close)
        .view()
}
