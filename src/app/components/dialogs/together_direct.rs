//! Rooms without a relay: an invitation for one guest, and the answer to it.

use leptos::prelude::*;

use super::link_field::{LinkField, QrCode};
use super::together::{NamedField, address_of};
use crate::app::services::direct;
use crate::app::state::{App, Introduction, use_app};
use crate::sync::Rights;

/// Inviting one guest into the room of the open document.
#[component]
pub fn Invite() -> impl IntoView {
    let app = use_app();
    let view = move || {
        app.room.with(|room| {
            let link = room.as_ref()?.view_link.as_ref()?;
            let invitation = crate::sync::Invitation::read(link).ok()?;
            Some(invitation.rights)
        })
    };
    let may_view = Memo::new(move |_| view().is_some());
    view! {
        <div class="dialog-actions">
            <button
                class="button button-primary"
                id="room-invite"
                on:click=move |_| direct::invite(app, Rights::Edit)
            >
                "Invite a guest"
            </button>
            <Show when=move || may_view.get()>
                <button
                    class="button"
                    on:click=move |_| {
                        if let Some(rights) = view() {
                            direct::invite(app, rights);
                        }
                    }
                >
                    "Invite a guest to look"
                </button>
            </Show>
        </div>
        <IntroductionWords/>
    }
}

/// Where an invitation, or the answer to one, stands.
#[component]
pub fn IntroductionWords() -> impl IntoView {
    let app = use_app();
    view! {
        <div class="room-introduction" aria-live="polite">
            {move || match app.introduction.get() {
                Introduction::Nothing => ().into_any(),
                Introduction::Prepares => {
                    words("Looking where this browser can be reached…".to_owned())
                }
                Introduction::Invites(_, link, rights) => invitation(app, &link, rights),
                Introduction::Answers(line) => answer(line),
                Introduction::Connects => words("Connecting…".to_owned()),
                Introduction::Told(told) => words(told),
            }}
        </div>
    }
}

fn words(told: String) -> AnyView {
    view! { <p>{told}</p> }.into_any()
}

/// The link for a guest, and the field for the answer.
fn invitation(app: App, link: &str, rights: Rights) -> AnyView {
    let address = address_of(link);
    let coded = RwSignal::new(false);
    let code = address.clone();
    let line = RwSignal::new(String::new());
    let trouble = RwSignal::new(String::new());
    Effect::new(move |_| {
        let line = line.get();
        // Each letter may be the last of the line.
        trouble.set(match line.trim() {
            "" => String::new(),
            line => direct::take_answer(app, line).err().unwrap_or_default(),
        });
    });
    let may = match rights {
        Rights::Edit => "who can change everything",
        Rights::View(_) => "who can look and change nothing",
    };
    view! {
        <LinkField id="room-invitation" label="Invitation" text=address>
            <button
                class="button"
                aria-label="QR code: invitation"
                on:click=move |_| coded.update(|shown| *shown = !*shown)
            >
                "QR code"
            </button>
        </LinkField>
        {move || {
            let address = code.clone();
            coded.get().then(|| view! { <QrCode address name="invitation"/> })
        }}
        <p class="muted small">
            {format!(
                "It is for one guest, {may}. Send it, and keep this page open: the guest sends a \
                 line back that begins with answer=.",
            )}
        </p>
        <NamedField
            id="room-answer"
            label="Answer of the guest"
            value=line
            placeholder="answer=…"
        />
        <p class="room-told" role="status">
            {trouble}
        </p>
    }
    .into_any()
}

/// The line that goes back to who has invited.
fn answer(line: String) -> AnyView {
    view! {
        <LinkField id="room-answer-line" label="Your answer" text=line/>
        <p class="muted small">
            "Send this line to whoever invited you, and keep this page open. The diagram comes as \
             soon as they have pasted it. Browsers do not look for each other for long: if it \
             took more than a minute, ask for a new invitation."
        </p>
    }
    .into_any()
}
