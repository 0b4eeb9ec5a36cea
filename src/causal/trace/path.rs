//! A path from one variable to another.

use super::tree::product;
use crate::causal::analysis::{story_of, story_sentence};
use crate::model::{Delay, Document, Id, Polarity};

/// A path along links that passes no variable twice; only a path from a variable to itself ends
/// where it starts, and is a loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The links in the order of travel; one at least.
    pub links: Vec<Id>,
    /// The variables in the order of travel, both ends among them.
    pub variables: Vec<Id>,
    /// The sign of the whole path.
    pub polarity: Polarity,
    /// Whether one of its links is delayed.
    pub delay: Delay,
}

impl Path {
    /// The path along these links; `None` if they are none of the document, or none at all.
    pub(super) fn of(document: &Document, links: Vec<Id>) -> Option<Self> {
        let mut variables = Vec::with_capacity(links.len() + 1);
        variables.push(document.links().get(links.first()?)?.from);
        let mut polarity = Polarity::Positive;
        let mut delay = Delay::None;
        for id in &links {
            let link = document.links().get(id)?;
            variables.push(link.to);
            polarity = product(polarity, link.polarity);
            delay = delay.max(link.delay);
        }
        Some(Self {
            links,
            variables,
            polarity,
            delay,
        })
    }

    /// The variables between the ends.
    #[must_use]
    pub fn between(&self) -> &[Id] {
        let end = self.variables.len().saturating_sub(1);
        self.variables.get(1..end).unwrap_or_default()
    }

    /// What a rise does along it as one sentence, such as "Risk up → Failures up → (later) Trust
    /// down".
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let first = self.variables.first().copied();
        story_sentence(document, &story_of(document, first, &self.links))
    }

    /// What it leads through, as part of a sentence: "directly", "through risk", "through risk,
    /// failures and trust"; of a long one the first and the last few.
    #[must_use]
    pub fn through(&self, document: &Document) -> String {
        const MOST: usize = 5;
        let in_sentence = |id: &Id| {
            let variable = document.variables().get(id);
            variable.map_or_else(String::new, |variable| variable.in_sentence())
        };
        let between = self.between();
        let mut names: Vec<String> = if between.len() <= MOST {
            between.iter().map(in_sentence).collect()
        } else {
            let (first, last) = (&between[..3], &between[between.len() - 1..]);
            let omitted = between.len() - 4;
            let mut names: Vec<String> = first.iter().map(in_sentence).collect();
            names.push(format!("{omitted} more"));
            names.extend(last.iter().map(in_sentence));
            names
        };
        match (names.pop(), names.is_empty()) {
            (None, _) => "directly".to_owned(),
            (Some(only), true) => format!("through {only}"),
            (Some(last), false) => format!("through {} and {last}", names.join(", ")),
        }
    }
}
