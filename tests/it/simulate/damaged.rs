//! Models that are cut, doubled and mixed up: refused or run, and never a panic.

use std::sync::Arc;

use loopstream::simulate::{
    LinkRun, LoopSearch, Method, Run, Settings, UnitBook, Which, check_units, compile, read, wire,
};
use proptest::prelude::*;

use super::common::{aux, mdl, specs, xmile};

/// Models with a bit of everything.
fn sound() -> [String; 2] {
    let vensim = mdl(
        ":MACRO: F(a, b)\nF = INTEG(a, b) ~~|\n:END OF MACRO:\nD: (a1-a3) -> E ~~|\nE: e1, e2, e3 ~~|\n\
         x[D] = 5, 1, 3 ~ m [0,9] ~ it's ~ :SUP |\ny[E] = x[D] * 2 {c} ~~|\n\"q \\\"é\"[D] :EXCEPT: [a2] = 1 ~~|\n\
         t([(0,0)-(9,9)],(0,1),(2,3)) ~~|\nz = SUM(x[D!]) + t(Time) + F(1, 2) + DELAY N(Time, 2, 0, 3) ~~|\n\
         s = INTEG(IF THEN ELSE(s > 3 :AND: :NOT: z = :NA:, -1, 1), 1) ~~|\n\
         v = VECTOR ELM MAP(x[a1], 1) + WITH LOOKUP(s, (0,1,2,3)) + DELAY FIXED(s, 2, 0) ~~|",
        "4",
        "0.5",
    );
    let dimensions =
        "<dimensions><dim name=\"D\"><elem name=\"a\"/><elem name=\"b\"/></dim></dimensions>";
    let mut variables = aux("x", "IF TIME > 2 THEN SMTH1(y[a], 3) ELSE SUM(y[*])");
    variables += "<aux name=\"y\"><dimensions><dim name=\"D\"/></dimensions><eqn>D + 1 &gt; 0</eqn></aux>\
                  <stock name=\"s\"><eqn>3</eqn><outflow>o</outflow><non_negative/></stock>\
                  <flow name=\"o\"><eqn>{é} s / 2</eqn><gf><xscale min=\"0\" max=\"4\"/><ypts>0,1,4</ypts></gf></flow>";
    [
        vensim,
        xmile(&specs("4", "0.5", "RK4"), dimensions, &variables),
    ]
}

/// Scores a few steps of a model that can run, and what loops they have.
fn scored(text: &str) {
    let settings = Settings {
        method: Some(Method::Euler),
        ..Settings::default()
    };
    let Ok(source) = read(text) else { return };
    let Ok(wiring) = wire(&source, &settings) else {
        return;
    };
    let Ok(mut run) = LinkRun::new(Arc::new(wiring), Which::All) else {
        return;
    };
    run.advance(10_000);
    if let Some(links) = run.into_scores() {
        let mut search = LoopSearch::new(Arc::new(links));
        search.advance(10_000);
        search.cut_off();
        search.advance(u64::MAX);
        let loops = search.into_scores().unwrap();
        for at in 0..loops.loops().len() {
            let shares = loops.relative(at);
            assert!(
                shares
                    .iter()
                    .all(|share| share.is_nan() || share.abs() <= 1.0 + 1e-9)
            );
            let _ = (loops.polarity(at), loops.flips(at), loops.described(at));
        }
        for partition in 0..loops.partitions() {
            assert!(loops.periods(partition as u32).len() <= loops.links().times().len());
        }
    }
}

fn boundary(text: &str, part: f64) -> usize {
    let mut at = (part * text.len() as f64) as usize;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[test]
fn the_models_themselves_run() {
    for text in sound() {
        assert_eq!(super::common::run(&text).times().len(), 9);
        scored(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6_000))]

    #[test]
    fn no_damage_stops_the_program(
        which in 0..2_usize,
        cuts in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64, 0..4_u8, "[-+*/^()<>=,:;'\"a-eD0-9. \\[\\]{}!@|~\\\\é]{0,4}"), 1..4),
    ) {
        let mut text = sound()[which].clone();
        for (from, length, how, other) in cuts {
            let start = boundary(&text, from);
            let end = boundary(&text, (from + length * length * 0.2).min(1.0)).max(start);
            let part = text[start..end].to_owned();
            match how {
                0 => text.replace_range(start..end, ""),
                1 => text.replace_range(start..end, &other),
                2 => text.insert_str(start, &other),
                _ => text.insert_str(boundary(&text, length), &part),
            }
        }
        if let Ok(source) = read(&text) {
            let units = check_units(&source, &UnitBook::of(&text));
            prop_assert!(units.variables.len() >= source.models[0].variables.len());
        }
        let compiled = read(&text).and_then(|source| compile(&source, &Settings::default()));
        match compiled {
            Ok(compiled) => {
                if let Ok(mut run) = Run::new(Arc::new(compiled)) {
                    run.advance(10_000);
                }
                scored(&text);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(!fault.to_string().is_empty());
                    let _ = fault.place(&text);
                }
            }
        }
    }
}
