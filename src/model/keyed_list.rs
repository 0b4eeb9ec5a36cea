//! Values about records, each there once: in the order of their keys, merged one by one.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::record::{Merge, leave_out_common};

/// A value about a record.
pub trait Keyed: Clone + PartialEq {
    /// What it is told apart by: the record it is about, and of several about one what they are of
    /// it.
    type Key: Copy + Ord;

    /// What it is told apart by.
    fn key(&self) -> Self::Key;

    /// The record that it is about.
    fn about(&self) -> Id;

    /// The same about another record.
    #[must_use]
    fn of(self, about: Id) -> Self;

    /// What comes of three versions of one that stands in all of them, where the first two differ: as a
    /// whole the second, unless it is merged field by field.
    #[must_use]
    fn brought(before: &Self, after: &Self, current: &Self) -> Self {
        let _ = (before, current);
        after.clone()
    }
}

/// Values about records: of one key once, in the order of keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyedList<T>(Box<[T]>);

impl<T> Default for KeyedList<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T: Keyed> KeyedList<T> {
    /// These values; of two with one key the later one counts.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = T>) -> Self {
        let mut kept: Vec<T> = Vec::new();
        for value in values {
            match kept.binary_search_by_key(&value.key(), T::key) {
                Ok(place) => kept[place] = value,
                Err(place) => kept.insert(place, value),
            }
        }
        Self(kept.into())
    }

    /// The values, in the order of keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.0.iter()
    }

    /// There are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// The first value that is out of order or there twice, counted from zero.
    #[must_use]
    pub fn out_of_order(&self) -> Option<usize> {
        let mut pairs = self.0.windows(2);
        let place = pairs.position(|pair| pair[0].key() >= pair[1].key())?;
        Some(place + 1)
    }

    /// The values about records that `keeps` holds for.
    #[must_use]
    pub fn of(&self, keeps: impl Fn(Id) -> bool) -> Self {
        let kept = self.0.iter().cloned();
        Self(kept.filter(|value| keeps(value.about())).collect())
    }

    /// The same values about records that have other ids.
    #[must_use]
    pub fn renamed(&self, mut now: impl FnMut(Id) -> Id) -> Self {
        let values = self.0.iter().cloned();
        Self::new(values.map(|value| {
            let about = now(value.about());
            value.of(about)
        }))
    }
}

impl<T: Keyed> Merge for KeyedList<T> {
    /// Key by key.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let find = |of: &Self, key| of.0.iter().find(|value| value.key() == key).cloned();
        let mut merged = current.0.to_vec();
        for key in before.0.iter().chain(&after.0).map(T::key) {
            let (before, after) = (find(before, key), find(after, key));
            if before != after {
                let standing = find(current, key);
                merged.retain(|value| value.key() != key);
                merged.extend(match (before, after, standing) {
                    (Some(before), Some(after), Some(standing)) => {
                        Some(T::brought(&before, &after, &standing))
                    }
                    (_, after, _) => after,
                });
            }
        }
        Self::new(merged)
    }

    fn lighten(before: &mut Self, after: &mut Self) {
        leave_out_common(before, after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ScenarioValue;

    #[test]
    fn values_are_there_once_and_merge_one_by_one() {
        let value = |id, value| ScenarioValue {
            about: Id::from_bits(id),
            value,
        };
        let before = KeyedList::new([value(1, 0.5)]);
        let after = KeyedList::new([value(2, 1.0), value(1, 0.5)]);
        let current = KeyedList::new([value(1, 0.4)]);
        let merged = Merge::merged(&before, &after, &current);
        assert!(
            merged.iter().eq(&[value(1, 0.4), value(2, 1.0)]),
            "{merged:?}"
        );
        assert_eq!(merged.out_of_order(), None);
        let twice = KeyedList(vec![value(1, 0.4); 2].into());
        assert_eq!(twice.out_of_order(), Some(1));
    }
}
