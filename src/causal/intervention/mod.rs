//! Interventions: what changes in loops, archetypes and predictions if a link were another one,
//! before anything is changed.

mod changes;
mod look;

pub use changes::{ArrivalChange, Changes, LoopChange, Prediction};

use self::look::Look;
use super::search::Progress;
use crate::model::{Delay, Document, Edit, Element, Id, Link, Patch, Polarity};

/// Something that could be done about a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intervention {
    /// It is cut: the cause no longer acts on the effect.
    Cut,
    /// It gets this sign.
    Sign(Polarity),
    /// It gets this delay: what took long happens at once, or the other way round.
    Delay(Delay),
}

impl Intervention {
    /// What could be done about a link, each of which changes it: cut it, turn its sign (or give it
    /// either sign, if it has none yet), take away or add a delay.
    #[must_use]
    pub fn of(link: &Link) -> Vec<Self> {
        let signs: &[Polarity] = match link.polarity {
            Polarity::Positive => &[Polarity::Negative],
            Polarity::Negative => &[Polarity::Positive],
            Polarity::Unknown => &[Polarity::Positive, Polarity::Negative],
        };
        let delay = match link.delay {
            Delay::None => Delay::Delayed,
            Delay::Delayed => Delay::None,
        };
        let signs = signs.iter().map(|sign| Self::Sign(*sign));
        [Self::Cut]
            .into_iter()
            .chain(signs)
            .chain([Self::Delay(delay)])
            .collect()
    }

    /// The change of the document that does it; empty where the link is gone.
    #[must_use]
    pub fn patch(self, document: &Document, link: Id) -> Patch {
        let mut edit = Edit::new(document);
        match self {
            Self::Cut if document.links().contains_key(&link) => edit.remove(link),
            Self::Cut => {}
            Self::Sign(polarity) => edit.change(link, |element| {
                if let Element::Link(link) = element {
                    link.polarity = polarity;
                }
            }),
            Self::Delay(delay) => edit.change(link, |element| {
                if let Element::Link(link) = element {
                    link.delay = delay;
                }
            }),
        }
        edit.finish()
    }
}

/// What the interventions at one link change, worked out a budget at a time.
#[derive(Clone, Debug)]
pub struct InterventionSearch {
    link: Id,
    cause: Id,
    now: Look,
    /// Each intervention with the document after it, in the order of [`Intervention::of`].
    after: Vec<(Intervention, Document, Look)>,
}

impl InterventionSearch {
    /// The interventions at a link; `None` if it is not there.
    #[must_use]
    pub fn new(document: &Document, link: Id) -> Option<Self> {
        let found = document.links().get(&link)?;
        let after = Intervention::of(found).into_iter().filter_map(|what| {
            let mut changed = document.clone();
            changed.apply(&what.patch(document, link)).ok()?;
            let look = Look::new(&changed);
            Some((what, changed, look))
        });
        Some(Self {
            link,
            cause: found.from,
            now: Look::new(document),
            after: after.collect(),
        })
    }

    /// The link.
    #[must_use]
    pub const fn link(&self) -> Id {
        self.link
    }

    /// Looks on for about `budget` visits of a link. What is not found within a bound is left, and the
    /// changes say so.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let looks = [&mut self.now]
            .into_iter()
            .chain(self.after.iter_mut().map(|(_, _, look)| look));
        for look in looks {
            if look.advance(budget) == Progress::Unfinished {
                return Progress::Unfinished;
            }
        }
        Progress::Finished
    }

    /// What each intervention changes in the document that the search began with.
    #[must_use]
    pub fn changes(&self, document: &Document) -> Vec<(Intervention, Changes)> {
        let now = self.now.found(document, self.cause);
        let after = self.after.iter().map(|(what, changed, look)| {
            let then = look.found(changed, self.cause);
            (*what, Changes::between(&now, &then))
        });
        after.collect()
    }
}
