//! The ways from one variable to others through what no one sees.

use super::components::components;
use super::wiring::Wiring;

/// The most inputs that are tried in one ring of hidden parts, from one variable, in one step.
const MOST_TRIED: u32 = 20_000;

/// A way into a part: by which input of all, and from where: the variable itself, or a hidden part by
/// its place in the route.
#[derive(Clone, Copy, Debug)]
struct Way {
    input: u32,
    from: Option<u32>,
}

/// Hidden parts that reach each other, mostly one.
#[derive(Debug, Default)]
struct Group {
    /// For each of them the ways from outside of the group.
    ways: Vec<Vec<Way>>,
    /// For each of them the inputs that it is to others in the group, and which.
    inner: Vec<Vec<(u32, u32)>>,
    /// The place of the first.
    first: u32,
}

/// A variable that another leads to.
#[derive(Debug)]
pub(super) struct End {
    pub to: u32,
    /// Whether a delay of whole steps or a kept value is on a way.
    pub is_mixed: bool,
    ways: Vec<Way>,
}

/// All ways from one variable.
#[derive(Debug)]
pub(super) struct Route {
    pub from: u32,
    pub ends: Vec<End>,
    groups: Vec<Group>,
    hidden: usize,
}

/// For each part those that it is an input of, with the input's index among all.
pub(super) struct Uses {
    next: Vec<Vec<(u32, u32)>>,
    /// The component of each hidden part; one that leads to another has the higher number.
    component: Vec<u32>,
}

impl Uses {
    pub(super) fn of(wiring: &Wiring) -> Self {
        let mut next = vec![Vec::new(); wiring.parts.len()];
        for (to, part) in wiring.parts.iter().enumerate() {
            let first = wiring.first_input[to];
            for (at, input) in part.code.inputs().iter().enumerate() {
                next[input.part as usize].push((to as u32, (first + at) as u32));
            }
        }
        let visible = wiring.visible;
        let hidden: Vec<Vec<u32>> = next[visible..]
            .iter()
            .map(|uses| {
                let hidden = uses.iter().filter(|(to, _)| *to as usize >= visible);
                hidden.map(|(to, _)| to - visible as u32).collect()
            })
            .collect();
        Self {
            next,
            component: components(&hidden),
        }
    }
}

impl Route {
    /// The ways from a variable to those that are wanted.
    pub(super) fn new(
        wiring: &Wiring,
        uses: &Uses,
        from: u32,
        is_wanted: &dyn Fn(u32) -> bool,
    ) -> Self {
        let visible = wiring.visible as u32;
        // All that is reached, with the hidden parts between.
        let mut place = std::collections::HashMap::new();
        let mut found = vec![from];
        let mut hidden = Vec::new();
        let mut ends = Vec::new();
        while let Some(part) = found.pop() {
            for &(to, _) in &uses.next[part as usize] {
                if place.contains_key(&to) {
                    continue;
                }
                place.insert(to, u32::MAX);
                if to >= visible {
                    hidden.push(to);
                    found.push(to);
                } else if is_wanted(to) {
                    ends.push(to);
                }
            }
        }
        ends.sort_unstable();
        let component = |part: u32| uses.component[(part - visible) as usize];
        hidden.sort_unstable_by_key(|&part| (std::cmp::Reverse(component(part)), part));
        for (at, part) in (0..).zip(&hidden) {
            place.insert(*part, at);
        }
        // The inputs of a part that come from the variable or a hidden part on the way.
        let ways = |to: u32| {
            let first = wiring.first_input[to as usize];
            let inputs = wiring.parts[to as usize].code.inputs().iter().enumerate();
            let ways = inputs.filter_map(|(at, input)| {
                let input_index = (first + at) as u32;
                let way = |from| Way {
                    input: input_index,
                    from,
                };
                if input.part == from {
                    Some(way(None))
                } else if input.part >= visible && input.part != to {
                    place.get(&input.part).map(|&from| way(Some(from)))
                } else {
                    None
                }
            });
            ways.collect::<Vec<_>>()
        };
        let mut groups: Vec<Group> = Vec::new();
        let mut is_mixed = vec![false; hidden.len()];
        for (at, &part) in (0..).zip(&hidden) {
            let is_new = at == 0 || component(hidden[at as usize - 1]) != component(part);
            if is_new {
                groups.push(Group {
                    first: at,
                    ..Group::default()
                });
            }
            if let Some(group) = groups.last_mut() {
                group.ways.push(ways(part));
            }
            is_mixed[at as usize] = wiring.parts[part as usize].is_mixed;
        }
        for group in &mut groups {
            group.close();
            group.mark(&mut is_mixed);
        }
        let ends = ends.into_iter().map(|to| {
            let ways = ways(to);
            let mut from = ways.iter().filter_map(|way| way.from);
            End {
                to,
                is_mixed: from.any(|from| is_mixed[from as usize]),
                ways,
            }
        });
        Self {
            from,
            ends: ends.collect(),
            hidden: hidden.len(),
            groups,
        }
    }

    /// Marks the inputs that it needs.
    pub(super) fn mark(&self, needed: &mut [bool]) {
        let groups = self.groups.iter().flat_map(|group| group.ways.iter());
        let ends = self.ends.iter().map(|end| &end.ways);
        for way in groups.chain(ends).flatten() {
            needed[way.input as usize] = true;
        }
        for (input, _) in self.groups.iter().flat_map(|group| &group.inner).flatten() {
            needed[*input as usize] = true;
        }
    }

    /// How much work the scores are.
    pub(super) fn cost(&self) -> u64 {
        let groups = self.groups.iter().flat_map(|group| group.ways.iter());
        let ends = self.ends.iter().map(|end| &end.ways);
        groups.chain(ends).map(|ways| ways.len() as u64 + 1).sum()
    }

    /// For each end the score of its link: along the way where it is largest, from the scores of all
    /// inputs. Says whether all ways were tried.
    pub(super) fn scores(
        &self,
        inputs: &[f64],
        best: &mut Vec<f64>,
        mut end: impl FnMut(f64),
    ) -> bool {
        best.clear();
        best.resize(self.hidden, 0.0);
        let mut is_complete = true;
        for group in &self.groups {
            for (at, ways) in (group.first as usize..).zip(&group.ways) {
                best[at] = largest(ways, inputs, best);
            }
            if !group.inner.is_empty() {
                is_complete &= group.go_round(inputs, best);
            }
        }
        for one in &self.ends {
            end(largest(&one.ways, inputs, best));
        }
        is_complete
    }
}

impl Group {
    /// Tells ways from inside apart from those from outside.
    fn close(&mut self) {
        let count = self.ways.len() as u32;
        if count < 2 {
            return;
        }
        let first = self.first;
        self.inner = vec![Vec::new(); count as usize];
        for (to, ways) in (0..).zip(&mut self.ways) {
            ways.retain(|way| match way.from {
                Some(from) if (first..first + count).contains(&from) => {
                    self.inner[(from - first) as usize].push((way.input, to));
                    false
                }
                _ => true,
            });
        }
    }

    /// Marks the parts that are mixed or come after one that is.
    fn mark(&self, is_mixed: &mut [bool]) {
        let members = self.first as usize..self.first as usize + self.ways.len();
        let mut from = self.ways.iter().flatten().filter_map(|way| way.from);
        if from.any(|from| is_mixed[from as usize]) || is_mixed[members.clone()].contains(&true) {
            is_mixed[members].fill(true);
        }
    }

    /// Tries all ways within the group, no part twice.
    fn go_round(&self, inputs: &[f64], best: &mut [f64]) -> bool {
        let first = self.first as usize;
        let entries = best[first..first + self.ways.len()].to_vec();
        let mut tried = 0;
        let mut is_on = vec![false; entries.len()];
        for (start, &entry) in entries.iter().enumerate() {
            if entry == 0.0 {
                continue;
            }
            let mut walk = vec![(start, 0, entry)];
            is_on[start] = true;
            while let Some((part, at, score)) = walk.pop() {
                let Some(&(input, to)) = self.inner[part].get(at) else {
                    is_on[part] = false;
                    continue;
                };
                walk.push((part, at + 1, score));
                let to = to as usize;
                let next = times(score, inputs[input as usize]);
                if is_on[to] || next == 0.0 {
                    continue;
                }
                tried += 1;
                if tried > MOST_TRIED {
                    return false;
                }
                best[first + to] = larger(best[first + to], next);
                is_on[to] = true;
                walk.push((to, 0, next));
            }
        }
        true
    }
}

fn largest(ways: &[Way], inputs: &[f64], best: &[f64]) -> f64 {
    let scores = ways.iter().map(|way| {
        let before = way.from.map_or(1.0, |from| best[from as usize]);
        times(before, inputs[way.input as usize])
    });
    scores.fold(0.0, larger)
}

/// A link without a score stops everything, whatever comes before and after.
fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

/// The score of larger magnitude; what is not known is not known to be less.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.abs() <= a.abs() {
        a
    } else {
        b
    }
}
