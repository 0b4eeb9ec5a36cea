//! Every reader of the table with texts that somebody or something has damaged: an error with words,
//! or a valid document within its limits, and never a panic.
//!
//! `./dev fuzz` does the same with a million inputs a reader; what it finds belongs here.

use std::time::{Duration, Instant};

use crate::common::document::{assert_valid, document as any_document};
use crate::common::foreign::written;
use crate::common::hostile::{bombs, damage, damaged};
use loopstream::format::{READERS, Reader, WRITERS, json, sniff};
use loopstream::model::IdSource;
use proptest::collection::vec;
use proptest::prelude::*;

/// Texts of formats that are read and not written.
const READ_ONLY: &[&str] = &[
    r#"{"version":"1.27.0","filename":"m","nodes":[{"key":"Node-1","data":{"title":"a","x":1,"y":2,"isAccumulator":true}},{"key":"T","data":{"title":"t","x":5,"y":6}},{"key":"Node-2","data":{"title":"b","x":3,"y":4,"isAccumulator":true}}],"links":[{"sourceNode":"Node-1","targetNode":"Node-2","relation":{"type":"transfer","formula":"in"},"transferNode":"T"},{"sourceNode":"Node-2","targetNode":"T","relation":{"type":"range","text":"decrease","formula":"maxIn - in"},"reasoning":"r"}]}"#,
    "strict graph \"g\" { node [shape=plaintext]; subgraph c { label=x; a -- {b c:n} [label=<<b>-</b>>, dir=both] } a [shape=box] # c\n}",
    "%% c\ngraph TD; a[\"x#43;y\"]:::stock & b((b)) -- \"+ //\" --> c{d} -.-> e@{ shape: rect, label: \"f\" }\nsubgraph g\n a <--> b\nend\n",
    r#"{"elements":[{"label":"A","tags":["t"],"type":"Stock"},{"label":"B"}],"connections":[{"from":"A","to":"B","direction":"mutual","type":"+","delay":true}]}"#,
];

/// Reads a text by one reader: it refuses it in words, or gives a valid document that keeps what
/// it says when it is saved, and that is not larger than the text could ask for.
fn read(reader: &Reader, text: &str) {
    match (reader.read)(text, &mut IdSource::new(3)) {
        Ok(opened) => {
            assert_valid(&opened.document);
            assert!(opened.document.len() <= 2 * text.len(), "{}", reader.name);
            let saved = json::read(&json::write(&opened.document)).unwrap();
            assert_eq!(saved.document, opened.document, "{}", reader.name);
        }
        Err(error) => assert!(error.to_string().len() > 10, "{}", reader.name),
    }
    let _ = (reader.recognises)(text);
}

/// By every reader, also by those that would leave it to others.
fn read_by_all(text: &str) {
    for reader in READERS {
        read(reader, text);
    }
    let _ = sniff(text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn damaged_texts_of_every_writer_are_read_or_refused(
        document in any_document(),
        damages in vec(damage(), 1..5),
    ) {
        for writer in WRITERS {
            read_by_all(&damaged(&written(&document, writer.key).text, &damages));
        }
    }

    #[test]
    fn damaged_texts_of_what_is_only_read_are_read_or_refused(damages in vec(damage(), 1..5)) {
        for text in READ_ONLY {
            read_by_all(&damaged(text, &damages));
        }
    }

    #[test]
    fn any_text_after_any_head_is_read_or_refused(
        head in prop::sample::select(vec!["", "digraph {", "graph LR\n", "from,to\n", "[[", "{\"elements\":[", "{\"relationships\":["]),
        text in "[a-c{}\\[\\]()<>|&;:,#@.~=*/+\"'\\\\ \n\t-]{0,60}",
        tail in any::<String>(),
    ) {
        read_by_all(&format!("{head}{text}{tail}"));
    }
}

#[test]
fn bombs_are_refused_quickly() {
    for (what, text) in bombs() {
        for reader in READERS {
            let began = Instant::now();
            let read = (reader.read)(&text, &mut IdSource::new(3));
            if let Ok(opened) = read {
                assert!(
                    opened.document.len() <= 100_000,
                    "{what} by {}",
                    reader.name
                );
            }
            // In a build for tests, beside others; a hang would take minutes.
            let took = began.elapsed();
            assert!(
                took < Duration::from_secs(20),
                "{what} took {} {took:?}",
                reader.name
            );
        }
    }
}
