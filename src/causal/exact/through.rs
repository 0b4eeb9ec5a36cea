//! How many loops pass each variable and each link.

use super::count::{CountState, ExactLimits, arc_weights, width_for};
use super::counts::ExactCounts;
use super::frontier::{Keep, Outcome};
use super::programme::{Plans, Programme};
use super::reduce::{Reduction, reduce};
use super::rings::{Known, Rings};
use super::sums::Width;
use crate::causal::graph::Graph;
use crate::causal::kernel::Kernel;
use crate::causal::search::Progress;

/// Counts, by sign and delay, the loops through every variable and every link at once, exactly. It
/// borrows nothing, so it can be held from one frame to the next.
///
/// The number of all loops is a polynomial of the weights of the links, linear in each. How it
/// changes with the weight of a link is the number of ways to complete the link to a loop; all
/// these derivatives together cost a few times what the count costs, by going through it backwards
/// (Baur & Strassen 1983, "The complexity of partial derivatives"). Nothing is deleted and counted
/// again.
#[derive(Clone, Debug)]
pub struct LoopsThrough {
    graph: Graph,
    limits: ExactLimits,
    reduction: Reduction,
    known: Known,
    turn: usize,
    work: Work,
    is_cut_off: bool,
    state: CountState,
    links: Vec<ExactCounts>,
    variables: Vec<ExactCounts>,
}

/// What is being done to the core in turn.
#[derive(Clone, Debug)]
enum Work {
    /// Nothing yet.
    None,
    /// With the plans it was begun from.
    Programme(Programme, Plans),
    /// A walk over all rings, which may make so many more visits.
    Rings(Box<Rings>, u64),
}

impl LoopsThrough {
    /// A count at its start, with the usual limits. It copies what it needs of the graph.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        Self::with_limits(graph, ExactLimits::default())
    }

    /// A count that may cost as much as `limits` say.
    #[must_use]
    pub fn with_limits(graph: &Graph, limits: ExactLimits) -> Self {
        let mut through = Self {
            graph: graph.clone(),
            limits,
            reduction: reduce(graph),
            known: Known::new(Width::NARROW),
            turn: 0,
            work: Work::None,
            is_cut_off: false,
            state: CountState::SoFar,
            links: Vec::new(),
            variables: Vec::new(),
        };
        through.start(Width::NARROW);
        through
    }

    /// Counts on for about `budget` steps, each as long as one visit of a link by a search, and
    /// once for about three times as long as all the steps so far, where it goes back through
    /// them. A budget of zero does nothing.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while budget > 0 && self.state == CountState::SoFar {
            match &mut self.work {
                Work::None => self.take_turn(),
                Work::Programme(programme, plans) => match programme.advance(&mut budget) {
                    Outcome::Unfinished => {}
                    Outcome::Finished => self.take_gradient(),
                    Outcome::TooMany => {
                        plans.give_up_frontier();
                        let plans = plans.clone();
                        self.start_programme(plans);
                    }
                },
                Work::Rings(rings, effort) => {
                    let visits = budget.min(*effort);
                    let mut rest = visits;
                    let links = self.graph.links();
                    let progress = rings.advance(&mut rest, links, &mut self.known);
                    budget -= visits - rest;
                    *effort -= visits - rest;
                    if progress == Progress::Finished || *effort == 0 {
                        self.is_cut_off |= progress == Progress::Unfinished;
                        self.take_rings();
                    }
                }
            }
        }
        match self.state {
            CountState::SoFar => Progress::Unfinished,
            CountState::Exact | CountState::AtLeast => Progress::Finished,
        }
    }

    /// How far the numbers can be trusted.
    #[must_use]
    pub const fn state(&self) -> CountState {
        self.state
    }

    /// The loops through a link, by its index; `None` before the count is finished.
    #[must_use]
    pub fn link(&self, index: usize) -> Option<&ExactCounts> {
        self.links.get(index)
    }

    /// The loops through a variable, by its index; `None` before the count is finished.
    #[must_use]
    pub fn variable(&self, index: usize) -> Option<&ExactCounts> {
        self.variables.get(index)
    }

    /// Begins to count, or begins anew, with numbers of this width.
    fn start(&mut self, width: Width) {
        self.known = Known::new(width);
        self.known
            .extend(&self.reduction.bundles, self.graph.links());
        for &bundle in &self.reduction.closed {
            self.known.add_closed(bundle);
        }
        self.turn = 0;
        self.work = Work::None;
        self.is_cut_off = false;
    }

    fn next_turn(&mut self) {
        self.work = Work::None;
        self.turn += 1;
    }

    fn core(&self) -> Option<&Kernel> {
        self.reduction.cores.get(self.turn)
    }

    fn take_turn(&mut self) {
        let Some(core) = self.core() else {
            self.finish();
            return;
        };
        let plans = Plans::of(core);
        self.start_programme(plans);
    }

    /// Begins the programme that serves for the core in turn, or searches it.
    fn start_programme(&mut self, plans: Plans) {
        let Some(core) = self.core() else {
            return;
        };
        let weights = arc_weights(core, &self.known.weights);
        match plans.start(weights, self.known.width, Keep::All, self.limits) {
            Some(programme) => self.work = Work::Programme(programme, plans),
            None => self.search(),
        }
    }

    fn search(&mut self) {
        if let Some(core) = self.core().cloned() {
            // The walk adds bundles to those of the graph. They come back with it.
            let bundles = std::mem::take(&mut self.reduction.bundles);
            self.work = Work::Rings(Box::new(Rings::new(core, bundles)), self.limits.visits);
        }
    }

    fn take_rings(&mut self) {
        if let Work::Rings(rings, _) = std::mem::replace(&mut self.work, Work::None) {
            self.reduction.bundles = rings.into_bundles();
        }
        self.next_turn();
    }

    fn take_gradient(&mut self) {
        let Work::Programme(programme, _) = std::mem::replace(&mut self.work, Work::None) else {
            return;
        };
        let known = &mut self.known;
        let width = known.width;
        width.add(&mut known.total, programme.total());
        let gradient = programme.gradient();
        if let Some(core) = self.reduction.cores.get(self.turn) {
            for (arc, derivative) in core.arcs.iter().zip(gradient) {
                width.add(&mut known.gradient[arc.bundle as usize], &derivative);
            }
        }
        self.next_turn();
    }

    /// All cores are counted: either that is the result, or it needs wider numbers.
    fn finish(&mut self) {
        let width = self.known.width;
        let needed = width_for(&self.graph, width, &self.known.total);
        if !needed.fits(width) {
            self.start(needed);
            return;
        }
        let known = &mut self.known;
        self.reduction
            .hand_down(&known.weights, &mut known.gradient, width);
        let nothing = vec![0; width.stride()];
        let mut variables = vec![nothing.clone(); self.graph.variables() as usize];
        for (position, link) in self.graph.links().iter().enumerate() {
            let mut loops = nothing.clone();
            width.add_product(
                &mut loops,
                &known.weights[position],
                &known.gradient[position],
            );
            // A loop leaves each of its variables once.
            width.add(&mut variables[link.from as usize], &loops);
            self.links.push(width.counts(&loops));
        }
        self.variables = variables.iter().map(|loops| width.counts(loops)).collect();
        self.state = if self.is_cut_off {
            CountState::AtLeast
        } else {
            CountState::Exact
        };
    }
}
