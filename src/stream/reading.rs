//! A stream in the numbers that the figures take it for, for whoever runs it.

use std::rc::Rc;

use crate::model::{Document, Id, MeasureKind};

use super::capacity::ResourceLoad;
use super::derive::Stream;
use super::evaluate::{Depth, Evaluation};
use super::network::Network;
use super::products::traffic_to;
use super::shared::share_resources;
use super::stated::Quantity;
use super::traffic::{Traffic, TrafficError};

/// A stream at its likely numbers, as the figures take it: shares that follow from what customers
/// ask for, resources with what other streams leave of them.
#[derive(Clone, Debug)]
pub struct Reading {
    stream: Stream,
    evaluation: Evaluation,
}

/// A product of a customer, as it passes through a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadProduct {
    /// Its name; empty for what a customer asks for that names no product.
    pub name: String,
    /// Who asks for it.
    pub customer: Id,
    /// What is asked for, in items that arrive per second of working time; none if unknown.
    pub demand: Option<f64>,
}

impl Reading {
    /// The stream that the first of these stations belongs to which belongs to one; none if there
    /// is none.
    #[must_use]
    pub fn of(document: &Document, about: &[Id]) -> Option<Self> {
        let mut streams = Stream::all(document);
        let _ = share_resources(&mut streams);
        let mut found = about.iter().filter_map(|id| {
            let has = |stream: &Stream| stream.index_of(*id).is_some();
            streams.iter().position(has)
        });
        let stream = streams.swap_remove(found.next()?);
        let evaluation = Evaluation::of(&stream, &stream.likely(), None, Depth::Main);
        Some(Self { stream, evaluation })
    }

    /// The stream.
    #[must_use]
    pub const fn stream(&self) -> &Stream {
        &self.stream
    }

    /// Its stations and flows in plain numbers, in the order of [`Stream::stations`] and
    /// [`Stream::flows`]. Of a step that several products come to, the process time is their mean.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.evaluation.network
    }

    /// How items move through it.
    ///
    /// # Errors
    /// Why they do not.
    pub fn traffic(&self) -> Result<&Traffic, &TrafficError> {
        self.evaluation.traffic.as_ref().map(Rc::as_ref)
    }

    /// What all customers ask for, in items that arrive per second of working time.
    #[must_use]
    pub const fn demand(&self) -> Option<f64> {
        self.evaluation.demand
    }

    /// What was counted at its end, in items that arrive per second of working time.
    #[must_use]
    pub const fn throughput(&self) -> Option<f64> {
        self.evaluation.stated.throughput
    }

    /// Its people and machines.
    #[must_use]
    pub fn resources(&self) -> &[ResourceLoad] {
        &self.evaluation.loads
    }

    /// The name that the steps of a resource give it; none if it is of one step that names none.
    #[must_use]
    pub fn resource_name(&self, load: &ResourceLoad) -> Option<&str> {
        let first = load.members.first()?;
        let resource = self.stream.shape.nodes[*first].resource?;
        self.stream.resources.get(resource).map(String::as_str)
    }

    /// Whether other streams need the people or machines of a step, and it is not known how much of
    /// them is left.
    #[must_use]
    pub fn lacks_share(&self, station: usize) -> bool {
        self.stream.lacks_share(station, self.evaluation.demand)
    }

    /// What is stated of a station.
    #[must_use]
    pub fn stated_at(&self, station: usize, kind: MeasureKind) -> Option<&Quantity> {
        let slot = self.stream.of_station(station, kind)?;
        self.stream.quantities.get(slot)
    }

    /// What is stated of a flow.
    #[must_use]
    pub fn stated_on(&self, flow: usize, kind: MeasureKind) -> Option<&Quantity> {
        let slot = self.stream.of_flow(flow, kind)?;
        self.stream.quantities.get(slot)
    }

    /// The limit of work in the whole stream, in items.
    #[must_use]
    pub fn work_limit(&self) -> Option<&Quantity> {
        self.stream.quantities.get(self.stream.work_limit()?)
    }

    /// The products that customers ask for, in the order of [`Stream::products`]; none where no
    /// customer names one.
    #[must_use]
    pub fn products(&self) -> Vec<ReadProduct> {
        let products = self.stream.products.iter();
        let read = products.map(|product| ReadProduct {
            name: product.name.clone(),
            customer: product.customer,
            demand: product
                .demand
                .and_then(|slot| self.stream.quantities[slot].likely),
        });
        read.collect()
    }

    /// How items of a product move, by its place in [`Reading::products`]; none where they move as
    /// all items do.
    #[must_use]
    pub fn traffic_of(&self, product: usize) -> Option<Traffic> {
        let product = self.stream.products.get(product)?;
        traffic_to(&self.stream, self.network(), product.place)
    }

    /// The stations where parts of an item meet of which one need not come, and the ways back out of
    /// parallel branches, of which nobody has said that they are meant as the figures take them.
    #[must_use]
    pub fn open_questions(&self) -> (Vec<Id>, Vec<Id>) {
        let Ok(traffic) = self.traffic() else {
            return (Vec::new(), Vec::new());
        };
        let open = |places: &[usize], ids: &[Id]| -> Vec<Id> {
            let ids = places.iter().map(|place| ids[*place]);
            ids.filter(|id| !self.stream.is_settled(*id)).collect()
        };
        let stream = &self.stream;
        (
            open(traffic.open_joins(), &stream.stations),
            open(traffic.open_returns(), &stream.flows),
        )
    }

    /// What is stated of how long a product takes at a step: its own time there, or else that of the
    /// step.
    #[must_use]
    pub fn time_of(&self, product: usize, step: usize) -> Option<&Quantity> {
        let product = self.stream.products.get(product)?;
        let slot = self.stream.time_of(product, step)?;
        self.stream.quantities.get(slot)
    }
}
