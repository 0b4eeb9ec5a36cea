//! Trying an improvement of a step: what becomes of throughput, queue and lead time.

use super::names_of;
use crate::model::{Calendar, Document, Id, number_text, rate_text};
use crate::stream::{
    FigureDimension, Lever, Regime, State, StreamReport, WhatIf, WhatIfError, amount_text, what_if,
};
use crate::worker::list::Table;

/// The sentence, and the table before and after; none where there is no stream.
pub(in crate::worker) fn tried(
    document: &Document,
    report: &StreamReport,
    station: Id,
    improvement: Lever,
) -> Option<(String, Table)> {
    let tried = what_if(report.of_station(station)?, station, improvement);
    let (rows, sentence) = outcome(document, tried);
    Some((sentence, Table::new(&["", "Now", "Then"], rows)))
}

fn outcome(document: &Document, tried: Result<WhatIf, WhatIfError>) -> (Vec<Vec<String>>, String) {
    let calendar = &document.calendar();
    match tried {
        Err(error) => (Vec::new(), error.to_string()),
        Ok(tried) => {
            let [before, after] =
                [&tried.before, &tried.after].map(|state| column(document, state, calendar));
            let names = [
                "Throughput",
                "Capacity",
                "The constraint",
                "Queue before the constraint",
                "Lead time",
                "After the constraint",
            ];
            let rows = names.iter().zip(before).zip(after);
            let rows = rows.map(|((name, before), after)| vec![(*name).to_owned(), before, after]);
            let regime = match tried.regime {
                Regime::ConstantWip(wip) => format!(
                    "Exact for a line without variation that always holds {} items.",
                    number_text(wip)
                ),
                Regime::Open(demand) => format!(
                    "Throughput is exact on average; queue and times assume random arrivals of {} \
                     (M/M/c approximation).",
                    rate_text(demand, calendar)
                ),
                Regime::Saturated => "Exact as long as there is always work.".to_owned(),
            };
            (
                rows.collect(),
                format!("{} {regime}", tried.sentence(document)),
            )
        }
    }
}

fn column(document: &Document, state: &State, calendar: &Calendar) -> [String; 6] {
    let time = |seconds: Option<f64>| match seconds {
        Some(seconds) => amount_text(seconds, FigureDimension::WorkingTime, calendar),
        None if state.growth > 0.0 => "grows".to_owned(),
        None => "unknown".to_owned(),
    };
    let queue = match state.queue {
        Some(queue) => format!("{} items", number_text(queue)),
        None if state.growth > 0.0 => format!("+{}", rate_text(state.growth, calendar)),
        None => "unknown".to_owned(),
    };
    [
        rate_text(state.throughput, calendar),
        rate_text(state.capacity, calendar),
        names_of(document, &state.constraint),
        queue,
        time(state.lead_time),
        time(state.after_constraint),
    ]
}
