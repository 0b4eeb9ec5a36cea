//! A document in a room, case by case.

use loopstream::model::{Document, Id, Patch};
use loopstream::store::backup;
use loopstream::store::history::record as take_version;
use loopstream::store::library::{delete, duplicate, list, purge};
use loopstream::store::rooms::{self, PersonRecord, RelayRecord, RoomRecord, VoteRecord};
use loopstream::store::{
    Entry, FARTHEST_AHEAD, KeyValue, NextGestures, OpenDocument, Order, RoomBase, SaveError,
    SaveState, read,
};

use crate::common::memory::Memory;
use crate::store::gesture::Gesture;
use crate::store::{DOCUMENT, make, reopen, store, tab};

/// A base of a room, later the larger its number, that settles so many gestures of a tab.
fn base(number: u64, document: Document, settled: &[(Id, u64)]) -> RoomBase {
    let order = Order {
        lamport: number * 100,
        tab: tab(50),
        number,
    };
    let own = [(order.tab, order.number)];
    let covered = settled.iter().copied().chain(own).collect();
    RoomBase {
        order,
        at: number,
        rules: 1,
        covered,
        let_go: [(tab(49), 3)].into(),
        settled: settled
            .iter()
            .copied()
            .chain(own)
            .chain([(tab(49), 3)])
            .collect(),
        document,
    }
}

fn in_room(storage: &Memory) -> OpenDocument {
    let base = base(1, crate::sync::small(), &[]);
    OpenDocument::create_in_room(store(storage), DOCUMENT, tab(0), base, 0)
}

/// A gesture of another.
fn theirs(document: &Document, lamport: u64, number: u64, gesture: Gesture) -> Entry {
    Entry {
        order: Order {
            lamport,
            tab: tab(60),
            number,
        },
        at: u64::MAX,
        patch: gesture.patch(document, lamport),
    }
}

fn key(slot: &str) -> String {
    format!("loopstream/document/{DOCUMENT}/{slot}")
}

fn is_saved(open: &OpenDocument) -> bool {
    matches!(open.state(), SaveState::Saved { .. })
}

#[test]
fn what_comes_back_is_what_was_put_in() {
    let storage = Memory::default();
    let mut open = in_room(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    let entry = theirs(open.document(), 101, 1, Gesture::AddNote);
    let effect = open.take_gestures(store(&storage), vec![entry.clone()], 5);
    assert!(effect.is_some());
    let told = open.untold();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].order.lamport, told[0].order.number), (101, 1));
    assert_eq!(open.untold(), []);

    let mut back = reopen(&storage).unwrap();
    assert_eq!(back.room_base(), Some(base(1, crate::sync::small(), &[])));
    assert!(back.gestures().eq(&[told[0].clone(), entry]));
    assert_eq!(back.document(), open.document());
    assert_eq!((back.untold(), back.untold_base()), (Vec::new(), None));

    let settled = [(tab(0), 1), (tab(60), 1)];
    let next = base(2, open.document().clone(), &settled);
    assert_eq!(open.stand_on(store(&storage), next.clone(), 6), None);
    assert_eq!(reopen(&storage).unwrap().room_base(), Some(next.clone()));
    // The other tab of this browser follows, and its program is to hear of it.
    assert_eq!(back.sync_from_storage(store(&storage), &key("b")), None);
    assert_eq!(back.room_base(), Some(next.clone()));
    assert_eq!(back.untold_base(), Some(next.clone()));
    assert_eq!(back.untold_base(), None);
    // What its program still says of the base before does not take it back.
    let before = base(1, crate::sync::small(), &[]);
    assert_eq!(back.stand_on(store(&storage), before, 7), None);
    assert_eq!(back.room_base(), Some(next));
}

#[test]
fn programs_that_know_no_rooms_refuse_a_document_in_one() {
    let storage = Memory::default();
    let mut open = in_room(&storage);
    let version = |slot| {
        let texts = storage.texts.borrow();
        texts[&key(slot)].lines().nth(1).unwrap().to_owned()
    };
    assert_eq!((version("a"), version("b")), ("2".into(), "2".into()));
    for now in [10, 20] {
        let _ = open.leave_room(store(&storage), now);
        make(&mut open, &storage, Gesture::AddNote, now);
        let _ = open.compact(store(&storage), now);
    }
    assert_eq!((version("a"), version("b")), ("1".into(), "1".into()));
}

/// Whoever wrote it: only leaving ends a room.
#[test]
fn a_snapshot_that_says_nothing_of_the_room_does_not_end_it() {
    let storage = Memory::default();
    let mut open = in_room(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    let stranger = Memory::default();
    let mut alone =
        OpenDocument::create(store(&stranger), DOCUMENT, Document::default(), tab(3), 90);
    for now in 1..9 {
        make(&mut alone, &stranger, Gesture::AddNote, now);
        let _ = alone.compact(store(&stranger), now);
    }
    let text = stranger.texts.borrow()[&key("a")].clone();
    storage.texts.borrow_mut().insert(key("a"), text.clone());
    assert_eq!(open.sync_from_storage(store(&storage), &key("a")), None);
    assert!(open.is_in_room());
    let back = reopen(&storage).unwrap();
    assert_eq!(back.room_base(), open.room_base());
    assert_eq!(back.document(), open.document());
    // Where nothing of the room is left, its tab writes it again.
    storage.texts.borrow_mut().insert(key("b"), text);
    assert_eq!(open.sync_from_storage(store(&storage), &key("b")), None);
    let _ = open.save(store(&storage), 100_000);
    assert!(is_saved(&open));
    let back = reopen(&storage).unwrap();
    assert_eq!(back.room_base(), open.room_base());
    assert_eq!(back.document(), open.document());
}

#[test]
fn the_journal_gives_up_what_both_snapshots_settle() {
    let storage = Memory::default();
    let mut open = in_room(&storage);
    for number in 1..7 {
        make(&mut open, &storage, Gesture::AddVariable, number);
        if number % 2 == 0 {
            let settled = [(tab(0), number), (tab(49), 3)];
            let next = base(number, open.document().clone(), &settled);
            assert_eq!(open.stand_on(store(&storage), next, number * 100_000), None);
            for later in [5_000, 20_000] {
                let now = number * 100_000 + later;
                assert_eq!(open.compact(store(&storage), now), None);
            }
            // What the newest alone settles is still there.
            assert_eq!(storage.journal_length(), 2);
            assert_eq!(open.patches_since_snapshot(), 0);
        }
        for slot in ["a", "b"] {
            let damaged = storage.survivor();
            damaged
                .texts
                .borrow_mut()
                .insert(key(slot), "rubbish".into());
            let back = reopen(&damaged).unwrap();
            assert_eq!(back.document(), open.document());
            assert!(back.is_in_room());
        }
    }
}

#[test]
fn a_time_at_the_bound_ends_the_order_for_nobody() {
    let storage = Memory::default();
    let mut open = in_room(&storage);
    let latest = 100 + FARTHEST_AHEAD;
    let entry = theirs(open.document(), latest, 1, Gesture::Rename(0));
    let _ = open.take_gestures(store(&storage), vec![entry], 5);
    // The own gesture comes before that one, as its tab does. The page is told what is left of it.
    make(&mut open, &storage, Gesture::Rename(0), 7);
    let own = open.untold();
    assert_eq!(own[0].order.lamport, latest);
    let names = open.document().variables().values().map(|v| v.name.clone());
    assert_eq!(names.collect::<Vec<_>>(), [latest.to_string()]);
    make(&mut open, &storage, Gesture::AddNote, 8);
    assert_eq!(open.gestures().count(), 3);
    assert_eq!(reopen(&storage).unwrap().document(), open.document());
}

#[test]
fn full_storage_is_told_and_everything_is_kept_when_there_is_room() {
    for spare in (0..1_500).step_by(150) {
        let storage = Memory::default();
        let mut open = in_room(&storage);
        storage.quota.set(Some(storage.used() + spare));
        for number in 1..12 {
            let entry = theirs(open.document(), 100 + number, number, Gesture::AddNote);
            let _ = open.take_gestures(store(&storage), vec![entry], 5);
            make(&mut open, &storage, Gesture::AddVariable, 500 + number);
        }
        let why = SaveError::Full;
        assert_eq!(open.state(), SaveState::NotSaved { why });
        assert_eq!(open.document().len(), 23);
        let settled = [(tab(0), 4), (tab(60), 4)];
        let next = base(2, open.document().clone(), &settled);
        let _ = open.stand_on(store(&storage), next, 6);
        assert_eq!(open.document().len(), 23);
        storage.quota.set(None);
        let _ = open.save(store(&storage), 7);
        assert!(is_saved(&open));
        let back = reopen(&storage).unwrap();
        assert_eq!(back.document(), open.document());
        assert_eq!(back.room_base(), open.room_base());
        assert!(back.gestures().eq(open.gestures()));
    }
}

#[test]
fn who_leaves_takes_all_along_and_the_other_tabs_too() {
    let storage = Memory::default();
    let mut one = in_room(&storage);
    let mut other = OpenDocument::open(store(&storage), DOCUMENT, tab(1), 0).unwrap();
    make(&mut one, &storage, Gesture::AddVariable, 1);
    make(&mut other, &storage, Gesture::AddVariable, 2);
    let _ = one.leave_room(store(&storage), 3_000);
    assert_eq!(one.document().len(), 3);
    make(&mut other, &storage, Gesture::AddVariable, 4);
    let _ = other.catch_up(store(&storage));
    assert!(!other.is_in_room());
    assert_eq!((other.untold(), other.untold_base()), (Vec::new(), None));
    let _ = one.catch_up(store(&storage));
    assert_eq!(one.document(), other.document());
    assert_eq!(one.document().len(), 4);
    // What still comes from the room does nothing.
    let late = theirs(one.document(), 200, 1, Gesture::AddNote);
    assert_eq!(one.take_gestures(store(&storage), vec![late], 5), None);
    let next = base(2, Document::default(), &[]);
    assert_eq!(other.stand_on(store(&storage), next, 6), None);
    for now in [20_000, 40_000, 60_000] {
        make(&mut one, &storage, Gesture::Rename(0), now);
        let _ = one.compact(store(&storage), now);
        let _ = other.catch_up(store(&storage));
        assert_eq!(one.document(), other.document());
    }
    assert!(!reopen(&storage).unwrap().is_in_room());
    assert!(storage.journal_length() <= 2);
}

fn dots() -> VoteRecord {
    VoteRecord {
        vote: tab(5),
        ballot: tab(6),
        dots: vec!["rrisk".to_owned(), "rrisk".to_owned()],
    }
}

#[test]
fn a_copy_a_version_and_a_backup_are_not_in_the_room() {
    let storage = Memory::default();
    let mut open = in_room(&storage);
    let room = RoomRecord {
        link: "#room=secret".to_owned(),
        since: 12,
        is_view_only: false,
        agenda: None,
    };
    rooms::keep(&storage, DOCUMENT, &room).unwrap();
    rooms::keep_vote(&storage, DOCUMENT, &dots()).unwrap();
    // The clock of another is far ahead.
    let late = theirs(open.document(), 101, 1, Gesture::AddNote);
    let _ = open.take_gestures(store(&storage), vec![late], 5);
    take_version(store(&storage), DOCUMENT, 50, 0).unwrap();
    let versions = loopstream::store::history::open(store(&storage), DOCUMENT);
    assert_eq!(versions.unwrap().unwrap().versions()[0].at, 50);

    let copy = Id::from_bits(8);
    let title = "Copy".to_owned();
    let copied = duplicate(store(&storage), DOCUMENT, copy, title, tab(2), 9).unwrap();
    assert!(!copied.is_in_room());
    let listed = list(store(&storage)).unwrap();
    let is_in_room = |id| listed.iter().find(|one| one.id == id).unwrap().is_in_room;
    assert_eq!((is_in_room(DOCUMENT), is_in_room(copy)), (true, false));

    let text = backup::write(store(&storage), None, 60).unwrap();
    assert!(!text.contains("secret") && !text.contains("rrisk"));
    let elsewhere = Memory::default();
    rooms::keep(&elsewhere, DOCUMENT, &room).unwrap();
    backup::restore(store(&elsewhere), &text, tab(9), "from the backup", 70).unwrap();
    let back = reopen(&elsewhere).unwrap();
    assert!(!back.is_in_room());
    assert_eq!(back.document(), open.document());
    assert_eq!(rooms::of(&elsewhere, DOCUMENT), None);

    delete(&storage, DOCUMENT, 80).unwrap();
    purge(&storage, DOCUMENT).unwrap();
    let left = storage.keys().unwrap();
    assert!(
        !left.iter().any(|key| key.contains(&DOCUMENT.to_string())),
        "{left:?}"
    );
}

#[test]
fn what_is_remembered_of_rooms_reads_back_or_is_nothing() {
    let storage = Memory::default();
    let room = RoomRecord {
        link: "#room=secret".to_owned(),
        since: 12,
        is_view_only: true,
        agenda: Some(serde_json::json!({ "writing": [1, "b", "quiet"] })),
    };
    assert!(!format!("{room:?}").contains("secret"));
    let person = PersonRecord {
        id: tab(4),
        name: "Ada \u{1f980}".to_owned(),
        colour: None,
    };
    let relay = RelayRecord {
        kind: "hocuspocus".to_owned(),
        address: "wss://relay.example.org".to_owned(),
    };
    assert_eq!(rooms::person(&storage), None);
    assert_eq!(rooms::relay(&storage), None);
    rooms::keep(&storage, DOCUMENT, &room).unwrap();
    rooms::keep_person(&storage, &person).unwrap();
    rooms::keep_relay(&storage, &relay).unwrap();
    let dots = dots();
    assert_eq!(rooms::vote(&storage, DOCUMENT), None);
    rooms::keep_vote(&storage, DOCUMENT, &dots).unwrap();
    assert_eq!(rooms::vote(&storage, DOCUMENT), Some(dots));
    let keys = storage.keys().unwrap();
    let of_vote = keys.iter().filter(|key| rooms::is_vote(key, DOCUMENT));
    assert_eq!(of_vote.count(), 1);
    assert_eq!(rooms::of(&storage, DOCUMENT), Some(room.clone()));
    assert_eq!(rooms::list(&storage).unwrap(), [(DOCUMENT, room)]);
    assert_eq!(rooms::person(&storage), Some(person));
    assert_eq!(rooms::relay(&storage), Some(relay));
    for text in ["", "{", "{\"link\":1}", "null", "{\"colour\":\"octarine\"}"] {
        for key in storage.keys().unwrap() {
            storage.set(&key, text).unwrap();
        }
        assert_eq!(rooms::of(&storage, DOCUMENT), None);
        assert_eq!(rooms::list(&storage), Ok(Vec::new()));
        assert_eq!(rooms::person(&storage), None);
        assert_eq!(rooms::relay(&storage), None);
        assert_eq!(rooms::vote(&storage, DOCUMENT), None);
    }
    rooms::forget(&storage, DOCUMENT).unwrap();
    assert_eq!(storage.keys().unwrap().len(), 2);
}

#[test]
fn a_document_that_is_in_no_room_hears_of_none() {
    let storage = Memory::default();
    let mut open = crate::store::create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    let before = storage.texts.borrow().clone();
    let entry = theirs(open.document(), 9, 1, Gesture::AddNote);
    assert_eq!(open.take_gestures(store(&storage), vec![entry], 5), None);
    let next = base(2, Document::default(), &[]);
    assert_eq!(open.stand_on(store(&storage), next, 6), None);
    assert_eq!(open.leave_room(store(&storage), 7), None::<Patch>);
    assert_eq!((open.untold(), open.room_base()), (Vec::new(), None));
    assert_eq!(*storage.texts.borrow(), before);
    assert_eq!(
        read(store(&storage), DOCUMENT).as_ref(),
        Ok(open.document())
    );
}

/// Quiet writing: nobody is told what is held back, whichever tab of the browser is asked, also after
/// a reload; and then everybody is.
#[test]
fn what_is_held_back_is_told_when_it_is_shown_and_no_sooner() {
    let storage = Memory::default();
    let mut one = in_room(&storage);
    make(&mut one, &storage, Gesture::AddVariable, 1);
    assert_eq!(one.untold().len(), 1);
    let mut other = OpenDocument::open(store(&storage), DOCUMENT, tab(1), 0).unwrap();
    one.hold_back(store(&storage));
    for number in 2..4 {
        make(&mut one, &storage, Gesture::AddVariable, number);
    }
    assert_eq!((one.untold(), one.held_back()), (Vec::new(), 2));
    assert_eq!(one.shown_gestures().count(), 1);

    // The other tab has not heard of it, and shares the document.
    let _ = other.catch_up(store(&storage));
    assert_eq!(other.document(), one.document());
    assert_eq!((other.untold(), other.held_back()), (Vec::new(), 2));
    // What it makes itself it tells, until it hears.
    assert!(!other.holds_back());
    make(&mut other, &storage, Gesture::AddNote, 4);
    assert_eq!(other.untold().len(), 1);

    let mut back = OpenDocument::open(store(&storage), DOCUMENT, tab(2), 0).unwrap();
    assert_eq!((back.untold(), back.held_back()), (Vec::new(), 2));
    assert_eq!(back.shown_gestures().count(), 2);
    back.hold_back(store(&storage));
    make(&mut back, &storage, Gesture::AddNote, 5);
    assert_eq!((back.untold(), back.held_back()), (Vec::new(), 3));

    // One person shows what they have, and goes on quietly.
    back.show_held(store(&storage), NextGestures::HeldBack);
    let told = back.untold();
    let orders = told.iter().map(|entry| entry.order);
    assert!(orders.is_sorted());
    assert_eq!((told.len(), back.held_back()), (3, 0));
    make(&mut back, &storage, Gesture::AddNote, 6);
    assert_eq!((back.untold(), back.held_back()), (Vec::new(), 1));
    let mut late = OpenDocument::open(store(&storage), DOCUMENT, tab(3), 0).unwrap();
    assert_eq!((late.untold(), late.held_back()), (Vec::new(), 1));

    late.show_held(store(&storage), NextGestures::Told);
    assert_eq!(late.untold().len(), 1);
    make(&mut late, &storage, Gesture::AddNote, 7);
    assert_eq!(late.untold().len(), 1);
    let back = OpenDocument::open(store(&storage), DOCUMENT, tab(4), 0).unwrap();
    assert_eq!(back.held_back(), 0);
    assert!(back.shown_gestures().eq(back.gestures()));
    assert!(
        !storage
            .keys()
            .unwrap()
            .iter()
            .any(|key| key.contains("held"))
    );
}

#[test]
fn who_leaves_the_room_holds_nothing_back_any_more() {
    let storage = Memory::default();
    let mut one = in_room(&storage);
    one.hold_back(store(&storage));
    make(&mut one, &storage, Gesture::AddVariable, 1);
    let mut other = OpenDocument::open(store(&storage), DOCUMENT, tab(1), 0).unwrap();
    let _ = one.leave_room(store(&storage), 3_000);
    let _ = other.catch_up(store(&storage));
    for open in [&one, &other] {
        assert_eq!((open.held_back(), open.document().len()), (0, 2));
        assert!(!open.holds_back());
    }
    assert!(
        !storage
            .keys()
            .unwrap()
            .iter()
            .any(|key| key.contains("held"))
    );
    one.hold_back(store(&storage));
    assert!(!one.holds_back());
}
