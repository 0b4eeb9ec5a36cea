//! Lines that several tests use.

use std::sync::Arc;

use loopstream::simulate::events::{
    Arrivals, Law, LeftOut, Limit, Line, Plan, Results, Settings, Step, Study,
};

pub fn exponential(mean: f64) -> Law {
    Law::exponential(mean).unwrap()
}

pub fn constant(value: f64) -> Law {
    Law::constant(value).unwrap()
}

/// Arrivals at this rate, by an exponential law.
pub fn poisson(rate: f64) -> Arrivals {
    Arrivals::Every(exponential(1.0 / rate))
}

pub fn plan(line: Line) -> Arc<Plan> {
    Arc::new(Plan::new(line).unwrap())
}

/// One step with exponential work of mean 1.
pub fn mm1(rate: f64) -> Line {
    Line::in_a_row(vec![Step::new(exponential(1.0))], poisson(rate))
}

/// Steps in a row with this many items at all times.
pub fn conwip(steps: Vec<Step>, wip: u32) -> Line {
    let stations = (0..steps.len()).collect();
    let mut line = Line::in_a_row(steps, Arrivals::Always);
    line.limits.push(Limit {
        stations,
        most: wip,
    });
    line
}

pub fn settings(seed: u64, length: f64, warm_up: f64, replications: u32) -> Settings {
    Settings {
        seed,
        length,
        replications,
        most: replications,
        precision: 0.0,
        warm_up: LeftOut::Time(warm_up),
        level: 0.99,
    }
}

pub fn results(plan: &Arc<Plan>, settings: Settings) -> Results {
    let mut study = Study::new(Arc::clone(plan), settings);
    study.finish();
    study.results().unwrap()
}
