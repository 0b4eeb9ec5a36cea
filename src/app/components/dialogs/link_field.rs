//! A link in a dialog: to be copied, and as a QR code.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::browser::clipboard::system_clipboard;
use crate::app::browser::files::{download_text, image_address};
use crate::app::browser::in_time;
use crate::app::services::{files, notify, worker};
use crate::app::state::{Tone, use_app};
use crate::app::text::grouped;
use crate::format::LONGEST_QR;
use crate::worker::Request;

/// A QR code of a longer link, in bytes, has more than 100 modules a side.
const DENSE_QR: usize = 1_000;

/// A text to be copied, with the button that does.
#[component]
pub fn LinkField(
    /// The id of the field.
    id: &'static str,
    /// What stands above it.
    label: &'static str,
    /// The text.
    text: String,
    /// Further buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
            {children.map(|children| children())}
        </div>
    }
}

/// A link for a camera.
#[component]
pub fn QrCode(
    /// The link.
    address: String,
    /// What it is, within a sentence.
    name: &'static str,
) -> impl IntoView {
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
                    <img src=image_address(&svg) alt=format!("QR code of the {name}")/>
                    <figcaption>
                        <strong>{format!("QR code of the {name}")}</strong>
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
