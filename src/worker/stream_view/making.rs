//! Making what the page shows of the value streams of what follows from the document.

use super::{ProblemFix, ProblemRow, StreamPart, StreamView, marks_of};
use crate::model::{Document, StationKind, isolated};
use crate::stream::{Problem, StreamReport, StreamResults, bound_value, delay_of};

impl StreamView {
    /// What the page shows of a document with this report.
    #[must_use]
    pub fn of(document: &Document, report: &StreamReport) -> Self {
        let open = report.problems.iter().map(|problem| (problem, false));
        let answered = report.answered.iter().map(|problem| (problem, true));
        let problems = open.chain(answered);
        let variables = document.variables().iter();
        let bound = variables.filter_map(|(id, variable)| {
            let binding = variable.binding.as_ref()?;
            Some((*id, bound_value(document, report, binding)))
        });
        let links = document.links().iter();
        let delays = links.filter_map(|(id, link)| Some((*id, delay_of(document, report, link)?)));
        let limits = report.streams.iter();
        let limits = limits.filter_map(|results| results.limit.as_ref());
        Self {
            marks: marks_of(document, report),
            streams: report
                .streams
                .iter()
                .map(|results| part_of(document, results))
                .collect(),
            problems: problems
                .map(|(problem, is_answered)| row_of(document, problem, is_answered))
                .collect(),
            bound: bound.collect(),
            delays: delays.collect(),
            constraints: limits.flat_map(|limit| limit.stations()).collect(),
        }
    }
}

fn part_of(document: &Document, results: &StreamResults) -> StreamPart {
    let stream = &results.stream;
    let ends = stream.stations.iter().zip(&stream.kinds);
    let customers = ends.filter(|(_, kind)| **kind == StationKind::Customer);
    let customers = customers
        .filter_map(|(id, _)| document.stations().get(id))
        .map(|station| isolated(&station.name));
    let limit = results.limit.as_ref();
    StreamPart {
        stations: stream.stations.clone(),
        flows: stream.flows.clone(),
        customers: customers.collect::<Vec<_>>().join(", "),
        constraint: limit.and_then(|limit| limit.stations().next()),
        has_products: !stream.products().is_empty(),
    }
}

fn row_of(document: &Document, problem: &Problem, is_answered: bool) -> ProblemRow {
    let mut about = problem.records();
    about.sort_unstable();
    about.dedup();
    ProblemRow {
        words: problem.sentence(document),
        about,
        fix: problem
            .topic()
            .map(|topic| ProblemFix::Agree(topic.to_owned())),
        is_answered,
    }
}
