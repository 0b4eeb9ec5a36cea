//! The points of a table as they are drawn, dragged and moved by keys.

use crate::model::{MAXIMUM_AMOUNT, TablePoint};

/// How many digits a place has that is dragged to, of the size of the plot.
const DIGITS: i32 = 3;

/// What a plot of a table shows, from the least to the greatest x and y, with some room around.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotFrame {
    /// From which x to which.
    pub x: (f64, f64),
    /// From which y to which.
    pub y: (f64, f64),
}

impl PlotFrame {
    /// The frame around points.
    #[must_use]
    pub fn around(points: &[TablePoint]) -> Self {
        Self {
            x: span(points.iter().map(|point| point.0)),
            y: span(points.iter().map(|point| point.1)),
        }
    }

    /// Where a point is, as shares of the width from the left and of the height from above.
    #[must_use]
    pub fn share_of(self, (x, y): TablePoint) -> (f64, f64) {
        let share = |(least, most): (f64, f64), value: f64| (value - least) / (most - least);
        (share(self.x, x), 1.0 - share(self.y, y))
    }

    /// The point at shares of the plot, rounded so that it can be read.
    #[must_use]
    pub fn point_at(self, (across, down): (f64, f64)) -> TablePoint {
        let at = |(least, most): (f64, f64), share: f64| {
            rounded(least + share * (most - least), step_of(least, most))
        };
        (at(self.x, across), at(self.y, 1.0 - down))
    }

    /// How far a key moves a point: a fiftieth or so of the plot, as a round number.
    #[must_use]
    pub fn steps(self) -> (f64, f64) {
        let step = |(least, most): (f64, f64)| {
            let wanted = (most - least) / 50.0;
            let power = 10_f64.powi(wanted.log10().floor() as i32);
            let factors = [1.0, 2.0, 5.0, 10.0];
            let fit = factors.into_iter().find(|factor| factor * power >= wanted);
            fit.unwrap_or(10.0) * power
        };
        (step(self.x), step(self.y))
    }
}

/// From the least to the greatest of some values, with a tenth of room at both ends.
fn span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        least = least.min(value);
        most = most.max(value);
    }
    if least > most {
        return (0.0, 1.0);
    }
    let room = match most - least {
        0.0 if least == 0.0 => 1.0,
        0.0 => least.abs() / 2.0,
        size => size / 10.0,
    };
    (least - room, most + room)
}

/// The digit to which a place is rounded.
fn step_of(least: f64, most: f64) -> f64 {
    let size = (most - least).abs().max(f64::MIN_POSITIVE);
    10_f64.powi(size.log10().floor() as i32 + 1 - DIGITS)
}

fn rounded(value: f64, step: f64) -> f64 {
    // A power of ten below 1 cannot be told exactly, its inverse can.
    let number = if step < 1.0 {
        let inverse = (1.0 / step).round();
        (value * inverse).round() / inverse
    } else {
        (value / step).round() * step
    };
    // Never -0.
    (number + 0.0).clamp(-MAXIMUM_AMOUNT, MAXIMUM_AMOUNT)
}

/// The points with one at another place: between its neighbours, which stay where they are.
#[must_use]
pub fn moved_point(points: &[TablePoint], index: usize, to: TablePoint) -> Vec<TablePoint> {
    let mut moved = points.to_vec();
    let least = index.checked_sub(1).and_then(|before| points.get(before));
    let most = points.get(index + 1);
    if let Some(point) = moved.get_mut(index) {
        let x = least.map_or(to.0, |before| to.0.max(before.0));
        point.0 = most.map_or(x, |after| x.min(after.0));
        point.1 = to.1;
    }
    moved
}

/// The points with one moved by so many steps of the plot to the right and up.
#[must_use]
pub fn nudged_point(
    points: &[TablePoint],
    index: usize,
    frame: PlotFrame,
    (across, up): (f64, f64),
) -> Vec<TablePoint> {
    let Some(&(x, y)) = points.get(index) else {
        return points.to_vec();
    };
    let steps = frame.steps();
    let by = |value: f64, count: f64, step: f64| match count {
        0.0 => value,
        count => rounded(value + count * step, step / 10.0),
    };
    let to = (by(x, across, steps.0), by(y, up, steps.1));
    moved_point(points, index, to)
}

/// The points with another one after one of them, halfway to the next, or as far beyond the last as
/// that is from the one before; and the place of the new one.
#[must_use]
pub fn with_point_after(points: &[TablePoint], index: usize) -> (Vec<TablePoint>, usize) {
    let mut more = points.to_vec();
    let Some(&(x, y)) = points.get(index) else {
        let (x, y) = points.last().copied().unwrap_or_default();
        more.push((x + 1.0, y));
        return (more, points.len());
    };
    let new = match points.get(index + 1) {
        Some(next) => (f64::midpoint(x, next.0), f64::midpoint(y, next.1)),
        None => {
            let before = index.checked_sub(1).and_then(|before| points.get(before));
            (x + before.map_or(1.0, |before| x - before.0), y)
        }
    };
    more.insert(index + 1, new);
    (more, index + 1)
}

/// The points without one; as they are where only two are left.
#[must_use]
pub fn without_point(points: &[TablePoint], index: usize) -> Vec<TablePoint> {
    let mut fewer = points.to_vec();
    if points.len() > 2 && index < points.len() {
        fewer.remove(index);
    }
    fewer
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTS: [TablePoint; 3] = [(0.0, 0.0), (5.0, 20.0), (10.0, 10.0)];

    #[test]
    fn a_place_of_the_plot_is_a_point_and_back() {
        let frame = PlotFrame::around(&POINTS);
        assert_eq!(
            frame,
            PlotFrame {
                x: (-1.0, 11.0),
                y: (-2.0, 22.0)
            }
        );
        for point in POINTS {
            assert_eq!(frame.point_at(frame.share_of(point)), point);
        }
        assert_eq!(frame.point_at((0.123_456, 0.5)), (0.5, 10.0));
        let small = PlotFrame::around(&[(0.0, 0.003), (0.001, 0.004)]);
        assert_eq!(small.point_at((0.5, 0.5)), (0.0005, 0.0035));
        for flat in [&[][..], &[(0.0, 0.0); 2], &[(3.0, -4.0); 2]] {
            let frame = PlotFrame::around(flat);
            assert!(frame.x.0 < frame.x.1 && frame.y.0 < frame.y.1);
        }
    }

    #[test]
    fn a_point_stays_between_its_neighbours() {
        assert_eq!(moved_point(&POINTS, 1, (20.0, -5.0))[1], (10.0, -5.0));
        assert_eq!(moved_point(&POINTS, 1, (-20.0, -5.0))[1], (0.0, -5.0));
        assert_eq!(moved_point(&POINTS, 2, (20.0, 1.0))[2], (20.0, 1.0));
        assert_eq!(moved_point(&POINTS, 7, (20.0, 1.0)), POINTS);
        let frame = PlotFrame::around(&POINTS);
        assert_eq!(frame.steps(), (0.5, 0.5));
        assert_eq!(nudged_point(&POINTS, 1, frame, (1.0, 0.0))[1], (5.5, 20.0));
        assert_eq!(
            nudged_point(&POINTS, 1, frame, (0.0, -10.0))[1],
            (5.0, 15.0)
        );
    }

    #[test]
    fn points_come_and_go() {
        assert_eq!(
            with_point_after(&POINTS, 0),
            (vec![POINTS[0], (2.5, 10.0), POINTS[1], POINTS[2]], 1)
        );
        assert_eq!(with_point_after(&POINTS, 2).0[3], (15.0, 10.0));
        assert_eq!(without_point(&POINTS, 1), [POINTS[0], POINTS[2]]);
        assert_eq!(without_point(&POINTS[..2], 1), POINTS[..2]);
    }
}
