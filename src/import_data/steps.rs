//! The steps of a table with one row a step, and what it says of each.

use std::collections::BTreeMap;

use super::mapping::Mapping;
use super::role::Role;
use super::survival::{Found, Passage, Spread};
use super::words::{counted, same_name};
use crate::format::table::{ColumnKind, Table, read_amount};
use crate::model::{Amount, Dimension, Estimate, MeasureKind, QuantityError, Unit, says_nothing};

/// What a row says of a measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stated {
    /// In seconds, hundredths, or plain numbers.
    pub amount: Amount,
    /// As it is written, where the cell has its unit.
    pub typed: Option<(Amount, Unit)>,
}

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
    /// What its rows say.
    pub measures: BTreeMap<MeasureKind, Vec<Stated>>,
}

/// The steps of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// In the order of the rows.
    pub steps: Vec<Step>,
    /// What was left out or looks odd, in sentences.
    pub told: Vec<String>,
}

/// An amount with each of its numbers changed.
pub(super) fn scaled(amount: Amount, change: impl Fn(f64) -> f64) -> Amount {
    match amount {
        Amount::Unknown => Amount::Unknown,
        Amount::Guessed(number) => Amount::Guessed(change(number)),
        Amount::Measured(number) => Amount::Measured(change(number)),
        Amount::Estimated(Estimate { low, likely, high }) => Amount::Estimated(Estimate {
            low: change(low),
            likely: change(likely),
            high: change(high),
        }),
    }
}

/// The least and the greatest that an amount may be.
fn bounds(amount: Amount) -> Option<(f64, f64)> {
    match amount {
        Amount::Unknown => None,
        Amount::Guessed(number) | Amount::Measured(number) => Some((number, number)),
        Amount::Estimated(Estimate { low, high, .. }) => Some((low, high)),
    }
}

impl Step {
    /// What its rows say of a measure together: their mean, which is as sure as the least sure of
    /// them. Rows of which nobody knows it are left out, unless there are no others.
    #[must_use]
    pub fn amount(&self, kind: MeasureKind) -> Option<Amount> {
        let rows = self.measures.get(&kind)?;
        let Some(likely) = self.spread(kind).mean.map(Found::seconds) else {
            return Some(Amount::Unknown);
        };
        if let [one] = rows[..] {
            return Some(one.amount);
        }
        let has = |wanted: fn(&Amount) -> bool| rows.iter().any(|row| wanted(&row.amount));
        Some(if has(|amount| matches!(amount, Amount::Guessed(_))) {
            Amount::Guessed(likely)
        } else if has(|amount| matches!(amount, Amount::Estimated(_))) {
            let bounds: Vec<(f64, f64)> =
                rows.iter().filter_map(|row| bounds(row.amount)).collect();
            let count = bounds.len() as f64;
            Amount::Estimated(Estimate {
                low: bounds.iter().map(|(low, _)| low).sum::<f64>() / count,
                likely,
                high: bounds.iter().map(|(_, high)| high).sum::<f64>() / count,
            })
        } else {
            Amount::Measured(likely)
        })
    }

    /// The mean of what its rows say of a measure; of estimates that of the likely numbers.
    #[must_use]
    pub fn mean(&self, kind: MeasureKind) -> Option<f64> {
        self.spread(kind).mean.map(Found::seconds)
    }

    /// What its rows say of a measure, as a spread; of estimates the likely numbers.
    #[must_use]
    pub fn spread(&self, kind: MeasureKind) -> Spread {
        let values = self.measures.get(&kind).into_iter().flatten();
        let known = values.filter_map(|said| said.amount.likely());
        Spread::of(known.map(Passage::Ended).collect())
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
    let mut indices: BTreeMap<String, usize> = BTreeMap::new();
    let (mut bad, mut first_bad, mut nameless, mut unsplit) = (0, String::new(), 0, 0);
    let mut sums: Vec<&str> = Vec::new();
    for (number, line) in table.lines.iter().enumerate() {
        let name = line.cell(name_column);
        if !name.contains(char::is_alphanumeric) {
            nameless += 1;
            continue;
        }
        if number > 0 && is_sum(name) {
            sums.push(name);
            continue;
        }
        let index = *indices.entry(same_name(name)).or_insert_with(|| {
            found.steps.push(Step {
                name: name.to_owned(),
                ..Step::default()
            });
            found.steps.len() - 1
        });
        let step = &mut found.steps[index];
        step.rows += 1;
        let (mut process, mut waiting, mut lead) = (None, None, None);
        for (column, role) in mapping.roles.iter().enumerate() {
            let cell = line.cell(column);
            if says_nothing(cell) {
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
            let scale = if parts_of_one[column] { 100.0 } else { 1.0 };
            let wanted = kind.unwrap_or(MeasureKind::WaitingTime);
            let Ok(Some(said)) = said(cell, wanted, mapping, column, scale) else {
                bad += 1;
                if bad == 1 {
                    let cell: String = cell.chars().take(40).collect();
                    first_bad = format!(
                        "line {}, column {}: \u{201c}{cell}\u{201d} is no {}",
                        table.line_number(line),
                        table.headers[column],
                        kind.map_or("time", MeasureKind::name)
                    );
                }
                continue;
            };
            match kind {
                None => lead = Some(said.amount),
                Some(kind) => {
                    match kind {
                        MeasureKind::ProcessTime => process = Some(said.amount),
                        MeasureKind::WaitingTime => waiting = Some(said.amount),
                        _ => {}
                    }
                    step.measures.entry(kind).or_default().push(said);
                }
            }
        }
        let parted = match (lead, process, waiting) {
            (Some(lead), Some(process), None) => difference(lead, process),
            _ => None,
        };
        match (parted, lead, waiting) {
            (Some(amount), ..) => {
                let waits = step.measures.entry(MeasureKind::WaitingTime).or_default();
                waits.push(Stated {
                    amount,
                    typed: None,
                });
            }
            (None, Some(_), None) => unsplit += 1,
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
        sums.len(),
        match sums.len() {
            1 => format!(
                "1 row sums up the others and is left out: {}.",
                sums.join(", ")
            ),
            more => format!(
                "{more} rows sum up the others and are left out: {}.",
                sums.join(", ")
            ),
        },
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

/// What a cell says of a measure, as a field would read it, and shares as parts of 1 times `scale`.
fn said(
    cell: &str,
    kind: MeasureKind,
    mapping: &Mapping,
    column: usize,
    scale: f64,
) -> Result<Option<Stated>, QuantityError> {
    let calendar = &mapping.clock.calendar;
    let read = |unit| read_amount(cell, kind, mapping.sign, unit, calendar);
    let (found, is_said) = match read(None) {
        Err(QuantityError::UnitMissing(_)) => (read(Some(mapping.units[column]))?, false),
        found => (found?, true),
    };
    let said = |(amount, unit): (Amount, Unit)| {
        let factor = match kind.dimension() {
            Dimension::Time => calendar.seconds_in(unit),
            _ => scale,
        };
        Stated {
            amount: scaled(amount, |number| number * factor),
            typed: Some((amount, unit)).filter(|_| is_said && scale == 1.0),
        }
    };
    Ok(found.map(said))
}

/// What is left of one amount without another, if that is no less than nothing; it is as sure as the
/// less sure of them.
fn difference(whole: Amount, part: Amount) -> Option<Amount> {
    let likely = whole.likely()? - part.likely()?;
    let ((low, high), (least, most)) = (bounds(whole)?, bounds(part)?);
    if likely < 0.0 {
        return None;
    }
    Some(match (whole, part) {
        (Amount::Guessed(_), _) | (_, Amount::Guessed(_)) => Amount::Guessed(likely),
        (Amount::Measured(_), Amount::Measured(_)) => Amount::Measured(likely),
        _ => Amount::Estimated(Estimate {
            low: (low - most).max(0.0),
            likely,
            high: high - least,
        }),
    })
}

/// Whether the name of a row says that it sums up the others.
fn is_sum(name: &str) -> bool {
    const SUMS: [&str; 16] = [
        "total",
        "totals",
        "grandtotal",
        "sum",
        "subtotal",
        "average",
        "mean",
        "median",
        "overall",
        "summe",
        "gesamt",
        "insgesamt",
        "durchschnitt",
        "somme",
        "totale",
        "\u{5408}\u{8a08}",
    ];
    SUMS.contains(&same_name(name).as_str())
}

/// By column, whether it has shares as parts of 1: all are at most 1, and one is between.
fn parts_of_one(table: &Table<'_>, mapping: &Mapping) -> Vec<bool> {
    let is_part = |column: usize| {
        let Role::Measure(kind) = mapping.roles[column] else {
            return false;
        };
        if kind.dimension() != Dimension::Share
            || mapping.columns[column].kind != ColumnKind::Numbers
        {
            return false;
        }
        let calendar = &mapping.clock.calendar;
        let read = |cell: &str| read_amount(cell, MeasureKind::Share, mapping.sign, None, calendar);
        let amounts = table.column(column).filter_map(|cell| read(cell).ok()?);
        let (mut most, mut between) = (0.0_f64, false);
        for (_, number) in amounts.filter_map(|(amount, _)| bounds(amount)) {
            most = most.max(number);
            between |= number > 0.0 && number < 1.0;
        }
        between && most <= 1.0
    };
    (0..table.headers.len()).map(is_part).collect()
}
