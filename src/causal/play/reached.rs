//! Where a push comes, and on which way it comes there first.

use std::collections::{BTreeMap, BTreeSet};

use super::super::trace::product;
use super::outcome::Play;
use super::signals::Signal;
use crate::model::{Document, Id};

/// A variable that a push reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The variable.
    pub variable: Id,
    /// The round in which the first change arrives there.
    pub round: u32,
    /// The links of the way by which it arrives, in the order of travel. It passes no variable twice.
    pub links: Vec<Id>,
}

/// The signals that go on, by where and when they arrive.
type Arrived<'a> = BTreeMap<(Id, u32), Vec<&'a Signal>>;

impl Play {
    /// The variables that the push reaches, in the order in which the first change arrives; those of
    /// one round in the order of their signals. The one that was pushed is not among them.
    #[must_use]
    pub fn reached(&self, document: &Document) -> Vec<Reached> {
        let mut arrived = Arrived::new();
        for signal in self.signals() {
            if !signal.meeting.closes() {
                let here = arrived.entry((signal.variable, signal.round));
                here.or_default().push(signal);
            }
        }
        let mut known = BTreeSet::from([self.pushed()]);
        let mut reached = Vec::new();
        for signal in self.signals() {
            if known.insert(signal.variable) {
                reached.push(Reached {
                    variable: signal.variable,
                    round: signal.round,
                    links: self.way_of(document, &arrived, signal),
                });
            }
        }
        reached
    }

    /// The way of the first signal that comes to its variable, from the push on.
    ///
    /// A way that passed a variable twice could be cut short, and would arrive earlier.
    fn way_of(&self, document: &Document, arrived: &Arrived<'_>, signal: &Signal) -> Vec<Id> {
        let mut links = vec![signal.link];
        let mut last = signal;
        while last.cause != self.pushed() {
            let sign = document.links().get(&last.link).map(|link| link.polarity);
            let leads_on = |before: &&&Signal| {
                sign.is_some_and(|sign| product(before.sign, sign) == last.sign)
            };
            let here = arrived.get(&(last.cause, last.left));
            let Some(before) = here.and_then(|here| here.iter().find(leads_on)) else {
                break;
            };
            links.push(before.link);
            last = before;
        }
        links.reverse();
        links
    }
}
