//! The sheet of waiting by chance: how likely work waits at each step, and how long.

use super::name_of;
use crate::model::{Document, share_text};
use crate::stream::{FigureDimension, QueueAtStep, StreamResults, amount_text_like};
use crate::workbench::exhibit::Table;
use crate::workbench::sheet::Block;

/// The sheet; none where no wait can be predicted.
pub(super) fn queues(document: &Document, results: &StreamResults) -> Option<Vec<Block>> {
    let calendar = &document.properties().stream.calendar;
    let found = results.queues();
    // One unit for all rows, that of the longest.
    let longest = found.iter().map(|queue| queue.wait_within(0.95));
    let longest = longest.filter(|wait| wait.is_finite()).fold(0.0, f64::max);
    let time = |seconds: f64| match seconds.is_finite() {
        true => amount_text_like(seconds, longest, FigureDimension::Time, calendar),
        false => "without end".to_owned(),
    };
    let row = |queue: &QueueAtStep| {
        vec![
            name_of(document, queue.station),
            share_text(queue.utilisation),
            share_text(queue.chance),
            time(queue.wait),
            time(queue.wait_within(0.5)),
            time(queue.wait_within(0.85)),
            time(queue.wait_within(0.95)),
            share_text(queue.part_within(queue.service)),
        ]
    };
    let heads = [
        "Step",
        "Load",
        "Waits",
        "Mean",
        "P50",
        "P85",
        "P95",
        "Within PT",
    ];
    let table = Table::new(&heads, found.iter().map(row).collect());
    if table.rows.is_empty() {
        return None;
    }
    Some(vec![
        Block::Table(table),
        Block::Words(
            "How likely an item waits before a step, how long in the mean, and how long 50, 85 and \
             95 of 100 items wait at most; the last column is the part that waits no longer than it \
             is worked on. Exact where work comes and takes time at random (M/M/c, Erlang); else an \
             approximation (Allen & Cunneen). Percentiles of several steps do not add up."
                .to_owned(),
        ),
    ])
}
