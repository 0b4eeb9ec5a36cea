//! The stories that come with the ready loop diagrams.

use std::collections::BTreeSet;

use loopstream::model::{Document, Id, LoopKey, Rest, Showing, StoryStep};
use loopstream::story::{gone, shown};

use super::{document_of, loop_diagrams, loops_of};

/// The titles with which every story ends.
const ENDS: [&str; 2] = ["The question", "What to try"];

#[test]
fn every_loop_diagram_has_one_story_which_ends_with_a_question_and_what_to_try() {
    for template in loop_diagrams() {
        let file = template.file;
        let document = document_of(file);
        let stories = document.stories_in_order();
        let [(story, named)] = stories.as_slice() else {
            panic!("{file}: {} stories", stories.len());
        };
        assert!(!named.name.is_empty(), "{file}");
        let steps = document.steps_of(*story);
        assert_eq!(steps.len(), document.story_steps().len(), "{file}");
        let titles: Vec<&str> = steps.iter().map(|(_, step)| step.title.as_str()).collect();
        assert!(titles.ends_with(&ENDS), "{file}: {titles:?}");
        let [.., (_, question), (_, tries)] = steps.as_slice() else {
            panic!("{file}: too short");
        };
        assert!(question.words.ends_with('?'), "{file}: {}", question.words);
        assert!(tries.words.starts_with("1. "), "{file}: {}", tries.words);
        for (_, step) in steps {
            // As much as is read from a screen while somebody speaks.
            let words = step.words.split_whitespace().count();
            assert!((4..=60).contains(&words), "{file}: {words}: {}", step.words);
            assert!(gone(&document, step).is_empty(), "{file}: {}", step.title);
        }
    }
}

#[test]
fn every_loop_of_a_diagram_is_told_and_is_whole_when_it_is() {
    for template in loop_diagrams() {
        let document = document_of(template.file);
        let all = loops_of(&document).loops;
        let all: BTreeSet<LoopKey> = all.into_iter().map(|one| one.key).collect();
        let (story, _) = document.stories_in_order()[0];
        let mut told: BTreeSet<LoopKey> = BTreeSet::new();
        for (_, step) in document.steps_of(story) {
            assert_eq!(shown(&document, step).loops.len(), step.loops.len());
            told.extend(step.loops.iter().cloned());
        }
        assert_eq!(told, all, "{}", template.file);
    }
}

#[test]
fn what_was_told_stays_to_be_seen_and_all_is_there_at_the_end() {
    let seen = |step: &StoryStep, document: &Document| -> BTreeSet<Id> {
        let records = shown(document, step).records;
        let seen = records.iter().filter(|(_, how)| **how != Showing::Hidden);
        seen.map(|(id, _)| *id).collect()
    };
    for template in loop_diagrams() {
        let document = document_of(template.file);
        let (story, _) = document.stories_in_order()[0];
        let mut before = BTreeSet::new();
        for (_, step) in document.steps_of(story) {
            let now = seen(step, &document);
            assert!(
                now.is_superset(&before),
                "{}: {}",
                template.file,
                step.words
            );
            before = now;
            if ENDS.contains(&step.title.as_str()) {
                assert_eq!(step.rest, Rest::Plain);
                let links = document.links().keys();
                let mut drawn = document.variables().keys().chain(links);
                assert!(drawn.all(|id| before.contains(id)), "{}", template.file);
            }
        }
    }
}
