//! What people wrote that makes a document computable, over what its text says.

use crate::model::{Document, RunSettings, Variable};

/// Whether somebody wrote an equation for a variable.
pub fn has_equation(variable: &Variable) -> bool {
    !variable.equation.trim().is_empty()
}

/// Whether a variable has something that a run or its units need and that is not in a kept text.
pub fn is_computed(variable: &Variable) -> bool {
    has_equation(variable)
        || !variable.units.trim().is_empty()
        || variable.range.is_some()
        || variable.table.is_some()
        || variable.non_negative
}

/// Whether nobody wrote anything that makes a document computable.
pub fn is_uncomputed(document: &Document) -> bool {
    let run = &document.properties().run;
    *run == RunSettings::default() && !document.variables().values().any(is_computed)
}

/// Whether something in a document is to be computed.
pub fn is_model(document: &Document) -> bool {
    let mut variables = document.variables().values();
    variables.any(|variable| has_equation(variable) || variable.table.is_some())
}

/// A number as both formats read it: exact, and without an exponent where it is short.
pub fn number_text(number: f64) -> String {
    // Adding zero makes no -0.
    let number = number + 0.0;
    let plain = number.to_string();
    let short = format!("{number:e}");
    if plain.len() > short.len() + 4 {
        short
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_and_short() {
        for (number, text) in [
            (0.25, "0.25"),
            (-0.0, "0"),
            (1e-9, "1e-9"),
            (100.0, "100"),
            (1.0e12, "1e12"),
            (1.0 / 3.0, "0.3333333333333333"),
        ] {
            assert_eq!(number_text(number), text);
            assert_eq!(number_text(number).parse::<f64>(), Ok(number));
        }
    }
}
