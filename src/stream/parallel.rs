//! What of a map with parallel branches can be read in more than one way.

use super::chances::Chances;
use super::network::{ArcKind, Network};
use super::order::Order;
use super::reach::Reach;

/// Where parallel branches leave open what happens.
///
/// The parts of an item go their ways at the same time, and a station works on an item when all
/// its parts that can come there have come. Two things remain that only the people who work there
/// know, and each has a reading that is taken until they say otherwise:
///
/// - a part that could have come to a station leaves by another way, or drops out: the rest is
///   taken to go on without it;
/// - a part goes back to before the place where the item was divided: what is beside it is taken
///   to be finished first, and then done again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Doubts {
    /// Stations where parts of an item meet, of which one need not come.
    pub(super) joins: Vec<usize>,
    /// Ways back that lead out of a parallel branch, by the place of the arc.
    pub(super) returns: Vec<usize>,
    /// Something is left to chance while another part of the item is on its way, so that the time
    /// of the longest branch in the mean is less than the mean of the longest.
    pub(super) chance_beside: bool,
}

impl Doubts {
    /// The doubts of a network with these entries, of which an item needs all.
    pub(super) fn of(
        network: &Network,
        order: &Order,
        chances: &Chances,
        starts: &[usize],
    ) -> Self {
        let size = network.nodes.len();
        let outgoing = network.outgoing();
        let taken = |index: &usize| chances.parts[*index] > 0.0;
        let onwards = |here: usize| -> Vec<usize> {
            let arcs = order.onwards[here].iter().filter(|index| taken(index));
            arcs.map(|index| network.arcs[*index].to).collect()
        };
        let random = |here: usize| {
            let back = outgoing[here].iter().any(|index| {
                network.arcs[*index].kind == ArcKind::Rework && chances.parts[*index] > 0.0
            });
            let branches = order.onwards[here]
                .iter()
                .filter(|index| taken(index))
                .count()
                + usize::from(chances.leaving[here] > 0.0);
            back || branches > 1 && !chances.divides[here]
        };
        if !(0..size).any(random) {
            return Self::default();
        }
        let reach = Reach::of(size, &order.sequence, &onwards);
        let mut doubts = Self::default();
        let mut meets = vec![false; size];
        let mut leads_out = vec![false; network.arcs.len()];
        for (one, other) in pairs(network, order, chances, starts, &reach) {
            for (here, beside) in [(one, other), (other, one)] {
                if !random(here) || reach.leads(beside, here) {
                    continue;
                }
                doubts.chance_beside = true;
                if reach.leads(here, beside) {
                    let loses = |index: &usize| {
                        let to = network.arcs[*index].to;
                        taken(index) && to != beside && !reach.leads(to, beside)
                    };
                    let drops = chances.leaving[here] > 0.0;
                    let chosen = outgoing[here].iter().filter(|index| {
                        !chances.divides[here] || network.arcs[**index].kind == ArcKind::Rework
                    });
                    meets[beside] |= drops || chosen.into_iter().any(loses);
                    continue;
                }
                for index in outgoing[here].iter().filter(|index| taken(index)) {
                    let arc = &network.arcs[*index];
                    leads_out[*index] |= arc.kind == ArcKind::Rework
                        && (arc.to == beside || reach.leads(arc.to, beside));
                }
            }
        }
        doubts.joins = (0..size).filter(|index| meets[*index]).collect();
        doubts.returns = (0..leads_out.len())
            .filter(|index| leads_out[*index])
            .collect();
        doubts
    }

    /// Whether the map can be read in one way only.
    pub(super) fn is_none(&self) -> bool {
        self.joins.is_empty() && self.returns.is_empty()
    }
}

/// Pairs of stations at which two parts of one item can be at the same time.
struct Pairs {
    seen: Reach,
    open: Vec<(usize, usize)>,
}

impl Pairs {
    fn note(&mut self, one: usize, other: usize) {
        let pair = (one.min(other), one.max(other));
        if one != other && self.seen.set(pair.0, pair.1) {
            self.open.push(pair);
        }
    }

    fn note_all(&mut self, stations: &[usize]) {
        for (number, one) in stations.iter().enumerate() {
            for other in &stations[number + 1..] {
                self.note(*one, *other);
            }
        }
    }
}

/// All pairs: those right after an item is divided, and those that either part can go on to, unless
/// it has to wait for the other.
fn pairs(
    network: &Network,
    order: &Order,
    chances: &Chances,
    starts: &[usize],
    reach: &Reach,
) -> Vec<(usize, usize)> {
    let size = network.nodes.len();
    let outgoing = network.outgoing();
    let heads = |arcs: &[usize]| -> Vec<usize> {
        let taken = arcs.iter().filter(|index| chances.parts[**index] > 0.0);
        taken.map(|index| network.arcs[*index].to).collect()
    };
    let back = |here: usize| -> Vec<usize> {
        let arcs = outgoing[here].iter().copied();
        let back = arcs.filter(|index| network.arcs[*index].kind == ArcKind::Rework);
        back.collect()
    };
    let mut pairs = Pairs {
        seen: Reach::none(size),
        open: Vec::new(),
    };
    pairs.note_all(starts);
    let mut visited = vec![false; size];
    let mut ahead = network.entries.clone();
    while let Some(here) = ahead.pop() {
        if std::mem::replace(&mut visited[here], true) {
            continue;
        }
        ahead.extend(heads(&outgoing[here]));
        if chances.divides[here] {
            pairs.note_all(&heads(&order.onwards[here]));
        }
    }
    let mut found = Vec::new();
    while let Some((one, other)) = pairs.open.pop() {
        found.push((one, other));
        if !reach.leads(one, other) && !reach.leads(other, one) {
            // Both may go back before either is done again.
            for to in heads(&back(one)) {
                for beside in heads(&back(other)) {
                    pairs.note(to, beside);
                }
            }
        }
        for (here, beside) in [(one, other), (other, one)] {
            if !reach.leads(beside, here) {
                for to in heads(&outgoing[here]) {
                    pairs.note(to, beside);
                }
            }
        }
    }
    found
}
