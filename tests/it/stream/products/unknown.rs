//! What nobody has said of products is asked for, and never taken to be nothing.

use super::{DAY, at, line, make, mix};
use crate::stream::assert_near;
use crate::stream::maps::figure;
use loopstream::model::{Element, MeasureKind as M, StationKind as S};
use loopstream::stream::{BestMix, FigureKind as F, InputRole, MixGap, Outcome, Problem, missing};

#[test]
fn a_time_that_nobody_knows_is_asked_for() {
    for stated in [false, true] {
        let (mut map, steps, customer) = line(&["Cut", "Sew"]);
        make(
            &mut map,
            &steps,
            customer,
            "A",
            ["20 per d", "9", "4"],
            &[10.0, 5.0],
        );
        make(
            &mut map,
            &steps,
            customer,
            "B",
            ["10 per d", "8", "2"],
            &[12.0],
        );
        if stated {
            map.product(steps[1], "B", &[(M::ProcessTime, "?")]);
        }
        let report = map.report();
        assert_eq!(
            report.problems,
            [Problem::NoProductTime {
                step: steps[1],
                products: vec!["B".to_owned()]
            }]
        );
        assert_eq!(
            report.problems[0].sentence(&map.document),
            "How long does B take at Sew? Until somebody says it, what Sew can do is not known."
        );
        assert_near(at(&report, steps[0], F::Utilisation), 320.0 / 480.0);
        for kind in [F::StationCapacity, F::Utilisation, F::EffectiveTime] {
            let figure = report.station_figure(steps[1], kind).unwrap();
            assert_eq!(figure.outcome, Outcome::Unknown, "{kind:?}");
        }
        let results = report.main().unwrap();
        let first = &missing(results)[0];
        assert_eq!((first.record, first.measure), (steps[1], M::ProcessTime));
        assert_eq!(first.product.as_deref(), Some("B"));
        let inputs = results.missing_inputs(F::Capacity, None);
        assert_eq!(inputs.len(), 1);
        assert_eq!(
            inputs[0]
                .product
                .map(|name| results.stream.product_name(name)),
            Some("B")
        );
        assert!(!results.limit.as_ref().unwrap().is_certain());
        assert_eq!(
            mix(&report).best,
            BestMix::Unknown(MixGap::Capacity(vec![steps[1]]))
        );
    }
    // The own time of a step holds for products that say none; 0 says that nothing is done.
    let (mut map, steps, customer) = line(&["Cut", "Sew"]);
    make(
        &mut map,
        &steps,
        customer,
        "A",
        ["20 per d", "", ""],
        &[10.0, 0.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "B",
        ["10 per d", "", ""],
        &[12.0],
    );
    map.state(steps[1], M::ProcessTime, "9 min");
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_near(at(&report, steps[1], F::Utilisation), 90.0 / 480.0);
}

#[test]
fn a_mix_that_nobody_knows_is_asked_for() {
    let (mut map, steps, customer) = line(&["Cut", "Sew"]);
    make(
        &mut map,
        &steps,
        customer,
        "A",
        ["20 per d", "", ""],
        &[10.0, 5.0],
    );
    make(&mut map, &steps, customer, "B", ["", "", ""], &[12.0, 5.0]);
    let report = map.report();
    assert_eq!(
        report.problems,
        [Problem::NoProductDemand {
            customer,
            products: vec!["B".to_owned()]
        }]
    );
    assert_eq!(figure(&report, F::Demand).outcome, Outcome::Unknown);
    // What takes the same time for all does not depend on the mix.
    assert_near(at(&report, steps[1], F::StationCapacity) * DAY, 96.0);
    let cut = report.station_figure(steps[0], F::StationCapacity).unwrap();
    assert_eq!(cut.outcome, Outcome::Unknown);
    let results = report.main().unwrap();
    let limit = results.limit.as_ref().unwrap();
    assert!(limit.candidates.iter().any(|one| {
        (one.record, one.measure) == (customer, M::Demand) && one.stations == [steps[0]]
    }));
    assert!(missing(results).iter().any(|row| {
        (row.record, row.measure, row.product.as_deref()) == (customer, M::Demand, Some("B"))
    }));
    let inputs = results.inputs(F::Capacity, None);
    assert!(
        inputs
            .iter()
            .any(|input| { input.measure == M::Demand && input.role == InputRole::Missing })
    );
    assert_eq!(mix(&report).best, BestMix::Unknown(MixGap::Demand));
}

#[test]
fn what_does_not_fit_is_told() {
    let (mut map, steps, customer) = line(&["Cut"]);
    make(
        &mut map,
        &steps,
        customer,
        "A",
        ["20 per d", "", ""],
        &[10.0],
    );
    map.state(customer, M::Demand, "30 per d");
    map.product(steps[0], "C", &[(M::ProcessTime, "1 h")]);
    let report = map.report();
    assert_eq!(
        report.problems,
        [
            Problem::ProductsDoNotAddUp {
                customer,
                asks: 30.0 / DAY,
                sum: 20.0 / DAY
            },
            Problem::ProductsNotAsked {
                step: steps[0],
                products: vec!["C".to_owned()]
            },
        ]
    );
    assert_near(at(&report, steps[0], F::Utilisation), 200.0 / 480.0);
    assert_eq!(mix(&report).best, BestMix::Unknown(MixGap::Money));
}

#[test]
fn what_costs_more_than_it_brings_is_not_made() {
    let (mut map, steps, customer) = line(&["Cut"]);
    make(
        &mut map,
        &steps,
        customer,
        "A",
        ["20 per d", "9", "4"],
        &[10.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "B",
        ["10 per d", "3", "4"],
        &[10.0],
    );
    let all = mix(&map.report());
    assert_eq!(
        all.lines
            .iter()
            .map(|line| line.best.unwrap() * DAY)
            .sum::<f64>(),
        20.0
    );
    let BestMix::All { money } = all.best else {
        panic!("{:?}", all.best);
    };
    assert_near(money * DAY, 100.0);
    // Another stream that needs the same press leaves less, the more is made here.
    let other = map.step(
        "Cut too",
        &[(M::ProcessTime, "10 min"), (M::WaitingTime, "0 s")],
    );
    let out = map.station(S::Customer, "Out", &[(M::Demand, "30 per d")]);
    map.push(&[other, out]);
    for step in [other, steps[0]] {
        map.edit(|edit| {
            edit.change(step, |element| {
                if let Element::Station(station) = element {
                    station.resource = "press".to_owned();
                }
            });
        });
    }
    let report = map.report();
    let results = report.of_station(steps[0]).unwrap();
    let best = results.product_mix().unwrap().best;
    assert_eq!(best, BestMix::Unknown(MixGap::Shared(vec![steps[0]])));
    // A stated part of it is what there is.
    map.state(steps[0], M::ResourceShare, "25 %");
    let report = map.report();
    let results = report.of_station(steps[0]).unwrap();
    let found = results.product_mix().unwrap();
    let BestMix::ByConstraint { money } = found.best else {
        panic!("{:?}", found.best);
    };
    assert_near(money * DAY, 5.0 * 12.0);
}
