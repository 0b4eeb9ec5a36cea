//! Packs parts that nothing joins beside each other.

use crate::model::{Point, Rect, Vector};

use super::remove_overlaps::nearest;

/// Paper between two parts, in world units.
const GAP: f64 = 70.0;
/// How much wider than high the whole should be.
const ASPECT: f64 = 1.6;

/// How far to move each part so that they stand in rows around a middle, the highest first, clear
/// of what is taken.
///
/// Rows after the shelves of Coffman, Garey, Johnson & Tarjan (1980), next fit by falling height.
pub(super) fn in_rows(parts: &[Rect], middle: Point, taken: &[Rect]) -> Vec<Vector> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|one, other| parts[*other].height().total_cmp(&parts[*one].height()));
    let area: f64 = parts
        .iter()
        .map(|part| (part.width() + GAP) * (part.height() + GAP))
        .sum();
    let widest = parts.iter().map(Rect::width).fold(0.0, f64::max);
    let width = (area * ASPECT).sqrt().max(widest);
    let mut corners = vec![Point::default(); parts.len()];
    let (mut right, mut top, mut height) = (0.0, 0.0, 0.0_f64);
    for index in order {
        let part = &parts[index];
        // What is much lower than its row starts one of its own.
        let small = part.height() < 0.4 * height;
        if right > 0.0 && (right + part.width() > width || small) {
            top += height + GAP;
            (right, height) = (0.0, 0.0);
        }
        corners[index] = Point::new(right, top);
        right += part.width() + GAP;
        height = height.max(part.height());
    }
    let whole = corners
        .iter()
        .zip(parts)
        .map(|(corner, part)| {
            Rect::from_points(*corner, *corner + Vector::new(part.width(), part.height()))
        })
        .reduce(|one, other| one.union(&other));
    let Some(whole) = whole else {
        return Vec::new();
    };
    let half = Vector::new(whole.width() / 2.0, whole.height() / 2.0);
    let clear = |at: Point| {
        let rect = Rect::centered(at, whole.width() + GAP, whole.height() + GAP);
        !taken.iter().any(|other| other.intersects(&rect))
    };
    let shift = nearest(middle, half, clear) - whole.center();
    let moves = corners.iter().zip(parts);
    moves
        .map(|(corner, part)| *corner + shift - Point::new(part.left, part.top))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn parts_do_not_overlap(
            parts in proptest::collection::vec(
                ((-300.0..300.0_f64, -300.0..300.0_f64), (10.0..400.0_f64, 10.0..400.0_f64)), 1..12,
            ),
        ) {
            let parts: Vec<Rect> = parts
                .iter()
                .map(|(at, size)| Rect::centered(Point::new(at.0, at.1), size.0, size.1))
                .collect();
            let taken = [Rect::centered(Point::new(50.0, 20.0), 200.0, 100.0)];
            let moves = in_rows(&parts, Point::default(), &taken);
            let moved: Vec<Rect> = parts.iter().zip(&moves).map(|(part, offset)| part.moved(*offset)).collect();
            for (index, one) in moved.iter().enumerate() {
                prop_assert!(!one.intersects(&taken[0]));
                prop_assert!(!moved[index + 1..].iter().any(|other| one.intersects(other)));
            }
        }
    }
}
