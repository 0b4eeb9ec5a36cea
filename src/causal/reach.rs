//! How many variables each variable can influence, straight or through others.

use super::component::components;

/// How many variables links lead to from each variable, itself among them; `links` are pairs of a
/// cause and an effect, all below `variables`.
///
/// Within a strongly connected component all reach the same. Between components the sets are
/// passed on backwards along the links, 64 components at a time, so that it takes memory for the
/// links alone, and time for the links times the components over 64.
pub(super) fn reach(variables: u32, links: &[(u32, u32)]) -> Vec<u64> {
    let found = components(variables, || links.iter().copied());
    let of_variable = found.of_variable();
    let count = found.count() as usize;
    let mut sizes = vec![0_u64; count];
    for component in of_variable {
        sizes[*component as usize] += 1;
    }
    // Links between components lead from the higher number to the lower.
    let mut onward = vec![Vec::new(); count];
    for (from, to) in links {
        let (from, to) = (of_variable[*from as usize], of_variable[*to as usize]);
        if from != to {
            onward[from as usize].push(to);
        }
    }
    let mut reached = vec![0_u64; count];
    let mut masks = vec![0_u64; count];
    for first in (0..count).step_by(64) {
        let block = first..count.min(first + 64);
        let whole: u64 = sizes[block.clone()].iter().sum();
        let all = u64::MAX >> (64 - block.len());
        // No component below the block can reach it.
        for component in first..count {
            let own = if block.contains(&component) {
                1 << (component - first)
            } else {
                0
            };
            let below = onward[component].iter();
            let mask = below
                .filter(|next| **next as usize >= first)
                .fold(own, |mask, next| mask | masks[*next as usize]);
            masks[component] = mask;
            if mask == all {
                reached[component] += whole;
                continue;
            }
            let mut rest = mask;
            while rest != 0 {
                reached[component] += sizes[first + rest.trailing_zeros() as usize];
                rest &= rest - 1;
            }
        }
    }
    let of = |component: &u32| reached[*component as usize];
    of_variable.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn it_reaches_what_a_plain_search_reaches(
            size in 1..150_u32,
            ends in prop::collection::vec((0..150_u32, 0..150_u32), 0..220),
        ) {
            let links: Vec<(u32, u32)> = ends.iter().map(|(from, to)| (from % size, to % size)).collect();
            let plain: Vec<u64> = (0..size).map(|start| {
                let mut seen = std::collections::BTreeSet::from([start]);
                let mut open = vec![start];
                while let Some(variable) = open.pop() {
                    for (from, to) in &links {
                        if *from == variable && seen.insert(*to) {
                            open.push(*to);
                        }
                    }
                }
                seen.len() as u64
            }).collect();
            prop_assert_eq!(reach(size, &links), plain);
        }
    }

    #[test]
    fn nothing_reaches_nothing() {
        assert_eq!(reach(0, &[]), Vec::<u64>::new());
    }
}
