//! Everything about the streams of a document that is cheap enough to have at all times.

use crate::model::{Document, Id, StationKind};

use super::derive::Stream;
use super::evaluate::Evaluation;
use super::figure::{Figure, FigureKind, Input, InputRole};
use super::figures::{Gaps, StationFigures, nothing_works, station_figures, stream_figures};
use super::inputs::inputs;
use super::ladder::{Ladder, ladder, longest_path};
use super::limits::{LimitReport, limit_report};
use super::predict::{QueueAtStep, queues};
use super::problem::{Problem, problems};
use super::ranges::Ranges;
use super::shared::share_resources;

/// What there is to say of the streams of a document.
#[derive(Clone, Debug, Default)]
pub struct StreamReport {
    /// Its streams, the main one first: the one with most steps.
    pub streams: Vec<StreamResults>,
    /// What is wrong, over all streams.
    pub problems: Vec<Problem>,
    /// Questions that somebody has answered: the map is meant as the figures take it.
    pub answered: Vec<Problem>,
}

/// The results of one stream.
#[derive(Clone, Debug)]
pub struct StreamResults {
    /// The stream.
    pub stream: Stream,
    /// The results of the whole, one of each kind that is of the whole, in the order of
    /// [`FigureKind`].
    pub figures: Vec<Figure>,
    /// The results of each station, in the order of the stream's stations.
    pub stations: Vec<StationFigures>,
    /// What limits it; none if no capacity is known.
    pub limit: Option<LimitReport>,
    /// The longest path through it.
    pub ladder: Ladder,
    pub(super) ranges: Ranges,
}

impl StreamReport {
    /// The report of a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut report = Self::default();
        let mut streams = Stream::all(document);
        report.problems = share_resources(&mut streams);
        for stream in streams {
            let results = StreamResults::of(stream);
            let limit = results.limit.as_ref();
            let found = problems(&results.stream, results.evaluation(), limit);
            let is_answered = |problem: &Problem| {
                let settled = |id: &Id| results.stream.is_settled(*id);
                problem.topic().is_some() && problem.records().iter().all(settled)
            };
            let (answered, open) = found.into_iter().partition(is_answered);
            report.problems.extend::<Vec<Problem>>(open);
            report.answered.extend::<Vec<Problem>>(answered);
            if nothing_works(&results.stream, &results.ranges) {
                let path = results.ladder.stations.clone();
                report.problems.push(Problem::NoStep(path));
            }
            report.streams.push(results);
        }
        for (id, station) in document.stations() {
            let in_stream = report.stream_of(*id).is_some();
            if station.kind != StationKind::Control && !in_stream {
                report.problems.push(Problem::Disconnected(*id));
            }
        }
        report
    }

    /// The results of the main stream, if there is a stream.
    #[must_use]
    pub fn main(&self) -> Option<&StreamResults> {
        self.streams.first()
    }

    /// The results of the stream that a station belongs to.
    #[must_use]
    pub fn of_station(&self, station: Id) -> Option<&StreamResults> {
        self.streams.get(self.stream_of(station)?)
    }

    /// The results of the stream that the first of these stations and flows of work belongs to; of
    /// the main stream if none does.
    #[must_use]
    pub fn about(&self, records: impl IntoIterator<Item = Id>) -> Option<&StreamResults> {
        let mut found = records.into_iter().filter_map(|id| {
            let has = |results: &&StreamResults| {
                let stream = &results.stream;
                stream.index_of(id).is_some() || stream.flows.binary_search(&id).is_ok()
            };
            self.streams.iter().find(has)
        });
        found.next().or_else(|| self.main())
    }

    fn stream_of(&self, station: Id) -> Option<usize> {
        let has = |results: &StreamResults| results.stream.index_of(station).is_some();
        self.streams.iter().position(has)
    }

    /// A result of one station.
    #[must_use]
    pub fn station_figure(&self, station: Id, kind: FigureKind) -> Option<&Figure> {
        let results = self.of_station(station)?;
        let index = results.stream.index_of(station)?;
        results.stations.get(index)?.figure(kind)
    }

    /// The lead time from the start of one station to the end of another, along the longest path;
    /// none if no path leads there. The delay of a link that is bound to this part of the map.
    #[must_use]
    pub fn segment(&self, from: Id, to: Id) -> Option<Ladder> {
        self.of_station(from)?.segment(from, to)
    }
}

impl StreamResults {
    fn of(stream: Stream) -> Self {
        let mut ranges = Ranges::of(&stream);
        let gaps = Gaps::of(&stream, &ranges);
        let figures = stream_figures(&stream, &ranges, &gaps);
        let stations = station_figures(&stream, &ranges, &gaps);
        ranges.forget_corners();
        let likely = &ranges.likely;
        let path = likely.path.as_ref();
        Self {
            figures,
            stations,
            limit: limit_report(&stream, likely),
            ladder: path.map_or_else(Ladder::default, |path| ladder(&stream, &likely.times, path)),
            stream,
            ranges,
        }
    }

    /// A result of the whole stream.
    #[must_use]
    pub fn figure(&self, kind: FigureKind) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.kind == kind)
    }

    /// The likely number of a result of the whole stream.
    #[must_use]
    pub fn likely(&self, kind: FigureKind) -> Option<f64> {
        self.figure(kind)?.outcome.likely()
    }

    /// What a result of the whole stream, or of one station of it, depends on: what is stated,
    /// what is missing, and what is assumed by convention.
    #[must_use]
    pub fn inputs(&self, kind: FigureKind, station: Option<Id>) -> Vec<Input> {
        let index = station.map(|station| self.stream.index_of(station));
        match index {
            Some(None) => Vec::new(),
            Some(index) => inputs(&self.stream, self.evaluation(), kind, index),
            None => inputs(&self.stream, self.evaluation(), kind, None),
        }
    }

    /// The inputs of a result that are missing.
    #[must_use]
    pub fn missing_inputs(&self, kind: FigureKind, station: Option<Id>) -> Vec<Input> {
        let mut inputs = self.inputs(kind, station);
        inputs.retain(|input| input.role == InputRole::Missing);
        inputs
    }

    /// How long work waits before each step by chance alone, where that can be predicted.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueAtStep> {
        queues(&self.stream, self.evaluation())
    }

    /// As [`StreamReport::segment`], within this stream.
    #[must_use]
    pub fn segment(&self, from: Id, to: Id) -> Option<Ladder> {
        let (start, end) = (self.stream.index_of(from)?, self.stream.index_of(to)?);
        let order = self.stream.order.as_ref().ok()?;
        let evaluation = &self.ranges.likely;
        let (network, times) = (&evaluation.network, &evaluation.times);
        let path = longest_path(network, order, &[start], &[end], times)?;
        Some(ladder(&self.stream, times, &path))
    }

    pub(super) const fn evaluation(&self) -> &Evaluation {
        &self.ranges.likely
    }
}
