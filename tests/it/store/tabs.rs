//! Several tabs on one document: they agree, and nobody's work is lost.

use loopstream::model::Document;
use loopstream::store::{OpenDocument, SaveState, read};
use proptest::prelude::*;

use crate::common::memory::Memory;
use crate::store::gesture::{Gesture, gestures};
use crate::store::{DOCUMENT, create, store, tab};

#[derive(Clone, Debug)]
enum Act {
    Gesture(usize, Gesture),
    /// Gives a tab one of its waiting events, any of them, perhaps again.
    Deliver(usize, usize, bool),
    Compact(usize),
    CatchUp(usize),
    /// Closes a tab and opens a new one.
    Reload(usize),
    /// From now on the storage takes no more than it holds, or has room again.
    Room(bool),
}

fn acts() -> impl Strategy<Value = Act> {
    let tabs = 0_usize..3;
    prop_oneof![
        6 => (tabs.clone(), gestures()).prop_map(|(tab, gesture)| Act::Gesture(tab, gesture)),
        6 => (tabs.clone(), 0_usize..20, any::<bool>())
            .prop_map(|(tab, which, again)| Act::Deliver(tab, which, again)),
        1 => tabs.clone().prop_map(Act::Compact),
        1 => tabs.clone().prop_map(Act::CatchUp),
        1 => tabs.prop_map(Act::Reload),
        1 => any::<bool>().prop_map(Act::Room),
    ]
}

/// A tab with the page's own copy of the document, and the events on their way to it.
struct Tab {
    open: OpenDocument,
    page: Document,
    events: Vec<String>,
}

impl Tab {
    fn new(open: OpenDocument) -> Self {
        Self {
            page: open.document().clone(),
            open,
            events: Vec::new(),
        }
    }

    fn take(&mut self, effect: Option<loopstream::model::Patch>) {
        if let Some(effect) = effect {
            self.page.apply(&effect).unwrap();
        }
        assert_eq!(self.page, *self.open.document());
    }
}

/// Plays the acts with clocks that run `pace` ms an act, delivers the rest, and compares.
fn play(acts: &[Act], pace: u64) -> (Vec<Tab>, Memory) {
    let storage = Memory::default();
    let first = create(&storage);
    let mut tabs = vec![Tab::new(first)];
    for number in 1..3 {
        let open = OpenDocument::open(store(&storage), DOCUMENT, tab(number), 0).unwrap();
        tabs.push(Tab::new(open));
    }
    storage.changed.borrow_mut().clear();
    for (act, fresh) in acts.iter().zip(0_u64..) {
        let now = fresh * pace;
        let store = store(&storage);
        let actor = match act {
            Act::Gesture(actor, gesture) => {
                let tab = &mut tabs[*actor];
                let patch = gesture.patch(&tab.page, fresh);
                tab.page.apply(&patch).unwrap();
                let effect = tab.open.record(store, &patch, now);
                tab.take(effect);
                let saved = matches!(tab.open.state(), SaveState::Saved { .. });
                assert!(saved || storage.quota.get().is_some());
                *actor
            }
            Act::Deliver(actor, which, again) => {
                let tab = &mut tabs[*actor];
                if !tab.events.is_empty() {
                    let which = which % tab.events.len();
                    let key = match again {
                        true => tab.events[which].clone(),
                        false => tab.events.remove(which),
                    };
                    let effect = tab.open.sync_from_storage(store, &key);
                    tab.take(effect);
                }
                *actor
            }
            Act::Compact(actor) => {
                let tab = &mut tabs[*actor];
                let effect = tab.open.compact(store, now);
                tab.take(effect);
                *actor
            }
            Act::CatchUp(actor) => {
                let tab = &mut tabs[*actor];
                let effect = tab.open.catch_up(store);
                tab.take(effect);
                *actor
            }
            Act::Reload(actor) => {
                let gone = &tabs[*actor].open;
                // What was not saved a person would not close.
                if matches!(gone.state(), SaveState::Saved { .. }) {
                    let name = tab(1_000 + fresh);
                    let open = OpenDocument::open(store, DOCUMENT, name, now).unwrap();
                    tabs[*actor] = Tab::new(open);
                }
                *actor
            }
            Act::Room(room) => {
                storage.quota.set((!room).then(|| storage.used()));
                0
            }
        };
        let changed = std::mem::take(&mut *storage.changed.borrow_mut());
        for (number, tab) in tabs.iter_mut().enumerate() {
            if number != actor {
                tab.events.extend(changed.iter().cloned());
            }
        }
    }
    storage.quota.set(None);
    for tab in &mut tabs {
        let effect = tab.open.save(store(&storage), 1_000_000);
        tab.take(effect);
    }
    let changed = std::mem::take(&mut *storage.changed.borrow_mut());
    for tab in &mut tabs {
        tab.events.extend(changed.iter().cloned());
        for key in std::mem::take(&mut tab.events) {
            let effect = tab.open.sync_from_storage(store(&storage), &key);
            tab.take(effect);
        }
    }
    (tabs, storage)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn tabs_that_know_the_same_agree(
        acts in prop::collection::vec(acts(), 1..60),
        pace in prop_oneof![Just(10_u64), Just(6_000)],
    ) {
        let (tabs, storage) = play(&acts, pace);
        let found = read(store(&storage), DOCUMENT).unwrap();
        for tab in &tabs {
            prop_assert_eq!(tab.open.document(), &found);
        }
        // With one snapshot gone as well, though a conflict may then end otherwise.
        let always_room = !acts.iter().any(|act| matches!(act, Act::Room(false)));
        for slot in ["a", "b"].into_iter().filter(|_| always_room) {
            let damaged = storage.survivor();
            let key = format!("loopstream/document/{DOCUMENT}/{slot}");
            damaged.texts.borrow_mut().remove(&key);
            let older = read(store(&damaged), DOCUMENT).unwrap();
            let same = older.variables().keys().eq(found.variables().keys());
            prop_assert!(same, "without {slot}");
        }
    }

    #[test]
    fn edits_that_do_not_conflict_are_all_kept(
        acts in prop::collection::vec(acts(), 1..60),
    ) {
        // Everybody adds, nobody changes what is there.
        let adds = |act: &Act| match act {
            Act::Gesture(tab, Gesture::AddNote) => Act::Gesture(*tab, Gesture::AddNote),
            Act::Gesture(tab, _) => Act::Gesture(*tab, Gesture::AddVariable),
            other => other.clone(),
        };
        let acts: Vec<Act> = acts.iter().map(adds).collect();
        let (tabs, storage) = play(&acts, 6_000);
        let made = acts.iter().filter(|act| matches!(act, Act::Gesture(..))).count();
        prop_assert_eq!(tabs[0].open.document().len(), made);
        prop_assert_eq!(read(store(&storage), DOCUMENT).unwrap().len(), made);
    }
}

/// Two tabs change different fields of one variable before they hear of each other.
#[test]
fn fields_merge_and_the_later_of_two_names_stands() {
    let acts = [
        Act::Gesture(0, Gesture::AddVariable),
        Act::CatchUp(1),
        Act::Gesture(0, Gesture::Rename(0)),
        Act::Gesture(1, Gesture::Move(0)),
        Act::Gesture(1, Gesture::Rename(0)),
    ];
    let (tabs, _) = play(&acts, 10);
    for tab in tabs {
        let variable = tab
            .open
            .document()
            .variables()
            .values()
            .next()
            .unwrap()
            .clone();
        assert_eq!(variable.name, "4");
        assert_eq!(variable.placement.position.y, 3.0);
    }
}
