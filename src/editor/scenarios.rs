//! Scenarios of a model: keeping one, copying it, and making the document so.

use crate::model::{
    Document, Edit, Element, Id, IdSource, Patch, Scenario, ScenarioValues, exact_text,
};

use super::improvements::KeepAs;
use super::typing::one_line;

/// Keeps a scenario under a name; gives its id.
#[must_use]
pub fn keep_scenario(
    document: &Document,
    keep: KeepAs,
    name: &str,
    values: ScenarioValues,
    ids: &mut IdSource,
) -> (Id, Patch) {
    let standing = match keep {
        KeepAs::New => None,
        KeepAs::Saved(id) => document.scenarios().get(&id).map(|before| (id, before)),
    };
    let (id, before, place) = match standing {
        Some((id, before)) => (id, Some(before.clone()), before.place),
        None => (ids.fresh(), None, next_place(document)),
    };
    let after = Scenario {
        name: one_line(name),
        place,
        values,
    };
    let before = before.map(Element::Scenario);
    (id, Patch::of(id, before, Some(Element::Scenario(after))))
}

/// Makes the document as a scenario has it: the equation of each of its variables becomes the number.
/// One step of the history.
#[must_use]
pub fn write_scenario(document: &Document, values: &ScenarioValues) -> Patch {
    let mut edit = Edit::new(document);
    for value in values.iter() {
        edit.change(value.about, |element| {
            if let Element::Variable(variable) = element {
                variable.equation = exact_text(value.value);
            }
        });
    }
    edit.finish()
}

fn next_place(document: &Document) -> i32 {
    let places = document.scenarios().values().map(|one| one.place);
    places.max().map_or(0, |last| last.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ScenarioValue, Variable};

    #[test]
    fn a_scenario_is_kept_changed_and_written() {
        let mut ids = IdSource::new(1);
        let id = ids.fresh();
        let variable = Variable {
            name: "Rate".to_owned(),
            equation: "0.1".to_owned(),
            ..Variable::default()
        };
        let mut document = Document::default();
        let patch = Patch::of(id, None, Some(Element::Variable(variable)));
        document.apply(&patch).unwrap();
        let value = |value| ScenarioValues::new([ScenarioValue { about: id, value }]);
        let (first, patch) = keep_scenario(&document, KeepAs::New, " Twice ", value(0.2), &mut ids);
        document.apply(&patch).unwrap();
        let (again, patch) = keep_scenario(
            &document,
            KeepAs::Saved(first),
            "Half",
            value(-0.5),
            &mut ids,
        );
        assert_eq!(first, again);
        document.apply(&patch).unwrap();
        assert_eq!(document.scenarios()[&first].name, "Half");
        let values = document.scenarios()[&first].values.clone();
        document.apply(&write_scenario(&document, &values)).unwrap();
        assert_eq!(document.variables()[&id].equation, "-0.5");
    }
}
