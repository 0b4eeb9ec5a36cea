//! Values by id, in the order of the ids.

use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::ops::Index;

use super::id::Id;

/// A map from ids to values of one kind, in the order of the ids.
///
/// Like a `BTreeMap`, but its tree holds only places in a list of values. So the code of the tree,
/// some kilobytes in the browser for every kind of value, is there once for all of them.
#[derive(Clone)]
pub struct Records<T> {
    places: BTreeMap<Id, usize>,
    values: Vec<Option<T>>,
    free: Vec<usize>,
}

impl<T> Records<T> {
    /// No values.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            places: BTreeMap::new(),
            values: Vec::new(),
            free: Vec::new(),
        }
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// There is a value under this id.
    #[must_use]
    pub fn contains_key(&self, id: &Id) -> bool {
        self.places.contains_key(id)
    }

    /// The value under this id.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&T> {
        self.values.get(*self.places.get(id)?)?.as_ref()
    }

    /// The value under this id, to be changed.
    pub fn get_mut(&mut self, id: &Id) -> Option<&mut T> {
        self.values.get_mut(*self.places.get(id)?)?.as_mut()
    }

    /// Puts a value under an id; gives the one that was there.
    pub fn insert(&mut self, id: Id, value: T) -> Option<T> {
        if let Some(standing) = self.get_mut(&id) {
            return Some(std::mem::replace(standing, value));
        }
        let place = self.free.pop().unwrap_or(self.values.len());
        match self.values.get_mut(place) {
            Some(slot) => *slot = Some(value),
            None => self.values.push(Some(value)),
        }
        self.places.insert(id, place);
        None
    }

    /// Takes the value under an id out.
    pub fn remove(&mut self, id: &Id) -> Option<T> {
        let place = self.places.remove(id)?;
        self.free.push(place);
        self.values.get_mut(place)?.take()
    }

    /// Takes all values out.
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// Keeps the values that the condition holds for.
    pub fn retain(&mut self, mut keep: impl FnMut(&Id, &mut T) -> bool) {
        let ids: Vec<Id> = self.places.keys().copied().collect();
        for id in ids {
            let kept = self.get_mut(&id).is_some_and(|value| keep(&id, value));
            if !kept {
                self.remove(&id);
            }
        }
    }

    /// The value under this id, made if there is none.
    pub fn get_or_default(&mut self, id: Id) -> &mut T
    where
        T: Default,
    {
        if !self.places.contains_key(&id) {
            self.insert(id, T::default());
        }
        let place = self.places.get(&id).copied().unwrap_or_default();
        self.values[place].get_or_insert_default()
    }

    /// The ids, in their order.
    pub fn keys(&self) -> btree_map::Keys<'_, Id, usize> {
        self.places.keys()
    }

    /// The ids with their values, in the order of the ids.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter {
            places: self.places.iter(),
            values: &self.values,
        }
    }

    /// The values, in the order of the ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.iter().map(|(_, value)| value)
    }

    /// The values, to be changed, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut().flatten()
    }
}

/// The ids of some records with their values, in the order of the ids.
pub struct Iter<'a, T> {
    places: btree_map::Iter<'a, Id, usize>,
    values: &'a [Option<T>],
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Self {
            places: self.places.clone(),
            values: self.values,
        }
    }
}

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = (&'a Id, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        let (id, place) = self.places.next()?;
        Some((id, self.values.get(*place)?.as_ref()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl<T> DoubleEndedIterator for Iter<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (id, place) = self.places.next_back()?;
        Some((id, self.values.get(*place)?.as_ref()?))
    }
}

impl<T> ExactSizeIterator for Iter<'_, T> {}

impl<'a, T> IntoIterator for &'a Records<T> {
    type Item = (&'a Id, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The ids of some records with their values, taken out in the order of the ids.
pub struct IntoIter<T> {
    places: btree_map::IntoIter<Id, usize>,
    values: Vec<Option<T>>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = (Id, T);

    fn next(&mut self) -> Option<(Id, T)> {
        let (id, place) = self.places.next()?;
        Some((id, self.values.get_mut(place)?.take()?))
    }
}

impl<T> IntoIterator for Records<T> {
    type Item = (Id, T);
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter {
            places: self.places.into_iter(),
            values: self.values,
        }
    }
}

impl<T> FromIterator<(Id, T)> for Records<T> {
    fn from_iter<I: IntoIterator<Item = (Id, T)>>(items: I) -> Self {
        let mut records = Self::new();
        records.extend(items);
        records
    }
}

impl<T> Extend<(Id, T)> for Records<T> {
    fn extend<I: IntoIterator<Item = (Id, T)>>(&mut self, items: I) {
        for (id, value) in items {
            self.insert(id, value);
        }
    }
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PartialEq> PartialEq for Records<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(one, two)| one == two)
    }
}

impl<T: Eq> Eq for Records<T> {}

impl<T: fmt::Debug> fmt::Debug for Records<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<T> Index<&Id> for Records<T> {
    type Output = T;

    /// # Panics
    /// There is no value under this id.
    fn index(&self, id: &Id) -> &T {
        match self.get(id) {
            Some(value) => value,
            None => panic!("no record has the id {id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_does_what_a_map_does(steps in proptest::collection::vec((0_u64..12, 0_u8..5), 0..60)) {
            let mut records = Records::new();
            let mut map = BTreeMap::new();
            for (number, (bits, what)) in steps.into_iter().enumerate() {
                let id = Id::from_bits(bits);
                match what {
                    0 | 1 => prop_assert_eq!(records.insert(id, number), map.insert(id, number)),
                    2 => prop_assert_eq!(records.remove(&id), map.remove(&id)),
                    3 => {
                        *records.get_or_default(id) += 1;
                        *map.entry(id).or_default() += 1;
                    }
                    _ => {
                        records.retain(|_, value| *value % 3 != 0);
                        map.retain(|_, value| *value % 3 != 0);
                    }
                }
                prop_assert!(records.iter().eq(map.iter()));
                prop_assert!(records.iter().rev().eq(map.iter().rev()));
                prop_assert!(records.values().eq(map.values()));
                prop_assert!(records.keys().eq(map.keys()));
                prop_assert_eq!(records.get(&id), map.get(&id));
                prop_assert_eq!(records.len(), map.len());
                let again: Records<usize> = map.clone().into_iter().collect();
                prop_assert_eq!(&again, &records);
                prop_assert!(records.clone().into_iter().eq(map.clone()));
            }
        }
    }
}
