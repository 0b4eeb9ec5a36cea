//! Names that put a cause on a person.

use super::finding::{Check, Severity};
use super::name::{Name, Words};
use super::rename::{NameFault, judge_names};

/// A name that finds fault with a person.
pub(super) const BLAME: Check = Check {
    id: "blaming-name",
    title: "Name that puts the cause on a person",
    severity: Severity::Warning,
    why: "A fault of a person ends the search where it gets useful: at what in the structure made \
          the mistake likely and let it through.",
    source: "Dekker 2014, The Field Guide to Understanding 'Human Error'; Meadows 2008, \
             Thinking in Systems",
    find: |subject, findings| judge_names(subject, findings, &blaming),
};

fn blaming(name: &Name) -> Option<NameFault> {
    blames(name).then(|| {
        NameFault::plain(
            "puts the cause on a person. What made it likely, and let it through? That may be a \
             better variable, such as workload, clarity or time for review.",
        )
    })
}

/// Traits that people are scolded for.
const TRAITS: Words = Words(
    "carelessness foolishness incompetence indiscipline laziness negligence sloppiness \
     stupidity thoughtlessness unprofessionalism",
);

/// The same before the person.
const SCOLDING: Words = Words("careless incompetent lazy negligent sloppy stupid unprofessional");

/// Who is scolded.
const PEOPLE: Words = Words(
    "admin colleague colleagues contractor contractors customer customers developer \
     developers driver drivers employee employees engineer engineers human management \
     manager managers nurse nurses operator operators people pilot pilots staff team \
     tester testers user users worker workers",
);

/// What they are scolded for.
const FAULTS: Words =
    Words("error errors failing failings failure failures fault faults mistake mistakes");

/// Virtues that people are said to lack.
const VIRTUES: Words = Words(
    "attention care commitment common competence diligence discipline effort \
     professionalism",
);

/// Titles before the name of a person.
const TITLES: Words = Words("miss mr mrs ms");

/// Whether a name finds fault with people. "Blame" itself does not: blame is a quantity.
pub(super) fn blames(name: &Name) -> bool {
    let words = &name.words;
    let follows = |first: Words, second: Words| {
        words.windows(2).any(|pair| {
            let owner = pair[0].trim_end_matches("'s").trim_end_matches("s'");
            second.has(&pair[1]) && (first.has(&pair[0]) || first.has(owner))
        })
    };
    let lacks = matches!(name.word(0), "lack" | "absence") && name.word(1) == "of"
        || name.word(0) == "not" && name.word(1) == "enough";
    name.has_any(TRAITS)
        || follows(SCOLDING, PEOPLE)
        || follows(PEOPLE, FAULTS)
        || follows(Words("bad"), Words("attitude attitudes"))
        || lacks && VIRTUES.has(name.word(2))
        || words.len() > 1 && TITLES.has(name.word(0)) && name.written[0].starts_with('M')
}

#[cfg(test)]
mod tests {
    use super::super::sketch::assert_names;
    use super::*;

    #[test]
    fn blaming_names() {
        assert_names(
            "blaming-name",
            &[
                "Human error",
                "carelessness",
                "Operator mistakes",
                "Lazy developers",
                "Lack of discipline",
                "The manager's failures",
                "Mr Smith",
                "Bad attitude",
            ],
            &[
                "Blame",
                "Blame culture",
                "Errors",
                "Error rate",
                "Failed changes",
                "Idle staff",
                "Lack of time",
                "Customer complaints",
                "Team size",
                "Heroic rescues",
                "miss rate",
                "Software failures",
            ],
        );
    }

    #[test]
    fn lists_are_sorted() {
        for list in [TRAITS, SCOLDING, PEOPLE, FAULTS, VIRTUES, TITLES] {
            assert!(list.is_sorted(), "{}", list.0);
        }
    }
}
