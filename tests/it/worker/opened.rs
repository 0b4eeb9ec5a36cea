//! What the worker keeps of what it has opened.

use loopstream::format::{Positions, json};
use loopstream::model::{Delay, Document, Patch, Polarity};
use loopstream::worker::{ReadFor, Request, ResponseBody};

use super::texts::{read, written};
use crate::worker::{Desk, diagram};

const P: Polarity = Polarity::Positive;
const NOW: Delay = Delay::None;

/// What becomes of a file that is opened.
fn open(desk: &mut Desk, name: &str, content: &[u8]) -> ResponseBody {
    let mut bodies = desk.ask(Request::ReadFile {
        content: content.to_vec(),
        name: name.to_owned(),
        purpose: ReadFor::Opening,
    });
    assert_eq!(bodies.len(), 1);
    bodies.remove(0)
}

#[test]
fn what_was_opened_is_kept_once_the_page_shows_it() {
    let mut desk = Desk::new(Document::default());
    let file = json::write(&diagram(&["batch size", "risk"], &[(0, 1, P, NOW)]));
    let mut openings = Vec::new();
    for (name, content) in [
        ("a-map.loopstream.json", file.as_bytes()),
        ("list.csv", b"from,to,sign\na,b,+\nb,c,-\n"),
    ] {
        let ResponseBody::Opened {
            opening, document, ..
        } = open(&mut desk, name, content)
        else {
            panic!("{name} was not opened");
        };
        openings.push((opening, document));
    }
    // A document without a title has that of its file, so that the page need not change it.
    assert_eq!(openings[0].1.properties().title, "a map");
    let (opening, shown) = openings.pop().unwrap();
    let kept = desk.bench.take(Request::Keep {
        opening,
        revision: 2,
        seed: 3,
    });
    assert_eq!(kept, []);
    desk.revision = 2;
    desk.document = shown;
    assert!(written(&mut desk, "csv").text.contains("b,c,"));
    let [ResponseBody::Link(packed)] = &desk.ask(Request::Link)[..] else {
        panic!("no link");
    };
    let text = loopstream::format::link::unpack(packed).unwrap();
    assert_eq!(json::read(&text).unwrap().document, desk.document);
    // It can be changed from there.
    let patch = Patch::default();
    assert_eq!(desk.bench.take(Request::Patch { revision: 3, patch }), []);
    // Neither what is kept already nor what another file followed can be kept.
    for opening in [opening, openings[0].0, 9] {
        let stale = desk.bench.take(Request::Keep {
            opening,
            revision: 4,
            seed: 3,
        });
        assert_eq!(stale[0].body, ResponseBody::Stale);
        assert_eq!(desk.bench.take(Request::Link)[0].body, ResponseBody::Stale);
    }
}

#[test]
fn what_is_pasted_is_not_kept() {
    let mut desk = Desk::new(Document::default());
    let ResponseBody::Opened { opening, .. } =
        read(&mut desk, "graph TD; A-->B;", ReadFor::Pasting)
    else {
        panic!("a flowchart was not read");
    };
    assert_eq!(opening, 0);
    let stale = desk.bench.take(Request::Keep {
        opening,
        revision: 2,
        seed: 3,
    });
    assert_eq!(stale[0].body, ResponseBody::Stale);
}

#[test]
fn a_file_of_our_own_opens_without_a_word_or_says_why_not() {
    let mut desk = Desk::new(Document::default());
    let document = diagram(&["batch size", "risk"], &[(0, 1, P, NOW)]);
    let text = json::write(&document);
    // Some programs put a mark in front that says how the text is encoded.
    for content in [text.clone(), format!("\u{feff}{text}")] {
        let ResponseBody::Opened {
            document: opened,
            report,
            positions,
            ..
        } = open(&mut desk, "mine", content.as_bytes())
        else {
            panic!("a file of our own was not opened");
        };
        assert_eq!((&opened, positions), (&document, Positions::Given));
        assert!(report.is_empty());
    }
    let ResponseBody::NotOpened { why, note, .. } =
        open(&mut desk, "mine", &text.as_bytes()[..text.len() - 4])
    else {
        panic!("a part of a file was opened");
    };
    assert!(why.starts_with("it cannot be read: "), "{why}");
    assert_eq!(note, None);
}
