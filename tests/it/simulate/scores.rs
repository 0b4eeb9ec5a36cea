//! Scores of links and loops: printed numbers, hidden structure, and what is refused.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::simulate::{
    Extent, LinkRun, LoopSearch, Method, Polarity, ScoreError, Settings, Which, read, wire,
};

use super::common::{aux, link, links, loop_of, loops, mdl, specs, xmile};

/// To the digits that are printed.
fn near(found: f64, printed: f64, digit: f64) {
    let is_near = (found - printed).abs() <= 0.5 * digit * 1.001;
    assert!(is_near, "{found} is not {printed}");
}

/// Schoenberg, Davidsen & Eberlein 2020.
#[test]
fn printed_links() {
    let text = "z = 2 * x + y ~~|\nx = 5 + 2 * Time ~~|\ny = 4 + Time ~~|";
    let found = links(&mdl(text, "1", "1"), Which::All);
    near(link(&found, "x", "z")[1], 0.8, 1e-12);
    near(link(&found, "y", "z")[1], 0.2, 1e-12);
    let text = "z = (w + x) / y ~~|\nw = 7 + 3 * Time ~~|\nx = 2 + 2 * Time ~~|\n\
                y = 3 + 2 * Time ~~|";
    let found = links(&mdl(text, "1", "1"), Which::All);
    near(link(&found, "w", "z")[1], 5.0, 1e-12);
    near(link(&found, "x", "z")[1], 3.33, 0.01);
    near(link(&found, "y", "z")[1], -6.0, 1e-12);
    let shares: f64 = (0..3).map(|at| found.shares(at).unwrap()[1]).sum();
    near(shares, 1.0, 1e-12);
    assert_eq!(link(&found, "w", "z")[0], 0.0);
}

/// Two flows, and one net flow of the same: Schoenberg, Hayward & Eberlein 2023.
#[test]
fn printed_flows() {
    for step in ["1", "0.25"] {
        let flows = format!("in = 5 + 5 * Time / {step} ~~|\nout = 4 + Time / {step} ~~|\n");
        let text = format!("{flows}s = INTEG(in - out, 0) ~~|");
        let found = links(&mdl(&text, step, step), Which::All);
        near(link(&found, "in", "s")[1], 1.25, 1e-12);
        near(link(&found, "out", "s")[1], -0.25, 1e-12);
        let text = format!("{flows}net = in - out ~~|\ns = INTEG(net, 0) ~~|");
        let found = links(&mdl(&text, step, step), Which::All);
        near(link(&found, "in", "net")[1], 1.25, 1e-12);
        near(link(&found, "out", "net")[1], -0.25, 1e-12);
        assert_eq!(link(&found, "net", "s")[1], 1.0);
    }
}

/// Diffusion by Bass, with dt 1/16; the paper labels a step by its beginning.
pub const BASS: &str = "P = INTEG(-adopting, 999999) ~~|\nA = INTEG(adopting, 1) ~~|\n\
    contacts = 100 * A ~~|\nprob = P / 1e6 ~~|\nadopting = 0.015 * prob * contacts ~~|";

#[test]
fn printed_loops_of_bass() {
    let found = loops(&mdl(BASS, "15.0625", "0.0625"));
    let (b1, r1) = (
        loop_of(&found, &["P", "prob", "adopting"]),
        loop_of(&found, &["A", "contacts", "adopting"]),
    );
    let row = |time: f64| {
        let times = found.links().times();
        times.iter().position(|one| *one == time + 0.0625).unwrap()
    };
    let score = |at: usize, time: f64| found.loops()[at].scores[row(time)];
    for (time, printed, digit) in [
        (9.5, -9.958, 0.001),
        (9.5625, -9358.0, 1.0),
        (9.625, -10.91, 0.01),
        (15.0, -1.0, 0.001),
    ] {
        near(score(b1, time), printed, digit);
    }
    for (time, printed, digit) in [
        (9.5, 11.46, 0.01),
        (9.5625, 9806.0, 1.0),
        (9.625, 10.41, 0.01),
        (15.0, 0.0, 0.001),
    ] {
        near(score(r1, time), printed, digit);
    }
    for (time, printed) in [(9.5, -0.465), (9.5625, -0.488), (9.625, -0.512)] {
        near(found.relative(b1)[row(time)], printed, 0.001);
        near(found.relative(r1)[row(time)], 1.0 + printed, 0.001);
    }
    assert_eq!(found.polarity(b1), Polarity::Balancing);
    assert_eq!(found.polarity(r1), Polarity::Reinforcing);
    assert_eq!(found.dominant(0, row(9.5625)), [r1]);
    assert_eq!(found.dominant(0, row(9.625)), [b1]);
    let periods = found.periods(0);
    assert_eq!(periods.len(), 2);
    assert_eq!((periods[0].from, periods[0].to), (0.0625, 9.625));
    assert_eq!((&periods[1].loops, periods[1].to), (&vec![b1], 15.0625));
}

/// Yeast and the alcohol that kills it.
pub const YEAST: &str = "C = INTEG(births - deaths, 1) ~~|\nA = INTEG(making, 0) ~~|\n\
    births = C * (1.1 - 0.1 * A) / 16 ~~|\ndeaths = C * EXP(A - 11) / 30 ~~|\n\
    making = 0.01 * C ~~|";

#[test]
fn printed_periods_of_yeast() {
    let found = loops(&mdl(YEAST, "100", "0.5"));
    let growth = loop_of(&found, &["C", "births"]);
    let deaths = loop_of(&found, &["C", "deaths"]);
    let slowed = loop_of(&found, &["C", "making", "A", "births"]);
    let killed = loop_of(&found, &["C", "making", "A", "deaths"]);
    let largest = |from: f64, to: f64, of: usize| {
        for (row, time) in found.links().times().iter().enumerate() {
            if (from..=to).contains(time) {
                let dominant = found.dominant(0, row);
                assert_eq!(dominant.first(), Some(&of), "{time}");
            }
        }
    };
    largest(0.5, 54.5, growth);
    largest(55.0, 68.5, slowed);
    largest(69.0, 79.5, killed);
    largest(80.0, 100.0, deaths);
    assert_eq!(found.flips(growth), [74.0]);
    assert_eq!(found.found(), 4);
}

/// Three parties, each of which arms itself by what the others have.
#[test]
fn printed_shares_of_an_arms_race() {
    let mut text = String::new();
    for (name, target, start) in [
        ("A", "B + 0.9 * C", 50),
        ("B", "A + 1.1 * C", 100),
        ("C", "1.1 * A + 0.9 * B", 150),
    ] {
        text += &format!(
            "{name} = INTEG(({name} target - {name}) / 10, {start}) ~~|\n\
             {name} target = {target} ~~|\n"
        );
    }
    let found = loops(&mdl(&text, "100", "1"));
    assert_eq!((found.found(), found.extent()), (8, Extent::Complete));
    for (variables, printed) in [
        (&["A"][..], [-0.2784, -0.1465, -0.1248]),
        (&["B"], [-0.1999, -0.1235, -0.1248]),
        (&["C"], [-0.0018, -0.1041, -0.1248]),
        (
            &["A", "B target", "B", "A target"],
            [0.4963, 0.1473, 0.1250],
        ),
        (
            &["A", "C target", "C", "A target"],
            [0.0044, 0.1229, 0.1238],
        ),
        (
            &["B", "C target", "C", "B target"],
            [0.0032, 0.1036, 0.1238],
        ),
    ] {
        let relative = found.relative(loop_of(&found, variables));
        for (row, printed) in [1, 10, 100].into_iter().zip(printed) {
            near(relative[row], printed, 1e-4);
        }
    }
}

/// What a smooth or delay hides scores as the same stocks written out.
#[test]
fn hidden_stocks_score_as_written_out() {
    let rest = "s = INTEG(in - s * 0.3, 4) ~~|\nin = 3 + SIN(Time) - 0.2 * later ~~|\n";
    let smooth = format!("{rest}later = SMOOTH(s, 2) ~~|");
    let written = format!("{rest}later = INTEG((s - later) / 2, s) ~~|");
    let [hidden, open] = [smooth, written].map(|text| loops(&mdl(&text, "6", "0.25")));
    let ring = |found| {
        let at = loop_of(found, &["s", "later", "in"]);
        found.loops()[at].scores.clone()
    };
    assert_eq!(ring(&hidden), ring(&open));
    // What the smooth does to itself is hidden with it.
    assert_eq!((hidden.found(), open.found()), (2, 3));

    let delay = format!("{rest}later = DELAY3(s, 2) ~~|");
    let each = "2 / 3";
    let written = format!(
        "{rest}one = INTEG(s - a, s * {each}) ~~|\na = one / ({each}) ~~|\n\
         two = INTEG(a - b, s * {each}) ~~|\nb = two / ({each}) ~~|\n\
         three = INTEG(b - later, s * {each}) ~~|\nlater = three / ({each}) ~~|"
    );
    let hidden = loops(&mdl(&delay, "6", "0.25"));
    let open = loops(&mdl(&written, "6", "0.25"));
    let long = loop_of(
        &open,
        &["s", "one", "a", "two", "b", "three", "later", "in"],
    );
    let wanted = &open.loops()[long].scores;
    for (found, wanted) in ring(&hidden).iter().zip(wanted) {
        assert!(
            (found - wanted).abs() <= 1e-9 * wanted.abs(),
            "{found} {wanted}"
        );
    }
    assert!(wanted.iter().any(|score| *score != 0.0));
}

/// Of several hidden ways the one counts that has the largest score in the step.
#[test]
fn the_strongest_way_through_a_macro_counts() {
    let rest = "s = INTEG(1 - 0.1 * out, 2) ~~|\n";
    let pair = |x: &str, a: &str, b: &str| {
        format!(
            "{a} = INTEG({x} - {a} + 0.5 * {b}, 1) ~~|\n{b} = INTEG(0.2 * {x} + {a} - {b}, 1) ~~|\n"
        )
    };
    let called = format!(
        ":MACRO: M(x)\nM = 2 * b ~~|\n{}:END OF MACRO:\n{rest}out = M(s) ~~|",
        pair("x", "a", "b")
    );
    let written = format!("{rest}{}out = 2 * b ~~|", pair("s", "a", "b"));
    let hidden = links(&mdl(&called, "4", "0.5"), Which::All);
    let open = links(&mdl(&written, "4", "0.5"), Which::All);
    let found = link(&hidden, "s", "out");
    let part = |from: &str, to: &str| link(&open, from, to);
    let (direct, first, second) = (part("s", "b"), part("s", "a"), part("a", "b"));
    let mut turns = [0, 0];
    for row in 1..found.len() {
        let through = first[row] * second[row];
        let is_direct = direct[row].abs() > through.abs();
        turns[usize::from(is_direct)] += 1;
        let wanted = if is_direct { direct[row] } else { through };
        assert!((found[row] - wanted).abs() <= 1e-9 * wanted.abs(), "{row}");
    }
    assert!(turns[0] > 0, "{turns:?}");
}

/// Elements and modules are variables like others.
#[test]
fn elements_are_variables() {
    let text = "D: p, q ~~|\ns[D] = INTEG(f[D], 1) ~~|\nf[p] = s[q] / 10 ~~|\nf[q] = s[p] / 5 ~~|";
    let found = loops(&mdl(text, "3", "0.5"));
    let at = loop_of(&found, &["s[p]", "f[q]", "s[q]", "f[p]"]);
    assert_eq!(found.described(at), "s[p] → f[q] → s[q] → f[p] → s[p]");
    assert!(
        found.loops()[at].scores[1..]
            .iter()
            .all(|score| *score == 1.0)
    );
    assert_eq!(found.found(), 1);
}

/// A delay of whole steps counts as if what goes in came out at once, and the loop says so.
#[test]
fn what_cannot_be_expanded_is_said() {
    let text =
        "s = INTEG(1 - out, 1) ~~|\nout = DELAY FIXED(s / 2, 1, 0.1) ~~|\nt = INTEG(t, 1) ~~|";
    let found = loops(&mdl(text, "6", "0.5"));
    let at = loop_of(&found, &["s", "out"]);
    let one = &found.loops()[at];
    assert!(one.is_mixed);
    assert!(!found.loops()[loop_of(&found, &["t"])].is_mixed);
    assert!(
        one.scores
            .iter()
            .all(|score| *score == 0.0 || *score == -1.0)
    );
    assert!(one.scores.contains(&-1.0));
    let text = xmile(
        &specs("4", "0.5", "Euler"),
        "",
        &(aux("x", "PREVIOUS(x, 1) * 1.5 + y") + &aux("y", "PREVIOUS(y, 2) + 1")),
    );
    let found = loops(&text);
    assert_eq!(
        found
            .loops()
            .iter()
            .map(|one| one.is_mixed)
            .collect::<Vec<_>>(),
        [true, true]
    );
    // Random numbers are taken as they came.
    let text = mdl("s = INTEG(-s * RANDOM UNIFORM(0, s, 1), 1) ~~|", "3", "0.5");
    assert_eq!(links(&text, Which::All).remarks().len(), 1);
}

#[test]
fn runge_and_kutta_has_no_scores() {
    let source = read(&mdl("s = INTEG(s, 1) ~~|", "1", "0.5")).unwrap();
    let settings = Settings {
        method: Some(Method::Rk4),
        ..Settings::default()
    };
    let error = wire(&source, &settings).unwrap_err();
    assert_eq!(error, ScoreError::NotEuler(Method::Rk4));
    let source = read(&mdl("s = INTEG(x, 1) ~~|", "1", "0.5")).unwrap();
    let error = wire(&source, &Settings::default()).unwrap_err();
    assert!(error.to_string().contains("there is no “x”"), "{error}");
}

/// What was cut off says so, and nothing is there before it is done.
#[test]
fn a_search_that_is_cut_off_says_so() {
    let mut text = String::new();
    for n in 0..6 {
        let others: Vec<String> = (0..6)
            .filter(|m| *m != n)
            .map(|m| format!("s{m}"))
            .collect();
        text += &format!(
            "s{n} = INTEG(({}) / {}, 1) ~~|\n",
            others.join(" + "),
            n + 7
        );
    }
    let text = mdl(&text, "3", "1");
    let all = loops(&text);
    // Circuits of the complete graph of six: 15 + 40 + 90 + 144 + 120.
    assert_eq!((all.found(), all.extent()), (409, Extent::Complete));
    let links = Arc::new(links(&text, Which::OnLoops));
    let mut search = LoopSearch::new(Arc::clone(&links));
    assert_eq!(search.advance(0), Progress::Unfinished);
    assert!(LoopSearch::new(Arc::clone(&links)).into_scores().is_none());
    while search.found() < 50 {
        assert_eq!(search.advance(10), Progress::Unfinished);
    }
    search.cut_off();
    while search.advance(10) == Progress::Unfinished {}
    let found = search.into_scores().unwrap();
    assert_eq!(found.extent(), Extent::CutOff);
    assert!((50..409).contains(&found.found()));
    let source = read(&text).unwrap();
    let wiring = Arc::new(wire(&source, &Settings::default()).unwrap());
    let mut run = LinkRun::new(wiring, Which::OnLoops).unwrap();
    assert_eq!(run.advance(1), Progress::Unfinished);
    assert!(run.share_done() > 0.0);
    assert!(run.into_scores().is_none());
}

/// After a value that is no number scores are not known, and not 0.
#[test]
fn what_is_not_known_is_not_zero() {
    let text = "s = INTEG(f, 1) ~~|\nf = s * SQRT(2.2 - Time) ~~|";
    let found = loops(&mdl(text, "4", "0.5"));
    let at = loop_of(&found, &["s", "f"]);
    let relative = found.relative(at);
    assert_eq!(relative[1], 1.0);
    assert!(relative[6].is_nan());
    assert_eq!(found.dominant(0, 6), [0; 0]);
    assert_eq!(found.dominant(0, 1), [at]);
    assert_eq!(found.polarity(at), Polarity::Reinforcing);
    assert_eq!(found.mean_share(at), Some(1.0));
}
