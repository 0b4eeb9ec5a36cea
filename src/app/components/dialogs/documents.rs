//! The diagrams of this browser: a picture, a name, a time; open, rename, copy, delete, restore.

use leptos::prelude::*;
use web_sys::Element;

use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::components::icon::{icon, icon_button};
use crate::app::dispatch::act;
use crate::app::plain::{
    Line, Place, Tag, effect, lines, nothing, tag, together, view_of, written,
};
use crate::app::services::pictures::picture;
use crate::app::services::{documents, saving};
use crate::app::state::{App, use_app};
use crate::app::text::contents_in_words;
use crate::causal::LoopAnalysis;
use crate::editor::Action;
use crate::model::{Id, isolated};
use crate::scene::{Scene, View};
use crate::store::library::Contents;
use crate::store::{library, quarantine, read};

/// The size of a small picture, in CSS pixels.
const PICTURE: (f64, f64) = (224.0, 132.0);
/// Documents with more records than this are shown without their loops' badges.
const LARGE: usize = 2_000;

/// The list of documents.
pub fn documents() -> AnyView {
    let app = use_app();
    let version = RwSignal::new(0_u32);
    // What is on the screen must be in the storage before it is listed.
    saving::flush(app);
    let listed = Memo::new(move |_| {
        version.track();
        app.document.track();
        library::list(STORE)
    });
    let asides = Memo::new(move |_| {
        version.track();
        quarantine::list(&LocalStorage).unwrap_or_default()
    });
    let act = |class: &'static str, action: Action| {
        let button = tag("button").class(class);
        button.press(move || act(app, action))
    };
    let actions = tag("div")
        .class("dialog-actions dialog-actions-top")
        .child(
            act("button button-primary", Action::NewDocument)
                .child(icon(icondata_lu::LuPlus))
                .text(" New diagram"),
        )
        .child(act("button", Action::Templates).text("Templates"))
        .child(act("button", Action::OpenFile).text("Open a file"));
    let kept = view_of(move || match listed.get() {
        Err(error) => tag("p")
            .class("trouble")
            .text(format!("The browser's storage cannot be read: {error}."))
            .view(),
        Ok(documents) => shelves(app, documents, version),
    });
    let asides = view_of(move || {
        let asides = asides.get().into_iter();
        let entries = asides.map(|one| aside_entry(one, version)).collect();
        folded("Set aside: could not be read", entries)
    });
    together(vec![actions.view(), kept, asides])
}

/// What is here and what was deleted; `version` grows when they have to be listed again.
fn shelves(app: App, documents: Vec<library::Listed>, version: RwSignal<u32>) -> AnyView {
    let (gone, here): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|one| one.deleted_at.is_some());
    let words = "Nothing is kept in this browser yet.";
    let empty = here
        .is_empty()
        .then(|| tag("p").class("muted").text(words).view());
    // By what it is, not by its place: a picture belongs to its diagram.
    let cards = lines(move || {
        let here = here.iter().cloned();
        here.map(|one| Line {
            key: sameness(&one),
            view: Box::new(move || card(app, &one, version)),
        })
        .collect()
    });
    let gone = gone.into_iter();
    together(vec![
        empty.unwrap_or_else(nothing),
        tag("ul").class("documents").child(cards).view(),
        folded(
            "Deleted",
            gone.map(|one| deleted(app, &one, version)).collect(),
        ),
    ])
}

/// A list that is folded until it is asked for; nothing, if it is empty.
fn folded(title: &'static str, entries: Vec<Tag>) -> AnyView {
    if entries.is_empty() {
        return nothing();
    }
    tag("details")
        .class("deleted")
        .child(tag("summary").text(title))
        .child(tag("ul").children(entries))
        .view()
}

fn button(words: &'static str, run: impl Fn() + Send + 'static) -> Tag {
    tag("button").class("button").press(run).text(words)
}

fn list_again(version: RwSignal<u32>) {
    version.update(|version| *version += 1);
}

fn aside_entry(one: quarantine::Quarantined, version: RwSignal<u32>) -> Tag {
    let text = one.text.clone();
    let key = tag("span").class("aside-key").text(one.stood_under.clone());
    tag("li")
        .child(key)
        .child(button("Download", move || {
            crate::app::browser::files::download_text(
                "loopstream-set-aside.txt",
                &text,
                "text/plain",
            );
        }))
        .child(button("Discard", move || {
            // What cannot be removed is listed again.
            let _ = quarantine::discard(&LocalStorage, &one);
            list_again(version);
        }))
}

/// What a card shows: where this is the same, it stays as it is.
fn sameness(listed: &library::Listed) -> String {
    match &listed.contents {
        Contents::Sound {
            title, changed_at, ..
        } => format!("{} {changed_at} {title}", listed.id),
        Contents::Unreadable => listed.id.to_string(),
    }
}

/// Gives the focus to an element of the dialog, once the list is there again, if it went with
/// what was changed.
fn focus_again(selector: String) {
    gloo::timers::callback::Timeout::new(0, move || {
        crate::app::browser::focus_if_lost(&selector);
    })
    .forget();
}

/// A document with its picture and what can be done with it.
fn card(app: App, listed: &library::Listed, version: RwSignal<u32>) -> AnyView {
    let id = listed.id;
    let open = app.with(|core| core.id == id);
    let (title, about, sound) = match &listed.contents {
        Contents::Sound {
            title,
            changed_at,
            counts,
        } => {
            let about = format!(
                "{}\n{}",
                time(*changed_at),
                contents_in_words(*counts).join(", ")
            );
            (title.clone(), about, true)
        }
        Contents::Unreadable => (
            String::new(),
            "This cannot be read. It is kept as it is.".to_owned(),
            false,
        ),
    };
    let name = if !sound {
        "Unreadable diagram".to_owned()
    } else if title.is_empty() {
        "Untitled diagram".to_owned()
    } else {
        isolated(&title).into_owned()
    };
    let picture = tag("button")
        .class("document-picture")
        .label(format!("Open {name}"))
        .press(move || {
            if sound {
                documents::open(app, id);
                app.dialog.set(None);
            } else {
                documents::download_unreadable(app, id);
            }
        })
        .child(small_picture(app, id));
    let heading = if sound {
        title_field(app, id, title.clone(), version)
    } else {
        tag("strong").text(name.clone())
    };
    let copied = title.clone();
    let first = if sound {
        icon_button(
            icondata_lu::LuCopy,
            format!("Copy {name}"),
            "Copy",
            move || {
                documents::duplicate(app, id, &copied);
                list_again(version);
            },
        )
    } else {
        button("Download", move || documents::download_unreadable(app, id))
    };
    let delete = icon_button(
        icondata_lu::LuTrash2,
        format!("Delete {name}"),
        "Delete",
        move || {
            documents::delete(app, id, &title);
            list_again(version);
            focus_again(".dialog .button-primary".to_owned());
        },
    );
    let about = tag("span").class("document-about").text(about);
    tag("li")
        .class(match open {
            true => "document document-open",
            false => "document",
        })
        .child(picture)
        .child(
            tag("div")
                .class("document-words")
                .child(heading)
                .child(about),
        )
        .child(
            tag("div")
                .class("document-actions")
                .child(first)
                .child(delete),
        )
        .view()
}

/// Where a document is renamed.
fn title_field(app: App, id: Id, title: String, version: RwSignal<u32>) -> Tag {
    tag("input")
        .class("document-title")
        .with("id", format!("title-{id}"))
        .label("Title")
        .value(title.clone())
        .with("placeholder", "Untitled diagram")
        .with("autocomplete", "off")
        .with("maxlength", "200")
        .on("change", move |event| {
            let typed = written(&event);
            if typed.trim() != title {
                documents::rename(app, id, typed.trim().to_owned());
                list_again(version);
                focus_again(format!("#title-{id}"));
            }
        })
}

/// A deleted document, which can be brought back.
fn deleted(app: App, listed: &library::Listed, version: RwSignal<u32>) -> Tag {
    let id = listed.id;
    let name = match &listed.contents {
        Contents::Sound { title, .. } if !title.is_empty() => title.clone(),
        Contents::Sound { .. } => "Untitled diagram".to_owned(),
        Contents::Unreadable => "Unreadable diagram".to_owned(),
    };
    let when = listed.deleted_at.map(time).unwrap_or_default();
    tag("li")
        .child(tag("span").class("gone-name").text(name))
        .child(tag("span").class("document-about").text(when))
        .child(button("Bring back", move || {
            documents::restore(app, id);
            list_again(version);
        }))
        .child(button("Remove for good", move || {
            // What cannot be removed is listed again.
            let _ = library::purge(&LocalStorage, id);
            list_again(version);
        }))
}

/// A small picture, painted once the card is on the page.
fn small_picture(app: App, id: Id) -> Tag {
    let place = Place::new();
    effect(move || {
        let Some(place) = place.get::<Element>() else {
            return;
        };
        gloo::timers::callback::Timeout::new(0, move || {
            let Ok(document) = read(STORE, id) else {
                return;
            };
            let (measure, theme) = app.with(|core| (core.measure.clone(), core.theme));
            let mut scene = Scene::new(&document, &*measure);
            if document.len() < LARGE {
                let mut analysis = LoopAnalysis::new(&document, 12);
                analysis.advance(20_000);
                scene.set_loops(&document, &analysis.report(&document).loops, &*measure);
            }
            let Some(bounds) = scene.bounds() else { return };
            let ratio = crate::app::browser::window().device_pixel_ratio();
            let size = crate::model::Vector::new(PICTURE.0, PICTURE.1);
            let view = View {
                size,
                ..View::default()
            };
            let zoom = (size.x / bounds.width()).min(size.y / bounds.height()) * 0.92;
            let seen = View {
                zoom: zoom.min(0.8),
                ..view
            };
            let half = size / (2.0 * seen.zoom);
            let page =
                crate::model::Rect::from_points(bounds.center() - half, bounds.center() + half);
            if let Some(canvas) = picture(&scene, &page, theme, seen.zoom * ratio) {
                // Fails only where the card is gone already.
                let _ = place.append_child(&canvas);
            }
        })
        .forget();
    });
    tag("div").class("picture").at(place)
}

/// A time in the words and order of the person's language.
fn time(milliseconds: u64) -> String {
    let date = js_sys::Date::new(&(milliseconds as f64).into());
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // Fails only for an object that is frozen.
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    String::from(date.to_locale_string("default", &options))
}
