//! Sine and cosine with little code.
//!
//! The standard library's are right for every angle there is, with four kilobytes of the digits of
//! pi. Angles on a canvas are a few turns at most: here the whole quarter turns are taken off in
//! two steps (Cody & Waite 1980), and the same polynomials do the rest (fdlibm, Sun 1993).

/// The first 33 bits of a quarter turn, so that a multiple of it is exact.
const QUARTER: f64 = 1.570_796_326_734_125_6;
/// What is missing to a quarter turn.
const REST: f64 = 6.077_100_506_506_192e-11;

const SINE: [f64; 6] = [
    -1.666_666_666_666_663_2e-1,
    8.333_333_333_322_49e-3,
    -1.984_126_982_985_795e-4,
    2.755_731_370_707_007e-6,
    -2.505_076_025_340_686_3e-8,
    1.589_690_995_211_55e-10,
];
const COSINE: [f64; 6] = [
    4.166_666_666_666_66e-2,
    -1.388_888_888_887_411e-3,
    2.480_158_728_947_673e-5,
    -2.755_731_435_139_066_3e-7,
    2.087_572_321_298_175e-9,
    -1.135_964_755_778_819_5e-11,
];

/// The sine and the cosine of an angle in radians, to the last bit or the one before it; of more
/// than some thousand turns less exactly.
#[must_use]
pub fn sine_and_cosine(angle: f64) -> (f64, f64) {
    let quarters = (angle * std::f64::consts::FRAC_2_PI).round();
    let rest = (angle - quarters * QUARTER) - quarters * REST;
    let square = rest * rest;
    let sum = |terms: [f64; 6]| {
        terms
            .iter()
            .rev()
            .fold(0.0, |sum, term| sum * square + term)
    };
    let sine = rest + rest * square * sum(SINE);
    let cosine = 1.0 - (square / 2.0 - square * square * sum(COSINE));
    match quarters.rem_euclid(4.0) {
        1.0 => (cosine, -sine),
        2.0 => (-sine, -cosine),
        3.0 => (-cosine, sine),
        _ => (sine, cosine),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn it_is_as_the_standard_library_has_it(angle in -100.0..100.0_f64) {
            let (sine, cosine) = sine_and_cosine(angle);
            prop_assert!((sine - angle.sin()).abs() < 4.0e-16, "{sine} {}", angle.sin());
            prop_assert!((cosine - angle.cos()).abs() < 4.0e-16, "{cosine} {}", angle.cos());
        }
    }

    #[test]
    fn the_quarters() {
        let quarter = std::f64::consts::FRAC_PI_2;
        for turn in -8..8 {
            let angle = f64::from(turn) * quarter;
            let (sine, cosine) = sine_and_cosine(angle);
            assert!((sine - angle.sin()).abs() < 1e-16 && (cosine - angle.cos()).abs() < 1e-16);
        }
        assert_eq!(sine_and_cosine(0.0), (0.0, 1.0));
        assert!(sine_and_cosine(f64::NAN).0.is_nan());
        assert!(sine_and_cosine(f64::INFINITY).0.is_nan());
    }
}
