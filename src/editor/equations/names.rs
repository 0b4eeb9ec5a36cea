//! The names that an equation of the document may have.

use std::collections::{BTreeMap, BTreeSet};

use crate::equation::{Completeness, Dialect, KnownName, Name, Role, Vocabulary};
use crate::model::{Document, ForeignFormat, Id, Variable};

/// The language of the equations in a document: that of the text it was read from, and XMILE's in
/// one that was drawn here.
#[must_use]
pub fn dialect_of(document: &Document) -> Dialect {
    match document.source_text().as_ref().map(|source| source.format) {
        Some(ForeignFormat::Vensim) => Dialect::Vensim,
        Some(ForeignFormat::Xmile) | None => Dialect::Xmile,
    }
}

/// The variables that the equation of one may name, each name once: all others with a name.
#[must_use]
pub fn known_names(document: &Document, about: Id) -> Vec<KnownName> {
    let links = document.edges_of(about);
    let links = links.filter_map(|link| document.links().get(&link));
    let causes: BTreeSet<Id> = links
        .filter(|link| link.to == about)
        .map(|link| link.from)
        .collect();
    let mut names: BTreeMap<Name, KnownName> = BTreeMap::new();
    let variables = document.variables().iter();
    for (id, variable) in variables.filter(|(id, _)| **id != about) {
        let key = Name::new(&variable.name);
        if key.as_str().is_empty() {
            continue;
        }
        let is_cause = causes.contains(id);
        let known = names.entry(key).or_insert_with(|| KnownName {
            name: variable.name.clone(),
            role: role_of(variable),
            is_cause,
        });
        known.is_cause |= is_cause;
    }
    names.into_values().collect()
}

/// What an equation of the document may say, with its own name. A text that is kept has more names
/// than are drawn.
#[must_use]
pub fn vocabulary(document: &Document) -> Vocabulary {
    let variables = document.variables().values();
    let known: Vec<KnownName> = variables
        .map(|variable| KnownName {
            name: variable.name.clone(),
            // A table may be called, also if it has an equation.
            role: match variable.table {
                Some(_) => Role::Table,
                None => Role::Value,
            },
            is_cause: false,
        })
        .collect();
    let completeness = match document.source_text() {
        Some(_) => Completeness::Partial,
        None => Completeness::Whole,
    };
    Vocabulary::new(&known, completeness)
}

/// How one is mostly meant: a table without an equation as a function, with one as its value.
fn role_of(variable: &Variable) -> Role {
    match variable.table.is_some() && variable.equation.trim().is_empty() {
        true => Role::Table,
        false => Role::Value,
    }
}
