//! Products, or kinds of work, over shared steps: how often each comes to a step, how long it takes
//! there, and what the mix of all that is asked for takes.

use std::rc::Rc;

use crate::model::{Document, Id, MeasureKind, StationKind};

use super::capacity::EQUAL;
use super::customers::ways_to;
use super::derive::Stream;
use super::figure::{Input, InputRole};
use super::network::{Network, Node};
use super::stated::{Knowledge, Quantity};
use super::traffic::Traffic;

/// A product as one customer asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamProduct {
    /// Its name; empty for what a customer asks for that names no product.
    pub name: String,
    /// Who asks for it.
    pub customer: Id,
    /// The place of the customer.
    pub(super) place: usize,
    /// The places among the quantities of what is stated of it.
    pub(super) demand: Option<usize>,
    pub(super) price: Option<usize>,
    pub(super) materials: Option<usize>,
    /// By station: the place of its own process time there, if one is stated.
    pub(super) times: Vec<Option<usize>>,
    /// By station: whether it may come there.
    comes: Rc<Vec<bool>>,
}

impl Stream {
    /// Notes the products that the customers of it ask for, and their times at its steps. Where no
    /// customer names any, there are none.
    pub(super) fn state_products(&mut self, document: &Document) {
        let station =
            |stream: &Self, place: usize| document.stations().get(&stream.stations[place]);
        let size = self.stations.len();
        let customers = (0..size).filter(|place| self.kinds[*place] == StationKind::Customer);
        let customers: Vec<usize> = customers.collect();
        let named = |place: &usize| {
            station(self, *place).is_some_and(|station| !station.products.is_empty())
        };
        if !customers.iter().any(named) {
            return;
        }
        // By station: the own times of products, by name.
        let mut times: Vec<Vec<(&str, usize)>> = vec![Vec::new(); size];
        for (place, times) in times.iter_mut().enumerate() {
            let Some(station) = station(self, place) else {
                continue;
            };
            if station.kind != StationKind::Step {
                continue;
            }
            for product in &station.products {
                let slot = self.note(place, product, MeasureKind::ProcessTime);
                times.extend(slot.map(|slot| (&*product.name, slot)));
            }
        }
        for place in customers {
            let Some(customer) = station(self, place) else {
                continue;
            };
            let comes = Rc::new(comes(self, place));
            if customer.products.is_empty() {
                self.products.push(StreamProduct {
                    name: String::new(),
                    customer: self.stations[place],
                    place,
                    demand: self.of_station(place, MeasureKind::Demand),
                    price: None,
                    materials: None,
                    times: vec![None; size],
                    comes: Rc::clone(&comes),
                });
            }
            for product in &customer.products {
                let own = times.iter().map(|times| {
                    let mut own = times.iter().filter(|(name, _)| *name == product.name);
                    own.next().map(|(_, slot)| *slot)
                });
                let own = own.collect();
                let product = StreamProduct {
                    name: product.name.clone(),
                    customer: self.stations[place],
                    place,
                    demand: self.note(place, product, MeasureKind::Demand),
                    price: self.note(place, product, MeasureKind::Price),
                    materials: self.note(place, product, MeasureKind::Materials),
                    times: own,
                    comes: Rc::clone(&comes),
                };
                self.products.push(product);
            }
        }
    }

    /// Notes a measure of a product at a station; its place among the quantities.
    fn note(
        &mut self,
        place: usize,
        product: &crate::model::Product,
        kind: MeasureKind,
    ) -> Option<usize> {
        let known = self
            .product_names
            .iter()
            .position(|name| *name == product.name);
        let name = known.unwrap_or_else(|| {
            self.product_names.push(product.name.clone());
            self.product_names.len() - 1
        });
        let measure = product.measures.get(kind)?;
        let record = Some(self.stations[place]);
        let quantity = Quantity::of(record, kind, measure, &self.calendar);
        self.quantities.push(Quantity {
            product: Some(name),
            ..quantity
        });
        Some(self.quantities.len() - 1)
    }

    /// The products that its customers ask for, by customer; none where no customer names any.
    #[must_use]
    pub fn products(&self) -> &[StreamProduct] {
        &self.products
    }

    /// The name of a product by its number, as quantities and inputs have it.
    #[must_use]
    pub fn product_name(&self, product: usize) -> &str {
        self.product_names.get(product).map_or("", String::as_str)
    }

    /// The products that a customer asks for by name.
    pub(super) fn products_of(&self, customer: usize) -> impl Iterator<Item = &StreamProduct> {
        let products = self.products.iter();
        products.filter(move |product| product.place == customer && !product.name.is_empty())
    }

    /// The products that may come to a station.
    fn coming_to(&self, station: usize) -> impl Iterator<Item = &StreamProduct> {
        let products = self.products.iter();
        products.filter(move |product| product.comes[station])
    }

    /// What a customer asks for, over all its products; none if that is not known.
    pub(super) fn demand_at(&self, customer: usize, values: &[Option<f64>]) -> Option<f64> {
        let mut products = self.products_of(customer).peekable();
        if products.peek().is_none() {
            return values[self.of_station(customer, MeasureKind::Demand)?];
        }
        products.map(|product| values[product.demand?]).sum()
    }

    /// What a result takes from products where it depends on a measure of a station: their own
    /// figures there, and those that are missing; none where the station's own is all there is.
    pub(super) fn product_inputs(&self, place: usize, measure: MeasureKind) -> Option<Vec<Input>> {
        let slots: Vec<(&StreamProduct, Option<usize>)> = match measure {
            MeasureKind::Demand => {
                let products = self.products_of(place);
                products.map(|product| (product, product.demand)).collect()
            }
            MeasureKind::ProcessTime => {
                let products = self.coming_to(place);
                products
                    .map(|product| (product, self.time_of(product, place)))
                    .collect()
            }
            _ => return None,
        };
        if slots.is_empty() {
            return None;
        }
        let mut found: Vec<Input> = Vec::new();
        for (product, slot) in slots {
            let quantity = slot.map(|slot| &self.quantities[slot]);
            let role = match quantity.and_then(|quantity| quantity.likely) {
                Some(_) => InputRole::Used,
                None => InputRole::Missing,
            };
            let own = quantity.and_then(|quantity| quantity.product);
            let named = || {
                self.product_names
                    .iter()
                    .position(|name| *name == product.name)
            };
            let input = Input {
                record: self.stations[place],
                product: own.or_else(|| quantity.is_none().then(named).flatten()),
                measure,
                knowledge: quantity.map_or(Knowledge::Unstated, |quantity| quantity.knowledge),
                role,
            };
            if !found.contains(&input) {
                found.push(input);
            }
        }
        Some(found)
    }

    /// The names of products of which nobody said how long they take at a step; empty where no
    /// customer names a product.
    pub(super) fn lacking_time(&self, step: usize) -> Vec<String> {
        let unknown = |product: &&StreamProduct| {
            let slot = self.time_of(product, step);
            slot.is_none_or(|slot| self.quantities[slot].likely.is_none())
        };
        let names = self
            .coming_to(step)
            .filter(|product| !product.name.is_empty());
        let mut names: Vec<String> = names
            .filter(unknown)
            .map(|product| product.name.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The steps with a time for products that no customer of the stream asks for.
    pub(super) fn products_not_asked(&self) -> Vec<(usize, Vec<String>)> {
        let asked = |name: &str| self.products.iter().any(|product| product.name == name);
        let mut found: Vec<(usize, Vec<String>)> = Vec::new();
        for quantity in &self.quantities {
            let (Some(product), Some(record), MeasureKind::ProcessTime) =
                (quantity.product, quantity.record, quantity.measure)
            else {
                continue;
            };
            let name = self.product_name(product);
            let Some(place) = self.index_of(record).filter(|_| !asked(name)) else {
                continue;
            };
            match found.last_mut() {
                Some((last, names)) if *last == place => names.push(name.to_owned()),
                _ => found.push((place, vec![name.to_owned()])),
            }
        }
        found
    }

    /// Whether nobody knows how long a step takes, or takes for one of the products.
    pub(super) fn lacks_time(&self, step: usize) -> bool {
        let own = self.of_station(step, MeasureKind::ProcessTime);
        let unknown =
            |slot: Option<usize>| slot.is_none_or(|slot| self.quantities[slot].likely.is_none());
        if self.products.is_empty() {
            return unknown(own);
        }
        let mut products = self.coming_to(step);
        products.any(|product| unknown(self.time_of(product, step)))
    }

    /// Where the process time of a product at a step stands among the quantities: its own, or else
    /// that of the step.
    pub(super) fn time_of(&self, product: &StreamProduct, step: usize) -> Option<usize> {
        product.times[step].or_else(|| self.of_station(step, MeasureKind::ProcessTime))
    }
}

/// By station: whether what goes to a customer may come there.
fn comes(stream: &Stream, customer: usize) -> Vec<bool> {
    let closed = ways_to(stream, customer).into_iter();
    let closed = closed.filter(|(_, leads_there)| !leads_there);
    let closed: Vec<usize> = closed.map(|(arc, _)| arc).collect();
    let outgoing = stream.shape.outgoing();
    let mut comes = vec![false; stream.stations.len()];
    let mut open = stream.shape.entries.clone();
    while let Some(here) = open.pop() {
        if std::mem::replace(&mut comes[here], true) {
            continue;
        }
        let onwards = outgoing[here].iter().filter(|arc| !closed.contains(arc));
        open.extend(onwards.map(|arc| stream.shape.arcs[*arc].to));
    }
    comes
}

/// Of what the work is mixed, for one number of each quantity.
#[derive(Clone, Debug)]
pub(super) struct Mix {
    /// By product: its part of all that is asked for; none if that is not known.
    pub(super) parts: Option<Vec<f64>>,
    /// By product: how often an item of it comes to each station.
    visits: Vec<Rc<Vec<f64>>>,
}

impl Mix {
    /// The mix of a stream; none where it has no products, or the traffic cannot be told.
    pub(super) fn of(
        stream: &Stream,
        values: &[Option<f64>],
        network: &Network,
        traffic: Option<&Traffic>,
    ) -> Option<Self> {
        let traffic = traffic.filter(|_| !stream.products.is_empty())?;
        let demands = stream
            .products
            .iter()
            .map(|product| values[product.demand?]);
        let demands: Option<Vec<f64>> = demands.collect();
        let parts = demands.and_then(|demands| {
            let sum: f64 = demands.iter().sum();
            (sum > 0.0).then(|| demands.iter().map(|demand| demand / sum).collect())
        });
        let mut visits: Vec<Rc<Vec<f64>>> = Vec::new();
        for (number, product) in stream.products.iter().enumerate() {
            let before = number.checked_sub(1);
            let before = before.filter(|before| stream.products[*before].place == product.place);
            visits.push(match before {
                Some(before) => Rc::clone(&visits[before]),
                None => Rc::new(visits_to(stream, network, product.place, traffic)),
            });
        }
        Some(Self { parts, visits })
    }

    /// How often an item of a product comes to a station.
    pub(super) fn visits(&self, product: usize, station: usize) -> f64 {
        self.visits[product][station]
    }

    /// The times of the products that come to a step, each with its part of all that comes there;
    /// none if one of them is not known, or the mix is not.
    fn times(
        &self,
        stream: &Stream,
        step: usize,
        time: impl Fn(usize) -> Option<f64>,
    ) -> Option<Vec<(f64, f64)>> {
        let coming = stream.products.iter().enumerate();
        let coming = coming.filter(|(number, _)| {
            let part = self.parts.as_ref().map_or(1.0, |parts| parts[*number]);
            part * self.visits(*number, step) > 0.0
        });
        let mut times = Vec::new();
        for (number, product) in coming {
            let weight = self.parts.as_ref().map(|parts| parts[number]);
            let weight = weight.map(|part| part * self.visits(number, step));
            times.push((weight, time(stream.time_of(product, step)?)?));
        }
        let sum: f64 = times.iter().filter_map(|(weight, _)| *weight).sum();
        let first = times.first()?.1;
        #[expect(clippy::float_cmp, reason = "the very same time, whatever the mix")]
        if times.iter().all(|(_, time)| *time == first) {
            return Some(vec![(1.0, first)]);
        }
        let weighted = times.into_iter();
        weighted
            .map(|(weight, time)| Some((weight? / sum, time)))
            .collect()
    }

    /// Whether any product comes to a step.
    fn comes_to(&self, step: usize) -> bool {
        self.visits.iter().any(|visits| visits[step] > 0.0)
    }

    /// The mean process time of all that comes to a step, in seconds of the basis.
    pub(super) fn process_time(
        &self,
        stream: &Stream,
        values: &[Option<f64>],
        step: usize,
    ) -> Option<f64> {
        if !self.comes_to(step) {
            return values[stream.of_station(step, MeasureKind::ProcessTime)?];
        }
        let times = self.times(stream, step, |slot| values[slot])?;
        Some(times.iter().map(|(part, time)| part * time).sum())
    }

    /// Gives the steps of a network the mean times of all that comes to them, and the variation
    /// that different times make: `E[t²]` is that of the mixture.
    pub(super) fn apply(&self, stream: &Stream, values: &[Option<f64>], network: &mut Network) {
        for (step, node) in network.nodes.iter_mut().enumerate() {
            if stream.kinds[step] != StationKind::Step || !self.comes_to(step) {
                continue;
            }
            let time = |slot: usize| Some(values[slot]? * stream.quantities[slot].working);
            let times = self.times(stream, step, time);
            node.process_time = None;
            if let Some(times) = times {
                mixed(node, &times);
            }
        }
    }

    /// How much time of a server an item of a product takes at some steps, all visits together, in
    /// seconds of working time; none if a time is not known.
    pub(super) fn load(
        &self,
        stream: &Stream,
        values: &[Option<f64>],
        network: &Network,
        product: usize,
        steps: &[usize],
    ) -> Option<f64> {
        let of = |step: usize| {
            let visits = self.visits(product, step);
            if visits <= 0.0 {
                return Some(0.0);
            }
            let slot = stream.time_of(&stream.products[product], step)?;
            let node = Node {
                process_time: Some(values[slot]? * stream.quantities[slot].working),
                ..network.nodes[step]
            };
            Some(visits * node.effective_time()?)
        };
        steps.iter().copied().map(of).sum()
    }
}

/// Gives a step the mean and the variation of a mixture of times, each with its part.
fn mixed(node: &mut Node, times: &[(f64, f64)]) {
    let mean: f64 = times.iter().map(|(part, time)| part * time).sum();
    let square: f64 = times.iter().map(|(part, time)| part * time * time).sum();
    node.process_time = Some(mean);
    if mean > 0.0 && times.len() > 1 {
        let spread = square / (mean * mean);
        let varied = |own: f64| (spread * (1.0 + own) - 1.0).max(0.0);
        node.variation = node.variation.map(varied);
    }
}

/// How often an item that goes to one customer comes to each station.
///
/// Where ways onwards lead to different customers, it takes the one that leads to its own; at all
/// else it does as all items do.
fn visits_to(stream: &Stream, network: &Network, customer: usize, traffic: &Traffic) -> Vec<f64> {
    traffic_to(stream, network, customer).map_or_else(|| traffic.visits.clone(), |own| own.visits)
}

/// How an item that goes to one customer moves; none where it moves as all items do.
pub(super) fn traffic_to(stream: &Stream, network: &Network, customer: usize) -> Option<Traffic> {
    let ways = ways_to(stream, customer);
    if ways.is_empty() {
        return None;
    }
    let mut network = network.clone();
    for (arc, leads_there) in ways {
        network.arcs[arc].share = Some(if leads_there { 1.0 } else { 0.0 });
    }
    let order = stream.order.as_ref().ok()?;
    Traffic::along(&network, order).ok()
}

/// Whether two rates are as good as equal, or the first is less.
pub(super) fn at_most(rate: f64, most: f64) -> bool {
    rate <= most * (1.0 + EQUAL)
}
