//! Two maps compared, as the page shows it.

use serde::{Deserialize, Serialize};

use super::list::{Picture, Table};
use crate::compare::Part;

/// Two maps compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Ours and the other, with what differs marked.
    pub pictures: Vec<Picture>,
    /// The figures of both; without rows where neither has any.
    pub figures: Table,
    /// What differs.
    pub parts: Vec<Differing>,
}

/// A part that differs, and can be taken over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Differing {
    /// Which part.
    pub part: Part,
    /// What it is called.
    pub name: String,
    /// How it differs.
    pub how: String,
}
