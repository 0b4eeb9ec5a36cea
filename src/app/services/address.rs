//! What the address of the page asks for: a document in its fragment, to change, see, embed or present.

use crate::app::browser::{hash, home, window};
use crate::app::services::{documents, files, joining, notify, present, saving};
use crate::app::state::{App, Page, Tone};
use crate::editor::{Action, Event, PresentInput};
use crate::format::json;
use crate::format::link::{LinkUse, fragment, part_of, unpack};
use crate::model::Document;

/// The address that asks for what this page shows, in another way.
#[must_use]
pub fn same_document(what: LinkUse) -> String {
    let hash = hash();
    let packed = part_of(&hash).map_or("", |(_, packed)| packed);
    let mut address = home();
    address.push_str(&fragment(what, packed));
    address
}

/// The document that an address has packed, or why it cannot be read.
fn document_of(packed: &str) -> Result<Document, String> {
    let text = unpack(packed).map_err(|error| error.to_string())?;
    match json::read(&text) {
        Ok(opened) => Ok(opened.document),
        Err(error) => Err(error.to_string()),
    }
}

/// Whether the address asks for the story to be told in the frame of another page.
#[must_use]
pub fn tells() -> bool {
    part_of(&hash()).is_some_and(|(what, _)| what == LinkUse::Tell)
}

/// Why a page that only shows the document of its address shows nothing.
#[must_use]
pub fn why_nothing() -> String {
    match part_of(&hash()).map(|(_, packed)| document_of(packed)) {
        Some(Err(why)) => format!("The diagram cannot be shown: {why}."),
        _ => EMPTY.to_owned(),
    }
}

/// What is said in the place of an empty diagram.
pub const EMPTY: &str = "This diagram is empty.";

/// Shows the document of the address; false if the address has none.
pub fn open(app: App) -> bool {
    let hash = hash();
    let Some((what, packed)) = part_of(&hash) else {
        if joining::ask(app, &hash) {
            // The secret stays neither in sight nor in the history.
            forget_fragment();
        }
        return false;
    };
    match document_of(packed) {
        Ok(document) if what == LinkUse::Open => {
            files::show_opened(app, document, "The link", &[]);
        }
        Ok(document) => {
            let is_told = matches!(what, LinkUse::Present | LinkUse::Tell) && !document.is_empty();
            show_to_viewer(app, document);
            match is_told {
                true => app.send(Event::Present(PresentInput::Begin(None))),
                false => present::unmark(),
            }
        }
        // The page itself says why.
        Err(_) if what != LinkUse::Open => {
            present::unmark();
            show_to_viewer(app, Document::default());
        }
        Err(why) => {
            if app.with(|core| core.open.is_none()) {
                documents::open_first(app);
            }
            let words = format!("The link was not opened: {why}.");
            notify::show(app, words, Tone::Trouble, None);
        }
    }
    if what == LinkUse::Open {
        // A reload, or a bookmark, is not to open a second copy.
        forget_fragment();
    }
    true
}

/// Takes the fragment out of the address.
fn forget_fragment() {
    if let Ok(history) = window().history() {
        // Fails for no address of ours.
        let _ = history.replace_state_with_url(&"".into(), "", Some(&home()));
    }
}

/// The address has another fragment: a link was followed or typed in this tab.
pub fn changed(app: App) {
    let page = Page::of_address();
    let is_other = part_of(&hash()).is_some() || page == Page::Notes;
    if app.page == Page::Editor && page == Page::Editor {
        open(app);
    } else if is_other || app.page != Page::Editor {
        saving::flush(app);
        // Fails only where the page is gone already.
        let _ = window().location().reload();
    }
}

/// Shows a document that cannot be changed; nothing of it is kept.
fn show_to_viewer(app: App, document: Document) {
    let editor = documents::editor_of(app, document, None).for_viewing();
    let id = app.with(|core| core.id);
    documents::show(app, editor, id, None);
    if app.page == Page::Embed {
        app.send(Event::Act(Action::ZoomFit));
    }
}
