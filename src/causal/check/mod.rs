//! Diagram checks: names, links, loops and structure, each with why it matters and who says so.
//!
//! A check is a function of a [`Subject`] and a line in [`CHECKS`]. A finding asks; what a person
//! answers with "it is meant so" is kept under [`Check::topic`] and [`Finding::about`]. A fix is
//! offered where mending takes no thought: it never guesses a polarity, and never loses what a
//! person wrote. The names are read as English.

mod balance;
mod clash;
mod direction;
mod drawing;
mod finding;
mod joined;
mod links;
mod loops;
mod name;
mod naming;
mod person;
mod questions;
mod rename;
mod shortcut;
#[cfg(test)]
mod sketch;
mod structure;
mod subject;
mod verb;

use finding::TOPIC_START;
pub use finding::{Check, Finding, Findings, Fix, MAXIMUM_LISTED, Mark, Severity, Told};
pub use subject::{GoalStated, Subject};

/// Every check, in the order in which findings of one severity are listed: names, links, loops,
/// structure.
pub static CHECKS: &[Check] = &[
    naming::UNNAMED,
    clash::DUPLICATE,
    clash::SIMILAR,
    verb::VERB,
    direction::DIRECTION,
    direction::NEGATIVE,
    naming::JUDGEMENT,
    naming::FIXED,
    joined::JOINED,
    naming::GAP,
    person::BLAME,
    links::UNSIGNED,
    links::CONTRADICTING,
    links::DUPLICATE,
    links::SELF,
    shortcut::OPPOSED,
    drawing::STRAIGHT,
    drawing::CROSSINGS,
    loops::NONE,
    loops::UNNAMED,
    loops::WRONG_SIGN,
    loops::UNDETERMINED,
    loops::LONG,
    balance::GOALLESS,
    balance::PROMPT,
    balance::UNBALANCED,
    structure::ORPHAN,
    structure::DEAD_END,
    structure::DRIVER,
    structure::PARTS,
    drawing::CROWDED,
    questions::ONE_OUTCOME,
    questions::PERCEIVED,
    questions::DELAYS,
    questions::PURPOSE,
];

/// What the checks find: the gravest first, then in the order of [`CHECKS`], then by index.
///
/// Of each check at most [`MAXIMUM_LISTED`] findings are listed, and the last of them says how many
/// more there are. Of loops, only those of the report are looked at.
#[must_use]
pub fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut all = Vec::new();
    for severity in Severity::ALL {
        for check in CHECKS.iter().filter(|check| check.severity == severity) {
            let mut findings = Findings::new(check);
            (check.find)(subject, &mut findings);
            all.extend(findings.finish());
        }
    }
    all
}

/// The check with an id, or with the topic that a document keeps.
#[must_use]
pub fn check_of(id_or_topic: &str) -> Option<&'static Check> {
    let id = id_or_topic.strip_prefix(TOPIC_START).unwrap_or(id_or_topic);
    CHECKS.iter().find(|check| check.id == id)
}

#[cfg(test)]
mod tests {
    use super::sketch::Sketch;
    use super::*;

    #[test]
    fn every_check_can_be_named_and_says_why() {
        for (at, check) in CHECKS.iter().enumerate() {
            let kebab = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
            assert!(check.id.bytes().all(kebab), "{}", check.id);
            assert_eq!(CHECKS.iter().position(|other| other == check), Some(at));
            assert_eq!(check_of(&check.topic()), Some(check));
            for text in [check.title, check.why, check.source] {
                assert!(!text.is_empty() && !text.contains("  "), "{}", check.id);
            }
            assert!(check.why.ends_with('.'), "{}", check.id);
            assert!(!check.title.ends_with('.'), "{}", check.id);
        }
        assert_eq!(check_of("check/orphans"), None);
    }

    #[test]
    fn findings_come_by_severity_then_check_then_place() {
        let links = [
            "Improve it ? a",
            "b + b",
            "a + a ||",
            "a + a",
            "c - c",
            "a - a",
        ];
        let found = check(&Sketch::of(&links, &["A"]).subject());
        let order = |finding: &Finding| {
            let at = CHECKS.iter().position(|check| check == finding.check);
            (finding.check.severity, at, finding.about.clone())
        };
        assert!(found.is_sorted_by_key(order));
        assert!(found.len() > 8);
    }

    #[test]
    fn a_long_list_says_how_much_longer_it_is() {
        let names: Vec<String> = (0..MAXIMUM_LISTED + 7)
            .map(|at| format!("?{}", "!".repeat(at)))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = Sketch::named(&names).found("unnamed-variable");
        assert_eq!(found.len(), MAXIMUM_LISTED);
        assert_eq!(found[MAXIMUM_LISTED - 1].unlisted, 7);
        assert!(
            found[..MAXIMUM_LISTED - 1]
                .iter()
                .all(|finding| finding.unlisted == 0)
        );
    }

    #[test]
    fn an_empty_document_has_no_findings() {
        assert_eq!(check(&Sketch::named(&[]).subject()), []);
    }
}
