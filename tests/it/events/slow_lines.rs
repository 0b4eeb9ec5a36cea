//! Small lines at random, and the engine against the slow method on thousands of them.

use std::sync::Arc;

use loopstream::simulate::events::{
    Arrivals, Crew, Cycle, Expedite, Law, Limit, Line, Onwards, OutageBy, Outages, Place, Plan,
    Pool, Route, Run, Servers, SetUp, SetUpWhen, Source, Station, Step, Until, Waiting,
    WhenBlocked, WhenFull,
};
use proptest::prelude::*;

use super::slow;

/// Numbers for a random line.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn one_in(&mut self, of: u64) -> bool {
        self.next(of) == 0
    }

    fn unit(&mut self) -> f64 {
        (self.next(1 << 20) as f64 + 0.5) / f64::from(1 << 20)
    }

    /// A law without ties, of about this mean.
    fn law(&mut self, mean: f64) -> Law {
        match self.next(5) {
            0 => Law::exponential(mean),
            1 => Law::uniform(0.5 * mean, 1.5 * mean),
            2 => Law::triangular(0.3 * mean, 0.9 * mean, 2.0 * mean),
            3 => Law::log_normal(mean, 0.7),
            _ => Law::uniform(0.01 * mean, 3.0 * mean),
        }
        .unwrap()
    }
}

fn step(dice: &mut Dice, pools: usize, kinds: u64) -> Step {
    let mean = 0.2 + 1.2 * dice.unit();
    let mut step = Step::new(dice.law(mean));
    let count = 1 + dice.next(3) as u32;
    if pools > 0 && dice.one_in(2) {
        step.servers = Servers::Pool(dice.next(pools as u64) as usize);
        step.priority = dice.next(3) as u32;
    } else {
        step.servers = Servers::Own(crew(dice, count));
    }
    if kinds > 1 && dice.one_in(2) {
        step.work = vec![dice.law(mean), dice.law(mean)];
    }
    if dice.one_in(6) {
        step.gather = 2 + dice.next(2) as u32;
    }
    if dice.one_in(5) {
        let least = 1 + dice.next(2) as u32;
        step.cycle = Cycle {
            least,
            most: least + dice.next(2) as u32,
        };
    }
    if dice.one_in(6) {
        step.transfer = 2 + dice.next(2) as u32;
    }
    if dice.one_in(4) {
        let every = 1 + dice.next(4) as u32;
        step.set_up = Some(SetUp {
            time: dice.law(0.4),
            when: if dice.one_in(2) {
                SetUpWhen::Every(every)
            } else {
                SetUpWhen::KindChanges
            },
        });
    }
    if dice.one_in(2) {
        step.when_blocked = WhenBlocked::LaidAside;
    }
    step
}

fn crew(dice: &mut Dice, count: u32) -> Crew {
    let outages = dice.one_in(4).then(|| Outages {
        by: if dice.one_in(2) {
            OutageBy::Clock
        } else {
            OutageBy::Use
        },
        up: dice.law(6.0),
        down: dice.law(1.5),
    });
    Crew { count, outages }
}

/// A line of up to six stations with a bit of everything.
pub fn random_line(seed: u64) -> Line {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(77));
    let size = 1 + dice.next(6) as usize;
    let pools = dice.next(3) as usize;
    let kinds = 1 + dice.next(2);
    let mut line = Line {
        pools: (0..pools)
            .map(|index| {
                let count = 1 + dice.next(3) as u32;
                Pool {
                    key: 500 + index as u64,
                    crew: crew(&mut dice, count),
                }
            })
            .collect(),
        expedite: if dice.one_in(3) {
            Expedite::Interrupts
        } else {
            Expedite::JumpsQueues
        },
        ..Line::default()
    };
    for place in 0..size {
        let key = 10 + dice.next(1 << 30) * 10 + place as u64;
        let after: Vec<usize> = (place + 1..size).collect();
        let onwards = if after.is_empty() {
            Onwards::One(vec![])
        } else if after.len() > 1 && dice.one_in(3) {
            let mut heads = vec![after[dice.next(after.len() as u64) as usize]];
            let other = after[dice.next(after.len() as u64) as usize];
            if !heads.contains(&other) {
                heads.push(other);
            }
            Onwards::All(heads)
        } else if dice.one_in(3) {
            let share = 0.9 * dice.unit();
            let (first, second) = (dice.next(after.len() as u64), dice.next(after.len() as u64));
            let ways = |one: f64, another: f64| {
                vec![
                    (one, after[first as usize]),
                    (another, after[second as usize]),
                ]
            };
            match place % 2 {
                0 => Onwards::One(ways(share, 0.9 - share)),
                _ => Onwards::OneOfKind(vec![ways(share, 0.9 - share), ways(0.0, 1.0)]),
            }
        } else {
            Onwards::One(vec![(1.0, after[0])])
        };
        let mut route = Route {
            back: vec![],
            onwards,
        };
        if dice.one_in(4) {
            route = route.with_back(0.4 * dice.unit(), dice.next(place as u64 + 1) as usize);
        }
        let station = if dice.one_in(5) {
            Station::delay(key, dice.law(1.0), route)
        } else {
            Station::step(key, step(&mut dice, pools, kinds), route)
        };
        line.stations.push(station);
    }
    for station in &mut line.stations {
        let (is_free, batch) = match &station.place {
            Place::Step(step) => (
                matches!(step.servers, Servers::Own(_)),
                step.gather.max(step.cycle.least),
            ),
            Place::Delay(_) | Place::Store(_) | Place::Pack(_) => (true, 1),
        };
        if is_free && dice.one_in(3) {
            let least = if batch > 1 { u64::from(batch) } else { 0 };
            let is_delay = matches!(station.place, Place::Delay(_));
            let most = least + u64::from(is_delay) + dice.next(3);
            station.queue_limit = Some(most as u32);
        }
    }
    for _ in 0..dice.next(3) {
        let mut stations: Vec<usize> = (0..size).filter(|_| dice.one_in(2)).collect();
        if stations.is_empty() {
            stations.push(0);
        }
        line.limits.push(Limit {
            stations,
            most: 2 + dice.next(6) as u32,
        });
    }
    // A limit within another, or just as far: down to one item.
    if let Some(limit) = line.limits.first().cloned()
        && dice.one_in(2)
    {
        let from = dice.next(limit.stations.len() as u64) as usize;
        line.limits.push(Limit {
            stations: limit.stations[from..].to_vec(),
            most: 1 + dice.next(u64::from(limit.most)) as u32,
        });
    }
    for number in 0..1 + dice.next(2) {
        let entry = dice.next(size as u64) as usize;
        let gap = 0.8 + dice.unit() * 2.0;
        let mut source = Source::new(900 + number, entry, Arrivals::Every(dice.law(gap)));
        source.kind = (number % kinds) as u16;
        source.batch = 1 + dice.next(2) as u32;
        source.expedited = if dice.one_in(2) { 0.3 } else { 0.0 };
        source.most = dice.one_in(4).then(|| 10 + dice.next(30));
        if dice.one_in(3) {
            source.when_full = WhenFull::TurnedAway;
        }
        let other = dice.next(size as u64) as usize;
        if other != entry && dice.one_in(6) {
            source.entries.push(other);
        }
        let is_limited = line.stations[entry].queue_limit.is_some()
            || line
                .limits
                .iter()
                .any(|limit| limit.stations.contains(&entry));
        if is_limited && source.entries.len() == 1 && dice.one_in(3) {
            source.arrivals = Arrivals::Always;
            source.batch = 1;
        }
        line.sources.push(source);
    }
    if dice.one_in(4) {
        line.start.push(Waiting {
            station: dice.next(size as u64) as usize,
            ages: vec![3.0, 2.0, 1.0],
            kind: 0,
            class: 1,
        });
    }
    line
}

pub fn any_line() -> impl Strategy<Value = Line> {
    any::<u64>().prop_map(random_line)
}

/// Every departure of the engine is that of the slow method.
fn agree(seed: u64) -> Result<usize, String> {
    let line = random_line(seed);
    let plan = Arc::new(Plan::new(line.clone()).map_err(|error| format!("{error}"))?);
    let length = 60.0;
    let mut run = Run::new(&plan, seed, 0, Until::Time(length));
    run.finish();
    let found = run.history().scatter();
    let slow = slow::run(&line, seed, length);
    for (place, (one, other)) in found.iter().zip(&slow.left).enumerate() {
        let near = |one: f64, other: f64| (one - other).abs() < 1e-8 * (1.0 + other.abs());
        if !near(one.0, other.0) || !near(one.1, other.1) {
            return Err(format!(
                "line {seed}: departure {place}: {one:?}, slow {other:?}\n{line:#?}"
            ));
        }
    }
    if found.len() != slow.left.len() {
        return Err(format!(
            "line {seed}: {} and {} departures\n{line:#?}",
            found.len(),
            slow.left.len()
        ));
    }
    let came: Vec<u64> = (0..line.stations.len())
        .map(|s| run.totals().came(s))
        .collect();
    if came != slow.came {
        return Err(format!(
            "line {seed}: came {came:?}, slow {:?}\n{line:#?}",
            slow.came
        ));
    }
    Ok(found.len())
}

#[test]
fn thousands_of_lines_are_those_of_the_slow_method() {
    let (mut departures, mut quiet, mut failures) = (0, 0, Vec::new());
    for seed in 0..3_000 {
        match agree(seed) {
            Ok(count) => {
                departures += count;
                quiet += usize::from(count < 5);
            }
            Err(problem) => failures.push(problem),
        }
    }
    println!("{departures} departures agree; {quiet} lines with fewer than 5");
    let size = |text: &String| (text.matches("Station {").count(), text.len());
    if let Some(first) = failures.iter().min_by_key(|text| size(text)) {
        panic!("{} differ; {first}", failures.len());
    }
    assert!(departures > 30_000 && quiet < 1_000);
}
