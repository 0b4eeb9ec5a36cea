//! What is shared and asked for, and more work than can be done.

use super::{DAY, HOUR, share, station, step, working_days};
use crate::stream::maps::{Map, figure, likely, measure};
use crate::stream::{assert_near, near};
use loopstream::model::{Id, MeasureKind as M, StationKind as S};
use loopstream::stream::{Bound, FigureKind as F, Outcome, Problem, Status};

#[test]
fn two_streams_share_a_press() {
    let mut map = working_days();
    let mut made = Vec::new();
    for (name, time, demand) in [
        ("cups", "12 min", "25 per d"),
        ("lids", "10 min", "30 per d"),
    ] {
        let press = step(&mut map, &format!("Press {name}"), time);
        share(&mut map, press, "press");
        let customer = map.station(S::Customer, name, &[(M::Demand, demand)]);
        map.push(&[press, customer]);
        made.push((press, customer));
    }
    let report = map.report();
    let [(cups, cups_for), (lids, lids_for)] = made[..] else {
        panic!()
    };
    for press in [cups, lids] {
        assert_near(station(&report, press, F::Utilisation), 600.0 / 480.0);
        let figure = report.station_figure(press, F::Utilisation).unwrap();
        assert_eq!(figure.status, Status::Exact);
    }
    // Each gets the part of the press that its need is of both: half.
    assert_near(station(&report, cups, F::StationCapacity) * DAY, 20.0);
    assert_near(station(&report, lids, F::StationCapacity) * DAY, 24.0);
    assert_eq!(report.problems.len(), 2);
    // A part that is stated holds, and the other stream gets the rest.
    map.state(cups, M::ResourceShare, "75 %");
    let report = map.report();
    assert_near(station(&report, cups, F::StationCapacity) * DAY, 30.0);
    assert_near(station(&report, lids, F::StationCapacity) * DAY, 12.0);
    map.state(lids, M::ResourceShare, "50 %");
    let above = map
        .report()
        .problems
        .into_iter()
        .find(|problem| matches!(problem, Problem::ResourceAboveAll { .. }));
    assert!(
        above
            .unwrap()
            .sentence(&map.document)
            .ends_with("add up to 125 %.")
    );
    // Where nobody knows what is asked for, the capacity is an upper bound, and that is asked.
    map.state(cups, M::ResourceShare, "");
    map.state(lids, M::ResourceShare, "");
    map.state(lids_for, M::Demand, "?");
    let report = map.report();
    let capacity = report.station_figure(cups, F::StationCapacity).unwrap();
    assert_eq!(capacity.status, Status::Bound(Bound::Upper));
    assert_near(capacity.outcome.likely().unwrap() * DAY, 40.0);
    let results = report.of_station(cups).unwrap();
    let missing = results.missing_inputs(F::StationCapacity, Some(cups));
    assert_eq!(missing.len(), 1);
    assert_eq!(
        (missing[0].record, missing[0].measure),
        (cups, M::ResourceShare)
    );
    map.state(cups_for, M::Demand, "");
    assert!(matches!(
        map.report()
            .station_figure(cups, F::Utilisation)
            .unwrap()
            .outcome,
        Outcome::Unknown
    ));
}

fn timber() -> (Map, [Id; 4]) {
    let mut map = working_days();
    let mill = map.station(S::Supplier, "Mill", &[]);
    let [saw, plane] = ["Saw", "Plane"].map(|name| step(&mut map, name, "10 min"));
    let joiners = map.station(S::Customer, "Joiners", &[(M::Demand, "30 per d")]);
    let builders = map.station(S::Customer, "Builders", &[(M::Demand, "10 per d")]);
    map.push(&[mill, saw, plane, joiners]);
    map.push(&[saw, builders]);
    (map, [saw, plane, joiners, builders])
}

#[test]
fn customers_get_what_they_ask_for() {
    let (mut map, [saw, plane, joiners, builders]) = timber();
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_near(station(&report, saw, F::Utilisation), 40.0 / 48.0);
    assert_near(station(&report, plane, F::Utilisation), 30.0 / 48.0);
    assert_near(station(&report, joiners, F::StationVisits), 0.75);
    assert_near(station(&report, builders, F::StationVisits), 0.25);
    // A fifth of the planed boards is thrown away: more are planed.
    let onwards = map
        .document
        .flows()
        .iter()
        .find(|(_, flow)| flow.from == plane)
        .map(|(id, _)| *id);
    map.state(onwards.unwrap(), M::Share, "80 %");
    let report = map.report();
    assert_near(station(&report, plane, F::Utilisation), 37.5 / 48.0);
    assert_near(station(&report, saw, F::Utilisation), 47.5 / 48.0);
    assert!(near(station(&report, joiners, F::StationVisits), 0.75));
    // Shares that give them something else are told.
    let direct = map
        .document
        .flows()
        .iter()
        .find(|(_, flow)| flow.to == builders)
        .map(|(id, _)| *id);
    map.state(direct.unwrap(), M::Share, "50 %");
    let told: Vec<String> = map
        .report()
        .problems
        .iter()
        .map(|problem| problem.sentence(&map.document))
        .collect();
    assert!(
        told.iter().any(|words| words
            == "Builders: 22.2 per d comes by the shares along the path, and 10 per d is asked for."),
        "{told:?}"
    );
    // And where nobody says what one asks for, that is asked.
    map.state(direct.unwrap(), M::Share, "");
    map.state(builders, M::Demand, "?");
    let report = map.report();
    assert!(report.problems.contains(&Problem::SeveralCustomers(saw)));
    assert_eq!(figure(&report, F::Capacity).status, Status::Assumed);
}

#[test]
fn what_is_not_met_has_no_steady_state() {
    let mut map = working_days();
    let supplier = map.station(S::Supplier, "In", &[]);
    let backlog = map.station(S::Queue, "Backlog", &[(M::WorkInProgress, "40")]);
    let work = step(&mut map, "Work", "2 h");
    let check = step(&mut map, "Check", "1 h");
    let out = map.station(S::Customer, "Out", &[(M::Demand, "8 per d")]);
    map.push(&[supplier, backlog, work, check, out]);
    let report = map.report();
    let waiting = report.station_figure(backlog, F::StationWaiting).unwrap();
    assert_near(waiting.outcome.likely().unwrap(), 10.0 * DAY);
    assert_eq!(waiting.status, Status::Growing);
    assert_near(likely(&report, F::LeadTime), 10.0 * DAY + 3.0 * HOUR);
    // 40 in the backlog, and four a day for three hours of eight.
    assert_near(likely(&report, F::WorkInProgress), 40.0 + 4.0 * 3.0 / 8.0);
    for kind in [
        F::LeadTime,
        F::WorkInProgress,
        F::InventoryTime,
        F::ExpectedLeadTime,
        F::FlowEfficiency,
    ] {
        assert_eq!(figure(&report, kind).status, Status::Growing, "{kind:?}");
    }
    let [problem] = &report.problems[..] else {
        panic!("{:?}", report.problems)
    };
    assert_eq!(
        problem.sentence(&map.document),
        "Customers ask for 8 per d, and Work can do 4 per d: queue +4 per d. The last of the 40 \
         items at Backlog waits 10 d."
    );
    // What was counted at the end counts: then it is a steady state.
    map.settings(|settings| settings.throughput = Some(measure(M::Demand, "8 per d")));
    let report = map.report();
    assert_near(likely(&report, F::LeadTime), 5.0 * DAY + 3.0 * HOUR);
    assert_eq!(figure(&report, F::LeadTime).status, Status::Exact);
    assert_near(likely(&report, F::Throughput) * DAY, 8.0);
}

#[test]
fn work_piles_up_before_each_step_that_can_do_less_than_comes() {
    let mut map = working_days();
    let first = map.station(S::Queue, "First", &[(M::WorkInProgress, "12")]);
    let coarse = step(&mut map, "Coarse", "80 min");
    let second = map.station(S::Queue, "Second", &[(M::WorkInProgress, "12")]);
    let fine = step(&mut map, "Fine", "2 h");
    let third = map.station(S::Queue, "Third", &[(M::WorkInProgress, "12")]);
    let wrap = step(&mut map, "Wrap", "1 h");
    let out = map.station(S::Customer, "Out", &[(M::Demand, "8 per d")]);
    map.push(&[first, coarse, second, fine, third, wrap, out]);
    let report = map.report();
    for (queue, days, status) in [
        (first, 2.0, Status::Growing),
        (second, 3.0, Status::Growing),
        (third, 3.0, Status::Exact),
    ] {
        let waiting = report.station_figure(queue, F::StationWaiting).unwrap();
        assert_near(waiting.outcome.likely().unwrap(), days * DAY);
        assert_eq!(waiting.status, status);
    }
}
