//! What if, the sequence of limits, and what is missing.

use crate::stream::acme::acme;
use crate::stream::maps::{Map, measure};
use crate::stream::{assert_near, near};
use loopstream::model::{FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::line::{Passage, Station, run};
use loopstream::stream::{
    FigureKind as F, Knowledge, Lever, Regime, SequenceEnd, Side, WhatIf, WhatIfError,
    WhatIfOutcome, missing, sequence, what_if,
};
use proptest::prelude::*;

/// A line of steps with these hours, and a constant WIP.
fn line(hours: &[u32], wip: usize) -> (Map, Vec<Id>) {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let mut path = vec![supplier];
    for (place, time) in hours.iter().enumerate() {
        let name = format!("Step {place}");
        path.push(map.step(&name, &[(M::ProcessTime, &format!("{time} h"))]));
    }
    path.push(map.station(S::Customer, "Out", &[]));
    map.push(&path);
    if wip > 0 {
        let mut properties = map.document.properties().clone();
        properties.stream.work_limit = Some(measure(M::Limit, &wip.to_string()));
        map.edit(|edit| edit.set_properties(properties));
    }
    (map, path[1..=hours.len()].to_vec())
}

fn asked(map: &Map, station: Id, improvement: Lever) -> WhatIf {
    what_if(map.report().main().unwrap(), station, improvement).unwrap()
}

/// Throughput, lead time, the queue before a station, and the time after it, of a line followed
/// item by item.
fn followed(times: &[f64], wip: usize, at: usize) -> [f64; 4] {
    let stations: Vec<Station> = times
        .iter()
        .map(|time| Station {
            time: *time,
            servers: 1,
        })
        .collect();
    let (skip, take) = (60 * wip + 600, 20 * wip);
    let passages = run(&stations, wip, skip + take + 1);
    let window = &passages[skip..skip + take];
    let mean = |of: &dyn Fn(&Passage) -> f64| window.iter().map(of).sum::<f64>() / take as f64;
    let throughput = take as f64 / (passages[skip + take].left() - passages[skip].left());
    [
        throughput,
        mean(&|item| item.left() - item.entered()),
        throughput * mean(&|item| item.stops[at].1 - item.stops[at].0),
        mean(&|item| item.left() - item.stops[at].2),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The slider says what a deterministic line with constant WIP does.
    #[test]
    fn what_if_is_what_a_line_followed_item_by_item_does(
        mut hours in proptest::collection::vec(2_u32..12, 2..6),
        at in any::<prop::sample::Index>(),
        improved in any::<prop::sample::Index>(),
        more in 0_usize..8,
        longer in 2_u32..6,
    ) {
        let at = at.index(hours.len());
        hours[at] = hours.iter().max().unwrap() + longer;
        let sum: u32 = hours.iter().sum();
        let wip = sum.div_ceil(hours[at]) as usize + more;
        let improved = improved.index(hours.len());
        let (map, steps) = line(&hours, wip);
        let part = f64::from(hours[improved] - 1) / f64::from(hours[improved]);
        let found = asked(&map, steps[improved], Lever::Time(part));
        prop_assert_eq!(found.regime, Regime::ConstantWip(wip as f64));
        prop_assert_eq!(&found.before.constraint, &vec![steps[at]]);
        let times: Vec<f64> = hours.iter().map(|time| f64::from(*time)).collect();
        let mut better = times.clone();
        better[improved] -= 1.0;
        // The constraint stays where it is: it is longer than all others by two.
        prop_assert_eq!(&found.after.constraint, &vec![steps[at]]);
        for (state, times) in [(&found.before, &times), (&found.after, &better)] {
            let [throughput, lead, queue, after] = followed(times, wip, at);
            prop_assert!(near(state.throughput * 3_600.0, throughput));
            prop_assert!(near(state.lead_time.unwrap() / 3_600.0, lead));
            prop_assert!((state.queue.unwrap() - queue).abs() < 1e-6, "{:?} {queue}", state.queue);
            prop_assert!(near(state.after_constraint.unwrap() / 3_600.0, after));
        }
        let outcome = match improved.cmp(&at) {
            std::cmp::Ordering::Less => WhatIfOutcome::Upstream,
            std::cmp::Ordering::Equal => WhatIfOutcome::AtConstraint { moved_to: None },
            std::cmp::Ordering::Greater => WhatIfOutcome::Downstream,
        };
        prop_assert_eq!(&found.outcome, &outcome);
        match outcome {
            WhatIfOutcome::Upstream => prop_assert!(found.after.queue > found.before.queue),
            WhatIfOutcome::Downstream => prop_assert!(found.after.after_constraint < found.before.after_constraint),
            _ => prop_assert!(found.after.throughput > found.before.throughput),
        }
    }

    /// The sequence of limits goes through the sorted capacities, and the curve bends at each.
    #[test]
    fn the_sequence_of_limits_is_that_of_the_sorted_capacities(hours in proptest::collection::vec(1_u32..9, 1..8)) {
        let (map, _) = line(&hours, 0);
        let found = sequence(map.report().main().unwrap()).unwrap();
        prop_assert_eq!(found.end, SequenceEnd::Tenfold);
        let mut sorted = hours.clone();
        sorted.sort_unstable_by(|one, other| other.cmp(one));
        sorted.dedup();
        let rates: Vec<f64> = sorted.iter().map(|time| 1.0 / f64::from(*time) / 3_600.0).collect();
        prop_assert_eq!(found.limits.len(), rates.iter().filter(|rate| **rate < 10.0 * rates[0]).count());
        let mut reached = rates[0];
        for (limit, rate) in found.limits.iter().zip(&rates) {
            prop_assert!(near(limit.capacity / rate, 1.0));
            prop_assert!(near(reached / rate, 1.0));
            reached *= limit.factor;
        }
        prop_assert!(near(reached, 10.0 * rates[0]));
        for pair in found.curve.windows(2) {
            prop_assert!(pair[0].added < pair[1].added && pair[0].throughput < pair[1].throughput);
        }
        // At the end every resource that binds does exactly as much as comes through.
        let lifted: f64 = hours.iter().map(|time| (10.0 * rates[0] - 1.0 / f64::from(*time) / 3_600.0).max(0.0)).sum();
        prop_assert!(near(found.curve.last().unwrap().added / lifted, 1.0));
    }
}

#[test]
fn below_the_critical_wip_every_step_limits() {
    let (map, steps) = line(&[2, 4, 2], 1);
    for step in steps {
        let found = asked(&map, step, Lever::Time(0.5));
        assert_eq!(found.outcome, WhatIfOutcome::BelowCriticalWip);
        assert!(found.after.throughput > found.before.throughput);
        assert!(found.sentence(&map.document).contains("every step counts"));
    }
}

#[test]
fn lifting_the_constraint_moves_the_limit() {
    let (map, steps) = line(&[2, 4, 3], 20);
    let found = asked(&map, steps[1], Lever::Servers(1.0));
    let moved_to = Some(vec![steps[2]]);
    assert_eq!(found.outcome, WhatIfOutcome::AtConstraint { moved_to });
    assert_near(found.after.throughput * 3.0 * 3_600.0, 1.0);
    let sentence = found.sentence(&map.document);
    assert!(
        sentence.contains("until Step 2 becomes the constraint"),
        "{sentence}"
    );
}

#[test]
fn a_parallel_branch_is_off_the_way() {
    let (mut map, steps) = line(&[2, 4, 3], 20);
    let side = map.step("Side", &[(M::ProcessTime, "1 h")]);
    map.push(&[steps[0], side, steps[2]]);
    let found = asked(&map, side, Lever::Time(0.5));
    assert_eq!(found.outcome, WhatIfOutcome::OffThePath);
    assert_near(found.after.throughput, found.before.throughput);
    assert_near(found.before.critical_wip, 9.0 / 4.0);
    let up = asked(&map, steps[0], Lever::Time(0.5));
    assert_eq!(up.outcome, WhatIfOutcome::Upstream);
}

#[test]
fn with_enough_capacity_only_the_times_change() {
    let (mut map, steps) = line(&[2, 4, 3], 0);
    let customer = *map.document.stations().keys().last().unwrap();
    map.state(customer, M::Demand, "1 per d");
    let found = asked(&map, steps[1], Lever::Time(0.5));
    assert_eq!(found.outcome, WhatIfOutcome::DemandLimits);
    assert_near(found.before.throughput, found.after.throughput);
    assert!(found.after.lead_time < found.before.lead_time);
    // M/M/1: Lq = rho^2 / (1 - rho).
    assert_near(found.before.queue.unwrap(), 0.5);
    map.state(customer, M::Demand, "3 per d");
    let found = asked(&map, steps[0], Lever::Time(0.5));
    assert_eq!(found.outcome, WhatIfOutcome::Upstream);
    assert_near(found.before.growth * 28_800.0, 1.0);
    assert_eq!(found.before.queue, None);
}

#[test]
fn what_is_unknown_is_not_improved() {
    let (mut map, steps) = line(&[2, 4, 3], 0);
    map.state(steps[2], M::ProcessTime, "?");
    let report = map.report();
    let results = report.main().unwrap();
    let error = what_if(results, steps[1], Lever::Time(0.5)).unwrap_err();
    assert_eq!(error, WhatIfError::Unknown);
    let supplier = *map.document.stations().keys().next().unwrap();
    let error = what_if(results, supplier, Lever::Time(0.5)).unwrap_err();
    assert_eq!(error, WhatIfError::NotAStep);
}

#[test]
fn the_sequence_of_acme_ends_where_demand_is_met() {
    let acme = acme();
    let report = acme.map.report();
    let found = sequence(report.main().unwrap()).unwrap();
    assert_eq!(found.end, SequenceEnd::Demand);
    assert_eq!(found.limits.len(), 1);
    assert_eq!(found.limits[0].stations, [acme.steps[3]]);
    assert_near(found.limits[0].factor, 62.0 / 60.0);
    assert_eq!(found.curve.len(), 2);
    assert_near(found.curve[1].throughput, 1.0 / 60.0);
}

#[test]
fn what_is_unknown_is_asked_for_first() {
    let mut acme = acme();
    let (weld, assembly) = (acme.steps[1], acme.steps[3]);
    acme.map.state(weld, M::ProcessTime, "?");
    acme.map.state(assembly, M::ProcessTime, "~62 s");
    acme.map.state(acme.stocks[0], M::WaitingTime, "4-5-8 d");
    let report = acme.map.report();
    let rows = missing(report.main().unwrap());
    let first = &rows[0];
    assert_eq!((first.record, first.measure), (weld, M::ProcessTime));
    assert!(first.blocks.contains(&F::LeadTime) && first.blocks.contains(&F::Capacity));
    let row = |record: Id, measure: M| {
        let mut rows = rows.iter();
        rows.find(|row| row.record == record && row.measure == measure)
            .unwrap()
    };
    let guess = row(assembly, M::ProcessTime);
    assert_eq!(guess.knowledge, Knowledge::Guessed);
    assert_eq!(
        guess.constraint,
        Some((vec![acme.steps[2]], vec![assembly]))
    );
    assert_near(guess.throughput.high.unwrap() * 124.0, 1.0);
    assert_near(guess.throughput.low.unwrap() * 57.5, 0.0 + 57.5 / 60.0);
    // The ladder is unknown, so nothing can be said of how far the estimate moves it.
    assert_eq!(row(acme.stocks[0], M::WaitingTime).lead_time.likely, None);

    acme.map.state(weld, M::ProcessTime, "39 s");
    let report = acme.map.report();
    let rows = missing(report.main().unwrap());
    let stock = rows
        .iter()
        .find(|row| row.record == acme.stocks[0])
        .unwrap();
    let day = 55_200.0;
    assert_near(
        (stock.lead_time.high.unwrap() - stock.lead_time.low.unwrap()) / day,
        4.0,
    );
    assert!(stock.lead_time.size() > 0.1 && stock.throughput.size() == 0.0);
    for pair in rows.windows(2) {
        assert!(
            pair[0].blocks.len() >= pair[1].blocks.len() || !pair[0].blocks.contains(&F::Capacity)
        );
    }
}

#[test]
fn an_unknown_time_has_a_threshold() {
    let (mut map, steps) = line(&[2, 4, 3], 0);
    map.state(steps[2], M::ProcessTime, "?");
    map.state(steps[2], M::Servers, "2");
    map.state(steps[2], M::Uptime, "50 %");
    let report = map.report();
    let rows = missing(report.main().unwrap());
    let row = rows
        .iter()
        .find(|row| row.measure == M::ProcessTime)
        .unwrap();
    let threshold = row.threshold.unwrap();
    assert_eq!(threshold.side, Side::Above);
    // Two servers half the time: as much as one with 4 h.
    assert_near(threshold.value, 4.0 * 3_600.0);
    // At the threshold both limit.
    map.state(steps[2], M::ProcessTime, "4 h");
    let limit = map.report().main().unwrap().limit.clone().unwrap();
    assert_eq!(limit.constraints.len(), 2);
}

#[test]
fn an_unknown_rework_probability_is_a_candidate() {
    let (mut map, steps) = line(&[2, 4, 3], 0);
    let back = map.flow(steps[2], steps[0], FlowKind::Rework, &[]);
    let report = map.report();
    let limit = report.main().unwrap().limit.clone().unwrap();
    assert_eq!(limit.candidates[0].record, back);
    let rows = missing(report.main().unwrap());
    assert!(
        rows.iter()
            .any(|row| row.record == back && row.blocks.contains(&F::Capacity))
    );
}

#[test]
fn sentences_say_what_happened_and_why() {
    let say = |hours: &[u32], wip: usize, step: usize, part: f64| {
        let (map, steps) = line(hours, wip);
        let found = asked(&map, steps[step], Lever::Time(part));
        found.sentence(&map.document)
    };
    assert_eq!(
        say(&[2, 4, 3], 20, 0, 0.5),
        "Same throughput: Step 1 is still the constraint. What Step 0 gains waits in a longer queue before Step 1."
    );
    assert_eq!(
        say(&[2, 4, 3], 20, 2, 0.5),
        "Same throughput: Step 1 is still the constraint. Work spends less time after it, but no more gets through."
    );
    assert_eq!(
        say(&[2, 4, 3], 20, 1, 0.9),
        "Throughput rises. Step 1 is still the constraint."
    );
    assert_eq!(
        say(&[2, 4, 3], 20, 1, 0.5),
        "Throughput rises until Step 2 becomes the constraint. Improving Step 1 further adds nothing."
    );
    assert_eq!(
        say(&[4, 4, 3], 20, 1, 0.5),
        "Same throughput: Step 0 and Step 1 are still the constraint, not Step 1 alone."
    );
    assert_eq!(
        say(&[2, 4, 3], 3, 1, 0.5),
        "Throughput rises until Step 2 becomes the constraint. Improving Step 1 further adds nothing."
    );
    // The critical WIP goes from 18.1 up to 20 as the constraint becomes as quick as the rest.
    let mut many = [9; 20];
    many[1] = 10;
    assert_eq!(
        say(&many, 19, 1, 0.91),
        "Throughput rises until there is too little work in the stream to keep Step 1 busy."
    );
}
