//! What a run gives: a column of values for each variable.

use std::sync::Arc;

/// The first value that is no finite number.
#[derive(Clone, Debug, PartialEq)]
pub struct NonFinite {
    /// The variable in which it arose.
    pub variable: String,
    /// The saved time at which it did.
    pub time: f64,
}

/// The values of all variables at all saved times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    names: Arc<[String]>,
    times: Vec<f64>,
    /// Row after row.
    values: Vec<f64>,
    non_finite: Option<NonFinite>,
}

impl Results {
    pub(super) fn new(names: Arc<[String]>) -> Self {
        Self {
            names,
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, time: f64, values: impl Iterator<Item = f64>) {
        self.times.push(time);
        self.values.extend(values);
    }

    /// Adds rows whose values `read` puts in, row after row.
    pub(super) fn push_rows<E>(
        &mut self,
        times: impl Iterator<Item = f64>,
        width: usize,
        read: impl FnOnce(&mut [f64]) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows = self.times.len();
        self.times.extend(times);
        let at = self.values.len();
        self.values
            .resize(at + (self.times.len() - rows) * width, 0.0);
        read(&mut self.values[at..])
    }

    /// Makes room for rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.times.reserve_exact(rows);
        self.values.reserve_exact(rows * self.names.len());
    }

    /// Takes the rows out; those that come have the same names.
    pub(super) fn take(&mut self) -> Self {
        let names = Arc::clone(&self.names);
        std::mem::replace(self, Self::new(names))
    }

    /// Forgets all rows.
    pub(super) fn clear(&mut self) {
        self.times.clear();
        self.values.clear();
        self.non_finite = None;
    }

    pub(super) fn set_non_finite(&mut self, found: NonFinite) {
        self.non_finite = Some(found);
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The saved times.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// The values at a saved time, by its index, in the order of the names.
    #[must_use]
    pub fn row(&self, index: usize) -> &[f64] {
        let width = self.names.len();
        self.values
            .get(index * width..(index + 1) * width)
            .unwrap_or_default()
    }

    /// The values of a column over time; none where there is no such column.
    pub fn column(&self, index: usize) -> impl Iterator<Item = f64> {
        let width = self.names.len();
        let rows = self.values.chunks_exact(width.max(1));
        rows.filter_map(move |row| row.get(index).copied())
    }

    /// The index of a column, by its name, compared as equations compare names.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        let wanted = crate::equation::Name::new(name);
        self.names
            .iter()
            .position(|known| crate::equation::Name::new(known) == wanted)
    }

    /// Where the first value arose that is no finite number: after it, others follow from it.
    #[must_use]
    pub const fn non_finite(&self) -> Option<&NonFinite> {
        self.non_finite.as_ref()
    }
}
