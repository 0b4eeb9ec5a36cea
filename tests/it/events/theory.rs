//! What holds in every line and every run: Little's law, time that adds up, monotony.

use std::sync::Arc;

use loopstream::simulate::events::{
    Arrivals, Cause, Chance, Doing, Law, LeftOut, Line, Plan, Purpose, Route, Run, Settings, Step,
    Study, Until, item_number,
};
use proptest::prelude::*;

use super::lines::{constant, conwip, exponential, mm1, plan, poisson};
use super::slow_lines::any_line;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// L = lambda W within each run, items inside counted (Little 1961); all that came has left or is
    /// inside; each server's time is spent on something; each item's time at a station has a cause.
    #[test]
    fn sums_agree_in_every_run(line in any_line(), seed in 0_u64..1_000) {
        let plan: Arc<Plan> = Arc::new(Plan::new(line).unwrap());
        let mut run = Run::new(&plan, seed, 0, Until::Time(200.0));
        run.finish();
        let (counted, summed) = run.little();
        prop_assert!((counted - summed).abs() <= 1e-9 * counted.max(1.0), "{counted} {summed}");
        let totals = run.totals();
        let (inside, outside) = run.work_in_progress();
        prop_assert_eq!(totals.arrived, totals.left + inside + outside);
        for (crew, (count, steps)) in plan.crews().enumerate() {
            let mut sum = totals.idle(crew) + totals.down(crew);
            for step in steps {
                for doing in [Doing::Work, Doing::SetUp, Doing::Blocked, Doing::Down] {
                    sum += totals.servers(*step as usize, doing);
                }
            }
            let all = f64::from(count) * 200.0;
            prop_assert!((sum - all).abs() < 1e-9 * all, "{crew} {sum} {all}");
        }
        if plan.line().stations.iter().all(|s| s.route.back.is_empty()) && run.in_work().all(|item| item.station.is_some()) {
            for item in run.in_work() {
                prop_assert!(item.age >= item.since - 1e-9);
            }
        }
    }

    /// A run does not hang on the size of its portions.
    #[test]
    fn portions_change_nothing(line in any_line(), seed in 0_u64..1_000, portion in 1_u64..50) {
        let plan = Arc::new(Plan::new(line).unwrap());
        let mut whole = Run::new(&plan, seed, 0, Until::Time(100.0));
        whole.finish();
        let mut parts = Run::new(&plan, seed, 0, Until::Time(100.0));
        while parts.advance(portion) == loopstream::simulate::events::Status::Running {}
        prop_assert_eq!(whole.totals(), parts.totals());
        prop_assert_eq!(whole.history(), parts.history());
    }
}

fn leaving(line: Line, seed: u64, items: u64) -> Vec<f64> {
    let plan = plan(line);
    let latest = f64::INFINITY;
    let mut run = Run::new(&plan, seed, 0, Until::Left { items, latest });
    run.finish();
    run.history().scatter().iter().map(|dot| dot.0).collect()
}

/// In a first-come line with one server a step, work that takes longer, or comes later, makes every
/// item leave later; more room or more work in progress, earlier (Glasserman & Yao 1994).
#[test]
fn each_departure_moves_as_theory_says() {
    for seed in 0..40 {
        let line = |scale: f64, rate: f64, room: Option<u32>| {
            let steps = [0.9, 1.0, 0.8].map(|mean| Step::new(exponential(mean * scale)));
            let mut line = Line::in_a_row(steps.into(), poisson(rate));
            for station in &mut line.stations[1..] {
                station.queue_limit = room;
            }
            line
        };
        let base = leaving(line(1.0, 0.8, Some(1)), seed, 500);
        for (what, later) in [
            ("longer work", leaving(line(1.1, 0.8, Some(1)), seed, 500)),
            ("less room", leaving(line(1.0, 0.8, Some(0)), seed, 500)),
            (
                "fewer arrivals",
                leaving(line(1.0, 0.7, Some(1)), seed, 500),
            ),
        ] {
            assert!(
                base.iter().zip(&later).all(|(one, other)| one <= other),
                "{what}"
            );
        }
        for (what, sooner) in [
            ("more room", leaving(line(1.0, 0.8, Some(2)), seed, 500)),
            ("no limit", leaving(line(1.0, 0.8, None), seed, 500)),
        ] {
            assert!(
                base.iter().zip(&sooner).all(|(one, other)| one >= other),
                "{what}"
            );
        }
        let steps = || {
            [0.9, 1.0, 0.8]
                .map(|mean| Step::new(exponential(mean)))
                .into()
        };
        let mut before: Option<Vec<f64>> = None;
        for wip in 1..6 {
            let times = leaving(conwip(steps(), wip), seed, 500);
            if let Some(before) = &before {
                assert!(times.iter().zip(before).all(|(one, other)| one <= other));
            }
            before = Some(times);
        }
        // One server more, by order of leaving.
        let one = leaving(mm1(0.9), seed, 500);
        let two = Line::in_a_row(vec![Step::with_servers(exponential(1.0), 2)], poisson(0.9));
        let two = leaving(two, seed, 500);
        assert!(one.iter().zip(&two).all(|(one, two)| two <= one));
    }
}

/// Lindley's recursion (1952), item by item, with the same numbers: an item begins when it has come
/// and the one before it is done.
#[test]
fn lines_without_limits_are_those_of_the_recursion_of_lindley() {
    for seed in 0..20 {
        let (work, gap) = (Law::pert(0.2, 0.5, 3.0).unwrap(), exponential(1.1));
        let steps = vec![Step::new(work.clone()), Step::new(work.clone())];
        let line = Line::in_a_row(steps, Arrivals::Every(gap.clone()));
        let chance = Chance::new(seed, 0);
        let gaps = chance.stream(line.sources[0].key, Purpose::Arrival);
        let works = [0, 1].map(|place: usize| {
            let key = line.stations[place].key;
            chance.stream(key, Purpose::Work)
        });
        let source = line.sources[0].key;
        let times = leaving(line, seed, 1_000);
        let (mut came, mut done) = (0.0, [0.0_f64; 2]);
        for (index, time) in (0_u64..).zip(&times) {
            came += gap.quantile(gaps.unit(index, 0));
            let mut here = came;
            for (done, works) in done.iter_mut().zip(&works) {
                let span = work.quantile(works.unit(item_number(source, index), 0));
                here = done.max(here) + span;
                *done = here;
            }
            assert_eq!(*time, here, "{seed} {index}");
        }
    }
}

#[test]
fn waits_have_their_causes() {
    let plan = plan(mm1(0.8));
    let mut run = Run::new(&plan, 3, 0, Until::Time(20_000.0));
    run.finish();
    let totals = run.totals();
    let all = totals.all_items(0);
    let parts = totals.items(0, Cause::Queue) + totals.items(0, Cause::Work);
    assert!((all - parts).abs() < 1e-9 * all);
    assert!((totals.items(0, Cause::Work) - totals.servers(0, Doing::Work)).abs() < 1e-6);
    assert!((totals.inside - all).abs() < 1e-9 * all);
}

#[test]
fn rework_comes_back_as_often_as_it_should() {
    let mut line = Line::in_a_row(
        vec![Step::new(exponential(0.1)), Step::new(exponential(0.1))],
        poisson(1.0),
    );
    line.stations[1].route = Route::LEAVE.with_back(0.25, 0);
    let plan = plan(line);
    let mut run = Run::new(&plan, 3, 0, Until::Time(40_000.0));
    run.finish();
    let totals = run.totals();
    let visits = totals.came(0) as f64 / totals.arrived as f64;
    assert!((visits - 4.0 / 3.0).abs() < 0.015, "{visits}");
}

/// Waits of single items against those that follow from lead times, by sorting and counting: of two
/// runs together, of what leaves after the start, in order.
#[test]
fn waits_that_85_of_100_are_within_are_those_of_a_list() {
    let line = || Line::in_a_row(vec![Step::new(constant(1.0))], poisson(0.8));
    let plan = plan(line());
    let (length, start) = (2_000.0, 300.0);
    let settings = Settings {
        seed: 7,
        length,
        replications: 2,
        most: 2,
        precision: 0.0,
        warm_up: LeftOut::Time(start),
        level: 0.95,
    };
    let mut waits: Vec<f64> = Vec::new();
    for replication in 0..2 {
        let mut run = Run::new(&plan, 7, replication, Until::Time(length));
        run.finish();
        assert_eq!(run.history().items_a_dot(), 1);
        let dots = run.history().scatter().iter();
        waits.extend(dots.filter(|dot| dot.0 >= start).map(|dot| dot.1 - 1.0));
    }
    waits.sort_by(f64::total_cmp);
    let place = (0.85 * waits.len() as f64).ceil() as usize - 1;
    let mut study = Study::with_waits(Arc::clone(&plan), settings);
    study.finish();
    let found = study.results().unwrap();
    let wait = found.stations[0].wait_85.unwrap();
    assert!(
        (wait - waits[place]).abs() < 1e-9,
        "{wait} {}",
        waits[place]
    );
    // Without notes nothing is said of it, and all else is the same.
    let mut plain = Study::new(plan, settings);
    plain.finish();
    let plain = plain.results().unwrap();
    assert_eq!(plain.stations[0].wait_85, None);
    assert_eq!((plain.lead, plain.events), (found.lead, found.events));
}

/// Of M/M/1 an item waits longer than t with the chance rho exp(-(mu - lambda) t); what has no room
/// waits outside, and before a limit it waits in the delay that is there.
#[test]
fn waits_of_an_exponential_line_are_those_of_the_formula() {
    let plan = plan(Line::in_a_row(
        vec![Step::new(exponential(1.0))],
        poisson(0.8),
    ));
    let settings = Settings {
        seed: 3,
        length: 40_000.0,
        replications: 10,
        most: 10,
        precision: 0.0,
        warm_up: LeftOut::Found,
        level: 0.95,
    };
    let mut study = Study::with_waits(plan, settings);
    study.finish();
    let wait = study.results().unwrap().stations[0].wait_85.unwrap();
    let expected = (0.8_f64 / 0.15).ln() / 0.2;
    assert!(
        (wait - expected).abs() < 0.1 * expected,
        "{wait} {expected}"
    );
}
