//! Scores of random models against slow readings: links by the formulas on the trees, loops by trying
//! every path.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Name;
use loopstream::simulate::{Extent, LinkRun, LinkScores, LoopSearch, Settings, Which, read, wire};
use proptest::prelude::*;

use super::common::{aux, specs, xmile};
use super::walker::Walker;

const STEPS: u32 = 8;
const STEP: f64 = 0.25;

/// Choices from a list of numbers.
struct Chooser<'c>(&'c [u16], usize);

impl Chooser<'_> {
    fn next(&mut self, below: usize) -> usize {
        self.1 += 1;
        usize::from(self.0[self.1 % self.0.len()]).wrapping_add(self.1 * 7) % below
    }

    /// An equation of some names. Nothing in it is decided before the run, so a name that is written
    /// is a link.
    fn equation(&mut self, names: &[String], depth: usize) -> String {
        if depth == 0 {
            return match self.next(6) {
                0 => format!("{}", [0.5, 1.0, 2.0, -0.25, 3.0][self.next(5)]),
                1 if self.next(3) == 0 => "TIME".to_owned(),
                _ => names[self.next(names.len())].clone(),
            };
        }
        let a = self.equation(names, depth - 1);
        let b = self.equation(names, depth - 1);
        match self.next(9) {
            0 | 1 => format!("({a} + {b})"),
            2 | 3 => format!("({a} - {b})"),
            4 => format!("({a} * {b})"),
            5 => format!("({a} / (2 + ABS({b})))"),
            6 => format!("MAX({a}, {b})"),
            7 => format!("SIN({a})"),
            _ => {
                let name = &names[self.next(names.len())];
                format!("(IF {name} > {a} THEN {b} ELSE -{name})")
            }
        }
    }
}

fn model(choices: &[u16]) -> (String, Vec<String>) {
    let mut choose = Chooser(choices, 0);
    let stocks: Vec<String> = (0..1 + choose.next(3)).map(|n| format!("s{n}")).collect();
    let mut names = stocks.clone();
    let mut text = String::new();
    for n in 0..choose.next(5) {
        let depth = choose.next(3);
        text += &aux(&format!("a{n}"), &choose.equation(&names, depth));
        names.push(format!("a{n}"));
    }
    let known = names.clone();
    for stock in &stocks {
        let mut ends = String::new();
        for n in 0..1 + choose.next(3) {
            let flow = format!("{stock}f{n}");
            let depth = 1 + choose.next(2);
            let equation = choose.equation(&known, depth);
            text += &format!("<flow name=\"{flow}\"><eqn><![CDATA[{equation}]]></eqn></flow>\n");
            let side = ["inflow", "outflow"][choose.next(2)];
            // Inflows come first in the sum, as the engine adds them.
            let end = format!("<{side}>{flow}</{side}>");
            ends = if side == "inflow" {
                end + &ends
            } else {
                ends + &end
            };
            names.push(flow);
        }
        let initial = [1.0, -2.0, 0.5, 10.0][choose.next(4)];
        text += &format!("<stock name=\"{stock}\"><eqn>{initial}</eqn>{ends}</stock>\n");
    }
    (xmile(&specs("2", "0.25", "Euler"), "", &text), names)
}

/// The scores of all links of a model, with little budgets.
fn scored(text: &str, which: Which) -> LinkScores {
    let source = read(text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    let wiring = wire(&source, &Settings::default()).unwrap();
    let mut run = LinkRun::new(Arc::new(wiring), which).unwrap();
    while run.advance(7) == Progress::Unfinished {}
    run.into_scores().unwrap()
}

/// Whether one number is another, but for rounding.
fn is_near(a: f64, b: f64, unsure: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + unsure
}

/// All loops, as links, each from its first variable on.
fn every_loop(links: &LinkScores) -> Vec<Vec<usize>> {
    fn on(links: &LinkScores, path: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
        let list = links.links();
        let first = list[path[0]].from;
        let end = list[path[path.len() - 1]].to;
        if end == first {
            return all.push(path.clone());
        }
        for (index, link) in list.iter().enumerate() {
            let is_new = path.iter().all(|known| list[*known].to != link.to);
            if link.from == end && link.to >= first && is_new {
                path.push(index);
                on(links, path, all);
                path.pop();
            }
        }
    }
    let mut all = Vec::new();
    for (index, link) in links.links().iter().enumerate() {
        if link.to >= link.from {
            on(links, &mut vec![index], &mut all);
        }
    }
    all
}

/// Which variables reach which.
fn reach(links: &LinkScores) -> Vec<Vec<bool>> {
    let count = links.names().len();
    let mut reach = vec![vec![false; count]; count];
    for link in links.links() {
        reach[link.from as usize][link.to as usize] = true;
    }
    for k in 0..count {
        for i in 0..count {
            for j in 0..count {
                reach[i][j] |= reach[i][k] && reach[k][j];
            }
        }
    }
    reach
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn links_score_as_the_formulas_say(choices in prop::collection::vec(any::<u16>(), 5..40)) {
        let (text, names) = model(&choices);
        let links = scored(&text, Which::All);
        let source = read(&text).unwrap();
        let keys: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
        let wanted = Walker::link_scores(&source, STEPS, STEP, &keys);
        let column = |name: &str| links.names().iter().position(|one| one == name).unwrap();
        for (to, to_name) in names.iter().enumerate() {
            for (from, from_name) in names.iter().enumerate() {
                let ends = (column(from_name), column(to_name));
                let link = links.links().iter()
                    .position(|link| (link.from as usize, link.to as usize) == ends);
                for (row, wanted) in wanted.iter().enumerate() {
                    let wanted = wanted[to][from];
                    let found = link.map_or(0.0, |link| links.scores(link)[row + 1]);
                    // Where values are no finite numbers the formulas say nothing of what is no link.
                    let same = link.is_none() && wanted.score.is_nan() || is_near(found, wanted.score, wanted.unsure);
                    prop_assert!(same, "{from_name} → {to_name}, row {row}: {found} is not {wanted:?}\n{text}");
                }
            }
        }
    }

    #[test]
    fn loops_score_as_all_paths_say(choices in prop::collection::vec(any::<u16>(), 5..40)) {
        let (text, _) = model(&choices);
        let links = Arc::new(scored(&text, Which::OnLoops));
        let all = every_loop(&links);
        let reach = reach(&links);
        let mut search = LoopSearch::new(Arc::clone(&links));
        while search.advance(3) == Progress::Unfinished {}
        let loops = search.into_scores().unwrap();
        prop_assert_eq!(loops.extent(), Extent::Complete);
        let rows = links.times().len();
        let scores: Vec<Vec<f64>> = all.iter().map(|path| {
            let product = |row: usize| {
                let parts: Vec<f64> = path.iter().map(|link| links.scores(*link)[row]).collect();
                if parts.contains(&0.0) { 0.0 } else { parts.iter().product() }
            };
            (0..rows).map(product).collect()
        }).collect();
        let active = scores.iter().filter(|scores| scores.iter().any(|score| *score != 0.0));
        prop_assert_eq!(loops.found(), active.count());
        let start = |path: &[usize]| links.links()[path[0]].from as usize;
        for (path, own) in all.iter().zip(&scores) {
            let relative: Vec<f64> = (0..rows).map(|row| {
                let total: f64 = all.iter().zip(&scores)
                    .filter(|(other, _)| reach[start(other)][start(path)] && reach[start(path)][start(other)])
                    .map(|(_, scores)| scores[row].abs())
                    .sum();
                match total {
                    0.0 => 0.0,
                    total if total.is_finite() => own[row] / total,
                    // What is larger than any number is not known.
                    _ => f64::NAN,
                }
            }).collect();
            let found = loops.loops().iter().position(|one| {
                one.links.iter().map(|link| *link as usize).eq(path.iter().copied())
            });
            match found {
                Some(at) => {
                    prop_assert!(loops.loops()[at].scores.iter().zip(own).all(|(a, b)| is_near(*a, *b, 0.0)));
                    for (a, b) in loops.relative(at).iter().zip(&relative) {
                        prop_assert!(is_near(*a, *b, 1e-12), "{a} is not {b}\n{text}");
                    }
                }
                None => prop_assert!(relative.iter().all(|share| share.is_nan() || share.abs() < 0.001)),
            }
        }
        // The dominant are as few as can be: without the smallest they hold less than half.
        for partition in 0..loops.partitions() {
            for row in 0..rows {
                let chosen = loops.dominant(partition as u32, row);
                let part = |list: &[usize]| -> f64 {
                    list.iter().map(|at| loops.relative(*at)[row].abs()).sum()
                };
                if let Some((_, fewer)) = chosen.split_last() {
                    prop_assert!(part(&chosen) >= 0.5 && part(fewer) < 0.5);
                }
            }
        }
    }
}
