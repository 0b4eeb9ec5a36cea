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
use crate::model::{Delay, Document, Id, Records, grouped};

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
    /// Whether the variable is bound to the constraint of the value stream, or the link acts on
    /// such a variable.
    pub at_constraint: bool,
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
            let count = counts.entry(*id).or_default();
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
    let loops_of = |id: &Id| input.loops.get(id).copied().unwrap_or_default();

    let of_variables = document.variables().iter().map(|(id, variable)| Draft {
        id: *id,
        name: variable.name.clone(),
        kind: Kind::Variable,
        loops: loops_of(id),
        reach: reached_from(id) - 1,
        reachable: variables - 1,
        at_constraint: input.at_constraint.contains(id),
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
        at_constraint: input.at_constraint.contains(&link.to),
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
    at_constraint: bool,
}

fn ranked(drafts: Vec<Draft>, completeness: Completeness) -> Vec<LeverageRow> {
    let most = drafts.iter().map(|draft| draft.loops.total()).max();
    let most = most.unwrap_or_default();
    let mut scored: Vec<(Points, Draft)> = drafts
        .into_iter()
        .map(|draft| (draft.points(most), draft))
        .collect();
    // Of the same score: more loops first, then more reach, then by name.
    scored.sort_by(|(one, a), (other, b)| {
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
            at_constraint: draft.at_constraint,
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
            constraint: match self.at_constraint {
                true => Points::CONSTRAINT,
                false => 0,
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
        if self.at_constraint {
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
        (_, [(_, sign)]) => format!("On {at_least}{} {} loops", grouped(total), sign.word()),
        _ => {
            let signs = signs
                .iter()
                .map(|(count, sign)| format!("{} {}", grouped(*count), sign.word()));
            let signs: Vec<String> = signs.collect();
            format!(
                "On {at_least}{} loops ({})",
                grouped(total),
                signs.join(", ")
            )
        }
    };
    text.push_str(&match (loops.delayed, total) {
        (0, _) => String::new(),
        (1, 1) => ", which is delayed".to_owned(),
        (delayed, total) if delayed == total => ", all delayed".to_owned(),
        (1, _) => ", 1 of them delayed".to_owned(),
        (delayed, _) => format!(", {} of them delayed", grouped(delayed)),
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
    let share = (part / whole).clamp(0.0, 1.0);
    (share * f64::from(points)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doublings_grow_with_the_count() {
        for (count, expected) in [(0, 0.0), (1, 1.0), (2, 1.5), (3, 2.0), (5, 2.5), (7, 3.0)] {
            assert_eq!(doublings(count), expected);
        }
    }
}
