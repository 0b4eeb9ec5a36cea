//! What a presentation and the window with the notes of the speaker say to each other.
//!
//! The presentation tells each step; the window asks it to go on or back. Nothing that is said can
//! change a document.

use serde::{Deserialize, Serialize};

use super::action::{Action, Condition};
use super::keys::{KeyPress, action_for};
use super::state::Editor;
use crate::model::StoryStep;

/// A message between both windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpeakerMessage {
    /// A window with notes has opened: whoever presents is to tell its step.
    Hello,
    /// A presentation is at this step.
    Told(Box<SpeakerStep>),
    /// What the step after a step shows, as an SVG.
    Next {
        /// The presentation.
        of: String,
        /// The number of the step that is shown, from 1.
        after: usize,
        /// The picture.
        picture: String,
    },
    /// The window asks this presentation for something.
    Asked(String, Lead),
    /// This presentation is over.
    Ended(String),
}

/// A step as the speaker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeakerStep {
    /// Which presentation it is of: two may run in one browser.
    pub of: String,
    /// When that began, in milliseconds since the epoch.
    pub began: u64,
    /// The title of the document; empty where it has none.
    pub document: String,
    /// The number of the step, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
    /// What is told of it.
    pub told: StepWords,
    /// What only the speaker sees, as plain text; may be empty.
    pub notes: String,
    /// What will be told of the step after it; none at the last one.
    pub next: Option<StepWords>,
}

/// What is told of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepWords {
    /// Its title; may be empty.
    pub title: String,
    /// Its words, in the Markdown of stories; where it has none, the loops that it lights.
    pub words: String,
}

/// Where the window with the notes leads a presentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lead {
    /// To the next step.
    Next,
    /// To the step before.
    Back,
    /// To the first step.
    First,
    /// To the last step.
    Last,
    /// A digit of the number of a step was typed.
    Digit(u8),
    /// To the dark, or to the light.
    Theme,
    /// Out.
    End,
}

impl Lead {
    /// Where a key leads: the same keys as in the presentation itself.
    #[must_use]
    pub fn of_key(press: &KeyPress) -> Option<Self> {
        let digit = press.key.parse::<u8>().ok().filter(|digit| *digit < 10);
        if let Some(digit) = digit.filter(|_| !press.ctrl && !press.alt) {
            return Some(Self::Digit(digit));
        }
        match action_for(press, |when| when == Condition::Presents)? {
            Action::PresentNext => Some(Self::Next),
            Action::PresentBack => Some(Self::Back),
            Action::PresentFirst => Some(Self::First),
            Action::PresentLast => Some(Self::Last),
            Action::PresentTheme => Some(Self::Theme),
            Action::EndPresenting => Some(Self::End),
            _ => None,
        }
    }

    /// The action of the presentation; none for a digit, which is typed.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::Next => Some(Action::PresentNext),
            Self::Back => Some(Action::PresentBack),
            Self::First => Some(Action::PresentFirst),
            Self::Last => Some(Action::PresentLast),
            Self::Theme => Some(Action::PresentTheme),
            Self::End => Some(Action::EndPresenting),
            Self::Digit(_) => None,
        }
    }
}

impl Editor {
    /// What the speaker sees of the step that is presented, in the presentation of this name, which
    /// began then, in milliseconds since the epoch.
    #[must_use]
    pub fn speaker_step(&self, of: &str, began: u64) -> Option<SpeakerStep> {
        let presenting = self.presenting()?;
        let step = presenting.step()?;
        Some(SpeakerStep {
            of: of.to_owned(),
            began,
            document: self.document().properties().title.trim().to_owned(),
            number: presenting.place() + 1,
            count: presenting.steps().len(),
            told: self.step_words(step),
            notes: step.notes.trim().to_owned(),
            next: presenting.next_step().map(|next| self.step_words(next)),
        })
    }

    fn step_words(&self, step: &StoryStep) -> StepWords {
        let words = step.words.trim();
        let words = match words.is_empty() {
            true => self.told_loops(step),
            false => words.to_owned(),
        };
        StepWords {
            title: step.title.trim().to_owned(),
            words,
        }
    }
}

/// The presentation that a window with notes follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Followed {
    /// None has been heard of yet.
    #[default]
    Waiting,
    /// It is at this step.
    At(Box<SpeakerStep>),
    /// It is over.
    Over,
}

impl Followed {
    /// What is followed after a message: one presentation until it is over, or until a later one
    /// begins.
    #[must_use]
    pub fn after(self, message: SpeakerMessage) -> Self {
        match (self, message) {
            (Self::At(step), SpeakerMessage::Told(told))
                if told.of != step.of && told.began <= step.began =>
            {
                Self::At(step)
            }
            (_, SpeakerMessage::Told(told)) => Self::At(told),
            (Self::At(step), SpeakerMessage::Ended(of)) if of == step.of => Self::Over,
            (before, _) => before,
        }
    }

    /// The step that is shown, if one is.
    #[must_use]
    pub fn step(&self) -> Option<&SpeakerStep> {
        match self {
            Self::At(step) => Some(step),
            Self::Waiting | Self::Over => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::KeyReader;

    fn told(of: &str, began: u64, number: usize) -> SpeakerMessage {
        SpeakerMessage::Told(Box::new(SpeakerStep {
            of: of.to_owned(),
            began,
            document: String::new(),
            number,
            count: 9,
            told: StepWords::default(),
            notes: String::new(),
            next: None,
        }))
    }

    #[test]
    fn one_presentation_is_followed_until_it_is_over_or_a_later_one_begins() {
        let ended = |of: &str| SpeakerMessage::Ended(of.to_owned());
        let number =
            |followed: &Followed| followed.step().map(|step| (step.of.clone(), step.number));
        let at = |of: &str, number| Some((of.to_owned(), number));
        let mut followed = Followed::default();
        for (message, expected) in [
            (ended("a"), None),
            (SpeakerMessage::Hello, None),
            (told("a", 10, 1), at("a", 1)),
            (told("a", 10, 2), at("a", 2)),
            // One that began before stays unheard, and so does its end.
            (told("b", 5, 7), at("a", 2)),
            (ended("b"), at("a", 2)),
            (told("c", 20, 1), at("c", 1)),
            (told("a", 10, 3), at("c", 1)),
            (ended("c"), None),
            (told("a", 10, 4), at("a", 4)),
        ] {
            followed = followed.after(message);
            assert_eq!(number(&followed), expected);
        }
        assert_eq!(followed.after(ended("a")), Followed::Over);
    }

    #[test]
    fn the_keys_are_those_of_the_presentation() {
        let press = |key: &str| KeyPress {
            key: key.to_owned(),
            reader: KeyReader::Page,
            ..KeyPress::default()
        };
        for (key, lead) in [
            ("arrowright", Some(Lead::Next)),
            ("pagedown", Some(Lead::Next)),
            (" ", Some(Lead::Next)),
            ("pageup", Some(Lead::Back)),
            ("home", Some(Lead::First)),
            ("end", Some(Lead::Last)),
            ("d", Some(Lead::Theme)),
            ("escape", Some(Lead::End)),
            ("7", Some(Lead::Digit(7))),
            ("n", None),
            ("delete", None),
        ] {
            assert_eq!(Lead::of_key(&press(key)), lead, "{key}");
        }
        let held = KeyPress {
            ctrl: true,
            ..press("1")
        };
        assert_eq!(Lead::of_key(&held), None);
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        for message in [
            SpeakerMessage::Hello,
            told("a", 10, 1),
            SpeakerMessage::Asked("a".to_owned(), Lead::Digit(3)),
            SpeakerMessage::Ended("a".to_owned()),
        ] {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(
                serde_json::from_str::<SpeakerMessage>(&text).unwrap(),
                message
            );
        }
    }
}
