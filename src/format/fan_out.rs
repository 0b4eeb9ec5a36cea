//! Links apart that would lie on each other.

use crate::model::{Id, Link, Records};

/// Four decimals: far below a pixel, and short in a file.
pub fn rounded(bend: f64) -> f64 {
    (bend * 1.0e4).round() / 1.0e4
}

/// Bends apart the links of the same two variables that would lie on each other.
///
/// The first of them stays as it is. Of more than a few dozen between the same variables the rest
/// stay where they are: nobody could tell them apart.
#[derive(Debug, Default)]
pub struct FanOut {
    // Of the lesser variable and the greater one: the bends seen on the way from the lesser.
    taken: Records<Records<Vec<f64>>>,
}

impl FanOut {
    /// How far apart the bends of two links are at least.
    const APART: f64 = 0.04;
    /// How far a link is moved at a time.
    const STEP: f64 = 0.12;
    const MOST: usize = 32;

    /// The bend of one more link: its own, or the next that is free.
    pub fn bend(&mut self, from: Id, to: Id, bend: f64) -> f64 {
        let sign = if from <= to { 1.0 } else { -1.0 };
        let shape = if from == to { Shape::Ring } else { Shape::Arc };
        let taken = self.taken.entry(from.min(to)).or_default();
        let taken = taken.entry(from.max(to)).or_default();
        if taken.len() >= Self::MOST {
            return bend;
        }
        // Away from the chord first: there is more room outside.
        let outwards = Self::STEP.copysign(bend * sign);
        let placed = (0..=2 * Self::MOST)
            .flat_map(|step| {
                #[expect(clippy::cast_precision_loss, reason = "a small number")]
                let distance = outwards * step as f64;
                [bend * sign + distance, bend * sign - distance]
            })
            .map(|bend| {
                rounded(match shape {
                    Shape::Ring => bend.rem_euclid(1.0),
                    Shape::Arc => bend,
                })
            })
            .filter(|bend| bend.abs() <= Link::MAXIMUM_BEND)
            .find(|bend| taken.iter().all(|other| apart(*bend, *other, shape)))
            .unwrap_or(bend * sign);
        taken.push(placed);
        // Never -0.
        placed * sign + 0.0
    }
}

/// What a bend means: of a ring, a direction that comes round again.
#[derive(Clone, Copy)]
enum Shape {
    Arc,
    Ring,
}

fn apart(bend: f64, other: f64, shape: Shape) -> bool {
    let distance = (bend - other).abs();
    let distance = match shape {
        Shape::Ring => distance.min(1.0 - distance),
        Shape::Arc => distance,
    };
    distance >= FanOut::APART
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_on_each_other_are_fanned_out() {
        let (a, b) = (Id::from_bits(1), Id::from_bits(2));
        let mut fan_out = FanOut::default();
        assert_eq!(fan_out.bend(a, b, 0.2), 0.2);
        // The same curve, drawn the other way.
        assert_eq!(fan_out.bend(b, a, -0.2), -0.32);
        assert_eq!(fan_out.bend(a, b, 0.2), 0.08);
        assert_eq!(fan_out.bend(b, a, 0.2), 0.2);
        assert_eq!(fan_out.bend(a, a, 0.0), 0.0);
        assert_eq!(fan_out.bend(a, a, 0.99), 0.11);
    }

    #[test]
    fn dozens_of_links_all_differ() {
        let (a, b) = (Id::from_bits(1), Id::from_bits(2));
        let mut fan_out = FanOut::default();
        let mut bends: Vec<f64> = (0..FanOut::MOST).map(|_| fan_out.bend(a, b, 0.3)).collect();
        bends.sort_by(f64::total_cmp);
        assert!(
            bends
                .windows(2)
                .all(|pair| pair[1] - pair[0] >= FanOut::APART - 1.0e-9)
        );
    }
}
