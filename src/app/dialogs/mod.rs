//! The dialogs, one at a time.

mod documents;
mod help;
mod palette;
mod paste_text;
mod templates;

use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;

use web_sys::MouseEvent;

use crate::app::plain::{on, view_of};

use super::icon::icon;
use super::state::{Dialog, use_app};
use super::toast::Toasts;

/// The open dialog, if there is one.
#[component]
pub fn Dialogs() -> impl IntoView {
    let app = use_app();
    Effect::new(move |was_open: Option<bool>| {
        let open = app.dialog.get().is_some();
        if was_open == Some(true) && !open {
            // A dialog that was closed by its own means has given the focus back already.
            Timeout::new(0, || super::browser::focus_if_lost("#canvas")).forget();
        }
        open
    });
    view! {
        {view_of(move || match app.dialog.get() {
            None => ().into_any(),
            Some(Dialog::Documents) => view! {
                <Modal title="My diagrams" wide="wide"><documents::Documents/></Modal>
            }.into_any(),
            Some(Dialog::Templates) => view! {
                <Modal title="Templates" wide="wide"><templates::Templates/></Modal>
            }.into_any(),
            Some(Dialog::PasteText) => view! {
                <Modal title="Open from text or a LOOPY link" wide=""><paste_text::PasteText/></Modal>
            }.into_any(),
            Some(Dialog::Palette) => view! {
                <Modal title="Commands" wide=""><palette::Palette/></Modal>
            }.into_any(),
            Some(Dialog::Help) => view! {
                <Modal title="Keys and help" wide="wide"><help::Help/></Modal>
            }.into_any(),
        })}
    }
}

/// A dialog over the page: it keeps the focus, and Escape closes it.
#[component]
fn Modal(
    /// Its heading.
    title: &'static str,
    /// `wide` for one that needs room.
    wide: &'static str,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog class=format!("dialog {wide}") node_ref=dialog aria-label=title
            on:close=on(move |_| app.dialog.set(None))
            on:click=on(move |event: MouseEvent| {
                // A click on the dialog itself is beside its card.
                if event.target() == event.current_target() {
                    close();
                }
            })>
            <div class="dialog-card">
                <header class="dialog-head">
                    <h2>{title}</h2>
                    <button class="icon-button" aria-label="Close" on:click=on(move |_| close())>
                        {icon(icondata_lu::LuX)}
                    </button>
                </header>
                {children()}
            </div>
            <Toasts/>
        </dialog>
    }
}
