//! A line that has been checked and made ready to run.

use super::line::{Arrivals, Cycle, Line, Onwards, Place, Servers, SetUpWhen, Step};
use super::reach::Reach;

/// A line that can run: every index leads somewhere, every chance is one, what goes on never leads in
/// a circle.
#[derive(Clone, Debug)]
pub struct Plan {
    line: Line,
    pub(super) crews: Vec<PlannedCrew>,
    /// By station: its crew; none for delays and stores.
    pub(super) crew_of: Vec<Option<usize>>,
    /// By station: the limits that it is part of.
    pub(super) limits_of: Vec<Vec<u32>>,
    /// Which station leads on to which, by what is no rework.
    pub(super) reach: Reach,
    /// By station: the place of its count of visits of an item; none if no item can come twice.
    pub(super) visit_slot: Vec<Option<u32>>,
    pub(super) visit_slots: usize,
    /// How many classes of items there are.
    pub(super) classes: usize,
    /// Whether an item can be divided.
    pub(super) divides: bool,
}

/// A crew, and the steps that it works at.
#[derive(Clone, Debug)]
pub(super) struct PlannedCrew {
    pub(super) key: u64,
    pub(super) count: u32,
    pub(super) outages: Option<super::line::Outages>,
    pub(super) steps: Vec<u32>,
}

/// Why a line cannot run. Stations, sources and so on are named by their index.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// There is no station.
    #[error("there is no station")]
    NoStation,
    /// There is nowhere that items come from, and none is there at the start.
    #[error("no work comes")]
    NoSource,
    /// An index leads nowhere.
    #[error("something leads to station {0}, which does not exist")]
    NoSuchStation(usize),
    /// A pool does not exist.
    #[error("station {0} has a pool that does not exist")]
    NoSuchPool(usize),
    /// A step has nobody.
    #[error("nobody works at station {0}")]
    NobodyWorks(usize),
    /// A pool has nobody.
    #[error("pool {0} has nobody")]
    EmptyPool(usize),
    /// A step has no law, or an item is of a kind without one.
    #[error("station {0} has no law for one of the kinds of items")]
    NoLaw(usize),
    /// A batch of 0.
    #[error("station {0} has a batch of 0, or one whose least is over its most")]
    EmptyBatch(usize),
    /// A batch can never form: the queue does not hold as many.
    #[error("the queue of station {0} does not hold a batch")]
    NoRoom(usize),
    /// Two ways that are taken at once lead to one station.
    #[error("two of the ways that are taken at once from station {0} lead to one station")]
    SameWay(usize),
    /// Chances are not from 0 to 1, or sum to more than 1.
    #[error("the chances at station {0} are not from 0 to 1, or sum to more than 1")]
    NoChance(usize),
    /// Everything goes back: nothing ever leaves.
    #[error("all that comes to station {0} goes back")]
    NeverEnds(usize),
    /// What goes on leads in a circle.
    #[error("what goes on from station {0} leads back to it")]
    Circle(usize),
    /// A limit of 0 or without a station.
    #[error("limit {0} holds nothing")]
    EmptyLimit(usize),
    /// A source has no entry, a batch of 0, or an expedited part that is not from 0 to 1.
    #[error("source {0} has no entry, a batch of 0, or a part that is not from 0 to 1")]
    BadSource(usize),
    /// A source would bring infinitely many items at once.
    #[error(
        "source {0} brings items without end at one time: the times between them are 0, or \
        there is no limit of work"
    )]
    Flood(usize),
    /// The times of a source do not rise, or one is below 0 or no number.
    #[error("the times of source {0} do not rise")]
    NotRising(usize),
    /// An outage after no time at all.
    #[error("outages of crew {0} come after no time")]
    AlwaysDown(usize),
    /// A unit of a store is not made: its way does not lead there.
    #[error("what is made for store {0} does not come there")]
    NoSupply(usize),
    /// Two places have one key.
    #[error("two places have the key {0}")]
    SameKey(u64),
    /// An age is below 0 or no number.
    #[error("an age at station {0} is below 0 or no number")]
    NoAge(usize),
}

/// Chances that sum to 1 but for rounding do.
const ROUNDING: f64 = 1e-9;

impl Plan {
    /// Checks a line and makes it ready.
    ///
    /// # Errors
    /// The first thing that makes no sense.
    pub fn new(line: Line) -> Result<Self, PlanError> {
        let size = line.stations.len();
        if size == 0 {
            return Err(PlanError::NoStation);
        }
        if line.sources.is_empty() && line.start.is_empty() {
            return Err(PlanError::NoSource);
        }
        check_keys(&line)?;
        for station in 0..size {
            check_station(&line, station)?;
        }
        for (index, pool) in line.pools.iter().enumerate() {
            if pool.crew.count == 0 {
                return Err(PlanError::EmptyPool(index));
            }
        }
        for (index, limit) in line.limits.iter().enumerate() {
            if limit.most == 0 || limit.stations.is_empty() {
                return Err(PlanError::EmptyLimit(index));
            }
            limit.stations.iter().try_for_each(|to| exists(size, *to))?;
        }
        for source in 0..line.sources.len() {
            check_source(&line, source)?;
        }
        for waiting in &line.start {
            exists(size, waiting.station)?;
            if !waiting
                .ages
                .iter()
                .all(|age| age.is_finite() && *age >= 0.0)
            {
                return Err(PlanError::NoAge(waiting.station));
            }
        }
        let reach =
            Reach::new(size, |here| onward_heads(&line, here)).map_err(PlanError::Circle)?;
        check_ends(&line)?;
        check_stores(&line)?;
        let (crews, crew_of) = crews(&line);
        for (index, crew) in crews.iter().enumerate() {
            let never = |outages: &super::line::Outages| outages.up.mean() <= 0.0;
            if crew.outages.as_ref().is_some_and(never) {
                return Err(PlanError::AlwaysDown(index));
            }
        }
        let mut limits_of = vec![Vec::new(); size];
        for (number, limit) in (0_u32..).zip(&line.limits) {
            for station in &limit.stations {
                if limits_of[*station].last() != Some(&number) {
                    limits_of[*station].push(number);
                }
            }
        }
        let (visit_slot, visit_slots) = visit_slots(&line, &reach);
        let classes = line.sources.iter().map(|source| source.class);
        let classes = classes.chain(line.start.iter().map(|waiting| waiting.class));
        let classes = classes.max().map_or(1, |most| usize::from(most) + 1);
        let divides = line.sources.iter().any(|source| source.entries.len() > 1)
            || line.stations.iter().any(|station| {
                matches!(&station.route.onwards, Onwards::All(to) if to.len() > 1)
                    || matches!(&station.place, Place::Store(store) if store.from.len() > 1)
            });
        Ok(Self {
            crews,
            crew_of,
            limits_of,
            reach,
            visit_slot,
            visit_slots,
            classes,
            divides,
            line,
        })
    }

    /// The line.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.line
    }

    /// How many stations there are.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.line.stations.len()
    }

    /// By crew, which are those of the pools and then those of single steps in their order: how many
    /// people or machines it has, and the steps that it works at.
    pub fn crews(&self) -> impl Iterator<Item = (u32, &[u32])> {
        self.crews.iter().map(|crew| (crew.count, &*crew.steps))
    }

    /// The crew of a station, if it is a step.
    #[must_use]
    pub fn crew_of(&self, station: usize) -> Option<usize> {
        self.crew_of[station]
    }

    #[inline]
    pub(super) fn step(&self, station: u32) -> Option<&Step> {
        match &self.line.stations[station as usize].place {
            Place::Step(step) => Some(step),
            Place::Delay(_) | Place::Store(_) | Place::Pack(_) => None,
        }
    }
}

const fn exists(size: usize, station: usize) -> Result<(), PlanError> {
    if station < size {
        Ok(())
    } else {
        Err(PlanError::NoSuchStation(station))
    }
}

fn check_keys(line: &Line) -> Result<(), PlanError> {
    let mut keys: Vec<u64> = line.stations.iter().map(|station| station.key).collect();
    keys.extend(line.pools.iter().map(|pool| pool.key));
    keys.extend(line.sources.iter().map(|source| source.key));
    keys.sort_unstable();
    match keys.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(PlanError::SameKey(pair[0])),
        None => Ok(()),
    }
}

fn check_station(line: &Line, index: usize) -> Result<(), PlanError> {
    let size = line.stations.len();
    let station = &line.stations[index];
    match &station.place {
        Place::Step(step) => check_step(line, index, step)?,
        Place::Delay(_) => {}
        Place::Pack(items) => {
            let limit = station.queue_limit.unwrap_or(u32::MAX);
            if *items == 0 {
                return Err(PlanError::EmptyBatch(index));
            }
            if limit < *items {
                return Err(PlanError::NoRoom(index));
            }
        }
        Place::Store(store) => store.from.iter().try_for_each(|to| exists(size, *to))?,
    }
    let chances = |list: &[(f64, usize)]| {
        list.iter().try_for_each(|(_, to)| exists(size, *to))?;
        let sum: f64 = list.iter().map(|(chance, _)| chance).sum();
        let each = list.iter().all(|(chance, _)| (0.0..=1.0).contains(chance));
        if each && sum <= 1.0 + ROUNDING {
            Ok(())
        } else {
            Err(PlanError::NoChance(index))
        }
    };
    chances(&station.route.back)?;
    match &station.route.onwards {
        Onwards::One(list) => chances(list),
        Onwards::OneOfKind(lists) => lists.iter().try_for_each(|list| chances(list)),
        Onwards::All(list) => {
            if list.is_empty() {
                return Err(PlanError::NoChance(index));
            }
            let mut sorted = list.clone();
            sorted.sort_unstable();
            if sorted.windows(2).any(|pair| pair[0] == pair[1]) {
                return Err(PlanError::SameWay(index));
            }
            list.iter().try_for_each(|to| exists(size, *to))
        }
    }
}

fn check_step(line: &Line, index: usize, step: &Step) -> Result<(), PlanError> {
    match &step.servers {
        Servers::Own(crew) if crew.count == 0 => return Err(PlanError::NobodyWorks(index)),
        Servers::Pool(pool) if *pool >= line.pools.len() => {
            return Err(PlanError::NoSuchPool(index));
        }
        Servers::Own(_) | Servers::Pool(_) => {}
    }
    let Cycle { least, most } = step.cycle;
    let set_up = step.set_up.as_ref();
    let is_none = set_up.is_some_and(|set_up| set_up.when == SetUpWhen::Every(0));
    if step.gather == 0 || step.transfer == 0 || least == 0 || least > most || is_none {
        return Err(PlanError::EmptyBatch(index));
    }
    let limit = line.stations[index].queue_limit.unwrap_or(u32::MAX);
    let batch = step.gather.max(step.cycle.least);
    if batch > 1 && limit < batch {
        return Err(PlanError::NoRoom(index));
    }
    let kinds = line.sources.iter().map(|source| source.kind);
    let kinds = kinds.chain(line.start.iter().map(|waiting| waiting.kind));
    let most_kind = kinds.max().map_or(0, usize::from);
    let laws = step.work.len();
    if laws == 0 || (laws > 1 && laws <= most_kind) {
        return Err(PlanError::NoLaw(index));
    }
    Ok(())
}

fn check_source(line: &Line, index: usize) -> Result<(), PlanError> {
    let size = line.stations.len();
    let source = &line.sources[index];
    source.entries.iter().try_for_each(|to| exists(size, *to))?;
    let is_part = (0.0..=1.0).contains(&source.expedited);
    if source.entries.is_empty() || source.batch == 0 || !is_part {
        return Err(PlanError::BadSource(index));
    }
    match &source.arrivals {
        Arrivals::Every(law) if law.mean() <= 0.0 && source.most.is_none() => {
            Err(PlanError::Flood(index))
        }
        Arrivals::At(times) => {
            let good = times.iter().all(|time| time.is_finite() && *time >= 0.0);
            if good && times.windows(2).all(|pair| pair[0] <= pair[1]) {
                Ok(())
            } else {
                Err(PlanError::NotRising(index))
            }
        }
        Arrivals::Always if source.most.is_none() => {
            let limited = |entry: &usize| {
                line.stations[*entry].queue_limit.is_some()
                    || line
                        .limits
                        .iter()
                        .any(|limit| limit.stations.contains(entry))
            };
            if source.entries.iter().any(limited) {
                Ok(())
            } else {
                Err(PlanError::Flood(index))
            }
        }
        Arrivals::Every(_) | Arrivals::Always => Ok(()),
    }
}

/// Where what goes on from a station can go.
fn onward_heads(line: &Line, here: usize) -> Vec<usize> {
    match &line.stations[here].route.onwards {
        Onwards::One(list) => {
            let taken = list.iter().filter(|(chance, _)| *chance > 0.0);
            taken.map(|(_, to)| *to).collect()
        }
        Onwards::OneOfKind(lists) => {
            let all = lists.iter().flatten();
            let taken = all.filter(|(chance, _)| *chance > 0.0);
            let mut heads: Vec<usize> = taken.map(|(_, to)| *to).collect();
            heads.sort_unstable();
            heads.dedup();
            heads
        }
        Onwards::All(list) => list.clone(),
    }
}

/// Nothing goes round for ever: from no station does everything go back.
fn check_ends(line: &Line) -> Result<(), PlanError> {
    for (index, station) in line.stations.iter().enumerate() {
        let back: f64 = station.route.back.iter().map(|(chance, _)| chance).sum();
        if back > 1.0 - ROUNDING {
            return Err(PlanError::NeverEnds(index));
        }
    }
    Ok(())
}

/// Each store is supplied: what begins at its entries leads to it and cannot leave the line before.
fn check_stores(line: &Line) -> Result<(), PlanError> {
    for (index, station) in line.stations.iter().enumerate() {
        let Place::Store(store) = &station.place else {
            continue;
        };
        let mut seen = vec![false; line.stations.len()];
        let mut open = store.from.clone();
        if open.is_empty() {
            return Err(PlanError::NoSupply(index));
        }
        while let Some(here) = open.pop() {
            if here == index || std::mem::replace(&mut seen[here], true) {
                continue;
            }
            let route = &line.stations[here].route;
            let leaves = |list: &Vec<(f64, usize)>| {
                let sum: f64 = list.iter().map(|(chance, _)| chance).sum();
                sum < 1.0 - ROUNDING
            };
            let some_leave = match &route.onwards {
                Onwards::One(list) => leaves(list),
                Onwards::OneOfKind(lists) => lists.is_empty() || lists.iter().any(leaves),
                Onwards::All(_) => false,
            };
            if some_leave {
                return Err(PlanError::NoSupply(index));
            }
            open.extend(onward_heads(line, here));
            open.extend(route.back.iter().map(|(_, to)| *to));
        }
    }
    Ok(())
}

fn crews(line: &Line) -> (Vec<PlannedCrew>, Vec<Option<usize>>) {
    let mut crews: Vec<PlannedCrew> = line
        .pools
        .iter()
        .map(|pool| PlannedCrew {
            key: pool.key,
            count: pool.crew.count,
            outages: pool.crew.outages.clone(),
            steps: Vec::new(),
        })
        .collect();
    let mut crew_of = vec![None; line.stations.len()];
    for (number, (place, station)) in (0_u32..).zip(line.stations.iter().enumerate()) {
        let Place::Step(step) = &station.place else {
            continue;
        };
        let crew = match &step.servers {
            Servers::Pool(pool) => *pool,
            Servers::Own(own) => {
                crews.push(PlannedCrew {
                    key: station.key,
                    count: own.count,
                    outages: own.outages.clone(),
                    steps: Vec::new(),
                });
                crews.len() - 1
            }
        };
        crews[crew].steps.push(number);
        crew_of[place] = Some(crew);
    }
    (crews, crew_of)
}

/// Where the visits of an item are counted: at stations from which rework can lead back to them.
fn visit_slots(line: &Line, reach: &Reach) -> (Vec<Option<u32>>, usize) {
    let size = line.stations.len();
    let mut again = vec![false; size];
    for (from, station) in line.stations.iter().enumerate() {
        for (_, to) in station
            .route
            .back
            .iter()
            .filter(|(chance, _)| *chance > 0.0)
        {
            for (here, again) in again.iter_mut().enumerate() {
                // What lies between the head of the rework and its tail, and all that follows: an
                // item that was divided may have sent a part ahead.
                *again |= here == from || here == *to || reach.leads(*to, here);
            }
        }
    }
    let mut slots = 0;
    let slot = again.into_iter().map(|again| {
        again.then(|| {
            slots += 1;
            slots - 1
        })
    });
    let list = slot.collect();
    (list, slots as usize)
}
