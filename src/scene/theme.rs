//! The colours of the canvas. They stand once, in `style/colors.css`, beside those of the page:
//! the browser needs them there before the program runs, so that the first paint has them, and
//! the compiler reads them here, so that canvas and exports have them without asking the browser.
//! A colour that is not there, or is written otherwise, does not compile.

use serde::{Deserialize, Serialize};

/// The one place with colours.
const COLORS: &str = include_str!("../../style/colors.css");

/// What a colour is for; the theme says which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// The canvas itself.
    Paper,
    /// Names, signs, arrow heads.
    Text,
    /// Arcs of links.
    Line,
    /// What steps back: placeholders, the grid's labels.
    Muted,
    /// The dots of the grid.
    Grid,
    /// The paper of a note.
    Note,
    /// The border of a note.
    NoteBorder,
    /// Reinforcing loops: warm.
    Reinforcing,
    /// Balancing loops: cool.
    Balancing,
    /// Loops of unknown sign: grey.
    Undetermined,
    /// What limits a value stream.
    Constraint,
    /// What is selected or about to be.
    Accent,
    /// A wash of the accent: marquee, rim of a variable under the pointer.
    AccentWash,
}

impl Ink {
    /// Every ink.
    pub const ALL: [Self; 13] = [
        Self::Paper,
        Self::Text,
        Self::Line,
        Self::Muted,
        Self::Grid,
        Self::Note,
        Self::NoteBorder,
        Self::Reinforcing,
        Self::Balancing,
        Self::Undetermined,
        Self::Constraint,
        Self::Accent,
        Self::AccentWash,
    ];

    /// The light and the dark value of the design token.
    const fn values(self) -> [&'static str; 2] {
        match self {
            Self::Paper => const { light_and_dark("--paper:") },
            Self::Text => const { light_and_dark("--ink:") },
            Self::Line => const { light_and_dark("--line:") },
            Self::Muted => const { light_and_dark("--muted:") },
            Self::Grid => const { light_and_dark("--grid:") },
            Self::Note => const { light_and_dark("--note:") },
            Self::NoteBorder => const { light_and_dark("--note-border:") },
            Self::Reinforcing => const { light_and_dark("--reinforcing:") },
            Self::Balancing => const { light_and_dark("--balancing:") },
            Self::Undetermined => const { light_and_dark("--undetermined:") },
            Self::Constraint => const { light_and_dark("--constraint:") },
            Self::Accent => const { light_and_dark("--accent:") },
            Self::AccentWash => const { light_and_dark("--accent-wash:") },
        }
    }
}

/// The values of a token: `--token: light-dark(light, dark);`.
const fn light_and_dark(token: &str) -> [&'static str; 2] {
    let (light, dark) = split_once(split_once(value_of(token), "light-dark(").1, ", ");
    [light, split_once(dark, ")").0]
}

/// What stands between the colon of a token and the semicolon.
const fn value_of(token: &str) -> &'static str {
    split_once(split_once(COLORS, token).1, ";").0
}

/// `str::split_once` as the compiler can run it.
const fn split_once(text: &'static str, mark: &str) -> (&'static str, &'static str) {
    let mut at = 0;
    while at + mark.len() <= text.len() {
        let mut same = 0;
        while same < mark.len() && text.as_bytes()[at + same] == mark.as_bytes()[same] {
            same += 1;
        }
        if same == mark.len() {
            let (before, rest) = text.split_at(at);
            return (before, rest.split_at(mark.len()).1);
        }
        at += 1;
    }
    panic!("style/colors.css has no such colour, or not as `--token: light-dark(light, dark);`")
}

/// Light, dark, or as it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
    /// Ink on the paper that is in the printer.
    Print,
}

impl Theme {
    /// The colour as CSS.
    #[must_use]
    pub const fn color(self, ink: Ink) -> &'static str {
        let [light, dark] = ink.values();
        match (self, ink) {
            (Self::Light, _) => light,
            (Self::Dark, _) => dark,
            (Self::Print, Ink::Paper) => const { split_once(value_of("--print-paper:"), " ").1 },
            (Self::Print, _) => light,
        }
    }
}
