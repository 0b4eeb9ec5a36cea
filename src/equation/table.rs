//! Graphical functions: points, and what lies between and beyond them.

/// How a table is read beside its points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// Straight between the points; the outer values beyond them.
    #[default]
    Between,
    /// Straight between the points; the slope at either end goes on beyond them.
    Beyond,
    /// The value at the next lower x; below the first, its value.
    Lower,
    /// The value at the next higher x; above the last, its value.
    Higher,
}

/// The points of a graphical function, with x in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    points: Vec<(f64, f64)>,
    /// How it is read where the call does not say.
    pub reading: Reading,
    /// Whether x was out of order in the file, and was sorted.
    pub was_out_of_order: bool,
}

impl Table {
    /// A table of points; x out of order is sorted, and equal x stay in their order.
    #[must_use]
    pub fn new(mut points: Vec<(f64, f64)>, reading: Reading) -> Self {
        let is_sorted = points.is_sorted_by(|a, b| a.0 <= b.0);
        if !is_sorted {
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        Self {
            points,
            reading,
            was_out_of_order: !is_sorted,
        }
    }

    /// The points, with x in rising order.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The table with x and y exchanged.
    #[must_use]
    pub fn inverted(&self) -> Self {
        let points = self.points.iter().map(|&(x, y)| (y, x)).collect();
        Self::new(points, self.reading)
    }

    /// The value at x. Not a number, and a table without points, give not a number.
    ///
    /// Where two points have the same x the table jumps: at that x the later one holds.
    /// `last` is the segment that was read before, and is brought up to date: the next x is
    /// mostly near the one before. It changes the speed alone.
    #[must_use]
    pub fn at(&self, x: f64, reading: Reading, last: &mut usize) -> f64 {
        let points = &self.points;
        let (Some(&first), Some(&end)) = (points.first(), points.last()) else {
            return f64::NAN;
        };
        if x.is_nan() {
            return f64::NAN;
        }
        if points.len() == 1 {
            return first.1;
        }
        if x < first.0 {
            return match reading {
                Reading::Beyond => beyond(first, points[1], x),
                _ => first.1,
            };
        }
        if x >= end.0 {
            return match reading {
                Reading::Beyond => beyond(points[points.len() - 2], end, x),
                _ => end.1,
            };
        }
        let is_there = points
            .get(*last)
            .zip(points.get(*last + 1))
            .is_some_and(|(low, high)| low.0 <= x && x < high.0);
        if !is_there {
            // The first is at most x and the last above it, so there is one before and one after.
            *last = points.partition_point(|point| point.0 <= x) - 1;
        }
        let (low, high) = (points[*last], points[*last + 1]);
        match reading {
            Reading::Lower => low.1,
            Reading::Higher if x > low.0 => high.1,
            Reading::Higher => low.1,
            Reading::Between | Reading::Beyond => between(low, high, x),
        }
    }
}

fn between(low: (f64, f64), high: (f64, f64), x: f64) -> f64 {
    low.1 + (x - low.0) * (high.1 - low.1) / (high.0 - low.0)
}

/// On the line through two points; through the nearer one alone where they stand above each other.
fn beyond(low: (f64, f64), high: (f64, f64), x: f64) -> f64 {
    if low.0 == high.0 {
        if x < low.0 { low.1 } else { high.1 }
    } else {
        between(low, high, x)
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, Table};

    fn at(table: &Table, x: f64, reading: Reading) -> f64 {
        let values: Vec<f64> = (0..table.points().len() + 2)
            .map(|mut last| table.at(x, reading, &mut last))
            .collect();
        assert!(
            values
                .windows(2)
                .all(|two| two[0].to_bits() == two[1].to_bits())
        );
        values[0]
    }

    #[test]
    fn between_and_beyond() {
        let table = Table::new(vec![(0.0, 0.0), (1.0, 10.0), (3.0, 20.0)], Reading::Between);
        for (x, between, beyond, lower, higher) in [
            (-1.0, 0.0, -10.0, 0.0, 0.0),
            (0.0, 0.0, 0.0, 0.0, 0.0),
            (0.5, 5.0, 5.0, 0.0, 10.0),
            (1.0, 10.0, 10.0, 10.0, 10.0),
            (2.0, 15.0, 15.0, 10.0, 20.0),
            (3.0, 20.0, 20.0, 20.0, 20.0),
            (5.0, 20.0, 30.0, 20.0, 20.0),
        ] {
            assert_eq!(at(&table, x, Reading::Between), between, "{x}");
            assert_eq!(at(&table, x, Reading::Beyond), beyond, "{x}");
            assert_eq!(at(&table, x, Reading::Lower), lower, "{x}");
            assert_eq!(at(&table, x, Reading::Higher), higher, "{x}");
        }
        assert!(at(&table, f64::NAN, Reading::Between).is_nan());
    }

    #[test]
    fn disorder_jumps_and_nothing() {
        let table = Table::new(
            vec![(2.0, 5.0), (0.0, 1.0), (2.0, 9.0), (4.0, 9.0)],
            Reading::Between,
        );
        assert!(table.was_out_of_order);
        assert_eq!(at(&table, 1.0, Reading::Between), 3.0);
        assert_eq!(at(&table, 2.0, Reading::Between), 9.0);
        assert!(at(&Table::default(), 1.0, Reading::Between).is_nan());
        let one = Table::new(vec![(2.0, 5.0)], Reading::Between);
        assert_eq!(at(&one, -7.0, Reading::Beyond), 5.0);
        assert_eq!(table.inverted().points()[0], (1.0, 0.0));
    }
}
