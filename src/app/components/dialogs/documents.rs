//! The diagrams of this browser: those that are here, those deleted, what could not be read.

use leptos::prelude::*;

use super::document_card::{DocumentCard, focus_again, time};
use crate::app::browser::files::download_text;
use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::components::icon::Icon;
use crate::app::dispatch::act;
use crate::app::services::{documents, saving};
use crate::app::state::use_app;
use crate::editor::Action;
use crate::model::Id;
use crate::store::library::{Contents, Listed};
use crate::store::{library, quarantine};

/// The list of documents.
#[component]
pub fn Documents() -> impl IntoView {
    let app = use_app();
    // What is on the screen must be in the storage before it is listed.
    saving::flush(app);
    let version = RwSignal::new(0_u32);
    let again = Callback::new(move |()| version.update(|version| *version += 1));
    let listed = Memo::new(move |_| {
        version.track();
        app.document.track();
        library::list(STORE)
    });
    let here = Memo::new(move |_| {
        let listed = listed.get().unwrap_or_default().into_iter();
        let here = listed.filter(|one| one.deleted_at.is_none());
        here.collect::<Vec<_>>()
    });
    let gone = Memo::new(move |_| {
        let listed = listed.get().unwrap_or_default();
        listed.iter().filter_map(Gone::of).collect::<Vec<_>>()
    });
    let asides = Memo::new(move |_| {
        version.track();
        quarantine::list(&LocalStorage).unwrap_or_default()
    });
    let trouble = move || listed.with(|listed| listed.as_ref().err().map(ToString::to_string));
    // By what it is, not by its place: a picture belongs to its diagram.
    let sameness = |one: &Listed| (one.id, one.contents == Contents::Unreadable);
    view! {
        <div class="dialog-actions dialog-actions-top">
            <button
                class="button button-primary"
                on:click=move |_| act(app, Action::NewDocument)
            >
                <Icon picture=icondata_lu::LuPlus/>
                " New diagram"
            </button>
            <button class="button" on:click=move |_| act(app, Action::Templates)>
                "Templates"
            </button>
            <button class="button" on:click=move |_| act(app, Action::OpenFile)>
                "Open a file"
            </button>
        </div>
        <Show
            when=move || listed.with(|listed| listed.is_ok())
            fallback=move || {
                view! {
                    <p class="trouble">
                        {move || {
                            let error = trouble().unwrap_or_default();
                            format!("The browser's storage cannot be read: {error}.")
                        }}
                    </p>
                }
            }
        >
            <Show when=move || here.with(|here| here.is_empty())>
                <p class="muted">"Nothing is kept in this browser yet."</p>
            </Show>
            <ul class="documents">
                <For each=move || here.get() key=sameness let:first>
                    <DocumentCard first here again/>
                </For>
            </ul>
            <Folded title="Deleted" any=Signal::derive(move || gone.with(|gone| !gone.is_empty()))>
                <For each=move || gone.get() key=Clone::clone let:gone>
                    <GoneRow gone again/>
                </For>
            </Folded>
        </Show>
        <Folded
            title="Set aside: could not be read"
            any=Signal::derive(move || asides.with(|asides| !asides.is_empty()))
        >
            <For each=move || asides.get() key=|one| one.key.clone() let:one>
                <AsideRow one again/>
            </For>
        </Folded>
    }
}

/// A list that is folded until it is asked for; nothing, if it is empty.
#[component]
fn Folded(
    title: &'static str,
    /// Whether there is anything in it.
    any: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    view! {
        <Show when=move || any.get()>
            <details class="deleted">
                <summary>{title}</summary>
                <ul>{children()}</ul>
            </details>
        </Show>
    }
}

/// Gives the focus to what is left, if it went with an entry of a list that is folded.
fn focus_after_entry() {
    focus_again(".dialog .deleted[open] summary".to_owned());
    focus_again(".dialog .button-primary".to_owned());
}

/// A deleted document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Gone {
    id: Id,
    name: String,
    when: String,
}

impl Gone {
    fn of(listed: &Listed) -> Option<Self> {
        let name = match &listed.contents {
            Contents::Sound { title, .. } if !title.is_empty() => title.clone(),
            Contents::Sound { .. } => "Untitled diagram".to_owned(),
            Contents::Unreadable => "Unreadable diagram".to_owned(),
        };
        listed.deleted_at.map(|at| Self {
            id: listed.id,
            name,
            when: time(at),
        })
    }
}

/// A deleted document, which can be brought back.
#[component]
fn GoneRow(gone: Gone, again: Callback<()>) -> impl IntoView {
    let app = use_app();
    let id = gone.id;
    let restore = move |_| {
        documents::restore(app, id);
        again.run(());
        focus_after_entry();
    };
    let purge = move |_| {
        // What cannot be removed is listed again.
        let _ = library::purge(&LocalStorage, id);
        again.run(());
        focus_after_entry();
    };
    view! {
        <li>
            <span class="gone-name">{gone.name}</span>
            <span class="document-about">{gone.when}</span>
            <button class="button" on:click=restore>
                "Bring back"
            </button>
            <button class="button" on:click=purge>
                "Remove for good"
            </button>
        </li>
    }
}

/// A text that could not be read.
#[component]
fn AsideRow(one: quarantine::Quarantined, again: Callback<()>) -> impl IntoView {
    let stood_under = one.stood_under.clone();
    let text = one.text.clone();
    let download = move |_| download_text("loopstream-set-aside.txt", &text, "text/plain");
    let discard = move |_| {
        // What cannot be removed is listed again.
        let _ = quarantine::discard(&LocalStorage, &one);
        again.run(());
        focus_after_entry();
    };
    view! {
        <li>
            <span class="aside-key">{stood_under}</span>
            <button class="button" on:click=download>
                "Download"
            </button>
            <button class="button" on:click=discard>
                "Discard"
            </button>
        </li>
    }
}
