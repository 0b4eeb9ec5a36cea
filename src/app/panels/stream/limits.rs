//! What limits the stream now, what will next, and how it does with more or less work in it.

use std::collections::BTreeSet;

use leptos::prelude::AnyView;

use super::{charts, follow_main, name_of, names_of};
use crate::app::plain::{nothing, tag, together, view_of};
use crate::app::state::App;
use crate::editor::Event;
use crate::model::{Document, Id, number_text, rate_text, share_text};
use crate::stream::FigureDimension;
use crate::stream::factory_physics::Line;
use crate::stream::{
    Candidate, FigureKind, SequenceEnd, Side, StreamResults, amount_text, sequence,
};

/// What limits, as sentences with the steps they are about.
pub fn limit(app: App) -> AnyView {
    let told = follow_main(app, told);
    let bars = follow_main(app, utilisation);
    view_of(move || {
        let sentences = told.get().into_iter().map(move |(words, ids)| {
            tag("li").child(
                tag("button")
                    .class("problem")
                    .press(move || app.dispatch(Event::Select(ids.clone())))
                    .text(words),
            )
        });
        together(vec![
            tag("ul").class("told").children(sentences).view(),
            charts::utilisation_chart(app),
            table(&["Step", "Utilisation", "Capacity"], bars.get()),
        ])
    })
}

fn told(document: &Document, results: &StreamResults) -> Vec<(String, BTreeSet<Id>)> {
    let calendar = &document.properties().stream.calendar;
    let Some(limit) = &results.limit else {
        let words = "No capacity is known yet: steps need a process time.".to_owned();
        return vec![(words, BTreeSet::new())];
    };
    let mut told = Vec::new();
    let first: Vec<Id> = limit.stations().collect();
    let at_most = if limit.is_certain() { "" } else { "at most " };
    told.push((
        format!(
            "{} {} the stream: {at_most}{}.",
            names_of(document, &first),
            if first.len() > 1 { "limit" } else { "limits" },
            rate_text(limit.capacity, calendar)
        ),
        first.into_iter().collect(),
    ));
    if let Some(demand) = limit.demand {
        let growth = limit.queue_growth().unwrap_or(0.0);
        let words = if growth > 0.0 {
            format!(
                "Customers ask for {}: the queue grows by {}.",
                rate_text(demand, calendar),
                rate_text(growth, calendar)
            )
        } else {
            format!(
                "Customers ask for {}: {} of what it can do.",
                rate_text(demand, calendar),
                share_text(demand / limit.capacity)
            )
        };
        told.push((words, BTreeSet::new()));
    }
    if let Some(margin) = limit.margin {
        let next: Vec<Id> = limit
            .runners_up
            .iter()
            .flat_map(|next| next.stations.clone())
            .collect();
        let words = format!(
            "{} {} next, {} above.",
            names_of(document, &next),
            if next.len() > 1 { "limit" } else { "limits" },
            share_text(margin)
        );
        told.push((words, next.into_iter().collect()));
    }
    for candidate in &limit.candidates {
        told.push((
            candidate_words(document, candidate),
            BTreeSet::from([candidate.record]),
        ));
    }
    told
}

fn candidate_words(document: &Document, candidate: &Candidate) -> String {
    let calendar = &document.properties().stream.calendar;
    let name = name_of(document, candidate.record);
    let measure = candidate.measure.name();
    let Some(threshold) = &candidate.threshold else {
        return format!("{name} could limit: its {measure} is not known.");
    };
    let side = match threshold.side {
        Side::Above => "above",
        Side::Below => "below",
    };
    let value = amount_text(
        threshold.value,
        super::missing::dimension_of(candidate.measure),
        calendar,
    );
    format!("{name} limits only if its {measure} is {side} {value}: nobody has said it.")
}

/// The steps with what they are asked for and can do, the fullest first.
fn utilisation(document: &Document, results: &StreamResults) -> Vec<Vec<String>> {
    let calendar = &document.properties().stream.calendar;
    let mut rows: Vec<(f64, Vec<String>)> = Vec::new();
    for station in &results.stations {
        let Some(capacity) = station.figure(FigureKind::StationCapacity) else {
            continue;
        };
        let use_ = station.figure(FigureKind::Utilisation);
        let likely = use_.and_then(|figure| figure.outcome.likely());
        let order = capacity
            .outcome
            .likely()
            .map_or(f64::INFINITY, |capacity| capacity);
        rows.push((
            order,
            vec![
                name_of(document, station.station),
                likely.map_or("unknown".to_owned(), share_text),
                capacity.text(calendar),
            ],
        ));
    }
    crate::lean::sort_by(&mut rows, |a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A table with a head.
pub fn table(heads: &'static [&'static str], rows: Vec<Vec<String>>) -> AnyView {
    if rows.is_empty() {
        return nothing();
    }
    let head = heads
        .iter()
        .map(|head| tag("th").with("scope", "col").text(*head));
    let body = rows.into_iter().map(|row| {
        let mut cells = row.into_iter();
        let first = cells.next().unwrap_or_default();
        tag("tr")
            .child(tag("th").with("scope", "row").text(first))
            .children(cells.map(|cell| tag("td").text(cell)))
    });
    let table = tag("table")
        .class("table")
        .child(tag("thead").child(tag("tr").children(head)))
        .child(tag("tbody").children(body));
    // Wide tables scroll by themselves, also by the keyboard.
    tag("div")
        .class("table-frame")
        .with("tabindex", "0")
        .with("role", "group")
        .label("Table")
        .child(table)
        .view()
}

/// One limit after another.
pub fn sequence_of_limits(app: App) -> AnyView {
    let found = follow_main(app, |document, results| {
        let calendar = &document.properties().stream.calendar;
        let Some(sequence) = sequence(results) else {
            return (Vec::new(), String::new());
        };
        let rows = sequence.limits.iter().enumerate();
        let rows = rows.map(|(place, limit)| {
            vec![
                format!("{}. {}", place + 1, names_of(document, &limit.stations)),
                rate_text(limit.capacity, calendar),
                format!("\u{d7} {}", number_text(limit.factor)),
            ]
        });
        let end = match sequence.end {
            SequenceEnd::Demand => "Then customers ask for no more: demand is the limit.",
            SequenceEnd::Tenfold => "It ends where the stream does ten times as much.",
        };
        (rows.collect(), end.to_owned())
    });
    view_of(move || {
        let (rows, end) = found.get();
        if rows.is_empty() {
            return tag("p")
                .class("muted")
                .text("No capacity is known yet.")
                .view();
        }
        together(vec![
            charts::sequence_chart(app),
            table(&["Limit", "From", "Lift"], rows),
            tag("p").class("muted").text(end).view(),
        ])
    })
}

/// Throughput and lead time against work in progress.
pub fn physics(app: App) -> AnyView {
    let rows = follow_main(app, |document, results| {
        let calendar = &document.properties().stream.calendar;
        let both = results
            .likely(FigureKind::Capacity)
            .zip(results.likely(FigureKind::RawProcessTime));
        let Some((capacity, raw_process_time)) = both else {
            return Vec::new();
        };
        let line = Line {
            capacity,
            raw_process_time,
        };
        let critical = line.critical_wip();
        let own = results.likely(FigureKind::WorkInProgress);
        let points = [Some(1.0), Some(critical), own, Some(2.0 * critical)];
        let mut points: Vec<f64> = points
            .into_iter()
            .flatten()
            .filter(|wip| *wip > 0.0)
            .collect();
        points.sort_by(f64::total_cmp);
        points.dedup();
        let time = |seconds: f64| amount_text(seconds, FigureDimension::WorkingTime, calendar);
        points
            .into_iter()
            .map(|wip| {
                let mut name = number_text(wip);
                if wip == critical {
                    name.push_str(" (critical)");
                }
                if Some(wip) == own {
                    name.push_str(" (this map)");
                }
                let (best, worst) = (line.best(wip), line.practical_worst(wip));
                vec![
                    name,
                    format!(
                        "{} to {}",
                        rate_text(worst.throughput, calendar),
                        rate_text(best.throughput, calendar)
                    ),
                    format!("{} to {}", time(best.cycle_time), time(worst.cycle_time)),
                ]
            })
            .collect::<Vec<_>>()
    });
    view_of(move || {
        let rows = rows.get();
        if rows.is_empty() {
            return tag("p")
                .class("muted")
                .text("Capacity and process times are needed.")
                .view();
        }
        together(vec![
            charts::physics_charts(app),
            table(&["Items in work", "Throughput", "Lead time"], rows),
            tag("p")
                .class("muted")
                .text("From the practical worst case to the best case. Hopp & Spearman, Factory Physics, ch. 7.")
                .view(),
        ])
    })
}
