//! Everything that reads what others wrote, as targets for a fuzzer.
//!
//! To add a reader, write one line in [`TARGETS`].

use loopstream::format::{
    Opened, ReadError, csv, dot, json, kumu, link, loopy, mermaid, open_text, read_patch, sage,
    sd_json, vensim, write_patch, xmile,
};
use loopstream::model::{Document, IdSource, Patch};
use loopstream::workbench::{Bench, Request, TableText};

/// A reader under a name, and what must hold of whatever it reads.
pub type Target = (&'static str, fn(&str));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("json", |text| opened(json::read(text))),
    ("patch", patched),
    ("loopy", |text| opened(loopy::read(text, &mut ids()))),
    ("sd-json", |text| opened(sd_json::read(text, &mut ids()))),
    ("csv", |text| opened(csv::read(text, &mut ids()))),
    ("kumu", |text| opened(kumu::read(text, &mut ids()))),
    ("sage", |text| opened(sage::read(text, &mut ids()))),
    ("dot", |text| opened(dot::read(text, &mut ids()))),
    ("mermaid", |text| opened(mermaid::read(text, &mut ids()))),
    ("vensim", |text| opened(vensim::read(text, &mut ids()))),
    ("xmile", |text| opened(xmile::read(text, &mut ids()))),
    ("link", unpacked),
    ("table", measured),
    ("svg", |text| drop(open_text(text, &mut ids()))),
    ("any", |text| drop(open_text(text, &mut ids()))),
];

/// The target of a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().copied().find(|(known, _)| *known == name)
}

fn ids() -> IdSource {
    IdSource::new(7)
}

/// What was read is a valid document, and keeps what it says when it is saved.
fn opened(read: Result<Opened, ReadError>) {
    match read {
        Ok(opened) => {
            let document = opened.document;
            let mut again = Document::default();
            again
                .apply(&Patch::between(&again, &document))
                .expect("what was read is a valid document");
            assert_eq!(again, document);
            let saved = json::read(&json::write(&document)).expect("what was read can be saved");
            assert_eq!(saved.document, document);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A link unpacks within its limits, or is refused.
fn unpacked(text: &str) {
    if let Ok(text) = link::unpack(text) {
        drop(json::read(&text));
    }
}

/// A table makes a form and, as it is guessed, a map.
fn measured(text: &str) {
    let mut bench = Bench::default();
    bench.take(Request::Document {
        revision: 1,
        seed: 7,
        text: json::write(&Document::default()),
    });
    bench.take(Request::Look(TableText {
        name: "table.csv".to_owned(),
        text: text.to_owned(),
        memory: String::new(),
    }));
    bench.take(Request::Fill("new map".to_owned(), String::new()));
}

/// What was read as a patch comes back when it is written.
fn patched(text: &str) {
    if let Ok(patch) = read_patch(text) {
        assert_eq!(read_patch(&write_patch(&patch)), Ok(patch.clone()));
        let mut document = Document::default();
        if document.apply(&patch).is_err() {
            assert_eq!(document, Document::default());
        }
    }
}
