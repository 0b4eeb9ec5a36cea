//! Calibration: known numbers are found again, and a linear model agrees with the closed form.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Name;
use loopstream::simulate::{
    Calibration, CalibrationError, Confusion, Fit, Observed, Settings, Sought, Standing, Starts,
    Stop, Weight, read,
};
use proptest::prelude::*;

use super::common::{mdl, run_with};

fn sought(name: &str, low: f64, high: f64) -> Sought {
    Sought {
        name: Name::new(name),
        low,
        high,
        start: None,
    }
}

fn series(output: &str, points: &[(f64, f64)]) -> Observed {
    let points = points.iter().map(|&(time, value)| (time, Some(value)));
    Observed {
        output: output.to_owned(),
        points: points.collect(),
        weight: Weight::BySpread,
    }
}

const STARTS: Starts = Starts { count: 6, seed: 7 };

fn begun(
    text: &str,
    sought: &[Sought],
    observed: &[Observed],
) -> Result<Calibration, CalibrationError> {
    let source = Arc::new(read(text).unwrap());
    Calibration::new(
        source,
        &Settings::default(),
        sought.to_vec(),
        observed,
        STARTS,
    )
}

fn fitted(text: &str, sought: &[Sought], observed: &[Observed]) -> Fit {
    let mut calibration = begun(text, sought, observed).unwrap();
    assert_eq!(calibration.advance(u64::MAX), Progress::Finished);
    calibration.into_fit().unwrap()
}

/// What a model has for an output at some times, with its numbers set.
fn truth(text: &str, values: &[(&str, f64)], output: &str, times: &[f64]) -> Vec<(f64, f64)> {
    let settings = Settings {
        values: values
            .iter()
            .map(|(name, value)| (Name::new(name), *value))
            .collect(),
        ..Settings::default()
    };
    let results = run_with(text, &settings).unwrap();
    let column: Vec<f64> = results.column(results.index_of(output).unwrap()).collect();
    let at = |time: f64| {
        let after = results
            .times()
            .iter()
            .position(|known| *known >= time)
            .unwrap();
        if results.times()[after] == time {
            return column[after];
        }
        let [from, to] = [results.times()[after - 1], results.times()[after]];
        column[after - 1] + (time - from) / (to - from) * (column[after] - column[after - 1])
    };
    times.iter().map(|&time| (time, at(time))).collect()
}

/// Finds numbers again with which data were made.
fn finds(text: &str, numbers: &[(&str, f64, f64, f64)], outputs: &[&str], times: &[f64]) {
    let values: Vec<_> = numbers.iter().map(|one| (one.0, one.1)).collect();
    let observed: Vec<Observed> = outputs
        .iter()
        .map(|output| series(output, &truth(text, &values, output, times)))
        .collect();
    let wanted: Vec<Sought> = numbers
        .iter()
        .map(|one| sought(one.0, one.2, one.3))
        .collect();
    let fit = fitted(text, &wanted, &observed);
    assert_eq!(fit.stop, Stop::Converged);
    assert_eq!(fit.points, times.len() * outputs.len());
    for (found, (name, value, ..)) in fit.numbers.iter().zip(numbers) {
        assert_eq!(found.name, Name::new(name));
        assert!((found.value / value - 1.0).abs() < 1e-6, "{name} {found:?}");
        assert_eq!(found.standing, Standing::Within);
        let (low, high) = found.interval.unwrap();
        assert!(low <= found.value && found.value <= high && high - low < 1e-3 * value.abs());
    }
    for one in &fit.series {
        assert!(one.r_squared.unwrap() > 1.0 - 1e-9, "{one:?}");
    }
    assert!(fit.confusions.is_empty(), "{:?}", fit.confusions);
}

const GROWTH: &str = "rate = 0.5 ~~|\nfirst = 10 ~~|\nstock = INTEG(rate * stock, first) ~~|";

#[test]
fn exponential_growth_is_found_again() {
    let text = mdl(GROWTH, "10", "0.125");
    let times: Vec<f64> = (0..12).map(|n| 0.3 + 0.8 * f64::from(n)).collect();
    let numbers = [("rate", 0.17, -1.0, 1.0), ("first", 42.0, 0.0, 1000.0)];
    finds(&text, &numbers, &["stock"], &times);
}

#[test]
fn logistic_growth_is_found_again() {
    let text = mdl(
        "rate = 1 ~~|\nroom = 50 ~~|\nfirst = 1 ~~|\n\
         x = INTEG(rate * x * (1 - x / room), first) ~~|",
        "20",
        "0.25",
    );
    let times: Vec<f64> = (0..=20).map(f64::from).collect();
    let numbers = [
        ("rate", 0.6, 0.01, 2.0),
        ("room", 130.0, 10.0, 1000.0),
        ("first", 3.0, 0.1, 20.0),
    ];
    finds(&text, &numbers, &["x"], &times);
}

#[test]
fn an_epidemic_is_found_again() {
    let text = mdl(
        "contacts = 5 ~~|\nduration = 5 ~~|\nseed = 1 ~~|\nall = 1000 ~~|\n\
         ill new = contacts * ill * well / all ~~|\nhealed = ill / duration ~~|\n\
         well = INTEG(-ill new, all - seed) ~~|\nill = INTEG(ill new - healed, seed) ~~|\n\
         safe = INTEG(healed, 0) ~~|",
        "40",
        "0.125",
    );
    let times: Vec<f64> = (0..20).map(|n| 2.0 * f64::from(n)).collect();
    let numbers = [
        ("contacts", 0.8, 0.1, 3.0),
        ("duration", 4.0, 1.0, 20.0),
        ("seed", 2.5, 0.1, 20.0),
    ];
    finds(&text, &numbers, &["ill", "safe"], &times);
}

#[test]
fn an_order_that_is_compiled_anew_may_stand_beside() {
    // The time of the delay is sought; its order is a number of the model.
    let text = mdl(
        "n = 3 ~~|\nt = 2 ~~|\nx = 10 * SMOOTH N(STEP(1, 1), t, 0, n) ~~|",
        "12",
        "0.125",
    );
    let times: Vec<f64> = (0..=12).map(f64::from).collect();
    finds(&text, &[("t", 4.5, 1.0, 9.0)], &["x"], &times);
}

#[test]
fn the_budget_changes_nothing() {
    let text = mdl(GROWTH, "4", "0.5");
    let data = truth(&text, &[("rate", 0.3)], "stock", &[1.0, 2.0, 3.3]);
    let wanted = [sought("rate", -1.0, 1.0), sought("first", 1.0, 99.0)];
    let whole = fitted(&text, &wanted, &[series("stock", &data)]);
    let mut bit = begun(&text, &wanted, &[series("stock", &data)]).unwrap();
    assert_eq!(bit.advance(0), Progress::Unfinished);
    let mut calls = 0;
    while bit.advance(5) == Progress::Unfinished {
        calls += 1;
    }
    assert!(calls > 100 && bit.runs() > 10);
    assert_eq!(bit.into_fit().unwrap(), whole);
    assert_eq!(whole.attempts.len(), 6);
    assert!(whole.agreeing >= 1);
}

#[test]
fn a_search_that_is_ended_says_what_it_has() {
    let text = mdl(GROWTH, "4", "0.5");
    let data = truth(&text, &[("rate", 0.3)], "stock", &[1.0, 2.0, 3.3]);
    let wanted = [sought("rate", -1.0, 1.0)];
    let mut calibration = begun(&text, &wanted, &[series("stock", &data)]).unwrap();
    while calibration.least().is_none() {
        assert_eq!(calibration.advance(1), Progress::Unfinished);
    }
    calibration.cut_off();
    assert_eq!(calibration.advance(u64::MAX), Progress::Finished);
    let fit = calibration.into_fit().unwrap();
    assert_eq!((fit.stop, fit.attempts.len()), (Stop::CutOff, 1));
    // Nothing was computed yet.
    let mut calibration = begun(&text, &wanted, &[series("stock", &data)]).unwrap();
    calibration.cut_off();
    assert_eq!(calibration.advance(u64::MAX), Progress::Finished);
    assert!(calibration.into_fit().is_none());
}

#[test]
fn a_bound_in_the_way_is_told() {
    let text = mdl(GROWTH, "4", "0.5");
    let times = [1.0, 2.0, 3.0, 4.0];
    let data = truth(&text, &[("rate", 0.3)], "stock", &times);
    let wanted = [sought("rate", 0.4, 1.0), sought("first", 1.0, 99.0)];
    let fit = fitted(&text, &wanted, &[series("stock", &data)]);
    assert_eq!(fit.numbers[0].value, 0.4);
    assert_eq!(fit.numbers[0].standing, Standing::AtLow);
    assert_eq!(fit.numbers[0].interval, None);
    assert_eq!(fit.numbers[1].standing, Standing::Within);
    assert!(
        fit.numbers[1].value < 10.0,
        "less at first, for growing faster"
    );
}

#[test]
fn numbers_that_cannot_be_told_apart_are_told() {
    let text = mdl(
        "a = 1 ~~|\nb = 1 ~~|\nidle = 1 ~~|\nc = 1 ~~|\nd = 1 ~~|\ne = 1 ~~|\n\
         y = a * b * Time + 0 * idle ~~|\nz = (c + d) * Time + (d + e) * Time * Time + (e - c) * SIN(Time) ~~|",
        "4",
        "1",
    );
    let data = [(0.0, 0.1), (1.0, 2.1), (2.0, 3.8), (3.0, 6.2), (4.0, 8.0)];
    let bounds = |names: &[&str]| -> Vec<Sought> {
        names.iter().map(|name| sought(name, 0.1, 50.0)).collect()
    };
    let fit = fitted(&text, &bounds(&["a", "b", "idle"]), &[series("y", &data)]);
    let said: Vec<String> = fit.confusions.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "“idle” changes nothing that was observed.",
            "These data cannot tell “a” and “b” apart: a change of one can be made up for by the \
             other (correlation -1.000)."
        ]
    );
    assert!(fit.numbers.iter().all(|one| one.interval.is_none()));
    assert!((fit.numbers[0].value * fit.numbers[1].value - 2.02).abs() < 0.1);
    // c up, d down and e up by the same change nothing, and no two of them do.
    let data = [
        (0.0, 0.0),
        (1.0, 4.0),
        (2.0, 12.0),
        (3.0, 24.1),
        (4.0, 40.0),
    ];
    let wide = ["c", "d", "e"].map(|name| sought(name, -50.0, 50.0));
    let fit = fitted(&text, &wide, &[series("z", &data)]);
    let names = ["c", "d", "e"].map(Name::new).to_vec();
    assert_eq!(fit.confusions, [Confusion::Several(names)]);
}

#[test]
fn what_cannot_be_compared_is_left_out_and_counted() {
    let text = mdl(GROWTH, "4", "0.5");
    let mut data = series("stock", &truth(&text, &[], "stock", &[0.25, 1.0, 4.0]));
    data.points.extend([
        (2.0, None),
        (3.0, Some(f64::NAN)),
        (-1.0, Some(5.0)),
        (4.1, Some(5.0)),
    ]);
    let fit = fitted(&text, &[sought("rate", 0.1, 1.0)], &[data]);
    let one = &fit.series[0];
    assert_eq!((one.points.len(), one.missing, one.outside), (3, 2, 2));
    assert_eq!(fit.points, 3);
    assert!((fit.numbers[0].value - 0.5).abs() < 1e-7);
    // Straight between the rows at 0 and 0.5.
    assert!((one.points[0].computed - (10.0 + 0.5 * 2.5)).abs() < 1e-6);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let text = mdl(GROWTH, "4", "0.5");
    let data = [series("stock", &[(1.0, 5.0), (2.0, 6.0)])];
    let one = [sought("rate", 0.0, 1.0)];
    let said = |sought: &[Sought], observed: &[Observed]| {
        begun(&text, sought, observed).unwrap_err().to_string()
    };
    assert_eq!(
        said(&[], &data),
        "from 1 to 50 numbers can be sought at once, and here are 0"
    );
    assert_eq!(
        said(&[sought("rate", 1.0, 1.0)], &data),
        "the bounds of “rate” are no finite numbers, or the lower is not below the upper"
    );
    assert_eq!(
        said(&[sought("nobody", 0.0, 1.0)], &data),
        "there is no “nobody”"
    );
    assert_eq!(
        said(&[sought("TIME STEP", 0.1, 1.0)], &data),
        "“time_step” changes the times of a run, and cannot be found from data"
    );
    assert_eq!(
        said(&one, &[]),
        "there are 0 points in all, and there can be from 1 to 200000"
    );
    assert_eq!(
        said(&one, &[series("nobody", &[(1.0, 1.0)])]),
        "there is no “nobody” among the results"
    );
    assert_eq!(
        said(&one, &[series("stock", &[(9.0, 1.0)])]),
        "the data of “stock” have no value within the time of the run"
    );
    assert_eq!(
        said(&one, &[series("stock", &[(1.0, 7.0), (2.0, 7.0)])]),
        "the data of “stock” are all the same or a single value: say how much they count"
    );
    let mut outside = sought("rate", 0.0, 1.0);
    outside.start = Some(2.0);
    assert_eq!(
        said(&[outside], &data),
        "the search for “rate” would begin outside of its bounds"
    );
}

#[test]
fn runs_without_numbers_are_stepped_around() {
    // Nothing finite for k below 0, where some searches begin.
    let text = mdl("k = 1 ~~|\ny = SQRT(k) * Time ~~|", "4", "1");
    let data = truth(&text, &[("k", 2.25)], "y", &[1.0, 2.0, 3.0]);
    let fit = fitted(&text, &[sought("k", -5.0, 5.0)], &[series("y", &data)]);
    assert!((fit.numbers[0].value - 2.25).abs() < 1e-6);
    let none = fit
        .attempts
        .iter()
        .filter(|one| one.stop == Stop::NoNumbers);
    assert!(none.count() > 0);
    // And where no search finds any, there is no fit.
    let mut calibration = begun(&text, &[sought("k", -5.0, -1.0)], &[series("y", &data)]).unwrap();
    assert_eq!(calibration.advance(u64::MAX), Progress::Finished);
    assert!(calibration.into_fit().is_none());
}

/// The inverse of a matrix of three, by its cofactors.
fn inverse(m: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let minor = |row: usize, column: usize| {
        let at = |r: usize, c: usize| m[(row + r) % 3][(column + c) % 3];
        at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)
    };
    let determinant: f64 = (0..3).map(|column| m[0][column] * minor(0, column)).sum();
    let row = |row: usize| [0, 1, 2].map(|column| minor(column, row) / determinant);
    [row(0), row(1), row(2)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// y = a + b t + c sin t, with two series that share the numbers.
    #[test]
    fn a_linear_model_agrees_with_the_normal_equations(
        noise in proptest::collection::vec(-1.0..1.0_f64, 14),
        own in proptest::array::uniform3(-5.0..5.0_f64),
        weight in 0.1..5.0_f64,
    ) {
        let text = mdl(
            "a = 0 ~~|\nb = 0 ~~|\nc = 0 ~~|\ny = a + b * Time + c * SIN(Time) ~~|\nz = b - 2 * c ~~|",
            "9",
            "1",
        );
        let basis = |time: f64, is_z: bool| {
            if is_z { [0.0, 1.0, -2.0] } else { [1.0, time, time.sin()] }
        };
        let rows: Vec<(f64, bool, f64)> = noise
            .iter()
            .enumerate()
            .map(|(at, noise)| {
                let (time, is_z) = if at < 10 { (at as f64, false) } else { (at as f64 - 8.0, true) };
                let exact: f64 = basis(time, is_z).iter().zip(own).map(|(x, n)| x * n).sum();
                (time, is_z, exact + noise)
            })
            .collect();
        let points = |is_z: bool| -> Vec<(f64, f64)> {
            rows.iter().filter(|row| row.1 == is_z).map(|row| (row.0, row.2)).collect()
        };
        let mut of_y = series("y", &points(false));
        of_y.weight = Weight::Times(weight);
        let of_z = series("z", &points(true));
        let wanted = ["a", "b", "c"].map(|name| sought(name, -40.0, 60.0));
        let fit = fitted(&text, &wanted, &[of_y, of_z]);

        // One over the standard deviation of z.
        let z: Vec<f64> = points(true).iter().map(|point| point.1).collect();
        let mean = z.iter().sum::<f64>() / 4.0;
        let deviation = (z.iter().map(|z| (z - mean) * (z - mean)).sum::<f64>() / 3.0).sqrt();
        let mut matrix = [[0.0; 3]; 3];
        let mut right = [0.0; 3];
        for (time, is_z, value) in &rows {
            let weight = if *is_z { 1.0 / deviation } else { weight };
            let x = basis(*time, *is_z);
            for a in 0..3 {
                right[a] += weight * weight * x[a] * value;
                for b in 0..3 {
                    matrix[a][b] += weight * weight * x[a] * x[b];
                }
            }
        }
        let spread = inverse(matrix);
        let best = [0, 1, 2].map(|a| (0..3).map(|b| spread[a][b] * right[b]).sum::<f64>());
        let mut sum = 0.0;
        for (time, is_z, value) in &rows {
            let weight = if *is_z { 1.0 / deviation } else { weight };
            let exact: f64 = basis(*time, *is_z).iter().zip(best).map(|(x, n)| x * n).sum();
            sum += (weight * (value - exact)).powi(2);
        }
        prop_assert!((fit.sum - sum).abs() < 1e-7 * (1.0 + sum), "{} {}", fit.sum, sum);
        // Student's distribution with 11 degrees of freedom has 95 % within this.
        let times = 2.200_985_160_082_949;
        for at in 0..3 {
            let found = &fit.numbers[at];
            prop_assert!((found.value - best[at]).abs() < 1e-5, "{:?} {:?}", fit.numbers, best);
            let half = times * (sum / 11.0 * spread[at][at]).sqrt();
            let (low, high) = found.interval.unwrap();
            prop_assert!(((high - low) / 2.0 - half).abs() < 1e-5 * half, "{} {}", high - low, half);
        }
        let total: f64 = z.iter().map(|z| (z - mean) * (z - mean)).sum();
        let left: f64 = z.iter().map(|z| (z - (best[1] - 2.0 * best[2])).powi(2)).sum();
        prop_assert!((fit.series[1].r_squared.unwrap() - (1.0 - left / total)).abs() < 1e-4);
        prop_assert!((fit.series[1].error - (left / 4.0).sqrt()).abs() < 1e-5);
        prop_assert_eq!(fit.agreeing, 6);
    }
}
