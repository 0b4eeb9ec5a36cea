//! The page: top bar, tools, canvas, side panel, dialogs, messages.

use leptos::prelude::*;

use crate::app::browser::window;
use crate::app::components::dialogs::dialogs;
use crate::app::components::panels::side_panel;
use crate::app::components::stage::stage;
use crate::app::components::toast::toasts;
use crate::app::components::toolbar::Toolbar;
use crate::app::components::top_bar::TopBar;
use crate::app::components::view_bar::ViewBar;
use crate::app::listeners::listen;
use crate::app::plain::{effect, nothing, show, tag, text_of, together};
use crate::app::services::address::Page;
use crate::app::state::{App, Side};
use crate::model::isolated;

/// A narrow page: the canvas is the page and panels are sheets over it. As in `style/`.
const NARROW: &str = "(width <= 760px)";

/// The side panel to begin with: none where there is no room beside the canvas.
#[must_use]
pub fn first_side() -> Side {
    let query = window().match_media(NARROW).ok().flatten();
    if query.is_some_and(|query| query.matches()) {
        Side::Hidden
    } else {
        Side::Loops
    }
}

/// The whole page.
#[component]
pub fn Shell() -> AnyView {
    let app = App::new();
    provide_context(app);
    listen(app);
    app.apply_theme();
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
        Page::Editor => work
            .child(view! { <Toolbar/> })
            .child(stage())
            .child(side_panel()),
        Page::View => work.child(stage()).child(side_panel()),
        Page::Embed => work.child(stage()),
    };
    let bar = match app.page {
        Page::Editor => view! { <TopBar/> }.into_any(),
        Page::View => view! { <ViewBar/> }.into_any(),
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
