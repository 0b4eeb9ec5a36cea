//! All equations of a model together: what each proves, where what the others prove is known.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{Slopes, merged};
use super::prove::{Surroundings, prove};
use super::sides::Sides;
use crate::format::foreign::formula::{Formula, Table, mentioned};
use crate::model::Polarity;

/// What is taken for granted of the quantities of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// What the model itself says.
    AsStated,
    /// None of them is ever negative, but for constants that are.
    NeverNegative,
}

/// One equation of a model.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Whose equation it is, in the form in which names are compared.
    pub key: String,
    /// What it says.
    pub stated: Stated,
    /// The sides that the model declares.
    pub declared: Sides,
}

/// What an equation says.
#[derive(Clone, Debug)]
pub enum Stated {
    /// A number.
    Constant(f64),
    /// How it is worked out.
    Formula(Formula),
    /// How fast it changes: it accumulates.
    Rate(Formula),
    /// A table, which is called like a function.
    Table(Table),
    /// Something with these names of which nothing is proved.
    Unread(Vec<String>),
}

/// The equations of a model.
#[derive(Debug, Default)]
pub struct System {
    definitions: BTreeMap<String, Vec<Definition>>,
    tables: BTreeMap<String, Table>,
}

impl System {
    /// The equations of a model; what else it may refer to, such as the time, is not known to have a
    /// sign.
    pub fn new(definitions: Vec<Definition>, others: &[String]) -> Self {
        let mut system = Self::default();
        let mut tables: BTreeMap<String, Vec<Table>> = BTreeMap::new();
        for name in others {
            system.definitions.entry(name.clone()).or_default();
        }
        for definition in definitions {
            if let Stated::Table(table) = &definition.stated {
                let known = tables.entry(definition.key.clone()).or_default();
                known.push(table.clone());
            }
            let known = system.definitions.entry(definition.key.clone());
            known.or_default().push(definition);
        }
        let tables = tables.into_iter();
        system.tables = tables.map(|(key, tables)| (key, joined(&tables))).collect();
        system
    }

    /// Whether there is an equation or a table of this name.
    pub fn defines(&self, key: &str) -> bool {
        self.definitions.get(key).is_some_and(|all| !all.is_empty())
    }

    /// By effect: with what it rises and falls. What an equation mentions and of which nothing is
    /// proved is unknown.
    pub fn slopes(&self, assumption: Assumption) -> BTreeMap<String, Slopes> {
        let known = Surrounded {
            sides: self.sides(assumption),
            tables: &self.tables,
        };
        let all = self.definitions.iter();
        all.map(|(key, definitions)| {
            let slopes = definitions.iter().fold(Slopes::new(), |slopes, one| {
                merged(slopes, slopes_of(&one.stated, &known))
            });
            (key.clone(), slopes)
        })
        .collect()
    }

    /// On which sides of zero each quantity can be: what is declared, and what follows from that.
    fn sides(&self, assumption: Assumption) -> BTreeMap<String, Sides> {
        let mut known = Surrounded {
            sides: BTreeMap::new(),
            tables: &self.tables,
        };
        let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, definitions) in &self.definitions {
            let declared = definitions.iter().map(|one| one.declared);
            let declared = declared.fold(Sides::ANY, Sides::and).when_changed();
            let assumed = match assumption {
                // The time is no quantity of the model.
                Assumption::NeverNegative if !definitions.is_empty() => Sides::NOT_NEGATIVE,
                _ => Sides::ANY,
            };
            known.sides.insert(key.clone(), declared.and(assumed));
            for definition in definitions {
                if let Stated::Formula(formula) = &definition.stated {
                    for name in mentioned(formula).0 {
                        if let Some((name, _)) = self.definitions.get_key_value(&name) {
                            users.entry(name).or_default().push(key);
                        }
                    }
                }
            }
        }
        let mut waiting: BTreeSet<&str> = self.definitions.keys().map(String::as_str).collect();
        // Each quantity changes twice at most where claims and equations agree. Where they do not, or
        // one has very many equations, what is known after so many were looked at stands.
        let all: usize = self.definitions.values().map(Vec::len).sum();
        let mut budget = 20 * (all + 1);
        while let Some(key) = waiting.pop_first() {
            let cost = self.definitions.get(key).map_or(1, |all| all.len().max(1));
            let Some(rest) = budget.checked_sub(cost) else {
                break;
            };
            budget = rest;
            let Some(worked_out) = self.worked_out(key, &known) else {
                continue;
            };
            let standing = known.sides.get(key).copied().unwrap_or(Sides::ANY);
            let both = standing.and(worked_out);
            // An equation says more than what is claimed of it.
            let now = if both.is_some() { both } else { worked_out };
            if now != standing && is_less(now, standing) {
                known.sides.insert(key.to_owned(), now);
                waiting.extend(users.get(key).into_iter().flatten());
            }
        }
        known.sides
    }

    /// The sides that the equations of a quantity prove; none where there is something else than
    /// equations that are worked out.
    fn worked_out(&self, key: &str, known: &Surrounded<'_>) -> Option<Sides> {
        let definitions = self.definitions.get(key)?;
        let sides = definitions.iter().map(|one| match &one.stated {
            Stated::Constant(number) => Some(Sides::of(*number)),
            Stated::Formula(formula) => Some(prove(formula, known)?.sides),
            Stated::Rate(_) | Stated::Table(_) | Stated::Unread(_) => None,
        });
        let all: Option<Vec<Sides>> = sides.collect();
        all?.into_iter().reduce(Sides::or).map(Sides::when_changed)
    }
}

/// The sign of a cause among what is proved.
pub fn sign(slopes: &BTreeMap<String, Slopes>, cause: &str, effect: &str) -> Option<Polarity> {
    let sign = slopes.get(effect)?.get(cause).copied();
    sign.filter(|sign| *sign != Polarity::Unknown)
}

/// Whether there are fewer sides, or others in place of a claim that does not hold.
fn is_less(now: Sides, standing: Sides) -> bool {
    now.and(standing) == now || !now.and(standing).is_some()
}

/// The slopes that one equation proves.
fn slopes_of(stated: &Stated, known: &Surrounded<'_>) -> Slopes {
    let unknown = |names: Vec<String>| {
        let names = names.into_iter();
        names.map(|name| (name, Polarity::Unknown)).collect()
    };
    match stated {
        Stated::Constant(_) | Stated::Table(_) => Slopes::new(),
        Stated::Unread(names) => unknown(names.clone()),
        Stated::Formula(formula) | Stated::Rate(formula) => match prove(formula, known) {
            Some(known) => known.slopes,
            None => unknown(mentioned(formula).0),
        },
    }
}

/// Several tables of one name, such as those of subscripts, as one that does what all of them do;
/// one without values where they do not agree.
fn joined(tables: &[Table]) -> Table {
    let rises = |table: &Table| table.values.windows(2).all(|two| two[0] <= two[1]);
    let falls = |table: &Table| table.values.windows(2).all(|two| two[0] >= two[1]);
    let mut values: Vec<f64> = tables
        .iter()
        .flat_map(|table| table.values.iter().copied())
        .collect();
    if tables.iter().any(|table| table.values.is_empty()) {
        values.clear();
    }
    values.sort_by(f64::total_cmp);
    if tables.iter().all(rises) {
        Table { values }
    } else if tables.iter().all(falls) {
        values.reverse();
        Table { values }
    } else if let [only] = tables {
        only.clone()
    } else {
        Table::default()
    }
}

struct Surrounded<'k> {
    sides: BTreeMap<String, Sides>,
    tables: &'k BTreeMap<String, Table>,
}

impl Surroundings for Surrounded<'_> {
    fn sides(&self, name: &str) -> Option<Sides> {
        self.sides.get(name).copied()
    }

    fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }
}
