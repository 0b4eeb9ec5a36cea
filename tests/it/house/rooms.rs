//! Which room uses which: no circles, the browser in `app` alone, and the floors of `app`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::paths::{Named, module_of, named};

/// The crates of the browser.
const BROWSER: &[&str] = &[
    "gloo",
    "icondata_core",
    "icondata_lu",
    "js_sys",
    "leptos",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// The programs, which are made of rooms and are none.
const PROGRAMS: [&str; 4] = [
    "main.rs",
    "bin/together.rs",
    "bin/worker.rs",
    "bin/worker/engine.rs",
];

/// The floors of `app`, from the ground up: a module may use those of its own floor and of the floors
/// below. Every module of `app` has one.
/// `mod` is `app/mod.rs` itself.
const FLOORS: &[&[&str]] = &[
    &["browser", "canvas", "text"],
    &["state"],
    &["services"],
    &["dispatch"],
    &["components", "mod"],
];

/// A file below `src`, and the paths in it.
struct File {
    name: String,
    module: Vec<String>,
    named: Vec<Named>,
}

impl File {
    fn read(name: &str, source: &str) -> Self {
        // A program is a module of its own: `crate` is not the library there.
        let module = module_of(name);
        let named = named(&module, source, BROWSER);
        Self {
            name: name.to_owned(),
            module,
            named,
        }
    }

    fn is_program(&self) -> bool {
        PROGRAMS.contains(&self.name.as_str())
    }
}

/// The modules that stand directly in a module; in none the rooms.
fn modules_in<'f>(files: &'f [File], parent: &[&str]) -> BTreeSet<&'f str> {
    let files = files.iter().filter(|file| !file.is_program());
    files
        .filter_map(|file| child_of(&file.module, parent))
        .collect()
}

/// The part of a path after that of a module, if it leads into it.
fn child_of<'p>(path: &'p [String], parent: &[&str]) -> Option<&'p str> {
    let (start, rest) = path.split_at_checked(parent.len())?;
    (start == parent).then_some(rest.first()?.as_str())
}

/// Which module of a parent names which other, and where it does so first.
fn uses<'f>(files: &'f [File], parent: &[&str]) -> BTreeMap<&'f str, BTreeMap<&'f str, String>> {
    let modules = modules_in(files, parent);
    let mut uses: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for file in files.iter().filter(|file| !file.is_program()) {
        let Some(module) = child_of(&file.module, parent) else {
            continue;
        };
        for one in file.named.iter().filter(|one| one.is_ours) {
            let other = child_of(&one.path, parent).unwrap_or_default();
            if other != module && modules.contains(other) {
                let others = uses.entry(module).or_default();
                others
                    .entry(other)
                    .or_insert_with(|| format!("src/{}:{}", file.name, one.line));
            }
        }
    }
    uses
}

/// A way from a room back to itself, if there is one.
fn circle<'f>(uses: &BTreeMap<&'f str, BTreeMap<&'f str, String>>) -> Option<Vec<&'f str>> {
    fn walk<'f>(
        uses: &BTreeMap<&'f str, BTreeMap<&'f str, String>>,
        way: &mut Vec<&'f str>,
        done: &mut BTreeSet<&'f str>,
    ) -> Option<Vec<&'f str>> {
        let here = *way.last()?;
        for &next in uses.get(here).into_iter().flat_map(BTreeMap::keys) {
            if let Some(start) = way.iter().position(|&room| room == next) {
                let mut circle = way[start..].to_vec();
                circle.push(next);
                return Some(circle);
            }
            if !done.contains(next) {
                way.push(next);
                let found = walk(uses, way, done);
                if found.is_some() {
                    return found;
                }
                way.pop();
            }
        }
        done.insert(here);
        None
    }
    let mut done = BTreeSet::new();
    uses.keys()
        .find_map(|&room| walk(uses, &mut vec![room], &mut done))
}

fn circle_in_words(uses: &BTreeMap<&str, BTreeMap<&str, String>>) -> Option<String> {
    let circle = circle(uses)?;
    let steps = circle.windows(2).map(|step| {
        let place = &uses[step[0]][step[1]];
        format!("{} uses {} ({place})", step[0], step[1])
    });
    Some(format!(
        "a circle: {}",
        steps.collect::<Vec<_>>().join(", ")
    ))
}

/// The module of `app` that a path is in.
fn part_of_app<'f>(path: &'f [String], parts: &BTreeSet<&str>) -> &'f str {
    match path.get(1) {
        Some(part) if parts.contains(part.as_str()) => part,
        _ => "mod",
    }
}

/// Everything that breaks a rule, in words.
fn faults(files: &[File], floors: &[&[&str]]) -> Vec<String> {
    let mut faults = Vec::new();
    let uses = uses(files, &[]);
    faults.extend(circle_in_words(&uses));
    for (room, others) in &uses {
        if let Some(place) = others.get("app") {
            faults.push(format!("{room} is below app and uses it ({place})"));
        }
    }
    for file in files {
        let is_of_app = file.module.first().is_some_and(|room| room == "app");
        let mut foreign = file.named.iter().filter(|one| !one.is_ours);
        if let Some(one) = foreign.next()
            && !is_of_app
            && !file.is_program()
        {
            let place = format!("src/{}:{}", file.name, one.line);
            faults.push(format!("only app knows {} ({place})", one.path.join("::")));
        }
    }
    if !floors.is_empty() {
        faults.extend(faults_of_floors(files, floors));
        faults.extend(circle_in_words(&self::uses(files, &["app", "services"])));
    }
    faults
}

fn faults_of_floors(files: &[File], floors: &[&[&str]]) -> Vec<String> {
    let of_app = || {
        let files = files.iter();
        files.filter(|file| file.module.first().is_some_and(|room| room == "app"))
    };
    let parts: BTreeSet<&str> = of_app()
        .filter_map(|file| file.module.get(1).map(String::as_str))
        .collect();
    let floor = |part: &str| floors.iter().position(|floor| floor.contains(&part));
    let without = parts.iter().filter(|part| floor(part).is_none());
    let mut faults: Vec<String> = without
        .map(|part| format!("app::{part} has no floor"))
        .collect();
    let gone = floors.iter().copied().flatten();
    let gone = gone.filter(|part| **part != "mod" && !parts.contains(*part));
    faults.extend(gone.map(|part| format!("app::{part} has a floor and is not there")));
    for file in of_app() {
        let from = part_of_app(&file.module, &parts);
        for one in file.named.iter().filter(|one| one.is_ours) {
            let is_of_app = one.path.first().is_some_and(|room| room == "app");
            let to = part_of_app(&one.path, &parts);
            if is_of_app && from != to && floor(from) < floor(to) {
                let place = format!("src/{}:{}", file.name, one.line);
                faults.push(format!(
                    "app::{from} is below app::{to} and uses it ({place})"
                ));
            }
        }
    }
    faults
}

fn read_folder(folder: &Path, below: &str, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".rs") {
            let source = std::fs::read_to_string(entry.path()).unwrap();
            files.push(File::read(&name, &source));
        }
    }
}

#[test]
fn rooms_use_each_other_as_the_map_says() {
    let mut files = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    read_folder(Path::new(folder), "", &mut files);
    assert!(modules_in(&files, &[]).len() > 10 && files.len() > 100);
    assert!(uses(&files, &[])["editor"].contains_key("model"));
    let uses = uses(&files, &[]);
    for room in ["scene", "editor", "store", "app"] {
        let place = uses[room].get("stream");
        assert_eq!(
            place, None,
            "{room} leaves the arithmetic of streams to the worker"
        );
    }
    let faults = faults(&files, FLOORS);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn small(sources: &[(&str, &str)]) -> Vec<File> {
    let sources = sources.iter();
    sources
        .map(|(name, source)| File::read(name, source))
        .collect()
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let sound = [
        ("lib.rs", "pub mod a; pub mod b; pub mod c;"),
        ("a/mod.rs", "mod inner; pub use inner::Inner;"),
        ("a/inner.rs", "use super::Other; // use crate::c::C;"),
        ("b.rs", "use crate::a::{self, Inner};"),
        ("c/deep/mod.rs", "fn f() { crate::b::g(); super::h(); }"),
    ];
    assert_eq!(faults(&small(&sound), &[]), [""; 0]);
    for planted in [
        "use crate::c::C;",
        "use crate::{model::{Id}, c::{self, D}};",
        "use super::super::c;",
        "fn f() -> crate::c::C { todo() }",
        "mod tests { use super::super::super::c::C; }",
    ] {
        let mut sources = sound.to_vec();
        sources.push(("a/planted.rs", planted));
        assert_eq!(
            faults(&small(&sources), &[]),
            [
                "a circle: a uses c (src/a/planted.rs:1), c uses b (src/c/deep/mod.rs:1), \
              b uses a (src/b.rs:1)"
            ],
            "{planted}"
        );
    }
}

#[test]
fn the_browser_and_app_are_found_in_other_rooms() {
    let files = small(&[
        (
            "main.rs",
            "use loopstream::app; use leptos::mount::mount_to_body;",
        ),
        (
            "app/mod.rs",
            "use leptos::prelude::*; use crate::model::Id;",
        ),
        ("model.rs", "fn now() -> f64 {\n js_sys::Date::now() }"),
        ("scene.rs", "use crate::app::App;"),
    ]);
    assert_eq!(
        faults(&files, &[]),
        [
            "a circle: app uses model (src/app/mod.rs:1)",
            "scene is below app and uses it (src/scene.rs:1)",
            "only app knows js_sys::Date::now (src/model.rs:2)",
        ][1..]
    );
}

#[test]
fn the_floors_of_app_are_held() {
    let floors: &[&[&str]] = &[&["state"], &["services"], &["mod", "panels", "gone"]];
    let files = small(&[
        (
            "app/mod.rs",
            "use panels::Panel; use crate::app::state::State;",
        ),
        (
            "app/state.rs",
            "use super::services::save; use crate::model::Id;",
        ),
        (
            "app/services/mod.rs",
            "use crate::app::{state::State, panels};",
        ),
        (
            "app/panels/list.rs",
            "use super::super::services; use crate::app::App;",
        ),
        ("app/stray.rs", ""),
        ("app/services/print.rs", "use super::files;"),
        ("app/services/files.rs", "use crate::app::services::print;"),
    ]);
    assert_eq!(
        faults(&files, floors),
        [
            "app::stray has no floor",
            "app::gone has a floor and is not there",
            "app::state is below app::services and uses it (src/app/state.rs:1)",
            "app::services is below app::panels and uses it (src/app/services/mod.rs:1)",
            "a circle: files uses print (src/app/services/files.rs:1), print uses files \
             (src/app/services/print.rs:1)",
        ]
    );
}
