//! Links to the open document: to change a copy, to look at, to embed, to present.

use leptos::prelude::*;

use super::link_field::{LinkField, QrCode};
use crate::app::browser::home;
use crate::app::dispatch::act;
use crate::app::services::worker;
use crate::app::state::{App, use_app};
use crate::app::text::grouped;
use crate::editor::Action;
use crate::format::link::{LONGEST_LINK, LinkUse, SAFE_LINK, fragment};
use crate::worker::Request;

/// The ways to share: what for, and in which words.
const WAYS: [(LinkUse, &str, &str); 5] = [
    (LinkUse::View, "link-view", "View-only link"),
    (LinkUse::Open, "link-open", "Editable copy"),
    (LinkUse::Embed, "link-embed", "Embed code"),
    (LinkUse::Tell, "link-tell", "Embed code, told step by step"),
    (LinkUse::Present, "link-present", "Opens as a presentation"),
];

/// The dialog.
#[component]
pub fn Share() -> impl IntoView {
    let app = use_app();
    Effect::new(move |_| {
        app.document.track();
        app.link.set(None);
        worker::request(app, Request::Link);
    });
    view! {
        {move || match app.link.get() {
            None => view! { <p class="muted">"Packing the diagram…"</p> }.into_any(),
            Some(packed) if packed.len() > LONGEST_LINK => {
                view! { <TooLarge length=packed.len()/> }.into_any()
            }
            Some(packed) => view! { <Ways packed/> }.into_any(),
        }}
    }
}

#[component]
fn Ways(packed: String) -> impl IntoView {
    let app = use_app();
    let address_for = |what| {
        let mut address = home();
        address.push_str(&fragment(what, &packed));
        address
    };
    let length = address_for(LinkUse::View).len();
    let ways = WAYS.map(|(what, id, label)| {
        let address = address_for(what);
        let text = match what {
            LinkUse::Embed => snippet(&title(app), &address, ""),
            LinkUse::Tell => snippet(&title(app), &address, " allow=\"fullscreen\""),
            LinkUse::View | LinkUse::Open | LinkUse::Present => address,
        };
        view! { <LinkField id label text/> }
    });
    let mut size = format!("The link has {} characters.", grouped(length as u64));
    if length > SAFE_LINK {
        size.push_str(
            " Some chats and mail programs cut links this long: if it does not open, send the \
             diagram as a file.",
        );
    }
    view! {
        <p class="muted">
            "The whole diagram is in the link, in the part that browsers do not send to any \
             server: anyone with the link has the diagram as it is now."
        </p>
        <div>{ways.collect_view()}</div>
        <p class="muted small">{size}</p>
        <QrCode address=address_for(LinkUse::View) name="view-only link"/>
    }
}

#[component]
fn TooLarge(length: usize) -> impl IntoView {
    let app = use_app();
    let has_images = app.with(|core| !core.editor.document().images().is_empty());
    let why = match has_images {
        true => "Its images make this diagram too large for a link",
        false => "This diagram is too large for a link",
    };
    let words = format!(
        "{why}: it would have {} characters, and {} are sure to work in every browser. Save it as \
         a file and send that; whoever gets it drops it on Loopstream.",
        grouped(length as u64),
        grouped(LONGEST_LINK as u64)
    );
    view! {
        <p>{words}</p>
        <div class="dialog-actions">
            <button
                class="button button-primary"
                on:click=move |_| act(app, Action::SaveFile)
            >
                "Save as a file"
            </button>
        </div>
    }
}

fn title(app: App) -> String {
    app.with(|core| core.editor.document().properties().title.clone())
}

/// The element that shows the diagram in another page, with what more the frame is allowed.
fn snippet(title: &str, address: &str, allowed: &str) -> String {
    let mut name = String::new();
    for letter in title.chars() {
        match letter {
            '&' => name.push_str("&amp;"),
            '"' => name.push_str("&quot;"),
            '<' => name.push_str("&lt;"),
            letter => name.push(letter),
        }
    }
    let name = if name.is_empty() { "Diagram" } else { &name };
    format!(
        "<iframe src=\"{address}\" title=\"{name}\" width=\"100%\" height=\"500\" loading=\"lazy\"{allowed} \
         style=\"box-sizing:border-box;border:1px solid #8884;border-radius:8px\"></iframe>"
    )
}
