//! What each part of a map becomes, what is taken for granted, and what is asked for.

use loopstream::model::{
    ArrivalLaw, Element, EstimateLaw, FlowKind, Id, MeasureKind as M, OutageLaw, SpreadLaw,
    StationKind as S,
};
use loopstream::simulate::events::{
    Arrivals, Cause, Cycle, Law, OutageBy, Place, Servers, SetUpWhen, Step,
};
use loopstream::simulate::mapped::{Mapped, PlacePart};

use super::{HOUR, at, gaps, read, ready, results, says};
use crate::stream::maps::{Map, measure};

/// A row from a supplier to a customer that asks for one item an hour; the steps take 30 minutes.
fn row(names: &[&str]) -> (Map, Vec<Id>) {
    let mut map = Map::new();
    let mut all = vec![map.station(S::Supplier, "In", &[])];
    all.extend(
        names
            .iter()
            .map(|name| map.step(name, &[(M::ProcessTime, "30 min")])),
    );
    all.push(map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]));
    map.push(&all);
    (map, all)
}

fn between(map: &Map, from: Id, to: Id) -> Id {
    let mut flows = map.document.flows().iter();
    *flows
        .find(|(_, flow)| flow.from == from && flow.to == to)
        .unwrap()
        .0
}

fn set_kind(map: &mut Map, flow: Id, kind: FlowKind) {
    map.edit(|edit| {
        edit.change(flow, |element| {
            if let Element::Flow(flow) = element {
                flow.kind = kind;
            }
        })
    });
}

fn share(map: &mut Map, step: Id, name: &str) {
    map.edit(|edit| {
        edit.change(step, |element| {
            if let Element::Station(station) = element {
                name.clone_into(&mut station.resource);
            }
        })
    });
}

#[track_caller]
fn step(mapped: &Mapped, record: Id) -> Step {
    let [at] = at(mapped, record)[..] else {
        panic!("one station each")
    };
    match &mapped.plan.line().stations[at].place {
        Place::Step(step) => step.clone(),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn law(mapped: &Mapped, record: Id) -> Law {
    step(mapped, record).work[0].clone()
}

fn minutes(law: &Law) -> (f64, f64) {
    (law.mean() / 60.0, law.variance().sqrt() / law.mean())
}

#[track_caller]
fn near(one: f64, other: f64) {
    assert!(
        (one - other).abs() <= 1e-9 * other.abs().max(1.0),
        "{one} {other}"
    );
}

#[test]
fn a_row_is_its_steps_and_nothing_more() {
    let (map, all) = row(&["Build", "Test"]);
    let mapped = ready(&map.document);
    assert_eq!(mapped.plan.size(), 2);
    assert_eq!(
        mapped
            .places
            .iter()
            .map(|place| place.record)
            .collect::<Vec<_>>(),
        [all[1], all[2]]
    );
    assert!(
        mapped
            .places
            .iter()
            .all(|place| place.part == PlacePart::Step)
    );
    assert_eq!(mapped.sources, [all[0]]);
    assert_eq!(mapped.kinds, [""]);
    let names: Vec<&str> = mapped.crews.iter().map(|crew| &*crew.name).collect();
    assert_eq!(names, ["Build", "Test"]);
    let source = &mapped.plan.line().sources[0];
    assert_eq!(
        source.arrivals,
        Arrivals::Every(Law::exponential(HOUR).unwrap())
    );
    assert!(says(&mapped, "variability 1"));
    assert!(says(&mapped, "exponential times between them"));
}

#[test]
fn times_have_the_law_that_is_said_of_them() {
    let (mut map, all) = row(&["Build"]);
    let of = |map: &Map| law(&ready(&map.document), all[1]);
    assert_eq!(of(&map), Law::exponential(1_800.0).unwrap());
    map.state(all[1], M::Variation, "0");
    assert_eq!(of(&map), Law::constant(1_800.0).unwrap());
    map.state(all[1], M::Variation, "0.5");
    assert_eq!(of(&map), Law::gamma(1_800.0, 0.5).unwrap());
    map.settings(|settings| settings.run.spread = SpreadLaw::LogNormal);
    assert_eq!(of(&map), Law::log_normal(1_800.0, 0.5).unwrap());
    map.state(all[1], M::Variation, "");
    map.state(all[1], M::ProcessTime, "10-20-60 min");
    assert_eq!(of(&map), Law::triangular(600.0, 1_200.0, 3_600.0).unwrap());
    map.settings(|settings| settings.run.estimates = EstimateLaw::Pert);
    assert_eq!(of(&map), Law::pert(600.0, 1_200.0, 3_600.0).unwrap());
    map.settings(|settings| settings.run.estimates = EstimateLaw::LogNormal);
    assert_eq!(of(&map), Law::log_normal_between(600.0, 3_600.0).unwrap());
    assert!(says(&ready(&map.document), "estimates"));
    // A coefficient says how items differ; the estimate then says how sure the mean is.
    map.state(all[1], M::Variation, "1");
    assert_eq!(of(&map).mean(), 1_200.0);
}

#[test]
fn people_that_are_no_whole_ones_do_as_much() {
    let (mut map, all) = row(&["Build"]);
    map.state(all[1], M::Servers, "1.5");
    let mapped = ready(&map.document);
    assert_eq!(mapped.crews[0].count, 2);
    near(minutes(&law(&mapped, all[1])).0, 40.0);
    assert!(says(&mapped, "whole people"));
    map.state(all[1], M::ResourceShare, "50 %");
    near(minutes(&law(&ready(&map.document), all[1])).0, 80.0);
}

#[test]
fn steps_that_share_people_have_them_together() {
    let (mut map, all) = row(&["Build", "Test", "Deploy"]);
    share(&mut map, all[1], "Team");
    share(&mut map, all[3], "Team");
    map.state(all[1], M::Servers, "2");
    map.state(all[3], M::Priority, "1");
    let mapped = ready(&map.document);
    assert_eq!(mapped.crews[0].name, "Team");
    assert_eq!(mapped.crews[0].steps, [all[1], all[3]]);
    assert_eq!(mapped.crews[0].count, 2);
    assert_eq!(mapped.crews[1].name, "Test");
    assert_eq!(step(&mapped, all[1]).servers, Servers::Pool(0));
    assert!(step(&mapped, all[3]).priority < step(&mapped, all[1]).priority);
}

#[test]
fn outages_come_one_by_one_or_lengthen_the_work() {
    let (mut map, all) = row(&["Build"]);
    map.state(all[1], M::Uptime, "80 %");
    let mapped = ready(&map.document);
    near(minutes(&law(&mapped, all[1])).0, 37.5);
    assert!(says(&mapped, "How long an outage lasts"));
    map.state(all[1], M::RepairTime, "1 h");
    map.state(all[1], M::RepairVariation, "0.5");
    map.settings(|settings| settings.run.outages = OutageLaw::Clock);
    let mapped = ready(&map.document);
    near(minutes(&law(&mapped, all[1])).0, 30.0);
    let Servers::Own(crew) = step(&mapped, all[1]).servers else {
        panic!()
    };
    let outages = crew.outages.unwrap();
    assert_eq!(outages.by, OutageBy::Clock);
    near(outages.up.mean() / HOUR, 4.0);
    assert_eq!(outages.down, Law::gamma(HOUR, 0.5).unwrap());
}

#[test]
fn changeovers_and_cycles_take_whole_items() {
    let (mut map, all) = row(&["Bake"]);
    map.state(all[1], M::Pieces, "10");
    map.state(all[1], M::Changeover, "1 h");
    assert_eq!(gaps(&map.document)[0].measure, Some(M::Batch));
    map.state(all[1], M::Batch, "24");
    let mapped = ready(&map.document);
    let bake = step(&mapped, all[1]);
    assert_eq!(
        bake.cycle,
        Cycle {
            least: 10,
            most: 10
        }
    );
    let set_up = bake.set_up.unwrap();
    // After 20 items, so that each costs a 24th of the changeover.
    assert_eq!(set_up.when, SetUpWhen::Every(20));
    near(set_up.time.mean(), HOUR * 20.0 / 24.0);
    assert!(says(&mapped, "when it is full"));
}

#[test]
fn items_go_on_together_and_come_together() {
    let (mut map, all) = row(&["Build"]);
    map.state(all[1], M::TransferBatch, "4");
    map.state(all[0], M::ArrivalBatch, "5");
    map.state(all[0], M::ArrivalVariation, "0");
    map.state(all[0], M::Expedited, "10 %");
    let mapped = ready(&map.document);
    assert_eq!(step(&mapped, all[1]).transfer, 4);
    let source = &mapped.plan.line().sources[0];
    assert_eq!((source.batch, source.expedited), (5, 0.1));
    assert_eq!(
        source.arrivals,
        Arrivals::Every(Law::constant(5.0 * HOUR).unwrap())
    );
    map.state(all[0], M::ArrivalVariation, "2");
    let mapped = ready(&map.document);
    assert_eq!(
        mapped.plan.line().sources[0].arrivals,
        Arrivals::Every(Law::gamma(5.0 * HOUR, 2.0).unwrap())
    );
    map.state(all[0], M::ArrivalVariation, "?");
    let gap = &gaps(&map.document)[0];
    assert_eq!(
        (&*gap.about, gap.measure),
        (&[all[0]][..], Some(M::ArrivalVariation))
    );
}

#[test]
fn a_lane_before_a_step_is_its_queue() {
    let (mut map, all) = row(&["Build", "Test"]);
    let flow = between(&map, all[1], all[2]);
    set_kind(&mut map, flow, FlowKind::Fifo);
    map.state(flow, M::Limit, "3");
    let mapped = ready(&map.document);
    let [test] = at(&mapped, all[2])[..] else {
        panic!()
    };
    assert_eq!(mapped.plan.line().stations[test].queue_limit, Some(3));
    assert_eq!(mapped.waits_for[test], [flow]);
    assert_eq!(mapped.plan.size(), 2);
    // Rework waits beside it, so that nobody who mends holds a place.
    let back = map.flow(all[2], all[2], FlowKind::Rework, &[(M::Share, "20 %")]);
    let mapped = ready(&map.document);
    let [test] = at(&mapped, all[2])[..] else {
        panic!()
    };
    assert_eq!(mapped.plan.line().stations[test].queue_limit, Some(0));
    let [lane] = at(&mapped, flow)[..] else {
        panic!()
    };
    assert_eq!(mapped.places[lane].part, PlacePart::Lane);
    assert_eq!(mapped.plan.line().stations[lane].queue_limit, Some(3));
    assert_eq!(at(&mapped, back).len(), 1);
    assert!(says(&mapped, "beside the queue"));
}

#[test]
fn queues_wait_where_the_step_takes_them_from() {
    let mut map = Map::new();
    let build = map.step("Build", &[(M::ProcessTime, "30 min")]);
    let pile = map.station(
        S::Queue,
        "Pile",
        &[(M::WaitingTime, "2 d"), (M::WorkInProgress, "7")],
    );
    let test = map.step(
        "Test",
        &[(M::ProcessTime, "30 min"), (M::WaitingTime, "1 d")],
    );
    let shelf = map.station(S::Queue, "Shelf", &[(M::WaitingTime, "3 d")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]);
    map.push(&[build, pile, test, shelf, out]);
    let mapped = ready(&map.document);
    let [at_test] = at(&mapped, test)[..] else {
        panic!()
    };
    assert_eq!(mapped.waits_for[at_test], [pile]);
    assert_eq!(mapped.plan.line().stations[at_test].queue_limit, None);
    // No step empties the shelf, so its wait is all there is to know.
    let [at_shelf] = at(&mapped, shelf)[..] else {
        panic!()
    };
    assert_eq!(mapped.places[at_shelf].part, PlacePart::Wait);
    assert_eq!(
        mapped.plan.line().stations[at_shelf].place,
        Place::Delay(Law::constant(24.0 * HOUR).unwrap())
    );
    let left_out = mapped
        .assumptions
        .iter()
        .find(|one| one.words.contains("finds out"))
        .unwrap();
    assert_eq!(left_out.about, [pile, test]);
    // What is counted waits where the pile does.
    let begun = mapped.with_work_waiting();
    let start = &begun.plan.line().start;
    assert_eq!(start.len(), 1);
    assert_eq!((start[0].station, start[0].ages.len()), (at_test, 7));
    assert_eq!(mapped.plan.line().start, []);
    map.state(pile, M::Limit, "4");
    let mapped = ready(&map.document);
    let [at_test] = at(&mapped, test)[..] else {
        panic!()
    };
    assert_eq!(mapped.plan.line().stations[at_test].queue_limit, Some(4));
}

#[test]
fn a_time_on_the_way_is_working_time() {
    let (mut map, all) = row(&["Build", "Test"]);
    let flow = between(&map, all[1], all[2]);
    map.state(flow, M::WaitingTime, "7 d");
    map.settings(|settings| settings.basis = loopstream::model::TimeBasis::Clock);
    let mapped = ready(&map.document);
    let [wait] = at(&mapped, flow)[..] else {
        panic!()
    };
    // A week on the clock is five days of eight hours.
    let Place::Delay(law) = &mapped.plan.line().stations[wait].place else {
        panic!()
    };
    near(law.mean(), 40.0 * HOUR);
    map.state(flow, M::WaitingTime, "?");
    assert_eq!(gaps(&map.document)[0].about, [flow]);
}

#[test]
fn a_supermarket_is_what_orders_take_from() {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let make = map.step("Make", &[(M::ProcessTime, "30 min"), (M::Variation, "0")]);
    let shop = map.station(S::Supermarket, "Shop", &[(M::Limit, "5")]);
    let finish = map.step("Finish", &[(M::ProcessTime, "10 min"), (M::Variation, "0")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]);
    map.push(&[supplier, make, shop, finish, out]);
    map.settings(|settings| settings.run.arrivals = ArrivalLaw::Even);
    let mapped = ready(&map.document);
    assert_eq!(mapped.sources, [shop]);
    let [at_shop] = at(&mapped, shop)[..] else {
        panic!()
    };
    let [at_make] = at(&mapped, make)[..] else {
        panic!()
    };
    let Place::Store(store) = &mapped.plan.line().stations[at_shop].place else {
        panic!()
    };
    assert_eq!((store.level, &*store.from), (5, &[at_make][..]));
    assert!(says(&mapped, "made anew"));
    let found = results(&mapped, 200.0 * HOUR, 2);
    near(found.lead.unwrap().mean, 600.0);
    assert!((found.stations[at_make].throughput.mean * HOUR - 1.0).abs() < 0.02);
    // What is made elsewhere too cannot be told apart: then it is a queue.
    let other = map.step("Other", &[(M::ProcessTime, "1 min")]);
    map.flow(make, other, FlowKind::Push, &[(M::Share, "10 %")]);
    map.push(&[other, out]);
    let mapped = ready(&map.document);
    assert!(
        at(&mapped, shop)
            .iter()
            .all(|at| mapped.places[*at].part != PlacePart::Store)
    );
    assert!(says(&mapped, "taken for a queue"));
}

#[test]
fn several_items_become_one() {
    let mut map = Map::new();
    let make = map.step("Make", &[(M::ProcessTime, "2 min")]);
    let pack = map.step("Pack", &[(M::ProcessTime, "10 min")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "2 per h")]);
    let flow = map.flow(make, pack, FlowKind::Push, &[(M::ItemsInOne, "10")]);
    map.push(&[pack, out]);
    let mapped = ready(&map.document);
    let [box_of] = at(&mapped, flow)[..] else {
        panic!()
    };
    assert_eq!(mapped.plan.line().stations[box_of].place, Place::Pack(10));
    let Arrivals::Every(law) = &mapped.plan.line().sources[0].arrivals else {
        panic!()
    };
    near(law.mean(), 180.0);
    // Of parts that meet again no single item can be followed into a box.
    let beside = map.step("Beside", &[(M::ProcessTime, "1 min")]);
    map.push(&[beside, pack]);
    let mapped = ready(&map.document);
    assert_eq!(at(&mapped, flow), Vec::<usize>::new());
    let (mean, variation) = minutes(&law_of(&mapped, make));
    near(mean, 20.0);
    near(variation, 1.0 / 10.0_f64.sqrt());
    let Arrivals::Every(law) = &mapped.plan.line().sources[0].arrivals else {
        panic!()
    };
    near(law.mean(), HOUR / 2.0);
    assert!(says(&mapped, "one from the start"));
}

fn law_of(mapped: &Mapped, record: Id) -> Law {
    law(mapped, record)
}

#[test]
fn first_steps_of_several_need_each() {
    let mut map = Map::new();
    let one = map.step("One", &[(M::ProcessTime, "10 min"), (M::Variation, "0")]);
    let two = map.step("Two", &[(M::ProcessTime, "20 min"), (M::Variation, "0")]);
    let join = map.step("Join", &[(M::ProcessTime, "5 min"), (M::Variation, "0")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]);
    map.push(&[one, join, out]);
    map.push(&[two, join]);
    map.settings(|settings| settings.run.arrivals = ArrivalLaw::Even);
    let mapped = ready(&map.document);
    assert_eq!(mapped.plan.line().sources[0].entries.len(), 2);
    near(
        results(&mapped, 100.0 * HOUR, 2).lead.unwrap().mean,
        25.0 * 60.0,
    );
}

#[test]
fn the_limit_of_the_whole_lets_in_no_more() {
    let (mut map, _) = row(&["Build", "Test"]);
    map.settings(|settings| settings.work_limit = Some(measure(M::Limit, "3")));
    let mapped = ready(&map.document);
    let [limit] = &mapped.plan.line().limits[..] else {
        panic!()
    };
    assert_eq!((limit.most, limit.stations.len()), (3, 2));
    assert!(says(&mapped, "waits outside"));
    let found = results(&mapped, 2_000.0 * HOUR, 3);
    assert!(found.inside.mean <= 3.0);
    map.settings(|settings| settings.work_limit = Some(measure(M::Limit, "?")));
    let gap = &gaps(&map.document)[0];
    assert_eq!((gap.about.len(), gap.measure), (0, Some(M::Limit)));
}

#[test]
fn what_comes_is_asked_for_or_counted_or_always_there() {
    let (mut map, all) = row(&["Build"]);
    let customer = *all.last().unwrap();
    map.state(customer, M::Demand, "");
    let gap = &gaps(&map.document)[0];
    assert_eq!(
        (&*gap.about, gap.measure),
        (&[customer][..], Some(M::Demand))
    );
    map.settings(|settings| settings.throughput = Some(measure(M::Demand, "1 per h")));
    let mapped = ready(&map.document);
    assert_eq!(
        mapped.plan.line().sources[0].arrivals,
        Arrivals::Every(Law::exponential(HOUR).unwrap())
    );
    assert!(says(&mapped, "counted at the end"));
    map.settings(|settings| {
        settings.throughput = None;
        settings.work_limit = Some(measure(M::Limit, "2"));
    });
    let mapped = ready(&map.document);
    assert_eq!(mapped.plan.line().sources[0].arrivals, Arrivals::Always);
    map.settings(|settings| settings.run.schedule = vec![0.0, 1.5, 1.5, 8.0]);
    let mapped = ready(&map.document);
    let times = vec![0.0, 5_400.0, 5_400.0, 28_800.0];
    assert_eq!(mapped.plan.line().sources[0].arrivals, Arrivals::At(times));
}

#[test]
fn a_schedule_is_shared_by_products_as_they_are_asked_for() {
    let (mut map, all) = row(&["Build"]);
    let customer = *all.last().unwrap();
    map.product(customer, "P", &[(M::Demand, "3 per h")]);
    map.product(customer, "Q", &[(M::Demand, "1 per h")]);
    map.settings(|settings| settings.run.schedule = (0..8).map(f64::from).collect());
    let mapped = ready(&map.document);
    assert_eq!(mapped.kinds, ["P", "Q"]);
    let counts: Vec<usize> = mapped
        .plan
        .line()
        .sources
        .iter()
        .map(|source| match &source.arrivals {
            Arrivals::At(times) => times.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(counts, [6, 2]);
    map.product(all[1], "Q", &[(M::ProcessTime, "?")]);
    let gap = &gaps(&map.document)[0];
    assert!(
        gap.words.contains('Q') && gap.measure == Some(M::ProcessTime),
        "{gap:?}"
    );
}

#[test]
fn what_is_unknown_is_asked_for_in_words() {
    let (mut map, all) = row(&["Build", "Test"]);
    let back = map.flow(all[2], all[1], FlowKind::Rework, &[]);
    map.state(all[1], M::ProcessTime, "");
    map.state(all[2], M::Servers, "?");
    let found = gaps(&map.document);
    for (record, kind) in [
        (all[1], M::ProcessTime),
        (all[2], M::Servers),
        (back, M::Share),
    ] {
        let asked = |gap: &loopstream::simulate::mapped::Gap| {
            gap.measure == Some(kind) && gap.about == [record]
        };
        assert!(found.iter().any(asked), "{kind:?}: {found:#?}");
    }
    assert_eq!(found.len(), 3);
}

#[test]
fn a_ring_or_too_large_shares_are_faults() {
    let (mut map, all) = row(&["Build", "Test"]);
    let back = map.flow(all[2], all[1], FlowKind::Rework, &[(M::Share, "100 %")]);
    assert_eq!(gaps(&map.document)[0].measure, None);
    map.edit(|edit| edit.remove(back));
    map.flow(all[2], all[1], FlowKind::Push, &[]);
    let found = gaps(&map.document);
    assert!(found[0].words.contains("circle"), "{found:?}");
    assert!(
        read(&map.document)
            .unwrap_err()
            .to_string()
            .contains("circle")
    );
}

#[test]
fn rework_takes_its_part_first() {
    let (mut map, all) = row(&["Build", "Test"]);
    map.flow(all[2], all[1], FlowKind::Rework, &[(M::Share, "20 %")]);
    let scrap = map.station(S::Queue, "Scrap", &[]);
    map.flow(all[2], scrap, FlowKind::Push, &[(M::Share, "10 %")]);
    let mapped = ready(&map.document);
    let [test] = at(&mapped, all[2])[..] else {
        panic!()
    };
    let route = &mapped.plan.line().stations[test].route;
    assert_eq!(route.back.len(), 1);
    near(route.back[0].0, 0.2);
    // One in ten of what is left drops out, so more has to come.
    let Arrivals::Every(law) = &mapped.plan.line().sources[0].arrivals else {
        panic!()
    };
    near(law.mean(), 0.9 * HOUR);
    let found = results(&mapped, 3_000.0 * HOUR, 4);
    let [build] = at(&mapped, all[1])[..] else {
        panic!()
    };
    let rate = found.stations[build].throughput;
    let expected = 1.0 / 0.9 / 0.8;
    assert!(
        (rate.mean * HOUR - expected).abs() < (1.5 * rate.half_width * HOUR).max(0.03),
        "{rate:?}"
    );
    assert!(found.stations[build].items[Cause::Work as usize].mean > 0.0);
}

/// What a limit holds back waits with who brings it, and people in the row do the same in the mean.
#[test]
fn limits_on_the_way_hold_work_back_and_lose_none() {
    let mut map = Map::new();
    let supplier = map.station(S::Supplier, "In", &[]);
    let build = map.step("Build", &[(M::ProcessTime, "20 min")]);
    let pile = map.station(S::Queue, "Pile", &[(M::Limit, "2")]);
    let test = map.step("Test", &[(M::ProcessTime, "20 min")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]);
    map.push(&[supplier, build, pile, test]);
    let lane = map.flow(test, out, FlowKind::Fifo, &[(M::Limit, "1")]);
    let mapped = ready(&map.document);
    // A lane to a customer holds nothing back: whoever asks for the work takes it.
    assert_eq!(at(&mapped, lane), Vec::<usize>::new());
    let found = results(&mapped, 3_000.0 * HOUR, 4);
    assert!(
        (found.throughput.mean * HOUR - 1.0).abs() < 0.05,
        "{:?}",
        found.throughput
    );
    let [at_build] = at(&mapped, build)[..] else {
        panic!()
    };
    let [at_test] = at(&mapped, test)[..] else {
        panic!()
    };
    assert!(found.stations[at_build].items[Cause::Blocked as usize].mean > 0.0);
    let queue = found.stations[at_test].items[Cause::Queue as usize];
    assert!(queue.mean > 0.0 && queue.mean < 2.0, "{queue:?}");
}

/// A queue with a limit that feeds two steps holds for both of them.
#[test]
fn a_limited_queue_before_two_steps_is_a_place_of_its_own() {
    let mut map = Map::new();
    let build = map.step("Build", &[(M::ProcessTime, "10 min")]);
    let pile = map.station(S::Queue, "Pile", &[(M::Limit, "3")]);
    let one = map.step("One", &[(M::ProcessTime, "30 min")]);
    let two = map.step("Two", &[(M::ProcessTime, "30 min")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "2 per h")]);
    map.push(&[build, pile]);
    map.flow(pile, one, FlowKind::Push, &[(M::Share, "50 %")]);
    map.flow(pile, two, FlowKind::Push, &[]);
    map.push(&[one, out]);
    map.push(&[two, out]);
    let mapped = ready(&map.document);
    let [at_pile] = at(&mapped, pile)[..] else {
        panic!()
    };
    assert_eq!(mapped.places[at_pile].part, PlacePart::Queue);
    assert_eq!(mapped.plan.line().stations[at_pile].queue_limit, Some(3));
    for step in [one, two] {
        let [at] = at(&mapped, step)[..] else {
            panic!()
        };
        assert_eq!(mapped.plan.line().stations[at].queue_limit, Some(0));
    }
    let found = results(&mapped, 2_000.0 * HOUR, 3);
    assert!(found.stations[at_pile].all.mean <= 3.0);
    assert!(
        found.stations[at_pile].all.mean > 0.5,
        "{:?}",
        found.stations[at_pile].all
    );
}

/// Ways that meet where two queues are passed lead there by ways of their own.
#[test]
fn parallel_ways_over_queues_meet_once() {
    let mut map = Map::new();
    let start = map.step("Start", &[(M::ProcessTime, "10 min"), (M::Variation, "0")]);
    let left = map.station(S::Queue, "Left", &[]);
    let right = map.station(S::Queue, "Right", &[]);
    let join = map.step("Join", &[(M::ProcessTime, "5 min"), (M::Variation, "0")]);
    let out = map.station(S::Customer, "Out", &[(M::Demand, "1 per h")]);
    map.push(&[start, left, join, out]);
    map.push(&[start, right, join]);
    map.settings(|settings| settings.run.arrivals = ArrivalLaw::Even);
    let mapped = ready(&map.document);
    near(results(&mapped, 100.0 * HOUR, 2).lead.unwrap().mean, 900.0);
}
