//! Functions that the distributions rest on: the gamma and the beta function, whole and in part.

use crate::stream::normal::{normal_quantile, rising};

/// Where series and fractions stop: a term that changes nothing any more.
const SMALL: f64 = 1e-16;
/// A number in the place of 0 in a continued fraction.
const TINY: f64 = 1e-300;
/// More terms than this are never needed in the ranges that occur.
const MOST_TERMS: u32 = 20_000;

/// The logarithm of the gamma function, for x over 0: Stirling's series after moving x up
/// (Abramowitz & Stegun 1964, 6.1.41); good to about 1e-15 of the larger of it and 1.
pub(super) fn ln_gamma(x: f64) -> f64 {
    let mut moved = x;
    let mut product = 1.0;
    while moved < 12.0 {
        product *= moved;
        moved += 1.0;
    }
    let square = 1.0 / (moved * moved);
    let series = (1.0 / 12.0
        - square
            * (1.0 / 360.0
                - square
                    * (1.0 / 1260.0
                        - square
                            * (1.0 / 1680.0
                                - square * (1.0 / 1188.0 - square * 691.0 / 360_360.0)))))
        / moved;
    (moved - 0.5) * moved.ln() - moved + 0.5 * (2.0 * std::f64::consts::PI).ln() + series
        - product.ln()
}

/// The share of a gamma distribution of this shape and scale 1 that is below x, and the share above:
/// the lesser of the two is accurate (Abramowitz & Stegun 1964, 6.5.29 and 6.5.31).
pub(super) fn gamma_parts(shape: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    let front = (shape * x.ln() - x - ln_gamma(shape)).exp();
    if x < shape + 1.0 {
        let mut term = 1.0 / shape;
        let mut sum = term;
        let mut next = shape;
        for _ in 0..MOST_TERMS {
            next += 1.0;
            term *= x / next;
            sum += term;
            if term < sum * SMALL {
                break;
            }
        }
        let below = front * sum;
        return (below, 1.0 - below);
    }
    let mut b = x + 1.0 - shape;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut fraction = d;
    for term in 1..MOST_TERMS {
        let n = f64::from(term);
        let a = -n * (n - shape);
        b += 2.0;
        d = 1.0 / not_zero(a * d + b);
        c = not_zero(b + a / c);
        let factor = d * c;
        fraction *= factor;
        if (factor - 1.0).abs() < SMALL {
            break;
        }
    }
    let above = front * fraction;
    (1.0 - above, above)
}

/// The share of a beta distribution with these two shapes that is below x: the continued fraction of
/// the incomplete beta function (Abramowitz & Stegun 1964, 26.5.8), by the method of Lentz.
pub(super) fn beta_below(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let ln_front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p();
    let front = ln_front.exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, 1.0 - x) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let (sum, above, below) = (a + b, a + 1.0, a - 1.0);
    let mut c = 1.0;
    let mut d = 1.0 / not_zero(1.0 - sum * x / above);
    let mut fraction = d;
    for term in 1..MOST_TERMS {
        let m = f64::from(term);
        let twice = 2.0 * m;
        let even = m * (b - m) * x / ((below + twice) * (a + twice));
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (sum + m) * x / ((a + twice) * (above + twice));
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        let factor = d * c;
        fraction *= factor;
        if (factor - 1.0).abs() < SMALL {
            break;
        }
    }
    fraction
}

fn not_zero(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

/// The quantile of a gamma distribution with scale 1: by Newton's steps within a bracket, in the
/// logarithm of x, so that small shapes keep their digits. 0 where it is under the least number.
pub(super) fn gamma_quantile(shape: f64, share: f64) -> f64 {
    // For small x the share is x^shape / (shape gamma(shape)), but for a factor under 1.
    let low = (share.ln() + ln_gamma(shape + 1.0)) / shape;
    if low < -700.0 {
        return low.exp();
    }
    let guess = wilson_hilferty(shape, share);
    let start = if guess > 0.0 { guess.ln() } else { low };
    let ln_front = ln_gamma(shape);
    let upper = share > 0.5;
    let aim = if upper { 1.0 - share } else { share };
    newton(low - 1e-9, 50.0_f64.max(low + 1.0), start.max(low), |y| {
        let x = y.exp();
        let (below, above) = gamma_parts(shape, x);
        let slope = (shape * y - x - ln_front).exp();
        let gap = if upper { aim - above } else { below - aim };
        (gap, slope)
    })
    .exp()
}

/// Wilson & Hilferty (1931): the cube root of a gamma variable is nearly normal.
fn wilson_hilferty(shape: f64, share: f64) -> f64 {
    let part = 1.0 / (9.0 * shape);
    let root = 1.0 - part + normal_quantile(share) * part.sqrt();
    shape * root * root * root
}

/// The quantile of a beta distribution with these two shapes, each at least 1.
pub(super) fn beta_quantile(a: f64, b: f64, share: f64) -> f64 {
    if share > 0.5 {
        return 1.0 - beta_lower(b, a, 1.0 - share);
    }
    beta_lower(a, b, share)
}

/// The same for a share up to a half, in the logarithm of x.
fn beta_lower(a: f64, b: f64, share: f64) -> f64 {
    let ln_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    // (1 - x)^(b - 1) is at most 1, so the share is at most x^a / (a B).
    let low = (share.ln() + a.ln() + ln_beta) / a;
    newton(low.min(0.0) - 1e-9, 0.0, low.min(-1e-3), |y| {
        let x = y.exp();
        let slope = (a * y + (b - 1.0) * (-x).ln_1p() - ln_beta).exp();
        (beta_below(a, b, x) - share, slope)
    })
    .exp()
}

/// Where a rising function is 0: Newton's steps, and the middle of the bracket where a step leaves
/// it or does not halve it in time.
fn newton(mut low: f64, mut high: f64, start: f64, value: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start;
    for round in 0..200 {
        let (gap, slope) = value(x);
        if gap == 0.0 {
            return x;
        }
        if gap < 0.0 {
            low = x;
        } else {
            high = x;
        }
        let step = x - gap / slope;
        let is_inside = step > low && step < high;
        let next = if is_inside && round < 60 {
            step
        } else {
            low + (high - low) / 2.0
        };
        if (next - x).abs() <= 2e-16 * x.abs() + 1e-17 || next <= low || next >= high {
            return next;
        }
        x = next;
    }
    x
}

/// The quantile of Student's t distribution with so many degrees of freedom, for a share from 0 to
/// 1 (neither): from the incomplete beta function (Abramowitz & Stegun 1964, 26.7.1).
pub(super) fn t_quantile(freedom: f64, share: f64) -> f64 {
    if share < 0.5 {
        return -t_quantile(freedom, 1.0 - share);
    }
    let above = 1.0 - share;
    rising(0.0, 1e9, |t| {
        let part = freedom / (freedom + t * t);
        above - 0.5 * beta_below(freedom / 2.0, 0.5, part)
    })
}

/// The standard normal quantile: algorithm AS 241 (Wichura 1988, *Applied Statistics* 37), good to
/// about 16 digits and much quicker than a search. For a share from 0 to 1, neither.
pub(super) fn quick_normal_quantile(share: f64) -> f64 {
    let middle = share - 0.5;
    if middle.abs() <= 0.425 {
        let r = 0.180_625 - middle * middle;
        return middle * polynomial(&CENTRE, r) / polynomial(&CENTRE_BELOW, r);
    }
    let tail = if middle < 0.0 { share } else { 1.0 - share };
    let root = (-tail.ln()).sqrt();
    let size = if root <= 5.0 {
        polynomial(&NEAR, root - 1.6) / polynomial(&NEAR_BELOW, root - 1.6)
    } else {
        polynomial(&FAR, root - 5.0) / polynomial(&FAR_BELOW, root - 5.0)
    };
    if middle < 0.0 { -size } else { size }
}

fn polynomial(factors: &[f64; 8], x: f64) -> f64 {
    let falling = factors.iter().rev();
    falling.fold(0.0, |sum, factor| sum * x + factor)
}

const CENTRE: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_BELOW: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_66e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const NEAR: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const NEAR_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64, part: f64) -> bool {
        (one - other).abs() <= part * other.abs().max(1e-300)
    }

    #[test]
    fn the_quick_normal_quantile_is_the_searched_one() {
        for step in 1..2_000 {
            let share = f64::from(step) / 2_000.0;
            let (quick, slow) = (quick_normal_quantile(share), normal_quantile(share));
            // Near 3 the search loses digits: it takes a half less nearly a half.
            assert!((quick - slow).abs() < 1e-13, "{share} {quick} {slow}");
        }
        for share in [1e-300, 1e-100, 1e-20, 1e-12, 1e-9, 1e-6, 1e-4] {
            let (quick, slow) = (quick_normal_quantile(share), normal_quantile(share));
            assert!(near(quick, slow, 1e-14), "{share} {quick} {slow}");
        }
    }

    #[test]
    fn gamma_of_whole_numbers_and_halves() {
        let mut factorial: f64 = 1.0;
        for n in 1..30 {
            let x = f64::from(n);
            assert!((ln_gamma(x) - factorial.ln()).abs() < 1e-13 * factorial.ln().max(1.0));
            factorial *= x;
        }
        let half = std::f64::consts::PI.sqrt().ln();
        assert!((ln_gamma(0.5) - half).abs() < 1e-14);
        assert!(near(ln_gamma(1e-3), 6.907_178_885_383_854, 1e-14));
    }

    #[test]
    fn the_share_below_of_an_erlang_distribution_is_its_sum() {
        // 1 - exp(-x) sum x^k / k!
        for shape in 1..8 {
            for x in [0.1_f64, 0.9, 2.0, 5.0, 12.0, 30.0] {
                let mut term = (-x).exp();
                let mut above = 0.0;
                for k in 0..shape {
                    above += term;
                    term *= x / f64::from(k + 1);
                }
                let (_, found) = gamma_parts(f64::from(shape), x);
                assert!(near(found, above, 1e-12), "{shape} {x} {found} {above}");
            }
        }
    }

    #[test]
    fn the_share_below_of_a_whole_beta_distribution_is_a_binomial_sum() {
        // I_x(a, b) is the chance of at least a in a + b - 1 tries.
        for (a, b) in [(1_u32, 1_u32), (2, 3), (5, 1), (3, 3), (1, 5)] {
            for x in [0.01_f64, 0.2, 0.5, 0.77, 0.99] {
                let tries = a + b - 1;
                let mut sum = 0.0;
                for count in a..=tries {
                    let choose = (0..count)
                        .map(|i| f64::from(tries - i) / f64::from(count - i))
                        .product::<f64>();
                    let (hits, rest) = (count as i32, (tries - count) as i32);
                    sum += choose * x.powi(hits) * (1.0 - x).powi(rest);
                }
                assert!(near(beta_below(f64::from(a), f64::from(b), x), sum, 1e-12));
            }
        }
    }

    #[test]
    fn quantiles_go_back_to_their_shares() {
        let shares = [1e-12, 1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 0.999_999];
        for share in shares {
            for shape in [0.05, 0.3, 1.0, 2.0, 4.5, 30.0, 400.0, 1e4] {
                let x = gamma_quantile(shape, share);
                let (below, above) = gamma_parts(shape, x);
                let good = if share < 0.5 {
                    near(below, share, 1e-9)
                } else {
                    near(above, 1.0 - share, 1e-9)
                };
                assert!(good, "gamma {shape} {share} {x} {below} {above}");
            }
            for (a, b) in [(1.0, 5.0), (1.5, 4.5), (3.0, 3.0), (5.0, 1.0), (2.2, 3.8)] {
                let x = beta_quantile(a, b, share);
                assert!(
                    (beta_below(a, b, x) - share).abs() < 1e-11 * share.max(1e-3),
                    "beta {a} {b} {share} {x}"
                );
            }
        }
    }

    #[test]
    fn quantiles_of_t_are_those_of_the_tables() {
        for (freedom, share, table) in [
            (1.0, 0.975, 12.706_204_736),
            (9.0, 0.975, 2.262_157_163),
            (19.0, 0.995, 2.860_934_606),
            (29.0, 0.95, 1.699_127_027),
            (1e7, 0.975, 1.959_964_1),
        ] {
            let found = t_quantile(freedom, share);
            assert!(near(found, table, 2e-7), "{freedom} {share} {found}");
            assert_eq!(
                t_quantile(freedom, 1.0 - share).to_bits(),
                (-t_quantile(freedom, 1.0 - (1.0 - share))).to_bits()
            );
        }
    }
}
