//! Finding room for words: labels moved apart, labels beside their dots.

use crate::model::{Point, Rect, Vector};

use super::super::curve::Curve;
use super::sheet::LINE;

/// The places nearest to those wished for that are `distance` apart and within two limits, all in
/// world units. What is wished for need not be sorted, and the order is kept.
///
/// This is the isotonic regression by pooling neighbours (Ayer et al. 1955) of what remains of each
/// wish when the labels above have had their room.
pub fn fan_out(wishes: &[f64], distance: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|one, other| wishes[*one].total_cmp(&wishes[*other]));
    // Each pool has the sum of its wishes and how many they are.
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for (rank, label) in order.iter().enumerate() {
        let mut pool = (wishes[*label] - rank as f64 * distance, 1.0);
        while let Some(above) = pools.pop_if(|above| above.0 / above.1 > pool.0 / pool.1) {
            pool = (pool.0 + above.0, pool.1 + above.1);
        }
        pools.push(pool);
    }
    let room = wishes.len().saturating_sub(1) as f64 * distance;
    let lowest = (bottom - room).max(top);
    let mut positions = vec![0.0; wishes.len()];
    let mut rank = 0;
    for (sum, count) in pools {
        let start = (sum / count).clamp(top, lowest);
        for _ in 0..count as usize {
            positions[order[rank]] = start + rank as f64 * distance;
            rank += 1;
        }
    }
    positions
}

/// What stands on a plot already.
pub struct Room {
    /// Where words may stand.
    pub limits: Rect,
    /// What words must not touch: other words, dots.
    pub taken: Vec<Rect>,
    /// What words had better not cross.
    pub lines: Vec<(Point, Point)>,
}

/// What a label belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// A dot.
    Dot(Point),
    /// A line across the whole plot, at this height.
    Across(f64),
    /// A line down the whole plot, at this place.
    Upright(f64),
}

impl Room {
    /// The best free place for words of a width beside what they belong to, if there is one.
    pub fn place(&self, anchor: Anchor, width: f64) -> Option<Rect> {
        let mut best: Option<(f64, Rect)> = None;
        for (order, center) in self.candidates(anchor, width).into_iter().enumerate() {
            let rect = Rect::centered(center, width, LINE);
            let touches = |other: &Rect| overlap(other, &rect);
            if !holds(&self.limits, &rect) || self.taken.iter().any(touches) {
                continue;
            }
            let crossed = self
                .lines
                .iter()
                .filter(|line| crosses(line, &rect))
                .count();
            // A crossed line is worse than any of the nearest places, not than being far away.
            let cost = order as f64 + 10.0 * (crossed.min(3)) as f64;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, rect));
            }
        }
        best.map(|(_, rect)| rect)
    }

    /// Where the middle of the words may be, the best first.
    fn candidates(&self, anchor: Anchor, width: f64) -> Vec<Point> {
        const BESIDE: f64 = 9.0;
        const OVER: f64 = LINE / 2.0 + 5.0;
        let half = width / 2.0;
        let mut found = Vec::new();
        match anchor {
            Anchor::Dot(dot) => {
                let mut add = |x: f64, y: f64| found.push(dot + Vector::new(x, y));
                add(half + BESIDE, 0.0);
                add(-half - BESIDE, 0.0);
                for row in 0..4 {
                    let y = OVER + f64::from(row) * LINE;
                    for (x, sign) in [
                        (half + 2.0, -1.0),
                        (-half - 2.0, -1.0),
                        (0.0, -1.0),
                        (half + 2.0, 1.0),
                        (-half - 2.0, 1.0),
                        (0.0, 1.0),
                    ] {
                        add(x, y * sign);
                    }
                }
                // Near the border: as far in as it must be.
                let inner = self.limits.grown(-half);
                for sign in [-1.0, 1.0] {
                    found.push(Point::new(
                        dot.x.min(inner.right).max(inner.left),
                        dot.y + OVER * sign,
                    ));
                }
            }
            Anchor::Across(y) => {
                for x in steps(self.limits.left + half + 4.0, self.limits.right - half) {
                    found.push(Point::new(x, y - LINE / 2.0 - 1.0));
                    found.push(Point::new(x, y + LINE / 2.0 + 1.0));
                }
            }
            Anchor::Upright(x) => {
                let (top, bottom) = (self.limits.top, self.limits.bottom);
                for y in steps(top + LINE / 2.0, bottom - LINE / 2.0) {
                    found.push(Point::new(x + half + 5.0, y));
                    found.push(Point::new(x - half - 5.0, y));
                }
            }
        }
        found
    }
}

/// Some places from one to another.
fn steps(from: f64, to: f64) -> Vec<f64> {
    const COUNT: u8 = 12;
    let share = |step: u8| from + (to - from).max(0.0) * f64::from(step) / f64::from(COUNT);
    (0..=COUNT).map(share).collect()
}

/// Whether two boxes share more than a border.
pub fn overlap(one: &Rect, other: &Rect) -> bool {
    const TOUCH: f64 = 0.01;
    one.left + TOUCH < other.right
        && other.left + TOUCH < one.right
        && one.top + TOUCH < other.bottom
        && other.top + TOUCH < one.bottom
}

fn holds(limits: &Rect, rect: &Rect) -> bool {
    limits.grown(0.01).contains_rect(rect)
}

fn crosses(line: &(Point, Point), rect: &Rect) -> bool {
    let (from, to) = *line;
    overlap(&Rect::from_points(from, to).grown(0.5), rect)
        && (rect.contains(from) || !Curve::Segment { from, to }.crossings(rect).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_no_farther() {
        assert_eq!(fan_out(&[50.0, 10.0], 16.0, 0.0, 100.0), [50.0, 10.0]);
        assert_eq!(fan_out(&[50.0, 50.0], 16.0, 0.0, 100.0), [42.0, 58.0]);
        assert_eq!(
            fan_out(&[0.0, 0.0, 0.0], 16.0, 0.0, 100.0),
            [0.0, 16.0, 32.0]
        );
        assert_eq!(fan_out(&[100.0, 99.0], 16.0, 0.0, 100.0), [100.0, 84.0]);
        assert!(fan_out(&[], 16.0, 0.0, 100.0).is_empty());
    }

    #[test]
    fn a_label_avoids_the_border_and_what_is_there() {
        let limits = Rect::from_points(Point::new(0.0, 0.0), Point::new(200.0, 100.0));
        let mut room = Room {
            limits,
            taken: Vec::new(),
            lines: Vec::new(),
        };
        for dot in [
            (0.0, 0.0),
            (200.0, 0.0),
            (200.0, 100.0),
            (0.0, 100.0),
            (90.0, 50.0),
        ] {
            let dot = Point::new(dot.0, dot.1);
            for _ in 0..2 {
                let rect = room.place(Anchor::Dot(dot), 60.0).unwrap();
                assert!(
                    holds(&limits, &rect) && !room.taken.iter().any(|other| overlap(other, &rect))
                );
                room.taken.push(rect);
            }
        }
        assert_eq!(room.place(Anchor::Across(50.0), 300.0), None);
    }
}
