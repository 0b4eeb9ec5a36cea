//! Giving the dots of a vote: to what is clicked with the tool for it, or to what is selected. Whose
//! dots there are and how many are left is known to the app alone.

use crate::model::Lever;
use crate::scene::Hit;

use super::event::{Effect, Pointer};
use super::state::{Editor, Tool};

/// Whether dots can be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voting {
    /// No vote is open, or it is not for who may only look.
    #[default]
    Off,
    /// A vote is open.
    Open,
}

/// What becomes of a dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DotWay {
    /// It is given.
    Give,
    /// It is taken back.
    TakeBack,
}

impl Editor {
    /// Dots can be given from now on, or no longer: then the tool for it is put away.
    pub fn set_voting(&mut self, voting: Voting) {
        if self.voting == voting {
            return;
        }
        self.voting = voting;
        if self.tool == Tool::Dot && voting == Voting::Off {
            self.tool = Tool::Select;
        }
        self.versions.mode += 1;
    }

    /// A click with the tool for dots; with Shift it takes one back.
    pub(super) fn click_for_dot(start: &Pointer, hit: &Hit) -> Vec<Effect> {
        let way = match start.modifiers.shift {
            true => DotWay::TakeBack,
            false => DotWay::Give,
        };
        let lever = match hit {
            Hit::Badge(key) | Hit::Trial(Lever::Loop(key)) => Some(Lever::Loop(key.clone())),
            hit => hit.record().map(Lever::Record),
        };
        lever
            .map(|lever| Effect::Dot(lever, way))
            .into_iter()
            .collect()
    }

    /// A dot for each thing that is selected, or for the chosen loop.
    pub(super) fn dot_selected(&self, way: DotWay) -> Vec<Effect> {
        let records = self.overlay.selection.iter().copied().map(Lever::Record);
        let mut levers: Vec<Lever> = records.collect();
        if levers.is_empty() {
            levers.extend(self.chosen_loop.clone().map(Lever::Loop));
        }
        if levers.is_empty() {
            let words = "Select what the dot is for, or choose a loop";
            return vec![Effect::Announce(words.to_owned())];
        }
        let dots = levers.into_iter().map(|lever| Effect::Dot(lever, way));
        dots.collect()
    }
}
