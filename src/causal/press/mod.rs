//! Loop analysis: which way each variable ends up when one is pushed for good, from signs alone.
//!
//! Puccia and Levins 1985 ("Qualitative Modeling of Complex Systems") ask it of a system that comes
//! to rest again: the answer is the sign of an entry of the inverse of the negative matrix of effects,
//! and each entry is a sum of terms whose signs are known though their sizes are not. If all agree, the
//! answer is certain. If they do not, how far they agree is told (Dambacher, Li and Rossignol 2002).
//!
//! A variable follows its causes: left alone, it goes to where they push it. A stock does not; it
//! keeps what it holds, so that only loops bring it to rest.

mod answer;
mod chains;
mod knot;
mod pairs;
mod terms;
mod words;

pub use pairs::{PairTable, pair_table};
pub use words::{CELLS, METHOD};

use self::chains::Knot;
use self::knot::Effects;
use self::terms::Terms;
use super::component::strongly_connected_components;
use super::diagram::DiagramGraph;
use super::graph::Graph;
use crate::model::{Document, Id, VariableKind};

/// How a variable stands, once everything has come to rest after another was pushed up for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Response {
    /// No path leads there.
    Unreached,
    /// It is higher, whatever the sizes are.
    Rises,
    /// It is lower, whatever the sizes are.
    Falls,
    /// It is as high as before: what reaches it is held by a stock that a loop brings to rest.
    Unmoved,
    /// Terms of both signs: the sizes decide.
    Depends {
        /// The terms above zero less those below it, by all of them: from -1 to 1. At 0 there are as
        /// many of either. `None` beyond what a number holds.
        net: Option<f64>,
    },
    /// A link of unknown sign takes part.
    Unsigned,
    /// Nothing brings it, or what it hangs on, to rest.
    Unsettled,
    /// The loops between are too many to be counted.
    TooLarge,
}

/// Loop analysis of a document, a knot of loops at a time.
#[derive(Clone, Debug)]
pub struct PressAnalysis {
    graph: Graph,
    ids: Vec<Id>,
    stocks: Vec<bool>,
    /// The component of each variable, and its position among the members.
    component: Vec<(usize, usize)>,
    /// The variables of each component; links between components lead to lower numbers.
    members: Vec<Vec<u32>>,
    /// The links that begin at each variable.
    leaving: Vec<Vec<u32>>,
    /// The knots that are counted, from the first component on.
    knots: Vec<Option<Knot>>,
}

impl PressAnalysis {
    /// The analysis at its start.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let DiagramGraph {
            graph, variables, ..
        } = DiagramGraph::of(document);
        let is_stock = |id: &Id| {
            let variable = document.variables().get(id);
            variable.is_some_and(|variable| variable.kind == VariableKind::Stock)
        };
        Self::of(graph, variables.iter().map(is_stock).collect(), variables)
    }

    /// The analysis of a graph with these stocks, at its start.
    fn of(graph: Graph, stocks: Vec<bool>, ids: Vec<Id>) -> Self {
        let components = strongly_connected_components(&graph);
        let members = components.members();
        let mut component = vec![(0, 0); stocks.len()];
        for (number, members) in members.iter().enumerate() {
            for (position, &variable) in members.iter().enumerate() {
                component[variable as usize] = (number, position);
            }
        }
        let mut leaving = vec![Vec::new(); stocks.len()];
        for (number, link) in (0..).zip(graph.links()) {
            leaving[link.from as usize].push(number);
        }
        Self {
            graph,
            ids,
            stocks,
            component,
            members,
            leaving,
            knots: Vec::new(),
        }
    }

    /// Counts the next knot; `false` when all are counted. A knot takes a fraction of a second.
    pub fn advance(&mut self) -> bool {
        let Some(members) = self.members.get(self.knots.len()) else {
            return false;
        };
        let own = members.iter().map(|variable| {
            if self.stocks[*variable as usize] {
                Terms::default()
            } else {
                Terms::ONE
            }
        });
        let mut effects = Effects::new(own.collect());
        for &variable in members {
            for link in self.links_of(variable) {
                let (from, to) = (self.place(variable), self.place(link.to));
                if from.0 == to.0 {
                    effects.add(from.1, to.1, Terms::of(link.polarity));
                }
            }
        }
        self.knots.push(Knot::of(&effects));
        self.knots.len() < self.members.len()
    }

    fn links_of(&self, variable: u32) -> impl Iterator<Item = &super::graph::GraphLink> {
        let links = self.leaving[variable as usize].iter();
        links.map(|number| &self.graph.links()[*number as usize])
    }

    fn place(&self, variable: u32) -> (usize, usize) {
        self.component[variable as usize]
    }

    /// How each variable responds when one is pushed up for good, by the order of their ids; `None`
    /// if that one is not there. Where a knot is not counted yet, the answer is as if it were too large.
    #[must_use]
    pub fn responses(&self, pressed: Id) -> Option<Vec<(Id, Response)>> {
        let pressed = self.ids.binary_search(&pressed).ok()?;
        let responses = self.responses_to(pressed);
        Some(self.ids.iter().copied().zip(responses).collect())
    }
}
