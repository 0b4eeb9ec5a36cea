//! Documents of blocks within blocks: what follows from the structure alone.

use crate::stream::blocks::{Block, Built, block};
use crate::stream::maps::{Map, likely};
use crate::stream::near;
use loopstream::model::{FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::FigureKind as F;
use loopstream::stream::network::ArcKind;
use proptest::prelude::*;

/// A map of a block; every step takes its hours and is right with this many hundredths.
fn draw(built: &Built, accurate: &[u32], demand: &str) -> (Map, Vec<Id>) {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let step = |(place, time): (usize, &f64)| {
        let measures = [
            (M::ProcessTime, &*format!("{time} min")),
            (M::WaitingTime, "1 h"),
            (
                M::CompleteAndAccurate,
                &*accurate[place % accurate.len()].to_string(),
            ),
        ];
        map.step("Step", &measures)
    };
    let steps: Vec<Id> = built.times.iter().enumerate().map(step).collect();
    for arc in &built.network.arcs {
        let kind = match arc.kind {
            ArcKind::Forward => FlowKind::Push,
            ArcKind::Rework => FlowKind::Rework,
        };
        let share = arc.share.map(|share| format!("{}", share * 100.0));
        let measures: Vec<(M, &str)> = share.iter().map(|text| (M::Share, text.as_str())).collect();
        map.flow(steps[arc.from], steps[arc.to], kind, &measures);
    }
    let customer = map.station(S::Customer, "Out", &[(M::Demand, demand)]);
    map.push(&[supplier, steps[built.network.entries[0]]]);
    map.push(&[steps[built.network.exits[0]], customer]);
    (map, steps)
}

/// The part that passes all of a block right; `next` counts its steps as they are drawn.
fn rolled(block: &Block, accurate: &[u32], next: &mut usize) -> f64 {
    let own = |next: &mut usize| {
        *next += 1;
        f64::from(accurate[(*next - 1) % accurate.len()]) / 100.0
    };
    match block {
        Block::Step(_) => own(next),
        Block::Series(parts) => parts
            .iter()
            .map(|part| rolled(part, accurate, next))
            .product(),
        Block::Split(parts) => {
            let ends = own(next) * own(next);
            ends * parts
                .iter()
                .map(|(share, part)| share * rolled(part, accurate, next))
                .sum::<f64>()
        }
        Block::Parallel(parts) => {
            let ends = own(next) * own(next);
            ends * parts
                .iter()
                .map(|part| rolled(part, accurate, next))
                .product::<f64>()
        }
        Block::Again(_, part) => rolled(part, accurate, next) * own(next),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rolled_complete_and_accurate_follows_from_the_blocks(
        block in block(), accurate in proptest::collection::vec(0_u32..=100, 3..30),
    ) {
        let (map, _) = draw(&block.build(), &accurate, "1 per wk");
        let found = likely(&map.report(), F::RolledCompleteAndAccurate);
        let expected = rolled(&block, &accurate, &mut 0);
        prop_assert!(near(found, expected), "{found} is not {expected}");
    }

    #[test]
    fn loads_and_expected_times_follow_from_the_blocks(block in block()) {
        let built = block.build();
        let (map, steps) = draw(&built, &[100], "1 per wk");
        let report = map.report();
        let busiest = built.visits.iter().zip(&built.times).map(|(visits, time)| visits * time * 60.0);
        let slowest = busiest.fold(0.0, f64::max);
        prop_assert!(near(likely(&report, F::Capacity) * slowest, 1.0));
        for (step, visits) in steps.iter().zip(&built.visits) {
            let found = report.station_figure(*step, F::StationVisits).unwrap().outcome.likely().unwrap();
            prop_assert!(near(found, *visits));
        }
        prop_assert!(near(likely(&report, F::RawProcessTime), built.time * 60.0));
        prop_assert!(likely(&report, F::ExpectedLeadTime) >= likely(&report, F::RawProcessTime));
    }

    /// A step that takes longer makes no time shorter and lets no more through.
    #[test]
    fn longer_steps_never_help(block in block(), at in any::<prop::sample::Index>(), more in 1_u32..90) {
        let mut built = block.build();
        let before = draw(&built, &[100], "1 per wk").0.report();
        let at = at.index(built.times.len());
        built.times[at] += f64::from(more);
        let after = draw(&built, &[100], "1 per wk").0.report();
        // Of what cannot be done less is under way behind the limit.
        let is_met = likely(&after, F::Demand) <= likely(&after, F::Capacity);
        for kind in [F::LeadTime, F::ExpectedLeadTime, F::RawProcessTime, F::WorkInProgress] {
            if kind == F::WorkInProgress && !is_met {
                continue;
            }
            prop_assert!(likely(&after, kind) >= likely(&before, kind) * (1.0 - 1e-12), "{kind:?}");
        }
        for kind in [F::Capacity, F::Throughput] {
            prop_assert!(likely(&after, kind) <= likely(&before, kind) * (1.0 + 1e-12), "{kind:?}");
        }
    }

    /// All times scaled scale every lead time, and nothing else but the rates.
    #[test]
    fn all_times_scaled_scale_the_stream(block in block(), factor in 2_u32..9) {
        let mut built = block.build();
        let before = draw(&built, &[100], "1 per wk").0.report();
        let first = built.times.clone();
        built.times.iter_mut().for_each(|time| *time *= f64::from(factor));
        let after = draw(&built, &[100], "1 per wk").0.report();
        let factor = f64::from(factor);
        prop_assert!(near(likely(&after, F::RawProcessTime), factor * likely(&before, F::RawProcessTime)));
        prop_assert!(near(likely(&after, F::Capacity) * factor / likely(&before, F::Capacity), 1.0));
        prop_assert!(near(likely(&after, F::CriticalWip), likely(&before, F::CriticalWip)));
        prop_assert_eq!(first.len(), built.times.len());
    }
}
