//! Short messages that stand for a while, some with something to do.

use leptos::prelude::*;

use crate::app::browser::files::download_text;
use crate::app::browser::focus;
use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::services::{access, documents, notify, offline, room};
use crate::app::state::{App, Offer, Toast, Tone, use_app};
use crate::editor::{Action, Command, Event, LineKind};

/// The messages, over everything else.
#[component]
pub fn Toasts() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || app.toasts.get() key=|toast| toast.number let:toast>
                <Message toast/>
            </For>
        </div>
    }
}

/// One message; it never changes while it stands.
#[component]
fn Message(toast: Toast) -> impl IntoView {
    let app = use_app();
    let Toast {
        number,
        losses,
        words,
        tone,
        details,
        offers,
    } = toast;
    let class = match tone {
        Tone::Info => "toast",
        Tone::Loss => "toast toast-loss",
        Tone::Trouble => "toast toast-trouble",
    };
    // One sentence, or how much it is in all and then each kind.
    let mut losses = losses.into_iter();
    let losses = losses.next().map(|first| {
        let kinds: Vec<String> = losses.collect();
        let kinds = (!kinds.is_empty()).then(|| view! { <Sentences of=kinds/> });
        view! {
            <div class="toast-losses">
                <p>{first}</p>
                {kinds}
            </div>
        }
    });
    let details = (!details.is_empty()).then(|| {
        view! {
            <details>
                <summary>"Details"</summary>
                <Sentences of=details/>
            </details>
        }
    });
    let offers = offers.into_iter().map(|offer| {
        let label = label(&offer);
        view! {
            <button class="button" on:click=move |_| take(app, number, &offer)>
                {label}
            </button>
        }
    });
    view! {
        <div class=class>
            <div>
                {losses}
                <p>{words}</p>
                {details}
            </div>
            {offers.collect_view()}
            <button
                class="icon-button"
                aria-label="Close this message"
                on:click=move |_| notify::dismiss(app, number)
            >
                <Icon picture=icondata_lu::LuX/>
            </button>
        </div>
    }
}

/// Sentences as a list.
#[component]
fn Sentences(of: Vec<String>) -> impl IntoView {
    let lines = of.into_iter().map(|line| view! { <li>{line}</li> });
    view! { <ul>{lines.collect_view()}</ul> }
}

/// What the button of an offer says.
fn label(offer: &Offer) -> String {
    match offer {
        Offer::Restore(_) | Offer::Undo => "Undo".to_owned(),
        Offer::Redo => "Redo".to_owned(),
        Offer::LinkInstead { .. } => "Link instead".to_owned(),
        Offer::Lines(LineKind::Variables) => "Variables".to_owned(),
        Offer::Lines(LineKind::Steps) => "Steps".to_owned(),
        Offer::Present => "Present".to_owned(),
        Offer::CompareBefore(_) => "Compare with before".to_owned(),
        Offer::EditAllTheSame => "Edit all the same".to_owned(),
        Offer::Leave(words) => (*words).to_owned(),
        Offer::Reload => "Reload".to_owned(),
        Offer::Download { label, .. } => label.clone(),
    }
}

/// Does what a message offers, and takes the message away.
fn take(app: App, number: u64, offer: &Offer) {
    match offer {
        Offer::Restore(id) => documents::restore(app, *id),
        Offer::Undo => act(app, Action::Undo),
        Offer::Redo => act(app, Action::Redo),
        Offer::LinkInstead { from, to } => {
            let (from, to) = (*from, *to);
            app.send(Event::Do(Command::LinkInstead { from, to }));
            // The next key signs the link.
            focus("#canvas");
        }
        Offer::Lines(kind) => {
            app.send(Event::Do(Command::SplitPasted(*kind)));
            focus("#canvas");
        }
        Offer::Present => act(app, Action::Present),
        Offer::CompareBefore(text) => room::compare_before(app, text.clone()),
        Offer::EditAllTheSame => {
            access::edit_all_the_same(app);
            focus("#canvas");
        }
        Offer::Leave(_) => focus("#canvas"),
        Offer::Reload => offline::take_new_version(app),
        Offer::Download {
            name,
            text,
            media_type,
            ..
        } => download_text(name, text, media_type),
    }
    notify::dismiss(app, number);
}
