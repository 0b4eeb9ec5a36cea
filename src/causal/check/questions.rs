//! Questions that a structure raises: what else follows, how late, and what for.

use super::finding::{Check, Findings, Fix, Severity, Told};
use super::name::{Name, Words};
use super::subject::Subject;
use crate::model::{Delay, Edit, Element};

/// An action that has one effect.
pub(super) const ONE_OUTCOME: Check = Check {
    id: "one-outcome",
    title: "Action with one outcome only",
    severity: Severity::Hint,
    why: "Every action has effects that nobody intended, and these make the loops that surprise.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams",
    find: one_outcome,
};

/// A perceived quantity that follows the real one at once.
pub(super) const PERCEIVED: Check = Check {
    id: "perception-without-delay",
    title: "Perceived quantity without a delay",
    severity: Severity::Hint,
    why: "What people perceive, report or expect follows reality late, and decisions follow what \
          they perceive.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams; Sterman 2000, chapter 5",
    find: perceived,
};

/// A delay mark on every link.
pub(super) const DELAYS: Check = Check {
    id: "delays-everywhere",
    title: "Delay marks on every link",
    severity: Severity::Hint,
    why: "A delay matters where it is long beside the others; marks on all links single out none.",
    source: "Sterman 2000, chapter 5 (important delays)",
    find: delays,
};

/// No goal of the system.
pub(super) const PURPOSE: Check = Check {
    id: "no-goal",
    title: "No stated goal of the system",
    severity: Severity::Hint,
    why: "A system does what its structure asks of it; only beside a stated goal can that be seen \
          as wanted or not.",
    source: "Meadows 2008, Thinking in Systems",
    find: purpose,
};

/// Last words of the names of actions.
const ACTIONS: Words = Words(
    "action actions advertising approvals audits automation bonuses campaign campaigns \
     controls discounts effort efforts expediting firefighting fix fixes heroics hires \
     hiring improvement improvements incentives initiative initiatives inspection \
     inspections intervention interventions investment investments layoffs marketing \
     measures monitoring outsourcing overtime policy program programme punishment \
     recruiting recruitment refactoring reminders reorganisation reorganisations \
     reorganization reorganizations repairs rescues restructuring reviews rewards \
     sanctions shortcuts spending testing training workaround workarounds",
);

fn is_action(name: &Name) -> bool {
    let (last, count) = (name.last(), name.words.len());
    let before = name.word(count.wrapping_sub(2));
    ACTIONS.has(last) || last == "work" && ACTIONS.has(before)
}

fn one_outcome(subject: &Subject<'_>, findings: &mut Findings) {
    for (index, node) in subject.nodes.iter().enumerate() {
        // What is computed does what equations say, and nothing else.
        if !is_action(&node.name) || !node.variable.equation.is_empty() {
            continue;
        }
        if let Some(only) = subject.only_effect(index) {
            findings.add(vec![node.id], &|| {
                format!(
                    "{} acts on {} only; what else does it do that nobody intends?",
                    subject.label_text(index),
                    subject.label_text(only)
                )
                .into()
            });
        }
    }
}

/// Words of what people believe.
const BELIEFS: Words = Words(
    "apparent believed expectation expectations expected felt forecast image observed \
     perceived perception perceptions reported reputation",
);

fn perceived(subject: &Subject<'_>, findings: &mut Findings) {
    for (index, node) in subject.nodes.iter().enumerate() {
        let arriving: Vec<_> = subject.arriving(index).collect();
        let late = arriving.iter().any(|arc| arc.link.delay == Delay::Delayed);
        if arriving.is_empty() || late || !node.name.has_any(BELIEFS) {
            continue;
        }
        findings.add(vec![node.id], &|| {
            let fix = match arriving[..] {
                [only] => {
                    let mut edit = Edit::new(subject.document);
                    edit.change(only.id, |element| {
                        if let Element::Link(link) = element {
                            link.delay = Delay::Delayed;
                        }
                    });
                    let label = format!("Mark the link from {} as delayed", subject.label_text(only.from));
                    Some(Fix::of(label, edit))
                }
                _ => None,
            };
            Told {
                words: format!(
                    "{} follows its causes without a delay; how long does it take people to notice?",
                    subject.label_text(index)
                ),
                fix,
            }
        });
    }
}

fn delays(subject: &Subject<'_>, findings: &mut Findings) {
    let marked = subject
        .arcs
        .iter()
        .all(|arc| arc.link.delay == Delay::Delayed);
    let count = subject.arcs.len();
    if count > 2 && marked {
        findings.add(Vec::new(), &|| {
            format!("All {count} links have a delay mark; which delays are the long ones?").into()
        });
    }
}

fn purpose(subject: &Subject<'_>, findings: &mut Findings) {
    let stated = subject.goal_stated || subject.nodes.iter().any(|node| node.is_goal);
    if !stated && subject.arcs.len() > 1 {
        findings.add(Vec::new(), &|| {
            "The diagram does not say what the system is for."
                .to_owned()
                .into()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::Sketch;
    use super::super::{GoalStated, Subject, check};
    use super::*;

    #[test]
    fn actions_with_one_outcome() {
        let fires = |links: &[&str]| Sketch::of(links, &[]).found("one-outcome").len();
        assert_eq!(fires(&["overtime + output"]), 1);
        assert_eq!(fires(&["New hires + capacity", "New hires - New hires"]), 1);
        assert_eq!(fires(&["improvement work - incidents"]), 1);
        assert_eq!(fires(&["overtime + output", "overtime + fatigue"]), 0);
        assert_eq!(fires(&["training load - output"]), 0);
        assert_eq!(fires(&["fatigue + overtime"]), 0);
    }

    #[test]
    fn perceived_quantities() {
        let fires = |links: &[&str]| {
            let sketch = Sketch::of(links, &[]);
            sketch.found("perception-without-delay").len()
        };
        assert_eq!(fires(&["quality + perceived quality"]), 1);
        assert_eq!(fires(&["quality + reputation", "price - reputation"]), 1);
        assert_eq!(fires(&["quality + Customer expectations"]), 1);
        assert_eq!(fires(&["quality + perceived quality ||"]), 0);
        assert_eq!(fires(&["quality + reputation ||", "price - reputation"]), 0);
        assert_eq!(fires(&["perceived quality + sales"]), 0);
        assert_eq!(fires(&["safety + incident reports"]), 0);
        let (_, fixed) = Sketch::of(&["a + perceived a"], &[]).fixed("perception-without-delay");
        let link = fixed.document.links().values().next().unwrap();
        assert_eq!(link.delay, Delay::Delayed);
    }

    #[test]
    fn delays_on_every_link() {
        let fires = |links: &[&str]| Sketch::of(links, &[]).found("delays-everywhere").len();
        assert_eq!(fires(&["a + b ||", "b + c ||", "c + a ||"]), 1);
        assert_eq!(fires(&["a + b ||", "b + c ||", "c + a"]), 0);
        assert_eq!(fires(&["a + b ||", "b + a ||"]), 0);
    }

    #[test]
    fn the_goal_of_the_system() {
        let sketch = Sketch::of(&["a + b", "b + a"], &[]);
        let fires = |subject: Subject<'_>| {
            let found = check(&subject);
            found.iter().any(|finding| finding.check == &PURPOSE)
        };
        let without = || Subject::new(&sketch.document, &sketch.report, GoalStated::No);
        assert!(fires(without()));
        assert!(!fires(without().with_goals([sketch.variable("a")])));
        assert!(!fires(sketch.subject()));
        let begun = Sketch::of(&["a + b"], &[]);
        assert!(!fires(Subject::new(
            &begun.document,
            &begun.report,
            GoalStated::No
        )));
    }

    #[test]
    fn lists_are_sorted() {
        assert!(ACTIONS.is_sorted() && BELIEFS.is_sorted());
    }
}
