//! The dialogs, one at a time.

mod compare;
mod document_card;
mod documents;
mod form;
mod help;
mod kept;
mod measured;
mod names;
mod palette;
mod paste_text;
mod share;
mod templates;

use std::mem::discriminant;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use self::compare::Compare;
use self::documents::Documents;
use self::help::Help;
use self::kept::{History, Storage};
use self::measured::Measured;
use self::names::Names;
use self::palette::Palette;
use self::paste_text::PasteText;
use self::share::Share;
use self::templates::Templates;
use crate::app::browser::{focus_if_lost, key_press};
use crate::app::components::icon::Icon;
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

const fn narrow(title: &'static str, content: fn() -> AnyView) -> Row {
    Row {
        title,
        class: "dialog",
        content,
    }
}

/// A dialog that needs room.
const fn wide(title: &'static str, content: fn() -> AnyView) -> Row {
    Row {
        title,
        class: "dialog wide",
        content,
    }
}

/// The table of dialogs. A new dialog is a file beside this one, a variant of [`Dialog`] and a row.
fn row(dialog: Dialog) -> Row {
    match dialog {
        Dialog::Documents => wide("My diagrams", || view! { <Documents/> }.into_any()),
        Dialog::Templates => wide("Templates", || view! { <Templates/> }.into_any()),
        Dialog::History => wide("History", || view! { <History/> }.into_any()),
        Dialog::Storage => wide("Storage and backup", || view! { <Storage/> }.into_any()),
        Dialog::Compare => wide("Compare two maps", || view! { <Compare/> }.into_any()),
        Dialog::Measured => wide("Measured data", || view! { <Measured/> }.into_any()),
        Dialog::Export => wide("Export as …", || part(use_app(), ReportKind::Writers)),
        Dialog::Help => wide("Keys and help", || view! { <Help/> }.into_any()),
        Dialog::Names => narrow("A list of names", || view! { <Names/> }.into_any()),
        Dialog::PasteText => narrow("Open from text or a link", || {
            view! { <PasteText/> }.into_any()
        }),
        Dialog::Share => narrow("Share a link", || view! { <Share/> }.into_any()),
        Dialog::Palette => narrow("Commands", || view! { <Palette/> }.into_any()),
    }
}

/// The open dialog, if there is one.
#[component]
pub fn Dialogs() -> impl IntoView {
    let app = use_app();
    let is_open = Memo::new(move |_| app.dialog.get().is_some());
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        if was_open == Some(true) && !is_open {
            // A dialog that was closed by its own means has given the focus back already.
            Timeout::new(0, || focus_if_lost("#canvas")).forget();
        }
        is_open
    });
    view! {
        <Show when=move || is_open.get()>
            <Modal/>
        </Show>
    }
}

/// A dialog over the page: it keeps the focus, and Escape closes it. Where one dialog follows
/// another, it stays, and so the focus goes back to where it was before the first.
#[component]
fn Modal() -> impl IntoView {
    let app = use_app();
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(element) = element.get()
            && !element.open()
        {
            // Fails only for a dialog that is open or not on the page.
            let _ = element.show_modal();
        }
    });
    // The browser tells that a dialog has closed a task later; what is typed meanwhile is for the
    // page already, and a dialog that is opened meanwhile stays.
    let is_closed = StoredValue::new(false);
    let forget = move || {
        // Nothing is left of the value once the dialog is gone from the page.
        if is_closed.try_get_value() == Some(false) {
            is_closed.set_value(true);
            app.dialog.set(None);
        }
    };
    let close = move || {
        if let Some(element) = element.get_untracked() {
            element.close();
        }
        forget();
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let press = key_press(&event);
        let target = event.target();
        let in_list = target.is_some_and(|target| target.is_instance_of::<HtmlSelectElement>());
        if press.key != "escape" || event.default_prevented() || in_list {
            return;
        }
        event.prevent_default();
        // The Escape that gives up a word of an input method closes no dialog.
        if press.reader != KeyReader::InputMethod {
            close();
        }
    };
    // An Escape while nothing in the dialog has the focus, as after a button that went with its
    // message: the browser asks whether it may close the dialog.
    let on_cancel = move |event: ev::Event| {
        if event.target() == event.current_target() {
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
