//! Strongly connected components (Tarjan 1972), without recursion.

/// For each vertex the number of its component. A component that leads to another has the higher
/// number.
pub(super) fn components(next: &[Vec<u32>]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut component = vec![NONE; next.len()];
    let mut index = vec![NONE; next.len()];
    let mut low = vec![0; next.len()];
    let mut open: Vec<u32> = Vec::new();
    let mut walk: Vec<(u32, usize)> = Vec::new();
    let (mut count, mut found) = (0, 0);
    for root in 0..next.len() {
        if index[root] != NONE {
            continue;
        }
        // Their number is bounded by that of the operations of a model.
        walk.push((root as u32, 0));
        while let Some((vertex, at)) = walk.pop() {
            let v = vertex as usize;
            if at == 0 {
                index[v] = count;
                low[v] = count;
                count += 1;
                open.push(vertex);
            }
            if let Some(&to) = next[v].get(at) {
                walk.push((vertex, at + 1));
                let t = to as usize;
                if index[t] == NONE {
                    walk.push((to, 0));
                } else if component[t] == NONE {
                    low[v] = low[v].min(index[t]);
                }
                continue;
            }
            if let Some(&(parent, _)) = walk.last() {
                low[parent as usize] = low[parent as usize].min(low[v]);
            }
            if low[v] == index[v] {
                while let Some(member) = open.pop() {
                    component[member as usize] = found;
                    if member == vertex {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::components;
    use proptest::prelude::*;

    proptest! {
        /// Against who reaches whom.
        #[test]
        fn components_reach_each_other(arcs in prop::collection::vec((0_u32..9, 0_u32..9), 0..25)) {
            let mut next = vec![Vec::new(); 9];
            let mut reach = [[false; 9]; 9];
            for (from, to) in arcs {
                next[from as usize].push(to);
                reach[from as usize][to as usize] = true;
            }
            for k in 0..9 {
                for i in 0..9 {
                    for j in 0..9 {
                        reach[i][j] |= reach[i][k] && reach[k][j];
                    }
                }
            }
            let found = components(&next);
            for i in 0..9 {
                for j in 0..9 {
                    let same = i == j || (reach[i][j] && reach[j][i]);
                    prop_assert_eq!(found[i] == found[j], same);
                    prop_assert!(!reach[i][j] || found[i] >= found[j]);
                }
            }
        }
    }
}
