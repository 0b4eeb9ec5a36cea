//! Whether a text is a table of measured data.

use super::mapping::{Choices, Mapping};
use super::role::{Role, TableKind};
use crate::format::table::{DateOrder, Table, TableLimits, read_stamp};
use crate::model::Calendar;

/// The table of a text of several columns that its rows agree on, under a header without times.
/// Rows may end early, since some programs leave out what is empty at the end.
fn even_table(text: &str) -> Option<Table<'_>> {
    const LONGEST_HEADER: usize = 80;
    let table = Table::read(text, &TableLimits::STANDARD).ok()?;
    let width = table.headers.len();
    let rows = table.lines.len();
    let of = |fits: &dyn Fn(usize) -> bool| {
        let lines = table.lines.iter();
        lines.filter(|line| fits(line.width())).count()
    };
    let exactly = of(&|cells| cells == width);
    let several = of(&|cells| cells > 1 && cells <= width);
    let at_most = of(&|cells| cells <= width);
    let is_even = exactly * 5 >= rows * 4
        || width > 2 && several * 5 >= rows * 4
        || at_most * 5 >= rows * 4 && exactly * 2 >= rows;
    let has_headers = table.headers.iter().all(|header| {
        header.len() <= LONGEST_HEADER && read_stamp(header, DateOrder::DayFirst).is_none()
    });
    (has_headers && is_even).then_some(table)
}

/// Whether a text is a table, of whatever it may be.
#[must_use]
pub fn is_even_table(text: &str) -> bool {
    even_table(text).is_some()
}

/// What each row of a text is, if it seems to be a table of steps or of work items: several columns
/// that rows agree on, and states with their times or steps with their measures.
#[must_use]
pub fn seems_measured(text: &str) -> Option<TableKind> {
    let table = even_table(text)?;
    let mapping = Mapping::of(&table, &Choices::new(), Calendar::default());
    let is_measure = |role| matches!(role, Role::Measure(_) | Role::LeadTime);
    let is_sound = match mapping.kind {
        TableKind::Items | TableKind::Moves => true,
        TableKind::Steps => {
            mapping.roles.contains(&Role::Name) && mapping.columns_of(is_measure).next().is_some()
        }
    };
    is_sound.then_some(mapping.kind)
}
