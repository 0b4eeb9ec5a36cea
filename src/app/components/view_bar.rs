//! The page of who only looks: a bar with the title and a way to change a copy; in a frame of
//! another page only a way out.

use leptos::prelude::*;

use crate::app::components::icon::{Icon, IconButton};
use crate::app::components::top_bar::{Brand, SideButton, ThemeButton};
use crate::app::components::zoom_bar::FitButton;
use crate::app::dispatch::act;
use crate::app::services::address::{same_document, why_nothing};
use crate::app::services::run;
use crate::app::state::{App, Side, use_app};
use crate::editor::{Action, Event, PresentInput};
use crate::format::link::LinkUse;
use crate::model::isolated;

/// The bar over a document that cannot be changed.
#[component]
pub fn ViewBar() -> impl IntoView {
    let app = use_app();
    let streams = move || {
        app.document.track();
        app.with(|core| !core.editor.document().stations().is_empty())
    };
    let comments = move || {
        app.document.track();
        app.with(|core| !core.editor.document().comments().is_empty())
    };
    view! {
        <header class="top-bar">
            <Brand/>
            <h1 class="view-title">{move || title(app)}</h1>
            <span class="view-only">"View only"</span>
            <ThemeButton/>
            <SideButton side=Side::Loops/>
            <Show when=streams>
                <SideButton side=Side::Stream/>
            </Show>
            <Show when=move || run::has_model(app)>
                <SideButton side=Side::Run/>
            </Show>
            <Show when=comments>
                <SideButton side=Side::Comments/>
            </Show>
            <IconButton
                picture=icondata_lu::LuPresentation
                name="Present"
                title="Present (Ctrl+Enter)"
                on:click=move |_| act(app, Action::Present)
            />
            <IconButton
                picture=icondata_lu::LuDownload
                name="Export"
                title="Export"
                on:click=move |_| act(app, Action::ExportAs)
            />
            <IconButton
                picture=icondata_lu::LuGitCompare
                name="Compare"
                title="Compare with another diagram"
                on:click=move |_| act(app, Action::Compare)
            />
            <a class="button button-primary" href=same_document(LinkUse::Open)>
                "Edit a copy"
            </a>
        </header>
    }
}

/// In the place of a diagram that is empty or cannot be shown, why.
#[component]
pub fn NothingToSee() -> impl IntoView {
    let app = use_app();
    let empty = move || {
        app.document.track();
        app.with(|core| core.editor.document().is_empty())
    };
    view! {
        <Show when=empty>
            <section class="empty">
                <p>{why_nothing()}</p>
            </section>
        </Show>
    }
}

/// The way back to the whole diagram in the frame of another page, while it is not seen whole.
#[component]
pub fn WayBack() -> impl IntoView {
    let app = use_app();
    let astray = move || {
        app.view.track();
        app.with(|core| !core.editor.is_fitted())
    };
    view! {
        <Show when=astray>
            <div class="zoom-bar way-back">
                <FitButton/>
            </div>
        </Show>
    }
}

/// The way back to the story in the frame of another page that tells it.
#[component]
pub fn WayToStory() -> impl IntoView {
    let app = use_app();
    let begin = move |_| app.send(Event::Present(PresentInput::Begin(None)));
    view! {
        <button class="button way-to-story" on:click=begin>
            <Icon picture=icondata_lu::LuPresentation/>
            "Tell the story"
        </button>
    }
}

/// The way from the frame of another page to a page of its own.
#[component]
pub fn WayOut() -> impl IntoView {
    let app = use_app();
    view! {
        <a
            class="way-out"
            href=same_document(LinkUse::View)
            target="_blank"
            rel="noopener"
            aria-label=move || format!("Open {} in Loopstream", isolated(&title(app)))
        >
            "Open in Loopstream"
        </a>
    }
}

fn title(app: App) -> String {
    app.document.track();
    let title = app.with(|core| core.editor.document().properties().title.clone());
    match title.trim() {
        "" => "Untitled diagram".to_owned(),
        title => title.to_owned(),
    }
}
