//! An item that is divided, followed part by part: where its parts are at once, and how likely.

use std::collections::BTreeMap;

use super::chances::Chances;
use super::elimination::Elimination;
use super::network::{ArcKind, Network};
use super::order::Order;
use super::reach::Reach;
use super::traffic::TrafficError;

/// Where the parts of an item are; parts at one station are one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Marking {
    /// The stations of its parts, by their indices in the order, rising.
    parts: Vec<usize>,
    /// Ways back out of parallel branches that parts have taken; they wait until what was beside
    /// them is finished.
    returning: Vec<usize>,
    /// Whether a part has arrived.
    arrived: bool,
}

impl Marking {
    fn add(&mut self, index: usize) {
        if let Err(at) = self.parts.binary_search(&index) {
            self.parts.insert(at, index);
        }
    }
}

/// What comes after a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// The marking with this number.
    Marking(usize),
    /// No part is left.
    End {
        /// Whether a part of the item has arrived.
        arrived: bool,
    },
}

/// What may become of a part that leaves a station.
struct Choice {
    chance: f64,
    /// The ways that it takes, at once; none if it leaves the stream.
    arcs: Vec<usize>,
    next: Next,
}

/// A marking that can come: the station that works next, and what may happen then.
struct Moment {
    station: usize,
    choices: Vec<Choice>,
    /// How likely the first part of the item arrives by this choice.
    arriving: f64,
}

/// The process that an item goes through. A marking is that of a Petri net in which stations are
/// places and parts are tokens; it begins with the first.
pub(super) struct Process {
    moments: Vec<Moment>,
}

/// What a process follows.
pub(super) struct Rules<'a> {
    pub(super) network: &'a Network,
    pub(super) order: &'a Order,
    pub(super) chances: &'a Chances,
    /// Ways back that wait until what is beside them is finished.
    pub(super) returns: &'a [usize],
    /// By station: whether a part that comes there counts; the others are forgotten.
    pub(super) counts: &'a [bool],
}

/// How often an item does something, in the mean.
pub(super) struct Counts {
    /// By station: how often it works.
    pub(super) visits: Vec<f64>,
    /// By arc: how often a part takes it.
    pub(super) passes: Vec<f64>,
    /// How likely a part of the item arrives.
    pub(super) arriving: f64,
}

/// More markings than this are not followed: with so many, branches divide and choose in more ways
/// than anyone can read off a map.
const MOST: usize = 20_000;

impl Process {
    /// Follows an item whose parts begin at these stations.
    ///
    /// The part at the station that comes first in the order is next. So a station works when all
    /// that can come to it has come, and branches are followed one after the other.
    ///
    /// # Errors
    /// There are more than 20,000 markings.
    pub(super) fn of(rules: &Rules<'_>, starts: &[usize]) -> Result<Self, TrafficError> {
        let guide = Guide::of(rules);
        let mut first = Marking::default();
        for start in starts.iter().filter(|start| rules.counts[**start]) {
            first.add(guide.position[*start]);
        }
        let mut moments: Vec<Moment> = Vec::new();
        if first.parts.is_empty() {
            return Ok(Self { moments });
        }
        let mut known: BTreeMap<Marking, usize> = BTreeMap::new();
        known.insert(first.clone(), 0);
        let mut markings = vec![first];
        while let Some(marking) = markings.get(moments.len()).cloned() {
            let mut rest = marking;
            let station = guide.take_next(&mut rest);
            let mut arriving = 0.0;
            let mut choices = Vec::new();
            for (chance, arcs) in guide.choices(station) {
                let mut after = rest.clone();
                guide.follow(&arcs, &mut after);
                if arcs.is_empty() && guide.is_exit[station] && !after.arrived {
                    after.arrived = true;
                    arriving += chance;
                }
                let next = if after.parts.is_empty() && after.returning.is_empty() {
                    let arrived = after.arrived;
                    Next::End { arrived }
                } else {
                    let number = *known.entry(after).or_insert_with_key(|after| {
                        markings.push(after.clone());
                        markings.len() - 1
                    });
                    Next::Marking(number)
                };
                choices.push(Choice { chance, arcs, next });
            }
            moments.push(Moment {
                station,
                choices,
                arriving,
            });
            if markings.len() > MOST {
                return Err(TrafficError::TooManyPaths);
            }
        }
        Ok(Self { moments })
    }

    /// How often each station works and each way is taken, of one item.
    pub(super) fn counts(&self, rules: &Rules<'_>) -> Counts {
        let mut counts = Counts {
            visits: vec![0.0; rules.network.nodes.len()],
            passes: vec![0.0; rules.network.arcs.len()],
            arriving: 0.0,
        };
        let mut leaving = vec![0.0; self.moments.len()];
        let mut transitions = Vec::new();
        for (number, moment) in self.moments.iter().enumerate() {
            for choice in &moment.choices {
                match choice.next {
                    Next::Marking(next) => transitions.push((number, next, choice.chance)),
                    Next::End { .. } => leaving[number] += choice.chance,
                }
            }
        }
        let elimination =
            Elimination::new(self.sequence(rules.order), transitions.into_iter(), leaving);
        let mut entering = vec![0.0; self.moments.len()];
        if let Some(first) = entering.first_mut() {
            *first = 1.0;
        }
        for (times, moment) in elimination.flows(entering).iter().zip(&self.moments) {
            counts.visits[moment.station] += times;
            counts.arriving += times * moment.arriving;
            for choice in &moment.choices {
                for arc in &choice.arcs {
                    counts.passes[*arc] += times * choice.chance;
                }
            }
        }
        counts
    }

    /// The mean, over what may happen to an item of which a part arrives, of the product of a
    /// factor of each station that works; none if no part ever arrives. For a process in which
    /// nothing comes back.
    pub(super) fn mean_product(&self, rules: &Rules<'_>, factors: &[f64]) -> Option<f64> {
        let mut products = vec![(0.0, 0.0); self.moments.len()];
        for number in self.sequence(rules.order).into_iter().rev() {
            let moment = &self.moments[number];
            let (mut product, mut arriving) = (0.0, 0.0);
            for choice in &moment.choices {
                let (after, arrives) = match choice.next {
                    Next::Marking(next) => products[next],
                    Next::End { arrived } => (f64::from(arrived), f64::from(arrived)),
                };
                product += choice.chance * after;
                arriving += choice.chance * arrives;
            }
            products[number] = (factors[moment.station] * product, arriving);
        }
        let (product, arriving) = products.first()?;
        (*arriving > 0.0).then(|| product / arriving)
    }

    /// The markings, those first of which the station comes first in the order: what goes on goes
    /// to a later one.
    fn sequence(&self, order: &Order) -> Vec<usize> {
        let mut position = vec![0; order.sequence.len()];
        for (index, station) in order.sequence.iter().enumerate() {
            position[*station] = index;
        }
        let mut sequence: Vec<usize> = (0..self.moments.len()).collect();
        sequence.sort_by_key(|number| position[self.moments[*number].station]);
        sequence
    }
}

/// What it takes to follow the parts of an item.
struct Guide<'a> {
    rules: &'a Rules<'a>,
    position: Vec<usize>,
    outgoing: Vec<Vec<usize>>,
    is_exit: Vec<bool>,
    /// Which station leads to which, if an arc back may have to wait.
    reach: Option<Reach>,
}

impl<'a> Guide<'a> {
    fn of(rules: &'a Rules<'a>) -> Self {
        let Rules {
            network,
            order,
            chances,
            ..
        } = rules;
        let size = network.nodes.len();
        let mut position = vec![0; size];
        for (index, station) in order.sequence.iter().enumerate() {
            position[*station] = index;
        }
        let mut is_exit = vec![false; size];
        network.exits.iter().for_each(|exit| is_exit[*exit] = true);
        let next = |here: usize| -> Vec<usize> {
            let arcs = order.onwards[here].iter();
            let taken = arcs.filter(|index| chances.parts[**index] > 0.0);
            taken.map(|index| network.arcs[*index].to).collect()
        };
        let waits = !rules.returns.is_empty();
        Self {
            rules,
            position,
            outgoing: network.outgoing(),
            is_exit,
            reach: waits.then(|| Reach::of(size, &order.sequence, &next)),
        }
    }

    /// Takes out the part that is next, and says where it is.
    fn take_next(&self, marking: &mut Marking) -> usize {
        let sequence = &self.rules.order.sequence;
        let waits = |index: &usize| {
            let station = sequence[*index];
            marking.returning.iter().any(|arc| {
                let source = self.rules.network.arcs[*arc].from;
                let reach = self.reach.as_ref();
                reach.is_some_and(|reach| reach.leads(source, station))
            })
        };
        let next = marking.parts.iter().position(|index| !waits(index));
        if next.is_none() {
            for arc in std::mem::take(&mut marking.returning) {
                let to = self.rules.network.arcs[arc].to;
                marking.add(self.position[to]);
            }
        }
        sequence[marking.parts.remove(next.unwrap_or(0))]
    }

    /// What may become of what leaves a station: how likely, and by which ways.
    fn choices(&self, station: usize) -> Vec<(f64, Vec<usize>)> {
        let Rules {
            network, chances, ..
        } = self.rules;
        let mut choices = Vec::new();
        let mut together: Option<(f64, Vec<usize>)> = None;
        for arc in self.outgoing[station].iter().copied() {
            let chance = chances.parts[arc];
            if chance <= 0.0 {
                continue;
            }
            if chances.divides[station] && network.arcs[arc].kind == ArcKind::Forward {
                together
                    .get_or_insert_with(|| (chance, Vec::new()))
                    .1
                    .push(arc);
            } else {
                choices.push((chance, vec![arc]));
            }
        }
        choices.extend(together);
        if chances.leaving[station] > 0.0 {
            choices.push((chances.leaving[station], Vec::new()));
        }
        choices
    }

    /// Puts parts where these ways lead.
    fn follow(&self, arcs: &[usize], marking: &mut Marking) {
        for arc in arcs {
            let to = self.rules.network.arcs[*arc].to;
            if self.rules.returns.contains(arc) {
                if let Err(at) = marking.returning.binary_search(arc) {
                    marking.returning.insert(at, *arc);
                }
            } else if self.rules.counts[to] {
                marking.add(self.position[to]);
            }
        }
    }
}
