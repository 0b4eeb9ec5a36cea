//! A browser may show a tab the writes of the others a little late, in their order.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use loopstream::model::{Document, Patch};
use loopstream::store::{KeyValue, OpenDocument, StorageError, read};
use proptest::prelude::*;

use crate::common::memory::Memory;
use crate::store::gesture::{Gesture, gestures};
use crate::store::{DOCUMENT, create, store, tab};

/// One write of one tab: the key and the text, or none where it was removed.
pub(super) struct Write {
    tab: usize,
    at: u64,
    key: String,
    text: Option<String>,
}

/// The storage as one tab sees it: all writes up to some point, and its own beyond it.
pub(super) struct Lagging<'a> {
    writes: &'a RefCell<Vec<Write>>,
    tab: usize,
    now: &'a Cell<u64>,
    seen: Cell<usize>,
    texts: RefCell<BTreeMap<String, String>>,
}

impl<'a> Lagging<'a> {
    /// The view of a tab that starts where the storage is.
    pub(super) fn new(
        writes: &'a RefCell<Vec<Write>>,
        tab: usize,
        now: &'a Cell<u64>,
        start: &Memory,
    ) -> Self {
        Self {
            writes,
            tab,
            now,
            seen: Cell::new(0),
            texts: start.texts.clone(),
        }
    }

    fn write(&self, key: &str, text: Option<&str>) {
        self.writes.borrow_mut().push(Write {
            tab: self.tab,
            at: self.now.get(),
            key: key.to_owned(),
            text: text.map(str::to_owned),
        });
    }

    /// Sees one more write; returns its key if it was another tab's.
    pub(super) fn see(&self) -> Option<String> {
        let writes = self.writes.borrow();
        let write = writes.get(self.seen.get())?;
        self.seen.set(self.seen.get() + 1);
        let mut texts = self.texts.borrow_mut();
        match &write.text {
            Some(text) => texts.insert(write.key.clone(), text.clone()),
            None => texts.remove(&write.key),
        };
        Some(write.key.clone()).filter(|_| write.tab != self.tab)
    }

    /// When the oldest write was made that it has not seen.
    pub(super) fn behind_since(&self) -> Option<u64> {
        self.writes
            .borrow()
            .get(self.seen.get())
            .map(|write| write.at)
    }

    fn all(&self) -> BTreeMap<String, String> {
        let mut texts = self.texts.borrow().clone();
        for write in self.writes.borrow()[self.seen.get()..]
            .iter()
            .filter(|w| w.tab == self.tab)
        {
            match &write.text {
                Some(text) => texts.insert(write.key.clone(), text.clone()),
                None => texts.remove(&write.key),
            };
        }
        texts
    }
}

impl KeyValue for Lagging<'_> {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        Ok(self.all().remove(key))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.write(key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.write(key, None);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.all().into_keys().collect())
    }
}

#[derive(Clone, Debug)]
enum Act {
    Gesture(Gesture),
    See(usize),
    Compact,
}

fn acts() -> impl Strategy<Value = (usize, Act)> {
    let act = prop_oneof![
        4 => gestures().prop_map(Act::Gesture),
        3 => (0_usize..12).prop_map(Act::See),
        2 => Just(Act::Compact),
    ];
    (0_usize..3, act)
}

fn take(page: &mut Document, effect: Option<Patch>) {
    if let Some(effect) = effect {
        page.apply(&effect).unwrap();
    }
}

/// Plays the acts, a second each, no tab `lag` ms behind or more.
///
/// Returns the tabs, and what the storage holds when all have seen all, before and after they
/// have saved what they miss there.
fn play(acts: &[(usize, Act)], lag: u64) -> (Vec<OpenDocument>, Document, Document) {
    let start = Memory::default();
    drop(create(&start));
    let (writes, clock) = (RefCell::default(), Cell::new(0));
    let views: Vec<Lagging<'_>> = (0..3)
        .map(|tab| Lagging::new(&writes, tab, &clock, &start))
        .collect();
    let open = |number| OpenDocument::open(store(&start), DOCUMENT, tab(number), 0).unwrap();
    let mut tabs: Vec<OpenDocument> = (1..4).map(open).collect();
    let mut pages: Vec<Document> = tabs.iter().map(|tab| tab.document().clone()).collect();
    for ((actor, act), fresh) in acts.iter().zip(0_u64..) {
        let now = fresh * 1_000;
        clock.set(now);
        for ((view, tab), page) in views.iter().zip(&mut tabs).zip(&mut pages) {
            while view.behind_since().is_some_and(|since| since + lag <= now) {
                if let Some(key) = view.see() {
                    take(page, tab.sync_from_storage(store(view), &key));
                }
            }
        }
        let (view, tab, page) = (&views[*actor], &mut tabs[*actor], &mut pages[*actor]);
        match act {
            Act::Gesture(gesture) => {
                let patch = gesture.patch(page, fresh);
                page.apply(&patch).unwrap();
                take(page, tab.record(store(view), &patch, now));
            }
            Act::See(count) => {
                for key in (0..*count).filter_map(|_| view.see()) {
                    take(page, tab.sync_from_storage(store(view), &key));
                }
            }
            Act::Compact => take(page, tab.compact(store(view), now)),
        }
        assert_eq!(page, tab.document());
    }
    // When all have seen all, nothing is missing from the storage; and when those that miss their
    // snapshot have saved again, all agree.
    let mut found = None;
    while found.is_none() || views.iter().any(|view| view.behind_since().is_some()) {
        for ((view, tab), page) in views.iter().zip(&mut tabs).zip(&mut pages) {
            while view.behind_since().is_some() {
                if let Some(key) = view.see() {
                    take(page, tab.sync_from_storage(store(view), &key));
                }
            }
        }
        found.get_or_insert_with(|| read(store(&views[0]), DOCUMENT).unwrap());
        for ((view, tab), page) in views.iter().zip(&mut tabs).zip(&mut pages) {
            take(page, tab.save(store(view), clock.get()));
        }
    }
    let saved = read(store(&views[0]), DOCUMENT).unwrap();
    (tabs, found.unwrap(), saved)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn tabs_agree_in_the_end(acts in prop::collection::vec(acts(), 1..60)) {
        let (tabs, _, saved) = play(&acts, 4_000);
        for tab in tabs {
            prop_assert_eq!(tab.document(), &saved);
        }
    }

    #[test]
    fn nothing_that_was_added_is_lost(mut acts in prop::collection::vec(acts(), 1..60)) {
        for (_, act) in &mut acts {
            if let Act::Gesture(gesture) = act {
                *gesture = Gesture::AddNote;
            }
        }
        let made = acts.iter().filter(|(_, act)| matches!(act, Act::Gesture(_))).count();
        let (_, found, saved) = play(&acts, 4_000);
        prop_assert_eq!((found.len(), saved.len()), (made, made));
    }
}
