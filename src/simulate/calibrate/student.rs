//! Student's distribution and its quantiles.

use crate::stream::normal::{normal_quantile, rising};

/// The share of Student's distribution between -t and t, for whole degrees of freedom: the finite
/// sums of Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
fn within(t: f64, freedom: u32) -> f64 {
    let angle = (t / f64::from(freedom).sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let is_odd = freedom % 2 == 1;
    let mut sum = 0.0;
    let mut term = if is_odd { cosine } else { 1.0 };
    let mut at = u32::from(is_odd);
    while at + 2 <= freedom {
        sum += term;
        term *= cosine * cosine * f64::from(at + 1) / f64::from(at + 2);
        at += 2;
    }
    if is_odd {
        2.0 / std::f64::consts::PI * (angle + sine * sum)
    } else {
        sine * sum
    }
}

/// From so many degrees of freedom on, Student's distribution is taken for the normal one.
const MANY: u32 = 100_000;

/// How far from 0 a share of Student's distribution lies within, for some degrees of freedom from 1.
pub(super) fn quantile(share: f64, freedom: u32) -> f64 {
    if freedom >= MANY {
        return -normal_quantile((1.0 - share) / 2.0);
    }
    rising(0.0, 1e6, |t| within(t, freedom) - share)
}

#[cfg(test)]
mod tests {
    use super::{quantile, within};

    #[test]
    fn students_quantiles_are_those_of_tables() {
        for (freedom, wanted) in [
            (1, 12.706_204_736),
            (2, 4.302_652_730),
            (3, 3.182_446_305),
            (10, 2.228_138_852),
            (29, 2.045_229_642),
            (120, 1.979_930_405),
            (1_000_000, 1.959_963_985),
        ] {
            let found = quantile(0.95, freedom);
            assert!((found - wanted).abs() < 1e-8, "{freedom} {found}");
            if freedom < 1_000 {
                assert!((within(found, freedom) - 0.95).abs() < 1e-13);
            }
        }
    }
}
