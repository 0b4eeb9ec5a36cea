//! Names that begin with a verb.

use super::finding::{Check, Severity};
use super::name::{Name, Words, is_plural};
use super::rename::{NameFault, Sense, judge_names};

/// A name that begins with a verb.
pub(super) const VERB: Check = Check {
    id: "verb-name",
    title: "Name that begins with an action",
    severity: Severity::Warning,
    why: "A variable is a noun that can rise and fall; the links carry the action.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams; Morecroft 2015, section 2.7",
    find: |subject, findings| judge_names(subject, findings, &verb),
};

/// Verbs of change: what they are about is the quantity. A rise of what they are doing is a rise
/// of it.
const RAISING: Words = Words(
    "accelerate accelerating boost boosting enhance enhancing improve improving increase \
     maximise maximising maximize maximizing raise raising strengthen strengthening",
);

/// The same, where it is a fall.
const LOWERING: Words = Words(
    "decrease eliminate eliminating lowering minimise minimising minimize minimizing \
     reduce reducing weaken weakening",
);

/// Verbs that are hardly ever nouns, plain and with -ing. Words that are both, such as "test",
/// "change", "training" or "marketing", are not here.
const VERBS: Words = Words(
    "add adding adopt allow allowing apply automate avoid avoiding be become becoming \
     being bring bringing buy collaborate communicate create creating deliver develop do \
     doing enable enabling encourage encouraging ensure ensuring find finding get getting \
     give giving have having hire implement implementing introduce introducing keep \
     keeping let letting make making motivate motivating optimise optimising optimize \
     optimizing prevent preventing prioritise prioritising prioritize prioritizing \
     provide providing remove removing sell send solve solving stopping take taking teach \
     write",
);

/// Words with -ing that are verbs only before what they are done to: "fixing bugs", but "hiring
/// rate".
const DOING: Words = Words(
    "adopting asking automating blaming buying cutting delivering deploying developing \
     expediting firing fixing hiring ignoring launching merging pushing recruiting \
     releasing rewriting selling sending skipping testing writing",
);

/// What an action is done to, besides plurals.
const OBJECTS: Words = Words("a an code features more my new our people software staff the their");

/// Plurals that name an amount, before which an -ing word is part of the name: "hiring costs".
const AMOUNTS: Words = Words(
    "costs days decisions delays efforts errors expenses hours needs prices rates rules \
     skills standards times tools",
);

/// Endings that make a name of a verb: "build time", "hire rate".
const HEADS: Words = Words(
    "capacity cost costs delay duration failures frequency queue rate rates size speed \
     time times volume",
);

fn verb(name: &Name) -> Option<NameFault> {
    const WORDS: &str = "begins with an action; the quantity that it changes makes a better \
                         variable.";
    let (first, second) = (name.word(0), name.word(1));
    let alone = name.words.len() == 1;
    for (list, sense) in [(RAISING, Sense::Kept), (LOWERING, Sense::Turned)] {
        if list.has(first) {
            let is_noun = alone && matches!(first, "increase" | "decrease" | "boost" | "raise");
            let is_term = matches!(second, "in" | "of" | "rate");
            return (!is_noun && !is_term).then(|| NameFault::better(WORDS, name.rest(1), sense));
        }
    }
    let is_verb = VERBS.has(first) && !(name.words.len() == 2 && HEADS.has(second));
    let counts = is_plural(second) && !AMOUNTS.has(second);
    let is_doing = DOING.has(first) && (counts || OBJECTS.has(second));
    (is_verb || is_doing).then(|| NameFault::plain(WORDS))
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, assert_names};
    use super::*;

    #[test]
    fn verbs() {
        assert_names(
            "verb-name",
            &[
                "Improve quality",
                "Reducing costs",
                "Hire people",
                "Fixing bugs",
                "writing the tests",
                "Make decisions",
                "Improving",
                "provide tools",
            ],
            &[
                "Training",
                "Training load",
                "Marketing",
                "Building costs",
                "Hiring rate",
                "Build time",
                "Testing tools",
                "Firefighting effort",
                "Fear of deploying",
                "Deployment frequency",
                "Test coverage",
                "Increase in demand",
                "Learning",
                "Working hours",
            ],
        );
    }

    #[test]
    fn verbs_of_change_leave_their_quantity() {
        for (before, after) in [("Improve quality", "Quality"), ("reducing costs", "costs")] {
            let (finding, fixed) = Sketch::named(&[before]).fixed("verb-name");
            assert_eq!(fixed.document.variables()[&finding.about[0]].name, after);
        }
        assert_eq!(
            Sketch::named(&["Hire people"]).found("verb-name")[0].fix,
            None
        );
    }

    #[test]
    fn lists_are_sorted() {
        for list in [RAISING, LOWERING, VERBS, DOING, OBJECTS, AMOUNTS, HEADS] {
            assert!(list.is_sorted(), "{}", list.0);
        }
    }
}
