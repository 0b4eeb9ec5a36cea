//! Mixes that text books print.

use super::{MINUTE, WEEK, at, line, make, mix, product};
use crate::stream::{assert_near, assert_printed};
use loopstream::model::{Calendar, MeasureKind as M};
use loopstream::stream::{BestMix, FigureKind as F, Status};

/// Goldratt's P and Q in one stream: 100 P and 50 Q are asked for in a week of 2,400 minutes.
///
/// E. M. Goldratt, The Haystack Syndrome, North River Press 1990, part one. P sells for 90 with 45 of
/// materials and a part that is bought, Q for 100 with 40. Minutes at A, B, C, D: P 15, 15, 15, 15; Q 10,
/// 30, 5, 5. B would need 3,000 minutes. P brings 3 for a minute of B and Q 2, so the best is all 100 P
/// and 30 Q: 6,300 a week, 300 after 6,000 of operating expense; Q first would lose 300.
#[test]
fn goldratt_p_and_q() {
    let (mut map, steps, customer) = line(&["A", "B", "C", "D"]);
    let p = ["100 per wk", "90", "45"];
    make(
        &mut map,
        &steps,
        customer,
        "P",
        p,
        &[15.0, 15.0, 15.0, 15.0],
    );
    let q = ["50 per wk", "100", "40"];
    make(&mut map, &steps, customer, "Q", q, &[10.0, 30.0, 5.0, 5.0]);
    let report = map.report();
    for (step, minutes) in steps.iter().zip([2_000.0, 3_000.0, 1_750.0, 1_750.0]) {
        assert_near(at(&report, *step, F::Utilisation), minutes / 2_400.0);
        let figure = report.station_figure(*step, F::Utilisation).unwrap();
        assert_eq!(figure.status, Status::Exact);
    }
    let mix = mix(&report);
    assert_eq!(mix.constraint, [steps[1]]);
    let names: Vec<&str> = mix.lines.iter().map(|line| &*line.name).collect();
    assert_eq!(names, ["P", "Q"]);
    let (p, q) = (product(&mix, "P"), product(&mix, "Q"));
    assert_eq!((p.margin, q.margin), (Some(45.0), Some(60.0)));
    assert_near(p.constraint_time.unwrap(), 15.0 * MINUTE);
    assert_near(q.constraint_time.unwrap(), 30.0 * MINUTE);
    assert_near(p.per_second.unwrap() * MINUTE, 3.0);
    assert_near(q.per_second.unwrap() * MINUTE, 2.0);
    assert_near(p.utilisation.unwrap(), 1_500.0 / 2_400.0);
    assert_near(q.utilisation.unwrap(), 1_500.0 / 2_400.0);
    assert_near(p.best.unwrap() * WEEK, 100.0);
    assert_near(q.best.unwrap() * WEEK, 30.0);
    let BestMix::ByConstraint { money } = mix.best else {
        panic!("{:?}", mix.best);
    };
    assert_near(money * WEEK, 6_300.0);
    assert_near(money * WEEK - 6_000.0, 300.0);
}

/// Physicians' and hospitals' claims at an insurer, 60 and 40 of a hundred.
///
/// R. Anupindi, S. Chopra, S. D. Deshmukh, J. A. Van Mieghem, E. Zemel, Managing Business Process Flows,
/// 3rd ed., Prentice Hall 2012, chapter 5 (NewLife Finance). Minutes at the mailroom, data entry, claims
/// processors and supervisors: physicians' 0.6, 4.2, 6.6, 2.2; hospitals' 1.0, 5.2, 7.5, 3.2; people 1, 8,
/// 12, 5, who are there 450, 450, 360 and 240 minutes of a day. Unit loads of the mix are 0.76, 4.60, 6.96
/// and 2.60 minutes; supervisors limit, at 461.5 claims a day.
#[test]
fn anupindi_claims() {
    let (mut map, steps, customer) = line(&["Mailroom", "Data entry", "Processing", "Approval"]);
    map.calendar(Calendar {
        seconds_per_day: 450.0 * MINUTE,
        ..Calendar::default()
    });
    let day = 450.0 * MINUTE;
    for (step, (people, there)) in steps.iter().zip([
        ("1", "100 %"),
        ("8", "100 %"),
        ("12", "80 %"),
        ("5", "53.33333333333333 %"),
    ]) {
        map.state(*step, M::Servers, people);
        map.state(*step, M::ResourceShare, there);
    }
    let physicians = [0.6, 4.2, 6.6, 2.2];
    make(
        &mut map,
        &steps,
        customer,
        "Physicians",
        ["60 per d", "", ""],
        &physicians,
    );
    let hospitals = [1.0, 5.2, 7.5, 3.2];
    make(
        &mut map,
        &steps,
        customer,
        "Hospitals",
        ["40 per d", "", ""],
        &hospitals,
    );
    let report = map.report();
    for (step, (load, capacity)) in steps.iter().zip([
        ("0.76", "592"),
        ("4.60", "783"),
        ("6.96", "621"),
        ("2.60", "462"),
    ]) {
        assert_printed(at(&report, *step, F::EffectiveTime) / MINUTE, 2, load);
        assert_printed(at(&report, *step, F::StationCapacity) * day, 0, capacity);
    }
    assert_eq!(mix(&report).constraint, [steps[3]]);
    // Of physicians' claims alone the supervisors can do 545 a day, of hospitals' 375.
    for (none, other, alone) in [
        ("Hospitals", "Physicians", "545"),
        ("Physicians", "Hospitals", "375"),
    ] {
        map.product(customer, none, &[(M::Demand, "0 per d")]);
        map.product(customer, other, &[(M::Demand, "1 per d")]);
        let capacity = at(&map.report(), steps[3], F::StationCapacity) * day;
        assert_printed(capacity, 0, alone);
    }
}

/// Two resources that cannot do all: the order by money for the time of the constraint is not enough.
///
/// A. Barnard, Challenging one of the basic laws of economics, TOCICO 2006, of the same P and Q: here A
/// takes longer, so that it is overloaded too, and the way to the best mix is a linear programme.
#[test]
fn with_two_constraints_no_order_is_given() {
    let (mut map, steps, customer) = line(&["A", "B"]);
    make(
        &mut map,
        &steps,
        customer,
        "P",
        ["100 per wk", "90", "45"],
        &[25.0, 15.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "Q",
        ["50 per wk", "100", "40"],
        &[5.0, 30.0],
    );
    let mix = mix(&map.report());
    assert_eq!(
        mix.best,
        BestMix::SeveralOverloaded(vec![vec![steps[0]], vec![steps[1]]])
    );
    assert!(mix.lines.iter().all(|line| line.best.is_none()));
}
