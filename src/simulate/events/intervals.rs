//! Means with their intervals, from replications that hang on nothing but their numbers.

use super::special::t_quantile;

/// A mean over replications, and how far the true one may be from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The mean.
    pub mean: f64,
    /// Half the width of the interval: of so many intervals as the level says, the true mean is
    /// in it.
    pub half_width: f64,
    /// The level, such as 0.95.
    pub level: f64,
    /// How many replications it is from.
    pub count: usize,
}

impl Interval {
    /// The t interval of numbers that hang on nothing but chance, one for each replication
    /// (Law, *Simulation Modeling and Analysis*, ch. 9); none of nothing, and without a bound of
    /// one.
    #[must_use]
    pub fn of(numbers: &[f64], level: f64) -> Option<Self> {
        let count = numbers.len();
        let size = count as f64;
        if numbers.is_empty() {
            return None;
        }
        let mean = numbers.iter().sum::<f64>() / size;
        let half_width = if count < 2 {
            f64::INFINITY
        } else {
            let squares = numbers.iter().map(|x| (x - mean) * (x - mean));
            let variance = squares.sum::<f64>() / (size - 1.0);
            if variance == 0.0 {
                0.0
            } else {
                t_quantile(size - 1.0, f64::midpoint(1.0, level)) * (variance / size).sqrt()
            }
        };
        Some(Self {
            mean,
            half_width,
            level,
            count,
        })
    }

    /// Where it begins.
    #[must_use]
    pub fn low(&self) -> f64 {
        self.mean - self.half_width
    }

    /// Where it ends.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.mean + self.half_width
    }

    /// Whether a number is in it.
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        self.low() <= number && number <= self.high()
    }

    /// Half its width as a part of the mean.
    #[must_use]
    pub fn relative(&self) -> f64 {
        if self.half_width == 0.0 {
            0.0
        } else {
            self.half_width / self.mean.abs()
        }
    }
}

/// The interval of a mean over time from one long run, by so many batches (20 to 30 is usual), and
/// the correlation of neighbouring batches: far from 0, the batches are too short. None of fewer
/// than two numbers a batch.
#[must_use]
pub fn batch_means(numbers: &[f64], batches: usize, level: f64) -> Option<(Interval, f64)> {
    let size = numbers.len() / batches.max(1);
    if size < 2 || batches < 2 {
        return None;
    }
    // What is left over at the start is left out.
    let from = numbers.len() - size * batches;
    let means: Vec<f64> = numbers[from..]
        .chunks_exact(size)
        .map(|batch| batch.iter().sum::<f64>() / size as f64)
        .collect();
    let interval = Interval::of(&means, level)?;
    Some((interval, lag_one(&means)))
}

/// The correlation of neighbours in a row of numbers; 0 where nothing varies.
#[must_use]
pub fn lag_one(numbers: &[f64]) -> f64 {
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    let squares: f64 = numbers.iter().map(|x| (x - mean) * (x - mean)).sum();
    let pairs = numbers.windows(2);
    let products: f64 = pairs.map(|pair| (pair[0] - mean) * (pair[1] - mean)).sum();
    if squares > 0.0 {
        products / squares
    } else {
        0.0
    }
}
