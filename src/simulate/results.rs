//! What a run gives: a column of values for each variable.

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
    names: Vec<String>,
    times: Vec<f64>,
    /// Row after row.
    values: Vec<f64>,
    non_finite: Option<NonFinite>,
}

impl Results {
    pub(super) fn new(names: Vec<String>) -> Self {
        Self {
            names,
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, time: f64, values: impl Iterator<Item = f64>) {
        self.times.push(time);
        self.values.extend(values);
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
