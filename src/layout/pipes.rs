//! Stocks and flows: chains of stocks from left to right, rates between their stocks, and what
//! influences them around.

use crate::model::{Point, Rect, Vector};

use super::remove_overlaps::{box_at, nearest};

/// The least paper between the boxes of two stocks in a row, in world units.
const LEAST_GAP: f64 = 190.0;
/// The paper on both sides of the name of a rate between two stocks, in world units.
const BESIDE_NAME: f64 = 36.0;
/// From one row of stocks to the next, in world units.
const ROW: f64 = 250.0;
/// How far a rate stands aside whose straight way is taken, in world units.
const ASIDE: f64 = 120.0;
/// From the box of a stock to the valve of a rate that ends in a cloud, in world units.
const TO_VALVE: f64 = 90.0;
/// From a valve to the far side of its cloud, in world units.
pub(super) const TO_CLOUD: f64 = 122.0;
/// How far what influences a rate or a stock stands from it at first, in world units.
const NEAR: f64 = 130.0;
/// The paper around a variable, in world units.
const PAPER: f64 = 22.0;
/// Half the room that a pipe takes up, in world units.
const PIPE: f64 = 12.0;
/// With more things than this they are arranged as any others.
const MOST: usize = 300;

/// A rate with its stocks, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RateEnds {
    /// The rate.
    pub(super) rate: u32,
    /// The stock that it drains.
    pub(super) from: Option<u32>,
    /// The stock that it fills.
    pub(super) to: Option<u32>,
}

/// Where everything stands in a part that is mostly made of stocks and flows; none of another part.
pub(super) fn places(
    halves: &[Vector],
    links: &[(u32, u32)],
    rates: &[RateEnds],
) -> Option<Vec<Point>> {
    let rates: Vec<RateEnds> = rates
        .iter()
        .filter(|ends| ends.from.is_some() || ends.to.is_some())
        .copied()
        .collect();
    let mut stocks: Vec<usize> = rates
        .iter()
        .flat_map(|ends| ends.from.into_iter().chain(ends.to))
        .map(|stock| stock as usize)
        .collect();
    stocks.sort_unstable();
    stocks.dedup();
    let is_mostly = (stocks.len() + rates.len()) * 4 >= halves.len();
    if rates.is_empty() || !is_mostly || halves.len() > MOST {
        return None;
    }
    let mut plan = Plan {
        halves,
        at: vec![None; halves.len()],
        pipes: Vec::new(),
    };
    let layers = layers(halves.len(), &stocks, &rates);
    plan.place_stocks(&stocks, &rates, &layers);
    plan.place_rates(&rates, &layers);
    plan.place_others(links);
    Some(plan.at.into_iter().map(Option::unwrap_or_default).collect())
}

/// What is placed so far.
struct Plan<'a> {
    halves: &'a [Vector],
    at: Vec<Option<Point>>,
    /// The room of the pipes.
    pipes: Vec<Rect>,
}

/// By thing, in which column a stock stands: after all that flows into it. What flows back in a
/// circle counts for nothing.
fn layers(count: usize, stocks: &[usize], rates: &[RateEnds]) -> Vec<usize> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut has_source = vec![false; count];
    for ends in rates {
        if let (Some(from), Some(to)) = (ends.from, ends.to)
            && from != to
        {
            next[from as usize].push(to as usize);
            has_source[to as usize] = true;
        }
    }
    // In depth, those without a source first; the order in which all are left, turned round, has
    // what flows before what it flows into, but for circles.
    let sources = stocks.iter().filter(|stock| !has_source[**stock]);
    let others = stocks.iter().filter(|stock| has_source[**stock]);
    let mut seen = vec![false; count];
    let mut left = Vec::new();
    for start in sources.chain(others) {
        let mut open = vec![(*start, 0)];
        if std::mem::replace(&mut seen[*start], true) {
            continue;
        }
        while let Some((stock, done)) = open.pop() {
            match next[stock].get(done) {
                Some(other) => {
                    open.push((stock, done + 1));
                    if !std::mem::replace(&mut seen[*other], true) {
                        open.push((*other, 0));
                    }
                }
                None => left.push(stock),
            }
        }
    }
    let mut rank = vec![0; count];
    for (number, stock) in left.iter().rev().enumerate() {
        rank[*stock] = number;
    }
    let mut layers = vec![0; count];
    for stock in left.iter().rev() {
        for other in &next[*stock] {
            if rank[*other] > rank[*stock] {
                layers[*other] = layers[*other].max(layers[*stock] + 1);
            }
        }
    }
    layers
}

impl Plan<'_> {
    fn place_stocks(&mut self, stocks: &[usize], rates: &[RateEnds], layers: &[usize]) {
        let columns = stocks.iter().map(|stock| layers[*stock]).max().unwrap_or(0) + 1;
        let names = rates
            .iter()
            .filter(|ends| ends.from.is_some() && ends.to.is_some());
        let widest = names
            .map(|ends| 2.0 * self.halves[ends.rate as usize].x)
            .fold(0.0, f64::max);
        let gap = LEAST_GAP.max(widest + 2.0 * BESIDE_NAME);
        let mut x = 0.0;
        let mut rows: Vec<Option<i32>> = vec![None; self.halves.len()];
        for column in 0..columns {
            let members = stocks.iter().filter(|stock| layers[**stock] == column);
            let members: Vec<usize> = members.copied().collect();
            let half = members
                .iter()
                .map(|stock| self.halves[*stock].x)
                .fold(0.0, f64::max);
            x += half;
            let mut taken: Vec<i32> = Vec::new();
            for stock in members {
                // In the row of what flows into it, or the next that is free.
                let before = rates.iter().filter(|ends| ends.to == Some(stock as u32));
                let before: Vec<i32> = before
                    .filter_map(|ends| rows[ends.from? as usize])
                    .collect();
                let wanted = match before.len() {
                    0 => 0,
                    count => before.iter().sum::<i32>() / count as i32,
                };
                let steps = (0..).flat_map(|step| [wanted + step, wanted - step]);
                let row = steps
                    .take(4 * stocks.len() + 4)
                    .find(|row| !taken.contains(row))
                    .unwrap_or(wanted);
                taken.push(row);
                rows[stock] = Some(row);
                self.at[stock] = Some(Point::new(x, f64::from(row) * ROW));
            }
            x += half + gap;
        }
    }

    fn rect(&self, thing: usize) -> Option<Rect> {
        Some(box_at(self.at[thing]?, self.halves[thing]))
    }

    /// Whether a box is clear of what is placed, but for these.
    fn is_clear(&self, rect: &Rect, but: &[usize]) -> bool {
        let things = (0..self.at.len()).filter(|thing| !but.contains(thing));
        let mut boxes = things.filter_map(|thing| self.rect(thing));
        !boxes.any(|other| other.intersects(rect))
            && !self.pipes.iter().any(|pipe| pipe.intersects(rect))
    }

    fn place_rates(&mut self, rates: &[RateEnds], layers: &[usize]) {
        for ends in rates {
            if let (Some(from), Some(to)) = (ends.from, ends.to) {
                self.place_between(ends.rate as usize, from as usize, to as usize, layers);
            }
        }
        for ends in rates {
            match (ends.from, ends.to) {
                (Some(stock), None) => {
                    let out = [(1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (-1.0, 0.0)];
                    self.place_beside(ends.rate as usize, stock as usize, out);
                }
                (None, Some(stock)) => {
                    let back = [(-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (1.0, 0.0)];
                    self.place_beside(ends.rate as usize, stock as usize, back);
                }
                _ => {}
            }
        }
    }

    /// A rate half way between its stocks, or aside where that way is taken.
    fn place_between(&mut self, rate: usize, from: usize, to: usize, layers: &[usize]) {
        let (Some(start), Some(end)) = (self.rect(from), self.rect(to)) else {
            return;
        };
        let middle = start.center().midpoint(end.center());
        let facing = if start.right < end.left {
            f64::midpoint(start.right, end.left)
        } else if end.right < start.left {
            f64::midpoint(end.right, start.left)
        } else {
            middle.x
        };
        // What flows back goes below, what flows on above.
        let down = if layers[to] > layers[from] { -1.0 } else { 1.0 };
        let straight = Point::new(facing, middle.y);
        let asides = (1..12).flat_map(|step| {
            let far = ASIDE * f64::from(step);
            [far * down, -far * down]
        });
        let lowest = start.center().y.max(end.center().y);
        let highest = start.center().y.min(end.center().y);
        let aside = asides.map(|far| {
            let from = if far > 0.0 { lowest } else { highest };
            Point::new(facing, from + far)
        });
        let places = std::iter::once(straight).chain(aside);
        let fits = |at: &Point| {
            let name = box_at(*at, self.halves[rate]);
            let pipes = corridors(*at, &start)
                .into_iter()
                .chain(corridors(*at, &end));
            let mut pipes = pipes.collect::<Vec<_>>();
            pipes.push(name);
            pipes
                .iter()
                .all(|room| self.is_clear(room, &[from, to, rate]))
        };
        let place = places.into_iter().find(fits).unwrap_or(straight);
        self.at[rate] = Some(place);
        self.pipes.extend(corridors(place, &start));
        self.pipes.extend(corridors(place, &end));
    }

    /// A rate with a cloud, on the first of these sides of its stock that is free.
    fn place_beside(&mut self, rate: usize, stock: usize, sides: [(f64, f64); 4]) {
        let Some(rect) = self.rect(stock) else {
            return;
        };
        let half = self.halves[stock];
        let spot = |(x, y): (f64, f64), aside: f64| {
            let out = Vector::new(x, y);
            let away = x.abs() * half.x + y.abs() * half.y + TO_VALVE;
            rect.center() + out * away + out.left() * aside
        };
        let room = |side: (f64, f64), at: Point| {
            let out = Vector::new(side.0, side.1);
            let cloud = at + out * TO_CLOUD;
            let pipe = Rect::from_points(at, cloud).grown(PIPE + 6.0);
            pipe.union(&box_at(at, self.halves[rate]))
        };
        let asides = [0.0, ASIDE, -ASIDE, 2.0 * ASIDE, -2.0 * ASIDE, 3.0 * ASIDE];
        let places = asides
            .into_iter()
            .flat_map(|aside| sides.map(|side| (side, spot(side, aside))));
        let fits = |(side, at): &((f64, f64), Point)| {
            let way = corridors(*at, &rect);
            self.is_clear(&room(*side, *at), &[rate, stock])
                && way.iter().all(|part| self.is_clear(part, &[rate, stock]))
        };
        let found = places.into_iter().find(fits);
        let (side, at) = found.unwrap_or((sides[0], spot(sides[0], 0.0)));
        self.pipes.push(room(side, at));
        self.pipes.extend(corridors(at, &rect));
        self.at[rate] = Some(at);
    }

    /// Everything else, near what it is linked with and clear of all that stands.
    fn place_others(&mut self, links: &[(u32, u32)]) {
        loop {
            let joined = |thing: usize| {
                let ends = links.iter().filter_map(move |(from, to)| {
                    let (from, to) = (*from as usize, *to as usize);
                    match (from == thing, to == thing) {
                        (true, false) => Some(to),
                        (false, true) => Some(from),
                        _ => None,
                    }
                });
                ends.filter_map(|other| self.at[other]).collect::<Vec<_>>()
            };
            let open = (0..self.at.len()).filter(|thing| self.at[*thing].is_none());
            // Those that are joined with most come first.
            let next = open
                .map(|thing| (joined(thing), thing))
                .max_by_key(|(near, thing)| (near.len(), usize::MAX - thing));
            let Some((near, thing)) = next else {
                return;
            };
            let count = near.len().max(1) as f64;
            let sum = near
                .iter()
                .fold(Vector::ZERO, |sum, at| sum + (*at - Point::default()));
            let middle = Point::default() + sum / count;
            let half = self.halves[thing];
            let clear = |at: Point| self.is_clear(&box_at(at, half).grown(PAPER), &[thing]);
            let sides = [NEAR, -NEAR].map(|down| {
                let wanted = middle + Vector::new(0.0, down);
                let found = nearest(wanted, half, clear);
                (found.distance(wanted), found)
            });
            let best = if sides[1].0 + 1.0 < sides[0].0 {
                sides[1]
            } else {
                sides[0]
            };
            self.at[thing] = Some(best.1);
        }
    }
}

/// The cloud of a rate that is joined to one stock, with the pipe that leads there: on the other side
/// of its valve.
pub(super) fn cloud(ends: &RateEnds, boxes: &[Rect]) -> Option<Rect> {
    let ((Some(stock), None) | (None, Some(stock))) = (ends.from, ends.to) else {
        return None;
    };
    let (stock, valve) = (boxes[stock as usize], boxes[ends.rate as usize].center());
    let away = valve - stock.center();
    let is_upright = (stock.left..=stock.right).contains(&valve.x);
    let out = if is_upright {
        Vector::new(0.0, away.y.signum())
    } else {
        Vector::new(away.x.signum(), 0.0)
    };
    Some(Rect::from_points(valve, valve + out * TO_CLOUD).grown(PIPE))
}

/// The room of a pipe between a valve and a stock: straight where it can be, else level from the
/// valve and then up or down.
fn corridors(valve: Point, stock: &Rect) -> Vec<Rect> {
    let middle = stock.center();
    let is_level = (stock.top..=stock.bottom).contains(&valve.y);
    let is_upright = (stock.left..=stock.right).contains(&valve.x);
    let corner = if is_level {
        Point::new(middle.x, valve.y)
    } else if is_upright {
        Point::new(valve.x, middle.y)
    } else {
        let corner = Point::new(middle.x, valve.y);
        return vec![
            Rect::from_points(valve, corner).grown(PIPE),
            Rect::from_points(corner, middle).grown(PIPE),
        ];
    };
    vec![Rect::from_points(valve, corner).grown(PIPE)]
}
