//! What loops seek, how late they answer, and what holds them back.

use super::finding::{Check, Findings, Severity};
use super::name::{Name, Words};
use super::subject::{Node, Subject};
use crate::causal::{Completeness, LoopPolarity};
use crate::model::{Delay, VariableKind};

/// A balancing loop that does not say what it seeks.
pub(super) const GOALLESS: Check = Check {
    id: "balancing-without-goal",
    title: "Balancing loop without a goal",
    severity: Severity::Hint,
    why: "Every balancing loop seeks a goal; if it is not drawn, nobody can question it.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams; Sterman 2000, chapter 5",
    find: goalless,
};

/// A balancing loop that answers at once.
pub(super) const PROMPT: Check = Check {
    id: "balancing-without-delay",
    title: "Balancing loop without a delay",
    severity: Severity::Hint,
    why: "A balancing loop with a delay overshoots, one without settles; most corrections in real \
          work take time somewhere.",
    source: "Sterman 2000, chapter 5 (important delays)",
    find: prompt,
};

/// A reinforcing loop that nothing holds back.
pub(super) const UNBALANCED: Check = Check {
    id: "unbalanced-reinforcing",
    title: "Reinforcing loop that nothing balances",
    severity: Severity::Hint,
    why: "Nothing grows or falls forever; what will stop this loop is the next thing to draw.",
    source: "Sterman 2000, chapter 5; Meadows 2008, Thinking in Systems",
    find: unbalanced,
};

/// Words of what a loop seeks.
const GOALS: Words = Words(
    "acceptable aim allowed ambition aspiration budget capacity ceiling commitment \
     deadline desired expectation expectations expected goal goals ideal intended limit \
     limits maximum minimum norm norms objective objectives plan planned promise promised \
     quota required requirement requirements standard standards target targets threshold \
     tolerance",
);

/// Words of how far a state is from what a loop seeks.
const GAPS: Words = Words(
    "deficit deviation difference discrepancy excess gap gaps overrun shortage shortfall \
     slack surplus",
);

/// Whether a name says that this is what something seeks.
pub(super) fn names_goal(name: &Name) -> bool {
    name.has_any(GOALS)
}

/// Whether a name says how far something is from its goal.
fn names_gap(name: &Name) -> bool {
    name.has_any(GAPS)
}

fn goalless(subject: &Subject<'_>, findings: &mut Findings) {
    // What is computed says where it settles: a run shows it.
    let says = |node: &Node<'_>| {
        let computed = !node.variable.equation.is_empty();
        computed || node.is_goal || names_goal(&node.name) || names_gap(&node.name)
    };
    let mut loops = subject.loops_of(LoopPolarity::Balancing).peekable();
    if loops.peek().is_none() {
        return;
    }
    let seeks: Vec<bool> = subject.nodes.iter().map(says).collect();
    for found in loops {
        let indices = subject.indices(found);
        let stated =
            |index: &usize| seeks[*index] || subject.causes(*index).any(|cause| seeks[cause]);
        if !indices.iter().any(stated) {
            findings.add(found.links.clone(), &|| {
                let called = subject.called(found);
                format!("Loop {called} names neither a goal nor a gap; what level does it seek?")
                    .into()
            });
        }
    }
}

fn prompt(subject: &Subject<'_>, findings: &mut Findings) {
    for found in subject.loops_of(LoopPolarity::Balancing) {
        // What accumulates is late by itself.
        let is_stock = |index: &usize| subject.nodes[*index].variable.kind == VariableKind::Stock;
        if found.delay == Delay::None && !subject.indices(found).iter().any(is_stock) {
            findings.add(found.links.clone(), &|| {
                let called = subject.called(found);
                format!("Loop {called} has no delay; does it answer at once?").into()
            });
        }
    }
}

fn unbalanced(subject: &Subject<'_>, findings: &mut Findings) {
    let report = subject.report;
    // A loop that is not listed could be the one that balances.
    let none = report.counts.balancing == 0 && report.counts.undetermined == 0;
    if report.completeness != Completeness::Exact || !(report.lists_all() || none) {
        return;
    }
    let mut held = vec![false; subject.nodes.len()];
    for polarity in [LoopPolarity::Balancing, LoopPolarity::Undetermined] {
        for found in subject.loops_of(polarity) {
            for index in subject.indices(found) {
                held[index] = true;
            }
        }
    }
    for found in subject.loops_of(LoopPolarity::Reinforcing) {
        if !subject.indices(found).iter().any(|index| held[*index]) {
            findings.add(found.links.clone(), &|| {
                let called = subject.called(found);
                format!("Nothing balances loop {called}; what will stop it?").into()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::Sketch;
    use super::super::{GoalStated, Subject, check};
    use super::*;
    use crate::causal::LoopAnalysis;

    #[test]
    fn lists_are_sorted() {
        assert!(GOALS.is_sorted() && GAPS.is_sorted());
    }

    #[test]
    fn balancing_loops_and_their_goals() {
        let fires = |links: &[&str]| Sketch::of(links, &[]).found("balancing-without-goal").len();
        assert_eq!(fires(&["incidents + repairs", "repairs - incidents"]), 1);
        assert_eq!(fires(&["quality gap + work", "work - quality gap"]), 0);
        let with_goal = [
            "quality - tests",
            "tests + quality",
            "desired quality + tests",
        ];
        assert_eq!(fires(&with_goal), 0);
        assert_eq!(fires(&["trust + calm", "calm + trust"]), 0);
        assert_eq!(fires(&["trust ? calm", "calm + trust"]), 0);
    }

    #[test]
    fn a_variable_said_to_be_a_goal_is_one() {
        let sketch = Sketch::of(&["calm - noise", "noise + calm"], &[]);
        assert_eq!(sketch.found("balancing-without-goal").len(), 1);
        let subject = sketch.subject().with_goals([sketch.variable("calm")]);
        let mut found = check(&subject);
        found.retain(|finding| finding.check == &GOALLESS);
        assert_eq!(found, []);
    }

    #[test]
    fn balancing_loops_and_their_delays() {
        let fires = |links: &[&str]| {
            let sketch = Sketch::of(links, &[]);
            sketch.found("balancing-without-delay").len()
        };
        assert_eq!(fires(&["a + b", "b - a"]), 1);
        assert_eq!(fires(&["a + b ||", "b - a"]), 0);
        assert_eq!(fires(&["a + b", "b + a"]), 0);
        let stock = Sketch::of(&["a + b", "b - a"], &[]).changed(|edit| {
            edit.change(super::super::sketch::node(0), |element| {
                if let crate::model::Element::Variable(variable) = element {
                    variable.kind = VariableKind::Stock;
                }
            });
        });
        assert_eq!(stock.found("balancing-without-delay"), []);
    }

    #[test]
    fn reinforcing_loops_and_what_holds_them() {
        let fires = |links: &[&str]| {
            let sketch = Sketch::of(links, &[]);
            sketch.found("unbalanced-reinforcing").len()
        };
        assert_eq!(fires(&["a + b", "b + a"]), 1);
        assert_eq!(fires(&["a + b", "b + a", "b + c", "c - b"]), 0);
        // An unknown sign may be the one that balances.
        assert_eq!(fires(&["a + b", "b + a", "b + c", "c ? b"]), 0);
        // A balancing loop elsewhere does not.
        assert_eq!(fires(&["a + b", "b + a", "d + c", "c - d"]), 1);
    }

    #[test]
    fn nothing_is_said_to_be_unbalanced_before_the_search_is_done() {
        let links = ["a + b", "b + a", "b + c", "c + d", "d - c"];
        let sketch = Sketch::of(&links, &[]);
        let mut analysis = LoopAnalysis::new(&sketch.document, 1_000);
        let fires = |report: &crate::causal::LoopReport| {
            let subject = Subject::new(&sketch.document, report, GoalStated::Yes);
            let found = check(&subject);
            found.iter().any(|finding| finding.check == &UNBALANCED)
        };
        assert!(fires(&sketch.report));
        let mut cut_off = 0;
        while analysis.advance(1) == crate::causal::Progress::Unfinished {
            assert!(!fires(&analysis.report(&sketch.document)));
            cut_off += 1;
        }
        assert!(cut_off > 0);
        // Nor while loops are counted that are not listed.
        let mut short = sketch.report.clone();
        short.loops.truncate(1);
        assert!(!fires(&short));
    }
}
