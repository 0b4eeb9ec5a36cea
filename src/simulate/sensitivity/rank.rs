//! Which parameters a result hangs on most: correlations of ranks.

use crate::equation::Name;
use crate::simulate::linear::Cholesky;

/// How a result goes with each parameter, the strongest first. These are statistics of the sample:
/// with other numbers they are others, and with few runs they say little.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// How many runs were counted: those whose result is a finite number.
    pub count: usize,
    /// The parameters.
    pub parameters: Vec<Ranked>,
}

/// How a result goes with a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The parameter.
    pub name: Name,
    /// Spearman's correlation of ranks, from -1 to 1; none where the parameter or the result is the
    /// same in all runs.
    pub spearman: Option<f64>,
    /// The partial correlation of ranks, from -1 to 1: what is left when the ranks of all other
    /// parameters are taken out of both by a linear fit. None where the runs are too few for it,
    /// or parameters go with each other exactly.
    pub partial: Option<f64>,
}

/// What is left of a sum of squares that ought to be 0, through rounding.
const ROUNDING: f64 = 1e-13;

/// Ranks from 1; equal values share the mean of theirs.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let mut end = first + 1;
        while end < order.len() && values[order[end]] == values[order[first]] {
            end += 1;
        }
        let mean = (first + 1 + end) as f64 / 2.0;
        for &at in &order[first..end] {
            ranks[at] = mean;
        }
        first = end;
    }
    ranks
}

/// Values less their mean, with a length of 1; none where all are the same.
fn standardised(values: &[f64]) -> Option<Vec<f64>> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let centred: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let length = product(&centred, &centred).sqrt();
    (length > 0.0).then(|| centred.iter().map(|value| value / length).collect())
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Ranks parameters, each a column of numbers, by how a result goes with them.
pub(super) fn ranking(names: &[Name], columns: &[Vec<f64>], result: &[f64]) -> Ranking {
    // 0 and -0 are the same number.
    let of = |values: &[f64]| {
        let values: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
        standardised(&ranks(&values))
    };
    let result_ranks = of(result);
    let column_ranks: Vec<Option<Vec<f64>>> = columns.iter().map(|column| of(column)).collect();
    let varied: Vec<usize> = (0..columns.len())
        .filter(|&at| column_ranks[at].is_some())
        .collect();
    let varied_ranks: Vec<&[f64]> = column_ranks.iter().flatten().map(Vec::as_slice).collect();
    let mut partials = vec![None; columns.len()];
    if let Some(result_ranks) = &result_ranks
        && let Some(found) = partial(&varied_ranks, result_ranks)
    {
        for (&at, found) in varied.iter().zip(found) {
            partials[at] = Some(found);
        }
    }
    let mut parameters: Vec<Ranked> = names
        .iter()
        .zip(&column_ranks)
        .zip(partials)
        .map(|((name, ranks), partial)| {
            let both = ranks.as_deref().zip(result_ranks.as_deref());
            Ranked {
                name: name.clone(),
                spearman: both.map(|(a, b)| product(a, b).clamp(-1.0, 1.0)),
                partial,
            }
        })
        .collect();
    let strength = |one: &Ranked| one.partial.or(one.spearman).map_or(-1.0, f64::abs);
    parameters.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    Ranking {
        count: result.len(),
        parameters,
    }
}

/// Partial correlations, from the linear fit of the result by all columns: the share of a
/// coefficient's square in what it and the rest of the fit leave.
fn partial(columns: &[&[f64]], result: &[f64]) -> Option<Vec<f64>> {
    let size = columns.len();
    if result.len() < size + 2 {
        return None;
    }
    let cells = columns
        .iter()
        .flat_map(|a| columns.iter().map(|b| product(a, b)));
    let matrix: Vec<f64> = cells.collect();
    let taken = Cholesky::of(&matrix, size)?;
    let inverse = taken.inverse();
    let right: Vec<f64> = columns
        .iter()
        .map(|column| product(column, result))
        .collect();
    let fitted = taken.solved(&right);
    let rest = (1.0 - product(&fitted, &right)).max(ROUNDING);
    let found = fitted.iter().enumerate().map(|(at, own)| {
        let spread = rest * inverse[at * size + at];
        own / (own * own + spread).sqrt()
    });
    Some(found.collect())
}

#[cfg(test)]
mod tests {
    use super::{ranking, ranks};
    use crate::equation::Name;

    #[test]
    fn equal_values_share_a_rank() {
        assert_eq!(ranks(&[5.0, 1.0, 5.0, 0.0, 5.0]), [4.0, 2.0, 4.0, 1.0, 4.0]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn what_cannot_be_known_is_not_known() {
        let names = [Name::new("a"), Name::new("b")];
        let (up, same) = (vec![1.0, 2.0, 3.0, 4.0], vec![7.0; 4]);
        let found = ranking(&names, &[up.clone(), same.clone()], &[1.0, 8.0, 27.0, 64.0]);
        assert_eq!(found.parameters[0].spearman, Some(1.0));
        assert!(found.parameters[0].partial.unwrap() > 1.0 - 1e-12);
        assert_eq!(found.parameters[1].spearman, None);
        assert_eq!(found.parameters[1].partial, None);
        // The result is the same in all runs.
        let found = ranking(&names, &[up.clone(), up.clone()], &same);
        assert!(found.parameters.iter().all(|one| one.spearman.is_none()));
        // Two parameters that go with each other cannot be told apart.
        let found = ranking(&names, &[up.clone(), up], &[1.0, 3.0, 2.0, 4.0]);
        assert!(found.parameters.iter().all(|one| one.partial.is_none()));
        assert!(found.parameters.iter().all(|one| one.spearman == Some(0.8)));
    }
}
