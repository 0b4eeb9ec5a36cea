//! What the arithmetic of the stream adds to the picture: ladder, constraint, bound values.

use super::headline::known_capacities;
use crate::model::{Calendar, Document, Id, duration_text, share_text};
use crate::scene::{LadderStep, LadderTime, Marks, Tag, TagKind};
use crate::stream::{
    BoundValue, FigureKind, SimulatedFigures, SimulatedWords, StreamReport, StreamResults,
    bound_value, is_active_limit,
};

/// The marks of a document with this report, and with what runs of its map say.
#[must_use]
pub fn marks_of(document: &Document, report: &StreamReport, simulated: &SimulatedFigures) -> Marks {
    let mut marks = Marks::default();
    if let Some(results) = report.main() {
        marks.ladder = ladder_of(document, results);
        marks.totals = totals_of(document, results);
    }
    for results in &report.streams {
        marks.tags.extend(limit_tags(results));
    }
    for (id, variable) in document.variables() {
        if let Some(binding) = &variable.binding {
            let limit = is_active_limit(report, binding);
            let value = match bound_value(document, report, simulated, binding) {
                BoundValue::Known(words) => Ok(words),
                BoundValue::Simulated(SimulatedWords { value, runs, .. }) => {
                    Ok(format!("{value} \u{b7} simulated, {runs}"))
                }
                BoundValue::Unknown => Err(("unknown".to_owned(), TagKind::Unknown)),
                BoundValue::Running => Err(("simulating\u{2026}".to_owned(), TagKind::Unknown)),
                BoundValue::NotSimulated(why, _) => Err((why, TagKind::Unknown)),
                BoundValue::Broken => Err(("broken binding".to_owned(), TagKind::Broken)),
            };
            let (words, kind) = match value {
                Ok(words) if limit => (format!("constraint \u{b7} {words}"), TagKind::LimitValue),
                Ok(words) => (words, TagKind::Value),
                Err(other) => other,
            };
            marks.tags.push(Tag {
                id: *id,
                words,
                kind,
            });
        }
    }
    marks
}

/// The ladder: the waiting of queues and flows is brought to the step that it comes before.
fn ladder_of(document: &Document, results: &StreamResults) -> Vec<LadderStep> {
    let calendar = &document.calendar();
    let time = |seconds: Option<f64>| match seconds {
        Some(0.0) => None,
        Some(seconds) => Some(LadderTime::Known(duration_text(seconds, calendar))),
        None => Some(LadderTime::Unknown),
    };
    let mut steps = Vec::new();
    let mut waiting = Some(0.0);
    let mut last = None;
    for rung in &results.ladder.rungs {
        waiting = waiting.zip(rung.waiting).map(|(sum, more)| sum + more);
        let is_step = document
            .stations()
            .get(&rung.record)
            .is_some_and(|station| station.kind == crate::model::StationKind::Step);
        if document.stations().contains_key(&rung.record) {
            last = Some(rung.record);
        }
        if is_step {
            steps.push(LadderStep {
                station: rung.record,
                waiting: time(waiting),
                process: Some(time(rung.process).unwrap_or(LadderTime::Known("0".to_owned()))),
            });
            waiting = Some(0.0);
        }
    }
    if let (Some(station), Some(rest)) = (last, time(waiting)) {
        steps.push(LadderStep {
            station,
            waiting: Some(rest),
            process: None,
        });
    }
    // A stream without a single time has nothing to show yet.
    let known = |step: &LadderStep| {
        let times = [&step.waiting, &step.process];
        times
            .into_iter()
            .flatten()
            .any(|time| *time != LadderTime::Unknown)
    };
    if steps.iter().any(known) {
        steps
    } else {
        Vec::new()
    }
}

fn totals_of(document: &Document, results: &StreamResults) -> Vec<String> {
    let calendar = &document.calendar();
    let figures = [FigureKind::LeadTime, FigureKind::ProcessTime];
    let found = figures.into_iter().filter_map(|kind| results.figure(kind));
    let totals =
        found.map(|figure| format!("{} {}", figure.kind.words().name, figure.text(calendar)));
    totals.chain(value_words(results, calendar)).collect()
}

/// How much of the time adds value, where somebody marks what does: `Value-adding 3 h: 60 % of process
/// time, 5 % of lead time`.
fn value_words(results: &StreamResults, calendar: &Calendar) -> Option<String> {
    let known = |kind: FigureKind| {
        let figure = results.figure(kind)?;
        figure.outcome.likely().map(|_| figure.text(calendar))
    };
    let time = known(FigureKind::ValueAddedTime)?;
    // Of steps that nobody has marked nothing can be said.
    let shares = match known(FigureKind::ValueAddedOfMarked) {
        Some(share) => vec![format!("{share} of what is marked")],
        None => {
            let process = known(FigureKind::ValueAddedOfProcess);
            let lead = known(FigureKind::ValueAddedOfLead);
            let process = process.map(|share| format!("{share} of process time"));
            let lead = lead.map(|share| format!("{share} of lead time"));
            process.into_iter().chain(lead).collect()
        }
    };
    let shares = shares.join(", ");
    Some(match shares.is_empty() {
        true => format!("Value-adding {time}"),
        false => format!("Value-adding {time}: {shares}"),
    })
}

fn limit_tags(results: &StreamResults) -> Vec<Tag> {
    let Some(limit) = &results.limit else {
        return Vec::new();
    };
    // The only number that is known limits nothing yet.
    let (known, _) = known_capacities(results);
    if known < 2 {
        return Vec::new();
    }
    let constraint = match limit.is_certain() {
        true => "constraint",
        false => "constraint so far",
    };
    let words = |word: &str, id: Id| {
        let index = results
            .stations
            .iter()
            .find(|figures| figures.station == id);
        let share = index.and_then(|figures| figures.figure(FigureKind::Utilisation));
        match share.and_then(|figure| figure.outcome.likely()) {
            Some(share) => format!("{word} \u{b7} {}", share_text(share)),
            None => word.to_owned(),
        }
    };
    let tag = |word: &str, id: Id, kind: TagKind| Tag {
        id,
        words: words(word, id),
        kind,
    };
    let first = limit
        .stations()
        .map(|id| tag(constraint, id, TagKind::Constraint));
    let next = limit
        .runners_up
        .iter()
        .flat_map(|constraint| constraint.stations.iter());
    first
        .chain(next.map(|id| tag("next", *id, TagKind::RunnerUp)))
        .collect()
}
