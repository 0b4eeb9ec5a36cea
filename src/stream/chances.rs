//! What may become of an item that leaves a station, and how likely each is.

use super::network::{ArcKind, Network};
use super::order::Order;
use super::traffic::TrafficError;

/// Shares that sum to 1 but for rounding do.
const ROUNDING: f64 = 1e-9;

/// All but this part goes back: nothing goes on.
const ALL: f64 = 1.0 - 1e-15;

/// By station, what becomes of what passes it: one of its arcs back, else one of its arcs onwards
/// or all of them, else it leaves the stream.
#[derive(Clone, Debug)]
pub(super) struct Chances {
    /// By arc: how likely a pass of its station takes it. Where a station divides an item, each
    /// way onwards is taken whenever the item goes on.
    pub(super) parts: Vec<f64>,
    /// By station: whether its arcs onwards are parallel branches.
    pub(super) divides: Vec<bool>,
    /// By station: how likely what passes it leaves the stream there.
    pub(super) leaving: Vec<f64>,
}

impl Chances {
    /// The chances in a network, if its shares make sense.
    pub(super) fn of(network: &Network, order: &Order) -> Result<Self, TrafficError> {
        let size = network.nodes.len();
        let mut chances = Self {
            parts: vec![0.0; network.arcs.len()],
            divides: vec![false; size],
            leaving: vec![0.0; size],
        };
        let mut back = vec![0.0; size];
        for (part, arc) in chances.parts.iter_mut().zip(&network.arcs) {
            if arc.kind == ArcKind::Rework {
                *part = arc.share.unwrap_or(0.0);
                back[arc.from] += *part;
            }
        }
        for (node, back) in back.into_iter().enumerate() {
            chances.set_onwards(network, order, node, back)?;
        }
        Ok(chances)
    }

    /// Sets what goes on from a station, of which so much goes back.
    fn set_onwards(
        &mut self,
        network: &Network,
        order: &Order,
        node: usize,
        back: f64,
    ) -> Result<(), TrafficError> {
        let check = |kind: ArcKind, sum: f64| {
            if sum > 1.0 + ROUNDING {
                return Err(TrafficError::ShareAboveAll { node, kind, sum });
            }
            Ok(())
        };
        let arcs = &order.onwards[node];
        check(ArcKind::Rework, back)?;
        let left = if back > ALL { 0.0 } else { 1.0 - back };
        let stated = arcs.iter().filter_map(|index| network.arcs[*index].share);
        let (sum, count) = stated.fold((0.0, 0), |(sum, count), share| (sum + share, count + 1));
        check(ArcKind::Forward, sum)?;
        let silent = arcs.len() - count;
        self.divides[node] = count == 0 && silent > 1;
        let rest = if sum > 1.0 - ROUNDING { 0.0 } else { 1.0 - sum };
        let each = if self.divides[node] {
            1.0
        } else {
            rest / silent.max(1) as f64
        };
        for index in arcs.iter().copied() {
            self.parts[index] = left * network.arcs[index].share.unwrap_or(each);
        }
        // One way without a share takes the rest to the last bit.
        self.leaving[node] = if silent > 0 { 0.0 } else { left * rest };
        Ok(())
    }

    /// As if nothing ever came back: what goes on shares the whole.
    pub(super) fn without_rework(&self, network: &Network, order: &Order) -> Self {
        let mut chances = self.clone();
        for (index, arc) in network.arcs.iter().enumerate() {
            if arc.kind == ArcKind::Rework {
                chances.parts[index] = 0.0;
            }
        }
        for (node, arcs) in order.onwards.iter().enumerate() {
            let onwards: f64 = if self.divides[node] {
                arcs.first().map_or(0.0, |index| self.parts[*index])
            } else {
                arcs.iter().map(|index| self.parts[*index]).sum()
            };
            let left = onwards + self.leaving[node];
            if left > 0.0 {
                arcs.iter().for_each(|index| chances.parts[*index] /= left);
                chances.leaving[node] /= left;
            }
        }
        chances
    }

    /// The stations that work comes to and never leaves, if there are any: all that lead to each
    /// other.
    pub(super) fn never_ending(&self, network: &Network) -> Option<Vec<usize>> {
        let size = network.nodes.len();
        let taken = |index: &usize| self.parts[*index] > 0.0;
        let outgoing: Vec<Vec<usize>> = network
            .outgoing()
            .into_iter()
            .map(|arcs| arcs.into_iter().filter(taken).collect())
            .collect();
        let ends = self.ending(network, &outgoing);
        let mut reached = vec![false; size];
        let mut open = network.entries.clone();
        while let Some(here) = open.pop() {
            if !std::mem::replace(&mut reached[here], true) {
                open.extend(outgoing[here].iter().map(|index| network.arcs[*index].to));
            }
        }
        let mut start = (0..size).find(|station| reached[*station] && !ends[*station])?;
        let stuck = |here: usize| {
            let heads = outgoing[here].iter().map(|index| network.arcs[*index].to);
            heads.filter(|to| !ends[*to]).collect::<Vec<_>>()
        };
        // Down to stations that all lead to each other: whoever does not lead back has fewer to
        // go to.
        loop {
            let round = closure(size, start, &stuck);
            let away =
                (0..size).find(|other| round[*other] && !closure(size, *other, &stuck)[start]);
            match away {
                Some(further) => start = further,
                None => return Some((0..size).filter(|station| round[*station]).collect()),
            }
        }
    }

    /// By station: whether all of what comes there can leave the stream in the end. What is
    /// divided must leave by all its arcs.
    fn ending(&self, network: &Network, outgoing: &[Vec<usize>]) -> Vec<bool> {
        let mut incoming = vec![Vec::new(); outgoing.len()];
        for (here, arcs) in outgoing.iter().enumerate() {
            arcs.iter()
                .for_each(|index| incoming[network.arcs[*index].to].push(here));
        }
        let mut ends: Vec<bool> = self.leaving.iter().map(|part| *part > 0.0).collect();
        let mut open: Vec<usize> = (0..ends.len()).filter(|station| ends[*station]).collect();
        while let Some(to) = open.pop() {
            for here in incoming[to].iter().copied().filter(|here| *here != to) {
                if ends[here] {
                    continue;
                }
                let leads = |kind: ArcKind| {
                    let arcs = outgoing[here].iter().map(|index| &network.arcs[*index]);
                    arcs.filter(move |arc| arc.kind == kind)
                        .map(|arc| ends[arc.to])
                };
                let onwards = if self.divides[here] {
                    leads(ArcKind::Forward).all(|end| end) && leads(ArcKind::Forward).count() > 0
                } else {
                    leads(ArcKind::Forward).any(|end| end)
                };
                if onwards || leads(ArcKind::Rework).any(|end| end) {
                    ends[here] = true;
                    open.push(here);
                }
            }
        }
        ends
    }
}

/// What can be reached from a station, itself counted.
fn closure(size: usize, start: usize, next: &impl Fn(usize) -> Vec<usize>) -> Vec<bool> {
    let mut reached = vec![false; size];
    let mut open = vec![start];
    while let Some(here) = open.pop() {
        if !std::mem::replace(&mut reached[here], true) {
            open.extend(next(here));
        }
    }
    reached
}
