//! The page: top bar, tools, canvas, side panel, dialogs, messages.

use leptos::prelude::*;

use super::browser::window;
use super::dialogs::Dialogs;
use super::listeners::listen;
use super::panels::SidePanel;
use super::plain::show;
use super::stage::Stage;
use super::state::{App, Side};
use super::toast::Toasts;
use super::toolbar::Toolbar;
use super::top_bar::TopBar;

/// Narrower than this, in CSS pixels, the canvas is the page and panels are sheets over it.
const NARROW: f64 = 760.0;

/// The side panel to begin with: none where there is no room beside the canvas.
#[must_use]
pub fn first_side() -> Side {
    let width = window()
        .inner_width()
        .ok()
        .and_then(|width| width.as_f64())
        .unwrap_or(NARROW);
    if width < NARROW {
        Side::Hidden
    } else {
        Side::Loops
    }
}

/// The whole page.
#[component]
pub fn Shell() -> impl IntoView {
    let app = App::new();
    provide_context(app);
    listen(app);
    app.apply_theme();
    Effect::new(move |_| {
        app.document.track();
        let title = app.with(|core| core.editor.document().properties().title.clone());
        if let Some(document) = window().document() {
            document.set_title(&if title.is_empty() {
                "Loopstream".to_owned()
            } else {
                format!("{title} – Loopstream")
            });
        }
    });
    view! {
        <TopBar/>
        <div class="work">
            <Toolbar/>
            <Stage/>
            <SidePanel/>
        </div>
        <Dialogs/>
        // While a dialog is open nothing beside it can be reached: then they stand in it.
        {show(move || app.dialog.get().is_none(), || view! { <Toasts/> }.into_any())}
        <p class="visually-hidden" id="said" role="status" aria-live="polite">
            {app.said}
        </p>
    }
}
