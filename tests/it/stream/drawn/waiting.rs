//! What waits: parts, what is partly known, and the third of Little's law.

use super::{DAY, HOUR, step, working_days};
use crate::stream::assert_near;
use crate::stream::maps::{figure, likely, measure};
use loopstream::model::{MeasureKind as M, StationKind as S};
use loopstream::stream::{Bound, FigureKind as F, Outcome, Problem, Status};

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
