//! The theorems of the essay, on lines that are followed item by item.

use crate::stream::near;
use loopstream::stream::factory_physics::Line;
use loopstream::stream::line::{Passage, Station, run};
use proptest::prelude::*;

/// What a line does in the long run.
struct Outcome {
    throughput: f64,
    cycle_time: f64,
    /// By station: mean number that waits there.
    queues: Vec<f64>,
    /// Mean time from the end at this station to the end of the line.
    after: Vec<f64>,
}

/// Times are whole numbers, so that a line repeats itself and its means are exact.
fn stations(times: &[u32]) -> Vec<Station> {
    let station = |time: &u32| Station {
        time: f64::from(*time),
        servers: 1,
    };
    times.iter().map(station).collect()
}

/// Follows a line past its start and takes means over many items.
fn follow(stations: &[Station], wip: usize) -> Outcome {
    // A whole number of rounds of the line, so that the mean is of a whole number of its periods.
    let period = wip
        * stations
            .iter()
            .map(|station| station.servers)
            .product::<usize>();
    let (skip, take) = (40 * period + 400, 20 * period);
    let passages = run(stations, wip, skip + take + 2 * period);
    let window = &passages[skip..skip + take];
    let mean = |of: &dyn Fn(&Passage) -> f64| window.iter().map(of).sum::<f64>() / take as f64;
    let span = passages[skip + take].left() - passages[skip].left();
    let throughput = take as f64 / span;
    let places = 0..stations.len();
    // Counted as time that items wait within the span, not by Little's law.
    let waits = places.clone().map(|place| {
        let (start, end) = (passages[skip].left(), passages[skip + take].left());
        let within = |item: &Passage| {
            let (came, began, _) = item.stops[place];
            (began.min(end) - came.max(start)).max(0.0)
        };
        passages.iter().map(within).sum::<f64>() / (end - start)
    });
    Outcome {
        throughput,
        cycle_time: mean(&|item| item.left() - item.entered()),
        queues: waits.collect(),
        after: places
            .map(|place| mean(&|item| item.left() - item.stops[place].2))
            .collect(),
    }
}

/// A line with one station that limits, and a WIP at or above the critical.
fn limited() -> impl Strategy<Value = (Vec<u32>, usize, usize)> {
    (
        proptest::collection::vec(2_u32..12, 2..7),
        any::<prop::sample::Index>(),
        0_usize..8,
        1_u32..6,
    )
        .prop_map(|(mut times, at, more, longer)| {
            let at = at.index(times.len());
            times[at] = times.iter().max().copied().unwrap_or(0) + longer;
            let whole: u32 = times.iter().sum();
            let critical = whole.div_ceil(times[at]) as usize;
            (times, at, critical + more)
        })
}

fn law(times: &[u32]) -> Line {
    let most = times.iter().max().copied().unwrap_or(1);
    Line {
        capacity: 1.0 / f64::from(most),
        raw_process_time: f64::from(times.iter().sum::<u32>()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn little_s_law_and_the_best_case_hold(
        parts in proptest::collection::vec((1_u32..12, 1_usize..4), 1..5),
        wip in 1_usize..15,
    ) {
        let stations: Vec<Station> = parts.iter().map(|(time, servers)| Station { time: f64::from(*time), servers: *servers }).collect();
        let found = follow(&stations, wip);
        let rates = stations.iter().map(|station| station.servers as f64 / station.time);
        let law = Line {
            capacity: rates.fold(f64::INFINITY, f64::min),
            raw_process_time: stations.iter().map(|station| station.time).sum(),
        };
        let best = law.best(wip as f64);
        prop_assert!(near(found.throughput, best.throughput), "{} is not {}", found.throughput, best.throughput);
        prop_assert!(near(found.cycle_time, best.cycle_time), "{} is not {}", found.cycle_time, best.cycle_time);
        prop_assert!(near(found.throughput * found.cycle_time, wip as f64));
    }

    #[test]
    fn all_that_waits_waits_at_the_constraint((times, at, wip) in limited()) {
        let found = follow(&stations(&times), wip);
        let law = law(&times);
        prop_assert!(near(found.throughput, law.capacity));
        for (place, queue) in found.queues.iter().enumerate() {
            let expected = if place == at { wip as f64 - law.critical_wip() } else { 0.0 };
            prop_assert!((queue - expected).abs() < 1e-6, "{queue} is not {expected}");
        }
    }

    #[test]
    fn upstream_and_downstream_do_not_help(
        (times, at, wip) in limited(), index in any::<prop::sample::Index>(),
    ) {
        let place = index.index(times.len());
        prop_assume!(place != at);
        let mut better = times.clone();
        better[place] -= 1;
        let (before, after) = (follow(&stations(&times), wip), follow(&stations(&better), wip));
        prop_assert!(near(before.throughput, after.throughput));
        prop_assert!(after.queues[at] > before.queues[at]);
        if place > at {
            prop_assert!(after.after[at] < before.after[at]);
        } else {
            prop_assert!(near(after.after[at], before.after[at]));
        }
        prop_assert!(near(before.cycle_time, after.cycle_time));
    }

    #[test]
    fn at_the_constraint_it_helps_until_the_next_limit((times, at, wip) in limited()) {
        let mut better = times.clone();
        better[at] -= 1;
        let (before, after) = (follow(&stations(&times), wip), follow(&stations(&better), wip));
        // The critical WIP rises as the constraint is lifted, so that it may now be short of work.
        prop_assert!(after.throughput > before.throughput);
        prop_assert!(near(after.throughput, law(&better).best(wip as f64).throughput));
        let mut far = times.clone();
        far[at] = 1;
        let (limit, least) = (follow(&stations(&far), 4 * wip + 40), far.iter().max().unwrap());
        prop_assert!(near(limit.throughput, 1.0 / f64::from(*least)));
    }

    #[test]
    fn below_the_critical_wip_every_step_limits((times, _, wip) in limited(), index in any::<prop::sample::Index>()) {
        let law = law(&times);
        let wip = wip.min(law.critical_wip().ceil() as usize - 1).max(1);
        prop_assume!((wip as f64) < law.critical_wip());
        let place = index.index(times.len());
        let mut better = times.clone();
        better[place] -= 1;
        let (before, after) = (follow(&stations(&times), wip), follow(&stations(&better), wip));
        prop_assert!(after.throughput > before.throughput);
        prop_assert!(after.cycle_time < before.cycle_time);
    }

    #[test]
    fn all_times_scaled_scale_the_lead_time((times, _, wip) in limited(), factor in 2_u32..9) {
        let scaled: Vec<u32> = times.iter().map(|time| time * factor).collect();
        let (before, after) = (follow(&stations(&times), wip), follow(&stations(&scaled), wip));
        prop_assert!(near(after.cycle_time, before.cycle_time * f64::from(factor)));
        prop_assert!(near(after.throughput * f64::from(factor), before.throughput));
        for (one, other) in before.queues.iter().zip(&after.queues) {
            prop_assert!((one - other).abs() < 1e-6);
        }
    }
}
