//! What scores must do whatever the numbers are.

use loopstream::simulate::{LoopScores, Which};
use proptest::prelude::*;

use super::common::{link, links, loop_of, loops, mdl};

const STEPS: [(&str, &str); 3] = [("8", "1"), ("4", "0.25"), ("2", "0.0625")];

fn scores(found: &LoopScores, variables: &[&str]) -> Vec<f64> {
    found.loops()[loop_of(found, variables)].scores.clone()
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-6))
}

/// Births and deaths of one stock: each loop has the part of its gain.
#[test]
fn one_stock_shares_by_gain() {
    let text = "s = INTEG(births - deaths, 100) ~~|\nbirths = s * 0.1 ~~|\ndeaths = s / 20 ~~|";
    for (end, step) in STEPS {
        let found = loops(&mdl(text, end, step));
        for (variables, raw, share) in [
            (["s", "births"], 2.0, 2.0 / 3.0),
            (["s", "deaths"], -1.0, -1.0 / 3.0),
        ] {
            let at = loop_of(&found, &variables);
            let relative = found.relative(at);
            assert_eq!((relative[0], found.loops()[at].scores[0]), (0.0, 0.0));
            for (score, relative) in found.loops()[at].scores.iter().zip(&relative).skip(1) {
                assert!((score - raw).abs() < 1e-9, "{score}");
                assert!((relative - share).abs() < 1e-9, "{relative}");
            }
        }
    }
}

#[test]
fn at_rest_nothing_drives() {
    let text = "s = INTEG(births - deaths, 100) ~~|\nbirths = s * 0.05 ~~|\ndeaths = s / 20 ~~|";
    let found = links(&mdl(text, "5", "1"), Which::All);
    for at in 0..found.links().len() {
        assert!(found.scores(at).iter().all(|score| *score == 0.0));
    }
    assert_eq!(loops(&mdl(text, "5", "1")).found(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A loop that is alone on its stocks scores exactly 1 or -1.
    #[test]
    fn a_loop_alone_scores_one(
        gains in prop::collection::vec((-3.0_f64..3.0).prop_filter("a gain", |gain| gain.abs() > 0.01), 1..4),
        start in 0.5_f64..50.0,
        steps in 0..3_usize,
    ) {
        // Stocks in a ring, each filled by a multiple of the one before it.
        let count = gains.len();
        let mut text = String::new();
        for (n, gain) in gains.iter().enumerate() {
            let before = (n + count - 1) % count;
            text += &format!(
                "s{n} = INTEG(f{n}, {}) ~~|\nf{n} = a{n} * c{n} ~~|\na{n} = s{before} ~~|\nc{n} = {gain} ~~|\n",
                start + n as f64
            );
        }
        let (end, step) = STEPS[steps];
        let text = mdl(&text, end, step);
        let found = loops(&text);
        prop_assert_eq!(found.loops().len(), 1);
        let sign = gains.iter().product::<f64>().signum();
        let scores = &found.loops()[0].scores;
        prop_assert_eq!(scores[1], sign);
        prop_assert!(scores[1..].iter().all(|score| *score == sign || *score == 0.0), "{scores:?}\n{text}");
        let all = links(&text, Which::All);
        for n in 0..count {
            let constant = link(&all, &format!("c{n}"), &format!("f{n}"));
            prop_assert!(constant.iter().all(|score| *score == 0.0));
        }
    }

    /// Splitting an equation by an auxiliary, or a net flow into two flows, changes nothing.
    #[test]
    fn splitting_changes_nothing(
        growth in 0.01_f64..0.9,
        limit in 20.0_f64..200.0,
        loss in 0.01_f64..0.5,
        steps in 0..3_usize,
    ) {
        let (end, step) = STEPS[steps];
        let run = |text: &str| loops(&mdl(text, end, step));
        let stock = |net: &str| format!("s = INTEG({net}, 5) ~~|\nt = INTEG(s * 0.1 - t * 0.3, 1) ~~|\n");
        let one = run(&(stock("net")
            + &format!("net = x - y ~~|\nx = s * {growth} ~~|\ny = s * s / {limit} + t * {loss} ~~|")));
        let two = run(&(stock("x - y")
            + &format!("x = s * {growth} ~~|\ny = s * s / {limit} + t * {loss} ~~|")));
        let split = run(&(stock("x - y")
            + &format!("x = s * {growth} ~~|\ny = s * part + t * {loss} ~~|\npart = u ~~|\nu = 0 * Time + w ~~|\n\
                        w = s / {limit} ~~|")));
        for ring in [["s", "x"], ["s", "y"]] {
            let [a, b] = ring;
            prop_assert!(same(&scores(&one, &[a, b, "net"]), &scores(&two, &[a, b])));
        }
        prop_assert!(same(&scores(&one, &["s", "t", "y", "net"]), &scores(&two, &["s", "t", "y"])));
        prop_assert!(same(&scores(&two, &["s", "t", "y"]), &scores(&split, &["s", "t", "y"])));
        prop_assert!(same(&scores(&two, &["s", "x"]), &scores(&split, &["s", "x"])));
        let link_of = |text: &str, from: &str, to: &str| link(&links(&mdl(text, end, step), Which::All), from, to);
        let base = "s = INTEG(s * 0.2 - y, 5) ~~|\n";
        let whole = format!("{base}y = (s * {growth} + Time) * {loss} ~~|");
        let parts = format!("{base}y = v * {loss} ~~|\nv = s * {growth} + Time ~~|");
        let product: Vec<f64> = link_of(&parts, "s", "v").iter().zip(link_of(&parts, "v", "y")).map(|(a, b)| a * b).collect();
        prop_assert!(same(&link_of(&whole, "s", "y"), &product));
    }

    /// Scores do not hang on the units of what is measured.
    #[test]
    fn units_change_nothing(power in -6_i32..7, loss in 0.01_f64..0.5) {
        // A power of two, so rounding is the same.
        let unit = 2_f64.powi(power);
        let text = |unit: f64| mdl(&format!(
            "s = INTEG(x - y, {:?}) ~~|\nx = s * 0.3 ~~|\ny = s * s * {loss} / {:?} ~~|", 5.0 * unit, 64.0 * unit,
        ), "8", "0.5");
        let [plain, scaled] = [1.0, unit].map(|unit| loops(&text(unit)));
        for at in 0..plain.loops().len() {
            prop_assert!(same(&plain.relative(at), &scaled.relative(at)));
        }
    }
}
