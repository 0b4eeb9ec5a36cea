//! The native format: round trips, strictness with its exact words, and damaged input.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/document.rs"]
mod document;

use document::{assert_valid, changes, document as any_document, patch_of};
use loopstream::format::json::{self, read, read_within, write};
use loopstream::format::{Limits, OpenError, ReadError, open_text, read_patch, write_patch};
use loopstream::model::{Change, Document, IdSource, Patch};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

proptest! {
    #[test]
    fn what_is_written_is_read_back(document in any_document()) {
        let text = write(&document);
        let opened = read(&text).unwrap();
        prop_assert_eq!(&opened.document, &document);
        prop_assert!(opened.warnings.is_empty());
        prop_assert_eq!(write(&opened.document), text.clone());
        // However it comes: through a device that changes line ends, or opened by its content.
        prop_assert_eq!(&read(&text.replace('\n', "\r\n")).unwrap().document, &document);
        prop_assert_eq!(open_text(&text, &mut IdSource::new(1)).unwrap().document, document);
    }

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
    fn damaged_files_are_read_or_refused(document in any_document(), damage in vec(damage(), 1..4)) {
        let text = damaged(&write(&document), &damage);
        if let Ok(opened) = read(&text) {
            assert_valid(&opened.document);
            prop_assert_eq!(read(&write(&opened.document)).unwrap().document, opened.document);
        }
        let _ = open_text(&text, &mut IdSource::new(1)).map_err(|error| error.to_string());
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

    #[test]
    fn any_text_at_all_is_read_or_refused(text: String) {
        let _ = read(&text);
        let _ = read_patch(&text);
        let _ = open_text(&text, &mut IdSource::new(1));
    }
}

/// What can happen to a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Truncate(Index),
    Repeat(Index, usize),
    Swap(Index, Index),
    Drop(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        any::<Index>().prop_map(Damage::Truncate),
        (any::<Index>(), 1..200_usize).prop_map(|(at, bytes)| Damage::Repeat(at, bytes)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Damage::Swap(a, b)),
        any::<Index>().prop_map(Damage::Drop),
    ]
}

fn damaged(text: &str, damage: &[Damage]) -> String {
    let mut text = text.to_owned();
    for damage in damage {
        if text.is_empty() {
            break;
        }
        text = damaged_once(&text, damage);
    }
    text
}

fn damaged_once(text: &str, damage: &Damage) -> String {
    let mut bytes = text.as_bytes().to_vec();
    match damage {
        Damage::Flip(at, bit) => bytes[at.index(text.len())] ^= 1 << bit,
        Damage::Truncate(at) => bytes.truncate(at.index(text.len())),
        Damage::Repeat(at, length) => {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            let again = bytes[start..end].to_vec();
            bytes.splice(end..end, again);
        }
        Damage::Swap(a, b) => {
            let mut tokens = tokens(text);
            let (a, b) = (a.index(tokens.len()), b.index(tokens.len()));
            tokens.swap(a, b);
            return tokens.concat();
        }
        Damage::Drop(at) => {
            let mut tokens = tokens(text);
            tokens.remove(at.index(tokens.len()));
            return tokens.concat();
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Words, and single signs between them.
fn tokens(text: &str) -> Vec<&str> {
    text.split_inclusive(|c: char| !c.is_alphanumeric())
        .flat_map(|part| {
            let end = part.char_indices().next_back().map_or(0, |(at, _)| at);
            [&part[..end], &part[end..]]
        })
        .filter(|part| !part.is_empty())
        .collect()
}

/// A small file with every field, as it is written.
const WHOLE: &str = r#"{
  "format": "loopstream",
  "version": 4,
  "title": "Deploy \"fear\"",
  "variables": [
    {"id": "a", "name": "batch size", "x": 10, "y": -20.5},
    {"id": "b", "name": "risk", "kind": "stock", "x": 0, "y": 0, "layer": -1, "group": "g", "locked": true, "remark": "per\nrelease"}
  ],
  "links": [
    {"id": "ab", "from": "a", "to": "b", "polarity": "+", "delayed": true, "bend": 0.25, "remark": "more changes"},
    {"id": "ba", "from": "b", "to": "a", "polarity": "?"}
  ],
  "notes": [
    {"id": "n", "text": "", "x": 1, "y": 2},
    {"id": "o", "text": "é", "width": 300, "x": 1, "y": 2, "layer": 3}
  ],
  "loops": [
    {"id": "l", "links": ["ab", "ba"], "name": "Fear", "remark": "why", "badge": {"x": 5, "y": 0}}
  ]
}
"#;

#[test]
fn a_file_looks_like_this() {
    let opened = read(WHOLE).unwrap();
    assert_valid(&opened.document);
    assert_eq!(write(&opened.document), WHOLE);
    assert_eq!(opened.document.len(), 7);
}

#[test]
fn the_order_of_fields_and_records_is_free() {
    let other = r#"{"loops":[{"badge":{"y":0,"x":5},"remark":"why","name":"Fear","links":["ba","ab"],"id":"l"}],
        "notes":[{"y":2,"x":1,"text":"\u00e9","layer":3,"width":3e2,"id":"o"},{"id":"n","text":"","x":1,"y":2,"width":220,"locked":false}],
        "links":[{"to":"a","from":"b","polarity":"?","id":"ba","bend":0,"delayed":false,"remark":""},
            {"id":"ab","from":"a","to":"b","polarity":"+","delayed":true,"bend":0.25,"remark":"more changes"}],
        "variables":[{"id":"b","name":"risk","kind":"stock","x":0,"y":0,"layer":-1,"group":"g","locked":true,"remark":"per\nrelease"},
            {"id":"a","kind":"variable","name":"batch size","x":10,"y":-20.5,"layer":0}],
        "title":"Deploy \"fear\"","version":4,"format":"loopstream"}"#;
    assert_eq!(write(&read(other).unwrap().document), WHOLE);
}

/// Every way to be wrong: what is replaced in [`WHOLE`], by what, and what is said.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        r#""name": "batch size""#,
        r#""name": "batch size", "colour": "red""#,
        "variables[0].colour is not a field of this version (line 6, column 39)",
    ),
    (
        r#""title""#,
        r#""theme": 1, "title""#,
        "theme is not a field of this version (line 4, column 3)",
    ),
    (
        r#", "y": 0}}"#,
        r#", "y": 0, "z": 1}}"#,
        "loops[0].badge.z is not a field of this version (line 18, column 99)",
    ),
    (
        r#""to": "a""#,
        r#""to": "x9""#,
        "links[1].to: no variable has the id \"x9\" (line 11, column 37)",
    ),
    (
        r#""from": "b""#,
        r#""from": "n""#,
        "links[1].from: no variable has the id \"n\" (line 11, column 26)",
    ),
    (
        r#"["ab", "ba"]"#,
        r#"["ab", "b"]"#,
        "loops[0].links: no link has the id \"b\" (line 18, column 26)",
    ),
    (
        r#"["ab", "ba"]"#,
        r#"["ab", "ba", "ab"]"#,
        "loops[0].links[2]: the link \"ab\" is already in this loop (line 18, column 39)",
    ),
    (
        r#"["ab", "ba"]"#,
        "[]",
        "loops[0].links: a loop has one link at least (line 18, column 26)",
    ),
    (
        r#"["ab", "ba"]"#,
        r#"["ab", 7]"#,
        "loops[0].links[1]: an id in quotes is needed, not a number (line 18, column 33)",
    ),
    (
        r#"{"id": "l""#,
        r#"{"id": "k", "links": ["ba", "ab"]}, {"id": "l""#,
        "loops[1].links: loops[0] has the same links (line 18, column 62)",
    ),
    (
        r#""id": "n""#,
        r#""id": "ab""#,
        "notes[0].id: links[0] has the id \"ab\" already (line 14, column 12)",
    ),
    (
        r#""id": "ab", "#,
        "",
        "links[0].id is missing (line 10, column 5); and one more fault",
    ),
    (
        r#""id": "n""#,
        r#""id": "n n""#,
        "notes[0].id: \"n n\" is no id: an id has only letters a to z, A to Z and digits (line 14, column 12)",
    ),
    (
        r#", "polarity": "?""#,
        "",
        "links[1].polarity is missing (line 11, column 5)",
    ),
    (
        r#""polarity": "?""#,
        r#""polarity": "plus""#,
        "links[1].polarity: \"plus\" is not known; it can be \"+\", \"-\", \"?\" (line 11, column 54)",
    ),
    (
        r#""kind": "stock""#,
        r#""kind": "tank""#,
        "variables[1].kind: \"tank\" is not known; it can be \"variable\", \"stock\" (line 7, column 41)",
    ),
    (
        r#""x": 10"#,
        r#""x": "10""#,
        "variables[0].x: a number is needed, not a text (line 6, column 44)",
    ),
    (
        r#""x": 10"#,
        r#""x": 10000000.5"#,
        "variables[0].x: 10000000.5 is out of range; it goes from -10000000 to 10000000 (line 6, column 44)",
    ),
    (
        r#""bend": 0.25"#,
        r#""bend": -2.5"#,
        "links[0].bend: -2.5 is out of range; it goes from -2 to 2 (line 10, column 84)",
    ),
    (
        r#""bend": 0.25"#,
        r#""bend": null"#,
        "links[0].bend: a number is needed, not null (line 10, column 84)",
    ),
    (
        r#""width": 300"#,
        r#""width": 39"#,
        "notes[1].width: 39 is out of range; it goes from 40 to 2000 (line 15, column 39)",
    ),
    (
        r#""layer": 3"#,
        r#""layer": 3.5"#,
        "notes[1].layer: a whole number is needed, not 3.5 (line 15, column 69)",
    ),
    (
        r#""layer": 3"#,
        r#""layer": 3e9"#,
        "notes[1].layer: 3000000000 is out of range; it goes from -2147483648 to 2147483647 (line 15, column 69)",
    ),
    (
        r#""locked": true"#,
        r#""locked": "yes""#,
        "variables[1].locked: true or false is needed, not a text (line 7, column 103)",
    ),
    (
        r#""badge": {"x": 5, "y": 0}"#,
        r#""badge": [5, 0]"#,
        "loops[0].badge: an object is needed, not a list (line 18, column 82)",
    ),
    (
        r#", "y": 0}}"#,
        "}}",
        "loops[0].badge.y is missing (line 18, column 82)",
    ),
    (
        r#"  "title": "Deploy \"fear\"","#,
        "",
        "title is missing (line 1, column 1)",
    ),
    (
        r#""name": "risk""#,
        r#""name": "risk", "name": "fear""#,
        "the field \"name\" is given twice in one object (line 7, column 33)",
    ),
    (
        r#""version": 4"#,
        r#""version": "1""#,
        "version: a whole number is needed (line 3, column 14)",
    ),
    (
        r#""version": 4"#,
        r#""version": 0.5"#,
        "version: a whole number from 1 on is needed (line 3, column 14)",
    ),
    (
        r#"  "version": 4,"#,
        "",
        "version is missing (line 1, column 1)",
    ),
    (
        r#""version": 4"#,
        r#""version": 5"#,
        "this was saved by a newer version of Loopstream: it has format version 5, and up to version 4 can be read here",
    ),
    (
        r#""format": "loopstream""#,
        r#""format": "loopflow""#,
        "format: this is not \"loopstream\" (line 2, column 13)",
    ),
    (
        r#"  "format": "loopstream","#,
        "",
        "this is not of the format \"loopstream\": format is missing (line 1, column 1)",
    ),
    (
        "\n}\n",
        "\n",
        "the text ends where `,` or `}` is needed (line 20, column 1)",
    ),
    (
        "{\"id\": \"a\"",
        "7, {\"id\": \"a\"",
        "variables[0]: an object is needed, not a number (line 6, column 5)",
    ),
];

#[test]
fn every_fault_is_named_with_its_place() {
    for (from, to, message) in FAULTS {
        assert!(WHOLE.contains(from), "{from}");
        let text = WHOLE.replacen(from, to, 1);
        let error = read(&text).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(error, Err((*message).to_owned()), "{from} -> {to}");
    }
}

#[test]
fn too_long_texts_are_told() {
    let text = WHOLE.replacen("batch size", &"é".repeat(251), 1);
    assert_eq!(
        read(&text).map_err(|error| error.to_string()).map(|_| ()),
        Err("variables[0].name: the text has 502 bytes; at most 500 are allowed (line 6, column 25)".to_owned())
    );
}

#[test]
fn all_faults_are_collected_in_the_order_of_the_text() {
    let text = WHOLE
        .replacen("\"ab\", \"ba\"", "\"ab\", \"zz\"", 1)
        .replacen("\"x\": 10", "\"x\": false", 1)
        .replacen("\"stock\"", "\"tank\"", 1);
    let Err(ReadError::Invalid(faults)) = read(&text) else {
        panic!("it was read");
    };
    assert_eq!(faults.count(), 3);
    let places: Vec<usize> = faults
        .iter()
        .filter_map(|fault| fault.position.map(|position| position.line))
        .collect();
    assert_eq!(places, [6, 7, 18]);
    assert_eq!(
        faults.to_string(),
        "variables[0].x: a number is needed, not true or false (line 6, column 44); and 2 more faults"
    );

    let many = format!(
        r#"{{"format":"loopstream","version":4,"title":"","notes":[{}{{}}]}}"#,
        "1,".repeat(500)
    );
    let Err(ReadError::Invalid(faults)) = read(&many) else {
        panic!("it was read");
    };
    assert_eq!(faults.iter().count(), 100);
    assert_eq!(faults.count(), 504);
}

#[test]
fn a_newer_file_can_be_told_from_a_broken_one() {
    let text = WHOLE.replacen("\"version\": 4", "\"version\": 9e99", 1);
    assert_eq!(
        read(&text).map(|_| ()),
        Err(ReadError::Newer {
            version: u32::MAX,
            supported: json::VERSION
        })
    );
    assert!(matches!(
        open_text(&text, &mut IdSource::new(1)),
        Err(OpenError::Unreadable {
            error: ReadError::Newer { .. },
            ..
        })
    ));
}

#[test]
fn limits_hold() {
    let limits = |bytes, depth, values, records| Limits {
        bytes,
        depth,
        values,
        records,
    };
    assert!(read_within(WHOLE, &limits(WHOLE.len(), 4, 58, 7)).is_ok());
    for (limits, message) in [
        (
            limits(100, 4, 58, 7),
            format!(
                "the text has {} bytes; at most 100 can be read",
                WHOLE.len()
            ),
        ),
        (
            limits(9_999, 3, 58, 7),
            "lists and objects stand in each other more than 3 deep (line 18, column 26)"
                .to_owned(),
        ),
        (
            limits(9_999, 4, 57, 7),
            "there are more than 57 values (line 18, column 96)".to_owned(),
        ),
        (
            limits(9_999, 4, 58, 6),
            "loops: there are more than 6 records (line 17, column 12)".to_owned(),
        ),
    ] {
        let error = read_within(WHOLE, &limits).map(|_| ());
        assert_eq!(error.map_err(|error| error.to_string()), Err(message));
    }
}

#[test]
fn a_patch_looks_like_this() {
    let document = read(WHOLE).unwrap().document;
    let mut patch = Patch::default();
    assert_eq!(
        write_patch(&patch),
        r#"{"format":"loopstream-patch","version":4}"#
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
    let text = r#"{"format":"loopstream-patch","version":4,"title":["Deploy \"fear\"","Calm"],"changes":[{"id":"ba","before":{"link":{"from":"b","to":"a","polarity":"?"}}}]}"#;
    assert_eq!(write_patch(&patch), text);
    assert_eq!(read_patch(text), Ok(patch));
}

#[test]
fn faults_of_patches_are_named_too() {
    for (rest, message) in [
        (
            "\"title\":[\"a\"]",
            "title: two texts are needed, before and after",
        ),
        (
            "\"title\":[\"a\",1]",
            "title[1]: a text is needed, not a number",
        ),
        (
            "\"changes\":[{\"id\":\"a\",\"after\":{}}]",
            "changes[0].after: a variable, link, note, loop, station or flow is needed, not an object",
        ),
        (
            "\"changes\":[{\"id\":\"a\",\"after\":{\"note\":{\"text\":\"\",\"x\":0,\"y\":0},\"link\":1}}]",
            "changes[0].after.note is not a field of this version",
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
    let newer = r#"{"format":"loopstream-patch","version":5,"more":[]}"#;
    assert!(matches!(read_patch(newer), Err(ReadError::Newer { .. })));
}

#[test]
fn the_width_of_notes_that_say_none_belongs_to_the_format() {
    let document = read(WHOLE).unwrap().document;
    let id = "n".parse().unwrap();
    assert_eq!(document.notes()[&id].width, 220.0);
}

#[test]
fn what_cannot_be_opened_says_what_it_seems_to_be() {
    let opened = |text: &str| {
        open_text(text, &mut IdSource::new(1))
            .map(|opened| opened.document)
            .map_err(|error| error.to_string())
    };
    let can = "what can be opened is a Loopstream file, a Vensim model, an XMILE model, a LOOPY link or its text, an SD-JSON model or a CSV list of links";
    for (text, seems) in [
        ("", "an empty text"),
        (" \n", "an empty text"),
        ("hello", "plain text"),
        ("{\"elements\":[]}", "JSON of another program"),
        ("[1, 2]", "JSON of another program"),
        ("<svg xmlns=\"\">", "an SVG picture"),
        ("<!DOCTYPE html>", "a web page"),
        ("<a/>", "XML of another program"),
        ("digraph { a -> b }", "a Graphviz graph"),
        ("flowchart LR", "a Mermaid diagram"),
        ("https://ncase.me/loopy/", "a link without a diagram in it"),
        ("%PDF-1.7", "a PDF"),
        ("PK\u{3}\u{4}", "an archive or an office document"),
        (
            "\u{FFFD}PNG\r\n",
            "a picture or another file that is not text",
        ),
    ] {
        assert_eq!(
            opened(text),
            Err(format!("this seems to be {seems}; {can}"))
        );
    }
    assert_eq!(
        opened("{\"format\" : \"loopstream\",").map(|_| ()),
        Err(
            "this seems to be a Loopstream file, but it cannot be read: the text ends where the \
             name of a field in quotes is needed (line 1, column 26)"
                .to_owned()
        )
    );
    assert_eq!(
        opened(&write(&Document::default())),
        Ok(Document::default())
    );
}

/// The blocks of JSON in the description of the format.
fn described() -> Vec<&'static str> {
    let description = include_str!("../docs/format.md");
    description
        .split("```json\n")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .collect()
}

#[test]
fn the_examples_of_the_description_are_as_they_are_written() {
    let [file, stream, patch] = described()[..] else {
        panic!("an example went missing");
    };
    for file in [file, stream] {
        assert_eq!(write(&read(file).unwrap().document), file);
    }
    assert_eq!(
        write_patch(&read_patch(patch.trim_end()).unwrap()),
        patch.trim_end()
    );
}
