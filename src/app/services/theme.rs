//! Choosing light or dark.

use leptos::prelude::*;

use crate::app::browser::storage::LocalStorage;
use crate::app::browser::window;
use crate::app::services::frame;
use crate::app::state::{App, KEY_OF_THEME, ThemeChoice};
use crate::scene::Theme;
use crate::store::KeyValue;

/// When a person has set the colours of all programs.
pub const FORCED_COLORS: &str = "(forced-colors: active)";

/// Takes a theme, and keeps the choice if that is possible.
pub fn choose(app: App, choice: ThemeChoice) {
    // Where the storage is blocked the choice holds until the page is closed.
    let _ = match choice.word() {
        Some(word) => LocalStorage.set(KEY_OF_THEME, word),
        None => LocalStorage.remove(KEY_OF_THEME),
    };
    app.theme.set(choice);
    apply(app);
}

/// Brings page and canvas to the theme that holds now.
pub fn apply(app: App) {
    let choice = app.theme.get_untracked();
    let root = window()
        .document()
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // Fails only for names that are none.
        let _ = match choice.word() {
            Some(word) => root.set_attribute("data-theme", word),
            None => root.remove_attribute("data-theme"),
        };
    }
    app.change(|core| {
        core.theme = choice.resolved();
        core.canvas_theme = if colors_are_forced() {
            Theme::Forced
        } else {
            core.theme
        };
    });
    // The choice may be the same and mean another theme: the system has changed.
    app.theme.set(choice);
    frame::request(app);
}

/// Whether a person has set the colours of all programs.
fn colors_are_forced() -> bool {
    let query = window().match_media(FORCED_COLORS).ok().flatten();
    query.is_some_and(|query| query.matches())
}
