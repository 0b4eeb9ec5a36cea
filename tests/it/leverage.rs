//! The order of variables and links by what the structure shows of them, and how it is explained.

use std::collections::BTreeSet;

use loopstream::causal::leverage::{
    LeverageInput, LeverageReport, LeverageRow, leverage, loops_through,
};
use loopstream::causal::{Completeness, LoopAnalysis, LoopCounts, Progress};
use loopstream::model::{Delay, Document, Edit, Element, Id, Link, Polarity, Records, Variable};
use proptest::prelude::*;

fn with(names: &[&str], links: &[(u64, u64, Polarity, Delay)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (bits, name) in (0..).zip(names) {
        let name = (*name).to_owned();
        let variable = Variable {
            name,
            ..Variable::default()
        };
        edit.set(Id::from_bits(bits), Some(Element::Variable(variable)));
    }
    for (bits, (from, to, polarity, delay)) in (100..).zip(links) {
        let link = Link {
            polarity: *polarity,
            delay: *delay,
            ..Link::new(Id::from_bits(*from), Id::from_bits(*to), 0.0)
        };
        edit.set(Id::from_bits(bits), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

fn ranked_of(document: &Document, at_constraint: &[u64]) -> LeverageReport {
    let mut analysis = LoopAnalysis::new(document, 1000);
    assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
    let (loops, completeness) = loops_through(&analysis.report(document));
    let at_constraint = at_constraint.iter().map(|bits| Id::from_bits(*bits));
    leverage(
        document,
        &LeverageInput {
            loops: &loops,
            completeness,
            at_constraint: &at_constraint.collect(),
        },
    )
}

fn told(rows: &[LeverageRow]) -> Vec<(u64, usize, u32, &str)> {
    let row = |row: &LeverageRow| (row.id.bits(), row.rank, row.points.total());
    rows.iter()
        .map(|each| {
            let (bits, rank, score) = row(each);
            (bits, rank, score, each.reason.as_str())
        })
        .collect()
}

#[test]
fn rows_are_ranked_and_explained() {
    use Polarity::{Negative, Positive};
    // Work and fear on a loop, work and output on a delayed one, and tea beside.
    let document = with(
        &["work", "fear", "output", "tea"],
        &[
            (0, 1, Positive, Delay::None),
            (1, 0, Negative, Delay::None),
            (0, 2, Positive, Delay::Delayed),
            (2, 0, Positive, Delay::None),
            (3, 0, Positive, Delay::None),
        ],
    );
    let report = ranked_of(&document, &[2]);
    assert_eq!(
        told(&report.variables),
        [
            (
                2,
                1,
                76,
                "On 1 reinforcing loop, which is delayed; it can influence 2 of 3 other variables; it is bound to the constraint"
            ),
            (
                0,
                2,
                68,
                "On 2 loops (1 reinforcing, 1 balancing), 1 of them delayed; it can influence 2 of 3 other variables"
            ),
            (
                1,
                3,
                46,
                "On 1 balancing loop; it can influence 2 of 3 other variables"
            ),
            (
                3,
                4,
                20,
                "On no loop; it can influence 3 of 3 other variables"
            ),
        ]
    );
    assert_eq!(
        told(&report.links)[0],
        (
            102,
            1,
            95,
            "On 1 reinforcing loop, which is delayed; through it 3 of 4 variables can be influenced; it is delayed itself; it acts on what is bound to the constraint"
        )
    );
    // Equal scores share a rank.
    let ranks: Vec<_> = report
        .links
        .iter()
        .map(|row| (row.rank, row.points.total()))
        .collect();
    assert_eq!(ranks, [(1, 95), (2, 75), (3, 65), (3, 65), (5, 15)]);
}

#[test]
fn counts_that_are_not_all_say_at_least() {
    let document = with(&["a", "b"], &[(0, 0, Polarity::Unknown, Delay::None)]);
    let mut loops = Records::new();
    let many = LoopCounts {
        reinforcing: u64::MAX,
        balancing: 1,
        undetermined: 0,
        delayed: 0,
    };
    loops.insert(Id::from_bits(0), many);
    let report = leverage(
        &document,
        &LeverageInput {
            loops: &loops,
            completeness: Completeness::Saturated,
            at_constraint: &BTreeSet::new(),
        },
    );
    assert_eq!(report.variables[0].points.loops, 50);
    assert!(
        report.variables[0]
            .reason
            .starts_with("On at least 18,446,744,073,709,551,615 loops (")
    );
    assert_eq!(
        report.variables[1].reason,
        "On no loop that was found so far; it influences no other variable"
    );
    let empty = leverage(
        &Document::default(),
        &LeverageInput {
            loops: &loops,
            completeness: Completeness::Exact,
            at_constraint: &BTreeSet::new(),
        },
    );
    assert_eq!(empty, LeverageReport::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn scores_rise_with_what_they_rest_on(
        ends in prop::collection::vec((0..6_u64, 0..6_u64), 0..14),
        bound in prop::collection::vec(0..6_u64, 0..3),
    ) {
        let links: Vec<_> = ends.iter().map(|(from, to)| (*from, *to, Polarity::Negative, Delay::None)).collect();
        let document = with(&["a", "b", "c", "d", "e", "f"], &links);
        let report = ranked_of(&document, &bound);
        for rows in [&report.variables, &report.links] {
            for (index, row) in rows.iter().enumerate() {
                prop_assert!(row.points.total() <= 100 && row.rank <= index + 1);
                for other in &rows[..index] {
                    prop_assert!(other.points.total() >= row.points.total());
                    // What has less of everything is not put first.
                    let more = row.loops.total() > other.loops.total() && row.reach > other.reach;
                    prop_assert!(!more || other.at_constraint);
                }
            }
        }
        prop_assert_eq!(report.variables.len(), 6);
        prop_assert_eq!(report.links.len(), links.len());
    }
}
