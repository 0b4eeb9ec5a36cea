//! What the head of a column and the look of its cells suggest.

use super::words::{has_words, words_of};
use crate::format::table::ColumnKind;

/// A column as it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look<'a> {
    /// Its name.
    pub head: &'a str,
    /// What most of its cells are.
    pub kind: ColumnKind,
    /// How many cells say something.
    pub said: usize,
    /// How many different things they say.
    pub different: usize,
}

impl Look<'_> {
    /// Whether something is said twice.
    #[must_use]
    pub const fn repeats(&self) -> bool {
        self.different < self.said
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
    "id",
    "identifier",
    "number",
    "nummer",
    "no",
    "nr",
];
/// Words of a head that is about something of the item.
const ABOUT: &[&str] = &[
    "type", "points", "point", "parent", "project", "epic", "url", "link*", "count", "status",
    "state", "priority", "size", "team", "list", "board", "sprint", "author", "assignee", "from",
    "to",
];
/// Words that name an item, where nothing tells it apart.
const NAMES: &[&str] = &["title", "summary", "name"];
/// Words of a head that name a state entered, the best first; `=` for the whole head.
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
];
/// Words of a head of times of which a list of moves makes something, and a row an item nothing.
const CHANGE: &[&str] = &["changed", "change"];

/// The place of the first of some words that stand in a head.
fn place_in(list: &[&str], head: &str) -> Option<usize> {
    let words = words_of(head);
    let fits = |wanted: &&str| match wanted.strip_prefix('=') {
        Some(whole) => words.join(" ") == whole,
        None => has_words(&words, wanted),
    };
    list.iter().position(fits)
}

/// How well a head names the state that was entered: the less the better.
pub(super) fn state_rank(head: &str) -> Option<usize> {
    // Whom it was assigned to is no state, nor the number of the list it is in.
    let words = words_of(head);
    let has_key = words.len() > 1 && KEYS.iter().any(|key| has_words(&words, key));
    if has_key || has_words(&words, "assigned") {
        return None;
    }
    place_in(STATE, head)
}

/// How well a head says when it was entered: the less the better.
pub(super) fn moment_rank(head: &str) -> Option<usize> {
    place_in(MOMENT, head)
}

/// Whether a head has nothing but words for an item and its key, such as `Key` or `Work item ID`.
pub(super) fn is_key(head: &str) -> bool {
    let words = words_of(head);
    let known = |word: &String| NOUNS.contains(&word.as_str()) || KEYS.contains(&word.as_str());
    !words.is_empty() && words.iter().all(known)
}

/// How well a column tells items apart: the less the better.
pub(super) fn key_rank(look: &Look<'_>) -> Option<usize> {
    let head = look.head;
    let (key, noun) = (place_in(KEYS, head), place_in(NOUNS, head));
    if is_key(head) {
        return Some(key.unwrap_or(KEYS.len()));
    }
    if place_in(ABOUT, head).is_some() {
        return None;
    }
    let name = place_in(NAMES, head);
    match (key, noun, name) {
        (Some(key), ..) => Some(100 + key),
        (None, _, Some(name)) => Some(300 + name),
        (None, Some(_), None) => Some(200),
        (None, None, None) => None,
    }
}

/// The column that tells items apart best by its head, without mere names.
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
    look.kind == ColumnKind::Moments && place_in(NO_STATE, look.head).is_none()
}

/// Whether items entered a state at the times of a column.
pub(super) fn is_entered(look: &Look<'_>) -> bool {
    is_moment(look) && place_in(CHANGE, look.head).is_none()
}

/// Whether a head is of times, whatever stands under it.
pub(super) fn says_time(head: &str) -> bool {
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
        .any(|list| place_in(list, head).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_from_what_is_about_an_item() {
        for head in [
            "Key",
            "Issue key",
            "Issue id",
            "ID",
            "Work Item ID",
            "Card ID",
            "number",
            "Vorgangsschl\u{fc}ssel",
        ] {
            assert!(is_key(head), "{head}");
        }
        let words = |head| Look {
            head,
            kind: ColumnKind::Words,
            said: 1,
            different: 1,
        };
        for head in [
            "Issue Type",
            "Work Item Type",
            "Story Points",
            "Project key",
            "Parent id",
            "Assigned To",
            "Card URL",
        ] {
            assert!(!is_key(head), "{head}");
            assert_eq!(key_rank(&words(head)), None, "{head}");
        }
        assert_eq!(state_rank("Assigned To"), None);
        assert_eq!(state_rank("List ID"), None);
        assert!(state_rank("To") < state_rank("List Name"));
        assert!(key_rank(&words("Issue key")) < key_rank(&words("Issue id")));
    }
}
