//! Scores of whole runs against series that were computed elsewhere, on request.

use loopstream::simulate::{Extent, LoopScores};

use super::common::{loop_of, loops, mdl};
use super::scores::{BASS, YEAST};
use crate::common::outside;

/// Compares the columns of a series with loops, to a part of the value or, near 0, of what is 1.
fn compare(series: &str, found: &LoopScores, names: &[(&str, &[&str])]) {
    let text = outside::text_of(&format!("simulate/ltm/{series}.tsv"));
    let mut lines = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let rows: Vec<Vec<f64>> = lines
        .map(|line| line.iter().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    assert_eq!(rows.len(), found.links().times().len());
    let mut worst = [0.0_f64; 2];
    for (name, variables) in names {
        let at = loop_of(found, variables);
        let relative = found.relative(at);
        let own = [&found.loops()[at].scores, &relative];
        for (kind, word) in ["score", "relative"].into_iter().enumerate() {
            let title = format!("{word} {name}");
            let column = head.iter().position(|cell| *cell == title).unwrap();
            for (row, wanted) in rows.iter().enumerate() {
                let (wanted, got) = (wanted[column], own[kind][row]);
                let off = (wanted - got).abs() / wanted.abs().max(1e-3);
                worst[kind] = worst[kind].max(off);
                assert!(
                    off < 1e-8,
                    "{title} at {}: {got} is not {wanted}",
                    rows[row][0]
                );
            }
        }
    }
    let [score, relative] = worst;
    println!("{series} {names:?}: at most {score:e} and {relative:e} off");
}

#[test]
#[ignore = "takes series that are not part of the repository"]
fn series_computed_elsewhere() {
    let bass = loops(&mdl(BASS, "15", "0.0625"));
    let names: &[(&str, &[&str])] = &[
        ("B1", &["P", "prob", "adopting"]),
        ("R1", &["A", "contacts", "adopting"]),
    ];
    compare("bass", &bass, names);
    let yeast = loops(&mdl(YEAST, "100", "0.5"));
    let names: &[(&str, &[&str])] = &[
        ("B1 deaths", &["C", "deaths"]),
        ("B2 births", &["C", "making", "A", "births"]),
        ("B3 deaths by alcohol", &["C", "making", "A", "deaths"]),
        ("R births", &["C", "births"]),
    ];
    compare("yeast", &yeast, names);
    let race = loops(&outside::text_of("xmile/arms_race_3party.stmx"));
    assert_eq!(race.found(), 8);
    for name in ["A", "B", "C", "A>B", "A>C", "B>C", "A>B>C", "A>C>B"] {
        let parties: Vec<String> = name.split('>').map(str::to_lowercase).collect();
        let next = parties.iter().skip(1).chain(parties.first());
        let ring = parties.iter().zip(next).flat_map(|(from, to)| {
            let arms = format!("{from}_s_arms");
            let (target, changing) = (format!("{to}_s_target"), format!("{to}_s_changing"));
            // A party that looks at itself needs no target for that.
            let parts = if from == to {
                vec![arms, changing]
            } else {
                vec![arms, target, changing]
            };
            parts.into_iter()
        });
        let ring: Vec<String> = ring.collect();
        let ring: Vec<&str> = ring.iter().map(String::as_str).collect();
        compare("arms_race", &race, &[(name, &ring)]);
    }
}

/// Simlin (2026) tells of as many loops that are ever active.
#[test]
#[ignore = "takes a model that is not part of the repository"]
fn a_large_model_has_all_its_loops() {
    let found = loops(&outside::text_of(
        "simulate/c-learn/C-LEARN v77 for Vensim.mdl",
    ));
    assert_eq!((found.found(), found.extent()), (162, Extent::Complete));
}
