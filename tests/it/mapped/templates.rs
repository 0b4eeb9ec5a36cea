//! The ready maps: each runs, or says what it lacks.

use loopstream::model::{Document, Id, MeasureKind, Records};
use loopstream::simulate::mapped::Mapped;
use loopstream::stream::Stream;

/// Whether a document really lacks a measure of one of these records.
fn lacks(document: &Document, record: Id, kind: MeasureKind) -> bool {
    if let Some(flow) = document.flows().get(&record) {
        return flow
            .measures
            .get(kind)
            .is_none_or(|stated| stated.amount.likely().is_none());
    }
    let Some(station) = document.stations().get(&record) else {
        return false;
    };
    let own = station
        .measures
        .get(kind)
        .and_then(|stated| stated.amount.likely());
    let products = station.products.iter();
    let mut products = products.map(|product| product.measures.get(kind));
    own.is_none_or(|own| own == 0.0) || products.any(|own| own.is_none())
}

#[test]
fn every_ready_map_runs_or_names_what_is_missing() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/templates");
    let mut ready = Vec::new();
    let mut wanting = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_diagram = name != "index.json" && name.ends_with(".json");
        if !is_diagram {
            continue;
        }
        let document = crate::templates::document_of(&name);
        for stream in Stream::all(&document) {
            match Mapped::of(&document, &stream.stations, &Records::new()) {
                Ok(mapped) => {
                    assert_eq!(mapped.places.len(), mapped.plan.size(), "{name}");
                    ready.push(name.clone());
                }
                Err(error) => {
                    for gap in &error.gaps {
                        let kind = gap.measure.unwrap_or_else(|| panic!("{name}: {gap:?}"));
                        for record in &gap.about {
                            assert!(lacks(&document, *record, kind), "{name}: {gap:?}");
                        }
                    }
                    let words = error
                        .gaps
                        .iter()
                        .map(|gap| format!("{name}: {}", gap.words));
                    wanting.extend(words);
                }
            }
        }
    }
    ready.sort();
    wanting.sort();
    println!("ready {ready:#?}\nwanting {wanting:#?}");
    assert!(
        ready.contains(&"penny-fab-one.json".to_owned()),
        "{wanting:#?}"
    );
    assert!(ready.contains(&"p-and-q.json".to_owned()), "{wanting:#?}");
    assert!(ready.len() > wanting.len(), "{wanting:#?}");
}
