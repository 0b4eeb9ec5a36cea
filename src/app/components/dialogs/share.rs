//! Links to the open document: to change a copy, to look at, to embed, to present.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::browser::clipboard::system_clipboard;
use crate::app::browser::files::{download_text, image_address};
use crate::app::browser::{home, in_time};
use crate::app::dispatch::act;
use crate::app::services::{files, notify, worker};
use crate::app::state::{App, Tone, use_app};
use crate::app::text::grouped;
use crate::editor::Action;
use crate::format::LONGEST_QR;
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

/// A QR code of a longer link, in bytes, has more than 100 modules a side.
const DENSE_QR: usize = 1_000;

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
        view! { <Way id label text/> }
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
        <QrCode address=address_for(LinkUse::View)/>
    }
}

/// The link to look at it for a camera.
#[component]
fn QrCode(address: String) -> impl IntoView {
    let app = use_app();
    let length = address.len();
    app.qr_code.set(None);
    if length > LONGEST_QR {
        let words = format!(
            "The link is too long for a QR code: it has {} characters, and a QR code holds {} at \
             most.",
            grouped(length as u64),
            grouped(LONGEST_QR as u64)
        );
        return view! { <p class="muted small">{words}</p> }.into_any();
    }
    worker::request(app, Request::QrCode(address));
    let save = move |_| {
        if let Some(svg) = app.qr_code.get_untracked() {
            let name = files::name_with(app, "qr-code.svg");
            download_text(&name, &svg, "image/svg+xml");
        }
    };
    let code = move || {
        app.qr_code.get().map(|svg| {
            view! {
                <figure class="qr-code">
                    <img src=image_address(&svg) alt="QR code of the view-only link"/>
                    <figcaption>
                        <strong>"QR code of the view-only link"</strong>
                        {(length > DENSE_QR)
                            .then(|| {
                                view! {
                                    <p class="muted small">
                                        "It is dense: show it large, and hold the camera close."
                                    </p>
                                }
                            })}
                        <button class="button" on:click=save>
                            "Save QR code"
                        </button>
                    </figcaption>
                </figure>
            }
        })
    };
    view! { {code} }.into_any()
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

/// A text to be copied, with the button that does.
#[component]
fn Way(id: &'static str, label: &'static str, text: String) -> impl IntoView {
    let app = use_app();
    let copied = text.clone();
    let copy = move |_| {
        let promise = system_clipboard().map(|clipboard| clipboard.write_text(&copied));
        in_time(async move {
            let done = match promise {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
                None => false,
            };
            notify::show(
                app,
                match done {
                    true => "Copied.",
                    false => "The browser blocked copying: select the text and copy it.",
                },
                Tone::Info,
                None,
            );
        });
    };
    view! {
        <div class="share-way">
            <label for=id>{label}</label>
            <input dir="auto" class="field" id=id readonly prop:value=text/>
            <button class="button" aria-label=format!("Copy: {label}") on:click=copy>
                "Copy"
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
