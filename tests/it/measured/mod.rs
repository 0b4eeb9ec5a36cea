//! Measured data: tables of steps and of work items, the figures they give, and what goes onto a map.

mod desk;
mod experiments;
mod field;
mod hostile;
mod items;
mod layouts;
mod maps;
mod steps;
mod trackers;
mod zones;

use loopstream::format::table::{DateOrder, Moment, Table, TableLimits, read_stamp};
use loopstream::import_data::{Choices, Figures, Items, Mapping, TimeZone, Utc, figures, items};
use loopstream::model::{Calendar, TimeBasis};

pub const STEPS: &str = include_str!("fixtures/steps.csv");
pub const SCHRITTE: &str = include_str!("fixtures/schritte.csv");
pub const JIRA: &str = include_str!("fixtures/jira.csv");
pub const MOVES: &str = include_str!("fixtures/moves.tsv");

pub const JIRA_EXPORT: &str = include_str!("fixtures/jira-export.csv");
pub const AZURE: &str = include_str!("fixtures/azure.csv");
pub const GITHUB: &str = include_str!("fixtures/github.csv");
pub const LINEAR: &str = include_str!("fixtures/linear.csv");
pub const TRELLO: &str = include_str!("fixtures/trello.csv");
pub const EXCEL: &str = include_str!("fixtures/excel.csv");

pub const DAY: f64 = 86_400.0;

/// A calendar on the clock.
pub fn clock() -> Calendar {
    Calendar {
        basis: TimeBasis::Clock,
        ..Calendar::default()
    }
}

pub fn at(text: &str) -> Moment {
    read_stamp(text, DateOrder::DayFirst).unwrap().wall
}

pub fn chosen(pairs: &[(&str, &str)]) -> Choices {
    let pairs = pairs.iter();
    pairs
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

pub fn table(text: &str) -> Table<'_> {
    Table::read(text, &TableLimits::STANDARD).unwrap_or_else(|error| panic!("{error}"))
}

/// A table of items as it is understood on the clock, and what it says.
pub fn understood(text: &str, choices: &[(&str, &str)], now: &str) -> (Mapping, Items, Figures) {
    understood_in(&Utc, text, choices, now)
}

/// The same for a person in a zone; `now` is by the clock of UTC.
pub fn understood_in(
    zone: &dyn TimeZone,
    text: &str,
    choices: &[(&str, &str)],
    now: &str,
) -> (Mapping, Items, Figures) {
    let table = table(text);
    let mapping = Mapping::of(&table, &chosen(choices), clock());
    let items = items(&table, &mapping, at(now), zone);
    let figures = figures(&items, &mapping.clock);
    (mapping, items, figures)
}
