//! Figures that are drawn in one way wherever they are taught: people know them by their shape.

use std::collections::BTreeSet;

use crate::model::{Point, Vector};

/// From middle to middle of two variables on top of each other, with room for the badge of their
/// loop between the arcs, in world units.
const DOWN: f64 = 190.0;
/// The paper between the upright line and the side effect beside it, in world units.
const BESIDE: f64 = 130.0;

/// Where the variables of a known figure stand, around the origin; nothing for any other.
///
/// Shifting the burden has the problem symptom in the middle, the quick fix above it and the
/// fundamental solution below, and the side effect beside them (Senge 1990, *The Fifth Discipline*,
/// appendix 2). Known by its links alone: with other signs it is drawn as well like this. Without a
/// variable for the side effect a link would lead past the symptom, and the search finds better.
pub(super) fn places(halves: &[Vector], links: &[(u32, u32)]) -> Option<Vec<Point>> {
    const COUNT: u32 = 4;
    if halves.len() != COUNT as usize {
        return None;
    }
    let given: BTreeSet<(u32, u32)> = links.iter().copied().collect();
    if given.len() != links.len() {
        return None;
    }
    let all = || 0..COUNT;
    let casts = all().flat_map(|symptom| {
        let pairs = all().flat_map(|quick| all().map(move |fundamental| (quick, fundamental)));
        pairs.map(move |(quick, fundamental)| [symptom, quick, fundamental])
    });
    let (cast, side) = casts
        .filter_map(|cast| {
            let mut left = all().filter(|at| !cast.contains(at));
            let side = left.next()?;
            // Two are left where one is cast twice.
            left.next().is_none().then_some((cast, side))
        })
        .find(|([symptom, quick, fundamental], side)| {
            let (s, q, f) = (*symptom, *quick, *fundamental);
            let burden = [(s, q), (q, s), (s, f), (f, s), (q, *side), (*side, f)];
            BTreeSet::from(burden) == given
        })?;
    let [_, quick, fundamental] = cast;
    let widest = cast.iter().map(|at| halves[*at as usize].x);
    let widest = widest.fold(0.0, f64::max);
    let place = |at: u32| match at {
        at if at == quick => Point::new(0.0, -DOWN),
        at if at == fundamental => Point::new(0.0, DOWN),
        at if at == side => Point::new(widest + BESIDE + halves[at as usize].x, 0.0),
        _ => Point::default(),
    };
    Some(all().map(place).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HALVES: [Vector; 4] = [Vector::new(50.0, 15.0); 4];

    #[test]
    fn shifting_the_burden_stands_upright_with_its_side_effect_beside_it() {
        // Side effect, fundamental, quick, symptom: found whatever their numbers are.
        let links = [(3, 2), (2, 3), (3, 1), (1, 3), (2, 0), (0, 1)];
        let places = places(&HALVES, &links).unwrap();
        assert_eq!(places[3], Point::default());
        assert_eq!(places[2], Point::new(0.0, -DOWN));
        assert_eq!(places[1], Point::new(0.0, DOWN));
        assert!(places[0].x > 100.0 && places[0].y == 0.0);
    }

    proptest! {
        /// One link more, one less or one twice is another figure.
        #[test]
        fn nothing_else_is_taken_for_it(at in 0_usize..6, from in 0_u32..4, to in 0_u32..4) {
            let burden = [(3, 2), (2, 3), (3, 1), (1, 3), (2, 0), (0, 1)];
            let mut less = burden.to_vec();
            less.remove(at);
            prop_assert_eq!(places(&HALVES, &less), None);
            let mut more = burden.to_vec();
            more.push((from, to));
            prop_assert_eq!(places(&HALVES, &more), None);
        }
    }
}
