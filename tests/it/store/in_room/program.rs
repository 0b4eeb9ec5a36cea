//! The program that is in a room, as small as can be: a room, and what its page was told.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::model::Id;
use loopstream::store::{Covered, Entry as Gesture, Order, RoomBase, upto};
use loopstream::sync::{Body, Entry, RULES, Room, Snapshot};

/// What the program says to its page.
pub enum ToPage {
    Based(Box<RoomBase>),
    Play(Vec<Gesture>),
}

/// What the page says to its program.
pub enum ToProgram {
    Based(Box<RoomBase>),
    Commit(Vec<Gesture>),
}

pub struct Program {
    pub room: Room,
    told_base: Option<(Order, Covered)>,
    told: BTreeSet<(Id, u64)>,
}

impl Program {
    pub fn new(me: Id) -> Self {
        Self {
            room: Room::join(me, RULES),
            told_base: None,
            told: BTreeSet::new(),
        }
    }

    /// Comes back with what a page has kept.
    pub fn with(me: Id, base: RoomBase, gestures: Vec<Gesture>) -> Self {
        let mut program = Self::new(me);
        program.told_base = Some((base.order, base.settled.clone()));
        let keys = gestures.iter();
        program.told = keys.map(|one| (one.order.tab, one.order.number)).collect();
        program.hear(ToProgram::Based(Box::new(base)));
        program.hear(ToProgram::Commit(gestures));
        program
    }

    pub fn hear(&mut self, message: ToProgram) {
        let entries = match message {
            ToProgram::Based(base) => vec![entry_of_base(*base)],
            ToProgram::Commit(gestures) => gestures.into_iter().map(entry_of).collect(),
        };
        let _ = self.room.take(entries);
    }

    /// What the page is to be told now.
    pub fn news(&mut self) -> Vec<ToPage> {
        let Some((base, gestures)) = ground(&self.room) else {
            return Vec::new();
        };
        let mut news = Vec::new();
        let stands_on = Some((base.order, base.settled.clone()));
        if self.told_base != stands_on {
            self.told_base = stands_on;
            self.told.clear();
            news.push(ToPage::Based(Box::new(base)));
        }
        let is_new = |one: &Gesture| self.told.insert((one.order.tab, one.order.number));
        let new: Vec<Gesture> = gestures.into_iter().filter(is_new).collect();
        if !new.is_empty() {
            news.push(ToPage::Play(new));
        }
        news
    }
}

/// The entry of a gesture.
pub fn entry_of(gesture: Gesture) -> Entry {
    Entry {
        order: gesture.order,
        at: gesture.at,
        rules: RULES,
        body: Body::Patch(Box::new(gesture.patch)),
    }
}

/// The entry of the snapshot that a document stands on.
pub fn entry_of_base(base: RoomBase) -> Entry {
    let snapshot = Snapshot {
        covered: base.covered,
        let_go: base.let_go,
        document: base.document,
    };
    Entry {
        order: base.order,
        at: base.at,
        rules: base.rules,
        body: Body::Snapshot(Box::new(snapshot)),
    }
}

/// What the document of a room stands on and the gestures that are played on it, by its entries.
pub fn ground(room: &Room) -> Option<(RoomBase, Vec<Gesture>)> {
    let mut gone = Covered::new();
    let mut snapshots = Vec::new();
    for entry in room.entries() {
        if let Body::Snapshot(snapshot) = &entry.body {
            snapshots.push((entry, &**snapshot));
            for (tab, number) in &snapshot.let_go {
                let last = gone.entry(*tab).or_default();
                *last = (*last).max(*number);
            }
        }
    }
    let is_whole = |one: &Snapshot| gone.iter().all(|(tab, n)| upto(&one.covered, *tab) >= *n);
    let (entry, snapshot) = snapshots
        .into_iter()
        .max_by_key(|(entry, one)| (entry.rules, is_whole(one), entry.order))?;
    let mut settled = snapshot.covered.clone();
    for (tab, number) in &gone {
        let last = settled.entry(*tab).or_default();
        *last = (*last).max(*number);
    }
    let mut last: BTreeMap<Id, u64> = settled.clone();
    let mut gestures = Vec::new();
    for one in room.entries() {
        let last = last.entry(one.order.tab).or_default();
        if one.order.number != *last + 1 {
            continue;
        }
        *last += 1;
        if let Body::Patch(patch) = &one.body {
            gestures.push(Gesture {
                order: one.order,
                at: one.at,
                patch: (**patch).clone(),
            });
        }
    }
    gestures.sort_by_key(|gesture| gesture.order);
    let base = RoomBase {
        order: entry.order,
        at: entry.at,
        rules: entry.rules,
        covered: snapshot.covered.clone(),
        let_go: snapshot.let_go.clone(),
        settled,
        document: snapshot.document.clone(),
    };
    Some((base, gestures))
}
