//! The figures of the steps of a story, as they stand now, in the words in which the page shows them.

use serde::{Deserialize, Serialize};

use crate::model::{Document, Id};
use crate::story::{FigureValue, figures};
use crate::stream::{SimulatedFigures, StreamReport};

/// A figure of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldFigure {
    /// Its name.
    pub name: String,
    /// Its value as it is to be read; none where nobody knows it.
    pub value: Option<String>,
    /// How far it is to be trusted; empty where nobody knows it.
    pub trust: String,
}

/// The figures of each step of a story that has some; those whose records are gone are left out, as
/// the step itself says so.
#[must_use]
pub fn story_figures(
    document: &Document,
    report: &StreamReport,
    simulated: &SimulatedFigures,
    story: Id,
) -> Vec<(Id, Vec<ToldFigure>)> {
    let steps = document.steps_of(story).into_iter();
    let told = steps.map(|(id, step)| {
        let figures = figures(document, (report, simulated), step).into_iter();
        let told = figures.filter_map(|figure| {
            let (value, trust) = match figure.value {
                FigureValue::Known(value, trust) => (Some(value), trust),
                FigureValue::Unknown => (None, ""),
                FigureValue::Gone => return None,
            };
            Some(ToldFigure {
                name: figure.name,
                value,
                trust: trust.to_owned(),
            })
        });
        (id, told.collect::<Vec<_>>())
    });
    told.filter(|(_, figures)| !figures.is_empty()).collect()
}
