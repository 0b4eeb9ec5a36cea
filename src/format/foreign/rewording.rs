//! Equations that people wrote, with the names that variables have in the text of another program.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::Naming;
use crate::equation::{Dialect, Name, names_in};
use crate::model::{Document, Id, Records};

/// What variables are called in equations that people wrote, and in the text that is written.
#[derive(Debug, Default)]
pub struct Rewording {
    /// Which variable a name in an equation is of; a name that several have is of none.
    ids: BTreeMap<Name, Id>,
    /// By variable: how its name is written, where it is another one than in the document.
    written: Records<String>,
    /// Those that are functions too.
    tables: BTreeSet<Id>,
}

impl Rewording {
    /// The names of a document; `written` is a name as it stands in equations of the format.
    pub fn new(document: &Document, naming: &Naming, written: fn(&str) -> String) -> Self {
        let mut of_name: BTreeMap<Name, Vec<Id>> = BTreeMap::new();
        let mut rewording = Self::default();
        for (id, variable) in document.variables() {
            let key = Name::new(&variable.name);
            if let Some(name) = naming.names.get(id)
                && Name::new(name) != key
            {
                rewording.written.insert(*id, written(name));
            }
            if variable.table.is_some() {
                rewording.tables.insert(*id);
            }
            of_name.entry(key).or_default().push(*id);
        }
        let single = of_name.into_iter().filter_map(|(name, ids)| {
            let [only] = ids.as_slice() else { return None };
            Some((name, *only))
        });
        rewording.ids = single.collect();
        rewording
    }

    /// The variable that an equation calls so.
    pub fn id(&self, name: &Name) -> Option<Id> {
        self.ids.get(name).copied()
    }

    /// An equation as it is to be written; what cannot be read stays as it is.
    pub fn equation(&self, equation: &str, dialect: Dialect) -> String {
        let names = names_in(equation, dialect).unwrap_or_default();
        let mut reworded = String::with_capacity(equation.len());
        let mut kept = 0;
        for (name, span) in names {
            let is_call = equation[span.end..].trim_start().starts_with('(');
            let id = self.id(&name);
            let id = id.filter(|id| !is_call || self.tables.contains(id));
            if let Some(written) = id.and_then(|id| self.written.get(&id)) {
                reworded.push_str(&equation[kept..span.start]);
                reworded.push_str(written);
                kept = span.end;
            }
        }
        reworded.push_str(&equation[kept..]);
        reworded
    }

    /// The variables that an equation mentions.
    pub fn mentioned(&self, equation: &str, dialect: Dialect) -> BTreeSet<Id> {
        let names = names_in(equation, dialect).unwrap_or_default();
        let ids = names.iter().filter_map(|(name, _)| self.id(name));
        ids.collect()
    }
}
