//! The steps of a table with one row a step, and what it says of each.

use std::collections::BTreeMap;

use super::mapping::Mapping;
use super::role::Role;
use super::survival::{Found, Passage, Spread};
use super::words::{counted, same_name};
use crate::format::table::{ColumnKind, Table, read_number, read_span};
use crate::model::{Dimension, MeasureKind};

/// A step of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
    /// Who works there; may be empty.
    pub resource: String,
    /// What is remarked; may be empty.
    pub remark: String,
    /// What its rows say, in seconds, parts of 100, or plain numbers.
    pub measures: BTreeMap<MeasureKind, Vec<f64>>,
}

/// The steps of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// In the order of the rows.
    pub steps: Vec<Step>,
    /// What was left out or looks odd, in sentences.
    pub told: Vec<String>,
}

impl Step {
    /// The mean of what its rows say of a measure.
    #[must_use]
    pub fn mean(&self, kind: MeasureKind) -> Option<f64> {
        self.spread(kind).mean.map(Found::seconds)
    }

    /// What its rows say of a measure, as a spread.
    #[must_use]
    pub fn spread(&self, kind: MeasureKind) -> Spread {
        let values = self.measures.get(&kind).into_iter().flatten();
        Spread::of(values.map(|value| Passage::Ended(*value)).collect())
    }

    /// Whether work only lies there: there is something about waiting, and nothing about work.
    #[must_use]
    pub fn is_queue(&self) -> bool {
        let has = |kind: MeasureKind| self.measures.contains_key(&kind);
        !has(MeasureKind::ProcessTime)
            && (has(MeasureKind::WorkInProgress) || has(MeasureKind::WaitingTime))
            && !has(MeasureKind::Servers)
            && !has(MeasureKind::CompleteAndAccurate)
    }
}

/// The steps of a table of steps. Rows of the same name are observations of one step.
#[must_use]
pub fn observed(table: &Table<'_>, mapping: &Mapping) -> Observed {
    let mut found = Observed::default();
    let Some(name_column) = mapping.columns_of(|role| role == Role::Name).next() else {
        found
            .told
            .push("Choose the column with the names of the steps.".to_owned());
        return found;
    };
    let parts_of_one = parts_of_one(table, mapping);
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let (mut bad, mut first_bad, mut nameless, mut unsplit) = (0, String::new(), 0, 0);
    for line in &table.lines {
        let name = line.cell(name_column);
        if name.is_empty() {
            nameless += 1;
            continue;
        }
        let place = *places.entry(same_name(name)).or_insert_with(|| {
            found.steps.push(Step {
                name: name.to_owned(),
                ..Step::default()
            });
            found.steps.len() - 1
        });
        let step = &mut found.steps[place];
        step.rows += 1;
        let (mut process, mut waiting, mut lead) = (None, None, None);
        for (column, role) in mapping.roles.iter().enumerate() {
            let cell = line.cell(column);
            // What people write for nothing, and a question mark for what nobody knows.
            if matches!(cell, "" | "-" | "\u{2013}" | "?" | "n/a" | "N/A") {
                continue;
            }
            let kind = match role {
                Role::Measure(kind) => Some(*kind),
                Role::LeadTime => None,
                Role::Resource => {
                    step.resource = cell.to_owned();
                    continue;
                }
                Role::Remark => {
                    if !step.remark.is_empty() {
                        step.remark.push('\n');
                    }
                    step.remark.push_str(cell);
                    continue;
                }
                _ => continue,
            };
            let dimension = kind.map_or(Dimension::Time, MeasureKind::dimension);
            let value = match dimension {
                Dimension::Time => {
                    let unit = Some(mapping.units[column]);
                    read_span(cell, mapping.sign, unit, &mapping.clock.calendar)
                }
                Dimension::Share => {
                    let number = read_number(cell.trim_end_matches('%'), mapping.sign);
                    let worth = if parts_of_one[column] { 100.0 } else { 1.0 };
                    number.map(|number| number * worth)
                }
                _ => read_number(cell, mapping.sign),
            };
            let within = |value: &f64| match kind {
                // In seconds; the range of spans is the same in every unit.
                Some(kind) => *value >= kind.range().0 && *value <= kind.range().1,
                None => *value >= 0.0,
            };
            let Some(value) = value.filter(within) else {
                bad += 1;
                if bad == 1 {
                    let cell: String = cell.chars().take(40).collect();
                    first_bad = format!(
                        "line {}, column {}: \u{201c}{cell}\u{201d} is no {}",
                        table.line_number(line),
                        table.heads[column],
                        kind.map_or("time", MeasureKind::name)
                    );
                }
                continue;
            };
            match kind {
                None => lead = Some(value),
                Some(kind) => {
                    match kind {
                        MeasureKind::ProcessTime => process = Some(value),
                        MeasureKind::WaitingTime => waiting = Some(value),
                        _ => {}
                    }
                    step.measures.entry(kind).or_default().push(value);
                }
            }
        }
        match (lead, process, waiting) {
            (Some(lead), Some(process), None) if lead >= process => {
                let waits = step.measures.entry(MeasureKind::WaitingTime).or_default();
                waits.push(lead - process);
            }
            (Some(_), _, None) => unsplit += 1,
            _ => {}
        }
    }
    let mut tell = |count: usize, words: String| {
        if count > 0 {
            found.told.push(words);
        }
    };
    let more = match bad {
        0 | 1 => String::new(),
        more => format!(", and {} like it", more - 1),
    };
    tell(
        bad,
        format!("A value was left out that cannot be used: {first_bad}{more}."),
    );
    tell(
        nameless,
        format!(
            "{} no step and are left out.",
            counted(nameless, "row names", "rows name")
        ),
    );
    tell(
        unsplit,
        format!(
            "Of {} the lead time was left out: without a process time that is no longer, it cannot be \
             parted into waiting and work.",
            counted(unsplit, "row", "rows")
        ),
    );
    tell(
        table.too_wide,
        format!(
            "{} more cells than there are columns; what is beyond the last is left out.",
            counted(table.too_wide, "row has", "rows have")
        ),
    );
    let shares = parts_of_one.iter().filter(|is_part| **is_part).count();
    tell(
        shares,
        "Shares that are at most 1 are taken for parts of 1: 0.8 is 80 %.".to_owned(),
    );
    found
}

/// By column, whether it has shares as parts of 1: all are at most 1, and one is between.
fn parts_of_one(table: &Table<'_>, mapping: &Mapping) -> Vec<bool> {
    let is_part = |column: usize| {
        let is_share = matches!(mapping.roles[column], Role::Measure(kind) if kind.dimension() == Dimension::Share);
        if !is_share || mapping.columns[column].kind != ColumnKind::Numbers {
            return false;
        }
        let numbers = table
            .column(column)
            .filter_map(|cell| read_number(cell, mapping.sign));
        let (mut most, mut between) = (0.0_f64, false);
        for number in numbers {
            most = most.max(number);
            between |= number > 0.0 && number < 1.0;
        }
        between && most <= 1.0
    };
    (0..table.heads.len()).map(is_part).collect()
}
