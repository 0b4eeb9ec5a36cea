//! What is wrong with a stream, as values with the records they are about, and as sentences.

use crate::model::{Document, Id, number_text, rate_text, spoken};

use super::derive::Stream;
use super::figures::is_unknown_split;
use super::limits::LimitReport;
use super::network::ArcKind;
use super::traffic::TrafficError;

/// Something that keeps a stream from being understood, or from flowing.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// No customer: throughput, takt and demand cannot be told.
    NoCustomer(Vec<Id>),
    /// Nobody said what these customers ask for.
    NoDemand(Vec<Id>),
    /// No step is on the longest way, which goes over these stations: nothing is known of the work.
    NoStep(Vec<Id>),
    /// No flow of work touches this station.
    Disconnected(Id),
    /// No work that enters ever arrives at a customer or an end.
    NothingArrives(Vec<Id>),
    /// Flows onwards, not marked as rework, lead round in a circle over these stations.
    Circle(Vec<Id>),
    /// More than all of the work leaves a station.
    SharesAboveAll {
        /// The station.
        station: Id,
        /// Whether its flows onwards or its rework flows sum to too much.
        kind: ArcKind,
        /// What they sum to, over 1.
        sum: f64,
    },
    /// Of several flows from a station, the shares of more than one are missing, while others are
    /// stated: they are taken to share the rest equally.
    SharesMissing(Id),
    /// Work that comes to these stations never leaves them.
    ReworkNeverEnds(Vec<Id>),
    /// Less than all of what enters arrives, in parts of 1: some drops out on the way.
    DropsOut(f64),
    /// Customers ask for more than the constraint can do.
    DemandAboveCapacity {
        /// The steps that limit.
        constraint: Vec<Id>,
        /// What customers ask for, in items per second of working time.
        demand: f64,
        /// What comes through at most, in the same unit.
        capacity: f64,
    },
}

/// The problems of a stream.
pub(super) fn problems(
    stream: &Stream,
    traffic: Result<&super::Traffic, &TrafficError>,
    limit: Option<&LimitReport>,
) -> Vec<Problem> {
    use crate::model::{MeasureKind, StationKind};
    let mut found = Vec::new();
    let ids = |places: &[usize]| places.iter().map(|place| stream.stations[*place]).collect();
    if !stream.has_customer() {
        found.push(Problem::NoCustomer(ids(&stream.shape.exits)));
    }
    let silent = (0..stream.stations.len()).filter(|place| {
        let slot = stream.of_station(*place, MeasureKind::Demand);
        stream.kinds[*place] == StationKind::Customer
            && slot.is_none_or(|slot| stream.quantities[slot].likely.is_none())
    });
    let silent: Vec<usize> = silent.collect();
    if !silent.is_empty() {
        found.push(Problem::NoDemand(ids(&silent)));
    }
    match traffic {
        Err(TrafficError::Ring(ring)) => found.push(Problem::Circle(ids(ring))),
        Err(TrafficError::ShareAboveAll { node, kind, sum }) => {
            found.push(Problem::SharesAboveAll {
                station: stream.stations[*node],
                kind: *kind,
                sum: *sum,
            });
        }
        Err(TrafficError::NeverEnds(nodes)) => found.push(Problem::ReworkNeverEnds(ids(nodes))),
        Ok(traffic) if traffic.arriving <= 0.0 => {
            found.push(Problem::NothingArrives(ids(&stream.shape.exits)));
        }
        Ok(traffic) if traffic.arriving < 1.0 - 1e-9 => {
            found.push(Problem::DropsOut(traffic.arriving));
        }
        Ok(_) => {}
    }
    if let Ok(order) = &stream.order {
        for (place, arcs) in order.onwards.iter().enumerate() {
            if is_unknown_split(stream, arcs) {
                found.push(Problem::SharesMissing(stream.stations[place]));
            }
        }
    }
    if let Some(limit) = limit
        && let Some(demand) = limit.demand
        && demand > limit.capacity * (1.0 + 1e-9)
    {
        found.push(Problem::DemandAboveCapacity {
            constraint: limit.stations().collect(),
            demand,
            capacity: limit.capacity,
        });
    }
    found
}

/// The names of stations, in the middle of a sentence.
pub(super) fn names(document: &Document, ids: &[Id]) -> String {
    let mut text = String::new();
    for (place, id) in ids.iter().enumerate() {
        if place > 0 {
            text.push_str(if place + 1 == ids.len() {
                " and "
            } else {
                ", "
            });
        }
        let station = document.stations().get(id);
        text.push_str(&station.map_or_else(|| "?".to_owned(), |station| spoken(&station.name)));
    }
    text
}

impl Problem {
    /// The stations it is about.
    #[must_use]
    pub fn records(&self) -> Vec<Id> {
        match self {
            Self::NoCustomer(ids)
            | Self::NoDemand(ids)
            | Self::NoStep(ids)
            | Self::NothingArrives(ids)
            | Self::Circle(ids)
            | Self::ReworkNeverEnds(ids) => ids.clone(),
            Self::Disconnected(id) | Self::SharesMissing(id) => vec![*id],
            Self::SharesAboveAll { station, .. } => vec![*station],
            Self::DemandAboveCapacity { constraint, .. } => constraint.clone(),
            Self::DropsOut(_) => Vec::new(),
        }
    }

    /// It as a sentence.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let calendar = &document.properties().stream.calendar;
        let hundredths = |part: f64| number_text((part * 1_000.0).round() / 10.0);
        match self {
            Self::NoCustomer(_) => {
                "There is no customer, so takt time, throughput and utilisation \
                 cannot be told."
                    .to_owned()
            }
            Self::NoDemand(ids) => {
                let names = names(document, ids);
                format!(
                    "Nobody has said how much {names} asks for, so takt time, throughput and \
                     utilisation cannot be told."
                )
            }
            Self::NoStep(_) => {
                "No step is on the longest way, so nothing is known of the work: process \
                                time, activity ratio and flow efficiency cannot be told."
                    .to_owned()
            }
            Self::Disconnected(id) => {
                format!("No work flows to or from {}.", names(document, &[*id]))
            }
            Self::NothingArrives(ids) => {
                format!(
                    "No work that enters ever arrives at {}.",
                    names(document, ids)
                )
            }
            Self::Circle(ids) => format!(
                "Work flows in a circle: {}. Mark the flow that leads back as rework.",
                names(document, ids)
            ),
            Self::SharesAboveAll { station, kind, sum } => {
                let what = match kind {
                    ArcKind::Forward => "flows onwards from",
                    ArcKind::Rework => "rework flows from",
                };
                let name = names(document, &[*station]);
                let sum = hundredths(*sum);
                format!("The shares of the {what} {name} add up to {sum} %.")
            }
            Self::SharesMissing(id) => format!(
                "Several flows from {} have no share; they are taken to share the rest equally.",
                names(document, &[*id])
            ),
            Self::ReworkNeverEnds(ids) => format!(
                "Rework never ends: what comes to {} never gets out.",
                names(document, ids)
            ),
            Self::DropsOut(arriving) => format!(
                "Only {} % of the work that enters arrives; the rest drops out on the way.",
                hundredths(*arriving)
            ),
            Self::DemandAboveCapacity {
                constraint,
                demand,
                capacity,
            } => format!(
                "Customers ask for {}, and {} can do {}: the queue grows by {}.",
                rate_text(*demand, calendar),
                names(document, constraint),
                rate_text(*capacity, calendar),
                rate_text(demand - capacity, calendar),
            ),
        }
    }
}
