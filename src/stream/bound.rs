//! What a variable shows that is bound to the stream, and how long the delay of a link is.

use serde::{Deserialize, Serialize};

use crate::model::{
    Binding, Document, Id, Link, MeasureKind, Segment, StepResult, StreamResult, measure_text,
};

use super::figure::FigureKind;
use super::report::StreamReport;

/// What a bound variable shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoundValue {
    /// A value, as people read it.
    Known(String),
    /// Nobody knows it.
    Unknown,
    /// What it is bound to is gone, or cannot have such a measure.
    Broken,
}

/// The value of what a variable is bound to.
#[must_use]
pub fn bound_value(document: &Document, report: &StreamReport, binding: &Binding) -> BoundValue {
    let calendar = &document.calendar();
    let figure = match binding {
        Binding::Measure(id, kind) => return stated_value(document, *id, *kind),
        Binding::Step(id, result) => {
            if !document.stations().contains_key(id) {
                return BoundValue::Broken;
            }
            report.station_figure(*id, step_figure(*result))
        }
        Binding::Stream(result) => match report.main() {
            Some(results) => results.figure(stream_figure(*result)),
            None => return BoundValue::Broken,
        },
    };
    let known = figure.filter(|figure| figure.outcome.likely().is_some());
    known.map_or(BoundValue::Unknown, |figure| {
        BoundValue::Known(figure.text(calendar))
    })
}

fn stated_value(document: &Document, id: Id, kind: MeasureKind) -> BoundValue {
    let station = document.stations().get(&id);
    let station = station.map(|station| (&station.measures, MeasureKind::of_station(station.kind)));
    let flow = document.flows().get(&id);
    let flow = flow.map(|flow| (&flow.measures, MeasureKind::of_flow(flow.kind)));
    match station.or(flow) {
        Some((measures, kinds)) if kinds.contains(&kind) => {
            let known = measures
                .get(kind)
                .filter(|measure| measure.amount.likely().is_some());
            known.map_or(BoundValue::Unknown, |measure| {
                BoundValue::Known(measure_text(measure))
            })
        }
        _ => BoundValue::Broken,
    }
}

/// The figure behind a result of a step.
#[must_use]
pub const fn step_figure(result: StepResult) -> FigureKind {
    match result {
        StepResult::Capacity => FigureKind::StationCapacity,
        StepResult::Utilisation => FigureKind::Utilisation,
        StepResult::Waiting => FigureKind::StationWaiting,
    }
}

/// The figure behind a result of the whole stream.
#[must_use]
pub const fn stream_figure(result: StreamResult) -> FigureKind {
    match result {
        StreamResult::LeadTime => FigureKind::LeadTime,
        StreamResult::ProcessTime => FigureKind::ProcessTime,
        StreamResult::FlowEfficiency => FigureKind::FlowEfficiency,
        StreamResult::RolledCompleteAndAccurate => FigureKind::RolledCompleteAndAccurate,
        StreamResult::Throughput => FigureKind::Throughput,
        StreamResult::WorkInProgress => FigureKind::WorkInProgress,
        StreamResult::TaktTime => FigureKind::TaktTime,
        StreamResult::Capacity => FigureKind::Capacity,
        StreamResult::ActivityRatio => FigureKind::ActivityRatio,
    }
}

/// Whether a variable is bound to the constraint: to one of the steps that limit now.
#[must_use]
pub fn is_active_limit(report: &StreamReport, binding: &Binding) -> bool {
    let Some(station) = binding.record() else {
        return false;
    };
    let mut limits = report
        .streams
        .iter()
        .filter_map(|results| results.limit.as_ref());
    limits.any(|limit| limit.stations().any(|id| id == station))
}

/// The delay of a link that comes from a part of the map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum LinkDelay {
    /// Seconds of the calendar's basis.
    Known(f64),
    /// Something on the way is not known.
    Unknown,
    /// A station is gone, or no path leads from one to the other.
    Broken,
}

/// How long the delay of a part of the map is.
#[must_use]
pub fn segment_delay(document: &Document, report: &StreamReport, segment: &Segment) -> LinkDelay {
    let there = |id: &Id| document.stations().contains_key(id);
    if !there(&segment.from) || !there(&segment.to) {
        return LinkDelay::Broken;
    }
    match report.segment(segment.from, segment.to) {
        None => LinkDelay::Broken,
        Some(ladder) => ladder
            .lead_time()
            .map_or(LinkDelay::Unknown, LinkDelay::Known),
    }
}

/// The delay of a link, if it comes from the map.
#[must_use]
pub fn delay_of(document: &Document, report: &StreamReport, link: &Link) -> Option<LinkDelay> {
    let segment = link.delay_source.as_ref()?;
    Some(segment_delay(document, report, segment))
}
