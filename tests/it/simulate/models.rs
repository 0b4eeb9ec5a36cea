//! Arrays, modules, macros, order, and what is refused: models of our own.

use loopstream::equation::Name;
use loopstream::simulate::Settings;

use super::common::{aux, column, mdl, of_mdl, refusal, run, run_with, specs, xmile};

fn euler(end: &str) -> String {
    specs(end, "1", "Euler")
}

#[test]
fn elements_are_ordered_one_by_one() {
    let text = "D: t1, t2, t3 ~~|\nx[t1] = 1 ~~|\nx[t2] = y[t1] + 1 ~~|\nx[t3] = y[t2] * 2 ~~|\n\
                y[D] = x[D] + 10 ~~|\nz = SUM(x[D!]) ~~|";
    let results = run(&mdl(text, "0", "1"));
    assert_eq!(column(&results, "x[t3]"), [44.0]);
    assert_eq!(column(&results, "z"), [57.0]);
}

#[test]
fn a_circle_names_its_members() {
    let text = mdl(
        "D: p, q ~~|\na[p] = b ~~|\na[q] = 1 ~~|\nb = c + a[q] ~~|\nc = a[p] ~~|",
        "1",
        "1",
    );
    assert_eq!(
        refusal(&text),
        ["3:1 “a[p]”: these need each other at the same time: a[p] → b → c → a[p]"]
    );
    let text = mdl("s = INTEG(1, b) ~~|\nb = s * 2 ~~|", "1", "1");
    assert_eq!(
        refusal(&text),
        ["2:1 “s”: these need each other at the same time: s → b → s"]
    );
    // The start may be told another way.
    let text = "s = INTEG(1, b) ~~|\nb = ACTIVE INITIAL(s * 2, 7) ~~|";
    assert_eq!(of_mdl(text, "1", "1", "s"), [7.0, 8.0]);
    assert_eq!(of_mdl(text, "1", "1", "b"), [14.0, 16.0]);
}

#[test]
fn arrays_of_xmile() {
    let dimensions = "<dimensions><dim name=\"D\"><elem name=\"a\"/><elem name=\"b\"/><elem name=\"c\"/></dim>\
                      <dim name=\"N\" size=\"2\"/></dimensions>";
    let array = |name: &str, dims: &[&str], inside: &str| {
        let dims: String = dims
            .iter()
            .map(|dim| format!("<dim name=\"{dim}\"/>"))
            .collect();
        format!("<aux name=\"{name}\"><dimensions>{dims}</dimensions>{inside}</aux>")
    };
    let mut variables = array(
        "x",
        &["D"],
        "<element subscript=\"a\"><eqn>1</eqn></element><element subscript=\"b\"><eqn>20</eqn></element>\
         <element subscript=\"c\"><eqn>300</eqn></element>",
    );
    variables += &array("m", &["D", "N"], "<eqn>x * N + D</eqn>");
    variables += &array("same", &["D"], "<eqn>x + x[D] + x[a]</eqn>");
    variables += &array("row", &["D"], "<eqn>SUM(m[D, *])</eqn>");
    variables += &array("at", &["N", "D"], "<eqn>m[@2, @1]</eqn>");
    for (name, equation) in [
        ("all", "SUM(x)"),
        ("two", "SUM(m[*, 2])"),
        ("part", "SUM(x[b:c])"),
        ("product", "SUM(x[*] * m[*, 1])"),
        ("spread", "STDDEV(x) + MEAN(x) + MIN(x) + MAX(x) + SIZE(m)"),
        ("picked", "x[TIME + 2]"),
        ("number", "D.c + x[D.b]"),
    ] {
        variables += &aux(name, equation);
    }
    let results = run(&xmile(&euler("2"), dimensions, &variables));
    let at = |name: &str| column(&results, name)[0];
    assert_eq!([at("m[a,1]"), at("m[c,2]")], [2.0, 603.0]);
    assert_eq!(at("same[b]"), 41.0);
    assert_eq!(at("row[b]"), 22.0 + 42.0);
    assert_eq!(at("at[2,c]"), 603.0);
    assert_eq!(
        [at("all"), at("two"), at("part")],
        [321.0, 3.0 + 42.0 + 603.0, 320.0]
    );
    assert_eq!(at("product"), 2.0 + 20.0 * 22.0 + 300.0 * 303.0);
    let mean: f64 = 107.0;
    let deviation =
        (((1.0 - mean).powi(2) + (20.0 - mean).powi(2) + (300.0 - mean).powi(2)) / 3.0).sqrt();
    assert!((at("spread") - (deviation + mean + 1.0 + 300.0 + 6.0)).abs() < 1e-9);
    assert_eq!(
        column(&results, "picked"),
        [20.0, 300.0, 0.0],
        "0 where there is no such element"
    );
    assert_eq!(at("number"), 23.0);
}

#[test]
fn vectors_of_vensim() {
    let text = "D: (a1-a3) ~~|\nE: e1, e2 -> (D: P, a3) ~~|\nP: a1, a2 ~~|\nx[D] = 5, 1, 3 ~~|\n\
                m[D, E] = 1, 2; 3, 4; 5, 6; ~~|\nw[E] = 10, 20 ~~|\ny[D] = w[E] + x[D] ~~|\n\
                z[D] :EXCEPT: [a2] = 1 ~~|\nz[a2] = 2 ~~|\norder[D] = VECTOR SORT ORDER(x[D], 1) ~~|\n\
                sorted[D] = VECTOR ELM MAP(x[a1], order[D]) ~~|\nbeyond = VECTOR ELM MAP(x[a1], 3) ~~|\n\
                all = SUM(m[D!, E!]) + VMAX(x[D!]) + VMIN(x[P!]) + PROD(x[D!]) + ELMCOUNT(D) ~~|\n\
                some = VECTOR SELECT(z[D!], x[D!], 0, 0, 0) ~~|\nposition[D] = D ~~|";
    let results = run(&mdl(text, "0", "1"));
    let at = |name: &str| column(&results, name)[0];
    assert_eq!([at("y[a1]"), at("y[a2]"), at("y[a3]")], [15.0, 11.0, 23.0]);
    assert_eq!([at("z[a1]"), at("z[a2]"), at("m[a3,e1]")], [1.0, 2.0, 5.0]);
    assert_eq!(
        [at("sorted[a1]"), at("sorted[a2]"), at("sorted[a3]")],
        [1.0, 3.0, 5.0]
    );
    assert_eq!(at("beyond"), loopstream::equation::NOT_AVAILABLE);
    assert_eq!(at("all"), 21.0 + 5.0 + 1.0 + 15.0 + 3.0);
    assert_eq!(at("some"), 5.0 + 2.0 + 3.0);
    assert_eq!(at("position[a3]"), 3.0);
}

#[test]
fn each_module_has_its_own_stocks() {
    let module = |name: &str, from: &str| {
        format!("<module name=\"{name}\"><connect to=\"{name}.rate\" from=\"{from}\"/></module>")
    };
    let text = xmile(
        &euler("2"),
        "",
        &format!(
            "{}{}{}{}",
            aux("one", "1"),
            aux("sum", "tank_a.level + \"tank a\".level"),
            module("tank a", "one").replace("<module ", "<module model=\"tank\" "),
            module("tank b", "tank_a.level").replace("<module ", "<module model=\"tank\" "),
        ),
    );
    let part = "<model name=\"tank\"><variables><stock name=\"level\"><eqn>.one</eqn><inflow>fill</inflow></stock>\
                <flow name=\"fill\"><eqn>rate</eqn></flow><aux name=\"rate\" access=\"input\"><eqn>99</eqn></aux>\
                </variables></model></xmile>";
    let text = text
        .replace("</xmile>", part)
        .replace("\"tank a\".level", "tank_a.level");
    let results = run(&text);
    assert_eq!(column(&results, "tank a.level"), [1.0, 2.0, 3.0]);
    assert_eq!(column(&results, "tank b.level"), [1.0, 2.0, 4.0]);
    assert_eq!(column(&results, "sum"), [2.0, 4.0, 6.0]);
}

#[test]
fn each_call_of_a_macro_has_its_own_stocks() {
    let text = ":MACRO: FILL(rate, start)\nFILL = INTEG(rate * half, start) ~~|\nhalf = TIME STEP$ / 2 ~~|\n\
                :END OF MACRO:\nD: p, q ~~|\nr[D] = 2, 4 ~~|\nx[D] = FILL(r[D], 1) ~~|\ny = FILL(10, 0) + FILL(1, 5) ~~|";
    let results = run(&mdl(text, "2", "1"));
    assert_eq!(column(&results, "x[p]"), [1.0, 2.0, 3.0]);
    assert_eq!(column(&results, "x[q]"), [1.0, 3.0, 5.0]);
    assert_eq!(column(&results, "y"), [5.0, 10.5, 16.0]);
    assert!(
        results.names().iter().all(|name| !name.contains("half")),
        "{:?}",
        results.names()
    );
    let forever = mdl(
        ":MACRO: F(x)\nF = F(x) + 1 ~~|\n:END OF MACRO:\ny = F(1) ~~|",
        "1",
        "1",
    );
    assert_eq!(refusal(&forever).len(), 1);
    let text = "<macro name=\"TWICE\"><parm>x</parm><parm default=\"3\">y</parm><eqn>2*x + y</eqn></macro>";
    let text = xmile(&euler("0"), "", &aux("a", "twice(5) + TWICE(1, 1)"))
        .replace("<model>", &format!("{text}<model>"));
    assert_eq!(column(&run(&text), "a"), [16.0]);
}

#[test]
fn variables_can_be_set() {
    let text = mdl("a = 3 ~~|\nb = a * 2 ~~|\ns = INTEG(b, a) ~~|", "1", "1");
    let settings = Settings {
        values: vec![(Name::new("A"), 5.0)],
        ..Settings::default()
    };
    assert_eq!(
        column(&run_with(&text, &settings).unwrap(), "s"),
        [5.0, 15.0]
    );
    let unknown = Settings {
        values: vec![(Name::new("nobody"), 5.0)],
        ..Settings::default()
    };
    assert!(run_with(&text, &unknown).is_err());
}

#[test]
fn the_first_value_that_is_no_number_is_named() {
    let text = mdl("c = b + 1 ~~|\nb = 1 / a ~~|\na = 2 - Time ~~|", "3", "1");
    let results = run(&text);
    let first = results.non_finite().unwrap();
    assert_eq!((first.variable.as_str(), first.time), ("b", 2.0));
    assert!(run(&mdl("a = 1 ~~|", "1", "1")).non_finite().is_none());
}

#[test]
fn times_that_make_no_sense_are_refused() {
    let text = |times: &str| format!("x = 1 ~~|\n{times}");
    let all = "INITIAL TIME = 0 ~~|\nFINAL TIME = 9 ~~|\nTIME STEP = 1 ~~|\n";
    assert_eq!(run(&text(all)).times().len(), 10);
    for (from, to, words) in [
        (
            "TIME STEP = 1",
            "TIME STEP = 0",
            "the step of a run is above 0",
        ),
        (
            "FINAL TIME = 9",
            "FINAL TIME = -9",
            "a run ends before it begins",
        ),
        (
            "TIME STEP = 1",
            "TIME STEP = 1e-12",
            "a run has more than 20000000 steps",
        ),
        (
            "TIME STEP = 1 ",
            "TIME STEP = IF THEN ELSE(Time > 3, 1, 2) ",
            "TIME STEP must be known when the run begins",
        ),
        ("FINAL TIME = 9 ~~|", "", "there is no “final_time”"),
    ] {
        let said = refusal(&text(&all.replace(from, to)));
        assert!(said.len() == 1 && said[0].contains(words), "{said:?}");
    }
}

#[test]
fn hostile_models_are_bounded() {
    let huge = mdl(
        "D: (a1-a1000) ~~|\nE: (b1-b1000) ~~|\nF: (c1-c1000) ~~|\nx[D,E,F] = 1 ~~|",
        "1",
        "1",
    );
    assert!(refusal(&huge)[0].contains("more than 1000000 elements"));
    let sum = mdl(
        "D: (a1-a1000) ~~|\nx[D] = 1 ~~|\nE: (b1-b1000) ~~|\ny[E] = 1 ~~|\nz = SUM(x[D!] * y[E!]) ~~|",
        "1",
        "1",
    );
    assert!(refusal(&sum)[0].contains("more than 200000 elements"));
    let delay = mdl("x = DELAY FIXED(Time, 1e18, 0) ~~|", "1", "1");
    assert!(refusal(&delay)[0].contains("longer than can be held"));
    let stages = mdl("x = SMOOTH N(Time, 5, 0, 1e9) ~~|", "1", "1");
    assert!(refusal(&stages)[0].contains("from 1 to 10000 stocks"));
    let dimension = mdl("D: E ~~|\nE: D ~~|\nx[D] = 1 ~~|", "1", "1");
    assert!(refusal(&dimension)[0].contains("part of itself"));
    let chain: String = (1..3000)
        .map(|n| format!("x{n} = x{} + 1 ~~|\n", n - 1))
        .collect();
    assert_eq!(
        of_mdl(&format!("x0 = Time ~~|\n{chain}"), "1", "1", "x2999"),
        [2999.0, 3000.0]
    );
}

#[test]
fn small_files_that_are_none_are_refused() {
    for text in [
        "",
        "<",
        "<a/>",
        "x",
        "<xmile/>",
        "x = ",
        "x = 1 ~~|",
        "*** ~ |",
        ":MACRO: F(x)\nF = 1 ~~|",
    ] {
        assert!(!refusal(text).is_empty(), "{text}");
    }
}
