//! The button that says who is in the room, and opens their list.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::Node;

use crate::app::browser::{focus, key_name};
use crate::app::components::icon::Icon;
use crate::app::components::people_list::{PeopleList, Sign};
use crate::app::state::use_app;
use crate::sync::{Person, count_words};

/// So many signs stand in the button; of the others, how many there are.
const MOST_SIGNS: usize = 4;

/// The button, while the page is in a room.
#[component]
pub fn PeopleButton() -> impl IntoView {
    let app = use_app();
    let is_in = Memo::new(move |_| app.people.with(Option::is_some));
    view! {
        <Show when=move || is_in.get()>
            <People/>
        </Show>
    }
}

#[component]
fn People() -> impl IntoView {
    let app = use_app();
    let open = RwSignal::new(false);
    let whole = NodeRef::<html::Div>::new();
    let list: Memo<Vec<Person>> = Memo::new(move |_| {
        let view = app.people.get();
        view.map(|view| view.list).unwrap_or_default()
    });
    let words = move || list.with(|list| count_words(list));
    let close_outside = move |to: Option<Node>| {
        let is_inside = whole
            .get_untracked()
            .is_none_or(|whole| whole.contains(to.as_ref()));
        if !is_inside && open.get_untracked() {
            open.set(false);
        }
    };
    let pressed = window_event_listener(ev::pointerdown, move |event| {
        close_outside(event.target().and_then(|to| to.dyn_into().ok()));
    });
    on_cleanup(move || pressed.remove());
    let on_key = move |event: ev::KeyboardEvent| {
        if open.get_untracked() && key_name(&event) == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            focus("#people-button");
        }
    };
    let on_out = move |event: ev::FocusEvent| {
        if let Some(to) = event.related_target() {
            close_outside(to.dyn_into().ok());
        }
    };
    view! {
        <div class="people" node_ref=whole on:keydown=on_key on:focusout=on_out>
            <button
                class="button people-button"
                id="people-button"
                aria-expanded=move || open.get().to_string()
                aria-label=words
                data-tip=words
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || {
                    let list = list.get();
                    let more = list.len().saturating_sub(MOST_SIGNS);
                    let count = list.len();
                    let signs = list.into_iter().take(MOST_SIGNS);
                    view! {
                        <span class="people-signs">
                            {signs.map(|person| view! { <Sign person/> }).collect_view()}
                            {(more > 0).then(|| format!("+{more}"))}
                        </span>
                        <span class="people-count">
                            <Icon picture=icondata_lu::LuUsers/>
                            {count}
                        </span>
                    }
                }}
            </button>
            <Show when=move || open.get()>
                <PeopleList list open/>
            </Show>
        </div>
    }
}
