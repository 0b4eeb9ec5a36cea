//! Rows that say the same link, gathered: one link for each sign, and who said so.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Columns};
use crate::format::graph_builder::{GraphBuilder, add_paragraph};
use crate::format::reader::Warning;
use crate::format::syntax::shortened;
use crate::model::{Delay, Id, Link, Polarity};

/// What a row says of a link.
#[derive(Clone, Debug)]
pub struct EdgeRow {
    pub from: Id,
    pub to: Id,
    pub polarity: Polarity,
    pub delay: Delay,
    pub remark: String,
    /// The number of its weight, if it is one.
    pub weight: Option<f64>,
    /// Who says so.
    pub person: String,
    /// Which one it is of links side by side.
    pub parallel: String,
    /// What stands in columns without a place of their own, by their indices.
    pub kept: Vec<(usize, String)>,
}

/// Adds the links that rows say.
pub struct Gathering<'r> {
    pub columns: &'r Columns,
    pub rows: &'r [EdgeRow],
}

/// The rows of one link.
type Group<'r> = Vec<&'r EdgeRow>;

impl Gathering<'_> {
    /// Adds the links in the order in which they are first said, and tells what was gathered.
    pub fn add_links(&self, graph: &mut GraphBuilder<'_>) -> Vec<Warning> {
        let mut indices: BTreeMap<(Id, Id, &str), usize> = BTreeMap::new();
        let mut pairs: Vec<Group<'_>> = Vec::new();
        for row in self.rows {
            let key = (row.from, row.to, row.parallel.as_str());
            let index = *indices.entry(key).or_insert(pairs.len());
            match pairs.get_mut(index) {
                Some(pair) => pair.push(row),
                None => pairs.push(vec![row]),
            }
        }
        let mut duplicates = Duplicates::default();
        for pair in &pairs {
            let signs = by_sign(pair);
            if let [one, other] = &signs[..] {
                duplicates.both_signs(graph, one, other);
            }
            for (index, group) in signs.iter().enumerate() {
                duplicates.gathered += usize::from(group.len() > 1);
                let opposite = signs.get(1 - index.min(1)).filter(|_| signs.len() == 2);
                let remark = self.remark(group, opposite);
                let is_delayed = group.iter().any(|row| row.delay == Delay::Delayed);
                let Some(first) = group.first() else {
                    continue;
                };
                graph.add_link(Link {
                    polarity: sign_of(group),
                    delay: if is_delayed {
                        Delay::Delayed
                    } else {
                        Delay::None
                    },
                    remark,
                    ..Link::new(first.from, first.to, 0.0)
                });
            }
        }
        duplicates.warnings(self.rows.len(), graph.links().len())
    }

    /// What the rows of a link say beside its sign, and how many they are.
    fn remark(&self, group: &Group<'_>, opposite: Option<&Group<'_>>) -> String {
        let mut remark = String::new();
        let mut reasons: BTreeSet<&str> = BTreeSet::new();
        let mut kept: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for row in group {
            if reasons.insert(&row.remark) {
                add_paragraph(&mut remark, &row.remark);
            }
            for (index, value) in &row.kept {
                kept.entry(*index).or_default().push(value);
            }
        }
        for (index, values) in kept {
            let name = self.columns.names.get(index).map_or("", String::as_str);
            let line = match name.is_empty() {
                true => values.join(", "),
                false => format!("{name}: {}", values.join(", ")),
            };
            add_paragraph(&mut remark, &line);
        }
        let delayed = group
            .iter()
            .filter(|row| row.delay == Delay::Delayed)
            .count();
        if delayed > 0 && delayed < group.len() {
            let line = format!("Delayed: said in {delayed} of {} rows.", group.len());
            add_paragraph(&mut remark, &line);
        }
        let unsigned = group
            .iter()
            .filter(|row| row.polarity == Polarity::Unknown)
            .count();
        if unsigned > 0 && unsigned < group.len() {
            let line = format!("Without a sign in {unsigned} of {} rows.", group.len());
            add_paragraph(&mut remark, &line);
        }
        let is_said = group.len() > 1 || self.columns.has(Column::Person) || opposite.is_some();
        if is_said {
            let mut line = self.sayers(group, "Said");
            if let Some(opposite) = opposite {
                line.push(' ');
                line.push_str(&self.sayers(opposite, "With the opposite sign"));
            }
            add_paragraph(&mut remark, &line);
        }
        remark
    }

    /// How many say a link, and who, as a sentence.
    fn sayers(&self, group: &Group<'_>, verb: &str) -> String {
        const NAMED: usize = 20;
        let rows = match group.len() {
            1 => "in 1 row".to_owned(),
            count => format!("in {count} rows"),
        };
        if !self.columns.has(Column::Person) {
            return format!("{verb} {rows}.");
        }
        let mut people: Vec<&str> = Vec::new();
        let mut met: BTreeSet<&str> = BTreeSet::new();
        let mut unnamed = 0;
        for row in group {
            let person = row.person.trim();
            if person.is_empty() {
                unnamed += 1;
            } else if met.insert(person) {
                people.push(person);
            }
        }
        let count = people.len() + unnamed;
        let mut names: Vec<String> = people
            .iter()
            .take(NAMED)
            .map(|one| shortened(one))
            .collect();
        if people.len() > NAMED {
            names.push(format!("and {} more", people.len() - NAMED));
        }
        let names = match names.is_empty() {
            true => String::new(),
            false => format!(": {}", names.join(", ")),
        };
        match count == group.len() {
            true => format!("{verb} by {count}{names}."),
            false => format!("{verb} by {count}, {rows}{names}."),
        }
    }
}

/// The rows of each sign that is said, in the order in which it is first said. Rows without a sign
/// are with the sign that most say.
fn by_sign<'r>(pair: &Group<'r>) -> Vec<Group<'r>> {
    let mut signed: Vec<Group<'r>> = Vec::new();
    let mut unsigned: Group<'r> = Vec::new();
    for row in pair {
        match row.polarity {
            Polarity::Unknown => unsigned.push(row),
            sign => match signed.iter_mut().find(|group| sign_of(group) == sign) {
                Some(group) => group.push(row),
                None => signed.push(vec![row]),
            },
        }
    }
    // Of signs that as many say, the first.
    let most = signed.iter_mut().rev().max_by_key(|group| group.len());
    match most {
        Some(most) => most.append(&mut unsigned),
        None if unsigned.is_empty() => {}
        None => signed.push(unsigned),
    }
    signed
}

/// The sign of rows that say one.
fn sign_of(group: &[&EdgeRow]) -> Polarity {
    let mut signs = group.iter().map(|row| row.polarity);
    let sign = signs.find(|sign| *sign != Polarity::Unknown);
    sign.unwrap_or(Polarity::Unknown)
}

/// What is to be told of rows that say the same.
#[derive(Debug, Default)]
struct Duplicates {
    /// Links that several rows say.
    gathered: usize,
    /// Pairs of variables with both signs, and the first of them.
    both: usize,
    first_both: Option<String>,
}

impl Duplicates {
    fn both_signs(&mut self, graph: &GraphBuilder<'_>, one: &Group<'_>, other: &Group<'_>) {
        self.both += 1;
        let Some(row) = one.first().filter(|_| self.first_both.is_none()) else {
            return;
        };
        let count = |group: &Group<'_>| {
            let sign = match sign_of(group) {
                Polarity::Negative => '-',
                _ => '+',
            };
            match group.len() {
                1 => format!("{sign} in 1 row"),
                rows => format!("{sign} in {rows} rows"),
            }
        };
        let name = |id| shortened(graph.name(id));
        self.first_both = Some(format!(
            "{} \u{2192} {} ({}, {})",
            name(row.from),
            name(row.to),
            count(one),
            count(other)
        ));
    }

    fn warnings(&self, rows: usize, links: usize) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if self.gathered > 0 {
            let links = match links {
                1 => "1 link".to_owned(),
                links => format!("{links} links"),
            };
            let gathered = match self.gathered {
                1 => "1 of them is said in several rows, and its note says in how many".to_owned(),
                count => format!(
                    "{count} of them are said in several rows, and their notes say in how many"
                ),
            };
            warnings.push(Warning::note(format!(
                "{rows} rows say {links}: {gathered}"
            )));
        }
        if let Some(first) = &self.first_both {
            let message = match self.both {
                1 => format!("{first} is said with both signs: there is a link of each sign"),
                count => format!(
                    "{count} links are said with both signs, the first is {first}: there is a link \
                     of each sign"
                ),
            };
            warnings.push(Warning::note(message));
        }
        warnings
    }
}
