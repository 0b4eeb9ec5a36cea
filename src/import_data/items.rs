//! Work items and the states they went through, out of a table.

use super::mapping::Mapping;
use super::reading::Reading;
use super::role::TableKind;
use super::state::{Class, State};
use super::survival::Passage;
use super::time_zone::{Instant, TimeZone, wall_at};
use super::words::counted;
use crate::format::table::{Moment, Table, moment_text, read_stamp};

/// A stay of an item in a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// The place of the state.
    pub state: usize,
    /// When the item entered it.
    pub entered: Moment,
    /// When it left it, where the table says so; else when it entered the next.
    pub left: Option<Moment>,
}

/// A stay of which the table says how long it was, and not when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stay {
    /// The place of the state.
    pub state: usize,
    /// How long it took, or has taken so far.
    pub passage: Passage,
}

/// A work item. It has a visit or a stay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Its visits in the order of their times. No two in a row are of one state, and none of a state
    /// that is left out.
    pub visits: Vec<Visit>,
    /// Its stays in the order of the states, where the table has lengths of time.
    pub stays: Vec<Stay>,
    /// How it ended, where the table says so without a time.
    pub fate: Option<Fate>,
}

/// How an item ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is finished.
    Done,
    /// It was dropped.
    Dropped,
}

/// The work items of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Items {
    /// The states in the order of the work.
    pub states: Vec<State>,
    /// The items.
    pub items: Vec<Item>,
    /// Rows or items that have entered no state yet.
    pub not_started: usize,
    /// When the table was made: ages count up to here.
    pub as_of: Moment,
    /// Whether times of the table say the zone that they are of, and are told by the clock of the
    /// person; where none says it, they are taken as they stand.
    pub zoned: bool,
    /// What was left out or looks odd, in sentences.
    pub told: Vec<String>,
}

/// Seconds in a day.
pub(super) const DAY: f64 = 86_400.0;
/// From the beginning of a day to its last minute, in seconds.
const WHOLE_DAY: f64 = DAY - 60.0;
/// How long before now the newest time of an export may be for it to be taken as of now: over a
/// long weekend nothing moves.
pub(super) const FRESH: f64 = 4.0 * DAY;

/// The items of a table of items or moves. Times that say their zone are told by the clock of the
/// zone of the person; those without are taken as they stand.
#[must_use]
pub fn items(table: &Table<'_>, mapping: &Mapping, now: Instant, zone: &dyn TimeZone) -> Items {
    let mut reading = Reading::new(table, mapping, now, zone);
    let (states, raw) = match mapping.kind {
        TableKind::Items => reading.wide(),
        TableKind::Moves => reading.moves(),
        TableKind::Steps => (Vec::new(), Vec::new()),
    };
    let (zoned, with_time) = (reading.zoned, reading.with_time);
    let now = match zoned {
        0 => wall_at(zone, now),
        _ => reading.clocks.at(now),
    };
    let mut told = reading.finish();
    let newest = raw
        .iter()
        .flat_map(|item| &item.visits)
        .flat_map(|visit| [Some(visit.entered), visit.left])
        .flatten()
        .fold(f64::MIN, f64::max);
    let mut as_of = as_of(mapping, newest, now, &mut told);
    if with_time == 0 && as_of == newest && as_of % DAY == 0.0 {
        // Days without their times: the export is of the end of the last of them.
        as_of += WHOLE_DAY;
    }
    let mut items = Items {
        states,
        as_of,
        zoned: zoned > 0,
        told,
        ..Items::default()
    };
    let mut later = 0;
    for item in raw {
        later += usize::from(item.visits.iter().any(|visit| visit.entered > as_of));
        match tidied(item, &items.states) {
            Some(item) => items.items.push(item),
            None => items.not_started += 1,
        }
    }
    if later > 0 {
        items.told.push(format!(
            "{} entered a state after the date of the export; what is open there has the age 0.",
            counted(later, "item", "items")
        ));
    }
    items
}

/// The date of the export: what a person has typed, else now if the newest time is fresh, else the
/// newest time.
fn as_of(mapping: &Mapping, newest: Moment, now: Moment, told: &mut Vec<String>) -> Moment {
    let typed = mapping
        .as_of
        .as_ref()
        .map(|typed| read_stamp(typed, mapping.order));
    match typed {
        Some(Some(stamp)) => {
            // A day without its time is meant to its end.
            let is_whole_day = stamp.wall % DAY == 0.0;
            return stamp.wall + if is_whole_day { WHOLE_DAY } else { 0.0 };
        }
        Some(None) => told
            .push("The date of the export is no date; write it like 2026-11-25 14:00.".to_owned()),
        None => {}
    }
    if newest == f64::MIN {
        return now;
    }
    if (0.0..=FRESH).contains(&(now - newest)) {
        now
    } else {
        newest
    }
}

/// The item of raw visits and stays; none if it entered no state that counts.
fn tidied(raw: Item, states: &[State]) -> Option<Item> {
    let mut visits: Vec<Visit> = Vec::new();
    for visit in raw.visits {
        let is_out = states[visit.state].class == Class::Out;
        match visits.last_mut() {
            // It left it when it left it last, or what counts with it.
            Some(last) if is_out || last.state == visit.state => last.left = visit.left,
            None if is_out => {}
            _ => visits.push(visit),
        }
    }
    let is_there = raw.fate.is_some() || !visits.is_empty() || !raw.stays.is_empty();
    is_there.then_some(Item { visits, ..raw })
}

impl Items {
    /// The date of the export as people write it.
    #[must_use]
    pub fn as_of_text(&self) -> String {
        moment_text(self.as_of).map_or_else(String::new, |(text, _)| text)
    }
}
