//! The diagrams of this browser: a picture, a name, a time; open, rename, copy, delete, restore.

use leptos::html::Div;
use leptos::prelude::*;

use crate::app::plain::{Line, lines, on, view_of};

use crate::app::files::picture;
use crate::app::icon::icon;
use crate::app::local::{LocalStorage, STORE};
use crate::app::panels::counted;
use crate::app::state::use_app;
use crate::causal::LoopAnalysis;
use crate::editor::Action;
use crate::model::Id;
use crate::scene::{Scene, View};
use crate::store::shelf::Contents;
use crate::store::{aside, read, shelf};

/// The size of a small picture, in CSS pixels.
const PICTURE: (f64, f64) = (224.0, 132.0);
/// Documents with more records than this are shown without their loops' badges.
const LARGE: usize = 2_000;

/// The list of documents.
#[component]
pub fn Documents() -> impl IntoView {
    let app = use_app();
    let version = RwSignal::new(0_u32);
    // What is on the screen must be in the storage before it is listed.
    app.settle();
    let listed = Memo::new(move |_| {
        version.track();
        app.document.track();
        shelf::list(STORE)
    });
    let asides = Memo::new(move |_| {
        version.track();
        aside::list(&LocalStorage).unwrap_or_default()
    });
    let again = move || version.update(|version| *version += 1);
    view! {
        <div class="dialog-actions dialog-actions-top">
            <button class="button button-primary" on:click=on(move |_| app.act(Action::NewDocument))>
                {icon(icondata_lu::LuPlus)} "New diagram"
            </button>
            <button class="button" on:click=on(move |_| app.act(Action::Templates))>"Templates"</button>
            <button class="button" on:click=on(move |_| app.act(Action::OpenFile))>"Open a file"</button>
        </div>
        {view_of(move || match listed.get() {
            Err(error) => view! {
                <p class="trouble">{format!("The browser's storage cannot be read: {error}.")}</p>
            }.into_any(),
            Ok(documents) => {
                let (gone, here): (Vec<_>, Vec<_>) =
                    documents.into_iter().partition(|one| one.deleted_at.is_some());
                let empty = here.is_empty();
                let any_gone = !gone.is_empty();
                view! {
                    {empty.then(|| view! { <p class="muted">"Nothing is kept in this browser yet."</p> })}
                    <ul class="documents">
                        // By what it is, not by its place: a picture belongs to its diagram.
                        {lines(move || here.iter().cloned().map(|one| Line {
                            key: sameness(&one),
                            view: Box::new(move || {
                                view! { <Card listed=one.clone() again=again/> }.into_any()
                            }),
                        }).collect())}
                    </ul>
                    {any_gone.then(|| view! {
                        <details class="deleted">
                            <summary>"Deleted"</summary>
                            <ul>
                                {gone.into_iter().map(|one| view! { <Gone listed=one again=again/> }).collect_view()}
                            </ul>
                        </details>
                    })}
                }.into_any()
            }
        })}
        {view_of(move || {
            let asides = asides.get();
            if asides.is_empty() {
                return ().into_any();
            }
            view! {
                <details class="deleted">
                    <summary>"Set aside: could not be read"</summary>
                    <ul>
                        {asides.into_iter().map(|one| {
                            let text = one.text.clone();
                            let discarded = one.clone();
                            view! {
                                <li>
                                    <span class="aside-key">{one.stood_under.clone()}</span>
                                    <button class="button" on:click=on(move |_| {
                                        crate::app::files::download_text("loopstream-set-aside.txt", &text, "text/plain");
                                    })>"Download"</button>
                                    <button class="button" on:click=on(move |_| {
                                        // What cannot be removed is listed again.
                                        let _ = aside::discard(&LocalStorage, &discarded);
                                        again();
                                    })>"Discard"</button>
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                </details>
            }
            .into_any()
        })}
    }
}

/// What a card shows: where this is the same, it stays as it is.
fn sameness(listed: &shelf::Listed) -> String {
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

#[component]
fn Card(
    /// The document.
    listed: shelf::Listed,
    /// Lists them again.
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let app = use_app();
    let id = listed.id;
    let open = app.with(|core| core.id == id);
    let (title, about, sound) = match &listed.contents {
        Contents::Sound {
            title,
            changed_at,
            variables,
            links,
        } => {
            let about = format!(
                "{}\n{}, {}",
                time(*changed_at),
                counted(*variables, "variable"),
                counted(*links, "link")
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
        title.clone()
    };
    let (copied, deleted) = (title.clone(), title.clone());
    let renamed = title.clone();
    view! {
        <li class="document" class:document-open=open>
            <button class="document-picture" aria-label=format!("Open {name}")
                on:click=on(move |_| {
                    if sound {
                        app.open_document(id);
                        app.dialog.set(None);
                    } else {
                        app.download_unreadable(id);
                    }
                })>
                <Picture id=id/>
            </button>
            <div class="document-words">
                {if sound {
                    view! {
                        <input class="document-title" id=format!("title-{id}") aria-label="Title" prop:value=title
                            placeholder="Untitled diagram" autocomplete="off" maxlength="200"
                            on:change=on(move |event| {
                                let typed = event_target_value(&event);
                                if typed.trim() != renamed {
                                    app.rename_document(id, typed.trim().to_owned());
                                    again();
                                    focus_again(format!("#title-{id}"));
                                }
                            })/>
                    }.into_any()
                } else {
                    view! { <strong>{name.clone()}</strong> }.into_any()
                }}
                <span class="document-about">{about}</span>
            </div>
            <div class="document-actions">
                {if sound {
                    view! {
                        <button class="icon-button" aria-label=format!("Copy {name}") title="Copy"
                            on:click=on(move |_| {
                                app.duplicate_document(id, &copied);
                                again();
                            })>{icon(icondata_lu::LuCopy)}</button>
                    }.into_any()
                } else {
                    view! {
                        <button class="button" on:click=on(move |_| app.download_unreadable(id))>"Download"</button>
                    }.into_any()
                }}
                <button class="icon-button" aria-label=format!("Delete {name}") title="Delete"
                    on:click=on(move |_| {
                        app.delete_document(id, &deleted);
                        again();
                        focus_again(".dialog .button-primary".to_owned());
                    })>{icon(icondata_lu::LuTrash2)}</button>
            </div>
        </li>
    }
}

#[component]
fn Gone(
    /// The document.
    listed: shelf::Listed,
    /// Lists them again.
    again: impl Fn() + Copy + Send + 'static,
) -> impl IntoView {
    let app = use_app();
    let id = listed.id;
    let name = match &listed.contents {
        Contents::Sound { title, .. } if !title.is_empty() => title.clone(),
        Contents::Sound { .. } => "Untitled diagram".to_owned(),
        Contents::Unreadable => "Unreadable diagram".to_owned(),
    };
    let when = listed.deleted_at.map(time).unwrap_or_default();
    view! {
        <li>
            <span class="gone-name">{name}</span>
            <span class="document-about">{when}</span>
            <button class="button" on:click=on(move |_| {
                app.restore_document(id);
                again();
            })>"Bring back"</button>
            <button class="button" on:click=on(move |_| {
                // What cannot be removed is listed again.
                let _ = shelf::purge(&LocalStorage, id);
                again();
            })>"Remove for good"</button>
        </li>
    }
}

/// A small picture, painted once the card is on the page.
#[component]
fn Picture(
    /// The document.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let place = NodeRef::<Div>::new();
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
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
    view! { <div class="picture" node_ref=place></div> }
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
