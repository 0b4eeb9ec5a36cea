//! Solving for flows that may go back: elimination station by station, without a subtraction.

/// A chain of stations, eliminated one by one, so that flows and expected sums follow at once.
///
/// After Grassmann, Taksar & Heyman (1985): the pivot of a station is the sum of what leaves it,
/// never one minus what stays. Nothing cancels, so a loop that nearly never ends is as exact as
/// any. The rows are sparse: where the arcs onwards make a line, the work is that of its length
/// times the arcs back over a place.
#[derive(Clone, Debug)]
pub(super) struct Elimination {
    order: Vec<usize>,
    /// By station: its arcs to stations that come later in the order, by part of its flow.
    onwards: Vec<Vec<(usize, f64)>>,
    /// By station: the arcs to it from stations that come later in the order.
    back: Vec<Vec<(usize, f64)>>,
    /// By station: one over the part of its flow that does not come straight back; 0 where all
    /// does, which can only be where nothing comes to.
    inverses: Vec<f64>,
}

impl Elimination {
    /// Eliminates `order` (every station once) of the chain with these arcs, each a part of what
    /// passes the station it leaves; `leaving` is the part that leaves the chain.
    ///
    /// From every station that something comes to, something has to leave in the end.
    pub(super) fn new(
        order: Vec<usize>,
        arcs: impl Iterator<Item = (usize, usize, f64)>,
        mut leaving: Vec<f64>,
    ) -> Self {
        let size = order.len();
        let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new(); size];
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); size];
        for (from, to, part) in arcs.filter(|arc| arc.2 > 0.0) {
            match rows[from].iter_mut().find(|(other, _)| *other == to) {
                Some((_, sum)) => *sum += part,
                None => {
                    rows[from].push((to, part));
                    before[to].push(from);
                }
            }
        }
        let mut done = vec![false; size];
        let mut back = vec![Vec::new(); size];
        let mut inverses = vec![1.0; size];
        let mut slot = vec![usize::MAX; size];
        for here in order.iter().copied() {
            let mut row = std::mem::take(&mut rows[here]);
            row.retain(|(to, _)| !done[*to] && *to != here);
            let pivot = leaving[here] + row.iter().map(|(_, part)| part).sum::<f64>();
            let inverse = if pivot > 0.0 { 1.0 / pivot } else { 0.0 };
            for from in std::mem::take(&mut before[here]) {
                if done[from] || from == here {
                    continue;
                }
                let Some(at) = rows[from].iter().position(|(to, _)| *to == here) else {
                    continue;
                };
                let (_, part) = rows[from].swap_remove(at);
                back[here].push((from, part));
                leaving[from] += part * leaving[here] * inverse;
                for (index, (to, _)) in rows[from].iter().enumerate() {
                    slot[*to] = index;
                }
                for (to, weight) in &row {
                    let through = part * weight * inverse;
                    match rows[from].get_mut(slot[*to]) {
                        Some((_, sum)) => *sum += through,
                        None => {
                            slot[*to] = rows[from].len();
                            rows[from].push((*to, through));
                            before[*to].push(from);
                        }
                    }
                }
                for (to, _) in &rows[from] {
                    slot[*to] = usize::MAX;
                }
            }
            done[here] = true;
            inverses[here] = inverse;
            rows[here] = row;
        }
        Self {
            order,
            onwards: rows,
            back,
            inverses,
        }
    }

    /// What passes each station, of what enters at each: lambda = a (I - P)^-1.
    pub(super) fn flows(&self, mut entering: Vec<f64>) -> Vec<f64> {
        for here in self.order.iter().copied() {
            let amount = entering[here] * self.inverses[here];
            for (to, part) in &self.onwards[here] {
                entering[*to] += amount * part;
            }
        }
        for here in self.order.iter().copied().rev() {
            let from_later = self.back[here].iter();
            let returning: f64 = from_later.map(|(from, part)| entering[*from] * part).sum();
            entering[here] = (entering[here] + returning) * self.inverses[here];
        }
        entering
    }

    /// The expected sum over all that is yet to come from each station on, with itself, of a cost
    /// at each: h = (I - P)^-1 cost.
    pub(super) fn sums(&self, mut costs: Vec<f64>) -> Vec<f64> {
        for here in self.order.iter().copied() {
            let cost = costs[here] * self.inverses[here];
            for (from, part) in &self.back[here] {
                costs[*from] += cost * part;
            }
        }
        for here in self.order.iter().copied().rev() {
            let later: f64 = self.onwards[here]
                .iter()
                .map(|(to, part)| costs[*to] * part)
                .sum();
            costs[here] = (costs[here] + later) * self.inverses[here];
        }
        costs
    }
}
