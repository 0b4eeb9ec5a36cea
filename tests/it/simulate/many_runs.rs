//! Many runs on an engine give the bits of the interpreter, also where the engine refuses or stops.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Name;
use loopstream::simulate::wasm::{Draws, Engine, Instance, Module, Steps, Trap};
use loopstream::simulate::{
    Calibration, Ensemble, Extremes, Fit, HalfStep, LinkRun, Observed, Parameter, Plan, Range, Run,
    Settings, Sought, Source, Starts, StepReport, Trial, Weight, Which, extremes_of, read, wire,
};
use proptest::prelude::*;

use super::common::mdl;
use super::module::{Wasmi, compiled, difference, finish};

/// Where an engine stops.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fails {
    Never,
    /// It makes no instance.
    Refuses,
    /// It takes nothing into the memory.
    Write,
    /// It gives no rows.
    Read,
    /// It stops in the call of this number.
    Call(usize),
}

#[derive(Debug)]
struct Faulty {
    inner: Wasmi,
    fails: Fails,
    calls: Rc<Cell<usize>>,
}

impl Faulty {
    fn new(fails: Fails) -> Self {
        Self {
            inner: Wasmi::default(),
            fails,
            calls: Rc::default(),
        }
    }
}

impl Engine for Faulty {
    fn instance(&self, module: &Module, pages: u32) -> Option<Box<dyn Instance>> {
        let inner = self.inner.instance(module, pages)?;
        if self.fails == Fails::Refuses {
            return None;
        }
        Some(Box::new(FaultyInstance {
            inner,
            fails: self.fails,
            calls: Rc::clone(&self.calls),
        }))
    }

    fn is_worth(&self, _work: u64, _size: u64) -> bool {
        true
    }
}

#[derive(Debug)]
struct FaultyInstance {
    inner: Box<dyn Instance>,
    fails: Fails,
    calls: Rc<Cell<usize>>,
}

impl Instance for FaultyInstance {
    fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Trap> {
        if self.fails == Fails::Write {
            return Err(Trap);
        }
        self.inner.write(at, bytes)
    }

    fn read(&self, at: u32, numbers: &mut [f64]) -> Result<(), Trap> {
        if self.fails == Fails::Read {
            return Err(Trap);
        }
        self.inner.read(at, numbers)
    }

    fn run(&mut self, steps: Steps, draws: &mut Draws) -> Result<(), Trap> {
        let call = self.calls.get();
        self.calls.set(call + 1);
        match self.fails {
            Fails::Call(wanted) if call == wanted => Err(Trap),
            _ => self.inner.run(steps, draws),
        }
    }
}

/// A stock with random numbers, a delay of whole steps and a table.
const MODEL: &str = "rate = 0.3 ~~|\nroom = 40 ~~|\nwait = 2 ~~|\n\
    noise = RANDOM UNIFORM(0.9, 1.1, 1) ~~|\n\
    effect([(0,0)-(2,1)],(0,1),(1,0.4),(2,0)) ~~|\n\
    x = INTEG(noise * rate * x * effect(x / room) - late, 3) ~~|\n\
    late = DELAY FIXED(x * 0.05, wait, 0.1) ~~|";

const FAILS: [Fails; 7] = [
    Fails::Never,
    Fails::Refuses,
    Fails::Write,
    Fails::Read,
    Fails::Call(0),
    Fails::Call(1),
    Fails::Call(3),
];

fn source() -> Arc<Source> {
    Arc::new(read(&mdl(MODEL, "6", "0.25")).unwrap())
}

#[test]
fn a_run_goes_on_without_an_engine_that_fails() {
    let model = compiled(&mdl(MODEL, "6", "0.25"), &Settings::default());
    let plain = finish(Run::new(Arc::clone(&model)).unwrap(), u64::MAX);
    for fails in FAILS {
        for budget in [u64::MAX, 100, 1] {
            let engine = Faulty::new(fails);
            let run = Run::with_engine(Arc::clone(&model), &engine).unwrap();
            let is_refused = matches!(fails, Fails::Refuses | Fails::Write);
            assert_eq!(run.has_module(), !is_refused, "{fails:?}");
            let found = difference(&finish(run, budget), &plain);
            assert_eq!(found, None, "{fails:?} with {budget}");
            if let Fails::Call(wanted) = fails {
                // With a large budget there may be one call alone.
                assert!(engine.calls.get() <= wanted + 1);
                assert!(budget > 1 || engine.calls.get() == wanted + 1);
            }
        }
    }
}

fn ensemble(engine: Option<Fails>, plan: Plan) -> Ensemble {
    let range = |low, high| Range::Uniform { low, high };
    let parameter = |name: &str, range| Parameter {
        name: Name::new(name),
        range,
    };
    let parameters = [
        parameter("rate", range(0.1, 0.6)),
        parameter("wait", range(0.0, 4.0)),
    ];
    let outputs = ["x".to_owned(), "late".to_owned()];
    let made = Ensemble::new(source(), &Settings::default(), &parameters, plan, &outputs);
    let made = made.unwrap();
    let mut made = match engine {
        Some(fails) => made.on(Rc::new(Faulty::new(fails))),
        None => made,
    };
    while made.advance(500) == Progress::Unfinished {}
    made
}

#[test]
fn sensitivity_gives_the_same_bits() {
    let plans = [
        Plan::LatinHypercube { runs: 9, seed: 5 },
        Plan::Grid { levels: 3 },
    ];
    for plan in plans {
        let plain = ensemble(None, plan);
        let bits = |all: &Ensemble| -> Vec<u64> {
            let runs = (0..all.done()).flat_map(|run| [all.values(0, run), all.values(1, run)]);
            runs.flatten().map(|value| value.to_bits()).collect()
        };
        assert_eq!(bits(&plain).len(), 9 * 2 * 25);
        for fails in FAILS {
            assert_eq!(
                bits(&ensemble(Some(fails), plan)),
                bits(&plain),
                "{fails:?}"
            );
        }
    }
}

fn fitted(engine: Option<Fails>) -> Fit {
    let sought = |name: &str, low, high| Sought {
        name: Name::new(name),
        low,
        high,
        start: None,
    };
    let points = (1..6).map(|time| (f64::from(time), Some(3.0 + 0.4 * f64::from(time))));
    let observed = [Observed {
        output: "x".to_owned(),
        points: points.collect(),
        weight: Weight::BySpread,
    }];
    let starts = Starts { count: 2, seed: 1 };
    let numbers = vec![sought("rate", 0.0, 1.0), sought("room", 5.0, 90.0)];
    let made = Calibration::new(source(), &Settings::default(), numbers, &observed, starts);
    let made = made.unwrap();
    let mut made = match engine {
        Some(fails) => made.on(Rc::new(Faulty::new(fails))),
        None => made,
    };
    while made.advance(2_000) == Progress::Unfinished {}
    made.into_fit().unwrap()
}

#[test]
fn calibration_finds_the_same_bits() {
    let plain = fitted(None);
    for fails in [Fails::Never, Fails::Refuses, Fails::Call(5)] {
        assert_eq!(fitted(Some(fails)), plain, "{fails:?}");
    }
}

fn trusted(engine: Option<Fails>) -> (StepReport, Vec<Trial>) {
    let source = source();
    let settings = Settings::default();
    let mut half = HalfStep::new(&source, &settings).unwrap();
    let changes = extremes_of(&source);
    let mut extremes = Extremes::new(source, &settings, changes).unwrap();
    if let Some(fails) = engine {
        let engine: Rc<dyn Engine> = Rc::new(Faulty::new(fails));
        half = half.on(&*engine);
        extremes = extremes.on(engine);
    }
    while half.advance(700) == Progress::Unfinished {}
    while extremes.advance(700) == Progress::Unfinished {}
    (half.into_report().unwrap(), extremes.trials().to_vec())
}

#[test]
fn half_the_step_and_extremes_give_the_same() {
    let plain = trusted(None);
    assert!(plain.1.len() > 6, "{:?}", plain.1);
    for fails in FAILS {
        assert_eq!(trusted(Some(fails)), plain, "{fails:?}");
    }
}

/// The scores of links, and of loops, by a run on an engine or without one.
fn scored(text: &str, engine: Option<Fails>, budget: u64) -> Vec<u64> {
    let source = read(text).unwrap();
    let wiring = Arc::new(wire(&source, &Settings::default()).unwrap());
    let mut run = LinkRun::new(wiring, Which::All).unwrap();
    if let Some(fails) = engine {
        run = run.on(&Faulty::new(fails));
    }
    while run.advance(budget) == Progress::Unfinished {}
    assert_eq!(run.share_done(), 1.0);
    let links = run.into_scores().unwrap();
    let bits = (0..links.links().len()).flat_map(|link| links.scores(link).to_vec());
    bits.chain(links.times().iter().copied())
        .map(f64::to_bits)
        .collect()
}

#[test]
fn scores_are_the_same_bits() {
    // A saved row every fourth step, and hidden stocks, kept values and delays.
    let hidden = format!(
        "{MODEL}\nsmooth = SMOOTH3(x, wait) ~~|\nkept = SAMPLE IF TRUE(Time > 2, x, 1) ~~|\n\
         y = INTEG(smooth - y * kept / 40, 2) ~~|"
    );
    for text in [
        mdl(&hidden, "6", "0.25"),
        mdl(&hidden, "6", "0.25").replace("SAVEPER = TIME STEP", "SAVEPER = 1"),
    ] {
        let plain = scored(&text, None, u64::MAX);
        for fails in FAILS {
            for budget in [u64::MAX, 300, 1] {
                assert_eq!(scored(&text, Some(fails), budget), plain, "{fails:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// An extreme of a constant is the run of the model with that number written into it.
    #[test]
    fn an_extreme_is_the_model_with_that_number(rate in prop_oneof![-2.0..-0.1_f64, 0.1..2.0_f64], order in 1..5_i32) {
        let text = |rate: f64, order: f64| mdl(
            &format!(
                "rate = {rate:?} ~~|\norder = {order:?} ~~|\nx = INTEG(rate * x - y, 2) ~~|\n\
                 y = DELAY N(x, 1, 0, order) ~~|"
            ),
            "3",
            "0.25",
        );
        let order = f64::from(order);
        let tried = |text: &str| {
            let source = Arc::new(read(text).unwrap());
            let changes = extremes_of(&source);
            let mut extremes = Extremes::new(source, &Settings::default(), changes).ok()?;
            while extremes.advance(50) == Progress::Unfinished {}
            Some(extremes.trials().to_vec())
        };
        let trials = tried(&text(rate, order)).unwrap();
        let written = [(rate, order), (0.0, order), (10.0 * rate, order), (rate, 0.0), (rate, 10.0 * order)];
        for (trial, (rate, order)) in trials.iter().zip(written) {
            let Some(alone) = tried(&text(rate, order)) else {
                prop_assert!(trial.findings.is_err(), "{trial:?}");
                continue;
            };
            match (&trial.findings, &alone[0].findings) {
                (Ok(found), Ok(wanted)) => {
                    // What the model as it is does already is not told again.
                    prop_assert!(found.len() <= wanted.len(), "{trial:?} {wanted:?}");
                    prop_assert!(found.iter().all(|one| wanted.contains(one)), "{trial:?} {wanted:?}");
                }
                (Err(_), Err(_)) => {}
                // Of the model alone the rest runs; a trial says what cannot be computed.
                (Err(_), Ok(_)) if order < 1.0 => {}
                (found, wanted) => prop_assert!(false, "{found:?} {wanted:?}"),
            }
        }
    }
}
