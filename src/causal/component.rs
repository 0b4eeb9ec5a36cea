//! Strongly connected components: the parts of a graph that every loop stays within.

use super::graph::Graph;

/// The strongly connected components of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Components {
    of_variable: Box<[u32]>,
    count: u32,
}

impl Components {
    /// How many components there are; a variable on no loop is a component by itself.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The component of each variable, by variable index. Components are numbered from zero so
    /// that links between two of them lead from the higher number to the lower.
    #[must_use]
    pub const fn of_variable(&self) -> &[u32] {
        &self.of_variable
    }

    /// The variables of each component, by component number, in rising order.
    #[must_use]
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.count as usize];
        for (variable, &component) in (0..).zip(&self.of_variable) {
            members[component as usize].push(variable);
        }
        members
    }
}

/// Finds the strongly connected components of `graph` in time linear in its variables and links
/// (Tarjan 1972, "Depth-first search and linear graph algorithms").
#[must_use]
pub fn strongly_connected_components(graph: &Graph) -> Components {
    components(graph.variables(), || {
        graph.links().iter().map(|link| (link.from, link.to))
    })
}

/// Not numbered yet, or no component yet.
const NONE: u32 = u32::MAX;

/// Tarjan's algorithm over any arcs that can be read twice, with a stack of its own in place of
/// recursion: a chain of variables may be longer than the machine's stack is deep.
pub(super) fn components<Arcs>(variables: u32, arcs: impl Fn() -> Arcs) -> Components
where
    Arcs: Iterator<Item = (u32, u32)>,
{
    let size = variables as usize;
    let (starts, heads) = successors(size, arcs);
    let mut of_variable = vec![NONE; size];
    let mut count = 0;
    // When a variable was first reached, and the earliest open variable it leads back to.
    let mut reached = vec![NONE; size];
    let mut lowest = vec![NONE; size];
    let mut clock = 0;
    let mut open: Vec<u32> = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();

    for root in 0..size {
        if reached[root] != NONE {
            continue;
        }
        path.push((root, starts[root]));
        while let Some((variable, cursor)) = path.last_mut() {
            let here = *variable;
            if reached[here] == NONE {
                reached[here] = clock;
                lowest[here] = clock;
                clock += 1;
                open.push(here as u32);
            }
            if *cursor < starts[here + 1] {
                let next = heads[*cursor] as usize;
                *cursor += 1;
                if reached[next] == NONE {
                    path.push((next, starts[next]));
                } else if of_variable[next] == NONE {
                    lowest[here] = lowest[here].min(reached[next]);
                }
                continue;
            }
            path.pop();
            if let Some(&(parent, _)) = path.last() {
                lowest[parent] = lowest[parent].min(lowest[here]);
            }
            if lowest[here] == reached[here] {
                while let Some(member) = open.pop() {
                    of_variable[member as usize] = count;
                    if member as usize == here {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    Components {
        of_variable: of_variable.into(),
        count,
    }
}

/// The heads of the arcs grouped by tail: those of `v` are `heads[starts[v]..starts[v + 1]]`.
fn successors<Arcs>(size: usize, arcs: impl Fn() -> Arcs) -> (Vec<usize>, Vec<u32>)
where
    Arcs: Iterator<Item = (u32, u32)>,
{
    let mut starts = vec![0; size + 1];
    for (from, _) in arcs() {
        starts[from as usize + 1] += 1;
    }
    for variable in 0..size {
        starts[variable + 1] += starts[variable];
    }
    let mut cursors = starts.clone();
    let mut heads = vec![0; starts[size]];
    for (from, to) in arcs() {
        let cursor = &mut cursors[from as usize];
        heads[*cursor] = to;
        *cursor += 1;
    }
    (starts, heads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: u32, arcs: &[(u32, u32)]) -> Components {
        components(variables, || arcs.iter().copied())
    }

    #[test]
    fn two_rings_joined_one_way_are_two_components() {
        let found = of(5, &[(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2)]);
        assert_eq!(found.count(), 2);
        assert_eq!(found.members(), [vec![2, 3, 4], vec![0, 1]]);
    }

    #[test]
    fn arcs_between_components_lead_to_lower_numbers() {
        let found = of(4, &[(0, 1), (1, 2), (2, 1), (2, 3), (0, 3)]);
        let of_variable = found.of_variable();
        assert!(of_variable[0] > of_variable[1] && of_variable[2] > of_variable[3]);
        assert_eq!(of_variable[1], of_variable[2]);
    }

    #[test]
    fn no_variables_are_no_components() {
        assert_eq!(of(0, &[]).count(), 0);
    }

    #[test]
    fn a_very_long_ring_does_not_exhaust_the_stack() {
        let size = 200_000;
        let arcs: Vec<_> = (0..size)
            .map(|variable| (variable, (variable + 1) % size))
            .collect();
        assert_eq!(of(size, &arcs).count(), 1);
        assert_eq!(of(size, &arcs[1..]).count(), size);
    }
}
