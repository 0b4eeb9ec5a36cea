//! A story from the loops: each loop that is told is one, with the right sign, and nothing is lit
//! before it can be seen.

use std::collections::BTreeSet;

use loopstream::causal::{Completeness, Graph, LoopAnalysis, LoopPolarity, LoopReport, Progress};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, Link, LoopLabel, Showing, StoryStep, Variable,
};
use loopstream::story::{MOST_STEPS, from_loops, shown};
use proptest::prelude::*;

use crate::common::loops::{Loops, any_chorded_ring, any_graph, oracle};
use crate::templates;

const LINKS: u64 = 1_000;

/// The diagram that a graph is the graph of.
fn drawn(graph: &Graph, names: &[String]) -> Document {
    let document = Document::default();
    let mut edit = Edit::new(&document);
    for number in 0..graph.variables() {
        let variable = Variable {
            name: names.get(number as usize).cloned().unwrap_or_default(),
            ..Variable::default()
        };
        let id = Id::from_bits(u64::from(number) + 1);
        edit.set(id, Some(Element::Variable(variable)));
    }
    for (number, link) in (LINKS..).zip(graph.links()) {
        let id = |end: u32| Id::from_bits(u64::from(end) + 1);
        let link = Link {
            polarity: link.polarity,
            delay: link.delay,
            ..Link::new(id(link.from), id(link.to), 0.0)
        };
        edit.set(Id::from_bits(number), Some(Element::Link(link)));
    }
    let patch = edit.finish();
    let mut document = document;
    document.apply(&patch).unwrap();
    document
}

fn report(document: &Document, stored: usize, budget: u64) -> LoopReport {
    let mut analysis = LoopAnalysis::new(document, stored);
    analysis.advance(budget);
    analysis.report(document)
}

/// The steps of the story, put into the document and taken out again in their order.
fn told(document: &Document, report: &LoopReport) -> Vec<StoryStep> {
    let Some(draft) = from_loops(document, report) else {
        assert!(document.variables().is_empty());
        return Vec::new();
    };
    assert_eq!(from_loops(document, report), Some(draft.clone()));
    let mut with = document.clone();
    let (story, patch) = draft.added(document, &mut IdSource::new(3));
    with.apply(&patch).unwrap();
    let steps = with.steps_of(story).into_iter();
    steps.map(|(_, step)| step.clone()).collect()
}

fn hold(document: &Document, report: &LoopReport, loops: Option<&Loops>) {
    let steps = told(document, report);
    let Some(last) = steps.last() else { return };
    assert!(steps.len() <= MOST_STEPS, "{}", steps.len());
    let mut seen_before: BTreeSet<Id> = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for step in &steps {
        let shown = shown(document, step);
        assert!(shown.gone.is_empty(), "{:?}", shown.gone);
        for mark in step.marks.iter() {
            // What is marked is seen so: no link is lit before both its ends are there.
            assert_eq!(shown.records[&mark.about], mark.how);
        }
        let seen: BTreeSet<Id> = shown.records.keys().copied().collect();
        let hidden: BTreeSet<Id> = shown.showing(Showing::Hidden).collect();
        let seen: BTreeSet<Id> = seen.difference(&hidden).copied().collect();
        assert!(seen.is_superset(&seen_before), "something is hidden again");
        seen_before = seen;
        for key in &step.loops {
            assert!(keys.insert(key.clone()), "a loop is told twice");
            assert_eq!(shown.loops.as_slice(), std::slice::from_ref(key));
            if let Some(loops) = loops {
                let numbers = key.links().iter().map(|id| (id.bits() - LINKS) as u32);
                let (polarity, _) = loops[&numbers.collect::<Vec<_>>()];
                let word = match polarity {
                    LoopPolarity::Reinforcing => "**reinforcing**",
                    LoopPolarity::Balancing => "**balancing**",
                    LoopPolarity::Undetermined => "**unsigned**",
                };
                assert!(step.words.contains(word), "{}", step.words);
            }
        }
    }
    assert!(shown(document, last).is_plain());
    let most = MOST_STEPS - 3;
    assert_eq!(keys.len(), report.loops.len().min(most));
    if report.completeness == Completeness::Exact {
        let total = report.counts.total();
        let is_all = keys.len() as u64 == total;
        assert_eq!(
            last.words.contains("This story tells"),
            !is_all && !keys.is_empty()
        );
        if let Some(loops) = loops {
            assert_eq!(total, loops.len() as u64);
        }
        assert!(total == 0 || last.words.contains(&total.to_string()) || total > 999);
    } else {
        assert!(last.words.contains("at least"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn each_loop_that_is_told_is_one(
        graph in prop_oneof![any_graph(), any_chorded_ring()],
        names in prop::collection::vec("[a-c *\\[\\-]{0,6}", 0..8),
        stored in prop_oneof![Just(100_usize), 0..4_usize],
        budget in prop_oneof![3 => Just(u64::MAX), 1 => 0..40_u64],
    ) {
        let document = drawn(&graph, &names);
        let report = report(&document, stored, budget);
        hold(&document, &report, Some(&oracle(&graph)));
    }

    #[test]
    fn a_named_loop_comes_first(graph in any_chorded_ring(), at in any::<prop::sample::Index>()) {
        let mut document = drawn(&graph, &[]);
        let all = report(&document, 100, u64::MAX);
        prop_assume!(!all.loops.is_empty());
        let key = at.get(&all.loops).key.clone();
        let label = LoopLabel { name: "Why".to_owned(), ..LoopLabel::new(key.clone()) };
        let mut edit = Edit::new(&document);
        edit.set(Id::from_bits(9_000), Some(Element::LoopLabel(label)));
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let steps = told(&document, &all);
        let first = steps.iter().find(|step| !step.loops.is_empty()).unwrap();
        prop_assert_eq!(&*first.loops, [key]);
        prop_assert_eq!(&first.title, "Why");
        hold(&document, &all, Some(&oracle(&graph)));
    }
}

#[test]
fn templates_are_told() {
    for file in templates::files() {
        let document = templates::document_of(file);
        let mut analysis = LoopAnalysis::new(&document, 100);
        while analysis.advance(100_000) == Progress::Unfinished {}
        hold(&document, &analysis.report(&document), None);
    }
}

#[test]
fn a_small_loop_is_built_up_link_by_link() {
    let document = templates::document_of("fear-of-deploying.json");
    let report = report(&document, 100, u64::MAX);
    let steps = told(&document, &report);
    let titles: Vec<&str> = steps.iter().map(|step| step.title.as_str()).collect();
    assert!(titles.len() > report.loops.len() + 2, "{titles:?}");
    assert_eq!(titles.last(), Some(&"The whole"));
}
