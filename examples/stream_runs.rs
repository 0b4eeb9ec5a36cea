//! Runs lines of several sizes event by event: `cargo run --release --example stream_runs`.

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use loopstream::simulate::events::{
    Arrivals, Crew, Law, LawError, Line, Place, Plan, Pool, Route, Run, Servers, Settings, Step,
    Study, Until,
};

fn main() -> Result<(), Box<dyn Error>> {
    for (name, line) in [
        ("M/M/1 at 0.8", row(1, Law::exponential(1.0)?)?),
        ("20 steps, 4 pools, rework", pools()?),
        ("20 steps, PERT", row(20, Law::pert(0.5, 0.8, 2.0)?)?),
        ("200 steps", row(200, Law::exponential(1.0)?)?),
    ] {
        let plan = Arc::new(Plan::new(line)?);
        let mut run = Run::new(&plan, 1, 0, Until::Time(f64::MAX));
        let start = Instant::now();
        run.advance(3_000_000);
        let seconds = start.elapsed().as_secs_f64();
        println!("{name}: {:.2} million events a second", 3.0 / seconds);
        let start = Instant::now();
        let mut study = Study::new(Arc::clone(&plan), Settings::usual(&plan, 1));
        study.finish();
        let Some(results) = study.results() else {
            continue;
        };
        println!(
            "    a study: {} events in {:.2} s, left out {}/20, {:?}",
            results.events,
            start.elapsed().as_secs_f64(),
            results.left_out,
            results.steadiness
        );
        if let Some(lead) = results.lead {
            println!("    lead time {:.3} +- {:.3}", lead.mean, lead.half_width);
        }
    }
    Ok(())
}

/// Steps in a row at a load of 0.8.
fn row(size: usize, law: Law) -> Result<Line, LawError> {
    let gap = Law::exponential(law.mean() / 0.8)?;
    let steps = (0..size).map(|_| Step::new(law.clone())).collect();
    Ok(Line::in_a_row(steps, Arrivals::Every(gap)))
}

fn pools() -> Result<Line, LawError> {
    let law = Law::exponential(1.0)?;
    let steps = (0..20).map(|_| Step::new(law.clone())).collect();
    let mut line = Line::in_a_row(steps, Arrivals::Every(law));
    let pool = |key: u64| Pool {
        key: 100 + key,
        crew: Crew::of(8),
    };
    line.pools = (0..4).map(pool).collect();
    for (index, station) in line.stations.iter_mut().enumerate() {
        if let Place::Step(step) = &mut station.place {
            step.servers = Servers::Pool(index % 4);
            step.priority = 20 - index as u32;
        }
        if index % 5 == 4 {
            let route = std::mem::replace(&mut station.route, Route::LEAVE);
            station.route = route.with_back(0.2, index - 2);
        }
    }
    Ok(line)
}
