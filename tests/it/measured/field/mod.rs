//! Tables as teams have them: what each kind must give. The fixtures are of our own making; where a
//! figure is worked out by hand, the sum stands beside it.

mod ends;
mod states;
mod steps;
mod texts;

use loopstream::import_data::{
    Class, Figures, Found, Mapping, Observed, Plan, observed, plan_of_items, plan_of_steps,
};
use loopstream::model::{
    Calendar, Document, IdSource, MeasureKind, Station, StreamSettings, measure_text,
};
use loopstream::stream::{FigureKind, Outcome, StreamReport};

use crate::measured::{DAY, chosen, table, understood};

pub(super) const NOW: &str = "2026-11-20 17:00";

pub(super) fn steps(text: &str) -> (Mapping, Observed) {
    let table = table(text);
    let mapping = Mapping::of(&table, &chosen(&[]), Calendar::default());
    let observed = observed(&table, &mapping);
    (mapping, observed)
}

pub(super) fn map_of_steps(text: &str) -> Document {
    let (mapping, observed) = steps(text);
    new_map(&plan_of_steps(&observed, &mapping, "x.csv", None))
}

pub(super) fn map_of_items(text: &str) -> Document {
    let (mapping, _, figures) = understood(text, &[], NOW);
    new_map(&plan_of_items(&figures, &mapping.clock, "x.csv", None))
}

pub(super) fn new_map(plan: &Plan) -> Document {
    plan.new_map(&StreamSettings::default(), &mut IdSource::new(5))
}

pub(super) fn station<'d>(map: &'d Document, name: &str) -> &'d Station {
    let mut stations = map.stations().values();
    stations
        .find(|station| station.name == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

pub(super) fn said(map: &Document, name: &str, kind: MeasureKind) -> String {
    let measure = station(map, name).measures.get(kind);
    measure.map_or_else(String::new, measure_text)
}

/// The names and means of the states that items are under way in, in days.
pub(super) fn means(figures: &Figures) -> Vec<(String, Class, f64)> {
    let states = figures.states.iter();
    let states = states.filter(|of| of.state.class.is_under_way());
    states
        .map(|of| {
            let mean = of.spread.mean.map_or(f64::NAN, Found::seconds);
            let days = (mean / DAY * 1.0e6).round() / 1.0e6;
            (of.state.name.clone(), of.state.class, days)
        })
        .collect()
}

pub(super) fn outcome(map: &Document, kind: FigureKind) -> Option<f64> {
    let report = StreamReport::of(map);
    let figure = *report.main().unwrap().figure(kind).unwrap();
    match figure.outcome {
        Outcome::Unknown => None,
        outcome => outcome.likely(),
    }
}

/// A table as a team keeps it in its wiki.
pub(super) const WIKI: &str = "## How a change gets out\n\nMeasured in May, by walking along.\n\n\
    | Stage | Process Time | Wait Time | Owner |\n|:------|:----:|-----:|---|\n\
    | Write | 3 hours | 0 | Dev |\n| Review | 45 min | 5 hours | Team |\n\
    | Build | 10 min | 20 min | CI |\n| Approve | 5 min | 20 hours | Board |\n\nComments welcome.\n";
