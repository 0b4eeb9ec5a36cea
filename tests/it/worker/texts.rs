//! Texts of other programs, and links, as the worker reads and writes them.

use loopstream::editor::describe;
use loopstream::format::{Positions, WRITERS, json};
use loopstream::model::{Document, Id, IdSource};
use loopstream::scene::{PictureLook, Theme};
use loopstream::worker::{
    Block, List, ReadFor, ReportKind, Request, ResponseBody, Showing, WriteFor, Written,
};

use crate::worker::{Desk, complete};

#[test]
fn texts_of_other_formats_are_read_and_written() {
    let mut desk = Desk::new(Document::default());
    let table = "from,to,polarity,delay\na,b,+,\nb,a,-,yes\n";
    let ResponseBody::Opened {
        document,
        positions,
        report,
        ..
    } = read(&mut desk, table, ReadFor::Opening)
    else {
        panic!("a table was not opened");
    };
    assert_eq!(positions, Positions::Missing);
    assert!(report.losses.is_empty());
    assert_eq!(
        report.summary,
        "Read as a CSV list of links: 2 variables and 2 links."
    );
    assert_eq!(
        report.notes,
        [
            "Links: 1 positive, 1 negative, 1 delayed.",
            "The text has no positions, so the diagram was arranged.",
        ]
    );
    assert_eq!((document.variables().len(), document.links().len()), (2, 2));
    assert!(matches!(
        read(&mut desk, "Just words, with a comma", ReadFor::Pasting),
        ResponseBody::NotOpened { note: Some(_), .. }
    ));
    assert!(matches!(
        read(&mut desk, "Just words", ReadFor::Opening),
        ResponseBody::NotOpened { note: None, .. }
    ));

    let mut desk = Desk::new(document);
    for (key, expected) in [
        ("csv", "a,b,+"),
        ("dot", "digraph"),
        ("mermaid", "flowchart"),
        ("svg", "<svg"),
        ("loopstream", "\"format\": \"loopstream\""),
    ] {
        let written = written(&mut desk, key);
        assert!(written.text.contains(expected), "{written:?}");
    }
    let nothing = desk.ask(Request::Write {
        key: "none".to_owned(),
        purpose: WriteFor::Copying,
        look: PictureLook::plain(Theme::Light),
        only: Vec::new(),
        showing: Showing::Today,
    });
    assert_eq!(nothing, []);
}

#[test]
fn where_nothing_is_drawn_nothing_is_written() {
    let mut desk = Desk::new(Document::default());
    for (purpose, words) in [
        (WriteFor::Saving, "There is nothing to export yet."),
        (WriteFor::Copying, "There is nothing to copy yet."),
        (WriteFor::Printing, "There is nothing to print yet."),
        (WriteFor::Previewing, "There is nothing to show yet."),
    ] {
        let bodies = desk.ask(Request::Write {
            key: "svg".to_owned(),
            purpose,
            look: PictureLook::plain(Theme::Light),
            only: Vec::new(),
            showing: Showing::Today,
        });
        assert_eq!(bodies, [ResponseBody::Notice(words.to_owned())]);
    }
}

/// What becomes of a text.
pub(super) fn read(desk: &mut Desk, text: &str, purpose: ReadFor) -> ResponseBody {
    let mut bodies = desk.ask(Request::Read {
        text: text.to_owned(),
        name: "the text".to_owned(),
        purpose,
    });
    assert_eq!(bodies.len(), 1);
    bodies.remove(0)
}

#[test]
fn a_refusal_is_short_and_tells_more_to_who_asks() {
    let mut desk = Desk::new(Document::default());
    let ResponseBody::NotOpened { why, .. } = read(&mut desk, "Just words", ReadFor::Opening)
    else {
        panic!("words were opened");
    };
    let lines: Vec<&str> = why.lines().collect();
    assert_eq!(
        lines[0],
        "this seems to be plain text, which cannot be opened"
    );
    for format in ["SVG", "PNG", "Loopstream link", "Mermaid"] {
        assert!(
            lines[1..].iter().any(|line| line.contains(format)),
            "{format}"
        );
    }
}

#[test]
fn what_was_lost_is_told_before_what_was_opened() {
    let mut desk = Desk::new(Document::default());
    let rows: String = (0..12).map(|row| format!(",v{row},+\n")).collect();
    let table = format!("from,to,polarity\na,b,maybe\nb,a,-\n{rows}");
    let ResponseBody::Opened { report, .. } = read(&mut desk, &table, ReadFor::Opening) else {
        panic!("a list was not opened");
    };
    assert_eq!(report.losses[0], "13 things are missing or incomplete:");
    assert!(report.losses[1].starts_with("12 of 14 rows were not read: line 4 (from is empty)"));
    assert!(report.losses[2].starts_with("1 of 14 rows has a word that is not known: line 2"));
    assert_eq!(report.losses.len(), 3);
    assert_eq!(
        report.summary,
        "Read as a CSV list of links: 2 variables and 2 links."
    );
}

#[test]
fn a_list_with_a_row_for_each_person_is_no_table_of_moves() {
    let mut desk = Desk::new(Document::default());
    let list = "cause,effect,polarity,participant\nload,errors,positive,1\nerrors,load,positive,1\n\
                load,errors,positive,2\nerrors,load,positive,3\n";
    let ResponseBody::Opened { report, .. } = read(&mut desk, list, ReadFor::Opening) else {
        panic!("a list of links was not opened as one");
    };
    assert_eq!(
        report.summary,
        "Read as a CSV list of links: 2 variables and 2 links; 1 detail."
    );
}

#[test]
fn a_table_of_moves_is_not_pasted_as_links() {
    let mut desk = Desk::new(Document::default());
    let moves = "Item\tFrom\tTo\tWhen\n\
                 A\tBacklog\tBuild\t2026-11-02T08:00:00+01:00\n\
                 A\tBuild\tTest\t2026-11-03T08:00:00+01:00\n\
                 B\tBacklog\tBuild\t2026-11-03T09:00:00+01:00\n\
                 A\tTest\tDone\t2026-11-04T08:00:00+01:00\n";
    // They open the form of measured data.
    let ResponseBody::IsTable(_, text) = read(&mut desk, moves, ReadFor::Pasting) else {
        panic!("moves were pasted as links");
    };
    assert_eq!(text, moves);
}

#[test]
fn what_has_variables_never_opens_empty() {
    let mut desk = Desk::new(Document::default());
    let nothing = "flowchart LR\n  A[[unclosed --> B\n  --> --> C\n";
    let ResponseBody::NotOpened { why, .. } = read(&mut desk, nothing, ReadFor::Opening) else {
        panic!("an empty diagram was opened");
    };
    assert_eq!(
        why,
        "this seems to be a Mermaid flowchart, but nothing of it can be drawn: 2 lines were not \
         understood and were left out, the first is: A[[unclosed --> B"
    );
    // What has nothing in it is empty, and says so.
    let ResponseBody::Opened { report, .. } = read(&mut desk, "flowchart LR\n", ReadFor::Opening)
    else {
        panic!("a flowchart without nodes was not opened");
    };
    assert_eq!(
        report.summary,
        "Read as a Mermaid flowchart, but there is nothing in it to draw."
    );
}

#[test]
fn a_flowchart_on_one_line_is_pasted_as_a_diagram() {
    let mut desk = Desk::new(Document::default());
    let pasted = read(&mut desk, "graph TD; A-->B; B-->C;", ReadFor::Pasting);
    let ResponseBody::Opened { document, .. } = pasted else {
        panic!("{pasted:?}");
    };
    assert_eq!((document.variables().len(), document.links().len()), (3, 2));
}

/// The document as a writer of the table writes it.
pub(super) fn written(desk: &mut Desk, key: &str) -> Written {
    let bodies = desk.ask(Request::Write {
        key: key.to_owned(),
        purpose: WriteFor::Saving,
        look: PictureLook::plain(Theme::Light),
        only: Vec::new(),
        showing: Showing::Today,
    });
    match &bodies[..] {
        [ResponseBody::Written(written)] => written.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_picture_of_a_selection_is_that_part_of_the_whole() {
    let document = complete(4);
    let ring: Vec<Id> = document.variables().keys().copied().take(3).collect();
    let mut desk = Desk::new(document.clone());
    let mut svg = |only: Vec<Id>| {
        let bodies = desk.ask(Request::Write {
            key: "svg".to_owned(),
            purpose: WriteFor::Previewing,
            look: PictureLook::plain(Theme::Light),
            only,
            showing: Showing::Today,
        });
        match &bodies[..] {
            [ResponseBody::Written(written)] => written.text.clone(),
            other => panic!("{other:?}"),
        }
    };
    let (whole, part) = (svg(Vec::new()), svg(ring.clone()));
    let opened = |text: &str| {
        let mut ids = IdSource::new(0);
        loopstream::format::open_text(text, &mut ids)
            .unwrap()
            .document
    };
    assert_eq!(opened(&whole), document);
    let inside = opened(&part);
    assert!(inside.variables().keys().eq(ring.iter()));
    assert_eq!(inside.links().len(), 6);
    // Its loops are those of the whole, under their codes.
    let told = |text: &str| {
        let start = text.find("<desc>").unwrap();
        text[start..text.find("</desc>").unwrap()].to_owned()
    };
    let (whole, part) = (told(&whole), told(&part));
    for sentence in part.split(". ").skip(1) {
        assert!(whole.contains(sentence.trim_end_matches('.')), "{sentence}");
    }
    assert!(part.len() < whole.len());
}

#[test]
fn a_printed_stream_has_its_headline_its_figures_and_its_measures() {
    let template = include_str!("../../../public/templates/feature-to-production.json");
    let document = json::read(template).unwrap().document;
    let order = document.flow_order();
    let mut desk = Desk::new(document);
    let bodies = desk.ask(Request::Write {
        key: "svg".to_owned(),
        purpose: WriteFor::Printing,
        look: PictureLook::plain(Theme::Print),
        only: Vec::new(),
        showing: Showing::Today,
    });
    let [ResponseBody::Written(written)] = &bodies[..] else {
        panic!("{bodies:?}");
    };
    let [stream] = &written.streams[..] else {
        panic!("{:?}", written.streams);
    };
    assert!(
        stream.headline[0].contains("is the constraint"),
        "{stream:?}"
    );
    let lead_time = stream.figures.rows.iter().find(|row| row[0] == "Lead time");
    assert!(lead_time.is_some_and(|row| row[1].contains(" d") && !row[2].is_empty()));
    // In the order of flow, whatever the order of the ids.
    let names: Vec<&str> = stream
        .measures
        .rows
        .iter()
        .map(|row| row[0].as_str())
        .collect();
    let steps = order.iter().map(|id| describe(&desk.document, *id));
    let steps: Vec<String> = steps
        .filter(|name| names.contains(&name.as_str()))
        .collect();
    let listed = names
        .iter()
        .filter(|name| steps.iter().any(|step| step == *name));
    assert!(listed.eq(steps.iter()), "{names:?}");
    // Nothing else is asked for it.
    assert!(self::written(&mut desk, "svg").streams.is_empty());
}

#[test]
fn every_format_is_offered_by_its_key() {
    let mut desk = Desk::new(complete(2));
    let bodies = desk.ask(Request::Report(ReportKind::Writers, Vec::new()));
    let [ResponseBody::Report { blocks, .. }] = &bodies[..] else {
        panic!("{bodies:?}");
    };
    let [Block::List(List::Writers(rows))] = &blocks[..] else {
        panic!("{blocks:?}");
    };
    assert_eq!(rows.len(), WRITERS.len());
    for row in rows {
        assert_eq!(written(&mut desk, &row.key).name, row.name);
    }
}

#[test]
fn a_link_and_a_picture_carry_the_document() {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    let mut desk = Desk::new(complete(3));
    let bodies = desk.ask(Request::Link);
    let [ResponseBody::Link(packed)] = bodies.as_slice() else {
        panic!("{bodies:?}");
    };
    let text = loopstream::format::link::unpack(packed).unwrap();
    assert_eq!(json::read(&text).unwrap().document, desk.document);

    // A picture of one white pixel, made with the `zlib` and `struct` modules of Python.
    let pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==";
    let bodies = desk.ask(Request::Carry {
        picture: BASE64_STANDARD.decode(pixel).unwrap(),
        name: "ring.png".to_owned(),
        only: Vec::new(),
    });
    let [ResponseBody::File { name, content }] = bodies.as_slice() else {
        panic!("{bodies:?}");
    };
    assert_eq!(name, "ring.png");
    assert!(content.len() > 100);
    let bodies = desk.ask(Request::ReadFile {
        content: content.clone(),
        name: "ring.png".to_owned(),
        purpose: ReadFor::Opening,
    });
    let [ResponseBody::Opened { document, .. }] = bodies.as_slice() else {
        panic!("{bodies:?}");
    };
    // Without a title of its own it has that of the file.
    let mut expected = desk.document.clone();
    loopstream::format::entitle(&mut expected, "ring.png");
    assert_eq!(expected.properties().title, "ring");
    assert_eq!(document, &expected);
}

#[test]
fn a_binary_model_is_refused_with_how_to_save_it() {
    let mut desk = Desk::new(Document::default());
    let bytes: Vec<u8> = b"VMF\x01\0\0people\x02".repeat(30);
    let bodies = desk.ask(Request::ReadFile {
        name: "old.vmf".to_owned(),
        content: bytes,
        purpose: ReadFor::Opening,
    });
    let [ResponseBody::NotOpened { why, .. }] = bodies.as_slice() else {
        panic!("{bodies:?}");
    };
    assert!(why.contains("Save As") && why.contains(".mdl"), "{why}");
}
