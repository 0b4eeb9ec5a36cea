//! From a document to its streams: which stations belong together, and what is stated of them.

use std::rc::Rc;

use crate::model::{
    Calendar, Decision, Document, FlowKind, Id, Measure, MeasureKind, Measures, Records,
    StationKind, StepRole, StepValue,
};

use super::customers::{Parting, partings};
use super::network::{Arc, ArcKind, Network, Node};
use super::order::Order;
use super::problem::{PART_MAY_NOT_COME, REWORK_LEAVES_BRANCH};
use super::products::StreamProduct;
use super::shared::Others;
use super::stated::{Knowledge, Quantity};
use super::traffic::Traffic;

/// A value stream of a document: stations that work flows between.
#[derive(Clone, Debug)]
pub struct Stream {
    /// Its stations.
    pub stations: Vec<Id>,
    /// What each station is.
    pub kinds: Vec<StationKind>,
    /// What each station means for the delivery of software.
    pub roles: Vec<StepRole>,
    /// What the time of each station is worth to the customer.
    pub values: Vec<StepValue>,
    /// Its flows of work.
    pub flows: Vec<Id>,
    /// What is stated of its stations and flows.
    pub quantities: Vec<Quantity>,
    /// How its times count.
    pub calendar: Calendar,
    /// Its stations and flows as a network, without numbers. Nodes stand as `stations`, arcs as
    /// `flows`.
    pub(super) shape: Network,
    /// The order along the flows onwards, or a ring of them.
    pub(super) order: Result<Rc<Order>, Vec<usize>>,
    /// By number of a resource: its name.
    pub(super) resources: Vec<String>,
    /// By number of a resource: what other streams take of it.
    pub(super) others: Vec<Option<Others>>,
    /// Where work parts by what customers ask for.
    pub(super) partings: Vec<Parting>,
    /// The stations and flows at which somebody has said that the map is meant as the figures take
    /// it: in the order of their ids.
    pub(super) settled: Vec<Id>,
    /// What its customers ask for, product by product; empty where none names a product.
    pub(super) products: Vec<StreamProduct>,
    /// By number of a product: its name.
    pub(super) product_names: Vec<String>,
    of_station: Vec<Slots>,
    of_flow: Vec<Slots>,
    work_limit: Option<usize>,
    work_in_progress: Option<usize>,
    throughput: Option<usize>,
}

/// By kind of measure: the index of what is stated of it.
type Slots = [Option<u32>; MeasureKind::ALL.len()];

impl Stream {
    /// The streams of a document, the one with most steps first: it is the main one. Stations that
    /// no flow of work touches are none.
    #[must_use]
    pub fn all(document: &Document) -> Vec<Self> {
        let index: Records<usize> = document.stations().keys().copied().zip(0..).collect();
        let mut leader: Vec<usize> = (0..index.len()).collect();
        let mut touched = vec![false; index.len()];
        for flow in document.flows().values() {
            if let (true, Some(from), Some(to)) = (
                flow.kind.carries_work(),
                index.get(&flow.from),
                index.get(&flow.to),
            ) {
                (touched[*from], touched[*to]) = (true, true);
                let (one, other) = (led_by(&mut leader, *from), led_by(&mut leader, *to));
                leader[one.max(other)] = one.min(other);
            }
        }
        let mut stream_of = vec![usize::MAX; index.len()];
        let mut streams: Vec<Self> = Vec::new();
        // By station of the document: its stream, and its index there.
        let mut home: Records<(usize, usize)> = Records::new();
        for (number, (id, station)) in document.stations().iter().enumerate() {
            if !touched[number] {
                continue;
            }
            let first = led_by(&mut leader, number);
            if stream_of[first] == usize::MAX {
                stream_of[first] = streams.len();
                streams.push(Self::empty(document.calendar()));
            }
            let stream = &mut streams[stream_of[first]];
            home.insert(*id, (stream_of[first], stream.stations.len()));
            stream.stations.push(*id);
            stream.kinds.push(station.kind);
            stream.roles.push(station.role);
            stream.values.push(match station.kind {
                StationKind::Step => station.value,
                _ => StepValue::Unmarked,
            });
            let slots = stream.state(*id, &station.measures);
            stream.of_station.push(slots);
        }
        for (id, flow) in document.flows() {
            if !flow.kind.carries_work() {
                continue;
            }
            if let (Some((stream, from)), Some((_, to))) =
                (home.get(&flow.from), home.get(&flow.to))
            {
                let stream = &mut streams[*stream];
                stream.flows.push(*id);
                let slots = stream.state(*id, &flow.measures);
                stream.of_flow.push(slots);
                let kind = match flow.kind {
                    FlowKind::Rework => ArcKind::Rework,
                    _ => ArcKind::Forward,
                };
                stream.shape.arcs.push(Arc {
                    from: *from,
                    to: *to,
                    kind,
                    share: None,
                    items_in_one: 1.0,
                });
            }
        }
        for stream in &mut streams {
            if let Some(limit) = &document.properties().stream.work_limit {
                stream.work_limit = Some(stream.quantities.len());
                let quantity = Quantity::of(None, MeasureKind::Limit, limit, &stream.calendar);
                stream.quantities.push(quantity);
            }
            stream.finish(document);
        }
        streams.sort_by_key(|stream| std::cmp::Reverse(stream.steps()));
        if let Some(main) = streams.first_mut() {
            main.state_whole(document);
        }
        streams
    }

    const fn empty(calendar: Calendar) -> Self {
        Self {
            stations: Vec::new(),
            kinds: Vec::new(),
            roles: Vec::new(),
            values: Vec::new(),
            flows: Vec::new(),
            quantities: Vec::new(),
            calendar,
            shape: Network {
                nodes: Vec::new(),
                arcs: Vec::new(),
                entries: Vec::new(),
                exits: Vec::new(),
            },
            order: Err(Vec::new()),
            resources: Vec::new(),
            others: Vec::new(),
            partings: Vec::new(),
            settled: Vec::new(),
            products: Vec::new(),
            product_names: Vec::new(),
            of_station: Vec::new(),
            of_flow: Vec::new(),
            work_limit: None,
            work_in_progress: None,
            throughput: None,
        }
    }

    /// Notes what is stated of a record.
    fn state(&mut self, record: Id, measures: &Measures) -> Slots {
        let mut slots = [None; MeasureKind::ALL.len()];
        for (kind, measure) in measures.iter() {
            slots[kind as usize] = u32::try_from(self.quantities.len()).ok();
            let quantity = Quantity::of(Some(record), kind, measure, &self.calendar);
            self.quantities.push(quantity);
        }
        slots
    }

    /// Notes what is stated of the main stream as a whole.
    fn state_whole(&mut self, document: &Document) {
        let settings = &document.properties().stream;
        let mut note = |measure: &Option<Measure>, kind: MeasureKind| {
            let quantity = Quantity::of(None, kind, measure.as_ref()?, &self.calendar);
            self.quantities.push(quantity);
            Some(self.quantities.len() - 1)
        };
        self.work_in_progress = note(&settings.work_in_progress, MeasureKind::WorkInProgress);
        self.throughput = note(&settings.throughput, MeasureKind::Demand);
    }

    /// Finds where work enters and where it arrives, and who shares people or machines.
    fn finish(&mut self, document: &Document) {
        let size = self.stations.len();
        let mut resources: Vec<String> = Vec::new();
        let stations = self.stations.iter().map(|id| document.stations().get(id));
        self.shape.nodes = stations
            .map(|station| match station {
                Some(station) if station.kind == StationKind::Step => {
                    let name = station.resource.trim();
                    let known = resources.iter().position(|other| other == name);
                    let resource = (!name.is_empty()).then(|| {
                        known.unwrap_or_else(|| {
                            resources.push(name.to_owned());
                            resources.len() - 1
                        })
                    });
                    Node {
                        resource,
                        ..Node::step(0.0)
                    }
                }
                _ => Node::PLACE,
            })
            .collect();
        self.others = vec![None; resources.len()];
        self.resources = resources;
        let (mut comes, mut goes) = (vec![false; size], vec![false; size]);
        let mut comes_back = vec![false; size];
        for arc in &self.shape.arcs {
            match arc.kind {
                ArcKind::Forward => (comes[arc.to], goes[arc.from]) = (true, true),
                ArcKind::Rework => comes_back[arc.to] = true,
            }
        }
        let of_kind = |kind: StationKind| -> Vec<usize> {
            let indices = (0..size).filter(|index| self.kinds[*index] == kind);
            indices.collect()
        };
        self.shape.entries = of_kind(StationKind::Supplier);
        if self.shape.entries.is_empty() {
            let starts: Vec<usize> = (0..size).filter(|index| !comes[*index]).collect();
            // Where only rework comes to, such as a step that mends, new work enters only if it
            // does nowhere else.
            let fresh = starts.iter().copied().filter(|index| !comes_back[*index]);
            let fresh: Vec<usize> = fresh.collect();
            self.shape.entries = if fresh.is_empty() { starts } else { fresh };
        }
        self.shape.exits = of_kind(StationKind::Customer);
        if self.shape.exits.is_empty() {
            let ends = (0..size).filter(|index| !goes[*index]);
            self.shape.exits = ends.collect();
        }
        self.order = Order::of(&self.shape).map(Rc::new);
        if let Ok(order) = &self.order {
            self.partings = partings(self, order);
        }
        self.state_products(document);
        self.settled = settled(self, document);
    }

    /// Whether somebody has said of a station or flow that the map is meant there as the figures
    /// take it.
    pub(super) fn is_settled(&self, record: Id) -> bool {
        self.settled.binary_search(&record).is_ok()
    }

    /// Whether the traffic rests on something that is still asked: how parts meet, or what rework
    /// that leads out of a branch does.
    pub(super) fn asks_of(&self, traffic: &Traffic) -> bool {
        let mut joins = traffic.open_joins().iter();
        let mut returns = traffic.open_returns().iter();
        joins.any(|place| !self.is_settled(self.stations[*place]))
            || returns.any(|place| !self.is_settled(self.flows[*place]))
    }

    /// How many of its stations are steps.
    #[must_use]
    pub fn steps(&self) -> usize {
        let kinds = self.kinds.iter();
        kinds.filter(|kind| **kind == StationKind::Step).count()
    }

    /// Whether a customer belongs to it.
    #[must_use]
    pub fn has_customer(&self) -> bool {
        self.kinds.contains(&StationKind::Customer)
    }

    /// The index of a station of it.
    #[must_use]
    pub fn index_of(&self, station: Id) -> Option<usize> {
        // The stations of a document come in the order of their ids.
        self.stations.binary_search(&station).ok()
    }

    /// The index among the quantities of what is stated of a station.
    #[must_use]
    pub fn of_station(&self, index: usize, kind: MeasureKind) -> Option<usize> {
        self.of_station[index][kind as usize].map(|slot| slot as usize)
    }

    /// The index among the quantities of what is stated of a flow.
    #[must_use]
    pub fn of_flow(&self, index: usize, kind: MeasureKind) -> Option<usize> {
        self.of_flow[index][kind as usize].map(|slot| slot as usize)
    }

    /// The index among the quantities of the constant WIP, if one is stated.
    #[must_use]
    pub const fn work_limit(&self) -> Option<usize> {
        self.work_limit
    }

    /// The index among the quantities of the items in the whole stream, if they are stated.
    #[must_use]
    pub const fn work_in_progress(&self) -> Option<usize> {
        self.work_in_progress
    }

    /// The index among the quantities of what comes out of the stream, if it is stated.
    #[must_use]
    pub const fn throughput(&self) -> Option<usize> {
        self.throughput
    }

    /// Whether another number for a quantity changes which ways the work takes.
    pub(super) fn moves_shares(&self, quantity: &Quantity) -> bool {
        match quantity.measure {
            MeasureKind::Share | MeasureKind::ItemsInOne => true,
            MeasureKind::Demand => {
                let moves = !self.partings.is_empty() || !self.products.is_empty();
                quantity.record.is_some() && moves
            }
            _ => false,
        }
    }

    /// Whether other streams have steps of the resource of a step.
    pub(super) fn has_others(&self, index: usize) -> bool {
        let resource = self.shape.nodes[index].resource;
        resource.is_some_and(|resource| self.others[resource].is_some())
    }

    /// Whether other streams need the resource of a step, nobody says how much of it each gets, and
    /// it does not follow from what is asked for either.
    pub(super) fn lacks_share(&self, index: usize, demand: Option<f64>) -> bool {
        let resource = self.shape.nodes[index].resource;
        let Some(others) = resource.and_then(|resource| self.others[resource]) else {
            return false;
        };
        let unstated =
            |index: usize| self.knowledge(index, MeasureKind::ResourceShare) == Knowledge::Unstated;
        let members =
            (0..self.stations.len()).filter(|other| self.shape.nodes[*other].resource == resource);
        let open = others.is_unknown() || others.is_needed() && demand.is_none();
        open && members.into_iter().all(unstated)
    }

    /// How sure a measure of a station is.
    #[must_use]
    pub fn knowledge(&self, index: usize, kind: MeasureKind) -> Knowledge {
        self.known(self.of_station(index, kind))
    }

    /// How sure a measure of a flow is.
    #[must_use]
    pub fn flow_knowledge(&self, index: usize, kind: MeasureKind) -> Knowledge {
        self.known(self.of_flow(index, kind))
    }

    fn known(&self, slot: Option<usize>) -> Knowledge {
        slot.map_or(Knowledge::Unstated, |slot| self.quantities[slot].knowledge)
    }

    /// The likely numbers of all quantities.
    #[must_use]
    pub fn likely(&self) -> Vec<Option<f64>> {
        let quantities = self.quantities.iter();
        quantities.map(|quantity| quantity.likely).collect()
    }
}

/// The stations and flows at which somebody has agreed to how the figures take the map.
fn settled(stream: &Stream, document: &Document) -> Vec<Id> {
    let agreed = |topic: &str, id: &Id| {
        let answer = document.review_of(topic, &[*id]);
        answer.is_some_and(|(_, review)| review.decision == Decision::Agreed)
    };
    let joins = stream.stations.iter();
    let joins = joins.filter(|id| agreed(PART_MAY_NOT_COME, id));
    let returns = stream.flows.iter();
    let returns = returns.filter(|id| agreed(REWORK_LEAVES_BRANCH, id));
    let mut settled: Vec<Id> = joins.chain(returns).copied().collect();
    settled.sort_unstable();
    settled
}

fn led_by(leader: &mut [usize], mut station: usize) -> usize {
    while leader[station] != station {
        leader[station] = leader[leader[station]];
        station = leader[station];
    }
    station
}
