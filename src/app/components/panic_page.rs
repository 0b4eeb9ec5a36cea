//! The page after a failure of the program: it hands over the diagram.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement};

use crate::app::browser::files::download_text;
use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::browser::window;
use crate::format;
use crate::store::{read, session};

/// Shows this page when the program fails.
pub fn guard() {
    std::panic::set_hook(Box::new(|info| {
        show(&info.to_string());
        web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
    }));
}

/// Covers the page, so that nothing more is drawn or saved, and offers what can be done.
fn show(reason: &str) {
    let Some(document) = window().document() else {
        return;
    };
    if document.get_element_by_id("failure").is_some() {
        return;
    }
    // Whatever fails here leaves the page as it was: there is nobody else to ask.
    let _ = build(&document, reason);
}

fn build(document: &Document, reason: &str) -> Option<()> {
    // Modal: over open dialogs too, and nothing of the page under it can be reached.
    let cover: HtmlDialogElement = element(document, "dialog", "")?.dyn_into().ok()?;
    cover.set_id("failure");
    cover.set_class_name("failure");
    cover.set_attribute("role", "alertdialog").ok()?;
    cover
        .set_attribute("aria-label", "Loopstream has stopped")
        .ok()?;
    let card = element(document, "div", "")?;
    card.set_class_name("failure-card");
    card.append_child(&*element(document, "h1", "Loopstream has stopped")?)
        .ok()?;
    card.append_child(&*element(
        document,
        "p",
        "Something went wrong in the program. What you drew is safe up to the last step; nothing \
         more is saved until you reload.",
    )?)
    .ok()?;
    card.append_child(&*element(document, "pre", reason)?)
        .ok()?;
    let reload = button(document, "Reload", "button button-primary", || {
        // Fails only where the page is gone already.
        let _ = window().location().reload();
    })?;
    let download = button(document, "Download my diagram", "button", hand_over)?;
    card.append_child(&reload).ok()?;
    card.append_child(&download).ok()?;
    cover.append_child(&card).ok()?;
    // Escape leads nowhere: there is nothing to go back to. Safari knows no `closedby`.
    cover.set_attribute("closedby", "none").ok()?;
    let stay = Closure::<dyn Fn(web_sys::Event)>::new(|event: web_sys::Event| {
        event.prevent_default();
    });
    cover.set_oncancel(Some(stay.as_ref().unchecked_ref()));
    // The dialog stays as long as the page.
    stay.forget();
    document.body()?.append_child(&cover).ok()?;
    cover.show_modal().ok()?;
    reload.focus().ok()
}

/// Downloads the document: what is not in the storage if anything, else what is.
fn hand_over() {
    let kept = || read(STORE, session::last(&LocalStorage)?).ok();
    if let Some(diagram) = crate::app::services::saving::unsaved().or_else(kept) {
        download_text(
            "diagram.loopstream.json",
            &format::json::write(&diagram),
            "application/json",
        );
    }
}

fn element(document: &Document, name: &str, words: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(words));
    Some(element)
}

fn button(document: &Document, words: &str, class: &str, run: fn()) -> Option<HtmlElement> {
    let button: HtmlElement = element(document, "button", words)?.dyn_into().ok()?;
    button.set_class_name(class);
    let clicked = Closure::<dyn Fn()>::new(run);
    button.set_onclick(Some(clicked.as_ref().unchecked_ref()));
    // The button lives as long as the page.
    clicked.forget();
    Some(button)
}
