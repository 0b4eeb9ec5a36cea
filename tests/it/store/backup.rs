//! Everything in one file and back: all of it comes, nothing is written over.

use loopstream::model::{Document, Id};
use loopstream::store::backup::{Contents, Report, contents, recognises, restore, write};
use loopstream::store::history::record;
use loopstream::store::library::{delete, list};
use loopstream::store::{OpenDocument, quarantine, read};
use proptest::prelude::*;

use crate::common::memory::Memory;
use crate::store::gesture::{Gesture, gestures};
use crate::store::{store, tab};

/// A browser with some documents, of which some are deleted.
fn browser() -> impl Strategy<Value = Memory> {
    let document = (
        prop::collection::vec(gestures(), 0..15),
        any::<bool>(),
        any::<bool>(),
    );
    prop::collection::vec(document, 1..5).prop_map(|documents| {
        let storage = Memory::default();
        for ((gestures, deleted, compacted), number) in documents.into_iter().zip(0_u64..) {
            let id = Id::from_bits(50 + number);
            let mut open = OpenDocument::create(
                store(&storage),
                id,
                Document::default(),
                tab(number),
                number,
            );
            for (gesture, fresh) in gestures.into_iter().zip(0_u64..) {
                let patch = gesture.patch(open.document(), number * 100 + fresh);
                let now = 60_000 * (fresh + 1);
                let _ = open.record(store(&storage), &patch, now);
                if compacted {
                    let _ = open.compact(store(&storage), now);
                    record(store(&storage), id, now, 0).unwrap();
                }
            }
            if deleted {
                delete(&storage, id, 1_000 + number).unwrap();
            }
        }
        storage.texts.borrow_mut().insert(
            "loopstream/aside/document/x/a/12".to_owned(),
            "?".to_owned(),
        );
        storage
    })
}

fn back(storage: &Memory, text: &str) -> Report {
    restore(store(storage), text, tab(9), "from the backup", 10_000_000).unwrap()
}

/// Every document with its time of deletion.
fn documents(storage: &Memory) -> Vec<(Id, Option<u64>, Document)> {
    let mut all: Vec<_> = list(store(storage))
        .unwrap()
        .into_iter()
        .map(|one| {
            (
                one.id,
                one.deleted_at,
                read(store(storage), one.id).unwrap(),
            )
        })
        .collect();
    all.sort_by_key(|(id, ..)| *id);
    all
}

fn histories(storage: &Memory) -> Vec<(String, String)> {
    let texts = storage.texts.borrow();
    let all = texts.iter().filter(|(key, _)| key.contains("/history/"));
    all.map(|(key, text)| (key.clone(), text.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_wiped_browser_gets_everything_back(before in browser()) {
        let text = write(store(&before), None, 5).unwrap();
        prop_assert!(recognises(&text));
        let after = Memory::default();
        let report = back(&after, &text);
        prop_assert_eq!(report.lost, Vec::<String>::new());
        prop_assert_eq!(documents(&after), documents(&before));
        prop_assert_eq!(histories(&after), histories(&before));
        prop_assert_eq!(quarantine::list(&after), quarantine::list(&before));
        let found = contents(store(&after)).unwrap();
        prop_assert_eq!(found, contents(store(&before)).unwrap());
        prop_assert_eq!(found.documents, report.restored.len());
        // Once more changes nothing.
        let texts = after.texts.borrow().clone();
        let again = back(&after, &text);
        prop_assert_eq!(again.same, found.documents);
        prop_assert_eq!(&*after.texts.borrow(), &texts);
    }

    #[test]
    fn what_is_here_is_never_written_over(
        before in browser(),
        more in prop::collection::vec(gestures(), 1..6),
    ) {
        let text = write(store(&before), None, 5).unwrap();
        let saved = documents(&before);
        for (id, ..) in &saved {
            let mut open = OpenDocument::open(store(&before), *id, tab(20), 9).unwrap();
            for (gesture, fresh) in more.iter().zip(500_u64..) {
                let patch = gesture.patch(open.document(), fresh);
                let _ = open.record(store(&before), &patch, 9_000);
            }
        }
        let now = documents(&before);
        let report = back(&before, &text);
        prop_assert_eq!(report.lost, Vec::<String>::new());
        let after = documents(&before);
        for one in &now {
            prop_assert!(after.contains(one));
        }
        let changed = saved.iter().zip(&now).filter(|(one, other)| one.2 != other.2);
        let changed = changed.count();
        prop_assert_eq!(report.copies.len(), changed);
        prop_assert_eq!(after.len(), now.len() + changed);
        prop_assert_eq!(report.same, saved.len() - changed);
        for (_, _, document) in after.iter().filter(|one| !now.contains(one)) {
            prop_assert!(document.properties().title.ends_with("(from the backup)"));
        }
        // The same backup makes no second copy.
        let again = back(&before, &text);
        prop_assert_eq!(again.copies.len(), 0);
        prop_assert_eq!(documents(&before).len(), after.len());
    }

    #[test]
    fn of_a_damaged_backup_what_is_sound_comes_back(
        before in browser(),
        at in 0.0..1.0_f64,
        truncated in any::<bool>(),
    ) {
        let text = write(store(&before), None, 5).unwrap();
        let index = (text.len() as f64 * at) as usize;
        let damaged = if truncated {
            text[..index].to_owned()
        } else {
            let letter = if &text[index..=index] == "#" { "%" } else { "#" };
            format!("{}{letter}{}", &text[..index], &text[index + 1..])
        };
        let after = Memory::default();
        let report = back(&after, &damaged);
        let saved = documents(&before);
        for one in documents(&after) {
            prop_assert!(saved.contains(&one));
        }
        let lost = saved.len() - report.restored.len();
        // A single letter takes one entry along, or two where it stood between their lines.
        prop_assert!(truncated || lost <= 2, "{lost} lost");
        prop_assert!(lost == 0 || !report.lost.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}\":,a-z0-9\n -]{0,120}", before in browser()) {
        let texts = before.texts.borrow().clone();
        let report = back(&before, &format!("{{\"format\":\"loopstream-backup\",\"entries\":[{text}]}}"));
        prop_assert_eq!(report.restored.len(), 0);
        prop_assert!(!report.lost.is_empty());
        prop_assert_eq!(&*before.texts.borrow(), &texts);
    }
}

#[test]
fn a_backup_of_a_newer_version_is_refused_and_an_empty_one_says_so() {
    let storage = Memory::default();
    let newer = r#"{"format":"loopstream-backup","version":2,"entries":[]}"#;
    assert!(back(&storage, newer).lost[0].contains("newer version"));
    let empty = write(store(&storage), None, 1).unwrap();
    assert_eq!(back(&storage, &empty).lost, ["The backup is empty."]);
    assert!(storage.texts.borrow().is_empty());
}

/// A storage with one document, and its id.
fn of_one_document() -> (Memory, Id) {
    let storage = Memory::default();
    let id = Id::from_bits(50);
    let empty = Document::default();
    drop(OpenDocument::create(store(&storage), id, empty, tab(0), 0));
    (storage, id)
}

#[test]
fn what_was_deleted_since_the_backup_comes_back_from_the_bin() {
    let (storage, id) = of_one_document();
    let text = write(store(&storage), None, 1).unwrap();
    delete(&storage, id, 2).unwrap();
    let report = back(&storage, &text);
    assert_eq!((report.restored.len(), report.same), (1, 0));
    assert_eq!(documents(&storage), [(id, None, Document::default())]);
    // One that was in the bin when the backup was made stays there.
    delete(&storage, id, 2).unwrap();
    let text = write(store(&storage), None, 3).unwrap();
    assert_eq!(back(&storage, &text).same, 1);
    assert_eq!(documents(&storage)[0].1, Some(2));
}

#[test]
fn a_backup_that_lost_a_letter_of_its_own_words_is_whole() {
    let (storage, _) = of_one_document();
    let text = write(store(&storage), None, 1).unwrap();
    let report = back(
        &Memory::default(),
        &text.replace("\"entries\"", "\"entr#es\""),
    );
    assert_eq!(report.restored.len(), 1);
}

#[test]
fn what_only_names_the_format_is_a_damaged_backup() {
    let storage = Memory::default();
    for text in ["\"loopstream-backup\"", "[\"loopstream-backup\"]", "7"] {
        let report = back(&storage, text);
        assert!(
            report.lost[0].starts_with("The backup is damaged"),
            "{report:?}"
        );
    }
}

#[test]
fn hostile_entries_put_nothing_where_it_does_not_belong() {
    let storage = Memory::default();
    let id = Id::from_bits(50);
    let open = OpenDocument::create(store(&storage), id, Document::default(), tab(0), 0);
    drop(open);
    let before = storage.texts.borrow().clone();
    for key in [
        "loopstream/last".to_owned(),
        "loopstream/theme".to_owned(),
        "other".to_owned(),
        format!("loopstream/document/{id}/a"),
        format!("loopstream/journal/{id}/x/1"),
        format!("loopstream/deleted/{id}"),
        format!("loopstream/history/{id}"),
    ] {
        for kind in ["text", "history"] {
            let sum = |text: &str| {
                let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
                });
                format!("{hash:016x}")
            };
            let number = if kind == "text" { 2 } else { 1 };
            let sum = sum(&format!("{number}\n{key}\n0\n0\nevil"));
            let entry =
                serde_json::json!({"kind": kind, "key": key, "checksum": sum, "text": "evil"});
            let text = serde_json::json!({"format": "loopstream-backup", "version": 1, "entries": [entry]});
            let report = back(&storage, &text.to_string());
            assert_eq!(*storage.texts.borrow(), before, "{kind} {key}");
            assert_eq!(report.texts + report.histories, 0);
        }
    }
}

#[test]
fn what_cannot_be_read_is_in_the_backup_as_it_is() {
    let storage = Memory::default();
    let id = Id::from_bits(50);
    let mut open = OpenDocument::create(store(&storage), id, Document::default(), tab(0), 0);
    let patch = Gesture::AddVariable.patch(open.document(), 1);
    let _ = open.record(store(&storage), &patch, 1);
    for slot in ["a", "b"] {
        let key = format!("loopstream/document/{id}/{slot}");
        storage
            .texts
            .borrow_mut()
            .insert(key, format!("rubbish {slot}"));
    }
    let found = contents(store(&storage)).unwrap();
    assert_eq!(
        found,
        Contents {
            texts: 3,
            ..Contents::default()
        }
    );
    let after = Memory::default();
    let report = back(&after, &write(store(&storage), None, 5).unwrap());
    assert_eq!((report.texts, report.lost), (3, Vec::new()));
    assert_eq!(*after.texts.borrow(), *storage.texts.borrow());
}
