//! A run that is shown on the map, in parts.

use std::collections::BTreeMap;

use super::side::Side;
use crate::model::{Document, FlowKind, Id, StationKind};
use crate::scene::{Happening, Passage, Reel, ReelEnd, ReelEvent, Stand, Whole};
use crate::simulate::events::{Cause, End, Move, Onwards, Run, Standing, Status, Until};
use crate::simulate::mapped::{Place, PlacePart};

/// How many moves a part has at least, unless the run ends.
const MOVES: usize = 400;
/// How many events of the engine a part has at most.
const EVENTS: u64 = 40_000;

/// A run that is shown.
#[derive(Debug)]
pub struct Film {
    run: Run,
    /// By station of the line: the record of the map, and what of it.
    places: Vec<Place>,
    /// The flow that leads from a station of the line to another; outside is none.
    ways: BTreeMap<Way, Option<Id>>,
    stood: BTreeMap<Id, Stand>,
    whole: Whole,
    /// How many items have left that came in meanwhile, and the sum of their lead times. How old those
    /// were that were in it at the start nobody knows.
    leads: (u64, f64),
}

impl Film {
    /// A run at its start.
    pub(super) fn new(side: &Side, seed: u64) -> Self {
        let until = Until::Time(f64::INFINITY);
        let mapped = side.mapped.with_work_waiting();
        let run = Run::filmed(&mapped.plan, seed, 0, until);
        let ways = ways(&side.document, &run, &mapped.places);
        let mut places = mapped.places;
        // The map shows a step that is put in on its flow.
        for place in &mut places {
            let mut added = side.improvement.added.iter();
            if let Some(step) = added.find(|step| step.id == place.record) {
                place.record = step.flow;
            }
        }
        Self {
            ways,
            run,
            places,
            stood: BTreeMap::new(),
            whole: Whole::default(),
            leads: (0, 0.0),
        }
    }

    /// The next part.
    pub fn next(&mut self) -> Reel {
        let mut reel = Reel::default();
        let mut moves = 0;
        self.note(&mut reel);
        for _ in 0..EVENTS {
            let status = self.run.advance(1);
            let moved = self.run.take_moves();
            moves += moved.len();
            for one in moved {
                if let Some(lead) = one.lead {
                    self.leads.0 += 1;
                    self.leads.1 += lead;
                }
                if let Some(passage) = self.passage(one) {
                    let what = Happening::Move(passage);
                    reel.events.push(ReelEvent {
                        time: one.time,
                        what,
                    });
                }
            }
            if let Status::Ended(end) = status {
                reel.end = match end {
                    End::Stuck | End::Endless => ReelEnd::Stuck,
                    End::Time | End::Left | End::Done => ReelEnd::Done,
                };
                break;
            }
            self.note(&mut reel);
            if moves >= MOVES {
                break;
            }
        }
        // A run that has ended stands at the end of its time, which is none.
        let last = reel.events.last().map_or(0.0, |event| event.time);
        reel.until = Some(self.run.now())
            .filter(|now| now.is_finite())
            .unwrap_or(last);
        reel
    }
}

impl Film {
    /// Notes what stands otherwise than before.
    fn note(&mut self, reel: &mut Reel) {
        let time = self.run.now();
        let mut stands: BTreeMap<Id, Stand> = BTreeMap::new();
        for (place, standing) in self.places.iter().zip(self.run.standings()) {
            add(
                stands.entry(place.record).or_default(),
                &standing,
                place.part,
            );
        }
        for (record, stand) in &stands {
            if self.stood.get(record).copied().unwrap_or_default() != *stand {
                let what = Happening::Stands(*record, *stand);
                reel.events.push(ReelEvent { time, what });
            }
        }
        self.stood = stands;
        let (inside, outside) = self.run.work_in_progress();
        let (count, sum) = self.leads;
        let whole = Whole {
            inside,
            outside,
            left: self.run.totals().left,
            lead: (count > 0).then(|| sum / count as f64),
        };
        if whole != self.whole {
            self.whole = whole;
            let what = Happening::Whole(whole);
            reel.events.push(ReelEvent { time, what });
        }
    }

    /// A move on the map; none within one station of it.
    fn passage(&self, one: Move) -> Option<Passage> {
        let record = |station: Option<usize>| {
            station.and_then(|at| self.places.get(at).map(|place| place.record))
        };
        let (from, to) = (record(one.from), record(one.to));
        if from == to {
            return None;
        }
        let along = self.ways.get(&(one.from, one.to)).copied().flatten();
        Some(Passage { from, to, along })
    }
}

/// Counts the items of a station of the line.
fn add(stand: &mut Stand, standing: &Standing, part: PlacePart) {
    for (cause, count) in Cause::AT_STATION.into_iter().zip(standing) {
        let sum = match cause {
            Cause::Queue | Cause::Batch | Cause::Parts | Cause::Stock => &mut stand.waiting,
            Cause::Blocked if part.is_for_waiting() => &mut stand.waiting,
            Cause::SetUp => &mut stand.setting_up,
            Cause::Work => &mut stand.working,
            Cause::Outage => &mut stand.down,
            Cause::Blocked | Cause::Transfer => &mut stand.blocked,
            Cause::Delay | Cause::Admission | Cause::Gone => &mut stand.staying,
        };
        *sum += count;
    }
}

/// By the stations of a line that an item leaves and comes to: the flow of the map between them.
fn ways(document: &Document, run: &Run, places: &[Place]) -> BTreeMap<Way, Option<Id>> {
    let mut ways = BTreeMap::new();
    let line = run.plan().line();
    for (from, station) in line.stations.iter().enumerate() {
        let back = station.route.back.iter().map(|(_, to)| (*to, Turn::Back));
        let onwards: Vec<usize> = match &station.route.onwards {
            Onwards::One(list) => list.iter().map(|(_, to)| *to).collect(),
            Onwards::OneOfKind(lists) => lists.iter().flatten().map(|(_, to)| *to).collect(),
            Onwards::All(list) => list.clone(),
        };
        let onwards = onwards.into_iter().map(|to| (to, Turn::Onwards));
        for (to, turn) in back.chain(onwards) {
            let way = flow_between(document, places[from].record, places[to].record, turn);
            ways.insert((Some(from), Some(to)), way);
        }
        ways.insert(
            (Some(from), None),
            flow_at(document, places[from].record, Edge::Customer),
        );
        ways.insert(
            (None, Some(from)),
            flow_at(document, places[from].record, Edge::Supplier),
        );
    }
    ways
}

/// Stations of a line that an item leaves and comes to; outside is none.
type Way = (Option<usize>, Option<usize>);

/// Whether an item is done again or goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Back,
    Onwards,
}

/// The flow between two records of the map, one of which may be it.
fn flow_between(document: &Document, from: Id, to: Id, turn: Turn) -> Option<Id> {
    if let Some(flow) = [from, to]
        .into_iter()
        .find(|id| document.flows().contains_key(id))
    {
        return Some(flow);
    }
    let between = document
        .flows()
        .iter()
        .filter(|(_, flow)| flow.from == from && flow.to == to && flow.kind.carries_work());
    let fits = |kind: FlowKind| (kind == FlowKind::Rework) == (turn == Turn::Back);
    let mut between: Vec<_> = between.collect();
    between.sort_by_key(|(_, flow)| !fits(flow.kind));
    between.first().map(|(id, _)| **id)
}

/// Who stands where work comes from and goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Supplier,
    Customer,
}

/// The flow by which work comes from a supplier, or goes to a customer; none where there are several.
fn flow_at(document: &Document, record: Id, edge: Edge) -> Option<Id> {
    if document.flows().contains_key(&record) {
        return Some(record);
    }
    let mut found = document.flows().iter().filter(|(_, flow)| {
        let (here, there, kind) = match edge {
            Edge::Supplier => (flow.to, flow.from, StationKind::Supplier),
            Edge::Customer => (flow.from, flow.to, StationKind::Customer),
        };
        let there = document.stations().get(&there);
        here == record
            && flow.kind.carries_work()
            && there.is_some_and(|station| station.kind == kind)
    });
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Some(*id),
        _ => None,
    }
}
