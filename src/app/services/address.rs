//! What the address of the page asks for: a document in its fragment, to change, see or embed.

use crate::app::browser::window;
use crate::app::components::toast::Tone;
use crate::app::state::App;
use crate::editor::Action;
use crate::format::json;
use crate::format::link::{LinkUse, fragment, part_of, unpack};
use crate::model::Document;

/// What the page is for, from its first moment to its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// To draw.
    Editor,
    /// To see a document.
    View,
    /// To see a document in the frame of another page.
    Embed,
}

impl Page {
    /// What the address says that the page is for.
    #[must_use]
    pub fn of_address() -> Self {
        match part_of(&hash()).map(|(what, _)| what) {
            None | Some(LinkUse::Open) => Self::Editor,
            Some(LinkUse::View) => Self::View,
            Some(LinkUse::Embed) => Self::Embed,
        }
    }
}

/// The fragment of the address, with its `#`.
#[must_use]
pub fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// The address of the page without its fragment.
#[must_use]
pub fn home() -> String {
    let location = window().location();
    let mut home = location.origin().unwrap_or_default();
    home.push_str(&location.pathname().unwrap_or_default());
    home
}

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

impl App {
    /// Shows the document of the address; false if the address has none.
    pub fn open_address(self) -> bool {
        let hash = hash();
        let Some((what, packed)) = part_of(&hash) else {
            return false;
        };
        match document_of(packed) {
            Ok(document) if what == LinkUse::Open => {
                self.show_opened(document, "The link", &[]);
            }
            Ok(document) => self.show_to_viewer(document),
            // The page itself says why.
            Err(_) if what != LinkUse::Open => self.show_to_viewer(Document::default()),
            Err(why) => {
                if self.with(|core| core.open.is_none()) {
                    self.open_first();
                }
                let words = format!("The link was not opened: {why}.");
                self.show(words, Tone::Trouble, None);
            }
        }
        if what == LinkUse::Open
            && let Ok(history) = window().history()
        {
            // A reload, or a bookmark, is not to open a second copy. Fails for no address of ours.
            let _ = history.replace_state_with_url(&"".into(), "", Some(&home()));
        }
        true
    }

    /// The address has another fragment: a link was followed or typed in this tab.
    pub fn address_changed(self) {
        let is_link = part_of(&hash()).is_some();
        if self.page == Page::Editor && Page::of_address() == Page::Editor {
            self.open_address();
        } else if is_link || self.page != Page::Editor {
            self.settle();
            // Fails only where the page is gone already.
            let _ = window().location().reload();
        }
    }

    /// Shows a document that cannot be changed; nothing of it is kept.
    fn show_to_viewer(self, document: Document) {
        let editor = self.editor_of(document, None).for_viewing();
        let id = self.with(|core| core.id);
        self.show_document(editor, id, None);
        if self.page == Page::Embed {
            self.act(Action::ZoomFit);
        }
    }
}
