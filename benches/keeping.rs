//! What it costs to keep, open and share a document of 5,000 elements.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use loopstream::format::{json, link};
use loopstream::model::{
    Delay, Document, Edit, Element, Id, IdSource, Link, Patch, Placement, Point, Polarity, Variable,
};
use loopstream::store::{InMemory, OpenDocument, Store};
use loopstream::worker::NativeFormat;

/// A third of the elements are variables, the others links.
const ELEMENTS: usize = 5_000;

fn document() -> Document {
    let mut source = IdSource::new(1);
    let count = ELEMENTS / 3;
    let ids: Vec<Id> = (0..count).map(|_| source.fresh()).collect();
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (index, id) in ids.iter().enumerate() {
        let (row, column) = (index / 40, index % 40);
        let variable = Variable {
            name: format!("what people call it {index}"),
            placement: Placement {
                position: Point::new(column as f64 * 220.0, row as f64 * 130.0),
                ..Placement::default()
            },
            ..Variable::default()
        };
        edit.set(*id, Some(Element::Variable(variable)));
    }
    for index in 0..ELEMENTS - count {
        let to = (source.fresh().bits() % count as u64) as usize;
        let link = Link {
            polarity: [Polarity::Positive, Polarity::Negative, Polarity::Unknown][index % 3],
            delay: [Delay::None, Delay::Delayed][usize::from(index % 8 == 0)],
            ..Link::new(ids[index % count], ids[to], 0.2)
        };
        edit.set(source.fresh(), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

/// A patch that moves one variable.
fn nudge(document: &Document) -> Patch {
    let id = *document.variables().iter().next().unwrap().0;
    let mut edit = Edit::new(document);
    edit.change(id, |element| {
        if let Some(placement) = element.placement_mut() {
            placement.position.x += 1.0;
        }
    });
    edit.finish()
}

fn keeping(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("keeping 5,000 elements");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    let document = document();
    assert_eq!(document.len(), ELEMENTS);
    let text = json::write(&document);
    let packed = link::pack(&document);
    println!(
        "file: {} bytes; link: {} characters",
        text.len(),
        packed.len()
    );

    group.bench_function("write the file", |b| {
        b.iter(|| json::write(black_box(&document)))
    });
    group.bench_function("read the file", |b| {
        b.iter(|| json::read(black_box(&text)).unwrap())
    });
    group.bench_function("pack the link", |b| {
        b.iter(|| link::pack(black_box(&document)))
    });
    group.bench_function("unpack the link", |b| {
        b.iter(|| json::read(&link::unpack(black_box(&packed)).unwrap()).unwrap());
    });

    let (tab, id) = (Id::from_bits(1), Id::from_bits(2));
    let kept = InMemory::default();
    let store = Store {
        storage: &kept,
        codec: &NativeFormat,
    };
    let open = OpenDocument::create(store, id, document.clone(), tab, 0);
    group.bench_function("open it from the storage", |b| {
        b.iter(|| OpenDocument::open(store, id, tab, 1).unwrap());
    });
    let patch = nudge(&document);
    group.bench_function("keep one gesture", |b| {
        b.iter_batched(
            || (open.clone(), kept.clone()),
            |(mut open, storage)| {
                open.record(
                    Store {
                        storage: &storage,
                        codec: &NativeFormat,
                    },
                    &patch,
                    1,
                )
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("write a snapshot", |b| {
        b.iter_batched(
            || {
                let mut open = open.clone();
                let _ = open.record(store, &patch, 1);
                open
            },
            |mut open| open.compact(store, 20_000),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, keeping);
criterion_main!(benches);
