//! Published cases of how long things are kept, and how little of that is work.

use super::{CLOCK, DAY, HOUR, around_the_clock, at, customer, hours, step};
use crate::stream::maps::{Map, figure, likely};
use crate::stream::{assert_near, assert_printed};
use loopstream::model::{FlowKind, MeasureKind as M, StationKind as S, Unit};
use loopstream::stream::{FigureKind as F, Problem, Status};

/// A can of cola, from the mine to the table.
///
/// J. P. Womack, D. T. Jones, Lean Thinking, Simon & Schuster 1996, ch. 2, table 2.1. Days of
/// storage before a stage, minutes of work, days after it, and the days from there to the end: 319
/// days of storage, 5 months before and 6 after the stages, for 3 hours of work.
#[test]
fn womack_and_jones_cola_can() {
    let stages = [
        ("Mine", 0, 20, 14, "319"),
        ("Reduction mill", 14, 30, 14, "305"),
        ("Smelter", 90, 120, 14, "277"),
        ("Hot rolling", 14, 1, 28, "173"),
        ("Cold rolling", 14, 1, 28, "131"),
        ("Can maker", 14, 1, 28, "89"),
        ("Bottler", 4, 1, 35, "47"),
        ("Warehouse", 0, 0, 3, "8"),
        ("Shop", 0, 0, 2, "5"),
        ("Home", 3, 5, 0, "3"),
    ];
    let mut map = around_the_clock();
    let mut path = vec![map.station(S::Supplier, "Bauxite", &[])];
    let mut starts = Vec::new();
    for (name, before, minutes, after, _) in stages {
        starts.push(path.len());
        let store = |map: &mut Map, days: i32| {
            map.station(S::Queue, name, &[(M::WaitingTime, &format!("{days} d"))])
        };
        if before > 0 {
            path.push(store(&mut map, before));
        }
        if minutes > 0 {
            path.push(step(&mut map, name, &format!("{minutes} min"), &[]));
        }
        if after > 0 {
            path.push(store(&mut map, after));
        }
    }
    path.push(map.station(S::Customer, "Drinker", &[]));
    map.push(&path);
    let report = map.report();
    let end = path[path.len() - 1];
    for (start, (.., printed)) in starts.iter().zip(stages) {
        let rest = report.segment(path[*start], end).unwrap();
        assert_printed(rest.lead_time().unwrap() / DAY, 0, printed);
    }
    let ladder = &report.main().unwrap().ladder;
    assert_near(ladder.known_waiting(), 319.0 * DAY);
    assert_printed(likely(&report, F::ProcessTime) / HOUR, 0, "3");
    assert_printed(100.0 * likely(&report, F::ActivityRatio), 2, "0.04");
    assert_eq!(figure(&report, F::LeadTime).status, Status::Exact);
}

/// Little's law at home and in a factory.
///
/// J. D. C. Little, S. C. Graves, Little's Law, in D. Chhajed, T. J. Lowe (eds.), Building
/// Intuition, Springer 2008, ch. 5. Of 160 bottles eight are bought in a month: a bottle is kept for
/// 20 months. A plant that starts 1,000 wafers a day and has 45,000 in work needs 45 days.
#[test]
fn little_and_graves_bottles_and_wafers() {
    for (kept, comes, unit, long) in [
        ("160", "8 per mo", Unit::Month, 20.0),
        ("45000", "1000 per d", Unit::Day, 45.0),
    ] {
        let mut map = around_the_clock();
        let from = map.station(S::Supplier, "From", &[]);
        let here = map.station(S::Queue, "Here", &[(M::WorkInProgress, kept)]);
        let customer = customer(&mut map, comes);
        map.push(&[from, here, customer]);
        let report = map.report();
        let one = CLOCK.seconds_in(unit);
        assert_near(at(&report, here, F::StationWaiting), long * one);
        assert_near(likely(&report, F::LeadTime), long * one);
        let stock = likely(&report, F::WorkInProgress);
        assert_near(stock, kept.parse().unwrap());
    }
}

/// Auto-Moto Financial Services: of 1,000 applications a month half are refused at the first look;
/// of the others half go to a team that grants 70 %, half to one that grants 10 %.
///
/// R. Anupindi, S. Chopra, S. D. Deshmukh, J. A. Van Mieghem, E. Zemel, Managing Business Process
/// Flows, 3rd ed., Pearson 2012, ch. 3 (examples of Little's law). 200, 25 and 150 applications are
/// there: 6, 3 and 18 days of a month of 30; 11.25 days on average, 10.875 for those granted.
#[test]
fn anupindi_auto_moto() {
    let mut map = hours(8.0, 7.0);
    let applicants = map.station(S::Supplier, "Applicants", &[]);
    let [review, good, doubtful] = [("Review", "200"), ("Good", "25"), ("Doubtful", "150")]
        .map(|(name, there)| map.station(S::Queue, name, &[(M::WorkInProgress, there)]));
    let granted = customer(&mut map, "200 per 30 d");
    map.push(&[applicants, review]);
    for (from, to, share) in [
        (review, good, "25 %"),
        (review, doubtful, "25 %"),
        (good, granted, "70 %"),
        (doubtful, granted, "10 %"),
    ] {
        map.flow(from, to, FlowKind::Push, &[(M::Share, share)]);
    }
    let report = map.report();
    // That 800 of 1,000 are refused is said, and that no step says anything of the work.
    let [Problem::DropsOut(part), Problem::NoStep(_)] = &report.problems[..] else {
        panic!("{:?}", report.problems);
    };
    assert_near(*part, 0.2);
    let day = 8.0 * HOUR;
    for (queue, days) in [(review, 6.0), (good, 3.0), (doubtful, 18.0)] {
        assert_near(at(&report, queue, F::StationWaiting), days * day);
    }
    assert_near(likely(&report, F::WorkInProgress), 375.0);
    // Five come for each that is granted.
    assert_near(at(&report, review, F::StationVisits), 5.0);
    let mean = likely(&report, F::ExpectedLeadTime) / 5.0;
    assert_printed(mean / day, 2, "11.25");
    assert_printed(likely(&report, F::ArrivingLeadTime) / day, 3, "10.875");
    assert_eq!(figure(&report, F::ArrivingLeadTime).status, Status::Exact);
}
