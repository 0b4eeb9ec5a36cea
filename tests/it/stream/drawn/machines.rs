//! What machines do: many at once, boxes, repairs and changeovers; and the critical WIP.

use super::{DAY, HOUR, share, station, step, working_days};
use crate::stream::assert_near;
use crate::stream::maps::{figure, likely};
use loopstream::model::{FlowKind, MeasureKind as M, StationKind as S};
use loopstream::stream::{Bound, FigureKind as F, Outcome, Problem, Status};
use proptest::prelude::*;

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
            let mut path = Vec::new();
            for ((low, more, most), (few, many)) in times.iter().zip(&servers) {
                let process = text(*low, low + more, low + more + most, "min");
                let servers = text(*few, *few, few + many, "");
                let id = map.step("Step", &[(M::ProcessTime, &process), (M::WaitingTime, "0 s"), (M::Servers, &servers)]);
                if same && path.len() < 2 {
                    share(&mut map, id, "Team");
                }
                path.push(id);
            }
            let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per wk")]);
            path.push(out);
            map.push(&path);
            map.flow(path[1], path[0], FlowKind::Rework, &[(M::Share, "25 %")]);
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
