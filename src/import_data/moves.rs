//! Tables with a row for each move of an item, or for each stay in a state.

use std::collections::BTreeMap;

use super::items::{Item, Stay, Visit};
use super::mapping::MOST_STATES;
use super::reading::{Reading, Twins};
use super::role::Role;
use super::state::{Class, State};
use super::survival::Passage;
use super::wide::rank;
use super::words::counted;

/// The columns of a list of moves.
struct Columns {
    item: usize,
    state: usize,
    moment: Option<usize>,
    left: Option<usize>,
    stayed: Option<usize>,
}

/// A row of an item: the visit, and how long it took where the table says that alone.
#[derive(Clone, Copy)]
struct Entry {
    visit: Visit,
    seconds: Option<f64>,
}

impl Reading<'_, '_> {
    /// The columns; none, with a word about it, where one lacks.
    fn columns_of_moves(&mut self) -> Option<Columns> {
        let mapping = self.mapping;
        let column = |wanted: Role| mapping.columns_of(|role| role == wanted).next();
        let (moment, stayed) = (column(Role::Moment), column(Role::Stayed));
        let (Some(item), Some(state), true) = (
            column(Role::Item),
            column(Role::State),
            moment.or(stayed).is_some(),
        ) else {
            let lacks = "Choose the columns of the item, of the state it entered, and of when, or of \
                         how long it was there.";
            self.told.push(lacks.to_owned());
            return None;
        };
        if mapping.states.is_empty() {
            self.told.push(format!(
                "The column {} has more than {MOST_STATES} different states, or none; choose another.",
                self.table.headers[state]
            ));
            return None;
        }
        Some(Columns {
            item,
            state,
            moment,
            left: column(Role::Left),
            stayed,
        })
    }

    /// One row a move.
    pub(super) fn moves(&mut self) -> (Vec<State>, Vec<Item>) {
        let Some(columns) = self.columns_of_moves() else {
            return (Vec::new(), Vec::new());
        };
        let (mapping, table) = (self.mapping, self.table);
        self.tell_keys(Twins::Expected);
        let mut by_item: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
        let mut nameless = 0;
        for (number, line) in table.lines.iter().enumerate() {
            let name = line.cell(columns.item);
            if name.is_empty() {
                nameless += 1;
                continue;
            }
            let entries = by_item.entry(name).or_default();
            let index = mapping
                .states
                .binary_search_by(|known| known.name.as_str().cmp(line.cell(columns.state)));
            let Ok(state) = index else { continue };
            let (entered, seconds) = match (columns.moment, columns.stayed) {
                (Some(moment), _) => (self.moment(line, moment), None),
                // The rows stand in the order in which the states were entered.
                (None, Some(stayed)) => (Some(number as f64), self.length(line, stayed)),
                (None, None) => (None, None),
            };
            let left = columns.left.and_then(|left| self.moment(line, left));
            entries.extend(entered.map(|entered| Entry {
                visit: Visit {
                    state,
                    entered,
                    left,
                },
                seconds,
            }));
        }
        if nameless > 0 {
            self.told.push(format!(
                "{} no item and are left out.",
                counted(nameless, "row names", "rows name")
            ));
        }
        let mut raw: Vec<Vec<Entry>> = by_item.into_values().collect();
        let tells_length = columns.left.is_some() || columns.moment.is_none();
        if raw.len() > 1 && raw.iter().all(|entries| entries.len() < 2) && !tells_length {
            self.told.push(
                "Every item has one move only, so nothing can be said of how long it stays. If each row \
                 is a work item with its times, say so at the top, under \"Each row is\"."
                    .to_owned(),
            );
        }
        let by_time = |one: &Entry, other: &Entry| {
            let by_time = one.visit.entered.total_cmp(&other.visit.entered);
            by_time.then(one.visit.state.cmp(&other.visit.state))
        };
        raw.iter_mut().for_each(|entries| entries.sort_by(by_time));
        let order = order_of(&raw, &mapping.states);
        let mut index_of = vec![0; order.len()];
        for (index, state) in order.iter().enumerate() {
            index_of[*state] = index;
        }
        for entries in &mut raw {
            for entry in entries.iter_mut() {
                entry.visit.state = index_of[entry.visit.state];
            }
            // Of the same time, the order of the work holds.
            entries.sort_by(by_time);
        }
        let mut states: Vec<State> = order
            .into_iter()
            .map(|index| mapping.states[index].clone())
            .collect();
        let items = match columns.moment {
            Some(_) => self.with_moments(raw, &mut states),
            None => with_lengths(raw, &states),
        };
        (states, items)
    }

    /// Items whose rows say when. What has left its last state and entered no other has ended there.
    fn with_moments(&mut self, raw: Vec<Vec<Entry>>, states: &mut Vec<State>) -> Vec<Item> {
        let ended = states.len();
        let mut left_last = 0;
        let item = |entries: Vec<Entry>| {
            let mut visits: Vec<Visit> = entries.into_iter().map(|entry| entry.visit).collect();
            if let Some(Visit {
                state,
                left: Some(left),
                ..
            }) = visits.last().copied()
                && !states[state].class.is_end()
            {
                left_last += 1;
                visits.push(Visit {
                    state: ended,
                    entered: left,
                    left: None,
                });
            }
            Item {
                visits,
                ..Item::default()
            }
        };
        let items = raw.into_iter().map(item).collect();
        if left_last > 0 {
            states.push(State {
                name: "Left the last state".to_owned(),
                class: Class::Done,
            });
            self.told.push(format!(
                "{} left the last state and entered no other: that is taken for the end, and done.",
                counted(left_last, "item has", "items have")
            ));
        }
        items
    }
}

/// Items whose rows say how long: what has entered no end is still in the state of its last row.
fn with_lengths(raw: Vec<Vec<Entry>>, states: &[State]) -> Vec<Item> {
    use super::items::Fate;
    let item = |entries: Vec<Entry>| {
        let class = |entry: &Entry| states[entry.visit.state].class;
        let has = |wanted: Class| entries.iter().any(|entry| class(entry) == wanted);
        let fate = match (has(Class::Done), has(Class::Dropped)) {
            (_, true) => Some(Fate::Dropped),
            (true, false) => Some(Fate::Done),
            (false, false) => None,
        };
        let last = entries.len().saturating_sub(1);
        let stays = entries.iter().enumerate().filter_map(|(index, entry)| {
            let seconds = entry.seconds?;
            Some(Stay {
                state: entry.visit.state,
                passage: match fate.is_none() && index == last {
                    true => Passage::Open(seconds),
                    false => Passage::Ended(seconds),
                },
            })
        });
        Item {
            visits: Vec::new(),
            stays: stays.collect(),
            fate,
        }
    };
    raw.into_iter().map(item).collect()
}

/// The order of states: one comes before another if more items entered it first (Copeland's count
/// of such wins); the ends last, and what is even in the order of the names.
fn order_of(raw: &[Vec<Entry>], states: &[State]) -> Vec<usize> {
    let size = states.len();
    let mut before = vec![0_i64; size * size];
    for visits in raw {
        let mut seen: Vec<usize> = Vec::new();
        for Entry { visit, .. } in visits {
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
