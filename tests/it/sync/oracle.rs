//! The document of a room, slowly and obviously: all entries that were ever kept, in one order, on
//! the snapshot that counts.

use std::collections::BTreeMap;

use loopstream::model::{Document, Id, rebase};
use loopstream::store::Covered;
use loopstream::sync::{Body, Entry, Snapshot};

/// All that was ever kept by anybody, whoever has forgotten it since.
pub type All = BTreeMap<(Id, u64), Entry>;

fn upto(covered: &Covered, tab: Id) -> u64 {
    *covered.get(&tab).unwrap_or(&0)
}

/// The document that follows from the entries, if there is a snapshot among them.
pub fn document_of(all: &All) -> Option<Document> {
    let mut gone = Covered::new();
    let mut snapshots: Vec<(&Entry, &Snapshot)> = Vec::new();
    for entry in all.values() {
        if let Body::Snapshot(snapshot) = &entry.body {
            snapshots.push((entry, snapshot));
            for (tab, number) in &snapshot.let_go {
                let last = gone.entry(*tab).or_insert(0);
                *last = (*last).max(*number);
            }
        }
    }
    let is_whole = |one: &Snapshot| gone.iter().all(|(tab, n)| upto(&one.covered, *tab) >= *n);
    let (ground, snapshot) = snapshots.iter().max_by(|(entry, one), (other, another)| {
        let first = entry.rules.cmp(&other.rules);
        let then = first.then(is_whole(one).cmp(&is_whole(another)));
        then.then(entry.order.lamport.cmp(&other.order.lamport))
            .then(entry.order.tab.cmp(&other.order.tab))
            .then(entry.order.number.cmp(&other.order.number))
    })?;
    let mut playable: Vec<&Entry> = Vec::new();
    let mut last: Option<(Id, u64)> = None;
    for ((tab, number), entry) in all {
        let start = upto(&snapshot.covered, *tab).max(upto(&gone, *tab));
        if *number <= start {
            continue;
        }
        let before = match last {
            Some((of, number)) if of == *tab => number,
            _ => start,
        };
        if *number != before + 1 {
            // What comes after a gap waits.
            continue;
        }
        last = Some((*tab, *number));
        playable.push(entry);
    }
    playable.sort_by_key(|entry| (entry.order.lamport, entry.order.tab, entry.order.number));
    let mut document = snapshot.document.clone();
    for entry in playable {
        assert!(entry.rules <= ground.rules);
        if let Body::Patch(patch) = &entry.body
            && document.apply(patch).is_err()
        {
            let brought = rebase(patch, &document);
            document.apply(&brought).unwrap();
        }
    }
    Some(document)
}
