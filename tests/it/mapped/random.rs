//! Documents of every shape: nothing panics, and what is ready can run.

use loopstream::model::{
    Id, Improvement, MeasureChange, MeasureChanges, MeasureKind, Records, improved,
};
use loopstream::simulate::events::{Run, Until};
use loopstream::simulate::mapped::Mapped;
use loopstream::stream::Stream;
use proptest::prelude::*;

use crate::common::document::{adjustment, document};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_document_is_read_or_refused_in_words(
        document in document(),
        changes in proptest::collection::vec((0_usize..9, proptest::sample::select(&MeasureKind::ALL[..]), adjustment()), 0..4),
        groups in proptest::collection::vec(any::<u64>(), 4),
    ) {
        let frames = document.frames().iter().filter(|(_, frame)| frame.limit.is_some());
        let inside: Records<Vec<Id>> = frames.zip(groups).map(|((frame, _), bits)| {
            let stations = document.stations().keys().enumerate();
            let stations = stations.filter(|(place, _)| bits >> (place % 64) & 1 == 1);
            (*frame, stations.map(|(_, id)| *id).collect())
        }).collect();
        let records: Vec<Id> = document.stations().keys().chain(document.flows().keys()).copied().collect();
        let changes = changes.into_iter().filter_map(|(place, measure, change)| {
            let about = *records.get(place)?;
            Some(MeasureChange { about, measure, change })
        });
        let changes = MeasureChanges::new(changes);
        for stream in Stream::all(&document) {
            let improvement = Improvement {
                changes: changes.clone(),
                ..Improvement::default()
            };
            let improved = improved(&document, &improvement);
            match Mapped::of(&improved, &stream.stations, &inside) {
                Ok(mapped) => {
                    let size = mapped.plan.size();
                    prop_assert_eq!(mapped.places.len(), size);
                    prop_assert_eq!(mapped.waits_for.len(), size);
                    prop_assert_eq!(mapped.crews.len(), mapped.plan.crews().count());
                    let line = mapped.plan.line();
                    prop_assert_eq!(mapped.sources.len(), line.sources.len());
                    let kinds = line.sources.iter().map(|source| usize::from(source.kind));
                    prop_assert!(kinds.max().is_none_or(|kind| kind < mapped.kinds.len()));
                    for record in mapped.places.iter().map(|place| place.record) {
                        prop_assert!(stream.index_of(record).is_some() || stream.flows.contains(&record));
                    }
                    prop_assert!(!line.sources.is_empty());
                    let mut run = Run::new(&mapped.with_work_waiting().plan, 1, 0, Until::Left { items: 20, latest: 1e9 });
                    let _ = run.advance(5_000);
                }
                Err(error) => {
                    prop_assert!(!error.gaps.is_empty());
                    for gap in error.gaps {
                        prop_assert!(gap.words.ends_with('.'), "{}", gap.words);
                        prop_assert!(!gap.words.contains("makes no line"), "{}", gap.words);
                    }
                }
            }
        }
    }
}

/// A very long row of queues and steps takes no long stack, and no long time.
#[test]
fn a_long_map_is_read_quickly() {
    use loopstream::model::{
        Document, Edit, Element, Flow, FlowKind, Measure, Station, StationKind, Unit,
    };
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let count = 6_000;
    for number in 0..=count {
        let kind = match number {
            0 => StationKind::Supplier,
            5_000 => StationKind::Step,
            6_000 => StationKind::Customer,
            _ => StationKind::Queue,
        };
        let mut station = Station {
            kind,
            ..Station::default()
        };
        let (measure, amount, unit) = match kind {
            StationKind::Customer => (MeasureKind::Demand, 1.0, Unit::PerHour),
            _ => (MeasureKind::ProcessTime, 5.0, Unit::Minute),
        };
        if matches!(kind, StationKind::Step | StationKind::Customer) {
            station
                .measures
                .set(measure, Some(Measure::measured(amount, unit)));
        }
        edit.set(Id::from_bits(number + 1), Some(Element::Station(station)));
        if number > 0 {
            let flow = Flow::new(
                Id::from_bits(number),
                Id::from_bits(number + 1),
                FlowKind::Push,
            );
            edit.set(Id::from_bits(100_000 + number), Some(Element::Flow(flow)));
        }
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let mapped = super::ready(&document);
    assert_eq!(mapped.plan.size(), 1);
    assert_eq!(mapped.waits_for[0].len(), 4_999);
}
