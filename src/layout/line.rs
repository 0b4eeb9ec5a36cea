//! A connected part of a value-stream map: stations from left to right along the flow of work.

use crate::model::{FlowKind, Point, StationKind, Vector};

use super::bend::{BentEdge, Way, fan_out};

/// Paper between two columns, in world units: an arrow fits in.
const COLUMN_GAP: f64 = 44.0;
/// Paper beside the words of a flow between two columns, in world units.
const BESIDE_WORDS: f64 = 14.0;
/// A map of more columns than this goes on in rows below each other, the next back under the last,
/// where it would be wider than [`WIDEST`].
const COLUMNS: usize = 7;
/// How wide a map in one row may be, in world units: about what a window of 1,280 pixels shows at a
/// size that can be read.
const WIDEST: f64 = 1_050.0;
/// Paper between two such rows, in world units: the ladder of the upper one fits in.
const FOLD_GAP: f64 = 150.0;
/// How far rework dips below the middle of a row at most, in world units, where it need not dip
/// further to be seen.
const REWORK_DIP: f64 = 120.0;
/// Paper between two rows, in world units.
const ROW_GAP: f64 = 56.0;
/// Paper between the map and the controls over it, in world units.
const CONTROL_GAP: f64 = 100.0;
/// How far below the way rework bends: as a new rework flow does.
const REWORK_BEND: f64 = 0.35;
/// The least that it bends.
const FLATTEST: f64 = 0.2;
/// How far information may bend aside, in world units, and as a part of its way.
const ASIDE: (f64, f64) = (110.0, 0.6);
/// The direction of rework of a step on itself, in turns: straight down.
const HALF_DOWN: f64 = 0.5;

/// A connected part of a value-stream map, by number.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) kinds: Vec<StationKind>,
    /// Half the width and half the height of each box, in world units.
    pub(super) halves: Vec<Vector>,
    pub(super) held: Vec<bool>,
    pub(super) flows: Vec<(u32, u32, FlowKind)>,
    /// How wide the words of each flow are, in world units.
    pub(super) words: Vec<f64>,
}

impl Line {
    fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The flows of work towards the customer, without those that close a circle.
    fn onward(&self) -> Vec<(usize, usize)> {
        let forward = self
            .flows
            .iter()
            .filter(|(from, to, kind)| from != to && kind.is_forward());
        let forward: Vec<(usize, usize)> = forward
            .map(|(from, to, _)| (*from as usize, *to as usize))
            .collect();
        // 0: not seen; 1: on the path that is followed; 2: done.
        let mut marks = vec![0_u8; self.len()];
        let mut dropped = vec![false; forward.len()];
        let mut starts: Vec<usize> = (0..self.len()).collect();
        // From where work comes in first, so that what leads back is what is left out.
        starts.sort_by_key(|at| forward.iter().any(|(_, to)| to == at));
        for start in starts {
            let mut path = vec![(start, 0_usize)];
            while let Some((here, cursor)) = path.pop() {
                marks[here] = 1;
                let next = (cursor..forward.len()).find(|flow| forward[*flow].0 == here);
                let Some(flow) = next else {
                    marks[here] = 2;
                    continue;
                };
                path.push((here, flow + 1));
                match marks[forward[flow].1] {
                    0 => path.push((forward[flow].1, 0)),
                    1 => dropped[flow] = true,
                    _ => {}
                }
            }
        }
        let kept = forward.into_iter().zip(dropped);
        kept.filter(|(_, dropped)| !dropped)
            .map(|(flow, _)| flow)
            .collect()
    }

    /// Whether a station stands over the map: no work passes through it.
    fn is_above(&self, station: usize) -> bool {
        let passes = |(from, to, kind): &(u32, u32, FlowKind)| {
            kind.carries_work() && [*from as usize, *to as usize].contains(&station)
        };
        !self.flows.iter().any(passes)
    }

    /// Suppliers and customers that stand beside the control over the map: both do where information
    /// goes from customers through a control to suppliers, as value-stream maps are drawn (Rother &
    /// Shook 1998, *Learning to See*).
    fn raised(&self) -> Vec<usize> {
        let told = |station: usize| {
            self.flows.iter().any(|&(from, to, kind)| {
                let (from, to) = (from as usize, to as usize);
                let other = if from == station { to } else { from };
                !kind.carries_work()
                    && [from, to].contains(&station)
                    && self.kinds[other] == StationKind::Control
                    && self.is_above(other)
            })
        };
        let of = |kind: StationKind| {
            let all = (0..self.len()).filter(move |at| self.kinds[*at] == kind);
            let told = all.filter(|at| !self.is_above(*at) && told(*at));
            told.collect::<Vec<usize>>()
        };
        let (suppliers, customers) = (of(StationKind::Supplier), of(StationKind::Customer));
        if suppliers.is_empty() || customers.is_empty() {
            return Vec::new();
        }
        suppliers.into_iter().chain(customers).collect()
    }

    /// Places for all stations, from nothing: columns by the longest path (Sugiyama, Tagawa & Toda
    /// 1981), the longest line straight, each branch in a row of its own, controls above.
    pub(super) fn lay_out(&self, before: &[Point]) -> Vec<Point> {
        let onward = self.onward();
        let mut raised = self.raised();
        let lies = |at: &usize| !self.is_above(*at);
        // A map of nothing else is a row.
        if (0..self.len()).filter(lies).count() == raised.len() {
            raised.clear();
        }
        let on_map = (0..self.len()).filter(|at| lies(at) && !raised.contains(at));
        let on_map: Vec<usize> = on_map.collect();
        let columns = self.columns(&onward, &on_map);
        let rows = self.rows(&onward, &on_map, &columns);
        let (mut lefts, mut tops) = (Vec::new(), Vec::new());
        let gap = |column: usize| self.gap_after(column, &columns);
        let half = |at: usize| self.halves[at].x;
        stack(&mut lefts, &on_map, &columns, gap, half);
        let half = |at: usize| self.halves[at].y;
        stack(&mut tops, &on_map, &rows, |_| ROW_GAP, half);
        let mut positions = vec![Point::default(); self.len()];
        for &station in &on_map {
            positions[station] = Point::new(lefts[columns[station]], tops[rows[station]]);
        }
        if on_map.len() == self.len() {
            self.fold(&mut positions, &columns, &lefts);
        }
        self.put_above(&mut positions, &on_map);
        self.keep_held(&mut positions, before);
        positions
    }

    /// Paper after a column: the words of a flow to the next one fit in.
    fn gap_after(&self, column: usize, columns: &[usize]) -> f64 {
        let flows = self.flows.iter().zip(&self.words);
        let between = flows.filter(|((from, to, kind), _)| {
            let next = columns[*from as usize] == column && columns[*to as usize] == column + 1;
            next && kind.is_forward()
        });
        let words = between.map(|(_, width)| width + BESIDE_WORDS);
        words.fold(COLUMN_GAP, f64::max)
    }

    /// Lays a map that is too wide in rows below each other: each goes on under the end of the one
    /// before, and leads back. What is held stays in one row, as it is.
    fn fold(&self, positions: &mut [Point], columns: &[usize], lefts: &[f64]) {
        let count = lefts.len();
        let edge = |at: usize, side: f64| positions[at].x + side * self.halves[at].x;
        let left = (0..self.len())
            .map(|at| edge(at, -1.0))
            .fold(f64::MAX, f64::min);
        let right = (0..self.len())
            .map(|at| edge(at, 1.0))
            .fold(f64::MIN, f64::max);
        if count <= COLUMNS || right - left <= WIDEST || self.held.contains(&true) {
            return;
        }
        let bands = count.div_ceil(COLUMNS);
        let length = count.div_ceil(bands);
        let band_of = |at: usize| columns[at] / length;
        let mut top = 0.0;
        // Where the row before ended, and whether this one leads to the right.
        let (mut end, mut direction) = (lefts[0], 1.0);
        for band in 0..bands {
            let members: Vec<usize> = (0..self.len()).filter(|at| band_of(*at) == band).collect();
            let first = lefts[band * length];
            let last = lefts[((band + 1) * length).min(count) - 1];
            let high = members
                .iter()
                .map(|at| positions[*at].y - self.halves[*at].y);
            let low = members
                .iter()
                .map(|at| positions[*at].y + self.halves[*at].y);
            let (high, low) = (high.fold(f64::MAX, f64::min), low.fold(f64::MIN, f64::max));
            for at in members {
                positions[at].x = end + direction * (positions[at].x - first);
                positions[at].y += top - high;
            }
            let dip = self.dip(positions, |at| band_of(at) == band) - (low - high) / 2.0;
            top += low - high + FOLD_GAP + dip.max(0.0);
            end += direction * (last - first);
            direction = -direction;
        }
    }

    /// How far the rework between some stations dips below their middles.
    fn dip(&self, positions: &[Point], is_one: impl Fn(usize) -> bool) -> f64 {
        let flows = self.flows.iter();
        let rework = flows.filter(|(from, to, kind)| {
            *kind == FlowKind::Rework && is_one(*from as usize) && is_one(*to as usize)
        });
        let dips = rework.map(|(from, to, _)| {
            let length = positions[*from as usize].distance(positions[*to as usize]);
            rework_bend(length) * length
        });
        dips.fold(0.0, f64::max)
    }

    /// The column of each station on the map.
    fn columns(&self, onward: &[(usize, usize)], on_map: &[usize]) -> Vec<usize> {
        let mut columns = vec![0_usize; self.len()];
        // As often as the longest path has flows: each round settles one more column.
        for _ in 0..self.len() {
            let mut changed = false;
            for &(from, to) in onward {
                if columns[to] <= columns[from] {
                    columns[to] = columns[from] + 1;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let last = on_map.iter().map(|at| columns[*at]).max().unwrap_or(0);
        for &station in on_map {
            let next = onward.iter().filter(|(from, _)| *from == station);
            let next = next.map(|(_, to)| columns[*to]).min();
            let comes = onward.iter().any(|(_, to)| *to == station);
            match (self.kinds[station], next) {
                (StationKind::Customer, None) => columns[station] = last,
                (StationKind::Supplier, _) => columns[station] = 0,
                // Work that begins here stands before the step that takes it.
                (_, Some(next)) if !comes => columns[station] = next.saturating_sub(1),
                _ => {}
            }
        }
        columns
    }

    /// The row of each station on the map: the longest line first, each further line in the row
    /// nearest to where it leaves the others that is free along its way.
    fn rows(&self, onward: &[(usize, usize)], on_map: &[usize], columns: &[usize]) -> Vec<usize> {
        let middle = self.len() as i64;
        let mut rows: Vec<Option<i64>> = vec![None; self.len()];
        // By row, the columns that are taken.
        let mut taken: Vec<(i64, usize, usize)> = Vec::new();
        while let Some(path) = longest_path(onward, on_map, columns, &rows) {
            let joined = |at: usize, ends: fn(&(usize, usize)) -> (usize, usize)| {
                let near = onward.iter().map(ends).filter(move |(one, _)| *one == at);
                near.filter_map(|(_, other)| Some((columns[other], rows[other]?)))
                    .next()
            };
            let (first, last) = (path[0], path[path.len() - 1]);
            let before = joined(first, |(from, to)| (*to, *from));
            let after = joined(last, |(from, to)| (*from, *to));
            let low = before.map_or(columns[first], |(column, _)| {
                (column + 1).min(columns[first])
            });
            let high = after.map_or(columns[last], |(column, _)| column.max(1) - 1);
            let high = high.max(columns[last]);
            let home = before.or(after).map_or(middle, |(_, row)| row);
            let free = |row: &i64| {
                !taken
                    .iter()
                    .any(|(other, from, to)| other == row && *from <= high && low <= *to)
            };
            // Below first, then above, ever farther.
            let mut candidates = (0..=2 * middle).map(|step| {
                let away = (step + 1) / 2;
                if step % 2 == 1 {
                    home + away
                } else {
                    home - away
                }
            });
            let row = candidates.find(free).unwrap_or(home);
            taken.push((row, low, high));
            for station in path {
                rows[station] = Some(row);
            }
        }
        let least = rows.iter().flatten().min().copied().unwrap_or(0);
        rows.iter()
            .map(|row| row.map_or(0, |row| (row - least) as usize))
            .collect()
    }

    /// Stands what plans over the middle of what it is joined with, side by side.
    fn put_above(&self, positions: &mut [Point], on_map: &[usize]) {
        let above = (0..self.len()).filter(|at| !on_map.contains(at));
        let above: Vec<usize> = above.collect();
        let highest = above.iter().map(|at| self.halves[*at].y);
        let highest = highest.fold(0.0, f64::max);
        let center = on_map.iter().map(|at| positions[*at].x).sum::<f64>() / on_map.len() as f64;
        let top = on_map
            .iter()
            .map(|at| positions[*at].y - self.halves[*at].y);
        let top = top.fold(f64::INFINITY, f64::min);
        let top = if top.is_finite() { top } else { 0.0 };
        let mut wishes: Vec<(f64, usize)> = Vec::new();
        for &station in &above {
            let ends = self.flows.iter().filter_map(|(from, to, _)| {
                let (from, to) = (*from as usize, *to as usize);
                let other = if from == station { to } else { from };
                ([from, to].contains(&station) && on_map.contains(&other)).then_some(other)
            });
            let xs: Vec<f64> = ends.map(|other| positions[other].x).collect();
            let mean = if xs.is_empty() && !on_map.is_empty() {
                center
            } else {
                xs.iter().sum::<f64>() / xs.len().max(1) as f64
            };
            wishes.push((mean, station));
        }
        wishes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut right = f64::NEG_INFINITY;
        for (wish, station) in wishes {
            let half = self.halves[station];
            let x = wish.max(right + COLUMN_GAP + half.x);
            positions[station] = Point::new(x, top - CONTROL_GAP - highest);
            right = x + half.x;
        }
    }

    /// Moves the whole so that what is held is where it was, as well as that goes.
    fn keep_held(&self, positions: &mut [Point], before: &[Point]) {
        let held = || (0..self.len()).filter(|at| self.held[*at]);
        let count = held().count();
        if count == 0 {
            return;
        }
        let sum = held().fold(Vector::ZERO, |sum, at| sum + (before[at] - positions[at]));
        let offset = sum / count as f64;
        for (station, position) in positions.iter_mut().enumerate() {
            *position = if self.held[station] {
                before[station]
            } else {
                *position + offset
            };
        }
    }

    /// Places near those before: rows made straight, and room from left to right where it lacks.
    pub(super) fn tidy(&self, before: &[Point]) -> Vec<Point> {
        let mut positions = before.to_vec();
        self.straighten(&mut positions);
        let mut onward = self.onward();
        onward.sort_by(|one, other| before[one.0].x.total_cmp(&before[other.0].x));
        for _ in 0..self.len() {
            let mut changed = false;
            for &(from, to) in &onward {
                let room = self.halves[from].x + self.halves[to].x + COLUMN_GAP / 2.0;
                let offset = positions[to] - positions[from];
                let beside = offset.y.abs() < self.halves[from].y + self.halves[to].y;
                // Where work goes down or back, somebody meant it.
                if beside && offset.x > 0.0 && offset.x < room - 0.5 && !self.held[to] {
                    positions[to].x += room - offset.x;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        positions
    }

    /// Gives one height to stations that stand nearly at one.
    fn straighten(&self, positions: &mut [Point]) {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by(|one, other| positions[*one].y.total_cmp(&positions[*other].y));
        let mut start = 0;
        while start < order.len() {
            let top = positions[order[start]].y;
            let near = self.halves[order[start]].y.clamp(10.0, 30.0);
            let end = (start..order.len()).find(|at| positions[order[*at]].y - top > near);
            let row = &order[start..end.unwrap_or(order.len())];
            // The height of what is held, else the one that most have.
            let fixed = row.iter().find(|at| self.held[**at]);
            let y = positions[*fixed.unwrap_or(&row[row.len() / 2])].y;
            for &station in row {
                if !self.held[station] {
                    positions[station].y = y;
                }
            }
            start = end.unwrap_or(order.len());
        }
    }

    /// The bends that flows would like: work goes on straight, rework comes back below.
    pub(super) fn wanted(&self, positions: &[Point]) -> Vec<BentEdge> {
        let mut edges: Vec<BentEdge> = self
            .flows
            .iter()
            .map(|&(from, to, kind)| {
                let (start, end) = (positions[from as usize], positions[to as usize]);
                let (bend, range) = if from == to {
                    (HALF_DOWN, (HALF_DOWN, HALF_DOWN))
                } else if !kind.carries_work() {
                    let most = (ASIDE.0 / start.distance(end).max(1.0)).min(ASIDE.1);
                    (0.0, (-most, most))
                } else if kind != FlowKind::Rework {
                    (0.0, (-0.6, 0.6))
                } else if end.x < start.x {
                    (rework_bend(start.distance(end)), (FLATTEST, 0.7))
                } else {
                    (-rework_bend(start.distance(end)), (-0.7, -FLATTEST))
                };
                BentEdge {
                    from,
                    to,
                    bend,
                    range,
                    way: Way::Arc,
                }
            })
            .collect();
        // Rework lies below whatever else there is between its ends.
        let is_other = |index: &usize| self.flows[*index].2 != FlowKind::Rework;
        let others: Vec<usize> = (0..edges.len()).filter(is_other).collect();
        let mut fanned: Vec<BentEdge> = others.iter().map(|index| edges[*index]).collect();
        fan_out(&mut fanned, positions);
        for (index, edge) in others.into_iter().zip(fanned) {
            edges[index] = edge;
        }
        edges
    }
}

/// How rework bends over a distance, in world units.
fn rework_bend(length: f64) -> f64 {
    (REWORK_DIP / length.max(1.0)).clamp(FLATTEST, REWORK_BEND)
}

/// The longest path along flows through stations that have no row yet, the first found if several.
fn longest_path(
    onward: &[(usize, usize)],
    on_map: &[usize],
    columns: &[usize],
    rows: &[Option<i64>],
) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = on_map
        .iter()
        .copied()
        .filter(|at| rows[*at].is_none())
        .collect();
    order.sort_by_key(|at| std::cmp::Reverse(columns[*at]));
    let mut lengths = vec![0_usize; rows.len()];
    let mut nexts = vec![None; rows.len()];
    for &station in &order {
        lengths[station] = 1;
        for (from, to) in onward {
            if *from == station && rows[*to].is_none() && lengths[*to] >= lengths[station] {
                lengths[station] = lengths[*to] + 1;
                nexts[station] = Some(*to);
            }
        }
    }
    let longest = order.iter().copied().reduce(|best, at| {
        if lengths[at] > lengths[best] {
            at
        } else {
            best
        }
    })?;
    let mut path = vec![longest];
    let mut here = longest;
    while let Some(next) = nexts[here] {
        path.push(next);
        here = next;
    }
    Some(path)
}

/// The middles of columns or rows, one after the other with a gap between.
fn stack(
    middles: &mut Vec<f64>,
    on_map: &[usize],
    numbers: &[usize],
    gap: impl Fn(usize) -> f64,
    half: impl Fn(usize) -> f64,
) {
    let count = on_map.iter().map(|at| numbers[*at] + 1).max().unwrap_or(0);
    let mut halves = vec![0.0_f64; count];
    for station in on_map {
        let here = &mut halves[numbers[*station]];
        *here = here.max(half(*station));
    }
    let mut edge = 0.0;
    for (number, half) in halves.into_iter().enumerate() {
        middles.push(edge + half);
        // What nothing stands in takes no room.
        edge += if half > 0.0 {
            2.0 * half + gap(number)
        } else {
            0.0
        };
    }
}
