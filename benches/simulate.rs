//! What a simulation model costs: from its text to the first result, one run more, and the scores of
//! its links.
//!
//! The models are a small one, one of World3's size (300 variables, 400 steps), and, where a folder
//! of files by others is named (LOOPSTREAM_SHARED_DATA), C-LEARN (3,542 elements, 1,000 steps).

#![allow(clippy::expect_used, missing_docs)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use loopstream::format::decode;
use loopstream::simulate::{
    Compiled, LinkRun, Progress, Run, Settings, Source, Which, compile, read, wire,
};

/// Growth that slows where capacity is used up: one stock, 1,000 steps.
const SMALL: &str = "{UTF-8}
Population = INTEG(births - deaths, 10) ~~|
births = Population * birth rate * (1 - Population / capacity) ~~|
deaths = Population / lifetime ~~|
birth rate = 0.3 ~~|
capacity = 1000 ~~|
lifetime = 20 ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 100 ~~|
TIME STEP = 0.1 ~~|
SAVEPER = 1 ~~|
";

/// Stocks in a ring, each with a flow in and one out, tables and smooths between them: as many
/// variables as World3 has, and as many steps.
fn of_world3s_size() -> String {
    const STOCKS: usize = 43;
    let mut text = "{UTF-8}\n".to_owned();
    for number in 0..STOCKS {
        let next = (number + 1) % STOCKS;
        let before = (number + STOCKS - 1) % STOCKS;
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "stock {number} = INTEG(in {number} - out {number}, {start}) ~~|\n\
             in {number} = stock {before} * rate {number} * effect {number} ~~|\n\
             out {number} = stock {number} / life {number} ~~|\n\
             rate {number} = 0.02 + 0.001 * MIN(pressure {number}, 2) ~~|\n\
             life {number} = 40 + {number} ~~|\n\
             effect {number} = WITH LOOKUP(pressure {number}, ((0,1.2),(0.5,1.1),(1,1),(2,0.6),(4,0.2))) ~~|\n\
             pressure {number} = SMOOTH(stock {next} / (stock {number} + 1), 5) ~~|\n",
            start = 10 + number % 7,
        );
    }
    text + "INITIAL TIME = 0 ~~|\nFINAL TIME = 200 ~~|\nTIME STEP = 0.5 ~~|\nSAVEPER = 1 ~~|\n"
}

/// C-LEARN, if its file is there.
fn c_learn() -> Option<String> {
    let folder = std::env::var("LOOPSTREAM_SHARED_DATA").ok()?;
    let path = Path::new(&folder).join("simulate/c-learn/C-LEARN v77 for Vensim.mdl");
    decode(&std::fs::read(path).ok()?).ok()
}

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
    measure(criterion, "small", SMALL);
    measure(criterion, "of World3's size", &of_world3s_size());
    match c_learn() {
        Some(text) => measure(criterion, "C-LEARN", &text),
        None => eprintln!("C-LEARN: not measured, LOOPSTREAM_SHARED_DATA names no folder with it"),
    }
}

criterion_group!(benches, models);
criterion_main!(benches);
