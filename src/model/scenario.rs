//! A scenario: numbers that variables have in the place of their equations, under a name.

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::id::Id;
use super::keyed_list::{Keyed, KeyedList};
use super::quantity::number_text;
use super::record::{is_default, record};
use super::spoken::in_sentence;

/// A number that a variable has in the place of its equation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioValue {
    /// The variable; of an array all its elements have the number.
    pub about: Id,
    /// The number, in the unit of the variable; at most 10¹² either way.
    pub value: f64,
}

impl Keyed for ScenarioValue {
    type Key = Id;

    fn key(&self) -> Id {
        self.about
    }

    fn about(&self) -> Id {
        self.about
    }

    fn of(self, about: Id) -> Self {
        Self { about, ..self }
    }
}

/// The numbers of a scenario: of a variable once, in the order of ids.
pub type ScenarioValues = KeyedList<ScenarioValue>;

record! {
    /// A named set of numbers for a run, compared with the run of the document as it is.
    #[derive(Default)]
    pub struct Scenario {
        /// Its name, such as "Twice the hiring"; may be empty.
        pub name: String,
        /// Its place in the list: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// The numbers.
        #[serde(default, skip_serializing_if = "is_default")]
        pub values: ScenarioValues,
    }
}

/// The numbers of a scenario in words, such as "Market 500, Stay 20".
#[must_use]
pub fn scenario_words(document: &Document, scenario: &Scenario) -> String {
    let words = scenario.values.iter().filter_map(|value| {
        let variable = document.variables().get(&value.about)?;
        let (name, number) = (in_sentence(&variable.name), number_text(value.value));
        Some(format!("{name} {number}"))
    });
    words.collect::<Vec<_>>().join(", ")
}
