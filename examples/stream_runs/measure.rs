//! What is measured: a run of a line, and a comparison of two futures.

use std::sync::Arc;

use loopstream::simulate::events::{LeftOut, Plan, Run, Settings, Status, Study, Until, compare};
use serde_json::{Value, json};

use crate::lines::{self, Pace, Row};

/// Events between two looks at how far a run has come.
const PORTION: u64 = 10_000;
const REPLICATIONS: u32 = 30;

/// One run: how many events, in how many seconds, and the mean lead time after the warm-up.
pub fn run(row: &Row, seed: u64, clock: &impl Fn() -> f64) -> Result<Value, String> {
    let line = row.line().map_err(|error| error.to_string())?;
    let plan = Arc::new(Plan::new(line).map_err(|error| error.to_string())?);
    let began = clock();
    let mut run = Run::new(&plan, seed, 0, Until::Time(row.ours));
    let mut before = None;
    while run.advance(PORTION) == Status::Running {
        if before.is_none() && run.now() >= row.warm_up {
            before = Some((run.totals().left, run.totals().lead));
        }
    }
    let seconds = clock() - began;
    let (left, lead) = before.ok_or("the run ended within its warm-up")?;
    let totals = run.totals();
    Ok(json!({
        "events": totals.events,
        "seconds": seconds,
        "lead": (totals.lead - lead) / (totals.left - left) as f64,
    }))
}

/// Two futures of a map, each run 30 times over two years, until their differences are known.
pub fn compare_futures(seed: u64, clock: &impl Fn() -> f64) -> Result<Value, String> {
    let began = clock();
    let mut studies = Vec::new();
    for pace in [Pace::AsIs, Pace::FifthQuicker] {
        let line = lines::map(pace).map_err(|error| error.to_string())?;
        let plan = Arc::new(Plan::new(line).map_err(|error| error.to_string())?);
        let settings = Settings {
            seed,
            length: lines::TWO_YEARS,
            replications: REPLICATIONS,
            most: REPLICATIONS,
            precision: 0.0,
            warm_up: LeftOut::Found,
            level: 0.95,
        };
        let mut study = Study::new(plan, settings);
        study.finish();
        studies.push(study);
    }
    let differences = compare(&studies[0], &studies[1]).map_err(|error| error.to_string())?;
    let seconds = clock() - began;
    let lead = differences.lead.ok_or("nothing left the line")?;
    let events: u64 = studies.iter().map(|study| study.progress().events).sum();
    Ok(json!({
        "events": events,
        "seconds": seconds,
        "change": lead.mean,
        "halfWidth": lead.half_width,
    }))
}
