//! Where items come from, and when.

use super::found::{Found, Weight};
use super::keys::{KeyFor, key, key_of_name, mixed};
use super::laws::{constant, exponential, spread};
use super::shape::{Packing, Shape};
use super::ways::Ways;
use crate::model::{ArrivalLaw, Id, MeasureKind, StreamRun};
use crate::simulate::events::{Arrivals, Law, Source};
use crate::stream::{Knowledge, ReadProduct, Traffic};

/// The most items that may come at once.
const MOST_AT_ONCE: f64 = 100_000.0;

/// A kind of item: its product, if there is one, and how it moves.
pub(super) struct Kind<'a> {
    pub(super) product: Option<&'a ReadProduct>,
    pub(super) traffic: &'a Traffic,
    /// Items that arrive per second of working time; none if nobody knows.
    pub(super) rate: Option<f64>,
}

/// How items come in.
struct Coming {
    variation: Option<f64>,
    batch: u32,
    expedited: f64,
}

/// What is asked for, kind by kind, or what is missing of it; none where items come whenever there is
/// room.
pub(super) fn rates(
    shape: &Shape<'_>,
    products: &[ReadProduct],
    found: &mut Found,
) -> Vec<Option<f64>> {
    let reading = shape.reading;
    if !products.is_empty() {
        for product in products.iter().filter(|product| product.demand.is_none()) {
            let words = match product.name.is_empty() {
                true => "What is asked for is not known.".to_owned(),
                false => {
                    let name = crate::model::isolated(&product.name);
                    format!("How many of {name} are asked for is not known.")
                }
            };
            found.missing(product.customer, MeasureKind::Demand, &words);
        }
        let sum: f64 = products.iter().filter_map(|product| product.demand).sum();
        if sum <= 0.0 && products.iter().all(|product| product.demand.is_some()) {
            let words = "Nothing is asked for, so nothing comes.";
            products
                .iter()
                .for_each(|product| found.missing(product.customer, MeasureKind::Demand, words));
        }
        return products.iter().map(|product| product.demand).collect();
    }
    let known = reading.demand().or_else(|| {
        let counted = reading.throughput()?;
        let words = "What is asked for is not known: as much comes as was counted at the end.";
        found.assume(Weight::Most, &[], words);
        Some(counted)
    });
    match known {
        Some(rate) if rate > 0.0 => vec![Some(rate)],
        Some(_) => {
            let words = "Nothing is asked for, so nothing comes.";
            ask_for_demand(shape, words, found);
            vec![None]
        }
        None => {
            if reading
                .work_limit()
                .is_none_or(|limit| limit.likely.is_none())
            {
                let words = "What is asked for is not known.";
                ask_for_demand(shape, words, found);
            } else {
                let words = "What is asked for is not known: there is always work, and one item comes \
                    in when another leaves.";
                found.assume(Weight::Most, &[], words);
            }
            vec![None]
        }
    }
}

fn ask_for_demand(shape: &Shape<'_>, words: &str, found: &mut Found) {
    let stream = shape.reading.stream();
    let customers = (0..stream.stations.len())
        .filter(|place| stream.kinds[*place] == crate::model::StationKind::Customer);
    let is_silent = |place: &usize| {
        let stated = shape.reading.stated_at(*place, MeasureKind::Demand);
        stated.is_none_or(|demand| demand.likely.is_none_or(|demand| demand <= 0.0))
    };
    let customers = customers.filter(is_silent);
    let customers: Vec<Id> = customers.map(|place| stream.stations[place]).collect();
    if customers.is_empty() {
        let words = format!("{words} The map has no customer who says it, and no limit of work.");
        found.fault(&[], &words);
    }
    for customer in customers {
        found.missing(customer, MeasureKind::Demand, words);
    }
}

/// The sources of a line, each with the record where its items come in.
pub(super) fn sources(
    ways: &mut Ways<'_>,
    kinds: &[Kind<'_>],
    schedule: &[f64],
    found: &mut Found,
) -> Vec<(Source, Id)> {
    let shape = ways.shape;
    let stream = shape.reading.stream();
    let entries = shape.reading.network().entries.iter().copied();
    let (main, beside): (Vec<usize>, Vec<usize>) = entries
        .filter(|entry| shape.stores.is_of_orders(*entry))
        .partition(|entry| shape.traffic.starts.contains(entry));
    let main: Vec<usize> = main.into_iter().chain(shape.stores.first()).collect();
    let mut sources = Vec::new();
    for starts in std::iter::once(main).chain(beside.into_iter().map(|entry| vec![entry])) {
        let Some(first) = starts.first().copied() else {
            continue;
        };
        let mut at: Vec<usize> = starts
            .iter()
            .map(|start| ways.entry(*start, found))
            .collect();
        let mut seen = Vec::new();
        at.retain(|station| {
            !seen.contains(station) && {
                seen.push(*station);
                true
            }
        });
        let record = stream.stations[first];
        let is_main = sources.is_empty();
        let coming = coming(shape, &starts, found);
        for (number, kind) in (0_u16..).zip(kinds) {
            let arrives = kind.traffic.arriving;
            let own = match shape.packing {
                Packing::OneByOne => shape.traffic.items_in_one[first],
                Packing::AtOnce => 1.0,
            };
            let rate = kind
                .rate
                .map(|rate| rate * own / if arrives > 0.0 { arrives } else { 1.0 });
            let arrivals = if schedule.is_empty() {
                match rate {
                    Some(rate) if rate <= 0.0 => continue,
                    Some(rate) => Arrivals::Every(between(ways.settings, &coming, rate)),
                    None => Arrivals::Always,
                }
            } else {
                let times = share_of(schedule, kinds, usize::from(number));
                Arrivals::At(times.into_iter().map(|hours| hours * 3_600.0).collect())
            };
            let name = kind.product.map_or("", |product| &product.name);
            let customer = kind.product.map_or(0, |product| product.customer.bits());
            // What comes in first keeps its numbers when the way begins elsewhere.
            let key = match is_main {
                true => mixed(key_of_name(name, KeyFor::Source), customer),
                false => mixed(
                    key(record, KeyFor::Source),
                    key_of_name(name, KeyFor::Source) ^ customer,
                ),
            };
            let source = Source {
                entries: at.clone(),
                batch: coming.batch,
                kind: number,
                expedited: coming.expedited,
                ..Source::new(key, at[0], arrivals)
            };
            sources.push((source, record));
        }
        if schedule.is_empty()
            && coming.variation.is_none()
            && kinds.iter().any(|kind| kind.rate.is_some())
        {
            let words = match ways.settings.arrivals {
                ArrivalLaw::Chance => {
                    "Items come by chance, with exponential times between them, as in the figures."
                }
                ArrivalLaw::Even => "Items come evenly, with equal times between them.",
            };
            found.assume(Weight::Most, &[record], words);
        }
    }
    sources
}

/// How items come in at some starts, by the first that says so.
fn coming(shape: &Shape<'_>, starts: &[usize], found: &mut Found) -> Coming {
    let mut value = |kind: MeasureKind| {
        let mut stated = starts.iter().filter_map(|start| {
            let quantity = shape.reading.stated_at(*start, kind)?;
            Some((*start, quantity))
        });
        let (start, quantity) = stated.next()?;
        if quantity.knowledge == Knowledge::Unknown {
            let words = format!("Nobody knows the {} here.", kind.name());
            found.missing(shape.reading.stream().stations[start], kind, &words);
        }
        quantity.likely
    };
    let variation = value(MeasureKind::ArrivalVariation);
    let expedited = value(MeasureKind::Expedited).unwrap_or(0.0);
    let batch = value(MeasureKind::ArrivalBatch)
        .unwrap_or(1.0)
        .round()
        .max(1.0);
    if batch > MOST_AT_ONCE {
        let words = "More than 100,000 items at once cannot be followed.";
        found.fault(&[shape.reading.stream().stations[starts[0]]], words);
    }
    Coming {
        variation,
        batch: batch.min(MOST_AT_ONCE) as u32,
        expedited: expedited.clamp(0.0, 1.0),
    }
}

/// The law of the times between arrivals.
fn between(settings: &StreamRun, coming: &Coming, rate: f64) -> Law {
    let mean = f64::from(coming.batch) / rate;
    match (coming.variation, settings.arrivals) {
        (Some(variation), _) if variation > 0.0 => spread(settings, mean, variation),
        (None, ArrivalLaw::Chance) => exponential(mean),
        (Some(_), _) | (None, ArrivalLaw::Even) => constant(mean),
    }
}

/// The times of a schedule at which items of one kind come: each next item is of the kind that lags
/// most behind its part.
fn share_of(schedule: &[f64], kinds: &[Kind<'_>], number: usize) -> Vec<f64> {
    let rates = kinds.iter().map(|kind| kind.rate.unwrap_or(1.0));
    let rates: Vec<f64> = rates.collect();
    let sum: f64 = rates.iter().sum();
    let mut given = vec![0.0; rates.len()];
    let mut times = Vec::new();
    for (place, time) in schedule.iter().enumerate() {
        let lags = |kind: usize| rates[kind] / sum * (place + 1) as f64 - given[kind];
        let next =
            (0..rates.len()).reduce(|one, other| if lags(other) > lags(one) { other } else { one });
        if let Some(next) = next {
            given[next] += 1.0;
            if next == number {
                times.push(*time);
            }
        }
    }
    times
}
