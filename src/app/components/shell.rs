//! The page: top bar, tools, canvas, side panel, dialogs, messages.

use leptos::{ev, prelude::*};

use crate::app::browser::{focus, window};
use crate::app::components::dialogs::Dialogs;
use crate::app::components::listeners::listen;
use crate::app::components::notes::Notes;
use crate::app::components::panels::SidePanel;
use crate::app::components::stage::Stage;
use crate::app::components::toast::Toasts;
use crate::app::components::toolbar::Toolbar;
use crate::app::components::tooltip::Tooltip;
use crate::app::components::top_bar::TopBar;
use crate::app::components::view_bar::ViewBar;
use crate::app::dispatch::HANDLERS;
use crate::app::services::theme;
use crate::app::state::{App, Page, use_app};
use crate::model::isolated;

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App::new(&HANDLERS);
    provide_context(app);
    theme::apply(app);
    match app.page {
        Page::Notes => view! { <Notes/> }.into_any(),
        Page::Editor | Page::View | Page::Embed => view! { <Document/> }.into_any(),
    }
}

/// The page of a document.
#[component]
fn Document() -> impl IntoView {
    let app = use_app();
    listen(app);
    Effect::new(move |_| {
        app.document.track();
        let title = app.with(|core| core.editor.document().properties().title.clone());
        if let Some(document) = window().document() {
            document.set_title(&if title.is_empty() {
                "Loopstream".to_owned()
            } else {
                format!("{} – Loopstream", isolated(&title))
            });
        }
    });
    let bar = match app.page {
        Page::Editor => view! { <TopBar/> }.into_any(),
        Page::View => view! { <ViewBar/> }.into_any(),
        Page::Embed | Page::Notes => ().into_any(),
    };
    view! {
        {(app.page != Page::Embed).then(|| view! { <SkipLinks/> })}
        {bar}
        <div class="work">
            {(app.page == Page::Editor).then(|| view! { <Toolbar/> })}
            <Stage/>
            {(app.page != Page::Embed).then(|| view! { <SidePanel/> })}
        </div>
        <Dialogs/>
        <Tooltip/>
        // While a dialog is open nothing beside it can be reached: then they stand in it.
        <Show when=move || app.dialog.get().is_none()>
            <Toasts/>
        </Show>
        <p class="visually-hidden" id="said" role="status" aria-live="polite">
            {app.said}
        </p>
    }
}

/// Ways past the bars for who goes by the Tab key; they show while they have the focus.
#[component]
fn SkipLinks() -> impl IntoView {
    let app = use_app();
    // Not by the address: what follows its # is a diagram.
    let skip = |selector: &'static str| {
        move |event: ev::MouseEvent| {
            event.prevent_default();
            focus(selector);
        }
    };
    view! {
        <nav class="skip-links" aria-label="Skip to">
            <a href="#canvas" on:click=skip("#canvas")>
                "Skip to the canvas"
            </a>
            <Show when=move || app.side.get().is_some()>
                <a href="#side" on:click=skip("#side")>
                    "Skip to the panel"
                </a>
            </Show>
        </nav>
    }
}
