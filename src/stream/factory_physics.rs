//! Factory physics: what a line can do with a constant amount of work in it.
//!
//! All laws here are of Hopp & Spearman, Factory Physics, ch. 7: rb is the capacity of the line
//! (items per unit of time), T0 its raw process time, w the WIP, W0 = rb T0 the critical WIP.

use super::capacity::{EQUAL, critical_wip};
use super::network::Network;

/// A line as the laws see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Capacity rb, items per unit of time.
    pub capacity: f64,
    /// Raw process time T0.
    pub raw_process_time: f64,
}

/// How a line does with some WIP. By Little's law WIP = throughput x cycle time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Performance {
    /// Items per unit of time, TH.
    pub throughput: f64,
    /// Mean time of an item in the line, CT.
    pub cycle_time: f64,
}

impl Line {
    /// Critical WIP W0 = rb T0, in items.
    #[must_use]
    pub fn critical_wip(&self) -> f64 {
        critical_wip(self.capacity, self.raw_process_time)
    }

    /// Best case, where nothing varies: TH = min(w/T0, rb), CT = max(T0, w/rb). An exact bound.
    #[must_use]
    pub fn best(&self, wip: f64) -> Performance {
        Performance {
            throughput: (wip / self.raw_process_time).min(self.capacity),
            cycle_time: self.raw_process_time.max(wip / self.capacity),
        }
    }

    /// Worst case, where all work moves as one batch: TH = 1/T0, CT = w T0. An exact bound.
    #[must_use]
    pub fn worst(&self, wip: f64) -> Performance {
        Performance {
            throughput: 1.0 / self.raw_process_time,
            cycle_time: wip * self.raw_process_time,
        }
    }

    /// Practical worst case, all chance: TH = w rb / (W0 + w - 1), CT = T0 + (w - 1)/rb.
    ///
    /// Exact for a closed balanced line of single exponential servers, else a benchmark: a line
    /// that does worse than this has something to mend.
    #[must_use]
    pub fn practical_worst(&self, wip: f64) -> Performance {
        Performance {
            throughput: wip * self.capacity / (self.critical_wip() + wip - 1.0),
            cycle_time: self.raw_process_time + (wip - 1.0) / self.capacity,
        }
    }

    /// The three cases for a WIP of 1 to `most`, for a chart.
    #[must_use]
    pub fn series(&self, most: usize) -> Vec<Cases> {
        let cases = |wip: usize| {
            let wip = wip as f64;
            Cases {
                wip,
                best: self.best(wip),
                practical_worst: self.practical_worst(wip),
                worst: self.worst(wip),
            }
        };
        (1..=most).map(cases).collect()
    }
}

/// The three cases at one WIP.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cases {
    /// WIP w, in items.
    pub wip: f64,
    /// Nothing varies.
    pub best: Performance,
    /// All chance.
    pub practical_worst: Performance,
    /// All work moves as one.
    pub worst: Performance,
}

/// What the practical worst case is for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// Single servers with equal loads: the practical worst case is exact, if process times are
    /// exponential.
    Balanced,
    /// Else: a benchmark only.
    Benchmark,
}

/// Whether all stations are single servers of their own with the same load v te.
#[must_use]
pub fn balance(network: &Network, visits: &[f64]) -> Balance {
    let mut load: Option<f64> = None;
    for (node, visits) in network.nodes.iter().zip(visits) {
        if !node.works() || *visits <= 0.0 {
            continue;
        }
        let single = node.servers == Some(1.0) && node.resource.is_none() && node.share >= 1.0;
        let Some(here) = node.effective_time().filter(|_| single) else {
            return Balance::Benchmark;
        };
        let here = here * visits;
        let other = *load.get_or_insert(here);
        if (here - other).abs() > other * EQUAL {
            return Balance::Benchmark;
        }
    }
    Balance::Balanced
}
