//! Limits of several stations together, which frames around them state.

use loopstream::model::{
    ArrivalLaw, Element, FlowKind, Frame, Id, MeasureKind as M, Placement, Point, Records,
    StationKind as S,
};
use loopstream::simulate::events::{Run, Until};
use loopstream::simulate::mapped::{Mapped, NotReady, PlacePart};
use loopstream::stream::Stream;
use proptest::prelude::*;

use super::{HOUR, at, gaps, ready, results, says};
use crate::stream::maps::{Map, measure};

const FRAME: u64 = 9_000;

/// Adds frames with these limits; the stations in them are given by hand.
fn framed(map: &mut Map, groups: &[(&str, &[Id])]) -> Records<Vec<Id>> {
    let mut inside = Records::new();
    for (number, (limit, stations)) in (0..).zip(groups) {
        let frame = Frame {
            title: String::new(),
            placement: Placement::default(),
            width: 100.0,
            height: 100.0,
            limit: Some(measure(M::Limit, limit)),
        };
        let id = Id::from_bits(FRAME + number);
        map.edit(|edit| edit.set(id, Some(Element::Frame(frame))));
        inside.insert(id, stations.to_vec());
    }
    inside
}

fn read(map: &Map, inside: &Records<Vec<Id>>) -> Result<Mapped, NotReady> {
    let streams = Stream::all(&map.document);
    Mapped::of(&map.document, &streams[0].stations, inside)
}

#[track_caller]
fn with(map: &mut Map, groups: &[(&str, &[Id])]) -> Mapped {
    let inside = framed(map, groups);
    read(map, &inside).unwrap_or_else(|error| panic!("{:#?}", error.gaps))
}

/// When each item leaves, in seconds.
fn leaving(mapped: &Mapped) -> Vec<f64> {
    let mut run = Run::new(&mapped.plan, 1, 0, Until::Time(f64::INFINITY));
    run.finish();
    run.history().scatter().iter().map(|dot| dot.0).collect()
}

/// Steps with constant times in minutes, between a supplier and a customer.
fn row(minutes: &[u32], demand: &str) -> (Map, Vec<Id>) {
    let mut map = Map::new();
    let mut all = vec![map.station(S::Supplier, "In", &[])];
    for minutes in minutes {
        let time = format!("{minutes} min");
        all.push(map.step("", &[(M::ProcessTime, &time), (M::Variation, "0")]));
    }
    all.push(map.station(S::Customer, "Out", &[(M::Demand, demand)]));
    map.push(&all);
    (map, all)
}

/// Hopp & Spearman, ch. 7: the best case of Penny Fab One, as a part of a longer line to which more
/// comes than it can do.
#[test]
fn a_part_of_a_line_does_as_that_line_alone_with_so_many_items() {
    for (limit, hourly) in [("1", 0.125), ("3", 0.375), ("4", 0.5), ("9", 0.5)] {
        let (mut map, all) = row(&[1, 120, 120, 120, 120, 1], "2 per h");
        let mapped = with(&mut map, &[(limit, &all[2..6])]);
        assert_eq!(mapped.plan.line().limits.len(), 1);
        let found = results(&mapped, 4_000.0 * HOUR, 2);
        let throughput = found.throughput.mean * HOUR;
        assert!((throughput - hourly).abs() < 1e-3, "{limit} {throughput}");
        // Who works before it is never held up: what has no room waits on the way.
        assert!(found.crews[0].blocked.mean == 0.0);
        let way = mapped
            .places
            .iter()
            .position(|place| place.part == PlacePart::Queue);
        let waits: f64 = found.stations[way.unwrap()]
            .items
            .iter()
            .map(|one| one.mean)
            .sum();
        assert!(waits > 100.0);
    }
}

/// Of four alike steps with exponential times, w items do w / (w + 3) of what one step can.
#[test]
fn a_part_of_a_line_with_chance_has_the_throughput_of_a_closed_line() {
    for (limit, part) in [("1", 0.25), ("3", 0.5), ("9", 0.75)] {
        let mut map = Map::new();
        let mut all = vec![map.station(S::Supplier, "In", &[])];
        all.extend((0..4).map(|_| map.step("", &[(M::ProcessTime, "1 h")])));
        all.push(map.station(S::Customer, "Out", &[(M::Demand, "4 per h")]));
        map.push(&all);
        let mapped = with(&mut map, &[(limit, &all[1..5])]);
        let found = results(&mapped, 4_000.0 * HOUR, 20).throughput;
        let hourly = found.mean * HOUR;
        assert!((hourly - part).abs() < 0.01, "{limit} {hourly}");
        // The bound by Little's law: so many items over four hours of work.
        let bound = limit.parse::<f64>().unwrap() / 4.0;
        assert!(hourly <= bound + 0.01);
        assert!(says(&mapped, "By Little's law no more than"));
    }
}

#[test]
fn two_steps_with_room_for_one_item_are_one_step() {
    let (mut two, all) = row(&[15, 20], "1.5 per h");
    let grouped = with(&mut two, &[("1", &all[1..3])]);
    let (one, _) = row(&[35], "1.5 per h");
    let single = ready(&one.document);
    let [two, one] = [&grouped, &single].map(|mapped| results(mapped, 2_000.0 * HOUR, 3));
    let (two, one) = (two.lead.unwrap().mean, one.lead.unwrap().mean);
    assert!((two - one).abs() < 1e-6 * one, "{two} {one}");
}

/// A place of a random row: a step with its minutes, or a queue before a step.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Spot {
    Step(f64),
    Queue,
}

/// Where items are when, by recursion: each comes when the one before it has gone on and there is
/// room in every group that begins there. Minutes.
fn recursion(spots: &[Spot], groups: &[(usize, usize, usize)], comes: &[f64]) -> Vec<f64> {
    let size = spots.len();
    // By item and place: when it comes there, when it could go on; by group, when it is gone.
    let mut done: Vec<Vec<f64>> = Vec::new();
    let mut gone: Vec<Vec<f64>> = Vec::new();
    for (item, comes) in comes.iter().enumerate() {
        let mut ready = *comes;
        let mut own = vec![0.0; size];
        let mut enters = vec![0.0; size];
        for (place, spot) in spots.iter().enumerate() {
            let mut enter = ready;
            for (number, (first, _, most)) in groups.iter().enumerate() {
                if *first == place && item >= *most {
                    enter = f64::max(enter, gone[item - most][number]);
                }
            }
            let before = item
                .checked_sub(1)
                .map_or(0.0, |before| done[before][place]);
            let leaves = place > 0
                && spots[place - 1] == Spot::Queue
                && groups.iter().any(|(_, last, _)| *last == place - 1);
            if leaves {
                enter = enter.max(before);
            }
            enters[place] = enter;
            ready = match spot {
                Spot::Step(minutes) => enter.max(before) + minutes,
                Spot::Queue => enter,
            };
            own[place] = ready;
        }
        gone.push(
            groups
                .iter()
                .map(|(_, last, _)| match spots[*last] {
                    Spot::Queue => enters[*last + 1],
                    Spot::Step(_) => own[*last],
                })
                .collect(),
        );
        done.push(own);
    }
    done.iter().map(|own| own[size - 1]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Rows with queues, groups that overlap and lie within each other: item by item.
    #[test]
    fn rows_with_groups_are_those_of_a_recursion(
        minutes in proptest::collection::vec((1_u32..30, any::<bool>()), 1..6),
        groups in proptest::collection::vec((0_usize..10, 0_usize..10, 1_usize..4), 0..4),
        gaps in proptest::collection::vec(0_u32..40, 1..25),
    ) {
        let mut map = Map::new();
        let mut all = vec![map.station(S::Supplier, "In", &[])];
        let mut spots = Vec::new();
        for (minutes, has_queue) in &minutes {
            if *has_queue {
                spots.push(Spot::Queue);
                all.push(map.station(S::Queue, "", &[]));
            }
            spots.push(Spot::Step(f64::from(*minutes)));
            let time = format!("{minutes} min");
            all.push(map.step("", &[(M::ProcessTime, &time), (M::Variation, "0")]));
        }
        all.push(map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]));
        map.push(&all);
        let mut time = 0.0;
        let comes: Vec<f64> = gaps.iter().map(|gap| {
            time += f64::from(*gap);
            time
        }).collect();
        map.settings(|settings| {
            settings.run.schedule = comes.iter().map(|minutes| minutes / 60.0).collect();
        });
        let size = spots.len();
        let spans: Vec<(usize, usize, usize)> = groups.iter().map(|(one, other, most)| {
            let (one, other) = (one % size, other % size);
            (one.min(other), one.max(other), *most)
        }).collect();
        let held: Vec<(String, Vec<Id>)> = spans.iter().map(|(first, last, most)| {
            (most.to_string(), all[first + 1..=last + 1].to_vec())
        }).collect();
        let framed: Vec<(&str, &[Id])> =
            held.iter().map(|(limit, ids)| (limit.as_str(), ids.as_slice())).collect();
        let mapped = with(&mut map, &framed);
        let found: Vec<f64> = leaving(&mapped).into_iter().map(|time| time / 60.0).collect();
        let expected = recursion(&spots, &spans, &comes);
        prop_assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(&expected) {
            prop_assert!((found - expected).abs() < 1e-6, "{found} {expected} {spots:?} {spans:?}");
        }
    }

    /// In a row with one who works at each step, a higher limit lets no item leave later.
    #[test]
    fn more_room_never_makes_an_item_later(
        minutes in proptest::collection::vec(1_u32..30, 2..6),
        (first, last) in (0_usize..6, 0_usize..6),
        seed in 1_u32..1_000,
    ) {
        let mut before: Option<Vec<f64>> = None;
        for limit in ["1", "2", "3", "5"] {
            let mut map = Map::new();
            let mut all = vec![map.station(S::Supplier, "In", &[])];
            for minutes in &minutes {
                let time = format!("{minutes} min");
                all.push(map.step("", &[(M::ProcessTime, &time)]));
            }
            all.push(map.station(S::Customer, "Out", &[(M::Demand, "3 per h")]));
            map.push(&all);
            let (one, other) = (first % minutes.len(), last % minutes.len());
            let (one, other) = (one.min(other), one.max(other));
            let mapped = with(&mut map, &[(limit, &all[one + 1..=other + 1])]);
            let until = Until::Left { items: 60, latest: f64::INFINITY };
            let mut run = Run::new(&mapped.plan, u64::from(seed), 0, until);
            run.finish();
            let found: Vec<f64> = run.history().scatter().iter().map(|dot| dot.0).collect();
            if let Some(before) = &before {
                let never = before.iter().zip(&found).all(|(before, found)| found <= before);
                prop_assert!(never, "{limit}");
            }
            before = Some(found);
        }
    }
}

#[test]
fn what_waits_for_room_waits_in_the_queue_before_it() {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let first = map.step("First", &[(M::ProcessTime, "1 min"), (M::Variation, "0")]);
    let queue = map.station(S::Queue, "Queue", &[]);
    let second = map.step("Second", &[(M::ProcessTime, "30 min"), (M::Variation, "0")]);
    let third = map.step("Third", &[(M::ProcessTime, "30 min"), (M::Variation, "0")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "2 per h")]);
    map.push(&[supplier, first, queue, second, third, out]);
    map.settings(|settings| settings.run.arrivals = ArrivalLaw::Even);
    let mapped = with(&mut map, &[("1", &[second, third])]);
    let [place] = at(&mapped, queue)[..] else {
        panic!()
    };
    assert_eq!(mapped.places[place].part, PlacePart::Way);
    let found = results(&mapped, 100.0 * HOUR, 2);
    assert!((found.throughput.mean * HOUR - 1.0).abs() < 0.05);
    assert!(found.crews.iter().all(|crew| crew.blocked.mean == 0.0));
    // The queue alone in a frame holds two, and what comes then waits before it.
    let (mut map, all) = {
        let mut map = Map::new();
        let all = [
            map.station(S::Supplier, "In", &[]),
            map.step("First", &[(M::ProcessTime, "10 min"), (M::Variation, "0")]),
            map.station(S::Queue, "Queue", &[]),
            map.step("Second", &[(M::ProcessTime, "30 min"), (M::Variation, "0")]),
            map.station(S::Customer, "Out", &[(M::Demand, "3 per h")]),
        ];
        map.push(&all);
        (map, all)
    };
    let mapped = with(&mut map, &[("2", &all[2..3])]);
    let [place] = at(&mapped, all[2])[..] else {
        panic!()
    };
    let found = results(&mapped, 400.0 * HOUR, 2);
    let there: f64 = found.stations[place].items.iter().map(|one| one.mean).sum();
    assert!((there - 2.0).abs() < 0.01, "{there}");
}

#[test]
fn rework_within_a_group_needs_no_more_room() {
    let (mut map, all) = row(&[10, 10], "4 per h");
    let back = map.flow(all[2], all[1], FlowKind::Rework, &[(M::Share, "50 %")]);
    let mapped = with(&mut map, &[("1", &all[1..3])]);
    let found = results(&mapped, 2_000.0 * HOUR, 4);
    // Each item is in it for 20 min, twice on the mean.
    assert!((found.throughput.mean * HOUR - 1.5).abs() < 0.03);
    assert!(at(&mapped, back).is_empty());
    assert!(
        says(&mapped, "no more than 1.5 per h"),
        "{:?}",
        mapped.assumptions
    );
}

#[test]
fn parts_of_one_item_count_once() {
    let mut map = Map::new();
    let fork = map.step("Fork", &[(M::ProcessTime, "1 min"), (M::Variation, "0")]);
    let [one, two] = ["One", "Two"]
        .map(|name| map.step(name, &[(M::ProcessTime, "30 min"), (M::Variation, "0")]));
    let join = map.step("Join", &[(M::ProcessTime, "1 min"), (M::Variation, "0")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "4 per h")]);
    map.push(&[fork, one, join, out]);
    map.push(&[fork, two, join]);
    let mapped = with(&mut map, &[("1", &[one, two, join])]);
    let found = results(&mapped, 400.0 * HOUR, 2);
    assert!((found.throughput.mean * HOUR - 60.0 / 31.0).abs() < 0.02);
    assert!(
        !says(&mapped, "Little"),
        "parts are at several stations at once"
    );
}

#[test]
fn what_nobody_knows_or_can_never_be_is_said() {
    let (mut map, all) = row(&[10, 10], "4 per h");
    let inside = framed(&mut map, &[("?", &all[1..3])]);
    let gap = &read(&map, &inside).unwrap_err().gaps[0];
    assert_eq!(
        (&*gap.about, gap.measure),
        (&[Id::from_bits(FRAME)][..], Some(M::Limit))
    );
    let inside = framed(&mut map, &[("2", &all[1..3])]);
    map.state(all[1], M::Pieces, "3");
    let gap = &read(&map, &inside).unwrap_err().gaps[0];
    assert!(gap.words.contains("one cycle takes"), "{}", gap.words);
    map.state(all[1], M::Pieces, "");
    map.state(all[1], M::TransferBatch, "3");
    let gap = &read(&map, &inside).unwrap_err().gaps[0];
    assert!(gap.words.contains("go on together"), "{}", gap.words);
    map.state(all[1], M::TransferBatch, "");
    let nothing = framed(&mut map, &[("2", &[])]);
    let mapped = read(&map, &nothing).unwrap();
    assert!(says(&mapped, "No station lies wholly in this frame"));
    assert!(mapped.plan.line().limits.is_empty());
}

/// Which stations are in a frame is told by where they stand, as it is where a frame is moved.
#[test]
fn a_frame_holds_what_lies_wholly_in_it() {
    let (mut map, all) = row(&[10, 10, 10], "4 per h");
    for (place, id) in all.iter().enumerate() {
        map.edit(|edit| {
            edit.change(*id, |element| {
                if let Some(placement) = element.placement_mut() {
                    placement.position = Point::new(300.0 * place as f64, 0.0);
                }
            });
        });
    }
    let mut frame = Frame {
        title: "Team".to_owned(),
        placement: Placement::default(),
        width: 560.0,
        height: 400.0,
        limit: Some(measure(M::Limit, "3")),
    };
    frame.placement.position = Point::new(450.0, 0.0);
    let id = Id::from_bits(FRAME);
    map.edit(|edit| edit.set(id, Some(Element::Frame(frame.clone()))));
    let mapped = ready(&map.document);
    let limit = &mapped.plan.line().limits[0];
    let records = limit.stations.iter().map(|at| mapped.places[*at].record);
    assert_eq!(records.collect::<Vec<Id>>(), all[1..3]);
    // Cut by its side, a step is not in it.
    frame.placement.position = Point::new(340.0, 0.0);
    map.edit(|edit| edit.set(id, Some(Element::Frame(frame.clone()))));
    assert_eq!(ready(&map.document).plan.line().limits[0].stations.len(), 1);
    frame.limit = Some(measure(M::Limit, "?"));
    map.edit(|edit| edit.set(id, Some(Element::Frame(frame))));
    assert_eq!(gaps(&map.document)[0].about, [id]);
}
