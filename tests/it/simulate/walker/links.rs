//! The scores of links by the printed formulas, on the trees: for models whose only memory are
//! stocks of XMILE.

use std::collections::HashMap;

use loopstream::equation::Name;
use loopstream::simulate::{Kind, Source};

use super::{Walker, value_of};

/// The score of a link over a step, and how far rounding may have moved it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scored {
    pub score: f64,
    pub unsure: f64,
}

impl Walker<'_> {
    /// For each step after the first, each variable and each that leads to it: the score, in the
    /// order row, to, from.
    pub fn link_scores(
        source: &Source,
        steps: u32,
        dt: f64,
        names: &[Name],
    ) -> Vec<Vec<Vec<Scored>>> {
        let mut walker = Walker::begin(source, dt);
        let mut rows = Vec::new();
        let mut before: Option<(HashMap<Name, f64>, f64)> = None;
        for n in 0..=steps {
            walker.n = n;
            walker.at(f64::from(n));
            for name in names {
                walker.named(name);
            }
            let now = walker.known.clone();
            let time = walker.time;
            if let Some((then, then_time)) = before {
                let row = names.iter().map(|to| {
                    let from = names.iter();
                    from.map(|from| walker.link(to, from, &then, then_time, &now))
                        .collect()
                });
                rows.push(row.collect());
            }
            walker.n = n;
            walker.time = time;
            walker.known.clone_from(&now);
            before = Some((now, time));
            if n < steps {
                walker.step(f64::from(n));
            }
        }
        rows
    }

    fn link(
        &mut self,
        to: &Name,
        from: &Name,
        then: &HashMap<Name, f64>,
        then_time: f64,
        now: &HashMap<Name, f64>,
    ) -> Scored {
        let variable = self.variables[to];
        let moved = now[from] - then[from];
        if let Kind::Stock {
            inflows, outflows, ..
        } = &variable.kind
        {
            let net = |row: &HashMap<Name, f64>| {
                let inflows = inflows.iter().fold(0.0, |sum, flow| sum + row[flow]);
                outflows.iter().fold(inflows, |sum, flow| sum - row[flow])
            };
            let change = net(now) - net(then);
            let sign = match (inflows.contains(from), outflows.contains(from)) {
                (true, false) => 1.0,
                (false, true) => -1.0,
                _ => return Scored::default(),
            };
            let is_still = change == 0.0 || moved == 0.0;
            return Scored {
                score: if is_still {
                    0.0
                } else if !change.is_finite() {
                    // What part a finite change has in an infinite one is not known.
                    f64::NAN
                } else {
                    sign * (moved / change).abs()
                },
                unsure: 0.0,
            };
        }
        let change = now[to] - then[to];
        if change == 0.0 || moved == 0.0 {
            return Scored::default();
        }
        if !change.is_finite() {
            return Scored {
                score: f64::NAN,
                unsure: 0.0,
            };
        }
        self.known.clone_from(then);
        self.known.insert(from.clone(), now[from]);
        self.time = then_time;
        self.n -= 1;
        let switched = self.value(value_of(variable).unwrap());
        self.n += 1;
        let partial = switched - then[to];
        let values = then.values().chain(now.values());
        let scale = values.fold(0.0_f64, |most, value| most.max(value.abs()));
        Scored {
            score: (partial / change).abs() * sign_of(partial) * sign_of(moved),
            unsure: 1e-14 * scale / change.abs(),
        }
    }
}

fn sign_of(value: f64) -> f64 {
    if value > 0.0 {
        1.0
    } else if value < 0.0 {
        -1.0
    } else {
        value
    }
}
