//! What runs of a map say of what is bound to them.

use crate::model::{Binding, Calendar, Id, SimulatedResult, SimulatedStepResult};
use crate::simulate::events::{Interval, PERIODS, Results, Settings, StationResults, Steadiness};
use crate::simulate::mapped::{Mapped, PlacePart};
use crate::stream::{FigureDimension, NoMean, RunBasis, SimulatedFigure, SimulatedMean};

/// A stream that was run.
pub(super) struct Studied<'r> {
    pub(super) mapped: &'r Mapped,
    pub(super) settings: &'r Settings,
    pub(super) results: &'r Results,
    pub(super) seed: u32,
}

/// What the runs say of a binding.
pub(super) fn figure(
    studied: &Studied<'_>,
    calendar: &Calendar,
    binding: &Binding,
) -> SimulatedFigure {
    let (interval, dimension) = match interval(studied, binding) {
        Ok(found) => found,
        Err(why) => return SimulatedFigure::None(why),
    };
    // Times are shown in the basis of the calendar, as those of formulas.
    let factor = match dimension {
        FigureDimension::Time => calendar.elapsed_per_working_second(),
        _ => 1.0,
    };
    let Studied {
        settings, results, ..
    } = studied;
    SimulatedFigure::Known(SimulatedMean {
        mean: interval.mean * factor,
        half_width: interval.half_width * factor,
        dimension,
        basis: RunBasis {
            replications: results.replications as u32,
            days: settings.length / calendar.seconds_per_day,
            left_out: results.left_out as f64 / PERIODS as f64,
            seed: studied.seed,
            is_vague: results.steadiness == Steadiness::TooVague,
        },
    })
}

/// The interval, in the units of the plan.
fn interval(
    studied: &Studied<'_>,
    binding: &Binding,
) -> Result<(Interval, FigureDimension), NoMean> {
    let results = studied.results;
    let came = |found: Option<Interval>| found.ok_or(NoMean::NothingCame);
    // What comes out, and how busy who works is, has a mean also where the rest grows.
    let settles = match results.steadiness {
        Steadiness::Steady | Steadiness::TooVague => Ok(()),
        Steadiness::Grows(_) => Err(NoMean::Grows),
        Steadiness::TooShort => return Err(NoMean::TooShort),
        Steadiness::Stuck => return Err(NoMean::Stuck),
    };
    match *binding {
        Binding::Simulated(result) => {
            let percentile = |place: usize| {
                let found = results.percentiles.map(|found| found[place]);
                Ok((came(found)?, FigureDimension::Time))
            };
            match result {
                SimulatedResult::Throughput => Ok((results.throughput, FigureDimension::Rate)),
                SimulatedResult::LeadTime => {
                    settles.and_then(|()| Ok((came(results.lead)?, FigureDimension::Time)))
                }
                SimulatedResult::LeadTime50 => settles.and_then(|()| percentile(0)),
                SimulatedResult::LeadTime85 => settles.and_then(|()| percentile(1)),
                SimulatedResult::LeadTime95 => settles.and_then(|()| percentile(2)),
                SimulatedResult::WorkInProgress => {
                    settles.map(|()| (results.inside, FigureDimension::Items))
                }
            }
        }
        Binding::SimulatedStep(id, result) => match result {
            SimulatedStepResult::Utilisation => {
                let crews = studied.mapped.crews.iter().zip(&results.crews);
                let mut own = crews.filter(|(crew, _)| crew.steps.contains(&id));
                let busy = own.next().map(|(_, crew)| crew.busy);
                Ok((came(busy)?, FigureDimension::Share))
            }
            SimulatedStepResult::Waiting => settles.and_then(|()| {
                let wait = station(studied, id).and_then(|station| station.wait);
                Ok((came(wait)?, FigureDimension::Time))
            }),
            SimulatedStepResult::ItemsWaiting => settles.and_then(|()| {
                let waiting = station(studied, id).map(|station| station.waiting);
                Ok((came(waiting)?, FigureDimension::Items))
            }),
        },
        Binding::Measure(..) | Binding::Step(..) | Binding::Stream(_) => Err(NoMean::NotRun),
    }
}

/// What came of a step itself.
fn station<'r>(studied: &Studied<'r>, id: Id) -> Option<&'r StationResults> {
    let places = studied.mapped.places.iter().zip(&studied.results.stations);
    let mut own = places.filter(|(place, _)| place.record == id && place.part == PlacePart::Step);
    own.next().map(|(_, station)| station)
}
