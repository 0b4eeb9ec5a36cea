//! Values by id, in the order of the ids.

use std::collections::BTreeMap;

use super::id::Id;

/// A map from ids to values of one kind, in the order of the ids.
pub type Records<T> = BTreeMap<Id, T>;
