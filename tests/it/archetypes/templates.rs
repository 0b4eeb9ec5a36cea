//! What the ready diagrams are consistent with.

use std::collections::BTreeSet;
use std::path::Path;

use loopstream::causal::archetype::{ARCHETYPES, ArchetypeMatch, Near};
use loopstream::format::json;
use loopstream::model::Document;

use crate::archetypes::report;

fn document_of(file: &str) -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/templates");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    json::read(&text).unwrap().document
}

/// The archetype with who plays what.
fn told(document: &Document, found: &ArchetypeMatch) -> String {
    let roles = found.roles.iter().map(|cast| {
        let name = document.variables()[&cast.variable].in_sentence();
        format!("{} {name}", cast.role.id)
    });
    format!(
        "{}: {}",
        found.archetype.id,
        roles.collect::<Vec<_>>().join(", ")
    )
}

/// Full matches of each ready diagram.
const MATCHES: &[(&str, &[&str])] = &[
    ("fear-of-deploying.json", &[]),
    (
        "technical-debt.json",
        &["fixes-that-fail: symptom Velocity, fix Shortcuts, consequence Technical debt"],
    ),
    (
        "firefighting.json",
        &[
            "fixes-that-fail: symptom Incidents, fix Firefighting effort, consequence Improvement work",
        ],
    ),
    (
        "multitasking.json",
        &[
            "success-to-the-successful: allocation Work in progress, favoured Lead time, \
           other Effective capacity",
        ],
    ),
    ("blameless-learning.json", &[]),
    (
        "limits-to-growth.json",
        &[
            "limits-to-growth: performance Throughput, limiting Bottleneck queue, \
             constraint Bottleneck capacity, effort Investment",
            "fixes-that-fail: symptom Bottleneck queue, fix Throughput, consequence Value delivered",
            "balancing-with-delay: state Bottleneck queue, action Bottleneck load",
        ],
    ),
    (
        "utilisation-trap.json",
        &["balancing-with-delay: state New hires, action Missed dates"],
    ),
    (
        "late-staffing.json",
        &["balancing-with-delay: state New hires, action Staffing gap"],
    ),
    ("test-automation.json", &[]),
    (
        "change-board.json",
        &["fixes-that-fail: symptom Failed changes, fix Approvals, consequence Lead time"],
    ),
    (
        "toil-and-platform.json",
        &["balancing-with-delay: state Automation, action Engineering time"],
    ),
    (
        "the-hero.json",
        &[
            "shifting-the-burden: symptom Outages, quick Heroic rescues, \
             fundamental Knowledge sharing",
            "fixes-that-fail: symptom Outages, fix Heroic rescues, consequence Knowledge sharing",
            "balancing-with-delay: state Outages, action Knowledge sharing",
        ],
    ),
];

/// Some near matches, with what they lack.
const NEAR: &[(&str, &str, &str)] = &[
    (
        "firefighting.json",
        "shifting-the-burden",
        "A link from \"Incidents\" to \"Improvement work\" that raises it would complete it.",
    ),
    (
        "late-staffing.json",
        "fixes-that-fail",
        "A delay mark on the link from \"Training load\" to \"Experienced staff\" would complete \
         it.",
    ),
    (
        "multitasking.json",
        "limits-to-growth",
        "A link from a new variable, the constraint, to \"Work started\" that lowers it would \
         complete it.",
    ),
];

/// What the diagrams that each show one archetype are consistent with, and the variables in its
/// roles. Policy resistance and rule beating have no structure of their own here: the one is
/// drawn as escalation is, the other as a burden that is shifted.
const SHOWN: &[(&str, &str, &[&str])] = &[
    (
        "autoscaling.json",
        "balancing-with-delay",
        &["Servers running", "Servers ordered"],
    ),
    (
        "sinking-quality.json",
        "drifting-goals",
        &[
            "Quality gap",
            "Quality bar",
            "Quality delivered",
            "Improvement work",
            "Pressure to ship",
        ],
    ),
    (
        "everything-is-urgent.json",
        "escalation",
        &[
            "Web team's lead",
            "Urgent web tickets",
            "Urgent mobile tickets",
        ],
    ),
    (
        "hard-tasks-for-seniors.json",
        "success-to-the-successful",
        &[
            "Tasks for seniors",
            "Practice of seniors",
            "Practice of juniors",
        ],
    ),
    (
        "shared-test-environment.json",
        "tragedy-of-the-commons",
        &[
            "Load on the environment",
            "Web team's test runs",
            "Mobile team's test runs",
            "Web team's feedback",
            "Mobile team's feedback",
            "Feedback per test run",
        ],
    ),
    (
        "platform-outgrown.json",
        "growth-and-underinvestment",
        &[
            "Reliability",
            "Word of mouth",
            "Teams on the platform",
            "Will to invest",
            "Platform capacity",
            "Reliability promised",
            "Investment",
        ],
    ),
    (
        "partners-at-odds.json",
        "accidental-adversaries",
        &[
            "Features delivered",
            "Service stability",
            "Rushed releases",
            "Change freezes",
            "Work on operability",
            "Help with pipelines",
        ],
    ),
    (
        "two-limits-one-team.json",
        "attractiveness-principle",
        &[
            "Users",
            "Open questions",
            "Open wishes",
            "Hours of the team",
            "Recommendations",
        ],
    ),
    (
        "push-and-brake.json",
        "escalation",
        &["Release pace", "Push for releases", "Release checks"],
    ),
    (
        "beating-the-coverage-rule.json",
        "shifting-the-burden",
        &[
            "Pressure for coverage",
            "Tests for the number",
            "Tests that check",
        ],
    ),
];

#[test]
fn each_archetype_is_found_in_the_ready_diagram_that_shows_it() {
    for (file, archetype, names) in SHOWN {
        let document = document_of(file);
        let expected: BTreeSet<&str> = names.iter().copied().collect();
        let report = report(&document, Near::Strong);
        let is_shown = report.matches.iter().any(|found| {
            let roles = found.roles.iter();
            let names = roles.map(|cast| document.variables()[&cast.variable].name.as_str());
            found.archetype.id == *archetype && names.collect::<BTreeSet<_>>() == expected
        });
        let matches = report.matches.iter();
        let told: Vec<String> = matches.map(|found| told(&document, found)).collect();
        assert!(is_shown, "{file}: {told:?}");
    }
}

#[test]
fn every_archetype_has_a_ready_diagram() {
    let shown = SHOWN.iter().map(|(file, ..)| *file);
    let found: BTreeSet<&str> = MATCHES
        .iter()
        .map(|(file, _)| *file)
        .chain(shown)
        .flat_map(|file| report(&document_of(file), Near::Strong).matches)
        .map(|found| found.archetype.id)
        .collect();
    let all = ARCHETYPES.iter().map(|archetype| archetype.id);
    assert_eq!(found, all.collect());
}

#[test]
fn the_ready_diagrams_are_consistent_with_what_they_show() {
    for (file, expected) in MATCHES {
        let document = document_of(file);
        let report = report(&document, Near::Strong);
        let found: Vec<String> = report
            .matches
            .iter()
            .map(|found| told(&document, found))
            .collect();
        assert_eq!(found, *expected, "{file}");
    }
}

#[test]
fn the_ready_diagrams_say_what_they_lack() {
    for (file, archetype, lack) in NEAR {
        let document = document_of(file);
        let near = report(&document, Near::Strong).near;
        let lacks: Vec<String> = near
            .iter()
            .filter(|found| found.archetype.id == *archetype)
            .filter_map(|found| Some(found.missing?.sentence(&document)))
            .collect();
        assert_eq!(lacks, [*lack], "{file}");
    }
}

#[test]
fn a_ready_diagram_has_few_near_matches() {
    for (file, _) in MATCHES {
        let near = report(&document_of(file), Near::Strong).near;
        assert!(near.len() <= 3, "{file}: {}", near.len());
    }
}

#[test]
fn a_match_is_told_as_consistent_and_never_as_a_verdict() {
    let document = document_of("the-hero.json");
    let report = report(&document, Near::Strong);
    assert_eq!(
        report.matches[0].sentence(&document),
        "Consistent with shifting the burden: \"Heroic rescues\" is the quick fix for \
         \"Outages\"; \"Knowledge sharing\" is the fundamental solution, which takes longer."
    );
    assert_eq!(
        report.matches[1].question(&document),
        "Some time after \"Heroic rescues\", is \"Outages\" back where it was, or worse?"
    );
    assert_eq!(report.matches[0].topic(), "archetype/shifting-the-burden");
    let firefighting = document_of("firefighting.json");
    let near = crate::archetypes::report(&firefighting, Near::Strong).near;
    assert!(
        near[0]
            .sentence(&firefighting)
            .starts_with("Nearly consistent with shifting")
    );
}
