//! The shortest paths between two variables, whatever their signs.

use super::merged::Merged;
use super::path::Path;
use crate::model::{Document, Id};

/// The paths of fewest links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortestPaths {
    /// They, in the order of the ids of their links; none if no path leads there.
    pub paths: Vec<Path>,
    /// Whether there are more than were asked for.
    pub cut_off: bool,
}

/// All shortest paths from one variable to another, up to a number of them. From a variable to
/// itself they are the shortest loops through it.
#[must_use]
pub fn shortest_paths(document: &Document, from: Id, to: Id, most: usize) -> ShortestPaths {
    let merged = Merged::between(document, from, to);
    let links = merged.graph.links();
    let size = merged.graph.variables() as usize;
    let mut onward = vec![Vec::new(); size];
    let mut before = vec![Vec::new(); size];
    for (index, link) in (0_u32..).zip(links) {
        onward[link.from as usize].push(index);
        before[link.to as usize].push(index);
    }
    // How many links it is to the goal; the start, which is variable 0 like the goal, is not
    // reached from itself.
    let mut home = vec![u32::MAX; size];
    let mut reached = vec![0_u32];
    let mut next = 0;
    let distance = |home: &[u32], variable: u32| match variable {
        0 => 0,
        other => home[other as usize],
    };
    while let Some(&variable) = reached.get(next).filter(|_| size > 0) {
        next += 1;
        for &index in &before[variable as usize] {
            let link = &links[index as usize];
            if home[link.from as usize] == u32::MAX {
                home[link.from as usize] = distance(&home, variable) + 1;
                if link.from != 0 {
                    reached.push(link.from);
                }
            }
        }
    }
    let mut paths = Vec::new();
    let mut cut_off = false;
    // The links of the path so far; below each, the positions in `onward` that are still to be
    // tried.
    let mut path: Vec<u32> = Vec::new();
    let mut cursors = vec![0_usize];
    while let Some(cursor) = cursors.last_mut().filter(|_| size > 0) {
        let here = path.last().map_or(0, |index| links[*index as usize].to);
        let left = home[here as usize];
        let index = onward[here as usize].get(*cursor).copied();
        *cursor += 1;
        let Some(index) = index else {
            cursors.pop();
            path.pop();
            continue;
        };
        let goes_to = links[index as usize].to;
        if left == u32::MAX || distance(&home, goes_to) != left - 1 {
            continue;
        }
        path.push(index);
        if goes_to != 0 {
            cursors.push(0);
            continue;
        }
        if paths.len() == most {
            cut_off = true;
            break;
        }
        let ids = path
            .iter()
            .filter_map(|index| merged.links.get(*index as usize));
        paths.extend(Path::of(document, ids.copied().collect()));
        path.pop();
    }
    ShortestPaths { paths, cut_off }
}
