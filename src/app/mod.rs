//! The browser: canvas painter, panels, storage. The only room that knows it.

mod browser;
mod canvas;
mod components;
mod dispatch;
mod services;
mod state;
mod text;

use leptos::prelude::*;

/// Mounts the app in the place of the painted shell.
pub fn start() {
    components::panic_page::guard();
    let Some(root) = browser::window()
        .document()
        .and_then(|page| page.get_element_by_id("app"))
    else {
        return;
    };
    root.set_inner_html("");
    let Ok(root) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(root) else {
        return;
    };
    mount_to(root, components::shell::Shell).forget();
}
