//! What the header of a column and the look of its cells suggest.

use super::words::{has_words, words_of};
use crate::format::table::ColumnKind;

/// A column as it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look<'a> {
    /// Its name.
    pub header: &'a str,
    /// What most of its cells are.
    pub kind: ColumnKind,
    /// How many cells say something.
    pub said: usize,
    /// How many different things they say.
    pub different: usize,
    /// How many of its cells are quantities.
    pub quantities: usize,
    /// Whether they say different things of one item.
    pub within: Within,
}

/// What a column says in the rows of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// No item has several rows, or nothing tells items apart.
    #[default]
    NotKnown,
    /// The same in each, as it is of the item and not of the row.
    Same,
    /// Different things, in most items.
    Varies,
}

impl Look<'_> {
    /// Whether something is said twice.
    #[must_use]
    pub const fn repeats(&self) -> bool {
        self.different < self.said
    }

    /// Whether it is one of quantities, perhaps with some words among them: at least half are.
    #[must_use]
    pub const fn has_quantities(&self) -> bool {
        self.said > 0 && self.quantities * 2 >= self.said
    }

    /// Whether each thing is said three times for every two, in the mean, or more often.
    #[must_use]
    pub const fn repeats_much(&self) -> bool {
        self.different * 3 < self.said * 2
    }
}

/// Words that name what is worked on.
const NOUNS: &[&str] = &[
    "issue", "item", "ticket", "story", "case", "order", "card", "task", "bug", "pull", "request",
    "pr", "work", "vorgang", "auftrag", "aufgabe",
];
/// Words that tell one of them from another, the best first.
const KEYS: &[&str] = &[
    "key",
    "schl\u{fc}ssel",
    "vorgangsschl\u{fc}ssel",
    "cl\u{e9}",
    "clave",
    "chave",
    "chiave",
    "\u{30ad}\u{30fc}",
    "id",
    "identifier",
    "number",
    "nummer",
    "no",
    "nr",
];
/// Words of a header that is about something of the item.
const ABOUT: &[&str] = &[
    "type", "points", "point", "parent", "project", "epic", "url", "link*", "count", "status",
    "state", "priority", "size", "team", "list", "board", "sprint", "author", "assignee", "from",
    "to",
];
/// Words that name an item, where nothing tells it apart.
const NAMES: &[&str] = &["title", "summary", "name"];
/// Words of a header that name a state entered, the best first; `=` for the whole header.
const STATE: &[&str] = &[
    "=to",
    "to state",
    "to status",
    "to string",
    "to column",
    "to list",
    "new value",
    "new state",
    "new status",
    "=new",
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
/// Words of a header that say when it was entered, the best first.
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
/// Words of a header of times at which no state was entered.
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
    "baseline",
    "archived",
    "cycle start",
    "cycle end",
    "sprint*",
    "category changed",
    "revised",
    "authorized",
    "aktualisiert",
    "f\u{e4}llig*",
    "born",
    "mise \u{e0} jour",
    "mis \u{e0} jour",
    "\u{e9}ch\u{e9}ance",
    "actualizad*",
    "vencimiento",
    "atualizad*",
    "aggiornat*",
    "scadenza",
    "bijgewerkt",
    "\u{66f4}\u{65b0}\u{65e5}",
    "\u{66f4}\u{65b0}\u{65e5}\u{6642}",
    "\u{66f4}\u{65b0}\u{65f6}\u{95f4}",
];
/// Words of a header that say when a state was left, the best first.
const LEFT: &[&str] = &[
    "left",
    "exit*",
    "leave*",
    "ended",
    "end",
    "until",
    "finish*",
    "to date",
    "stop*",
    "completed",
    "bis",
    "ende",
    "verlassen",
    "fin",
    "sortie",
];
/// Words of a header that say how long an item was in a state.
const STAYED: &[&str] = &[
    "duration",
    "time in state",
    "time in status",
    "time in column",
    "time spent",
    "elapsed",
    "stayed",
    "days",
    "hours",
    "minutes",
    "time",
    "dauer",
    "verweildauer",
    "dur\u{e9}e",
    "duraci\u{f3}n",
    "dura\u{e7}\u{e3}o",
    "durata",
];
/// What stands before the name of a state in the header of the time that an item was in it.
const TIME_IN: &[&str] = &[
    "total time in",
    "time spent in",
    "time in",
    "days in",
    "hours in",
    "minutes in",
    "duration in",
    "in status",
    "zeit in",
    "tage in",
    "stunden in",
    "dauer in",
    "temps en",
    "temps dans",
    "tiempo en",
    "tempo em",
    "tempo in",
];
/// What is a length of time of an item and not of a state.
const NO_STAY: &[&str] = &[
    "estimate*",
    "spent",
    "remaining",
    "logged",
    "worked",
    "points",
    "age",
    "ratio",
    "lead",
    "cycle",
    "total",
    "worklog",
    "work log",
    "first response",
    "resolution",
    "schedule*",
    "aufwand",
    "sch\u{e4}tzung",
];
/// States whose names begin with the `in` of "time in".
const WITH_IN: &[&str] = &[
    "progress",
    "arbeit",
    "bearbeitung",
    "curso",
    "corso",
    "uitvoering",
    "behandlung",
];
/// Words of a header that say how an item ended, or how it stands.
const OUTCOME: &[&str] = &[
    "resolution",
    "outcome",
    "close reason",
    "state reason",
    "reason",
    "status",
    "state",
    "result",
    "l\u{f6}sung",
    "zustand",
    "r\u{e9}solution",
    "statut",
    "\u{e9}tat",
    "resoluci\u{f3}n",
    "estado",
    "resolu\u{e7}\u{e3}o",
    "situa\u{e7}\u{e3}o",
    "risoluzione",
    "stato",
    "resolutie",
    "\u{30b9}\u{30c6}\u{30fc}\u{30bf}\u{30b9}",
    "\u{89e3}\u{6c7a}\u{72b6}\u{6cc1}",
    "\u{72b6}\u{614b}",
    "\u{72b6}\u{6001}",
    "\u{72c0}\u{614b}",
];
/// Words of a header of times of which a list of moves makes something, and a row an item nothing.
const CHANGE: &[&str] = &["changed", "change"];

/// The place of the first of some words that stand in a header.
fn index_in(list: &[&str], header: &str) -> Option<usize> {
    let words = words_of(header);
    let fits = |wanted: &&str| match wanted.strip_prefix('=') {
        Some(whole) => words.join(" ") == whole,
        None => has_words(&words, wanted),
    };
    list.iter().position(fits)
}

/// How well a header names the state that was entered: the less the better.
pub(super) fn state_rank(header: &str) -> Option<usize> {
    // Whom it was assigned to is no state, nor the number of the list it is in.
    let words = words_of(header);
    let has_key = words.len() > 1 && KEYS.iter().any(|key| has_words(&words, key));
    if has_key || has_words(&words, "assigned") {
        return None;
    }
    index_in(STATE, header)
}

/// How well a header says how an item ended, or how it stands: the less the better.
pub(super) fn outcome_rank(header: &str) -> Option<usize> {
    let words = words_of(header);
    let is_other = ["id", "key", "category", "previous", "old", "from"];
    let is_other = is_other.iter().any(|word| has_words(&words, word));
    index_in(OUTCOME, header).filter(|_| !is_other)
}

/// How well a header says when a state was left: the less the better.
pub(super) fn left_rank(header: &str) -> Option<usize> {
    index_in(LEFT, header)
}

/// How well a header says how long an item was in a state: the less the better.
pub(super) fn stayed_rank(header: &str) -> Option<usize> {
    let is_other = index_in(NO_STAY, header).is_some();
    index_in(STAYED, header).filter(|_| !is_other || has_words(&words_of(header), "time spent"))
}

/// The state that a header names after words such as "time in".
pub(super) fn named_stay(header: &str) -> Option<&str> {
    let plain = without_unit(header);
    let small = plain.to_lowercase();
    // Small letters that are longer in bytes would put the places apart.
    if small.len() != plain.len() {
        return None;
    }
    let start = TIME_IN.iter().find_map(|start| {
        let rest = small.strip_prefix(start)?;
        rest.starts_with([' ', ':', '_', '-'])
            .then_some(start.len())
    })?;
    let state = plain[start..].trim_start_matches([' ', ':', '_', '-', '"', '\'']);
    let state = state.trim_end_matches(['"', '\'', ' ']);
    if state.is_empty() {
        return None;
    }
    // "Time In Progress" is the time of "In Progress".
    let small = state.to_lowercase();
    let with_in = WITH_IN.contains(&small.as_str());
    let of_in = plain[..start].len() - "in".len();
    Some(
        match with_in && plain[..start].to_lowercase().ends_with("in") {
            true => &plain[of_in..],
            false => state,
        },
    )
}

/// A header without its unit in brackets.
pub(super) fn without_unit(header: &str) -> &str {
    let header = header.trim();
    let open = header.rfind(['(', '[', '\u{ff08}']);
    let unit =
        open.filter(|at| *at > 0 && crate::format::table::unit_in_header(&header[*at..]).is_some());
    unit.map_or(header, |at| header[..at].trim_end())
}

/// How sure it is that a column has the time of items in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stay {
    /// Its header says so.
    Said,
    /// It has times, and its header is the name of a state.
    Likely,
}

/// Whether a column has lengths of time that may be those in a state.
pub(super) fn is_length(look: &Look<'_>) -> bool {
    use super::state::Class;
    let is_end = Class::guess(without_unit(look.header)).is_end();
    look.kind == ColumnKind::Spans && index_in(NO_STAY, look.header).is_none() && !is_end
}

/// Whether a column has the time of items in a state.
pub(super) fn stay(look: &Look<'_>) -> Option<Stay> {
    use super::state::Class;
    use crate::format::table::unit_in_header;
    let is_mostly = look.kind == ColumnKind::Words && look.has_quantities();
    if !matches!(look.kind, ColumnKind::Numbers | ColumnKind::Spans) && !is_mostly {
        return None;
    }
    if named_stay(look.header).is_some() {
        return Some(Stay::Said);
    }
    let has_unit = look.kind == ColumnKind::Spans || unit_in_header(look.header).is_some();
    let is_state = Class::guess(without_unit(look.header)) != Class::Unknown;
    let is_other = index_in(NO_STAY, look.header).is_some();
    (has_unit && is_state && !is_other).then_some(Stay::Likely)
}

/// How well a header says when it was entered: the less the better.
pub(super) fn moment_rank(header: &str) -> Option<usize> {
    index_in(MOMENT, header)
}

/// Whether a header has nothing but words for an item and its key, such as `Key` or `Work item ID`.
pub(super) fn is_key(header: &str) -> bool {
    let words = words_of(header);
    let known = |word: &String| NOUNS.contains(&word.as_str()) || KEYS.contains(&word.as_str());
    !words.is_empty() && words.iter().all(known)
}

/// How well a column tells items apart: the less the better.
pub(super) fn key_rank(look: &Look<'_>) -> Option<usize> {
    let header = look.header;
    let (key, noun) = (index_in(KEYS, header), index_in(NOUNS, header));
    if is_key(header) {
        return Some(key.unwrap_or(KEYS.len()));
    }
    if index_in(ABOUT, header).is_some() {
        return None;
    }
    let name = index_in(NAMES, header);
    match (key, noun, name) {
        (Some(key), ..) => Some(100 + key),
        (None, _, Some(name)) => Some(300 + name),
        (None, Some(_), None) => Some(200),
        (None, None, None) => None,
    }
}

/// The column that tells items apart best by its header, without mere names.
pub(super) fn best_key<'l, 'a>(columns: &'l [Look<'a>]) -> Option<&'l Look<'a>> {
    let open = columns
        .iter()
        .filter(|look| matches!(look.kind, ColumnKind::Words | ColumnKind::Numbers));
    let ranked = open.filter_map(|look| {
        let rank = key_rank(look).filter(|rank| *rank < 300)?;
        Some((rank, look))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, look)| look)
}

/// Whether something may have happened to an item at the times of a column.
pub(super) fn is_moment(look: &Look<'_>) -> bool {
    look.kind == ColumnKind::Moments && index_in(NO_STATE, look.header).is_none()
}

/// Whether items entered a state at the times of a column.
pub(super) fn is_entered(look: &Look<'_>) -> bool {
    is_moment(look) && index_in(CHANGE, look.header).is_none()
}

/// Whether a header is of times, whatever stands under it.
pub(super) fn says_time(header: &str) -> bool {
    const TIMES: &[&str] = &[
        "created",
        "resolved",
        "closed",
        "started",
        "completed",
        "finished",
        "done",
        "erstellt",
        "erledigt",
        "angelegt",
    ];
    [MOMENT, NO_STATE, TIMES]
        .iter()
        .any(|list| index_in(list, header).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_what_is_about_an_item() {
        for header in [
            "Key",
            "Issue key",
            "Issue id",
            "ID",
            "Work Item ID",
            "Card ID",
            "number",
            "Vorgangsschl\u{fc}ssel",
        ] {
            assert!(is_key(header), "{header}");
        }
        let words = |header| Look {
            header,
            kind: ColumnKind::Words,
            said: 1,
            different: 1,
            quantities: 0,
            within: Within::NotKnown,
        };
        for header in [
            "Issue Type",
            "Work Item Type",
            "Story Points",
            "Project key",
            "Parent id",
            "Assigned To",
            "Card URL",
        ] {
            assert!(!is_key(header), "{header}");
            assert_eq!(key_rank(&words(header)), None, "{header}");
        }
        for (header, state) in [
            ("Time In Todo", Some("Todo")),
            ("Time In Progress", Some("In Progress")),
            ("Time in Review (h)", Some("Review")),
            ("Days in \"QA\"", Some("QA")),
            ("Zeit in Arbeit", Some("in Arbeit")),
            ("Time in", None),
            ("Time to first response", None),
            ("Lead time (days)", None),
        ] {
            assert_eq!(named_stay(header), state, "{header}");
        }
        assert_eq!(state_rank("Assigned To"), None);
        assert_eq!(state_rank("List ID"), None);
        assert!(state_rank("To") < state_rank("List Name"));
        assert!(key_rank(&words("Issue key")) < key_rank(&words("Issue id")));
    }
}
