//! The page: top bar, tools, canvas, side panel, dialogs, messages.

use leptos::prelude::*;

use crate::app::browser::window;
use crate::app::components::dialogs::dialogs;
use crate::app::components::panels::side_panel;
use crate::app::components::stage::stage;
use crate::app::components::toast::toasts;
use crate::app::components::toolbar::toolbar;
use crate::app::components::top_bar::top_bar;
use crate::app::components::view_bar::view_bar;
use crate::app::dispatch::HANDLERS;
use crate::app::listeners::listen;
use crate::app::plain::{effect, nothing, show, tag, text_of, together};
use crate::app::services::theme;
use crate::app::state::{App, Page};
use crate::model::isolated;

/// The whole page.
#[component]
pub fn Shell() -> AnyView {
    let app = App::new(&HANDLERS);
    provide_context(app);
    listen(app);
    theme::apply(app);
    effect(move || {
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
    let work = tag("div").class("work");
    let work = match app.page {
        Page::Editor => work.child(toolbar()).child(stage()).child(side_panel()),
        Page::View => work.child(stage()).child(side_panel()),
        Page::Embed => work.child(stage()),
    };
    let bar = match app.page {
        Page::Editor => top_bar(),
        Page::View => view_bar(),
        Page::Embed => nothing(),
    };
    let said = tag("p")
        .class("visually-hidden")
        .with("id", "said")
        .with("role", "status")
        .with("aria-live", "polite")
        .text(text_of(move || app.said.get()));
    together(vec![
        bar,
        work.view(),
        dialogs(),
        // While a dialog is open nothing beside it can be reached: then they stand in it.
        show(move || app.dialog.get().is_none(), toasts),
        said.view(),
    ])
}
