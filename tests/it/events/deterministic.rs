//! Lines in which nothing varies: every time must be exact.

use loopstream::simulate::events::{
    Arrivals, Crew, Cycle, End, Law, Line, OutageBy, Outages, Place, Route, Run, Servers, SetUp,
    SetUpWhen, Source, Station, Step, Until, Waiting, WhenBlocked,
};

use super::lines::{constant, conwip, plan};

fn steps(times: &[(f64, u32)]) -> Vec<Step> {
    let each = times.iter();
    each.map(|(time, servers)| Step::with_servers(constant(*time), *servers))
        .collect()
}

/// Leaving times, of all items.
fn departures(line: Line, length: f64) -> Vec<(f64, f64)> {
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(length));
    run.finish();
    assert_eq!(run.history().items_a_dot(), 1);
    run.history().scatter().to_vec()
}

/// Throughput and cycle time over whole rounds of so many items, late in a run.
fn steady(line: Line, length: f64, round: usize) -> (f64, f64) {
    let dots = departures(line, length);
    let from = dots.partition_point(|(time, _)| *time <= length / 2.0);
    let rounds = (dots.len() - 1 - from) / round;
    let late = &dots[from + 1..=from + rounds * round];
    let time = late[late.len() - 1].0 - dots[from].0;
    let lead: f64 = late.iter().map(|(_, lead)| lead).sum();
    (late.len() as f64 / time, lead / late.len() as f64)
}

/// Hopp & Spearman, *Factory Physics*, ch. 7: the best case of Penny Fab One and Two.
#[test]
fn the_penny_fabs_at_their_best() {
    for wip in 1..=10_u32 {
        let w = f64::from(wip);
        let one = steady(conwip(steps(&[(2.0, 1); 4]), wip), 1_600.0, wip as usize);
        assert_eq!(one.0, (w / 8.0).min(0.5), "{wip}");
        assert_eq!(one.1, 8.0_f64.max(2.0 * w), "{wip}");
    }
    // Whole rounds of Penny Fab Two: 2, 5, 10 and 3 hours on 1, 2, 6 and 2 machines.
    for wip in 1..=20_u32 {
        let w = f64::from(wip);
        let fab = steps(&[(2.0, 1), (5.0, 2), (10.0, 6), (3.0, 2)]);
        let dots = departures(conwip(fab, wip), 4_000.0);
        let rounds = |time: f64| dots.iter().filter(|(at, _)| *at <= time).count() as f64;
        let throughput = (rounds(3_900.0) - rounds(1_900.0)) / 2_000.0;
        let best = (w / 20.0).min(0.4);
        assert!(
            (throughput - best).abs() < 2.0 / 2_000.0,
            "{wip} {throughput}"
        );
    }
}

/// Curry & Feldman, *Manufacturing Systems Modeling and Analysis*, table 2.1.
#[test]
fn curry_and_feldman_2_1() {
    let line = || conwip(steps(&[(1.0, 1), (2.0, 1), (1.0, 1), (1.0, 1)]), 10);
    let dots = departures(line(), 400.0);
    assert_eq!(dots.iter().filter(|(time, _)| *time <= 24.0).count(), 10);
    assert!(dots.iter().skip(30).all(|(_, lead)| *lead == 20.0));
}

/// Sends items through a line with constant work, by the recursion: an item begins where it has come
/// and a server is free (the oracle of the slider of the app).
fn followed(stations: &[(f64, u32)], wip: usize, items: usize) -> Vec<f64> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for item in 0..items {
        let before = |count: usize| item.checked_sub(count).map(|index| &rows[index]);
        let mut came = before(wip).map_or(0.0, |row| row[row.len() - 1]);
        let mut row = Vec::new();
        for (place, (time, servers)) in stations.iter().enumerate() {
            let free = before(*servers as usize).map_or(0.0, |row| row[place]);
            came = came.max(free) + time;
            row.push(came);
        }
        rows.push(row);
    }
    rows.iter().map(|row| row[row.len() - 1]).collect()
}

#[test]
fn lines_with_constant_work_are_those_of_the_recursion() {
    let mut state = 5_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    for _ in 0..200 {
        let size = 1 + next(6);
        let stations: Vec<(f64, u32)> = (0..size)
            .map(|_| (1.0 + next(9) as f64, 1 + next(4) as u32))
            .collect();
        let wip = 1 + next(12) as u32;
        let dots = departures(conwip(steps(&stations), wip), 600.0);
        let rows = followed(&stations, wip as usize, dots.len());
        let times: Vec<f64> = dots.iter().map(|(time, _)| *time).collect();
        assert_eq!(times, rows, "{stations:?} {wip}");
    }
}

fn always(step: Step) -> Line {
    let mut line = Line::in_a_row(vec![step], Arrivals::Always);
    line.stations[0].queue_limit = Some(20);
    line
}

fn leaving(line: Line, length: f64) -> Vec<f64> {
    departures(line, length)
        .iter()
        .map(|(time, _)| *time)
        .collect()
}

#[test]
fn a_set_up_comes_before_every_batch() {
    let step = Step {
        set_up: Some(SetUp {
            time: constant(5.0),
            when: SetUpWhen::Every(3),
        }),
        ..Step::new(constant(2.0))
    };
    // 5 + 3 x 2 = 11 for each three: te = t0 + ts / Ns.
    let times = leaving(always(step), 33.0);
    assert_eq!(times, [7.0, 9.0, 11.0, 18.0, 20.0, 22.0, 29.0, 31.0, 33.0]);
}

#[test]
fn a_set_up_comes_where_the_kind_changes() {
    let step = Step {
        set_up: Some(SetUp {
            time: constant(5.0),
            when: SetUpWhen::KindChanges,
        }),
        work: vec![constant(2.0), constant(3.0)],
        ..Step::new(constant(2.0))
    };
    let mut line = Line::in_a_row(vec![step], Arrivals::At(vec![0.0, 1.0]));
    line.sources.push(Source {
        kind: 1,
        ..Source::new(9, 0, Arrivals::At(vec![2.0, 3.0]))
    });
    assert_eq!(leaving(line, 100.0), [7.0, 9.0, 17.0, 20.0]);
}

#[test]
fn outages_by_use_and_by_the_clock_differ() {
    let outages = |by| {
        Some(Outages {
            by,
            up: constant(5.0),
            down: constant(3.0),
        })
    };
    let line = |by| {
        let mut step = Step::new(constant(2.0));
        step.servers = Servers::Own(Crew {
            count: 1,
            outages: outages(by),
        });
        Line::in_a_row(vec![step], Arrivals::At(vec![0.0, 4.0, 10.0, 14.0]))
    };
    // By use: worked for 2, 2, then 1 of the third before it goes down from 11 to 14.
    assert_eq!(leaving(line(OutageBy::Use), 100.0), [2.0, 6.0, 15.0, 17.0]);
    // By the clock: down from 5 to 8, 13 to 16.
    assert_eq!(
        leaving(line(OutageBy::Clock), 100.0),
        [2.0, 9.0, 12.0, 18.0]
    );
}

#[test]
fn an_oven_waits_for_its_load_and_a_gate_for_its_batch() {
    let arrivals = || Arrivals::At(vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let oven = Step {
        cycle: Cycle { least: 3, most: 4 },
        ..Step::new(constant(10.0))
    };
    // Three at 2, then the four that have come by 12; nothing more comes.
    let times = leaving(Line::in_a_row(vec![oven], arrivals()), 100.0);
    assert_eq!(times, [12.0, 12.0, 12.0, 22.0, 22.0, 22.0, 22.0]);
    let gate = Step {
        gather: 3,
        ..Step::new(constant(1.0))
    };
    // At 2: 3, 4, 5. At 5: 6, 7, 8. The last is let go when nothing more can come.
    let times = leaving(Line::in_a_row(vec![gate], arrivals()), 100.0);
    assert_eq!(times, [3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    let transfer = Step {
        transfer: 3,
        ..Step::new(constant(1.0))
    };
    let times = leaving(Line::in_a_row(vec![transfer], arrivals()), 100.0);
    assert_eq!(times, [3.0, 3.0, 3.0, 6.0, 6.0, 6.0, 7.0]);
}

#[test]
fn a_full_queue_blocks_after_service() {
    // 1 h then 3 h without room between: the first is blocked from 2 to 4.
    let line = |when_blocked| {
        let first = Step {
            when_blocked,
            ..Step::new(constant(1.0))
        };
        let mut line = Line::in_a_row(
            vec![first, Step::new(constant(3.0))],
            Arrivals::At(vec![0.0; 4]),
        );
        line.stations[1].queue_limit = Some(0);
        line
    };
    let mut run = Run::new(
        &plan(line(WhenBlocked::HoldsServer)),
        1,
        0,
        Until::Time(13.0),
    );
    run.finish();
    let times: Vec<f64> = run.history().scatter().iter().map(|dot| dot.0).collect();
    assert_eq!(times, [4.0, 7.0, 10.0, 13.0]);
    use loopstream::simulate::events::{Cause, Doing};
    // Item 2 is blocked from 2 to 4, item 3 from 5 to 7, item 4 from 8 to 10.
    assert_eq!(run.totals().servers(0, Doing::Blocked), 6.0);
    assert_eq!(run.totals().items(0, Cause::Blocked), 6.0);
    assert_eq!(run.totals().servers(0, Doing::Work), 4.0);
    assert_eq!(run.totals().idle(0), 3.0);
    let mut run = Run::new(&plan(line(WhenBlocked::LaidAside)), 1, 0, Until::Time(13.0));
    run.finish();
    // All are done by 4, and lie there.
    assert_eq!(run.totals().servers(0, Doing::Blocked), 0.0);
    assert_eq!(run.totals().items(0, Cause::Blocked), 2.0 + 4.0 + 6.0);
}

#[test]
fn a_line_that_holds_itself_up_says_so() {
    // What is done goes back to a place that is full of what waits for it to move.
    let mut line = Line::in_a_row(
        vec![Step::new(constant(1.0)), Step::new(constant(1.0))],
        Arrivals::At(vec![0.0; 6]),
    );
    for station in &mut line.stations {
        station.queue_limit = Some(0);
    }
    line.stations[1].route = Route::LEAVE.with_back(0.999, 0);
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(1_000.0));
    assert_eq!(run.finish(), End::Stuck);
    assert!(run.work_in_progress().0 > 0);
}

#[test]
fn what_is_there_at_the_start_has_its_age() {
    let mut line = Line::in_a_row(
        vec![Step::new(constant(2.0)), Step::new(constant(5.0))],
        Arrivals::At(vec![1.0]),
    );
    line.start = vec![
        Waiting {
            station: 1,
            ages: vec![30.0, 10.0],
            kind: 0,
            class: 1,
        },
        Waiting {
            station: 0,
            ages: vec![1.0],
            kind: 0,
            class: 1,
        },
    ];
    let plan = plan(line);
    let mut run = Run::new(&plan, 1, 0, Until::Time(100.0));
    assert_eq!(run.finish(), End::Done);
    let dots = run.history().scatter();
    assert_eq!(
        dots,
        [(5.0, 35.0), (10.0, 20.0), (15.0, 16.0), (20.0, 19.0)]
    );
    let mut run = Run::new(&plan, 1, 0, Until::StartLeft { latest: 100.0 });
    assert_eq!(run.finish(), End::Left);
    assert_eq!(run.now(), 15.0);
    let (counted, summed) = run.little();
    assert!((counted - summed).abs() < 1e-9);
}

#[test]
fn parts_wait_for_each_other_where_they_meet() {
    let station = |key, time, route| Station::step(key, Step::new(constant(time)), route);
    let line = Line {
        stations: vec![
            station(
                1,
                1.0,
                Route {
                    back: vec![],
                    onwards: loopstream::simulate::events::Onwards::All(vec![1, 2]),
                },
            ),
            station(2, 3.0, Route::to(3)),
            station(3, 5.0, Route::to(3)),
            station(4, 1.0, Route::LEAVE),
        ],
        sources: vec![Source::new(9, 0, Arrivals::At(vec![0.0, 1.0]))],
        ..Line::default()
    };
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(50.0));
    run.finish();
    let dots = run.history().scatter();
    // 1 + 5 + 1; the second waits at the slower branch until 6.
    assert_eq!(dots, [(7.0, 7.0), (12.0, 11.0)]);
    use loopstream::simulate::events::Cause;
    // The quick parts come at 4 and 7, the slow ones at 6 and 11.
    assert_eq!(run.totals().items(3, Cause::Parts), 2.0 + 4.0);
    assert_eq!(run.totals().came(3), 2);
}

#[test]
fn a_part_that_goes_back_before_the_division_is_done_again_with_the_others() {
    let back_to_start = |chance| Route::to(3).with_back(chance, 0);
    let station = |key, time, route| Station::step(key, Step::new(constant(time)), route);
    // The quick branch goes back now and then; whenever it does, both branches are done again.
    let line = Line {
        stations: vec![
            station(
                1,
                1.0,
                Route {
                    back: vec![],
                    onwards: loopstream::simulate::events::Onwards::All(vec![1, 2]),
                },
            ),
            station(2, 3.0, back_to_start(0.5)),
            station(3, 5.0, Route::to(3)),
            station(4, 1.0, Route::LEAVE),
        ],
        sources: vec![Source::new(9, 0, Arrivals::Every(constant(1_000.0)))],
        ..Line::default()
    };
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(2_000_500.0));
    run.finish();
    let totals = run.totals();
    assert_eq!(totals.left, 2_000);
    assert_eq!(totals.came(3), 2_000);
    assert_eq!(totals.came(1), totals.came(2));
    assert_eq!(totals.came(0), totals.came(1));
    // Twice in the mean.
    assert!((totals.came(0) as f64 - 4_000.0).abs() < 4.0 * 63.3);
    // Each time 1 + 5, and 1 at the end.
    let rounds = totals.came(0) as f64;
    assert_eq!(totals.lead, rounds * 6.0 + 2_000.0);
}

#[test]
fn a_lane_holds_only_so_much() {
    // A lane of two places between a quick and a slow step without a queue of its own.
    let mut line = Line {
        stations: vec![
            Station::step(1, Step::new(constant(1.0)), Route::to(1)),
            Station::delay(2, constant(0.0), Route::to(2)),
            Station::step(3, Step::new(constant(10.0)), Route::LEAVE),
        ],
        sources: vec![Source::new(9, 0, Arrivals::At(vec![0.0; 6]))],
        ..Line::default()
    };
    line.stations[1].queue_limit = Some(2);
    line.stations[2].queue_limit = Some(0);
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(61.0));
    run.finish();
    use loopstream::simulate::events::{Cause, Doing};
    let times: Vec<f64> = run.history().scatter().iter().map(|dot| dot.0).collect();
    assert_eq!(times, [11.0, 21.0, 31.0, 41.0, 51.0, 61.0]);
    // The fourth is done at 4 and waits on its server until 11, the fifth from 12 to 21, and so on.
    assert_eq!(run.totals().servers(0, Doing::Blocked), 7.0 + 9.0 + 9.0);
    assert_eq!(run.totals().items(1, Cause::Delay), 0.0);
}

#[test]
fn expedited_items_interrupt_and_what_is_interrupted_goes_on() {
    let mut line = Line::in_a_row(
        vec![Step::new(constant(10.0))],
        Arrivals::At(vec![0.0, 1.0]),
    );
    line.sources.push(Source {
        class: 0,
        ..Source::new(9, 0, Arrivals::At(vec![4.0, 5.0]))
    });
    assert_eq!(leaving(line.clone(), 100.0), [10.0, 20.0, 30.0, 40.0]);
    line.expedite = loopstream::simulate::events::Expedite::Interrupts;
    let dots = departures(line, 100.0);
    assert_eq!(
        dots,
        [(14.0, 10.0), (24.0, 19.0), (30.0, 30.0), (40.0, 39.0)]
    );
}

#[test]
fn measured_times_are_drawn_as_they_were() {
    let law = Law::measured([1.0, 2.0, 4.0]).unwrap();
    let mut line = Line::in_a_row(vec![Step::new(law)], Arrivals::Every(constant(10.0)));
    line.sources[0].most = Some(3_000);
    let dots = departures(line, 1e6);
    let share = |lead: f64| dots.iter().filter(|dot| dot.1 == lead).count() as f64 / 3_000.0;
    for lead in [1.0, 2.0, 4.0] {
        assert!((share(lead) - 1.0 / 3.0).abs() < 0.04);
    }
    assert_eq!(dots.len(), 3_000);
}

#[test]
fn a_place_that_is_no_step_has_no_crew() {
    let line = Line {
        stations: vec![Station::delay(1, constant(2.0), Route::LEAVE)],
        sources: vec![Source::new(9, 0, Arrivals::Every(constant(1.0)))],
        ..Line::default()
    };
    let plan = plan(line);
    assert!(matches!(plan.line().stations[0].place, Place::Delay(_)));
    assert_eq!(plan.crew_of(0), None);
    let mut run = Run::new(&plan, 1, 0, Until::Time(100.5));
    run.finish();
    assert_eq!(run.totals().left, 98);
    assert_eq!(run.work_in_progress(), (2, 0));
}

#[test]
fn pieces_are_packed_into_boxes() {
    let line = Line {
        stations: vec![
            Station::step(1, Step::new(constant(1.0)), Route::to(1)),
            Station {
                key: 2,
                place: Place::Pack(3),
                route: Route::to(2),
                queue_limit: None,
            },
            Station::step(3, Step::new(constant(2.0)), Route::LEAVE),
        ],
        sources: vec![Source::new(9, 0, Arrivals::At(vec![0.0; 7]))],
        ..Line::default()
    };
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(50.0));
    assert_eq!(run.finish(), End::Done);
    // Done at 1 to 7: boxes at 3 and 6, and one with what is left when nothing more comes.
    assert_eq!(
        run.history().scatter(),
        [(5.0, 5.0), (8.0, 8.0), (10.0, 10.0)]
    );
    let totals = run.totals();
    assert_eq!((totals.arrived, totals.left, totals.absorbed), (7, 3, 4));
    let (counted, summed) = run.little();
    assert!((counted - summed).abs() < 1e-9);
}

#[test]
fn what_goes_round_without_time_ends() {
    let mut line = Line::in_a_row(vec![Step::new(constant(0.0))], Arrivals::Always);
    line.stations[0].queue_limit = Some(1);
    let mut run = Run::new(&plan(line), 1, 0, Until::Time(1.0));
    assert_eq!(run.finish(), End::Endless);
}
