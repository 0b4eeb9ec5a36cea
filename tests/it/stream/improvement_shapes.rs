//! Improvements that leave steps out or put steps in, compared with maps that are drawn so by hand.

use loopstream::model::{
    AddedStep, AddedSteps, Adjustment, Document, Element, FlowKind, Id, Improvement, LeftOut,
    Measure, MeasureChange, MeasureChanges, MeasureKind as M, Measures, StationKind as S, Unit,
    Without, improved, improved_element, improved_measure, patch_of_improvement, with_measure,
};
use loopstream::stream::{FigureKind as F, StreamReport};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::assert_near;
use super::maps::{Map, likely, measure};
use crate::common::document::{assert_valid, document, measure_adjustment};

/// What is known of a step that is drawn: minutes of work, hours before it, and its %C&A.
type Drawn = (f64, f64, f64);

/// How work parts in the middle of a map.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Parting {
    /// It does not.
    None,
    /// 60 % go one way, the rest the other.
    Shares,
    /// Both ways are gone at once.
    Branches,
}

/// A map with steps one after the other; after the first it may part into two, which meet again. From
/// the last step some go back to the first.
#[derive(Debug)]
struct Line {
    map: Map,
    /// The steps of the row, and those of the two ways.
    steps: Vec<Id>,
}

fn draw(row: &[Drawn], ways: &[Drawn; 2], parting: Parting) -> Line {
    let mut map = Map::new();
    let step = |map: &mut Map, (time, wait, good): &Drawn| {
        let id = map.step("step", &[]);
        map.state(id, M::ProcessTime, &format!("{time} min"));
        map.state(id, M::WaitingTime, &format!("{wait} h"));
        map.state(id, M::CompleteAndAccurate, &format!("{good} %"));
        id
    };
    let mut steps: Vec<Id> = row.iter().map(|one| step(&mut map, one)).collect();
    let out = map.station(S::Customer, "out", &[(M::Demand, "1 per d")]);
    let mut chain = steps.clone();
    chain.push(out);
    match parting {
        Parting::None => map.push(&chain),
        Parting::Shares | Parting::Branches => {
            let both = [step(&mut map, &ways[0]), step(&mut map, &ways[1])];
            for (way, share) in both.into_iter().zip(["60 %", "40 %"]) {
                let stated: &[_] = match parting {
                    Parting::Shares => &[(M::Share, share)],
                    _ => &[],
                };
                map.flow(chain[0], way, FlowKind::Push, stated);
                map.flow(way, chain[1], FlowKind::Push, &[(M::WaitingTime, "3 h")]);
            }
            map.push(&chain[1..]);
            steps.extend(both);
        }
    }
    let last = row.len() - 1;
    map.flow(
        steps[last],
        steps[0],
        FlowKind::Rework,
        &[(M::Share, "20 %")],
    );
    Line { map, steps }
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (1..60_u32, 0..9_u32, 50..101_u32)
        .prop_map(|(time, wait, good)| (f64::from(time), f64::from(wait), f64::from(good)))
}

fn parting() -> impl Strategy<Value = Parting> {
    select(&[Parting::None, Parting::Shares, Parting::Branches][..])
}

/// The map in which a step takes no time, nobody waits for it, all that comes out of it is right, and
/// nothing goes back from it: what is left of a step that is not there.
fn emptied(document: &Document, step: Id) -> Document {
    let mut map = Map::new();
    map.document = document.clone();
    map.state(step, M::ProcessTime, "0 min");
    map.state(step, M::WaitingTime, "");
    map.state(step, M::CompleteAndAccurate, "100 %");
    for (id, flow) in document.flows() {
        if flow.to == step {
            map.state(*id, M::WaitingTime, "");
        }
        if flow.from == step && flow.kind == FlowKind::Rework {
            map.edit(|edit| edit.remove(*id));
        }
    }
    map.document
}

fn figures(document: &Document) -> Vec<f64> {
    let report = StreamReport::of(document);
    let figure = |kind| likely(&report, kind);
    [
        F::LeadTime,
        F::ProcessTime,
        F::Throughput,
        F::RolledCompleteAndAccurate,
    ]
    .map(figure)
    .into()
}

fn added(id: u64, flow: Id, place: i32, (time, wait, good): Drawn) -> AddedStep {
    let mut measures = Measures::new();
    for (kind, text) in [
        (M::ProcessTime, format!("{time} min")),
        (M::WaitingTime, format!("{wait} h")),
        (M::CompleteAndAccurate, format!("{good} %")),
    ] {
        measures.set(kind, Some(measure(kind, &text)));
    }
    AddedStep {
        id: Id::from_bits(id),
        flow,
        name: "new".to_owned(),
        place,
        measures,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn leaving_a_step_out_is_as_if_it_took_no_time(
        row in vec(drawn(), 3..6),
        ways in [drawn(), drawn()],
        parting in parting(),
        at in any::<Index>(),
    ) {
        let line = draw(&row, &ways, parting);
        let step = *at.get(&line.steps);
        let improvement = Improvement {
            without: LeftOut::new([Without(step)]),
            ..Improvement::default()
        };
        let without = improved(&line.map.document, &improvement);
        let expected = figures(&emptied(&line.map.document, step));
        for (found, expected) in figures(&without).into_iter().zip(expected) {
            assert_near(found, expected);
        }
        // Where nothing parts it is gone; where work parts there, the place stays where it must.
        if parting == Parting::None {
            prop_assert!(!without.stations().contains_key(&step));
        }
    }

    #[test]
    fn putting_steps_in_is_drawing_them(
        row in vec(drawn(), 2..5),
        new in vec((any::<Index>(), drawn()), 1..4),
    ) {
        let line = draw(&row, &[(1.0, 0.0, 100.0); 2], Parting::None);
        let from = |step: Id| {
            let mut flows = line.map.document.flows().iter();
            let flow = flows.find(|(_, flow)| flow.from == step && flow.kind == FlowKind::Push);
            *flow.unwrap().0
        };
        // In the order in which they were put in, whatever their ids.
        let mut by_hand: Vec<Vec<Drawn>> = row.iter().map(|one| vec![*one]).collect();
        let mut steps = Vec::new();
        for (number, (at, step)) in new.iter().enumerate() {
            let at = at.index(row.len());
            by_hand[at].push(*step);
            let id = 5_000 - number as u64;
            steps.push(added(id, from(line.steps[at]), number as i32, *step));
        }
        let improvement = Improvement {
            added: AddedSteps::new(steps),
            ..Improvement::default()
        };
        let with = improved(&line.map.document, &improvement);
        // What goes back comes from the last step of today, not from one that is put in after it.
        let tail = by_hand[row.len() - 1].split_off(1);
        let mut drawn = draw(&by_hand.concat(), &[(1.0, 0.0, 100.0); 2], Parting::None);
        if !tail.is_empty() {
            let document = &drawn.map.document;
            let last = *drawn.steps.last().unwrap();
            let is_last = |flow: &&loopstream::model::Flow| {
                flow.from == last && flow.kind == FlowKind::Push
            };
            let (id, flow) = document.flows().iter().find(|(_, flow)| is_last(flow)).unwrap();
            let (id, out) = (*id, flow.to);
            let mut chain = vec![last];
            for (time, wait, good) in tail {
                let step = drawn.map.step("step", &[]);
                drawn.map.state(step, M::ProcessTime, &format!("{time} min"));
                drawn.map.state(step, M::WaitingTime, &format!("{wait} h"));
                drawn.map.state(step, M::CompleteAndAccurate, &format!("{good} %"));
                chain.push(step);
            }
            chain.push(out);
            drawn.map.edit(|edit| edit.remove(id));
            drawn.map.push(&chain);
        }
        for (found, expected) in figures(&with).into_iter().zip(figures(&drawn.map.document)) {
            assert_near(found, expected);
        }
    }

    /// Any improvement of any document makes a document that holds, and its patch is undone by its
    /// inverse.
    #[test]
    fn any_improvement_can_be_made_so_and_undone(document in document()) {
        for improvement in document.improvements().values() {
            let patch = patch_of_improvement(&document, improvement);
            let mut made = document.clone();
            made.apply(&patch).unwrap();
            assert_valid(&made);
            prop_assert_eq!(&made, &improved(&document, improvement));
            for one in improvement.without.iter() {
                let flow = made.flows().contains_key(&one.0);
                prop_assert!(!flow, "{:?}", one);
            }
            // Of what stays each measure is that of its record alone.
            for id in document.stations().keys() {
                if improvement.leaves_out(*id) {
                    continue;
                }
                prop_assert_eq!(improved_element(&document, improvement, *id), made.element(*id));
            }
            made.apply(&patch.inverted()).unwrap();
            prop_assert_eq!(&made, &document);
        }
    }

    /// What is typed on the canvas is what the improvement makes of that measure, and of no other.
    #[test]
    fn what_is_typed_is_what_the_improvement_makes_of_it(
        row in vec(drawn(), 2..5),
        changes in vec((any::<Index>(), measure_adjustment()), 0..4),
        typed in (any::<Index>(), select(&[M::ProcessTime, M::WaitingTime, M::Servers][..]), 0..9_u32),
        shares in any::<bool>(),
    ) {
        let mut line = draw(&row, &[(1.0, 0.0, 100.0); 2], Parting::None);
        if shares {
            for step in line.steps.clone() {
                line.map.edit(|edit| edit.change(step, |element| {
                    if let Element::Station(station) = element {
                        station.resource = "team".to_owned();
                    }
                }));
            }
        }
        let document = &line.map.document;
        let changes = changes.into_iter().map(|(at, (measure, change))| MeasureChange {
            about: *at.get(&line.steps),
            measure,
            change,
        });
        let improvement = Improvement {
            changes: MeasureChanges::new(changes),
            ..Improvement::default()
        };
        let (at, kind, number) = typed;
        let about = *at.get(&line.steps);
        let unit = if kind == M::Servers { Unit::One } else { Unit::Hour };
        let measure = Measure::measured(f64::from(number), unit);
        let after = with_measure(document, &improvement, (about, kind), Some(measure.clone()));
        let found = improved_measure(document, &after, (about, kind));
        prop_assert_eq!(found, Some(measure));
        for step in &line.steps {
            for other in M::ALL {
                let same_people = shares && kind == M::Servers && other == kind;
                if (*step == about && other == kind) || same_people {
                    continue;
                }
                let cell = (*step, other);
                prop_assert_eq!(
                    improved_measure(document, &after, cell),
                    improved_measure(document, &improvement, cell)
                );
            }
        }
        // Taken back, it is as today.
        let back = with_measure(document, &after, (about, kind), None);
        let today = improved_measure(document, &Improvement::default(), (about, kind));
        prop_assert_eq!(improved_measure(document, &back, (about, kind)), today.clone());
        let typed_today = with_measure(document, &after, (about, kind), today);
        prop_assert_eq!(typed_today, back);
    }
}

/// A place where work parts stays, without work, where it comes from a place where it parts, too.
#[test]
fn a_step_between_two_partings_stays_as_a_place() {
    let mut map = Map::new();
    let step =
        |map: &mut Map, name| map.step(name, &[(M::ProcessTime, "1 h"), (M::WaitingTime, "2 h")]);
    let [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(|name| step(&mut map, name));
    let out = map.station(S::Customer, "out", &[(M::Demand, "1 per d")]);
    map.flow(a, b, FlowKind::Push, &[(M::Share, "50 %")]);
    map.flow(a, c, FlowKind::Push, &[(M::Share, "50 %")]);
    map.flow(b, d, FlowKind::Push, &[(M::Share, "30 %")]);
    map.flow(b, e, FlowKind::Push, &[(M::Share, "70 %")]);
    for last in [c, d, e] {
        map.flow(last, out, FlowKind::Push, &[]);
    }
    let improvement = Improvement {
        without: LeftOut::new([Without(b)]),
        ..Improvement::default()
    };
    let without = improved(&map.document, &improvement);
    let station = &without.stations()[&b];
    assert_eq!(station.measures.get(M::WaitingTime), None);
    let none = station.measures.get(M::ProcessTime).unwrap();
    assert_eq!(none.amount.likely(), Some(0.0));
    // Without the other way there is nothing to work out: it is gone.
    let other = *map
        .document
        .flows()
        .iter()
        .find(|(_, flow)| flow.to == c)
        .unwrap()
        .0;
    map.edit(|edit| edit.remove(other));
    map.state(map_flow(&map, a, b), M::Share, "");
    let without = improved(&map.document, &improvement);
    assert!(!without.stations().contains_key(&b));
    assert_eq!(
        map_flow_share(&without, a, d).as_deref(),
        Some("30 %"),
        "{:?}",
        without.flows()
    );
}

fn map_flow(map: &Map, from: Id, to: Id) -> Id {
    let mut flows = map.document.flows().iter();
    let flow = flows.find(|(_, flow)| flow.from == from && flow.to == to);
    *flow.unwrap().0
}

fn map_flow_share(document: &Document, from: Id, to: Id) -> Option<String> {
    let mut flows = document.flows().values();
    let flow = flows.find(|flow| flow.from == from && flow.to == to)?;
    let share = flow.measures.get(M::Share)?;
    Some(loopstream::model::measure_text(share))
}

/// A part of what it is and a number that was typed stand beside each other.
#[test]
fn a_part_changes_what_a_typed_number_does_not() {
    let mut map = Map::new();
    let step = map.step("step", &[(M::ProcessTime, "4 h")]);
    let one = Improvement {
        changes: MeasureChanges::new([MeasureChange {
            about: step,
            measure: M::ProcessTime,
            change: Adjustment::Part(0.5),
        }]),
        ..Improvement::default()
    };
    let typed = with_measure(
        &map.document,
        &one,
        (step, M::ProcessTime),
        Some(measure(M::ProcessTime, "3 h")),
    );
    map.state(step, M::ProcessTime, "8 h");
    let after = |improvement| {
        let measure = improved_measure(&map.document, improvement, (step, M::ProcessTime));
        loopstream::model::measure_text(&measure.unwrap())
    };
    assert_eq!((after(&one), after(&typed)), ("4 h".into(), "3 h".into()));
}
