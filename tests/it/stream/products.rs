//! Several products over shared steps: what text books print, what is not known, and laws beside an
//! independent count.

mod laws;
mod published;
mod unknown;

use crate::stream::assert_near;
use crate::stream::maps::{Map, figure, likely};
use loopstream::model::{Calendar, FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::{FigureKind as F, Outcome, ProductLine, ProductMix, StreamReport};

const MINUTE: f64 = 60.0;
const DAY: f64 = 28_800.0;
const WEEK: f64 = 5.0 * DAY;

/// Steps in a row to one customer; eight hours on five days.
fn line(steps: &[&str]) -> (Map, Vec<Id>, Id) {
    let mut map = Map::new();
    map.calendar(Calendar::default());
    let steps: Vec<Id> = steps
        .iter()
        .map(|name| map.step(name, &[(M::WaitingTime, "0 s")]))
        .collect();
    let customer = map.station(S::Customer, "Customer", &[]);
    let mut way = steps.clone();
    way.push(customer);
    map.push(&way);
    (map, steps, customer)
}

/// Names a product at the customer, and its minutes at the steps.
fn make(map: &mut Map, steps: &[Id], customer: Id, name: &str, said: [&str; 3], minutes: &[f64]) {
    let kinds = [M::Demand, M::Price, M::Materials];
    let said: Vec<_> = kinds
        .into_iter()
        .zip(said)
        .filter(|(_, text)| !text.is_empty())
        .collect();
    map.product(customer, name, &said);
    for (step, minutes) in steps.iter().zip(minutes) {
        map.product(*step, name, &[(M::ProcessTime, &format!("{minutes} min"))]);
    }
}

#[track_caller]
fn at(report: &StreamReport, id: Id, kind: F) -> f64 {
    let figure = report.station_figure(id, kind).unwrap();
    figure.outcome.likely().unwrap()
}

#[track_caller]
fn mix(report: &StreamReport) -> ProductMix {
    report.main().unwrap().product_mix().unwrap()
}

#[track_caller]
fn product<'a>(mix: &'a ProductMix, name: &str) -> &'a ProductLine {
    mix.lines.iter().find(|line| line.name == name).unwrap()
}

#[test]
fn customers_get_what_is_theirs() {
    // Both are sawn; what the joiners get is planed, too, and takes longer at the saw.
    let mut map = Map::new();
    map.calendar(Calendar::default());
    let saw = map.step(
        "Saw",
        &[(M::ProcessTime, "10 min"), (M::WaitingTime, "0 s")],
    );
    let plane = map.step(
        "Plane",
        &[(M::ProcessTime, "8 min"), (M::WaitingTime, "0 s")],
    );
    let joiners = map.station(S::Customer, "Joiners", &[]);
    let builders = map.station(S::Customer, "Builders", &[(M::Demand, "10 per d")]);
    map.push(&[saw, plane, joiners]);
    map.push(&[saw, builders]);
    map.product(joiners, "Boards", &[(M::Demand, "20 per d")]);
    map.product(joiners, "Beams", &[(M::Demand, "6 per d")]);
    map.product(saw, "Beams", &[(M::ProcessTime, "20 min")]);
    map.product(plane, "Boards", &[(M::ProcessTime, "12 min")]);
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_near(likely(&report, F::Demand) * DAY, 36.0);
    // 20 boards and 10 of the builders take 10 minutes, 6 beams 20.
    assert_near(at(&report, saw, F::Utilisation), 420.0 / 480.0);
    // 20 boards take 12 minutes, 6 beams 8, and of the builders nothing comes.
    assert_near(at(&report, plane, F::Utilisation), 288.0 / 480.0);
    assert_near(at(&report, plane, F::StationVisits), 26.0 / 36.0);
    assert_near(
        at(&report, saw, F::StationCapacity) * DAY,
        36.0 / (420.0 / 480.0),
    );
    assert_near(at(&report, saw, F::EffectiveTime), 420.0 / 36.0 * MINUTE);
    let mix = mix(&report);
    assert_eq!(mix.constraint, [saw]);
    assert_eq!(mix.lines.len(), 3);
    assert_near(product(&mix, "Boards").utilisation.unwrap(), 200.0 / 480.0);
    assert_near(product(&mix, "Beams").utilisation.unwrap(), 120.0 / 480.0);
    assert_near(product(&mix, "").utilisation.unwrap(), 100.0 / 480.0);
}

#[test]
fn one_press_for_two_products_as_one_stream_or_two() {
    // The file `truth-two-products-one-press` of the field, said in one stream: 25 cups of 12
    // minutes and 30 lids of 10 are 600 of 480 minutes.
    let (mut map, steps, customer) = line(&["Press"]);
    make(
        &mut map,
        &steps,
        customer,
        "Cups",
        ["25 per d", "", ""],
        &[12.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "Lids",
        ["30 per d", "", ""],
        &[10.0],
    );
    let report = map.report();
    assert_near(at(&report, steps[0], F::Utilisation), 1.25);
    assert_near(likely(&report, F::Throughput) * DAY, 55.0 / 1.25);
    assert_near(likely(&report, F::ProcessTime), 600.0 / 55.0 * MINUTE);
}

#[test]
fn what_waits_by_chance_waits_for_the_mix() {
    // One server, random arrivals: Pollaczek and Khinchine, Wq = lambda E[S²] / (2 (1 - rho)).
    let (mut map, steps, customer) = line(&["Mill"]);
    make(
        &mut map,
        &steps,
        customer,
        "A",
        ["20 per d", "", ""],
        &[10.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "B",
        ["5 per d", "", ""],
        &[32.0],
    );
    let report = map.report();
    // Of exponential times E[S²] is twice the square of the mean.
    let square = (20.0 * 2.0 * 100.0 + 5.0 * 2.0 * 1_024.0) / 25.0;
    let (rate, load) = (25.0 / 480.0, 360.0 / 480.0);
    let wait = rate * square / (2.0 * (1.0 - load));
    assert_near(at(&report, steps[0], F::PredictedWaiting), wait * MINUTE);
    map.state(steps[0], M::Variation, "0");
    let square = (20.0 * 100.0 + 5.0 * 1_024.0) / 25.0;
    let wait = rate * square / (2.0 * (1.0 - load));
    assert_near(
        at(&map.report(), steps[0], F::PredictedWaiting),
        wait * MINUTE,
    );
}

#[test]
fn a_mix_of_one_time_is_no_mix() {
    let (mut map, steps, customer) = line(&["Cut", "Sew"]);
    map.state(steps[0], M::ProcessTime, "10 min");
    map.state(steps[1], M::ProcessTime, "5-8-12 min");
    map.state(customer, M::Demand, "30 per d");
    let whole = map.report();
    map.state(customer, M::Demand, "");
    map.product(customer, "Shirts", &[(M::Demand, "10 per d")]);
    map.product(customer, "Skirts", &[(M::Demand, "20 per d")]);
    let report = map.report();
    assert_eq!(report.problems, []);
    for kind in F::ALL.into_iter().take(F::OF_STREAM) {
        let of = |report: &StreamReport| report.main().unwrap().figure(kind).cloned();
        let (one, other) = (of(&whole), of(&report));
        assert_eq!(one.is_some(), other.is_some(), "{kind:?}");
        if let (Some(one), Some(other)) = (one, other) {
            assert_eq!(one.status, other.status, "{kind:?}");
            match (one.outcome.likely(), other.outcome.likely()) {
                (Some(one), Some(other)) => assert_near(one, other),
                (one, other) => assert_eq!(one, other, "{kind:?}"),
            }
        }
    }
}

#[test]
fn an_estimate_of_one_product_moves_the_mix() {
    let (mut map, steps, customer) = line(&["Press"]);
    make(
        &mut map,
        &steps,
        customer,
        "Cups",
        ["20 per d", "", ""],
        &[10.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "Lids",
        ["10 per d", "", ""],
        &[4.0],
    );
    map.product(steps[0], "Lids", &[(M::ProcessTime, "4-6-10 min")]);
    let report = map.report();
    let Outcome::Range(range) = report
        .station_figure(steps[0], F::Utilisation)
        .unwrap()
        .outcome
    else {
        panic!("no range");
    };
    assert_near(range.low, 240.0 / 480.0);
    assert_near(range.likely, 260.0 / 480.0);
    assert_near(range.high, 300.0 / 480.0);
    // More cups make the mean time longer, so what can be done of the mix is less.
    map.product(customer, "Cups", &[(M::Demand, "10-20-30 per d")]);
    let report = map.report();
    let Outcome::Range(range) = figure(&report, F::Capacity).outcome else {
        panic!("no range");
    };
    assert_near(range.low * DAY, 480.0 / (400.0 / 40.0));
    assert_near(range.high * DAY, 480.0 / (140.0 / 20.0));
}

#[test]
fn rework_counts_for_each() {
    let (mut map, steps, customer) = line(&["Make", "Test"]);
    make(
        &mut map,
        &steps,
        customer,
        "A",
        ["10 per d", "", ""],
        &[10.0, 2.0],
    );
    make(
        &mut map,
        &steps,
        customer,
        "B",
        ["5 per d", "", ""],
        &[20.0, 4.0],
    );
    map.flow(steps[1], steps[0], FlowKind::Rework, &[(M::Share, "20 %")]);
    let report = map.report();
    assert_near(at(&report, steps[0], F::Utilisation), 1.25 * 200.0 / 480.0);
    assert_near(at(&report, steps[1], F::Utilisation), 1.25 * 40.0 / 480.0);
}

#[test]
fn nothing_is_said_of_products_where_there_are_none() {
    let (mut map, steps, customer) = line(&["Make"]);
    map.state(steps[0], M::ProcessTime, "10 min");
    map.state(customer, M::Demand, "10 per d");
    assert_eq!(map.report().main().unwrap().product_mix(), None);
    // A step with times for products that nobody asks for says so, and goes by its own.
    map.product(steps[0], "A", &[(M::ProcessTime, "99 min")]);
    let report = map.report();
    assert_near(at(&report, steps[0], F::Utilisation), 100.0 / 480.0);
    assert_eq!(report.main().unwrap().product_mix(), None);
    map.product(customer, "A", &[(M::Demand, "4 per d")]);
    assert_near(at(&map.report(), steps[0], F::Utilisation), 396.0 / 480.0);
}
