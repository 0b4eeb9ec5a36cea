//! The scenarios of a model: which numbers each has in the place of the model's.

use super::markdown::{heading, table};
use crate::model::{Document, in_sentence, scenario_words};

/// A table of them, in the order in which people see them; nothing where there are none.
pub fn scenarios(out: &mut String, document: &Document) {
    let scenarios = document.scenarios_in_order();
    if scenarios.is_empty() {
        return;
    }
    let rows = scenarios.into_iter().map(|(_, scenario)| {
        let name = in_sentence(&scenario.name);
        vec![name, scenario_words(document, scenario)]
    });
    heading(out, "Scenarios");
    table(out, &["Scenario", "Its numbers"], &rows.collect::<Vec<_>>());
}
