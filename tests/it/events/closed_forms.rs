//! Lines whose figures can be computed by a formula. A check is 100 studies with fixed seeds; it
//! passes if the true value lies in the 99 % interval of 97 or more.

use std::sync::Arc;

use loopstream::simulate::events::{
    Arrivals, Crew, Expedite, Interval, Law, Line, Onwards, OutageBy, Outages, Plan, Results,
    Route, Servers, Source, Station, Step, Store, WhenFull,
};

use super::lines::{constant, conwip, exponential, mm1, plan, poisson, results, settings};

/// A number that a study should find, and how it is read.
type Truth = (&'static str, f64, fn(&Results) -> Interval);

fn lead(results: &Results) -> Interval {
    results.lead.unwrap()
}

fn throughput(results: &Results) -> Interval {
    results.throughput
}

/// Runs 100 studies, each of so many replications of a length, and counts the intervals that hold
/// the truth.
/// The seeds are fixed, and others for each check: those after the sum of the letters of its name.
fn check(
    name: &str,
    plan: &Arc<Plan>,
    (length, warm_up, replications): (f64, f64, u32),
    truths: &[Truth],
) {
    let mut held = vec![0; truths.len()];
    let first = 1_000 * name.bytes().map(u64::from).sum::<u64>();
    for seed in first..first + 100 {
        let results = results(plan, settings(seed, length, warm_up, replications));
        for (held, (_, truth, read)) in held.iter_mut().zip(truths) {
            *held += u32::from(read(&results).holds(*truth));
        }
    }
    for (held, (what, truth, _)) in held.iter().zip(truths) {
        println!("{name}, {what} {truth}: {held} of 100");
    }
    for (held, (what, truth, _)) in held.iter().zip(truths) {
        assert!(*held >= 97, "{name}, {what} {truth}: {held} of 100");
    }
}

fn one_step(step: Step, arrivals: Arrivals) -> Arc<Plan> {
    plan(Line::in_a_row(vec![step], arrivals))
}

/// The lead time of M/M/1 is exponential (Erlang 1917; Kleinrock, *Queueing Systems* 1, ch. 3).
#[test]
fn mm1_at_0_8() {
    check(
        "M/M/1",
        &plan(mm1(0.8)),
        (8_000.0, 400.0, 10),
        &[
            ("lead time", 5.0, lead),
            ("items", 4.0, |results| results.inside),
            ("at work", 0.8, |results| results.crews[0].work),
            ("busy", 0.8, |results| results.crews[0].busy),
            ("waiting", 3.2, |results| results.stations[0].waiting),
            ("wait", 4.0, |results| results.stations[0].wait.unwrap()),
            ("50 %", 3.465_736, |results| results.percentiles.unwrap()[0]),
            ("85 %", 9.485_600, |results| results.percentiles.unwrap()[1]),
            ("95 %", 14.978_661, |results| {
                results.percentiles.unwrap()[2]
            }),
        ],
    );
}

/// Erlang 1917.
#[test]
fn servers_side_by_side() {
    for (servers, rate, wait) in [(2, 1.6, 1.777_78), (5, 4.0, 0.554_113)] {
        let step = Step::with_servers(exponential(1.0), servers);
        let plan = one_step(step, poisson(rate));
        let truths: [Truth; 1] = [("lead time", 1.0 + wait, lead)];
        check("M/M/c", &plan, (2_000.0, 250.0, 10), &truths);
    }
}

/// Pollaczek 1930, Khinchine 1932.
#[test]
fn work_of_any_law() {
    for (law, wait) in [
        (constant(1.0), 2.0),
        (Law::gamma(1.0, 0.5_f64.sqrt()).unwrap(), 3.0),
        (Law::gamma(1.0, 1.5).unwrap(), 6.5),
        (Law::log_normal(1.0, 0.8).unwrap(), 3.28),
    ] {
        let name = format!("M/{}/1", law.name());
        let plan = one_step(Step::new(law), poisson(0.8));
        let truths: [Truth; 1] = [("lead time", 1.0 + wait, lead)];
        check(&name, &plan, (4_000.0, 500.0, 10), &truths);
    }
}

/// GI/M/1: Wq = s / (1 - s), with s = A*(mu (1 - s)) (Kendall 1953).
#[test]
fn arrivals_of_any_law() {
    for (law, wait) in [
        (constant(1.25), 1.692_731),
        (Law::erlang(1.25, 2).unwrap(), 2.843_980),
    ] {
        let name = format!("{}/M/1", law.name());
        let plan = one_step(Step::new(exponential(1.0)), Arrivals::Every(law));
        let truths: [Truth; 1] = [("lead time", 1.0 + wait, lead)];
        check(&name, &plan, (3_000.0, 400.0, 10), &truths);
    }
}

fn two_classes(expedite: Expedite) -> Arc<Plan> {
    let mut line = mm1(0.6);
    line.expedite = expedite;
    line.sources.push(Source {
        class: 0,
        ..Source::new(77, 0, poisson(0.2))
    });
    plan(line)
}

/// Cobham 1954; with interruption White & Christie 1958.
#[test]
fn two_classes_of_items() {
    let urgent: fn(&Results) -> Interval = |results| results.by_class[0].unwrap();
    let others: fn(&Results) -> Interval = |results| results.by_class[1].unwrap();
    check(
        "priority",
        &two_classes(Expedite::JumpsQueues),
        (3_000.0, 400.0, 20),
        &[("first", 2.0, urgent), ("second", 6.0, others)],
    );
    check(
        "priority with interruption",
        &two_classes(Expedite::Interrupts),
        (3_000.0, 400.0, 20),
        &[("first", 1.25, urgent), ("second", 6.25, others)],
    );
}

/// M/M/1/5: the balance equations of six states.
#[test]
fn a_limit_that_turns_away() {
    let mut line = mm1(0.8);
    line.stations[0].queue_limit = Some(4);
    line.sources[0].when_full = WhenFull::TurnedAway;
    check(
        "M/M/1/5",
        &plan(line),
        (1_500.0, 100.0, 10),
        &[
            ("turned away", 0.088_819, |results| results.turned_away),
            ("items", 1.868_332, |results| results.inside),
            ("lead time", 2.563_065, lead),
        ],
    );
}

/// Rework to the same step, each time anew (Jackson 1957, product form).
#[test]
fn rework_to_itself() {
    let mut line = mm1(0.4);
    line.stations[0].route = Route::LEAVE.with_back(0.3, 0);
    check(
        "rework",
        &plan(line),
        (2_500.0, 300.0, 10),
        &[
            ("lead time", 3.333_333, lead),
            ("at work", 0.571_429, |results| results.crews[0].work),
        ],
    );
}

/// Hopp & Spearman, *Factory Physics*, ch. 8: te 1.1111, ce² 2.8, and Pollaczek & Khinchine with
/// these.
#[test]
fn outages_by_use() {
    let mut step = Step::new(exponential(1.0));
    step.servers = Servers::Own(Crew {
        count: 1,
        outages: Some(Outages {
            by: OutageBy::Use,
            up: exponential(90.0),
            down: exponential(10.0),
        }),
    });
    check(
        "outages by use",
        &one_step(step, poisson(0.5)),
        (10_000.0, 500.0, 10),
        &[
            ("lead time", 2.638_889 + 1.111_111, lead),
            ("at work", 0.5, |results| results.crews[0].work),
            ("down", 0.055_556, |results| results.crews[0].down),
        ],
    );
}

/// M/M/1 with a server that goes down by the clock: the mean number from the balance equations of
/// (items, up or down), solved to 2,000 items.
fn items_with_outages(arrive: f64, serve: f64, fail: f64, repair: f64) -> f64 {
    // With f and r the generating functions give lambda (1 + mu f / (f + r)²) / (mu A - lambda).
    let up = repair / (fail + repair);
    let sum = fail + repair;
    arrive * (1.0 + serve * fail / (sum * sum)) / (serve * up - arrive)
}

/// The same by a plain iteration of the balance equations.
#[test]
fn the_formula_for_outages_by_the_clock_solves_the_balance_equations() {
    let (arrive, serve, fail, repair) = (0.5, 1.0, 0.1, 0.4);
    let size = 200;
    let step = 1.0 / (arrive + serve + fail + repair);
    let mut state = vec![[0.0; 2]; size];
    state[0][0] = 1.0;
    for _ in 0..30_000 {
        let mut next = vec![[0.0_f64; 2]; size];
        for n in 0..size {
            for down in 0..2 {
                let mut rest = state[n][down];
                let mut flow = |to_n: usize, to_down: usize, rate: f64| {
                    let part = state[n][down] * rate * step;
                    next[to_n][to_down] += part;
                    rest -= part;
                };
                if n + 1 < size {
                    flow(n + 1, down, arrive);
                }
                if down == 0 {
                    flow(n, 1, fail);
                    if n > 0 {
                        flow(n - 1, 0, serve);
                    }
                } else {
                    flow(n, 0, repair);
                }
                next[n][down] += rest;
            }
        }
        state = next;
    }
    let mean: f64 = (0..size)
        .map(|n| n as f64 * (state[n][0] + state[n][1]))
        .sum();
    let formula = items_with_outages(arrive, serve, fail, repair);
    assert!((mean - formula).abs() < 1e-6, "{mean} {formula}");
}

/// Avi-Itzhak & Naor 1963.
#[test]
fn outages_by_the_clock() {
    let mut step = Step::new(exponential(1.0));
    step.servers = Servers::Own(Crew {
        count: 1,
        outages: Some(Outages {
            by: OutageBy::Clock,
            up: exponential(10.0),
            down: exponential(2.5),
        }),
    });
    check(
        "outages by the clock",
        &one_step(step, poisson(0.5)),
        (3_000.0, 400.0, 10),
        &[
            ("items", items_with_outages(0.5, 1.0, 0.1, 0.4), |results| {
                results.inside
            }),
        ],
    );
}

/// M[4]/M/1 (Kleinrock 1, ch. 4).
#[test]
fn batches_that_arrive() {
    let mut line = mm1(0.2);
    line.sources[0].batch = 4;
    check(
        "batches of 4",
        &plan(line),
        (8_000.0, 1_500.0, 20),
        &[
            ("items", 10.0, |results| results.inside),
            ("lead time", 12.5, lead),
        ],
    );
}

/// Burke 1956, Reich 1957: the lead time is a sum of exponentials.
#[test]
fn two_steps_in_a_row() {
    let steps = [0.7, 0.9].map(|rate| Step::new(exponential(1.0 / rate)));
    check(
        "tandem",
        &plan(Line::in_a_row(steps.into(), poisson(0.5))),
        (3_000.0, 300.0, 10),
        &[
            ("lead time", 7.5, lead),
            ("95 %", 18.380_7, |results| results.percentiles.unwrap()[2]),
        ],
    );
}

/// Two equal exponential machines with a buffer of b, the first never starved: (b + 2) / (b + 3)
/// (Hunt 1956).
#[test]
fn a_buffer_between_two_machines() {
    for buffer in 0..=4_u32 {
        let steps = vec![Step::new(exponential(1.0)), Step::new(exponential(1.0))];
        let mut line = Line::in_a_row(steps, Arrivals::Always);
        line.stations[0].queue_limit = Some(0);
        line.stations[1].queue_limit = Some(buffer);
        let b = f64::from(buffer);
        let truths: [Truth; 1] = [("throughput", (b + 2.0) / (b + 3.0), throughput)];
        check(
            &format!("buffer {buffer}"),
            &plan(line),
            (600.0, 50.0, 10),
            &truths,
        );
    }
}

/// Mean value analysis of a closed line (Reiser & Lavenberg 1980).
#[test]
fn constant_work_in_exponential_lines() {
    let unbalanced = [
        (1, 0.2, 5.0),
        (4, 0.424_242, 9.428_571),
        (10, 0.495_926, 20.164_302),
    ];
    let balanced = [(1, 0.125, 8.0), (4, 0.285_714, 14.0), (10, 0.384_615, 26.0)];
    for (times, figures) in [([1.0, 2.0, 1.0, 1.0], unbalanced), ([2.0; 4], balanced)] {
        for (wip, rate, time) in figures {
            let steps = times.map(|time| Step::new(exponential(time)));
            let truths: [Truth; 2] = [("throughput", rate, throughput), ("lead time", time, lead)];
            let name = format!("CONWIP of {wip}");
            check(
                &name,
                &plan(conwip(steps.into(), wip)),
                (600.0, 100.0, 10),
                &truths,
            );
        }
    }
}

/// An open network with feedback (Jackson 1957): arrivals 1, 4, 3 and ways between all three give
/// loads of 5, 10 and 7.5; at servers of rates 10, 20 and 15 there is one item at each.
#[test]
fn a_jackson_network() {
    let step = |key, rate: f64, back: &[(f64, usize)], onwards: &[(f64, usize)]| {
        Station::step(
            key,
            Step::new(exponential(1.0 / rate)),
            Route {
                back: back.to_vec(),
                onwards: Onwards::One(onwards.to_vec()),
            },
        )
    };
    let line = Line {
        stations: vec![
            step(1, 10.0, &[], &[(0.6, 1), (0.3, 2)]),
            step(2, 20.0, &[(0.1, 0)], &[(1.0 / 3.0, 2)]),
            step(3, 15.0, &[(0.4, 0), (0.4, 1)], &[]),
        ],
        sources: vec![
            Source::new(11, 0, poisson(1.0)),
            Source::new(12, 1, poisson(4.0)),
            Source::new(13, 2, poisson(3.0)),
        ],
        ..Line::default()
    };
    check(
        "Jackson",
        &plan(line),
        (200.0, 20.0, 10),
        &[
            ("lead time", 3.0 / 8.0, lead),
            ("first", 1.0, |results| results.stations[0].all),
            ("second", 1.0, |results| results.stations[1].all),
            ("third", 1.0, |results| results.stations[2].all),
            ("coming to the second", 10.0, |results| {
                results.stations[1].throughput
            }),
        ],
    );
}

/// Two exponential branches that meet again: (12 - rho) / 8 times the lead time of one (Flatto &
/// Hahn 1984; Nelson & Tantawi 1988).
#[test]
fn two_branches_that_meet() {
    let branch = |key| Station::step(key, Step::new(exponential(1.0)), Route::to(3));
    let line = Line {
        stations: vec![
            Station::delay(
                1,
                constant(0.0),
                Route {
                    back: vec![],
                    onwards: Onwards::All(vec![1, 2]),
                },
            ),
            branch(2),
            branch(3),
            Station::delay(4, constant(0.0), Route::LEAVE),
        ],
        sources: vec![Source::new(9, 0, poisson(0.5))],
        ..Line::default()
    };
    check(
        "fork and join",
        &plan(line),
        (1_500.0, 150.0, 10),
        &[("lead time", 11.5 / 8.0 * 2.0, lead)],
    );
}

/// A supermarket that one exponential machine fills: of orders 1 - rho^S find stock; rho^(S + 1) /
/// (1 - rho) wait (Buzacott & Shanthikumar, *Stochastic Models of Manufacturing Systems*, ch. 4).
#[test]
fn a_supermarket() {
    let line = Line {
        stations: vec![
            Station::step(1, Step::new(exponential(1.0)), Route::to(1)),
            Station {
                key: 2,
                place: loopstream::simulate::events::Place::Store(Store {
                    level: 4,
                    from: vec![0],
                }),
                route: Route::LEAVE,
                queue_limit: None,
            },
        ],
        sources: vec![Source::new(9, 1, poisson(0.7))],
        ..Line::default()
    };
    let waiting = 0.7_f64.powi(5) / 0.3;
    check(
        "supermarket",
        &plan(line),
        (3_000.0, 200.0, 10),
        &[
            ("orders that wait", waiting, |results| results.inside),
            ("wait of an order", waiting / 0.7, lead),
            ("at work", 0.7, |results| results.crews[0].work),
        ],
    );
}

/// Items at a delay are Poisson: rate times delay (Little 1961).
#[test]
fn a_delay() {
    let line = Line {
        stations: vec![Station::delay(1, exponential(3.0), Route::LEAVE)],
        sources: vec![Source::new(9, 0, poisson(2.0))],
        ..Line::default()
    };
    check(
        "M/M/inf",
        &plan(line),
        (600.0, 50.0, 10),
        &[("items", 6.0, |results| results.inside)],
    );
}
