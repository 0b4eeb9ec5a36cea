//! What a walk goes over, and what it may spend.

use super::LONGEST;
use crate::causal::archetype::reach::Reach;
use crate::causal::archetype::shape::Role;
use crate::causal::archetype::web::Web;

/// The document, what is known of its distances, and the budget.
pub(in crate::causal::archetype) struct Ground<'a> {
    pub(in crate::causal::archetype) roles: &'static [Role],
    pub(in crate::causal::archetype) web: &'a Web,
    pub(in crate::causal::archetype) reach: &'a mut Reach,
    /// In visits of a link.
    pub(in crate::causal::archetype) budget: &'a mut u64,
}

impl Ground<'_> {
    /// The fewest links from one variable to another, with a net sign that is negative or not.
    pub(super) fn nearest(&mut self, from: u32, to: u32, negative: bool) -> u8 {
        let row = self.reach.to(self.web, to, 2 * LONGEST, self.budget);
        row[from as usize][usize::from(negative)]
    }

    /// Whether a lack may play a role.
    pub(super) fn may_face(&self, role: usize) -> bool {
        self.roles[role].lack_plays
    }
}
