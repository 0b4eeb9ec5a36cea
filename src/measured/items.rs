//! Work items and the states they went through, out of a table.

use std::collections::{BTreeMap, BTreeSet};

use super::mapping::{MOST_STATES, Mapping};
use super::role::{Role, TableKind};
use super::state::{Class, State};
use super::words::counted;
use super::zone::{Clocks, Instant, Zone, instant_at, instant_of, wall_at};
use crate::format::table::{Line, Moment, Table, moment_text, read_serial, read_stamp};
use crate::model::TimeBasis;

/// A stay of an item in a state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// The place of the state.
    pub state: usize,
    /// When the item entered it.
    pub entered: Moment,
}

/// A work item.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its visits in the order of their times; at least one. No two in a row are of one state, and
    /// none of a state that is left out.
    pub visits: Vec<Visit>,
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
    /// How the times of the table say their zone.
    pub zones: Zones,
    /// What was left out or looks odd, in sentences.
    pub told: Vec<String>,
}

/// How times say the zone that they are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zones {
    /// None says it: they are taken as they stand.
    #[default]
    None,
    /// Some say it, and are told by the clock of the person.
    Said,
}

/// Seconds in a day.
const DAY: f64 = 86_400.0;
/// From the beginning of a day to its last minute, in seconds.
const WHOLE_DAY: f64 = DAY - 60.0;
/// How long before now the newest time of an export may be for it to be taken as of now: over a
/// long weekend nothing moves.
const FRESH: f64 = 4.0 * DAY;

/// The items of a table of items or moves. Times that say their zone are told by the clock of the
/// zone of the person; those without are taken as they stand.
#[must_use]
pub fn items(table: &Table<'_>, mapping: &Mapping, now: Instant, zone: &dyn Zone) -> Items {
    let mut reading = Reading::new(table, mapping, now, zone);
    let (states, raw, not_started) = match mapping.kind {
        TableKind::Items => reading.wide(),
        TableKind::Moves => reading.moves(),
        TableKind::Steps => (Vec::new(), Vec::new(), 0),
    };
    let (zoned, with_time) = (reading.zoned, reading.with_time);
    let now = match zoned {
        0 => wall_at(zone, now),
        _ => reading.clocks.at(now),
    };
    let mut told = reading.finish();
    let newest = raw
        .iter()
        .flatten()
        .map(|visit| visit.entered)
        .fold(f64::MIN, f64::max);
    let mut as_of = as_of(mapping, newest, now, &mut told);
    if with_time == 0 && as_of == newest && as_of % DAY == 0.0 {
        // Days without their times: the export is of the end of the last of them.
        as_of += WHOLE_DAY;
    }
    let mut items = Items {
        states,
        not_started,
        as_of,
        zones: if zoned > 0 { Zones::Said } else { Zones::None },
        told,
        ..Items::default()
    };
    let mut later = 0;
    for visits in raw {
        later += usize::from(visits.iter().any(|visit| visit.entered > as_of));
        match tidied(&visits, &items.states) {
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

/// The item of raw visits; none if it entered no state that counts.
fn tidied(raw: &[Visit], states: &[State]) -> Option<Item> {
    let mut visits: Vec<Visit> = Vec::new();
    for visit in raw {
        let is_out = states[visit.state].class == Class::Out;
        let is_same = visits.last().is_some_and(|last| last.state == visit.state);
        if !is_out && !is_same {
            visits.push(*visit);
        }
    }
    (!visits.is_empty()).then_some(Item { visits })
}

/// A table that is being read.
struct Reading<'a, 't> {
    table: &'a Table<'t>,
    mapping: &'a Mapping,
    /// By which times that say their zone are told.
    clocks: Clocks<'a>,
    /// How many cells could not be read, and the first of them in words.
    bad: usize,
    first_bad: String,
    zoned: usize,
    unzoned: usize,
    with_time: usize,
    told: Vec<String>,
}

impl<'a, 't> Reading<'a, 't> {
    fn new(table: &'a Table<'t>, mapping: &'a Mapping, now: Instant, zone: &'a dyn Zone) -> Self {
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
    fn moment(&mut self, line: &Line<'_>, column: usize) -> Option<Moment> {
        let cell = line.cell(column);
        // What some programs write for nothing.
        if matches!(
            cell,
            "" | "-" | "\u{2013}" | "null" | "NULL" | "None" | "N/A" | "n/a"
        ) {
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

    fn bad(&mut self, line: &Line<'_>, column: usize, why: &str) {
        self.bad += 1;
        if self.bad == 1 {
            let cell: String = line.cell(column).chars().take(40).collect();
            self.first_bad = format!(
                "line {}, column {}: \u{201c}{cell}\u{201d} {why}",
                self.table.line_number(line),
                self.table.heads[column]
            );
        }
    }

    /// Tells of keys that are there twice.
    fn tell_twins(&mut self) {
        let Some(column) = self.mapping.columns_of(|role| role == Role::Item).next() else {
            return;
        };
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let keys = self.table.column(column).filter(|key| !key.is_empty());
        let twins: Vec<&str> = keys.filter(|key| !seen.insert(key)).collect();
        if let Some(first) = twins.first() {
            let first: String = first.chars().take(40).collect();
            self.told.push(format!(
                "{} the {} of a row before, first \u{201c}{first}\u{201d}. Each row counts as an item \
                 of its own.",
                counted(twins.len(), "row has", "rows have"),
                self.table.heads[column]
            ));
        }
    }

    /// One row an item, one column a state.
    fn wide(&mut self) -> (Vec<State>, Vec<Vec<Visit>>, usize) {
        let mut columns: Vec<(usize, State)> = Vec::new();
        for (place, role) in self.mapping.roles.iter().enumerate() {
            if let Role::Entered(class) = role {
                let name = self.table.heads[place].clone();
                columns.push((
                    place,
                    State {
                        name,
                        class: *class,
                    },
                ));
            }
        }
        // The ends come last, wherever their columns stand.
        columns.sort_by_key(|(_, state)| rank(state.class));
        let table = self.table;
        self.tell_twins();
        let mut raw = Vec::new();
        let (mut not_started, mut backward) = (0, 0);
        for line in &table.lines {
            let mut visits: Vec<Visit> = Vec::new();
            for (state, (column, _)) in columns.iter().enumerate() {
                if let Some(entered) = self.moment(line, *column) {
                    visits.push(Visit { state, entered });
                }
            }
            if visits.is_empty() {
                not_started += 1;
                continue;
            }
            backward += usize::from(
                visits
                    .windows(2)
                    .any(|pair| pair[0].entered > pair[1].entered),
            );
            // Of the same time, the order of the columns holds: the sort is stable.
            visits.sort_by(|one, other| one.entered.total_cmp(&other.entered));
            raw.push(visits);
        }
        if backward > 0 {
            self.told.push(format!(
                "{} entered a later state before an earlier one. They are taken in the order of their \
                 times, as work that went back; if columns stand in another order than the work goes, \
                 put them in order.",
                counted(backward, "item", "items")
            ));
        }
        (
            columns.into_iter().map(|(_, state)| state).collect(),
            raw,
            not_started,
        )
    }

    /// One row a move.
    fn moves(&mut self) -> (Vec<State>, Vec<Vec<Visit>>, usize) {
        let mapping = self.mapping;
        let column = |wanted: Role| mapping.columns_of(|role| role == wanted).next();
        let (Some(item), Some(state), Some(moment)) = (
            column(Role::Item),
            column(Role::State),
            column(Role::Moment),
        ) else {
            let lacks = "Choose the columns of the item, of the state it entered, and of when.";
            self.told.push(lacks.to_owned());
            return (Vec::new(), Vec::new(), 0);
        };
        if mapping.states.is_empty() {
            self.told.push(format!(
                "The column {} has more than {MOST_STATES} different states, or none; choose another.",
                self.table.heads[state]
            ));
            return (Vec::new(), Vec::new(), 0);
        }
        let table = self.table;
        let mut by_item: BTreeMap<&str, Vec<Visit>> = BTreeMap::new();
        let mut nameless = 0;
        for line in &table.lines {
            let name = line.cell(item);
            if name.is_empty() {
                nameless += 1;
                continue;
            }
            let visits = by_item.entry(name).or_default();
            let place = mapping
                .states
                .binary_search_by(|known| known.name.as_str().cmp(line.cell(state)));
            if let (Ok(state), Some(entered)) = (place, self.moment(line, moment)) {
                visits.push(Visit { state, entered });
            }
        }
        if nameless > 0 {
            self.told.push(format!(
                "{} no item and are left out.",
                counted(nameless, "row names", "rows name")
            ));
        }
        let mut raw: Vec<Vec<Visit>> = by_item.into_values().collect();
        if raw.len() > 1 && raw.iter().all(|visits| visits.len() < 2) {
            self.told.push(
                "Every item has one move only, so nothing can be said of how long it stays. If each row \
                 is a work item with its times, say so at the top, under \"Each row is\"."
                    .to_owned(),
            );
        }
        for visits in &mut raw {
            visits.sort_by(|one, other| {
                one.entered
                    .total_cmp(&other.entered)
                    .then(one.state.cmp(&other.state))
            });
        }
        let order = order_of(&raw, &mapping.states);
        let mut place_of = vec![0; order.len()];
        for (place, state) in order.iter().enumerate() {
            place_of[*state] = place;
        }
        for visits in &mut raw {
            for visit in visits.iter_mut() {
                visit.state = place_of[visit.state];
            }
            // Of the same time, the order of the work holds.
            visits.sort_by(|one, other| {
                one.entered
                    .total_cmp(&other.entered)
                    .then(one.state.cmp(&other.state))
            });
        }
        let started = raw.len();
        raw.retain(|visits| !visits.is_empty());
        let states = order.into_iter().map(|place| mapping.states[place].clone());
        let not_started = started - raw.len();
        (states.collect(), raw, not_started)
    }

    /// What there is to tell of the reading.
    fn finish(mut self) -> Vec<String> {
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
fn about_as_of(table: &Table<'_>, mapping: &Mapping, now: Instant, zone: &dyn Zone) -> Instant {
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

/// Where a state stands among the others whatever the times say: the ends are last.
const fn rank(class: Class) -> u8 {
    match class {
        Class::Done => 1,
        Class::Dropped => 2,
        _ => 0,
    }
}

/// The order of states: one comes before another if more items entered it first (Copeland's count
/// of such wins); the ends last, and what is even in the order of the names.
fn order_of(raw: &[Vec<Visit>], states: &[State]) -> Vec<usize> {
    let size = states.len();
    let mut before = vec![0_i64; size * size];
    for visits in raw {
        let mut seen: Vec<usize> = Vec::new();
        for visit in visits {
            if !seen.contains(&visit.state) {
                for earlier in &seen {
                    before[earlier * size + visit.state] += 1;
                }
                seen.push(visit.state);
            }
        }
    }
    let wins = |state: usize| -> i64 {
        let others =
            (0..size).map(|other| before[state * size + other] - before[other * size + state]);
        others.map(i64::signum).sum()
    };
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by_key(|state| (rank(states[*state].class), -wins(*state), *state));
    order
}

impl Items {
    /// The date of the export as people write it.
    #[must_use]
    pub fn as_of_text(&self) -> String {
        moment_text(self.as_of).map_or_else(String::new, |(text, _)| text)
    }
}
