//! How long a line takes to forget that it began empty.

/// What is to be left out at the start of a row of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarmUp {
    /// So many numbers.
    pub cut: usize,
    /// Whether it is more than half of them: then the run is too short to tell.
    pub is_too_long: bool,
}

/// So many means at the end are never alone: a few alike say nothing.
const LAST: usize = 5;

/// MSER (White 1997, *Simulation* 69): the cut d that makes the sum over i > d of (y_i - mean)² /
/// (n - d)² least, the first of several. With y the means of five numbers each it is MSER-5.
#[must_use]
pub fn mser(numbers: &[f64]) -> WarmUp {
    let count = numbers.len();
    let (mut sum, mut squares) = (0.0, 0.0);
    let mut best = (f64::INFINITY, 0);
    // From the end, so that each cut costs one step. Taken from the overall mean, sums of squares
    // keep their digits.
    let middle = numbers.iter().sum::<f64>() / count.max(1) as f64;
    for cut in (0..count).rev() {
        let y = numbers[cut] - middle;
        sum += y;
        squares += y * y;
        let rest = (count - cut) as f64;
        if count - cut < LAST {
            continue;
        }
        let score = (squares - sum * sum / rest).max(0.0) / (rest * rest);
        if score <= best.0 {
            best = (score, cut);
        }
    }
    WarmUp {
        cut: best.1,
        is_too_long: best.1 * 2 > count,
    }
}

/// The means of each five numbers, as MSER-5 takes them.
#[must_use]
pub fn fives(numbers: &[f64]) -> Vec<f64> {
    let fives = numbers.chunks_exact(5);
    fives.map(|five| five.iter().sum::<f64>() / 5.0).collect()
}

/// The mean at each place over several rows, as far as the shortest goes.
#[must_use]
pub fn mean_over(rows: &[Vec<f64>]) -> Vec<f64> {
    let length = rows.iter().map(Vec::len).min().unwrap_or(0);
    let at = |place: usize| rows.iter().map(|row| row[place]).sum::<f64>() / rows.len() as f64;
    (0..length).map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition.
    fn slow(numbers: &[f64]) -> usize {
        let mut best = (f64::INFINITY, 0);
        for cut in 0..=numbers.len() - LAST {
            let rest = &numbers[cut..];
            let size = rest.len() as f64;
            let mean = rest.iter().sum::<f64>() / size;
            let squares: f64 = rest.iter().map(|y| (y - mean) * (y - mean)).sum();
            if squares / (size * size) < best.0 {
                best = (squares / (size * size), cut);
            }
        }
        best.1
    }

    #[test]
    fn the_cut_is_that_of_the_definition() {
        let mut state = 3_u64;
        for round in 0..200 {
            let numbers: Vec<f64> = (0..60 + round)
                .map(|place| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    let noise = (state >> 40) as f64 / 1.0e7;
                    5.0 - 5.0 * (-(place as f64) / 8.0).exp() + noise
                })
                .collect();
            assert_eq!(mser(&numbers).cut, slow(&numbers));
        }
    }

    #[test]
    fn what_rises_to_the_end_is_too_short() {
        let rising: Vec<f64> = (0..100).map(f64::from).collect();
        assert!(mser(&rising).is_too_long);
        assert_eq!(
            mser(&[2.0; 50]),
            WarmUp {
                cut: 0,
                is_too_long: false
            }
        );
    }
}
