//! Tables of measurements: their columns, what each is matched to, and the series that they make.

use serde::{Deserialize, Serialize};

use crate::equation::Name;
use crate::format::table::{DecimalSign, DecimalVotes, Table, TableLimits, read_number};
use crate::model::{Document, ScenarioValues, isolated};
use crate::simulate::{Observed, Weight};

use super::model::OpenModel;

/// The most columns that are offered.
const MOST_COLUMNS: usize = 200;

/// A column of a table of measurements.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FitColumn {
    /// Which table, from 0.
    pub table: u32,
    /// Which column of it: 0 has the times.
    pub column: u32,
    /// What is in its head.
    pub head: String,
    /// The variable of this name, as a column of a run; none where there is none.
    pub matched: Option<String>,
    /// How many numbers are in it.
    pub numbers: u64,
}

/// What a person has chosen for a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitChoice {
    /// Which table, from 0.
    pub table: u32,
    /// Which column of it.
    pub column: u32,
    /// The variable that it is of, as a column of a run; none for one that is passed over.
    pub output: Option<String>,
    /// The error of measuring, in the units of the column: distances count in parts of it. Without
    /// it they count in parts of the column's standard deviation.
    pub error: Option<f64>,
}

/// The columns of tables, but those of times; nothing of a text that is no table.
pub fn fit_columns(
    document: &Document,
    model: Option<&OpenModel>,
    tables: &[String],
) -> Vec<FitColumn> {
    let known = model.map_or_else(Vec::new, |model| model.columns(document));
    let mut found = Vec::new();
    for (place, text) in (0..).zip(tables) {
        let Ok(Measured { table, sign }) = Measured::read(text) else {
            continue;
        };
        for (column, head) in table.headers.iter().enumerate().skip(1) {
            let numbers = table.lines.iter();
            let numbers = numbers.filter(|line| read_number(line.cell(column), sign).is_some());
            found.push(FitColumn {
                table: place,
                column: u32::try_from(column).unwrap_or(u32::MAX),
                head: head.clone(),
                matched: of_name(&known, head).cloned(),
                numbers: numbers.count() as u64,
            });
        }
    }
    found.truncate(MOST_COLUMNS);
    found
}

/// A table that was read, and how it writes numbers.
struct Measured<'t> {
    table: Table<'t>,
    sign: DecimalSign,
}

impl<'t> Measured<'t> {
    fn read(text: &'t str) -> Result<Self, String> {
        let table = Table::read(text, &TableLimits::STANDARD);
        let table = table.map_err(|error| format!("The table cannot be read: {error}."))?;
        let mut votes = DecimalVotes::default();
        for line in &table.lines {
            (0..line.width()).for_each(|column| votes.count(line.cell(column)));
        }
        let sign = votes.sign(DecimalSign::Point);
        Ok(Self { table, sign })
    }
}

fn of_name<'c>(columns: &'c [String], name: &str) -> Option<&'c String> {
    let wanted = Name::new(name);
    columns.iter().find(|column| Name::new(column) == wanted)
}

/// The series of tables, and what of them was passed over, in sentences. A column that nobody has
/// chosen anything for is that of the variable in its head. Of some variables the model knows no
/// values.
///
/// # Errors
/// Why there is no series, as a sentence.
pub fn series_of(
    tables: &[String],
    choices: &[FitChoice],
    columns: &[String],
    unknown: &[Name],
) -> Result<(Vec<Observed>, Vec<String>), String> {
    let mut skipped = Vec::new();
    let mut all = Vec::new();
    let mut is_chosen = false;
    for (place, text) in (0_u32..).zip(tables) {
        if text.trim().is_empty() {
            continue;
        }
        let Measured { table, sign } = Measured::read(text)?;
        for (column, head) in table.headers.iter().enumerate().skip(1) {
            let mut chosen = choices.iter();
            let chosen = chosen.find(|one| one.table == place && one.column as usize == column);
            let wanted = match chosen {
                Some(chosen) => chosen.output.as_deref(),
                None => Some(head.as_str()),
            };
            let Some(wanted) = wanted else {
                is_chosen = true;
                continue;
            };
            let Some(output) = of_name(columns, wanted) else {
                let why = match unknown.contains(&Name::new(wanted)) {
                    true => "is a variable that cannot be computed",
                    false => "is no variable of the model",
                };
                skipped.push(format!(
                    "The column “{}” {why}, and was passed over.",
                    isolated(head)
                ));
                continue;
            };
            let points = table.lines.iter().filter_map(|line| {
                let time = read_number(line.cell(0), sign)?;
                Some((time, read_number(line.cell(column), sign)))
            });
            all.push(Observed {
                output: output.clone(),
                points: points.collect(),
                weight: match chosen.and_then(|chosen| chosen.error) {
                    Some(error) => Weight::Times(1.0 / error),
                    None => Weight::BySpread,
                },
            });
        }
    }
    match (all.is_empty(), is_chosen) {
        (false, _) => Ok((all, skipped)),
        (true, true) => Err("Every column is passed over: choose the variable of one.".to_owned()),
        (true, false) => Err(
            "The head of the table names no variable of the model: the first column has the times, \
             each other one the values of the variable in its head."
                .to_owned(),
        ),
    }
}

impl OpenModel {
    /// The columns of a run of the model as it is; none where it cannot run.
    pub fn columns(&self, document: &Document) -> Vec<String> {
        let settings = self.settings(document, &ScenarioValues::default());
        let Ok(run) = self.begin(document, &settings, None) else {
            return Vec::new();
        };
        let columns = run.compiled.columns().iter();
        columns.map(|column| column.name.clone()).collect()
    }
}
