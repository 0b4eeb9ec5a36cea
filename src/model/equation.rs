//! What makes a variable computable beside its equation: a table, and a range of its values.

use serde::{Deserialize, Serialize};

use super::flaw::{FieldFlaw, Flaw};
use super::measure::MAXIMUM_AMOUNT;
use super::record::{is_default, merge_as_a_whole};

/// What a table gives between its points and beyond them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TableKind {
    /// Straight between points, the value of the last point beyond it.
    #[default]
    Continuous,
    /// Straight between points, and on along the last two beyond them.
    Extrapolated,
    /// The value of the point before.
    Steps,
}

/// A point of a table: x and y.
pub type TablePoint = (f64, f64);

/// A graphical function: what a variable is for each value of its equation, or a function that
/// other equations call by the variable's name where it has no equation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TableFunction {
    /// What it gives between points and beyond them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: TableKind,
    /// Its points, x never falling; at least two. Two points of one x are a jump.
    pub points: Box<[TablePoint]>,
}

impl TableFunction {
    /// The most points.
    pub const MOST_POINTS: usize = 2_000;

    /// What is wrong with it.
    pub(super) fn flaws(&self) -> Vec<FieldFlaw> {
        let range = -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT;
        let numbers = self.points.iter().enumerate();
        let numbers = numbers.flat_map(|(place, (x, y))| [(place, *x), (place, *y)]);
        let flaws = numbers.filter_map(|(place, number)| {
            let flaw = Flaw::of_number(number, &range)?;
            Some(FieldFlaw::new(format!("table.points.{place}"), flaw))
        });
        let mut flaws: Vec<_> = flaws.collect();
        let count = self.points.len();
        if !(2..=Self::MOST_POINTS).contains(&count) {
            let most = Self::MOST_POINTS as f64;
            let flaw = Flaw::of_number(count as f64, &(2.0..=most));
            flaws.extend(flaw.map(|flaw| FieldFlaw::new("table.points", flaw)));
        }
        if self.points.windows(2).any(|pair| pair[0].0 > pair[1].0) {
            flaws.push(FieldFlaw::new("table.points", Flaw::NotInOrder));
        }
        flaws
    }
}

/// Between which values a variable is expected, and a slider goes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ValueRange {
    /// The least value.
    pub least: f64,
    /// The greatest value; not below the least.
    pub most: f64,
}

impl ValueRange {
    /// What is wrong with it.
    pub(super) fn flaws(self) -> Vec<FieldFlaw> {
        let range = -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT;
        let numbers = [("range.least", self.least), ("range.most", self.most)];
        let flaws = numbers.into_iter().filter_map(|(field, number)| {
            let flaw = Flaw::of_number(number, &range)?;
            Some(FieldFlaw::new(field, flaw))
        });
        let turned = (self.least > self.most).then(|| {
            let flaw = Flaw::NotInOrder;
            FieldFlaw::new("range.most", flaw)
        });
        flaws.chain(turned).collect()
    }
}

merge_as_a_whole!(TableKind, TableFunction, ValueRange);
