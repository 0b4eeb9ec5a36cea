//! A room with others: opening one, joining one, its links, and leaving it.

use leptos::prelude::*;

use super::document_card::focus_again;
use super::link_field::{LinkField, QrCode};
use super::together_direct::{IntroductionWords, Invite};
use crate::app::browser::home;
use crate::app::browser::storage::{LocalStorage, author};
use crate::app::components::field::Choice;
use crate::app::components::room_state::{Now, RoomWords};
use crate::app::services::joining::{self, Afterwards, KINDS};
use crate::app::services::room;
use crate::app::state::{App, Arrival, computer, use_app};
use crate::store::rooms;
use crate::sync::{Relay, Rights};
use crate::together::Remedy;

/// Which part of the dialog is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Begin,
    Asked,
    Waits,
    Inside,
}

/// The dialog.
#[component]
pub fn Together() -> impl IntoView {
    let app = use_app();
    // Who closes it does not come into a room later, in the middle of something else.
    on_cleanup(move || room::stop_arriving(app));
    let part = Memo::new(move |_| match app.arrival.get() {
        Arrival::Asked(..) => Part::Asked,
        Arrival::Waits(_) => Part::Waits,
        _ if app.room.with(Option::is_some) => Part::Inside,
        _ => Part::Begin,
    });
    let told = move || match app.arrival.get() {
        Arrival::Told(words) => words,
        Arrival::Trying => "Asking the relay…".to_owned(),
        _ => String::new(),
    };
    Effect::new(move |before: Option<Part>| {
        let now = part.get();
        if before.is_some_and(|before| before != now) {
            focus_again(".room-part :is(input, button)".to_owned());
        }
        now
    });
    view! {
        <div class="room-part">
            {move || match part.get() {
                Part::Begin => view! { <Begin/> }.into_any(),
                Part::Asked => view! { <Asked/> }.into_any(),
                Part::Waits => view! { <Waits/> }.into_any(),
                Part::Inside => view! { <Inside/> }.into_any(),
            }}
        </div>
        <p class="room-told" role="status">
            {told}
        </p>
    }
}

/// A field with its name above it.
#[component]
pub(super) fn NamedField(
    /// The id of the field.
    id: &'static str,
    /// What stands above it.
    label: &'static str,
    /// What is in it, while it is typed.
    value: RwSignal<String>,
    /// What is in it while nothing is.
    #[prop(optional)]
    placeholder: &'static str,
) -> impl IntoView {
    view! {
        <div class="room-field">
            <label for=id>{label}</label>
            <input
                dir="auto"
                class="field"
                id=id
                placeholder=placeholder
                autocomplete="off"
                spellcheck="false"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// The name under which others see a person, as it is known.
fn known_name() -> RwSignal<String> {
    let person = rooms::person(&LocalStorage);
    RwSignal::new(person.map_or_else(author, |person| person.name))
}

#[component]
fn Begin() -> impl IntoView {
    let app = use_app();
    let name = known_name();
    let known = rooms::relay(&LocalStorage);
    let (kind, address) = known.map_or_else(
        || (KINDS[0].1.to_owned(), String::new()),
        |known| (known.kind, known.address),
    );
    let (kind, address) = (RwSignal::new(kind), RwSignal::new(address));
    let kinds = KINDS.map(|(_, kept, words)| (kept.to_owned(), words.to_owned()));
    let with_relay = move |go: fn(App, Relay)| {
        let found = joining::relay_of(&kind.get_untracked(), &address.get_untracked());
        match found {
            Ok(relay) => go(app, relay),
            Err(why) => app.arrival.set(Arrival::Told(format!("Relay: {why}."))),
        }
    };
    let link = RwSignal::new(String::new());
    Effect::new(move |_| {
        let link = link.get();
        if !link.trim().is_empty() && !joining::ask(app, &link) {
            let words = "This is no link to a room: it has #room= in it.".to_owned();
            app.arrival.set(Arrival::Told(words));
        }
    });
    view! {
        <p class="muted">
            "Everybody with the link of a room sees and changes one diagram at the same time: a \
             new one, with what this one has. It is sealed in this browser before it leaves: a \
             relay learns only when something comes, how much, and from which address. Whoever \
             has the link can read and change everything, and a link cannot be taken back."
        </p>
        <NamedField id="room-name" label="Your name" value=name/>
        <NamedField
            id="room-relay"
            label="Relay"
            value=address
            placeholder="wss://relay.example.org"
        />
        <p class="muted small">
            "A relay is a server that passes on what people in a room send: yours, or one of your \
             team. Loopstream has none."
        </p>
        <div class="room-field">
            <label for="room-kind">"Kind of relay"</label>
            <Choice
                options=kinds.to_vec()
                chosen=kind
                keep=move |typed| kind.set(typed)
                attr:id="room-kind"
            />
        </div>
        <div class="dialog-actions">
            <button class="button" on:click=move |_| with_relay(joining::try_relay)>
                "Try it"
            </button>
            <button
                class="button button-primary"
                on:click=move |_| {
                    joining::keep_name(&name.get_untracked());
                    with_relay(joining::begin);
                }
            >
                "Open the room"
            </button>
        </div>
        <hr/>
        <p class="muted small">
            "Without a relay pages connect directly, within one network: you send each guest an \
             invitation, and each sends you an answer back. Guests then learn your address in \
             the network, and you theirs."
        </p>
        <div class="dialog-actions">
            <button
                class="button"
                on:click=move |_| {
                    joining::keep_name(&name.get_untracked());
                    joining::begin_directly(app);
                }
            >
                "Open a room without a relay"
            </button>
        </div>
        <hr/>
        <NamedField
            id="room-link"
            label="Join with a link"
            value=link
            placeholder="Paste the link that somebody sent you"
        />
    }
}

#[component]
fn Asked() -> impl IntoView {
    let app = use_app();
    let name = known_name();
    let asked = app.arrival.with_untracked(|arrival| match arrival {
        Arrival::Asked(invitation) => Some((computer(invitation), invitation.rights)),
        _ => None,
    });
    let (computer, rights) = asked.unwrap_or((None, Rights::Edit));
    let may = match rights {
        Rights::Edit => "You can change everything in it.",
        Rights::View(_) => "You can look at it, and change nothing.",
    };
    let join = move |_| {
        joining::keep_name(&name.get_untracked());
        joining::join(app);
    };
    let learns = match computer {
        Some(_) => {
            "Nothing was sent yet. When you join, that computer learns your address, and when and \
             how much you send; everything else is sealed. The diagram opens as one of its own, \
             and what you have open stays as it is."
        }
        None => {
            "Nothing was sent yet. When you join, you get a line to send back, in which your \
             address in the network stands. Who else is in the room learns it too. The diagram \
             opens as one of its own, and what you have open stays as it is."
        }
    };
    let place = match computer {
        Some(computer) => view! {
            "You are invited to a room at "
            <strong class="room-computer">{computer}</strong>
            ". "
        }
        .into_any(),
        None => "You are invited to a room without a relay. ".into_any(),
    };
    view! {
        <p>{place} {may}</p>
        <p class="muted">{learns}</p>
        <NamedField id="room-name" label="Your name" value=name/>
        <div class="dialog-actions">
            <button class="button" on:click=move |_| app.dialog.set(None)>
                "Not now"
            </button>
            <button class="button button-primary" on:click=join>
                "Join"
            </button>
        </div>
    }
}

#[component]
fn Waits() -> impl IntoView {
    let app = use_app();
    let now = Now::ticking();
    let state = Memo::new(move |_| match app.arrival.get() {
        Arrival::Waits(state) => state,
        _ => None,
    });
    let words = move || match state.get() {
        Some(state) => state.coming_words(now.get()),
        None => "Loading what it takes to work together…".to_owned(),
    };
    let may_try = move || {
        let remedy = state.get().and_then(|state| state.kind().remedy());
        remedy == Some(Remedy::TryNow)
    };
    view! {
        <p class="room-waits">{words}</p>
        <IntroductionWords/>
        <div class="dialog-actions">
            <Show when=may_try>
                <button class="button" on:click=move |_| room::retry(app)>
                    "Try now"
                </button>
            </Show>
            <button class="button" on:click=move |_| room::stop_arriving(app)>
                "Stop"
            </button>
        </div>
    }
}

/// The address of a link.
pub(super) fn address_of(link: &str) -> String {
    let mut address = home();
    address.push_str(link);
    address
}

#[component]
fn Inside() -> impl IntoView {
    let app = use_app();
    let links = Memo::new(move |_| {
        app.room.with(|room| {
            // An invitation without a relay is for one guest.
            let Some(room) = room.as_ref().filter(|room| room.computer.is_some()) else {
                return (None, None);
            };
            match room.rights {
                Rights::Edit => (Some(room.link.clone()), room.view_link.clone()),
                Rights::View(_) => (None, Some(room.link.clone())),
            }
        })
    });
    // The link whose QR code is shown.
    let coded = RwSignal::new(None::<(&'static str, String)>);
    let link = move |id, label, name: &'static str, link: String| {
        let text = address_of(&link);
        let code = text.clone();
        view! {
            <LinkField id label text>
                <button
                    class="button"
                    aria-label=format!("QR code: {label}")
                    on:click=move |_| coded.set(Some((name, code.clone())))
                >
                    "QR code"
                </button>
            </LinkField>
        }
    };
    let leaving = RwSignal::new(false);
    let ask = move |_| {
        leaving.set(true);
        focus_again("#room-stay".to_owned());
    };
    let (computer, rights) = app.room.with_untracked(|room| {
        let room = room.as_ref();
        room.map_or((None, Rights::Edit), |room| {
            (room.computer.clone(), room.rights)
        })
    });
    let is_direct = computer.is_none();
    let way = match computer {
        Some(computer) => {
            format!("Relay: {computer}. Everything is sealed in this browser before it leaves.")
        }
        None => "No relay: pages are connected directly, and what they say is sealed.".to_owned(),
    };
    let direct = move || match rights {
        _ if !is_direct => ().into_any(),
        Rights::Edit => view! { <Invite/> }.into_any(),
        Rights::View(_) => view! { <IntroductionWords/> }.into_any(),
    };
    view! {
        <p class="room-words">
            <RoomWords/>
        </p>
        <p class="muted small">{way}</p>
        {direct()}
        <div class="room-ways">
            {move || {
                let (edit, view) = links.get();
                let edit = edit
                    .map(|found| link("room-edit", "Link to edit", "link to edit", found));
                let view = view
                    .map(|found| link("room-view", "Link to look at", "link to look at", found));
                (edit, view)
            }}
        </div>
        {move || coded.get().map(|(name, address)| view! { <QrCode address name/> })}
        <p class="muted small">
            {match is_direct {
                true => {
                    "Who was here once has the key of the room, and can come back when somebody \
                     invites them. Open a new room to leave them out."
                }
                false => {
                    "Whoever has a link can give it to others. It cannot be taken back: open a \
                     new room instead."
                }
            }}
        </p>
        <Show
            when=move || leaving.get()
            fallback=move || {
                view! {
                    <div class="dialog-actions">
                        <button class="button" on:click=ask>
                            "Leave the room"
                        </button>
                    </div>
                }
            }
        >
            <Leave leaving/>
        </Show>
    }
}

/// The question what becomes of the diagram.
#[component]
fn Leave(leaving: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let unsent = move || {
        let unsent = app.room.with(|room| {
            let room = room.as_ref();
            room.map_or(0, |room| room.state.unsent)
        });
        match unsent {
            0 => "",
            1 => " 1 change is not sent yet: the others will not get it.",
            _ => " Some changes are not sent yet: the others will not get them.",
        }
    };
    let leave = move |afterwards| joining::leave(app, afterwards);
    view! {
        <p class="room-leave">
            "Others go on without you." {unsent} " What becomes of the diagram here?"
        </p>
        <div class="dialog-actions">
            <button class="button" id="room-stay" on:click=move |_| leaving.set(false)>
                "Stay"
            </button>
            <button class="button" on:click=move |_| leave(Afterwards::Remove)>
                "Remove it from this browser"
            </button>
            <button
                class="button button-primary"
                on:click=move |_| leave(Afterwards::Keep)
            >
                "Keep a copy"
            </button>
        </div>
    }
}
