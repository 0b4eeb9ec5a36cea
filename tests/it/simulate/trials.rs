//! Half the step, and extreme conditions: closed forms, and models with faults on purpose.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Name;
use loopstream::simulate::{
    Change, Extremes, Finding, HalfStep, Settings, StepReport, Trial, extremes_of, read,
};
use proptest::prelude::*;

use super::common::{aux, mdl, run_with, specs, xmile};

fn halved(text: &str) -> StepReport {
    let source = read(text).unwrap();
    let mut trial = HalfStep::new(&source, &Settings::default()).unwrap();
    assert_eq!(trial.advance(0), Progress::Unfinished);
    while trial.advance(50) == Progress::Unfinished {}
    trial.into_report().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Growth by Euler is a power, in either language and with either way of saying the step.
    #[test]
    fn growth_moves_as_its_powers_do(rate in -0.9..1.5_f64, exponent in 0..5_i32, kind in 0..3_u8) {
        let step = 0.5_f64.powi(exponent);
        let text = match kind {
            0 => mdl(&format!("x = INTEG({rate} * x, 8) ~~|\nidle = 3 ~~|\ndt = TIME STEP ~~|"), "4", &format!("{step}")),
            _ => {
                let specs = specs("4", &format!("{step}"), "Euler");
                let specs = if kind == 1 {
                    specs
                } else {
                    specs.replace(&format!("<dt>{step}</dt>"), &format!("<dt reciprocal=\"true\">{}</dt>", 1.0 / step))
                };
                let variables = format!(
                    "<stock name=\"x\"><eqn>8</eqn><inflow>f</inflow></stock><flow name=\"f\"><eqn>{rate} * x</eqn></flow>{}{}",
                    aux("idle", "3"),
                    aux("dt now", "DT")
                );
                xmile(&specs, "", &variables)
            }
        };
        let report = halved(&text);
        prop_assert_eq!(report.steps, [step, step / 2.0]);
        // Every column is told once, and what is constant does not move.
        let columns = run_with(&text, &Settings::default()).unwrap().names().len();
        prop_assert_eq!(report.same + report.moved.len(), columns);
        prop_assert!(report.moved.iter().all(|one| one.name != "idle"));
        let count = (4.0 / step).round() as i32;
        let at = |steps: i32, length: f64| 8.0 * (1.0 + rate * length).powi(steps);
        let (mut distance, mut time) = (0.0_f64, 0.0);
        let (mut low, mut high) = (8.0_f64, 8.0_f64);
        for n in 0..=count {
            let (whole, half) = (at(n, step), at(2 * n, step / 2.0));
            (low, high) = (low.min(whole), high.max(whole));
            if (whole - half).abs() > distance {
                (distance, time) = ((whole - half).abs(), f64::from(n) * step);
            }
        }
        let Some(found) = report.moved.iter().find(|one| one.name == "x") else {
            prop_assert!(distance < 1e-12);
            return Ok(());
        };
        prop_assert!((found.distance - distance).abs() < 1e-9 * (1.0 + distance));
        prop_assert!((found.share.unwrap() - distance / (high - low)).abs() < 1e-6);
        prop_assert!((found.time - time).abs() < 1e-9 || distance < 1e-6);
        // The step itself has no range, and comes first.
        let first = &report.moved[0];
        prop_assert_eq!((first.share, first.distance), (None, step / 2.0));
    }
}

#[test]
fn what_is_no_number_is_not_compared() {
    let report = halved(&mdl("x = INTEG(1 / (2 - Time), 0) ~~|", "4", "1"));
    assert_eq!(report.unknown, ["x"]);
    assert!(!report.has_random_numbers);
    let report = halved(&mdl("x = INTEG(RANDOM 0 1(), 0) ~~|", "4", "1"));
    assert!(report.has_random_numbers);
}

fn tried(text: &str) -> Vec<Trial> {
    let source = Arc::new(read(text).unwrap());
    let changes = extremes_of(&source);
    let mut extremes = Extremes::new(source, &Settings::default(), changes).unwrap();
    while extremes.advance(7) == Progress::Unfinished {}
    assert_eq!(extremes.trials().len(), extremes.count());
    extremes.trials().to_vec()
}

fn findings(trials: &[Trial], change: &Change) -> Vec<Finding> {
    let found = trials.iter().find(|one| one.change == *change);
    found.unwrap().findings.clone().unwrap()
}

#[test]
fn each_constant_and_stock_is_tried() {
    let text = mdl(
        "stay = 5 ~~|\ninflow = 2 ~~|\nnone = 0 ~~|\nsum = 1 + 1 ~~|\n\
         tank = INTEG(inflow - tank / stay, 10) ~~|\nother = INTEG(none, 0) ~~|",
        "9",
        "1",
    );
    let trials = tried(&text);
    let changes: Vec<&Change> = trials.iter().map(|one| &one.change).collect();
    let name = Name::new;
    assert_eq!(
        changes,
        [
            &Change::Nothing,
            &Change::Zero(name("stay")),
            &Change::TenTimes(name("stay")),
            &Change::Zero(name("inflow")),
            &Change::TenTimes(name("inflow")),
            &Change::Emptied(name("tank")),
        ]
    );
    for trial in &trials {
        let found = trial.findings.clone().unwrap();
        if trial.change == Change::Zero(name("stay")) {
            assert!(matches!(&found[0], Finding::NonFinite(first) if first.variable == "tank"));
        } else {
            assert!(found.is_empty(), "{trial:?}");
        }
    }
}

#[test]
fn a_stock_that_is_drained_below_nothing_is_found() {
    let text = mdl("drain = 1 ~~|\ntank = INTEG(-drain, 10) ~~|", "9", "1");
    let trials = tried(&text);
    assert!(findings(&trials, &Change::Nothing).is_empty());
    let wanted = |time: f64, value: f64| {
        let stock = "tank".to_owned();
        vec![Finding::Negative { stock, time, value }]
    };
    let ten = Change::TenTimes(Name::new("drain"));
    assert_eq!(findings(&trials, &ten), wanted(2.0, -10.0));
    assert_eq!(
        findings(&trials, &Change::Emptied(Name::new("tank"))),
        wanted(1.0, -1.0)
    );
    // The findings are those of the model with that number.
    let settings = Settings {
        values: vec![(Name::new("drain"), 10.0)],
        ..Settings::default()
    };
    let results = run_with(&text, &settings).unwrap();
    assert_eq!(super::common::column(&results, "tank")[2], -10.0);
    // What the model does as it is, is told once.
    let trials = tried(&text.replace("drain = 1", "drain = 3"));
    assert_eq!(findings(&trials, &Change::Nothing), wanted(4.0, -2.0));
    assert!(findings(&trials, &ten).is_empty());
}

#[test]
fn a_stock_that_grows_out_of_nothing_is_found() {
    let variables = format!(
        "<stock name=\"tank\"><eqn>5</eqn><inflow>fill</inflow><outflow>drain</outflow></stock>\
         <flow name=\"fill\"><eqn>supply</eqn></flow>\
         <flow name=\"drain\"><eqn>(tank - goal) / 2</eqn></flow>{}{}",
        aux("supply", "4"),
        aux("goal", "3")
    );
    let trials = tried(&xmile(&specs("6", "1", "Euler"), "", &variables));
    assert!(findings(&trials, &Change::Nothing).is_empty());
    let stock = "tank".to_owned();
    let grows = |time: f64| {
        let stock = stock.clone();
        vec![Finding::GrowthWithoutInflow { stock, time }]
    };
    assert!(findings(&trials, &Change::Zero(Name::new("supply"))).is_empty());
    assert!(findings(&trials, &Change::Emptied(Name::new("tank"))).is_empty());
    let without = variables.replace("<eqn>supply</eqn>", "<eqn>0</eqn>");
    let trials = tried(&xmile(&specs("6", "1", "Euler"), "", &without));
    assert_eq!(
        findings(&trials, &Change::Emptied(Name::new("tank"))),
        grows(0.0)
    );
}
