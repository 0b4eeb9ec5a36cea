//! Ways: what takes a flow, where it waits on it, and where it comes to.

use super::found::Found;
use super::keys::{KeyFor, key};
use super::laws::{Spans, as_stated, times_of};
use super::shape::{Form, Lane, Packing, Shape};
use super::{Place, PlacePart};
use crate::model::{Document, Id, MeasureKind, StreamRun};
use crate::simulate::events::{self, Law, Onwards, Route, Station, Step};
use crate::stream::Traffic;
use crate::stream::network::ArcKind;

/// Where a way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// To a station of the line.
    At(usize),
    /// Out of the line.
    Out,
}

/// The stations of a line as they are made.
pub(super) struct Ways<'a> {
    document: &'a Document,
    pub(super) shape: &'a Shape<'a>,
    pub(super) settings: &'a StreamRun,
    pub(super) stations: Vec<Station>,
    pub(super) places: Vec<Place>,
    pub(super) waits_for: Vec<Vec<Id>>,
    /// By station of the map: its station of the line.
    pub(super) own: Vec<Option<usize>>,
    /// By arc: where it leads, once that is known.
    heads: Vec<Option<Head>>,
}

impl<'a> Ways<'a> {
    /// Nothing yet.
    pub(super) fn new(
        document: &'a Document,
        shape: &'a Shape<'a>,
        settings: &'a StreamRun,
    ) -> Self {
        let network = shape.reading.network();
        Self {
            document,
            shape,
            settings,
            stations: Vec::new(),
            places: Vec::new(),
            waits_for: Vec::new(),
            own: vec![None; network.nodes.len()],
            heads: vec![None; network.arcs.len()],
        }
    }

    fn record(&self, place: usize) -> Id {
        self.shape.reading.stream().stations[place]
    }

    /// Adds a station whose route is settled later.
    fn add(&mut self, record: Id, key: u64, part: PlacePart, place: events::Place) -> usize {
        self.stations.push(Station {
            key,
            place,
            route: Route::LEAVE,
            queue_limit: None,
        });
        self.places.push(Place { record, part });
        self.waits_for.push(Vec::new());
        self.stations.len() - 1
    }

    /// Adds a place that leads to one other.
    fn add_before(
        &mut self,
        record: Id,
        what: KeyFor,
        part: PlacePart,
        place: events::Place,
        head: Head,
    ) -> usize {
        let at = self.add(record, key(record, what), part, place);
        if let Head::At(to) = head {
            self.stations[at].route = Route::to(to);
        }
        at
    }

    /// Adds the station of a step.
    pub(super) fn add_step(&mut self, place: usize, step: Step) {
        let record = self.record(place);
        let at = self.add(
            record,
            key(record, KeyFor::Itself),
            PlacePart::Step,
            events::Place::Step(step),
        );
        if let Form::Step { queue } = self.shape.forms[place] {
            self.stations[at].queue_limit = queue;
        }
        self.waits_for[at].clone_from(&self.shape.waits_for[place]);
        self.own[place] = Some(at);
    }

    /// Adds the station of a place where no work is done, if it has one.
    pub(super) fn add_place(&mut self, place: usize, found: &mut Found) {
        let record = self.record(place);
        let (part, what, limit) = match self.shape.forms[place] {
            Form::Nothing | Form::Through | Form::Step { .. } => return,
            Form::Way => (PlacePart::Way, events::Place::Delay(Law::NONE), None),
            Form::Held(limit) => (
                PlacePart::Queue,
                events::Place::Delay(Law::NONE),
                Some(limit),
            ),
            Form::Stay => {
                let stated = self
                    .shape
                    .reading
                    .stated_at(place, MeasureKind::WaitingTime);
                let law = self.time(stated.copied(), record, found);
                (PlacePart::Wait, events::Place::Delay(law), None)
            }
            Form::Store(level) => {
                let store = events::Store {
                    level,
                    from: Vec::new(),
                };
                (PlacePart::Store, events::Place::Store(store), None)
            }
        };
        let at = self.add(record, key(record, KeyFor::Itself), part, what);
        self.stations[at].queue_limit = limit;
        self.own[place] = Some(at);
    }

    /// How long something takes that no work is done on, in working time.
    fn time(&self, stated: Option<crate::stream::Quantity>, record: Id, found: &mut Found) -> Law {
        let stream = self.shape.reading.stream();
        let Some(quantity) = stated else {
            return Law::NONE;
        };
        let scale = 1.0 / stream.calendar.elapsed_per_working_second();
        if let Some(times) = times_of(self.document, stream, &quantity) {
            return times.law(scale, found);
        }
        match Spans::of(&quantity, scale) {
            Some(spans) => as_stated(self.settings, &spans),
            None => {
                let words = "Nobody knows how long items stay here.";
                found.missing(record, MeasureKind::WaitingTime, words);
                Law::NONE
            }
        }
    }

    /// Where what comes to a station of the map comes in.
    pub(super) fn entrance(&mut self, place: usize, found: &mut Found) -> Head {
        if let Some(at) = self.own[place] {
            return Head::At(at);
        }
        match self.shape.outgoing[place][..] {
            [arc, ..] => self.head(arc, found),
            [] => Head::Out,
        }
    }

    /// A station for what comes in at a station of the map, also where it leaves at once.
    pub(super) fn entry(&mut self, place: usize, found: &mut Found) -> usize {
        match self.entrance(place, found) {
            Head::At(at) => at,
            Head::Out => {
                let record = self.record(place);
                let nowhere = events::Place::Delay(Law::NONE);
                let at = self.add(record, key(record, KeyFor::Itself), PlacePart::Way, nowhere);
                self.own[place] = Some(at);
                at
            }
        }
    }

    /// Where what takes an arc comes to.
    pub(super) fn head(&mut self, arc: usize, found: &mut Found) -> Head {
        if let Some(head) = self.heads[arc] {
            return head;
        }
        let network = self.shape.reading.network();
        let (to, in_one) = (network.arcs[arc].to, network.arcs[arc].items_in_one);
        let record = self.shape.reading.stream().flows[arc];
        let mut head = self.entrance(to, found);
        let lane = match self.shape.lanes[arc] {
            Lane::None | Lane::Merged => None,
            Lane::Of(limit) => Some((PlacePart::Lane, Some(limit))),
            Lane::Aside => Some((PlacePart::Way, None)),
            Lane::Outside => Some((PlacePart::Queue, None)),
        };
        if let Some((part, limit)) = lane {
            let place = events::Place::Delay(Law::NONE);
            let at = self.add_before(record, KeyFor::Lane, part, place, head);
            self.stations[at].queue_limit = limit;
            head = Head::At(at);
        }
        if in_one > 1.0 && self.shape.packing == Packing::OneByOne {
            let place = events::Place::Pack(in_one as u32);
            head = Head::At(self.add_before(record, KeyFor::Pack, PlacePart::Pack, place, head));
        }
        if let Some(stated) = self
            .shape
            .reading
            .stated_on(arc, MeasureKind::WaitingTime)
            .copied()
        {
            let law = self.time(Some(stated), record, found);
            if law.mean() > 0.0 {
                let place = events::Place::Delay(law);
                let part = PlacePart::Wait;
                head = Head::At(self.add_before(record, KeyFor::Itself, part, place, head));
            }
        }
        self.heads[arc] = Some(head);
        head
    }

    /// Settles where everything that has a station goes from there; of the traffic of each kind of
    /// item, if they go other ways.
    pub(super) fn settle(&mut self, kinds: &[&Traffic], found: &mut Found) {
        // From the end, so that each way is known before those that lead to it.
        for place in self.shape.sequence.clone() {
            for arc in self.shape.outgoing[place].clone() {
                if self.shape.reading.network().arcs[arc].kind == ArcKind::Forward {
                    self.head(arc, found);
                }
            }
        }
        for place in 0..self.own.len() {
            if let Some(at) = self.own[place] {
                self.stations[at].route = self.route(place, kinds, found);
            }
        }
        for store in self.shape.stores.all.clone() {
            let from = store.from.iter().map(|place| self.entry(*place, found));
            let mut from: Vec<usize> = from.collect();
            from.sort_unstable();
            from.dedup();
            if let Some(at) = self.own[store.place]
                && let events::Place::Store(store) = &mut self.stations[at].place
            {
                store.from = from;
            }
        }
    }

    fn route(&mut self, place: usize, kinds: &[&Traffic], found: &mut Found) -> Route {
        let network = self.shape.reading.network();
        let arcs = self.shape.outgoing[place].clone();
        let (back, onwards): (Vec<usize>, Vec<usize>) = arcs
            .into_iter()
            .partition(|arc| network.arcs[*arc].kind == ArcKind::Rework);
        let parts = self.shape.traffic.parts();
        let back: Vec<(f64, usize)> = back
            .into_iter()
            .map(|arc| (parts[arc], self.station_on(arc, found)))
            .collect();
        let returning: f64 = back.iter().map(|(part, _)| part).sum();
        if returning > 1.0 - 1e-9 {
            let words = "All that comes here goes back.";
            found.fault(&[self.record(place)], words);
        }
        if self.shape.traffic.divides(place) {
            let mut heads = Vec::new();
            for arc in onwards {
                let mut at = self.station_on(arc, found);
                if heads.contains(&at) {
                    let record = self.shape.reading.stream().flows[arc];
                    let nowhere = events::Place::Delay(Law::NONE);
                    at =
                        self.add_before(record, KeyFor::Way, PlacePart::Way, nowhere, Head::At(at));
                }
                heads.push(at);
            }
            return Route {
                back,
                onwards: Onwards::All(heads),
            };
        }
        let of_all = self.shape.traffic;
        let mut of = |traffic: &Traffic| {
            let left = 1.0 - returning;
            let mut ways = Vec::new();
            for arc in &onwards {
                let part = (traffic.parts()[*arc] / left).min(1.0);
                if let (Head::At(at), true) = (self.head(*arc, found), part > 0.0) {
                    ways.push((part, at));
                }
            }
            ways
        };
        let all = of(of_all);
        let by_kind: Vec<Vec<(f64, usize)>> = kinds.iter().map(|traffic| of(traffic)).collect();
        let onwards = match by_kind.iter().all(|ways| *ways == all) {
            true => Onwards::One(all),
            false => Onwards::OneOfKind(by_kind),
        };
        Route { back, onwards }
    }

    /// A station on an arc or at its end, also where what takes it leaves.
    fn station_on(&mut self, arc: usize, found: &mut Found) -> usize {
        match self.head(arc, found) {
            Head::At(at) => at,
            Head::Out => {
                let record = self.shape.reading.stream().flows[arc];
                let nowhere = events::Place::Delay(Law::NONE);
                let head = Head::Out;
                let at = self.add_before(record, KeyFor::Way, PlacePart::Way, nowhere, head);
                self.heads[arc] = Some(Head::At(at));
                at
            }
        }
    }
}
