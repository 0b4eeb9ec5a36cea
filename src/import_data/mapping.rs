//! What is taken for what: guessed from a table, and changed by what a person has chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Clock;
use super::header::says_time;
use super::looks::{guess_outcomes, looks};
use super::role::{Role, TableKind};
use super::state::{Class, State};
use super::unit::unit_of_stays;
use crate::format::table::{
    Column, ColumnKind, DateOrder, DecimalSign, DecimalVotes, Table, Votes, columns, moment_text,
    read_serial, unit_in_header,
};
use crate::model::{Calendar, Dimension, TimeBasis, Unit};

/// What a person has chosen, by the key of the choice.
pub type Choices = BTreeMap<String, String>;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its key among the choices.
    pub key: String,
    /// What is chosen.
    pub label: String,
    /// What helps to choose; may be empty.
    pub note: String,
    /// Keys and words of what there is to choose from; none where a person types.
    pub options: Vec<(String, String)>,
    /// What holds now.
    pub chosen: String,
}

/// How items come in runs of a map that is made of work items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrive {
    /// As often as these did on the mean.
    #[default]
    OnTheMean,
    /// At the times at which these did.
    AsTheyCame,
}

/// How a table is understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// What each row is.
    pub kind: TableKind,
    /// What each column is.
    pub roles: Vec<Role>,
    /// The unit of the plain numbers of each column that are spans of time.
    pub units: Vec<Unit>,
    /// The states that moves lead to, in the order of their names; empty for other tables.
    pub states: Vec<State>,
    /// What parts decimals.
    pub sign: DecimalSign,
    /// Which comes first in `3/4/2026`.
    pub order: DateOrder,
    /// Which time passes.
    pub clock: Clock,
    /// How items come in runs of the map.
    pub arrivals: Arrive,
    /// The date of the export, as a person has typed it; none for what the table suggests.
    pub as_of: Option<String>,
    /// How the columns look.
    pub columns: Vec<Column>,
    /// What the table leaves open or contradicts, in sentences.
    pub doubts: Vec<String>,
    /// What the days say of their order.
    votes: Votes,
    decimal_votes: DecimalVotes,
}

/// The most states that moves may lead to: more are hardly states.
pub const MOST_STATES: usize = 60;

const UNITS: [(Unit, &str, &str); 6] = [
    (Unit::Second, "s", "seconds"),
    (Unit::Minute, "min", "minutes"),
    (Unit::Hour, "h", "hours"),
    (Unit::Day, "d", "days"),
    (Unit::Week, "wk", "weeks"),
    (Unit::Month, "mo", "months"),
];
const SIGNS: [(DecimalSign, &str, &str); 2] = [
    (DecimalSign::Point, "point", "a point: 1,234.5"),
    (DecimalSign::Comma, "comma", "a comma: 1.234,5"),
];
const ORDERS: [(DateOrder, &str, &str); 2] = [
    (
        DateOrder::DayFirst,
        "day",
        "the day: 3/4 is the 3rd of April",
    ),
    (
        DateOrder::MonthFirst,
        "month",
        "the month: 3/4 is the 4th of March",
    ),
];
const BASES: [(TimeBasis, &str, &str); 2] = [
    (TimeBasis::Working, "working", "in working time"),
    (TimeBasis::Clock, "clock", "on the clock"),
];

const ARRIVALS: [(Arrive, &str, &str); 2] = [
    (
        Arrive::OnTheMean,
        "mean",
        "as often as these did, on the mean",
    ),
    (
        Arrive::AsTheyCame,
        "list",
        "at the times at which these did",
    ),
];

/// What a key stands for in a table of choices, or what holds without one.
fn pick<T: Copy>(choices: &Choices, key: &str, table: &[(T, &str, &str)], usual: T) -> T {
    let chosen = choices.get(key);
    let found = chosen.and_then(|chosen| table.iter().find(|(_, known, _)| known == chosen));
    found.map_or(usual, |(value, ..)| *value)
}

fn choice<T: Copy + PartialEq>(
    key: &str,
    label: &str,
    note: String,
    table: &[(T, &str, &str)],
    now: T,
) -> Choice {
    let options = table
        .iter()
        .map(|(_, key, words)| ((*key).to_owned(), (*words).to_owned()));
    let chosen = table.iter().find(|(value, ..)| *value == now);
    Choice {
        key: key.to_owned(),
        label: label.to_owned(),
        note,
        options: options.collect(),
        chosen: chosen.map_or_else(String::new, |(_, key, _)| (*key).to_owned()),
    }
}

impl Mapping {
    /// What a table is taken for; times count by this calendar unless something else is chosen.
    #[must_use]
    pub fn of(table: &Table<'_>, choices: &Choices, calendar: Calendar) -> Self {
        let (decimal_votes, votes) = votes(table);
        let usual = match table.dialect.separator {
            crate::format::table::Separator::Semicolon => DecimalSign::Comma,
            _ => DecimalSign::Point,
        };
        let sign = pick(choices, "decimal", &SIGNS, decimal_votes.sign(usual));
        let order = pick(choices, "order", &ORDERS, votes.order());
        let basis = pick(choices, "basis", &BASES, calendar.basis);
        let mut clock = Clock::new(Calendar { basis, ..calendar });
        if let Some(hour) = choices
            .get("begins")
            .and_then(|hour| hour.parse::<u8>().ok())
        {
            clock.begins = f64::from(hour.min(23)) * 3_600.0;
        }
        let mut columns = columns(table, sign, order);
        let serials = serials(table, &mut columns);
        let looks = looks(table, &columns);
        let kind = pick(choices, "rows", &TableKind::ALL, TableKind::guess(&looks));
        let mut roles = kind.guess_roles(&looks);
        if kind == TableKind::Items {
            guess_outcomes(table, &columns, &mut roles);
        }
        let known = kind.roles();
        for (index, role) in roles.iter_mut().enumerate() {
            *role = pick(
                choices,
                &format!("{}{index}", kind_key(kind)),
                &known,
                *role,
            );
        }
        // Times in states that have no unit are in the one in which they add up to the whole.
        let stays = unit_of_stays(table, &columns, &roles, sign, order, &clock);
        let is_stay = |role: Role| matches!(role, Role::Spent(_) | Role::Stayed);
        let units = table.headers.iter().enumerate().map(|(index, header)| {
            let usual = match stays {
                Some((unit, _)) if is_stay(roles[index]) => unit,
                _ => Unit::Hour,
            };
            let usual = unit_in_header(header).unwrap_or(usual);
            pick(choices, &format!("unit{index}"), &UNITS, usual)
        });
        let units: Vec<Unit> = units.collect();
        let states = match kind {
            TableKind::Moves => states(table, &roles, Role::State, choices),
            TableKind::Items => states(table, &roles, Role::Outcome, choices),
            TableKind::Steps => Vec::new(),
        };
        let mut mapping = Self {
            kind,
            roles,
            units,
            states,
            sign,
            order,
            clock,
            arrivals: pick(choices, "arrivals", &ARRIVALS, Arrive::default()),
            as_of: choices
                .get("date")
                .filter(|date| !date.trim().is_empty())
                .cloned(),
            columns,
            doubts: Vec::new(),
            votes,
            decimal_votes,
        };
        mapping.doubts = mapping.doubts(choices);
        mapping.doubts.extend(serials);
        let is_chosen = choices.keys().any(|key| key.starts_with("unit"));
        let doubt = stays.filter(|_| !is_chosen).map(|(_, doubt)| doubt);
        mapping.doubts.extend(doubt);
        mapping.doubts.extend(mapping.asked(table));
        mapping.doubts.extend(table.told.iter().cloned());
        mapping
    }

    /// The columns of a role.
    pub fn columns_of(&self, wanted: impl Fn(Role) -> bool) -> impl Iterator<Item = usize> {
        let roles = self.roles.iter().enumerate();
        roles
            .filter(move |(_, role)| wanted(**role))
            .map(|(index, _)| index)
    }

    fn has_moments(&self) -> bool {
        self.kind != TableKind::Steps
    }

    /// What is asked about states of which nothing is known.
    fn asked(&self, table: &Table<'_>) -> Option<String> {
        let columns = self.roles.iter().enumerate();
        let of_columns = columns.filter_map(|(index, role)| match role {
            Role::Entered(Class::Unknown) | Role::Spent(Class::Unknown) => {
                Some(table.headers[index].as_str())
            }
            _ => None,
        });
        let states = self
            .states
            .iter()
            .filter(|state| state.class == Class::Unknown);
        let names = of_columns.chain(states.map(|state| state.name.as_str()));
        let names: Vec<String> = names
            .map(|name| format!("\u{201c}{name}\u{201d}"))
            .collect();
        let (is, it) = match names.len() {
            0 => return None,
            1 => ("is", "it"),
            _ => ("are", "each of them"),
        };
        Some(format!(
            "It is not clear what {} {is}: choose above whether {it} is waiting, work, or the \
             end. Until then its time counts as neither.",
            names.join(", ")
        ))
    }

    /// What the table leaves open.
    fn doubts(&self, choices: &Choices) -> Vec<String> {
        let mut doubts = Vec::new();
        if self.has_moments() && self.votes.is_open() && !choices.contains_key("order") {
            let order = match self.order {
                DateOrder::DayFirst => "the day first",
                DateOrder::MonthFirst => "the month first",
            };
            doubts.push(format!(
                "Every date could have the day or the month first; they are read with {order}. If \
                 that is wrong, choose the other under \"How it is read\"."
            ));
        }
        if self.votes.is_contradictory() {
            let [days, months] = [self.votes.day_first, self.votes.month_first];
            doubts.push(format!(
                "{days} dates can only have the day first, and {months} only the month: some cannot \
                 be read."
            ));
        }
        if self.kind == TableKind::Steps
            && self.decimal_votes.is_open()
            && !choices.contains_key("decimal")
        {
            let read = match self.sign {
                DecimalSign::Point => "a point parts decimals",
                DecimalSign::Comma => "a comma parts decimals",
            };
            doubts.push(format!(
                "Numbers such as 1,250 or 1.250 could be thousands or decimals; they are read so that \
                 {read}."
            ));
        }
        doubts
    }

    /// What there is to choose, part by part, each with its heading. The date of the export is
    /// `as_of` where a person has typed none.
    #[must_use]
    pub fn choices(&self, table: &Table<'_>, as_of: &str) -> Vec<(&'static str, Vec<Choice>)> {
        let rows = choice(
            "rows",
            "Each row is",
            String::new(),
            &TableKind::ALL,
            self.kind,
        );
        let known = self.kind.roles();
        let columns =
            table
                .headers
                .iter()
                .zip(&self.columns)
                .enumerate()
                .map(|(index, (header, column))| {
                    let note = match column.samples.is_empty() {
                        true => "empty".to_owned(),
                        false => column.samples.join(" \u{b7} "),
                    };
                    let key = format!("{}{index}", kind_key(self.kind));
                    choice(&key, header, note, &known, self.roles[index])
                });
        let mut parts = vec![("What it is", vec![rows]), ("Columns", columns.collect())];
        let units: Vec<Choice> = self
            .unit_columns()
            .map(|index| {
                let label = format!("Unit of {}", table.headers[index]);
                choice(
                    &format!("unit{index}"),
                    &label,
                    String::new(),
                    &UNITS,
                    self.units[index],
                )
            })
            .collect();
        if !units.is_empty() {
            parts.push(("Units", units));
        }
        if !self.states.is_empty() {
            let classes = Class::ALL.map(|class| (class, class.key(), class.label()));
            let states = self.states.iter().map(|state| {
                let key = format!("state {}", state.name);
                let note = match state.class {
                    Class::Unknown => "is this waiting, work, or the end?",
                    _ => "",
                };
                choice(&key, &state.name, note.to_owned(), &classes, state.class)
            });
            parts.push(("States", states.collect()));
        }
        parts.push(("How it is read", self.reading(as_of)));
        parts
    }

    /// How dates and times are read.
    fn reading(&self, as_of: &str) -> Vec<Choice> {
        let mut list = Vec::new();
        if self.has_moments() {
            if self.votes.either + self.votes.day_first + self.votes.month_first > 0 {
                list.push(choice(
                    "order",
                    "First in a date comes",
                    String::new(),
                    &ORDERS,
                    self.order,
                ));
            }
        } else {
            list.push(choice(
                "decimal",
                "Decimals have",
                String::new(),
                &SIGNS,
                self.sign,
            ));
        }
        let basis = self.clock.calendar.basis;
        list.push(choice("basis", "Times count", String::new(), &BASES, basis));
        if self.has_moments() && basis == TimeBasis::Working {
            let hours: Vec<String> = (0..=12).map(|hour| hour.to_string()).collect();
            let hours = hours
                .iter()
                .map(|hour| (hour.clone(), format!("{hour}:00")));
            list.push(Choice {
                key: "begins".to_owned(),
                label: "Work begins at".to_owned(),
                note: String::new(),
                options: hours.collect(),
                chosen: ((self.clock.begins / 3_600.0) as u8).to_string(),
            });
        }
        if self.has_moments() {
            let note = "for runs of the map; you can change it there".to_owned();
            let label = "In runs items come";
            list.push(choice("arrivals", label, note, &ARRIVALS, self.arrivals));
        }
        let (label, note) = match self.kind {
            TableKind::Steps => ("Date of the measurement", ""),
            _ => (
                "Date of the export",
                "ages of what is under way count up to here",
            ),
        };
        list.push(Choice {
            key: "date".to_owned(),
            label: label.to_owned(),
            note: note.to_owned(),
            options: Vec::new(),
            chosen: self.as_of.clone().unwrap_or_else(|| as_of.to_owned()),
        });
        list
    }

    /// The columns whose plain numbers are spans of time.
    fn unit_columns(&self) -> impl Iterator<Item = usize> {
        let is_time = |index: usize| match self.roles[index] {
            Role::LeadTime | Role::Spent(_) | Role::Stayed => true,
            Role::Measure(kind) => kind.dimension() == Dimension::Time,
            _ => false,
        };
        (0..self.columns.len())
            .filter(move |index| is_time(*index) && self.columns[*index].numbers > 0)
    }
}

/// The key under which the role of a column is kept, which is another for each kind of table.
const fn kind_key(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Steps => "step column ",
        TableKind::Items => "item column ",
        TableKind::Moves => "move column ",
    }
}

/// What numbers and days of a table say of how they are written.
fn votes(table: &Table<'_>) -> (DecimalVotes, Votes) {
    // Enough to meet a day after the twelfth; more would only take time.
    const LOOKED_AT: usize = 20_000;
    let (mut decimals, mut days) = (DecimalVotes::default(), Votes::default());
    for index in 0..table.headers.len() {
        for cell in table
            .column(index)
            .take(LOOKED_AT)
            .filter(|cell| !cell.is_empty())
        {
            decimals.count(cell);
            days.count(cell);
        }
    }
    (decimals, days)
}

/// Finds columns with days as spreadsheets count them, makes them columns of moments, and says so.
///
/// Such numbers could be anything; so one of the columns must be called like a time, and the others
/// must lie about where it does.
fn serials(table: &Table<'_>, columns: &mut [Column]) -> Option<String> {
    /// How far from the days of the first column those of others may lie, in seconds.
    const AROUND: f64 = 400.0 * 86_400.0;
    let mut found: Vec<(usize, f64, f64)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        if column.kind != ColumnKind::Numbers {
            continue;
        }
        let (mut first, mut last) = (f64::MAX, f64::MIN);
        let mut cells = table.column(index).filter(|cell| !cell.is_empty());
        let all = cells.all(|cell| {
            let wall = read_serial(cell).map(|stamp| stamp.wall);
            first = first.min(wall.unwrap_or(first));
            last = last.max(wall.unwrap_or(last));
            wall.is_some()
        });
        if all {
            found.push((index, first, last));
        }
    }
    let says_time = |index: usize| {
        says_time(&table.headers[index]) && unit_in_header(&table.headers[index]).is_none()
    };
    let of_times = found.iter().filter(|(index, ..)| says_time(*index));
    let (from, to) = of_times.fold((f64::MAX, f64::MIN), |(from, to), (_, first, last)| {
        (from.min(*first), to.max(*last))
    });
    found.retain(|(_, first, last)| *first >= from - AROUND && *last <= to + AROUND);
    let mut example = None;
    for (index, ..) in found {
        let column = &mut columns[index];
        column.kind = ColumnKind::Moments;
        for sample in &mut column.samples {
            let read = read_serial(sample).and_then(|stamp| moment_text(stamp.wall));
            if let Some((text, _)) = read {
                example.get_or_insert_with(|| format!("{sample} is {text}"));
                *sample = text;
            }
        }
    }
    example.map(|example| {
        format!("Days are written as numbers, as spreadsheets count them: {example}.")
    })
}

/// The states that the columns of a role name.
fn states(table: &Table<'_>, roles: &[Role], wanted: Role, choices: &Choices) -> Vec<State> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let columns = roles.iter().enumerate();
    for (column, _) in columns.filter(|(_, role)| **role == wanted) {
        for cell in table.column(column).filter(|cell| !cell.is_empty()) {
            names.insert(cell);
            if names.len() > MOST_STATES {
                return Vec::new();
            }
        }
    }
    let classes = Class::ALL.map(|class| (class, class.key(), class.label()));
    let state = |name: &str| State {
        name: name.to_owned(),
        class: pick(
            choices,
            &format!("state {name}"),
            &classes,
            Class::guess(name),
        ),
    };
    names.into_iter().map(state).collect()
}
