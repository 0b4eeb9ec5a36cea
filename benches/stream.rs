//! What it costs to recompute everything about a value stream after one edit.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use loopstream::model::{
    Document, Edit, Element, Flow, FlowKind, Id, IdSource, Measure, MeasureKind, Station,
    StationKind, Unit, parse_measure,
};
use loopstream::stream::{Lever, StreamReport, missing, sequence, what_if};

/// How sure the measures are.
#[derive(Clone, Copy)]
enum Sureness {
    Measured,
    Estimated,
}

/// A stream of so many steps: every tenth forks into two branches that meet again, every fifth
/// sends some of its work three steps back.
fn document(steps: usize, sureness: Sureness) -> Document {
    let mut source = IdSource::new(1);
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let mut station = |edit: &mut Edit<'_>, kind: StationKind, measures: &[(MeasureKind, &str)]| {
        let id = source.fresh();
        let mut station = Station {
            kind,
            name: format!("Station {id}"),
            ..Station::default()
        };
        for (kind, text) in measures {
            let (amount, unit) = parse_measure(text, *kind).unwrap().unwrap();
            station
                .measures
                .set(*kind, Some(Measure::new(amount, unit)));
        }
        edit.set(id, Some(Element::Station(station)));
        id
    };
    let times = match sureness {
        Sureness::Measured => ["40 min", "3 h"],
        Sureness::Estimated => ["30-40-60 min", "2-3-9 h"],
    };
    let measures = [
        (MeasureKind::ProcessTime, times[0]),
        (MeasureKind::WaitingTime, times[1]),
        (MeasureKind::CompleteAndAccurate, "99 %"),
        (MeasureKind::Servers, "2"),
        (MeasureKind::Uptime, "95 %"),
    ];
    let mut flows: Vec<(Id, Id, FlowKind)> = Vec::new();
    let mut last = station(&mut edit, StationKind::Supplier, &[]);
    let mut line: Vec<Id> = Vec::new();
    while line.len() < steps {
        let next = station(&mut edit, StationKind::Step, &measures);
        flows.push((last, next, FlowKind::Push));
        line.push(next);
        if line.len() % 10 == 4 {
            let (one, other) = (
                station(&mut edit, StationKind::Step, &measures),
                station(&mut edit, StationKind::Step, &measures),
            );
            let meeting = station(&mut edit, StationKind::Step, &measures);
            for branch in [one, other] {
                flows.push((next, branch, FlowKind::Push));
                flows.push((branch, meeting, FlowKind::Push));
            }
            line.extend([one, other, meeting]);
            last = meeting;
        } else {
            last = next;
        }
        if line.len().is_multiple_of(5) {
            flows.push((last, line[line.len().saturating_sub(4)], FlowKind::Rework));
        }
    }
    let customer = station(
        &mut edit,
        StationKind::Customer,
        &[(MeasureKind::Demand, "5 per d")],
    );
    flows.push((last, customer, FlowKind::Push));
    for (from, to, kind) in flows {
        let mut flow = Flow::new(from, to, kind);
        if kind == FlowKind::Rework {
            let share = Measure::measured(10.0, Unit::Percent);
            flow.measures.set(MeasureKind::Share, Some(share));
        }
        edit.set(source_id(from, to, kind), Some(Element::Flow(flow)));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

/// An id of its own for each flow.
fn source_id(from: Id, to: Id, kind: FlowKind) -> Id {
    IdSource::new(from.bits() ^ to.bits().rotate_left(17) ^ kind as u64).fresh()
}

fn stream(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stream");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    for steps in [20, 200, 2_000] {
        let document = document(steps, Sureness::Measured);
        let report = StreamReport::of(&document);
        assert_eq!(report.streams.len(), 1, "{:?}", report.problems);
        assert!(
            report.main().unwrap().limit.is_some(),
            "{:?}",
            report.problems
        );
        group.bench_function(BenchmarkId::new("everything", steps), |bencher| {
            bencher.iter(|| StreamReport::of(black_box(&document)));
        });
        let results = report.main().unwrap();
        let step = results.limit.as_ref().unwrap().stations().next().unwrap();
        group.bench_function(BenchmarkId::new("what if", steps), |bencher| {
            bencher.iter(|| what_if(black_box(results), step, Lever::Time(0.5)));
        });
        group.bench_function(BenchmarkId::new("sequence of limits", steps), |bencher| {
            bencher.iter(|| sequence(black_box(results)));
        });
    }
    for steps in [20, 200] {
        let document = document(steps, Sureness::Estimated);
        let name = BenchmarkId::new("everything, all times estimated", steps);
        group.bench_function(name, |bencher| {
            bencher.iter(|| StreamReport::of(black_box(&document)));
        });
        let report = StreamReport::of(&document);
        let name = BenchmarkId::new("what is missing, all times estimated", steps);
        group.bench_function(name, |bencher| {
            bencher.iter(|| missing(black_box(report.main().unwrap())));
        });
    }
    group.finish();
}

criterion_group!(benches, stream);
criterion_main!(benches);
