//! Whole models, of our own and on request by others: the links of each are those of its equations, or
//! what differs is told by name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{
    FileText, OpenError, open_text, signs_if_never_negative, text_of_file, vensim, xmile,
};
use loopstream::model::{Document, ForeignFormat, IdSource};

use crate::common::outside::shared_data;
use crate::models::oracle::{self, Model, plain};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| {
            ["mdl", "stmx", "xmile", "itmx"]
                .iter()
                .any(|one| ending == *one)
        }) {
            found.push(path);
        }
    }
}

/// A model: its name, its text, its document, and what was told of it.
type Whole = (String, String, Document, Vec<String>);

fn whole(name: &str, text: String) -> Result<Whole, OpenError> {
    let read = open_text(&text, &mut IdSource::new(5))?;
    let told = read.warnings.iter().map(ToString::to_string).collect();
    Ok((name.to_owned(), text, read.document, told))
}

/// The models of our own, with pipes, tables, several views and causes that are not drawn.
fn our_models() -> Vec<Whole> {
    let models = [
        ("tub.mdl", crate::format_vensim::TUB),
        ("cup.mdl", include_str!("../format_vensim/fixtures/cup.mdl")),
        (
            "epidemic.mdl",
            include_str!("../format_vensim/fixtures/epidemic.mdl"),
        ),
        (
            "hares.mdl",
            include_str!("../format_vensim/fixtures/hares.mdl"),
        ),
        ("tub.xmile", crate::format_xmile::TUB),
        (
            "cup.xmile",
            include_str!("../format_xmile/fixtures/cup.xmile"),
        ),
        (
            "cup-drawn.xmile",
            include_str!("../format_xmile/fixtures/cup-drawn.xmile"),
        ),
        (
            "epidemic.xmile",
            include_str!("../format_xmile/fixtures/epidemic.xmile"),
        ),
        (
            "three-parties.stmx",
            include_str!("../format_xmile/fixtures/three-parties.stmx"),
        ),
    ];
    let models = models.into_iter();
    models
        .map(|(name, text)| whole(name, text.to_owned()).unwrap())
        .collect()
}

/// The models of the shared data, those of the field among them.
fn models_by_others() -> Vec<Whole> {
    let mut paths = Vec::new();
    for folder in ["vensim", "xmile", "simulate", "field"] {
        files(&shared_data().join(folder), &mut paths);
    }
    paths.sort();
    assert!(
        !paths.is_empty(),
        "no models in {}",
        shared_data().display()
    );
    let mut models = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let FileText { text, .. } = text_of_file(&bytes, |_, _| None).unwrap();
        let name = path.strip_prefix(shared_data()).unwrap();
        let name = name.display().to_string();
        match whole(&name, text) {
            Ok(model) => models.push(model),
            Err(error) => {
                // Two files by others are no well-formed XML: it is told where.
                assert!(error.to_string().contains("(line "), "{name}: {error}");
                println!("{name}: {error}");
            }
        }
    }
    models
}

fn drawn(document: &Document) -> BTreeSet<(String, String)> {
    let name = |id| plain(&document.variables()[&id].name);
    let links = document.links().values();
    links.map(|link| (name(link.from), name(link.to))).collect()
}

#[test]
fn links_are_those_of_the_equations_or_what_differs_is_told() {
    assert_links(our_models());
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn links_of_models_by_others_are_those_of_the_equations_or_what_differs_is_told() {
    assert_links(models_by_others());
}

fn assert_links(models: Vec<Whole>) {
    let mut all = 0;
    for (file, text, document, told) in models {
        let is_vensim = document
            .source_text()
            .as_ref()
            .is_some_and(|source_text| source_text.format == ForeignFormat::Vensim);
        let Model {
            links,
            names,
            worked_out,
        } = if is_vensim {
            oracle::vensim(&text)
        } else {
            oracle::xmile(&text)
        };
        let drawn = drawn(&document);
        let variables = document.variables().values();
        let shown: BTreeSet<String> = variables.map(|variable| plain(&variable.name)).collect();
        let told_names: Vec<String> = told.iter().map(|told| plain(told)).collect();
        let is_told = |name: &str| told_names.iter().any(|told| told.contains(name));
        let without_sketch = !text.contains("\\\\\\---///");
        for (cause, effect) in links.difference(&drawn) {
            let hidden = [cause, effect]
                .into_iter()
                .filter(|name| !shown.contains(*name));
            let hidden: Vec<&String> = hidden.collect();
            assert!(
                // A table is not drawn where there is no sketch, and their number is told.
                !hidden.is_empty() && (without_sketch || hidden.iter().all(|name| is_told(name))),
                "{file}: {cause} > {effect} is not drawn, and not told: {told:?}"
            );
            all += 1;
        }
        for (cause, effect) in drawn.difference(&links) {
            // Of what has no equation the arrows are all that is known; a table is no variable of the
            // second reader.
            assert!(
                is_told(&format!("{cause} \u{2192} {effect}"))
                    || !names.contains(cause)
                    || !worked_out.contains(effect),
                "{file}: {cause} > {effect} is drawn, but in no equation, and not told: {told:?}"
            );
        }
        // No model with variables is empty, and every one comes back to the letter.
        assert!(
            names.is_empty() || !document.variables().is_empty(),
            "{file}"
        );
        let written = if is_vensim {
            vensim::write(&document).text
        } else {
            xmile::write(&document).text
        };
        assert!(
            written.contains(text.trim_start_matches('\u{FEFF}')) || text.contains("encoding="),
            "{file}"
        );
    }
    println!(
        "{all} links of equations are not drawn, since variables are in no view, and are told"
    );
}

/// How many loops have a sign and how many have none; and whether that is all of them.
fn loops(document: &Document) -> (u64, u64, bool) {
    let mut analysis = LoopAnalysis::new(document, 10);
    let progress = analysis.advance(20_000_000);
    let counts = analysis.report(document).counts;
    let known = counts.reinforcing + counts.balancing;
    (known, counts.undetermined, progress == Progress::Finished)
}

#[test]
fn most_loops_have_a_sign_if_no_quantity_is_negative() {
    assert_more_signs(our_models());
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn most_loops_of_models_by_others_have_a_sign_if_no_quantity_is_negative() {
    assert_more_signs(models_by_others());
}

fn assert_more_signs(models: Vec<Whole>) {
    let (mut before, mut after) = ([0; 2], [0; 2]);
    for (file, _, document, _) in models {
        let (known, unknown, is_all) = loops(&document);
        let mut assumed = document.clone();
        let start = std::time::Instant::now();
        if let Some(offered) = signs_if_never_negative(&document) {
            assumed.apply(&offered.patch).unwrap();
        }
        let took = start.elapsed().as_millis();
        let (more, fewer, is_all_after) = loops(&assumed);
        if known + unknown > 0 {
            println!(
                "{file}: {known} known and {unknown} unknown loops{}, {more} and {fewer} if nothing is \
                 negative ({took} ms)",
                if is_all { "" } else { " at least" }
            );
        }
        if is_all && is_all_after {
            assert_eq!(known + unknown, more + fewer, "{file}");
            assert!(fewer <= unknown, "{file}");
            before[0] += known;
            before[1] += unknown;
            after[0] += more;
            after[1] += fewer;
        }
    }
    println!("known and unknown: {before:?} as stated, {after:?} if nothing is negative");
    assert!(
        before[1] > 0 && after[0] * 2 > before[0] * 2 + before[1] / 4,
        "{before:?} {after:?}"
    );
}
