//! What the rows and the columns of a table of measured data are.

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

/// Words of a head that tell items apart, the best first.
const ITEM: &[&str] = &[
    "key",
    "id",
    "issue",
    "item",
    "ticket",
    "story",
    "case",
    "order",
    "number",
    "schl\u{fc}ssel",
    "vorgang",
    "title",
    "summary",
    "name",
];
/// Words of a head that name a state entered, the best first.
const STATE: &[&str] = &[
    "to",
    "new value",
    "new",
    "state",
    "status",
    "column",
    "stage",
    "phase",
    "list",
    "step",
    "activity",
    "zustand",
    "spalte",
];
/// Words of a head that say when it was entered, the best first.
const MOMENT: &[&str] = &[
    "entered",
    "start*",
    "changed",
    "transition*",
    "timestamp",
    "date",
    "time",
    "when",
    "datum",
    "zeit",
];
/// Words of a head of times at which no state was entered.
const NO_STATE: &[&str] = &[
    "updated",
    "last*",
    "due",
    "modified",
    "viewed",
    "target",
    "planned",
    "plan",
    "estimate*",
    "forecast",
    "aktualisiert",
    "f\u{e4}llig*",
    "born",
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
    #[must_use]
    pub fn guess(columns: &[(&str, ColumnKind, bool)]) -> Self {
        let moments = columns
            .iter()
            .filter(|(head, kind, _)| is_entered(head, *kind))
            .count();
        let has_state = columns.iter().any(|(head, kind, repeats)| {
            *kind == ColumnKind::Words && *repeats && place_in(STATE, head).is_some()
        });
        let items_repeat = columns.iter().any(|(head, kind, repeats)| {
            *repeats && *kind != ColumnKind::Moments && place_in(&ITEM[..11], head).is_some()
        });
        match moments {
            1.. if has_state && items_repeat => Self::Moves,
            2.. => Self::Items,
            _ => Self::Steps,
        }
    }

    /// What its columns are, as far as heads and cells suggest. No role but that of a state is there
    /// twice.
    #[must_use]
    pub fn guess_roles(self, columns: &[(&str, ColumnKind, bool)]) -> Vec<Role> {
        match self {
            Self::Steps => guess_steps(columns),
            Self::Items => guess_items(columns),
            Self::Moves => guess_moves(columns),
        }
    }
}

/// The place of the first of some words that stand in a head.
fn place_in(list: &[&str], head: &str) -> Option<usize> {
    let words = words_of(head);
    list.iter().position(|wanted| has_words(&words, wanted))
}

fn is_entered(head: &str, kind: ColumnKind) -> bool {
    kind == ColumnKind::Moments && place_in(NO_STATE, head).is_none()
}

fn guess_steps(columns: &[(&str, ColumnKind, bool)]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for (head, kind, _) in columns {
        let words = words_of(head);
        let fits = |role: Role| match role {
            Role::Measure(_) | Role::LeadTime => {
                matches!(
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
            .position(|((_, kind, _), role)| *kind == ColumnKind::Words && *role == Role::Out);
        if let Some(first) = first {
            roles[first] = Role::Name;
        }
    }
    roles
}

/// Sets the role of the column whose head says it best, among those that fit.
fn set_best(
    roles: &mut [Role],
    columns: &[(&str, ColumnKind, bool)],
    role: Role,
    words: &[&str],
    fits: impl Fn(ColumnKind) -> bool,
) {
    let open =
        (0..columns.len()).filter(|place| roles[*place] == Role::Out && fits(columns[*place].1));
    let best = open.min_by_key(|place| {
        (
            place_in(words, columns[*place].0).unwrap_or(usize::MAX),
            *place,
        )
    });
    if let Some(best) = best {
        roles[best] = role;
    }
}

fn guess_items(columns: &[(&str, ColumnKind, bool)]) -> Vec<Role> {
    let of_column = |(head, kind, _): &(&str, ColumnKind, bool)| match is_entered(head, *kind) {
        true => Role::Entered(Class::guess(head)),
        false => Role::Out,
    };
    let mut roles: Vec<Role> = columns.iter().map(of_column).collect();
    // Where nothing says that it is the end, the last state is.
    if !roles.contains(&Role::Entered(Class::Done))
        && let Some(last) = roles
            .iter_mut()
            .rev()
            .find(|role| matches!(role, Role::Entered(_)))
    {
        *last = Role::Entered(Class::Done);
    }
    let fits = |kind| matches!(kind, ColumnKind::Words | ColumnKind::Numbers);
    set_best(&mut roles, columns, Role::Item, ITEM, fits);
    roles
}

fn guess_moves(columns: &[(&str, ColumnKind, bool)]) -> Vec<Role> {
    let mut roles = vec![Role::Out; columns.len()];
    let fits = |kind| kind == ColumnKind::Words;
    set_best(&mut roles, columns, Role::State, STATE, fits);
    set_best(&mut roles, columns, Role::Moment, MOMENT, |kind| {
        kind == ColumnKind::Moments
    });
    let fits = |kind| matches!(kind, ColumnKind::Words | ColumnKind::Numbers);
    set_best(&mut roles, columns, Role::Item, ITEM, fits);
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::table::ColumnKind::{Moments, Numbers, Shares, Words};

    #[test]
    fn heads_of_steps_are_understood() {
        let columns = [
            ("Process", Words, false),
            ("PT (min)", Numbers, false),
            ("Wait [days]", Numbers, false),
            ("% C&A", Shares, false),
            ("WIP", Numbers, false),
            ("People", Numbers, false),
            ("Process time, old", Numbers, false),
            ("Comments", Words, false),
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
            ("Summary", Words, false),
            ("Issue key", Words, false),
            ("Created", Moments, false),
            ("Updated", Moments, false),
            ("In Progress", Moments, false),
            ("Review", Moments, false),
            ("Deployed", Moments, false),
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
            ("Issue", Words, true),
            ("From", Words, true),
            ("To", Words, true),
            ("Author", Words, true),
            ("Date", Moments, false),
        ];
        assert_eq!(TableKind::guess(&columns), TableKind::Moves);
        assert_eq!(
            TableKind::Moves.guess_roles(&columns),
            [Role::Item, Role::Out, Role::State, Role::Out, Role::Moment]
        );
    }
}
