//! A scenario: numbers that variables have in the place of their equations, under a name.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::record::{Merge, is_default, record};

/// A number that a variable has in the place of its equation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScenarioValue {
    /// The variable; of an array all its elements have the number.
    pub about: Id,
    /// The number, in the unit of the variable; at most 10¹² either way.
    pub value: f64,
}

/// The numbers of a scenario: of a variable once, in the order of ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ScenarioValues(Box<[ScenarioValue]>);

impl ScenarioValues {
    /// These numbers; of two for one variable the later one counts.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = ScenarioValue>) -> Self {
        let mut kept: Vec<ScenarioValue> = Vec::new();
        for value in values {
            match kept.binary_search_by_key(&value.about, |one| one.about) {
                Ok(place) => kept[place] = value,
                Err(place) => kept.insert(place, value),
            }
        }
        Self(kept.into())
    }

    /// The numbers, in the order of ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &ScenarioValue> {
        self.0.iter()
    }

    /// Nothing is changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many variables have a number.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// The first number that is out of order or there twice, counted from zero.
    #[must_use]
    pub fn out_of_order(&self) -> Option<usize> {
        let mut pairs = self.0.windows(2);
        let place = pairs.position(|pair| pair[0].about >= pair[1].about)?;
        Some(place + 1)
    }

    /// The numbers of variables that `keeps` holds for.
    #[must_use]
    pub fn of(&self, keeps: impl Fn(Id) -> bool) -> Self {
        let kept = self.0.iter().copied();
        Self(kept.filter(|value| keeps(value.about)).collect())
    }

    /// The same numbers of variables that have other ids.
    #[must_use]
    pub fn renamed(&self, mut now: impl FnMut(Id) -> Id) -> Self {
        Self::new(self.0.iter().map(|value| ScenarioValue {
            about: now(value.about),
            ..*value
        }))
    }
}

impl Merge for ScenarioValues {
    /// Variable by variable.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let find = |of: &Self, id| of.0.iter().find(|value| value.about == id).copied();
        let mut merged = current.0.to_vec();
        for id in before.0.iter().chain(&after.0).map(|value| value.about) {
            let after = find(after, id);
            if find(before, id) != after {
                merged.retain(|value| value.about != id);
                merged.extend(after);
            }
        }
        Self::new(merged)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_there_once_and_merge_one_by_one() {
        let value = |id, value| ScenarioValue {
            about: Id::from_bits(id),
            value,
        };
        let before = ScenarioValues::new([value(1, 0.5)]);
        let after = ScenarioValues::new([value(2, 1.0), value(1, 0.5)]);
        let current = ScenarioValues::new([value(1, 0.4)]);
        let merged = Merge::merged(&before, &after, &current);
        assert!(
            merged.iter().eq(&[value(1, 0.4), value(2, 1.0)]),
            "{merged:?}"
        );
        assert_eq!(merged.out_of_order(), None);
        let twice = ScenarioValues(vec![value(1, 0.4); 2].into());
        assert_eq!(twice.out_of_order(), Some(1));
    }
}
