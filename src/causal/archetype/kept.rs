//! The matches of one archetype that are kept: each structure once.

use super::found::Found;

/// The most full matches of one archetype; the search for it stops there.
pub(super) const MOST_MATCHES: usize = 200;
/// The most near matches of one archetype.
pub(super) const MOST_NEAR: usize = 50;

/// Matches and near matches of one archetype.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) matches: Vec<Found>,
    pub(super) near: Vec<Found>,
}

impl Kept {
    /// Keeps a match, unless one like it is kept that is better.
    pub(super) fn put(&mut self, found: Found) {
        if found.gap.is_none() {
            let is_known = |kept: &Found| kept.order(&found).is_le() && kept.is_within(&found);
            if !self.matches.iter().any(is_known) {
                self.matches
                    .retain(|kept| kept.order(&found).is_le() || !found.is_within(kept));
                self.matches.push(found);
            }
        } else {
            // Where another thing is missing, it is another suggestion.
            let is_like = |one: &Found, other: &Found| {
                one.is_within(other) && one.gap == other.gap || one.has_roles_of(other)
            };
            let is_full = |kept: &Found| {
                kept.is_within(&found) || found.is_within(kept) || kept.has_ends_of(&found)
            };
            let is_known = |kept: &Found| kept.order(&found).is_le() && is_like(kept, &found);
            if !self.matches.iter().any(is_full) && !self.near.iter().any(is_known) {
                self.near
                    .retain(|kept| kept.order(&found).is_le() || !is_like(&found, kept));
                self.near.push(found);
            }
        }
    }

    /// What it costs to put one more, in visits of a link.
    pub(super) fn cost(&self) -> u64 {
        (self.matches.len() + self.near.len()) as u64 / 4
    }

    /// The best first.
    pub(super) fn sorted(of: &[Found]) -> Vec<&Found> {
        let mut sorted: Vec<&Found> = of.iter().collect();
        sorted.sort_by(|one, other| one.order(other));
        sorted
    }
}
