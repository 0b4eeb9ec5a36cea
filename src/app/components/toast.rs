//! Short messages that stand for a while, some with something to do.

use leptos::prelude::*;

use crate::app::components::icon::icon;
use crate::app::plain::{Line, lines, tag};
use crate::app::services::{documents, notify, offline};
use crate::app::state::{App, Offer, Toast, Tone, use_app};

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
        Tone::Info => "toast",
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
                Offer::Restore(id) => documents::restore(app, *id),
                Offer::Reload => offline::take_new_version(app),
                Offer::Download {
                    name,
                    text,
                    media_type,
                    ..
                } => crate::app::browser::files::download_text(name, text, media_type),
            }
            notify::dismiss(app, number);
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
        .press(move || notify::dismiss(app, number))
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
