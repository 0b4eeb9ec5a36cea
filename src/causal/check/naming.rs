//! Names that are no quantity: judgements, things, and no name at all.

use super::finding::{Check, Findings, Severity};
use super::name::{Name, Words, is_plural};
use super::rename::{NameFault, Sense, judge_names};
use super::subject::Subject;

/// A name that says what to think of it.
pub(super) const JUDGEMENT: Check = Check {
    id: "judgement-in-name",
    title: "Name with a judgement",
    severity: Severity::Warning,
    why: "What is good for one reader is bad for another; a neutral name lets both read the loop.",
    source: "Morecroft 2015, section 2.7 (facts that could be measured)",
    find: |subject, findings| judge_names(subject, findings, &value_word),
};

/// A name of something that has no more and no less.
pub(super) const FIXED: Check = Check {
    id: "name-cannot-vary",
    title: "Name of something that cannot vary",
    severity: Severity::Warning,
    why: "A link says that more of one thing changes another; a thing, a person or a yes or no \
          has no more and no less.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams; Morecroft 2015, section 2.7",
    find: |subject, findings| judge_names(subject, findings, &cannot_vary),
};

/// A gap of nothing.
pub(super) const GAP: Check = Check {
    id: "bare-gap",
    title: "Gap of what?",
    severity: Severity::Hint,
    why: "A gap lies between a goal and a state; its name should say which, and the goal should \
          stand beside it.",
    source: "Kim 1992, Guidelines for Drawing Causal Loop Diagrams",
    find: |subject, findings| judge_names(subject, findings, &bare_gap),
};

/// No name, or one that nobody chose.
pub(super) const UNNAMED: Check = Check {
    id: "unnamed-variable",
    title: "Variable without a name",
    severity: Severity::Warning,
    why: "Nobody can read a link whose cause or effect has no name.",
    source: "Common practice",
    find: unnamed,
};

/// Judgements that a name can do without.
const PRAISE: Words = Words(
    "appropriate awesome excellent fantastic good great ideal nice perfect proper \
     wonderful",
);

/// Judgements that say that something is wanting.
const SCORN: Words = Words("awful bad horrible ridiculous terrible unacceptable");

/// The same as comparisons.
const RANKS: Words = Words("best better worse worst");

/// What makes a term together with one of the words above: "bad debt", "best practices".
const TERMS: Words = Words(
    "case cause competition condition conditions debt debts faith guess practice \
     practices price will",
);

fn value_word(name: &Name) -> Option<NameFault> {
    const WORDS: &str = "judges; a neutral name would let the reader do so.";
    if name.words.len() < 2 {
        return None;
    }
    let judges = |word: &str| PRAISE.has(word) || SCORN.has(word) || RANKS.has(word);
    let at = (0..name.words.len()).find(|at| {
        let is_last = *at + 1 == name.words.len();
        // "The common good" is a thing; "morale is good" is a judgement.
        let is_noun = is_last && name.word(at.wrapping_sub(1)) != "is";
        judges(name.word(*at)) && !is_noun && !TERMS.has(name.word(at + 1))
    })?;
    if super::person::blames(name) {
        return None;
    }
    let word = name.word(at);
    Some(match at {
        0 if PRAISE.has(word) => NameFault::better(WORDS, name.rest(1), Sense::Kept),
        // Fewer bad decisions are not more decisions.
        0 if SCORN.has(word) && !is_plural(name.last()) => {
            NameFault::better(WORDS, name.rest(1), Sense::Turned)
        }
        _ => NameFault::plain(WORDS),
    })
}

/// People and things of which a diagram has one, without more or less.
const THINGS: Words = Words(
    "agile board boss ceo company computer cto customer database department developer \
     devops employee government hr it kanban machine management manager market office \
     organisation organization person process product project scrum server software state \
     strategy supplier system team user website",
);

/// What a question begins with.
const QUESTIONS: Words =
    Words("are can did do does has have how is should was were what when whether who why will");

fn cannot_vary(name: &Name) -> Option<NameFault> {
    let (first, count) = (name.word(0), name.words.len());
    let article = usize::from(count > 1 && matches!(first, "the" | "a" | "an" | "our" | "my"));
    if count == article + 1 && THINGS.has(name.last()) {
        return Some(NameFault::plain(
            "is there or it is not. How much, how many or how good is it?",
        ));
    }
    let asks = name.written.last().is_some_and(|word| word.ends_with('?'));
    if count > 1 && QUESTIONS.has(first) && (asks || matches!(first, "is" | "are" | "whether")) {
        return Some(NameFault::plain(
            "is a question. A variable is what its answer would count or measure.",
        ));
    }
    if denies(name) {
        return Some(NameFault::plain(
            "is a sentence: it is true or it is not. How much or how often does it happen?",
        ));
    }
    if name
        .words
        .starts_with(&["state".to_owned(), "of".to_owned()])
    {
        return Some(NameFault::plain(
            "is a state, of which there is no more and no less. Which quantity of it matters?",
        ));
    }
    let is_number = name.plain().bytes().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b',' | b'/' | b':' | b'-' | b'%')
    });
    is_number.then(|| NameFault::plain("is a number. What does it count or measure?"))
}

/// The verbs of a sentence that denies: "people do not test".
const DENIED: Words = Words("can could did do does has have is must should was were will would");

/// The same in one word.
const DENYING: Words = Words(
    "aren't can't cannot couldn't didn't doesn't don't hasn't haven't isn't mustn't shouldn't \
     wasn't weren't won't wouldn't",
);

/// What stands before the thing that a sentence is about.
const BEFORE: Words = Words("a all many most my no our some the their");

/// Whether a name is a sentence that says of something that it does not do or is not. "Things we
/// did not know" is an amount.
fn denies(name: &Name) -> bool {
    let at = 1 + usize::from(BEFORE.has(name.word(0)));
    let verb = name.word(at).replace('\u{2019}', "'");
    let pair = DENIED.has(&verb) && matches!(name.word(at + 1), "never" | "not");
    pair || DENYING.has(&verb)
}

fn bare_gap(name: &Name) -> Option<NameFault> {
    let article = usize::from(matches!(name.word(0), "the" | "a"));
    let alone = name.words.len() == article + 1;
    let is_gap = matches!(
        name.last(),
        "gap" | "difference" | "discrepancy" | "deviation" | "shortfall" | "delta"
    );
    (alone && is_gap).then(|| NameFault::plain("does not say between which goal and which state."))
}

/// Whether nobody chose the name.
pub(super) fn is_placeholder(name: &Name) -> bool {
    let plain = name.plain();
    let bare = plain.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    let is_default = matches!(
        bare,
        "name"
            | "new"
            | "new variable"
            | "node"
            | "noname"
            | "something"
            | "tbd"
            | "text"
            | "todo"
            | "unnamed"
            | "untitled"
            | "variable"
            | "xxx"
    );
    is_default || !plain.chars().any(char::is_alphanumeric)
}

fn unnamed(subject: &Subject<'_>, findings: &mut Findings) {
    for (index, node) in subject.nodes.iter().enumerate() {
        if is_placeholder(&node.name) {
            findings.add(vec![node.id], &|| {
                let cause = subject.causes(index).next();
                let effect = subject.leaving(index).find(|arc| arc.to != index);
                let beside = match (cause, effect) {
                    (Some(cause), _) => format!(" after {}", subject.label_text(cause)),
                    (None, Some(arc)) => format!(" before {}", subject.label_text(arc.to)),
                    (None, None) => String::new(),
                };
                if node.name.words.is_empty() {
                    format!("A variable{beside} has no name.").into()
                } else {
                    format!(
                        "The name {}{beside} says nothing yet.",
                        subject.label_text(index)
                    )
                    .into()
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, assert_names};
    use super::*;

    #[test]
    fn value_words() {
        assert_names(
            "judgement-in-name",
            &[
                "Good communication",
                "bad decisions",
                "Team with great morale",
                "Morale is bad",
                "Better tools",
            ],
            &[
                "Communication",
                "Best practices",
                "Bad debt",
                "Goods sold",
                "Common good",
                "Goodwill",
            ],
        );
    }

    #[test]
    fn things_that_cannot_vary() {
        assert_names(
            "name-cannot-vary",
            &[
                "Manager",
                "The team",
                "Scrum",
                "Is the release late?",
                "Whether customers stay",
                "2024",
                "State of mind",
                "People do not test",
                "The team doesn\u{2019}t talk",
                "Nobody can't be reached",
                "Teams will never ask",
            ],
            &[
                "Managers",
                "Things we did not know",
                "Users who don't pay",
                "Do-not-disturb hours",
                "Tests not run",
                "Team size",
                "Customers",
                "Process time",
                "Product quality",
                "Trust",
                "Is",
                "Q1 demand",
                "Have-nots",
            ],
        );
    }

    #[test]
    fn bare_gaps() {
        assert_names(
            "bare-gap",
            &["Gap", "the gap", "Discrepancy"],
            &["Quality gap", "Gap in skills", "Gaps", "Budget shortfall"],
        );
    }

    #[test]
    fn no_names() {
        assert_names(
            "unnamed-variable",
            &["", "  ", "Variable 3", "new variable", "???", "TBD"],
            &["A", "X1", "Noise", "Variable cost", "3", "Ω"],
        );
        let sketch = Sketch::of(&["load + ", " - trust"], &[]);
        assert_eq!(
            sketch.found("unnamed-variable")[0].words,
            "A variable after \"load\" has no name."
        );
    }

    #[test]
    fn lists_are_sorted() {
        for list in [
            PRAISE, SCORN, RANKS, TERMS, THINGS, QUESTIONS, DENIED, DENYING, BEFORE,
        ] {
            assert!(list.is_sorted(), "{}", list.0);
        }
    }
}
