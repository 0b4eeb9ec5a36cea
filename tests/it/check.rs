//! The diagram checks: on the ready diagrams, on random documents, and fixes that do what they say.

use std::path::{Path, PathBuf};

use crate::common::document::{assert_valid, bend, document as any_document, polarity};
use loopstream::causal::check::{
    CHECKS, Finding, GoalStated, MAXIMUM_LISTED, Severity, Subject, check,
};
use loopstream::causal::{LoopAnalysis, LoopReport};
use loopstream::format::json;
use loopstream::model::{
    Delay, Document, Edit, Element, Id, Link, LoopKey, LoopLabel, Point, Variable,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The loops within a budget, as an app has them.
fn report_of(document: &Document) -> LoopReport {
    let mut analysis = LoopAnalysis::new(document, 200);
    analysis.advance(20_000);
    analysis.report(document)
}

fn checked(document: &Document, goal: GoalStated) -> Vec<Finding> {
    check(&Subject::new(document, &report_of(document), goal))
}

/// Every ready diagram and map, by the name of its file.
fn templates() -> Vec<(String, Document)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/public/templates"));
    let files = std::fs::read_dir(folder).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    paths
        .filter(|path| path.file_name() != Some("index.json".as_ref()))
        .map(|path| {
            let name = Path::new(path.file_name().unwrap()).display().to_string();
            let text = std::fs::read_to_string(&path).unwrap();
            (name, json::read(&text).unwrap().document)
        })
        .collect()
}

#[test]
fn ready_diagrams_raise_a_few_questions_and_nothing_worse() {
    let templates = templates();
    assert!(templates.len() > 10);
    for (name, document) in templates {
        let found = checked(&document, GoalStated::Yes);
        let grave = found
            .iter()
            .find(|finding| finding.check.severity != Severity::Hint);
        assert_eq!(grave, None, "{name}");
        assert!(found.len() <= 5, "{name}: {found:#?}");
        if document.variables().is_empty() {
            assert_eq!(found, [], "{name}");
        }
    }
}

#[test]
fn the_questions_of_some_ready_diagrams() {
    for (name, expected) in [
        ("limits-to-growth.json", &[][..]),
        (
            "blameless-learning.json",
            &["Nothing balances loop R1 \"Learning culture\"; what will stop it?"],
        ),
        (
            "technical-debt.json",
            &["Loop B1 \"Quick win\" has no delay; does it answer at once?"],
        ),
        (
            "firefighting.json",
            &[
                "Loop B1 \"Putting out fires\" names neither a goal nor a gap; what level does it \
                 seek?",
                "Loop B1 \"Putting out fires\" has no delay; does it answer at once?",
                "\"Improvement work\" acts on \"Incidents\" only; what else does it do that nobody \
                 intends?",
            ],
        ),
    ] {
        let templates = templates();
        let (_, document) = templates.iter().find(|(file, _)| file == name).unwrap();
        let found = checked(document, GoalStated::Yes);
        let words: Vec<&str> = found.iter().map(|finding| finding.words.as_str()).collect();
        assert_eq!(words, expected, "{name}");
    }
}

/// Words that the checks know, and some that they do not.
const WORDS: &[&str] = &[
    "increased",
    "less",
    "reduce",
    "Improve",
    "lack",
    "of",
    "no",
    "not",
    "enough",
    "poor",
    "bad",
    "Good",
    "trust",
    "morale",
    "distrust",
    "gap",
    "goal",
    "the",
    "decline",
    "in",
    "perceived",
    "quality",
    "qualities",
    "hiring",
    "fixing",
    "bugs",
    "team",
    "human",
    "error",
    "and",
    "/",
    "Variable",
    "work",
    "?",
    "release",
    "Deployment",
    "deploymnet",
];

fn name() -> impl Strategy<Value = String> {
    vec(select(WORDS), 0..4).prop_map(|words| words.join(" "))
}

fn label_name() -> impl Strategy<Value = String> {
    let mark = select(vec![
        "",
        "R1 ",
        "B2: ",
        "Balancing loop ",
        "(R) ",
        "Reinforcing ",
    ]);
    (mark, name()).prop_map(|(mark, name)| format!("{mark}{name}"))
}

/// A small diagram whose names, links and labels give the checks something to find.
fn diagram() -> impl Strategy<Value = Document> {
    let place = (-300..300_i32, -300..300_i32).prop_map(|(x, y)| Point::new(x.into(), y.into()));
    let variables = vec((name(), place), 1..9);
    let delay = select(vec![Delay::None, Delay::None, Delay::Delayed]);
    let link = (any::<Index>(), any::<Index>(), polarity(), delay, bend());
    let labels = vec((label_name(), any::<Index>()), 0..3);
    (variables, vec(link, 0..16), labels).prop_map(|(variables, links, labels)| {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        let nodes: Vec<Id> = (1..=variables.len() as u64).map(Id::from_bits).collect();
        for (id, (name, position)) in nodes.iter().zip(variables) {
            let mut variable = Variable {
                name,
                ..Variable::default()
            };
            variable.placement.position = position;
            edit.set(*id, Some(Element::Variable(variable)));
        }
        for (id, (from, to, polarity, delay, bend)) in (100..).map(Id::from_bits).zip(links) {
            let link = Link {
                polarity,
                delay,
                ..Link::new(*from.get(&nodes), *to.get(&nodes), bend)
            };
            edit.set(id, Some(Element::Link(link)));
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        let loops = report_of(&document).loops;
        let mut edit = Edit::new(&document);
        let mut keys: Vec<LoopKey> = Vec::new();
        for (id, (name, at)) in (200..).map(Id::from_bits).zip(labels) {
            if !loops.is_empty() {
                let key = at.get(&loops).key.clone();
                if !keys.contains(&key) {
                    keys.push(key.clone());
                    let label = LoopLabel {
                        name,
                        ..LoopLabel::new(key)
                    };
                    edit.set(id, Some(Element::LoopLabel(label)));
                }
            }
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        document
    })
}

/// What is true of every list of findings.
fn assert_orderly(document: &Document, found: &[Finding]) -> Result<(), TestCaseError> {
    let order = |finding: &Finding| {
        let at = CHECKS.iter().position(|check| check == finding.check);
        (finding.check.severity, at, finding.about.clone())
    };
    prop_assert!(found.is_sorted_by_key(order));
    for finding in found {
        prop_assert!(finding.words.ends_with(['.', '?']), "{}", finding.words);
        prop_assert!(finding.about.is_sorted());
        for id in &finding.about {
            prop_assert!(document.kind_of(*id).is_some());
        }
        let same = |other: &&Finding| other.check == finding.check;
        prop_assert!(found.iter().filter(same).count() <= MAXIMUM_LISTED);
        // A place tells the findings of a check apart, so that one can be said to be meant so.
        let twin = |other: &&Finding| same(other) && other.about == finding.about;
        prop_assert_eq!(found.iter().filter(twin).count(), 1, "{:?}", finding);
    }
    Ok(())
}

/// Every fix leaves a valid document in which its finding is gone, and can be undone. What only
/// renames changes no loop's polarity.
fn assert_fixes(document: &Document, found: &[Finding]) -> Result<(), TestCaseError> {
    for finding in found {
        let Some(fix) = &finding.fix else { continue };
        prop_assert!(!fix.patch.is_empty() && !fix.label.is_empty());
        let mut fixed = document.clone();
        let applied = fixed.apply(&fix.patch);
        prop_assert_eq!(applied, Ok(()), "{:?}", finding);
        assert_valid(&fixed);
        let after = checked(&fixed, GoalStated::No);
        let same = |other: &Finding| other.check == finding.check && other.about == finding.about;
        prop_assert!(!after.iter().any(same), "{:?}", finding);
        if fix.label.starts_with("Rename") {
            let (before, after) = (report_of(document), report_of(&fixed));
            if document.links().len() < 20 {
                prop_assert_eq!(before.counts, after.counts);
            }
        }
        fixed.apply(&fix.patch.inverted()).unwrap();
        prop_assert_eq!(&fixed, document);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn fixes_of_diagrams_mend_what_was_found(document in diagram()) {
        let found = checked(&document, GoalStated::No);
        assert_orderly(&document, &found)?;
        assert_fixes(&document, &found)?;
    }

    #[test]
    fn fixes_of_any_document_mend_what_was_found(document in any_document()) {
        let found = checked(&document, GoalStated::No);
        assert_orderly(&document, &found)?;
        assert_fixes(&document, &found)?;
    }

    /// The report may be a moment older than the document.
    #[test]
    fn a_report_of_another_document_does_no_harm(one in diagram(), other in diagram()) {
        let found = check(&Subject::new(&one, &report_of(&other), GoalStated::Yes));
        for finding in found {
            prop_assert!(!finding.words.is_empty());
        }
    }

    /// A search that was cut off raises no finding that the whole search does not, except that a
    /// loop's number may be another.
    #[test]
    fn what_is_found_early_is_found_in_the_end(document in diagram(), budget in 0..200_u64) {
        let mut analysis = LoopAnalysis::new(&document, 200);
        analysis.advance(budget);
        let early = check(&Subject::new(&document, &analysis.report(&document), GoalStated::Yes));
        analysis.advance(u64::MAX);
        let report = analysis.report(&document);
        let late = check(&Subject::new(&document, &report, GoalStated::Yes));
        prop_assume!(report.lists_all());
        for finding in early {
            // Names of single loops are asked for where there are few; that needs all of them.
            let same = |other: &Finding| other.check == finding.check && other.about == finding.about;
            let whole = finding.about.is_empty() && finding.check.id == "unnamed-loop";
            let listed = late.iter().filter(|other| other.check == finding.check).count();
            let cut_off = listed == MAXIMUM_LISTED;
            prop_assert!(whole || cut_off || late.iter().any(same), "{:?}", finding);
        }
    }

    /// With more of the variables said to be goals there is less to ask.
    #[test]
    fn goals_answer_questions(document in diagram(), share in 0..9_usize) {
        let ids: Vec<Id> = document.variables().keys().copied().collect();
        let goals = ids.iter().copied().take(share.min(ids.len()));
        let report = report_of(&document);
        let plain = check(&Subject::new(&document, &report, GoalStated::No));
        let stated = Subject::new(&document, &report, GoalStated::No).with_goals(goals);
        for finding in check(&stated) {
            prop_assert!(plain.contains(&finding));
        }
    }
}
