//! The dialogs, one at a time.

mod compare;
mod documents;
mod help;
mod kept;
mod measured;
mod names;
mod palette;
mod paste_text;
mod share;
mod templates;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlSelectElement};

use crate::app::browser::key_press;
use crate::app::components::icon::icon;
use crate::app::components::panels::exhibit::part;
use crate::app::components::toast::Toasts;
use crate::app::plain::{Place, effect, nothing, tag, view_of};
use crate::app::state::{Dialog, use_app};
use crate::editor::KeyReader;
use crate::worker::ReportKind;

/// The open dialog, if there is one.
pub fn dialogs() -> AnyView {
    let app = use_app();
    let mut was_open = false;
    effect(move || {
        let open = app.dialog.get().is_some();
        if was_open && !open {
            // A dialog that was closed by its own means has given the focus back already.
            Timeout::new(0, || crate::app::browser::focus_if_lost("#canvas")).forget();
        }
        was_open = open;
    });
    view_of(move || {
        let (title, class, content): (_, _, fn() -> AnyView) = match app.dialog.get() {
            None => return nothing(),
            Some(Dialog::Documents) => ("My diagrams", WIDE, documents::documents),
            Some(Dialog::Templates) => ("Templates", WIDE, templates::templates),
            Some(Dialog::History) => ("History", WIDE, kept::history),
            Some(Dialog::Storage) => ("Storage and backup", WIDE, kept::storage),
            Some(Dialog::Compare) => ("Compare two maps", WIDE, compare::compare),
            Some(Dialog::Measured) => ("Measured data", WIDE, measured::measured),
            Some(Dialog::Names) => ("A list of names", "dialog", names::names),
            Some(Dialog::PasteText) => {
                let title = "Open from text or a link";
                (title, "dialog", paste_text::paste_text)
            }
            Some(Dialog::Share) => ("Share a link", "dialog", share::share),
            Some(Dialog::Export) => ("Export as …", WIDE, || {
                part(use_app(), ReportKind::Writers)
            }),
            Some(Dialog::Palette) => ("Commands", "dialog", palette::palette),
            Some(Dialog::Help) => ("Keys and help", WIDE, help::help),
        };
        leptos::prelude::untrack(move || modal(title, class, content))
    })
}

/// The class of a dialog that needs room.
const WIDE: &str = "dialog wide";

/// A dialog over the page: it keeps the focus, and Escape closes it.
fn modal(title: &'static str, class: &'static str, content: fn() -> AnyView) -> AnyView {
    let app = use_app();
    let dialog = Place::new();
    effect(move || {
        if let Some(dialog) = dialog.get::<HtmlDialogElement>()
            && !dialog.open()
        {
            // Fails only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    // The browser tells that a dialog has closed a task later; what is typed meanwhile is for the
    // page already, and a dialog that is opened meanwhile stays.
    let is_closed = Arc::new(AtomicBool::new(false));
    let close = {
        let is_closed = Arc::clone(&is_closed);
        move || {
            if let Some(dialog) = dialog.now::<HtmlDialogElement>() {
                dialog.close();
            }
            if !is_closed.swap(true, Ordering::Relaxed) {
                app.dialog.set(None);
            }
        }
    };
    let close_by_key = close.clone();
    let close_beside = close.clone();
    let close_by_request = close.clone();
    let head = tag("header")
        .class("dialog-head")
        .child(tag("h2").text(title))
        .child(
            tag("button")
                .class("icon-button")
                .label("Close")
                .press(close)
                .child(icon(icondata_lu::LuX)),
        );
    tag("dialog")
        .class(class)
        .at(dialog)
        .label(title)
        .on("close", move |_| {
            if !is_closed.swap(true, Ordering::Relaxed) {
                app.dialog.set(None);
            }
        })
        .on("keydown", move |event| {
            let press = key_press(event.unchecked_ref());
            let target = event.target();
            let in_list = target.is_some_and(|target| target.is_instance_of::<HtmlSelectElement>());
            if press.key != "escape" || event.default_prevented() || in_list {
                return;
            }
            event.prevent_default();
            // The Escape that gives up a word of an input method closes no dialog.
            if press.reader != KeyReader::InputMethod {
                close_by_key();
            }
        })
        // An Escape while nothing in the dialog has the focus, as after a button that went with its
        // message: the browser asks whether it may close the dialog.
        .on("cancel", move |event| {
            if event.target() == event.current_target() {
                event.prevent_default();
                close_by_request();
            }
        })
        .on("click", move |event| {
            // A click on the dialog itself is beside its card.
            if event.target() == event.current_target() {
                close_beside();
            }
        })
        .child(tag("div").class("dialog-card").child(head).child(content()))
        .child(view! { <Toasts/> })
        .view()
}
