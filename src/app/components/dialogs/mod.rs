//! The dialogs, one at a time.

mod compare;
mod document_card;
mod documents;
mod export;
mod export_story;
mod form;
mod help;
mod kept;
mod lay_over;
mod link_field;
mod link_to;
mod linked_pictures;
mod measured;
mod names;
mod palette;
mod paste_text;
mod share;
mod tags;
mod templates;
mod together;
mod together_direct;
mod undo_list;

use std::mem::discriminant;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use self::compare::Compare;
use self::documents::Documents;
use self::export::Export;
use self::help::Help;
use self::kept::{History, Storage, Structure};
use self::lay_over::LayOver;
use self::link_to::LinkTo;
use self::measured::Measured;
use self::names::Names;
use self::palette::Palette;
use self::paste_text::PasteText;
use self::share::Share;
use self::tags::TagsOfSelection;
use self::templates::Templates;
use self::together::Together;
use self::undo_list::UndoList;
use crate::app::browser::{focus_if_lost, key_press};
use crate::app::components::icon::Icon;
use crate::app::components::toast::Toasts;
use crate::app::state::{Dialog, use_app};
use crate::editor::KeyReader;

/// A dialog as the table has it.
struct Row {
    title: &'static str,
    class: &'static str,
    /// Makes what is in it.
    content: fn() -> AnyView,
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

/// A dialog that takes the whole window.
const fn full(title: &'static str, content: fn() -> AnyView) -> Row {
    Row {
        title,
        class: "dialog full",
        content,
    }
}

/// The table of dialogs. A new dialog is a file beside this one, a variant of [`Dialog`] and a row.
fn row(dialog: Dialog) -> Row {
    match dialog {
        Dialog::Documents => wide("My diagrams", || view! { <Documents/> }.into_any()),
        Dialog::Templates => wide("Templates", || view! { <Templates/> }.into_any()),
        Dialog::History => full("History", || view! { <History/> }.into_any()),
        Dialog::Structure => full("How the structure changed", || {
            view! { <Structure/> }.into_any()
        }),
        Dialog::Storage => wide("Storage and backup", || view! { <Storage/> }.into_any()),
        Dialog::Compare => full("Compare two maps", || view! { <Compare/> }.into_any()),
        Dialog::LayOver => full("Lay maps over each other", || {
            view! { <LayOver/> }.into_any()
        }),
        Dialog::Measured => wide("Import measurements", || view! { <Measured/> }.into_any()),
        Dialog::Export => wide("Export", || view! { <Export/> }.into_any()),
        Dialog::Help => wide("Keys and help", || view! { <Help/> }.into_any()),
        Dialog::UndoList => narrow("Undo list", || view! { <UndoList/> }.into_any()),
        Dialog::Tags => narrow("Tags", || view! { <TagsOfSelection/> }.into_any()),
        Dialog::Names => narrow("A list of names", || view! { <Names/> }.into_any()),
        Dialog::PasteText => narrow("Import from text or link", || {
            view! { <PasteText/> }.into_any()
        }),
        Dialog::Share => narrow("Share a link", || view! { <Share/> }.into_any()),
        Dialog::Together => narrow("Work together", || view! { <Together/> }.into_any()),
        Dialog::LinkTo => narrow("Link to …", || view! { <LinkTo/> }.into_any()),
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
            close();
        }
    };
    let on_click = move |event: ev::MouseEvent| {
        // A click on the dialog itself is beside its card.
        if event.target() == event.current_target() {
            close();
        }
    };
    let title = Memo::new(move |_| app.dialog.get().map(|dialog| row(dialog).title));
    let class = Memo::new(move |_| app.dialog.get().map(|dialog| row(dialog).class));
    // Anew for each dialog, so that no field of one holds what was typed in another.
    let content = move |dialog: Dialog| untrack(row(dialog).content);
    view! {
        <dialog
            class=move || class.get()
            node_ref=element
            aria-label=move || title.get()
            on:close=move |_| forget()
            on:keydown=on_key
            on:cancel=on_cancel
            on:click=on_click
        >
            <div class="dialog-card">
                <header class="dialog-head">
                    <h2>{move || title.get()}</h2>
                    <button class="icon-button" aria-label="Close" on:click=move |_| close()>
                        <Icon picture=icondata_lu::LuX/>
                    </button>
                </header>
                <For each=move || app.dialog.get() key=discriminant children=content/>
            </div>
            <Toasts/>
        </dialog>
    }
}
