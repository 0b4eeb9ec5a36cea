//! Times that were measured one by one, drawn as they were.

use loopstream::model::{
    Adjustment, Calendar, Document, Element, FlowKind, Id, Improvement, MeasureChange,
    MeasureChanges, MeasureKind as M, StationKind as S, TimeBasis, Times, Unit, improved,
    parse_times,
};
use loopstream::simulate::events::{Law, Place, Run, Until};
use loopstream::simulate::mapped::Mapped;
use proptest::prelude::*;

use super::{HOUR, at, ready, results, says};
use crate::stream::maps::Map;

/// Gives a measure of a station or flow times.
fn measured(map: &mut Map, id: Id, kind: M, typed: &str) {
    let calendar = map.document.calendar();
    let times = parse_times(typed, kind, None, &calendar).unwrap();
    map.edit(|edit| {
        edit.change(id, |element| {
            let measures = match element {
                Element::Station(station) => &mut station.measures,
                Element::Flow(flow) => &mut flow.measures,
                _ => return,
            };
            let measure = measures.get(kind).cloned();
            let mut measure = measure.unwrap();
            measure.times = times.clone().map(|(times, _)| times);
            measures.set(kind, Some(measure));
        });
    });
}

fn one_step(stated: &[(M, &str)]) -> (Map, Id) {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let step = map.step("Build", stated);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per d")]);
    map.push(&[supplier, step, out]);
    (map, step)
}

fn law_of(mapped: &Mapped, id: Id) -> Law {
    let [place] = at(mapped, id)[..] else {
        panic!()
    };
    match &mapped.plan.line().stations[place].place {
        Place::Step(step) => step.work[0].clone(),
        Place::Delay(law) => law.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn measured_times_count_whatever_else_is_stated() {
    for stated in [
        &[(M::ProcessTime, "4 h")][..],
        &[(M::ProcessTime, "1-2-9 h")],
        &[(M::ProcessTime, "4 h"), (M::Variation, "0.5")],
        &[(M::ProcessTime, "?")],
    ] {
        let (mut map, step) = one_step(stated);
        measured(&mut map, step, M::ProcessTime, "3 h, 5 h, 2 d");
        let mapped = ready(&map.document);
        let expected = Law::measured([3.0, 5.0, 16.0].map(|hours| hours * HOUR)).unwrap();
        assert_eq!(law_of(&mapped, step), expected);
        assert!(says(
            &mapped,
            "process time: 3 measured times, drawn as they were"
        ));
        let both = says(&mapped, "Their mean is 1 d; the figures count with");
        assert_eq!(both, stated[0].1 != "?", "{stated:?}");
    }
    let (mut map, step) = one_step(&[(M::ProcessTime, "8 h")]);
    measured(&mut map, step, M::ProcessTime, "3, 5, 16 h");
    assert!(!says(&ready(&map.document), "Their mean"));
}

#[test]
fn one_measured_time_is_a_constant_to_the_last_bit() {
    for (stated, servers) in [
        ("7.3 h", "1"),
        ("0 h", "1"),
        ("0.1 d", "1.5"),
        ("13 min", "2"),
    ] {
        let dots = |is_measured: bool| {
            let stated = [
                (M::ProcessTime, stated),
                (M::Variation, "0"),
                (M::Servers, servers),
            ];
            let (mut map, step) = one_step(&stated);
            if is_measured {
                measured(&mut map, step, M::ProcessTime, stated[0].1);
            }
            let mapped = ready(&map.document);
            let latest = f64::INFINITY;
            let mut run = Run::new(&mapped.plan, 5, 0, Until::Left { items: 500, latest });
            run.finish();
            run.history().scatter().to_vec()
        };
        assert_eq!(dots(true), dots(false), "{stated}");
    }
}

#[test]
fn waits_and_changeovers_are_drawn_as_they_were_too() {
    let (mut map, step) = one_step(&[
        (M::ProcessTime, "1 min"),
        (M::Changeover, "10 min"),
        (M::Batch, "1"),
    ]);
    measured(&mut map, step, M::Changeover, "0 min, 30 min");
    let away = map.station(S::Customer, "Away", &[(M::Demand, "1 per d")]);
    let way = map.flow(
        step,
        away,
        FlowKind::Push,
        &[(M::Share, "50 %"), (M::WaitingTime, "1 h")],
    );
    measured(&mut map, way, M::WaitingTime, "1 h, 3 h");
    let mapped = ready(&map.document);
    let [place] = at(&mapped, step)[..] else {
        panic!()
    };
    let Place::Step(work) = &mapped.plan.line().stations[place].place else {
        panic!()
    };
    let expected = Law::measured([0.0, 1_800.0]).unwrap();
    assert_eq!(work.set_up.as_ref().unwrap().time, expected);
    let expected = Law::measured([HOUR, 3.0 * HOUR]).unwrap();
    assert_eq!(law_of(&mapped, way), expected);
}

/// On the clock, a wait of a day is a day of the clock in working time, and a day of work a working
/// day.
#[test]
fn days_on_the_clock_are_those_of_their_kind() {
    let (mut map, step) = one_step(&[(M::ProcessTime, "1 d")]);
    let calendar = Calendar {
        basis: TimeBasis::Clock,
        ..Calendar::default()
    };
    map.calendar(calendar);
    measured(&mut map, step, M::ProcessTime, "1 d, 1 d");
    let law = law_of(&ready(&map.document), step);
    assert_eq!(law, Law::measured([28_800.0; 2]).unwrap());
}

#[test]
fn an_improvement_changes_measured_times_by_the_same_part() {
    let (mut map, step) = one_step(&[(M::ProcessTime, "8 h")]);
    measured(&mut map, step, M::ProcessTime, "4 h, 12 h");
    let with = |change: Adjustment| -> Document {
        let change = MeasureChange {
            about: step,
            measure: M::ProcessTime,
            change,
        };
        let improvement = Improvement {
            changes: MeasureChanges::new([change]),
            ..Improvement::default()
        };
        improved(&map.document, &improvement)
    };
    for (change, hours) in [
        (Adjustment::Part(0.5), [2.0, 6.0]),
        (Adjustment::More(-4.0), [2.0, 6.0]),
        (Adjustment::Part(1.0), [4.0, 12.0]),
    ] {
        let law = law_of(&ready(&with(change)), step);
        assert_eq!(law, Law::measured(hours.map(|hours| hours * HOUR)).unwrap());
    }
}

#[test]
fn a_product_has_measured_times_of_its_own() {
    let (mut map, step) = one_step(&[(M::ProcessTime, "8 h")]);
    let out = *map.document.stations().keys().next_back().unwrap();
    map.product(out, "P", &[(M::Demand, "0.2 per d")]);
    map.product(out, "Q", &[(M::Demand, "0.2 per d")]);
    map.product(step, "Q", &[(M::ProcessTime, "2 h")]);
    map.edit(|edit| {
        edit.change(step, |element| {
            if let Element::Station(station) = element {
                let product = station.products.entry("Q");
                let mut time = product.measures.get(M::ProcessTime).cloned().unwrap();
                time.times = Some(Times {
                    unit: Unit::Hour,
                    values: [1.0, 3.0].into(),
                });
                product.measures.set(M::ProcessTime, Some(time));
            }
        });
    });
    let mapped = ready(&map.document);
    let [place] = at(&mapped, step)[..] else {
        panic!()
    };
    let Place::Step(work) = &mapped.plan.line().stations[place].place else {
        panic!()
    };
    assert_eq!(work.work[0], Law::exponential(8.0 * HOUR).unwrap());
    assert_eq!(work.work[1], Law::measured([HOUR, 3.0 * HOUR]).unwrap());
}

#[test]
fn a_step_with_measured_times_works_as_long_as_they_are_on_the_mean() {
    let (mut map, step) = one_step(&[(M::ProcessTime, "1 h")]);
    measured(&mut map, step, M::ProcessTime, "1 h, 2 h, 9 h");
    let found = results(&ready(&map.document), 40_000.0 * HOUR, 10);
    // Pollaczek & Khinchine: half of what comes a day times the mean square, over what is idle.
    let (rate, mean, square) = (1.0 / 8.0, 4.0, 86.0 / 3.0);
    let wait = rate * square / 2.0 / (1.0 - rate * mean);
    let lead = found.lead.unwrap();
    assert!(lead.holds((wait + mean) * HOUR), "{lead:?}");
}

proptest! {
    /// Against sorting and counting.
    #[test]
    fn measured_spans_have_the_quantiles_and_the_mean_of_their_list(
        mut spans in proptest::collection::vec(0.0..1e6_f64, 1..210),
        shares in proptest::collection::vec(0.000_1..0.999_9_f64, 1..40),
    ) {
        let law = Law::measured(spans.iter().copied()).unwrap();
        let mean = spans.iter().sum::<f64>() / spans.len() as f64;
        prop_assert!((law.mean() - mean).abs() <= 1e-9 * mean);
        spans.sort_by(f64::total_cmp);
        for share in shares {
            let found = law.quantile(share);
            // No more than this share of all is below it, and no less is so long or shorter.
            let below = spans.iter().filter(|span| **span < found).count() as f64;
            let up_to = spans.iter().filter(|span| **span <= found).count() as f64;
            let count = spans.len() as f64;
            prop_assert!(below <= share * count && share * count <= up_to);
        }
        // Each as often as it is there.
        let parts = spans.len() * 7;
        let mut drawn: Vec<f64> = (0..parts)
            .map(|part| law.quantile((part as f64 + 0.5) / parts as f64))
            .collect();
        drawn.sort_by(f64::total_cmp);
        let each: Vec<f64> = spans.iter().flat_map(|span| [*span; 7]).collect();
        prop_assert_eq!(drawn, each);
    }
}
