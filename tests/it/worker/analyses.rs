//! What the worker finds in the loops of a diagram.

use std::collections::BTreeSet;

use loopstream::layout::Arrange;
use loopstream::model::{
    Aim, Decision, Delay, Document, Edit, Element, FindingReview, Id, LoopKey, Polarity, Vector,
};
use loopstream::sync::DotTarget;
use loopstream::worker::{Block, ReportKind, Request, ResponseBody, Row, RowCommand, RowKind};

use crate::worker::{Desk, complete, diagram};

const P: Polarity = Polarity::Positive;
const N: Polarity = Polarity::Negative;
const NOW: Delay = Delay::None;
const LATER: Delay = Delay::Delayed;

fn rows(bodies: &[ResponseBody]) -> Vec<&Row> {
    let reports = bodies.iter().filter_map(|bodies| match bodies {
        ResponseBody::Report { blocks, .. } => Some(blocks),
        _ => None,
    });
    reports.flatten().flat_map(Block::rows).collect()
}

/// The fixes and answers of the rows do what they say: the patch applies.
fn apply(document: &Document, row: &Row, label: &str) -> Document {
    let action = row.actions.iter().find(|action| action.label == label);
    let action = action.unwrap_or_else(|| panic!("{label} is not among {:?}", row.actions));
    let RowCommand::Patch(patch) = &action.command else {
        panic!("{label} is no change");
    };
    let mut document = document.clone();
    document.apply(patch).unwrap();
    document
}

#[test]
fn findings_are_marked_fixed_and_answered() {
    let document = diagram(
        &["lack of trust", "speed"],
        &[(0, 1, P, NOW), (1, 0, N, NOW)],
    );
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
    let about = Id::from_bits(1);
    let marks = bodies.iter().find_map(|bodies| match bodies {
        ResponseBody::Marks(marks) => Some(marks),
        _ => None,
    });
    assert!(marks.unwrap().iter().any(|(id, _)| *id == about));
    let rows_of = rows(&bodies);
    let negative = rows_of.iter().find(|row| row.about == [about]).unwrap();
    assert_eq!(negative.kind, RowKind::Warning);
    let fixed = apply(&document, negative, &negative.actions[0].label);
    assert_eq!(fixed.variables()[&about].name, "trust");
    let answered = apply(&document, negative, "Intended");
    let (_, review) = answered.reviews().iter().next().unwrap();
    assert_eq!(
        (review.topic.as_str(), review.decision),
        ("check/negative-name", Decision::Dismissed)
    );

    let mut desk = Desk::new(answered.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
    let rows_of = rows(&bodies);
    let same: Vec<_> = rows_of
        .iter()
        .filter(|row| row.title == negative.title)
        .collect();
    assert_eq!((same.len(), same[0].kind), (1, RowKind::Answered));
    assert_eq!(apply(&answered, same[0], "Ask again").reviews().len(), 0);
}

#[test]
fn archetypes_are_suggested_completed_and_answered() {
    let names = ["outages", "heroics", "sharing"];
    let links = [
        (0, 1, P, NOW),
        (1, 0, N, NOW),
        (0, 2, P, NOW),
        (2, 0, N, LATER),
        (1, 2, N, NOW),
    ];
    let document = diagram(&names, &links);
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Archetypes, Vec::new()));
    let rows_of = rows(&bodies);
    let burden = rows_of
        .iter()
        .find(|row| row.title == "Shifting the burden")
        .unwrap();
    assert!(
        burden
            .text
            .starts_with("Consistent with shifting the burden"),
        "{}",
        burden.text
    );
    let yes = apply(&document, burden, "Yes, that's us");
    let (_, review) = yes.reviews().iter().next().unwrap();
    assert_eq!(
        review,
        &FindingReview::new(
            "archetype/shifting-the-burden",
            (1..=3).map(Id::from_bits),
            Decision::Agreed
        )
    );
    let mut desk = Desk::new(yes);
    let bodies = desk.ask(Request::Report(ReportKind::Archetypes, Vec::new()));
    let rows_of = rows(&bodies);
    let burden = rows_of
        .iter()
        .find(|row| row.title == "Shifting the burden")
        .unwrap();
    assert_eq!(burden.code, "✓");

    // Without its delay it is a near match, and the missing mark is one press away.
    let undelayed: Vec<_> = links
        .iter()
        .map(|(from, to, sign, _)| (*from, *to, *sign, NOW))
        .collect();
    let document = diagram(&names, &undelayed);
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Archetypes, Vec::new()));
    let rows_of = rows(&bodies);
    let near = rows_of
        .iter()
        .find(|row| row.title == "Shifting the burden")
        .unwrap();
    assert_eq!(near.kind, RowKind::Hint);
    let completed = apply(&document, near, "Add what is missing");
    assert_eq!(completed.links()[&Id::from_bits(1_004)].delay, LATER);
}

#[test]
fn a_goal_parts_the_loops_and_names_what_would_be_gamed() {
    // Shortcuts raise velocity now and, by way of debt, lower it later.
    let names = ["pressure", "shortcuts", "velocity", "debt", "gap"];
    let links = [
        (4, 0, P, NOW),
        (0, 1, P, NOW),
        (1, 2, P, NOW),
        (2, 4, N, NOW),
        (1, 3, P, LATER),
        (3, 2, N, NOW),
    ];
    let mut document = diagram(&names, &links);
    let mut edit = Edit::new(&document);
    edit.change(Id::from_bits(3), |element| {
        if let Element::Variable(variable) = element {
            variable.aim = Some(Aim::Rise);
        }
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let mut desk = Desk::new(document);
    let bodies = desk.ask(Request::Report(ReportKind::Leverage, Vec::new()));
    let rows_of = rows(&bodies);
    let about = |row: &&&Row| row.about.len();
    let serving: Vec<_> = rows_of
        .iter()
        .filter(|row| row.kind == RowKind::Reinforcing)
        .collect();
    let against: Vec<_> = rows_of
        .iter()
        .filter(|row| row.kind == RowKind::Balancing)
        .collect();
    assert_eq!(serving.iter().map(about).collect::<Vec<_>>(), [5]);
    assert_eq!(against.iter().map(about).collect::<Vec<_>>(), [4]);
    let mut hints = rows_of.iter().filter(|row| row.kind == RowKind::Hint);
    let gamed = hints.find(|row| row.title == "velocity").unwrap();
    assert!(
        gamed.text.contains("shortcuts") && gamed.text.contains("later"),
        "{}",
        gamed.text
    );
    // Then everything in an order, with exact numbers of loops.
    let ranked: Vec<_> = rows_of
        .iter()
        .filter(|row| row.topic == "leverage")
        .collect();
    let first = ranked[0];
    assert_eq!(first.text, "On 2 loops: a change here feeds back on each");
    // Two that score alike say so; which comes first is told above the list.
    assert!(ranked.iter().any(|row| row.meta.starts_with("equal ")));
    assert!(first.detail.contains("points of 100"), "{}", first.detail);
    assert!(
        ranked
            .iter()
            .all(|row| row.share.is_some_and(|share| share <= 100))
    );
}

#[test]
fn a_trace_shows_causes_uses_and_why_a_net_effect_is_not_determined() {
    let document = diagram(
        &["a", "b", "c"],
        &[(0, 1, P, NOW), (1, 2, P, NOW), (0, 2, N, NOW)],
    );
    let mut desk = Desk::new(document);
    let [a, c] = [1, 3].map(Id::from_bits);
    let of_c = desk.ask(Request::Report(ReportKind::Trace, vec![c]));
    let titles: Vec<&str> = rows(&of_c).iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["a", "b", "a"]);
    let ways = desk.ask(Request::Report(ReportKind::Trace, vec![a, c]));
    let rows_of = rows(&ways);
    assert_eq!(rows_of[0].kind, RowKind::Undetermined);
    assert!(
        rows_of[0].title.to_lowercase().contains("because"),
        "{}",
        rows_of[0].title
    );
    assert_eq!(rows_of.len(), 3);
    let nothing = desk.ask(Request::Report(ReportKind::Trace, Vec::new()));
    assert!(rows(&nothing).is_empty());
}

#[test]
fn a_change_is_followed_by_rounds_loops_and_rest() {
    // Growth a → b → a, and a delayed brake b → c → a.
    let document = diagram(
        &["a", "b", "c"],
        &[
            (0, 1, P, NOW),
            (1, 0, P, NOW),
            (1, 2, P, NOW),
            (2, 0, N, LATER),
        ],
    );
    let mut desk = Desk::new(document);
    let a = Id::from_bits(1);
    let bodies = desk.ask(Request::Report(ReportKind::Follow, vec![a]));
    let told: Vec<(&str, &str, &str)> = rows(&bodies)
        .iter()
        .map(|row| (row.code.as_str(), row.title.as_str(), row.meta.as_str()))
        .collect();
    assert_eq!(
        told[..4],
        [
            ("▲", "b rises", "after 1 round"),
            ("▲", "c rises", "after 2 rounds"),
            (
                "R1",
                "Back at a, loop R1 amplifies the push (by b)",
                "after 2 rounds"
            ),
            (
                "B1",
                "Back at a, loop B1 answers the push (by c)",
                "after 4 rounds"
            ),
        ]
    );
    assert_eq!(rows(&bodies)[1].text, "a up → b up → c up");
    // All is at rest only if the brake is stronger, and then the push holds.
    let rest: Vec<&str> = told[4..].iter().map(|(_, title, _)| *title).collect();
    assert_eq!(
        rest,
        ["a stands higher", "b stands higher", "c stands higher"]
    );
    let nothing = desk.ask(Request::Report(ReportKind::Follow, Vec::new()));
    assert!(rows(&nothing).is_empty());
}

#[test]
fn all_pairs_are_a_table_and_a_link_is_tried_before_it_is_changed() {
    let document = diagram(&["prey", "hunters"], &[(0, 1, P, NOW), (1, 0, N, NOW)]);
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Pairs, Vec::new()));
    let table = bodies.iter().find_map(|body| match body {
        ResponseBody::Report { blocks, .. } => blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        }),
        _ => None,
    });
    let table = table.expect("a table");
    assert_eq!(table.heads, ["Pushed up", "hunters", "prey"]);
    assert_eq!(table.rows, [["hunters", "+", "−"], ["prey", "+", "+"]]);

    let link = *document.links().keys().next().unwrap();
    let bodies = desk.ask(Request::Report(ReportKind::Interventions, vec![link]));
    let all: Vec<&Row> = rows(&bodies)
        .into_iter()
        .filter(|row| !row.actions.is_empty())
        .collect();
    let labels: Vec<&str> = all
        .iter()
        .map(|row| row.actions[0].label.as_str())
        .collect();
    assert_eq!(labels, ["Cut it", "Turn its sign", "Delay it"]);
    assert_eq!(all[0].title, "Loops: none instead of 1 balancing.");
    assert_eq!(all[1].title, "Loops: 1 reinforcing instead of 1 balancing.");
    // Each does what it says.
    for (row, polarity) in all.iter().zip([None, Some(N), Some(P)]) {
        let RowCommand::Patch(patch) = &row.actions[0].command else {
            panic!("{row:?}");
        };
        let mut changed = document.clone();
        changed.apply(patch).unwrap();
        let after = changed.links().get(&link).map(|link| link.polarity);
        assert_eq!(after, polarity);
    }
}

#[test]
fn the_loop_sets_are_listed_with_how_they_differ() {
    let mut desk = Desk::new(complete(5));
    let bodies = desk.ask(Request::Report(ReportKind::LoopSets, Vec::new()));
    // 20 links, 5 variables: each set has 16 loops.
    assert_eq!(rows(&bodies).len(), 32);
}

#[test]
fn a_diagram_is_arranged_by_a_patch_that_fits() {
    let document = complete(6);
    let sizes = document
        .variables()
        .keys()
        .map(|id| (*id, Vector::new(60.0, 24.0)));
    let sizes: Vec<(Id, Vector)> = sizes.collect();
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Arrange {
        mode: Arrange::Afresh,
        only: Vec::new(),
        sizes,
    });
    let Some(ResponseBody::Arranged(patch)) = bodies.last() else {
        panic!("{bodies:?}");
    };
    let mut arranged = document;
    arranged.apply(patch).unwrap();
    let mut places: Vec<_> = arranged
        .variables()
        .values()
        .map(|v| v.placement.position)
        .collect();
    places.dedup();
    assert_eq!(places.len(), 6);
}

#[test]
fn signs_that_follow_from_equations_are_offered_and_answered() {
    let model = "{UTF-8}\npeople= INTEG(births, 9) ~~|\nbirths= people*fertility ~~|\n\
        fertility= food/2 ~~|\nfood= Time*3 ~~|\n";
    let read = loopstream::format::open_text(model, &mut loopstream::model::IdSource::new(4));
    let document = read.unwrap().document;
    let title = "Is any quantity of this model ever negative?";
    let asked = |document: &Document| {
        let mut desk = Desk::new(document.clone());
        let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
        let mut rows_of = rows(&bodies).into_iter();
        rows_of.find(|row| row.title == title).cloned()
    };
    let row = asked(&document).unwrap();
    assert_eq!(row.kind, RowKind::Hint);
    assert_eq!(
        row.text,
        "If none is, 2 of 2 links without a sign get one, and unsigned loops go from 1 to 0."
    );
    assert_eq!(row.about.len(), 2);
    let signed = apply(&document, &row, "None is ever negative");
    let positive = |document: &Document| {
        let links = document.links().values();
        links
            .filter(|link| link.polarity == Polarity::Positive)
            .count()
    };
    assert_eq!((positive(&document), positive(&signed)), (2, 4));
    assert!(asked(&signed).is_none());
    let answered = apply(&document, &row, "Some may be");
    let row = asked(&answered).unwrap();
    assert_eq!(row.kind, RowKind::Answered);
    assert_eq!(apply(&answered, &row, "Ask again"), document);
}

#[test]
fn a_loop_without_a_name_is_named_from_its_finding() {
    let document = diagram(&["speed", "trust"], &[(0, 1, P, NOW), (1, 0, P, NOW)]);
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
    let rows_of = rows(&bodies);
    let unnamed = rows_of
        .iter()
        .find(|row| row.topic == "check/unnamed-loop")
        .unwrap();
    let action = &unnamed.actions[0];
    let links = document.links().keys().copied();
    assert_eq!(
        (action.label.as_str(), &action.command),
        ("Name it", &RowCommand::Name(LoopKey::new(links)))
    );
}

/// A dot of a vote goes to a finding by its topic and records.
#[test]
fn findings_are_named_apart_and_keep_their_names_when_answered() {
    let names = ["lack of trust", "speed", "risk", "fear", "care"];
    let document = diagram(&names, &[(0, 1, P, NOW), (1, 0, N, NOW), (1, 2, P, NOW)]);
    let targets = |document: &Document| {
        let mut desk = Desk::new(document.clone());
        let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
        let found = rows(&bodies).into_iter().cloned();
        let found: Vec<Row> = found.filter(Row::is_finding).collect();
        let target = |row: &Row| DotTarget::of_finding(&row.topic, &row.about);
        let targets: BTreeSet<DotTarget> = found.iter().map(target).collect();
        assert_eq!(targets.len(), found.len(), "{found:?}");
        (targets, found)
    };
    let (before, found) = targets(&document);
    let row = found
        .iter()
        .find(|row| row.topic == "check/orphan")
        .unwrap();
    let (after, found) = targets(&apply(&document, row, "Intended"));
    assert_eq!(before, after);
    assert!(found.iter().any(|row| row.kind == RowKind::Answered));
}

#[test]
fn few_hints_show_and_the_others_fold() {
    let names: Vec<String> = (0..24).map(|number| format!("gap {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // Pairs, each a loop without a name, and some that nothing comes back to.
    let pairs = (0..8).flat_map(|pair| {
        let (one, other) = (2 * pair, 2 * pair + 1);
        [(one, other, P, NOW), (other, one, P, NOW)]
    });
    let links: Vec<_> = pairs
        .chain((16..23).map(|at| (at, at + 1, P, NOW)))
        .collect();
    let document = diagram(&names, &links);
    let bodies = Desk::new(document).ask(Request::Report(ReportKind::Checks, Vec::new()));
    let reports = bodies.iter().filter_map(|body| match body {
        ResponseBody::Report { blocks, .. } => Some(blocks),
        _ => None,
    });
    let blocks: Vec<&Block> = reports.flatten().collect();
    let hints = |rows: &[Row]| rows.iter().filter(|row| row.kind == RowKind::Hint).count();
    let shown: usize = blocks
        .iter()
        .map(|block| match block {
            Block::Row(row) => hints(std::slice::from_ref(row)),
            _ => 0,
        })
        .sum();
    let folded: usize = blocks
        .iter()
        .map(|block| match block {
            Block::Disclosure(disclosure) => hints(&disclosure.rows),
            _ => 0,
        })
        .sum();
    assert_eq!(shown, 5);
    let all = rows(&bodies)
        .into_iter()
        .filter(|row| row.kind == RowKind::Hint);
    assert_eq!(shown + folded, all.count());
    let Some(Block::Words(summary)) = blocks.first() else {
        panic!("{blocks:?}");
    };
    assert!(
        summary.contains(&format!("{} hints", shown + folded)),
        "{summary}"
    );
}
