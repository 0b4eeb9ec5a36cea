//! Published cases of work that waits by chance.

use super::{HOUR, MINUTE, at, customer, hours, step};
use crate::stream::maps::{Map, figure, likely};
use crate::stream::{assert_near, assert_printed};
use loopstream::model::{FlowKind, Id, MeasureKind as M, StationKind as S};
use loopstream::stream::queueing::{
    ErlangC, changeover_variation, departure_variation, jackson_wip, outage_variation,
};
use loopstream::stream::{FigureKind as F, Status};

/// One step that work comes to at random.
fn alone(demand: &str, process: &str, measures: &[(M, &str)]) -> (Map, Id) {
    let mut map = hours(8.0, 5.0);
    let from = map.station(S::Supplier, "From", &[]);
    let here = step(&mut map, "Here", process, measures);
    let to = customer(&mut map, demand);
    map.push(&[from, here, to]);
    (map, here)
}

/// A standard deviation over a mean, given its square.
fn root(square: f64) -> String {
    format!("{}", square.sqrt())
}

/// Hare X19 and Tortoise 2000: two machines that are up 75 % of the time, one with long outages,
/// one with short ones; 2.875 jobs an hour.
///
/// W. J. Hopp, M. L. Spearman, Factory Physics, 3rd ed., Waveland 2011, sections 8.4.2 and 8.6.6.
/// t0 15 min, c0² 0.05, repairs 248 and 38 min: te 20 min, ce² 6.25 and 1.0. The Hare's queue takes
/// 1,667.5 min (27.79 h); its departures vary by 5.82, so a Tortoise behind it has one of
/// 1,568.97 min (26.15 h), which alone has one of 7.67 h.
#[test]
fn hopp_and_spearman_hare_and_tortoise() {
    let varies = root(0.05);
    let machine = |repair| {
        [
            (M::Variation, varies.as_str()),
            (M::Uptime, "75 %"),
            (M::RepairTime, repair),
            (M::RepairVariation, "1"),
        ]
    };
    let [hares, tortoises] =
        [248.0, 38.0].map(|repair| outage_variation(0.05, 0.75, repair, 1.0, 15.0));
    assert_near(hares, 6.25);
    assert_near(tortoises, 1.0);

    let mut map = hours(8.0, 5.0);
    let from = map.station(S::Supplier, "Jobs", &[]);
    let hare = step(&mut map, "Hare X19", "15 min", &machine("248 min"));
    let tortoise = step(&mut map, "Tortoise 2000", "15 min", &machine("38 min"));
    let to = customer(&mut map, "2.875 per h");
    map.push(&[from, hare, tortoise, to]);
    let report = map.report();
    for machine in [hare, tortoise] {
        assert_near(at(&report, machine, F::EffectiveTime), 20.0 * MINUTE);
        assert_printed(at(&report, machine, F::Utilisation), 4, "0.9583");
    }
    let used = at(&report, hare, F::Utilisation);
    assert_printed(departure_variation(used, 1, 1.0, hares), 2, "5.82");
    let waits = at(&report, hare, F::PredictedWaiting);
    assert_printed(waits / MINUTE, 1, "1667.5");
    assert_printed(waits / HOUR, 2, "27.79");
    let waits = at(&report, tortoise, F::PredictedWaiting);
    assert_printed(waits / MINUTE, 2, "1568.97");
    assert_printed(waits / HOUR, 2, "26.15");
    let status = report.station_figure(tortoise, F::PredictedWaiting);
    assert_eq!(status.unwrap().status, Status::Approximation);

    let (map, tortoise) = alone("2.875 per h", "15 min", &machine("38 min"));
    let waits = at(&map.report(), tortoise, F::PredictedWaiting);
    assert_printed(waits / HOUR, 2, "7.67");
}

/// A fast machine with changeovers, and a slower one without.
///
/// Hopp & Spearman, as above, section 8.4.3. 1.2 h with c0² 0.25 against 1 h with c0² 0.0625 and
/// 2 h of changeover (cs² 0.0625) every ten parts: both do 0.833 parts an hour, ce² is 0.25 and
/// 0.31. With 1 h every five parts it is 0.16.
#[test]
fn hopp_and_spearman_setups() {
    let fast = |changeover, batch| {
        [
            (M::Variation, "0.25"),
            (M::ChangeoverVariation, "0.25"),
            (M::Changeover, changeover),
            (M::Batch, batch),
        ]
    };
    let flexible = alone("0.5 per h", "1.2 h", &[(M::Variation, "0.5")]);
    let long = alone("0.5 per h", "1 h", &fast("2 h", "10"));
    let short = alone("0.5 per h", "1 h", &fast("1 h", "5"));
    for ((map, machine), varies) in [(flexible, "0.25"), (long, "0.31"), (short, "0.16")] {
        let report = map.report();
        assert_near(at(&report, machine, F::EffectiveTime), 1.2 * HOUR);
        assert_printed(likely(&report, F::Capacity) * HOUR, 3, "0.833");
        // Wq = (1 + ce²)/2 x rho/(1 - rho) x te, of which all but ce² is known.
        let waits = at(&report, machine, F::PredictedWaiting);
        let found = 2.0 * waits / (0.6 / 0.4 * 1.2 * HOUR) - 1.0;
        assert_printed(found, 2, varies);
    }
    let found = changeover_variation(0.0625, 1.0, 2.0, 0.0625, 10.0);
    assert_printed(found, 2, "0.31");
}

/// Customers come to two servers from outside and go from each to the other.
///
/// S. M. Ross, Introduction to Probability Models, 10th ed., Academic Press 2010, section 8.4.1.
/// Rates from outside 4 and 5, of service 8 and 10; half go from 1 to 2, a quarter from 2 to 1:
/// lambda 6 and 8, L = 7, W = 7/9.
#[test]
fn ross_open_network() {
    let mut map = hours(8.0, 5.0);
    let outside = map.station(S::Supplier, "Outside", &[]);
    let one = step(&mut map, "One", "7.5 min", &[]);
    let two = step(&mut map, "Two", "6 min", &[]);
    let gone = customer(&mut map, "9 per h");
    let first = format!("{} %", 400.0 / 9.0);
    map.flow(outside, one, FlowKind::Push, &[(M::Share, &first)]);
    map.flow(outside, two, FlowKind::Push, &[]);
    map.flow(one, two, FlowKind::Push, &[(M::Share, "50 %")]);
    map.flow(one, gone, FlowKind::Push, &[]);
    map.flow(two, gone, FlowKind::Push, &[]);
    map.flow(two, one, FlowKind::Rework, &[(M::Share, "25 %")]);
    let report = map.report();
    assert_eq!(report.problems, []);
    assert_near(9.0 * at(&report, one, F::StationVisits), 6.0);
    assert_near(9.0 * at(&report, two, F::StationVisits), 8.0);
    let used = [one, two].map(|server| at(&report, server, F::Utilisation));
    assert_near(jackson_wip(&used), 7.0);
    let lead = likely(&report, F::PredictedLeadTime);
    assert_near(lead, 7.0 / 9.0 * HOUR);
}

/// A hairdresser and an eye clinic.
///
/// D. Gross, C. M. Harris, Fundamentals of Queueing Theory, 3rd ed., Wiley 1998, sections 2.2 and
/// 2.3. One chair, five customers an hour, ten minutes each: L = 5, Lq = 4 1/6, an hour in all and
/// 50 minutes of waiting; 0.402 find five or more there, 0.3936 wait for more than 45 minutes.
/// Three doctors, six patients an hour, 20 minutes each: P0 = 1/9, Lq = 8/9, 28.9 minutes in all.
#[test]
fn gross_and_harris_salon_and_clinic() {
    let (map, chair) = alone("5 per h", "10 min", &[]);
    let report = map.report();
    assert_near(at(&report, chair, F::PredictedWaiting), 50.0 * MINUTE);
    assert_near(likely(&report, F::PredictedLeadTime), HOUR);
    let queue = report.main().unwrap().queues()[0];
    assert_printed(1.0 - queue.part_within(45.0 * MINUTE), 4, "0.3936");
    let salon = ErlangC {
        arrivals: 5.0,
        service: 6.0,
        servers: 1,
    };
    assert_near(salon.wip(), 5.0);
    assert_near(salon.queue(), 25.0 / 6.0);
    assert_printed(salon.utilisation().powi(5), 3, "0.402");
    assert_printed(salon.waits_longer_than(0.75), 4, "0.3936");

    let (map, doctors) = alone("6 per h", "20 min", &[(M::Servers, "3")]);
    let report = map.report();
    assert_near(at(&report, doctors, F::Utilisation), 2.0 / 3.0);
    let lead = likely(&report, F::PredictedLeadTime);
    assert_printed(lead / MINUTE, 1, "28.9");
    let waits = at(&report, doctors, F::PredictedWaiting);
    assert_near(6.0 * waits / HOUR, 8.0 / 9.0);
    assert_near(report.main().unwrap().queues()[0].chance, 4.0 / 9.0);
    let clinic = ErlangC {
        arrivals: 6.0,
        service: 3.0,
        servers: 3,
    };
    assert_near(clinic.empty_probability(), 1.0 / 9.0);
    assert_near(clinic.queue(), 8.0 / 9.0);
}

/// Able is faster, Baker is steadier; and a mechanic.
///
/// J. Banks, J. S. Carson, B. L. Nelson, D. M. Nicol, Discrete-Event System Simulation, 5th ed.,
/// Pearson 2010, ch. 6, examples of M/G/1. Two jobs an hour: Able with 24 min and a deviation of 20
/// has 2.711 in the queue and idles 20 % of the time, Baker with 25 and 2 has 2.097 and idles
/// 16.7 %. A mechanic with 1.5 failures an hour, 30 min and 20: L = 2.375.
#[test]
fn banks_able_and_baker() {
    for (minutes, deviation, queue, idle) in
        [(24.0, 20.0, "2.711", "20.0"), (25.0, 2.0, "2.097", "16.7")]
    {
        let varies = format!("{}", deviation / minutes);
        let process = format!("{minutes} min");
        let (map, worker) = alone("2 per h", &process, &[(M::Variation, &varies)]);
        let report = map.report();
        let waits = at(&report, worker, F::PredictedWaiting);
        assert_printed(2.0 * waits / HOUR, 3, queue);
        let used = at(&report, worker, F::Utilisation);
        assert_printed(100.0 * (1.0 - used), 1, idle);
    }
    let varies = format!("{}", 20.0 / 30.0);
    let (map, _) = alone("1.5 per h", "30 min", &[(M::Variation, &varies)]);
    let lead = likely(&map.report(), F::PredictedLeadTime);
    assert_printed(1.5 * lead / HOUR, 3, "2.375");
}

/// What full use costs: the time in all over the time of the work is 1 / (1 - rho).
///
/// D. G. Reinertsen, The Principles of Product Development Flow, Celeritas 2009, ch. 3 (principle
/// Q3, queueing capacity utilisation). At 80, 90 and 95 %: 5, 10 and 20 times; of the time in all
/// 80, 90 and 95 % is waiting; 4, 9 and 19 items are there.
#[test]
fn reinertsen_capacity_utilisation() {
    for (used, times, there) in [("0.8", 5.0, 4.0), ("0.9", 10.0, 9.0), ("0.95", 20.0, 19.0)] {
        let (map, team) = alone(&format!("{used} per h"), "1 h", &[]);
        let report = map.report();
        let lead = likely(&report, F::PredictedLeadTime);
        assert_near(lead / HOUR, times);
        let used: f64 = used.parse().unwrap();
        assert_near(at(&report, team, F::PredictedWaiting) / lead, used);
        assert_near(used * lead / HOUR, there);
        let status = figure(&report, F::PredictedLeadTime).status;
        assert_eq!(status, Status::Approximation);
    }
}
