//! Light or dark: as the system has it, unless a person chooses.

use crate::app::browser::storage::LocalStorage;
use crate::app::browser::window;
use crate::scene::Theme;
use crate::store::KeyValue;

/// The key of the choice; `index.html` reads it too, before anything is painted.
pub const KEY: &str = "loopstream/theme";

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

    /// The choice as it is kept; none for that of the system.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
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
