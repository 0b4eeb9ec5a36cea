//! Where nothing varies, a run is the figures to the last digit but for rounding.

use loopstream::model::{ArrivalLaw, FlowKind, MeasureKind as M, StationKind as S};
use loopstream::stream::FigureKind as F;
use proptest::prelude::*;

use super::{HOUR, ready, results};
use crate::stream::maps::{Map, likely};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// A row of steps with constant times and times on the way, and items that come one by one.
    #[test]
    fn a_row_without_chance_takes_what_the_ladder_says(
        minutes in proptest::collection::vec((1_u32..60, 0_u32..200), 1..7),
    ) {
        let mut map = Map::new();
        let mut before = map.station(S::Supplier, "In", &[]);
        let longest = minutes.iter().map(|(work, _)| *work).max().unwrap();
        for (work, way) in &minutes {
            let work = format!("{work} min");
            let step = map.step("", &[(M::ProcessTime, &work), (M::Variation, "0"), (M::WaitingTime, "0 s")]);
            let way = format!("{way} min");
            map.flow(before, step, FlowKind::Push, &[(M::WaitingTime, &way)]);
            before = step;
        }
        // As often as the longest step can do.
        let demand = format!("{} per h", 60.0 / f64::from(longest));
        let out = map.station(S::Customer, "Out", &[(M::Demand, &demand)]);
        map.push(&[before, out]);
        map.settings(|settings| settings.run.arrivals = ArrivalLaw::Even);
        let expected = likely(&map.report(), F::LeadTime);
        let mapped = ready(&map.document);
        let results = results(&mapped, 400.0 * HOUR, 2);
        let lead = results.lead.unwrap();
        prop_assert!((lead.mean - expected).abs() <= 1e-6 * expected, "{} {expected}", lead.mean);
        prop_assert!(lead.half_width <= 1e-6 * expected);
    }
}

/// Hopp & Spearman, ch. 7: four machines of two hours with four items, all of them always busy.
#[test]
fn penny_fab_one_without_chance_is_the_best_case() {
    let mut map = Map::new();
    let steps = ["Punch", "Stamp", "Rim", "Deburr"];
    let steps = steps.map(|name| map.step(name, &[(M::ProcessTime, "2 h"), (M::Variation, "0")]));
    map.push(&steps);
    for (limit, lead, hourly) in [("4", 8.0, 0.5), ("2", 8.0, 0.25), ("10", 20.0, 0.5)] {
        let limit = crate::stream::maps::measure(M::Limit, limit);
        map.settings(|settings| settings.work_limit = Some(limit));
        let mapped = ready(&map.document);
        let results = results(&mapped, 4_000.0 * HOUR, 2);
        let mean = results.lead.unwrap().mean / HOUR;
        assert!((mean - lead).abs() < 1e-9, "{mean} {lead}");
        let throughput = results.throughput.mean * HOUR;
        assert!((throughput - hourly).abs() < 1e-3, "{throughput} {hourly}");
    }
}

/// Curry & Feldman, table 2.1: times 1, 2, 1, 1 h, ten items: the tenth leaves after 24 h at most, and
/// an item takes 20 h.
#[test]
fn curry_and_feldman_2_1() {
    let mut map = Map::new();
    let steps = ["1 h", "2 h", "1 h", "1 h"];
    let steps = steps.map(|time| map.step("", &[(M::ProcessTime, time), (M::Variation, "0")]));
    map.push(&steps);
    let limit = crate::stream::maps::measure(M::Limit, "10");
    map.settings(|settings| settings.work_limit = Some(limit));
    let mapped = ready(&map.document);
    let results = results(&mapped, 4_000.0 * HOUR, 2);
    assert!((results.lead.unwrap().mean / HOUR - 20.0).abs() < 1e-9);
}
