//! The unit of times in states that say none: the one in which they add up to the whole.

use super::clock::Clock;
use super::role::Role;
use super::state::Class;
use crate::format::table::{
    Column, DateOrder, DecimalSign, Moment, Table, read_number, read_serial, read_stamp,
    unit_in_header,
};
use crate::model::Unit;

/// Units in which trackers count, with their names.
const UNITS: [(Unit, &str); 5] = [
    (Unit::Day, "days"),
    (Unit::Hour, "hours"),
    (Unit::Minute, "minutes"),
    (Unit::Second, "seconds"),
    (Unit::Week, "weeks"),
];

/// The unit of the plain numbers that are times in states, and a sentence about it; none where there
/// are none, or their headers say it.
pub(super) fn unit_of_stays(
    table: &Table<'_>,
    columns: &[Column],
    roles: &[Role],
    sign: DecimalSign,
    order: DateOrder,
    clock: &Clock,
) -> Option<(Unit, String)> {
    let is_open = |index: &usize| {
        matches!(roles[*index], Role::Spent(_) | Role::Stayed)
            && columns[*index].numbers > 0
            && unit_in_header(&table.headers[*index]).is_none()
    };
    let open: Vec<usize> = (0..roles.len()).filter(is_open).collect();
    let header = &table.headers[*open.first()?];
    let of = |wanted: &dyn Fn(Class) -> bool| {
        let fits = |index: &usize| matches!(roles[*index], Role::Entered(class) if wanted(class));
        (0..roles.len()).filter(fits).collect::<Vec<usize>>()
    };
    let begins = of(&|class| class == Class::Begun);
    let ends = of(&Class::is_end);
    let moment = |cell: &str| -> Option<Moment> {
        let stamp = read_stamp(cell, order).or_else(|| read_serial(cell))?;
        Some(stamp.wall)
    };
    let (mut spans, mut whole) = (0.0, 0.0);
    for line in &table.lines {
        let at = |indices: &[usize]| indices.iter().find_map(|index| moment(line.cell(*index)));
        let numbers = open
            .iter()
            .filter_map(|index| read_number(line.cell(*index), sign));
        if let (Some(from), Some(to)) = (at(&begins), at(&ends))
            && to > from
        {
            spans += numbers.sum::<f64>();
            whole += clock.between(from, to);
        }
    }
    let calendar = &clock.calendar;
    if spans > 0.0 && whole > 0.0 {
        let far = |unit: Unit| (spans * calendar.seconds_in(unit) / whole).ln().abs();
        let nearest = UNITS
            .iter()
            .min_by(|one, other| far(one.0).total_cmp(&far(other.0)))?;
        return Some((
            nearest.0,
            format!(
                "The times in each state, such as {header}, have no unit. They are taken for {}: so they \
                 come nearest to the time from the beginning to the end. If that is wrong, choose \
                 another under \"Units\".",
                nearest.1
            ),
        ));
    }
    Some((
        Unit::Day,
        format!(
            "The times in each state, such as {header}, have no unit, and nothing says which. They are \
             taken for days. If that is wrong, choose another under \"Units\"."
        ),
    ))
}
