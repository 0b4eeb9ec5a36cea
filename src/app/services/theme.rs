//! Light or dark: as the system has it, unless a person chooses.

use crate::app::browser::window;
use crate::app::services::local::LocalStorage;
use crate::app::state::App;
use crate::scene::Theme;
use crate::store::KeyValue;
use leptos::prelude::*;

/// The key of the choice; `index.html` reads it too, before anything is painted.
const KEY: &str = "loopstream/theme";

/// What a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// The choice that was kept.
    #[must_use]
    pub fn kept() -> Self {
        match LocalStorage.get(KEY).ok().flatten().as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The theme that follows from it now.
    #[must_use]
    pub fn resolved(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
            Self::System if system_is_dark() => Theme::Dark,
            Self::System => Theme::Light,
        }
    }

    const fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

fn system_is_dark() -> bool {
    let query = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten();
    query.is_some_and(|query| query.matches())
}

impl App {
    /// Takes a theme, and keeps the choice if that is possible.
    pub fn choose_theme(self, choice: ThemeChoice) {
        // Where the storage is blocked the choice holds until the page is closed.
        let _ = match choice.word() {
            Some(word) => LocalStorage.set(KEY, word),
            None => LocalStorage.remove(KEY),
        };
        self.theme.set(choice);
        self.apply_theme();
    }

    /// Brings page and canvas to the theme that holds now.
    pub fn apply_theme(self) {
        let choice = self.theme.get_untracked();
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
        self.change(|core| core.theme = choice.resolved());
        // The choice may be the same and mean another theme: the system has changed.
        self.theme.set(choice);
        self.request_frame();
    }
}
