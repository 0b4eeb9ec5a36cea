//! What a version changed, in a few words.

use crate::compare::{DifferenceKind, differences};
use crate::editor::describe;
use crate::model::{Document, ElementKind, Id, Patch};

/// How many records of a kind, in words.
fn counted(kind: ElementKind, count: usize) -> String {
    let (one, many) = match kind {
        ElementKind::Variable => ("variable", "variables"),
        ElementKind::Link => ("link", "links"),
        ElementKind::Note => ("note", "notes"),
        ElementKind::LoopLabel => ("loop name", "loop names"),
        ElementKind::Station => ("step", "steps"),
        ElementKind::Flow => ("flow", "flows"),
        ElementKind::FindingReview => ("answer to a finding", "answers to findings"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Records of one document as `2 variables and 1 link`.
fn grouped(document: &Document, ids: &[Id]) -> String {
    let mut groups: Vec<(ElementKind, usize)> = Vec::new();
    for kind in ids.iter().filter_map(|id| document.kind_of(*id)) {
        match groups.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, count)) => *count += 1,
            None => groups.push((kind, 1)),
        }
    }
    let words: Vec<String> = groups
        .into_iter()
        .map(|(kind, count)| counted(kind, count))
        .collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// One record by its name, more of them by their number.
fn named(document: &Document, ids: &[Id]) -> String {
    match ids {
        [id] => match describe(document, *id) {
            words if words.trim().is_empty() => grouped(document, ids),
            words => words,
        },
        ids => grouped(document, ids),
    }
}

/// As [`named`], where a name says more than `1 variable`.
fn one_by_name(document: &Document, ids: &[Id]) -> String {
    match ids {
        [id] if matches!(
            document.kind_of(*id),
            Some(ElementKind::Variable | ElementKind::Station)
        ) =>
        {
            named(document, ids)
        }
        ids => grouped(document, ids),
    }
}

/// What was changed from one version to the next, such as "2 variables and 1 link added; Batch
/// size moved".
pub fn change_in_words(before: &Document, after: &Document) -> String {
    let (mut added, mut removed, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    let mut fields = Vec::new();
    for difference in differences(before, after) {
        match difference.kind {
            DifferenceKind::Added => added.push(difference.id),
            DifferenceKind::Removed => removed.push(difference.id),
            DifferenceKind::Changed(names) => {
                changed.push(difference.id);
                fields = names;
            }
        }
    }
    let patch = Patch::between(before, after);
    let known = |id: &Id| {
        [&added, &removed, &changed]
            .iter()
            .any(|ids| ids.contains(id))
    };
    let moved: Vec<Id> = patch.touched().filter(|id| !known(id)).collect();
    let mut words = Vec::new();
    let mut say = |what: String, verb: &str| {
        if !what.is_empty() {
            words.push(format!("{what} {verb}"));
        }
    };
    say(one_by_name(after, &added), "added");
    say(one_by_name(before, &removed), "removed");
    let how = match changed.as_slice() {
        [_] => format!("changed ({})", fields.join(", ")),
        _ => "changed".to_owned(),
    };
    say(named(after, &changed), &how);
    say(named(after, &moved), "moved");
    let (old, new) = (before.properties(), after.properties());
    if old.title != new.title {
        words.push("title changed".to_owned());
    }
    if old.purpose != new.purpose {
        words.push("purpose changed".to_owned());
    }
    if old.stream != new.stream {
        words.push("settings of the stream changed".to_owned());
    }
    let words = words.join("; ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}
