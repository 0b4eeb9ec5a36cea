//! The figures of a step, as they stand now: exact, a bound, an estimate, or unknown.

use crate::model::{
    Amount, Binding, Document, FlowKind, Id, MeasureKind, Measures, StoryFigure, StoryStep,
    in_sentence, measure_text,
};
use crate::stream::{
    Figure, SimulatedFigure, SimulatedFigures, StreamReport, step_figure, stream_figure,
};

/// A figure as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFigure {
    /// Which one it is.
    pub figure: StoryFigure,
    /// Its name, such as "Lead time" or "Utilisation of Test".
    pub name: String,
    /// What it is.
    pub value: FigureValue,
}

/// What a figure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureValue {
    /// A value as people read it, and how far it is to be trusted, such as "exact" or "guessed".
    Known(String, &'static str),
    /// Nobody knows it yet.
    Unknown,
    /// What it is about is gone.
    Gone,
}

/// The figures of a step, in its order. The report must be that of the document, and beside it stands
/// what runs of the map say.
#[must_use]
pub fn figures(
    document: &Document,
    (report, simulated): (&StreamReport, &SimulatedFigures),
    step: &StoryStep,
) -> Vec<ShownFigure> {
    let figures = step.figures.iter();
    figures
        .map(|figure| shown(document, (report, simulated), *figure))
        .collect()
}

/// What a figure is called, such as "Lead time" or "Utilisation of Test".
#[must_use]
pub fn figure_name(document: &Document, figure: StoryFigure) -> String {
    let of = |name: &str, id: Id| match document.stations().get(&id) {
        Some(station) => format!("{name} of {}", in_sentence(&station.name)),
        None => name.to_owned(),
    };
    match figure {
        StoryFigure::Bound(Binding::Measure(id, kind)) => of(kind.name(), id),
        StoryFigure::Bound(Binding::Step(id, result)) => of(result.name(), id),
        StoryFigure::Bound(Binding::SimulatedStep(id, result)) => of(result.name(), id),
        StoryFigure::Bound(Binding::Simulated(result)) => result.name().to_owned(),
        StoryFigure::Bound(Binding::Stream(result)) | StoryFigure::OfStream { result, .. } => {
            result.name().to_owned()
        }
    }
}

fn shown(
    document: &Document,
    (report, simulated): (&StreamReport, &SimulatedFigures),
    figure: StoryFigure,
) -> ShownFigure {
    let value = match figure {
        _ if !has_figure(document, &figure) => FigureValue::Gone,
        StoryFigure::Bound(Binding::Measure(id, kind)) => stated(document, id, kind),
        StoryFigure::Bound(Binding::Step(id, result)) => {
            worked_out(document, report.station_figure(id, step_figure(result)))
        }
        StoryFigure::Bound(Binding::Stream(result)) => {
            let results = report.main();
            worked_out(
                document,
                results.and_then(|all| all.figure(stream_figure(result))),
            )
        }
        StoryFigure::Bound(binding @ (Binding::SimulatedStep(..) | Binding::Simulated(_))) => {
            match simulated.of(&binding) {
                SimulatedFigure::Known(mean) => {
                    FigureValue::Known(mean.text(&document.calendar()), "simulated")
                }
                SimulatedFigure::Running | SimulatedFigure::None(_) => FigureValue::Unknown,
            }
        }
        StoryFigure::OfStream { with, result } => {
            let results = report.of_station(with);
            worked_out(
                document,
                results.and_then(|all| all.figure(stream_figure(result))),
            )
        }
    };
    ShownFigure {
        name: figure_name(document, figure),
        figure,
        value,
    }
}

fn worked_out(document: &Document, figure: Option<&Figure>) -> FigureValue {
    let known = figure.filter(|figure| figure.outcome.likely().is_some());
    known.map_or(FigureValue::Unknown, |figure| {
        FigureValue::Known(figure.text(&document.calendar()), figure.status_word())
    })
}

/// The measures of a station or flow, and which of them it can have.
fn measures(document: &Document, id: Id) -> Option<(&Measures, &'static [MeasureKind])> {
    let station = document.stations().get(&id);
    let station = station.map(|station| (&station.measures, MeasureKind::of_station(station.kind)));
    let flow = document.flows().get(&id);
    station.or_else(|| flow.map(|flow| (&flow.measures, MeasureKind::of_flow(flow.kind))))
}

fn stated(document: &Document, id: Id, kind: MeasureKind) -> FigureValue {
    let measure = measures(document, id).and_then(|(measures, _)| measures.get(kind));
    let known = measure.filter(|measure| measure.amount.likely().is_some());
    known.map_or(FigureValue::Unknown, |measure| {
        let how = match measure.amount {
            Amount::Guessed(_) => "guessed",
            Amount::Estimated(_) => "estimated",
            Amount::Unknown | Amount::Measured(_) => "as stated",
        };
        FigureValue::Known(measure_text(measure), how)
    })
}

/// Whether what a figure is about is in the document, whatever is known of it.
pub fn has_figure(document: &Document, figure: &StoryFigure) -> bool {
    let carries = |kind: FlowKind| kind.carries_work();
    match figure {
        StoryFigure::Bound(Binding::Measure(id, kind)) => {
            measures(document, *id).is_some_and(|(_, kinds)| kinds.contains(kind))
        }
        StoryFigure::Bound(Binding::Step(id, _) | Binding::SimulatedStep(id, _)) => {
            document.stations().contains_key(id)
        }
        StoryFigure::Bound(Binding::Stream(_) | Binding::Simulated(_)) => {
            document.flows().values().any(|flow| carries(flow.kind))
        }
        StoryFigure::OfStream { with, .. } => document.edges_of(*with).any(|flow| {
            let flow = document.flows().get(&flow);
            flow.is_some_and(|flow| carries(flow.kind))
        }),
    }
}
