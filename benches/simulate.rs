//! What a simulation model costs: from its text to the first result, one run more, and the scores of
//! its links.
//!
//! The models are a small one, one of World3's size (300 variables, 400 steps), and, where a folder
//! of files by others is named (LOOPSTREAM_SHARED_DATA), C-LEARN (3,542 elements, 1,000 steps).

#![allow(clippy::expect_used, missing_docs)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use loopstream::causal::Progress;
use loopstream::simulate::{Compiled, LinkRun, Run, Settings, Source, Which, compile, read, wire};

#[path = "simulate/models.rs"]
mod models;

fn compiled(text: &str) -> Arc<Compiled> {
    let source = read(text).expect("the model can be read");
    Arc::new(compile(&source, &Settings::default()).expect("the model can run"))
}

fn run(model: &Arc<Compiled>) -> Run {
    let mut run = Run::new(Arc::clone(model)).expect("the run has room");
    while run.advance(u64::MAX) == Progress::Unfinished {}
    run
}

fn scored(source: &Source) -> LinkRun {
    let wired = wire(source, &Settings::default()).expect("the model can run by Euler");
    let mut links = LinkRun::new(Arc::new(wired), Which::OnLoops).expect("the run has room");
    while links.advance(u64::MAX) == Progress::Unfinished {}
    links
}

fn measure(criterion: &mut Criterion, name: &str, text: &str) {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300));
    group.measurement_time(Duration::from_secs(3));
    group.bench_function("read", |bencher| bencher.iter(|| read(black_box(text))));
    group.bench_function("from text to the first result", |bencher| {
        bencher.iter(|| run(&compiled(black_box(text))));
    });
    let model = compiled(text);
    group.bench_function("one run more", |bencher| {
        bencher.iter(|| run(black_box(&model)))
    });
    let source = read(text).expect("the model can be read");
    group.bench_function("compiled and run with the scores of its links", |bencher| {
        bencher.iter(|| scored(black_box(&source)));
    });
    group.finish();
}

fn models(criterion: &mut Criterion) {
    for (name, text) in models::all() {
        measure(criterion, name, &text);
    }
}

criterion_group!(benches, models);
criterion_main!(benches);
