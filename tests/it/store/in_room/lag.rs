//! In a room too a browser may show a tab the writes of the others a little late.

use std::cell::{Cell, RefCell};

use loopstream::model::{Document, Patch, rebase};
use loopstream::store::{Entry, OpenDocument, Order, RoomBase, read};
use proptest::prelude::*;

use crate::common::memory::Memory;
use crate::store::gesture::{Gesture, gestures};
use crate::store::lag::Lagging;
use crate::store::{DOCUMENT, store, tab};

/// How far a tab is behind at most, in milliseconds.
const LAG: u64 = 4_000;

#[derive(Clone, Debug)]
enum Act {
    Gesture(Gesture),
    See(usize),
    Compact,
    /// The program of the tab makes a snapshot of what is there.
    Snapshot,
    /// The tab hears of a snapshot that was made somewhere, of any, and then of all gestures.
    Hear(usize),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let act = prop_oneof![
        6 => gestures().prop_map(Act::Gesture),
        4 => (0_usize..12).prop_map(Act::See),
        3 => Just(Act::Compact),
        2 => Just(Act::Snapshot),
        2 => any::<usize>().prop_map(Act::Hear),
    ];
    prop::collection::vec((0_usize..3, act), 1..60)
}

/// A snapshot of what is there, as the program of a tab makes it.
fn snapshot(open: &OpenDocument, maker: usize, number: u64) -> RoomBase {
    let base = open.room_base().unwrap();
    let lamport = open.gestures().map(|one| one.order.lamport);
    let lamport = lamport.chain([base.order.lamport]).max().unwrap() + 1;
    let order = Order {
        lamport,
        tab: tab(800 + maker as u64),
        number,
    };
    let mut covered = base.settled;
    for one in open.gestures() {
        let last = covered.entry(one.order.tab).or_default();
        *last = one.order.number.max(*last);
    }
    covered.insert(order.tab, order.number);
    RoomBase {
        order,
        at: 0,
        rules: 1,
        settled: covered.clone(),
        covered,
        let_go: [].into(),
        document: open.document().clone(),
    }
}

/// The document, slowly: every gesture that the base does not settle, in order.
fn replayed(base: &RoomBase, all: &[Entry]) -> Document {
    let is_settled = |one: &Entry| {
        let last = base.settled.get(&one.order.tab).copied().unwrap_or(0);
        one.order.number <= last
    };
    let mut gestures: Vec<&Entry> = all.iter().filter(|one| !is_settled(one)).collect();
    gestures.sort_by_key(|one| one.order);
    let mut document = base.document.clone();
    for one in gestures {
        if document.apply(&one.patch).is_err() {
            let brought = rebase(&one.patch, &document);
            document.apply(&brought).unwrap();
        }
    }
    document
}

fn take(page: &mut Document, effect: Option<Patch>) {
    if let Some(effect) = effect {
        page.apply(&effect).unwrap();
    }
}

/// Plays the acts, a second each; then all hear of all. Returns the documents of the tabs, what is
/// kept and what it should be.
fn play(acts: &[(usize, Act)]) -> (Vec<Document>, Document, Document) {
    let start = Memory::default();
    let first = RoomBase {
        order: Order {
            lamport: 1,
            tab: tab(700),
            number: 1,
        },
        at: 0,
        rules: 1,
        covered: [(tab(700), 1)].into(),
        let_go: [].into(),
        settled: [(tab(700), 1)].into(),
        document: Document::default(),
    };
    drop(OpenDocument::create_in_room(
        store(&start),
        DOCUMENT,
        tab(0),
        first.clone(),
        0,
    ));
    let (writes, clock) = (RefCell::default(), Cell::new(0));
    let views: Vec<Lagging<'_>> = (0..3)
        .map(|tab| Lagging::new(&writes, tab, &clock, &start))
        .collect();
    let open = |number| OpenDocument::open(store(&start), DOCUMENT, tab(number), 0).unwrap();
    let mut tabs: Vec<OpenDocument> = (1..4).map(open).collect();
    let mut pages: Vec<Document> = tabs.iter().map(|tab| tab.document().clone()).collect();
    let (mut bases, mut all) = (vec![first], Vec::new());
    for ((actor, act), fresh) in acts.iter().zip(0_u64..) {
        let now = fresh * 1_000;
        clock.set(now);
        for ((view, tab), page) in views.iter().zip(&mut tabs).zip(&mut pages) {
            while view.behind_since().is_some_and(|since| since + LAG <= now) {
                if let Some(key) = view.see() {
                    take(page, tab.sync_from_storage(store(view), &key));
                }
            }
        }
        let (view, tab, page) = (&views[*actor], &mut tabs[*actor], &mut pages[*actor]);
        let _ = tab.untold();
        match act {
            Act::Gesture(gesture) => {
                let patch = gesture.patch(page, fresh);
                page.apply(&patch).unwrap();
                take(page, tab.record(store(view), &patch, now));
                let own = tab.untold().into_iter();
                all.extend(own.filter(|one| one.order.tab == crate::store::tab(*actor as u64 + 1)));
            }
            Act::See(count) => {
                for key in (0..*count).filter_map(|_| view.see()) {
                    take(page, tab.sync_from_storage(store(view), &key));
                }
            }
            Act::Compact => take(page, tab.compact(store(view), now)),
            Act::Snapshot => {
                let base = snapshot(tab, *actor, fresh + 1);
                bases.push(base.clone());
                take(page, tab.stand_on(store(view), base, now));
            }
            Act::Hear(which) => {
                let base = bases[which % bases.len()].clone();
                take(page, tab.stand_on(store(view), base, now));
                take(page, tab.take_gestures(store(view), all.clone(), now));
            }
        }
        assert_eq!(page, tab.document());
    }
    let last = bases.into_iter().max_by_key(|base| base.order).unwrap();
    let mut rounds = 0;
    while rounds < 3 || views.iter().any(|view| view.behind_since().is_some()) {
        rounds += 1;
        for ((view, tab), page) in views.iter().zip(&mut tabs).zip(&mut pages) {
            while view.behind_since().is_some() {
                if let Some(key) = view.see() {
                    take(page, tab.sync_from_storage(store(view), &key));
                }
            }
            take(page, tab.stand_on(store(view), last.clone(), clock.get()));
            take(
                page,
                tab.take_gestures(store(view), all.clone(), clock.get()),
            );
            assert_eq!(page, tab.document());
        }
        assert!(rounds < 20, "the tabs write for ever");
    }
    let kept = read(store(&views[0]), DOCUMENT).unwrap();
    (pages, kept, replayed(&last, &all))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn tabs_agree_in_the_end(acts in acts()) {
        let (pages, kept, document) = play(&acts);
        for page in pages {
            prop_assert_eq!(&page, &document);
        }
        prop_assert_eq!(&kept, &document);
    }

    #[test]
    fn nothing_that_was_added_is_lost(mut acts in acts()) {
        for (_, act) in &mut acts {
            if let Act::Gesture(gesture) = act {
                *gesture = Gesture::AddNote;
            }
        }
        let made = acts.iter().filter(|(_, act)| matches!(act, Act::Gesture(_))).count();
        let (pages, kept, _) = play(&acts);
        prop_assert_eq!(kept.len(), made);
        prop_assert!(pages.iter().all(|page| page.len() == made));
    }
}
