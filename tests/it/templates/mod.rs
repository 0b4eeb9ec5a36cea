//! The ready diagrams of `public/templates`: what they say, and how they look.

mod archetypes;
mod legible;
mod looks;
mod models;
mod stories;
mod streams;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use loopstream::causal::{LoopAnalysis, LoopPolarity, LoopReport, Progress};
use loopstream::format::json;
use loopstream::model::{Delay, Document, Link, Polarity};
use serde_json::Value;

use archetypes::ARCHETYPES;
use models::{MODELS, ModelTemplate};
use streams::{STREAMS, StreamTemplate};
use table::{TABLE, Template};

/// The text of a file of `public/templates`.
fn text_of(file: &str) -> String {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/public/templates"));
    std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The loop diagrams, in the order of the index.
fn loop_diagrams() -> impl Iterator<Item = &'static Template> {
    TABLE.iter().chain(ARCHETYPES)
}

/// The files of loop diagrams and maps, in the order of the index.
pub fn diagrams() -> impl Iterator<Item = &'static str> {
    let loops = loop_diagrams().map(|Template { file, .. }| *file);
    loops.chain(STREAMS.iter().map(|StreamTemplate { file, .. }| *file))
}

/// Every file of the index, in its order.
pub fn files() -> impl Iterator<Item = &'static str> {
    diagrams().chain(MODELS.iter().map(|ModelTemplate { file, .. }| *file))
}

/// The document of a template, which must be read without a warning.
pub fn document_of(file: &str) -> Document {
    let opened = json::read(&text_of(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert_eq!(opened.warnings, [], "{file}");
    opened.document
}

fn loops_of(document: &Document) -> LoopReport {
    let mut analysis = LoopAnalysis::new(document, 100);
    while analysis.advance(100_000) == Progress::Unfinished {}
    analysis.report(document)
}

/// A link as the table writes it.
fn told(document: &Document, link: &Link) -> String {
    let name = |id| document.variables()[&id].name.as_str();
    let sign = match link.polarity {
        Polarity::Positive => "+",
        Polarity::Negative => "-",
        Polarity::Unknown => "?",
    };
    let delay = match link.delay {
        Delay::Delayed => " ||",
        Delay::None => "",
    };
    format!("{} {sign} {}{delay}", name(link.from), name(link.to))
}

#[test]
fn the_index_lists_every_template_as_it_is() {
    let index: Value = serde_json::from_str(&text_of("index.json")).unwrap();
    let rows = index.as_array().unwrap();
    let listed: Vec<&str> = rows
        .iter()
        .map(|row| row["file"].as_str().unwrap())
        .collect();
    assert_eq!(listed, files().collect::<Vec<_>>());
    for (row, file) in rows.iter().zip(files()) {
        let fields: BTreeSet<&str> = row
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let document = document_of(file);
        let model = MODELS.iter().find(|template| template.file == file);
        let loops = loop_diagrams().find(|template| template.file == file);
        let (kind, count, size) = match (loops, model) {
            (Some(template), _) => ("loops", "loops", template.loops.len()),
            (None, Some(template)) => ("model", "loops", template.loops),
            (None, None) => ("stream", "steps", streams::steps_of(&document).len()),
        };
        let mut expected = BTreeSet::from(["file", "kind", "title", "description", count]);
        let story = document.story_steps().len();
        if story > 0 {
            expected.insert("story");
            assert_eq!(row["story"], story, "{file}");
        }
        assert_eq!(fields, expected, "{file}");
        assert_eq!(row["kind"], kind, "{file}");
        assert_eq!(row["title"], document.properties().title.as_str());
        assert_eq!(row[count], size, "{file}");
        let description = row["description"].as_str().unwrap();
        assert!((40..=220).contains(&description.len()), "{description}");
        assert!(description.ends_with('.'), "{description}");
    }
}

#[test]
fn no_file_is_left_out_of_the_index() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/templates");
    let there: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|file| file != "index.json")
        .collect();
    let listed: BTreeSet<String> = files().map(str::to_owned).collect();
    assert_eq!(there, listed);
}

#[test]
fn every_template_has_exactly_the_links_of_the_table() {
    for Template { file, links, .. } in loop_diagrams() {
        let document = document_of(file);
        let drawn: Vec<String> = document
            .links()
            .values()
            .map(|l| told(&document, l))
            .collect();
        let drawn: BTreeSet<&str> = drawn.iter().map(String::as_str).collect();
        assert_eq!(drawn, links.iter().copied().collect(), "{file}");
        assert_eq!(document.links().len(), links.len(), "{file}");
    }
}

#[test]
fn every_template_has_exactly_the_loops_of_the_table() {
    for Template { file, loops, .. } in loop_diagrams() {
        let document = document_of(file);
        let found: BTreeMap<String, (LoopPolarity, Delay)> = loops_of(&document)
            .loops
            .iter()
            .map(|named| {
                let (_, label) = document
                    .label_of(&named.key)
                    .unwrap_or_else(|| panic!("{file}: {} has no name", named.code));
                (label.name.clone(), (named.polarity, named.delay))
            })
            .collect();
        let expected = loops
            .iter()
            .map(|(name, sign, delay)| ((*name).to_owned(), (*sign, *delay)));
        assert_eq!(found, expected.collect(), "{file}");
        // As many labels as loops, each of a loop: none is of something else.
        assert_eq!(document.loop_labels().len(), loops.len(), "{file}");
        assert!(
            document
                .loop_labels()
                .values()
                .all(|label| !label.remark.is_empty()),
            "{file}"
        );
    }
}

#[test]
fn every_template_has_a_title_of_its_own() {
    let titles: BTreeSet<String> = files()
        .map(|file| document_of(file).properties().title.clone())
        .collect();
    assert_eq!(titles.len(), files().count());
}

#[test]
fn every_loop_diagram_has_names_that_differ_and_a_reason() {
    for Template { file, .. } in loop_diagrams() {
        let document = document_of(file);
        let names: BTreeSet<&str> = document
            .variables()
            .values()
            .map(|v| v.name.as_str())
            .collect();
        assert_eq!(names.len(), document.variables().len(), "{file}");
        assert!(
            document
                .links()
                .values()
                .any(|link| !link.remark.is_empty()),
            "{file}"
        );
    }
}
