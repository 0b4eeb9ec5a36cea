//! Lining up what is dragged with what stands there.

use crate::model::{Point, Rect, Vector};

/// A line that shows what lines up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// Where it starts, in world units.
    pub from: Point,
    /// Where it ends, in world units.
    pub to: Point,
}

/// A drag after snapping.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapped {
    /// What to add to the drag, in world units.
    pub shift: Vector,
    /// What to show.
    pub guides: Vec<Guide>,
}

/// Lines a box up with others: middle with middle, side with side, or half way between two
/// neighbours; each axis by itself, within `reach` world units.
#[must_use]
pub fn snap(moving: &Rect, others: &[Rect], reach: f64) -> Snapped {
    let across = best(moving, others, reach, Axis::Across);
    let down = best(moving, others, reach, Axis::Down);
    let shift = Vector::new(
        across.map_or(0.0, |m| m.shift),
        down.map_or(0.0, |m| m.shift),
    );
    let moved = moving.moved(shift);
    let guides = [(across, Axis::Across), (down, Axis::Down)]
        .into_iter()
        .filter_map(|(found, axis)| Some(guide(&found?, axis, &moved)))
        .collect();
    Snapped { shift, guides }
}

#[derive(Clone, Copy)]
enum Axis {
    /// Places along x.
    Across,
    /// Places along y.
    Down,
}

/// What a box lines up with along one axis.
#[derive(Clone, Copy)]
struct Match {
    shift: f64,
    /// Where the guide stands.
    level: f64,
    /// How far the guide must reach besides the moved box.
    partner: Rect,
}

/// Start, middle and end of a box along an axis.
fn stations(rect: &Rect, axis: Axis) -> [f64; 3] {
    match axis {
        Axis::Across => [rect.left, rect.center().x, rect.right],
        Axis::Down => [rect.top, rect.center().y, rect.bottom],
    }
}

fn best(moving: &Rect, others: &[Rect], reach: f64, axis: Axis) -> Option<Match> {
    let own = stations(moving, axis);
    let mut found: Option<Match> = None;
    let mut consider = |candidate: Match| {
        // The middle comes first in the list of stations: of equals the first stays.
        if candidate.shift.abs() <= reach
            && found.is_none_or(|best| candidate.shift.abs() < best.shift.abs() - 1.0e-9)
        {
            found = Some(candidate);
        }
    };
    for other in others {
        let their = stations(other, axis);
        for index in [1, 0, 2] {
            let shift = their[index] - own[index];
            consider(Match {
                shift,
                level: their[index],
                partner: *other,
            });
        }
    }
    let (before, after) = neighbours(moving, others, axis);
    if let (Some(before), Some(after)) = (before, after) {
        let (end, start) = (stations(&before, axis)[2], stations(&after, axis)[0]);
        let level = f64::midpoint(end, start);
        consider(Match {
            shift: level - own[1],
            level,
            partner: before.union(&after),
        });
    }
    found
}

/// The boxes next to the moving one along an axis, among those that share its lane.
fn neighbours(moving: &Rect, others: &[Rect], axis: Axis) -> (Option<Rect>, Option<Rect>) {
    let lane = |rect: &Rect| match axis {
        Axis::Across => rect.top < moving.bottom && rect.bottom > moving.top,
        Axis::Down => rect.left < moving.right && rect.right > moving.left,
    };
    let middle = stations(moving, axis)[1];
    let mut before: Option<Rect> = None;
    let mut after: Option<Rect> = None;
    for other in others.iter().filter(|other| lane(other)) {
        let [start, _, end] = stations(other, axis);
        if end < middle && before.is_none_or(|rect| end > stations(&rect, axis)[2]) {
            before = Some(*other);
        }
        if start > middle && after.is_none_or(|rect| start < stations(&rect, axis)[0]) {
            after = Some(*other);
        }
    }
    (before, after)
}

fn guide(found: &Match, axis: Axis, moved: &Rect) -> Guide {
    let all = found.partner.union(moved);
    match axis {
        Axis::Across => Guide {
            from: Point::new(found.level, all.top),
            to: Point::new(found.level, all.bottom),
        },
        Axis::Down => Guide {
            from: Point::new(all.left, found.level),
            to: Point::new(all.right, found.level),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64, width: f64) -> Rect {
        Rect::centered(Point::new(x, y), width, 20.0)
    }

    #[test]
    fn middles_line_up_within_reach() {
        let snapped = snap(&rect(103.0, 200.0, 50.0), &[rect(100.0, 0.0, 80.0)], 5.0);
        assert_eq!(snapped.shift, Vector::new(-3.0, 0.0));
        assert_eq!(snapped.guides.len(), 1);
        assert_eq!(snapped.guides[0].from.x, 100.0);
    }

    #[test]
    fn nothing_lines_up_beyond_reach() {
        let snapped = snap(&rect(120.0, 200.0, 50.0), &[rect(100.0, 0.0, 80.0)], 4.0);
        assert_eq!(snapped, Snapped::default());
    }

    #[test]
    fn half_way_between_two_neighbours() {
        let others = [rect(0.0, 0.0, 40.0), rect(300.0, 0.0, 80.0)];
        // The gap is from 20 to 260: its middle is 140.
        let snapped = snap(&rect(137.0, 0.0, 30.0), &others, 5.0);
        assert_eq!(snapped.shift, Vector::new(3.0, 0.0));
    }
}
