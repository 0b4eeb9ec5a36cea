//! Names of two things at once.

use super::finding::{Check, Severity};
use super::name::{Name, Words};
use super::rename::{NameFault, judge_names};

/// A name of two quantities.
pub(super) const JOINED: Check = Check {
    id: "joined-name",
    title: "Two quantities in one name",
    severity: Severity::Warning,
    why: "Two quantities under one name will one day move apart, and the signs of their links can \
          then be right for one of them only.",
    source: "Morecroft 2015, section 2.7 (a unit of measure for each variable)",
    find: |subject, findings| judge_names(subject, findings, &joined),
};

/// Pairs that are one thing.
const PAIRS: &[&str] = &[
    "checks and balances",
    "command and control",
    "health and safety",
    "profit and loss",
    "research and development",
    "research and innovation",
    "search and rescue",
    "terms and conditions",
    "trial and error",
    "wear and tear",
];

/// Words that compare two things, which therefore may both be named.
const COMPARING: Words =
    Words("alignment balance between difference fit gap match mismatch mix ratio");

/// What something is counted by after a stroke: "deployments/week".
const UNITS: Words =
    Words("customer day employee hour item month person quarter sprint team unit user week year");

fn joined(name: &Name) -> Option<NameFault> {
    const WORDS: &str = "names two things. A variable for each would show which of them matters.";
    if name.has_any(COMPARING) {
        return None;
    }
    let plain = name.plain();
    if PAIRS.iter().any(|pair| plain.contains(pair)) {
        return None;
    }
    let inner = 1..name.words.len().saturating_sub(1);
    let joins = inner
        .into_iter()
        // "R & D" is one thing.
        .filter(|at| name.word(at - 1).len() > 1 && name.word(at + 1).len() > 1)
        .any(|at| matches!(name.word(at), "and" | "&" | "/" | "+"));
    let strokes = name.words.iter().any(|word| {
        word.split_once('/').is_some_and(|(one, other)| {
            // "CI/CD", "km/h", "A/B" and "24/7" are one thing.
            let is_word =
                |part: &str| part.len() > 3 && part.bytes().any(|b| b.is_ascii_alphabetic());
            is_word(one) && is_word(other) && !UNITS.has(other)
        })
    });
    (joins || strokes).then(|| NameFault::plain(WORDS))
}

#[cfg(test)]
mod tests {
    use super::super::sketch::assert_names;
    use super::*;

    #[test]
    fn pairs() {
        assert_names(
            "joined-name",
            &[
                "Cost and quality",
                "Stress / fatigue",
                "Quality/Speed",
                "Time & money",
                "Trust + safety",
            ],
            &[
                "R&D",
                "Q & A time",
                "Research and development spending",
                "Work and life balance",
                "Gap between goal and state",
                "CI/CD maturity",
                "Deployments/week",
                "24/7 cover",
                "%C&A",
                "Brand",
                "and",
                "A/B tests",
            ],
        );
    }

    #[test]
    fn lists_are_sorted() {
        assert!(COMPARING.is_sorted() && UNITS.is_sorted());
    }
}
