//! What a text says of the variables of a document.

use crate::equation::{Reading, Table};
use crate::format::stated::StatedEquation;
use crate::model::{Document, Id, Records, TableFunction, TableKind};

/// What a text says, and what its variables are called in a run.
#[derive(Debug, Default)]
pub struct Told {
    /// By variable.
    pub equations: Records<StatedEquation>,
    /// Names of a run, each with the variable of the document.
    pub names: Vec<(String, Id)>,
}

/// The names of a document that was drawn here.
pub fn told_of_drawn(document: &Document) -> Told {
    let variables = document.variables().iter();
    let named = variables.filter(|(_, variable)| !variable.name.trim().is_empty());
    Told {
        equations: Records::new(),
        names: named
            .map(|(id, variable)| (variable.name.clone(), *id))
            .collect(),
    }
}

/// A table as a document has it; none where it has too few points.
pub fn table_function(table: &Table) -> Option<TableFunction> {
    let kind = match table.reading {
        Reading::Between => TableKind::Continuous,
        Reading::Beyond => TableKind::Extrapolated,
        Reading::Lower | Reading::Higher => TableKind::Steps,
    };
    let points = table.points();
    (2..=TableFunction::MOST_POINTS)
        .contains(&points.len())
        .then(|| TableFunction {
            kind,
            points: points.into(),
        })
}
