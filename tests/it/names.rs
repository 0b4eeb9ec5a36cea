//! Names in sentences: whatever language and case people typed, no sentence changes a letter.

use loopstream::editor::describe;
use loopstream::format::json;
use loopstream::model::{Document, Edit, Element, ElementKind};
use loopstream::worker::{ReportKind, Request};

use crate::worker::Desk;

/// German, Turkish, French and Arabic names, and ones whose case says what they are.
const NAMES: [&str; 10] = [
    "Überlast im Büro",
    "Bereitstellungsdauer",
    "İş yükü",
    "Isı farkı",
    "ısı kaybı",
    "iOS-Abstürze",
    "MTTR",
    "Éclairs",
    "Hot-fixes",
    "زمن الانتظار (Q4)",
];

/// Every template, with other names on its variables and steps.
fn renamed_templates() -> Vec<(String, Document)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/templates");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    let files = files.filter(|file| file.file_name() != "index.json");
    files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let mut document = json::read(&text).unwrap().document;
            let mut edit = Edit::new(&document);
            for (place, id) in document.ids().enumerate() {
                let other = format!("{} {place}", NAMES[place % NAMES.len()]);
                edit.change(id, |element| match element {
                    Element::Variable(variable) => variable.name = other,
                    Element::Station(station) => station.name = other,
                    _ => {}
                });
            }
            let patch = edit.finish();
            document.apply(&patch).unwrap();
            (file.file_name().into_string().unwrap(), document)
        })
        .collect()
}

/// Everything that is said of a document: each record in words, and every report.
fn said(document: &Document) -> Vec<String> {
    let mut said: Vec<String> = document.ids().map(|id| describe(document, id)).collect();
    let variables = document
        .ids()
        .filter(|id| document.kind_of(*id) == Some(ElementKind::Variable));
    let ends: Vec<_> = variables.take(2).collect();
    let mut desk = Desk::new(document.clone());
    for kind in ReportKind::ALL {
        for about in [vec![], ends.clone(), ends.iter().rev().copied().collect()] {
            said.push(format!("{:?}", desk.ask(Request::Report(kind, about))));
        }
    }
    said
}

#[test]
fn no_sentence_changes_the_case_of_a_name() {
    let mut met = 0;
    for (file, document) in renamed_templates() {
        for text in said(&document) {
            let folded = text.to_lowercase();
            for name in NAMES {
                let typed = text.matches(name).count();
                met += typed;
                let any = folded.matches(&name.to_lowercase()).count();
                assert_eq!(typed, any, "{file}: {name} in {text}");
            }
        }
    }
    assert!(met > 2_000, "{met}");
}
