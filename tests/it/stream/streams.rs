//! Streams of documents: what is known, what is not, and what that does to results.

use crate::stream::maps::{Map, figure, likely};
use crate::stream::{assert_near, near};
use loopstream::model::{Element, FlowKind, MeasureKind as M, StationKind as S};
use loopstream::stream::{Bound, Extremes, FigureKind as F, Outcome, Problem, Status};
use proptest::prelude::*;

/// Supplier, three steps with waits, customer; 8 hours a day.
fn software() -> (Map, [loopstream::model::Id; 5]) {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "Ideas", &[]);
    let times = |process, waiting| {
        [
            (M::ProcessTime, process),
            (M::WaitingTime, waiting),
            (M::CompleteAndAccurate, "90 %"),
        ]
    };
    let build = map.step("Build", &times("4 h", "2 d"));
    let test = map.step("Test", &times("2 h", "1 d"));
    let deploy = map.step("Deploy", &times("1 h", "3 d"));
    let customer = map.station(S::Customer, "Users", &[(M::Demand, "1 per d")]);
    map.push(&[supplier, build, test, deploy, customer]);
    (map, [supplier, build, test, deploy, customer])
}

#[test]
fn rolled_complete_and_accurate_multiplies() {
    let (mut map, [_, _, test, ..]) = software();
    assert_near(likely(&map.report(), F::RolledCompleteAndAccurate), 0.729);
    map.state(test, M::CompleteAndAccurate, "0 %");
    let report = map.report();
    let rolled = figure(&report, F::RolledCompleteAndAccurate);
    assert_eq!(rolled.outcome, Outcome::Known(0.0));
    map.state(test, M::CompleteAndAccurate, "");
    let report = map.report();
    let rolled = figure(&report, F::RolledCompleteAndAccurate);
    assert_eq!(rolled.outcome, Outcome::Unknown);
    let results = report.main().unwrap();
    assert_eq!(
        results
            .missing_inputs(F::RolledCompleteAndAccurate, None)
            .len(),
        1
    );
}

#[test]
fn lead_time_counts_working_days() {
    let (map, _) = software();
    let report = map.report();
    assert_near(likely(&report, F::LeadTime), (6.0 * 8.0 + 7.0) * 3_600.0);
    assert_near(likely(&report, F::ProcessTime), 7.0 * 3_600.0);
    assert_near(likely(&report, F::Capacity) * 28_800.0, 2.0);
    assert_near(likely(&report, F::Throughput) * 28_800.0, 1.0);
    assert_near(likely(&report, F::CriticalWip), 7.0 / 4.0);
    assert_eq!(report.problems, []);
}

#[test]
fn a_wait_that_nobody_knows_is_not_nothing() {
    let (mut map, [_, _, test, ..]) = software();
    map.state(test, M::WaitingTime, "");
    let report = map.report();
    // What is known of it is a part.
    assert_near(likely(&report, F::LeadTime), 47.0 * 3_600.0);
    assert_eq!(
        figure(&report, F::LeadTime).status,
        Status::Bound(Bound::Lower)
    );
    let missing: Vec<_> = report
        .main()
        .unwrap()
        .missing_inputs(F::LeadTime, None)
        .iter()
        .map(|input| (input.record, input.measure))
        .collect();
    assert_eq!(missing, [(test, M::WaitingTime)]);
    let ladder = &report.main().unwrap().ladder;
    assert_eq!(ladder.unknown().collect::<Vec<_>>(), [test]);
    assert_near(ladder.known_waiting(), 5.0 * 28_800.0);
    // What is at the step tells how long it takes: 2 items at one a day are two days.
    map.state(test, M::WorkInProgress, "2");
    assert_near(
        likely(&map.report(), F::LeadTime),
        (7.0 * 8.0 + 5.0) * 3_600.0,
    );
}

#[test]
fn a_process_time_that_nobody_knows_leaves_a_bound_and_a_candidate() {
    let (mut map, [_, _, test, ..]) = software();
    map.state(test, M::ProcessTime, "?");
    let report = map.report();
    assert_eq!(
        figure(&report, F::Capacity).status,
        Status::Bound(Bound::Upper)
    );
    assert_near(likely(&report, F::ProcessTime), 5.0 * 3_600.0);
    assert_eq!(
        figure(&report, F::ProcessTime).status,
        Status::Bound(Bound::Lower)
    );
    let limit = report.main().unwrap().limit.clone().unwrap();
    assert!(!limit.is_certain());
    assert_eq!(limit.candidates.len(), 1);
    assert_near(limit.candidates[0].threshold.unwrap().value, 4.0 * 3_600.0);
}

#[test]
fn without_a_customer_the_ladder_still_stands() {
    let (mut map, [.., customer]) = software();
    map.edit(|edit| edit.remove(customer));
    let report = map.report();
    assert_near(likely(&report, F::LeadTime), (6.0 * 8.0 + 7.0) * 3_600.0);
    assert_near(likely(&report, F::Capacity) * 28_800.0, 2.0);
    for kind in [F::Throughput, F::TaktTime, F::Demand] {
        assert_eq!(figure(&report, kind).outcome, Outcome::Unknown);
    }
    assert!(matches!(report.problems[..], [Problem::NoCustomer(_)]));
}

#[test]
fn steps_of_one_resource_share_its_servers() {
    let (mut map, [_, build, test, ..]) = software();
    for step in [build, test] {
        map.edit(|edit| {
            edit.change(step, |element| {
                if let Element::Station(station) = element {
                    station.resource = "Team".to_owned();
                }
            });
        });
    }
    map.state(test, M::Servers, "3");
    map.state(build, M::ResourceShare, "50 %");
    let report = map.report();
    let limit = report.main().unwrap().limit.clone().unwrap();
    assert_eq!(limit.stations().collect::<Vec<_>>(), [build, test]);
    assert_near(limit.capacity * 3_600.0, 3.0 * 0.5 / 6.0);
}

#[test]
fn rework_adds_visits_and_expected_time() {
    let (mut map, [_, build, test, deploy, _]) = software();
    let back = map.flow(
        test,
        build,
        FlowKind::Rework,
        &[(M::Share, "20 %"), (M::WaitingTime, "4 h")],
    );
    let report = map.report();
    let visits = |station| {
        report
            .station_figure(station, F::StationVisits)
            .unwrap()
            .outcome
            .likely()
            .unwrap()
    };
    assert_near(visits(build), 1.25);
    assert_near(visits(test), 1.25);
    assert_near(visits(deploy), 1.0);
    // The ladder goes once; the expected item goes round a quarter more, with its transfers.
    assert_near(likely(&report, F::LeadTime), 55.0 * 3_600.0);
    assert_near(
        likely(&report, F::ExpectedLeadTime),
        (1.25 * 30.0 + 0.25 * 4.0 + 25.0) * 3_600.0,
    );
    assert_near(likely(&report, F::Capacity) * 28_800.0, 2.0 / 1.25);
    map.state(back, M::Share, "");
    let report = map.report();
    assert_eq!(
        figure(&report, F::Capacity).status,
        Status::Bound(Bound::Upper)
    );
    assert_eq!(
        figure(&report, F::ExpectedLeadTime).status,
        Status::Bound(Bound::Lower)
    );
    map.state(back, M::Share, "100 %");
    assert!(matches!(
        map.report().problems[..],
        [Problem::ReworkNeverEnds(_)]
    ));
}

#[test]
fn problems_name_their_places() {
    let (mut map, [_, build, test, deploy, _]) = software();
    let back = map.flow(deploy, build, FlowKind::Push, &[]);
    let report = map.report();
    let [Problem::Circle(ids)] = &report.problems[..] else {
        panic!("{:?}", report.problems);
    };
    let mut ids = ids.clone();
    ids.sort_unstable();
    assert_eq!(ids, [build, test, deploy]);
    map.edit(|edit| edit.remove(back));
    let alone = map.step("Alone", &[]);
    assert_eq!(map.report().problems, [Problem::Disconnected(alone)]);
    assert_eq!(map.report().streams.len(), 1);
    let other = map.step("Other", &[]);
    map.push(&[alone, other]);
    assert_eq!(map.report().streams.len(), 2);
    assert_eq!(map.report().main().unwrap().stream.steps(), 3);
    for problem in &map.report().problems {
        assert!(problem.sentence(&map.document).ends_with('.'));
    }
}

#[test]
fn a_segment_is_the_longest_path_between_two_stations() {
    let (map, [supplier, build, test, deploy, customer]) = software();
    let report = map.report();
    let time = |from, to| {
        report
            .segment(from, to)
            .map(|ladder| ladder.lead_time().unwrap() / 3_600.0)
    };
    assert_near(time(build, test).unwrap(), 30.0);
    assert_near(time(test, test).unwrap(), 10.0);
    assert_near(time(supplier, customer).unwrap(), 55.0);
    assert_eq!(time(deploy, build), None);
}

#[test]
fn queues_predict_what_a_jackson_network_does() {
    let (mut map, [_, build, test, deploy, customer]) = software();
    map.flow(test, build, FlowKind::Rework, &[(M::Share, "20 %")]);
    map.state(customer, M::Demand, "1.2 per d");
    let report = map.report();
    // L = sum rho / (1 - rho), W = L / lambda; exponential times, arrivals at random.
    let day = 8.0;
    let rho =
        [(1.25, 4.0), (1.25, 2.0), (1.0, 1.0)].map(|(visits, hours)| 1.2 / day * visits * hours);
    let items: f64 = rho.iter().map(|rho| rho / (1.0 - rho)).sum();
    assert_near(
        likely(&report, F::PredictedLeadTime),
        items / 1.2 * day * 3_600.0,
    );
    let waiting = report.station_figure(deploy, F::PredictedWaiting).unwrap();
    assert_near(
        waiting.outcome.likely().unwrap(),
        rho[2] / (1.0 - rho[2]) * 3_600.0,
    );
    assert_eq!(waiting.status, Status::Approximation);
}

#[test]
fn estimates_make_ranges_with_exact_corners() {
    let (mut map, [_, build, test, ..]) = software();
    map.state(build, M::ProcessTime, "3-4-6 h");
    map.state(test, M::WaitingTime, "1-1-2 d");
    let report = map.report();
    let range = |kind| match figure(&report, kind).outcome {
        Outcome::Range(estimate) => [estimate.low, estimate.likely, estimate.high],
        _ => panic!("{kind:?}"),
    };
    let hours = range(F::LeadTime).map(|time| time / 3_600.0);
    assert!(
        hours
            .iter()
            .zip([54.0, 55.0, 65.0])
            .all(|(one, other)| near(*one, other)),
        "{hours:?}"
    );
    let capacity = range(F::Capacity).map(|rate| 1.0 / rate / 3_600.0);
    assert!(
        capacity
            .iter()
            .zip([6.0, 4.0, 3.0])
            .all(|(one, other)| near(*one, other)),
        "{capacity:?}"
    );
    assert_eq!(figure(&report, F::LeadTime).extremes, Extremes::Exact);
    assert_eq!(
        figure(&report, F::TaktTime).outcome,
        Outcome::Known(28_800.0)
    );
    assert_eq!(figure(&report, F::CriticalWip).extremes, Extremes::Exact);
}

/// A number between the bounds of an estimate.
fn between(low: u32, likely: u32, high: u32, part: f64) -> f64 {
    let _ = likely;
    f64::from(low) + part * f64::from(high - low)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// With every estimate somewhere within its bounds, results are within their ranges.
    #[test]
    fn ranges_contain_whatever_is_within_the_estimates(
        times in proptest::collection::vec((1_u32..20, 0_u32..20, 0_u32..20), 3..6),
        servers in 1_u32..3,
        back in (0_u32..20, 0_u32..20, 0_u32..20),
        parts in proptest::collection::vec(prop_oneof![Just(0.0), Just(1.0), 0.0..1.0_f64], 12),
    ) {
        let draw = |chosen: Option<&[f64]>| {
            let mut number = 0;
            let mut text = |(low, more, most): (u32, u32, u32), unit: &str| {
                let (likely, high) = (low + more, low + more + most);
                number += 1;
                match chosen {
                    Some(parts) => format!("{} {unit}", between(low, likely, high, parts[(number - 1) % parts.len()])),
                    None => format!("{low}-{likely}-{high} {unit}"),
                }
            };
            let mut map = Map::new();
            let mut path = vec![map.station(S::Supplier, "In", &[])];
            for (index, time) in times.iter().enumerate() {
                let process = text(*time, "h");
                let waiting = text((time.1, time.0, time.2), "h");
                let count = servers.to_string();
                let mut measures = vec![(M::ProcessTime, process.as_str()), (M::WaitingTime, waiting.as_str())];
                if index == 1 {
                    measures.push((M::Servers, &count));
                }
                path.push(map.step("Step", &measures));
            }
            let demand = text((1, back.1, back.2), "");
            path.push(map.station(S::Customer, "Out", &[(M::Demand, &format!("{demand}/ d"))]));
            map.push(&path);
            let share = text(back, "%");
            map.flow(path[2], path[1], FlowKind::Rework, &[(M::Share, &share)]);
            map.report()
        };
        let (range, sample) = (draw(None), draw(Some(&parts)));
        for kind in [F::LeadTime, F::ProcessTime, F::ActivityRatio, F::Capacity, F::Throughput, F::ExpectedLeadTime, F::RawProcessTime, F::WorkInProgress, F::TaktTime] {
            let found = figure(&sample, kind).outcome.likely().unwrap();
            let of = figure(&range, kind);
            // What is under way rises and falls with what a step takes, if more is asked for than
            // it can do.
            if kind == F::WorkInProgress && of.extremes == Extremes::Explored {
                let bounds = |kind| match figure(&range, kind).outcome {
                    Outcome::Range(estimate) => (estimate.low, estimate.high),
                    outcome => (outcome.likely().unwrap(), outcome.likely().unwrap()),
                };
                prop_assert!(bounds(F::Demand).1 > bounds(F::Capacity).0);
                continue;
            }
            prop_assert_eq!(of.extremes, Extremes::Exact);
            let (low, high) = match of.outcome {
                Outcome::Range(estimate) => (estimate.low, estimate.high),
                Outcome::Known(number) => (number, number),
                Outcome::Unknown => panic!("{kind:?}"),
            };
            prop_assert!(found >= low * (1.0 - 1e-9) && found <= high * (1.0 + 1e-9), "{kind:?}: {found} is not within {low} to {high}");
        }
    }

    /// Little's law holds between the three numbers that are shown, with rework too.
    #[test]
    fn little_s_law_holds_between_what_is_shown(
        times in proptest::collection::vec((1_u32..20, 0_u32..40), 2..6),
        items in 1_u32..90,
        demand in 1_u32..9,
        back in 0_u32..80,
    ) {
        let mut map = Map::new();
        let mut path = vec![map.station(S::Supplier, "In", &[])];
        for (process, waiting) in &times {
            let (process, waiting) = (format!("{process} min"), format!("{waiting} h"));
            path.push(map.step("Step", &[(M::ProcessTime, &process), (M::WaitingTime, &waiting)]));
        }
        path.push(map.station(S::Queue, "Stock", &[(M::WorkInProgress, &items.to_string())]));
        path.push(map.station(S::Customer, "Out", &[(M::Demand, &format!("{demand} per d"))]));
        map.push(&path);
        map.flow(path[times.len()], path[1], FlowKind::Rework, &[(M::Share, &back.to_string()), (M::WaitingTime, "3 h")]);
        let report = map.report();
        if likely(&report, F::Demand) > likely(&report, F::Capacity) {
            // No steady state: the law says nothing.
            prop_assert_eq!(figure(&report, F::WorkInProgress).status, Status::Growing);
            return Ok(());
        }
        let expected = likely(&report, F::ExpectedLeadTime) * likely(&report, F::Demand);
        prop_assert!(near(likely(&report, F::WorkInProgress), expected));
        prop_assert!(near(likely(&report, F::InventoryTime), likely(&report, F::ExpectedLeadTime)));
    }
}

#[test]
fn a_split_that_nobody_knows_is_no_fork() {
    let (mut map, [supplier, build, test, ..]) = software();
    let other = map.step("Other", &[(M::ProcessTime, "1 h"), (M::WaitingTime, "1 h")]);
    let one = map.flow(supplier, other, FlowKind::Push, &[(M::Share, "?")]);
    map.push(&[other, test]);
    let report = map.report();
    let visits = |report: &loopstream::stream::StreamReport, station| {
        let figure = report.station_figure(station, F::StationVisits).unwrap();
        figure.outcome.likely().unwrap()
    };
    assert_near(visits(&report, build), 0.5);
    assert_near(visits(&report, other), 0.5);
    assert_near(visits(&report, test), 1.0);
    assert_eq!(report.problems, [Problem::SharesMissing(supplier)]);
    assert_eq!(figure(&report, F::Capacity).status, Status::Assumed);
    // Known, the other one takes the rest.
    map.state(one, M::Share, "30 %");
    let report = map.report();
    assert_near(visits(&report, build), 0.7);
    assert_eq!(report.problems, []);
    assert_eq!(figure(&report, F::Capacity).status, Status::Exact);
    // Unstated, both are taken.
    map.state(one, M::Share, "");
    assert_near(visits(&map.report(), build), 1.0);
}

#[test]
fn a_step_that_mends_is_no_entry() {
    let (mut map, [supplier, build, test, ..]) = software();
    map.edit(|edit| edit.remove(supplier));
    let mend = map.step("Mend", &[(M::ProcessTime, "1 h"), (M::WaitingTime, "0 h")]);
    map.flow(test, mend, FlowKind::Rework, &[(M::Share, "10 %")]);
    map.push(&[mend, test]);
    let report = map.report();
    let visits = |station| {
        let figure = report.station_figure(station, F::StationVisits).unwrap();
        figure.outcome.likely().unwrap()
    };
    assert_near(visits(build), 1.0);
    assert_near(visits(test), 1.0 / 0.9);
    assert_near(visits(mend), 0.1 / 0.9);
}
