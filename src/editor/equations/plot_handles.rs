//! Which points of a table have a handle on its plot: as many as can be told apart.

use super::points::PlotFrame;
use crate::model::TablePoint;

/// The points with handles, rising: the chosen one, both ends, and of the others those that stand so
/// far from all before them, in units of a plot of this size. A key goes to each point, and makes it
/// the chosen one.
#[must_use]
pub fn plot_handles(
    points: &[TablePoint],
    frame: PlotFrame,
    (width, height): (f64, f64),
    apart: f64,
    chosen: usize,
) -> Vec<usize> {
    let place = |index: usize| {
        let (across, down) = frame.share_of(points[index]);
        (across * width, down * height)
    };
    let mut kept: Vec<(usize, (f64, f64))> = Vec::new();
    let first = [chosen, 0, points.len().saturating_sub(1)];
    let all = first.into_iter().chain(0..points.len());
    for index in all.filter(|index| *index < points.len()) {
        let here = place(index);
        let is_near = |(_, (x, y)): &(usize, (f64, f64))| {
            (here.0 - x).abs() < apart && (here.1 - y).abs() < apart
        };
        if !kept.iter().any(is_near) {
            kept.push((index, here));
        }
    }
    let mut handles: Vec<usize> = kept.into_iter().map(|(index, _)| index).collect();
    handles.sort_unstable();
    handles
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: (f64, f64) = (300.0, 180.0);

    #[test]
    fn few_points_all_have_one() {
        let points = [(0.0, 0.0), (5.0, 20.0), (10.0, 10.0)];
        let frame = PlotFrame::around(&points);
        assert_eq!(plot_handles(&points, frame, SIZE, 24.0, 1), [0, 1, 2]);
        assert_eq!(plot_handles(&[], frame, SIZE, 24.0, 0), [0; 0]);
    }

    proptest! {
        #[test]
        fn they_can_be_told_apart_and_each_point_can_be_reached(
            ys in prop::collection::vec(-50.0..50.0_f64, 2..2_000),
            chosen in any::<prop::sample::Index>(),
        ) {
            let points: Vec<TablePoint> = (0..).map(f64::from).zip(ys).collect();
            let frame = PlotFrame::around(&points);
            let chosen = chosen.index(points.len());
            let handles = plot_handles(&points, frame, SIZE, 24.0, chosen);
            prop_assert!(handles.contains(&chosen));
            prop_assert!(handles.is_sorted());
            let place = |index: usize| {
                let (across, down) = frame.share_of(points[index]);
                (across * SIZE.0, down * SIZE.1)
            };
            let far = |one: usize, other: usize| {
                let (one, other) = (place(one), place(other));
                (one.0 - other.0).abs() >= 24.0 || (one.1 - other.1).abs() >= 24.0
            };
            for (at, one) in handles.iter().enumerate() {
                prop_assert!(handles[at + 1..].iter().all(|other| far(*one, *other)));
            }
            // No point without a handle could have one.
            for index in (0..points.len()).filter(|index| !handles.contains(index)) {
                prop_assert!(handles.iter().any(|handle| !far(*handle, index)));
            }
        }
    }
}
