//! What keeps a map from running that is not about a single step.

use super::found::Found;
use super::shape::{Form, Shape};
use crate::model::{Id, MeasureKind, StationKind};
use crate::stream::network::ArcKind;
use crate::stream::{Knowledge, Quantity, Reading, TrafficError};

/// Says why work does not get through.
pub(super) fn ask_of_traffic(reading: &Reading, error: &TrafficError, found: &mut Found) {
    let stream = reading.stream();
    let ids = |places: &[usize]| -> Vec<Id> {
        places.iter().map(|place| stream.stations[*place]).collect()
    };
    match error {
        TrafficError::Ring(ring) => {
            let words = "These flows lead round in a circle; one of them is rework.";
            found.fault(&ids(ring), words);
        }
        TrafficError::ShareAboveAll { node, .. } => {
            let words = "The shares of what leaves here sum to more than 100 %.";
            found.fault(&ids(&[*node]), words);
        }
        TrafficError::NeverEnds(stuck) => {
            let words = "What comes here never leaves: all of it goes back.";
            found.fault(&ids(stuck), words);
        }
        TrafficError::TooManyPaths => {
            let words = "Parallel branches choose among too many ways to follow.";
            found.fault(&[], words);
        }
    }
}

fn is_unknown(quantity: Option<&Quantity>) -> bool {
    quantity.is_some_and(|quantity| quantity.knowledge == Knowledge::Unknown)
}

/// Asks for what is not known of flows that work takes.
pub(super) fn ask_of_flows(shape: &Shape<'_>, found: &mut Found) {
    let (reading, stream) = (shape.reading, shape.reading.stream());
    for (index, arc) in reading.network().arcs.iter().enumerate() {
        if shape.forms[arc.from] == Form::Nothing {
            continue;
        }
        let record = stream.flows[index];
        let share = reading.stated_on(index, MeasureKind::Share);
        if arc.kind == ArcKind::Rework && share.is_none_or(|share| share.likely.is_none()) {
            let words = "How much goes back here is not known.";
            found.missing(record, MeasureKind::Share, words);
        } else if is_unknown(share) {
            let words = "Nobody knows the share of what goes this way.";
            found.missing(record, MeasureKind::Share, words);
        }
        for kind in [MeasureKind::ItemsInOne, MeasureKind::Limit] {
            if is_unknown(reading.stated_on(index, kind)) {
                let words = format!("Nobody knows the {} here.", kind.name());
                found.missing(record, kind, &words);
            }
        }
    }
}

/// Asks for what is not known of queues and supermarkets.
pub(super) fn ask_of_places(shape: &Shape<'_>, found: &mut Found) {
    let (reading, stream) = (shape.reading, shape.reading.stream());
    let stores = [StationKind::Queue, StationKind::Supermarket];
    for (place, record) in stream.stations.iter().enumerate() {
        let is_store = stores.contains(&stream.kinds[place]);
        if shape.forms[place] != Form::Nothing
            && is_store
            && is_unknown(reading.stated_at(place, MeasureKind::Limit))
        {
            let words = "Nobody knows the limit here.";
            found.missing(*record, MeasureKind::Limit, words);
        }
    }
    if shape
        .forms
        .iter()
        .all(|form| !matches!(form, Form::Step { .. }))
    {
        found.fault(&stream.stations, "No work is done here: there is no step.");
    }
}
