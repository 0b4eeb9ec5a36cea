//! The colours of the canvas. They stand once, in `style/colors.css`, beside those of the page:
//! the browser needs them there before the program runs, so that the first paint has them, and
//! the compiler reads them here, so that canvas and exports have them without asking the browser.
//! A colour that is not there, or is written otherwise, does not compile.

use serde::{Deserialize, Serialize};

use crate::model::Colour;

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
    /// A wash of the paper, over what a play has not reached.
    PaperWash,
    /// A link whose effect goes the same way, where colours say signs.
    Positive,
    /// A link whose effect goes the opposite way, where colours say signs.
    Negative,
    /// Letters and lines of a colour that a person chose.
    Colour(Colour),
    /// Paper of a colour that a person chose.
    Tint(Colour),
}

impl Ink {
    /// Every ink.
    pub const ALL: [Self; 28] = [
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
        Self::PaperWash,
        Self::Positive,
        Self::Negative,
        Self::Colour(Colour::Red),
        Self::Colour(Colour::Orange),
        Self::Colour(Colour::Yellow),
        Self::Colour(Colour::Green),
        Self::Colour(Colour::Blue),
        Self::Colour(Colour::Violet),
        Self::Tint(Colour::Red),
        Self::Tint(Colour::Orange),
        Self::Tint(Colour::Yellow),
        Self::Tint(Colour::Green),
        Self::Tint(Colour::Blue),
        Self::Tint(Colour::Violet),
    ];

    /// The colour of the system that stands for it (CSS Color 4, section 6.2). Signs, letters and lines
    /// tell apart what the colours of loops do elsewhere.
    const fn forced(self) -> &'static str {
        match self {
            Self::Paper | Self::Note | Self::Tint(_) => "Canvas",
            Self::Text
            | Self::Line
            | Self::NoteBorder
            | Self::Reinforcing
            | Self::Balancing
            | Self::Undetermined
            | Self::Positive
            | Self::Negative
            | Self::Colour(_) => "CanvasText",
            Self::Muted | Self::Grid => "GrayText",
            Self::Accent => "Highlight",
            Self::Constraint => "LinkText",
            Self::AccentWash => "color-mix(in srgb, Highlight 30%, transparent)",
            Self::PaperWash => "color-mix(in srgb, Canvas 72%, transparent)",
        }
    }

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
            Self::PaperWash => const { light_and_dark("--paper-wash:") },
            Self::Positive => const { light_and_dark("--positive:") },
            Self::Negative => const { light_and_dark("--negative:") },
            Self::Colour(colour) => match colour {
                Colour::Red => const { light_and_dark("--red:") },
                Colour::Orange => const { light_and_dark("--orange:") },
                Colour::Yellow => const { light_and_dark("--yellow:") },
                Colour::Green => const { light_and_dark("--green:") },
                Colour::Blue => const { light_and_dark("--blue:") },
                Colour::Violet => const { light_and_dark("--violet:") },
            },
            Self::Tint(colour) => match colour {
                Colour::Red => const { light_and_dark("--red-tint:") },
                Colour::Orange => const { light_and_dark("--orange-tint:") },
                Colour::Yellow => const { light_and_dark("--yellow-tint:") },
                Colour::Green => const { light_and_dark("--green-tint:") },
                Colour::Blue => const { light_and_dark("--blue-tint:") },
                Colour::Violet => const { light_and_dark("--violet-tint:") },
            },
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
    /// The few colours that a person has set in the system, for all programs. On screen only: they are
    /// names that a browser resolves.
    Forced,
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
            (Self::Forced, _) => ink.forced(),
        }
    }
}
