//! What of an equation's surroundings a document takes: ranges and tables.

use thiserror::Error;

use crate::model::{MAXIMUM_AMOUNT, TableFunction, ValueRange};

/// Why a table cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnfitTable {
    /// It has too few points.
    #[error("A table has at least two points")]
    TooFew,
    /// It has too many.
    #[error("A table has at most {} points", TableFunction::MOST_POINTS)]
    TooMany,
    /// A number is not finite, or too large.
    #[error("A number is too large for a table")]
    TooLarge,
    /// A range ends before it begins.
    #[error("The least value is above the greatest")]
    Turned,
}

/// A table as it is kept: its points by x, those of one x in their order.
///
/// # Errors
/// It has too few points, too many, or a number that is too large.
pub fn fit_table(mut table: TableFunction) -> Result<TableFunction, UnfitTable> {
    match table.points.len() {
        0..2 => return Err(UnfitTable::TooFew),
        count if count > TableFunction::MOST_POINTS => return Err(UnfitTable::TooMany),
        _ => {}
    }
    if !table.points.iter().all(|(x, y)| is_fit(*x) && is_fit(*y)) {
        return Err(UnfitTable::TooLarge);
    }
    table.points.sort_by(|one, other| one.0.total_cmp(&other.0));
    Ok(table)
}

/// A range as it is kept.
///
/// # Errors
/// Its least value is above its greatest, or a number is too large.
pub fn fit_range(range: ValueRange) -> Result<ValueRange, UnfitTable> {
    if !is_fit(range.least) || !is_fit(range.most) {
        Err(UnfitTable::TooLarge)
    } else if range.least > range.most {
        Err(UnfitTable::Turned)
    } else {
        Ok(range)
    }
}

/// Whether a document takes the number.
fn is_fit(number: f64) -> bool {
    number.is_finite() && number.abs() <= MAXIMUM_AMOUNT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_put_in_order_and_bad_ones_are_refused() {
        let table = |points: &[(f64, f64)]| TableFunction {
            kind: crate::model::TableKind::Continuous,
            points: points.into(),
        };
        let fit = fit_table(table(&[(2.0, 1.0), (0.0, 5.0), (2.0, 3.0)])).unwrap();
        assert_eq!(*fit.points, [(0.0, 5.0), (2.0, 1.0), (2.0, 3.0)]);
        assert_eq!(fit_table(table(&[(1.0, 1.0)])), Err(UnfitTable::TooFew));
        let large = table(&[(1.0, 1.0), (f64::INFINITY, 1.0)]);
        assert_eq!(fit_table(large), Err(UnfitTable::TooLarge));
        let many = vec![(0.0, 0.0); TableFunction::MOST_POINTS + 1];
        assert_eq!(fit_table(table(&many)), Err(UnfitTable::TooMany));
        let range = |least, most| fit_range(ValueRange { least, most });
        assert!(range(1.0, 1.0).is_ok());
        assert_eq!(range(2.0, 1.0), Err(UnfitTable::Turned));
    }
}
