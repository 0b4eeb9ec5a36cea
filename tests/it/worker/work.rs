//! What the worker does.

use loopstream::causal::{LoopOrder, LoopPolarity};
use loopstream::format::{Positions, WRITERS, json};
use loopstream::layout::Arrange;
use loopstream::model::{
    Aim, Decision, Delay, Document, Edit, Element, FindingReview, Id, Patch, Polarity, Variable,
    Vector,
};
use loopstream::scene::Theme;
use loopstream::worker::{
    Block, Certainty, Drive, List, ListingState, LoopFilter, LoopKind, LoopWindow, ReadFor,
    ReportKind, Request, ResponseBody, Row, RowCommand, RowKind, Work, WorkerState, WriteFor,
    Written,
};

use crate::common::graphs::loops_of_complete;
use crate::worker::{Desk, complete, diagram};

const P: Polarity = Polarity::Positive;
const N: Polarity = Polarity::Negative;
const NOW: Delay = Delay::None;
const LATER: Delay = Delay::Delayed;

fn window(filter: LoopFilter, first: u64, count: u64) -> Request {
    Request::Loops(LoopWindow {
        filter,
        first,
        count,
    })
}

fn rows(bodies: &[ResponseBody]) -> Vec<&Row> {
    let reports = bodies.iter().filter_map(|bodies| match bodies {
        ResponseBody::Report { blocks, .. } => Some(blocks),
        _ => None,
    });
    let rows = reports.flatten().flat_map(|block| match block {
        Block::Row(row) => std::slice::from_ref(row),
        Block::Disclosure(disclosure) => disclosure.rows.as_slice(),
        _ => &[],
    });
    rows.collect()
}

/// The fixes and answers of the rows do what they say: the patch applies.
fn apply(document: &Document, row: &Row, label: &str) -> Document {
    let action = row.actions.iter().find(|action| action.label == label);
    let action = action.unwrap_or_else(|| panic!("{label} is not among {:?}", row.actions));
    let RowCommand::Patch(patch) = &action.command else {
        panic!("{label} is no change");
    };
    let mut document = document.clone();
    document.apply(patch).unwrap();
    document
}

#[test]
fn loops_are_counted_then_listed_and_the_page_gets_the_shortest() {
    let mut desk = Desk::new(complete(8));
    let all = loops_of_complete(8);
    let bodies = desk.ask(Request::Search);
    let counts = bodies.iter().find_map(|bodies| match bodies {
        ResponseBody::Counts(counts) => Some(counts),
        _ => None,
    });
    let counts = counts.unwrap();
    assert_eq!(
        (counts.total.as_str(), counts.certainty),
        (all.to_string().as_str(), Certainty::Exact)
    );
    let Some(ResponseBody::Listing(last)) = bodies
        .iter()
        .rfind(|bodies| matches!(bodies, ResponseBody::Listing(_)))
    else {
        panic!("{bodies:?}");
    };
    assert_eq!((last.listed, last.state), (all, ListingState::Done));
    let shortest = bodies.iter().find_map(|bodies| match bodies {
        ResponseBody::Shortest(loops) => Some(loops),
        _ => None,
    });
    let lengths: Vec<usize> = shortest.unwrap().iter().map(Vec::len).collect();
    assert_eq!(lengths.len(), 1_000);
    assert!(lengths.is_sorted() && lengths[0] == 2);
}

#[test]
fn a_window_shows_any_part_of_the_list_in_either_order() {
    let mut desk = Desk::new(complete(7));
    desk.ask(Request::Search);
    let all = loops_of_complete(7);
    let part = |desk: &mut Desk, filter: LoopFilter, first| {
        let bodies = desk.ask(window(filter, first, 10));
        match &bodies[..] {
            [ResponseBody::Loops { total, rows, .. }] => (*total, rows.clone()),
            other => panic!("{other:?}"),
        }
    };
    let (total, shortest) = part(&mut desk, LoopFilter::default(), 0);
    assert_eq!((total, shortest.len()), (all, 10));
    assert_eq!(shortest[0].links.len(), 2);
    let longest = LoopFilter {
        order: LoopOrder::LongestFirst,
        ..LoopFilter::default()
    };
    assert_eq!(part(&mut desk, longest, 0).1[0].links.len(), 7);
    assert_eq!(part(&mut desk, LoopFilter::default(), all - 3).1.len(), 3);

    let reinforcing = LoopFilter {
        kind: LoopKind::Reinforcing,
        ..LoopFilter::default()
    };
    let balancing = LoopFilter {
        kind: LoopKind::Balancing,
        ..LoopFilter::default()
    };
    let (of_r, found) = part(&mut desk, reinforcing, 5);
    assert!(
        found
            .iter()
            .all(|row| row.polarity == LoopPolarity::Reinforcing)
    );
    assert_eq!(of_r + part(&mut desk, balancing, 0).0, all);

    // Of at most three links: pairs, and triples either way round.
    for order in [LoopOrder::ShortestFirst, LoopOrder::LongestFirst] {
        let short = LoopFilter {
            longest: Some(3),
            order,
            ..LoopFilter::default()
        };
        let (total, found) = part(&mut desk, short, 0);
        assert_eq!(total, 21 + 70);
        assert!(found.iter().all(|row| row.links.len() <= 3));
        let first = if order == LoopOrder::ShortestFirst {
            2
        } else {
            3
        };
        assert_eq!(found[0].links.len(), first);
    }

    // By a name, and through a variable: the same loops.
    let named = LoopFilter {
        words: "v3".to_owned(),
        ..LoopFilter::default()
    };
    let through = LoopFilter {
        through: Some(Id::from_bits(4)),
        ..LoopFilter::default()
    };
    let with = part(&mut desk, named, 0);
    assert_eq!(with, part(&mut desk, through, 0));
    assert_eq!(with.0, all - loops_of_complete(6));
}

#[test]
fn a_listing_is_paused_and_stopped_and_what_was_found_stays() {
    let mut desk = Desk::new(complete(14));
    let mut bodies = desk.bench.take(Request::Search);
    let state = |bodies: &[loopstream::worker::Response]| {
        bodies.iter().rev().find_map(|answer| match &answer.body {
            ResponseBody::Listing(listing) => Some((listing.state, listing.listed)),
            _ => None,
        })
    };
    // Past the count, into the listing.
    while state(&bodies).is_none_or(|(_, listed)| listed < 1_000) {
        bodies.extend(desk.bench.advance(100_000));
        assert_eq!(desk.bench.work(), Work::Waits);
    }
    let paused = desk.bench.take(Request::Drive(Drive::Pause));
    assert_eq!(state(&paused).unwrap().0, ListingState::Paused);
    // The count goes on to its end, the list stays as it is.
    while desk.bench.work() == Work::Waits {
        let told = desk.bench.advance(1_000_000);
        assert!(
            told.iter()
                .all(|answer| matches!(answer.body, ResponseBody::Counts(_)))
        );
    }
    let listed = state(&paused).unwrap().1;
    let going = desk.bench.take(Request::Drive(Drive::Resume));
    assert_eq!(state(&going).unwrap(), (ListingState::Running, listed));
    assert_eq!(desk.bench.work(), Work::Waits);
    let stopped = desk.ask(Request::Drive(Drive::Stop));
    assert!(
        stopped
            .iter()
            .any(|bodies| matches!(bodies, ResponseBody::Shortest(loops) if loops.len() == 1_000))
    );
    let part = desk.ask(window(LoopFilter::default(), 0, 5));
    assert!(matches!(&part[..], [ResponseBody::Loops { rows, .. }] if rows.len() == 5));
}

#[test]
fn the_page_sends_patches_and_hears_when_they_do_not_fit() {
    let document = diagram(&["a", "b"], &[(0, 1, P, NOW)]);
    let mut desk = Desk::new(document);
    let mut edit = Edit::new(&desk.document);
    edit.set(
        Id::from_bits(3),
        Some(Element::Variable(Variable::default())),
    );
    let patch = edit.finish();
    assert_eq!(
        desk.bench.take(Request::Patch {
            revision: 2,
            patch: patch.clone()
        }),
        []
    );
    desk.revision = 2;
    assert!(written(&mut desk, "csv").text.contains("unnamed"));
    // The same again cannot be made.
    let again = desk.bench.take(Request::Patch {
        revision: 3,
        patch: patch.clone(),
    });
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].body, ResponseBody::Stale);
    let refused = desk
        .bench
        .take(Request::Report(ReportKind::Checks, Vec::new()));
    assert_eq!(refused[0].body, ResponseBody::Stale);
    // So is one that comes too late or too soon.
    let mut desk = Desk::new(Document::default());
    let late = desk.bench.take(Request::Patch {
        revision: 7,
        patch: Patch::default(),
    });
    assert_eq!(late[0].body, ResponseBody::Stale);
}

#[test]
fn findings_are_marked_fixed_and_answered() {
    let document = diagram(
        &["lack of trust", "speed"],
        &[(0, 1, P, NOW), (1, 0, N, NOW)],
    );
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
    let about = Id::from_bits(1);
    let marks = bodies.iter().find_map(|bodies| match bodies {
        ResponseBody::Marks(marks) => Some(marks),
        _ => None,
    });
    assert!(marks.unwrap().iter().any(|(id, _)| *id == about));
    let rows_of = rows(&bodies);
    let negative = rows_of.iter().find(|row| row.about == [about]).unwrap();
    assert_eq!(negative.kind, RowKind::Warning);
    let fixed = apply(&document, negative, &negative.actions[0].label);
    assert_eq!(fixed.variables()[&about].name, "trust");
    let answered = apply(&document, negative, "Intended");
    let (_, review) = answered.reviews().iter().next().unwrap();
    assert_eq!(
        (review.topic.as_str(), review.decision),
        ("check/negative-name", Decision::Dismissed)
    );

    let mut desk = Desk::new(answered.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
    let rows_of = rows(&bodies);
    let same: Vec<_> = rows_of
        .iter()
        .filter(|row| row.title == negative.title)
        .collect();
    assert_eq!((same.len(), same[0].kind), (1, RowKind::Answered));
    assert_eq!(apply(&answered, same[0], "Ask again").reviews().len(), 0);
}

#[test]
fn archetypes_are_suggested_completed_and_answered() {
    let names = ["outages", "heroics", "sharing"];
    let links = [
        (0, 1, P, NOW),
        (1, 0, N, NOW),
        (0, 2, P, NOW),
        (2, 0, N, LATER),
        (1, 2, N, NOW),
    ];
    let document = diagram(&names, &links);
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Archetypes, Vec::new()));
    let rows_of = rows(&bodies);
    let burden = rows_of
        .iter()
        .find(|row| row.title == "Shifting the burden")
        .unwrap();
    assert!(
        burden
            .text
            .starts_with("Consistent with shifting the burden"),
        "{}",
        burden.text
    );
    let yes = apply(&document, burden, "Yes, that's us");
    let (_, review) = yes.reviews().iter().next().unwrap();
    assert_eq!(
        review,
        &FindingReview::new(
            "archetype/shifting-the-burden",
            (1..=3).map(Id::from_bits),
            Decision::Agreed
        )
    );
    let mut desk = Desk::new(yes);
    let bodies = desk.ask(Request::Report(ReportKind::Archetypes, Vec::new()));
    let rows_of = rows(&bodies);
    let burden = rows_of
        .iter()
        .find(|row| row.title == "Shifting the burden")
        .unwrap();
    assert_eq!(burden.code, "✓");

    // Without its delay it is a near match, and the missing mark is one press away.
    let undelayed: Vec<_> = links
        .iter()
        .map(|(from, to, sign, _)| (*from, *to, *sign, NOW))
        .collect();
    let document = diagram(&names, &undelayed);
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Report(ReportKind::Archetypes, Vec::new()));
    let rows_of = rows(&bodies);
    let near = rows_of
        .iter()
        .find(|row| row.title == "Shifting the burden")
        .unwrap();
    assert_eq!(near.kind, RowKind::Hint);
    let completed = apply(&document, near, "Add what is missing");
    assert_eq!(completed.links()[&Id::from_bits(1_004)].delay, LATER);
}

#[test]
fn a_goal_parts_the_loops_and_names_what_would_be_gamed() {
    // Shortcuts raise velocity now and, by way of debt, lower it later.
    let names = ["pressure", "shortcuts", "velocity", "debt", "gap"];
    let links = [
        (4, 0, P, NOW),
        (0, 1, P, NOW),
        (1, 2, P, NOW),
        (2, 4, N, NOW),
        (1, 3, P, LATER),
        (3, 2, N, NOW),
    ];
    let mut document = diagram(&names, &links);
    let mut edit = Edit::new(&document);
    edit.change(Id::from_bits(3), |element| {
        if let Element::Variable(variable) = element {
            variable.aim = Some(Aim::Rise);
        }
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let mut desk = Desk::new(document);
    let bodies = desk.ask(Request::Report(ReportKind::Leverage, Vec::new()));
    let rows_of = rows(&bodies);
    let about = |row: &&&Row| row.about.len();
    let serving: Vec<_> = rows_of
        .iter()
        .filter(|row| row.kind == RowKind::Reinforcing)
        .collect();
    let against: Vec<_> = rows_of
        .iter()
        .filter(|row| row.kind == RowKind::Balancing)
        .collect();
    assert_eq!(serving.iter().map(about).collect::<Vec<_>>(), [5]);
    assert_eq!(against.iter().map(about).collect::<Vec<_>>(), [4]);
    let mut hints = rows_of.iter().filter(|row| row.kind == RowKind::Hint);
    let gamed = hints.find(|row| row.title == "velocity").unwrap();
    assert!(
        gamed.text.contains("shortcuts") && gamed.text.contains("later"),
        "{}",
        gamed.text
    );
    // Then everything in an order, with exact numbers of loops.
    let first = rows_of.iter().find(|row| row.code == "1").unwrap();
    assert!(first.text.contains("2 loops"), "{}", first.text);
}

#[test]
fn a_trace_shows_causes_uses_and_why_a_net_effect_is_not_determined() {
    let document = diagram(
        &["a", "b", "c"],
        &[(0, 1, P, NOW), (1, 2, P, NOW), (0, 2, N, NOW)],
    );
    let mut desk = Desk::new(document);
    let [a, c] = [1, 3].map(Id::from_bits);
    let of_c = desk.ask(Request::Report(ReportKind::Trace, vec![c]));
    let titles: Vec<&str> = rows(&of_c).iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["a", "b", "a"]);
    let ways = desk.ask(Request::Report(ReportKind::Trace, vec![a, c]));
    let rows_of = rows(&ways);
    assert_eq!(rows_of[0].kind, RowKind::Undetermined);
    assert!(
        rows_of[0].title.to_lowercase().contains("because"),
        "{}",
        rows_of[0].title
    );
    assert_eq!(rows_of.len(), 3);
    let nothing = desk.ask(Request::Report(ReportKind::Trace, Vec::new()));
    assert!(rows(&nothing).is_empty());
}

#[test]
fn the_loop_sets_are_listed_with_how_they_differ() {
    let mut desk = Desk::new(complete(5));
    let bodies = desk.ask(Request::Report(ReportKind::LoopSets, Vec::new()));
    // 20 links, 5 variables: each set has 16 loops.
    assert_eq!(rows(&bodies).len(), 32);
}

#[test]
fn a_diagram_is_arranged_by_a_patch_that_fits() {
    let document = complete(6);
    let sizes = document
        .variables()
        .keys()
        .map(|id| (*id, Vector::new(60.0, 24.0)));
    let sizes: Vec<(Id, Vector)> = sizes.collect();
    let mut desk = Desk::new(document.clone());
    let bodies = desk.ask(Request::Arrange {
        mode: Arrange::Afresh,
        only: Vec::new(),
        sizes,
    });
    let Some(ResponseBody::Arranged(patch)) = bodies.last() else {
        panic!("{bodies:?}");
    };
    let mut arranged = document;
    arranged.apply(patch).unwrap();
    let mut places: Vec<_> = arranged
        .variables()
        .values()
        .map(|v| v.placement.position)
        .collect();
    places.dedup();
    assert_eq!(places.len(), 6);
}

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
        theme: Theme::Light,
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
    ] {
        let bodies = desk.ask(Request::Write {
            key: "svg".to_owned(),
            purpose,
            theme: Theme::Light,
        });
        assert_eq!(bodies, [ResponseBody::Notice(words.to_owned())]);
    }
}

/// What becomes of a text.
fn read(desk: &mut Desk, text: &str, purpose: ReadFor) -> ResponseBody {
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
fn written(desk: &mut Desk, key: &str) -> Written {
    let bodies = desk.ask(Request::Write {
        key: key.to_owned(),
        purpose: WriteFor::Saving,
        theme: Theme::Light,
    });
    match &bodies[..] {
        [ResponseBody::Written(written)] => written.clone(),
        other => panic!("{other:?}"),
    }
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
fn a_change_of_the_document_ends_what_was_under_way() {
    let mut desk = Desk::new(complete(14));
    desk.bench.take(Request::Search);
    desk.bench.advance(1_000);
    desk.bench.take(Request::Patch {
        revision: 2,
        patch: Patch::default(),
    });
    assert_eq!(desk.bench.work(), Work::None);
    assert_eq!(WorkerState::default().work(), Work::None);
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
fn signs_that_follow_from_equations_are_offered_and_answered() {
    let model = "{UTF-8}\npeople= INTEG(births, 9) ~~|\nbirths= people*fertility ~~|\n\
        fertility= food/2 ~~|\nfood= Time*3 ~~|\n";
    let read = loopstream::format::open_text(model, &mut loopstream::model::IdSource::new(4));
    let document = read.unwrap().document;
    let title = "Is any quantity of this model ever negative?";
    let asked = |document: &Document| {
        let mut desk = Desk::new(document.clone());
        let bodies = desk.ask(Request::Report(ReportKind::Checks, Vec::new()));
        let mut rows_of = rows(&bodies).into_iter();
        rows_of.find(|row| row.title == title).cloned()
    };
    let row = asked(&document).unwrap();
    assert_eq!(row.kind, RowKind::Hint);
    assert_eq!(
        row.text,
        "If none is, 2 of 2 links without a sign get one, and unsigned loops go from 1 to 0."
    );
    assert_eq!(row.about.len(), 2);
    let signed = apply(&document, &row, "None is ever negative");
    let positive = |document: &Document| {
        let links = document.links().values();
        links
            .filter(|link| link.polarity == Polarity::Positive)
            .count()
    };
    assert_eq!((positive(&document), positive(&signed)), (2, 4));
    assert!(asked(&signed).is_none());
    let answered = apply(&document, &row, "Some may be");
    let row = asked(&answered).unwrap();
    assert_eq!(row.kind, RowKind::Answered);
    assert_eq!(apply(&answered, &row, "Ask again"), document);
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
