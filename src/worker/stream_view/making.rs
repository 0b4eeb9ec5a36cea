//! Making what the page shows of the value streams of what follows from the document.

use super::differing::Differing;
use super::headline::{headline, lead_time_words};
use super::{ProblemFix, ProblemRow, Shown, StreamPart, StreamView, marks_of};
use crate::editor::describe;
use crate::model::{Document, Id, Improvement, MeasureKind, StationKind, improved, isolated};
use crate::scene::Marks;
use crate::stream::{
    Problem, SimulatedFigures, StreamReport, StreamResults, bound_value, delay_of, improvement_name,
};
use crate::worker::improvements::Showing;

impl StreamView {
    /// What the page shows of a document with this report, and with what runs of its map say.
    #[must_use]
    pub fn of(document: &Document, report: &StreamReport, simulated: &SimulatedFigures) -> Self {
        let order = document.flow_order();
        let row = |problem| row_of(document, report, &order, problem);
        let open = report.problems.iter().filter_map(row);
        let answered = report.answered.iter().filter_map(row);
        let answered = answered.map(|row| ProblemRow {
            is_answered: true,
            ..row
        });
        let problems: Vec<ProblemRow> = open.chain(answered).collect();
        let variables = document.variables().iter();
        let bound = variables.filter_map(|(id, variable)| {
            let binding = variable.binding.as_ref()?;
            Some((*id, bound_value(document, report, simulated, binding)))
        });
        let links = document.links().iter();
        let delays = links.filter_map(|(id, link)| Some((*id, delay_of(document, report, link)?)));
        let limits = report.streams.iter();
        let limits = limits.filter_map(|results| results.limit.as_ref());
        Self {
            marks: marks_of(document, report, simulated),
            streams: report
                .streams
                .iter()
                .map(|results| part_of(document, &order, results))
                .collect(),
            problems,
            bound: bound.collect(),
            delays: delays.collect(),
            constraints: limits.flat_map(|limit| limit.stations()).collect(),
            showing: None,
        }
    }

    /// The same with the marks of an improvement on the canvas; of today where it is gone.
    #[must_use]
    pub fn showing(mut self, document: &Document, showing: &Showing) -> Self {
        if let Some(improvement) = showing.improvement(document) {
            let (marks, shown) = with_improvement(document, &improvement);
            self.marks = marks;
            self.showing = Some(shown);
        }
        self
    }
}

/// The marks of a document with this report, or of an improvement with what it makes of the map.
#[must_use]
pub fn shown_marks(
    document: &Document,
    report: &StreamReport,
    simulated: &SimulatedFigures,
    showing: &Showing,
) -> Marks {
    match showing.improvement(document) {
        None => marks_of(document, report, simulated),
        Some(improvement) => with_improvement(document, &improvement).0,
    }
}

/// The marks of an improvement on the map of today, and what differs in words.
fn with_improvement(document: &Document, improvement: &Improvement) -> (Marks, Shown) {
    let then = improved(document, improvement);
    let differing = Differing::of(document, &then, improvement);
    // Only today's map is run by itself.
    let marks = marks_of(&then, &StreamReport::of(&then), &SimulatedFigures::none());
    let mut marks = differing.marked(marks);
    let name = improvement_name(improvement);
    // A picture says whose numbers it has.
    marks.totals.push(format!("With {name}"));
    let differs = differing.words();
    (marks, Shown { name, differs })
}

fn part_of(document: &Document, order: &[Id], results: &StreamResults) -> StreamPart {
    let stream = &results.stream;
    let ends = stream.stations.iter().zip(&stream.kinds);
    let customers = ends.filter(|(_, kind)| **kind == StationKind::Customer);
    let customers = customers
        .filter_map(|(id, _)| document.stations().get(id))
        .map(|station| isolated(&station.name));
    let limit = results.limit.as_ref();
    let mut quantities = stream.quantities.iter();
    StreamPart {
        headline: headline(document, results),
        lead_time: lead_time_words(document, results),
        stations: order
            .iter()
            .copied()
            .filter(|id| stream.index_of(*id).is_some())
            .collect(),
        flows: stream.flows.clone(),
        customers: customers.collect::<Vec<_>>().join(", "),
        constraint: limit.and_then(|limit| limit.stations().next()),
        is_known: quantities
            .any(|quantity| quantity.measure != MeasureKind::Demand && quantity.likely.is_some()),
        has_products: !stream.products().is_empty(),
    }
}

/// A problem in words; none where the headline or another says as much.
fn row_of(
    document: &Document,
    report: &StreamReport,
    order: &[Id],
    problem: &Problem,
) -> Option<ProblemRow> {
    let unjoined = |id: &Id| report.of_station(*id).is_none();
    let is_customer = |id: &Id| {
        let station = document.stations().get(id);
        station.is_some_and(|station| station.kind == StationKind::Customer)
    };
    let mut words = problem.sentence(document);
    let mut fix = problem
        .topic()
        .map(|topic| ProblemFix::Agree(topic.to_owned()));
    match problem {
        // One that is not joined is told of below.
        Problem::NoCustomer(_) if order.iter().any(|id| is_customer(id) && unjoined(id)) => {
            return None;
        }
        Problem::DemandAboveCapacity {
            counted: None,
            pile: None,
            ..
        } => return None,
        Problem::Disconnected(id) if is_customer(id) => {
            let is_work = |id: &&Id| {
                let station = document.stations().get(id);
                station.is_some_and(|station| {
                    matches!(station.kind, StationKind::Step | StationKind::Queue)
                })
            };
            // From the end of the main stream, else from the last step.
            let of_main = |id: &&Id| {
                let main = report.main();
                main.is_none_or(|results| results.stream.index_of(**id).is_some())
            };
            if let Some(last) = order.iter().rev().filter(is_work).find(of_main) {
                let names = [*id, *last].map(|id| station_name(document, id));
                words = format!(
                    "{} is not joined yet: draw a flow from {}.",
                    names[0], names[1]
                );
                fix = Some(ProblemFix::Join(*last, *id));
            }
        }
        _ => {}
    }
    let mut about = problem.records();
    about.sort_unstable();
    about.dedup();
    Some(ProblemRow {
        words,
        is_hint: matches!(
            problem,
            Problem::NoCustomer(_) | Problem::NoDemand(_) | Problem::Disconnected(_)
        ),
        about,
        fix,
        is_answered: false,
    })
}

/// A station by its name alone; what has none, by its kind.
fn station_name(document: &Document, id: Id) -> String {
    let station = document.stations().get(&id);
    match station.map(|station| isolated(station.name.trim())) {
        Some(name) if !name.is_empty() => name.into_owned(),
        _ => describe(document, id),
    }
}
