//! What work items say of the stream: of every state, and of the whole.

use super::clock::Clock;
use super::items::{Fate, Item, Items};
use super::state::{Class, State};
use super::survival::{Passage, Spread};
use crate::format::table::Moment;

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

impl Figures {
    /// Whether anything was in a state of work.
    #[must_use]
    pub fn has_work(&self) -> bool {
        let mut states = self.states.iter();
        states.any(|of| of.state.class == Class::Working && of.items > 0)
    }
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

/// A finished item, by its times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ended {
    /// When it arrived.
    pub arrived: Moment,
    /// When it ended.
    pub ended: Moment,
    /// Its lead time in seconds, by the clock of the figures.
    pub seconds: f64,
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
    /// How many were dropped.
    pub dropped: usize,
    /// How many ended and have no time before their end: they say nothing of how long it took.
    pub without_start: usize,
    /// How many ended at a time that is not told: they say nothing of how long it took either.
    pub without_end: usize,
    /// Of how many finished items it is not known how much of their time was work, since they were in
    /// a state of which nobody has said it.
    pub unparted: usize,
    /// From the first state to the end; what is under way counts with its age, and what was given up
    /// with its age when it was.
    pub lead_time: Spread,
    /// The finished items of which it is told when they arrived and when they ended, in the order of
    /// their ends.
    pub ended: Vec<Ended>,
    /// How long a finished item was worked on, in the mean, in seconds; none where nothing was in a
    /// state of work, since then nothing is known of it.
    pub working: Option<f64>,
    /// How long it waited; none in the same case.
    pub waiting: Option<f64>,
    /// From the first arrival to the date of the export, in weeks of seven days.
    pub weeks: f64,
    /// When items arrived, those of which it is told, in seconds since the first, not falling.
    pub came: Vec<f64>,
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
    let class = |index: usize| states[item.visits[index].state].class;
    // The last visits that are of ends: done and then filed away is done when it was done.
    let first = (0..item.visits.len())
        .rev()
        .take_while(|index| class(*index).is_end())
        .last();
    match first {
        None => Standing::Open,
        Some(first) if (first..item.visits.len()).any(|index| class(index) == Class::Done) => {
            Standing::Done(first)
        }
        Some(first) => Standing::Dropped(first),
    }
}

/// How long an item was in its states.
#[derive(Default)]
struct Spent {
    work: f64,
    wait: f64,
    /// In states of which nobody has said whether they are work.
    unknown: f64,
}

impl Spent {
    fn add(&mut self, class: Class, passage: Passage) {
        match class {
            Class::Working => self.work += passage.seconds(),
            Class::Unknown => self.unknown += passage.seconds(),
            _ => self.wait += passage.seconds(),
        }
    }

    const fn sum(&self) -> f64 {
        self.work + self.wait + self.unknown
    }
}

/// What is counted by state.
struct Counts {
    passages: Vec<Vec<Passage>>,
    visitors: Vec<usize>,
    again: Vec<usize>,
    skipped: Vec<usize>,
    /// From and to which state something went back, and how often.
    backs: Vec<usize>,
}

impl Counts {
    /// Counts the visits and stays of an item, and says how long they took.
    fn count(&mut self, item: &Item, items: &Items, clock: &Clock) -> Spent {
        let size = items.states.len();
        let class = |state: usize| items.states[state].class;
        let mut spent = Spent::default();
        let mut visits = vec![0_usize; size];
        for (index, visit) in item.visits.iter().enumerate() {
            visits[visit.state] += 1;
            let next = item.visits.get(index + 1);
            if let Some(next) = next
                && next.state < visit.state
                && class(next.state) != Class::Begun
            {
                self.backs[visit.state * size + next.state] += 1;
            }
            if !class(visit.state).is_under_way() {
                continue;
            }
            let until = visit.left.or(next.map(|next| next.entered));
            let passage = match (until, item.fate) {
                (Some(until), _) => Passage::Ended(clock.between(visit.entered, until)),
                (None, None) => Passage::Open(clock.between(visit.entered, items.as_of)),
                // It has ended, and nothing says when.
                (None, Some(_)) => continue,
            };
            self.passages[visit.state].push(passage);
            spent.add(class(visit.state), passage);
        }
        for stay in &item.stays {
            visits[stay.state] += 1;
            if class(stay.state).is_under_way() {
                self.passages[stay.state].push(stay.passage);
                spent.add(class(stay.state), stay.passage);
            }
        }
        let farthest = (0..size)
            .rev()
            .find(|state| visits[*state] > 0 && class(*state) != Class::Dropped);
        for (state, times) in visits.into_iter().enumerate() {
            self.skipped[state] += usize::from(times == 0 && Some(state) < farthest);
            self.visitors[state] += usize::from(times > 0);
            self.again[state] += usize::from(times > 1);
        }
        spent
    }
}

/// What the items say; times pass by the clock.
#[must_use]
pub fn figures(items: &Items, clock: &Clock) -> Figures {
    let size = items.states.len();
    let mut counts = Counts {
        passages: vec![Vec::new(); size],
        visitors: vec![0; size],
        again: vec![0; size],
        skipped: vec![0; size],
        backs: vec![0; size * size],
    };
    let mut whole = Whole {
        items: items.items.len(),
        ..Whole::default()
    };
    let mut lead_times: Vec<Passage> = Vec::new();
    let (mut worked, mut waited): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    let mut first_arrival = f64::MAX;
    let mut came: Vec<f64> = Vec::new();
    for item in &items.items {
        let spent = counts.count(item, items, clock);
        let arrived = item.visits.first().map(|visit| visit.entered);
        first_arrival = first_arrival.min(arrived.unwrap_or(first_arrival));
        came.extend(arrived);
        // From the arrival to an end, or what its stays took where there are no moments.
        let has_stays = !item.stays.is_empty();
        let until = |end: Option<usize>| match (arrived, end) {
            (Some(arrived), Some(index)) if index > 0 => {
                Some(clock.between(arrived, item.visits[index].entered))
            }
            _ if has_stays => Some(spent.sum()),
            _ => None,
        };
        let standing = standing(item, &items.states);
        let (fate, time) = match (&standing, item.fate) {
            (Standing::Done(index), _) => (Some(Fate::Done), until(Some(*index))),
            (Standing::Dropped(index), _) => (Some(Fate::Dropped), until(Some(*index))),
            (Standing::Open, Some(fate)) => (Some(fate), until(None)),
            (Standing::Open, None) => (None, None),
        };
        match fate {
            None => {
                whole.under_way += 1;
                let age = match arrived {
                    Some(arrived) => clock.between(arrived, items.as_of),
                    None => spent.sum(),
                };
                lead_times.push(Passage::Open(age));
                continue;
            }
            Some(Fate::Done) => whole.finished += 1,
            Some(Fate::Dropped) => whole.dropped += 1,
        }
        match (time, fate, &standing) {
            (Some(time), Some(Fate::Done), _) => {
                lead_times.push(Passage::Ended(time));
                if let (Some(arrived), Standing::Done(index)) = (arrived, &standing) {
                    whole.ended.push(Ended {
                        arrived,
                        ended: item.visits[*index].entered,
                        seconds: time,
                    });
                }
                match spent.unknown > 0.0 {
                    true => whole.unparted += 1,
                    false => {
                        worked.push(spent.work);
                        waited.push(spent.wait);
                    }
                }
            }
            (Some(time), ..) => lead_times.push(Passage::Open(time)),
            (None, _, Standing::Open) => whole.without_end += 1,
            (None, ..) => whole.without_start += 1,
        }
    }
    let ended = &mut whole.ended;
    ended.sort_by(|one, other| {
        let ends = one.ended.total_cmp(&other.ended);
        ends.then(one.arrived.total_cmp(&other.arrived))
    });
    whole.lead_time = Spread::of(lead_times);
    came.sort_by(f64::total_cmp);
    whole.came = came
        .iter()
        .map(|moment| clock.between(first_arrival, *moment))
        .collect();
    // Where nothing was in a state of work, nothing is known of it; that is not the same as no work.
    let mut visited = items.states.iter().zip(&counts.visitors);
    if visited.any(|(state, visitors)| state.class == Class::Working && *visitors > 0) {
        whole.working = mean(worked);
        whole.waiting = mean(waited);
    }
    whole.weeks = match first_arrival == f64::MAX {
        true => 0.0,
        false => ((items.as_of - first_arrival) / (7.0 * 86_400.0)).max(0.0),
    };
    let states =
        items
            .states
            .iter()
            .zip(counts.passages)
            .enumerate()
            .map(|(index, (state, passages))| StateFigures {
                state: state.clone(),
                spread: Spread::of(passages),
                items: counts.visitors[index],
                again: counts.again[index],
                skipped: counts.skipped[index],
            });
    let states = states.collect();
    let backs = counts.backs.into_iter();
    let backs = backs.enumerate().filter(|(_, times)| *times > 0);
    let backs = backs.map(|(index, times)| Back {
        from: index / size,
        to: index % size,
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
