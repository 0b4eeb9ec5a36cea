//! Series of runs: bands and rankings against plain computations, and models whose answers are
//! known.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Name;
use loopstream::simulate::{
    Ensemble, EnsembleError, Measured, PERCENTILES, Parameter, Plan, Range, Settings, read,
};
use proptest::prelude::*;

use super::common::{column, mdl, run_with};

fn parameter(name: &str, low: f64, high: f64) -> Parameter {
    Parameter {
        name: Name::new(name),
        range: Range::Uniform { low, high },
    }
}

fn begun(
    text: &str,
    parameters: &[Parameter],
    plan: Plan,
    outputs: &[&str],
) -> Result<Ensemble, EnsembleError> {
    let source = Arc::new(read(text).unwrap());
    let outputs: Vec<String> = outputs.iter().map(|&name| name.to_owned()).collect();
    Ensemble::new(source, &Settings::default(), parameters, plan, &outputs)
}

fn done(text: &str, parameters: &[Parameter], plan: Plan, outputs: &[&str]) -> Ensemble {
    let mut ensemble = begun(text, parameters, plan, outputs).unwrap();
    assert_eq!(ensemble.advance(u64::MAX), Progress::Finished);
    ensemble
}

const fn latin(runs: usize, seed: u64) -> Plan {
    Plan::LatinHypercube { runs, seed }
}

/// Growth, with a constant that does nothing.
fn growth() -> String {
    mdl(
        "rate = 0.1 ~~|\nfirst = 100 ~~|\nidle = 1 ~~|\n\
         stock = INTEG(rate * stock, first) ~~|\nrest = 2 * first - 3 * rate + 0 * idle ~~|",
        "4",
        "0.5",
    )
}

#[test]
fn each_run_is_that_of_the_model_with_its_numbers() {
    let text = growth();
    let parameters = [parameter("rate", 0.0, 0.5), parameter("first", 50.0, 150.0)];
    let whole = done(&text, &parameters, latin(20, 5), &["Stock", "rest"]);
    assert_eq!(whole.outputs().collect::<Vec<_>>(), ["stock", "rest"]);
    for run in 0..20 {
        let names = parameters.iter().map(|one| one.name.clone());
        let values = names.zip(whole.sample().row(run).iter().copied()).collect();
        let settings = Settings {
            values,
            ..Settings::default()
        };
        let results = run_with(&text, &settings).unwrap();
        assert_eq!(whole.values(0, run), column(&results, "stock"));
        assert_eq!(whole.values(1, run), column(&results, "rest"));
        assert_eq!(whole.times(), results.times());
    }
    // The budget changes nothing.
    let mut bit = begun(&text, &parameters, latin(20, 5), &["stock"]).unwrap();
    assert_eq!(bit.advance(0), Progress::Unfinished);
    let mut calls = 0;
    while bit.advance(7) == Progress::Unfinished {
        calls += 1;
    }
    assert!(calls > 20);
    assert_eq!(bit.bands(0), whole.bands(0));
    assert_eq!(
        bit.ranking(0, Measured::Last),
        whole.ranking(0, Measured::Last)
    );
}

#[test]
fn a_parameter_may_be_the_order_of_a_delay() {
    let text = mdl(
        "n = 2 ~~|\nt = 3 ~~|\nx = SMOOTH N(STEP(1, 1), t, 0, n) ~~|",
        "6",
        "0.25",
    );
    let orders = Parameter {
        name: Name::new("n"),
        range: Range::List(vec![1.0, 2.0, 5.0, 20_000.0]),
    };
    let parameters = [orders, parameter("t", 2.0, 4.0)];
    let found = done(&text, &parameters, Plan::Grid { levels: 2 }, &["x"]);
    for run in 0..6 {
        let row = found.sample().row(run);
        let settings = Settings {
            values: vec![(Name::new("n"), row[0]), (Name::new("t"), row[1])],
            ..Settings::default()
        };
        let results = run_with(&text, &settings).unwrap();
        assert_eq!(found.values(0, run), column(&results, "x"));
    }
    // Runs that cannot be made are told, and count nowhere.
    assert_eq!(found.failures().len(), 2);
    assert_eq!(found.failures()[0].run, 6);
    assert_eq!(found.band(0, 3).unwrap().count, 6);
    assert_eq!(found.ranking(0, Measured::Last).count, 6);
}

#[test]
fn what_cannot_be_put_side_by_side_is_refused() {
    let text = growth();
    let one = [parameter("rate", 0.0, 1.0)];
    let refused = |parameters: &[Parameter], plan, outputs: &[&str]| {
        begun(&text, parameters, plan, outputs)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        refused(&one, latin(5, 1), &["nobody"]),
        "there is no “nobody” among the results"
    );
    assert_eq!(refused(&one, latin(5, 1), &[]), "no output was chosen");
    let end = [parameter("FINAL TIME", 1.0, 9.0)];
    assert_eq!(
        refused(&end, latin(5, 1), &["stock"]),
        "“final_time” changes the times of a run, so its runs cannot be put side by side"
    );
    let unknown = [parameter("nobody", 1.0, 9.0)];
    assert_eq!(
        refused(&unknown, latin(5, 1), &["stock"]),
        "there is no “nobody”"
    );
    let long = mdl("a = 1 ~~|", "1000", "1");
    let large = begun(
        &long,
        &[parameter("a", 0.0, 1.0)],
        latin(100_000, 1),
        &["a"],
    );
    assert_eq!(
        large.unwrap_err(),
        EnsembleError::TooLarge {
            outputs: 1,
            times: 1001,
            runs: 100_000
        }
    );
}

#[test]
fn a_linear_model_spreads_as_it_must() {
    // 2 · first, uniform from 100 to 300, less next to nothing.
    let parameters = [parameter("first", 50.0, 150.0), parameter("idle", 0.0, 1.0)];
    let found = done(&growth(), &parameters, latin(2_000, 11), &["rest"]);
    let band = found.band(0, 2).unwrap();
    assert_eq!((band.count, band.time), (2_000, 1.0));
    for (value, share) in band.percentiles.unwrap().into_iter().zip(PERCENTILES) {
        assert!(
            (value + 0.3 - (100.0 + 200.0 * share)).abs() < 0.3,
            "{value}"
        );
    }
    for measured in [Measured::Last, Measured::Mean] {
        let ranking = found.ranking(0, measured);
        assert_eq!(ranking.count, 2_000);
        let [first, idle] = &ranking.parameters[..] else {
            panic!("{ranking:?}");
        };
        assert_eq!(first.name, Name::new("first"));
        assert!((first.spearman.unwrap() - 1.0).abs() < 1e-9);
        assert!((first.partial.unwrap() - 1.0).abs() < 1e-9);
        assert!(idle.spearman.unwrap().abs() < 0.1 && idle.partial.unwrap().abs() < 0.1);
    }
    // More growth, more stock; and of two the one with the larger effect comes first.
    let parameters = [parameter("first", 99.0, 101.0), parameter("rate", 0.0, 0.5)];
    let found = done(&growth(), &parameters, latin(300, 11), &["stock"]);
    let ranking = found.ranking(0, Measured::Last);
    assert_eq!(ranking.parameters[0].name, Name::new("rate"));
    assert!(ranking.parameters[0].partial.unwrap() > 0.99);
    assert!(ranking.parameters[1].partial.unwrap() > 0.0);
}

/// Ranks by counting.
fn plain_ranks(values: &[f64]) -> Vec<f64> {
    let rank = |one: &f64| {
        let below = values.iter().filter(|other| *other < one).count() as f64;
        let same = values.iter().filter(|other| *other == one).count() as f64;
        below + (same + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (of_a, of_b) = (mean(a), mean(b));
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| f(a - of_a, b - of_b)).sum()
    };
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

/// What is left of values after a linear fit by others and a constant: directions one after the
/// other, each made upright to those before it, twice for the rounding.
fn left_over(values: &[f64], others: &[Vec<f64>]) -> Vec<f64> {
    let mut upright: Vec<Vec<f64>> = Vec::new();
    let less = |mut vector: Vec<f64>, upright: &[Vec<f64>]| {
        for direction in upright.iter().chain(upright) {
            let along: f64 = vector.iter().zip(direction).map(|(a, b)| a * b).sum();
            for (value, part) in vector.iter_mut().zip(direction) {
                *value -= along * part;
            }
        }
        vector
    };
    let constant = vec![1.0; values.len()];
    for other in std::iter::once(&constant).chain(others) {
        let rest = less(other.clone(), &upright);
        let length = rest.iter().map(|value| value * value).sum::<f64>().sqrt();
        upright.push(rest.iter().map(|value| value / length).collect());
    }
    less(values.to_vec(), &upright)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn bands_and_rankings_are_those_of_plain_computations(
        seed: u64,
        runs in 6_usize..40,
        weights in proptest::array::uniform3(-3.0..3.0_f64),
        steep in 0.0..2.0_f64,
    ) {
        let [a, b, c] = weights;
        let text = mdl(
            &format!(
                "a = 0 ~~|\nb = 0 ~~|\nc = 0 ~~|\n\
                 y = ({a}) * a + ({b}) * b * b + ({c}) * c * a + {steep} * Time * SIN(9 * b) ~~|\n\
                 whole = INTEGER(2 * y) + IF THEN ELSE(c > 0.9, 1/0, 0) ~~|"
            ),
            "2",
            "1",
        );
        let parameters = ["a", "b", "c"].map(|name| parameter(name, -1.0, 1.0));
        let found = done(&text, &parameters, latin(runs, seed), &["y", "whole"]);
        for output in 0..2 {
            for row in 0..3 {
                let mut values: Vec<f64> =
                    (0..runs).map(|run| found.values(output, run)[row]).collect();
                values.retain(|value| value.is_finite());
                values.sort_by(|a, b| a.partial_cmp(b).unwrap());
                let band = found.band(output, row).unwrap();
                prop_assert_eq!(band.count, values.len());
                for (value, share) in band.percentiles.unwrap().into_iter().zip(PERCENTILES) {
                    // As many below as there must be, and between its neighbours.
                    let place = share * (values.len() - 1) as f64;
                    let low = values[place.floor() as usize];
                    let high = values[place.ceil() as usize];
                    let wanted = low + (place - place.floor()) * (high - low);
                    prop_assert!((value - wanted).abs() <= 1e-12 * (1.0 + wanted.abs()));
                }
            }
            for measured in [Measured::Last, Measured::Mean] {
                let one = |run: usize| match measured {
                    Measured::Last => found.values(output, run)[2],
                    Measured::Mean => found.values(output, run).iter().sum::<f64>() / 3.0,
                };
                let kept: Vec<usize> = (0..runs).filter(|run| one(*run).is_finite()).collect();
                let result: Vec<f64> = kept.iter().map(|run| one(*run)).collect();
                let result = plain_ranks(&result);
                let columns: Vec<Vec<f64>> = (0..3)
                    .map(|at| kept.iter().map(|run| found.sample().row(*run)[at]).collect())
                    .map(|values: Vec<f64>| plain_ranks(&values))
                    .collect();
                let ranking = found.ranking(output, measured);
                prop_assert_eq!(ranking.count, kept.len());
                let mut before = 2.0;
                for ranked in &ranking.parameters {
                    let at = ["a", "b", "c"].iter().position(|name| Name::new(name) == ranked.name);
                    let at = at.unwrap();
                    if result.iter().all(|rank| *rank == result[0]) {
                        prop_assert_eq!(ranked.spearman, None);
                        continue;
                    }
                    let plain = correlation(&columns[at], &result);
                    prop_assert!((ranked.spearman.unwrap() - plain).abs() < 1e-9);
                    let others: Vec<Vec<f64>> =
                        (0..3).filter(|other| *other != at).map(|other| columns[other].clone()).collect();
                    let Some(partial) = ranked.partial else {
                        // Too few runs, or columns that are made of each other.
                        let is_made_of_others = (0..3).any(|one| {
                            let others: Vec<Vec<f64>> =
                                (0..3).filter(|other| *other != one).map(|other| columns[other].clone()).collect();
                            let rest = left_over(&columns[one], &others);
                            rest.iter().map(|value| value * value).sum::<f64>() < 1e-9
                        });
                        prop_assert!(kept.len() < 5 || is_made_of_others);
                        continue;
                    };
                    prop_assert!(partial.abs() <= before + 1e-12);
                    before = partial.abs();
                    let rest = left_over(&result, &others);
                    // Where the others say all, what is left is rounding.
                    if rest.iter().map(|value| value * value).sum::<f64>() > 1e-9 {
                        let plain = correlation(&left_over(&columns[at], &others), &rest);
                        prop_assert!((partial - plain).abs() < 1e-6, "{} {}", partial, plain);
                    }
                }
            }
        }
    }
}
