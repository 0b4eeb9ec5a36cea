//! Small systems of linear equations whose matrix is symmetric and positive: Cholesky's way.

/// A pivot so small against its diagonal says that a row is made of others.
const LEAST_PIVOT: f64 = 1e-12;

/// The lower triangle L of a matrix that is L times its transpose.
#[derive(Clone, Debug)]
pub(super) struct Cholesky {
    size: usize,
    /// Row after row, also what is above the diagonal, which is 0.
    lower: Vec<f64>,
}

impl Cholesky {
    /// Takes a matrix apart, row after row; none where its rows are made of each other, or
    /// something in it is no number.
    pub(super) fn of(matrix: &[f64], size: usize) -> Option<Self> {
        let mut lower = vec![0.0; size * size];
        for row in 0..size {
            for column in 0..=row {
                let mut sum = matrix[row * size + column];
                for at in 0..column {
                    sum -= lower[row * size + at] * lower[column * size + at];
                }
                if row == column {
                    // So that what is no number is refused too.
                    let is_sound = sum > LEAST_PIVOT * matrix[row * size + row];
                    if !is_sound || !sum.is_finite() {
                        return None;
                    }
                    lower[row * size + row] = sum.sqrt();
                } else {
                    lower[row * size + column] = sum / lower[column * size + column];
                }
            }
        }
        Some(Self { size, lower })
    }

    /// The x with matrix · x = right.
    pub(super) fn solved(&self, right: &[f64]) -> Vec<f64> {
        let size = self.size;
        let mut x = right.to_vec();
        for row in 0..size {
            for at in 0..row {
                x[row] -= self.lower[row * size + at] * x[at];
            }
            x[row] /= self.lower[row * size + row];
        }
        for row in (0..size).rev() {
            for at in row + 1..size {
                x[row] -= self.lower[at * size + row] * x[at];
            }
            x[row] /= self.lower[row * size + row];
        }
        x
    }

    /// The inverse of the matrix, row after row.
    pub(super) fn inverse(&self) -> Vec<f64> {
        let mut inverse = Vec::with_capacity(self.size * self.size);
        for row in 0..self.size {
            let mut unit = vec![0.0; self.size];
            unit[row] = 1.0;
            inverse.extend(self.solved(&unit));
        }
        inverse
    }
}

#[cfg(test)]
mod tests {
    use super::Cholesky;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_solution_solves(
            size in 1_usize..7,
            numbers in proptest::collection::vec(-3.0..3.0_f64, 60),
        ) {
            // A transpose times itself, and a bit of the diagonal.
            let of = |row: usize, column: usize| -> f64 {
                let product: f64 = (0..size)
                    .map(|at| numbers[at * size + row] * numbers[at * size + column])
                    .sum();
                product + if row == column { 0.5 } else { 0.0 }
            };
            let cells = (0..size * size).map(|at| of(at / size, at % size));
            let matrix: Vec<f64> = cells.collect();
            let taken = Cholesky::of(&matrix, size).unwrap();
            let right = &numbers[50..50 + size];
            let x = taken.solved(right);
            let inverse = taken.inverse();
            for row in 0..size {
                let product: f64 = (0..size).map(|at| matrix[row * size + at] * x[at]).sum();
                prop_assert!((product - right[row]).abs() < 1e-9);
                let same: f64 = (0..size).map(|at| inverse[row * size + at] * right[at]).sum();
                prop_assert!((same - x[row]).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn rows_that_are_made_of_each_other_are_seen() {
        assert!(Cholesky::of(&[1.0, 2.0, 2.0, 4.0], 2).is_none());
        assert!(Cholesky::of(&[1.0, f64::NAN, f64::NAN, 4.0], 2).is_none());
        assert!(Cholesky::of(&[0.0], 1).is_none());
        assert!(Cholesky::of(&[1.0, 1.0, 1.0, 4.0], 2).is_some());
    }
}
