//! What went wrong in other programs, by their own reports: each a test. Facts of the languages, not
//! of this program.

use super::common::{aux, column, mdl, of_mdl, of_xmile, refusal, run, specs, xmile};

const EULER: &str = "Euler";

/// SDEverywhere 569, PySD 60: -3^2 gave 9.
#[test]
fn a_sign_binds_less_than_a_power() {
    assert_eq!(of_mdl("x = -3^2 ~~|", "1", "1", "x"), [-9.0, -9.0]);
    assert_eq!(
        of_xmile(&specs("0", "1", EULER), "", "-3^2 + (-3)^2 + 2^3^2"),
        [512.0]
    );
}

/// Simlin 914: AND and OR on one level; NOT tighter than comparisons in Vensim.
#[test]
fn and_or_and_not() {
    assert_eq!(
        of_mdl(
            "x = IF THEN ELSE(1 :OR: 0 :AND: 0, 5, 6) ~~|",
            "0",
            "1",
            "x"
        ),
        [5.0]
    );
    assert_eq!(
        of_mdl("x = IF THEN ELSE(:NOT: 1 > 2, 5, 6) ~~|", "0", "1", "x"),
        [5.0]
    );
    assert_eq!(
        of_xmile(&specs("0", "1", EULER), "", "IF 1 OR 0 AND 0 THEN 5 ELSE 6"),
        [5.0]
    );
    // NOT 1 is 0, and 0 > -1.
    assert_eq!(
        of_xmile(&specs("0", "1", EULER), "", "IF NOT 1 > -1 THEN 5 ELSE 6"),
        [5.0]
    );
}

/// Simlin 912: two signs, and a function of a number.
#[test]
fn two_signs_and_int_of_a_number() {
    assert_eq!(
        of_xmile(&specs("0", "1", EULER), "", "- -3 + INT(0) + INT(-0.5)"),
        [2.0]
    );
    assert_eq!(
        of_mdl("x = INTEGER(-9.9) + MODULO(-10, 3) ~~|", "0", "1", "x"),
        [-10.0]
    );
}

/// Simlin 346: DELAY FIXED as a delay of first order. Vensim's own rounding of its time.
#[test]
fn a_fixed_delay_is_a_pipeline() {
    let delayed = |time: &str| {
        of_mdl(
            &format!("x = DELAY FIXED(Time, {time}, -1) ~~|"),
            "4",
            "1",
            "x",
        )
    };
    assert_eq!(delayed("0"), [-1.0, 0.0, 1.0, 2.0, 3.0]);
    assert_eq!(delayed("1.2"), [-1.0, 0.0, 1.0, 2.0, 3.0]);
    assert_eq!(delayed("1.5"), [-1.0, -1.0, 0.0, 1.0, 2.0]);
    assert_eq!(delayed("3.7"), [-1.0, -1.0, -1.0, -1.0, 0.0]);
}

/// Simlin 346: orders other than 1 and 3, forecasts, random numbers.
#[test]
fn any_order_and_any_function() {
    let text = "x = DELAY N(10 + STEP(5, 1), 4, 10, 2) ~~|\ny = SMOOTH N(STEP(1,0), 4, 0, 5) ~~|\n\
                z = FORECAST(Time, 5, 2) ~~|\nr = RANDOM UNIFORM(3, 4, 0) ~~|";
    let results = run(&mdl(text, "100", "0.25"));
    assert!((column(&results, "x").last().unwrap() - 15.0).abs() < 1e-9);
    assert!((column(&results, "y").last().unwrap() - 1.0).abs() < 1e-9);
    let drawn = column(&results, "r");
    assert!(drawn.iter().all(|r| (3.0..4.0).contains(r)) && drawn[0] != drawn[1]);
    assert_eq!(
        column(&run(&mdl(text, "100", "0.25")), "r"),
        drawn,
        "the same in every run"
    );
}

/// Simlin 545, PySD 194: non-negative not obeyed, or without limiting the outflow.
#[test]
fn a_stock_limits_its_outflows_in_their_order() {
    let text = xmile(
        &specs("3", "1", EULER),
        "",
        "<stock name=\"s\"><eqn>10</eqn><outflow>first</outflow><outflow>second</outflow>\
         <non_negative/></stock><flow name=\"first\"><eqn>4</eqn></flow>\
         <flow name=\"second\"><eqn>3</eqn></flow>\
         <stock name=\"down\"><eqn>0</eqn><inflow>second</inflow></stock>\
         <stock name=\"aside\"><eqn>0</eqn><inflow>first</inflow></stock>",
    );
    let results = run(&text);
    assert_eq!(column(&results, "s"), [10.0, 3.0, 0.0, 0.0]);
    assert_eq!(column(&results, "first"), [4.0, 3.0, 0.0, 0.0]);
    assert_eq!(column(&results, "second"), [3.0, 0.0, 0.0, 0.0]);
    // Nothing is made from nothing.
    assert_eq!(column(&results, "down"), [0.0, 3.0, 3.0, 3.0]);
    assert_eq!(column(&results, "aside"), [0.0, 4.0, 7.0, 7.0]);
    let without = run(&text.replace("<non_negative/>", "<non_negative>false</non_negative>"));
    assert_eq!(column(&without, "s"), [10.0, 3.0, -4.0, -11.0]);
}

#[test]
fn the_flag_for_all_holds_where_nothing_else_is_said() {
    let parts = "<flow name=\"f\"><eqn>-1</eqn></flow><flow name=\"g\"><eqn>-1</eqn>\
                 <non_negative> False </non_negative></flow><stock name=\"s\"><eqn>1</eqn>\
                 <inflow>f</inflow></stock>";
    let all = "<behavior><flow><non_negative/></flow></behavior>";
    let results = run(&xmile(&specs("1", "1", EULER), all, parts));
    assert_eq!(column(&results, "f"), [0.0, 0.0]);
    assert_eq!(column(&results, "g"), [-1.0, -1.0]);
    let results = run(&xmile(&specs("1", "1", EULER), "", parts));
    assert_eq!(column(&results, "f"), [-1.0, -1.0]);
}

/// PySD 145: delays and smooths began at 0 in place of their input.
#[test]
fn delays_and_smooths_begin_at_their_input() {
    for call in [
        "DELAY1(x, 5)",
        "DELAY3(x, 5)",
        "SMOOTH(x, 5)",
        "SMOOTH3(x, 5)",
    ] {
        assert_eq!(
            of_mdl(&format!("x = 8 ~~|\ny = {call} ~~|"), "3", "1", "y"),
            [8.0; 4],
            "{call}"
        );
    }
    for call in [
        "DELAY1(8, 5)",
        "DELAY3(8, 5)",
        "SMTH1(8, 5)",
        "SMTH3(8, 5)",
        "DELAYN(8, 5, 4)",
        "SMTHN(8, 5, 2)",
        "DELAY(8, 2)",
    ] {
        let values = of_xmile(&specs("3", "1", EULER), "", call);
        assert!(
            values.iter().all(|value| (value - 8.0).abs() < 1e-12),
            "{call} {values:?}"
        );
    }
}

/// PySD 147, WorldDynamics 183: DELAY N is not DELAY3 where the time of the delay changes.
#[test]
fn delay_n_and_delay3_differ_where_the_time_changes() {
    let text = "x = STEP(10, 2) ~~|\nt = 6 + STEP(3, 4) ~~|\nn = DELAY N(x, t, 0, 3) ~~|\n\
                three = DELAY3I(x, t, 0) ~~|\nsame n = DELAY N(x, 6, 0, 3) ~~|\n\
                same three = DELAY3I(x, 6, 0) ~~|";
    let results = run(&mdl(text, "12", "1"));
    let (n, three) = (column(&results, "n"), column(&results, "three"));
    assert_eq!(n[..4], three[..4]);
    assert!(
        n.iter()
            .zip(&three)
            .any(|(n, three)| (n - three).abs() > 0.1),
        "{n:?} {three:?}"
    );
    assert_eq!(column(&results, "same n"), column(&results, "same three"));
}

/// PySD 76 and 272, test-models 48: intervals of saving, one row too many, Stella's own.
#[test]
fn rows_are_saved_as_asked() {
    let text = mdl("x = Time ~~|", "1", "0.1").replace("SAVEPER = TIME STEP", "SAVEPER = 0.3");
    let results = run(&text);
    assert_eq!(results.times().len(), 5, "0, 0.3, 0.6, 0.9 and the end");
    assert_eq!(*results.times().last().unwrap(), 1.0);
    let stella = specs("2", "0.25", "Euler\" isee:save_interval=\"0.5");
    assert_eq!(of_xmile(&stella, "", "TIME"), [0.0, 0.5, 1.0, 1.5, 2.0]);
}

/// PySD 343 to 346; Simlin and SDEverywhere: a running sum of dt drifts.
#[test]
fn times_are_not_a_running_sum() {
    let text = "hit = IF THEN ELSE(Time = FINAL TIME, 1, 0) ~~|\ns = STEP(1, 0.3) ~~|\n\
                p = PULSE(0.7, 0) ~~|\nr = RAMP(1, 0.3, 0.9) ~~|\nt = Time ~~|";
    let results = run(&mdl(text, "100", "0.1"));
    assert_eq!(results.times().len(), 1001);
    assert_eq!(column(&results, "hit").iter().sum::<f64>(), 1.0);
    assert_eq!(column(&results, "s")[..5], [0.0, 0.0, 0.0, 1.0, 1.0]);
    assert_eq!(column(&results, "p")[6..9], [0.0, 1.0, 0.0]);
    assert!((column(&results, "r")[1000] - 0.6).abs() < 1e-15);
    for (n, time) in (0_u32..).zip(column(&results, "t")).take(1000) {
        assert_eq!(time, 0.1 * f64::from(n));
    }
    let thirds = of_xmile(
        "<sim_specs><start>1</start><stop>3</stop><dt reciprocal=\"true\">3</dt></sim_specs>",
        "",
        "TIME",
    );
    assert_eq!(
        thirds,
        [
            1.0,
            1.0 + 1.0 / 3.0,
            1.0 + 2.0 / 3.0,
            2.0,
            1.0 + 4.0 / 3.0,
            1.0 + 5.0 / 3.0,
            3.0
        ]
    );
}

/// PySD ends a pulse train one step early at its end.
#[test]
fn a_pulse_train_goes_on_at_its_end() {
    let train = |width: &str, end: &str| {
        of_mdl(
            &format!("x = PULSE TRAIN(1, {width}, 4, {end}) ~~|"),
            "7",
            "1",
            "x",
        )
    };
    assert_eq!(train("2", "100"), [0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0]);
    assert_eq!(train("2", "5"), [0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    assert_eq!(train("0", "100"), [0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    // XMILE's PULSE is another function: an amount in one step, again and again.
    let pulses = of_xmile(&specs("2", "0.25", EULER), "", "PULSE(3, 0.5, 0.75)");
    assert_eq!(pulses, [0.0, 0.0, 12.0, 0.0, 0.0, 12.0, 0.0, 0.0, 12.0]);
}

/// PySD 452: random inputs were compared value by value. Here: moments, and one draw in a step.
#[test]
fn random_numbers_have_their_moments() {
    let results = run(&mdl(
        "x = RANDOM NORMAL(-100, 100, 5, 2, 0) ~~|\ny = x ~~|",
        "20000",
        "1",
    ));
    let x = column(&results, "x");
    let count = f64::from(u32::try_from(x.len()).unwrap());
    let mean = x.iter().sum::<f64>() / count;
    let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
    assert!(
        (mean - 5.0).abs() < 0.06 && (variance - 4.0).abs() < 0.15,
        "{mean} {variance}"
    );
    assert_eq!(column(&results, "y"), x);
}

/// Simlin 435: PREVIOUS gave 0 in the first steps under Runge and Kutta.
#[test]
fn previous_is_one_step_back_with_every_method() {
    for method in ["Euler", "rk2", "RK4"] {
        let values = of_xmile(&specs("3", "1", method), "", "PREVIOUS(TIME, 66)");
        assert_eq!(values, [66.0, 0.0, 1.0, 2.0], "{method}");
        let own = of_xmile(&specs("3", "1", method), "", "PREVIOUS(SELF, 1) * 2");
        assert_eq!(own, [2.0, 4.0, 8.0, 16.0], "{method}");
    }
    let saved = specs("4", "1", "Euler\" isee:save_interval=\"2");
    assert_eq!(
        of_xmile(&saved, "", "PREVIOUS(TIME, 66)"),
        [66.0, 1.0, 3.0],
        "a step, not a row"
    );
}

/// Simlin 715 and 82: tables out of order; names without regard to case.
#[test]
fn tables_out_of_order_and_names_of_any_case() {
    let gf = "<gf name=\"T\"><xpts>2,0,1</xpts><ypts>4,0,1</ypts></gf>";
    assert_eq!(
        of_xmile(&specs("3", "1", EULER), gf, "t(TIME)"),
        [0.0, 1.0, 4.0, 4.0]
    );
    let text = "Total  Population = 5 ~~|\nx = total_population + TOTAL POPULATION ~~|";
    assert_eq!(of_mdl(text, "0", "1", "X"), [10.0]);
}

/// Integration methods of Vensim: steps and pulses hold still within a step of Runge and Kutta.
#[test]
fn events_hold_still_within_a_step() {
    let text = mdl("s = INTEG(STEP(1, 1), 0) ~~|", "3", "1")
        + "\\\\\\---///\n///---\\\\\\\n15:0,0,0,1,0,0\n";
    assert_eq!(column(&run(&text), "s"), [0.0, 0.0, 1.0, 2.0]);
}

/// What is not there is refused by name, and never 0 in silence.
#[test]
fn what_cannot_run_is_named() {
    let text = mdl(
        "x = VECTOR REORDER(1, 2) ~~|\ny = x + z ~~|\nw ~~|\nu = ~~|",
        "1",
        "1",
    );
    assert_eq!(
        refusal(&text),
        [
            "4:1 “w”: it takes its values from data, which are not in the file",
            "5:1 “u”: it has no equation yet",
            "2:5 “x”: the function VECTOR REORDER is not known here",
            "3:9 “y”: there is no “z”",
        ]
    );
    let conveyor = "<stock name=\"c\"><eqn>1</eqn><conveyor><len>3</len></conveyor></stock>";
    let text = xmile(
        &specs("1", "1", EULER),
        "",
        &format!("{conveyor}{}", aux("x", "COUNTER(1, 2)")),
    );
    assert_eq!(
        refusal(&text),
        [
            "7:1 “c”: a conveyor with more or fewer than one outflow cannot run here",
            "7:98 “x”: the function COUNTER is not known here",
        ]
    );
}
