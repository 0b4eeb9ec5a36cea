//! What work items say of the stream: of every state, and of the whole.

use super::clock::Clock;
use super::items::{Item, Items};
use super::state::{Class, State};
use super::survival::{Passage, Spread};

/// What items say of a state.
#[derive(Clone, Debug, PartialEq)]
pub struct StateFigures {
    /// The state.
    pub state: State,
    /// How long a visit takes; what is still there is counted with its age.
    pub spread: Spread,
    /// How many items were there.
    pub items: usize,
    /// How many of them came back to it after they had left.
    pub again: usize,
    /// How many items entered a later state, but not a state in which they were given up, and were
    /// never there.
    pub skipped: usize,
}

/// Items that went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// The place of the state they left.
    pub from: usize,
    /// The place of the earlier state that they entered.
    pub to: usize,
    /// How often.
    pub times: usize,
}

/// What items say of the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// How many there are.
    pub items: usize,
    /// How many are finished.
    pub finished: usize,
    /// How many are under way.
    pub under_way: usize,
    /// How many were given up.
    pub dropped: usize,
    /// How many ended and have no time before their end: they say nothing of how long it took.
    pub without_start: usize,
    /// From the first state to the end; what is under way counts with its age, and what was given up
    /// with its age when it was.
    pub lead_time: Spread,
    /// How long a finished item was worked on, in the mean, in seconds.
    pub working: Option<f64>,
    /// How long it waited.
    pub waiting: Option<f64>,
    /// From the first arrival to the date of the export, in weeks of seven days.
    pub weeks: f64,
}

impl Whole {
    /// Items that arrive a week; none if everything arrived at one time.
    #[must_use]
    pub fn arrivals(&self) -> Option<f64> {
        (self.weeks > 0.0).then(|| self.items as f64 / self.weeks)
    }

    /// Items that are finished a week.
    #[must_use]
    pub fn throughput(&self) -> Option<f64> {
        (self.weeks > 0.0).then(|| self.finished as f64 / self.weeks)
    }

    /// Work as a part of work and waiting, of what is finished.
    #[must_use]
    pub fn efficiency(&self) -> Option<f64> {
        let (working, waiting) = (self.working?, self.waiting?);
        (working + waiting > 0.0).then(|| working / (working + waiting))
    }
}

/// All that items say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Of every state, in the order of the work.
    pub states: Vec<StateFigures>,
    /// What went back, in the order of the states.
    pub backs: Vec<Back>,
    /// Of the whole.
    pub whole: Whole,
}

/// Where an item stands.
enum Standing {
    /// Under way.
    Open,
    /// At its end, from the visit at this place on.
    Done(usize),
    /// Given up, from the visit at this place on.
    Dropped(usize),
}

fn standing(item: &Item, states: &[State]) -> Standing {
    let class = |place: usize| states[item.visits[place].state].class;
    // The last visits that are of ends: done and then filed away is done when it was done.
    let first = (0..item.visits.len())
        .rev()
        .take_while(|place| !class(*place).is_under_way())
        .last();
    match first {
        None => Standing::Open,
        Some(first) if (first..item.visits.len()).any(|place| class(place) == Class::Done) => {
            Standing::Done(first)
        }
        Some(first) => Standing::Dropped(first),
    }
}

/// What the items say; times pass by the clock.
#[must_use]
pub fn figures(items: &Items, clock: &Clock) -> Figures {
    let size = items.states.len();
    let mut passages: Vec<Vec<Passage>> = vec![Vec::new(); size];
    let (mut visitors, mut again) = (vec![0; size], vec![0; size]);
    let mut skipped = vec![0; size];
    let mut backs = vec![0_usize; size * size];
    let mut whole = Whole {
        items: items.items.len(),
        ..Whole::default()
    };
    let mut lead_times: Vec<Passage> = Vec::new();
    let (mut worked, mut waited): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut first_arrival = f64::MAX;
    for item in &items.items {
        let (mut work, mut wait) = (0.0, 0.0);
        let mut visits = vec![0_usize; size];
        let mut last = item.visits[0].entered;
        for (place, visit) in item.visits.iter().enumerate() {
            visits[visit.state] += 1;
            let class = items.states[visit.state].class;
            let next = item.visits.get(place + 1);
            if let Some(next) = next
                && next.state < visit.state
            {
                backs[visit.state * size + next.state] += 1;
            }
            if !class.is_under_way() {
                continue;
            }
            let until = next.map_or(items.as_of, |next| next.entered);
            let seconds = clock.between(visit.entered, until);
            last = until;
            passages[visit.state].push(match next {
                Some(_) => Passage::Ended(seconds),
                None => Passage::Open(seconds),
            });
            match class {
                Class::Working => work += seconds,
                _ => wait += seconds,
            }
        }
        let farthest = (0..size)
            .rev()
            .find(|state| visits[*state] > 0 && items.states[*state].class != Class::Dropped);
        for state in 0..size {
            skipped[state] += usize::from(visits[state] == 0 && Some(state) < farthest);
            visitors[state] += usize::from(visits[state] > 0);
            again[state] += usize::from(visits[state] > 1);
        }
        let arrived = item.visits[0].entered;
        first_arrival = first_arrival.min(arrived);
        match standing(item, &items.states) {
            Standing::Open => {
                whole.under_way += 1;
                lead_times.push(Passage::Open(clock.between(arrived, last)));
            }
            Standing::Done(0) => {
                whole.finished += 1;
                whole.without_start += 1;
            }
            Standing::Done(place) => {
                whole.finished += 1;
                let ended = item.visits[place].entered;
                lead_times.push(Passage::Ended(clock.between(arrived, ended)));
                worked.push(work);
                waited.push(wait);
            }
            Standing::Dropped(0) => {
                whole.dropped += 1;
                whole.without_start += 1;
            }
            Standing::Dropped(place) => {
                whole.dropped += 1;
                let ended = item.visits[place].entered;
                lead_times.push(Passage::Open(clock.between(arrived, ended)));
            }
        }
    }
    whole.lead_time = Spread::of(lead_times);
    whole.working = mean(worked);
    whole.waiting = mean(waited);
    whole.weeks = match items.items.is_empty() {
        true => 0.0,
        false => ((items.as_of - first_arrival) / (7.0 * 86_400.0)).max(0.0),
    };
    let states = items
        .states
        .iter()
        .zip(passages)
        .enumerate()
        .map(|(place, (state, passages))| StateFigures {
            state: state.clone(),
            spread: Spread::of(passages),
            items: visitors[place],
            again: again[place],
            skipped: skipped[place],
        });
    let states = states.collect();
    let backs = backs
        .into_iter()
        .enumerate()
        .filter(|(_, times)| *times > 0);
    let backs = backs.map(|(place, times)| Back {
        from: place / size,
        to: place % size,
        times,
    });
    Figures {
        states,
        backs: backs.collect(),
        whole,
    }
}

/// The mean, the same in whatever order the numbers come.
fn mean(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}
