//! Which loops a list shows, and in what order.

use serde::{Deserialize, Serialize};

use super::length_histogram::Key;
use crate::causal::found::LoopPolarity;
use crate::causal::graph::GraphLink;
use crate::model::{Delay, Polarity};

/// Which loops are wanted: those to which all that is stated applies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LoopFilter {
    /// Loops of this polarity.
    pub polarity: Option<LoopPolarity>,
    /// Loops with a delayed link, or those without one.
    pub delay: Option<Delay>,
    /// Loops that pass here.
    pub through: Option<Through>,
    /// Loops that pass one of the variables of which this says yes, by index: what a search by name
    /// comes to.
    pub any_of: Option<Box<[bool]>>,
}

/// A place that a loop passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Through {
    /// A variable, by its index.
    Variable(u32),
    /// A link, by its index.
    Link(u32),
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LoopOrder {
    /// By the number of links; of equal length, in the order in which they were found.
    #[default]
    ShortestFirst,
    /// The other way round.
    LongestFirst,
}

impl LoopFilter {
    /// The key of a link: its length, which is one, and what the filter asks about.
    pub(super) fn key(&self, index: u32, link: &GraphLink) -> Key {
        let mut key = Key::STEP;
        if self.polarity.is_some() {
            match link.polarity {
                Polarity::Positive => {}
                Polarity::Negative => key = key.with(Key::NEGATIVE),
                Polarity::Unknown => key = key.with(Key::UNKNOWN),
            }
        }
        if self.delay.is_some() && link.delay == Delay::Delayed {
            key = key.with(Key::DELAYED);
        }
        let is_passed = match self.through {
            None => false,
            // A loop leaves each of its variables once.
            Some(Through::Variable(variable)) => link.from == variable,
            Some(Through::Link(passed)) => index == passed,
        };
        if is_passed {
            key = key.with(Key::PASSING);
        }
        let is_any = |variables: &[bool]| variables.get(link.from as usize) == Some(&true);
        if self.any_of.as_deref().is_some_and(is_any) {
            key = key.with(Key::ANY);
        }
        key
    }

    /// The key of a wanted loop, but for its length.
    pub(super) fn wanted(&self) -> Key {
        let polarity = match self.polarity {
            None | Some(LoopPolarity::Reinforcing) => Key::NONE,
            Some(LoopPolarity::Balancing) => Key::NEGATIVE,
            Some(LoopPolarity::Undetermined) => Key::UNKNOWN,
        };
        let delay = match self.delay {
            None | Some(Delay::None) => Key::NONE,
            Some(Delay::Delayed) => Key::DELAYED,
        };
        let passing = self.through.map_or(Key::NONE, |_| Key::PASSING);
        let any = self.any_of.as_ref().map_or(Key::NONE, |_| Key::ANY);
        Key::NONE.with(polarity).with(delay).with(passing).with(any)
    }

    /// Whether loops of one length differ in what is asked about.
    pub(super) fn is_any(&self) -> bool {
        *self == Self::default()
    }
}
