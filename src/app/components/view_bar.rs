//! The page of who only looks: a bar with the title and a way to change a copy; in a frame of
//! another page only a way out.

use leptos::prelude::*;

use crate::app::components::stage::fit_button;
use crate::app::components::top_bar::{brand, side_button, theme_button};
use crate::app::plain::{Tag, show, tag, text_of};
use crate::app::services::address::{same_document, why_nothing};
use crate::app::state::{App, Side, use_app};
use crate::format::link::LinkUse;
use crate::model::isolated;

/// The bar over a document that cannot be changed.
pub fn view_bar() -> AnyView {
    let app = use_app();
    let title = tag("h1")
        .class("view-title")
        .text(text_of(move || title(app)));
    let streams = move || {
        app.document.track();
        app.with(|core| !core.editor.document().stations().is_empty())
    };
    tag("header")
        .class("top-bar")
        .child(brand(app))
        .child(title)
        .child(tag("span").class("view-only").text("View only"))
        .child(theme_button(app))
        .child(side_button(app, Side::Loops))
        .child(show(streams, move || side_button(app, Side::Stream).view()))
        .child(
            tag("a")
                .class("button button-primary")
                .with("href", same_document(LinkUse::Open))
                .text("Edit a copy"),
        )
        .view()
}

/// In the place of a diagram that is empty or cannot be shown, why.
pub fn nothing_to_see() -> AnyView {
    let app = use_app();
    let empty = move || {
        app.document.track();
        app.with(|core| core.editor.document().is_empty())
    };
    show(empty, || {
        tag("section")
            .class("empty")
            .child(tag("p").text(why_nothing()))
            .view()
    })
}

/// The way back to the whole diagram in the frame of another page, while it is not seen whole.
pub fn way_back() -> AnyView {
    let app = use_app();
    let astray = move || {
        app.view.track();
        app.with(|core| !core.editor.is_fitted())
    };
    show(astray, move || {
        tag("div")
            .class("zoom-bar way-back")
            .child(fit_button(app))
            .view()
    })
}

/// The way from the frame of another page to a page of its own.
pub fn way_out() -> Tag {
    let app = use_app();
    tag("a")
        .class("way-out")
        .with("href", same_document(LinkUse::View))
        .with("target", "_blank")
        .with("rel", "noopener")
        .label(text_of(move || {
            format!("Open {} in Loopstream", isolated(&title(app)))
        }))
        .text("Open in Loopstream")
}

fn title(app: App) -> String {
    app.document.track();
    let title = app.with(|core| core.editor.document().properties().title.clone());
    match title.trim() {
        "" => "Untitled diagram".to_owned(),
        title => title.to_owned(),
    }
}
