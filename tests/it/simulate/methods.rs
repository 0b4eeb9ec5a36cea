//! Methods of integration, against closed forms.

use loopstream::causal::Progress;
use loopstream::simulate::{Method, Results, Run, Settings, compile, read};
use std::sync::Arc;

use super::common::{column, mdl, of_mdl, run, run_with};

fn with(text: &str, method: Method) -> Results {
    let settings = Settings {
        method: Some(method),
        ..Settings::default()
    };
    run_with(text, &settings).unwrap()
}

const METHODS: [Method; 3] = [Method::Euler, Method::Rk2, Method::Rk4];

/// y' = -y/5 with a step of 1: the factor of a step is the series of exp(-0.2), cut off.
#[test]
fn decay_by_one_step() {
    let text = mdl("y = INTEG(-y/5, 1) ~~|", "1", "1");
    let h: f64 = 0.2;
    let rk4 = 1.0 - h + h * h / 2.0 - h.powi(3) / 6.0 + h.powi(4) / 24.0;
    for (method, factor) in METHODS.into_iter().zip([0.8, 0.82, rk4]) {
        let found = column(&with(&text, method), "y")[1];
        assert!((found - factor).abs() < 1e-15, "{method:?} {found}");
    }
}

/// Halving the step divides the error by 2, 4 and 16.
#[test]
fn the_order_of_convergence() {
    let error = |method, step: &str| {
        let text = mdl("x = INTEG(y, 1) ~~|\ny = INTEG(-x, 0) ~~|", "2", step);
        (column(&with(&text, method), "x").last().unwrap() - 2.0_f64.cos()).abs()
    };
    for (method, ratio) in METHODS.into_iter().zip([2.0, 4.0, 16.0]) {
        let found = error(method, "0.0625") / error(method, "0.03125");
        assert!((found / ratio - 1.0).abs() < 0.15, "{method:?} {found}");
    }
}

/// Vensim's second order takes the middle of the step, Stella's the mean of its ends: y' = y^2.
#[test]
fn the_two_kinds_of_second_order() {
    let text = mdl("y = INTEG(y^2, 1) ~~|", "0.5", "0.5");
    let middle: f64 = 1.0 + 0.25;
    assert_eq!(
        column(&with(&text, Method::Rk2), "y")[1],
        1.0 + 0.5 * middle * middle
    );
    let text = super::common::xmile(
        &super::common::specs("0.5", "0.5", "RK2"),
        "",
        "<stock name=\"y\"><eqn>1</eqn><inflow>f</inflow></stock><flow name=\"f\"><eqn>y^2</eqn></flow>",
    );
    assert_eq!(
        column(&run(&text), "y")[1],
        1.0 + 0.5 * ((1.0 + 2.25) / 2.0)
    );
}

/// Euler's energy of an oscillator grows by 1 + dt² in each step.
#[test]
fn the_energy_of_an_oscillator() {
    let results = run(&mdl(
        "x = INTEG(v, 1) ~~|\nv = INTEG(-x, 0) ~~|",
        "10",
        "0.125",
    ));
    let (x, v) = (column(&results, "x"), column(&results, "v"));
    let energy: Vec<f64> = x.iter().zip(&v).map(|(x, v)| x * x + v * v).collect();
    for two in energy.windows(2) {
        assert!((two[1] / two[0] - (1.0 + 0.125 * 0.125)).abs() < 1e-14);
    }
}

/// Stocks that only pass on what they hold keep their sum, with every method.
#[test]
fn a_closed_system_keeps_its_sum() {
    let text = mdl(
        "a = INTEG(-f, 100) ~~|\nb = INTEG(f - g, 7) ~~|\nc = INTEG(g, 0.5) ~~|\n\
         f = a * b / 300 ~~|\ng = MAX(b, 3) / 5 ~~|",
        "60",
        "0.25",
    );
    for method in METHODS {
        let results = with(&text, method);
        let sum = |at: usize| results.row(at)[..3].iter().sum::<f64>();
        for at in 0..results.times().len() {
            assert!((sum(at) - 107.5).abs() < 1e-11, "{method:?}");
        }
    }
}

/// What is given into a delay comes out of it.
#[test]
fn a_delay_gives_back_what_it_was_given() {
    for order in ["1", "2", "5"] {
        let text = format!(
            "in = PULSE(2, 0) * 8 / TIME STEP ~~|\nout = DELAY N(in, 3, 0, {order}) ~~|\narea = INTEG(out, 0) ~~|"
        );
        let area = of_mdl(&text, "80", "0.125", "area");
        assert!((area.last().unwrap() - 8.0).abs() < 1e-8, "{order}");
    }
}

/// A run in small portions is the same run.
#[test]
fn a_run_goes_on_where_it_stopped() {
    let text = mdl(
        "x = INTEG(y, 1) ~~|\ny = INTEG(-x, DELAY FIXED(x, 2, 0)) ~~|\nr = RANDOM 0 1() ~~|",
        "20",
        "0.5",
    );
    let compiled = Arc::new(compile(&read(&text).unwrap(), &Settings::default()).unwrap());
    let mut whole = Run::new(Arc::clone(&compiled)).unwrap();
    assert_eq!(whole.advance(u64::MAX), Progress::Finished);
    let mut parts = Run::new(compiled).unwrap();
    assert_eq!(parts.advance(0), Progress::Unfinished);
    assert!(parts.results().times().is_empty());
    let mut portions = 0;
    while parts.advance(1) == Progress::Unfinished {
        portions += 1;
        assert_eq!(parts.results().times().len(), portions);
        assert!(parts.share_done() < 1.0);
    }
    assert_eq!(portions, 40);
    assert_eq!(parts.into_results(), whole.into_results());
}
