//! Maps as people draw them: branches that meet anywhere, items that leave, what is shared, and
//! more work than can be done.

use crate::stream::maps::{Map, figure, likely, measure};
use crate::stream::{assert_near, near};
use loopstream::model::{Calendar, Element, FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::{
    Bound, FigureKind as F, Improvement, Outcome, Problem, Status, StreamReport, what_if,
};
use proptest::prelude::*;

const DAY: f64 = 28_800.0;
const HOUR: f64 = 3_600.0;

fn working_days() -> Map {
    let mut map = Map::new();
    map.calendar(Calendar {
        seconds_per_day: DAY,
        ..Calendar::default()
    });
    map
}

fn step(map: &mut Map, name: &str, process: &str) -> Id {
    map.step(name, &[(M::ProcessTime, process), (M::WaitingTime, "0 s")])
}

fn share(map: &mut Map, station: Id, resource: &str) {
    map.edit(|edit| {
        edit.change(station, |element| {
            if let Element::Station(station) = element {
                station.resource = resource.to_owned();
            }
        });
    });
}

#[track_caller]
fn station(report: &StreamReport, id: Id, kind: F) -> f64 {
    let figure = report.station_figure(id, kind).unwrap();
    figure.outcome.likely().unwrap()
}

/// Every step of these is visited once, and each does eight a day, for certain.
#[track_caller]
fn visited_once(map: &Map, steps: &[Id]) {
    let report = map.report();
    assert_eq!(report.problems, []);
    for id in steps {
        assert_near(station(&report, *id, F::StationVisits), 1.0);
        assert_near(station(&report, *id, F::StationCapacity) * DAY, 8.0);
    }
    assert_near(likely(&report, F::Capacity) * DAY, 8.0);
    assert_eq!(figure(&report, F::Capacity).status, Status::Exact);
    let limit = report.main().unwrap().limit.as_ref().unwrap();
    assert_eq!(limit.stations().count(), steps.len());
}

#[test]
fn three_branches_of_which_two_meet_first() {
    let mut map = working_days();
    let [tubes, rims, paint] =
        ["Tubes", "Rims", "Paint"].map(|name| map.station(S::Supplier, name, &[]));
    let [bend, lace, mix, build, finish] = ["Bend", "Lace", "Mix", "Build wheels in", "Finish"]
        .map(|name| step(&mut map, name, "1 h"));
    let shop = map.station(S::Customer, "Shop", &[(M::Demand, "6 per d")]);
    map.push(&[tubes, bend, build, finish, shop]);
    map.push(&[rims, lace, build]);
    map.push(&[paint, mix, finish]);
    visited_once(&map, &[bend, lace, mix, build, finish]);
}

#[test]
fn a_branch_that_feeds_its_sibling() {
    let mut map = working_days();
    let [order, draw, buy, assemble] =
        ["Order", "Draw", "Buy", "Assemble"].map(|name| step(&mut map, name, "1 h"));
    let out = map.station(S::Customer, "Out", &[(M::Demand, "6 per d")]);
    map.push(&[order, draw, buy, assemble, out]);
    map.push(&[order, buy]);
    map.push(&[draw, assemble]);
    visited_once(&map, &[order, draw, buy, assemble]);
    assert_near(likely(&map.report(), F::RawProcessTime), 4.0 * HOUR);
}

#[test]
fn branches_that_end_at_different_customers_or_nowhere() {
    let mut map = working_days();
    let [make, ship, bill, log] =
        ["Make", "Ship", "Bill", "Log"].map(|name| step(&mut map, name, "1 h"));
    let shop = map.station(S::Customer, "Shop", &[(M::Demand, "4 per d")]);
    map.push(&[make, ship, shop]);
    map.push(&[make, bill, shop]);
    map.push(&[make, log]);
    visited_once(&map, &[make, ship, bill, log]);
}

/// A fork at Order, both branches meet at Pack; half of what Check sees is dropped.
#[test]
fn a_part_that_may_not_come_is_asked_about() {
    let mut map = working_days();
    let [order, pick, check, pack] =
        ["Order", "Pick", "Check", "Pack"].map(|name| step(&mut map, name, "1 h"));
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per d")]);
    map.push(&[order, pick, pack, out]);
    map.push(&[order, check]);
    map.flow(check, pack, FlowKind::Push, &[(M::Share, "50 %")]);
    let report = map.report();
    assert_eq!(report.problems, [Problem::PartMayNotCome(pack)]);
    assert_eq!(figure(&report, F::Capacity).status, Status::Assumed);
    assert_eq!(
        figure(&report, F::Capacity).status_word(),
        "rests on an assumption"
    );
    assert_near(station(&report, pack, F::StationVisits), 1.0);
    assert_eq!(
        report.problems[0].sentence(&map.document),
        "One of the parts that meet at pack need not come: it can leave by another way. Does the \
         rest wait for it? The figures take it to go on."
    );
}

#[test]
fn rework_out_of_a_branch_is_asked_about_and_does_the_others_again() {
    let mut map = working_days();
    let [order, draw, buy, build] =
        ["Order", "Draw", "Buy", "Build"].map(|name| step(&mut map, name, "1 h"));
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per d")]);
    map.push(&[order, draw, build, out]);
    map.push(&[order, buy, build]);
    let back = map.flow(draw, order, FlowKind::Rework, &[(M::Share, "20 %")]);
    let report = map.report();
    let expected = Problem::ReworkLeavesBranch {
        flow: back,
        from: draw,
        to: order,
    };
    assert_eq!(report.problems, [expected]);
    for id in [order, draw, buy] {
        assert_near(station(&report, id, F::StationVisits), 1.25);
    }
    assert_near(station(&report, build, F::StationVisits), 1.0);
    // Within the branch, and from behind where the branches meet, nothing is in doubt.
    map.edit(|edit| edit.remove(back));
    map.flow(build, draw, FlowKind::Rework, &[(M::Share, "20 %")]);
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_near(station(&report, draw, F::StationVisits), 1.25);
    assert_near(station(&report, buy, F::StationVisits), 1.0);
    // The longest branch in the mean is less than the mean of the longest.
    assert_eq!(figure(&report, F::RawProcessTime).status, Status::Exact);
}

#[test]
fn items_that_leave_count_for_those_that_arrive() {
    let mut map = working_days();
    let leads = map.station(S::Supplier, "Leads", &[]);
    let [qualify, sell] = ["Qualify", "Sell"].map(|name| step(&mut map, name, "1 h"));
    let signed = map.station(S::Customer, "Signed", &[(M::Demand, "1 per d")]);
    map.push(&[leads, qualify]);
    map.flow(qualify, sell, FlowKind::Push, &[(M::Share, "50 %")]);
    map.push(&[sell, signed]);
    map.settings(|settings| settings.work_limit = Some(measure(M::Limit, "1")));
    let report = map.report();
    assert_near(likely(&report, F::Capacity) * DAY, 4.0);
    assert_near(likely(&report, F::RawProcessTime), 3.0 * HOUR);
    assert_near(likely(&report, F::CriticalWip), 1.5);
    assert_near(likely(&report, F::ExpectedLeadTime), 3.0 * HOUR);
    assert_near(likely(&report, F::ArrivingLeadTime), 2.0 * HOUR);
    assert_near(likely(&report, F::WorkInProgress), 3.0 / 8.0);
    let trial = what_if(report.main().unwrap(), sell, Improvement::Time(1.0)).unwrap();
    assert!((trial.before.throughput * DAY - 8.0 / 3.0).abs() < 1e-9);
    assert_near(trial.before.critical_wip, 1.5);
    // Where nothing leaves there is no such figure.
    map.state(
        map.document
            .flows()
            .iter()
            .find(|(_, flow)| flow.from == qualify)
            .map(|(id, _)| *id)
            .unwrap(),
        M::Share,
        "",
    );
    assert!(
        map.report()
            .main()
            .unwrap()
            .figure(F::ArrivingLeadTime)
            .is_none()
    );
}

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
            == "By the shares on the way builders gets 22.2 per d and asks for 10 per d."),
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
        "Customers ask for 8 per d, and work can do 4 per d: the queue grows by 4 per d. The last \
         of the 40 items at backlog waits 10 d."
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

#[test]
fn a_second_part_leaves_the_lead_time_along_the_queue() {
    let mut map = working_days();
    let steel = map.station(S::Supplier, "Steel", &[]);
    let coils = map.station(S::Queue, "Coils", &[(M::WorkInProgress, "16")]);
    let weld = map.step("Weld", &[(M::ProcessTime, "30 min")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "8 per d")]);
    let bolts = map.station(S::Supplier, "Bolts", &[]);
    let sort = step(&mut map, "Sort bolts", "5 min");
    map.push(&[steel, coils, weld, out]);
    map.push(&[bolts, sort, weld]);
    let report = map.report();
    assert_near(likely(&report, F::LeadTime), 2.0 * DAY + 30.0 * 60.0);
    // How long the bolts wait nobody knows: that way might be longer.
    assert_eq!(
        figure(&report, F::LeadTime).status,
        Status::Bound(Bound::Lower)
    );
    assert_eq!(
        report.main().unwrap().ladder.lead_time(),
        Some(2.0 * DAY + 30.0 * 60.0)
    );
    let segment = report.segment(bolts, out).unwrap();
    assert_eq!(segment.lead_time(), None);
    // Stated at the step, it is known on both ways.
    map.state(weld, M::WaitingTime, "1 h");
    assert_eq!(figure(&map.report(), F::LeadTime).status, Status::Exact);
}

#[test]
fn of_what_is_partly_known_the_lead_time_is_at_least() {
    let mut map = working_days();
    let supplier = map.station(S::Supplier, "In", &[]);
    let build = step(&mut map, "Build", "2 h");
    let test = map.step("Test", &[]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "2 per d")]);
    map.push(&[supplier, build, test, out]);
    let report = map.report();
    for kind in [F::LeadTime, F::ProcessTime, F::ExpectedLeadTime] {
        assert_near(likely(&report, kind), 2.0 * HOUR);
        assert_eq!(
            figure(&report, kind).status,
            Status::Bound(Bound::Lower),
            "{kind:?}"
        );
    }
    assert_eq!(figure(&report, F::ActivityRatio).outcome, Outcome::Unknown);
    map.state(test, M::ProcessTime, "1 h");
    let report = map.report();
    let ratio = figure(&report, F::ActivityRatio);
    assert_eq!(
        (ratio.outcome, ratio.status),
        (Outcome::Known(1.0), Status::Bound(Bound::Upper))
    );
    // Nothing known is nothing, not zero.
    for (id, kind) in [
        (build, M::ProcessTime),
        (build, M::WaitingTime),
        (test, M::ProcessTime),
    ] {
        map.state(id, kind, "");
    }
    let report = map.report();
    for kind in [
        F::LeadTime,
        F::ProcessTime,
        F::ExpectedLeadTime,
        F::ActivityRatio,
        F::FlowEfficiency,
    ] {
        assert_eq!(figure(&report, kind).outcome, Outcome::Unknown, "{kind:?}");
    }
}

#[test]
fn little_s_law_gives_the_third_of_the_whole() {
    let whole = |work: Option<&str>, throughput: Option<&str>, waiting: &str| {
        let mut map = working_days();
        let build = map.step(
            "Build",
            &[(M::ProcessTime, "1 h"), (M::WaitingTime, waiting)],
        );
        let test = map.step("Test", &[(M::ProcessTime, "1 h"), (M::WaitingTime, "2 d")]);
        map.push(&[build, test]);
        map.settings(|settings| {
            settings.work_in_progress = work.map(|text| measure(M::WorkInProgress, text));
            settings.throughput = throughput.map(|text| measure(M::Demand, text));
        });
        map.report()
    };
    // 10 items, four a day: two and a half days.
    let report = whole(Some("10"), Some("4 per d"), "?");
    assert_near(likely(&report, F::InventoryTime), 2.5 * DAY);
    assert_eq!(figure(&report, F::InventoryTime).status, Status::Exact);
    assert_near(likely(&report, F::WorkInProgress), 10.0);
    // 10 items, five days: two a day.
    let report = whole(Some("10"), None, "2.75 d");
    assert_near(likely(&report, F::Throughput) * DAY, 2.0);
    // Two a day for five days: ten items.
    let report = whole(None, Some("2 per d"), "2.75 d");
    assert_near(likely(&report, F::WorkInProgress), 10.0);
}

#[test]
fn a_limit_that_no_formula_uses_is_told() {
    let mut map = working_days();
    let shelf = map.station(
        S::Queue,
        "Shelf",
        &[(M::WorkInProgress, "4"), (M::Limit, "5")],
    );
    let build = step(&mut map, "Build", "1 h");
    let out = map.station(S::Customer, "Out", &[(M::Demand, "4 per d")]);
    map.push(&[shelf, build, out]);
    assert_eq!(map.report().problems, [Problem::LimitNotUsed(vec![shelf])]);
}

#[test]
fn an_oven_makes_ten_at_once() {
    let mut map = working_days();
    let bake = step(&mut map, "Bake", "1 h");
    let wrap = step(&mut map, "Wrap", "5 min");
    let out = map.station(S::Customer, "Out", &[(M::Demand, "60 per d")]);
    map.push(&[bake, wrap, out]);
    map.state(bake, M::Pieces, "10");
    let report = map.report();
    assert_near(station(&report, bake, F::StationCapacity) * HOUR, 10.0);
    assert_near(station(&report, bake, F::EffectiveTime), 6.0 * 60.0);
    // A loaf is in the oven for the whole hour.
    assert_near(likely(&report, F::RawProcessTime), 65.0 * 60.0);
    assert_near(likely(&report, F::LeadTime), 65.0 * 60.0);
    assert_near(likely(&report, F::CriticalWip), 10.0 + 10.0 * 5.0 / 60.0);
    // A changeover every 20 loaves, which are two cycles, costs each loaf a twentieth of it.
    map.state(bake, M::Changeover, "1 h");
    map.state(bake, M::Batch, "20");
    let report = map.report();
    assert_near(station(&report, bake, F::EffectiveTime), 9.0 * 60.0);
    assert_near(likely(&report, F::RawProcessTime), 95.0 * 60.0);
    map.state(bake, M::Pieces, "?");
    let missing = map
        .report()
        .main()
        .unwrap()
        .missing_inputs(F::Capacity, None);
    assert!(
        missing
            .iter()
            .any(|input| (input.record, input.measure) == (bake, M::Pieces))
    );
}

#[test]
fn a_box_holds_ten() {
    let mut map = working_days();
    let make = step(&mut map, "Make", "1 min");
    let pile = map.station(S::Queue, "Pile", &[(M::WorkInProgress, "160")]);
    let pack = map.step("Pack", &[(M::ProcessTime, "5 min")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "8 per d")]);
    map.push(&[make, pile]);
    let into = map.flow(pile, pack, FlowKind::Push, &[(M::ItemsInOne, "10")]);
    map.push(&[pack, out]);
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_near(station(&report, make, F::StationVisits), 10.0);
    assert_near(station(&report, make, F::StationCapacity) * DAY, 48.0);
    assert_near(station(&report, pack, F::StationCapacity) * DAY, 96.0);
    assert_near(station(&report, pile, F::StationWaiting), 2.0 * DAY);
    assert_near(likely(&report, F::LeadTime), 2.0 * DAY + 6.0 * 60.0);
    // 16 boxes in the pile, and what is worked on.
    let days = 6.0 / 480.0;
    assert_near(likely(&report, F::WorkInProgress), 16.0 + 8.0 * days);
    assert_near(
        likely(&report, F::InventoryTime),
        likely(&report, F::LeadTime),
    );
    // Another way on that holds another number cannot be right.
    let direct = map.flow(pile, out, FlowKind::Push, &[(M::ItemsInOne, "3")]);
    assert!(
        map.report()
            .problems
            .contains(&Problem::ItemsDisagree(pile))
    );
    map.edit(|edit| edit.remove(direct));
    map.state(into, M::ItemsInOne, "8-10-20");
    let report = map.report();
    let Outcome::Range(range) = report
        .station_figure(make, F::StationCapacity)
        .unwrap()
        .outcome
    else {
        panic!()
    };
    assert_near(range.low * DAY, 24.0);
    assert_near(range.high * DAY, 60.0);
}

#[test]
fn what_adds_value_is_told_apart() {
    let mut map = working_days();
    let cut = step(&mut map, "Cut", "1 h");
    let check = step(&mut map, "Check", "30 min");
    let out = map.station(S::Customer, "Out", &[(M::Demand, "4 per d")]);
    map.push(&[cut, check, out]);
    assert!(
        map.report()
            .main()
            .unwrap()
            .figure(F::ValueAddedTime)
            .is_none()
    );
    map.state(cut, M::ValueAdded, "80 %");
    let report = map.report();
    assert_near(likely(&report, F::ValueAddedTime), 48.0 * 60.0);
    assert_eq!(
        figure(&report, F::ValueAddedTime).status,
        Status::Bound(Bound::Lower)
    );
    map.state(check, M::ValueAdded, "0 %");
    assert_eq!(
        figure(&map.report(), F::ValueAddedTime).status,
        Status::Exact
    );
}

/// Hopp & Spearman, Factory Physics, chapter 8: repairs and changeovers that vary.
#[test]
fn repairs_and_changeovers_that_vary_make_work_wait() {
    let wait = |measures: &[(M, &str)]| {
        let mut map = working_days();
        let cut = step(&mut map, "Cut", "15 min");
        let out = map.station(S::Customer, "Out", &[(M::Demand, "16 per d")]);
        map.push(&[cut, out]);
        for (kind, text) in measures {
            map.state(cut, *kind, text);
        }
        station(&map.report(), cut, F::PredictedWaiting)
    };
    let minute = 60.0;
    let queue = |te: f64, ce: f64| {
        let rho = 16.0 / 480.0 * te;
        (1.0 + ce) / 2.0 * rho / (1.0 - rho) * te * minute
    };
    let down = [
        (M::Variation, "0"),
        (M::Uptime, "75 %"),
        (M::RepairTime, "248 min"),
    ];
    let (te, part) = (20.0, 0.75 * 0.25 * 248.0 / 15.0);
    assert_near(wait(&down), queue(te, 2.0 * part));
    let mut steady = down.to_vec();
    steady.push((M::RepairVariation, "0"));
    assert_near(wait(&steady), queue(te, part));
    // 15 min and a changeover of 60 min every 10 pieces: 21 min.
    let changes = [
        (M::Variation, "0"),
        (M::Changeover, "60 min"),
        (M::Batch, "10"),
    ];
    assert_near(wait(&changes), queue(21.0, 3_600.0 * 0.09 / 441.0));
    let mut varied = changes.to_vec();
    varied.push((M::ChangeoverVariation, "0.5"));
    assert_near(
        wait(&varied),
        queue(21.0, 3_600.0 * (0.09 + 0.25 / 10.0) / 441.0),
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// However the estimates fall, the critical WIP is within its range; and its range is one that
    /// estimates can reach.
    #[test]
    fn the_critical_wip_is_within_its_range(
        times in proptest::collection::vec((1_u32..20, 0_u32..20, 0_u32..20), 2..5),
        servers in proptest::collection::vec((1_u32..4, 0_u32..3), 4),
        parts in proptest::collection::vec(prop_oneof![Just(0.0), Just(1.0), 0.0..1.0_f64], 8),
        same in any::<bool>(),
    ) {
        let draw = |chosen: Option<&[f64]>| {
            let mut map = working_days();
            let mut number = 0;
            let mut text = |low: u32, likely: u32, high: u32, unit: &str| {
                number += 1;
                match chosen {
                    Some(parts) => {
                        let part = parts[(number - 1) % parts.len()];
                        format!("{} {unit}", f64::from(low) + part * f64::from(high - low))
                    }
                    None => format!("{low}-{likely}-{high} {unit}"),
                }
            };
            let mut way = Vec::new();
            for ((low, more, most), (few, many)) in times.iter().zip(&servers) {
                let process = text(*low, low + more, low + more + most, "min");
                let servers = text(*few, *few, few + many, "");
                let id = map.step("Step", &[(M::ProcessTime, &process), (M::WaitingTime, "0 s"), (M::Servers, &servers)]);
                if same && way.len() < 2 {
                    share(&mut map, id, "Team");
                }
                way.push(id);
            }
            let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per wk")]);
            way.push(out);
            map.push(&way);
            map.flow(way[1], way[0], FlowKind::Rework, &[(M::Share, "25 %")]);
            map.report()
        };
        let (range, sample) = (draw(None), draw(Some(&parts)));
        let of = figure(&range, F::CriticalWip);
        let (low, high) = match of.outcome {
            Outcome::Range(estimate) => (estimate.low, estimate.high),
            Outcome::Known(number) => (number, number),
            Outcome::Unknown => panic!("unknown"),
        };
        let found = likely(&sample, F::CriticalWip);
        prop_assert!(found >= low * (1.0 - 1e-9) && found <= high * (1.0 + 1e-9), "{found} is not within {low} to {high}");
    }
}
