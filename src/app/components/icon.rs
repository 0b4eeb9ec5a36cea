//! Icons of the Lucide set, drawn in the colour of the text around them.

use icondata_core::Icon;

use crate::app::plain::{Tag, Words, tag};

/// An icon; the button around it has the words.
#[must_use]
pub fn icon(icon: Icon) -> Tag {
    tag("svg")
        .class("icon")
        .with("viewBox", "0 0 24 24")
        .with("width", "18")
        .with("height", "18")
        .with("fill", "none")
        .with("stroke", "currentColor")
        .with("stroke-width", "1.8")
        .with("stroke-linecap", "round")
        .with("stroke-linejoin", "round")
        .with("aria-hidden", "true")
        .with("focusable", "false")
        .markup(icon.data)
}

/// A button that shows only an icon; who cannot see it hears `name`.
pub fn icon_button(
    picture: Icon,
    name: impl Into<Words>,
    title: impl Into<Words>,
    run: impl Fn() + Send + 'static,
) -> Tag {
    tag("button")
        .class("icon-button")
        .label(name)
        .title(title)
        .press(run)
        .child(icon(picture))
}
