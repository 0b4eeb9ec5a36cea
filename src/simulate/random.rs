//! Random numbers that are the same in every run with the same seed.

use super::arithmetic::Draw;

/// How often a draw outside of its bounds is drawn again, before it is put on the nearer bound.
const TRIES: u32 = 1_000;

/// A series of random numbers: `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Series {
    state: u64,
}

impl Series {
    /// A series of its own for each run and place, whatever the others draw.
    pub(crate) fn new(seed: u64, place: u64) -> Self {
        let mut series = Self { state: seed };
        let start = series.next() ^ place.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self { state: start }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to 1, neither of them.
    pub(crate) fn unit(&mut self) -> f64 {
        let bits = (self.next() >> 12) as f64;
        (bits + 0.5) / 4_503_599_627_370_496.0
    }

    /// Box and Muller (1958).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.unit().ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.unit()).cos()
    }

    /// Knuth's product for small means; the normal approximation above.
    fn poisson(&mut self, mean: f64) -> f64 {
        if mean.is_nan() || mean < 0.0 {
            return f64::NAN;
        }
        if mean > 500.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0);
        }
        let least = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0.0;
        while product > least {
            product *= self.unit();
            count += 1.0;
        }
        count
    }

    /// A number of a distribution; what it needs is listed with each.
    pub(crate) fn draw(&mut self, draw: Draw, items: &[f64]) -> f64 {
        match (draw, items) {
            (Draw::Uniform, &[low, high]) => low + (high - low) * self.unit(),
            (Draw::Normal, &[low, high, mean, deviation]) => {
                self.within(low, high, |own| mean + deviation * own.normal())
            }
            (Draw::LogNormal, &[mean, deviation]) => {
                let ratio = deviation / mean;
                let variance = (1.0 + ratio * ratio).ln();
                let middle = mean.ln() - variance / 2.0;
                (middle + variance.sqrt() * self.normal()).exp()
            }
            (Draw::Exponential, &[low, high, shift, stretch]) => {
                self.within(low, high, |own| shift - stretch * own.unit().ln())
            }
            (Draw::Poisson, &[low, high, mean, shift, stretch]) => {
                self.within(low, high, |own| shift + stretch * own.poisson(mean))
            }
            _ => f64::NAN,
        }
    }

    fn within(&mut self, low: f64, high: f64, draw: impl Fn(&mut Self) -> f64) -> f64 {
        let mut number = f64::NAN;
        for _ in 0..TRIES {
            number = draw(self);
            if number.is_nan() || (low <= number && number <= high) {
                return number;
            }
        }
        number.max(low).min(high)
    }
}

#[cfg(test)]
mod tests {
    use super::Series;
    use crate::simulate::arithmetic::Draw;

    /// Mean and variance of many draws.
    fn moments(draw: Draw, items: &[f64]) -> (f64, f64) {
        let mut series = Series::new(7, 1);
        let numbers: Vec<f64> = (0..200_000).map(|_| series.draw(draw, items)).collect();
        let count = 200_000.0;
        let mean = numbers.iter().sum::<f64>() / count;
        let variance = numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        (mean, variance)
    }

    #[test]
    fn the_moments_are_those_of_the_distributions() {
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        for (draw, items, mean, variance) in [
            (Draw::Uniform, &[2.0, 8.0][..], 5.0, 3.0),
            (Draw::Normal, &[low, high, 3.0, 2.0], 3.0, 4.0),
            (Draw::LogNormal, &[5.0, 2.0], 5.0, 4.0),
            (Draw::Exponential, &[low, high, 1.0, 2.0], 3.0, 4.0),
            (Draw::Poisson, &[low, high, 3.0, 1.0, 2.0], 7.0, 12.0),
            (Draw::Poisson, &[low, high, 900.0, 0.0, 1.0], 900.0, 900.0),
            // Half of a normal distribution.
            (
                Draw::Normal,
                &[0.0, high, 0.0, 1.0],
                0.797_884_56,
                0.363_380_23,
            ),
        ] {
            let (found, spread) = moments(draw, items);
            assert!((found - mean).abs() < 0.02 * mean, "{draw:?} {found}");
            assert!(
                (spread - variance).abs() < 0.03 * variance,
                "{draw:?} {spread}"
            );
        }
    }

    #[test]
    fn a_series_hangs_on_seed_and_place_alone() {
        let first = |seed, place| Series::new(seed, place).draw(Draw::Uniform, &[0.0, 1.0]);
        assert_eq!(first(1, 2), first(1, 2));
        assert_ne!(first(1, 2), first(1, 3));
        assert_ne!(first(1, 2), first(2, 2));
    }
}
