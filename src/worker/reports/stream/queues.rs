//! The report of waiting by chance: how likely work waits at each step, and how long.

use super::name_of;
use crate::model::{Document, share_text};
use crate::stream::{FigureDimension, QueueAtStep, StreamResults, amount_text_like};
use crate::worker::list::Table;
use crate::worker::report::Block;

/// The report; none where no wait can be predicted.
pub(super) fn queues(document: &Document, results: &StreamResults) -> Option<Vec<Block>> {
    let calendar = &document.calendar();
    let mut found = results.queues();
    let order = document.flow_order();
    found.sort_by_key(|queue| order.iter().position(|id| *id == queue.station));
    // One unit for all rows, that of the longest.
    let longest = found.iter().map(|queue| queue.wait_within(0.95));
    let longest = longest.filter(|wait| wait.is_finite()).fold(0.0, f64::max);
    let time = |seconds: f64| match seconds.is_finite() {
        true => amount_text_like(seconds, longest, FigureDimension::Time, calendar),
        false => "without end".to_owned(),
    };
    let name = |queue: &QueueAtStep| name_of(document, queue.station);
    let waits = |queue: &QueueAtStep| {
        let within = [0.5, 0.85, 0.95].map(|part| time(queue.wait_within(part)));
        [vec![name(queue), share_text(queue.chance)], within.to_vec()].concat()
    };
    let served = |queue: &QueueAtStep| {
        let part = queue.part_within(queue.service);
        vec![name(queue), time(queue.wait), share_text(part)]
    };
    let heads = ["Step", "Waits", "P50", "P85", "P95"];
    let table = Table::new(&heads, found.iter().map(waits).collect());
    if table.rows.is_empty() {
        return None;
    }
    let heads = ["Step", "Mean wait", "Within its process time"];
    let levels = Table::new(&heads, found.iter().map(served).collect());
    Some(vec![
        Block::Table(table),
        Block::Table(levels),
        Block::Words(
            "How likely an item waits before a step, how long 50, 85 and 95 of 100 items wait at \
             most, how long they wait in the mean, and the part that waits no longer than it is \
             worked on. Exact where work comes and takes time at random (M/M/c, Erlang); else an \
             approximation (Allen & Cunneen). Percentiles of several steps do not add up."
                .to_owned(),
        ),
    ])
}
