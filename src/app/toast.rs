//! Short messages that stand for a while, some with something to do.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::plain::{Line, lines, on};

use super::state::{App, use_app};
use crate::model::Id;

/// How long a message stands, in milliseconds.
const STANDS: u32 = 9_000;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from others.
    pub number: u64,
    /// What happened.
    pub words: String,
    /// Whether something went wrong.
    pub tone: Tone,
    /// What can be done about it.
    pub offer: Option<Offer>,
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// To be known; it goes by itself.
    News,
    /// Something went wrong; it stays until it is closed.
    Trouble,
}

/// What can be done about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Bring a deleted document back.
    Restore(Id),
    /// Download a text.
    Download {
        /// The button.
        label: String,
        /// The file.
        name: String,
        /// What is in it.
        text: String,
    },
}

impl App {
    /// Shows a message.
    pub fn show(self, words: impl Into<String>, tone: Tone, offer: Option<Offer>) {
        let number = self.toasts.with_untracked(|toasts| {
            toasts.iter().map(|toast| toast.number).max().unwrap_or(0) + 1
        });
        let words = words.into();
        self.toasts.update(|toasts| {
            // The same message twice says no more than once.
            toasts.retain(|toast| toast.words != words);
            toasts.push(Toast {
                number,
                words,
                tone,
                offer,
            });
            let spare = toasts.len().saturating_sub(4);
            toasts.drain(..spare);
        });
        if tone == Tone::News {
            let app = self;
            Timeout::new(STANDS, move || app.dismiss(number)).forget();
        }
    }

    fn dismiss(self, number: u64) {
        self.toasts
            .update(|toasts| toasts.retain(|toast| toast.number != number));
    }
}

/// The messages, over everything else.
#[component]
pub fn Toasts() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {lines(move || app.toasts.get().into_iter().map(|toast| Line {
                key: toast.number.to_string(),
                view: Box::new(move || {
                    let number = toast.number;
                    let class = match toast.tone {
                        Tone::News => "toast",
                        Tone::Trouble => "toast toast-trouble",
                    };
                    let offer = toast.offer.clone();
                    let label = offer.as_ref().map(|offer| match offer {
                        Offer::Restore(_) => "Undo".to_owned(),
                        Offer::Download { label, .. } => label.clone(),
                    });
                    view! {
                        <div class=class>
                            <p>{toast.words.clone()}</p>
                            {label.map(|label| view! {
                                <button class="button" on:click=on(move |_| {
                                    match offer.clone() {
                                        Some(Offer::Restore(id)) => app.restore_document(id),
                                        Some(Offer::Download { name, text, .. }) => {
                                            super::files::download_text(&name, &text, "text/plain");
                                        }
                                        None => {}
                                    }
                                    app.dismiss(number);
                                })>{label}</button>
                            })}
                            <button class="icon-button" aria-label="Close this message"
                                on:click=on(move |_| app.dismiss(number))>
                                {super::icon::icon(icondata_lu::LuX)}
                            </button>
                        </div>
                    }
                    .into_any()
                }),
            }).collect())}
        </div>
    }
}
