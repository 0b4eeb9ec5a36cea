//! The table of all pairs.

use super::{PressAnalysis, Response};
use crate::model::{Document, Id};

/// How each of some variables stands once another of them was pushed up for good.
#[derive(Clone, Debug, PartialEq)]
pub struct PairTable {
    /// The variables, by name; of each a row and a column.
    pub variables: Vec<Id>,
    /// A row for each that is pushed, with an answer for each that is looked at.
    pub rows: Vec<Vec<Response>>,
    /// How many variables of the document have no place in it.
    pub left_out: usize,
}

/// The table of at most `most` variables: those with the most links, if there are more. The analysis
/// must be of this document, and every knot of it counted.
#[must_use]
pub fn pair_table(document: &Document, press: &PressAnalysis, most: usize) -> PairTable {
    let mut variables: Vec<Id> = document.variables().keys().copied().collect();
    let left_out = variables.len().saturating_sub(most);
    if left_out > 0 {
        variables.sort_by_key(|id| std::cmp::Reverse(document.edge_count(*id)));
        variables.truncate(most);
    }
    let lower = |id: &Id| {
        let variable = document.variables().get(id);
        variable.map_or_else(String::new, |variable| variable.name.to_lowercase())
    };
    variables.sort_by_cached_key(|id| (lower(id), *id));
    let rows = variables.iter().map(|pushed| {
        let responses = press.responses(*pushed).unwrap_or_default();
        let answer = |observed: &Id| {
            let found = responses.binary_search_by_key(observed, |(id, _)| *id);
            found.map_or(Response::Unreached, |place| responses[place].1)
        };
        variables.iter().map(answer).collect()
    });
    PairTable {
        rows: rows.collect(),
        variables,
        left_out,
    }
}
