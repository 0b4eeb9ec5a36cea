//! Equations follow when a variable is called otherwise, in the same step.

use std::collections::{BTreeMap, BTreeSet};

use super::names::dialect_of;
use crate::equation::{Name, Renaming, Role, function_named, names_in, renamed_all};
use crate::model::{Change, Document, Element, Id, MAXIMUM_TEXT, Patch, Variable};

/// A patch with the equations that name what it calls otherwise.
///
/// An equation that the patch itself changes stays as it is written there. In a document with a text
/// of another program only the equations that override the text are here; those of the text follow
/// where it is written.
pub fn followed(document: &Document, mut patch: Patch) -> Patch {
    let renamings = renamings(document, &patch);
    if renamings.is_empty() {
        return patch;
    }
    let dialect = dialect_of(document);
    for (id, before) in document.variables() {
        let mut after = match patch.changes.get(id) {
            None => before.clone(),
            Some(Change {
                after: Some(Element::Variable(after)),
                ..
            }) if after.equation == before.equation => after.clone(),
            Some(_) => continue,
        };
        let changed = renamed_all(&after.equation, dialect, &renamings);
        let Some(equation) = changed.filter(|text| text.len() <= MAXIMUM_TEXT) else {
            continue;
        };
        after.equation = equation;
        let change = Change {
            before: Some(Element::Variable(before.clone())),
            after: Some(Element::Variable(after)),
        };
        patch.changes.insert(*id, change);
    }
    patch
}

/// A patch that puts words in the place of others in every text, with equations that still name what
/// they named: a name may be written otherwise there, such as with underscores or in quotes.
pub fn mended(document: &Document, mut patch: Patch) -> Patch {
    let renamings = renamings(document, &patch);
    let dialect = dialect_of(document);
    for change in patch.changes.values_mut() {
        let (Some(Element::Variable(before)), Some(Element::Variable(after))) =
            (&change.before, &mut change.after)
        else {
            continue;
        };
        if before.equation == after.equation {
            continue;
        }
        let Some(equation) = renamed_all(&before.equation, dialect, &renamings) else {
            continue;
        };
        let names = |text: &str| -> BTreeSet<Name> {
            let names = names_in(text, dialect).unwrap_or_default();
            names.into_iter().map(|(name, _)| name).collect()
        };
        if equation.len() <= MAXIMUM_TEXT && names(&equation) != names(&after.equation) {
            after.equation = equation;
        }
    }
    patch
}

/// What a patch calls otherwise, as far as equations can tell it.
///
/// Two variables of one name cannot be told apart in an equation: where only one of them is renamed,
/// it may be meant or not, so nothing follows; where all of them get the same new name, it does. No
/// equation follows to a name that another variable has, since it would name that one for good, and
/// none to no name.
fn renamings(document: &Document, patch: &Patch) -> BTreeMap<Name, Renaming> {
    let mut renamed: BTreeMap<Name, BTreeMap<Id, &Variable>> = BTreeMap::new();
    for (id, change) in &patch.changes {
        let (Some(Element::Variable(before)), Some(Element::Variable(after))) =
            (&change.before, &change.after)
        else {
            continue;
        };
        let [old, new] = [before, after].map(|variable| Name::new(&variable.name));
        if old != new && !old.as_str().is_empty() {
            renamed.entry(old).or_default().insert(*id, after);
        }
    }
    if renamed.is_empty() {
        return BTreeMap::new();
    }
    let dialect = dialect_of(document);
    let mut bearers: BTreeMap<Name, BTreeSet<Id>> = BTreeMap::new();
    for (id, variable) in document.variables() {
        let name = Name::new(&variable.name);
        bearers.entry(name).or_default().insert(*id);
    }
    // Who has which name when the patch is made.
    let mut later: BTreeMap<Name, BTreeSet<Id>> = BTreeMap::new();
    for id in document.variables().keys().chain(patch.changes.keys()) {
        let now = match patch.changes.get(id) {
            Some(change) => match &change.after {
                Some(Element::Variable(after)) => Some(&after.name),
                _ => None,
            },
            None => document.variables().get(id).map(|variable| &variable.name),
        };
        if let Some(name) = now {
            later.entry(Name::new(name)).or_default().insert(*id);
        }
    }
    let renamings = renamed.into_iter().filter_map(|(old, all)| {
        let ids: BTreeSet<Id> = all.keys().copied().collect();
        let first = all.values().next()?;
        let new = Name::new(&first.name);
        let is_clear = bearers.get(&old) == Some(&ids)
            && all.values().all(|one| Name::new(&one.name) == new)
            && later.get(&new) == Some(&ids)
            && !new.as_str().is_empty();
        // A function comes before a table of its name.
        let is_table =
            all.values().any(|one| one.table.is_some()) && function_named(&old, dialect).is_none();
        let role = if is_table { Role::Table } else { Role::Value };
        let to = first.name.clone();
        is_clear.then_some((old, Renaming { to, role }))
    });
    renamings.collect()
}
