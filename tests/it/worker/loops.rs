//! Loops as the worker counts and lists them.

use loopstream::causal::{LoopOrder, LoopPolarity};
use loopstream::model::{Delay, Document, Edit, Element, Id, Patch, Polarity, Variable};
use loopstream::worker::{
    Certainty, Drive, ListingState, LoopFilter, LoopKind, LoopWindow, ReportKind, Request,
    ResponseBody, Work, WorkerState,
};

use super::texts::written;
use crate::common::graphs::loops_of_complete;
use crate::worker::{Desk, complete, diagram};

const P: Polarity = Polarity::Positive;
const NOW: Delay = Delay::None;

fn window(filter: LoopFilter, first: u64, count: u64) -> Request {
    Request::Loops(LoopWindow {
        filter,
        first,
        count,
    })
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
