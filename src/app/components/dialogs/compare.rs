//! Two maps side by side: what differs, metric by metric, and taking over what is chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::linked_pictures::LinkedPictures;
use crate::app::browser::files::pick_text;
use crate::app::browser::storage::STORE;
use crate::app::browser::{now, random_id};
use crate::app::components::field::Choice;
use crate::app::components::report::TableView;
use crate::app::services::{saving, worker};
use crate::app::state::{App, Dialog, Page, use_app};
use crate::app::text::counted;
use crate::compare::Part;
use crate::format::json;
use crate::model::Id;
use crate::store::OpenDocument;
use crate::store::library::{self, Contents};
use crate::worker::{Comparison, Differing, OtherText, Request};

/// The dialog.
#[component]
pub fn Compare() -> impl IntoView {
    let app = use_app();
    saving::flush(app);
    app.comparison.set(None);
    let waits = RwSignal::new(false);
    // What has changed is compared once more, also while the first answer is still on its way: that is
    // about the diagram of before.
    Effect::new(move |_| {
        app.document.track();
        let is_compared = app.comparison.with_untracked(|found| match found {
            Some(found) => found.is_ok(),
            None => waits.get_untracked(),
        });
        if is_compared {
            worker::request(app, Request::Compare(None));
        }
    });
    view! {
        <div class="dialog-actions dialog-actions-top">
            <OtherMap waits/>
            <button
                class="button"
                on:click=move |_| {
                    pick_text(Box::new(move |name, text| take(app, waits, name, text)));
                }
            >
                "Compare with a file"
            </button>
            <button class="button" on:click=move |_| app.dialog.set(Some(Dialog::LayOver))>
                "More than two maps"
            </button>
        </div>
        <Compared/>
        {move || match app.comparison.with(Option::is_some) {
            true => ().into_any(),
            false if waits.get() => view! {
                <p class="muted" role="status">
                    "Working…"
                </p>
            }
            .into_any(),
            false => view! {
                <p class="muted">
                    "Choose the other map: a future state, or someone else's view of the same \
                     stream. Elements with the same name count as the same."
                </p>
            }
            .into_any(),
        }}
    }
}

/// Has the open map compared with another.
fn take(app: App, waits: RwSignal<bool>, name: String, text: String) {
    waits.set(true);
    worker::request(app, Request::Compare(Some(OtherText { name, text })));
}

/// The other documents of this browser.
#[component]
fn OtherMap(waits: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let own = app.with(|core| core.id);
    let listed = library::list(STORE).unwrap_or_default().into_iter();
    let sound = listed.filter_map(|listed| match listed.contents {
        Contents::Sound { title, .. } if listed.id != own && listed.deleted_at.is_none() => {
            let title = match title.is_empty() {
                true => "Untitled diagram".to_owned(),
                false => title,
            };
            Some((listed.id.to_string(), title))
        }
        _ => None,
    });
    let sound: Vec<(String, String)> = sound.collect();
    let none = [(
        String::new(),
        "Compare with a diagram in this browser".to_owned(),
    )];
    let options: Vec<_> = none.into_iter().chain(sound.clone()).collect();
    let chosen = RwSignal::new(String::new());
    let keep = move |typed: String| {
        chosen.set(typed.clone());
        let Ok(id) = typed.parse::<Id>() else {
            return;
        };
        let named = sound.iter().find(|(id, _)| *id == typed);
        let name = named.map_or_else(String::new, |(_, name)| name.clone());
        match OpenDocument::open(STORE, id, random_id(), now()) {
            Ok(open) => take(app, waits, name, json::write(open.document())),
            Err(error) => {
                let words = format!("It cannot be read: {error}.");
                app.comparison.set(Some(Err(words)));
            }
        }
    };
    view! { <Choice options chosen keep=keep attr:aria-label="The other map"/> }
}

/// What the open map was compared with, if with anything.
#[component]
pub fn Compared() -> impl IntoView {
    let app = use_app();
    let refused = Memo::new(move |_| {
        app.comparison.with(|found| match found {
            Some(Err(words)) => Some(words.clone()),
            Some(Ok(_)) | None => None,
        })
    });
    view! {
        {move || {
            refused
                .get()
                .map(|words| {
                    view! {
                        <p class="trouble" role="alert">
                            {words}
                        </p>
                    }
                })
        }}
        <Show when=move || app.comparison.with(|found| matches!(found, Some(Ok(_))))>
            <SideBySide/>
        </Show>
    }
}

/// Something of what was found; as good as nothing while there is no comparison.
fn found<T: Default>(app: App, read: fn(&Comparison) -> T) -> T {
    app.comparison.with(|found| match found {
        Some(Ok(comparison)) => read(comparison),
        Some(Err(_)) | None => T::default(),
    })
}

/// Two maps, what their figures are, and what differs.
#[component]
fn SideBySide() -> impl IntoView {
    let app = use_app();
    let pictures = Memo::new(move |_| found(app, |comparison| comparison.pictures.clone()));
    let page = Memo::new(move |_| found(app, |comparison| comparison.page));
    let figures = Memo::new(move |_| found(app, |comparison| comparison.figures.clone()));
    let equal = Memo::new(move |_| found(app, |comparison| comparison.equal.clone()));
    let parts = Memo::new(move |_| found(app, |comparison| comparison.parts.clone()));
    let equal_words = move || counted(equal.with(|table| table.rows.len()), "equal row");
    view! {
        <LinkedPictures pictures page/>
        <TableView table=figures/>
        <Show when=move || equal.with(|table| !table.rows.is_empty())>
            <details class="equal-rows">
                <summary>{equal_words}</summary>
                <TableView table=equal/>
            </details>
        </Show>
        <Show
            when=move || parts.with(|parts| !parts.is_empty())
            fallback=|| view! { <p>"Only positions differ."</p> }
        >
            <Parts parts/>
        </Show>
    }
}

/// The list of what differs, to choose from.
#[component]
fn Parts(parts: Memo<Vec<Differing>>) -> impl IntoView {
    let app = use_app();
    let chosen: RwSignal<BTreeSet<usize>> = RwSignal::new(BTreeSet::new());
    // Another list, another choice.
    Effect::new(move |_| {
        parts.track();
        chosen.set(BTreeSet::new());
    });
    let row = move |(place, differing): (usize, Differing)| {
        let choose = move |event| {
            let is_chosen = event_target_checked(&event);
            chosen.update(|chosen| {
                match is_chosen {
                    true => chosen.insert(place),
                    false => chosen.remove(&place),
                };
            });
        };
        view! {
            <li>
                <label class="difference">
                    <input
                        dir="auto"
                        type="checkbox"
                        id=format!("difference-{place}")
                        prop:checked=move || chosen.with(|chosen| chosen.contains(&place))
                        on:change=choose
                    />
                    <span>{differing.name}</span>
                    <span class="figure-status">{differing.how}</span>
                </label>
            </li>
        }
    };
    let take_over = move |_| {
        let wanted = chosen.get_untracked();
        let parts: Vec<Part> = parts.with_untracked(|parts| {
            let wanted = wanted.iter().filter_map(|place| parts.get(*place));
            wanted.map(|differing| differing.part).collect()
        });
        worker::request(app, Request::TakeOver(parts));
    };
    // Who only looks changes nothing.
    if app.page != Page::Editor {
        let told = move |differing: Differing| {
            view! {
                <li class="difference-told">
                    <span>{differing.name}</span>
                    <span class="figure-status">{differing.how}</span>
                </li>
            }
        };
        return view! {
            <h3>"Differences"</h3>
            <ul class="differences">
                {move || parts.get().into_iter().map(told).collect_view()}
            </ul>
        }
        .into_any();
    }
    view! {
        <h3>"Differences"</h3>
        <ul class="differences">
            {move || parts.get().into_iter().enumerate().map(row).collect_view()}
        </ul>
        <div class="dialog-actions">
            <button class="button button-primary" id="merge-chosen" on:click=take_over>
                {move || match chosen.with(BTreeSet::len) {
                    0 => "Select changes".to_owned(),
                    1 => "Apply 1 change".to_owned(),
                    count => format!("Apply {count} changes"),
                }}
            </button>
        </div>
    }
    .into_any()
}
