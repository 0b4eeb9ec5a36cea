//! The lines that are measured. All times are in minutes.

use loopstream::simulate::events::{
    Arrivals, Crew, Law, LawError, Line, Place, Pool, Route, Servers, Step,
};

/// The mean work at each step. All work and all gaps between arrivals are exponential.
pub const WORK: f64 = 1.0;

/// Steps in a row, and who works there.
pub struct Row {
    /// What it is asked for by, and what people read.
    pub name: &'static str,
    /// The mean time from one arrival to the next.
    pub gap: f64,
    /// By crew: how many people. Several steps with one crew share them; who has waited longest is
    /// first.
    pub crews: Vec<u32>,
    pub steps: Vec<At>,
    /// What leaves before does not count for the mean lead time.
    pub warm_up: f64,
    /// How long a run is here.
    pub ours: f64,
    /// How long a run of SimPy is, and of Ciw: shorter, since it takes longer.
    pub simpy: f64,
    pub ciw: f64,
}

/// A step of a row.
#[derive(Clone, Copy)]
pub struct At {
    pub crew: usize,
    /// Rework: how likely, and to which step.
    pub back: Option<(f64, usize)>,
}

pub fn all() -> Vec<Row> {
    vec![
        Row {
            name: "mm1",
            gap: 1.25,
            crews: vec![1],
            steps: own_crews(1),
            warm_up: 500.0,
            ours: 2_000_000.0,
            simpy: 200_000.0,
            ciw: 200_000.0,
        },
        pools(),
        Row {
            name: "long",
            gap: 1.25,
            crews: vec![1; 200],
            steps: own_crews(200),
            // As steps fill up, the last of it travels by (1 - 0.8)² steps a minute: the change of the
            // rate with the number at a step, work^-1 / (1 + number)², where that is 4.
            warm_up: 5_500.0,
            ours: 26_000.0,
            simpy: 8_000.0,
            // It looks at every step for each event: more would take minutes.
            ciw: 300.0,
        },
    ]
}

fn own_crews(count: usize) -> Vec<At> {
    let step = |crew| At { crew, back: None };
    (0..count).map(step).collect()
}

/// 20 steps in turn by four crews of eight, loaded to about 0.8; after the tenth and the last step
/// one item in ten goes back by two steps.
fn pools() -> Row {
    let step = |index: usize| At {
        crew: index % 4,
        back: (index % 10 == 9).then(|| (0.1, index - 2)),
    };
    Row {
        name: "pools",
        gap: 0.8125,
        crews: vec![8; 4],
        steps: (0..20).map(step).collect(),
        warm_up: 500.0,
        ours: 100_000.0,
        simpy: 20_000.0,
        ciw: 20_000.0,
    }
}

impl Row {
    /// The line that runs.
    pub fn line(&self) -> Result<Line, LawError> {
        let law = Law::exponential(WORK)?;
        let steps = self.steps.iter().map(|step| {
            let count = self.crews[step.crew];
            Step::with_servers(law.clone(), count)
        });
        let gap = Law::exponential(self.gap)?;
        let mut line = Line::in_a_row(steps.collect(), Arrivals::Every(gap));
        let pools = self.crews.iter().zip(1_001..);
        line.pools = pools
            .map(|(count, key)| Pool {
                key,
                crew: Crew::of(*count),
            })
            .collect();
        let is_shared = |crew| self.steps.iter().filter(|step| step.crew == crew).count() > 1;
        for (step, station) in self.steps.iter().zip(&mut line.stations) {
            if let Place::Step(place) = &mut station.place
                && is_shared(step.crew)
            {
                place.servers = Servers::Pool(step.crew);
            }
            if let Some((chance, to)) = step.back {
                let route = std::mem::replace(&mut station.route, Route::LEAVE);
                station.route = route.with_back(chance, to);
            }
        }
        Ok(line)
    }

    /// The mean lead time in theory. All steps of a crew take alike and the first to come is the
    /// first served, so each crew is an M/M/c station of a network in product form (Baskett, Chandy,
    /// Muntz & Palacios 1975, *J. ACM* 22), and an item passes it as often as its steps are visited.
    pub fn mean_lead(&self) -> f64 {
        let visits = self.visits();
        let by_crew = self.crews.iter().enumerate().map(|(crew, count)| {
            let own = self.steps.iter().zip(&visits);
            let here = own.filter(|(step, _)| step.crew == crew);
            let visits: f64 = here.map(|(_, visits)| visits).sum();
            visits * mean_time(*count, visits / self.gap)
        });
        by_crew.sum()
    }

    /// How often an item comes to each step, in the mean.
    fn visits(&self) -> Vec<f64> {
        let mut visits = vec![1.0; self.steps.len()];
        // What goes back shrinks from round to round.
        for _ in 0..200 {
            let mut next = vec![0.0; visits.len() + 1];
            next[0] = 1.0;
            for (index, step) in self.steps.iter().enumerate() {
                let (chance, to) = step.back.unwrap_or((0.0, 0));
                next[to] += visits[index] * chance;
                next[index + 1] += visits[index] * (1.0 - chance);
            }
            next.pop();
            visits = next;
        }
        visits
    }
}

/// The mean time at an M/M/c station, waiting and work (Erlang 1917).
fn mean_time(count: u32, rate: f64) -> f64 {
    let load = rate * WORK;
    let lost = (1..=count).fold(1.0, |lost, servers| {
        load * lost / (f64::from(servers) + load * lost)
    });
    let spare = f64::from(count) - load;
    let waits = f64::from(count) * lost / (spare + load * lost);
    waits * WORK / spare + WORK
}

/// Working days of two years, of eight hours each.
pub const TWO_YEARS: f64 = 460.0 * 480.0;

/// A map of ten steps through which about 20 items a day pass. Each step was estimated by three
/// numbers and has one person, who is busy for 0.47 to 0.84 of the time. The constraint may be a fifth
/// quicker.
pub fn map(constraint: Pace) -> Result<Line, LawError> {
    let likely = [14.0, 10.0, 16.0, 12.0, 18.0, 15.0, 11.0, 17.0, 13.0, 16.0];
    let steps = likely.iter().enumerate().map(|(index, likely)| {
        let pace = match constraint {
            Pace::FifthQuicker if index == 4 => 0.8,
            Pace::FifthQuicker | Pace::AsIs => 1.0,
        };
        let law = Law::pert(0.5 * likely * pace, likely * pace, 2.2 * likely * pace)?;
        Ok(Step::new(law))
    });
    let steps = steps.collect::<Result<Vec<Step>, LawError>>()?;
    Ok(Line::in_a_row(
        steps,
        Arrivals::Every(Law::exponential(24.0)?),
    ))
}

/// How quick the constraint of the map is.
#[derive(Clone, Copy)]
pub enum Pace {
    AsIs,
    FifthQuicker,
}
