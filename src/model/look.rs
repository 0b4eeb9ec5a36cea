//! How a person wants a thing to look: its colour, its size, how strong a link is.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::element::{Element, Link, Note, Variable};
use super::id::Id;
use super::record::merge_as_a_whole;
use super::station::Station;

/// A colour of a variable, a note, a step or a link, by its name; the theme says which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Colour {
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow; letters and lines are a dark ochre.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
}

impl Colour {
    /// Every colour, in the order of the rainbow.
    pub const ALL: [Self; 6] = [
        Self::Red,
        Self::Orange,
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Violet,
    ];

    /// Its name, in small letters, as a file has it and as people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Violet => "violet",
        }
    }

    /// The colour of this name, in whatever case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|colour| colour.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// How large a variable or a note is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Size {
    /// For details.
    Small,
    /// As usual.
    #[default]
    Medium,
    /// For what matters most.
    Large,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// Its name, in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// How much a cause has to do with its effect, as a person sees it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Strength {
    /// A little; a thin line.
    Weak,
    /// As usual, or nobody said.
    #[default]
    Medium,
    /// A lot; a thick line.
    Strong,
}

impl Strength {
    /// Every strength, the weakest first.
    pub const ALL: [Self; 3] = [Self::Weak, Self::Medium, Self::Strong];

    /// Its name, in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Medium => "medium",
            Self::Strong => "strong",
        }
    }
}

merge_as_a_whole!(Size, Strength);

impl Look {
    /// Of what has no look of its own.
    const NONE: Self = Self {
        colour: None,
        size: None,
        emphasis: None,
        strength: None,
    };
}

/// What can be said of the look of one record: `None` where its kind does not have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its colour, or none.
    pub colour: Option<Option<Colour>>,
    /// Its size.
    pub size: Option<Size>,
    /// Whether it is emphasized.
    pub emphasis: Option<bool>,
    /// How strong it is.
    pub strength: Option<Strength>,
}

impl Variable {
    /// How it is to look.
    #[must_use]
    pub const fn look(&self) -> Look {
        Look {
            colour: Some(self.colour),
            size: Some(self.size),
            emphasis: Some(self.emphasis),
            ..Look::NONE
        }
    }
}

impl Note {
    /// How it is to look.
    #[must_use]
    pub const fn look(&self) -> Look {
        Look {
            colour: Some(self.colour),
            size: Some(self.size),
            emphasis: Some(self.emphasis),
            ..Look::NONE
        }
    }
}

impl Link {
    /// How it is to look.
    #[must_use]
    pub const fn look(&self) -> Look {
        Look {
            colour: Some(self.colour),
            emphasis: Some(self.emphasis),
            strength: Some(self.strength),
            ..Look::NONE
        }
    }
}

impl Station {
    /// How it is to look.
    #[must_use]
    pub const fn look(&self) -> Look {
        Look {
            colour: Some(self.colour),
            ..Look::NONE
        }
    }
}

impl Document {
    /// How a record is to look.
    #[must_use]
    pub fn look(&self, id: Id) -> Option<Look> {
        let variable = self.variables().get(&id).map(Variable::look);
        variable
            .or_else(|| self.links().get(&id).map(Link::look))
            .or_else(|| self.notes().get(&id).map(Note::look))
            .or_else(|| self.stations().get(&id).map(Station::look))
    }
}

impl Element {
    /// How it is to look.
    #[must_use]
    pub const fn look(&self) -> Look {
        match self {
            Self::Variable(variable) => variable.look(),
            Self::Note(note) => note.look(),
            Self::Link(link) => link.look(),
            Self::Station(station) => station.look(),
            Self::LoopLabel(_)
            | Self::Flow(_)
            | Self::FindingReview(_)
            | Self::Frame(_)
            | Self::Comment(_)
            | Self::Image(_)
            | Self::Improvement(_)
            | Self::Scenario(_)
            | Self::Story(_)
            | Self::StoryStep(_)
            | Self::Retrospective(_)
            | Self::Fact(_)
            | Self::Variation(_)
            | Self::Experiment(_) => Look::NONE,
        }
    }

    /// Changes how it is to look, as far as its kind has what is given.
    pub const fn set_look(&mut self, look: Look) {
        match self {
            Self::Variable(variable) => {
                set(&mut variable.colour, look.colour);
                set(&mut variable.size, look.size);
                set(&mut variable.emphasis, look.emphasis);
            }
            Self::Note(note) => {
                set(&mut note.colour, look.colour);
                set(&mut note.size, look.size);
                set(&mut note.emphasis, look.emphasis);
            }
            Self::Link(link) => {
                set(&mut link.colour, look.colour);
                set(&mut link.emphasis, look.emphasis);
                set(&mut link.strength, look.strength);
            }
            Self::Station(station) => set(&mut station.colour, look.colour),
            Self::LoopLabel(_)
            | Self::Flow(_)
            | Self::FindingReview(_)
            | Self::Frame(_)
            | Self::Comment(_)
            | Self::Image(_)
            | Self::Improvement(_)
            | Self::Scenario(_)
            | Self::Story(_)
            | Self::StoryStep(_)
            | Self::Retrospective(_)
            | Self::Fact(_)
            | Self::Variation(_)
            | Self::Experiment(_) => {}
        }
    }
}

const fn set<T: Copy>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_a_file() {
        for colour in Colour::ALL {
            assert_eq!(serde_json::to_value(colour).unwrap(), colour.name());
            assert_eq!(Colour::named(&colour.name().to_uppercase()), Some(colour));
        }
        for size in Size::ALL {
            assert_eq!(serde_json::to_value(size).unwrap(), size.name());
        }
        for strength in Strength::ALL {
            assert_eq!(serde_json::to_value(strength).unwrap(), strength.name());
        }
        assert_eq!(Colour::named("pink"), None);
    }
}
