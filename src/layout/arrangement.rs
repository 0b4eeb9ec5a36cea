//! The arrangement of a whole document or of a selection: made in portions, given as a patch.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::causal::Progress;
use crate::model::{
    Document, Edge, Flow, FlowKind, Id, Patch, Point, Records, StationKind, VariableKind, Vector,
    measure_text, pipe_of,
};

use super::compose;
use super::part::{Edges, Flows, Part};
use super::pipes::RateEnds;

/// How much of what is there an arrangement keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrange {
    /// Nothing: everything free gets a new place.
    Afresh,
    /// As much as it can: things move only to come apart, to uncross links and to even lengths.
    Tidy,
}

/// What may move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything that is not locked.
    Everything,
    /// What is selected and not locked; all else stays, and is kept clear of.
    Only(BTreeSet<Id>),
}

/// The size of a thing of which none is given, in world units.
const USUAL_SIZE: Vector = Vector::new(100.0, 30.0);
/// Half the height of a valve, in world units.
const VALVE: f64 = 10.0;
/// The least and the greatest size that is reckoned with, in world units.
const SIZES: (f64, f64) = (1.0, 4_000.0);

/// The things of a part by number, and its links or flows with their bends.
pub(super) type Members = (Vec<usize>, Vec<(Id, f64)>);

/// A document that is being arranged: variables so that loops read as rings, stations from left to
/// right along their flow, parts that nothing joins beside each other.
///
/// It borrows nothing, so it can be held from one frame to the next.
#[derive(Clone, Debug)]
pub struct Arrangement {
    pub(super) arrange: Arrange,
    pub(super) scope: Scope,
    pub(super) sizes: Records<Vector>,
    /// The variables and stations, with half their sizes, where they were, and which may not move.
    pub(super) ids: Vec<Id>,
    pub(super) halves: Vec<Vector>,
    pub(super) before: Vec<Point>,
    pub(super) held: Vec<bool>,
    pub(super) parts: Vec<Part>,
    /// By part, what it is made of.
    pub(super) members: Vec<Members>,
    /// The part that is being arranged.
    at: usize,
    /// Where everything stands in the end, once all parts are arranged.
    positions: Option<Vec<Point>>,
    /// The bends of the parts that were bent so far.
    bends: Vec<Vec<f64>>,
}

impl Arrangement {
    /// An arrangement at its start.
    ///
    /// `sizes` are the width and height of the box of each variable, station and note, in world
    /// units; a thing without one counts as of usual size.
    #[must_use]
    pub fn new(
        document: &Document,
        sizes: &Records<Vector>,
        arrange: Arrange,
        scope: Scope,
    ) -> Self {
        let nodes = document
            .variables()
            .keys()
            .chain(document.stations().keys());
        let mut ids: Vec<Id> = nodes.copied().collect();
        // By name, so that the same content comes out the same whatever ids it was given.
        ids.sort_by(|one, other| {
            let name = |id: &Id| match document.variables().get(id) {
                Some(variable) => (0, variable.name.as_str()),
                None => match document.stations().get(id) {
                    Some(station) => (1, station.name.as_str()),
                    None => (2, ""),
                },
            };
            name(one).cmp(&name(other)).then(one.cmp(other))
        });
        let half = |id: &Id| {
            let half = half_of(sizes.get(id).copied().unwrap_or(USUAL_SIZE));
            let variable = document.variables().get(id);
            match variable.map(|variable| variable.kind) {
                // A rate stands where its valve is, with its name below: as much room above it.
                Some(VariableKind::Rate) => Vector::new(half.x, (2.0 * half.y - VALVE).max(half.y)),
                _ => half,
            }
        };
        let placement = |id: &Id| document.placement(*id).copied().unwrap_or_default();
        let may_move = |id: &Id| {
            let chosen = match &scope {
                Scope::Everything => true,
                Scope::Only(chosen) => chosen.contains(id),
            };
            chosen && !placement(id).locked
        };
        let mut arrangement = Self {
            arrange,
            sizes: sizes.clone(),
            halves: ids.iter().map(half).collect(),
            before: ids.iter().map(|id| placement(id).position).collect(),
            held: ids.iter().map(|id| !may_move(id)).collect(),
            ids,
            scope,
            parts: Vec::new(),
            members: Vec::new(),
            at: 0,
            positions: None,
            bends: Vec::new(),
        };
        arrangement.split(document);
        arrangement
    }

    /// Splits the document into connected parts; those of which nothing may move are left out.
    fn split(&mut self, document: &Document) {
        let positions: Records<usize> = self.ids.iter().copied().zip(0..).collect();
        let links = document.links().iter().map(|(id, link)| (*id, link.edge()));
        let flows = document.flows().iter().map(|(id, flow)| (*id, flow.edge()));
        let ends = |(id, edge): (Id, Edge)| {
            Some((
                id,
                *positions.get(&edge.from)?,
                *positions.get(&edge.to)?,
                edge.bend,
            ))
        };
        let mut edges: Vec<(Id, usize, usize, f64)> = links.chain(flows).filter_map(ends).collect();
        edges.sort_by_key(|(id, from, to, _)| (*from, *to, *id));
        // Every thing points to one nearer to the first of its part.
        let mut roots: Vec<usize> = (0..self.ids.len()).collect();
        for &(_, from, to, _) in &edges {
            let (one, other) = (root_of(&mut roots, from), root_of(&mut roots, to));
            let (low, high) = (one.min(other), one.max(other));
            roots[high] = low;
        }
        let mut things: Records<Vec<usize>> = Records::new();
        for thing in 0..self.ids.len() {
            let root = root_of(&mut roots, thing);
            things
                .entry(Id::from_bits(root as u64))
                .or_default()
                .push(thing);
        }
        let mut joined: Records<Vec<(Id, usize, usize, f64)>> = Records::new();
        for edge in edges {
            let root = root_of(&mut roots, edge.1);
            joined
                .entry(Id::from_bits(root as u64))
                .or_default()
                .push(edge);
        }
        let mut numbers = vec![0_u32; self.ids.len()];
        for (root, members) in things {
            if members.iter().all(|thing| self.held[*thing]) {
                continue;
            }
            for (number, thing) in (0_u32..).zip(&members) {
                numbers[*thing] = number;
            }
            let edges = joined.remove(&root).unwrap_or_default();
            self.push_part(document, members, &edges, &numbers);
        }
    }

    fn push_part(
        &mut self,
        document: &Document,
        members: Vec<usize>,
        edges: &[(Id, usize, usize, f64)],
        numbers: &[u32],
    ) {
        let station = |thing: &usize| document.stations().get(&self.ids[*thing]);
        let kinds: Vec<StationKind> = members
            .iter()
            .filter_map(station)
            .map(|at| at.kind)
            .collect();
        let ends = edges
            .iter()
            .map(|(_, from, to, _)| (numbers[*from], numbers[*to]));
        let joins = if kinds.is_empty() {
            Edges::Links(ends.collect())
        } else {
            let kind = |id: &Id| {
                document
                    .flows()
                    .get(id)
                    .map_or(FlowKind::Push, |flow| flow.kind)
            };
            let words = |id: &Id| document.flows().get(id).map_or(0.0, width_of_words);
            let flows = ends
                .zip(edges)
                .map(|((from, to), edge)| (from, to, kind(&edge.0)));
            Edges::Flows(Flows {
                kinds,
                ends: flows.collect(),
                words: edges.iter().map(|(id, ..)| words(id)).collect(),
            })
        };
        let halves = members.iter().map(|thing| self.halves[*thing]).collect();
        let held = members.iter().map(|thing| self.held[*thing]).collect();
        let before = members.iter().map(|thing| self.before[*thing]).collect();
        let numbered = members.iter().map(|thing| self.ids[*thing]).zip(0_u32..);
        let numbered: Records<u32> = numbered.collect();
        let number = |id: Id| numbered.get(&id).copied();
        let is_rate = |thing: &&usize| {
            let variable = document.variables().get(&self.ids[**thing]);
            variable.is_some_and(|variable| variable.kind == VariableKind::Rate)
        };
        let rates = members.iter().filter(is_rate).filter_map(|thing| {
            let id = self.ids[*thing];
            let pipe = pipe_of(document, id);
            Some(RateEnds {
                rate: number(id)?,
                from: pipe.from.and_then(|end| number(end.stock)),
                to: pipe.to.and_then(|end| number(end.stock)),
            })
        });
        let rates = rates.collect();
        self.parts
            .push(Part::new(halves, held, before, joins, rates));
        let bends = edges.iter().map(|(id, _, _, bend)| (*id, *bend)).collect();
        self.members.push((members, bends));
    }

    /// Arranges on for about `budget` looks at a pair of things, some hundred million a second, and
    /// a little longer where a part has to be made ready. A budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 {
            if let Some(part) = self.parts.get_mut(self.at) {
                if !part.advance(self.arrange, &mut budget) {
                    break;
                }
                self.at += 1;
                budget = budget.saturating_sub(1);
                continue;
            }
            let Some(positions) = &self.positions else {
                self.positions = Some(compose::compose(self));
                continue;
            };
            let number = self.bends.len();
            let (Some(part), Some((members, edges))) =
                (self.parts.get(number), self.members.get(number))
            else {
                return Progress::Finished;
            };
            let positions: Vec<Point> = members.iter().map(|thing| positions[*thing]).collect();
            let before: Vec<f64> = edges.iter().map(|(_, bend)| *bend).collect();
            let bends = part.bends(self.arrange, &positions, &before);
            self.bends.push(bends);
            let looks = edges.len() * (edges.len() + members.len()) * 10;
            budget = budget.saturating_sub(looks as u64 + 1);
        }
        Progress::Unfinished
    }

    /// How much is done, 0 to 1, for a bar that shows it.
    #[must_use]
    pub fn fraction(&self) -> f64 {
        // Bending is the last twentieth.
        let searched: f64 = self
            .parts
            .iter()
            .map(|part| part.weight() * part.fraction())
            .sum();
        let all: f64 = self.parts.iter().map(Part::weight).sum();
        let bent = self.bends.len() as f64 / self.parts.len().max(1) as f64;
        if self.parts.is_empty() {
            1.0
        } else {
            0.95 * searched / all + 0.05 * bent
        }
    }

    /// The patch that moves everything to its place and bends what joins it, made for `document`;
    /// empty before all is done. What has been removed since is passed over.
    #[must_use]
    pub fn patch(&self, document: &Document) -> Patch {
        match &self.positions {
            Some(positions) if self.bends.len() == self.parts.len() => {
                compose::patch(self, document, positions, &self.bends)
            }
            _ => Patch::default(),
        }
    }
}

/// About how wide the words beside a flow are, in world units.
fn width_of_words(flow: &Flow) -> f64 {
    /// A letter of the words of a flow, on average.
    const LETTER: f64 = 8.2;
    /// What stands between two of them, and before the limit of a lane.
    const BETWEEN: usize = 4;
    let kind = if flow.kind == FlowKind::Fifo {
        "FIFO".len()
    } else {
        0
    };
    let measures = flow.measures.iter();
    let letters: usize = measures
        .map(|(_, measure)| measure_text(measure).chars().count() + BETWEEN)
        .sum();
    (kind + letters) as f64 * LETTER
}

/// Half a size, within what is reckoned with.
pub(super) fn half_of(size: Vector) -> Vector {
    let within = |side: f64| {
        if side.is_finite() {
            side.clamp(SIZES.0, SIZES.1)
        } else {
            SIZES.0
        }
    };
    Vector::new(within(size.x), within(size.y)) / 2.0
}

/// The first of a part, found along shorter and shorter ways (path halving, Tarjan & van Leeuwen
/// 1984).
fn root_of(roots: &mut [usize], mut thing: usize) -> usize {
    while roots[thing] != thing {
        roots[thing] = roots[roots[thing]];
        thing = roots[thing];
    }
    thing
}
