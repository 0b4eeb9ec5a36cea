//! Queues against the balance of their states, and the laws between them.

use crate::stream::{assert_near, near};
use loopstream::stream::factory_physics::Line;
use loopstream::stream::queueing::{
    ErlangC, allen_cunneen_wait, changeover_variation, departure_variation, kingman_wait, mg1_wait,
    outage_variation,
};
use proptest::prelude::*;

/// State probabilities of M/M/c, by balance between neighbours, to a state that is never met.
fn states(arrivals: f64, service: f64, servers: u32) -> Vec<f64> {
    let mut states = vec![1.0_f64];
    for number in 1..20_000_u32 {
        let busy = f64::from(number.min(servers));
        let next = states[states.len() - 1] * arrivals / (busy * service);
        states.push(next);
    }
    let sum: f64 = states.iter().sum();
    states.iter().map(|weight| weight / sum).collect()
}

proptest! {
    #[test]
    fn erlang_c_is_the_balance_of_states(load in 0.05..0.95_f64, service in 0.1..9.0_f64, servers in 1_u32..30) {
        let arrivals = load * service * f64::from(servers);
        let queue = ErlangC { arrivals, service, servers };
        let states = states(arrivals, service, servers);
        let full = servers as usize;
        let waits: f64 = states[full..].iter().sum();
        let line: f64 = states.iter().enumerate().skip(full).map(|(n, p)| (n - full) as f64 * p).sum();
        prop_assert!(near(queue.waiting_probability(), waits));
        prop_assert!(near(queue.empty_probability(), states[0]));
        prop_assert!((queue.queue() / line - 1.0).abs() < 1e-7);
        prop_assert!(near(queue.wip(), queue.queue() + queue.offered()));
        prop_assert!(near(queue.waits_longer_than(0.0), waits));
    }

    #[test]
    fn allen_cunneen_is_kingman_for_one_and_erlang_for_chance(
        load in 0.05..0.95_f64, time in 0.1..9.0_f64, variation in 0.0..4.0_f64, servers in 1_u32..40,
    ) {
        let of = |servers: u32| ErlangC {
            arrivals: load * f64::from(servers) / time,
            service: 1.0 / time,
            servers,
        };
        let one = allen_cunneen_wait(&of(1), 1.0, variation);
        prop_assert!(near(one, mg1_wait(load / time, time, variation)));
        prop_assert!(near(one, kingman_wait(load, time, 1.0, variation)));
        let many = of(servers);
        prop_assert!(near(allen_cunneen_wait(&many, 1.0, 1.0), many.wait()));
        prop_assert!(near(departure_variation(load, servers, 1.0, 1.0), 1.0));
        prop_assert!(near(departure_variation(load, 1, 0.5, variation), load * load * variation + (1.0 - load * load) * 0.5));
    }

    #[test]
    fn changeovers_vary_as_counting_them_does(time in 1.0..9.0_f64, changeover in 1.0..50.0_f64, batch in 1_u32..20) {
        // After each item a changeover comes with probability 1 / Ns; its time does not vary.
        let batch = f64::from(batch);
        let (with, without) = (time + changeover, time);
        let mean = with / batch + without * (1.0 - 1.0 / batch);
        let square = with * with / batch + without * without * (1.0 - 1.0 / batch);
        let expected = (square - mean * mean) / (mean * mean);
        let found = changeover_variation(0.0, time, changeover, 0.0, batch);
        prop_assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    /// Mean value analysis (Reiser & Lavenberg 1980) is exact for closed exponential lines.
    #[test]
    fn the_practical_worst_case_is_exact_for_a_balanced_line(time in 0.1..9.0_f64, stations in 1_usize..8, wip in 1_u32..30) {
        let mut queues = vec![0.0; stations];
        let mut cycle = 0.0;
        for items in 1..=wip {
            let times: Vec<f64> = queues.iter().map(|queue| time * (1.0 + queue)).collect();
            cycle = times.iter().sum();
            queues = times.iter().map(|spent| spent * f64::from(items) / cycle).collect();
        }
        let line = Line { capacity: 1.0 / time, raw_process_time: time * stations as f64 };
        let found = line.practical_worst(f64::from(wip));
        prop_assert!(near(found.cycle_time, cycle));
        prop_assert!(near(found.throughput, f64::from(wip) / cycle));
    }
}

#[test]
fn thousands_of_servers_do_not_overflow() {
    let queue = |servers: u32, load: f64| ErlangC {
        arrivals: load * f64::from(servers),
        service: 1.0,
        servers,
    };
    let found = queue(5_000, 0.99).waiting_probability();
    assert!(found > 0.2 && found < 0.4, "{found}");
    assert!(queue(5_000, 0.5).waiting_probability() < 1e-100);
    assert!(queue(5_000, 0.99).empty_probability() == 0.0);
    assert!(queue(3, 1.0).wait().is_infinite());
    assert_near(queue(3, 1.2).waiting_probability(), 1.0);
}

#[test]
fn outages_vary_the_work_as_the_formula_says() {
    // Hopp & Spearman, ch. 8: t0 15 min, c0² 1.0; down an hour in a thousand and so on: long
    // rare outages vary more than short frequent ones of the same availability.
    let long = outage_variation(0.0, 0.75, 248.0, 1.0, 15.0);
    let short = outage_variation(0.0, 0.75, 5.0, 1.0, 15.0);
    assert_near(long, 2.0 * 0.75 * 0.25 * 248.0 / 15.0);
    assert!(long > short);
    assert_near(outage_variation(0.4, 1.0, 99.0, 1.0, 15.0), 0.4);
}
