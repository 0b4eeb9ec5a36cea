//! What is wrong with a stream, as values with the records they are about, and as sentences.

use crate::model::{
    Document, Id, MeasureKind, StationKind, duration_text, in_sentence, isolated, number_text,
    rate_text,
};

use super::customers::demands;
use super::derive::Stream;
use super::evaluate::Evaluation;
use super::figures::is_unknown_split;
use super::limits::LimitReport;
use super::network::ArcKind;
use super::traffic::TrafficError;

/// Something that keeps a stream from being understood, or from flowing.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// No customer: throughput, takt and demand cannot be calculated.
    NoCustomer(Vec<Id>),
    /// Nobody said what these customers ask for.
    NoDemand(Vec<Id>),
    /// No step is on the longest path, which goes over these stations: nothing is known of the
    /// work.
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
    /// Parallel branches choose among so many ways that visits cannot be counted.
    TooManyPaths,
    /// Parts of an item meet at this station, and one of them need not come: it is taken to go on
    /// without it.
    PartMayNotCome(Id),
    /// A rework flow leads out of one of several parallel branches: what is beside it is taken to
    /// be done again too.
    ReworkLeavesBranch {
        /// The rework flow.
        flow: Id,
        /// The station it leaves.
        from: Id,
        /// The station it leads to.
        to: Id,
    },
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
        /// How much the queue before the constraint grows, in the same unit.
        growth: f64,
        /// What comes out as somebody counted it, in the same unit.
        counted: Option<f64>,
        /// Where the work piles up whose items are counted.
        pile: Option<Pile>,
    },
    /// Customers get another part of the work than they ask for.
    DemandNotMet {
        /// The customer.
        customer: Id,
        /// What it asks for, in items per second of working time.
        asks: f64,
        /// What it gets where the stream does what all ask for, in the same unit.
        gets: f64,
    },
    /// Work from this station goes to several customers, and nobody says how much goes to each, nor
    /// what each asks for: each is taken to get everything.
    SeveralCustomers(Id),
    /// The shares of a resource that its steps state sum to this, over 1.
    ResourceAboveAll {
        /// The steps that state one, over all streams.
        steps: Vec<Id>,
        /// The sum.
        sum: f64,
    },
    /// Ways onwards from a station disagree on how many of its items make one of the customers'.
    ItemsDisagree(Id),
    /// Of these products of a customer nobody said how many are asked for.
    NoProductDemand {
        /// The customer.
        customer: Id,
        /// The products.
        products: Vec<String>,
    },
    /// What is asked for of the products of a customer does not add up to what the customer asks
    /// for; the products count.
    ProductsDoNotAddUp {
        /// The customer.
        customer: Id,
        /// What it asks for, in items per second of working time.
        asks: f64,
        /// What its products add up to, in the same unit.
        sum: f64,
    },
    /// Nobody said how long these products take at a step that they come to.
    NoProductTime {
        /// The step.
        step: Id,
        /// The products.
        products: Vec<String>,
    },
    /// A step has a time for these products, and no customer of its stream asks for them.
    ProductsNotAsked {
        /// The step.
        step: Id,
        /// The products.
        products: Vec<String>,
    },
    /// A limit of a queue or FIFO lane, which no formula here counts with.
    LimitNotUsed(Vec<Id>),
}

/// The topic of answers to [`Problem::PartMayNotCome`].
pub(super) const PART_MAY_NOT_COME: &str = "stream/part-may-not-come";
/// The topic of answers to [`Problem::ReworkLeavesBranch`].
pub(super) const REWORK_LEAVES_BRANCH: &str = "stream/rework-leaves-branch";

/// A queue that grows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pile {
    /// The queue, or the step before which the work waits.
    pub station: Id,
    /// How many items wait there now.
    pub items: f64,
    /// How long the last of them waits, in seconds of the basis.
    pub wait: f64,
}

/// The problems of a stream.
pub(super) fn problems(
    stream: &Stream,
    evaluation: &Evaluation,
    limit: Option<&LimitReport>,
) -> Vec<Problem> {
    let traffic = evaluation.traffic.as_ref().map(AsRef::as_ref);
    let mut found = Vec::new();
    let ids = |indices: &[usize]| {
        indices
            .iter()
            .map(|index| stream.stations[*index])
            .collect()
    };
    if !stream.has_customer() {
        found.push(Problem::NoCustomer(ids(&stream.shape.exits)));
    }
    let silent = (0..stream.stations.len()).filter(|index| {
        let slot = stream.of_station(*index, MeasureKind::Demand);
        stream.kinds[*index] == StationKind::Customer
            && stream.products_of(*index).next().is_none()
            && slot.is_none_or(|slot| stream.quantities[slot].likely.is_none())
    });
    let silent: Vec<usize> = silent.collect();
    if !silent.is_empty() {
        found.push(Problem::NoDemand(ids(&silent)));
    }
    found.extend(product_problems(stream, evaluation));
    match traffic {
        Err(TrafficError::Ring(ring)) => found.push(Problem::Circle(ids(ring))),
        Err(TrafficError::ShareAboveAll { node, kind, sum }) => {
            found.push(Problem::SharesAboveAll {
                station: stream.stations[*node],
                kind: *kind,
                sum: *sum,
            });
        }
        Err(TrafficError::TooManyPaths) => found.push(Problem::TooManyPaths),
        Err(TrafficError::NeverEnds(nodes)) => found.push(Problem::ReworkNeverEnds(ids(nodes))),
        Ok(traffic) if traffic.arriving <= 0.0 => {
            found.push(Problem::NothingArrives(ids(&stream.shape.exits)));
        }
        Ok(traffic) if traffic.arriving < 1.0 - 1e-9 => {
            found.push(Problem::DropsOut(traffic.arriving));
        }
        Ok(_) => {}
    }
    if let Ok(traffic) = traffic {
        let clash = traffic.units_clash.iter();
        found.extend(clash.map(|index| Problem::ItemsDisagree(stream.stations[*index])));
        let joins = traffic.open_joins().iter();
        found.extend(joins.map(|index| Problem::PartMayNotCome(stream.stations[*index])));
        found.extend(traffic.open_returns().iter().map(|index| {
            let arc = &stream.shape.arcs[*index];
            Problem::ReworkLeavesBranch {
                flow: stream.flows[*index],
                from: stream.stations[arc.from],
                to: stream.stations[arc.to],
            }
        }));
    }
    if let Ok(order) = &stream.order {
        for (index, arcs) in order.onwards.iter().enumerate() {
            if is_unknown_split(stream, arcs) {
                found.push(Problem::SharesMissing(stream.stations[index]));
            }
        }
    }
    if evaluation.demand.is_none() {
        let partings = stream.partings.iter();
        found.extend(
            partings.map(|parting| Problem::SeveralCustomers(stream.stations[parting.station])),
        );
    } else if traffic.is_ok() {
        found.extend(not_met(stream, evaluation));
    }
    let limited = (0..stream.stations.len())
        .filter(|index| stream.of_station(*index, MeasureKind::Limit).is_some())
        .map(|index| stream.stations[index]);
    let lanes = (0..stream.flows.len())
        .filter(|index| stream.of_flow(*index, MeasureKind::Limit).is_some())
        .map(|index| stream.flows[index]);
    let limited: Vec<Id> = limited.chain(lanes).collect();
    if !limited.is_empty() {
        found.push(Problem::LimitNotUsed(limited));
    }
    if let Some(limit) = limit
        && let Some(demand) = limit.demand
        && demand > limit.capacity * (1.0 + 1e-9)
    {
        found.push(Problem::DemandAboveCapacity {
            constraint: limit.stations().collect(),
            demand,
            capacity: limit.capacity,
            growth: limit.queue_growth().unwrap_or(0.0),
            counted: evaluation.stated.throughput,
            pile: pile(stream, evaluation),
        });
    }
    found
}

/// Customers that get another part of the work than they ask for, by more than a rounding.
fn not_met(stream: &Stream, evaluation: &Evaluation) -> Vec<Problem> {
    const TOLERANCE: f64 = 0.005;
    let values = stream.likely();
    let (Some(demands), Some(whole)) = (demands(stream, &values), evaluation.demand) else {
        return Vec::new();
    };
    if demands.len() < 2 {
        return Vec::new();
    }
    let off = demands.into_iter().filter_map(|(index, asks)| {
        let gets = whole * evaluation.visits[index];
        ((gets - asks).abs() > TOLERANCE * asks.max(whole * TOLERANCE)).then(|| {
            let customer = stream.stations[index];
            Problem::DemandNotMet {
                customer,
                asks,
                gets,
            }
        })
    });
    off.collect()
}

/// The first place where work piles up and its items are counted.
fn pile(stream: &Stream, evaluation: &Evaluation) -> Option<Pile> {
    let grows = &evaluation.rates.grows;
    let piles = (0..grows.len()).filter(|index| grows[*index]);
    let mut piles = piles.filter_map(|index| {
        let slot = stream.of_station(index, MeasureKind::WorkInProgress)?;
        let items = stream.quantities[slot].likely?;
        let rate = evaluation.rates.out[index]? * evaluation.visits[index];
        let wait = items / rate * stream.calendar.elapsed_per_working_second();
        Some(Pile {
            station: stream.stations[index],
            items,
            wait,
        })
    });
    piles.find(|pile| pile.wait.is_finite())
}

/// What is missing of products, or does not fit.
fn product_problems(stream: &Stream, evaluation: &Evaluation) -> Vec<Problem> {
    let values = stream.likely();
    let mut found = Vec::new();
    for place in 0..stream.stations.len() {
        let station = stream.stations[place];
        match stream.kinds[place] {
            StationKind::Customer => {
                let products = stream.products_of(place);
                let silent = products
                    .filter(|product| product.demand.is_none_or(|slot| values[slot].is_none()));
                let silent: Vec<String> = silent.map(|product| product.name.clone()).collect();
                let own = stream.of_station(place, MeasureKind::Demand);
                let own = own.and_then(|slot| values[slot]);
                if !silent.is_empty() {
                    found.push(Problem::NoProductDemand {
                        customer: station,
                        products: silent,
                    });
                } else if let (Some(asks), Some(sum)) = (own, stream.demand_at(place, &values))
                    && (asks - sum).abs() > 0.005 * asks.max(sum)
                {
                    found.push(Problem::ProductsDoNotAddUp {
                        customer: station,
                        asks,
                        sum,
                    });
                }
            }
            StationKind::Step if evaluation.visits[place] > 0.0 => {
                let lacking = stream.lacking_time(place);
                if !lacking.is_empty() {
                    found.push(Problem::NoProductTime {
                        step: station,
                        products: lacking,
                    });
                }
            }
            _ => {}
        }
    }
    for (place, names) in stream.products_not_asked() {
        found.push(Problem::ProductsNotAsked {
            step: stream.stations[place],
            products: names,
        });
    }
    found
}

/// Names of products in a sentence.
fn listed(names: &[String]) -> String {
    let each: Vec<_> = names.iter().map(|name| isolated(name)).collect();
    match &each[..] {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => each.concat(),
    }
}

/// The names of stations, in the middle of a sentence.
pub(super) fn names(document: &Document, ids: &[Id]) -> String {
    let mut text = String::new();
    for (index, id) in ids.iter().enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == ids.len() {
                " and "
            } else {
                ", "
            });
        }
        let station = document.stations().get(id);
        text.push_str(
            &station.map_or_else(|| "?".to_owned(), |station| in_sentence(&station.name)),
        );
    }
    text
}

/// The names of stations, and of flows by the station they lead to.
fn names_of(document: &Document, ids: &[Id]) -> String {
    let each = ids.iter().map(|id| match document.flows().get(id) {
        Some(flow) => format!("the lane to {}", names(document, &[flow.to])),
        None => names(document, &[*id]),
    });
    each.collect::<Vec<_>>().join(", ")
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
            | Self::LimitNotUsed(ids)
            | Self::ReworkNeverEnds(ids) => ids.clone(),
            Self::Disconnected(id)
            | Self::SharesMissing(id)
            | Self::PartMayNotCome(id)
            | Self::ItemsDisagree(id)
            | Self::SeveralCustomers(id) => vec![*id],
            Self::NoProductDemand { customer, .. } | Self::ProductsDoNotAddUp { customer, .. } => {
                vec![*customer]
            }
            Self::NoProductTime { step, .. } | Self::ProductsNotAsked { step, .. } => vec![*step],
            Self::DemandNotMet { customer, .. } => vec![*customer],
            Self::ResourceAboveAll { steps, .. } => steps.clone(),
            Self::ReworkLeavesBranch { flow, .. } => vec![*flow],
            Self::SharesAboveAll { station, .. } => vec![*station],
            Self::DemandAboveCapacity { constraint, .. } => constraint.clone(),
            Self::DropsOut(_) | Self::TooManyPaths => Vec::new(),
        }
    }

    /// What an answer to it is kept under: the topic of a
    /// [`FindingReview`](crate::model::FindingReview) about [`Problem::records`]. None of what is no question, or is answered by a measure.
    ///
    /// Who agrees says that the map is meant as the figures take it.
    #[must_use]
    pub const fn topic(&self) -> Option<&'static str> {
        match self {
            Self::PartMayNotCome(_) => Some(PART_MAY_NOT_COME),
            Self::ReworkLeavesBranch { .. } => Some(REWORK_LEAVES_BRANCH),
            _ => None,
        }
    }

    /// It as a sentence.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let calendar = &document.calendar();
        let hundredths = |part: f64| number_text((part * 1_000.0).round() / 10.0);
        match self {
            Self::NoCustomer(_) => {
                "There is no customer, so takt time, throughput and utilisation \
                 cannot be calculated."
                    .to_owned()
            }
            Self::NoDemand(ids) => {
                let names = names(document, ids);
                format!(
                    "Nobody has said how much {names} asks for, so takt time, throughput and \
                     utilisation cannot be calculated."
                )
            }
            Self::NoStep(_) => {
                "No step is on the longest way, so nothing is known of the work: process \
                                time, activity ratio and flow efficiency cannot be calculated."
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
            Self::TooManyPaths => {
                "Parallel branches choose among too many ways to count how often \
                 work comes to each step."
                    .to_owned()
            }
            Self::PartMayNotCome(id) => format!(
                "One of the parts that meet at {} need not come: it can leave by another way. Does \
                 the rest wait for it? The figures take it to go on.",
                names(document, &[*id])
            ),
            Self::ReworkLeavesBranch { from, to, .. } => format!(
                "Rework from {} to {} leads out of a parallel branch. Are the other branches done \
                 again too? The figures take them to be.",
                names(document, &[*from]),
                names(document, &[*to])
            ),
            Self::ReworkNeverEnds(ids) => format!(
                "Rework never ends: what comes to {} never gets out.",
                names(document, ids)
            ),
            Self::DropsOut(arriving) => format!(
                "Only {} % of the work that enters arrives; the rest drops out on the way.",
                hundredths(*arriving)
            ),
            Self::DemandNotMet {
                customer,
                asks,
                gets,
            } => format!(
                "By the shares on the way {} gets {} and asks for {}.",
                names(document, &[*customer]),
                rate_text(*gets, calendar),
                rate_text(*asks, calendar),
            ),
            Self::SeveralCustomers(id) => format!(
                "Work from {} goes to several customers. How much goes to each? State what each \
                 asks for, or shares. Until then each is taken to get everything.",
                names(document, &[*id])
            ),
            Self::ResourceAboveAll { steps, sum } => format!(
                "{} share a resource, and the parts of its time that are stated add up to {} %.",
                names(document, steps),
                hundredths(*sum)
            ),
            Self::ItemsDisagree(id) => format!(
                "The flows from {} disagree on how many of its items make one that customers get.",
                names(document, &[*id])
            ),
            Self::NoProductDemand { customer, products } => format!(
                "How many of {} does {} ask for? Without it the mix is not known, nor what depends \
                 on it.",
                listed(products),
                names(document, &[*customer]),
            ),
            Self::ProductsDoNotAddUp {
                customer,
                asks,
                sum,
            } => format!(
                "The products of {} add up to {}, and it asks for {}. The figures take the products.",
                names(document, &[*customer]),
                rate_text(*sum, calendar),
                rate_text(*asks, calendar),
            ),
            Self::NoProductTime { step, products } => format!(
                "How long {} {} take at {}? Until somebody says it, what {} can do is not known.",
                if products.len() > 1 { "do" } else { "does" },
                listed(products),
                names(document, &[*step]),
                names(document, &[*step]),
            ),
            Self::ProductsNotAsked { step, products } => format!(
                "At {} there is a time for {}, and no customer asks for that.",
                names(document, &[*step]),
                listed(products),
            ),
            Self::LimitNotUsed(ids) => format!(
                "The limit of {} is shown and not calculated with: the figures let queues grow.",
                names_of(document, ids)
            ),
            Self::DemandAboveCapacity {
                constraint,
                demand,
                capacity,
                growth,
                counted,
                pile,
            } => {
                let asked = format!(
                    "Customers ask for {}, and {} can do {}",
                    rate_text(*demand, calendar),
                    names(document, constraint),
                    rate_text(*capacity, calendar),
                );
                if let Some(counted) = counted {
                    let counted = rate_text(*counted, calendar);
                    return format!("{asked} in regular time; {counted} come out, as counted.");
                }
                let grows = rate_text(*growth, calendar);
                let last = pile.map_or_else(String::new, |pile| {
                    format!(
                        " The last of the {} items at {} waits {}.",
                        number_text(pile.items),
                        names(document, &[pile.station]),
                        duration_text(pile.wait, calendar)
                    )
                });
                format!("{asked}: the queue grows by {grows}.{last}")
            }
        }
    }
}
