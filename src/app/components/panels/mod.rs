//! The panel at the side: loops, outline or value stream.

pub mod exhibit;
mod loops;
mod outline;
mod stream;

use leptos::prelude::*;

pub use loops::sheet;
pub use stream::{FLOW_KINDS, choice};

use crate::app::components::icon::icon;
use crate::app::plain::{nothing, tag, view_of};
use crate::app::state::{Side, use_app};

/// The panel at the side.
pub fn side_panel() -> AnyView {
    let app = use_app();
    view_of(move || {
        let (name, panel): (_, fn() -> AnyView) = match app.side.get() {
            Side::Hidden => return nothing(),
            Side::Loops => ("Loops", loops::loops_panel),
            Side::Outline => ("Outline", || view! { <outline::Outline/> }.into_any()),
            Side::Stream => ("Value stream", || {
                view! { <stream::StreamPanel/> }.into_any()
            }),
        };
        let fold = tag("button")
            .class("icon-button side-close")
            .label("Fold the panel away")
            .title("Fold away")
            .press(move || app.side.set(Side::Hidden))
            .child(icon(icondata_lu::LuX));
        tag("aside")
            .class("side")
            .label(name)
            .child(fold)
            .child(leptos::prelude::untrack(panel))
            .view()
    })
}
