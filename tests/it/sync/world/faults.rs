//! What goes wrong in a world: pages and relays that die, and time that passes.

use loopstream::model::Id;
use loopstream::sync::{Entry, Line, Other, Room, Seal, Standing, read_parcel};

use super::{FromRelay, KEY, MANY, World};
use crate::sync::seal::ToySeal;
use crate::sync::{DAY, tab};

impl World {
    /// The page is loaded anew, perhaps in a newer version: only its storage is left.
    pub(super) fn reload(&mut self, at: usize) {
        self.say(format!("{at} loads its page anew"));
        self.disconnect(at);
        let others: Vec<usize> = self.pages[at].peers.keys().copied().collect();
        for other in others {
            self.unlink(at, other);
        }
        self.fresh += 1;
        let me = tab(1_000 + self.fresh);
        let page = &mut self.pages[at];
        if matches!(page.room.standing(), Standing::Outdated { .. }) {
            page.rules = self.newest_rules;
        }
        page.me = me;
        page.lives = MANY;
        page.room = Room::join(me, page.rules);
        page.shown = None;
        page.relay = Line::new(Other::Log);
        page.done.clear();
        let entries = page.kept.values();
        let entries: Vec<Entry> = entries
            .flat_map(|bytes| read_parcel(bytes, page.rules, &self.codec).unwrap())
            .collect();
        self.take(at, entries);
    }

    /// A page forgets, and sweeps the relay.
    pub(super) fn forget(&mut self, at: usize) {
        let page = &mut self.pages[at];
        for key in page.room.forget() {
            page.kept.remove(&key);
        }
        if page.is_connected {
            let seal = ToySeal { key: KEY, nonce: 0 };
            let frames = self.relay.clone();
            let swept = frames.into_iter().filter(|sealed| {
                let frame = seal.open(sealed).unwrap();
                page.room.is_forgotten(&frame)
            });
            for frame in swept.collect::<Vec<_>>() {
                self.delete(&frame);
            }
        }
    }

    pub(super) fn delete(&mut self, frame: &[u8]) {
        self.relay.retain(|other| other != frame);
        for page in self.pages.iter_mut().filter(|page| page.is_connected) {
            page.from_relay
                .push_back(FromRelay::Deleted(frame.to_vec()));
        }
    }

    /// Whether another living page has in its storage, or has forgotten, every entry of this kind.
    pub(super) fn is_held_elsewhere(&self, key: (Id, u64), but: Option<usize>) -> bool {
        let living = self.living().into_iter().filter(|at| Some(*at) != but);
        let mut pages = living.map(|at| &self.pages[at]);
        pages.any(|page| page.kept.contains_key(&key) || page.room.is_gone(key.0, key.1))
    }

    /// The relay begins again, empty or with a copy of yesterday. That a page and the relay lose
    /// the only two copies at once is not asked of anybody.
    pub(super) fn restart_relay(&mut self) {
        let is_safe = self
            .told
            .iter()
            .all(|key| self.is_held_elsewhere(*key, None));
        if is_safe {
            self.say("the relay restarts".to_owned());
            self.relay = match self.chance.once_in(2) {
                true => self.yesterday.clone(),
                false => Vec::new(),
            };
            for at in self.living() {
                self.disconnect(at);
            }
        }
    }

    /// A page is gone for good, with its storage.
    pub(super) fn kill(&mut self, at: usize) {
        let is_safe = self
            .told
            .iter()
            .all(|key| self.is_held_elsewhere(*key, Some(at)));
        if self.living().len() > 2 && is_safe {
            self.say(format!("{at} is gone for good"));
            self.disconnect(at);
            let others: Vec<usize> = self.pages[at].peers.keys().copied().collect();
            for other in others {
                self.unlink(at, other);
            }
            self.pages[at].is_dead = true;
        }
    }

    /// A day passes. Who is in touch has heard all by then.
    pub(super) fn pass_a_day(&mut self) {
        for at in self.living() {
            while self.pages[at].is_connected && !self.pages[at].from_relay.is_empty() {
                self.hear_relay(at);
            }
        }
        self.say("a day passes".to_owned());
        self.now += DAY + 6 * 3_600_000;
    }
}
