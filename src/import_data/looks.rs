//! How the columns of a table look: by themselves, and within the rows of each item.

use std::collections::BTreeMap;

use super::guess::key_of_rows;
use super::header::{Look, Within, outcome_rank};
use super::mapping::MOST_STATES;
use super::role::Role;
use super::state::Class;
use crate::format::table::{Column, ColumnKind, Table};

/// The columns of a table as they look, by themselves and within the rows of each item.
pub(super) fn looks<'a>(table: &'a Table<'_>, columns: &[Column]) -> Vec<Look<'a>> {
    let both = table.headers.iter().zip(columns);
    let mut looks: Vec<Look<'a>> = both
        .map(|(header, column)| Look {
            header,
            kind: column.kind,
            said: column.said,
            different: column.different,
            quantities: column.quantities,
            within: Within::NotKnown,
        })
        .collect();
    let Some(key) = key_of_rows(&looks) else {
        return looks;
    };
    for index in (0..looks.len()).filter(|index| *index != key) {
        if !matches!(looks[index].kind, ColumnKind::Words | ColumnKind::Moments) {
            continue;
        }
        // By item: how many rows it has, the first thing that is said, and whether another is.
        let mut items: BTreeMap<&str, (usize, &str, bool)> = BTreeMap::new();
        for line in &table.lines {
            let (name, cell) = (line.cell(key), line.cell(index));
            if name.is_empty() {
                continue;
            }
            let (rows, first, varies) = items.entry(name).or_insert((0, cell, false));
            *rows += 1;
            *varies |= *first != cell;
        }
        let several = items.values().filter(|(rows, ..)| *rows > 1);
        let count = several.clone().count();
        let varied = several.filter(|(.., varies)| *varies).count();
        looks[index].within = match (count, varied) {
            (0, _) => Within::NotKnown,
            _ if varied * 2 >= count => Within::Varies,
            _ => Within::Same,
        };
    }
    looks
}

/// Finds the columns that say how items ended or how they stand, where that says more than the times
/// do: an item was given up of which nothing else tells that, or ended with a word that is not known.
/// Where times in states are told, the present state says in which of them an item still is.
pub(super) fn guess_outcomes(table: &Table<'_>, columns: &[Column], roles: &mut [Role]) {
    let tells_times = roles.iter().any(|role| matches!(role, Role::Spent(_)));
    let of = |class: Class| {
        let indices = (0..roles.len()).filter(|index| roles[*index] == Role::Entered(class));
        indices.collect::<Vec<usize>>()
    };
    let (dropped, done) = (of(Class::Dropped), of(Class::Done));
    let mut found = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let is_open = roles[index] == Role::Out && column.kind == ColumnKind::Words;
        if !is_open
            || column.different > MOST_STATES
            || outcome_rank(&table.headers[index]).is_none()
        {
            continue;
        }
        let says_more = table.lines.iter().any(|line| {
            let ended = |columns: &[usize]| columns.iter().any(|at| !line.cell(*at).is_empty());
            match line.cell(index) {
                "" => false,
                cell => match Class::guess(cell) {
                    Class::Dropped => !ended(&dropped),
                    Class::Unknown => ended(&done) && !ended(&dropped),
                    _ => false,
                },
            }
        });
        if says_more || tells_times {
            found.push(index);
        }
    }
    for index in found {
        roles[index] = Role::Outcome;
    }
}
