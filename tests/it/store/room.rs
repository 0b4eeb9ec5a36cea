//! Blocked and full storage.

use loopstream::store::{OpenDocument, SaveError, SaveState, read};

use crate::common::memory::Memory;
use crate::store::gesture::Gesture;
use crate::store::{DOCUMENT, create, make, store};

fn why(open: &OpenDocument) -> Option<SaveError> {
    match open.state() {
        SaveState::Saved { .. } => None,
        SaveState::NotSaved { why } => Some(why),
    }
}

#[test]
fn blocked_storage_leaves_the_page_working_and_everything_is_kept_when_it_opens() {
    let storage = Memory::default();
    storage.blocked.set(true);
    let mut open = create(&storage);
    for fresh in 0..5 {
        make(&mut open, &storage, Gesture::AddVariable, fresh);
        assert_eq!(why(&open), Some(SaveError::Blocked));
    }
    assert_eq!(open.document().len(), 5);
    storage.blocked.set(false);
    make(&mut open, &storage, Gesture::AddVariable, 5);
    assert_eq!(why(&open), None);
    assert_eq!(
        read(store(&storage), DOCUMENT).as_ref(),
        Ok(open.document())
    );
}

#[test]
fn storage_that_is_blocked_later_loses_nothing_either() {
    let storage = Memory::default();
    let mut open = create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 0);
    storage.blocked.set(true);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    let _ = open.compact(store(&storage), 50_000);
    assert_eq!(why(&open), Some(SaveError::Blocked));
    storage.blocked.set(false);
    let _ = open.save(store(&storage), 60_000);
    assert_eq!(open.state(), SaveState::Saved { at: 60_000 });
    assert_eq!(
        read(store(&storage), DOCUMENT).as_ref(),
        Ok(open.document())
    );
}

#[test]
fn full_storage_is_compacted_then_told_and_saved_when_there_is_room() {
    for quota in (1_500..6_000).step_by(97) {
        let storage = Memory::default();
        storage.quota.set(Some(quota));
        let mut open = create(&storage);
        let mut told = 0;
        for fresh in 0..60 {
            let before = read(store(&storage), DOCUMENT);
            make(&mut open, &storage, Gesture::AddVariable, fresh);
            let kept = read(store(&storage), DOCUMENT);
            match why(&open) {
                None => assert_eq!(kept.as_ref(), Ok(open.document())),
                Some(SaveError::Full) => {
                    told += 1;
                    // What was kept is still kept.
                    assert!(kept.unwrap().len() >= before.unwrap().len());
                }
                Some(other) => panic!("{other}"),
            }
        }
        assert!(told > 0 || quota > 5_000, "{quota} is no test");
        assert_eq!(open.document().len(), 60);
        storage.quota.set(None);
        let _ = open.save(store(&storage), 100_000);
        assert_eq!(why(&open), None);
        assert_eq!(
            read(store(&storage), DOCUMENT).as_ref(),
            Ok(open.document())
        );
    }
}

#[test]
fn compaction_makes_room_when_the_journal_has_filled_it() {
    let storage = Memory::default();
    let mut open = create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 0);
    storage.quota.set(Some(4_050));
    // Renaming grows the journal and not the document.
    for fresh in 1..200 {
        make(&mut open, &storage, Gesture::Rename(0), fresh);
        assert_eq!(why(&open), None, "{fresh}");
    }
    assert_eq!(
        read(store(&storage), DOCUMENT).as_ref(),
        Ok(open.document())
    );
}

#[test]
fn the_journal_and_the_list_of_tabs_stay_short() {
    let storage = Memory::default();
    drop(create(&storage));
    for load in 1..50_u64 {
        let now = load * 1_000_000;
        let tab = crate::store::tab(load);
        let mut open = OpenDocument::open(store(&storage), DOCUMENT, tab, now).unwrap();
        let patch = Gesture::AddNote.patch(open.document(), load);
        let _ = open.record(store(&storage), &patch, now);
        let _ = open.compact(store(&storage), now + 20_000);
    }
    let journal = storage.journal_length();
    assert!(journal <= 2, "{journal}");
    for (key, text) in storage.texts.borrow().iter() {
        assert!(
            text.lines().nth(2).is_none_or(|header| header.len() < 200),
            "{key}"
        );
    }
}
