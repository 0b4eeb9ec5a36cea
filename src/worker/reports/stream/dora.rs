//! The report of the metrics of software delivery, as far as the map holds what they need.

use crate::model::{Document, duration_text, rate_text, share_text};
use crate::stream::{
    BENCHMARK_SOURCE, DEFINITIONS, DoraFigure, DoraMetric, StreamResults, dora as dora_of, level_of,
};
use crate::worker::list::{List, MetricRow};
use crate::worker::report::Block;

/// The report.
pub(super) fn dora(document: &Document, results: Option<&StreamResults>) -> Vec<Block> {
    let figures = results.map(dora_of).into_iter().flatten();
    let rows = figures.map(|figure| row(document, &figure)).collect();
    vec![
        Block::Words(
            "Mark the steps where changes are committed and deployed: their role is among their \
             measures."
                .to_owned(),
        ),
        Block::List(List::Metrics(rows)),
        Block::Words(format!("{DEFINITIONS}. Levels: {BENCHMARK_SOURCE}.")),
    ]
}

fn row(document: &Document, figure: &DoraFigure) -> MetricRow {
    let calendar = &document.calendar();
    let (value, level) = match &figure.value {
        Err(gap) => (String::new(), gap.sentence(document)),
        Ok(value) => {
            let words = match figure.metric {
                DoraMetric::ChangeLeadTime | DoraMetric::FailedDeploymentRecoveryTime => {
                    duration_text(*value, calendar)
                }
                DoraMetric::DeploymentFrequency => rate_text(*value, calendar),
                DoraMetric::ChangeFailRate | DoraMetric::DeploymentReworkRate => share_text(*value),
            };
            let level = level_of(figure.metric, *value, calendar);
            let band = level.map_or(String::new(), |level| format!("{} in 2024", level.word()));
            (words, band)
        }
    };
    MetricRow {
        name: figure.metric.name().to_owned(),
        value,
        level,
        formula: figure.metric.formula().to_owned(),
    }
}
