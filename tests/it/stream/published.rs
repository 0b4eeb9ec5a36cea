//! Cases that text books and handbooks print, with their numbers to the printed digits.
//!
//! Beside those of [`crate::stream::examples`] and [`crate::stream::acme`]. Here: lines, constraints and shared
//! resources; in [`storage`]: how long things are kept; in [`queues`]: what waits by chance.

mod queues;
mod storage;

use crate::stream::maps::{Map, likely};
use crate::stream::{assert_near, assert_printed};
use loopstream::model::{
    Calendar, Element, FlowKind, Id, MeasureKind as M, StationKind as S, TimeBasis,
};
use loopstream::stream::line::{self, run};
use loopstream::stream::{FigureKind as F, Problem, Status, StreamReport};

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// Works so many hours on so many days of the week.
fn hours(hours: f64, days: f64) -> Map {
    let mut map = Map::new();
    map.calendar(Calendar {
        basis: TimeBasis::Working,
        seconds_per_day: hours * HOUR,
        days_per_week: days,
        rate_unit: None,
    });
    map
}

/// Never stops; a day has 24 hours.
fn around_the_clock() -> Map {
    let mut map = Map::new();
    map.calendar(CLOCK);
    map
}

const CLOCK: Calendar = Calendar {
    basis: TimeBasis::Clock,
    seconds_per_day: DAY,
    days_per_week: 7.0,
    rate_unit: None,
};

/// A step that nothing waits before.
fn step(map: &mut Map, name: &str, process: &str, measures: &[(M, &str)]) -> Id {
    let mut stated = vec![(M::ProcessTime, process), (M::WaitingTime, "0 s")];
    stated.extend(measures);
    map.step(name, &stated)
}

fn on(map: &mut Map, station: Id, resource: &str) {
    map.edit(|edit| {
        edit.change(station, |element| {
            if let Element::Station(station) = element {
                station.resource = resource.to_owned();
            }
        });
    });
}

fn customer(map: &mut Map, demand: &str) -> Id {
    map.station(S::Customer, "Customer", &[(M::Demand, demand)])
}

#[track_caller]
fn at(report: &StreamReport, id: Id, kind: F) -> f64 {
    let figure = report.station_figure(id, kind).unwrap();
    figure.outcome.likely().unwrap()
}

/// A number of the stream that a step belongs to.
#[track_caller]
fn of_stream(report: &StreamReport, step: Id, kind: F) -> f64 {
    report.of_station(step).unwrap().likely(kind).unwrap()
}

/// A stream of two branches, each from a material of its own, that meet at the assembly; its steps
/// with their resources, the assembly first.
fn assembled(
    map: &mut Map,
    branches: [&[(&'static str, &str)]; 2],
    last: &str,
    demand: &str,
) -> Vec<(&'static str, Id)> {
    let assembly = step(map, "Assemble", last, &[]);
    let mut made = vec![("D", assembly)];
    for branch in branches {
        let mut path = vec![map.station(S::Supplier, "Material", &[])];
        for (resource, minutes) in branch {
            let id = step(map, resource, minutes, &[]);
            path.push(id);
            made.push((*resource, id));
        }
        path.push(assembly);
        map.push(&path);
    }
    let customer = customer(map, demand);
    map.push(&[assembly, customer]);
    for (resource, id) in &made {
        on(map, *id, resource);
    }
    made
}

/// Goldratt's P and Q: 100 P and 50 Q are asked for in a week of 2,400 minutes.
///
/// E. M. Goldratt, The Haystack Syndrome, North River Press 1990, part one (the P and Q quiz).
/// Minutes of each product at A, B, C, D: P 15, 15, 10 + 5, 15; Q 10, 15 + 15, 5, 5. Margins before
/// wages: 45 and 60 dollars. P first: 100 P and 30 Q, 6,300 dollars; Q first: 50 Q and 60 P, 5,700; both
/// before 6,000 of expenses.
#[test]
fn goldratt_p_and_q() {
    let mut map = hours(8.0, 5.0);
    let p = assembled(
        &mut map,
        [
            &[("A", "15 min"), ("C", "10 min")],
            &[("B", "15 min"), ("C", "5 min")],
        ],
        "15 min",
        "100 per wk",
    );
    let q = assembled(
        &mut map,
        [
            &[("B", "15 min"), ("C", "5 min")],
            &[("A", "10 min"), ("B", "15 min")],
        ],
        "5 min",
        "50 per wk",
    );
    let report = map.report();
    for (resource, id) in p.iter().chain(&q) {
        let minutes = match *resource {
            "A" => 2_000.0,
            "B" => 3_000.0,
            _ => 1_750.0,
        };
        assert_near(at(&report, *id, F::Utilisation), minutes / 2_400.0);
        let figure = report.station_figure(*id, F::Utilisation).unwrap();
        assert_eq!(figure.status, Status::Exact);
        let limit = report.of_station(*id).unwrap().limit.as_ref().unwrap();
        let limits = limit.stations().any(|limit| limit == *id);
        assert_eq!(limits, *resource == "B", "{resource}");
    }
    assert_printed(100.0 * at(&report, p[3].1, F::Utilisation), 0, "125");

    // Who comes first at B gets what it asks for; the other one the rest.
    let week = 2_400.0 * MINUTE;
    for (first, made, throughput) in [(&p, [100.0, 30.0], 6_300.0), (&q, [60.0, 50.0], 5_700.0)] {
        let shared = first.iter().filter(|(resource, _)| *resource == "B");
        let shared: Vec<Id> = shared.map(|(_, id)| *id).collect();
        let mut give = |part: &str| {
            for id in &shared {
                map.state(*id, M::ResourceShare, part);
            }
            map.report()
        };
        let report = give("62.5 %");
        give("");
        let [of_p, of_q] =
            [&p, &q].map(|steps| of_stream(&report, steps[0].1, F::Throughput) * week);
        assert_near(of_p, made[0]);
        assert_near(of_q, made[1]);
        assert_near(45.0 * of_p + 60.0 * of_q, throughput);
    }
}

/// The Xootr line: three workers, 13, 11 and 8 minutes; 35 hours a week, 125 scooters asked for.
///
/// G. Cachon, C. Terwiesch, Matching Supply with Demand, 4th ed., McGraw-Hill 2019, sections 4.1 to
/// 4.3. 32 minutes through the empty line, 100 scooters in 1,319; 4.6 an hour, 161 a week; one every
/// 16.8 minutes is asked for; the workers are used to 63.5 % on average.
#[test]
fn cachon_and_terwiesch_xootr() {
    let mut map = hours(7.0, 5.0);
    let minutes = [13.0, 11.0, 8.0];
    let steps = minutes.map(|time| step(&mut map, "Worker", &format!("{time} min"), &[]));
    let customer = customer(&mut map, "125 per wk");
    map.push(&[steps[0], steps[1], steps[2], customer]);
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_printed(likely(&report, F::Capacity) * HOUR, 1, "4.6");
    assert_near((likely(&report, F::Capacity) * 35.0 * HOUR).floor(), 161.0);
    assert_printed(likely(&report, F::TaktTime) / MINUTE, 1, "16.8");
    assert_near(likely(&report, F::LeadTime), 32.0 * MINUTE);
    let used = steps.map(|step| at(&report, step, F::Utilisation));
    assert_printed(100.0 * used.iter().sum::<f64>() / 3.0, 1, "63.5");
    let limit = report.main().unwrap().limit.as_ref().unwrap();
    assert_eq!(limit.stations().collect::<Vec<_>>(), [steps[0]]);

    let stations = minutes.map(|time| line::Station { time, servers: 1 });
    let passages = run(&stations, 100, 100);
    assert_near(passages[0].left(), 32.0);
    assert_near(passages[99].left(), 1_319.0);
}

/// The Circored plant, in tons of iron ore an hour.
///
/// Cachon & Terwiesch, as above, ch. 3 (sections on process capacity and utilisation): 120, 110,
/// 28 t in 15 min, 400 t in 4 h, 135, 118 and 3 x 55. The stationary reactor limits at 100. For
/// 657,000 t a year it is used to 75 %; of 1,095,000 t the "implied utilisation" is 125 %.
#[test]
fn cachon_and_terwiesch_circored() {
    let mut map = around_the_clock();
    let each = |tons: f64| format!("{} s", HOUR / tons);
    let steps = [
        step(&mut map, "Preheater", &each(120.0), &[]),
        step(&mut map, "Lock hoppers", &each(110.0), &[]),
        step(&mut map, "Circulating bed", "15 min", &[(M::Pieces, "28")]),
        step(&mut map, "Stationary bed", "4 h", &[(M::Pieces, "400")]),
        step(&mut map, "Flash heater", &each(135.0), &[]),
        step(&mut map, "Let-down", &each(118.0), &[]),
        step(&mut map, "Briquetting", &each(55.0), &[(M::Servers, "3")]),
    ];
    let customer = customer(&mut map, "657000 per 365 d");
    map.push(&steps);
    map.push(&[steps[6], customer]);
    for (demand, printed) in [
        (
            "657000 per 365 d",
            ["62.5", "68.2", "67.0", "75.0", "55.6", "63.6", "45.5"],
        ),
        (
            "1095000 per 365 d",
            ["104.2", "113.6", "111.6", "125.0", "92.6", "105.9", "75.8"],
        ),
    ] {
        map.state(customer, M::Demand, demand);
        let report = map.report();
        for (step, printed) in steps.iter().zip(printed) {
            assert_printed(100.0 * at(&report, *step, F::Utilisation), 1, printed);
        }
        assert_near(likely(&report, F::Capacity) * HOUR, 100.0);
        let limit = report.main().unwrap().limit.as_ref().unwrap();
        assert_eq!(limit.stations().collect::<Vec<_>>(), [steps[3]]);
    }
}

/// Kristen's Cookie Company: a dozen is mixed (6 min) and spooned (2 min) by one person, baked
/// (10), cooled (5), packed (2) and paid (1).
///
/// R. E. Bohn, Kristen's Cookie Company, Harvard Business School case 9-686-093, 1986. Capacities
/// in dozens an hour: 7.5, 6, 12, 30, 60; the first order takes 26 minutes; four hours are enough
/// for 22 orders.
#[test]
fn kristen_s_cookies() {
    let mut map = hours(4.0, 7.0);
    let steps = [
        ("Mix", "6 min"),
        ("Spoon", "2 min"),
        ("Bake", "10 min"),
        ("Cool", "5 min"),
        ("Pack", "2 min"),
        ("Take the money", "1 min"),
    ]
    .map(|(name, time)| step(&mut map, name, time, &[]));
    for step in &steps[..2] {
        on(&mut map, *step, "Kristen");
    }
    let customer = customer(&mut map, "5 per h");
    map.push(&steps);
    map.push(&[steps[5], customer]);
    let report = map.report();
    assert_eq!(report.problems, []);
    for (step, dozens) in steps.iter().zip([7.5, 7.5, 6.0, 12.0, 30.0, 60.0]) {
        assert_near(at(&report, *step, F::StationCapacity) * HOUR, dozens);
    }
    assert_near(likely(&report, F::Capacity) * HOUR, 6.0);
    assert_near(likely(&report, F::LeadTime), 26.0 * MINUTE);
    let limit = report.main().unwrap().limit.as_ref().unwrap();
    assert_eq!(limit.stations().collect::<Vec<_>>(), [steps[2]]);
    assert_eq!(limit.runners_up[0].stations, steps[..2]);
    let stations = [8.0, 10.0, 5.0, 2.0, 1.0].map(|time| line::Station { time, servers: 1 });
    let orders = run(&stations, 60, 60);
    let done = orders.iter().filter(|order| order.left() <= 240.0);
    assert_eq!(done.count(), 22);
}

/// National Cranberry: of the berries that come 70 % are wet, and only those are dried.
///
/// J. G. Miller, R. P. Olsen, National Cranberry Cooperative, Harvard Business School case
/// 9-675-014, 1974, as Cachon & Terwiesch and others work it out. Barrels an hour: five dumpers
/// 75 in 7.5 min, 3 x 1,500 destoning (dry), 2 x 1,500 and 1 x 1,500 dechaffing (wet, dry), 3 x 200
/// drying, 3 x 400 separating. The dryers do 600, so 857 can come; of 18,000 in 12 hours 1,050 wet
/// ones come in an hour, and 450 are left.
#[test]
fn national_cranberry() {
    let mut map = hours(12.0, 7.0);
    let trucks = map.station(S::Supplier, "Trucks", &[]);
    let dump = step(
        &mut map,
        "Dump",
        "7.5 min",
        &[(M::Pieces, "75"), (M::Servers, "5")],
    );
    let mut machines =
        |name: &str, time: &str, count: &str| step(&mut map, name, time, &[(M::Servers, count)]);
    let destone = machines("Destone", "2.4 s", "3");
    let [dry_chaff, wet_chaff] = [("Dechaff dry", "1"), ("Dechaff wet", "2")]
        .map(|(name, count)| machines(name, "2.4 s", count));
    let dry = machines("Dry", "18 s", "3");
    let separate = machines("Separate", "9 s", "3");
    let customer = customer(&mut map, "1500 per h");
    map.push(&[trucks, dump]);
    map.flow(dump, wet_chaff, FlowKind::Push, &[(M::Share, "70 %")]);
    map.push(&[dump, destone, dry_chaff, separate, customer]);
    map.push(&[wet_chaff, dry, separate]);
    let report = map.report();
    for (step, barrels) in [
        (dump, 3_000.0),
        (destone, 4_500.0 / 0.3),
        (dry_chaff, 1_500.0 / 0.3),
        (wet_chaff, 3_000.0 / 0.7),
        (dry, 600.0 / 0.7),
        (separate, 1_200.0),
    ] {
        assert_near(at(&report, step, F::StationCapacity) * HOUR, barrels);
    }
    assert_printed(likely(&report, F::Capacity) * HOUR, 0, "857");
    assert_near(at(&report, dry, F::Utilisation), 1_050.0 / 600.0);
    let limit = report.main().unwrap().limit.clone().unwrap();
    assert_eq!(limit.stations().collect::<Vec<_>>(), [dry]);
    assert_eq!(limit.runners_up[0].stations, [separate]);
    // What is asked for more than can be done, of which the dryers see the wet part.
    let left = limit.queue_growth().unwrap();
    assert_near(left * HOUR, 450.0);
    let above = |problem: &Problem| matches!(problem, Problem::DemandAboveCapacity { .. });
    assert!(report.problems.iter().any(above));
}
