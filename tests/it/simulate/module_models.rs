//! Random models and models of our own as modules, to the same bits as the interpreter.

use std::fmt::Write as _;
use std::sync::Arc;

use loopstream::equation::Dialect;
use loopstream::format::decode;
use loopstream::simulate::{Method, Run, Settings, compile, read};
use proptest::prelude::*;

use super::common::{aux, mdl, specs, xmile};
use super::module::{Wasmi, compiled, difference, finish, same};
use super::oracle::model;
use crate::common::outside;

const METHODS: [Method; 3] = [Method::Euler, Method::Rk2, Method::Rk4];

/// A model of our own, by each method.
fn same_by_each_method(text: &str) {
    for method in METHODS {
        let settings = Settings {
            method: Some(method),
            seed: 7,
            ..Settings::default()
        };
        if let Err(difference) = same(&compiled(text, &settings)) {
            panic!("{method:?}: {difference}\n{text}");
        }
    }
}

fn agree(seed: u64, dialect: Dialect) -> Result<(), TestCaseError> {
    let (text, _) = model(seed, dialect);
    let settings = Settings::default();
    same(&compiled(&text, &settings))
        .map_err(|found| TestCaseError::fail(format!("{found}\n{text}")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn models_of_vensim_give_the_same_bits(seed: u64) {
        agree(seed, Dialect::Vensim)?;
    }

    #[test]
    fn models_of_xmile_give_the_same_bits(seed: u64) {
        agree(seed, Dialect::Xmile)?;
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Tables of every shape, read in every way, by values that jump and by some that creep.
    #[test]
    fn tables_give_the_same_bits(
        points in proptest::collection::vec((-4_i32..5, -9_i32..10), 1..9),
        fast in -30_i32..30,
        slow in -30_i32..30,
    ) {
        let mut points = points;
        points.sort_by_key(|point| point.0);
        let points: String = points.iter().map(|(x, y)| format!(",({x}.5,{y})")).collect();
        let mut text = format!("t([(-9,-9)-(9,9)]{points}) ~~|\n");
        for (at, value) in [
            format!("{slow} / 4 + Time / 8"),
            format!("5 * SIN({fast} * Time)"),
            "0 / (Time - 2)".to_owned(),
        ]
        .iter()
        .enumerate()
        {
            for (way, how) in [
                "t(#)", "LOOKUP EXTRAPOLATE(t, #)", "LOOKUP BACKWARD(t, #)", "LOOKUP FORWARD(t, #)",
            ]
            .iter()
            .enumerate()
            {
                let _ = writeln!(text, "x {at} {way} = {} ~~|", how.replace('#', value));
            }
        }
        let found = same(&compiled(&mdl(&text, "9", "0.125"), &Settings::default()));
        prop_assert!(found.is_ok(), "{}\n{}", found.unwrap_err(), text);
    }
}

#[test]
fn random_numbers_are_drawn_once_in_a_step() {
    let text = "D: e1, e2, e3 ~~|\n\
        u[D] = RANDOM UNIFORM(0, 1, 5) ~~|\n\
        n = RANDOM NORMAL(-1, 3, 1, 2, 0) ~~|\n\
        e = RANDOM EXPONENTIAL(0, 9, 0, 2, 0) ~~|\n\
        p = RANDOM POISSON(0, 20, 4, 0, 1, 0) ~~|\n\
        r = IF THEN ELSE(Time > 4, EXP(RANDOM 0 1()) + LN(RANDOM 0 1()), 2) ~~|\n\
        s = INTEG(SUM(u[D!]) + n - r * e, p) ~~|\n";
    same_by_each_method(&mdl(text, "20", "0.5"));
    let text = xmile(
        &specs("20", "0.5", "Euler"),
        "",
        &(aux("l", "LOGNORMAL(5, 2)") + &aux("k", "l + NORMAL(0, 1, 3) * RANDOM(0, 1)")),
    );
    same_by_each_method(&text);
}

#[test]
fn delays_of_whole_steps_and_kept_values() {
    let text = "x = SIN(Time) ~~|\n\
        a = DELAY FIXED(x, 1, 3) ~~|\n\
        b = DELAY FIXED(a + x, 0, 0) ~~|\n\
        c = DELAY FIXED(c 0, 2.5, 1) ~~|\nc 0 = b - a ~~|\n\
        d = SAMPLE IF TRUE(x > 0.5, x, -1) ~~|\n\
        s = INTEG(c - d, a) ~~|\nr = INTEG(s, 1) ~~|\nq = INTEG(r, 2) ~~|\n\
        f = DELAY FIXED(s, 0.5, s 0) ~~|\ns 0 = 4 ~~|\n";
    same_by_each_method(&mdl(text, "12", "0.25"));
    let specs = specs("12", "0.25", "Euler");
    let text = aux("x", "SIN(TIME)")
        + &aux("fib", "PREVIOUS(SELF, 1) + PREVIOUS(other, 0)")
        + &aux("other", "PREVIOUS(fib, 2)")
        + &aux("late", "DELAY(x, 1.75)");
    same_by_each_method(&xmile(&specs, "", &text));
}

#[test]
fn stocks_that_are_never_negative() {
    let text = "<stock name=\"s\"><eqn>5</eqn><inflow>in</inflow><outflow>out</outflow>\
        <outflow>off</outflow><non_negative/></stock>\n\
        <flow name=\"in\"><eqn>1</eqn></flow>\n\
        <flow name=\"out\"><eqn>TIME * 2</eqn><non_negative/></flow>\n\
        <flow name=\"off\"><eqn>SIN(TIME) * 3</eqn></flow>\n";
    same_by_each_method(&xmile(&specs("9", "0.25", "Euler"), "", text));
}

#[test]
fn arrays_lists_and_indices_that_are_computed() {
    let text = "D: e1, e2, e3, e4 ~~|\n\
        x[e1] = SIN(Time) ~~|\nx[e2] = COS(Time) ~~|\nx[e3] = 0 / (Time - 1) ~~|\nx[e4] = -0.5 ~~|\n\
        order[D] = VECTOR SORT ORDER(x[D], 1) ~~|\n\
        rank[D] = VECTOR RANK(x[D], -1) ~~|\n\
        far[D] = VECTOR ELM MAP(x[e1], order[D]) ~~|\n\
        most = VMAX(x[D!]) + VMIN(x[D!]) * PROD(x[D!]) ~~|\n\
        train = PULSE TRAIN(1, 0.5, 1.5, 6) + PULSE(2, 1) ~~|\n\
        same[D] = x[D] ~~|\n";
    same_by_each_method(&mdl(text, "8", "0.125"));
    let dimensions = "<dimensions><dim name=\"N\" size=\"3\"/></dimensions>";
    let array =
        "<aux name=\"m\"><dimensions><dim name=\"N\"/></dimensions><eqn>N * TIME</eqn></aux>";
    let text = array.to_owned()
        + &aux(
            "at",
            "m[INT(TIME - 1) + 0.5] + m[1 / (TIME - 2)] + m[0 / (TIME - 2)]",
        )
        + &aux("again", "PULSE(3, 1, 2) + PULSE(1, 2)")
        + &aux(
            "kinds",
            "(TIME - 3) MOD 2 + ROUND(TIME - 4) + GAMMALN(TIME + 1) + 2 ^ (TIME - 3)",
        );
    same_by_each_method(&xmile(&specs("6", "0.25", "Euler"), dimensions, &text));
}

#[test]
fn times_rows_and_steps() {
    // Rows that are due seldom, and a last one that is not due by its number.
    let text = "x = Time * 3 ~~|\nINITIAL TIME = 1 ~~|\nFINAL TIME = 11 ~~|\nTIME STEP = 0.1 ~~|\n\
        SAVEPER = 0.7 ~~|\ns = INTEG(x, 0) ~~|\n";
    same_by_each_method(&format!("{{UTF-8}}\n{text}"));
    // A part of a unit, and no step at all.
    let text = aux("x", "TIME * 3")
        + "<stock name=\"s\"><eqn>x</eqn><inflow>f</inflow></stock>\n\
        <flow name=\"f\"><eqn>x + s</eqn></flow>\n";
    let reciprocal =
        "<sim_specs><start>1</start><stop>9</stop><dt reciprocal=\"true\">7</dt></sim_specs>";
    same_by_each_method(&xmile(reciprocal, "", &text));
    same_by_each_method(&xmile(&specs("0", "1", "Euler"), "", &text));
}

/// More functions than one, and more rows than there is room for.
#[test]
fn models_that_are_long_and_wide() {
    let mut text = "v 0 = SIN(Time) ~~|\n".to_owned();
    for at in 1..3_000 {
        let before = at - 1;
        let _ = writeln!(
            text,
            "v {at} = IF THEN ELSE(v {before} > 0.5, v {before} - 0.25, EXP(v {before} / 3) + v 0) ~~|"
        );
        if at % 10 == 0 {
            let _ = writeln!(text, "s {at} = INTEG(v {at} - s {at}, {at}) ~~|");
        }
    }
    let text = mdl(&text, "12", "0.1");
    for method in [Method::Euler, Method::Rk4] {
        let settings = Settings {
            method: Some(method),
            ..Settings::default()
        };
        same(&compiled(&text, &settings)).unwrap();
    }
}

#[test]
fn short_runs_are_interpreted_until_they_are_many() {
    let model = compiled(
        &mdl("s = INTEG(s / 10, 1) ~~|", "10", "1"),
        &Settings::default(),
    );
    let engine = Wasmi {
        from: 40,
        ..Wasmi::default()
    };
    let made: Vec<bool> = (0..8)
        .map(|_| {
            Run::with_engine(Arc::clone(&model), &engine)
                .unwrap()
                .has_module()
        })
        .collect();
    let first = made.iter().position(|has| *has).unwrap();
    assert!((3..=6).contains(&first), "{made:?}");
    assert!(made[first..].iter().all(|has| *has));
    assert_eq!(engine.instances.get(), 8 - first);
}

#[test]
fn bytes_hang_on_the_structure_alone() {
    let of = |rate: &str, seed| {
        let text = format!("s = INTEG(s * rate + RANDOM 0 1(), 1) ~~|\nrate = {rate} ~~|");
        let settings = Settings {
            seed,
            ..Settings::default()
        };
        let model = compiled(&mdl(&text, "10", "1"), &settings);
        Run::with_engine(model, &Wasmi::default())
            .unwrap()
            .module_bytes()
            .unwrap()
            .to_vec()
    };
    assert_eq!(of("0.1", 1), of("0.25", 2));
    assert_ne!(of("0.1", 1), of("0.1 * Time", 1));
}

#[test]
#[ignore = "needs models by others (LOOPSTREAM_SHARED_DATA)"]
fn models_by_others_give_the_same_bits() {
    let mut compared = 0;
    let root = outside::shared_data().join("simulate");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let is_model = path
                .extension()
                .is_some_and(|ending| ["mdl", "stmx", "xmile"].iter().any(|one| ending == *one));
            if !is_model {
                continue;
            }
            let text = decode(&std::fs::read(&path).unwrap()).unwrap();
            let Ok(source) = read(&text) else { continue };
            for method in METHODS {
                let settings = Settings {
                    method: Some(method),
                    ..Settings::default()
                };
                let Ok(model) = compile(&source, &settings) else {
                    continue;
                };
                let model = Arc::new(model);
                let plain = finish(Run::new(Arc::clone(&model)).unwrap(), u64::MAX);
                let run = Run::with_engine(model, &Wasmi::default()).unwrap();
                assert!(run.has_module(), "{}", path.display());
                let found = difference(&finish(run, u64::MAX), &plain);
                assert_eq!(found, None, "{}, {method:?}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "only {compared} runs");
    println!("{compared} runs to the same bits");
}
