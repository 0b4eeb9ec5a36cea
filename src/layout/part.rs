//! One connected part of a document, while it is being arranged.

use crate::model::{FlowKind, Link, Point, Rect, StationKind, Vector};

use super::anneal::{Search, Start};
use super::arrangement::Arrange;
use super::bend::{BentEdge, Way, lay_pipes, wanted};
use super::centroids::{beside, centroid, closeness, nearness};
use super::classic;
use super::cycles::Ring;
use super::energy::{State, Weights};
use super::figure::Figure;
use super::line::Line;
use super::pipes::{self, RateEnds};
use super::refine_arcs::{Chain, refine_arcs};
use super::remove_overlaps::{box_at, remove_overlaps};
use super::stress::middle_of;

/// The seed of the search: any, but always the same.
const SEED: u64 = 0x1009;
/// How much an arc may differ from the one it would like before tidying bends it anew.
const LIKE: f64 = 0.25;
/// What trouble between arcs, signs and badges weighs, against what is measured of chords.
const DRAWN: f64 = 3.0;
/// The most variables of a figure that is turned by trying.
const TURNED: usize = 300;

/// What joins the things of a part.
#[derive(Clone, Debug)]
pub(super) enum Edges {
    /// Links between variables.
    Links(Vec<(u32, u32)>),
    /// Flows between stations.
    Flows(Flows),
}

/// Flows between stations, by number.
#[derive(Clone, Debug)]
pub(super) struct Flows {
    /// The kind of each station.
    pub(super) kinds: Vec<StationKind>,
    /// From where to where, and how.
    pub(super) ends: Vec<(u32, u32, FlowKind)>,
    /// How wide the words of each flow are, in world units.
    pub(super) words: Vec<f64>,
}

/// A link that would leave the straight line by less than 6 degrees is straight: nobody sees an arc
/// in it, but that it is not quite straight.
const STRAIGHT: f64 = 0.026;

/// A connected part, by number.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) halves: Vec<Vector>,
    pub(super) held: Vec<bool>,
    /// Where everything was.
    pub(super) before: Vec<Point>,
    pub(super) edges: Edges,
    /// The rates in it, with their stocks.
    rates: Vec<RateEnds>,
    stage: Stage,
    rings: Vec<Ring>,
}

#[derive(Clone, Debug)]
enum Stage {
    Waiting,
    Searching(Box<Search>),
    Placed(Vec<Point>),
}

impl Part {
    pub(super) const fn new(
        halves: Vec<Vector>,
        held: Vec<bool>,
        before: Vec<Point>,
        edges: Edges,
        rates: Vec<RateEnds>,
    ) -> Self {
        Self {
            halves,
            held,
            before,
            edges,
            rates,
            stage: Stage::Waiting,
            rings: Vec::new(),
        }
    }

    /// About how long it takes, against others.
    pub(super) fn weight(&self) -> f64 {
        let count = self.halves.len() as f64;
        match &self.edges {
            Edges::Links(links) => 1.0 + count * (count + links.len() as f64),
            Edges::Flows(..) => 1.0 + count,
        }
    }

    /// How much of the search is done, 0 to 1.
    pub(super) fn fraction(&self) -> f64 {
        match &self.stage {
            Stage::Waiting => 0.0,
            Stage::Searching(search) => search.fraction(),
            Stage::Placed(_) => 1.0,
        }
    }

    /// Searches on until the budget is spent; true when all has its place.
    pub(super) fn advance(&mut self, arrange: Arrange, budget: &mut u64) -> bool {
        loop {
            match &mut self.stage {
                Stage::Waiting => {
                    let count = self.halves.len() as u64;
                    *budget = budget.saturating_sub(count * count);
                    self.stage = self.begin(arrange);
                }
                Stage::Searching(search) => {
                    if !search.advance(budget) {
                        return false;
                    }
                    let search = std::mem::replace(&mut self.stage, Stage::Waiting);
                    if let Stage::Searching(search) = search {
                        self.rings = search.figure().rings.clone();
                        self.stage = Stage::Placed(self.choose(arrange, &search));
                    }
                }
                Stage::Placed(_) => return true,
            }
        }
    }

    /// The best of what was found, as it would be drawn.
    fn choose(&self, arrange: Arrange, search: &Search) -> Vec<Point> {
        let figure = search.figure();
        let mut best: Option<(f64, Vec<Point>)> = None;
        let candidates = search.candidates();
        let many = candidates.len() > 1;
        for found in candidates {
            let mut positions = found.positions.clone();
            match (arrange, found.start) {
                (Arrange::Tidy, _) => keep_little_moves(figure, &mut positions, &self.before),
                (Arrange::Afresh, Start::Anywhere) if !figure.is_held() => {
                    turn(figure, &mut positions);
                }
                _ => {}
            }
            let positions = self.remove_overlaps(positions);
            let cost = if many {
                self.cost_as_drawn(figure, &positions)
            } else {
                0.0
            };
            if best
                .as_ref()
                .is_none_or(|(least, _)| cost < *least - 1.0e-9)
            {
                best = Some((cost, positions));
            }
        }
        best.map_or_else(|| self.before.clone(), |(_, positions)| positions)
    }

    /// What an arrangement costs with its arcs, signs and badges.
    fn cost_as_drawn(&self, figure: &Figure, positions: &[Point]) -> f64 {
        let (edges, chains, trouble) = self.refined(Arrange::Afresh, positions, &[]);
        let mut state = State::new(
            figure,
            positions.to_vec(),
            positions.to_vec(),
            Weights::AFRESH,
        );
        let badges = crowding(figure, &edges, &chains);
        slant(figure, positions) + state.total(figure) + DRAWN * (trouble + badges)
    }

    fn begin(&mut self, arrange: Arrange) -> Stage {
        match &self.edges {
            Edges::Links(links) => {
                let figure = Figure::new(self.halves.clone(), self.held.clone(), links);
                if arrange == Arrange::Afresh
                    && !figure.is_held()
                    && let Some(places) = classic::places(&self.halves, links)
                {
                    self.rings = figure.rings;
                    let middle = middle_of(&self.before);
                    let places = places
                        .into_iter()
                        .map(|at| middle + (at - Point::default()));
                    return Stage::Placed(self.remove_overlaps(places.collect()));
                }
                if arrange == Arrange::Afresh
                    && !figure.is_held()
                    && let Some(places) = pipes::places(&self.halves, links, &self.rates)
                {
                    self.rings = figure.rings;
                    let offset = middle_of(&self.before) - middle_of(&places);
                    let places = places.into_iter().map(|at| at + offset);
                    return Stage::Placed(self.remove_overlaps(places.collect()));
                }
                let start = match arrange {
                    Arrange::Afresh => Start::Anywhere,
                    Arrange::Tidy => Start::Here,
                };
                Stage::Searching(Box::new(Search::new(
                    figure,
                    self.before.clone(),
                    start,
                    SEED,
                )))
            }
            Edges::Flows(flows) => {
                let line = self.line(flows);
                let positions = match arrange {
                    Arrange::Afresh => line.lay_out(&self.before),
                    Arrange::Tidy => line.tidy(&self.before),
                };
                Stage::Placed(self.remove_overlaps(positions))
            }
        }
    }

    fn line(&self, flows: &Flows) -> Line {
        Line {
            kinds: flows.kinds.clone(),
            halves: self.halves.clone(),
            held: self.held.clone(),
            flows: flows.ends.clone(),
            words: flows.words.clone(),
        }
    }

    fn remove_overlaps(&self, mut positions: Vec<Point>) -> Vec<Point> {
        remove_overlaps(&mut positions, &self.halves, &self.held, &[]);
        positions
    }

    /// Where everything stands so far.
    pub(super) fn positions(&self) -> &[Point] {
        match &self.stage {
            Stage::Waiting => &self.before,
            Stage::Searching(search) => search.positions(),
            Stage::Placed(positions) => positions,
        }
    }

    /// Something of it stays where it is, so that it cannot be moved as a whole.
    pub(super) fn is_held(&self) -> bool {
        self.held.contains(&true)
    }

    /// The box around what stands in it so far, with some room for arcs.
    pub(super) fn bounds(&self) -> Rect {
        let boxes = self.positions().iter().zip(&self.halves);
        let all = boxes.map(|(at, half)| box_at(*at, *half));
        let bounds = all.reduce(|one, other| one.union(&other));
        let is_open = |ends: &RateEnds| ends.from.is_none() || ends.to.is_none();
        let arcs = if self.rates.iter().any(is_open) {
            pipes::TO_CLOUD
        } else if self.halves.len() > 1 {
            30.0
        } else {
            0.0
        };
        bounds.map_or(Rect::centered(Point::default(), 0.0, 0.0), |all| {
            all.grown(arcs)
        })
    }

    /// The bends of its links or flows, where its things stand at `positions`; each was `before`.
    pub(super) fn bends(&self, arrange: Arrange, positions: &[Point], before: &[f64]) -> Vec<f64> {
        let (edges, ..) = self.refined(arrange, positions, before);
        let is_straight = |edge: &BentEdge| edge.from != edge.to && edge.bend.abs() < STRAIGHT;
        let bends = edges.iter();
        let bends = bends.map(|edge| if is_straight(edge) { 0.0 } else { edge.bend });
        bends.collect()
    }

    /// The edges of its links or flows with their arcs, and what is left of trouble between them.
    fn refined(
        &self,
        arrange: Arrange,
        positions: &[Point],
        before: &[f64],
    ) -> (Vec<BentEdge>, Vec<Chain>, f64) {
        let mut edges = match &self.edges {
            Edges::Links(links) => wanted(positions, links, &self.rings),
            Edges::Flows(flows) => self.line(flows).wanted(positions),
        };
        let ends = |ends: &RateEnds| [ends.from, ends.to].map(|stock| Some((ends.rate, stock?)));
        lay_pipes(&mut edges, self.rates.iter().flat_map(ends).flatten());
        if arrange == Arrange::Tidy {
            keep_like_bends(&mut edges, before);
        }
        let boxes = positions.iter().zip(&self.halves);
        let mut boxes: Vec<Rect> = boxes.map(|(at, half)| box_at(*at, *half)).collect();
        // Arcs keep clear of clouds as of things.
        let clouds = self
            .rates
            .iter()
            .filter_map(|ends| pipes::cloud(ends, &boxes));
        let clouds: Vec<Rect> = clouds.collect();
        boxes.extend(clouds);
        let (chains, trouble) = refine_arcs(&mut edges, &boxes);
        (edges, chains, trouble)
    }
}

/// How much the badges of loops are in the way of each other and of arcs.
fn crowding(figure: &Figure, edges: &[BentEdge], chains: &[Chain]) -> f64 {
    let middle = |ring: &Ring| {
        let ends = (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()]));
        let links =
            ends.filter_map(|ends| edges.iter().position(|edge| (edge.from, edge.to) == ends));
        let points: Vec<Point> = links
            .flat_map(|link| chains[link].points.iter().skip(1).copied())
            .collect();
        centroid(points.iter().copied())
    };
    let inside: Vec<(Point, f64)> = figure.badged.iter().map(middle).collect();
    let centroids: Vec<Point> = (0..inside.len())
        .map(|number| beside(number, &inside, &figure.partners))
        .collect();
    let mut cost = 0.0;
    for (index, one) in centroids.iter().enumerate() {
        let others = centroids[index + 1..].iter();
        cost += others.map(|other| nearness(*one, *other)).sum::<f64>();
        for chain in chains {
            let pieces = chain.points.windows(2);
            let near = pieces.map(|piece| closeness(*one, (piece[0], piece[1])));
            cost += near.fold(0.0, f64::max);
        }
    }
    cost
}

/// Keeps a bend that is much like the one wanted, and every ring where it stands.
fn keep_like_bends(edges: &mut [BentEdge], before: &[f64]) {
    let arcs = edges.iter_mut().zip(before);
    for (edge, before) in arcs.filter(|(edge, _)| edge.way == Way::Arc) {
        let near = (edge.bend - before).abs() <= LIKE;
        if edge.from == edge.to {
            edge.bend = before.clamp(-Link::MAXIMUM_BEND, Link::MAXIMUM_BEND);
            edge.range = (edge.bend, edge.bend);
        } else if near && (edge.range.0..=edge.range.1).contains(before) {
            edge.bend = *before;
        }
    }
}

/// Puts back what moved so little that nobody gains from it.
fn keep_little_moves(figure: &Figure, positions: &mut [Point], before: &[Point]) {
    for (at, home) in positions.iter_mut().zip(before) {
        if at.distance(*home) < 0.04 * figure.length {
            *at = *home;
        }
    }
}

/// Turns a figure to where words have most room, links lie along the axes, and the whole is wide.
fn turn(figure: &Figure, positions: &mut [Point]) {
    const STEPS: u32 = 48;
    if figure.len() < 2 || figure.len() > TURNED {
        return;
    }
    let middle = middle_of(positions);
    let mut best: Option<(f64, Vec<Point>)> = None;
    for step in 0..STEPS {
        let angle = std::f64::consts::TAU * f64::from(step) / f64::from(STEPS);
        let spin = |at: &Point| middle + super::anneal::turned(*at - middle, angle);
        let turned: Vec<Point> = positions.iter().map(spin).collect();
        let cost = slant(figure, &turned);
        let mut state = State::new(figure, turned.clone(), turned.clone(), Weights::AFRESH);
        let cost = cost + state.total(figure);
        if best
            .as_ref()
            .is_none_or(|(least, _)| cost < *least - 1.0e-9)
        {
            best = Some((cost, turned));
        }
    }
    if let Some((_, turned)) = best {
        positions.copy_from_slice(&turned);
    }
}

/// How far links are from lying along an axis, and the whole from being wide.
fn slant(figure: &Figure, positions: &[Point]) -> f64 {
    let mut slant = 0.0;
    for pair in &figure.pairs {
        let direction = (positions[pair.other as usize] - positions[pair.one as usize]).unit();
        slant += 0.3 * (2.0 * direction.x * direction.y) * (2.0 * direction.x * direction.y);
    }
    let boxes = positions
        .iter()
        .zip(&figure.halves)
        .map(|(at, half)| box_at(*at, *half));
    let aspect = boxes
        .reduce(|one, other| one.union(&other))
        .map_or(1.0, |all| all.width() / all.height().max(1.0));
    slant + 0.3 * (figure.len() as f64) * (1.5 - aspect).max(0.0)
}
