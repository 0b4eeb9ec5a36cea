//! A story begun from a retrospective, and what is said of its parts, under any edits.

use loopstream::causal::{LoopAnalysis, LoopReport};
use loopstream::editor::{
    ExperimentText, SheetText, add_experiment, choose_lever, write_experiment, write_sheet,
};
use loopstream::model::{Document, Id, IdSource, Lever, LoopKey, Rest, Showing, StoryStep, rebase};
use loopstream::story::{
    SheetStep, from_retrospective, gone, hypothesis, is_there, lever_words, markdown, shown,
    target_words, varied,
};
use proptest::prelude::*;

use super::{friday, make};
use crate::common::changes::patch_of;
use crate::common::document::{assert_valid, changes, document};
use crate::common::foreign::{link, variable, with};
use loopstream::model::{Delay, Polarity, Target};

fn report(document: &Document) -> LoopReport {
    let mut analysis = LoopAnalysis::new(document, 50);
    analysis.advance(20_000);
    analysis.report(document)
}

fn steps(document: &Document, report: &LoopReport, sheet: Id) -> Vec<StoryStep> {
    let draft = from_retrospective(document, report, sheet);
    draft.map(|draft| draft.steps).unwrap_or_default()
}

fn plain(step: &StoryStep) -> String {
    let words = markdown::plain(&markdown::read(&step.words));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a story shows it: blanks and line ends are one blank.
fn as_shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn any_sheet_is_told_as_it_was_written_and_outlives_any_edit(
        document in document(),
        changes in changes(),
    ) {
        let report = report(&document);
        for (sheet, said) in document.retrospectives_in_order() {
            let Some(draft) = from_retrospective(&document, &report, sheet) else {
                prop_assert!(said.event.trim().is_empty());
                continue;
            };
            prop_assert_eq!(from_retrospective(&document, &report, sheet), Some(draft.clone()));
            // Every fact is told, in the order of the timeline.
            let told: Vec<String> = draft.steps.iter().map(plain).collect();
            let told = told.join(" ");
            let mut rest = told.as_str();
            for (_, fact) in document.facts_of(sheet) {
                for text in [&fact.when, &fact.what] {
                    let text = as_shown(text);
                    let at = rest.find(&text);
                    prop_assert!(at.is_some(), "{text:?} is not in {rest:?}");
                    rest = &rest[at.unwrap_or_default() + text.len()..];
                }
            }
            // What varied is lit where it is drawn, and all else is hidden then.
            let drawn = varied(&document, sheet);
            if let Some(step) = draft.steps.iter().find(|step| step.title == "What varied") {
                let lit = step.marks.iter().filter(|mark| mark.how == Showing::Lit);
                let mut lit: Vec<Id> = lit.map(|mark| mark.about).collect();
                let mut drawn = drawn;
                lit.sort();
                drawn.sort();
                prop_assert_eq!(step.rest == Rest::Hidden, !lit.is_empty());
                prop_assert_eq!(lit, drawn);
            }
            // Nothing that the story shows is gone when it begins.
            for step in &draft.steps {
                prop_assert!(gone(&document, step).is_empty());
                let _ = shown(&document, step);
            }
            let mut with = document.clone();
            let (story, patch) = draft.added(&with, &mut IdSource::new(5));
            make(&mut with, &patch);
            let begun: Vec<(Id, StoryStep)> = with
                .steps_of(story)
                .into_iter()
                .map(|(id, step)| (id, step.clone()))
                .collect();
            let edits = patch_of(&with, &changes);
            with.apply(&edits).unwrap();
            assert_valid(&with);
            // A step that no edit was about is as it began, whatever else is gone.
            for (id, step) in begun {
                if !edits.changes.contains_key(&id) {
                    prop_assert_eq!(with.story_steps().get(&id), Some(&step));
                    let _ = shown(&with, &step);
                }
            }
            for step in SheetStep::ALL {
                let _ = step.summary(&with, &report, sheet);
                let _ = step.is_done(&with, &report, sheet);
            }
        }
    }
}

/// A diagram with a loop, under the sheet of a Friday.
fn drawn() -> (Document, Id, IdSource) {
    let (document, sheet, ids) = friday();
    let diagram = with(
        "",
        vec![
            (1, variable("Size of a release")),
            (2, variable("Trust in tests")),
            (3, variable("Aside")),
            (11, link(1, 2, Polarity::Negative, Delay::Delayed, "")),
            (12, link(2, 1, Polarity::Negative, Delay::None, "")),
        ],
    );
    let mut both = document;
    let patch = loopstream::model::Patch::between(&Document::default(), &diagram);
    both.apply(&patch).unwrap();
    (both, sheet, ids)
}

#[test]
fn an_hour_is_told_from_the_event_to_the_experiment() {
    let (mut document, sheet, mut ids) = drawn();
    let key = LoopKey::new([11, 12].map(Id::from_bits));
    let patch = choose_lever(&document, sheet, Some(Lever::Loop(key.clone())));
    make(&mut document, &patch);
    let patch = write_sheet(&document, sheet, SheetText::Why, "It *turns*.\nEach week.");
    make(&mut document, &patch);
    let (id, patch) = add_experiment(&document, Some(sheet), &mut ids);
    make(&mut document, &patch);
    for (text, words) in [
        (ExperimentText::Action, "release each day."),
        (ExperimentText::Outcome, "a release is small"),
        (ExperimentText::Because, "there is less to wait for"),
        (ExperimentText::Amount, "by half"),
    ] {
        let patch = write_experiment(&document, id, text, words);
        make(&mut document, &patch);
    }
    let patch = loopstream::editor::change_experiment(&document, id, |one| {
        one.target = Some(Target::Variable(Id::from_bits(1)));
        one.way = Some(loopstream::model::Aim::Fall);
    });
    make(&mut document, &patch);
    let found = report(&document);
    let steps = steps(&document, &found, sheet);
    let titles: Vec<&str> = steps.iter().map(|step| step.title.as_str()).collect();
    assert_eq!(
        titles[..3],
        [
            "Payments were down for 40 minutes",
            "What happened",
            "What varied"
        ]
    );
    assert_eq!(
        titles[titles.len() - 2..],
        ["Leverage point: loop R1", "What we try"]
    );
    assert_eq!(plain(&steps[1]), "• 14:02 Deployment began • 14:05 Alarm");
    assert_eq!(
        plain(&steps[2]),
        "• Size of a release rose • Trust in tests"
    );
    let [.., point, trial] = &steps[..] else {
        panic!("{titles:?}");
    };
    assert_eq!(plain(point), "It *turns*. Each week.");
    assert_eq!(*point.loops, *std::slice::from_ref(&key));
    assert_eq!(
        plain(trial),
        "If we release each day, then a release is small, because there is less to wait for. \
         It should show: Size of a release should fall by half"
    );
    // The loop of the diagram is told before it.
    assert!(
        steps
            .iter()
            .any(|step| step.rest == Rest::Hidden && *step.loops == [key.clone()])
    );
    let experiment = &document.experiments()[&id];
    assert_eq!(
        target_words(&document, experiment),
        "Size of a release should fall by half"
    );
    assert!(hypothesis(experiment).starts_with("If we release each day, then"));

    // What is gone is told as gone: the words stay.
    let mut edit = loopstream::model::Edit::new(&document);
    edit.remove(Id::from_bits(2));
    let patch = edit.finish();
    make(&mut document, &patch);
    let found = report(&document);
    let lever = Lever::Loop(key);
    assert!(!is_there(&document, &lever));
    assert_eq!(lever_words(&document, Some(&found), &lever), None);
    assert!(!SheetStep::Lever.is_done(&document, &found, sheet));
    let steps = self::steps(&document, &found, sheet);
    let point = steps
        .iter()
        .find(|step| step.title == "Leverage point")
        .unwrap();
    assert_eq!(plain(point), "It *turns*. Each week.");
    assert!(point.loops.is_empty());
    let gone = loopstream::story::gone_of_experiment(&document, &document.experiments()[&id]);
    assert_eq!(
        gone.unwrap(),
        "Gone since it was written: 1 thing that it changes."
    );
}

#[test]
fn a_sheet_that_says_nothing_begins_no_story() {
    let mut ids = IdSource::new(2);
    let mut document = Document::default();
    let (sheet, patch) = loopstream::editor::begin_retrospective(&document, &mut ids);
    make(&mut document, &patch);
    let found = report(&document);
    assert_eq!(from_retrospective(&document, &found, sheet), None);
    assert_eq!(
        from_retrospective(&document, &found, Id::from_bits(77)),
        None
    );
    for step in SheetStep::ALL {
        assert!(!step.is_done(&document, &found, sheet), "{step:?}");
        assert_eq!(step.summary(&document, &found, sheet), "");
    }
    let removed = loopstream::editor::remove_line(&document, sheet);
    assert!(!rebase(&removed, &document).is_empty());
}
