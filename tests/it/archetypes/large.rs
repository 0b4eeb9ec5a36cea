//! Large diagrams: in portions, bounded, and honest about what was not looked for.

use std::time::Instant;

use loopstream::causal::archetype::{ArchetypeSearch, Near, ReportLimits};
use loopstream::causal::{Completeness, Graph, Progress};
use loopstream::model::{Delay, Document, Edit, Element, Id, Link, Polarity, Variable};
use proptest::prelude::*;

use crate::archetypes::plant::{Chance, Plant};
use crate::archetypes::{archetype, report};
use crate::common::graphs::{GRAPH_FILES, complete, graph};

/// A graph as a document; every fourth link is delayed.
fn document(graph: &Graph) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let variable = |index: u32| Id::from_bits(u64::from(index) + 1);
    for index in 0..graph.variables() {
        edit.set(
            variable(index),
            Some(Element::Variable(Variable::default())),
        );
    }
    for (link, number) in graph.links().iter().zip(1_000_000..) {
        let delay = if number % 4 == 0 {
            Delay::Delayed
        } else {
            Delay::None
        };
        let drawn = Link {
            polarity: link.polarity,
            delay,
            ..Link::new(variable(link.from), variable(link.to), 0.2)
        };
        edit.set(Id::from_bits(number), Some(Element::Link(drawn)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

#[test]
fn a_dense_diagram_is_cut_off_and_says_so() {
    let dense = document(&complete(40));
    let mut search = ArchetypeSearch::new(&dense, Near::Strong);
    assert_eq!(search.advance(20_000), Progress::Unfinished);
    let report = search.report(ReportLimits::default());
    assert_eq!(report.completeness, Completeness::SoFar);
    assert!(report.searched_links < 4);
}

#[test]
fn a_small_dense_diagram_has_too_many_and_says_so() {
    let dense = document(&complete(8));
    let mut search = ArchetypeSearch::new(&dense, Near::Strong);
    while search.advance(100_000) == Progress::Unfinished {
        let report = search.report(ReportLimits::default());
        if report.searched_links >= 1 {
            break;
        }
    }
    let report = search.report(ReportLimits::default());
    assert_ne!(report.completeness, Completeness::Exact);
    assert!(report.more_matches > 0);
}

#[test]
fn a_model_of_the_world_is_searched_in_portions() {
    let world = GRAPH_FILES
        .iter()
        .find(|file| file.name == "world3")
        .unwrap();
    let mut search = ArchetypeSearch::new(&document(&world.read()), Near::Strong);
    let mut spent: u64 = 0;
    let begun = Instant::now();
    while spent < WORLD_BUDGET && search.advance(100_000) == Progress::Unfinished {
        spent += 100_000;
    }
    let report = search.report(ReportLimits::default());
    println!(
        "world3: {spent} visits in {:?}, {:?}, ties of up to {}, {} and {} more, {} near",
        begun.elapsed(),
        report.completeness,
        report.searched_links,
        report.matches.len(),
        report.more_matches,
        report.near.len()
    );
    assert_ne!(report.completeness, Completeness::SoFar);
    assert_eq!(report.searched_links, 4);
    assert!(!report.matches.is_empty());
}

#[test]
fn a_large_sparse_diagram_is_searched_whole() {
    let mut chance = Chance::new(3);
    let polarities = [Polarity::Positive, Polarity::Negative];
    let links: Vec<_> = (0..400)
        .map(|_| {
            let (from, to) = (chance.below(250) as u32, chance.below(250) as u32);
            (from, to, polarities[chance.below(2)])
        })
        .collect();
    let mut search = ArchetypeSearch::new(&document(&graph(250, &links)), Near::Strong);
    assert_eq!(search.advance(WORLD_BUDGET), Progress::Finished);
}

/// Visits of a link that are more than enough for a model of 250 variables and 400 links.
const WORLD_BUDGET: u64 = 200_000_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn portions_make_no_difference(seed: u64, portion in 1_u64..5_000) {
        let mut chance = Chance::new(seed);
        let shifting = archetype("shifting-the-burden");
        let mut plant = Plant::new(shifting, &shifting.forms[0], 2, &mut chance);
        plant.add_noise(3, 8, &mut chance);
        let mut search = ArchetypeSearch::new(&plant.document, Near::All);
        while search.advance(portion) == Progress::Unfinished {}
        prop_assert_eq!(search.report(crate::archetypes::EVERYTHING), report(&plant.document, Near::All));
    }
}
