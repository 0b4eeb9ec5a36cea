//! Two maps compared, as the page shows it.

use serde::{Deserialize, Serialize};

use super::list::{Picture, Table};
use crate::compare::Part;
use crate::model::Vector;

/// Two maps compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The one and the other, or before and after, with what differs marked.
    pub pictures: Vec<Picture>,
    /// How large each picture is, in world units.
    pub page: Vector,
    /// The figures that differ, with how much; without rows where none does.
    pub figures: Table,
    /// The figures that are the same.
    pub equal: Table,
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
