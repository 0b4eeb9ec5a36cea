//! A run passes as much as the figures say, and keeps people as busy: on maps of every shape without
//! limits.

use loopstream::model::{Element, FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::simulate::mapped::{Mapped, PlacePart};
use loopstream::stream::{FigureKind as F, StreamReport};

use super::{HOUR, read, results};
use crate::stream::maps::Map;

/// Numbers by chance, always the same for a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.next(many) == 0
    }
}

/// A map by chance: steps in layers, of which each leads to later ones.
fn any_map(seed: u64) -> Map {
    let mut dice = Dice(seed.wrapping_mul(7_919) + 17);
    let mut map = Map::new();
    let steps = 2 + dice.next(5) as usize;
    let products = dice.one_in(4);
    let mut places: Vec<Id> = vec![map.station(S::Supplier, "In", &[])];
    for number in 0..steps {
        let minutes = format!("{} min", 5 + dice.next(40));
        let step = map.step(&format!("Step {number}"), &[(M::ProcessTime, &minutes)]);
        if dice.one_in(2) {
            map.state(
                step,
                M::Variation,
                ["0", "0.4", "1", "1.5"][dice.next(4) as usize],
            );
        }
        if dice.one_in(3) {
            map.state(step, M::Servers, ["2", "3", "1.5"][dice.next(3) as usize]);
        }
        if dice.one_in(4) {
            map.state(step, M::Uptime, "80 %");
            if dice.one_in(2) {
                map.state(step, M::RepairTime, "20 min");
            }
        }
        if dice.one_in(4) {
            map.state(step, M::Changeover, "30 min");
            map.state(step, M::Batch, ["5", "7.5"][dice.next(2) as usize]);
        } else if dice.one_in(4) {
            map.state(step, M::Pieces, ["2", "3", "0.5"][dice.next(3) as usize]);
        } else if dice.one_in(3) {
            let name = format!("Team {}", dice.next(2));
            map.edit(|edit| {
                edit.change(step, |element| {
                    if let Element::Station(station) = element {
                        station.resource = name;
                    }
                })
            });
        }
        if dice.one_in(5) {
            map.state(step, M::ResourceShare, "50 %");
        }
        if products && dice.one_in(2) {
            map.product(step, "P", &[(M::ProcessTime, "12 min")]);
        }
        places.push(step);
    }
    let packs = dice.one_in(4);
    for place in 0..places.len() - 1 {
        let ahead = (places.len() - place - 1) as u64;
        let first = place + 1;
        let other = place + 1 + dice.next(ahead) as usize;
        let (one, two) = (places[first], places[other]);
        if other == first || dice.one_in(2) {
            let in_one: &[(M, &str)] = match packs && dice.one_in(2) {
                true => &[(M::ItemsInOne, "3")],
                false => &[],
            };
            map.flow(places[place], one, FlowKind::Push, in_one);
        } else if dice.one_in(2) {
            map.flow(places[place], one, FlowKind::Push, &[(M::Share, "70 %")]);
            map.flow(places[place], two, FlowKind::Push, &[]);
        } else {
            map.flow(places[place], one, FlowKind::Push, &[]);
            map.flow(places[place], two, FlowKind::Push, &[]);
        }
        if place > 1 && dice.one_in(4) {
            let to = 1 + dice.next(place as u64) as usize;
            map.flow(
                places[place],
                places[to],
                FlowKind::Rework,
                &[(M::Share, "15 %")],
            );
        }
    }
    let last = *places.last().unwrap();
    let out = map.station(S::Customer, "Out", &[]);
    map.push(&[last, out]);
    if products {
        map.product(out, "P", &[(M::Demand, "1 per h")]);
        map.product(out, "Q", &[(M::Demand, "2 per h")]);
    } else {
        map.state(out, M::Demand, "1 per h");
    }
    // At seven tenths of what can be done.
    let report = map.report();
    let capacity = report.main().unwrap().likely(F::Capacity).unwrap() * HOUR;
    if products {
        map.product(
            out,
            "P",
            &[(M::Demand, &format!("{} per h", capacity * 0.7 / 3.0))],
        );
        map.product(
            out,
            "Q",
            &[(M::Demand, &format!("{} per h", capacity * 1.4 / 3.0))],
        );
    } else {
        map.state(out, M::Demand, &format!("{} per h", capacity * 0.7));
    }
    map
}

fn figure(report: &StreamReport, id: Id, kind: F) -> f64 {
    report
        .station_figure(id, kind)
        .unwrap()
        .outcome
        .likely()
        .unwrap()
}

fn check(seed: u64, map: &Map, mapped: &Mapped) {
    let report = map.report();
    let demand = report.main().unwrap().likely(F::Demand).unwrap();
    let results = results(mapped, 1_200.0 / demand, 5);
    for (at, place) in mapped.places.iter().enumerate() {
        if place.part != PlacePart::Step {
            continue;
        }
        let visits = figure(&report, place.record, F::StationVisits);
        // Items that are one from the start count as those of the customer.
        let at_once = mapped
            .assumptions
            .iter()
            .any(|one| one.words.contains("one from the start"));
        let expected = demand * visits;
        let found = results.stations[at].throughput;
        let near = (found.mean - expected).abs() <= (1.5 * found.half_width).max(0.03 * expected);
        assert!(
            near || at_once,
            "{seed}: {:?} {found:?} {expected}",
            place.record
        );
    }
    for (crew, found) in mapped.crews.iter().zip(&results.crews) {
        let expected = figure(&report, crew.steps[0], F::Utilisation);
        let busy = found.work.mean + found.set_up.mean + found.down.mean;
        let width = found.work.half_width + found.set_up.half_width + found.down.half_width;
        let near = (busy - expected).abs() <= (1.5 * width).max(0.03 * expected);
        assert!(
            near,
            "{seed}: {} {busy} {width} {expected}\n{:#?}",
            crew.name, mapped.assumptions
        );
    }
}

#[test]
fn rates_and_utilisations_are_those_of_the_figures() {
    let mut checked = 0;
    for seed in 0..60 {
        let map = any_map(seed);
        match read(&map.document) {
            Ok(mapped) => {
                check(seed, &map, &mapped);
                checked += 1;
            }
            Err(error) => {
                // Nothing else keeps such a map from running.
                let words: Vec<&str> = error.gaps.iter().map(|gap| &*gap.words).collect();
                panic!("{seed}: {words:?}");
            }
        }
    }
    assert_eq!(checked, 60);
}

#[test]
fn customers_with_products_of_their_own_get_them_by_their_own_ways() {
    let mut map = Map::new();
    let start = map.step("Start", &[(M::ProcessTime, "6 min")]);
    let left = map.step("Left", &[(M::ProcessTime, "20 min")]);
    let right = map.step("Right", &[(M::ProcessTime, "10 min")]);
    let here = map.station(S::Customer, "Here", &[]);
    let there = map.station(S::Customer, "There", &[]);
    map.push(&[start, left, here]);
    map.push(&[start, right, there]);
    map.product(here, "P", &[(M::Demand, "2 per h")]);
    map.product(there, "Q", &[(M::Demand, "4 per h")]);
    map.product(start, "Q", &[(M::ProcessTime, "3 min")]);
    let mapped = super::ready(&map.document);
    assert_eq!(mapped.kinds, ["P", "Q"]);
    check(0, &map, &mapped);
}
