//! The page may die between any two operations, and any one text may be damaged.

use loopstream::model::Document;
use loopstream::store::{OpenDocument, OpenError, SaveState, quarantine, read};
use proptest::prelude::*;

use crate::common::memory::Memory;
use crate::store::gesture::{Gesture, gestures};
use crate::store::{DOCUMENT, create, make, reopen, store};

/// Plays gestures, compacting after every fifth; returns the document, the states the document went through and
/// how many of the gestures were said to be saved.
fn play(storage: &Memory, gestures: &[Gesture]) -> (OpenDocument, Vec<Document>, usize) {
    let mut open = create(storage);
    let mut states = vec![open.document().clone()];
    let mut saved = 0;
    for (fresh, gesture) in gestures.iter().enumerate() {
        make(&mut open, storage, *gesture, fresh as u64);
        states.push(open.document().clone());
        if matches!(open.state(), SaveState::Saved { .. }) {
            saved = states.len() - 1;
        }
        if fresh % 5 == 4 {
            let _ = open.compact(store(storage), fresh as u64 * 1_000 + 20_000);
        }
    }
    (open, states, saved)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_page_that_dies_loses_nothing_that_was_saved(
        gestures in prop::collection::vec(gestures(), 1..25),
    ) {
        let whole = Memory::default();
        play(&whole, &gestures);
        for dies_at in 0..whole.operations.get() {
            let storage = Memory::default();
            storage.dies_at.set(Some(dies_at));
            let (_, states, saved) = play(&storage, &gestures);
            match reopen(&storage.survivor()) {
                Ok(found) => prop_assert!(
                    states[saved..].iter().take(2).any(|state| state == found.document()),
                    "died at {dies_at}"
                ),
                Err(error) => {
                    prop_assert_eq!(error, OpenError::NotFound);
                    prop_assert_eq!(saved, 0);
                }
            }
        }
    }

    #[test]
    fn one_failing_operation_loses_nothing(
        gestures in prop::collection::vec(gestures(), 1..25),
    ) {
        let whole = Memory::default();
        play(&whole, &gestures);
        for fails_at in 0..whole.operations.get() {
            let storage = Memory::default();
            storage.fails_at.set(Some(fails_at));
            let (mut open, ..) = play(&storage, &gestures);
            let _ = open.save(store(&storage), 1_000_000);
            let saved = matches!(open.state(), SaveState::Saved { .. });
            prop_assert!(saved);
            let found = read(store(&storage.survivor()), DOCUMENT).unwrap();
            prop_assert_eq!(&found, open.document());
        }
    }

    #[test]
    fn a_damaged_text_takes_nothing_else_along(
        count in 1_u64..14,
        compacted in prop::collection::vec(any::<bool>(), 14),
        at in 0.0_f64..1.0,
        truncated in any::<bool>(),
    ) {
        let whole = Memory::default();
        let mut open = create(&whole);
        for fresh in 0..count {
            make(&mut open, &whole, Gesture::AddVariable, fresh);
            if compacted[fresh as usize] {
                let _ = open.compact(store(&whole), fresh * 1_000 + 20_000);
            }
        }
        let keys: Vec<String> = whole.texts.borrow().keys().cloned().collect();
        for key in keys {
            let storage = whole.survivor();
            let text = storage.texts.borrow()[&key].clone();
            let index = (text.len() as f64 * at) as usize;
            let damaged = if truncated {
                text[..index].to_owned()
            } else {
                let letter = if &text[index..=index] == "x" { "y" } else { "x" };
                format!("{}{letter}{}", &text[..index], &text[index + 1..])
            };
            storage.texts.borrow_mut().insert(key.clone(), damaged.clone());

            let mut found = reopen(&storage).unwrap();
            let lost = open.document().len() - found.document().len();
            let in_journal = key.starts_with("loopstream/journal/");
            prop_assert!(lost <= usize::from(in_journal), "{key}");
            // What the snapshots cover is not even read, so damage there may not show.
            let quarantined = quarantine::list(&storage).unwrap();
            prop_assert!(quarantined.iter().all(|a| a.text == damaged && a.stood_under == key));
            if lost > 0 || !in_journal {
                prop_assert_eq!(quarantined.len(), 1);
                prop_assert_eq!(found.quarantined().len(), 1);
            }

            // Work goes on, and a second damage to the other snapshot is survived too.
            for fresh in 100..103 {
                make(&mut found, &storage, Gesture::AddVariable, fresh);
            }
            let _ = found.compact(store(&storage), 2_000_000);
            let survivors = found.document().clone();
            for slot in ["a", "b"] {
                let again = storage.survivor();
                let key = format!("loopstream/document/{DOCUMENT}/{slot}");
                again.texts.borrow_mut().insert(key, "rubbish".to_owned());
                let again = reopen(&again).unwrap();
                prop_assert_eq!(again.document(), &survivors);
            }
            // Damaged texts are still there, whatever was written since.
            prop_assert!(quarantine::list(&storage).unwrap().len() >= quarantined.len());
        }
    }
}

#[test]
fn two_damaged_snapshots_are_kept_and_offered() {
    let storage = Memory::default();
    let mut open = create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    for slot in ["a", "b"] {
        let key = format!("loopstream/document/{DOCUMENT}/{slot}");
        storage
            .texts
            .borrow_mut()
            .insert(key, format!("rubbish {slot}"));
    }
    let before = storage.texts.borrow().clone();
    let Err(OpenError::Damaged { texts }) = reopen(&storage) else {
        panic!("it opened");
    };
    assert_eq!(texts.len(), 3);
    assert_eq!(*storage.texts.borrow(), before);
}

#[test]
fn what_a_newer_version_wrote_is_left_alone() {
    let storage = Memory::default();
    let mut open = create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    let newer = |key: &str| {
        // Sealed as the layout says, with the checksum of the published hash.
        let rest = "3\n{}\nsomething new";
        let sum = rest.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let text = format!("{sum:016x}\n{rest}");
        storage
            .texts
            .borrow_mut()
            .insert(key.to_owned(), text.clone());
        text
    };
    let key = format!("loopstream/document/{DOCUMENT}/a");
    let text = newer(&key);
    assert!(matches!(reopen(&storage), Err(OpenError::Newer { texts }) if texts.len() == 3));
    // A tab of the older version that is still open journals on, and writes over nothing.
    assert_eq!(open.sync_from_storage(store(&storage), &key), None);
    make(&mut open, &storage, Gesture::AddVariable, 2);
    let _ = open.compact(store(&storage), 90_000);
    assert!(matches!(open.state(), SaveState::NotSaved { .. }));
    assert_eq!(storage.texts.borrow()[&key], text);
    assert_eq!(storage.journal_length(), 2);
}
