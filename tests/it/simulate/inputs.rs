//! Free variables: a run that is given numbers is the run of the model compiled with them, to the
//! last bit.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::{Dialect, Fault, Name, Problem, Settled};
use loopstream::simulate::{Compiled, Method, Results, Run, Settings, compile, read};
use proptest::prelude::*;

use super::common::{aux, column, mdl, run_with, specs, xmile};
use super::oracle::model;

fn finished(run: Result<Run, Fault>) -> Results {
    let mut run = run.unwrap();
    assert_eq!(run.advance(u64::MAX), Progress::Finished);
    run.into_results()
}

fn names(names: &[&str]) -> Vec<Name> {
    names.iter().map(|name| Name::new(name)).collect()
}

fn freed(text: &str, free: &[&str]) -> Result<Arc<Compiled>, Vec<Fault>> {
    let settings = Settings {
        free: names(free),
        ..Settings::default()
    };
    compile(&read(text).unwrap(), &settings).map(Arc::new)
}

/// Whether two runs say the same, bit by bit; what is no number is no number in both.
fn same(a: &Results, b: &Results) -> bool {
    let bits = |results: &Results| -> Vec<u64> {
        let rows = (0..results.times().len()).flat_map(|row| results.row(row).to_vec());
        rows.map(|value| if value.is_nan() { 0 } else { value.to_bits() })
            .collect()
    };
    a.names() == b.names() && a.times() == b.times() && bits(a) == bits(b)
}

/// Constants that steer the start, beside a random model.
fn steered(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Vensim => {
            let more = "D: p, q, r ~~|\nk 0 = 2 ~~|\nk 1 = -0.5 ~~|\nk[D] = 1, 2, 3 ~~|\n\
                        late = DELAY FIXED(Time * k 0, k 0, k 1) ~~|\n\
                        level = SMOOTH N(Time, ABS(k 1) + 1, k 0, 3) ~~|\n\
                        out = DELAY3I(k[q], 1 + ABS(k 0), k 1) ~~|\n\
                        read = WITH LOOKUP(k 1 * Time, ((0,0),(1,2),(3,-4))) ~~|\n\
                        start = INTEG(SUM(k[D!]), INITIAL(k 1 + k[r])) ~~|\n";
            text.replacen("{UTF-8}\n", &format!("{{UTF-8}}\n{more}"), 1)
        }
        Dialect::Xmile => {
            let more = aux("k 0", "2")
                + &aux("k 1", "-0.5")
                + &aux("k", "7")
                + &aux("late", "DELAY(TIME * k_0, k_0, k_1)")
                + &aux("level", "SMTHN(TIME, ABS(k_1) + 1, 3, k_0)")
                + &aux("was", "PREVIOUS(k_1 * TIME, k)")
                + &aux("out", "DELAY3(k, 1 + ABS(k_0), k_1)")
                + "<aux name=\"read\"><eqn>k_1 * TIME</eqn><gf><xscale min=\"0\" max=\"3\"/>\
                   <ypts>0,2,-4</ypts></gf></aux>\
                   <stock name=\"tank\"><eqn>k</eqn><outflow>leak</outflow><non_negative/></stock>\
                   <flow name=\"leak\"><eqn>k_0</eqn></flow>\n";
            text.replacen("<variables>\n", &format!("<variables>\n{more}"), 1)
        }
    }
}

fn agree(seed: u64, dialect: Dialect, picks: &[u8], numbers: &[f64]) -> Result<(), TestCaseError> {
    let (text, own) = model(seed, dialect);
    let text = steered(&text, dialect);
    let mut known: Vec<&str> = vec!["k 0", "k 1", "k"];
    known.extend(own.iter().map(String::as_str));
    let mut free: Vec<&str> = Vec::new();
    for pick in picks {
        let name = known[usize::from(*pick) % known.len()];
        if !free.contains(&name) {
            free.push(name);
        }
    }
    let source = read(&text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    for method in [Method::Euler, Method::Rk2, Method::Rk4] {
        let settings = Settings {
            free: names(&free),
            method: Some(method),
            seed,
            ..Settings::default()
        };
        let compiled = compile(&source, &settings);
        let compiled = Arc::new(compiled.unwrap_or_else(|faults| panic!("{faults:?}\n{text}")));
        for shift in 0..2 {
            let given: Vec<f64> = (0..free.len())
                .map(|at| numbers[(at + shift) % numbers.len()])
                .collect();
            let found = finished(Run::with(Arc::clone(&compiled), &given));
            let values = names(&free).into_iter().zip(given).collect();
            let anew = Settings {
                values,
                method: Some(method),
                seed,
                ..Settings::default()
            };
            prop_assert!(same(&found, &run_with(&text, &anew).unwrap()), "{text}");
        }
    }
    Ok(())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(1.0),
        Just(-0.0),
        Just(3.0),
        -5.0..5.0_f64,
        0.0..1e-6_f64
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn models_of_vensim_run_with_numbers_as_if_compiled_with_them(
        seed: u64,
        picks in proptest::collection::vec(any::<u8>(), 1..5),
        numbers in proptest::collection::vec(number(), 5),
    ) {
        agree(seed, Dialect::Vensim, &picks, &numbers)?;
    }

    #[test]
    fn models_of_xmile_run_with_numbers_as_if_compiled_with_them(
        seed: u64,
        picks in proptest::collection::vec(any::<u8>(), 1..5),
        numbers in proptest::collection::vec(number(), 5),
    ) {
        agree(seed, Dialect::Xmile, &picks, &numbers)?;
    }
}

const PLAIN: &str = "a = 3 ~~|\nb = a * 2 ~~|\ns = INTEG(b, a) ~~|\nD: p, q ~~|\nx[D] = 1, 5 ~~|\n\
                     y = SUM(x[D!]) ~~|";

#[test]
fn a_run_without_numbers_has_those_of_the_text() {
    let text = mdl(PLAIN, "1", "1");
    let compiled = freed(&text, &["a", "x"]).unwrap();
    assert_eq!(compiled.free(), names(&["a", "x"]));
    let own = finished(Run::new(Arc::clone(&compiled)));
    assert!(same(&own, &run_with(&text, &Settings::default()).unwrap()));
    let given = finished(Run::with(compiled, &[4.0, 10.0]));
    assert_eq!(column(&given, "s"), [4.0, 12.0]);
    assert_eq!(column(&given, "y")[0], 20.0, "every element has the number");
    // The settings say another number for runs that are given none.
    let settings = Settings {
        values: vec![(Name::new("a"), 7.0)],
        free: names(&["a"]),
        ..Settings::default()
    };
    assert_eq!(column(&run_with(&text, &settings).unwrap(), "b")[0], 14.0);
}

#[test]
fn what_cannot_be_free_is_refused() {
    let text = mdl(PLAIN, "1", "1");
    let problem = |free: &[&str]| freed(&text, free).unwrap_err()[0].problem.clone();
    assert!(matches!(problem(&["nobody"]), Problem::UnknownName(_)));
    assert_eq!(problem(&["a", "A"]), Problem::DefinedTwice);
    let compiled = freed(&text, &["a", "b"]).unwrap();
    let none = Run::new(Arc::clone(&compiled)).unwrap_err();
    assert_eq!(none.problem, Problem::NoInput);
    assert_eq!(none.variable.as_deref(), Some("b"));
    let fewer = Run::with(compiled, &[1.0]).unwrap_err();
    let (wanted, given) = (2, 1);
    assert_eq!(fewer.problem, Problem::InputCount { wanted, given });
}

#[test]
fn what_is_settled_before_the_run_says_which_variables_settle_it() {
    let text = mdl(
        "n = 2 ~~|\nm = n + 1 ~~|\nt = 5 ~~|\naction = 0 ~~|\nD: p, q ~~|\nx[D] = 1, 2 ~~|\nend = 1 ~~|\n\
         a = SMOOTH N(Time, t, 0, m) ~~|\nb = DELAY N(Time, t + 0, 0, 3) ~~|\n\
         c = VECTOR SELECT(x[D!], x[D!], 0, action, 0) ~~|",
        "end + 3",
        "1",
    );
    let times = |name: &str| Settled::Times(name.to_owned());
    for (free, what) in [
        ("n", Settled::DelayOrder),
        ("m", Settled::DelayOrder),
        ("t", Settled::DelayOrder),
        ("action", Settled::VectorAction),
        ("end", times("FINAL TIME")),
        ("TIME STEP", times("TIME STEP")),
    ] {
        let fault = &freed(&text, &[free]).unwrap_err()[0];
        let by = names(&[free]);
        assert_eq!(fault.problem, Problem::Steers { by, what });
        assert!(fault.variable.is_some() && fault.span.is_some(), "{free}");
        // So the caller compiles anew.
        let settings = Settings {
            values: vec![(Name::new(free), 1.0)],
            ..Settings::default()
        };
        run_with(&text, &settings).unwrap();
    }
    // The time of a smooth settles nothing.
    let text = mdl("t = 5 ~~|\na = SMOOTH N(Time, t, 0, 3) ~~|", "3", "1");
    assert!(freed(&text, &["t"]).is_ok());
    let text = xmile(
        &specs("3", "1", "Euler"),
        "",
        &(aux("n", "2") + &aux("a", "DELAYN(TIME, 5, n)")),
    );
    let fault = freed(&text, &["n"]).unwrap_err().remove(0);
    assert_eq!(
        fault.to_string(),
        "“a”: the order of a delay hangs on “n”, so the model must be compiled anew for each number of it"
    );
}
