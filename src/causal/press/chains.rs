//! A knot with its chains drawn together: variables that have one cause and one effect in it.

use super::knot::{Effects, Minors};
use super::terms::Terms;

/// The most variables of a knot that are on no chain. Time and memory more than double with each.
pub const LARGEST: usize = 14;

/// Whole numbers beyond this are rounded, and one must not be taken from another.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A knot of loops, ready for questions. Variables that only pass something on, from one cause to one
/// effect, cost nothing.
#[derive(Clone, Debug)]
pub struct Knot {
    minors: Minors,
    places: Vec<Place>,
    chains: Vec<Chain>,
}

/// Where a variable of the knot is.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Among those of the minors.
    Kept(usize),
    /// The variable of a chain at this position.
    Inside { chain: usize, position: usize },
}

/// Variables in a row between two kept ones, which may be the same.
#[derive(Clone, Debug)]
struct Chain {
    start: usize,
    end: usize,
    /// Into each variable of the chain, and out of the last.
    effects: Vec<Terms>,
    /// The determinant of all that is not on the chain.
    without: Terms,
}

fn product(effects: &[Terms]) -> Terms {
    let all = effects.iter();
    all.fold(Terms::ONE, |product, next| product * *next)
}

impl Knot {
    /// The knot of these effects; `None` if it is too large to be counted.
    pub fn of(effects: &Effects) -> Option<Self> {
        let kept = kept(effects);
        if kept.len() > LARGEST {
            return None;
        }
        let mut places: Vec<Place> = vec![Place::Kept(0); effects.size()];
        for (number, &variable) in kept.iter().enumerate() {
            places[variable] = Place::Kept(number);
        }
        let own = kept.iter().map(|variable| effects.own(*variable));
        let mut drawn_together = Effects::new(own.collect());
        let mut chains = Vec::new();
        for (start, &from) in kept.iter().enumerate() {
            for first in effects.onward(from) {
                let mut passed = vec![effects.effect(from, first)];
                let mut here = first;
                while kept.binary_search(&here).is_err() {
                    places[here] = Place::Inside {
                        chain: chains.len(),
                        position: passed.len() - 1,
                    };
                    // A variable of a chain has one effect.
                    let next = effects.onward(here).next()?;
                    passed.push(effects.effect(here, next));
                    here = next;
                }
                let Place::Kept(end) = places[here] else {
                    return None;
                };
                drawn_together.add(start, end, product(&passed));
                if passed.len() > 1 {
                    chains.push(Chain {
                        start,
                        end,
                        effects: passed,
                        without: Terms::default(),
                    });
                }
            }
        }
        let minors = Minors::of(&drawn_together);
        let whole = minors.determinant;
        if whole.total() >= EXACT {
            return None;
        }
        for chain in &mut chains {
            // The loops that take the chain are the paths from its end to its start.
            let through =
                (product(&chain.effects) * minors.press(chain.end, chain.start)).negated();
            chain.without = Terms {
                positive: whole.positive - through.positive,
                negative: whole.negative - through.negative,
                unknown: whole.unknown - through.unknown,
            };
        }
        Some(Self {
            minors,
            places,
            chains,
        })
    }

    /// The determinant of the knot.
    pub const fn determinant(&self) -> Terms {
        self.minors.determinant
    }

    /// The terms that a press at one variable gives another.
    pub fn press(&self, pressed: usize, observed: usize) -> Terms {
        let (from, to) = (self.places[pressed], self.places[observed]);
        if let (
            Place::Inside { chain, position },
            Place::Inside {
                chain: other,
                position: later,
            },
        ) = (from, to)
            && chain == other
            && position <= later
        {
            let chain = &self.chains[chain];
            return product(&chain.effects[position + 1..=later]) * chain.without;
        }
        let (start, out) = match from {
            Place::Kept(variable) => (variable, Terms::ONE),
            Place::Inside { chain, position } => {
                let chain = &self.chains[chain];
                (chain.end, product(&chain.effects[position + 1..]))
            }
        };
        let (end, into) = match to {
            Place::Kept(variable) => (variable, Terms::ONE),
            Place::Inside { chain, position } => {
                let chain = &self.chains[chain];
                (chain.start, product(&chain.effects[..=position]))
            }
        };
        out * self.minors.press(start, end) * into
    }
}

/// The variables that are on no chain, in rising order; one at least.
fn kept(effects: &Effects) -> Vec<usize> {
    let size = effects.size();
    let mut causes = vec![0_usize; size];
    for from in 0..size {
        for to in effects.onward(from) {
            causes[to] += 1;
        }
    }
    let passes_on = |variable: usize| {
        causes[variable] == 1
            && effects.onward(variable).count() == 1
            && effects.own(variable) == Terms::ONE
    };
    let kept: Vec<usize> = (0..size).filter(|variable| !passes_on(*variable)).collect();
    if kept.is_empty() { vec![0] } else { kept }
}
