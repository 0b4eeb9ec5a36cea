//! Trees of causes and of uses, as rows with depths.

use crate::model::{Delay, Document, Id, Polarity, Records};

/// Which way a tree grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Against the links: what the variable depends on.
    Causes,
    /// Along the links: what the variable acts on.
    Uses,
}

/// How much of a tree is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceLimits {
    /// The most links from the root to a row.
    pub depth: usize,
    /// The most rows.
    pub rows: usize,
}

impl Default for TraceLimits {
    fn default() -> Self {
        Self {
            depth: 3,
            rows: 500,
        }
    }
}

/// How a tree goes on after a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Continuation {
    /// With the rows below it that are one deeper.
    Onward,
    /// Not at all: the variable has no causes, or acts on nothing.
    End,
    /// The variable is the root or stands on the path to this row: the path is a loop.
    LoopsBack,
    /// As it does below an earlier row of the same variable.
    ShownAbove,
    /// Further than the depth that was asked for.
    Deeper,
}

/// One link of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceRow {
    /// How many links it is from the root, from 1.
    pub depth: usize,
    /// The cause or the effect that the link adds.
    pub variable: Id,
    /// The link between it and the row above that is one less deep, or the root.
    pub link: Id,
    /// The sign of that link.
    pub polarity: Polarity,
    /// The delay of that link.
    pub delay: Delay,
    /// The sign of the whole path between it and the root.
    pub whole_sign: Polarity,
    /// How the tree goes on from here.
    pub continuation: Continuation,
}

/// The causes or the uses of a variable, nested by depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceTree {
    /// The variable it is about.
    pub root: Id,
    /// Which way it grows.
    pub direction: Direction,
    /// The rows, each directly below the one it belongs to and the rows of that before it; side by
    /// side in the order of their names.
    pub rows: Vec<TraceRow>,
    /// Whether it has as many rows as were allowed, and its depth would allow more.
    pub cut_off: bool,
}

/// The tree of causes or uses of a variable (Vensim's causes tree and uses tree); `None` if there
/// is no such variable.
///
/// A variable goes on once only, where it is first met or met again nearer to the root than
/// before; so every link within the depth is in some row, and the rows are bounded by the links
/// times the depth.
#[must_use]
pub fn trace_tree(
    document: &Document,
    root: Id,
    direction: Direction,
    limits: TraceLimits,
) -> Option<TraceTree> {
    if !document.variables().contains_key(&root) {
        return None;
    }
    let mut rows = Vec::new();
    let mut cut_off = false;
    // The depth at which each variable went on so far.
    let mut onward_at: Records<usize> = Records::new();
    onward_at.insert(root, 0);
    // The variables on the path to what is next, and what is still to come below each of them,
    // the next one last.
    let mut path = vec![(root, Polarity::Positive)];
    let mut open = vec![if limits.depth == 0 {
        Vec::new()
    } else {
        neighbours(document, root, direction)
    }];
    while let Some(next) = open.last_mut().map(Vec::pop) {
        let Some((link_id, variable)) = next else {
            open.pop();
            path.pop();
            continue;
        };
        if rows.len() == limits.rows {
            cut_off = true;
            break;
        }
        let Some(link) = document.links().get(&link_id) else {
            continue;
        };
        let depth = open.len();
        let so_far = path.last().map_or(Polarity::Positive, |(_, sign)| *sign);
        let whole_sign = product(so_far, link.polarity);
        let onward = neighbours(document, variable, direction);
        let continuation = if path.iter().any(|(passed, _)| *passed == variable) {
            Continuation::LoopsBack
        } else if onward.is_empty() {
            Continuation::End
        } else if onward_at.get(&variable).is_some_and(|at| *at <= depth) {
            Continuation::ShownAbove
        } else if depth == limits.depth {
            Continuation::Deeper
        } else {
            Continuation::Onward
        };
        rows.push(TraceRow {
            depth,
            variable,
            link: link_id,
            polarity: link.polarity,
            delay: link.delay,
            whole_sign,
            continuation,
        });
        if continuation == Continuation::Onward {
            onward_at.insert(variable, depth);
            path.push((variable, whole_sign));
            open.push(onward);
        }
    }
    Some(TraceTree {
        root,
        direction,
        rows,
        cut_off,
    })
}

/// The links of a variable one way with their other ends, the first by name last.
fn neighbours(document: &Document, variable: Id, direction: Direction) -> Vec<(Id, Id)> {
    let mut found = Vec::new();
    for id in document.edges_of(variable) {
        let Some(link) = document.links().get(&id) else {
            continue;
        };
        let (here, there) = match direction {
            Direction::Causes => (link.to, link.from),
            Direction::Uses => (link.from, link.to),
        };
        if here == variable {
            let name = document.variables().get(&there);
            let name = name.map(|there| there.name.to_ascii_lowercase());
            found.push((name, there, id));
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    found
        .into_iter()
        .map(|(_, there, id)| (id, there))
        .collect()
}

/// The sign of two links one after the other.
pub(in crate::causal) const fn product(first: Polarity, second: Polarity) -> Polarity {
    match (first, second) {
        (Polarity::Unknown, _) | (_, Polarity::Unknown) => Polarity::Unknown,
        (Polarity::Positive, sign) => sign,
        (Polarity::Negative, Polarity::Positive) => Polarity::Negative,
        (Polarity::Negative, Polarity::Negative) => Polarity::Positive,
    }
}
