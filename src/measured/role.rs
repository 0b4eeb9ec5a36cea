//! What the rows and the columns of a table of measured data are.

use super::head::{
    Look, best_key, is_entered, is_key, is_moment, key_rank, moment_rank, state_rank,
};
use super::state::Class;
use super::words::{has_words, words_of};
use crate::format::table::ColumnKind;
use crate::model::MeasureKind;

/// What each row of a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableKind {
    /// A step of the stream, with its measures.
    #[default]
    Steps,
    /// A work item, with the time at which it entered each state.
    Items,
    /// A move of a work item into a state.
    Moves,
}

/// What a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is left out.
    Out,
    /// The name of the step.
    Name,
    /// A measure of the step.
    Measure(MeasureKind),
    /// The whole time at the step: waiting and work.
    LeadTime,
    /// Who works at the step.
    Resource,
    /// Something to remember about the step.
    Remark,
    /// What tells one work item from another.
    Item,
    /// The times at which items entered a state of the column's name.
    Entered(Class),
    /// The state that the item entered.
    State,
    /// When it entered it.
    Moment,
}

/// What a table of steps may say, its key, its label, and the words of a head that suggest it; the
/// more special first.
const OF_STEPS: [(Role, &str, &str, &[&str]); 17] = [
    (
        Role::Measure(MeasureKind::ProcessTime),
        "pt",
        "process time",
        &[
            "process time",
            "processing time",
            "pt",
            "p t",
            "cycle time",
            "ct",
            "c t",
            "touch time",
            "work time",
            "working time",
            "value added",
            "va",
            "active*",
            "bearbeitungszeit",
            "prozesszeit",
            "zykluszeit",
            "task time",
        ],
    ),
    (
        Role::LeadTime,
        "lt",
        "lead time (waiting and work)",
        &[
            "lead time",
            "lt",
            "l t",
            "elapsed",
            "total time",
            "turnaround",
            "durchlaufzeit",
        ],
    ),
    (
        Role::Measure(MeasureKind::CompleteAndAccurate),
        "ca",
        "%C&A, first-pass yield",
        &[
            "%c&a",
            "c&a",
            "c a",
            "%ca",
            "ca",
            "complete*",
            "accurate",
            "first pass",
            "fpy",
            "yield",
        ],
    ),
    (
        Role::Measure(MeasureKind::WorkInProgress),
        "wip",
        "work in progress",
        &[
            "wip",
            "in progress",
            "inventory",
            "stock",
            "bestand",
            "items",
        ],
    ),
    (
        Role::Measure(MeasureKind::WaitingTime),
        "wait",
        "waiting time",
        &[
            "wait*",
            "queue*",
            "idle*",
            "delay",
            "wartezeit",
            "liegezeit",
        ],
    ),
    (
        Role::Measure(MeasureKind::Changeover),
        "changeover",
        "changeover",
        &["changeover", "setup", "set up", "c o", "co", "r\u{fc}st*"],
    ),
    (
        Role::Measure(MeasureKind::Batch),
        "batch",
        "batch",
        &["batch*", "lot*", "losgr*"],
    ),
    (
        Role::Measure(MeasureKind::Uptime),
        "uptime",
        "uptime",
        &["uptime", "availab*", "verf\u{fc}gbar*"],
    ),
    (
        Role::Measure(MeasureKind::RepairTime),
        "repair",
        "repair time",
        &["repair*", "mttr"],
    ),
    (
        Role::Measure(MeasureKind::ResourceShare),
        "share",
        "share of the resource",
        &["share", "allocation"],
    ),
    (
        Role::Measure(MeasureKind::Variation),
        "cv",
        "variation (CV)",
        &["cv", "variation", "variability"],
    ),
    (
        Role::Measure(MeasureKind::Servers),
        "servers",
        "people or machines",
        &[
            "people",
            "servers",
            "staff",
            "workers",
            "operators",
            "machines",
            "fte",
            "ftes",
            "headcount",
            "developers",
            "mitarbeiter",
            "personen",
        ],
    ),
    (
        Role::Resource,
        "resource",
        "shared people or machines",
        &["resource", "team", "who", "owner", "department"],
    ),
    (
        Role::Remark,
        "remark",
        "remark",
        &["remark*", "comment*", "note*", "bemerkung*"],
    ),
    (
        Role::Name,
        "name",
        "name of the step",
        &[
            "step", "process", "name", "activity", "station", "task", "schritt", "prozess",
            "state", "queue",
        ],
    ),
    (
        Role::Measure(MeasureKind::Limit),
        "limit",
        "limit of a queue",
        &["limit"],
    ),
    (Role::Out, "out", "left out", &[]),
];

/// The role, key and label of the columns of work items.
const OF_ITEMS: [(Role, &str, &str); 7] = [
    (Role::Out, "out", "left out"),
    (Role::Item, "item", "key or name of the item"),
    (Role::Entered(Class::Waiting), "waiting", "state: waiting"),
    (Role::Entered(Class::Working), "working", "state: working"),
    (Role::Entered(Class::Done), "done", "the end: done"),
    (
        Role::Entered(Class::Dropped),
        "dropped",
        "the end: given up",
    ),
    (
        Role::Entered(Class::Out),
        "merged",
        "state: its time counts with the one before",
    ),
];

/// The role, key and label of the columns of moves.
const OF_MOVES: [(Role, &str, &str); 4] = [
    (Role::Out, "out", "left out"),
    (Role::Item, "item", "key or name of the item"),
    (Role::State, "state", "the state it entered"),
    (Role::Moment, "moment", "when it entered it"),
];

impl TableKind {
    /// Every kind, with its key and what people choose.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Steps, "steps", "a step with its measures"),
        (Self::Items, "items", "a work item with its times"),
        (Self::Moves, "moves", "a move of a work item into a state"),
    ];

    /// What a column of such a table may be, with its key and what people choose.
    #[must_use]
    pub fn roles(self) -> Vec<(Role, &'static str, &'static str)> {
        match self {
            Self::Steps => OF_STEPS
                .iter()
                .map(|(role, key, label, _)| (*role, *key, *label))
                .collect(),
            Self::Items => OF_ITEMS.to_vec(),
            Self::Moves => OF_MOVES.to_vec(),
        }
    }

    /// What the heads and the cells of a table suggest: its kind.
    ///
    /// A tracker exports a row for each item, with its present state and several times, or a row for
    /// each move; what tells them apart is whether the key of the item repeats.
    #[must_use]
    pub fn guess(columns: &[Look<'_>]) -> Self {
        let has_moment = columns.iter().any(|look| is_moment(look));
        let entered = columns.iter().filter(|look| is_entered(look)).count();
        let has_state = columns.iter().any(|look| {
            look.kind == ColumnKind::Words && look.repeats() && state_rank(look.head).is_some()
        });
        let key = best_key(columns);
        // Where more than one time is told of each item, some keys may be there twice by mistake.
        let key_repeats = key.is_some_and(|key| match entered {
            0 | 1 => key.repeats(),
            _ => key.repeats_much(),
        });
        let named = columns.iter().filter(|look| is_key(look.head));
        // A history may number its own rows, beside the key of the item.
        let some_repeats = entered < 2 && named.into_iter().any(Look::repeats);
        // A board as it stands now has no times of states, but is no table of steps either.
        let is_board = key.is_some_and(|key| is_key(key.head) && !key.repeats())
            && has_state
            && columns.iter().any(|look| look.kind == ColumnKind::Moments)
            && !guess_steps(columns)
                .iter()
                .any(|role| is_time_of_step(*role));
        match entered {
            _ if has_moment && has_state && (key_repeats || some_repeats) => Self::Moves,
            2.. => Self::Items,
            _ if is_board => Self::Items,
            _ => Self::Steps,
        }
    }

    /// What its columns are, as far as heads and cells suggest. No role but that of a state is there
    /// twice.
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
    for Look { head, kind, .. } in columns {
        let words = words_of(head);
        // "Checklist Item Completed Count" counts something else.
        let is_count = has_words(&words, "count");
        let fits = |role: Role| match role {
            Role::Measure(_) | Role::LeadTime => {
                !is_count
                    && matches!(
                        kind,
                        ColumnKind::Numbers | ColumnKind::Shares | ColumnKind::Spans
                    )
            }
            Role::Name | Role::Resource | Role::Remark => *kind == ColumnKind::Words,
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

/// Sets the role of the column whose head says it best, among those that fit.
fn set_best(
    roles: &mut [Role],
    columns: &[Look<'_>],
    role: Role,
    rank: fn(&Look<'_>) -> Option<usize>,
    fits: impl Fn(ColumnKind) -> bool,
) {
    let open =
        (0..columns.len()).filter(|place| roles[*place] == Role::Out && fits(columns[*place].kind));
    let best = open.min_by_key(|place| (rank(&columns[*place]).unwrap_or(usize::MAX), *place));
    if let Some(best) = best {
        roles[best] = role;
    }
}

fn guess_items(columns: &[Look<'_>]) -> Vec<Role> {
    let of_column = |look: &Look<'_>| match is_entered(look) {
        true => Role::Entered(Class::guess(look.head)),
        false => Role::Out,
    };
    let mut roles: Vec<Role> = columns.iter().map(of_column).collect();
    let done = Role::Entered(Class::Done);
    // What is resolved waits to be closed, where both are told.
    let is_resolved = |look: &Look<'_>| has_words(&words_of(look.head), "resolved");
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
    // Where nothing says that it is the end, the last state is.
    if !roles.contains(&done)
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
    let mut roles = vec![Role::Out; columns.len()];
    let fits = |kind| kind == ColumnKind::Words;
    set_best(
        &mut roles,
        columns,
        Role::State,
        |look| state_rank(look.head),
        fits,
    );
    set_best(
        &mut roles,
        columns,
        Role::Moment,
        |look| moment_rank(look.head),
        |kind| kind == ColumnKind::Moments,
    );
    let fits = |kind| matches!(kind, ColumnKind::Words | ColumnKind::Numbers);
    // A key that does not repeat numbers the moves.
    let rank = |look: &Look<'_>| {
        let rank = key_rank(look)?;
        Some(if look.repeats() { rank } else { rank + 1_000 })
    };
    set_best(&mut roles, columns, Role::Item, rank, fits);
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::table::ColumnKind::{Moments, Numbers, Shares, Words};

    fn look(head: &str, kind: ColumnKind, repeats: bool) -> Look<'_> {
        let different = if repeats { 5 } else { 20 };
        Look {
            head,
            kind,
            said: 20,
            different,
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
