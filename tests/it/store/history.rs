//! Versions: each reads back as the document was, old ones are thinned, and documents come first.

use std::collections::BTreeMap;

use loopstream::model::{Document, Patch};
use loopstream::store::history::{
    Eviction, History, HistoryError, PER_DOCUMENT, Recorded, evict, open, record, rewrite,
};
use loopstream::store::{KeyValue, SaveState, quarantine, read};
use proptest::prelude::*;

use crate::common::memory::Memory;
use crate::store::gesture::{Gesture, gestures};
use crate::store::{DOCUMENT, create, make, store};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

fn key() -> String {
    format!("loopstream/history/{DOCUMENT}")
}

fn history(storage: &Memory) -> History {
    open(store(storage), DOCUMENT).unwrap().unwrap()
}

/// Gestures with a pause after each, in milliseconds, and whether the version is named.
fn sessions() -> impl Strategy<Value = Vec<(Gesture, u64, bool)>> {
    let pause = prop_oneof![
        3 => 0..2 * MINUTE,
        2 => 0..2 * HOUR,
        1 => 0..3 * DAY,
        1 => 0..40 * DAY,
    ];
    prop::collection::vec((gestures(), pause, prop::bool::weighted(0.1)), 1..60)
}

/// Plays a session; gives the storage, every state that was recorded, the times that were named,
/// and when it ended.
fn play(session: &[(Gesture, u64, bool)]) -> (Memory, BTreeMap<u64, Document>, Vec<u64>, u64) {
    let storage = Memory::default();
    let mut tab = create(&storage);
    let (mut states, mut named, mut now) = (BTreeMap::new(), Vec::new(), 0);
    for ((gesture, pause, name), fresh) in session.iter().zip(0_u64..) {
        let patch = gesture.patch(tab.document(), fresh);
        now += pause;
        let _ = tab.record(store(&storage), &patch, now);
        let recorded = record(store(&storage), DOCUMENT, now, 0);
        assert_eq!(recorded, Ok(Recorded::Yes));
        let mut versions = history(&storage);
        let newest = versions.versions()[0].at;
        states
            .entry(newest)
            .or_insert_with(|| tab.document().clone());
        if *name {
            versions.call(newest, Some(format!("{fresh}")));
            let written = rewrite(store(&storage), DOCUMENT, versions, now, 0);
            assert_eq!(written, Ok(Recorded::Yes));
            named.push(newest);
        }
    }
    (storage, states, named, now)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_version_that_is_kept_reads_back_as_the_document_was(session in sessions()) {
        let (storage, states, named, now) = play(&session);
        let history = history(&storage);
        let versions: Vec<_> = history.documents().collect();
        prop_assert_eq!(versions.len(), history.versions().len());
        for (version, document) in &versions {
            prop_assert_eq!(document, &states[&version.at]);
            let found = history.document_at(version.at);
            prop_assert_eq!(found.as_ref(), Some(document));
        }
        let present = read(store(&storage), DOCUMENT).unwrap();
        prop_assert_eq!(&versions[0].1, &present);
        for at in named {
            prop_assert!(versions.iter().any(|(version, _)| version.at == at));
        }
        // What stays is apart as its age wants it, and no stretch of time is without a version
        // that had one.
        let mut thinned = history.clone();
        thinned.thin(now);
        let mut twice = thinned.clone();
        twice.thin(now);
        prop_assert_eq!(&twice, &thinned);
        for (at, document) in &states {
            let near = now.saturating_sub(*at) < HOUR;
            let kept = versions.iter().any(|(version, _)| version.at / MINUTE == at / MINUTE);
            prop_assert!(kept || !near, "{at} {}", document.len());
        }
    }

    #[test]
    fn a_version_is_restored_by_one_patch(session in sessions()) {
        let (storage, ..) = play(&session);
        let present = read(store(&storage), DOCUMENT).unwrap();
        for (_, document) in history(&storage).documents() {
            let mut restored = present.clone();
            restored.apply(&Patch::between(&present, &document)).unwrap();
            prop_assert_eq!(&restored, &document);
        }
    }

    #[test]
    fn a_history_is_no_longer_than_it_may_be(session in sessions(), part in 0.0..1.0_f64) {
        let (storage, states, ..) = play(&session);
        let text = storage.texts.borrow()[&key()].clone();
        let longest = (text.len() as f64 * part) as usize;
        let mut short = history(&storage);
        match short.written(store(&storage), longest) {
            Some(text) => {
                prop_assert!(text.len() <= longest);
                let read = History::read(store(&storage), &text).unwrap();
                for (version, document) in read.documents() {
                    prop_assert_eq!(&document, &states[&version.at]);
                }
                prop_assert_eq!(read, short);
            }
            None => prop_assert_eq!(short.versions().len(), 1),
        }
    }

    #[test]
    fn what_gives_way_stays_sound_until_it_is_gone(session in sessions()) {
        let (storage, states, ..) = play(&session);
        let mut before = storage.used();
        while evict(&storage, None) == Eviction::Some {
            prop_assert!(storage.used() < before);
            before = storage.used();
            if storage.texts.borrow().contains_key(&key()) {
                for (version, document) in history(&storage).documents() {
                    prop_assert_eq!(&document, &states[&version.at]);
                }
            }
        }
        prop_assert!(!storage.texts.borrow().contains_key(&key()));
        prop_assert!(read(store(&storage), DOCUMENT).is_ok());
    }

    #[test]
    fn a_version_that_is_lost_in_a_race_is_part_of_the_next(session in sessions()) {
        let (storage, mut states, _, now) = play(&session);
        let mut tab = loopstream::store::OpenDocument::open(
            store(&storage), DOCUMENT, crate::store::tab(3), now,
        ).unwrap();
        let before = storage.texts.borrow()[&key()].clone();
        for fresh in 1_000..1_003 {
            let patch = Gesture::AddNote.patch(tab.document(), fresh);
            let at = now + fresh * MINUTE;
            let _ = tab.record(store(&storage), &patch, at);
            record(store(&storage), DOCUMENT, at, 0).unwrap();
            if fresh == 1_001 {
                // Another tab writes what it had read before.
                storage.texts.borrow_mut().insert(key(), before.clone());
            } else {
                states.insert(history(&storage).versions()[0].at, tab.document().clone());
            }
        }
        for (version, document) in history(&storage).documents() {
            prop_assert_eq!(&document, &states[&version.at]);
        }
    }

    #[test]
    fn damage_is_set_aside_and_a_new_history_begins(
        session in sessions(),
        at in 0.0..1.0_f64,
        truncated in any::<bool>(),
    ) {
        let (storage, _, _, now) = play(&session);
        let text = storage.texts.borrow()[&key()].clone();
        let index = (text.len() as f64 * at) as usize;
        let damaged = if truncated {
            text[..index].to_owned()
        } else {
            let letter = if &text[index..=index] == "x" { "y" } else { "x" };
            format!("{}{letter}{}", &text[..index], &text[index + 1..])
        };
        storage.texts.borrow_mut().insert(key(), damaged.clone());
        prop_assert_eq!(evict(&storage, None), Eviction::Nothing);
        prop_assert_eq!(record(store(&storage), DOCUMENT, now, 0), Ok(Recorded::Yes));
        prop_assert_eq!(history(&storage).versions().len(), 1);
        let quarantined = quarantine::list(&storage).unwrap();
        prop_assert_eq!(quarantined.len(), 1);
        prop_assert_eq!(&quarantined[0].text, &damaged);
    }
}

#[test]
fn a_history_of_a_newer_version_is_left_alone() {
    let storage = Memory::default();
    drop(create(&storage));
    let rest = "3\n{}\nsomething new";
    let sum = rest.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let text = format!("{sum:016x}\n{rest}");
    storage.set(&key(), &text).unwrap();
    let recorded = record(store(&storage), DOCUMENT, 1, 0);
    assert!(matches!(recorded, Err(HistoryError::Newer(_))));
    assert_eq!(evict(&storage, None), Eviction::Nothing);
    assert_eq!(storage.texts.borrow()[&key()], text);
}

#[test]
fn a_year_of_work_every_day_keeps_a_bounded_number_of_versions() {
    let mut history = History::new(Document::default(), 0);
    let mut document = Document::default();
    let mut fresh = 0;
    for day in 0..365_u64 {
        for minute in 0..90 {
            fresh += 1;
            let patch = Gesture::Retitle.patch(&document, fresh);
            document.apply(&patch).unwrap();
            let now = day * DAY + minute * MINUTE + 1;
            let _ = history.take(&document, now);
            history.thin(now);
        }
    }
    // 60 minutes, 24 hours, 30 days, 52 weeks at most.
    let versions = history.versions().len();
    assert!((100..=170).contains(&versions), "{versions}");
}

#[test]
fn a_history_gives_way_before_a_document_is_not_saved() {
    let mut gave_way = 0;
    for quota in (2_000..9_000).step_by(331) {
        let storage = Memory::default();
        storage.quota.set(Some(quota));
        let mut tab = create(&storage);
        let mut had_history = false;
        for fresh in 0..60 {
            make(&mut tab, &storage, Gesture::AddVariable, fresh);
            let has_history = storage.texts.borrow().contains_key(&key());
            if matches!(tab.state(), SaveState::Saved { .. }) {
                assert_eq!(read(store(&storage), DOCUMENT).as_ref(), Ok(tab.document()));
                gave_way += usize::from(had_history && !has_history);
            } else {
                assert!(
                    !has_history,
                    "{quota}: the history takes the room of the document"
                );
            }
            // Whatever comes of it: it is the document that counts.
            let _ = record(store(&storage), DOCUMENT, fresh * MINUTE, 0);
            had_history = storage.texts.borrow().contains_key(&key());
        }
    }
    assert!(gave_way > 5, "{gave_way}");
}

#[test]
fn no_version_is_taken_where_the_documents_need_the_room() {
    let storage = Memory::default();
    drop(create(&storage));
    let full = 5 * 1024 * 1024 - 900_000;
    assert_eq!(
        record(store(&storage), DOCUMENT, 1, full),
        Ok(Recorded::NoRoom)
    );
    assert!(!storage.texts.borrow().contains_key(&key()));
    assert_eq!(record(store(&storage), DOCUMENT, 1, 0), Ok(Recorded::Yes));
    assert!(storage.texts.borrow()[&key()].len() < PER_DOCUMENT);
}
