//! A loop that was found.

use serde::{Deserialize, Serialize};

use super::graph::GraphLink;
use crate::model::Delay;
use crate::model::Polarity;

/// What a loop does to a change that travels once round it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LoopPolarity {
    /// R: an even number of negative links; the change comes back enlarged.
    Reinforcing,
    /// B: an odd number of negative links; the change comes back opposed.
    Balancing,
    /// The polarity of some link is unknown, so that of the loop is.
    Undetermined,
}

impl LoopPolarity {
    /// The polarity of a loop of links with these polarities.
    #[must_use]
    pub fn of(links: impl IntoIterator<Item = Polarity>) -> Self {
        links
            .into_iter()
            .fold(Self::Reinforcing, |so_far, link| match (so_far, link) {
                (Self::Undetermined, _) | (_, Polarity::Unknown) => Self::Undetermined,
                (_, Polarity::Positive) => so_far,
                (Self::Reinforcing, Polarity::Negative) => Self::Balancing,
                (Self::Balancing, Polarity::Negative) => Self::Reinforcing,
            })
    }
}

/// An elementary loop: it passes no variable twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundLoop<'search> {
    /// The indices of its links in the order of travel, starting at its variable of smallest
    /// index. Never empty.
    pub links: &'search [u32],
    /// The polarity of the whole loop.
    pub polarity: LoopPolarity,
    /// Whether any of its links is delayed.
    pub delay: Delay,
}

/// The delay of a loop of links with these delays.
pub(super) fn loop_delay(links: impl IntoIterator<Item = Delay>) -> Delay {
    links.into_iter().max().unwrap_or_default()
}

/// Where a loop's links, in order of travel, leave the variable of smallest index.
pub(super) fn index_of_smallest_variable(route: &[u32], links: &[GraphLink]) -> usize {
    (0..route.len())
        .min_by_key(|&position| links[route[position] as usize].from)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Polarity::{Negative, Positive, Unknown};

    #[test]
    fn the_parity_of_the_negatives_decides() {
        assert_eq!(
            LoopPolarity::of([Negative, Positive, Negative]),
            LoopPolarity::Reinforcing
        );
        assert_eq!(
            LoopPolarity::of([Negative, Positive]),
            LoopPolarity::Balancing
        );
    }

    #[test]
    fn one_unknown_link_leaves_the_loop_undetermined() {
        assert_eq!(
            LoopPolarity::of([Negative, Unknown, Positive]),
            LoopPolarity::Undetermined
        );
    }

    #[test]
    fn one_delayed_link_makes_a_delayed_loop() {
        assert_eq!(
            loop_delay([Delay::None, Delay::Delayed, Delay::None]),
            Delay::Delayed
        );
        assert_eq!(loop_delay([Delay::None]), Delay::None);
    }
}
