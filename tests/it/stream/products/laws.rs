//! Laws of mixes, beside a count of every item and of every mix.

use super::{DAY, MINUTE, line, make, mix};
use crate::stream::maps::Map;
use crate::stream::near;
use loopstream::model::{Calendar, Element, FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::{BestMix, FigureKind as F, Problem};
use proptest::collection::vec;
use proptest::prelude::*;

/// The most money that minutes of one resource bring: every way to deal them out, one by one.
fn best_by_trying(products: &[(u32, u32, i32)], minutes: u32) -> f64 {
    let Some(((demand, time, margin), rest)) = products.split_first() else {
        return 0.0;
    };
    let most = minutes.min(demand * time);
    (0..=most)
        .map(|given| {
            let made = f64::from(given) / f64::from(*time);
            made * f64::from(*margin) + best_by_trying(rest, minutes - given)
        })
        .fold(f64::NEG_INFINITY, f64::max)
}

/// A tree of steps: the first one, and for each customer a way of its own after it.
#[derive(Clone, Debug)]
struct Tree {
    shared: Vec<Vec<u32>>,
    ways: Vec<Vec<Vec<u32>>>,
    demands: Vec<Vec<u32>>,
    rework: Option<u32>,
    one_resource: bool,
}

/// Minutes of each of nine products at a step.
fn minutes() -> impl Strategy<Value = Vec<u32>> {
    vec(0..30_u32, 9)
}

fn tree() -> impl Strategy<Value = Tree> {
    let ways = vec(vec(minutes(), 0..3), 1..4);
    let demands = vec(vec(1..9_u32, 1..4), 3);
    let rework = proptest::option::of(1..9_u32);
    (vec(minutes(), 1..4), ways, demands, rework, any::<bool>()).prop_map(
        |(shared, ways, demands, rework, one_resource)| Tree {
            shared,
            ways,
            demands,
            rework,
            one_resource,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// With one step that limits, first what brings most for its time: as good as the best of all
    /// ways to deal out its minutes.
    #[test]
    fn by_the_constraint_is_the_best(
        products in vec((1..5_u32, 1..5_u32, -3..20_i32), 1..4),
        minutes in 1..30_u32,
    ) {
        let (mut map, steps, customer) = line(&["Limit", "Free"]);
        map.calendar(Calendar { seconds_per_day: f64::from(minutes) * MINUTE, ..Calendar::default() });
        let day = f64::from(minutes) * MINUTE;
        for (number, (demand, time, margin)) in products.iter().enumerate() {
            let said = [format!("{demand} per d"), format!("{}", margin + 7), "7".to_owned()];
            let said = [&*said[0], &said[1], &said[2]];
            make(&mut map, &steps, customer, &number.to_string(), said, &[f64::from(*time), 0.0]);
        }
        let found = mix(&map.report());
        let needed: u32 = products.iter().map(|(demand, time, _)| demand * time).sum();
        let money = match found.best {
            BestMix::All { money } => {
                prop_assert!(needed <= minutes);
                money
            }
            BestMix::ByConstraint { money } => {
                prop_assert!(needed > minutes);
                money
            }
            other => panic!("{other:?}"),
        };
        let made: f64 = found.lines.iter().map(|line| line.best.unwrap() * line.margin.unwrap()).sum();
        prop_assert!(near(made, money));
        let time: f64 = found.lines.iter().map(|line| line.best.unwrap() * line.constraint_time.unwrap()).sum();
        prop_assert!(time <= 1.0 + 1e-9);
        prop_assert!(found.lines.iter().all(|line| line.best.unwrap() <= line.demand.unwrap() * (1.0 + 1e-9)));
        prop_assert!(near(money * day, best_by_trying(&products, minutes)), "{} {}", money * day, best_by_trying(&products, minutes));
    }

    /// What each step has to do is what all items that go over it need, one by one.
    #[test]
    fn loads_are_those_of_every_item(tree in tree()) {
        let mut map = Map::new();
        map.calendar(Calendar::default());
        let step = |map: &mut Map| map.step("Step", &[(M::WaitingTime, "0 s")]);
        let shared: Vec<Id> = tree.shared.iter().map(|_| step(&mut map)).collect();
        map.push(&shared);
        let last = *shared.last().unwrap();
        let mut needs: Vec<(Id, f64)> = shared.iter().map(|id| (*id, 0.0)).collect();
        let mut all = 0;
        for (customer, way) in tree.ways.iter().enumerate() {
            let own: Vec<Id> = way.iter().map(|_| step(&mut map)).collect();
            let out = map.station(S::Customer, "Out", &[]);
            let mut path = vec![last];
            path.extend(&own);
            path.push(out);
            map.push(&path);
            needs.extend(own.iter().map(|id| (*id, 0.0)));
            for (number, demand) in tree.demands[customer].iter().enumerate() {
                let product = 3 * customer + number;
                let name = product.to_string();
                map.product(out, &name, &[(M::Demand, &format!("{demand} per d"))]);
                all += demand;
                // Every item walks over the shared steps and over those of its customer's way.
                let times = shared.iter().zip(&tree.shared).chain(own.iter().zip(way));
                for (id, minutes) in times {
                    map.product(*id, &name, &[(M::ProcessTime, &format!("{} min", minutes[product]))]);
                    let need = needs.iter_mut().find(|(other, _)| other == id).unwrap();
                    for _item in 0..*demand {
                        need.1 += f64::from(minutes[product]);
                    }
                }
            }
        }
        if let Some(tenths) = tree.rework {
            map.flow(last, shared[0], FlowKind::Rework, &[(M::Share, &format!("{} %", 10 * tenths))]);
            let again = 1.0 / (1.0 - f64::from(tenths) / 10.0);
            for need in &mut needs[..shared.len()] {
                need.1 *= again;
            }
        }
        if tree.one_resource {
            for (id, _) in &needs {
                map.edit(|edit| edit.change(*id, |element| {
                    if let Element::Station(station) = element {
                        station.resource = "all".to_owned();
                    }
                }));
            }
            let sum = needs.iter().map(|(_, minutes)| minutes).sum();
            needs.iter_mut().for_each(|need| need.1 = sum);
        }
        let report = map.report();
        // Nobody is asked how long a product takes at a step that it never comes to.
        let asked = |problem: &Problem| matches!(problem, Problem::NoProductTime { .. });
        prop_assert!(!report.problems.iter().any(asked), "{:?}", report.problems);
        prop_assert!(report.main().unwrap().missing_inputs(F::Capacity, None).is_empty());
        for (id, minutes) in needs {
            let found = report.station_figure(id, F::Utilisation).unwrap().outcome.likely().unwrap();
            prop_assert!(near(found, minutes / 480.0), "{found} {minutes}");
            let capacity = report.station_figure(id, F::StationCapacity).unwrap().outcome.likely();
            if minutes > 0.0 {
                prop_assert!(near(capacity.unwrap() * DAY, f64::from(all) * 480.0 / minutes));
            }
        }
        if let Some(found) = report.main().unwrap().product_mix()
            && !found.constraint.is_empty()
        {
            let parts: Option<Vec<f64>> = found.lines.iter().map(|line| line.utilisation).collect();
            if let Some(parts) = parts {
                let whole = report.station_figure(found.constraint[0], F::Utilisation).unwrap();
                prop_assert!(near(parts.iter().sum(), whole.outcome.likely().unwrap()));
            }
        }
    }
}
