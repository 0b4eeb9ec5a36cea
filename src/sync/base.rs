//! What a room shows to who keeps a copy of it: what the document stands on, and what was played.

use super::entry::{Body, Entry};
use super::room::Room;
use super::snapshot::{Snapshot, extend, upto};
use crate::store::{Covered, Entry as Gesture};

/// What the document of a room stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Base<'r> {
    /// The entry of the snapshot.
    pub entry: &'r Entry,
    /// The snapshot.
    pub snapshot: &'r Snapshot,
    /// What is not played on it: what it covers, and what everybody has let go.
    pub settled: Covered,
}

impl Room {
    /// What the document stands on, if it is here. It is another one, and all gestures on it are
    /// played anew, whenever [`grounds`](Self::grounds) has changed.
    #[must_use]
    pub fn base(&self) -> Option<Base<'_>> {
        let order = self.ground()?.order;
        let entry = self.entry(order.tab, order.number)?;
        let Body::Snapshot(snapshot) = &entry.body else {
            return None;
        };
        let mut settled = snapshot.covered.clone();
        extend(&mut settled, self.gone());
        Some(Base {
            entry,
            snapshot,
            settled,
        })
    }

    /// Up to which number the entries of each tab are in the document, or do nothing.
    #[must_use]
    pub fn played(&self) -> Covered {
        let ground = self.ground();
        ground.map_or_else(Covered::new, |ground| ground.played.clone())
    }

    /// The gestures in the document that a copy lacks which has so much, in their order.
    #[must_use]
    pub fn gestures_since(&self, known: &Covered) -> Vec<Gesture> {
        let Some((base, ground)) = self.base().zip(self.ground()) else {
            return Vec::new();
        };
        let mut gestures = Vec::new();
        for (tab, last) in &ground.played {
            let first = upto(known, *tab).max(upto(&base.settled, *tab)) + 1;
            if first > *last {
                continue;
            }
            for entry in self.log().of(*tab, first..=*last) {
                if let Body::Patch(patch) = &entry.body
                    && entry.order.lamport <= ground.latest()
                {
                    gestures.push(Gesture {
                        order: entry.order,
                        at: entry.at,
                        patch: (**patch).clone(),
                    });
                }
            }
        }
        gestures.sort_by_key(|gesture| gesture.order);
        gestures
    }
}
