//! Comparing two documents and merging them: what is chosen comes over, and nothing else.

use crate::common::changes::patch_of;
use crate::common::document::{any_id_apart, changes, document as any_document};
use loopstream::compare::{DifferenceKind, Part, aligned, differences, merge};
use loopstream::model::{
    Document, Edit, Element, Flow, FlowKind, Id, Measure, MeasureKind, Measures, Placement, Point,
    Product, Products, Station, StationKind, Unit, rebase,
};
use proptest::prelude::*;

fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

fn station(name: &str, x: f64, hours: Option<f64>) -> Element {
    let mut station = Station {
        name: name.to_owned(),
        placement: Placement {
            position: Point::new(x, 0.0),
            ..Placement::default()
        },
        ..Station::default()
    };
    let measure = hours.map(|hours| Measure::measured(hours, Unit::Hour));
    station.measures.set(MeasureKind::ProcessTime, measure);
    Element::Station(station)
}

fn made(elements: impl IntoIterator<Item = (u64, Element)>) -> Document {
    let mut document = Document::default();
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (bits, element) in elements {
        edit.set(id(bits), Some(element));
    }
    document.apply(&edit.finish()).unwrap();
    document
}

fn flow(from: u64, to: u64) -> Element {
    Element::Flow(Flow::new(id(from), id(to), FlowKind::Push))
}

#[test]
fn maps_drawn_apart_are_matched_by_name() {
    let ours = made([
        (1, station("Build", 0.0, Some(2.0))),
        (2, station("Test", 200.0, Some(3.0))),
        (3, flow(1, 2)),
    ]);
    let theirs = made([
        (11, station(" build ", 50.0, Some(2.5))),
        (15, station("Deploy", 500.0, None)),
        (12, station("Test", 250.0, Some(3.0))),
        (13, flow(11, 12)),
        (14, flow(12, 15)),
    ]);
    let theirs = aligned(&ours, &theirs);
    let found = differences(&ours, &theirs);
    let told: Vec<(Option<Element>, DifferenceKind)> = found
        .iter()
        .map(|d| (theirs.element(d.id), d.kind.clone()))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(found[0].id, id(1));
    assert_eq!(
        found[0].kind,
        DifferenceKind::Changed(vec!["name", "process time"])
    );
    assert!(
        matches!(&told[1], (Some(Element::Station(s)), DifferenceKind::Added) if s.name == "Deploy")
    );
    assert!(matches!(
        &told[2],
        (Some(Element::Flow(_)), DifferenceKind::Added)
    ));

    // A flow brings the station along that it leads to.
    let patch = merge(&ours, &theirs, &[Part::Record(found[2].id)]);
    let mut merged = ours.clone();
    merged.apply(&patch).unwrap();
    assert_eq!(merged.stations().len(), 3);
    assert_eq!(merged.flows().len(), 2);
    merged.apply(&patch.inverted()).unwrap();
    assert_eq!(merged, ours);
}

/// A press that makes cups and lids for a market.
fn products(minutes: f64, demand: f64) -> Document {
    let product = |name: &str, kind: MeasureKind, measure: Measure| Product {
        name: name.to_owned(),
        measures: Measures::new().with(kind, measure),
    };
    let at = |kind: StationKind, name: &str, products: [Product; 1]| {
        Element::Station(Station {
            kind,
            name: name.to_owned(),
            products: Products::new(products),
            ..Station::default()
        })
    };
    let minutes = Measure::measured(minutes, Unit::Minute);
    let demand = Measure::measured(demand, Unit::PerDay);
    let cups = product("Cups", MeasureKind::ProcessTime, minutes);
    let lids = product("Lids", MeasureKind::Demand, demand);
    let mut document = made([
        (1, at(StationKind::Step, "Press", [cups])),
        (2, at(StationKind::Customer, "Market", [lids])),
        (3, flow(1, 2)),
    ]);
    let mut properties = document.properties().clone();
    properties.stream.paths.set(&[id(3)], "The only one");
    let mut edit = Edit::new(&document);
    edit.set_properties(properties);
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

#[test]
fn products_are_compared_and_merged_as_all_else() {
    let (ours, theirs) = (products(12.0, 30.0), products(10.0, 30.0));
    let found = differences(&ours, &theirs);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, id(1));
    assert_eq!(found[0].kind, DifferenceKind::Changed(vec!["products"]));
    let mut merged = ours.clone();
    let patch = merge(&ours, &theirs, &[Part::Record(id(1))]);
    merged.apply(&patch).unwrap();
    assert_eq!(merged, theirs);
    // Two people change another product, or another measure, of the same station: both stay.
    let base = products(12.0, 30.0);
    let change = |name: &str, kind: MeasureKind, amount: f64| {
        let measure = Measure::measured(amount, Unit::One);
        let mut edit = Edit::new(&base);
        edit.change(id(2), |element| {
            if let Element::Station(station) = element {
                let product = station.products.entry(name);
                product.measures.set(kind, Some(measure));
            }
        });
        edit.finish()
    };
    let mine = change("Lids", MeasureKind::Price, 9.0);
    let mut theirs = base.clone();
    let patch = change("Cups", MeasureKind::Materials, 4.0);
    theirs.apply(&patch).unwrap();
    theirs.apply(&rebase(&mine, &theirs)).unwrap();
    let market = &theirs.stations()[&id(2)].products;
    let lids = &market.get("Lids").unwrap().measures;
    assert!(lids.get(MeasureKind::Demand).is_some() && lids.get(MeasureKind::Price).is_some());
    let cups = &market.get("Cups").unwrap().measures;
    assert!(cups.get(MeasureKind::Materials).is_some());
    // A map that was drawn apart names its own flows.
    let apart = aligned(&base, &any_id_apart(&base));
    assert_eq!(apart.flows().keys().collect::<Vec<_>>(), [&id(3)]);
}

#[test]
fn a_merged_change_keeps_its_place() {
    let ours = made([(1, station("Build", 0.0, Some(2.0)))]);
    let theirs = made([(1, station("Build", 900.0, Some(1.0)))]);
    let patch = merge(&ours, &theirs, &[Part::Record(id(1))]);
    let mut merged = ours;
    merged.apply(&patch).unwrap();
    assert_eq!(merged.stations()[&id(1)].placement.position.x, 0.0);
    assert_eq!(differences(&merged, &theirs), []);
}

proptest! {
    #[test]
    fn taking_everything_over_leaves_no_difference(ours in any_document(), moved in changes()) {
        // The same document after some changes, and one drawn apart.
        let mut later = ours.clone();
        later.apply(&patch_of(&ours, &moved)).unwrap();
        for theirs in [later.clone(), any_id_apart(&later)] {
            let theirs = aligned(&ours, &theirs);
            let found = differences(&ours, &theirs);
            let mut parts: Vec<Part> = found.iter().map(|d| Part::Record(d.id)).collect();
            parts.extend([Part::Title, Part::Purpose, Part::Settings]);
            let patch = merge(&ours, &theirs, &parts);
            let mut merged = ours.clone();
            merged.apply(&patch).unwrap();
            // Two labels of one loop cannot both be: the standing one stays.
            let left: Vec<_> = differences(&merged, &theirs)
                .into_iter()
                .filter(|d| !matches!(merged.element(d.id).or(theirs.element(d.id)), Some(Element::LoopLabel(_))))
                .collect();
            prop_assert_eq!(left, vec![]);
            prop_assert_eq!(merged.properties(), theirs.properties());
            merged.apply(&patch.inverted()).unwrap();
            prop_assert_eq!(&merged, &ours);
        }
    }

    #[test]
    fn a_document_does_not_differ_from_itself(ours in any_document()) {
        prop_assert_eq!(differences(&ours, &aligned(&ours, &ours)), vec![]);
    }

    #[test]
    fn nothing_chosen_changes_nothing(ours in any_document(), theirs in any_document()) {
        let theirs = aligned(&ours, &theirs);
        prop_assert!(merge(&ours, &theirs, &[]).is_empty());
    }
}
