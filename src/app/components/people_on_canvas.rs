//! Other people over the canvas: what their pointers are painted on, and who is followed.

use leptos::html;
use leptos::prelude::*;

use crate::app::canvas;
use crate::app::components::icon::IconButton;
use crate::app::components::people_list::Sign;
use crate::app::services::{follow, frame};
use crate::app::state::use_app;
use crate::model::isolated;
use crate::sync::Person;

/// The canvas of the pointers, while the page is in a room.
#[component]
pub fn PeopleLayer() -> impl IntoView {
    let app = use_app();
    let is_in = Memo::new(move |_| app.people.with(Option::is_some));
    view! {
        <Show when=move || is_in.get()>
            <Layer/>
        </Show>
    }
}

#[component]
fn Layer() -> impl IntoView {
    let app = use_app();
    let layer = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(layer) = layer.get() {
            app.change(|core| core.people_layer = canvas::PeopleLayer::new(layer));
            frame::request_pointers(app);
        }
    });
    on_cleanup(move || app.change(|core| core.people_layer = None));
    view! { <canvas class="people-layer" node_ref=layer aria-hidden="true"></canvas> }
}

/// The chip that says who is followed, with the way out.
#[component]
pub fn FollowChip() -> impl IntoView {
    let app = use_app();
    let followed: Memo<Option<Person>> = Memo::new(move |_| {
        app.people.with(|view| {
            let view = view.as_ref()?;
            let mut list = view.list.iter();
            list.find(|one| Some(one.person) == view.following).cloned()
        })
    });
    move || {
        followed.get().map(|person| {
            let words = format!("Following {}", isolated(&person.name));
            view! {
                <div class="follow-chip" role="group" aria-label="Following">
                    <Sign person=person.clone()/>
                    <span class="lit-words">{words}</span>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Stop following"
                        title="Stop following (Esc)"
                        on:click=move |_| {
                            follow::stop(app);
                        }
                    />
                </div>
            }
        })
    }
}
