//! Removes the overlaps of boxes, moving no more than it takes.

use std::f64::consts::TAU;

use crate::model::{MAXIMUM_COORDINATE, Point, Rect, Vector};

use super::chord::gap;

/// The least paper between two boxes, in world units.
const PAPER: f64 = 8.0;
/// How often overlapping pairs are pushed before the rest looks for a free place.
const PUSHES: usize = 60;

/// Moves middles until no two boxes come nearer than a little paper; what is held stays, and what
/// stands elsewhere (`taken`) is kept clear of. Only things that are held can overlap afterwards.
pub(super) fn remove_overlaps(
    positions: &mut [Point],
    halves: &[Vector],
    held: &[bool],
    taken: &[Rect],
) {
    for _ in 0..PUSHES {
        if !push(positions, halves, held) {
            break;
        }
    }
    for number in 0..positions.len() {
        if held[number] {
            continue;
        }
        let clear = |positions: &[Point], at: Point| {
            let rect = box_at(at, halves[number]).grown(PAPER);
            let free = |other: usize| {
                // What comes later will look for a place itself, unless it is held.
                let waits = other >= number && !held[other];
                waits || !rect.intersects(&box_at(positions[other], halves[other]))
            };
            (0..positions.len()).all(|other| other == number || free(other))
                && !taken.iter().any(|other| rect.intersects(other))
        };
        let at = positions[number];
        positions[number] = nearest(at, halves[number], |at| clear(positions, at));
    }
}

/// The box of a thing.
pub(super) fn box_at(at: Point, half: Vector) -> Rect {
    Rect::centered(at, 2.0 * half.x, 2.0 * half.y)
}

/// The place nearest to one at which a condition holds, by rings of growing size; the place itself
/// where there is none in reach. A box of half that size stays on the canvas.
pub(super) fn nearest(at: Point, half: Vector, clear: impl Fn(Point) -> bool) -> Point {
    const RINGS: i32 = 4_000;
    let limit = |half: f64| (MAXIMUM_COORDINATE - half).max(0.0);
    let (wide, high) = (limit(half.x), limit(half.y));
    let at = Point::new(at.x.clamp(-wide, wide), at.y.clamp(-high, high));
    if clear(at) {
        return at;
    }
    let mut radius = 0.0;
    for ring in 0..RINGS {
        // The farther away, the less exact: so even a crowded canvas is left soon.
        radius += 6.0 + f64::from(ring) * 0.5;
        for step in 0..32 {
            let offset = Vector::from_angle(f64::from(step) * TAU / 32.0) * radius;
            let there = at + offset;
            if there.x.abs() <= wide && there.y.abs() <= high && clear(there) {
                return there;
            }
        }
    }
    at
}

/// Pushes every overlapping pair apart along the axis on which less is missing; false when there
/// was none.
fn push(positions: &mut [Point], halves: &[Vector], held: &[bool]) -> bool {
    let mut pushed = false;
    for one in 0..positions.len() {
        for other in one + 1..positions.len() {
            let offset = positions[other] - positions[one];
            if held[one] && held[other] || gap(offset, halves[one], halves[other]) >= PAPER {
                continue;
            }
            pushed = true;
            let missing =
                |offset: f64, one: f64, other: f64| one + other + PAPER + 0.01 - offset.abs();
            let x = missing(offset.x, halves[one].x, halves[other].x);
            let y = missing(offset.y, halves[one].y, halves[other].y);
            let push = if x < y {
                Vector::new(if offset.x < 0.0 { -x } else { x }, 0.0)
            } else {
                Vector::new(0.0, if offset.y < 0.0 { -y } else { y })
            };
            match (held[one], held[other]) {
                (false, true) => positions[one] = positions[one] - push,
                (true, _) => positions[other] = positions[other] + push,
                (false, false) => {
                    positions[one] = positions[one] - push / 2.0;
                    positions[other] = positions[other] + push / 2.0;
                }
            }
        }
    }
    pushed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn nothing_overlaps_and_what_is_held_stays(
            boxes in proptest::collection::vec(
                ((-200.0..200.0_f64, -100.0..100.0_f64), (30.0..90.0_f64, 10.0..30.0_f64), 0..9_u8),
                1..30,
            ),
        ) {
            let mut positions: Vec<Point> = boxes.iter().map(|(at, ..)| Point::new(at.0, at.1)).collect();
            let halves: Vec<Vector> = boxes.iter().map(|(_, half, _)| Vector::new(half.0, half.1)).collect();
            let held: Vec<bool> = boxes.iter().map(|(.., kind)| *kind == 0).collect();
            let before = positions.clone();
            let taken = [Rect::centered(Point::new(0.0, 0.0), 80.0, 80.0)];
            remove_overlaps(&mut positions, &halves, &held, &taken);
            for one in 0..positions.len() {
                if held[one] {
                    prop_assert_eq!(positions[one], before[one]);
                    continue;
                }
                let rect = box_at(positions[one], halves[one]);
                prop_assert!(!rect.intersects(&taken[0]));
                for other in 0..positions.len() {
                    prop_assert!(one == other || !rect.intersects(&box_at(positions[other], halves[other])));
                }
            }
        }
    }

    #[test]
    fn what_is_apart_stays() {
        let mut positions = [Point::new(0.0, 0.0), Point::new(100.0, 0.0)];
        let halves = [Vector::new(30.0, 10.0); 2];
        let before = positions;
        remove_overlaps(&mut positions, &halves, &[false; 2], &[]);
        assert_eq!(positions, before);
    }
}
