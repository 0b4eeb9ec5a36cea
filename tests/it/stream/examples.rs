//! Examples that books print, with their numbers.

use crate::stream::{assert_near, assert_printed};
use loopstream::stream::capacity::{limit, raw_process_time, resource_loads};
use loopstream::stream::factory_physics::{Balance, Line, balance};
use loopstream::stream::line::{Passage, Station, run};
use loopstream::stream::network::{Network, Node};
use loopstream::stream::queueing::{ErlangC, jackson_wip, mm1_quantile};
use loopstream::stream::traffic::{Traffic, flows};

/// Capacities and T0 of a line.
fn capacities(network: &Network) -> (Vec<Option<f64>>, f64) {
    let visits = Traffic::of(network).unwrap().visits;
    let (loads, _) = resource_loads(network, &visits);
    let capacities = loads.iter().map(|load| load.capacity()).collect();
    (capacities, raw_process_time(network, &visits).unwrap())
}

/// Single machines: process time, uptime.
fn machines(times: &[(f64, f64)]) -> Network {
    let node = |(time, availability): &(f64, f64)| Node {
        availability: *availability,
        ..Node::step(*time)
    };
    Network::line(times.iter().map(node).collect())
}

#[test]
fn acme_stamping_capacities_in_numbers() {
    let steps = [
        (1.0, 0.85),
        (39.0, 1.0),
        (46.0, 0.8),
        (62.0, 1.0),
        (40.0, 1.0),
    ];
    let (capacities, _) = capacities(&machines(&steps));
    let printed = ["23460", "708", "480", "445", "690"];
    for (capacity, printed) in capacities.iter().zip(printed) {
        // A book counts whole pieces.
        let pieces = (capacity.unwrap() * 27_600.0 + 1e-6).floor();
        let rounded = (capacity.unwrap() * 27_600.0).round();
        assert!([pieces, rounded].contains(&printed.parse().unwrap()));
    }
    let found = limit(&capacities).unwrap();
    assert_eq!(found.constraints, [3]);
    let (next, runner_up) = found.runner_up.clone().unwrap();
    assert_eq!(runner_up, [2]);
    let demand = 920.0 / (2.0 * 27_600.0);
    assert_printed(100.0 * demand / found.capacity, 1, "103.3");
    assert_printed(100.0 * demand / next, 1, "95.8");
    assert_printed(1.0 / demand, 0, "60");
}

#[test]
fn penny_fab_one() {
    let network = machines(&[(2.0, 1.0); 4]);
    let (capacities, raw_process_time) = capacities(&network);
    let found = limit(&capacities).unwrap();
    assert_eq!(found.constraints, [0, 1, 2, 3]);
    assert_eq!(found.runner_up, None);
    let line = Line {
        capacity: found.capacity,
        raw_process_time,
    };
    assert_near(line.capacity, 0.5);
    assert_near(line.raw_process_time, 8.0);
    assert_near(line.critical_wip(), 4.0);
    assert_eq!(balance(&network, &[1.0; 4]), Balance::Balanced);

    let best = [8, 8, 8, 8, 10, 12, 14, 16, 18, 20];
    let practical = [8, 10, 12, 14, 16, 18, 20, 22, 24, 26];
    let rates = [
        ".1250", ".2000", ".2500", ".2857", ".3125", ".3333", ".3500", ".3636", ".3750", ".3846",
    ];
    let series = line.series(10);
    assert_eq!(series.len(), 10);
    for (index, cases) in series.iter().enumerate() {
        assert_near(cases.best.cycle_time, f64::from(best[index]));
        assert_near(
            cases.practical_worst.cycle_time,
            f64::from(practical[index]),
        );
        let printed = format!("{:.4}", cases.practical_worst.throughput);
        assert_eq!(printed.trim_start_matches('0'), rates[index]);
        assert_near(cases.worst.cycle_time, 8.0 * cases.wip);
        assert_near(cases.worst.throughput, 0.125);
        for one in [cases.best, cases.practical_worst, cases.worst] {
            assert_near(one.throughput * one.cycle_time, cases.wip);
        }
    }
}

#[test]
fn penny_fab_two_is_not_limited_by_its_longest_step() {
    let steps = [(2.0, 1.0), (5.0, 2.0), (10.0, 6.0), (3.0, 2.0)];
    let node = |(time, servers): &(f64, f64)| Node {
        servers: Some(*servers),
        ..Node::step(*time)
    };
    let network = Network::line(steps.iter().map(node).collect());
    let (capacities, raw_process_time) = capacities(&network);
    for (capacity, printed) in capacities.iter().zip(["0.50", "0.40", "0.60", "0.67"]) {
        assert_printed(capacity.unwrap(), 2, printed);
    }
    let found = limit(&capacities).unwrap();
    assert_eq!(found.constraints, [1]);
    assert_near(found.capacity, 0.4);
    assert_near(raw_process_time, 20.0);
    assert_near(found.capacity * raw_process_time, 8.0);
    assert_near(found.margin().unwrap(), 0.25);
    assert_eq!(balance(&network, &[1.0; 4]), Balance::Benchmark);
}

#[test]
fn curry_and_feldman_table_2_1() {
    let times = [1.0, 2.0, 1.0, 1.0];
    let stations = times.map(|time| Station { time, servers: 1 });
    let passages = run(&stations, 10, 200);
    let done = passages.iter().filter(|item| item.left() <= 24.0).count();
    assert_eq!(done, 10);
    let late: &[Passage] = &passages[100..];
    for item in late {
        assert_near(item.left() - item.entered(), 20.0);
    }
}

#[test]
fn one_server_with_two_thirds_load() {
    let queue = ErlangC {
        arrivals: 2.0,
        service: 3.0,
        servers: 1,
    };
    assert_near(queue.empty_probability(), 1.0 / 3.0);
    assert_near(queue.queue(), 4.0 / 3.0);
    assert_near(queue.wip(), 2.0);
    assert_near(queue.wait(), 2.0 / 3.0);
    assert_near(queue.lead_time(), 1.0);
}

#[test]
fn two_servers_with_one_third_load() {
    let queue = ErlangC {
        arrivals: 2.0,
        service: 3.0,
        servers: 2,
    };
    assert_near(queue.empty_probability(), 0.5);
    assert_near(queue.queue(), 1.0 / 12.0);
    assert_near(queue.wip(), 0.75);
    assert_near(queue.wait(), 1.0 / 24.0);
    assert_near(queue.lead_time(), 0.375);
}

#[test]
fn jackson_network_of_three() {
    let routes = [
        (0, 1, 0.6),
        (0, 2, 0.3),
        (1, 0, 0.1),
        (1, 2, 0.3),
        (2, 0, 0.4),
        (2, 1, 0.4),
    ];
    let found = flows(&[1.0, 4.0, 3.0], &routes).unwrap();
    for (flow, expected) in found.iter().zip([5.0, 10.0, 7.5]) {
        assert_near(*flow, expected);
    }
    let utilisations: Vec<f64> = found.iter().map(|flow| flow / 12.0).collect();
    let wip = jackson_wip(&utilisations);
    let singles = found.iter().map(|arrivals| {
        ErlangC {
            arrivals: *arrivals,
            service: 12.0,
            servers: 1,
        }
        .wip()
    });
    assert_near(wip, singles.sum());
}

#[test]
fn quantiles_of_a_single_queue() {
    assert_near(mm1_quantile(2.0, 0.5), 2.0 * 2.0_f64.ln());
    assert_near(mm1_quantile(1.0, 0.95), 20.0_f64.ln());
    assert_near(mm1_quantile(1.0, 0.0), 0.0);
}
