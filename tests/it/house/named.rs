//! The map and the guides for developers: every file and folder that they name is there, the map is
//! short, and the index is whole.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What looks like a path among the words in backticks of a text.
fn paths_of(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            is_code = !is_code;
            continue;
        }
        if is_code {
            continue;
        }
        let quoted = line.split('`').skip(1).step_by(2);
        found.extend(quoted.filter(|words| is_path(words)));
    }
    found
}

/// Paths have a slash or an ending of ours, and nothing that no path has.
fn is_path(words: &str) -> bool {
    const ENDINGS: [&str; 13] = [
        "rs", "md", "toml", "mjs", "js", "sh", "json", "css", "svg", "env", "html", "yml", "lock",
    ];
    let is_plain = words
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
    // `NAME` stands for any name.
    let is_pattern = words.split(['/', '.']).any(|part| {
        part.len() > 1
            && part.chars().all(|c| c.is_ascii_uppercase())
            && !["README", "ARCHITECTURE", "CONTRIBUTING", "SECURITY"].contains(&part)
    });
    let has_ending = Path::new(words)
        .extension()
        .is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one));
    let is_folder = words.ends_with('/') && words.len() > 1;
    is_plain && !is_pattern && !words.starts_with('/') && (has_ending || is_folder)
}

/// A path may begin at the root, or, in a sentence about a room, in any folder of the house.
fn is_there(path: &str, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| folder.join(path).exists())
}

fn add_folders(folder: &Path, found: &mut Vec<PathBuf>) {
    found.push(folder.to_owned());
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name();
        if entry.path().is_dir() && name != "node_modules" && name != "test-results" {
            add_folders(&entry.path(), found);
        }
    }
}

/// What is made, and is not in a fresh checkout.
const MADE: [&str; 7] = [
    "dist/",
    "target/",
    ".tools/",
    ".tools/logs/",
    ".tools/peers/",
    "e2e/test-results/",
    "target/serve/",
];

#[test]
fn every_file_that_the_documents_name_is_there() {
    let mut documents = vec![
        root().join("ARCHITECTURE.md"),
        root().join("CONTRIBUTING.md"),
    ];
    if let Ok(entries) = std::fs::read_dir(root().join("docs/dev")) {
        documents.extend(entries.flatten().map(|entry| entry.path()));
    }
    let mut folders = vec![root().to_owned()];
    for folder in ["src", "tests/it", "e2e", "public", "style"] {
        add_folders(&root().join(folder), &mut folders);
    }
    let mut missing = Vec::new();
    let mut looked_for = 0;
    for document in documents {
        let text = std::fs::read_to_string(&document).unwrap();
        for path in paths_of(&text) {
            looked_for += 1;
            if !MADE.contains(&path) && !is_there(path, &folders) {
                missing.push(format!("{}: {path}", document.display()));
            }
        }
    }
    assert!(looked_for > 50, "only {looked_for} paths were found");
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

/// The most words of the map: more is not a map. An algorithm has a file of its own in `docs/dev/`.
const MOST_WORDS: usize = 2_500;

#[test]
fn the_map_is_short() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let words = map.split_whitespace().count();
    assert!(
        words <= MOST_WORDS,
        "ARCHITECTURE.md has {words} words, {MOST_WORDS} at most: move what is not a map to docs/dev/"
    );
}

#[test]
fn the_index_names_every_guide_for_developers() {
    let folder = root().join("docs/dev");
    let index = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let missing: Vec<String> = names
        .filter(|name| name != "README.md" && !index.contains(&format!("]({name})")))
        .collect();
    assert!(missing.is_empty(), "not in docs/dev/README.md: {missing:?}");
}

#[test]
fn paths_are_told_from_other_words() {
    let text = "`src/model/` and `kernel.rs`, `tools.env`; not `Editor::handle`, `./dev test`, \
        `e2e/tests/*.spec.mjs`, `/`, `graphs/NAME.txt`, `NAME.rs` or `a / b`.\n```\n`no.rs`\n```\n";
    let found: Vec<&str> = paths_of(text).into_iter().collect();
    assert_eq!(found, ["kernel.rs", "src/model/", "tools.env"]);
    assert!(!is_there("no-such-file.rs", &[root().to_owned()]));
}
