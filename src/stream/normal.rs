//! The normal distribution and its quantiles.

/// The density of the standard normal distribution.
fn density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The share of a standard normal distribution above x.
///
/// Near the middle the series of its integral, further out the continued fraction of Laplace
/// (Abramowitz & Stegun 1964, 26.2.11 and 26.2.14).
#[must_use]
pub fn above(x: f64) -> f64 {
    if x < 0.0 {
        return 1.0 - above(-x);
    }
    if x > 3.0 {
        let mut fraction = x;
        for term in (1..=80).rev() {
            fraction = x + f64::from(term) / fraction;
        }
        return density(x) / fraction;
    }
    let mut term = x;
    let mut sum = x;
    let mut odd = 1.0;
    while term > 1e-17 * sum {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
    }
    0.5 - density(x) * sum
}

/// The share of a standard normal distribution below x.
#[must_use]
pub fn below(x: f64) -> f64 {
    above(-x)
}

/// What a share from 0 to 1 of a standard normal distribution is below: minus infinity for 0,
/// infinity for 1.
#[must_use]
pub fn normal_quantile(share: f64) -> f64 {
    if share > 0.5 {
        // 1 less a share above a half is exact.
        return -normal_quantile(1.0 - share);
    }
    if share <= 0.0 {
        return if share == 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::NAN
        };
    }
    // The distance below the middle, between 0 and where the smallest share lies.
    -rising(0.0, 40.0, |distance| share - above(distance))
}

/// Where a rising function is 0: halving an interval until there is no number between its ends.
#[must_use]
pub fn rising(mut low: f64, mut high: f64, value: impl Fn(f64) -> f64) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if value(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{above, below, density, normal_quantile};

    #[test]
    fn shares_of_the_normal_distribution_are_those_of_its_density() {
        // Simpson's rule over small steps.
        let parts = 400_000;
        let (from, to) = (-1.0, 30.0);
        let width = (to - from) / f64::from(parts);
        let mut sum = 0.0;
        for part in (0..parts).rev() {
            let x = from + f64::from(part) * width;
            let middle = density(x + width / 2.0);
            sum += width / 6.0 * (density(x) + 4.0 * middle + density(x + width));
            if part % 5_000 == 0 && x < 20.0 {
                assert!(
                    (above(x) / sum - 1.0).abs() < 1e-11,
                    "{x} {} {sum}",
                    above(x)
                );
            }
        }
        assert_eq!(above(0.0), 0.5);
        assert_eq!(above(1.5), below(-1.5));
    }

    #[test]
    fn a_quantile_goes_back_to_its_share() {
        for share in [
            1e-300, 1e-20, 1e-9, 0.001, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999_999,
        ] {
            let back = below(normal_quantile(share));
            assert!((back / share - 1.0).abs() < 1e-12, "{share} {back}");
        }
        // A table's digits.
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((normal_quantile(1e-10) + 6.361_340_902_404_056).abs() < 1e-12);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
    }
}
