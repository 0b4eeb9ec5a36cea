//! The browser: canvas painter, panels, storage. The only room that knows it.

mod address;
mod arrange;
mod browser;
mod canvas;
mod clipboard;
mod context_bar;
mod dialogs;
mod documents;
mod effects;
mod empty_state;
mod errand;
mod export;
mod files;
mod icon;
mod listeners;
mod local;
mod menu;
mod offline;
mod panels;
mod panic_page;
mod plain;
mod print;
mod saving;
mod shell;
mod stage;
mod state;
mod text_field;
mod theme;
mod toast;
mod toolbar;
mod top_bar;
mod view_bar;
mod workbench;

use leptos::prelude::*;

/// Mounts the app in the place of the painted shell.
pub fn start() {
    listeners::guard_against_panic();
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
    mount_to(root, shell::Shell).forget();
}
