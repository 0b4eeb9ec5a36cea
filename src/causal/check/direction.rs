//! Names that say which way a quantity goes, or that it is missing.

use super::finding::{Check, Severity};
use super::name::{Name, Words, is_plural};
use super::rename::{NameFault, Sense, judge_names};

/// A name that says that the quantity rises, falls, or is high or low.
pub(super) const DIRECTION: Check = Check {
    id: "direction-in-name",
    title: "Name with a direction",
    severity: Severity::Warning,
    why: "The signs of the links say which way a quantity goes; if its name does so too, nobody \
          can say what a fall of \"increased costs\" is.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams; Morecroft 2015, section 2.7",
    find: |subject, findings| judge_names(subject, findings, &direction),
};

/// A name in the negative sense.
pub(super) const NEGATIVE: Check = Check {
    id: "negative-name",
    title: "Name in the negative sense",
    severity: Severity::Warning,
    why: "Less of a lack takes two turns of thought; the positive sense of a name takes none.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams; Sterman 2000, chapter 5",
    find: |subject, findings| {
        judge_names(subject, findings, &|name| {
            // Who lacks discipline is not told to have it under another name.
            negative(name).filter(|_| !super::person::blames(name))
        });
    },
};

/// Words before a quantity that say that it rises or is high.
const UPWARD: Words = Words(
    "enhanced greater growing heightened high higher increased increasing longer more \
     rising stronger",
);

/// Words before a quantity that say that it falls or is low.
const DOWNWARD: Words = Words(
    "declining decreased decreasing diminished diminishing falling fewer less low lower \
     lowered reduced shrinking weaker",
);

/// Nouns of a rise, before "in" or "of", or at the end.
const RISES: Words = Words("increase rise surge");

/// Nouns of a fall, before "in" or "of", or at the end.
const FALLS: Words = Words("decline decrease drop fall reduction");

/// What makes a term together with one of the words above: "high school", "lower bound".
const TERMS: Words = Words(
    "availability bound code court education limit management pain performer performers \
     returns school season street tech than",
);

fn direction(name: &Name) -> Option<NameFault> {
    const WORDS: &str = "says which way it goes; the signs of its links should say that.";
    let count = name.words.len();
    if count < 2 {
        return None;
    }
    let (first, second, last) = (name.word(0), name.word(1), name.last());
    for (list, sense) in [(UPWARD, Sense::Kept), (DOWNWARD, Sense::Turned)] {
        if list.has(first) && !TERMS.has(second) {
            return Some(NameFault::better(WORDS, name.rest(1), sense));
        }
    }
    for (list, sense) in [(RISES, Sense::Kept), (FALLS, Sense::Turned)] {
        if count > 2 && list.has(first) && (second == "in" || second == "of") {
            return Some(NameFault::better(WORDS, name.rest(2), sense));
        }
        // "Cost reduction" is an activity, and "drop" and "fall" at the end mostly are other things.
        let is_noun = matches!(last, "increase" | "decrease" | "decline" | "rise" | "surge");
        if is_noun && list.has(last) {
            let better = name.part(0, count - 1);
            return Some(NameFault::better(WORDS, better, sense));
        }
    }
    None
}

/// Words and what they are the contrary of.
const CONTRARIES: &[(&str, &str)] = &[
    ("demotivation", "motivation"),
    ("disengagement", "engagement"),
    ("dishonesty", "honesty"),
    ("disloyalty", "loyalty"),
    ("disobedience", "obedience"),
    ("disrespect", "respect"),
    ("dissatisfaction", "satisfaction"),
    ("distrust", "trust"),
    ("imprecision", "precision"),
    ("inaccuracy", "accuracy"),
    ("inability", "ability"),
    ("incompleteness", "completeness"),
    ("inconsistency", "consistency"),
    ("ineffectiveness", "effectiveness"),
    ("inefficiency", "efficiency"),
    ("inequality", "equality"),
    ("inexperience", "experience"),
    ("inflexibility", "flexibility"),
    ("insecurity", "security"),
    ("instability", "stability"),
    ("invisibility", "visibility"),
    ("mistrust", "trust"),
    ("misunderstanding", "understanding"),
    ("non-compliance", "compliance"),
    ("noncompliance", "compliance"),
    ("unavailability", "availability"),
    ("unhappiness", "happiness"),
    ("unpredictability", "predictability"),
    ("unreliability", "reliability"),
    ("unwillingness", "willingness"),
];

/// Nouns of a want, before "of" or "in".
const WANTS: Words = Words("absence deficit insufficiency lack loss scarcity shortage");

/// Words before a quantity that say that there is too little of it.
const MISSING: Words = Words("inadequate insufficient lacking missing no not poor without");

fn negative(name: &Name) -> Option<NameFault> {
    const WORDS: &str = "is in the negative sense.";
    let (first, second) = (name.word(0), name.word(1));
    if WANTS.has(first) && (second == "of" || second == "in") {
        return Some(turned(WORDS, name.rest(2)));
    }
    if first == "not" && second == "enough" || first == "too" && matches!(second, "few" | "little")
    {
        return Some(turned(WORDS, name.rest(2)));
    }
    // "No. of defects" is a number.
    let numbers = first == "no" && (second == "of" || name.written[0].ends_with('.'));
    if MISSING.has(first) && !second.is_empty() && !numbers {
        // Fewer "poor decisions" are not more decisions.
        let counts = matches!(first, "poor" | "missing") && is_plural(name.last());
        return Some(if counts || first == "not" {
            NameFault::plain(WORDS)
        } else {
            turned(WORDS, name.rest(1))
        });
    }
    let (at, positive) = name.words.iter().enumerate().find_map(|(at, word)| {
        let pair = CONTRARIES.iter().find(|(contrary, _)| contrary == word)?;
        Some((at, pair.1))
    })?;
    let mut words = name.written.clone();
    positive.clone_into(&mut words[at]);
    let mut better = words.join(" ");
    let capital = name.written[0].chars().next();
    if let (true, Some(letter)) = (capital.is_some_and(char::is_uppercase), better.get_mut(..1)) {
        letter.make_ascii_uppercase();
    }
    Some(turned(WORDS, better))
}

fn turned(words: &str, better: String) -> NameFault {
    NameFault::better(words, better, Sense::Turned)
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, assert_names};
    use super::*;
    use crate::model::Polarity;

    #[test]
    fn directions() {
        assert_names(
            "direction-in-name",
            &[
                "Increased costs",
                "more rework",
                "Fewer releases",
                "Decline in sales",
                "Sales decline",
                "Rise of complaints",
                "High workload",
                "reduced trust",
            ],
            &[
                "Costs",
                "Growth",
                "High availability",
                "Lower bound",
                "Diminishing returns",
                "Cost reduction",
                "Drop",
                "More",
                "Higher management",
                "Rate of increase in debt",
            ],
        );
    }

    #[test]
    fn negatives() {
        assert_names(
            "negative-name",
            &[
                "Lack of motivation",
                "no trust",
                "Not enough tests",
                "Poor communication",
                "Poor decisions",
                "Job dissatisfaction",
                "Too few reviewers",
                "Shortage of staff",
            ],
            &[
                "Motivation",
                "No. of defects",
                "No of defects",
                "No-shows",
                "Uncertainty",
                "Missed dates",
                "Blacklist",
                "Unplanned work",
                "Lack of discipline",
            ],
        );
    }

    fn renamed(name: &str, check: &str) -> (String, String, Vec<Polarity>) {
        let links = [format!("{name} + errors"), format!("praise - {name}")];
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let (finding, fixed) = Sketch::of(&links, &[]).fixed(check);
        let variable = &fixed.document.variables()[&finding.about[0]];
        let links = fixed.document.links().iter();
        let signs = links.map(|(_, link)| link.polarity).collect();
        let label = finding.fix.unwrap().label;
        (variable.name.clone(), label, signs)
    }

    #[test]
    fn a_name_that_turns_turns_the_signs() {
        use Polarity::{Negative, Positive};
        let (name, label, signs) = renamed("Lack of motivation", "negative-name");
        assert_eq!(name, "Motivation");
        assert_eq!(
            label,
            "Rename to \"Motivation\" and turn the signs of its links"
        );
        assert_eq!(signs, [Negative, Positive]);
        let (name, label, signs) = renamed("increased load", "direction-in-name");
        assert_eq!(
            (name.as_str(), label.as_str()),
            ("load", "Rename to \"load\"")
        );
        assert_eq!(signs, [Positive, Negative]);
        let (name, _, signs) = renamed("Job dissatisfaction", "negative-name");
        assert_eq!(name, "Job satisfaction");
        assert_eq!(signs, [Negative, Positive]);
        // Twice turned is as it was.
        let (name, _, signs) = renamed("less reduced scope", "direction-in-name");
        assert_eq!(name, "scope");
        assert_eq!(signs, [Positive, Negative]);
    }

    #[test]
    fn unknown_signs_and_self_links_stay() {
        let sketch = Sketch::of(&["no trust ? errors", "no trust + no trust"], &[]);
        let (_, fixed) = sketch.fixed("negative-name");
        let links = fixed.document.links().iter();
        let signs: Vec<Polarity> = links.map(|(_, link)| link.polarity).collect();
        assert_eq!(signs, [Polarity::Unknown, Polarity::Positive]);
    }

    #[test]
    fn no_name_is_offered_that_another_variable_has() {
        let found = Sketch::named(&["Lack of trust", "trust"]).found("negative-name");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].fix, None);
    }

    #[test]
    fn lists_are_sorted() {
        for list in [UPWARD, DOWNWARD, TERMS, RISES, FALLS, WANTS, MISSING] {
            assert!(list.is_sorted(), "{}", list.0);
        }
    }
}
