//! The paths through a stream against all that can be walked, and the queues at its steps.

use crate::stream::maps::Map;
use crate::stream::{assert_near, near};
use loopstream::model::{FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::queueing::ErlangC;
use loopstream::stream::{Path, StreamReport, paths};
use proptest::prelude::*;

/// A way that was walked: its stations, its time, and how likely an item takes it.
type Walked = (Vec<Id>, f64, f64);

#[derive(Debug)]
struct Drawn {
    map: Map,
    stations: Vec<Id>,
    minutes: Vec<f64>,
    /// From, to, and the share that is stated.
    flows: Vec<(usize, usize, Option<f64>)>,
    ends: Vec<usize>,
}

fn walk(drawn: &Drawn, here: usize, so_far: &Walked, found: &mut Vec<Walked>) {
    let (mut stations, time, share) = so_far.clone();
    stations.push(drawn.stations[here]);
    let so_far = (stations, time + drawn.minutes[here] * 60.0, share);
    if drawn.ends.contains(&here) {
        found.push(so_far.clone());
    }
    for (from, to, part) in &drawn.flows {
        if *from == here {
            let (stations, time, share) = &so_far;
            let next = (stations.clone(), *time, share * part.unwrap_or(1.0));
            walk(drawn, *to, &next, found);
        }
    }
}

prop_compose! {
    fn drawn()(size in 2_usize..8)(
        size in Just(size),
        minutes in proptest::collection::vec(1_u32..90, size),
        arcs in proptest::collection::vec(prop::bool::weighted(0.5), size * size),
        splits in proptest::collection::vec(any::<bool>(), size),
    ) -> Drawn {
        let mut map = Map::new();
        let stations: Vec<Id> = minutes.iter().map(|time| {
            map.step("Step", &[(M::ProcessTime, &format!("{time} min")), (M::WaitingTime, "0 s")])
        }).collect();
        let mut flows = Vec::new();
        let mut ends = Vec::new();
        for from in 0..size {
            let heads: Vec<usize> = (from + 1..size).filter(|to| arcs[from * size + to]).collect();
            if heads.is_empty() {
                ends.push(from);
            }
            let sum: usize = (1..=heads.len()).sum();
            for (number, to) in heads.into_iter().enumerate() {
                let share = splits[from].then(|| (number + 1) as f64 / sum as f64);
                let text = share.map(|share| format!("{}", share * 100.0));
                let measures: Vec<(M, &str)> = text.iter().map(|text| (M::Share, text.as_str())).collect();
                map.flow(stations[from], stations[to], FlowKind::Push, &measures);
                flows.push((from, to, share));
            }
        }
        Drawn { map, stations, minutes: minutes.into_iter().map(f64::from).collect(), flows, ends }
    }
}

fn begins(path: &Path) -> Vec<Id> {
    path.ladder.stations.clone()
}

proptest! {
    /// Each path is found once, longest first, with its time and its share.
    #[test]
    fn paths_are_all_that_can_be_walked(drawn in drawn()) {
        let comes = |index: usize| drawn.flows.iter().any(|(_, to, _)| *to == index);
        for results in &drawn.map.report().streams {
            let mut walked = Vec::new();
            for start in (0..drawn.stations.len()).filter(|index| !comes(*index)) {
                if results.stream.stations.contains(&drawn.stations[start]) {
                    walk(&drawn, start, &(Vec::new(), 0.0, 1.0), &mut walked);
                }
            }
            let found = paths(results, 1_000);
            prop_assert_eq!(found.longest.len(), walked.len());
            prop_assert!(near(found.count, walked.len() as f64));
            for pair in found.longest.windows(2) {
                prop_assert!(pair[0].lead_time >= pair[1].lead_time);
            }
            for path in &found.longest {
                let same = walked.iter().find(|(stations, ..)| *stations == begins(path));
                let (_, time, share) = same.unwrap();
                prop_assert!(near(path.lead_time, *time) && near(path.process_time, *time));
                prop_assert!(near(path.share, *share) && path.is_complete);
            }
            // Fewer are the longest of all.
            let two = paths(results, 2).longest;
            prop_assert_eq!(&two[..], &found.longest[..two.len()]);
        }
    }

    /// The waits at a step of a stream where all is at random are those of M/M/c.
    #[test]
    fn waits_are_those_of_erlang(load in 5_u32..95, servers in 1_u32..9, part in 0.01..0.99_f64, time in 0.0..9.0_f64) {
        let mut map = Map::new();
        let work = map.step("Work", &[(M::ProcessTime, "1 h"), (M::Servers, &servers.to_string())]);
        let rate = f64::from(load) / 100.0 * f64::from(servers);
        let out = map.station(S::Customer, "Out", &[(M::Demand, &format!("{rate} per h"))]);
        map.push(&[work, out]);
        let report: StreamReport = map.report();
        let queue = report.main().unwrap().queues()[0];
        let erlang = ErlangC { arrivals: rate, service: 1.0, servers };
        let hour = 3_600.0;
        prop_assert!(near(queue.chance, erlang.waiting_probability()));
        prop_assert!(near(queue.wait, erlang.wait() * hour));
        prop_assert!(near(1.0 - queue.part_within(time * hour), erlang.waits_longer_than(time)));
        let within = queue.wait_within(part);
        prop_assert!(within >= 0.0);
        if within > 0.0 {
            prop_assert!(near(queue.part_within(within), part));
        } else {
            prop_assert!(queue.part_within(0.0) >= part);
        }
    }
}

#[test]
fn a_path_is_named_by_what_tells_it_apart() {
    let mut map = Map::new();
    let step = |map: &mut Map, name: &str, time: &str| {
        map.step(name, &[(M::ProcessTime, time), (M::WaitingTime, "0 s")])
    };
    let order = step(&mut map, "Order", "1 h");
    let check = step(&mut map, "Check", "3 h");
    let pay = step(&mut map, "Pay", "1 h");
    let ship = step(&mut map, "Ship", "1 h");
    map.flow(order, check, FlowKind::Push, &[(M::Share, "20 %")]);
    map.flow(order, pay, FlowKind::Push, &[(M::Share, "80 %")]);
    map.push(&[check, pay, ship]);
    let found = paths(map.report().main().unwrap(), 9);
    assert_eq!(found.longest.len(), 2);
    let [long, short] = &found.longest[..] else {
        panic!()
    };
    assert_near(long.lead_time, 6.0 * 3_600.0);
    assert_near(long.share, 0.2);
    assert_near(short.share, 0.8);
    assert_eq!(long.apart_from(short), [check]);
    assert_eq!(short.apart_from(long), []);
    // A time that nobody knows leaves a part.
    map.state(pay, M::ProcessTime, "");
    let found = paths(map.report().main().unwrap(), 9);
    assert!(found.longest.iter().all(|path| !path.is_complete));
}

/// Forty pairs of branches one after the other have 2^40 paths, many of the same length but for a
/// rounding.
#[test]
fn as_many_paths_as_there_can_be_take_no_time() {
    let mut map = Map::new();
    let step = |map: &mut Map, time: &str| {
        map.step("Step", &[(M::ProcessTime, time), (M::WaitingTime, "0 s")])
    };
    let mut last = step(&mut map, "0.1 s");
    for index in 0..40 {
        let next = step(&mut map, "0.3 s");
        for time in ["0.7 s", ["0.7 s", "0.1 s"][index % 2]] {
            let branch = step(&mut map, time);
            map.push(&[last, branch, next]);
        }
        last = next;
    }
    let found = paths(map.report().main().unwrap(), 60);
    assert_near(found.count, 2_f64.powi(40));
    assert_eq!(found.longest.len(), 60);
    for path in &found.longest {
        assert!(near(path.lead_time, found.longest[0].lead_time));
    }
}
