//! What the rows and the columns of a table are taken for, by what their headers and cells suggest.

use super::header::{
    Look, Stay, Within, best_key, is_entered, is_key, is_length, is_moment, key_rank, left_rank,
    moment_rank, named_stay, state_rank, stay, stayed_rank, without_unit,
};
use super::role::{OF_STEPS, Role, TableKind};
use super::state::Class;
use super::words::{has_words, words_of};
use crate::format::table::ColumnKind;
use crate::model::MeasureKind;

impl TableKind {
    /// What the headers and the cells of a table suggest: its kind.
    ///
    /// A tracker exports a row for each item, with its present state and several times, or a row for
    /// each move; what tells them apart is whether the key of the item repeats.
    #[must_use]
    pub fn guess(columns: &[Look<'_>]) -> Self {
        let has_moment = columns.iter().any(|look| is_moment(look));
        let entered = columns.iter().filter(|look| is_entered(look)).count();
        // Of one item alone no state need be there twice.
        let mut states = columns.iter().filter(|look| {
            look.kind == ColumnKind::Words
                && (look.repeats() || look.within == Within::Varies)
                && state_rank(look.header).is_some()
        });
        let varies = states.clone().any(|look| look.within == Within::Varies);
        let has_state = states.next().is_some();
        let key = best_key(columns);
        // Where more than one time is told of each item, some keys may be there twice by mistake; but
        // then they say the same.
        let key_repeats = key.is_some_and(|key| match entered {
            0 | 1 => key.repeats(),
            _ => key.repeats_much() || key.repeats() && varies,
        });
        let named = columns.iter().filter(|look| is_key(look.header));
        // A history may number its own rows, beside the key of the item.
        let some_repeats = entered < 2 && named.into_iter().any(Look::repeats);
        let is_of_steps = guess_steps(columns)
            .iter()
            .any(|role| is_time_of_step(*role));
        let has_key = key.is_some_and(|key| is_key(key.header));
        // A list of stays may say how long they were, and not when.
        let has_stays = has_key
            && varies
            && !has_moment
            && columns.iter().any(|look| {
                matches!(look.kind, ColumnKind::Numbers | ColumnKind::Spans)
                    && stayed_rank(look.header).is_some()
            });
        // A board as it stands now has no times of states, but is no table of steps either.
        let is_board = has_key
            && key.is_some_and(|key| !key.repeats())
            && has_state
            && columns.iter().any(|look| look.kind == ColumnKind::Moments)
            && !is_of_steps;
        let times_in = |wanted: Option<Stay>| {
            let stays = columns.iter().filter_map(stay);
            stays
                .filter(|stay| wanted.is_none_or(|wanted| *stay == wanted))
                .count()
        };
        let spent =
            has_key && (times_in(Some(Stay::Said)) > 1 || times_in(None) > 1 && !is_of_steps);
        match entered {
            _ if has_moment && has_state && (key_repeats || some_repeats) => Self::Moves,
            _ if has_stays => Self::Moves,
            2.. => Self::Items,
            _ if spent || is_board => Self::Items,
            _ => Self::Steps,
        }
    }

    /// What its columns are, as far as headers and cells suggest. No role but that of a state is
    /// there twice.
    #[must_use]
    pub fn guess_roles(self, columns: &[Look<'_>]) -> Vec<Role> {
        match self {
            Self::Steps => guess_steps(columns),
            Self::Items => guess_items(columns),
            Self::Moves => guess_moves(columns),
        }
    }
}

const fn is_time_of_step(role: Role) -> bool {
    matches!(
        role,
        Role::LeadTime | Role::Measure(MeasureKind::ProcessTime | MeasureKind::WaitingTime)
    )
}

fn guess_steps(columns: &[Look<'_>]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for look in columns {
        let (header, kind) = (look.header, look.kind);
        let words = words_of(header);
        // "Checklist Item Completed Count" counts something else.
        let is_count = has_words(&words, "count");
        let fits = |role: Role| match role {
            Role::Measure(_) | Role::LeadTime => {
                let is_quantity = matches!(
                    kind,
                    ColumnKind::Numbers | ColumnKind::Shares | ColumnKind::Spans
                );
                // A few cells that are none are told, and not the loss of the column.
                let is_mostly = kind == ColumnKind::Words && look.has_quantities();
                !is_count && (is_quantity || is_mostly)
            }
            Role::Name | Role::Resource | Role::Remark => kind == ColumnKind::Words,
            _ => false,
        };
        let found = OF_STEPS.iter().find(|(role, _, _, wanted)| {
            fits(*role)
                && !roles.contains(role)
                && wanted.iter().any(|wanted| has_words(&words, wanted))
        });
        roles.push(found.map_or(Role::Out, |(role, ..)| *role));
    }
    if !roles.contains(&Role::Name) {
        // The first column of words is the name.
        let first = columns.iter().zip(&roles);
        let first = first
            .clone()
            .position(|(look, role)| look.kind == ColumnKind::Words && *role == Role::Out);
        if let Some(first) = first {
            roles[first] = Role::Name;
        }
    }
    roles
}

/// Sets the role of the column whose header says it best, among those that fit.
fn set_best(
    roles: &mut [Role],
    columns: &[Look<'_>],
    role: Role,
    rank: fn(&Look<'_>) -> Option<usize>,
    fits: impl Fn(ColumnKind) -> bool,
) {
    let open =
        (0..columns.len()).filter(|index| roles[*index] == Role::Out && fits(columns[*index].kind));
    let best = open.min_by_key(|index| (rank(&columns[*index]).unwrap_or(usize::MAX), *index));
    if let Some(best) = best {
        roles[best] = role;
    }
}

fn guess_items(columns: &[Look<'_>]) -> Vec<Role> {
    let of_column = |look: &Look<'_>| match (is_entered(look), stay(look)) {
        (true, _) => Role::Entered(Class::guess(look.header)),
        (false, Some(_)) => {
            let state = named_stay(look.header).unwrap_or_else(|| without_unit(look.header));
            match Class::guess(state) {
                class if class.is_under_way() => Role::Spent(class),
                // How long it has been finished is no time of its way.
                _ => Role::Out,
            }
        }
        (false, None) => Role::Out,
    };
    let mut roles: Vec<Role> = columns.iter().map(of_column).collect();
    let done = Role::Entered(Class::Done);
    let tells_times = keep_stays(&mut roles, columns);
    // What is resolved waits to be closed, where both are told.
    let is_resolved = |look: &Look<'_>| has_words(&words_of(look.header), "resolved");
    let both = columns.iter().zip(&roles);
    if both
        .clone()
        .any(|(look, role)| *role == done && !is_resolved(look))
    {
        for (look, role) in columns.iter().zip(&mut roles) {
            if *role == done && is_resolved(look) {
                *role = Role::Entered(Class::Waiting);
            }
        }
    }
    if tells_times {
        // Between the beginning and the end the times in each state say more than moments.
        let mut has_begun = false;
        for role in &mut roles {
            if let Role::Entered(class) = role
                && !class.is_end()
            {
                *role = match has_begun {
                    true => Role::Out,
                    false => Role::Entered(Class::Begun),
                };
                has_begun = true;
            }
        }
    }
    // Where nothing says that it is the end, the last state is, unless it is one that is known.
    if !tells_times
        && !roles.contains(&done)
        && let Some(last) = roles
            .iter_mut()
            .rev()
            .find(|role| matches!(role, Role::Entered(_)))
    {
        *last = done;
    }
    let fits = |kind| matches!(kind, ColumnKind::Words | ColumnKind::Numbers);
    set_best(&mut roles, columns, Role::Item, key_rank, fits);
    roles
}

fn guess_moves(columns: &[Look<'_>]) -> Vec<Role> {
    /// What is of the item, and the same in all of its rows, is no state that it enters.
    const SAME: usize = 20_000;
    let mut roles = vec![Role::Out; columns.len()];
    let fits = |kind| kind == ColumnKind::Words;
    set_best(
        &mut roles,
        columns,
        Role::State,
        |look| match (state_rank(look.header), look.within) {
            (Some(rank), Within::Varies) => Some(rank),
            (Some(rank), Within::NotKnown) => Some(1_000 + rank),
            (None, Within::Varies) if look.repeats_much() => Some(10_000),
            (Some(rank), Within::Same) => Some(SAME + rank),
            _ => None,
        },
        fits,
    );
    let of_moment = |look: &Look<'_>| {
        let rank = moment_rank(look.header);
        match look.within {
            Within::Same => Some(SAME + rank.unwrap_or(SAME)),
            _ => rank,
        }
    };
    let is_moment = |kind| kind == ColumnKind::Moments;
    set_best(&mut roles, columns, Role::Moment, of_moment, is_moment);
    let named = |rank: fn(&str) -> Option<usize>, fits: &dyn Fn(ColumnKind) -> bool| {
        let open = |index: &usize| roles[*index] == Role::Out && fits(columns[*index].kind);
        let ranked = (0..columns.len()).filter(open);
        let ranked = ranked.filter_map(|index| Some((rank(columns[index].header)?, index)));
        ranked.min().map(|(_, index)| index)
    };
    let extra = match roles.contains(&Role::Moment) {
        true => named(left_rank, &is_moment).map(|index| (index, Role::Left)),
        false => {
            let is_length = |kind| matches!(kind, ColumnKind::Numbers | ColumnKind::Spans);
            named(stayed_rank, &is_length).map(|index| (index, Role::Stayed))
        }
    };
    if let Some((index, role)) = extra {
        roles[index] = role;
    }
    set_best(&mut roles, columns, Role::Item, item_rank, |kind| {
        matches!(kind, ColumnKind::Words | ColumnKind::Numbers)
    });
    roles
}

/// Keeps the columns with times in states where they tell the way of an item, and says whether they
/// do: one alone may be anything, and where the moments of several states are told, these say more.
fn keep_stays(roles: &mut [Role], columns: &[Look<'_>]) -> bool {
    let stays = roles.iter().filter(|role| matches!(role, Role::Spent(_)));
    let mut moments = 0;
    for role in roles.iter() {
        moments += usize::from(matches!(role, Role::Entered(class) if class.is_under_way()));
    }
    let tells_times = stays.count() > 1 && moments < 3;
    for (role, look) in roles.iter_mut().zip(columns) {
        match role {
            Role::Spent(_) if !tells_times => *role = Role::Out,
            // Beside others it is a state with a name that nobody knows.
            Role::Out if tells_times && is_length(look) => *role = Role::Spent(Class::Unknown),
            _ => {}
        }
    }
    tells_times
}

/// How well a column of a list of moves tells items apart. A key that does not repeat numbers the
/// moves.
fn item_rank(look: &Look<'_>) -> Option<usize> {
    let rank = key_rank(look)?;
    Some(if look.repeats() { rank } else { rank + 1_000 })
}

/// The column by which the rows of one item are found, for a look within items; none where none names
/// an item.
pub(super) fn key_of_rows(columns: &[Look<'_>]) -> Option<usize> {
    let fits = |look: &Look<'_>| {
        matches!(look.kind, ColumnKind::Words | ColumnKind::Numbers) && look.repeats()
    };
    let ranked = columns.iter().enumerate().filter(|(_, look)| fits(look));
    let ranked = ranked.filter_map(|(index, look)| Some((item_rank(look)?, index)));
    ranked.min().map(|(_, index)| index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::table::ColumnKind::{Moments, Numbers, Shares, Words};

    fn look(header: &str, kind: ColumnKind, repeats: bool) -> Look<'_> {
        let different = if repeats { 5 } else { 20 };
        Look {
            header,
            kind,
            said: 20,
            different,
            quantities: match kind {
                Words | Moments => 0,
                _ => 20,
            },
            within: Within::NotKnown,
        }
    }

    #[test]
    fn heads_of_steps_are_understood() {
        let columns = [
            look("Process", Words, false),
            look("PT (min)", Numbers, false),
            look("Wait [days]", Numbers, false),
            look("% C&A", Shares, false),
            look("WIP", Numbers, false),
            look("People", Numbers, false),
            look("Process time, old", Numbers, false),
            look("Comments", Words, false),
        ];
        assert_eq!(TableKind::guess(&columns), TableKind::Steps);
        let measure = Role::Measure;
        assert_eq!(
            TableKind::Steps.guess_roles(&columns),
            [
                Role::Name,
                measure(MeasureKind::ProcessTime),
                measure(MeasureKind::WaitingTime),
                measure(MeasureKind::CompleteAndAccurate),
                measure(MeasureKind::WorkInProgress),
                measure(MeasureKind::Servers),
                Role::Out,
                Role::Remark,
            ]
        );
    }

    #[test]
    fn heads_of_items_are_understood() {
        let columns = [
            look("Summary", Words, false),
            look("Issue key", Words, false),
            look("Created", Moments, false),
            look("Updated", Moments, false),
            look("In Progress", Moments, false),
            look("Review", Moments, false),
            look("Deployed", Moments, false),
        ];
        assert_eq!(TableKind::guess(&columns), TableKind::Items);
        assert_eq!(
            TableKind::Items.guess_roles(&columns),
            [
                Role::Out,
                Role::Item,
                Role::Entered(Class::Waiting),
                Role::Out,
                Role::Entered(Class::Working),
                Role::Entered(Class::Working),
                Role::Entered(Class::Done),
            ]
        );
    }

    #[test]
    fn times_in_states_are_told_from_hours_of_work() {
        let spans = |header| look(header, ColumnKind::Spans, false);
        let roles = |columns: &[Look<'_>]| {
            assert_eq!(TableKind::guess(columns), TableKind::Items);
            TableKind::Items.guess_roles(columns)
        };
        let columns = [
            look("Key", Words, false),
            spans("To Do"),
            spans("In Progress"),
            spans("Marmalade"),
            spans("Original estimate"),
            spans("Done"),
        ];
        assert_eq!(
            roles(&columns),
            [
                Role::Item,
                Role::Spent(Class::Waiting),
                Role::Spent(Class::Working),
                Role::Spent(Class::Unknown),
                Role::Out,
                Role::Out,
            ]
        );
        // Where the moments of the states are told, hours beside them are something else.
        let columns = [
            look("Key", Words, false),
            look("Created", Moments, false),
            look("In Progress", Moments, false),
            look("Review", Moments, false),
            look("Done", Moments, false),
            spans("Development"),
            spans("Testing"),
        ];
        assert_eq!(roles(&columns)[5..], [Role::Out, Role::Out]);
        assert_eq!(roles(&columns)[2], Role::Entered(Class::Working));
    }

    #[test]
    fn heads_of_moves_are_understood() {
        let columns = [
            look("Issue", Words, true),
            look("From", Words, true),
            look("To", Words, true),
            look("Author", Words, true),
            look("Date", Moments, false),
        ];
        assert_eq!(TableKind::guess(&columns), TableKind::Moves);
        assert_eq!(
            TableKind::Moves.guess_roles(&columns),
            [Role::Item, Role::Out, Role::State, Role::Out, Role::Moment]
        );
    }
}
