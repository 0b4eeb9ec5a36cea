//! Branches that meet anywhere, and items that leave.

use super::{DAY, HOUR, station, step, visited_once, working_days};
use crate::stream::assert_near;
use crate::stream::maps::{figure, likely, measure};
use loopstream::model::{
    Decision, Element, FindingReview, FlowKind, Id, MeasureKind as M, Patch, StationKind as S,
};
use loopstream::stream::{FigureKind as F, Lever, Problem, Status, StreamReport, what_if};

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
        "One of the parts that meet at Pack need not come: it can leave by another path. Does the \
         rest wait for it? The figures take it to go on."
    );
    // Who says that it is so is not asked again, and the figures rest on what is said.
    let topic = report.problems[0].topic().unwrap();
    let mut answer = |verdict: Decision| {
        let id = Id::from_bits(7_777);
        let judgement = FindingReview::new(topic, [pack], verdict);
        map.edit(|edit| edit.set(id, Some(Element::FindingReview(judgement))));
        map.report()
    };
    let report = answer(Decision::Agreed);
    assert_eq!(report.problems, []);
    assert_eq!(report.answered, [Problem::PartMayNotCome(pack)]);
    assert_eq!(figure(&report, F::Capacity).status, Status::Exact);
    let report = answer(Decision::Dismissed);
    assert_eq!(report.problems, [Problem::PartMayNotCome(pack)]);
    assert_eq!(report.answered, []);
    assert_eq!(figure(&report, F::Capacity).status, Status::Assumed);
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
    assert_eq!(report.problems, std::slice::from_ref(&expected));
    let mut settled = map.document.clone();
    let topic = expected.topic().unwrap();
    let judgement = FindingReview::new(topic, [back], Decision::Agreed);
    let patch = Patch::of(
        Id::from_bits(7_777),
        None,
        Some(Element::FindingReview(judgement)),
    );
    settled.apply(&patch).unwrap();
    let answered = StreamReport::of(&settled);
    assert_eq!(answered.problems, []);
    assert_eq!(answered.answered, [expected]);
    assert_eq!(figure(&answered, F::Capacity).status, Status::Exact);
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
    let trial = what_if(report.main().unwrap(), sell, Lever::Time(1.0)).unwrap();
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
