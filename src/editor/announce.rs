//! What changed about the loops, in words for who cannot see the canvas.

use crate::causal::{LoopReport, NamedLoop};
use crate::model::{Document, LoopKey};

/// What is new in a report of the loops, as one message; `None` where nothing is, or where not
/// all loops are listed, so that it cannot be told.
#[must_use]
pub fn news(before: &LoopReport, after: &LoopReport, document: &Document) -> Option<String> {
    if !before.lists_all() || !after.lists_all() {
        return None;
    }
    let (known, kept) = (by_key(before), by_key(after));
    let mut told = Vec::new();
    for named in &after.loops {
        match find(&known, &named.key) {
            None => told.push(format!(
                "New {} loop {}: {}.",
                named.polarity.word(),
                named.code,
                named.sentence(document)
            )),
            Some(old) if old.polarity != named.polarity => told.push(format!(
                "Loop {} is now {}, {}.",
                old.code,
                named.polarity.word(),
                named.code
            )),
            Some(_) => {}
        }
    }
    let gone: Vec<&str> = before
        .loops
        .iter()
        .filter(|named| find(&kept, &named.key).is_none())
        .map(|named| named.code.as_str())
        .collect();
    match (told.len(), gone.len()) {
        (0, 0) => None,
        (0, 1) => Some(format!("Loop {} is gone.", gone[0])),
        (0, _) => Some(format!("{} loops are gone.", gone.len())),
        (1..=2, 0) => Some(told.join(" ")),
        _ => Some(format!(
            "{} now: {} reinforcing, {} balancing, {} unsigned.",
            loops_in_words(after.counts.total()),
            after.counts.reinforcing,
            after.counts.balancing,
            after.counts.undetermined
        )),
    }
}

fn loops_in_words(count: u64) -> String {
    match count {
        1 => "1 loop".to_owned(),
        _ => format!("{count} loops"),
    }
}

/// The listed loops, in the order of their keys.
fn by_key(report: &LoopReport) -> Vec<&NamedLoop> {
    let mut loops: Vec<&NamedLoop> = report.loops.iter().collect();
    loops.sort_by(|one, other| one.key.cmp(&other.key));
    loops
}

fn find<'a>(loops: &[&'a NamedLoop], key: &LoopKey) -> Option<&'a NamedLoop> {
    let index = loops.binary_search_by(|named| named.key.cmp(key)).ok()?;
    loops.get(index).copied()
}
