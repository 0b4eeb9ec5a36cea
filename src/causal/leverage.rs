//! Where a change might move much: variables and links in an order that the structure suggests.
//!
//! The order is a heuristic, not a measure. Signs and links say nothing of how strong an influence
//! is, and a score does not say how much a change would gain. What it rests on is told in each row.
//! Of Meadows' places to intervene (1999) it sees four: the loops that pass a place (8 and 7, and
//! their delays, 9), and the structure that carries a change further (10 and 6). What a person
//! knows of rules, goals and beliefs (5 to 1) stands in no diagram.

use std::collections::BTreeSet;

use super::analysis::LoopReport;
use super::counts::{Completeness, LoopCounts};
use super::found::LoopPolarity;
use super::reach::reach;
use crate::lean;
use crate::model::{Delay, Document, Id, Records};

/// What is known of a document beside itself.
#[derive(Clone, Copy, Debug)]
pub struct LeverageInput<'a> {
    /// The loops through each variable and each link; none where there is no entry.
    pub loops: &'a Records<LoopCounts>,
    /// Whether those are all.
    pub completeness: Completeness,
    /// The variables that are bound to the constraint of the value stream.
    pub at_constraint: &'a BTreeSet<Id>,
}

/// The variables and the links, each in their order, the first ones first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeverageReport {
    /// One row for each variable.
    pub variables: Vec<LeverageRow>,
    /// One row for each link.
    pub links: Vec<LeverageRow>,
}

/// What a place has to do with the constraint of the value stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Constraint {
    /// The variable is bound to it, or the link acts on such a variable.
    Bound,
    /// Nothing of the kind.
    Elsewhere,
}

/// What a score is made of: points, which add up to 100 at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Points {
    /// For the loops through it, 0 to 50: by how many doublings they are many, beside the place
    /// that has most.
    pub loops: u32,
    /// For its reach, 0 to 20: its share of all that could be reached.
    pub reach: u32,
    /// For the constraint, 0 or 20: what is bound to it limits the whole stream.
    pub constraint: u32,
    /// For delays, 0 to 10: the share of its loops that are delayed; there a change is answered
    /// late, and is easily overdone.
    pub delay: u32,
}

impl Points {
    const LOOPS: u32 = 50;
    const REACH: u32 = 20;
    const CONSTRAINT: u32 = 20;
    const DELAY: u32 = 10;

    /// The score: their sum, 0 to 100.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.loops + self.reach + self.constraint + self.delay
    }
}

/// A variable or link with what its place in the order rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverageRow {
    /// The variable or link.
    pub id: Id,
    /// Its place in the order, from 1; rows of the same score share theirs.
    pub rank: usize,
    /// The loops through it.
    pub loops: LoopCounts,
    /// How many variables a change of it can influence: of a variable, others than itself; of a
    /// link, its effect among them.
    pub reach: u64,
    /// What it has to do with the constraint.
    pub constraint: Constraint,
    /// What its score is made of.
    pub points: Points,
    /// One sentence without its full stop, with what the score rests on.
    pub reason: String,
}

/// The loops of a report through each variable and each link, and whether that is all there are.
#[must_use]
pub fn loops_through(report: &LoopReport) -> (Records<LoopCounts>, Completeness) {
    let mut counts: Records<LoopCounts> = Records::new();
    for found in &report.loops {
        for id in found.variables.iter().chain(&found.links) {
            let count = counts.get_or_default(*id);
            let of_sign = match found.polarity {
                LoopPolarity::Reinforcing => &mut count.reinforcing,
                LoopPolarity::Balancing => &mut count.balancing,
                LoopPolarity::Undetermined => &mut count.undetermined,
            };
            *of_sign += 1;
            count.delayed += u64::from(found.delay == Delay::Delayed);
        }
    }
    let completeness = if report.lists_all() {
        Completeness::Exact
    } else {
        Completeness::SoFar
    };
    (counts, completeness)
}

/// Ranks the variables and links of a document.
#[must_use]
pub fn leverage(document: &Document, input: &LeverageInput<'_>) -> LeverageReport {
    let index: Records<u32> = document.variables().keys().copied().zip(0..).collect();
    let number = |id: &Id| index.get(id).copied().unwrap_or_default();
    let links = document.links().values();
    let ends: Vec<(u32, u32)> = links
        .map(|link| (number(&link.from), number(&link.to)))
        .collect();
    // A document has no more variables than can be numbered.
    let reached = reach(u32::try_from(index.len()).unwrap_or(u32::MAX), &ends);
    let reached_from = |id: &Id| reached.get(number(id) as usize).copied().unwrap_or(1);
    let variables = index.len() as u64;
    let constraint = |variable: Id| {
        if input.at_constraint.contains(&variable) {
            Constraint::Bound
        } else {
            Constraint::Elsewhere
        }
    };
    let loops_of = |id: &Id| input.loops.get(id).copied().unwrap_or_default();

    let of_variables = document.variables().iter().map(|(id, variable)| Draft {
        id: *id,
        name: variable.name.clone(),
        kind: Kind::Variable,
        loops: loops_of(id),
        reach: reached_from(id) - 1,
        reachable: variables - 1,
        constraint: constraint(*id),
    });
    let of_links = document.links().iter().map(|(id, link)| Draft {
        id: *id,
        name: [link.from, link.to]
            .map(|end| document.variables().get(&end).map(|end| end.name.as_str()))
            .map(Option::unwrap_or_default)
            .join("\n"),
        kind: Kind::Link(link.delay),
        loops: loops_of(id),
        reach: reached_from(&link.to),
        reachable: variables,
        constraint: constraint(link.to),
    });
    LeverageReport {
        variables: ranked(of_variables.collect(), input.completeness),
        links: ranked(of_links.collect(), input.completeness),
    }
}

/// What a row is about.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Variable,
    Link(Delay),
}

/// A row before it is scored.
struct Draft {
    id: Id,
    name: String,
    kind: Kind,
    loops: LoopCounts,
    reach: u64,
    reachable: u64,
    constraint: Constraint,
}

fn ranked(drafts: Vec<Draft>, completeness: Completeness) -> Vec<LeverageRow> {
    let most = drafts.iter().map(|draft| draft.loops.total()).max();
    let most = most.unwrap_or_default();
    let mut scored: Vec<(Points, Draft)> = drafts
        .into_iter()
        .map(|draft| (draft.points(most), draft))
        .collect();
    // Of the same score: more loops first, then more reach, then by name.
    lean::sort_by(&mut scored, |(one, a), (other, b)| {
        let scores = other.total().cmp(&one.total());
        scores
            .then_with(|| b.loops.total().cmp(&a.loops.total()))
            .then_with(|| b.reach.cmp(&a.reach))
            .then_with(|| (&a.name, a.id).cmp(&(&b.name, b.id)))
    });
    let mut rows: Vec<LeverageRow> = Vec::with_capacity(scored.len());
    for (points, draft) in scored {
        let before = rows.last();
        let same = before.filter(|row| row.points.total() == points.total());
        rows.push(LeverageRow {
            id: draft.id,
            rank: same.map_or(rows.len() + 1, |row| row.rank),
            loops: draft.loops,
            reach: draft.reach,
            constraint: draft.constraint,
            points,
            reason: draft.reason(completeness),
        });
    }
    rows
}

impl Draft {
    fn points(&self, most_loops: u64) -> Points {
        let loops = self.loops.total();
        Points {
            loops: share(doublings(loops), doublings(most_loops), Points::LOOPS),
            reach: share(self.reach as f64, self.reachable as f64, Points::REACH),
            constraint: match self.constraint {
                Constraint::Bound => Points::CONSTRAINT,
                Constraint::Elsewhere => 0,
            },
            delay: share(self.loops.delayed as f64, loops as f64, Points::DELAY),
        }
    }

    fn reason(&self, completeness: Completeness) -> String {
        let mut reason = loops_text(self.loops, completeness);
        reason.push_str("; ");
        let (reach, of) = (self.reach, self.reachable);
        reason.push_str(&match (self.kind, reach) {
            (Kind::Variable, 0) => "it influences no other variable".to_owned(),
            (Kind::Variable, _) => format!("it can influence {reach} of {of} other variables"),
            (Kind::Link(_), _) => format!("through it {reach} of {of} variables can be influenced"),
        });
        if self.kind == Kind::Link(Delay::Delayed) {
            reason.push_str("; it is delayed itself");
        }
        if self.constraint == Constraint::Bound {
            reason.push_str(match self.kind {
                Kind::Variable => "; it is bound to the constraint",
                Kind::Link(_) => "; it acts on what is bound to the constraint",
            });
        }
        reason
    }
}

/// The loops through a place, as the beginning of a sentence.
fn loops_text(loops: LoopCounts, completeness: Completeness) -> String {
    let total = loops.total();
    let is_exact = completeness == Completeness::Exact;
    if total == 0 {
        let none = if is_exact {
            "On no loop"
        } else {
            "On no loop that was found so far"
        };
        return none.to_owned();
    }
    let at_least = if is_exact { "" } else { "at least " };
    let of_signs = [
        (loops.reinforcing, LoopPolarity::Reinforcing),
        (loops.balancing, LoopPolarity::Balancing),
        (loops.undetermined, LoopPolarity::Undetermined),
    ];
    let signs: Vec<_> = of_signs.iter().filter(|(count, _)| *count > 0).collect();
    let mut text = match (total, signs.as_slice()) {
        (1, [(_, sign), ..]) => format!("On {at_least}1 {} loop", sign.word()),
        (_, [(_, sign)]) => format!("On {at_least}{total} {} loops", sign.word()),
        _ => {
            let signs = signs
                .iter()
                .map(|(count, sign)| format!("{count} {}", sign.word()));
            let signs: Vec<String> = signs.collect();
            format!("On {at_least}{total} loops ({})", signs.join(", "))
        }
    };
    text.push_str(&match (loops.delayed, total) {
        (0, _) => String::new(),
        (1, 1) => ", which is delayed".to_owned(),
        (delayed, total) if delayed == total => ", all delayed".to_owned(),
        (1, _) => ", 1 of them delayed".to_owned(),
        (delayed, _) => format!(", {delayed} of them delayed"),
    });
    text
}

/// How often one must double to come from nothing to a count: the binary logarithm of one more,
/// with a straight line between powers of two.
fn doublings(count: u64) -> f64 {
    let more = count.saturating_add(1);
    let whole = more.ilog2();
    let power = (1_u64 << whole) as f64;
    f64::from(whole) + (more as f64 / power - 1.0)
}

/// A share of so many points, rounded; none of nothing.
fn share(part: f64, whole: f64, points: u32) -> u32 {
    if whole <= 0.0 {
        return 0;
    }
    let share = lean::clamp(part / whole, 0.0, 1.0);
    (share * f64::from(points)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal::analysis::LoopAnalysis;
    use crate::causal::search::Progress;
    use crate::model::{Edit, Element, Link, Polarity, Variable};
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
                .starts_with("On at least 18446744073709551615 loops (")
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

    #[test]
    fn doublings_grow_with_the_count() {
        for (count, expected) in [(0, 0.0), (1, 1.0), (2, 1.5), (3, 2.0), (5, 2.5), (7, 3.0)] {
            assert_eq!(doublings(count), expected);
        }
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
                for (place, row) in rows.iter().enumerate() {
                    prop_assert!(row.points.total() <= 100 && row.rank <= place + 1);
                    for other in &rows[..place] {
                        prop_assert!(other.points.total() >= row.points.total());
                        // What has less of everything is not put first.
                        let more = row.loops.total() > other.loops.total() && row.reach > other.reach;
                        prop_assert!(!more || other.constraint == Constraint::Bound);
                    }
                }
            }
            prop_assert_eq!(report.variables.len(), 6);
            prop_assert_eq!(report.links.len(), links.len());
        }
    }
}
