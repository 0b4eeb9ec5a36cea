//! The list of who is in the room, and what a person can do with it.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::app::components::room_timer::ForEverybody;
use crate::app::components::room_top::HowAllDraw;
use crate::app::components::vote_bar::VoteStart;
use crate::app::services::{follow, people};
use crate::app::state::{Pointers, use_app};
use crate::model::{Colour, Id, isolated};
use crate::sync::{Activity, Person, Who, words};

/// The letter and the colour that stand for somebody; the name is beside it.
#[component]
pub fn Sign(
    /// Who.
    person: Person,
) -> impl IntoView {
    view! {
        <span
            class="person-sign"
            class:person-away=person.activity == Activity::Away
            class:person-hand=person.hand.is_some()
            style=("--person", format!("var(--{})", person.colour.name()))
            aria-hidden="true"
        >
            {person.sign}
        </span>
    }
}

/// Everybody, with the person before this page first.
#[component]
pub fn PeopleList(
    /// Who is there.
    list: Memo<Vec<Person>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let ids = Memo::new(move |_| {
        list.with(|list| list.iter().map(|one| one.person).collect::<Vec<Id>>())
    });
    view! {
        <div class="people-list" role="group" aria-label="People here">
            <ul>
                <For each=move || ids.get() key=|id| *id children=move |id| view! { <Row id list/> }/>
            </ul>
            <Own list/>
            <ForEverybody open/>
            <HowAllDraw open/>
            <VoteStart open/>
        </div>
    }
}

/// A line of the list.
#[component]
fn Row(
    /// Who it is about.
    id: Id,
    /// Everybody.
    list: Memo<Vec<Person>>,
) -> impl IntoView {
    let app = use_app();
    let person: Memo<Option<Person>> =
        Memo::new(move |_| list.with(|list| list.iter().find(|one| one.person == id).cloned()));
    let name = move || {
        let name = person.with(|person| person.as_ref().map(|one| one.name.clone()));
        isolated(&name.unwrap_or_default()).into_owned()
    };
    let is_other = Memo::new(move |_| {
        person.with(|person| person.as_ref().is_some_and(|one| one.who == Who::Other))
    });
    let is_followed = Memo::new(move |_| {
        let following = app
            .people
            .with(|view| view.as_ref().and_then(|view| view.following));
        following == Some(id)
    });
    view! {
        <li class="person">
            {move || person.get().map(|person| view! { <Sign person/> })}
            <span class="person-name">
                {move || person.with(|person| person.as_ref().map(words))}
            </span>
            <Show when=move || is_other.get()>
                <button
                    class="button button-small"
                    aria-label=move || format!("Go to {}", name())
                    on:click=move |_| follow::go_there(app, id)
                >
                    "Go there"
                </button>
                <button
                    class="button button-small"
                    aria-label=move || format!("Follow {}", name())
                    aria-pressed=move || is_followed.get().to_string()
                    on:click=move |_| match is_followed.get_untracked() {
                        true => {
                            follow::stop(app);
                        }
                        false => follow::begin(app, id),
                    }
                >
                    "Follow"
                </button>
            </Show>
        </li>
    }
}

/// What is about the person before this page.
#[component]
fn Own(
    /// Everybody, that person first.
    list: Memo<Vec<Person>>,
) -> impl IntoView {
    let app = use_app();
    let own = move |read: fn(&Person) -> bool| list.with(|list| list.first().is_some_and(read));
    let name = Memo::new(move |_| {
        list.track();
        people::own_name(app)
    });
    let colour = Memo::new(move |_| list.with(|list| list.first().map(|one| one.colour)));
    let hand = Memo::new(move |_| own(|one| one.hand.is_some()));
    let swatch = move |one: Colour| {
        view! {
            <button
                class="swatch"
                style=("--swatch", format!("var(--{})", one.name()))
                style=("--tint", format!("var(--{})", one.name()))
                aria-label=one.name()
                data-tip=one.name()
                aria-pressed=move || (colour.get() == Some(one)).to_string()
                on:click=move |_| people::set_colour(app, one)
            ></button>
        }
    };
    view! {
        <label class="people-name">
            <span>"Your name"</span>
            <InputField
                value=name
                keep=move |name: String| people::set_name(app, name)
                attr:class="field"
                attr:maxlength="40"
                attr:autocomplete="name"
                attr:placeholder="Guest"
            />
        </label>
        <div class="people-colours" role="group" aria-label="Your colour">
            {Colour::ALL.map(swatch).collect_view()}
        </div>
        <div class="people-ways">
            <button class="button" on:click=move |_| people::toggle_hand(app)>
                {move || if hand.get() { "Lower hand" } else { "Raise hand" }}
            </button>
            <button
                class="button"
                on:click=move |_| people::show_pointers(
                    app,
                    match app.pointers.get_untracked() {
                        Pointers::Shown => Pointers::Hidden,
                        Pointers::Hidden => Pointers::Shown,
                    },
                )
            >
                {move || match app.pointers.get() {
                    Pointers::Shown => "Hide others' pointers",
                    Pointers::Hidden => "Show others' pointers",
                }}
            </button>
        </div>
    }
}
