//! A story of the value streams: what it lights is what the report says, and what is unknown is
//! asked for.

use std::collections::BTreeSet;

use loopstream::model::{Document, Id, IdSource, Showing, StoryStep};
use loopstream::story::{FigureValue, StreamsTold, figures, from_streams, shown};
use loopstream::stream::{Knowledge, SimulatedFigures, StreamReport, missing};
use proptest::prelude::*;

use crate::common::document::document;
use crate::templates;

fn told(document: &Document, report: &StreamReport, which: StreamsTold) -> Vec<StoryStep> {
    let Some(draft) = from_streams(document, report, which) else {
        return Vec::new();
    };
    assert_eq!(from_streams(document, report, which), Some(draft.clone()));
    let mut with = document.clone();
    let (story, patch) = draft.added(document, &mut IdSource::new(3));
    with.apply(&patch).unwrap();
    let steps = with.steps_of(story).into_iter();
    steps.map(|(_, step)| step.clone()).collect()
}

fn lit(document: &Document, step: &StoryStep) -> BTreeSet<Id> {
    shown(document, step).showing(Showing::Lit).collect()
}

fn hold(document: &Document) {
    let report = StreamReport::of(document);
    let all = told(document, &report, StreamsTold::All);
    let mut one_by_one = Vec::new();
    for results in &report.streams {
        let which = StreamsTold::Of(results.stream.stations[0]);
        let steps = told(document, &report, which);
        let step = |title: &str| steps.iter().find(|step| step.title == title);
        for step in &steps {
            assert!(shown(document, step).gone.is_empty(), "{step:?}");
            for figure in figures(document, (&report, &SimulatedFigures::none()), step) {
                assert_ne!(figure.value, FigureValue::Gone, "{figure:?}");
                if let FigureValue::Known(text, how) = &figure.value {
                    assert!(text != "unknown" && !how.is_empty());
                }
            }
        }
        let limiting: BTreeSet<Id> = results
            .limit
            .iter()
            .flat_map(|limit| limit.stations())
            .collect();
        match results.limit {
            Some(_) => assert_eq!(lit(document, step("The constraint").unwrap()), limiting),
            None => assert!(step("The constraint is unknown").is_some()),
        }
        let parts = [step("Before the constraint"), step("After the constraint")];
        let parts = parts.map(|step| step.map(|step| lit(document, step)).unwrap_or_default());
        assert!(parts[0].is_disjoint(&parts[1]));
        assert!(parts.iter().all(|part| part.is_disjoint(&limiting)));
        // What blocks a result is asked for.
        let missing = missing(results);
        let asked: BTreeSet<Id> = missing
            .iter()
            .filter(|one| one.knowledge <= Knowledge::Unknown && !one.blocks.is_empty())
            .map(|one| one.record)
            .collect();
        let asks = step("What nobody knows yet");
        assert_eq!(asks.is_some(), !asked.is_empty());
        if let Some(asks) = asks {
            assert_eq!(lit(document, asks), asked);
        }
        one_by_one.extend(steps);
    }
    assert_eq!(all, one_by_one_in(&all, one_by_one));
}

/// The same steps with the story and places of the others: each story has its own.
fn one_by_one_in(all: &[StoryStep], steps: Vec<StoryStep>) -> Vec<StoryStep> {
    assert_eq!(all.len(), steps.len());
    let steps = all.iter().zip(steps);
    steps
        .map(|(other, step)| StoryStep {
            story: other.story,
            place: other.place,
            ..step
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_stream_is_told_as_its_report_has_it(document in document()) {
        hold(&document);
    }
}

#[test]
fn templates_are_told() {
    for file in templates::files() {
        hold(&templates::document_of(file));
    }
    let document = templates::document_of("feature-to-production.json");
    let report = StreamReport::of(&document);
    let steps = told(&document, &report, StreamsTold::All);
    assert!(steps.len() >= 4, "{steps:?}");
}
