//! A direct link beside a longer path that says the opposite.

use super::finding::{Check, Findings, Severity};
use super::rename::opposite;
use super::subject::{Arc, Subject};
use crate::model::{Delay, Id, Polarity};

/// A direct link and a longer path of the opposite sign, of which neither is the slower one.
pub(super) const OPPOSED: Check = Check {
    id: "opposed-shortcut",
    title: "Direct link against a longer path",
    severity: Severity::Hint,
    why: "Two paths of opposite sign between the same variables leave open which of them wins; \
          name what lies between on the direct path, or mark the slower one with a delay.",
    source: "Sterman 2000, chapter 5 (unambiguous polarities)",
    find: opposed,
};

/// The most links of the longer path.
const LONGEST: usize = 4;
/// The most links that are followed for one direct link, and for all of them; where variables
/// have dozens of links each, some longer ways are not found.
const STEPS_EACH: usize = 5_000;
const STEPS_IN_ALL: usize = 1_000_000;

fn opposed(subject: &Subject<'_>, findings: &mut Findings) {
    let mut left = STEPS_IN_ALL;
    for arc in &subject.arcs {
        let polarity = arc.link.polarity;
        // An equation says itself how its causes come together.
        let is_computed = !subject.nodes[arc.to].variable.equation.is_empty();
        let direct = polarity != Polarity::Unknown && arc.from != arc.to && !is_computed;
        if !direct || subject.leaving(arc.from).count() < 2 || subject.arriving(arc.to).count() < 2
        {
            continue;
        }
        let budget = STEPS_EACH.min(left);
        let mut walk = Walk {
            subject,
            arc,
            wanted: opposite(polarity),
            path: Vec::new(),
            steps: budget,
        };
        let found = (2..=LONGEST).any(|length| walk.extend(arc.from, length));
        left -= budget - walk.steps;
        if found {
            let path = walk.path;
            let ids: Vec<Id> = path.iter().map(|step| step.id).chain([arc.id]).collect();
            findings.add(ids, &|| {
                let between = path
                    .iter()
                    .skip(1)
                    .map(|step| subject.label_text(step.from));
                format!(
                    "The link {} says {}, and the path through {} says {}; which is quicker?",
                    subject.link_text(arc),
                    polarity.symbol(),
                    between.collect::<Vec<_>>().join(" and "),
                    opposite(polarity).symbol(),
                )
                .into()
            });
        }
    }
}

/// A walk along signed links from the cause of a direct link to its effect.
struct Walk<'s> {
    subject: &'s Subject<'s>,
    arc: &'s Arc<'s>,
    wanted: Polarity,
    path: Vec<&'s Arc<'s>>,
    steps: usize,
}

impl Walk<'_> {
    /// Looks for a path of exactly `more` links on to the effect, and leaves it in the path.
    fn extend(&mut self, node: usize, more: usize) -> bool {
        let subject = self.subject;
        for step in subject.leaving(node) {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            let arrives = step.to == self.arc.to;
            let seen =
                step.to == self.arc.from || self.path.iter().any(|past| past.from == step.to);
            if step.link.polarity == Polarity::Unknown || seen || arrives != (more == 1) {
                continue;
            }
            self.path.push(step);
            let found = if arrives {
                self.opposes()
            } else {
                self.extend(step.to, more - 1)
            };
            if found {
                return true;
            }
            self.path.pop();
        }
        false
    }

    /// Whether the path has the opposite sign, and nothing says which of the two is late.
    fn opposes(&self) -> bool {
        let negatives = self.path.iter();
        let negatives = negatives.filter(|step| step.link.polarity == Polarity::Negative);
        let sign = if negatives.count() % 2 == 0 {
            Polarity::Positive
        } else {
            Polarity::Negative
        };
        let late = self
            .path
            .iter()
            .any(|step| step.link.delay == Delay::Delayed);
        sign == self.wanted && late == (self.arc.link.delay == Delay::Delayed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::Sketch;

    fn fires(links: &[&str]) -> usize {
        Sketch::of(links, &[]).found("opposed-shortcut").len()
    }

    #[test]
    fn an_opposite_way_is_found() {
        assert_eq!(fires(&["a + c", "a + b", "b - c"]), 1);
        assert_eq!(fires(&["a - c", "a - b", "b - c"]), 1);
        assert_eq!(fires(&["a + d", "a + b", "b - c", "c + d"]), 1);
        assert_eq!(fires(&["a + c ||", "a + b ||", "b - c"]), 1);
        let sketch = Sketch::of(&["a + c", "a + b", "b - c"], &[]);
        let found = sketch.found("opposed-shortcut");
        assert_eq!(found[0].about.len(), 3);
        assert_eq!(
            found[0].words,
            "The link from \"a\" to \"c\" says +, and the path through \"b\" says \u{2212}; which is \
             quicker?"
        );
    }

    #[test]
    fn the_same_sign_or_a_delay_that_tells_them_apart_is_fine() {
        assert_eq!(fires(&["a + c", "a + b", "b + c"]), 0);
        assert_eq!(fires(&["a + c", "a + b ||", "b - c"]), 0);
        assert_eq!(fires(&["a + c", "a ? b", "b - c"]), 0);
        assert_eq!(fires(&["a + b", "b - a", "b + a"]), 0);
        // Six links are too long a way to be a double of one.
        let long = [
            "a + g", "a + b", "b + c", "c + d", "d + e", "e + f", "f - g",
        ];
        assert_eq!(fires(&long), 0);
    }
}
