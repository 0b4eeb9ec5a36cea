//! What the rows and the columns of a table of measured data are.

use super::state::Class;
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
    /// How long items were in the state that the column names.
    Spent(Class),
    /// How the item ended, or the state that it is in at present.
    Outcome,
    /// The state that the item entered.
    State,
    /// When it entered it.
    Moment,
    /// When it left it.
    Left,
    /// How long it was in it.
    Stayed,
}

/// What a table of steps may say, its key, its label, and the words of a header that suggest it;
/// the more special first.
pub(super) const OF_STEPS: [(Role, &str, &str, &[&str]); 17] = [
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
        "share of team's time",
        &["share", "allocation"],
    ),
    (
        Role::Measure(MeasureKind::Variation),
        "cv",
        "variability (CV)",
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
const OF_ITEMS: [(Role, &str, &str); 13] = [
    (Role::Out, "out", "left out"),
    (Role::Item, "item", "key or name of the item"),
    (Role::Entered(Class::Waiting), "waiting", "state: waiting"),
    (Role::Entered(Class::Working), "working", "state: working"),
    (
        Role::Entered(Class::Unknown),
        "unknown",
        "state: not known, is it waiting, work, or the end?",
    ),
    (Role::Entered(Class::Done), "done", "the end: done"),
    (
        Role::Entered(Class::Dropped),
        "dropped",
        "the end: cancelled",
    ),
    (
        Role::Entered(Class::Out),
        "merged",
        "state: its time counts with the one before",
    ),
    (Role::Entered(Class::Begun), "begun", "the beginning"),
    (
        Role::Spent(Class::Waiting),
        "spent waiting",
        "time in it: waiting",
    ),
    (
        Role::Spent(Class::Working),
        "spent working",
        "time in it: working",
    ),
    (
        Role::Spent(Class::Unknown),
        "spent unknown",
        "time in it: not known, is it waiting or work?",
    ),
    (Role::Outcome, "outcome", "its state now, or how it ended"),
];

/// The role, key and label of the columns of moves.
const OF_MOVES: [(Role, &str, &str); 6] = [
    (Role::Out, "out", "left out"),
    (Role::Item, "item", "key or name of the item"),
    (Role::State, "state", "the state it entered"),
    (Role::Moment, "moment", "when it entered it"),
    (Role::Left, "left", "when it left it"),
    (Role::Stayed, "stayed", "how long it was in it"),
];

impl TableKind {
    /// Every kind, with its key and what people choose.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Steps, "steps", "a step with its measures"),
        (Self::Items, "items", "a work item with its times"),
        (
            Self::Moves,
            "moves",
            "a move of a work item into a state, or its stay there",
        ),
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
}
