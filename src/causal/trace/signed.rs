//! The shortest path of each sign, found at once.

use std::collections::VecDeque;

use super::merged::Merged;
use super::tree::product;
use crate::model::{Id, Polarity};

/// The links of a shortest path of each sign between the ends: positive, negative, unknown.
///
/// The search is breadth first over pairs of a variable and the sign of the path to it. Such a path
/// may pass a variable twice, with two signs; then it is no path, and is left out: to find a
/// shortest path of a given sign is as hard as finding two paths that keep apart (`LaPaugh` and
/// Papadimitriou 1984 for the like question about even lengths), so that is left to the search of
/// all paths.
pub fn shortest_of_each_sign(merged: &Merged) -> [Option<Vec<Id>>; 3] {
    let links = merged.graph.links();
    let variables = merged.graph.variables() as usize;
    let mut onward = vec![Vec::new(); variables];
    for (index, link) in (0_u32..).zip(links) {
        onward[link.from as usize].push(index);
    }
    // By variable and sign: the link by which it was reached first, and the sign before it.
    let mut reached: Vec<Option<(u32, Polarity)>> = vec![None; variables * 3];
    let state = |variable: u32, sign: Polarity| variable as usize * 3 + sign as usize;
    let mut open = VecDeque::from([(0_u32, Polarity::Positive)]);
    let mut is_start = true;
    while let Some((variable, sign)) = open.pop_front() {
        // Back at the ends the path is done; only the first time it starts there.
        if variable == 0 && !is_start {
            continue;
        }
        is_start = false;
        for &index in &onward[variable as usize] {
            let link = &links[index as usize];
            let next = product(sign, link.polarity);
            let position = state(link.to, next);
            if reached[position].is_none() {
                reached[position] = Some((index, sign));
                open.push_back((link.to, next));
            }
        }
    }
    [Polarity::Positive, Polarity::Negative, Polarity::Unknown].map(|sign| {
        let mut path = Vec::new();
        let mut passed = vec![false; variables];
        let (mut variable, mut sign) = (0_u32, sign);
        loop {
            let (index, before) = reached.get(state(variable, sign)).copied().flatten()?;
            path.push(merged.links.get(index as usize).copied()?);
            (variable, sign) = (links[index as usize].from, before);
            if variable == 0 {
                path.reverse();
                return Some(path);
            }
            if std::mem::replace(&mut passed[variable as usize], true) {
                return None;
            }
        }
    })
}
