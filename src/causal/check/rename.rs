//! Judging names one by one, and renaming a variable without changing what the diagram says.

use super::finding::{Findings, Fix, Told};
use super::name::{Name, quoted};
use super::subject::Subject;
use crate::model::{Edit, Element, Id, Polarity};

/// What is wrong with a name.
pub(super) struct NameFault {
    /// One sentence about it, after the name in quotes.
    pub words: String,
    /// The better name, where it follows from the old one.
    pub better: Option<Better>,
}

/// A better name.
pub(super) struct Better {
    pub name: String,
    pub sense: Sense,
}

/// What a rise of the variable is under its better name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A rise, so that its links keep their signs.
    Kept,
    /// A fall, so that each of its links takes the other sign.
    Turned,
}

impl Sense {
    fn then(self, next: Self) -> Self {
        if self == next {
            Self::Kept
        } else {
            Self::Turned
        }
    }
}

impl NameFault {
    /// A fault without a better name.
    pub fn plain(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            better: None,
        }
    }

    /// A fault with a better name, if that is one.
    pub fn better(words: impl Into<String>, name: String, sense: Sense) -> Self {
        let better = (!name.is_empty()).then_some(Better { name, sense });
        Self {
            words: words.into(),
            better,
        }
    }
}

/// Judges every name that is not empty.
pub(super) fn judge_names(
    subject: &Subject<'_>,
    findings: &mut Findings,
    judge: &dyn Fn(&Name) -> Option<NameFault>,
) {
    for node in &subject.nodes {
        if node.name.words.is_empty() {
            continue;
        }
        if let Some(fault) = judge(&node.name) {
            findings.add(vec![node.id], &|| Told {
                words: format!("{} {}", quoted(&node.variable.name), fault.words),
                fix: settled(fault.better.as_ref(), judge)
                    .and_then(|better| rename(subject, node.id, &better)),
            });
        }
    }
}

/// The better name, made better until there is nothing to say against it; nothing if that fails.
fn settled(better: Option<&Better>, judge: &dyn Fn(&Name) -> Option<NameFault>) -> Option<Better> {
    const PATIENCE: usize = 10;
    let Better { name, sense } = better?;
    let (mut name, mut sense) = (name.clone(), *sense);
    for _ in 0..PATIENCE {
        let Some(fault) = judge(&Name::new(&name)) else {
            return Some(Better { name, sense });
        };
        let next = fault.better?;
        (name, sense) = (next.name, sense.then(next.sense));
    }
    None
}

/// Renames a variable; nothing if another one has the name. If the sense of the name turns, its
/// links take the other sign, so that the diagram says what it said before.
fn rename(subject: &Subject<'_>, id: Id, better: &Better) -> Option<Fix> {
    let words = Name::new(&better.name).words;
    if words.is_empty() || subject.nodes.iter().any(|node| node.name.words == words) {
        return None;
    }
    let mut edit = Edit::new(subject.document);
    edit.change(id, |element| {
        if let Element::Variable(variable) = element {
            variable.name.clone_from(&better.name);
        }
    });
    let mut turned = 0;
    if better.sense == Sense::Turned {
        for link in subject.document.edges_of(id) {
            edit.change(link, |element| {
                if let Element::Link(link) = element
                    && !link.is_self_link()
                    && link.polarity != Polarity::Unknown
                {
                    link.polarity = opposite(link.polarity);
                    turned += 1;
                }
            });
        }
    }
    let mut label = format!("Rename to {}", quoted(&better.name));
    match turned {
        0 => {}
        1 => label.push_str(" and turn the sign of its link"),
        _ => label.push_str(" and turn the signs of its links"),
    }
    Some(Fix::of(label, edit))
}

/// The other sign; unknown stays unknown.
pub(super) const fn opposite(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
        Polarity::Unknown => Polarity::Unknown,
    }
}
