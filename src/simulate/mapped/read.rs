//! Reading: from a map to a line.

use std::sync::Arc;

use super::found::Found;
use super::keys::{KeyFor, key, key_of_name};
use super::{Mapped, MappedCrew, NotReady, Place, PlacePart};
use crate::model::{Document, Id, MeasureKind, StationKind};
use crate::simulate::events::{Arrivals, Law, Line, Plan, Route, Source, Station, Step};
use crate::stream::Reading;

/// The stream of some stations of a document, ready to run.
pub(super) fn mapped(document: &Document, about: &[Id]) -> Result<Mapped, NotReady> {
    let mut found = Found::default();
    let Some(reading) = Reading::of(document, about) else {
        found.fault(about, "No work flows between these stations.");
        return Err(NotReady { gaps: found.gaps });
    };
    let stream = reading.stream();
    let mut line = Line::default();
    let (mut places, mut crews) = (Vec::new(), Vec::new());
    let steps = (0..stream.stations.len()).filter(|at| stream.kinds[*at] == StationKind::Step);
    let steps: Vec<usize> = steps.collect();
    for (number, at) in steps.iter().copied().enumerate() {
        let record = stream.stations[at];
        let node = &reading.network().nodes[at];
        let law = node
            .process_time
            .and_then(|time| Law::gamma(time, 1.0).ok());
        let Some(law) = law else {
            let words = "How long this step takes is not known.";
            found.missing(record, MeasureKind::ProcessTime, words);
            continue;
        };
        let route = match number + 1 < steps.len() {
            true => Route::to(number + 1),
            false => Route::LEAVE,
        };
        let count = node.servers.unwrap_or(1.0).ceil().max(1.0) as u32;
        let step = Step::with_servers(law, count);
        line.stations
            .push(Station::step(key(record, KeyFor::Itself), step, route));
        places.push(Place {
            record,
            part: PlacePart::Step,
        });
        crews.push(MappedCrew {
            name: document
                .stations()
                .get(&record)
                .map_or_else(String::new, |it| it.name.clone()),
            steps: vec![record],
            count,
        });
    }
    match reading.demand().filter(|demand| *demand > 0.0) {
        Some(demand) => {
            if let Ok(law) = Law::exponential(1.0 / demand) {
                let key = key_of_name("", KeyFor::Source);
                line.sources.push(Source::new(key, 0, Arrivals::Every(law)));
            }
        }
        None => {
            let words = "What is asked for is not known.";
            let customers = reading.silent_customers();
            match customers.first() {
                Some(customer) => found.missing(*customer, MeasureKind::Demand, words),
                None => found.fault(&[], words),
            }
        }
    }
    if !found.gaps.is_empty() {
        return Err(NotReady { gaps: found.gaps });
    }
    let plan = Plan::new(line).map_err(|error| {
        let mut found = Found::default();
        found.fault(&[], &error.to_string());
        NotReady { gaps: found.gaps }
    })?;
    Ok(Mapped {
        waits_for: vec![Vec::new(); places.len()],
        sources: steps
            .first()
            .map(|at| stream.stations[*at])
            .into_iter()
            .collect(),
        kinds: vec![String::new()],
        plan: Arc::new(plan),
        places,
        crews,
        assumptions: found.into_assumptions(),
        calendar: stream.calendar,
        counted: Vec::new(),
    })
}
