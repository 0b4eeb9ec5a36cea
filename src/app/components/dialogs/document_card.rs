//! A diagram in the list: a picture, a name, a time; open, rename, copy, delete.

use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;

use crate::app::browser::focus_if_lost;
use crate::app::browser::storage::STORE;
use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::services::documents;
use crate::app::services::pictures::show_small;
use crate::app::state::use_app;
use crate::app::text::contents_in_words;
use crate::model::{Id, isolated};
use crate::store::library::{Contents, Listed};
use crate::store::read;

/// A document with its picture and what can be done with it. One that turns out to be unreadable,
/// or sound again, is another card.
#[component]
pub fn DocumentCard(
    /// The document as it was listed when the card was made.
    first: Listed,
    /// The documents as they are listed now.
    here: Memo<Vec<Listed>>,
    /// Lists them again.
    again: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let id = first.id;
    let sound = first.contents != Contents::Unreadable;
    let mark = match (first.is_template, first.is_in_room) {
        (true, _) => "\nA template of yours",
        (false, true) => "\nIn a room with others",
        (false, false) => "",
    };
    let contents = Memo::new(move |_| {
        let now = here.with(|here| {
            let now = here.iter().find(|one| one.id == id);
            now.map(|one| one.contents.clone())
        });
        now.unwrap_or_else(|| first.contents.clone())
    });
    let title = Memo::new(move |_| {
        contents.with(|contents| match contents {
            Contents::Sound { title, .. } => title.clone(),
            Contents::Unreadable => String::new(),
        })
    });
    let changed_at = Memo::new(move |_| {
        contents.with(|contents| match contents {
            Contents::Sound { changed_at, .. } => *changed_at,
            Contents::Unreadable => 0,
        })
    });
    let about = move || {
        contents.with(|contents| match contents {
            Contents::Sound {
                changed_at, counts, ..
            } => {
                let contents = contents_in_words(*counts).join(", ");
                format!("{}\n{contents}{mark}", time(*changed_at))
            }
            Contents::Unreadable => "This cannot be read. It is kept as it is.".to_owned(),
        })
    };
    let name = Memo::new(move |_| {
        title.with(|title| match (sound, title.is_empty()) {
            (false, _) => "Unreadable diagram".to_owned(),
            (true, true) => "Untitled diagram".to_owned(),
            (true, false) => isolated(title).into_owned(),
        })
    });
    let is_open = move || {
        app.document.track();
        app.with(|core| core.id == id)
    };
    let open = move |_| {
        if sound {
            documents::open(app, id);
            app.dialog.set(None);
        } else {
            documents::download_unreadable(app, id);
        }
    };
    let copy = move |_| {
        documents::duplicate(app, id, &title.get_untracked());
        again.run(());
    };
    let delete = move |_| {
        documents::delete(app, id, &title.get_untracked());
        again.run(());
        focus_again(".dialog .button-primary".to_owned());
    };
    let heading = match sound {
        true => view! { <TitleField id title again/> }.into_any(),
        false => view! { <strong>{move || name.get()}</strong> }.into_any(),
    };
    let first_action = match sound {
        true => view! {
            <IconButton
                picture=icondata_lu::LuCopy
                name=move || format!("Copy {}", name.get())
                title="Copy"
                on:click=copy
            />
        }
        .into_any(),
        false => view! {
            <button class="button" on:click=move |_| documents::download_unreadable(app, id)>
                "Download"
            </button>
        }
        .into_any(),
    };
    view! {
        <li class="document" class:document-open=is_open>
            <button
                class="document-picture"
                aria-label=move || format!("Open {}", name.get())
                on:click=open
            >
                <SmallPicture id changed_at/>
            </button>
            <div class="document-words">
                {heading} <span class="document-about">{about}</span>
            </div>
            <div class="document-actions">
                {first_action}
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Delete {}", name.get())
                    title="Delete"
                    on:click=delete
                />
            </div>
        </li>
    }
}

/// Where a document is renamed.
#[component]
fn TitleField(id: Id, title: Memo<String>, again: Callback<()>) -> impl IntoView {
    let app = use_app();
    let keep = move |typed: String| {
        if typed.trim() != title.get_untracked() {
            documents::rename(app, id, typed.trim().to_owned());
            again.run(());
            // The document changed last stands first: the focus is lost where the field is moved.
            focus_again(format!("#title-{id}"));
        }
    };
    view! {
        <InputField
            value=title
            keep=keep
            attr:class="document-title"
            attr:id=format!("title-{id}")
            attr:aria-label="Title"
            attr:placeholder="Untitled diagram"
            attr:autocomplete="off"
            attr:maxlength="200"
        />
    }
}

/// A small picture, painted once the card is on the page, and again when the document changes.
#[component]
pub fn SmallPicture(
    /// The document in the storage.
    id: Id,
    /// When it was last changed.
    changed_at: Memo<u64>,
) -> impl IntoView {
    let app = use_app();
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        changed_at.track();
        let Some(place) = place.get() else {
            return;
        };
        Timeout::new(0, move || match read(STORE, id) {
            Ok(document) => show_small(app, &document, &place),
            Err(_) => place.replace_children_with_node_0(),
        })
        .forget();
    });
    view! { <div class="picture" node_ref=place></div> }
}

/// Gives the focus to an element of the dialog, once the list is there again, if it went with
/// what was changed.
pub fn focus_again(selector: String) {
    Timeout::new(0, move || focus_if_lost(&selector)).forget();
}

/// A time in the words and order of the person's language.
pub fn time(milliseconds: u64) -> String {
    let date = js_sys::Date::new(&(milliseconds as f64).into());
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Fails only for an object that is frozen.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(date.to_locale_string("default", &options))
}
