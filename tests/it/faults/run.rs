//! One session: one or two tabs, some tens of acts, a fault, and what is recovered after it.

use loopstream::model::{Document, Id};
use loopstream::store::history::{History, record};
use loopstream::store::{OpenDocument, OpenError, read};

use crate::common::memory::Memory;
use crate::faults::DOCUMENT;
use crate::faults::chance::Chance;
use crate::faults::hand::{Act, Hand, store};
use crate::faults::oracle::Oracle;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing but events that come late, twice and in any order.
    None,
    /// One operation fails, and those after it work.
    Failing,
    /// A tab dies at one of its operations.
    Killed,
    /// From some time on there is little room.
    Full,
    /// From some time on the storage is blocked.
    Blocked,
    /// All that is kept vanishes.
    Wiped,
    /// One text is cut off or changed.
    Damaged,
}

pub struct Run<'s> {
    chance: Chance,
    fault: Fault,
    said: &'s mut Vec<String>,
    oracle: Oracle,
    now: u64,
    loads: u64,
    damaged_history: bool,
}

impl<'s> Run<'s> {
    pub fn new(seed: u64, fault: Fault, said: &'s mut Vec<String>) -> Self {
        Self {
            chance: Chance(seed),
            fault,
            said,
            oracle: Oracle::default(),
            now: 0,
            loads: 0,
            damaged_history: false,
        }
    }

    fn tab(&mut self) -> Id {
        self.loads += 1;
        Id::from_bits(1_000 + self.loads)
    }

    pub fn play(mut self) {
        let memory = Memory::default();
        let first = self.tab();
        let mut hands = vec![Hand::create(&memory, first)];
        if !self.chance.once_in(3) {
            let tab = self.tab();
            hands.push(Hand::open(&memory, tab, 0).unwrap());
        }
        let count = 15 + self.chance.below(45);
        let fault_at = self.chance.below(count);
        memory.changed.borrow_mut().clear();
        for fresh in 0..count {
            self.now += [5, 400, 2_500, 12_000, 90_000][self.chance.below(5)];
            if fresh == fault_at {
                self.begin_fault(&memory, &mut hands);
            }
            self.step(&memory, &mut hands, fresh as u64);
        }
        self.end(&memory, hands);
    }

    fn note(&mut self, words: impl Into<String>) {
        self.said.push(format!("{:>8} {}", self.now, words.into()));
    }

    fn step<'m>(&mut self, memory: &'m Memory, hands: &mut Vec<Hand<'m>>, fresh: u64) {
        let who = self.chance.below(hands.len());
        let hand = &mut hands[who];
        if hand.is_dead() {
            return;
        }
        let mut wrote = true;
        match self.chance.below(20) {
            0..13 => {
                let act = Act::any(&mut self.chance);
                self.note(format!("tab {who}: {act:?}"));
                hand.act(&act, fresh, self.now);
                // Without a change nothing was written.
                wrote = !hand.committed.borrow().is_empty();
            }
            13..16 => {
                wrote = false;
                if !hand.events.is_empty() {
                    let at = self.chance.below(hand.events.len());
                    let key = match self.chance.once_in(3) {
                        true => hand.events[at].clone(),
                        false => hand.events.remove(at),
                    };
                    self.note(format!("tab {who} hears {key:?}"));
                    hands[who].hear(key.as_deref(), self.now);
                }
            }
            16..18 => {
                self.note(format!("tab {who} compacts"));
                hand.compact(self.now);
                let _ = record(store(&hand.wire), DOCUMENT, self.now, 0);
            }
            18 => {
                self.note(format!("tab {who} catches up"));
                wrote = false;
                hand.hear(None, self.now);
            }
            _ => {
                wrote = false;
                // What is not saved a person would not close.
                if hand.says_saved() && !self.wiped_unseen(memory) {
                    self.note(format!("tab {who} is loaded anew"));
                    let tab = self.tab();
                    match Hand::open(memory, tab, self.now) {
                        Ok(fresh) => hands[who] = fresh,
                        Err(OpenError::Storage(_)) => self.note("it cannot be opened now"),
                        Err(error) => panic!("it cannot be opened: {error}"),
                    }
                }
            }
        }
        let hand = &mut hands[who];
        let tab = hand.tab;
        for patch in hand.committed.take() {
            self.oracle.made(tab, &patch);
        }
        // After all was wiped the tabs must have heard of each other, as they do within a moment.
        let heard = self.fault != Fault::Wiped || hand.events.is_empty();
        if wrote && heard && !hand.is_dead() && hand.says_saved() {
            let document = hand.open.document().clone();
            self.oracle.said_saved(tab, &document);
        }
        let changed = std::mem::take(&mut *memory.changed.borrow_mut());
        for (number, other) in hands.iter_mut().enumerate() {
            if number != who {
                other.events.extend(changed.iter().cloned().map(Some));
            }
        }
    }

    /// Whether nothing of the document is kept, which a tab may not have seen.
    fn wiped_unseen(&self, memory: &Memory) -> bool {
        let texts = memory.texts.borrow();
        !texts.keys().any(|key| key.contains("/document/"))
    }

    fn begin_fault<'m>(&mut self, memory: &'m Memory, hands: &mut [Hand<'m>]) {
        let more = self.chance.below(40);
        match self.fault {
            Fault::None => {}
            Fault::Failing => {
                let at = memory.operations.get() + more;
                self.note(format!("operation {at} will fail"));
                memory.fails_at.set(Some(at));
            }
            Fault::Killed => {
                let who = self.chance.below(hands.len());
                self.note(format!("tab {who} dies {more} operations from here"));
                hands[who].wire.lives.set(Some(more));
            }
            Fault::Full => {
                let room = self.chance.below(3_000);
                self.note(format!("room for {room} bytes more"));
                memory.quota.set(Some(memory.used() + room));
            }
            Fault::Blocked => {
                self.note("the storage is blocked");
                memory.blocked.set(true);
            }
            Fault::Wiped => {
                let told = self.chance.once_in(2);
                self.note(format!("all is wiped, told: {told}"));
                memory.texts.borrow_mut().clear();
                self.oracle.wiped(hands.len());
                for hand in hands.iter_mut().filter(|_| told) {
                    hand.events.push(None);
                }
            }
            Fault::Damaged => self.damage(memory),
        }
    }

    fn damage(&mut self, memory: &Memory) {
        let keys: Vec<String> = memory.texts.borrow().keys().cloned().collect();
        if keys.is_empty() {
            return;
        }
        let key = keys[self.chance.below(keys.len())].clone();
        let text = memory.texts.borrow()[&key].clone();
        let mut index = self.chance.below(text.len().max(1));
        while !text.is_char_boundary(index) {
            index -= 1;
        }
        let damaged = match self.chance.once_in(2) {
            true => text[..index].to_owned(),
            false => {
                let mut letters: Vec<char> = text.chars().collect();
                let at = index.min(letters.len() - 1);
                letters[at] = if letters[at] == '~' { '#' } else { '~' };
                letters.into_iter().collect()
            }
        };
        self.note(format!("{key} is damaged at {index}"));
        memory.texts.borrow_mut().insert(key.clone(), damaged);
        if key.contains("/history/") {
            self.damaged_history = true;
        }
        if key.contains("/journal/") {
            // Whoever has seen it keeps it in memory; whoever has not never will.
            let patch = text.splitn(4, '\n').nth(3).unwrap();
            let patch = loopstream::format::read_patch(patch).unwrap();
            self.oracle.excuse(&patch);
        }
    }

    /// The faults end, or do not; then everything is recovered.
    fn end(&mut self, memory: &Memory, mut hands: Vec<Hand<'_>>) {
        // As it stands, whatever the tabs could still do.
        self.recover(memory, None);
        memory.quota.set(None);
        memory.blocked.set(false);
        memory.fails_at.set(None);
        hands.retain(|hand| !hand.is_dead());
        for hand in &mut hands {
            hand.wire.lives.set(None);
        }
        // Whatever a tab that lives still shows must be kept in the end.
        for hand in &hands {
            self.oracle.said_saved(hand.tab, hand.open.document());
        }
        self.note("all is well again, and every tab makes a change");
        for fresh in 0..2 {
            for who in 0..hands.len() {
                self.now += 3_000;
                let hand = &mut hands[who];
                hand.act(&Act::Title, 1_000 + fresh, self.now);
                let tab = hand.tab;
                for patch in hand.committed.take() {
                    self.oracle.made(tab, &patch);
                }
                hand.save(self.now);
                assert!(hand.says_saved(), "tab {who}: {:?}", hand.open.state());
                let changed = std::mem::take(&mut *memory.changed.borrow_mut());
                for (number, other) in hands.iter_mut().enumerate() {
                    if number != who {
                        other.events.extend(changed.iter().cloned().map(Some));
                    }
                }
            }
            for hand in &mut hands {
                for key in std::mem::take(&mut hand.events) {
                    hand.hear(key.as_deref(), self.now);
                }
            }
        }
        for _ in 0..2 {
            for hand in &mut hands {
                hand.save(self.now);
                hand.compact(self.now);
            }
        }
        for hand in &mut hands {
            hand.hear(None, self.now);
        }
        for hand in &hands {
            self.oracle.said_saved(hand.tab, hand.open.document());
        }
        let shown: Vec<Document> = hands
            .iter()
            .map(|hand| hand.open.document().clone())
            .collect();
        if let [one, other] = shown.as_slice() {
            assert_eq!(one, other, "the tabs agree");
        }
        self.recover(memory, shown.first());
    }

    /// Opens what a later load of the page finds, and compares.
    fn recover(&mut self, memory: &Memory, shown: Option<&Document>) {
        let survivor = memory.survivor();
        let tab = self.tab();
        let found = match OpenDocument::open(store(&survivor), DOCUMENT, tab, self.now + 100_000) {
            Ok(open) => open,
            Err(error) => {
                assert!(!self.oracle.anything_saved(), "not recovered: {error}");
                return;
            }
        };
        assert_eq!(
            read(store(&survivor), DOCUMENT).as_ref(),
            Ok(found.document())
        );
        let missing = self.oracle.missing_from(found.document());
        assert!(missing.is_empty(), "what was saved is missing: {missing:?}");
        if let Some(shown) = shown {
            assert_eq!(
                found.document(),
                shown,
                "what is recovered is what was shown"
            );
        }
        let key = format!("loopstream/history/{DOCUMENT}");
        let text = survivor.texts.borrow().get(&key).cloned();
        if let Some(text) = text.filter(|_| !self.damaged_history) {
            let history = History::read(store(&survivor), &text).unwrap();
            assert_eq!(history.documents().count(), history.versions().len());
        }
    }
}
