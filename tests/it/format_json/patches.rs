//! Patches: how they look, that they come back, and their faults.

use loopstream::format::json::read;
use loopstream::format::{ReadError, read_patch, write_patch};
use loopstream::model::{Change, Patch};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::changes::patch_of;
use crate::common::document::{assert_valid, changes, document as any_document};
use crate::common::hostile::{damage, damaged};
use crate::format_json::WHOLE;

proptest! {
    #[test]
    fn patches_come_back_too(start in any_document(), changes in changes()) {
        let patch = patch_of(&start, &changes);
        for patch in [patch.inverted(), patch] {
            let text = write_patch(&patch);
            prop_assert!(!text.contains('\n'));
            prop_assert_eq!(read_patch(&text).unwrap(), patch);
        }
    }

    #[test]
    fn damaged_patches_are_read_or_refused(
        start in any_document(),
        changes in changes(),
        damage in vec(damage(), 1..4),
    ) {
        let text = damaged(&write_patch(&patch_of(&start, &changes)), &damage);
        if let Ok(patch) = read_patch(&text) {
            let mut document = start.clone();
            if document.apply(&patch).is_err() {
                prop_assert_eq!(&document, &start);
            }
            assert_valid(&document);
        }
    }
}

#[test]
fn a_patch_looks_like_this() {
    let document = read(WHOLE).unwrap().document;
    let mut patch = Patch::default();
    assert_eq!(
        write_patch(&patch),
        r#"{"format":"loopstream-patch","version":6}"#
    );
    let id = "ba".parse().unwrap();
    let change = Change {
        before: document.element(id),
        after: None,
    };
    patch.changes.insert(id, change);
    let mut after = document.properties().clone();
    after.title = "Calm".to_owned();
    patch.properties = Some((document.properties().clone(), after));
    let text = r#"{"format":"loopstream-patch","version":6,"title":["Deploy \"fear\"","Calm"],"changes":[{"id":"ba","before":{"link":{"from":"b","to":"a","polarity":"?"}}}]}"#;
    assert_eq!(write_patch(&patch), text);
    assert_eq!(read_patch(text), Ok(patch));
}

#[test]
fn faults_of_patches_are_named_too() {
    for (rest, message) in [
        (
            "\"title\":[\"a\"]",
            "title: a list of 2 is needed, not of 1",
        ),
        (
            "\"title\":[\"a\",1]",
            "title[1]: a text is needed, not a number",
        ),
        (
            "\"changes\":[{\"id\":\"a\",\"after\":{}}]",
            "changes[0].after: one of \"variable\", \"link\", \"note\", \"loop\", \"station\", \"flow\", \"judgement\", \"frame\", \"comment\", \"image\", \"improvement\", \"scenario\", \"story\", \"storyStep\", \"retrospective\", \"fact\", \"variation\", \"experiment\" is needed",
        ),
        (
            "\"changes\":[{\"id\":\"a\",\"after\":{\"note\":{\"text\":\"\",\"x\":0,\"y\":0},\"link\":1}}]",
            "changes[0].after.link is not a field of this version",
        ),
        (
            "\"changes\":[{\"id\":\"a\",\"before\":{\"note\":{\"text\":\"\",\"x\":0}}}]",
            "changes[0].before.note.y is missing",
        ),
        (
            "\"changes\":[{\"id\":\"a\"},{\"id\":\"a\"}]",
            "changes[1].id: another change has the id \"a\" already",
        ),
        ("\"undo\":true", "undo is not a field of this version"),
    ] {
        let text = format!("{{\"format\":\"loopstream-patch\",\"version\":2,{rest}}}");
        match read_patch(&text) {
            Err(ReadError::Invalid(faults)) => assert_eq!(faults.first.message, message),
            other => panic!("{rest}: {other:?}"),
        }
    }
    assert!(matches!(read_patch(WHOLE), Err(ReadError::OtherFormat(_))));
    let newer = r#"{"format":"loopstream-patch","version":7,"more":[]}"#;
    assert!(matches!(read_patch(newer), Err(ReadError::Newer { .. })));
}
