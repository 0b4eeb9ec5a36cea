//! The names that people give to paths through a value stream.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::record::{Merge, record};

record! {
    /// A path with a name of its own.
    pub struct NamedPath {
        /// Its flows, from where work enters to where it arrives. One that is gone leaves the name in
        /// the file.
        pub flows: Box<[Id]>,
        /// Its name.
        pub name: String,
    }
}

/// Paths with names, each path once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PathNames(Vec<NamedPath>);

impl PathNames {
    /// The name of a path, if it has one.
    #[must_use]
    pub fn of(&self, flows: &[Id]) -> Option<&str> {
        let mut named = self.0.iter();
        let path = named.find(|path| *path.flows == *flows)?;
        Some(&path.name)
    }

    /// Names a path; an empty name takes its name back.
    pub fn set(&mut self, flows: &[Id], name: &str) {
        let known = self.0.iter_mut().find(|path| *path.flows == *flows);
        match known {
            _ if name.is_empty() => self.0.retain(|path| *path.flows != *flows),
            Some(path) => name.clone_into(&mut path.name),
            None => self.0.push(NamedPath {
                flows: flows.into(),
                name: name.to_owned(),
            }),
        }
    }

    /// The same names for paths whose flows have other ids.
    #[must_use]
    pub fn renamed(&self, now: impl Fn(Id) -> Id) -> Self {
        let mut renamed = Self::default();
        for path in &self.0 {
            let flows: Vec<Id> = path.flows.iter().map(|flow| now(*flow)).collect();
            renamed.set(&flows, &path.name);
        }
        renamed
    }

    /// Them, in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, NamedPath> {
        self.0.iter()
    }

    /// The place of the first path that stands before it in the list too.
    #[must_use]
    pub fn repeated(&self) -> Option<usize> {
        let is_repeated = |place: &usize| {
            let before = &self.0[..*place];
            let flows = &self.0[*place].flows;
            before.iter().any(|path| path.flows == *flows)
        };
        (0..self.0.len()).find(is_repeated)
    }
}

impl Merge for PathNames {
    /// Path by path.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let mut merged = current.clone();
        for path in before.iter().chain(after.iter()) {
            let name = after.of(&path.flows);
            if name != before.of(&path.flows) {
                merged.set(&path.flows, name.unwrap_or_default());
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_merged_path_by_path() {
        let [one, other, third] = [1, 2, 3].map(|bits| [Id::from_bits(bits)]);
        let mut before = PathNames::default();
        before.set(&one, "Express");
        before.set(&other, "Usual");
        let (mut after, mut current) = (before.clone(), before.clone());
        after.set(&one, "Urgent");
        after.set(&other, "");
        current.set(&third, "By hand");
        let merged = PathNames::merged(&before, &after, &current);
        assert_eq!(merged.of(&one), Some("Urgent"));
        assert_eq!(merged.of(&other), None);
        assert_eq!(merged.of(&third), Some("By hand"));
        assert_eq!(PathNames::merged(&before, &before, &current), current);
        assert_eq!(merged.repeated(), None);
    }
}
