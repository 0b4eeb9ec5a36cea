//! The colours of the canvas in both themes. `style/tokens.css` has the same (a test compares).

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
    /// What is selected or about to be.
    Accent,
    /// A wash of the accent: marquee, rim of a variable under the pointer.
    AccentWash,
}

impl Ink {
    /// Every ink, in the order of the tokens.
    pub const ALL: [Self; 12] = [
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
        Self::Accent,
        Self::AccentWash,
    ];

    /// The name of the design token, without its leading `--`.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Text => "ink",
            Self::Line => "line",
            Self::Muted => "muted",
            Self::Grid => "grid",
            Self::Note => "note",
            Self::NoteBorder => "note-border",
            Self::Reinforcing => "reinforcing",
            Self::Balancing => "balancing",
            Self::Undetermined => "undetermined",
            Self::Accent => "accent",
            Self::AccentWash => "accent-wash",
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// The colour as CSS.
    ///
    /// Reinforcing and balancing are vermilion and blue of Okabe & Ito's colour-blind safe set
    /// (2008), darkened or lightened until they reach 4.5 to 1 on the paper of the theme.
    #[must_use]
    pub const fn color(self, ink: Ink) -> &'static str {
        match (self, ink) {
            (Self::Light, Ink::Paper) => "#fcfbf8",
            (Self::Light, Ink::Text) => "#1d2129",
            (Self::Light, Ink::Line) => "#5a6270",
            (Self::Light, Ink::Muted) => "#646b78",
            (Self::Light, Ink::Grid) => "#dcdad3",
            (Self::Light, Ink::Note) => "#f6f0dc",
            (Self::Light, Ink::NoteBorder) => "#e2d8b6",
            (Self::Light, Ink::Reinforcing) => "#b84a00",
            (Self::Light, Ink::Balancing) => "#0068a5",
            (Self::Light, Ink::Undetermined) => "#676c75",
            (Self::Light, Ink::Accent) => "#5b45c9",
            (Self::Light, Ink::AccentWash) => "#5b45c91f",
            (Self::Dark, Ink::Paper) => "#17191e",
            (Self::Dark, Ink::Text) => "#eceae4",
            (Self::Dark, Ink::Line) => "#9aa2b1",
            (Self::Dark, Ink::Muted) => "#9ea5b2",
            (Self::Dark, Ink::Grid) => "#2c3038",
            (Self::Dark, Ink::Note) => "#2a281f",
            (Self::Dark, Ink::NoteBorder) => "#454130",
            (Self::Dark, Ink::Reinforcing) => "#f58f4d",
            (Self::Dark, Ink::Balancing) => "#62b6ee",
            (Self::Dark, Ink::Undetermined) => "#a3a8b2",
            (Self::Dark, Ink::Accent) => "#a99bff",
            (Self::Dark, Ink::AccentWash) => "#a99bff2e",
        }
    }
}
