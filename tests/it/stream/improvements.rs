//! Named improvements: what each makes of a stream is what the stream is once its measures are changed
//! by hand.

use loopstream::model::{
    Adjustment, Amount, Document, Edit, Element, FlowKind, Id, Improvement, Measure, MeasureChange,
    MeasureChanges, MeasureKind as M, Stated, StationKind as S, StepValue, Unit,
    patch_of_improvement,
};
use loopstream::stream::{
    Bound, Certain, FigureKind as F, Prospect, Status, StreamReport, improvement_lines, prospect,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::assert_near;
use super::maps::{Map, figure, likely};
use crate::common::document::adjustment;

/// What people change of a step.
const OF_STEP: [M; 7] = [
    M::ProcessTime,
    M::Servers,
    M::WaitingTime,
    M::CompleteAndAccurate,
    M::Batch,
    M::Changeover,
    M::Uptime,
];

/// A line with rework from the last step to the first, whose measures are stated, estimated, unknown
/// or left out.
fn line() -> impl Strategy<Value = (Document, Vec<Id>, Id)> {
    let text = |texts: &'static [&'static str]| select(texts);
    let step = (
        text(&["", "?", "2 h", "45 min", "~3 h", "1-2-5 h"]),
        text(&["", "?", "1", "3"]),
        text(&["", "3 h", "1 d", "?"]),
        text(&["", "80 %", "95 %"]),
        (text(&["", "8"]), text(&["", "30 min"]), text(&["", "90 %"])),
        text(&["", "team"]),
    );
    (vec(step, 1..6), select(&["4 per d", "40 per d"][..])).prop_map(|(steps, demand)| {
        let mut map = Map::new();
        let mut all = Vec::new();
        for (time, people, wait, good, (batch, change, uptime), resource) in steps {
            let stated = [
                (M::ProcessTime, time),
                (M::Servers, people),
                (M::WaitingTime, wait),
                (M::CompleteAndAccurate, good),
                (M::Batch, batch),
                (M::Changeover, change),
                (M::Uptime, uptime),
            ];
            let stated: Vec<_> = stated
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .collect();
            let id = map.step("step", &stated);
            map.edit(|edit| {
                edit.change(id, |element| {
                    if let Element::Station(station) = element {
                        resource.clone_into(&mut station.resource);
                    }
                });
            });
            all.push(id);
        }
        let customer = map.station(S::Customer, "customer", &[(M::Demand, demand)]);
        let mut chain = all.clone();
        chain.push(customer);
        map.push(&chain);
        let (first, last) = (all[0], all[all.len() - 1]);
        let back = map.flow(last, first, FlowKind::Rework, &[(M::Share, "20 %")]);
        (map.document, all, back)
    })
}

/// The number that a person types in the place of another one, by hand.
fn typed(kind: M, stated: Option<&Measure>, how: Adjustment) -> Option<Measure> {
    let (least, most) = kind.range();
    let number = |number: f64| {
        let number = match how {
            Adjustment::Part(part) => number * part,
            Adjustment::More(more) => number + more,
            Adjustment::To(share) => share,
            Adjustment::Is(_) => unreachable!("a typed measure is no number of another"),
        };
        if number < least {
            least
        } else if number > most {
            most
        } else {
            number
        }
    };
    let counted = matches!(kind, M::Servers | M::Batch);
    match (stated, how) {
        (_, Adjustment::Is(stated)) => Some(stated.measure(kind)),
        (_, Adjustment::To(share)) => {
            let unit = stated.map_or(Unit::Percent, |stated| stated.unit);
            Some(Measure::measured(number(share), unit))
        }
        (None, _) if counted => Some(Measure::measured(number(1.0), Unit::One)),
        (None, _) => None,
        (Some(stated), _) => {
            let mut after = stated.clone();
            match &mut after.amount {
                Amount::Unknown => {}
                Amount::Guessed(one) | Amount::Measured(one) => *one = number(*one),
                Amount::Estimated(estimate) => {
                    estimate.low = number(estimate.low);
                    estimate.likely = number(estimate.likely);
                    estimate.high = number(estimate.high);
                }
            }
            Some(after)
        }
    }
}

/// The document in which a person has changed one measure after the other.
fn by_hand(document: &Document, improvement: &Improvement) -> Document {
    let mut changed = document.clone();
    for change in improvement.changes.iter() {
        let resource = |id: &Id| {
            let station = changed.stations().get(id);
            station
                .map(|station| station.resource.clone())
                .unwrap_or_default()
        };
        // Who shares people gets them too.
        let own = resource(&change.about);
        let mut about = vec![change.about];
        if change.measure == M::Servers && !own.is_empty() {
            about = changed
                .stations()
                .keys()
                .filter(|id| resource(id) == own)
                .copied()
                .collect();
        }
        let mut edit = Edit::new(&changed);
        for id in about {
            edit.change(id, |element| match element {
                Element::Station(station) => {
                    let before = station.measures.get(change.measure);
                    let after = typed(change.measure, before, change.change);
                    station.measures.set(change.measure, after);
                }
                Element::Flow(flow) => {
                    let before = flow.measures.get(change.measure);
                    let after = typed(change.measure, before, change.change);
                    flow.measures.set(change.measure, after);
                }
                _ => unreachable!("only steps and flows change"),
            });
        }
        let patch = edit.finish();
        changed.apply(&patch).unwrap();
    }
    changed
}

fn improvement_of(steps: &[Id], back: Id, changes: Vec<(Index, Index, Adjustment)>) -> Improvement {
    let change = |(at, kind, change): (Index, Index, Adjustment)| {
        let place = at.index(steps.len() + 1);
        let (about, measure) = match steps.get(place) {
            Some(step) => (*step, *kind.get(&OF_STEP)),
            None => (back, M::Share),
        };
        // Only a share becomes a number of its own, and a count grows by one.
        let change = match (change, measure) {
            (Adjustment::To(_), M::CompleteAndAccurate | M::Uptime | M::Share) => change,
            (Adjustment::To(share), M::Servers | M::Batch) => {
                Adjustment::Is(Stated::of(&Measure::measured(share, Unit::One)))
            }
            (Adjustment::To(share), _) => {
                Adjustment::Is(Stated::of(&Measure::measured(share, Unit::Minute)))
            }
            (change, _) => change,
        };
        MeasureChange {
            about,
            measure,
            change,
        }
    };
    Improvement {
        name: "Tried".to_owned(),
        place: 0,
        changes: MeasureChanges::new(changes.into_iter().map(change)),
        ..Improvement::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_improvement_does_what_changing_the_measures_by_hand_does(
        (document, steps, back) in line(),
        changes in vec((any::<Index>(), any::<Index>(), adjustment()), 0..4),
    ) {
        let improvement = improvement_of(&steps, back, changes);
        let hand = by_hand(&document, &improvement);
        let report = StreamReport::of(&hand);
        let results = report.main().unwrap();
        let limit = results.limit.as_ref();
        let figure = |kind| results.figure(kind).copied();
        let expected = Prospect {
            throughput: figure(F::Throughput),
            lead_time: figure(F::LeadTime),
            constraint: limit.map(|limit| {
                let certain = if limit.is_certain() { Certain::Yes } else { Certain::No };
                (limit.stations().collect(), certain)
            }),
            queue_growth: limit.and_then(|limit| limit.queue_growth()),
            activity_ratio: figure(F::ActivityRatio),
            rolled: figure(F::RolledCompleteAndAccurate),
        };
        let mut made = document.clone();
        made.apply(&patch_of_improvement(&document, &improvement)).unwrap();
        prop_assert_eq!(prospect(&made, &[]), Some(expected));
        // The table says the same in words, each number in the unit of today's.
        let (today, lines) = improvement_lines(&document, &[], &[&improvement]).unwrap();
        let (at_hand, _) = improvement_lines(&hand, &[], &[]).unwrap();
        for (cell, by_hand) in lines[0].cells.iter().zip(&at_hand.cells) {
            prop_assert_eq!(&cell.status, &by_hand.status);
            prop_assert_eq!(cell.value == "unknown", by_hand.value == "unknown");
        }
        prop_assert!(today.cells.iter().all(|cell| cell.difference.is_empty()));
        prop_assert!(lines[0].cells.iter().all(|cell| !cell.difference.is_empty()));
    }
}

#[test]
fn differences_are_told_with_arrows_and_words_in_the_units_of_today() {
    let mut map = Map::new();
    let build = map.step("Build", &[(M::ProcessTime, "1 h"), (M::WaitingTime, "1 d")]);
    let test = map.step("Test", &[(M::ProcessTime, "4 h"), (M::WaitingTime, "2 d")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "4 per d")]);
    map.push(&[build, test, out]);
    let change = |about: Id, measure: M, change: Adjustment| MeasureChange {
        about,
        measure,
        change,
    };
    let two = Improvement {
        name: "Two testers".to_owned(),
        changes: MeasureChanges::new([change(test, M::Servers, Adjustment::More(1.0))]),
        ..Improvement::default()
    };
    let wait = Improvement {
        name: "Test sooner".to_owned(),
        changes: MeasureChanges::new([change(test, M::WaitingTime, Adjustment::Part(0.5))]),
        ..Improvement::default()
    };
    let (today, lines) = improvement_lines(&map.document, &[], &[&two, &wait]).unwrap();
    let words = |line: usize| {
        let cells = lines[line].cells.iter();
        cells
            .map(|cell| cell.difference.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(today.cells[0].value, "2 per d");
    assert_eq!(today.cells[2].value, "Test");
    assert_eq!(today.cells[3].value, "+2 per d");
    assert_eq!(lines[0].changes, ["Test: people or machines 1 \u{2192} 2"]);
    assert_eq!(lines[0].cells[0].value, "4 per d");
    assert_eq!(words(0)[0], "\u{2191} 2 per d more");
    assert_eq!(words(0)[1], "as today");
    assert_eq!(words(0)[3], "\u{2193} 2 per d slower");
    assert_eq!(lines[0].cells[3].value, "does not grow");
    assert_eq!(lines[1].changes, ["Test: waiting time 2 d \u{2192} 1 d"]);
    assert_eq!(words(1)[1], "\u{2193} 1 d shorter");
    assert_eq!(words(1)[2], "as today");
    assert!(words(1)[4].ends_with("points higher"), "{:?}", words(1));
    // Nobody knows the %C&A, before or after.
    assert_eq!(words(1)[5], "can't be compared");
    assert_eq!(lines[1].cells[5].value, "unknown");
}

#[test]
fn a_count_of_today_says_nothing_of_another_stream() {
    let mut map = Map::new();
    let test = map.step("Test", &[(M::ProcessTime, "4 h")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "4 per d")]);
    map.push(&[test, out]);
    map.edit(|edit| {
        let mut properties = edit.properties().clone();
        properties.stream.throughput = Some(Measure::measured(3.0, Unit::PerDay));
        edit.set_properties(properties);
    });
    assert!(likely(&map.report(), F::Throughput) > 0.0);
    let (today, _) = improvement_lines(&map.document, &[], &[]).unwrap();
    assert_eq!(today.cells[0].value, "2 per d");
}

/// Marks are taken for shares of the process time; a step that is not marked leaves a bound.
#[test]
fn the_value_adding_share_is_of_what_is_marked() {
    let mut map = Map::new();
    let cut = map.step("Cut", &[(M::ProcessTime, "1 h"), (M::WaitingTime, "3 h")]);
    let check = map.step("Check", &[(M::ProcessTime, "2 h"), (M::WaitingTime, "1 h")]);
    let paint = map.step("Paint", &[(M::ProcessTime, "1 h"), (M::WaitingTime, "0 h")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per d")]);
    map.push(&[cut, check, paint, out]);
    let none = map.report();
    assert!(
        none.main()
            .unwrap()
            .figure(F::ValueAddedOfProcess)
            .is_none()
    );
    mark(&mut map, cut, StepValue::ValueAdding);
    mark(&mut map, check, StepValue::Waste);
    let some = map.report();
    assert_near(likely(&some, F::ValueAddedTime), 3_600.0);
    assert_near(likely(&some, F::ValueAddedOfProcess), 0.25);
    assert_near(likely(&some, F::ValueAddedOfLead), 0.125);
    assert_near(likely(&some, F::ValueAddedOfMarked), 1.0 / 3.0);
    for kind in [
        F::ValueAddedTime,
        F::ValueAddedOfProcess,
        F::ValueAddedOfLead,
    ] {
        assert_eq!(figure(&some, kind).status, Status::Bound(Bound::Lower));
    }
    assert_eq!(figure(&some, F::ValueAddedOfMarked).status, Status::Exact);
    mark(&mut map, paint, StepValue::Necessary);
    let all = map.report();
    assert_eq!(figure(&all, F::ValueAddedOfProcess).status, Status::Exact);
    assert_near(likely(&all, F::ValueAddedOfLead), 0.125);
    assert!(all.main().unwrap().figure(F::ValueAddedOfMarked).is_none());
    // What is measured counts more than the mark.
    map.state(cut, M::ValueAdded, "50 %");
    assert_near(likely(&map.report(), F::ValueAddedTime), 1_800.0);
    // With a wait unknown the share can only be less; with a mark missing too, nobody can tell.
    map.state(check, M::WaitingTime, "?");
    let upper = Status::Bound(Bound::Upper);
    assert_eq!(figure(&map.report(), F::ValueAddedOfLead).status, upper);
    mark(&mut map, paint, StepValue::Unmarked);
    let open = map.report();
    assert_eq!(figure(&open, F::ValueAddedOfLead).outcome.likely(), None);
}

fn mark(map: &mut Map, id: Id, value: StepValue) {
    map.edit(|edit| {
        edit.change(id, |element| {
            if let Element::Station(station) = element {
                station.value = value;
            }
        });
    });
}
