//! Streams made of blocks within blocks, whose visits and times follow from the blocks alone.

use loopstream::stream::network::{Arc, Network, Node};
use proptest::prelude::*;

/// A part of a stream with one way in and one way out.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    /// A step with its time.
    Step(f64),
    /// One after the other.
    Series(Vec<Block>),
    /// One of them, by these weights.
    Split(Vec<(f64, Block)>),
    /// All of them.
    Parallel(Vec<Block>),
    /// Again and again, with this probability.
    Again(f64, Box<Block>),
}

/// Any block.
pub(crate) fn block() -> impl Strategy<Value = Block> {
    let step = (1_u32..50).prop_map(|time| Block::Step(f64::from(time)));
    step.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            3 => proptest::collection::vec(inner.clone(), 1..4).prop_map(Block::Series),
            1 => proptest::collection::vec((1_u32..5, inner.clone()), 2..4).prop_map(|parts| {
                let sum: u32 = parts.iter().map(|(weight, _)| weight).sum();
                let share = |weight| f64::from(weight) / f64::from(sum);
                Block::Split(parts.into_iter().map(|(weight, part)| (share(weight), part)).collect())
            }),
            1 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Block::Parallel),
            1 => (0.0..0.95_f64, inner).prop_map(|(back, part)| Block::Again(back, Box::new(part))),
        ]
    })
}

/// A network of a block, and what it should find.
#[derive(Default)]
pub(crate) struct Built {
    pub(crate) network: Network,
    /// By node.
    pub(crate) visits: Vec<f64>,
    pub(crate) times: Vec<f64>,
    /// Expected time of the whole.
    pub(crate) time: f64,
}

impl Block {
    pub(crate) fn build(&self) -> Built {
        let mut built = Built::default();
        let (first, last, time) = built.add(self, 1.0);
        built.network.entries = vec![first];
        built.network.exits = vec![last];
        built.time = time;
        built
    }
}

impl Built {
    fn node(&mut self, time: f64, visits: f64) -> usize {
        self.network.nodes.push(Node::step(time));
        self.visits.push(visits);
        self.times.push(time);
        self.visits.len() - 1
    }

    fn join(&mut self, from: usize, to: usize, share: Option<f64>) {
        let arc = Arc::forward(from, to);
        self.network.arcs.push(Arc { share, ..arc });
    }

    /// The first and the last node of a block, and its expected time.
    fn add(&mut self, block: &Block, visits: f64) -> (usize, usize, f64) {
        match block {
            Block::Step(time) => {
                let node = self.node(*time, visits);
                (node, node, *time)
            }
            Block::Series(parts) => {
                let (first, mut last, mut sum) = self.add(&parts[0], visits);
                for part in &parts[1..] {
                    let (start, end, time) = self.add(part, visits);
                    self.join(last, start, None);
                    last = end;
                    sum += time;
                }
                (first, last, sum)
            }
            Block::Split(parts) => {
                let (first, last) = (self.node(1.0, visits), self.node(2.0, visits));
                let mut sum = 3.0;
                for (index, (share, part)) in parts.iter().enumerate() {
                    let (start, end, time) = self.add(part, visits * share);
                    // One of them takes the rest.
                    self.join(first, start, (index > 0).then_some(*share));
                    self.join(end, last, None);
                    sum += share * time;
                }
                (first, last, sum)
            }
            Block::Parallel(parts) => {
                let (first, last) = (self.node(1.0, visits), self.node(2.0, visits));
                let mut longest = 0.0_f64;
                for part in parts {
                    let (start, end, time) = self.add(part, visits);
                    self.join(first, start, None);
                    self.join(end, last, None);
                    longest = longest.max(time);
                }
                (first, last, 3.0 + longest)
            }
            Block::Again(back, part) => {
                let times = 1.0 / (1.0 - back);
                // A node of its own, so that probabilities of two blocks do not meet at one.
                let (first, inner, time) = self.add(part, visits * times);
                let last = self.node(1.0, visits * times);
                self.join(inner, last, None);
                self.network.arcs.push(Arc::rework(last, first, *back));
                (first, last, (time + 1.0) * times)
            }
        }
    }
}
