//! Two tabs of one browser, each with its program, and others elsewhere in the same room.

use std::collections::{BTreeSet, VecDeque};

use loopstream::model::{Document, Id, Patch};
use loopstream::store::{NextGestures, OpenDocument, SaveState};
use loopstream::sync::{Entry, RULES, Room};

use super::act::{Act, OTHERS, TABS};
use super::program::{Program, ToPage, ToProgram, ground};
use crate::common::memory::Memory;
use crate::store::gesture::Gesture;
use crate::store::{DOCUMENT, store, tab};
use crate::sync::DAY;

pub struct Tab {
    name: Id,
    pub open: OpenDocument,
    /// The document as its editor has it, changed only by effects.
    page: Document,
    pub program: Program,
    events: Vec<String>,
    to_page: VecDeque<ToPage>,
    to_program: VecDeque<ToProgram>,
    /// Its gestures that it has not said to be kept.
    made: Vec<(Id, u64)>,
}

pub struct World {
    pub storage: Memory,
    pub tabs: Vec<Tab>,
    pub others: Vec<Room>,
    /// The gestures that a page has said to be kept.
    pub kept: BTreeSet<(Id, u64)>,
    /// The gestures that are held back: no program may have them.
    hidden: BTreeSet<(Id, u64)>,
    /// The tabs that have not saved since the storage was cleared.
    cleared: BTreeSet<usize>,
    pub now: u64,
    fresh: u64,
}

impl World {
    pub fn new() -> Self {
        let storage = Memory::default();
        let first = Room::open(tab(900), crate::sync::small(), RULES, 0);
        let mut second = Room::join(tab(901), RULES);
        crate::sync::copy(&first, &mut second);
        let (base, _) = ground(&first).unwrap();
        let me = tab(1);
        let open = OpenDocument::create_in_room(store(&storage), DOCUMENT, me, base, 0);
        let mut world = Self {
            storage,
            tabs: vec![Tab::new(open, me, tab(501))],
            others: vec![first, second],
            kept: BTreeSet::new(),
            hidden: BTreeSet::new(),
            cleared: BTreeSet::new(),
            now: 0,
            fresh: 10,
        };
        for _ in 1..TABS {
            let tab = world.loaded();
            world.tabs.push(tab);
        }
        world.storage.changed.borrow_mut().clear();
        world
    }

    /// Loads a page, under a fresh name.
    fn loaded(&mut self) -> Tab {
        self.fresh += 1;
        let me = tab(1_000 + self.fresh);
        let open = OpenDocument::open(store(&self.storage), DOCUMENT, me, self.now).unwrap();
        Tab::new(open, me, tab(5_000 + self.fresh))
    }

    pub fn play(&mut self, acts: &[Act]) {
        for act in acts {
            self.fresh += 1;
            self.now += 3_000;
            let actor = self.act(act);
            self.spread(actor);
            self.assert_hidden();
        }
    }

    /// What is held back is in no room but the document of its browser.
    fn assert_hidden(&self) {
        let programs = self.tabs.iter().map(|tab| &tab.program.room);
        for room in programs.chain(&self.others) {
            for (tab, number) in &self.hidden {
                assert!(room.entry(*tab, *number).is_none(), "{tab}/{number}");
            }
        }
    }

    /// Every tab shows what it has held back.
    pub fn show_all(&mut self) {
        for actor in 0..TABS {
            self.show(actor, NextGestures::Told);
            self.spread(actor);
        }
    }

    fn show(&mut self, actor: usize, next: NextGestures) {
        let open = &mut self.tabs[actor].open;
        open.show_held(store(&self.storage), next);
        match next {
            NextGestures::Told => self.hidden.clear(),
            NextGestures::HeldBack => self
                .hidden
                .retain(|(tab, number)| !open.holds(*tab, *number)),
        }
        self.take(actor, None);
    }

    /// Tells the other tabs what has changed in the storage.
    fn spread(&mut self, actor: usize) {
        let changed = std::mem::take(&mut *self.storage.changed.borrow_mut());
        for (number, tab) in self.tabs.iter_mut().enumerate() {
            if number != actor {
                tab.events.extend(changed.iter().cloned());
            }
        }
    }

    fn act(&mut self, act: &Act) -> usize {
        match act {
            Act::Gesture(actor, gesture) => self.gesture(*actor, *gesture),
            Act::Elsewhere(who, gesture) => {
                let room = &mut self.others[*who];
                if let Some(document) = room.document() {
                    let patch = gesture.patch(document, self.fresh);
                    let _ = room.commit(patch, self.now);
                }
            }
            Act::Meet(one, other, part) => self.meet(*one, *other, usize::from(*part)),
            Act::Snapshot(who) => {
                // Who is cut off makes none.
                if *who < TABS {
                    self.meet(*who, TABS, 100);
                    self.meet(TABS, *who, 100);
                }
                let now = self.now;
                let _ = self.room(*who).snapshot(now);
                self.hear_news(*who);
            }
            Act::ToPage(actor) => self.page_hears(*actor),
            Act::ToProgram(actor) => {
                if let Some(message) = self.tabs[*actor].to_program.pop_front() {
                    self.tabs[*actor].program.hear(message);
                    self.hear_news(*actor);
                }
            }
            Act::Event(actor, which, again) => {
                let tab = &mut self.tabs[*actor];
                if !tab.events.is_empty() {
                    let which = which % tab.events.len();
                    let key = match again {
                        true => tab.events[which].clone(),
                        false => tab.events.remove(which),
                    };
                    let effect = tab.open.sync_from_storage(store(&self.storage), &key);
                    self.take(*actor, effect);
                }
            }
            Act::CatchUp(actor) => {
                let effect = self.tabs[*actor].open.catch_up(store(&self.storage));
                self.take(*actor, effect);
            }
            Act::Compact(actor) => self.compact(*actor),
            Act::Save(actor) => self.save(*actor),
            Act::Reload(actor) => {
                let is_saved = matches!(self.tabs[*actor].open.state(), SaveState::Saved { .. });
                // What was not saved a person would not close.
                if is_saved && self.cleared.is_empty() {
                    self.tabs[*actor] = self.loaded();
                }
            }
            Act::Kill(actor, after, what) if self.cleared.is_empty() => {
                self.storage
                    .dies_at
                    .set(Some(self.storage.operations.get() + after));
                match what {
                    0 => self.gesture(*actor, Gesture::AddNote),
                    1 => self.compact(*actor),
                    _ => self.page_hears(*actor),
                }
                self.storage.dies_at.set(None);
                self.tabs[*actor] = self.loaded();
            }
            Act::Kill(..) => {}
            Act::Room(room) => {
                let quota = (!room).then(|| self.storage.used());
                self.storage.quota.set(quota);
            }
            Act::Clear => {
                for actor in 0..TABS {
                    let effect = self.tabs[actor].open.catch_up(store(&self.storage));
                    self.take(actor, effect);
                }
                self.storage.texts.borrow_mut().clear();
                // With it goes what other tabs could know.
                self.hidden.clear();
                self.cleared = (0..TABS).collect();
            }
            Act::HoldBack(actor) => {
                let open = &mut self.tabs[*actor].open;
                open.hold_back(store(&self.storage));
            }
            Act::Show(actor, next) => self.show(
                *actor,
                match next {
                    true => NextGestures::HeldBack,
                    false => NextGestures::Told,
                },
            ),
            Act::Damage(first) => self.damage(*first),
            Act::Day => self.now += DAY + DAY / 2,
        }
        match act {
            Act::Gesture(actor, _)
            | Act::ToPage(actor)
            | Act::Event(actor, ..)
            | Act::CatchUp(actor)
            | Act::Compact(actor)
            | Act::HoldBack(actor)
            | Act::Show(actor, _)
            | Act::Save(actor)
            | Act::Reload(actor)
            | Act::Kill(actor, ..) => *actor,
            // Nobody's own doing.
            _ => usize::MAX,
        }
    }

    fn room(&mut self, number: usize) -> &mut Room {
        match number.checked_sub(TABS) {
            None => &mut self.tabs[number].program.room,
            Some(other) => &mut self.others[other],
        }
    }

    pub fn meet(&mut self, from: usize, to: usize, part: usize) {
        let entries: Vec<Entry> = self.room(from).entries().cloned().collect();
        let count = entries.len() * part / 100;
        let _ = self.room(to).take(entries.into_iter().take(count));
        self.hear_news(to);
    }

    /// A program tells its page what is new.
    fn hear_news(&mut self, number: usize) {
        if let Some(tab) = self.tabs.get_mut(number) {
            let news = tab.program.news();
            tab.to_page.extend(news);
        }
    }

    /// The page of a tab takes in what a method has returned, and tells its program.
    fn take(&mut self, actor: usize, effect: Option<Patch>) {
        let tab = &mut self.tabs[actor];
        if let Some(effect) = effect {
            tab.page.apply(&effect).unwrap();
        }
        assert_eq!(tab.page, *tab.open.document());
        if let Some(base) = tab.open.untold_base() {
            tab.to_program.push_back(ToProgram::Based(Box::new(base)));
        }
        let untold = tab.open.untold();
        if !untold.is_empty() {
            tab.to_program.push_back(ToProgram::Commit(untold));
        }
        if matches!(tab.open.state(), SaveState::Saved { .. }) && !self.cleared.contains(&actor) {
            self.kept.extend(tab.made.drain(..));
        }
    }

    fn gesture(&mut self, actor: usize, gesture: Gesture) {
        let tab = &mut self.tabs[actor];
        let patch = gesture.patch(&tab.page, self.fresh);
        tab.page.apply(&patch).unwrap();
        let effect = tab.open.record(store(&self.storage), &patch, self.now);
        if !patch.is_empty() {
            let made = tab
                .open
                .gestures()
                .map(|one| (one.order.tab, one.order.number));
            let own = made.filter(|(name, _)| *name == tab.name).max();
            let hold = format!("loopstream/held/{DOCUMENT}/{}", tab.name);
            // Where it has no room, another tab does not know.
            if tab.open.holds_back() && self.storage.texts.borrow().contains_key(&hold) {
                self.hidden.extend(own);
            }
            tab.made.extend(own);
        }
        self.saved(actor, effect);
    }

    fn page_hears(&mut self, actor: usize) {
        let (now, store) = (self.now, store(&self.storage));
        let tab = &mut self.tabs[actor];
        let effect = match tab.to_page.pop_front() {
            None => return,
            Some(ToPage::Based(base)) => tab.open.stand_on(store, *base, now),
            Some(ToPage::Play(gestures)) => tab.open.take_gestures(store, gestures, now),
        };
        self.saved(actor, effect);
    }

    fn compact(&mut self, actor: usize) {
        let effect = self.tabs[actor]
            .open
            .compact(store(&self.storage), self.now);
        self.saved(actor, effect);
    }

    pub fn save(&mut self, actor: usize) {
        let effect = self.tabs[actor].open.save(store(&self.storage), self.now);
        self.saved(actor, effect);
    }

    fn saved(&mut self, actor: usize, effect: Option<Patch>) {
        let state = self.tabs[actor].open.state();
        if matches!(state, SaveState::Saved { .. }) {
            self.cleared.remove(&actor);
        } else {
            let is_dying = self.storage.dies_at.get().is_some();
            assert!(is_dying || self.storage.quota.get().is_some(), "{state:?}");
        }
        self.take(actor, effect);
    }

    /// Damages one of two sound snapshots.
    fn damage(&mut self, first: bool) {
        let slot = if first { "a" } else { "b" };
        let key = |slot| format!("loopstream/document/{DOCUMENT}/{slot}");
        let mut texts = self.storage.texts.borrow_mut();
        let is_sound = |slot| texts.get(&key(slot)).is_some_and(|text| text != "rubbish");
        if is_sound("a") && is_sound("b") && self.storage.quota.get().is_none() {
            texts.insert(key(slot), "rubbish".to_owned());
        }
    }

    /// Everybody hears everything.
    pub fn settle(&mut self) {
        self.storage.quota.set(None);
        for _ in 0..4 {
            for actor in 0..TABS {
                self.save(actor);
                // Nobody tells of a damage: compaction finds it.
                self.compact(actor);
                self.spread(actor);
                for key in std::mem::take(&mut self.tabs[actor].events) {
                    let effect = self.tabs[actor]
                        .open
                        .sync_from_storage(store(&self.storage), &key);
                    self.take(actor, effect);
                }
                while let Some(message) = self.tabs[actor].to_program.pop_front() {
                    self.tabs[actor].program.hear(message);
                    self.hear_news(actor);
                }
            }
            for one in 0..TABS + OTHERS {
                for other in (0..TABS + OTHERS).filter(|other| *other != one) {
                    self.meet(one, other, 100);
                }
            }
            for actor in 0..TABS {
                while !self.tabs[actor].to_page.is_empty() {
                    self.page_hears(actor);
                    self.spread(actor);
                }
            }
        }
    }
}

impl Tab {
    fn new(open: OpenDocument, name: Id, program: Id) -> Self {
        let base = open.room_base().unwrap();
        let gestures = open.shown_gestures().cloned().collect();
        Self {
            name,
            page: open.document().clone(),
            program: Program::with(program, base, gestures),
            open,
            events: Vec::new(),
            to_page: VecDeque::new(),
            to_program: VecDeque::new(),
            made: Vec::new(),
        }
    }
}
