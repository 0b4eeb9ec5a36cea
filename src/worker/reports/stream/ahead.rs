//! The reports of what would be: one limit after another, more or less work in the stream.

use super::{charts, names_of};
use crate::model::{Document, number_text};
use crate::scene::MeasureText;
use crate::stream::factory_physics::Line;
use crate::stream::{
    FigureDimension, FigureKind, SequenceEnd, StreamResults, amount_text_like,
    sequence as sequence_of, span_text,
};
use crate::worker::list::Table;
use crate::worker::report::Block;

/// One limit after another.
pub(super) fn sequence(
    document: &Document,
    results: &StreamResults,
    measure: &dyn MeasureText,
) -> Option<Vec<Block>> {
    let calendar = &document.calendar();
    let sequence = sequence_of(results)?;
    let first = sequence.limits.first().map_or(1.0, |limit| limit.capacity);
    let rate = |amount: f64| amount_text_like(amount, first, FigureDimension::Rate, calendar);
    let rows = sequence.limits.iter().enumerate();
    let rows = rows.map(|(place, limit)| {
        vec![
            format!("{}. {}", place + 1, names_of(document, &limit.stations)),
            rate(limit.capacity),
            format!("\u{d7} {}", number_text(limit.factor)),
        ]
    });
    let end = match sequence.end {
        SequenceEnd::Demand => "Then customers ask for no more: demand is the constraint.",
        SequenceEnd::Tenfold => "It ends where the stream does ten times as much.",
    };
    let table = Table::new(&["Constraint", "From", "Lift"], rows.collect());
    if table.rows.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    blocks.extend(charts::sequence(document, &sequence, measure));
    blocks.push(Block::Table(table));
    blocks.push(Block::Words(end.to_owned()));
    Some(blocks)
}

/// Throughput and lead time against work in progress.
pub(super) fn work_in_progress(
    document: &Document,
    results: &StreamResults,
    measure: &dyn MeasureText,
) -> Option<Vec<Block>> {
    let calendar = &document.calendar();
    let line = Line {
        capacity: results.likely(FigureKind::Capacity)?,
        raw_process_time: results.likely(FigureKind::RawProcessTime)?,
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
    let raw = line.raw_process_time;
    let time =
        |seconds: f64| amount_text_like(seconds, raw, FigureDimension::WorkingTime, calendar);
    let rate =
        |amount: f64| amount_text_like(amount, line.capacity, FigureDimension::Rate, calendar);
    let rows = points.into_iter().map(|wip| {
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
            span_text(rate(worst.throughput), &rate(best.throughput)),
            span_text(time(best.cycle_time), &time(worst.cycle_time)),
        ]
    });
    let heads = ["Items in work", "Throughput", "Lead time"];
    let table = Table::new(&heads, rows.collect());
    let mut blocks = charts::work_in_progress(document, results, measure);
    blocks.push(Block::Table(table));
    blocks.push(Block::Words(
        "From the practical worst case to the best case. Hopp & Spearman, Factory Physics, ch. 7."
            .to_owned(),
    ));
    Some(blocks)
}
