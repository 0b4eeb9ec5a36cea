//! Tables with a row for each item: one column a state, with times or lengths of time.

use super::header::{named_stay, without_unit};
use super::items::{Fate, Item, Stay, Visit};
use super::reading::{Reading, Twins};
use super::role::Role;
use super::state::{Class, State};
use super::survival::Passage;
use super::words::{counted, words_of};
use crate::format::table::Line;

/// The states of the columns.
struct Columns {
    states: Vec<State>,
    /// By state: its column, and what the column says.
    indices: Vec<(usize, Says)>,
    /// The state of items that were dropped when they ended, if there can be any.
    given_up: Option<usize>,
    /// The columns that say how an item ended or how it stands.
    outcomes: Vec<usize>,
}

/// What a column says of a state.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    /// When it was entered.
    Entered,
    /// How long items were in it.
    Spent,
}

/// Where a state stands among the others whatever the times say: the ends are last.
pub(super) const fn rank(class: Class) -> u8 {
    match class {
        Class::Begun => 0,
        Class::Done => 2,
        Class::Dropped => 3,
        _ => 1,
    }
}

/// Whether two names are of one state: "Time in Review" is of "In Review".
fn is_same(one: &str, other: &str) -> bool {
    let plain = |name: &str| {
        let mut words = words_of(name);
        if words.len() > 1 && matches!(words[0].as_str(), "in" | "im" | "en" | "em") {
            words.remove(0);
        }
        words.concat()
    };
    plain(one) == plain(other)
}

impl Reading<'_, '_> {
    fn columns(&self) -> Columns {
        let mut columns: Vec<(State, usize, Says)> = Vec::new();
        let mut outcomes = Vec::new();
        for (index, role) in self.mapping.roles.iter().enumerate() {
            let header = self.table.headers[index].as_str();
            let (name, class, says) = match role {
                Role::Entered(class) => (header, *class, Says::Entered),
                Role::Spent(class) => {
                    let name = named_stay(header).unwrap_or_else(|| without_unit(header));
                    (name, *class, Says::Spent)
                }
                Role::Outcome => {
                    outcomes.push(index);
                    continue;
                }
                _ => continue,
            };
            let name = name.to_owned();
            columns.push((State { name, class }, index, says));
        }
        // The ends come last, wherever their columns stand.
        columns.sort_by_key(|(state, ..)| rank(state.class));
        let (mut states, indices): (Vec<State>, Vec<(usize, Says)>) = columns
            .into_iter()
            .map(|(state, index, says)| (state, (index, says)))
            .unzip();
        let is_given_up = |state: &State| state.class == Class::Dropped;
        let given_up = self.mapping.states.iter().any(is_given_up).then(|| {
            states.push(State {
                name: "Cancelled".to_owned(),
                class: Class::Dropped,
            });
            states.len() - 1
        });
        Columns {
            states,
            indices,
            given_up,
            outcomes,
        }
    }

    /// What the columns about it say of how an item stands: that it was given up counts more than that
    /// it is done.
    fn outcome(&self, line: &Line<'_>, columns: &Columns) -> Option<State> {
        let states = columns.outcomes.iter().filter_map(|column| {
            let cell = line.cell(*column);
            let known = &self.mapping.states;
            let index = known.binary_search_by(|state| state.name.as_str().cmp(cell));
            index.ok().map(|index| known[index].clone())
        });
        states.max_by_key(|state| match state.class {
            Class::Dropped => 2,
            Class::Done => 1,
            _ => 0,
        })
    }

    /// One row an item, one column a state.
    pub(super) fn wide(&mut self) -> (Vec<State>, Vec<Item>) {
        let columns = self.columns();
        let states = &columns.states;
        let table = self.table;
        self.tell_keys(Twins::Told);
        let has_ends =
            !columns.outcomes.is_empty() || states.iter().any(|state| state.class.is_end());
        let has_lengths = columns.indices.iter().any(|(_, says)| *says == Says::Spent);
        let (mut raw, mut backward, mut nothing) = (Vec::new(), 0, 0);
        for line in &table.lines {
            let mut visits: Vec<Visit> = Vec::new();
            let mut lengths: Vec<(usize, f64)> = Vec::new();
            for (state, (column, says)) in columns.indices.iter().enumerate() {
                match says {
                    Says::Entered => {
                        let entered = self.moment(line, *column);
                        visits.extend(entered.map(|entered| Visit {
                            state,
                            entered,
                            left: None,
                        }));
                    }
                    Says::Spent => match self.length(line, *column) {
                        // A tracker writes no time at all where an item has never been.
                        Some(0.0) => nothing += 1,
                        Some(seconds) => lengths.push((state, seconds)),
                        None => {}
                    },
                }
            }
            let outcome = self.outcome(line, &columns);
            let class = outcome.as_ref().map(|outcome| outcome.class);
            if let (Some(Class::Dropped), Some(given_up)) = (class, columns.given_up) {
                for visit in &mut visits {
                    if states[visit.state].class == Class::Done {
                        visit.state = given_up;
                    }
                }
            }
            let is_ended = visits
                .iter()
                .any(|visit| states[visit.state].class.is_end());
            let mut fate = match class {
                _ if is_ended => None,
                Some(Class::Dropped) => Some(Fate::Dropped),
                Some(Class::Done) => Some(Fate::Done),
                // Where nothing says how items stand, all is taken to be over.
                _ if has_lengths && !has_ends => Some(Fate::Done),
                _ => None,
            };
            if visits.is_empty() && lengths.is_empty() && fate != Some(Fate::Dropped) {
                fate = None;
            }
            // What is under way is still in the state that it is in now, or in the last.
            let mut there = lengths.iter().map(|(state, _)| *state);
            let now = match &outcome {
                Some(now) => there.find(|state| is_same(&states[*state].name, &now.name)),
                None => there.next_back(),
            };
            let now = now.filter(|_| !is_ended && fate.is_none());
            let stays = lengths.iter().map(|(state, seconds)| Stay {
                state: *state,
                passage: match Some(*state) == now {
                    true => Passage::Open(*seconds),
                    false => Passage::Ended(*seconds),
                },
            });
            let stays = stays.collect();
            backward += usize::from(
                visits
                    .windows(2)
                    .any(|pair| pair[0].entered > pair[1].entered),
            );
            // Of the same time, the order of the columns holds: the sort is stable.
            visits.sort_by(|one, other| one.entered.total_cmp(&other.entered));
            raw.push(Item {
                visits,
                stays,
                fate,
            });
        }
        if backward > 0 {
            self.told.push(format!(
                "{} entered a later state before an earlier one. They are taken in the order of their \
                 times, as work that went back; if columns stand in another order than the work goes, \
                 put them in order.",
                counted(backward, "item", "items")
            ));
        }
        if nothing > 0 {
            self.told.push(format!(
                "{} a time of 0 in a state: there the item is taken never to have been.",
                counted(nothing, "cell has", "cells have")
            ));
        }
        if has_lengths && !has_ends {
            self.told.push(
                "The table does not say which items are finished: all are taken to be.".to_owned(),
            );
        }
        (columns.states, raw)
    }
}
