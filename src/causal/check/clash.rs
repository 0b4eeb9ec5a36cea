//! Names that two variables have, or nearly so.

use super::finding::{Check, Findings, Fix, Severity, Told};
use super::name::{Name, counted};
use super::naming::is_placeholder;
use super::subject::Subject;
use crate::model::{Edit, Element, Id};

/// Two variables with one name.
pub(super) const DUPLICATE: Check = Check {
    id: "duplicate-name",
    title: "Two variables with one name",
    severity: Severity::Problem,
    why: "If one quantity is drawn twice, loops through it do not close; if they are two, nobody \
          can tell them apart.",
    source: "Vensim manual (a name stands for one variable)",
    find: duplicates,
};

/// Two variables whose names differ by a letter, a plural or the order of words.
pub(super) const SIMILAR: Check = Check {
    id: "similar-name",
    title: "Names that are nearly the same",
    severity: Severity::Hint,
    why: "If both are one quantity, loops through it do not close.",
    source: "Vensim manual (a name stands for one variable)",
    find: similar,
};

/// The names of the variables, in order, with their indices; those that nobody chose left out.
fn sorted_keys(subject: &Subject<'_>, key: &dyn Fn(&Name) -> String) -> Vec<(String, usize)> {
    let nodes = subject.nodes.iter().enumerate();
    let mut keys: Vec<(String, usize)> = nodes
        .filter(|(_, node)| !is_placeholder(&node.name))
        .map(|(index, node)| (key(&node.name), index))
        .collect();
    keys.sort();
    keys
}

/// The words of a name without plurals, articles and order.
fn loose(name: &Name) -> String {
    let mut words: Vec<String> = name
        .key
        .split(' ')
        .filter(|word| !matches!(*word, "" | "a" | "an" | "of" | "the"))
        .map(singular)
        .collect();
    words.sort();
    words.join(" ")
}

/// A word without the ending of a plural.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let bare = match word.strip_suffix("es") {
        Some(stem) if ["s", "x", "ch", "sh"].iter().any(|end| stem.ends_with(end)) => stem,
        _ if super::name::is_plural(word) => &word[..word.len() - 1],
        _ => word,
    };
    bare.to_owned()
}

fn duplicates(subject: &Subject<'_>, findings: &mut Findings) {
    let keys = sorted_keys(subject, &|name| name.key.clone());
    for group in keys.chunk_by(|one, other| one.0 == other.0) {
        if group.len() > 1 {
            let indices: Vec<usize> = group.iter().map(|(_, index)| *index).collect();
            let ids: Vec<Id> = indices
                .iter()
                .map(|index| subject.nodes[*index].id)
                .collect();
            findings.add(ids.clone(), &|| Told {
                words: format!(
                    "{} have the name {}.",
                    counted(group.len(), "variable"),
                    subject.label_text(indices[0])
                ),
                fix: merged(subject, &ids),
            });
        }
    }
}

/// Makes several variables one, if that loses nothing that a person said: the first keeps its
/// index, and the links of the others are led to it.
fn merged(subject: &Subject<'_>, ids: &[Id]) -> Option<Fix> {
    let document = subject.document;
    let (first, others) = ids.split_first()?;
    let stays = document.variables().get(first)?;
    let mut edit = Edit::new(document);
    for id in others {
        let variable = document.variables().get(id)?;
        let says = !variable.remark.is_empty() || variable.binding.is_some();
        if says || variable.kind != stays.kind || variable.placement.locked {
            return None;
        }
        for link in document.edges_of(*id) {
            let edge = document.edge(link)?;
            if ids.contains(&edge.from) && ids.contains(&edge.to) {
                return None;
            }
            edit.change(link, |element| {
                if let Element::Link(link) = element {
                    for end in [&mut link.from, &mut link.to] {
                        if *end == *id {
                            *end = *first;
                        }
                    }
                }
            });
        }
    }
    for id in others {
        edit.remove(*id);
    }
    Some(Fix::of("Make them one variable", edit))
}

fn similar(subject: &Subject<'_>, findings: &mut Findings) {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let keys = sorted_keys(subject, &loose);
    for group in keys.chunk_by(|one, other| one.0 == other.0) {
        if group[0].0.is_empty() {
            continue;
        }
        for pair in group.windows(2) {
            let (one, other) = (pair[0].1, pair[1].1);
            let names = (&subject.nodes[one].name, &subject.nodes[other].name);
            if names.0.key != names.1.key {
                pairs.push((one, other));
            }
        }
    }
    misspelt(&sorted_keys(subject, &|name| name.key.clone()), &mut pairs);
    for (one, other) in pairs {
        findings.add(
            vec![subject.nodes[one].id, subject.nodes[other].id],
            &|| {
                let (one, other) = (subject.label_text(one), subject.label_text(other));
                format!("{one} and {other} are nearly the same name; are they one quantity?").into()
            },
        );
    }
}

/// The pairs of names that differ by one letter.
fn misspelt(keys: &[(String, usize)], pairs: &mut Vec<(usize, usize)>) {
    struct Entry<'a> {
        key: &'a str,
        index: usize,
        letters: u32,
    }
    let mut entries: Vec<Entry<'_>> = keys
        .iter()
        .filter(|(key, _)| key.len() >= SHORTEST_WORD)
        .map(|(key, index)| Entry {
            key,
            index: *index,
            letters: letters_of(key),
        })
        .collect();
    entries.sort_by_key(|one| one.key.len());
    for (at, one) in entries.iter().enumerate() {
        for other in &entries[at + 1..] {
            if other.key.len() > one.key.len() + 1 {
                break;
            }
            // One letter exchanged for another changes two bits at most.
            let apart = (one.letters ^ other.letters).count_ones();
            if apart <= 2 && is_slip(one.key, other.key) {
                pairs.push((one.index.min(other.index), one.index.max(other.index)));
            }
        }
    }
}

/// Which letters a text has, a bit for each.
fn letters_of(text: &str) -> u32 {
    text.bytes()
        .fold(0, |letters, byte| letters | 1 << (byte & 31))
}

/// In shorter words a letter more often makes another word than a slip.
const SHORTEST_WORD: usize = 7;

/// Whether two names differ by one letter that is missing, changed or exchanged with the next, in
/// a long word, and not at its start or at its end. A digit is no letter: "team 1" is not "team 2".
fn is_slip(one: &str, other: &str) -> bool {
    let (a, b) = (one.as_bytes(), other.as_bytes());
    let alike = |(x, y): &(&u8, &u8)| x == y;
    let head = a.iter().zip(b).take_while(alike).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev());
    let tail = tail.take(most).take_while(alike).count();
    let (x, y) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let slip = match (x, y) {
        ([_], [_]) | ([], [_]) | ([_], []) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    };
    let letters = x.iter().chain(y).all(u8::is_ascii_lowercase);
    let is_gap = |byte: &u8| *byte == b' ';
    let start = a[..head].iter().rposition(is_gap).map_or(0, |gap| gap + 1);
    let rest = a.len() - tail;
    let end = a[rest..]
        .iter()
        .position(is_gap)
        .map_or(a.len(), |gap| rest + gap);
    // "Employer" and "employee" differ in the last letter, "employers" in the one before.
    let margin = if x.len() == 1 && y.len() == 1 { 2 } else { 1 };
    slip && letters && end - start >= SHORTEST_WORD && head > start && rest + margin <= end
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, node};
    use super::*;

    fn count(check: &str, names: &[&str]) -> usize {
        Sketch::named(names).found(check).len()
    }

    #[test]
    fn one_name_twice() {
        assert_eq!(count("duplicate-name", &["Trust", "trust "]), 1);
        assert_eq!(
            count("duplicate-name", &["Lead time", "lead-time", "Lead  time"]),
            1
        );
        assert_eq!(count("duplicate-name", &["Ärger", "Ärger"]), 1);
        assert_eq!(count("duplicate-name", &["Trust", "Trusts"]), 0);
        assert_eq!(count("duplicate-name", &["", ""]), 0);
        assert_eq!(count("duplicate-name", &["Trust", "Load"]), 0);
    }

    #[test]
    fn names_that_are_nearly_the_same() {
        for pair in [
            ["Failed change", "failed changes"],
            ["Batch size", "Size of the batch"],
            ["Utilisation", "Utilization"],
            ["Deployment frequency", "Deploymnet frequency"],
            ["Priority", "Priorities"],
        ] {
            assert_eq!(count("similar-name", &pair), 1, "{pair:?}");
        }
        for pair in [
            ["Internal quality", "External quality"],
            ["Hiring", "Firing"],
            ["Team 1 load", "Team 2 load"],
            ["Employers", "Employees"],
            ["Process time 1", "Process time 2"],
            ["Stress", "Dress"],
            ["Trust", "trust"],
            ["Access", "Acces s"],
        ] {
            assert_eq!(count("similar-name", &pair), 0, "{pair:?}");
        }
    }

    #[test]
    fn one_quantity_drawn_twice_closes_its_loop() {
        let sketch = Sketch::of(&["load + errors", "errors + Load"], &[]);
        assert_eq!(sketch.report.loops.len(), 0);
        let (finding, fixed) = sketch.fixed("duplicate-name");
        assert_eq!(finding.about, [node(0), node(2)]);
        assert_eq!(fixed.report.loops.len(), 1);
        assert_eq!(fixed.document.variables().len(), 2);
    }

    #[test]
    fn what_would_lose_a_remark_or_make_a_self_link_is_not_merged() {
        let linked = Sketch::of(&["load + Load"], &[]);
        assert_eq!(linked.found("duplicate-name")[0].fix, None);
        let label_text = Sketch::named(&["load", "Load"]).changed(|edit| {
            edit.change(node(1), |element| {
                if let Element::Variable(variable) = element {
                    variable.remark = "of the team".to_owned();
                }
            });
        });
        assert_eq!(label_text.found("duplicate-name")[0].fix, None);
    }
}
