//! Models of which something cannot be computed: the rest runs, and what hangs on it is unknown.

use std::collections::HashSet;
use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::{Dialect, Expr, Name, Node, Subscript};
use loopstream::simulate::{
    Because, Body, Compiled, Ensemble, EnsembleError, Extent, Extremes, HalfStep, Kind, Parameter,
    Plan, Range, Results, Settings, Source, Variable, compile, extremes_of, read,
};
use proptest::prelude::*;

use super::common::{aux, column, loops, mdl, run, run_of, specs, xmile};
use super::module;
use super::oracle::model;

fn compiled(text: &str) -> Compiled {
    let source = read(text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    compile(&source, &Settings::default()).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

/// The columns of what can be computed, and what cannot: its name, whether it hangs on others, and
/// how many columns stand before it.
fn parts(compiled: &Compiled) -> (Vec<&str>, Vec<(&str, bool, usize)>) {
    let known = compiled.columns().iter().map(|one| one.name.as_str());
    let unknown = compiled.unknown().iter().map(|one| {
        let hangs = one.because == Because::Hangs;
        (one.name.as_str(), hangs, one.before)
    });
    (known.collect(), unknown.collect())
}

fn refused(compiled: &Compiled) -> Vec<String> {
    compiled.refused().iter().map(ToString::to_string).collect()
}

#[test]
fn what_does_not_hang_on_an_unknown_variable_runs() {
    let text = mdl(
        "a = 2 ~~|\nb = NOWHERE(a) ~~|\nc = b + 1 ~~|\ns = INTEG(a, 1) ~~|\nr = INTEG(c, 7) ~~|\n\
         first = INITIAL(r) ~~|\nsmooth = SMOOTH(c, 5) ~~|",
        "2",
        "1",
    );
    let compiled = compiled(&text);
    let (known, unknown) = parts(&compiled);
    let settings = ["INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER"];
    let own = ["a", "s", "first"];
    assert_eq!(known, [&own[..], &settings[..]].concat());
    assert_eq!(
        unknown,
        [
            ("b", false, 1),
            ("c", true, 1),
            ("r", true, 2),
            ("smooth", true, 3)
        ]
    );
    assert_eq!(
        refused(&compiled),
        ["“b”: the function NOWHERE is not known here"]
    );
    let results = run_of(compiled).unwrap();
    assert_eq!(column(&results, "s"), [1.0, 3.0, 5.0]);
    // What a stock begins with is known, whatever changes it.
    assert_eq!(column(&results, "first"), [7.0; 3]);
    assert!(results.index_of("c").is_none());
}

#[test]
fn a_model_of_which_nothing_is_known_does_not_run() {
    let text = mdl("b = NOWHERE(1) ~~|\nc = b + 1 ~~|", "2", "1");
    let faults = compile(&read(&text).unwrap(), &Settings::default()).unwrap_err();
    assert_eq!(faults.len(), 1);
    // Nor does one whose times are unknown.
    let text = mdl("a = 1 ~~|\nb = NOWHERE(1) ~~|", "b", "1");
    let faults = compile(&read(&text).unwrap(), &Settings::default()).unwrap_err();
    assert!(
        faults[0].to_string().contains("cannot be computed"),
        "{faults:?}"
    );
}

#[test]
fn elements_are_unknown_one_by_one() {
    let text = mdl(
        "D: p, q ~~|\nx[p] = NOWHERE(1) ~~|\nx[q] = 2 ~~|\ny[D] = x[D] * 2 ~~|\n\
         z = SUM(x[D!]) ~~|\nw = y[q] ~~|",
        "0",
        "1",
    );
    let compiled = compiled(&text);
    let (known, unknown) = parts(&compiled);
    assert_eq!(&known[..3], ["x[q]", "y[q]", "w"]);
    let names: Vec<&str> = unknown.iter().map(|one| one.0).collect();
    assert_eq!(names, ["x[p]", "y[p]", "z"]);
    assert_eq!(column(&run_of(compiled).unwrap(), "w"), [4.0]);
}

#[test]
fn a_circle_leaves_what_is_beside_it() {
    let text = mdl(
        "a = b ~~|\nb = a + 1 ~~|\nc = 1 ~~|\nd = a + c ~~|\ne = f ~~|\nf = e ~~|",
        "0",
        "1",
    );
    let compiled = compiled(&text);
    let (known, unknown) = parts(&compiled);
    assert_eq!(known[0], "c");
    let unknown: Vec<(&str, bool)> = unknown.iter().map(|one| (one.0, one.1)).collect();
    assert_eq!(
        unknown,
        [
            ("a", false),
            ("b", false),
            ("d", true),
            ("e", false),
            ("f", false)
        ]
    );
    assert_eq!(
        refused(&compiled),
        [
            "“a”: these need each other at the same time: a → b → a",
            "“e”: these need each other at the same time: e → f → e"
        ]
    );
}

#[test]
fn an_equation_that_cannot_be_read_keeps_no_other_from_running() {
    let text = xmile(
        &specs("1", "1", "Euler"),
        "",
        &(aux("good", "TIME + 1") + &aux("bad", "1 + * 2") + &aux("hangs", "bad + good")),
    );
    let compiled = compiled(&text);
    assert_eq!(parts(&compiled).0, ["good"]);
    let place = compiled.refused()[0].place(&text).unwrap();
    assert_eq!(
        (place.line, place.column),
        (8, 35),
        "{:?}",
        compiled.refused()
    );
    for text in [
        mdl(
            "good = Time + 1 ~~|\nbad = 1 + * 2 ~~|\nhangs = bad + good ~~|",
            "1",
            "1",
        ),
        mdl(
            "good = Time + 1 ~~|\nbad = 1 + ? ~~|\nhangs = bad + good ~~|",
            "1",
            "1",
        ),
        mdl(
            "good = Time + 1 ~~|\nbad = ~~|\nhangs = bad + good ~~|",
            "1",
            "1",
        ),
        mdl(
            "good = Time + 1 ~~|\nbad = A FUNCTION OF(good) ~~|\nhangs = bad + good ~~|",
            "1",
            "1",
        ),
    ] {
        let compiled = self::compiled(&text);
        let names: Vec<&str> = compiled
            .unknown()
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(names, ["bad", "hangs"]);
        assert_eq!(compiled.refused()[0].variable.as_deref(), Some("bad"));
        assert_eq!(column(&run_of(compiled).unwrap(), "good"), [1.0, 2.0]);
    }
}

#[test]
fn a_name_that_two_variables_have_is_that_of_neither() {
    let text = xmile(
        &specs("0", "1", "Euler"),
        "",
        &(aux("x", "1") + &aux("X", "2") + &aux("y", "x") + &aux("z", "3")),
    );
    let compiled = compiled(&text);
    assert_eq!(parts(&compiled).0, ["z"]);
    assert_eq!(compiled.unknown().len(), 3);
}

#[test]
fn a_table_or_an_order_that_is_wrong_makes_unknown_what_needs_it() {
    let table = "<aux name=\"t\"><gf><xpts>0,1</xpts><ypts>0,b</ypts></gf></aux>";
    let text = xmile(
        &specs("0", "1", "Euler"),
        "",
        &(table.to_owned()
            + &aux("x", "t(1)")
            + &aux("y", "LOOKUP(t, 1)")
            + &aux("n", "SMTHN(1, 2, w)")
            + &aux("w", "NOWHERE(1)")
            + &aux("m", "SMTHN(1, 2, -3)")
            + &aux("z", "3")),
    );
    let compiled = compiled(&text);
    assert_eq!(parts(&compiled).0, ["z"]);
    assert_eq!(compiled.refused().len(), 3, "{:?}", compiled.refused());
}

#[test]
fn loops_of_what_runs_have_the_scores_that_they_have_alone() {
    let alone = "p = INTEG(p * 0.1 - p / 20, 10) ~~|\n";
    let beside = "q = INTEG(drain, 5) ~~|\ndrain = NOWHERE(q) ~~|\nsum = p + q ~~|\n";
    let one = loops(&mdl(alone, "9", "1"));
    let both = loops(&mdl(&format!("{beside}{alone}"), "9", "1"));
    assert_eq!(both.loops().len(), one.loops().len());
    assert_eq!(both.extent(), Extent::Complete);
    for at in 0..one.loops().len() {
        assert_eq!(both.described(at), one.described(at));
        assert_eq!(both.relative(at), one.relative(at));
    }
}

#[test]
fn many_runs_and_trials_leave_unknown_what_is_unknown() {
    let text = mdl(
        "a = 2 ~~|\nb = NOWHERE(1) ~~|\ns = INTEG(a, 1) ~~|\nr = INTEG(a, b) ~~|\n\
         q = INTEG(b, 3) ~~|",
        "2",
        "1",
    );
    let source = Arc::new(read(&text).unwrap());
    let settings = Settings::default();
    let parameter = [Parameter {
        name: Name::new("a"),
        range: Range::Uniform {
            low: 1.0,
            high: 2.0,
        },
    }];
    let plan = Plan::LatinHypercube { runs: 5, seed: 1 };
    let of = |output: &str| {
        let outputs = [output.to_owned()];
        Ensemble::new(Arc::clone(&source), &settings, &parameter, plan, &outputs).map(|_| ())
    };
    assert!(of("s").is_ok());
    assert_eq!(of("r"), Err(EnsembleError::UnknownOutput("r".to_owned())));
    // A stock that begins with what is unknown is not emptied: its run would be no run of the model.
    let mut trials = Extremes::new(Arc::clone(&source), &settings, extremes_of(&source)).unwrap();
    while trials.advance(u64::MAX) == Progress::Unfinished {}
    assert!(trials.trials().iter().all(|trial| trial.findings.is_ok()));
    assert_eq!(trials.count(), 4);
    let mut half = HalfStep::new(&source, &settings).unwrap();
    while half.advance(u64::MAX) == Progress::Unfinished {}
    assert!(half.into_report().unwrap().unknown.is_empty());
}

/// The names in an expression.
fn names(expr: &Expr, into: &mut HashSet<Name>) {
    match &expr.node {
        Node::Number(_) => {}
        Node::Name(name, subscripts) => {
            into.insert(name.clone());
            for subscript in subscripts {
                if let Subscript::Index(index) = subscript {
                    names(index, into);
                }
            }
        }
        Node::Call(_, _, arguments) => arguments.iter().for_each(|one| names(one, into)),
        Node::Unary(_, inside) | Node::Inline(inside, _) => names(inside, into),
        Node::Binary(_, sides) => sides.iter().for_each(|one| names(one, into)),
        Node::If(parts) => parts.iter().for_each(|one| names(one, into)),
    }
}

/// What a variable names in any way.
fn needs(variable: &Variable) -> HashSet<Name> {
    let mut needs = HashSet::new();
    for equation in &variable.equations {
        if let Body::Value(expr) = &equation.body {
            names(expr, &mut needs);
        }
        if let Some(initial) = &equation.initial {
            names(initial, &mut needs);
        }
    }
    match &variable.kind {
        Kind::Stock {
            inflows, outflows, ..
        } => needs.extend(inflows.iter().chain(outflows).cloned()),
        Kind::Flow {
            multiplier: Some(multiplier),
            ..
        } => names(multiplier, &mut needs),
        _ => {}
    }
    needs
}

/// Whatever reaches one of some variables by names: again and again, until nothing is added.
fn reaching(source: &Source, refused: &HashSet<Name>) -> HashSet<Name> {
    let mut reached = refused.clone();
    // What a flow is multiplied by counts where it arrives.
    let arrives = |flow: &Name| {
        let mut variables = source.models[0].variables.iter();
        let flow = variables.find(|one| one.key == *flow);
        flow.map(needs).unwrap_or_default()
    };
    loop {
        let before = reached.len();
        for variable in &source.models[0].variables {
            let mut needed = needs(variable);
            if let Kind::Stock { inflows, .. } = &variable.kind {
                needed.extend(inflows.iter().flat_map(arrives));
            }
            if needed.iter().any(|name| reached.contains(name)) {
                reached.insert(variable.key.clone());
            }
        }
        if reached.len() == before {
            return reached;
        }
    }
}

fn whole(source: &Source) -> Results {
    run_of(compile(source, &Settings::default()).unwrap()).unwrap()
}

/// Some variables of a model are refused. All that hangs on none of them is known; what is known is
/// what it was, to the last bit, in both programs.
fn agree(seed: u64, which: u64, dialect: Dialect) -> Result<(), TestCaseError> {
    let (text, _) = model(seed, dialect);
    let mut source = read(&text).unwrap();
    let before = whole(&source);
    let count = source.models[0].variables.len() as u64;
    let mut refused = HashSet::new();
    for at in [which % count, (which / 7) % count] {
        let variable = &mut source.models[0].variables[at as usize];
        let is_setting = ["initial_time", "final_time", "time_step", "saveper"];
        if !is_setting.contains(&variable.key.as_str()) {
            variable.equations[0].body = Body::Refused("no".to_owned());
            variable.equations[0].initial = None;
            refused.insert(variable.key.clone());
        }
    }
    let unknown = reaching(&source, &refused);
    let Ok(compiled) = compile(&source, &Settings::default()) else {
        // Nothing is left but the settings of Vensim.
        prop_assert!(unknown.len() + 4 >= count as usize, "{}", text);
        return Ok(());
    };
    let compiled = Arc::new(compiled);
    let all = compiled.columns().len() + compiled.unknown().len();
    prop_assert_eq!(all, before.names().len());
    for variable in &source.models[0].variables {
        let is_known = compiled
            .columns()
            .iter()
            .any(|one| Name::new(&one.name) == variable.key);
        prop_assert!(
            is_known || unknown.contains(&variable.key),
            "{}",
            variable.name
        );
        prop_assert!(!is_known || !refused.contains(&variable.key));
    }
    prop_assert_eq!(module::same(&compiled), Ok(()));
    let mut run = loopstream::simulate::Run::new(compiled).unwrap();
    while run.advance(u64::MAX) == Progress::Unfinished {}
    let after = run.into_results();
    for (at, name) in after.names().iter().enumerate() {
        let was = before.index_of(name).unwrap();
        let bits = |results: &Results, at: usize| -> Vec<u64> {
            let values = results.column(at);
            values
                .map(|value| if value.is_nan() { 0 } else { value.to_bits() })
                .collect()
        };
        prop_assert_eq!(bits(&after, at), bits(&before, was), "{}\n{}", name, text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_known_of_models_of_vensim_is_as_before(seed: u64, which: u64) {
        agree(seed, which, Dialect::Vensim)?;
    }

    #[test]
    fn what_is_known_of_models_of_xmile_is_as_before(seed: u64, which: u64) {
        agree(seed, which, Dialect::Xmile)?;
    }
}

#[test]
fn a_variable_called_time_hides_the_clock() {
    let text = xmile(
        &specs("2", "1", "Euler"),
        "",
        &(aux("Time", "42") + &aux("x", "TIME + 1")),
    );
    assert_eq!(column(&run(&text), "x"), [43.0; 3]);
}
