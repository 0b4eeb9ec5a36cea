//! Two futures of a map have the same chance.

use loopstream::model::{
    AddedStep, AddedSteps, Adjustment, FlowKind, Id, Improvement, LeftOut, Measure, MeasureChange,
    MeasureChanges, MeasureKind as M, Measures, StationKind as S, Unit, Without, improved,
};
use loopstream::simulate::events::compare;
use loopstream::simulate::mapped::Mapped;

use super::{HOUR, ready, study};
use crate::stream::maps::Map;

/// Three steps, of which the last two send some back, and a customer.
fn map() -> (Map, Vec<Id>) {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let one = map.step("One", &[(M::ProcessTime, "10-20-40 min")]);
    let two = map.step("Two", &[(M::ProcessTime, "20 min"), (M::Variation, "0.5")]);
    let three = map.step("Three", &[(M::ProcessTime, "15 min")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1.7 per h")]);
    map.push(&[supplier, one, two, three, out]);
    let back = map.flow(three, two, FlowKind::Rework, &[(M::Share, "10 %")]);
    (map, vec![one, two, three, back])
}

#[track_caller]
fn same(one: &Mapped, other: &Mapped) {
    let length = 400.0 * HOUR;
    let (one, other) = (study(one, length, 4), study(other, length, 4));
    let found = compare(&one, &other).unwrap();
    assert!(
        found
            .each
            .iter()
            .flatten()
            .all(|difference| *difference == 0.0),
        "{found:?}"
    );
}

#[test]
fn equal_maps_differ_by_exactly_nothing() {
    let (map, _) = map();
    same(&ready(&map.document), &ready(&map.document));
}

#[test]
fn a_step_that_takes_no_time_changes_nothing() {
    let (map, ids) = map();
    let mut longer = Map::new();
    longer.document = map.document.clone();
    let flow = *map
        .document
        .flows()
        .iter()
        .find(|(_, flow)| flow.to == ids[1] && flow.from == ids[0])
        .unwrap()
        .0;
    longer.edit(|edit| {
        use loopstream::model::{Element, Flow, Measure, Station, Unit};
        let new = Id::from_bits(1_000);
        let mut station = Station::default();
        station
            .measures
            .set(M::ProcessTime, Some(Measure::measured(0.0, Unit::Minute)));
        edit.set(new, Some(Element::Station(station)));
        edit.remove(flow);
        edit.set(
            Id::from_bits(1_001),
            Some(Element::Flow(Flow::new(ids[0], new, FlowKind::Push))),
        );
        edit.set(
            Id::from_bits(1_002),
            Some(Element::Flow(Flow::new(new, ids[1], FlowKind::Push))),
        );
    });
    let (before, after) = (ready(&map.document), ready(&longer.document));
    assert_eq!(after.plan.size(), before.plan.size() + 1);
    same(&before, &after);
}

#[test]
fn a_step_that_comes_first_or_a_new_supplier_leaves_the_items_as_they_are() {
    let (map, ids) = map();
    let mut without = Map::new();
    without.document = map.document.clone();
    let supplier = *map.document.stations().keys().next().unwrap();
    without.edit(|edit| edit.remove(supplier));
    let (before, after) = (ready(&map.document), ready(&without.document));
    assert_eq!(after.sources, [ids[0]]);
    same(&before, &after);
}

#[test]
fn an_improvement_is_the_map_with_its_measures_changed() {
    let (map, ids) = map();
    let change = |about, measure, change| MeasureChange {
        about,
        measure,
        change,
    };
    let improvement = Improvement {
        changes: MeasureChanges::new([
            change(ids[0], M::ProcessTime, Adjustment::Part(0.5)),
            change(ids[1], M::Servers, Adjustment::More(1.0)),
            change(ids[3], M::Share, Adjustment::Part(0.5)),
        ]),
        ..Improvement::default()
    };
    let with = ready(&improved(&map.document, &improvement));
    assert_ne!(with.plan.line(), ready(&map.document).plan.line());
    let crew = with
        .crews
        .iter()
        .find(|crew| crew.steps == [ids[1]])
        .unwrap();
    assert_eq!((crew.count, &*crew.name), (2, "Two"));
}

/// The flow between two stations.
fn flow_between(map: &Map, from: Id, to: Id) -> Id {
    let mut flows = map.document.flows().iter();
    let flow = flows.find(|(_, flow)| flow.from == from && flow.to == to);
    *flow.unwrap().0
}

#[test]
fn a_step_without_time_that_an_improvement_puts_in_changes_nothing() {
    let (map, ids) = map();
    let step = |id: u64, flow, time: f64| AddedStep {
        id: Id::from_bits(id),
        flow,
        name: "Look".to_owned(),
        place: 0,
        measures: Measures::new().with(M::ProcessTime, Measure::measured(time, Unit::Minute)),
    };
    let before = ready(&map.document);
    let flow = flow_between(&map, ids[0], ids[1]);
    // Two on one flow, and one on another.
    let next = flow_between(&map, ids[1], ids[2]);
    let improvement = |time| Improvement {
        added: AddedSteps::new([
            step(900, flow, 0.0),
            step(901, flow, 0.0),
            step(902, next, time),
        ]),
        ..Improvement::default()
    };
    let after = ready(&improved(&map.document, &improvement(0.0)));
    assert_eq!(after.plan.size(), before.plan.size() + 3);
    same(&before, &after);
    let longer = ready(&improved(&map.document, &improvement(5.0)));
    let length = 400.0 * HOUR;
    let found = compare(&study(&before, length, 4), &study(&longer, length, 4)).unwrap();
    let lead = found.lead.unwrap();
    assert!(lead.mean >= 5.0 * 60.0, "{lead:?}");
}

#[test]
fn leaving_out_a_step_without_time_changes_nothing() {
    let (mut map, ids) = map();
    map.state(ids[0], M::ProcessTime, "0 min");
    let improvement = Improvement {
        without: LeftOut::new([Without(ids[0])]),
        ..Improvement::default()
    };
    let (before, after) = (
        ready(&map.document),
        ready(&improved(&map.document, &improvement)),
    );
    assert_eq!(after.plan.size() + 1, before.plan.size());
    same(&before, &after);
}
