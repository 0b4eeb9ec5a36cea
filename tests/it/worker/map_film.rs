//! A run that is shown: its parts add up.

use std::collections::BTreeMap;

use loopstream::format::json;
use loopstream::model::{Document, Id};
use loopstream::scene::{Happening, Reel, ReelEnd, Stand, Whole};
use loopstream::worker::{FilmWanted, Request, ResponseBody, Showing};

use super::Desk;

fn begin(desk: &mut Desk) -> Option<Reel> {
    let wanted = FilmWanted {
        about: Vec::new(),
        showing: Showing::Today,
    };
    match desk.ask(Request::Film(wanted)).pop() {
        Some(ResponseBody::FilmBegins(name, reel)) => {
            assert_eq!(name, "Today");
            Some(reel)
        }
        Some(ResponseBody::NoFilm(blocks)) => {
            assert!(blocks.len() > 1, "{blocks:?}");
            None
        }
        other => panic!("{other:?}"),
    }
}

fn go_on(desk: &mut Desk) -> Reel {
    match desk.ask(Request::FilmOn).pop() {
        Some(ResponseBody::Film(reel)) => reel,
        other => panic!("{other:?}"),
    }
}

/// How places stand by counting who comes and goes.
#[derive(Default)]
struct Counted {
    by_moves: BTreeMap<Id, i64>,
    told: BTreeMap<Id, Stand>,
    whole: Whole,
    time: f64,
    moves: usize,
}

impl Counted {
    fn take(&mut self, document: &Document, reel: &Reel) {
        for event in &reel.events {
            assert!(event.time >= self.time, "{event:?} after {}", self.time);
            assert!(event.time <= reel.until);
            self.time = event.time;
            match event.what {
                Happening::Move(passage) => {
                    self.moves += 1;
                    if let Some(from) = passage.from {
                        *self.by_moves.entry(from).or_default() -= 1;
                    }
                    if let Some(to) = passage.to {
                        *self.by_moves.entry(to).or_default() += 1;
                    }
                    if let Some(flow) = passage.along {
                        assert!(document.flows()[&flow].kind.carries_work());
                    }
                }
                Happening::Stands(id, stand) => {
                    self.told.insert(id, stand);
                }
                Happening::Whole(whole) => self.whole = whole,
            }
        }
    }
}

/// Every map among the templates.
fn maps() -> Vec<(String, Document)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/public/templates");
    let files = std::fs::read_dir(folder).unwrap();
    let mut maps = Vec::new();
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if name == "index" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let document = json::read(&text).unwrap().document;
        if document
            .flows()
            .values()
            .any(|flow| flow.kind.carries_work())
        {
            maps.push((name, document));
        }
    }
    maps.sort_by(|one, other| one.0.cmp(&other.0));
    maps
}

#[test]
fn who_comes_and_goes_is_who_is_there() {
    let mut shown = 0;
    for (name, document) in maps() {
        let mut desk = Desk::new(document.clone());
        let Some(first) = begin(&mut desk) else {
            continue;
        };
        shown += 1;
        let mut counted = Counted::default();
        // What is there at the start has not moved.
        let start: BTreeMap<Id, i64> = first
            .events
            .iter()
            .take_while(|event| !matches!(event.what, Happening::Move(_)))
            .filter_map(|event| match event.what {
                Happening::Stands(id, stand) => Some((id, i64::from(stand.all()))),
                _ => None,
            })
            .collect();
        counted.by_moves.extend(start);
        counted.take(&document, &first);
        let mut last = first;
        for _ in 0..4 {
            if last.end != ReelEnd::GoesOn {
                break;
            }
            let next = go_on(&mut desk);
            assert!(next.until >= last.until, "{name}");
            counted.take(&document, &next);
            last = next;
        }
        assert!(counted.moves > 100, "{name} {}", counted.moves);
        assert!(counted.whole.left > 0, "{name}");
        for (id, stand) in &counted.told {
            let moved = counted.by_moves.get(id).copied().unwrap_or_default();
            assert_eq!(moved, i64::from(stand.all()), "{name} {id} {stand:?}");
        }
    }
    assert!(shown >= 4, "{shown}");
}

#[test]
fn the_same_run_begins_anew() {
    let (_, document) = maps()
        .into_iter()
        .find(|(name, _)| name == "hot-fix")
        .unwrap();
    let mut desk = Desk::new(document);
    let first = begin(&mut desk);
    assert!(first.is_some());
    go_on(&mut desk);
    assert_eq!(begin(&mut desk), first);
}

/// Two steps in a row, seven items before the first.
const BEGUN: &str = r#"{"format":"loopstream","version":6,"title":"Begun",
"stations":[
{"id":"in","name":"Ideas","kind":"supplier","x":0,"y":0},
{"id":"a","name":"Build","x":220,"y":0,"measures":{"processTime":{"measured":20,"unit":"min"},"workInProgress":{"measured":7}}},
{"id":"b","name":"Test","x":440,"y":0,"measures":{"processTime":{"measured":10,"unit":"min"}}},
{"id":"out","name":"Users","kind":"customer","x":660,"y":0,"measures":{"demand":{"measured":16,"unit":"per day"}}}],
"flows":[
{"id":"f","from":"in","to":"a","kind":"push"},
{"id":"g","from":"a","to":"b","kind":"push"},
{"id":"h","from":"b","to":"out","kind":"push"}]}"#;

#[test]
fn what_was_there_at_the_start_has_no_lead_time() {
    let mut desk = Desk::new(json::read(BEGUN).unwrap().document);
    let first = begin(&mut desk).unwrap();
    let mut whole = Whole::default();
    let mut came_out = Vec::new();
    for event in &first.events {
        if let Happening::Whole(next) = event.what {
            if next.left > whole.left {
                came_out.push(next.lead);
            }
            whole = next;
        }
    }
    // Who came first leaves first.
    assert!(came_out.len() > 20, "{}", came_out.len());
    assert_eq!(came_out[..7], [None; 7]);
    assert!(came_out[7..].iter().all(Option::is_some));
    // It waits for those seven: it takes longer than its work alone.
    let eighth = came_out[7].unwrap();
    assert!(eighth > 30.0 * 60.0 && eighth < 180.0 * 60.0, "{eighth}");
}
