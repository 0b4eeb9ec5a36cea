//! Numbers and contents in words.

use crate::model::{Counts, Document};
pub use crate::model::{grouped, grouped_digits};

/// How many of something, in words: 1 link, 1,200 links.
#[must_use]
pub fn counted(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number as u64))
}

/// What is in a diagram, in words.
#[must_use]
pub fn contents_of(document: &Document) -> Vec<String> {
    contents_in_words(Counts::of(document))
}

/// How many there are of what, in words: variables and links, unless it has steps and flows alone.
#[must_use]
pub fn contents_in_words(counts: Counts) -> Vec<String> {
    let Counts {
        variables,
        links,
        steps,
        flows,
    } = counts;
    let (causal, stream) = (variables + links > 0, steps + flows > 0);
    let mut words = Vec::new();
    if causal || !stream {
        words.extend([counted(variables, "variable"), counted(links, "link")]);
    }
    if stream {
        words.extend([counted(steps, "step"), counted(flows, "flow")]);
    }
    words
}
