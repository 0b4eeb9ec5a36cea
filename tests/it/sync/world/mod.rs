//! A world in virtual time: pages with rooms and storage, a relay, lines that lose, double and
//! reorder. Everything follows from a seed.

mod end;
mod faults;
mod lines;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use loopstream::model::{Document, Edit, Element, Id, Patch, take_back};
use loopstream::sync::{Body, Entry, Line, News, Other, Room, Standing, write_parcel};

use crate::faults::chance::Chance;
use crate::store::gesture::Gesture;
use crate::sync::oracle::All;
use crate::sync::table::Table;
use crate::sync::{DAY, small, tab};

/// What the relay sends to a page.
#[derive(Clone)]
enum FromRelay {
    Frame(Vec<u8>),
    /// All that was there has been sent.
    Synced,
    /// Somebody has taken this out.
    Deleted(Vec<u8>),
}

struct Page {
    me: Id,
    /// The rules of its program.
    rules: u32,
    room: Room,
    /// The document as its editor has it, changed only by effects.
    shown: Option<Document>,
    /// Its storage: entries as bytes.
    kept: BTreeMap<(Id, u64), Vec<u8>>,
    relay: Line,
    is_connected: bool,
    from_relay: VecDeque<FromRelay>,
    /// Lines to other pages.
    peers: BTreeMap<usize, Line>,
    from_peers: Vec<(usize, Vec<u8>)>,
    /// Its own gestures, for undo.
    done: Vec<Patch>,
    /// How many writes to its storage it lives for; more than there are, if none.
    lives: usize,
    is_dead: bool,
}

pub struct World {
    chance: Chance,
    codec: Table,
    pages: Vec<Page>,
    relay: Vec<Vec<u8>>,
    yesterday: Vec<Vec<u8>>,
    limit: usize,
    now: u64,
    fresh: u64,
    /// All entries that a page has kept.
    pub all: All,
    /// The entries of which a page has said that they are sent.
    told: BTreeSet<(Id, u64)>,
    newest_rules: u32,
    /// Whether somebody was told that the room has split.
    pub is_split: bool,
    pub said: Vec<String>,
}

impl Page {
    /// Whether it has heard all that the relay had when they met.
    fn is_in_touch(&self) -> bool {
        let is_synced = |one: &FromRelay| matches!(one, FromRelay::Synced);
        self.is_connected && !self.from_relay.iter().any(is_synced)
    }
}

const KEY: u64 = 77;
const MANY: usize = usize::MAX;

impl World {
    /// A world of a few people, the first of whom opens a room.
    pub fn new(seed: u64, people: usize, newest_rules: u32) -> Self {
        let mut chance = Chance(seed);
        let limit = [300, 900, 65_536][chance.below(3)];
        let mut world = Self {
            chance,
            codec: Table::default(),
            pages: Vec::new(),
            relay: Vec::new(),
            yesterday: Vec::new(),
            limit,
            now: 10 * DAY,
            fresh: 1,
            all: All::new(),
            // Without the beginning there is no room.
            told: [(tab(0), 1)].into(),
            newest_rules,
            is_split: false,
            said: Vec::new(),
        };
        for person in 0..people {
            let rules = 1 + world.chance.below(newest_rules as usize) as u32;
            let me = tab(person as u64);
            let room = match person {
                0 => Room::open(me, small(), rules, world.now),
                _ => Room::join(me, rules),
            };
            world.pages.push(Page {
                me,
                rules,
                shown: room.document().cloned(),
                room,
                kept: BTreeMap::new(),
                relay: Line::new(Other::Log),
                is_connected: false,
                from_relay: VecDeque::new(),
                peers: BTreeMap::new(),
                from_peers: Vec::new(),
                done: Vec::new(),
                lives: MANY,
                is_dead: false,
            });
        }
        world.keep_new(0);
        for at in 0..people {
            world.connect(at);
        }
        world.offer(0);
        world
    }

    fn living(&self) -> Vec<usize> {
        let all = 0..self.pages.len();
        all.filter(|at| !self.pages[*at].is_dead).collect()
    }

    fn say(&mut self, what: String) {
        self.said.push(what);
    }

    /// Writes what the room of a page has and its storage has not; the page may die meanwhile.
    fn keep_new(&mut self, at: usize) {
        let page = &mut self.pages[at];
        let new: Vec<Entry> = page
            .room
            .entries()
            .filter(|entry| {
                !page
                    .kept
                    .contains_key(&(entry.order.tab, entry.order.number))
            })
            .cloned()
            .collect();
        for entry in new {
            if page.lives == 0 {
                return;
            }
            if page.lives != MANY {
                page.lives -= 1;
            }
            let key = (entry.order.tab, entry.order.number);
            page.kept
                .insert(key, write_parcel(&entry, &self.codec).unwrap());
            if !matches!(entry.body, Body::Newer(_)) {
                let kept = self.all.entry(key).or_insert_with(|| entry.clone());
                assert_eq!(*kept, entry, "an entry is the same everywhere");
            }
        }
    }

    /// Gives entries to the room of a page, as its page does.
    fn take(&mut self, at: usize, entries: Vec<Entry>) {
        let page = &mut self.pages[at];
        let (effect, news) = page.room.take(entries);
        for one in news {
            assert!(
                matches!(one, News::SetAside { .. }),
                "{one:?}: nothing is refused"
            );
            self.is_split = true;
        }
        if let (Some(shown), Some(effect)) = (&mut page.shown, effect) {
            shown.apply(&effect).unwrap();
        } else if page.shown.is_none() {
            page.shown = page.room.document().cloned();
        }
        assert_eq!(page.shown.as_ref(), page.room.document());
        self.keep_new(at);
        self.offer(at);
    }

    fn gesture(&mut self, at: usize) {
        self.fresh += 1;
        let (fresh, now) = (self.fresh, self.now);
        let (i, j) = (self.chance.below(40), self.chance.below(40));
        let kind = self.chance.below(14);
        let page = &mut self.pages[at];
        let Some(document) = page.room.document().cloned() else {
            return;
        };
        let patch = match kind {
            0..3 => Gesture::AddVariable.patch(&document, fresh),
            3 => Gesture::Rename(i).patch(&document, fresh),
            4 => longer_remark(&document, i, fresh),
            5 => Gesture::Move(i).patch(&document, fresh),
            6..8 => Gesture::AddLink(i, j).patch(&document, fresh),
            8 => Gesture::Lead(i, j).patch(&document, fresh),
            9 => Gesture::Sign(i).patch(&document, fresh),
            10 => Gesture::Label(i, j).patch(&document, fresh),
            11 => Gesture::Remove(i).patch(&document, fresh),
            12 => Gesture::Retitle.patch(&document, fresh),
            _ => match page.done.pop() {
                Some(patch) => take_back(&patch, &document),
                None => Patch::default(),
            },
        };
        if patch.is_empty() {
            return;
        }
        let is_open = page.room.standing() == Standing::Working;
        let effect = page.room.commit(patch.clone(), now);
        assert_eq!(effect.is_ok(), is_open);
        if let (Ok(Some(effect)), Some(shown)) = (effect, &mut page.shown) {
            assert_eq!(
                effect, patch,
                "a gesture comes last, so it does what it says"
            );
            shown.apply(&effect).unwrap();
        }
        assert_eq!(page.shown.as_ref(), page.room.document());
        if is_open {
            page.done.push(patch);
            self.keep_new(at);
            self.offer(at);
        }
    }

    fn snapshot(&mut self, at: usize) {
        let now = self.now;
        // The clocks of people differ by hours.
        let clock = now + at as u64 * 3_600_000;
        if self.pages[at].room.snapshot(clock).is_ok() {
            self.say(format!("{at} makes a snapshot"));
            self.keep_new(at);
            self.offer(at);
        }
    }

    pub fn step(&mut self) {
        self.now += 1 + self.chance.below(60_000) as u64;
        let living = self.living();
        let at = living[self.chance.below(living.len())];
        let other = living[self.chance.below(living.len())];
        match self.chance.below(100) {
            0..34 => self.gesture(at),
            34..52 => self.hear_relay(at),
            52..66 => self.hear_peer(at, true),
            66..70 => {
                for _ in 0..self.chance.below(40) {
                    self.hear_relay(at);
                }
            }
            70..75 => self.connect(at),
            75..77 => self.disconnect(at),
            77..79 if at != other => self.link(at, other),
            79..81 => self.unlink(at, other),
            81..84 if self.pages[at].peers.contains_key(&other) => self.say_held(at, other),
            84..88 if self.pages[at].is_in_touch() => self.snapshot(at),
            88..90 => self.forget(at),
            90 => self.pages[at].lives = self.chance.below(4),
            91..93 => self.reload(at),
            93 => self.restart_relay(),
            94 => self.yesterday = self.relay.clone(),
            95 if self.chance.once_in(4) => self.kill(at),
            96..98 if self.chance.once_in(2) => self.pass_a_day(),
            98 if !self.relay.is_empty() => {
                // A stranger, who has no key, takes something out.
                let frame = self.relay[self.chance.below(self.relay.len())].clone();
                self.delete(&frame);
            }
            _ => {}
        }
        for at in self.living() {
            let page = &self.pages[at];
            let own = page.kept.keys().filter(|(tab, _)| *tab == page.me);
            let sent = own.filter(|(tab, number)| page.relay.has(*tab, *number));
            self.told.extend(sent.copied());
        }
    }

    /// Random steps, the end, and the document.
    pub fn play(&mut self, steps: usize) -> String {
        for _ in 0..steps {
            self.step();
        }
        self.heal();
        self.check()
    }

    /// How many of the entries are snapshots.
    pub fn snapshots(&self) -> usize {
        let entries = self.all.values();
        let snapshots = entries.filter(|entry| matches!(entry.body, Body::Snapshot(_)));
        snapshots.count()
    }
}

/// A remark with a word more.
fn longer_remark(document: &Document, at: usize, fresh: u64) -> Patch {
    let mut edit = Edit::new(document);
    let ids: Vec<Id> = document.variables().keys().copied().collect();
    if let Some(id) = ids.get(at % ids.len().max(1)) {
        edit.change(*id, |element| {
            if let Element::Variable(variable) = element {
                let at = variable.remark.find(' ').map_or(0, |at| at + 1);
                variable.remark.insert_str(at, &format!("w{fresh} "));
            }
        });
    }
    edit.finish()
}
