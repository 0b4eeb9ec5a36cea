//! The ready models: that each runs, that its arrows say what its equations use, and that it shows the
//! lesson it is for.

use std::collections::BTreeSet;
use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::{Dialect, Name, names_in};
use loopstream::model::{Document, VariableKind, flow_side};
use loopstream::simulate::{Results, Run, Settings, StreamFigures, compile, model_of};

use super::{document_of, loops_of};

/// One ready model.
pub struct ModelTemplate {
    /// Its file in `public/templates`.
    pub file: &'static str,
    /// How many loops it has.
    pub loops: usize,
    /// What holds for its run, and for runs with other numbers.
    lesson: fn(&Document),
}

/// In the order of the index, after loops and streams.
pub const MODELS: &[ModelTemplate] = &[
    ModelTemplate {
        file: "bathtub.json",
        loops: 1,
        lesson: |document| {
            // Closed form of the steps: it comes nearer to 100 by the same part in each.
            let water = last(&run(document, &[]), "Water");
            let expected = 100.0 - 50.0 * (1.0_f64 - 0.1 * 0.25).powi(240);
            assert!((water - expected).abs() < 1e-9, "{water}");
            let half = last(&run(document, &[("Tap", 5.0)]), "Water");
            assert!((half - 50.0).abs() < 1e-9, "{half}");
        },
    },
    ModelTemplate {
        file: "growth-and-limit.json",
        loops: 3,
        lesson: |document| {
            // At rest, joining is leaving: 1 - users/market = 1/(stay invitations).
            let users = last(&run(document, &[]), "Users");
            assert!(
                (users - 1000.0 * (1.0 - 1.0 / (50.0 * 0.25))).abs() < 1.0,
                "{users}"
            );
            let sooner = run(document, &[("Invitations", 0.5)]);
            assert!(at(&sooner, "Users", 12.0) > 2.0 * at(&run(document, &[]), "Users", 12.0));
        },
    },
    ModelTemplate {
        file: "epidemic.json",
        loops: 3,
        lesson: |document| {
            let results = run(document, &[]);
            for row in 0..results.times().len() {
                let sum: f64 = ["Susceptible", "Infected", "Recovered"]
                    .iter()
                    .map(|name| column(&results, name)[row])
                    .sum();
                assert!((sum - 1000.0).abs() < 1e-6, "{sum}");
            }
            // Each infected person infects three others at first, then the epidemic ends.
            assert!(highest(&results, "Infected") > 250.0);
            assert!(last(&results, "Infected") < 1.0);
            // Below the threshold it never starts: 1.9 contacts a day are 0.95 infections.
            let none = run(document, &[("Contacts", 1.9)]);
            assert!(highest(&none, "Infected") <= 10.0);
        },
    },
    ModelTemplate {
        file: "diffusion.json",
        loops: 3,
        lesson: |document| {
            let results = run(document, &[]);
            let adoption = column(&results, "Adoption");
            let peak = peak_of(&adoption);
            // Bass: the peak is at ln(q/p)/(p + q), here 15.2 months, within a step or two.
            let expected = (0.3_f64 / 0.003).ln() / 0.303;
            assert!((results.times()[peak] - expected).abs() < 1.0);
            let quiet = run(document, &[("Advertising", 0.0)]);
            assert_eq!(last(&quiet, "Adopters"), 0.0);
        },
    },
    ModelTemplate {
        file: "rework-cycle.json",
        loops: 4,
        lesson: |document| {
            let results = run(document, &[]);
            // What is believed to be done is well ahead of what is.
            let gap = at(&results, "Believed done", 40.0) - at(&results, "Work done", 40.0);
            assert!(gap > 20.0, "{gap}");
            let done =
                |values: &[(&str, f64)]| first_time(&run(document, values), "Work done", 390.0);
            assert!(done(&[("Quality", 0.9)]) < done(&[("People", 15.0)]) + 5.0);
            assert!(done(&[("Quality", 0.9)]) < done(&[]));
        },
    },
    ModelTemplate {
        file: "debt-in-numbers.json",
        loops: 2,
        lesson: |document| {
            let delivered = |share: f64, time: f64| {
                at(
                    &run(document, &[("Share for repayment", share)]),
                    "Features delivered",
                    time,
                )
            };
            assert!(delivered(0.0, 10.0) > delivered(0.25, 10.0));
            assert!(delivered(0.0, 104.0) < delivered(0.25, 104.0));
        },
    },
    ModelTemplate {
        file: "hiring-and-learning.json",
        loops: 2,
        lesson: |document| {
            let none = run(document, &[("People hired", 0.0)]);
            let some = run(document, &[]);
            assert!(at(&some, "Finishing", 12.0) < at(&none, "Finishing", 12.0));
            // Hiring at once has more of the tasks done in the end than hiring late.
            let early = run(document, &[("Week of hiring", 0.0)]);
            assert!(at(&early, "Tasks left", 32.0) < at(&some, "Tasks left", 32.0));
            assert!((last(&some, "Experienced people") - 18.0).abs() < 0.5);
        },
    },
    ModelTemplate {
        file: "toil-in-numbers.json",
        loops: 5,
        lesson: |document| {
            let with = run(document, &[]);
            let without = run(document, &[("Share for the platform", 0.0)]);
            // Free time grows for a year, and is gone after three: the services are twice as many.
            assert!(at(&with, "Free time", 52.0) > 1.5 * at(&with, "Free time", 0.0));
            assert!(last(&with, "Free time") < 1.0);
            assert!(last(&with, "Services") > 2.0 * last(&without, "Services"));
            assert!(last(&with, "Automated") < 1.0);
        },
    },
    ModelTemplate {
        file: "support-queue.json",
        loops: 5,
        lesson: |document| {
            let calm = last(&run(document, &[]), "Open tickets");
            let busy = last(&run(document, &[("Tickets a week", 52.0)]), "Open tickets");
            assert!(busy > 3.0 * calm, "{calm} {busy}");
        },
    },
];

fn run(document: &Document, values: &[(&str, f64)]) -> Results {
    let model = model_of(document, &StreamFigures::new());
    let settings = Settings {
        values: values
            .iter()
            .map(|(name, value)| (Name::new(name), *value))
            .collect(),
        ..Settings::default()
    };
    let compiled = compile(&model.source, &settings).unwrap();
    let mut run = Run::new(Arc::new(compiled)).unwrap();
    while run.advance(1_000_000) == Progress::Unfinished {}
    run.into_results()
}

fn column(results: &Results, name: &str) -> Vec<f64> {
    results.column(results.index_of(name).unwrap()).collect()
}

fn last(results: &Results, name: &str) -> f64 {
    *column(results, name).last().unwrap()
}

fn highest(results: &Results, name: &str) -> f64 {
    column(results, name).into_iter().fold(f64::MIN, f64::max)
}

fn at(results: &Results, name: &str, time: f64) -> f64 {
    let row = results
        .times()
        .iter()
        .position(|one| (one - time).abs() < 1e-9)
        .unwrap();
    column(results, name)[row]
}

fn peak_of(values: &[f64]) -> usize {
    (0..values.len())
        .max_by(|a, b| values[*a].total_cmp(&values[*b]))
        .unwrap()
}

/// The first time at which a variable is at least so large.
fn first_time(results: &Results, name: &str, least: f64) -> f64 {
    let values = column(results, name);
    let row = values.iter().position(|value| *value >= least);
    row.map_or(f64::INFINITY, |row| results.times()[row])
}

#[test]
fn every_model_runs_and_shows_its_lesson() {
    for ModelTemplate { file, lesson, .. } in MODELS {
        let document = document_of(file);
        let results = run(&document, &[]);
        assert_eq!(results.non_finite(), None, "{file}");
        for name in results.names() {
            let lowest = column(&results, name).into_iter().fold(f64::MAX, f64::min);
            assert!(lowest >= -1e-9, "{file}: {name} falls to {lowest}");
        }
        lesson(&document);
    }
}

#[test]
fn arrows_of_models_say_what_equations_use() {
    for ModelTemplate { file, .. } in MODELS {
        let document = document_of(file);
        for (id, variable) in document.variables() {
            let used = names_in(&variable.equation, Dialect::Xmile).unwrap();
            let used: BTreeSet<Name> = used.into_iter().map(|(name, _)| name).collect();
            let known = document
                .variables()
                .values()
                .map(|one| Name::new(&one.name));
            let known: BTreeSet<Name> = known.collect();
            let links = document.links().values().filter(|link| link.to == *id);
            let links = links.filter(|link| flow_side(&document, link).is_none());
            let drawn = links.map(|link| Name::new(&document.variables()[&link.from].name));
            let used: BTreeSet<Name> = used.intersection(&known).cloned().collect();
            assert_eq!(
                drawn.collect::<BTreeSet<Name>>(),
                used,
                "{file}: {}",
                variable.name
            );
        }
    }
}

#[test]
fn models_have_units_sliders_and_scenarios() {
    for ModelTemplate { file, loops, .. } in MODELS {
        let document = document_of(file);
        assert_eq!(loops_of(&document).loops.len(), *loops, "{file}");
        let variables = document.variables().values();
        assert!(variables.clone().all(|one| !one.units.is_empty()), "{file}");
        let sliders = variables.filter(|one| one.range.is_some());
        assert!((2..=9).contains(&sliders.count()), "{file}");
        assert!((2..=3).contains(&document.scenarios().len()), "{file}");
        for scenario in document.scenarios().values() {
            for value in scenario.values.iter() {
                let variable = &document.variables()[&value.about];
                let range = variable.range.unwrap();
                assert!((range.least..=range.most).contains(&value.value), "{file}");
            }
        }
        let mut stocks = document.variables().values();
        assert!(stocks.any(|one| one.kind == VariableKind::Stock), "{file}");
        let notes = document.notes().values();
        assert!(
            notes
                .into_iter()
                .any(|note| note.text.starts_with("Try this")),
            "{file}"
        );
    }
}
