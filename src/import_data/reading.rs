//! A table of items that is being read: its cells as times, and what there is to tell.

use std::collections::BTreeSet;

use super::items::{DAY, FRESH};
use super::mapping::Mapping;
use super::role::Role;
use super::time_zone::{Clocks, Instant, TimeZone, instant_at, instant_of};
use super::words::counted;
use crate::format::table::{Line, Moment, Table, read_amount, read_serial, read_stamp};
use crate::model::{MeasureKind, TimeBasis, says_nothing, says_unknown};

/// What is told of keys that are there twice.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Twins {
    /// They are told.
    Told,
    /// They are rows of one item.
    Expected,
}

/// A table that is being read.
pub(super) struct Reading<'a, 't> {
    pub(super) table: &'a Table<'t>,
    pub(super) mapping: &'a Mapping,
    /// By which times that say their zone are told.
    pub(super) clocks: Clocks<'a>,
    /// How many cells could not be read, and the first of them in words.
    bad: usize,
    first_bad: String,
    pub(super) zoned: usize,
    unzoned: usize,
    pub(super) with_time: usize,
    pub(super) told: Vec<String>,
}

impl<'a, 't> Reading<'a, 't> {
    pub(super) fn new(
        table: &'a Table<'t>,
        mapping: &'a Mapping,
        now: Instant,
        zone: &'a dyn TimeZone,
    ) -> Self {
        let clocks = match mapping.clock.calendar.basis {
            TimeBasis::Working => Clocks::on_the_wall(zone),
            TimeBasis::Clock => Clocks::steady(zone, about_as_of(table, mapping, now, zone)),
        };
        Self {
            table,
            mapping,
            clocks,
            bad: 0,
            first_bad: String::new(),
            zoned: 0,
            unzoned: 0,
            with_time: 0,
            told: Vec::new(),
        }
    }

    /// The moment of a cell by the clock of the person; none for an empty cell, or one that is told.
    pub(super) fn moment(&mut self, line: &Line<'_>, column: usize) -> Option<Moment> {
        let cell = line.cell(column);
        // What some programs write for nothing, and people for what nobody knows.
        if says_nothing(cell) || says_unknown(cell) {
            return None;
        }
        let stamp = read_stamp(cell, self.mapping.order).or_else(|| read_serial(cell));
        let Some(stamp) = stamp else {
            self.bad(line, column, "is no time");
            return None;
        };
        self.with_time += usize::from(stamp.wall % DAY != 0.0);
        Some(match instant_of(&stamp) {
            Some(instant) => {
                self.zoned += 1;
                self.clocks.at(instant)
            }
            None => {
                self.unzoned += 1;
                stamp.wall
            }
        })
    }

    pub(super) fn bad(&mut self, line: &Line<'_>, column: usize, why: &str) {
        self.bad += 1;
        if self.bad == 1 {
            let cell: String = line.cell(column).chars().take(40).collect();
            self.first_bad = format!(
                "line {}, column {}: \u{201c}{cell}\u{201d} {why}",
                self.table.line_number(line),
                self.table.headers[column]
            );
        }
    }

    /// The seconds of a cell with a length of time; none for one that says none, or one that is told.
    pub(super) fn length(&mut self, line: &Line<'_>, column: usize) -> Option<f64> {
        let mapping = self.mapping;
        let cell = line.cell(column);
        let unit = Some(mapping.units[column]);
        let calendar = &mapping.clock.calendar;
        match read_amount(cell, MeasureKind::WaitingTime, mapping.sign, unit, calendar) {
            Ok(Some((amount, unit))) => Some(calendar.seconds(amount.likely()?, unit)),
            Ok(None) => None,
            Err(_) => {
                self.bad(line, column, "is no length of time");
                None
            }
        }
    }

    /// Tells of keys that are there twice, and of keys that a spreadsheet has rounded.
    pub(super) fn tell_keys(&mut self, twins: Twins) {
        let Some(column) = self.mapping.columns_of(|role| role == Role::Item).next() else {
            return;
        };
        let header = &self.table.headers[column];
        let short = |key: &str| key.chars().take(40).collect::<String>();
        let keys = self.table.column(column).filter(|key| !key.is_empty());
        let keys: Vec<&str> = keys.collect();
        let rounded: Vec<&str> = keys.iter().copied().filter(|key| is_rounded(key)).collect();
        if let Some(first) = rounded.first() {
            self.told.push(format!(
                "{} a key ({header}) that a spreadsheet has rounded, first \u{201c}{}\u{201d}: different items \
                 may have the same. Export again, and import that column as text.",
                counted(rounded.len(), "row has", "rows have"),
                short(first)
            ));
        }
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let twice: Vec<&str> = keys.into_iter().filter(|key| !seen.insert(key)).collect();
        if let (Some(first), Twins::Told) = (twice.first(), twins) {
            self.told.push(format!(
                "{} the {header} of a row before, first \u{201c}{}\u{201d}. Each row counts as an item of \
                 its own.",
                counted(twice.len(), "row has", "rows have"),
                short(first)
            ));
        }
    }

    /// What there is to tell of the reading.
    pub(super) fn finish(mut self) -> Vec<String> {
        if self.bad > 0 {
            let more = match self.bad {
                1 => String::new(),
                more => format!(", and {} like it", more - 1),
            };
            let first = &self.first_bad;
            self.told.push(format!(
                "A time was left out that cannot be read: {first}{more}."
            ));
        }
        if self.zoned > 0 && self.unzoned > 0 {
            self.told.push(
                "Some times have a zone and others have none; those without are taken to be of the \
                 zone of this browser."
                    .to_owned(),
            );
        }
        if self.zoned + self.unzoned > 0 && self.with_time == 0 {
            self.told.push(
                "The table has days without their times: what begins and ends on one day takes no \
                 time here."
                    .to_owned(),
            );
        }
        if self.table.too_wide > 0 {
            self.told.push(format!(
                "{} more cells than there are columns; what is beyond the last is left out.",
                counted(self.table.too_wide, "row has", "rows have")
            ));
        }
        self.told
    }
}

/// About when the table was made: the day that a person has typed, else now or the newest time.
fn about_as_of(table: &Table<'_>, mapping: &Mapping, now: Instant, zone: &dyn TimeZone) -> Instant {
    let typed = mapping.as_of.as_ref();
    if let Some(typed) = typed.and_then(|typed| read_stamp(typed, mapping.order)) {
        return instant_at(zone, typed.wall);
    }
    let is_time = |role| matches!(role, Role::Entered(_) | Role::Moment);
    let mut newest = f64::MIN;
    for column in mapping.columns_of(is_time) {
        for cell in table.column(column) {
            if let Some(instant) = read_stamp(cell, mapping.order).and_then(|at| instant_of(&at)) {
                newest = newest.max(instant);
            }
        }
    }
    match (0.0..=FRESH).contains(&(now - newest)) || newest == f64::MIN {
        true => now,
        false => newest,
    }
}

/// Whether a spreadsheet has taken a key for a number and rounded it: `1.23E+10`.
fn is_rounded(key: &str) -> bool {
    let Some((number, power)) = key.split_once(['E', 'e']) else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = number.split(['.', ',']);
    let whole = parts.next().unwrap_or_default();
    let fraction = parts.next();
    // A key such as 12E5 may be meant; a spreadsheet writes the sign of the power.
    power.strip_prefix('+').is_some_and(is_digits)
        && is_digits(whole)
        && fraction.is_none_or(is_digits)
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_keys_are_known() {
        for key in ["1.23E+10", "1,23E+10", "9E+15", "1.234567e+12"] {
            assert!(is_rounded(key), "{key}");
        }
        for key in ["", "E+10", "12E5", "SH-1", "1.2.3E+4", "1.23E+1x", "123"] {
            assert!(!is_rounded(key), "{key}");
        }
    }
}
