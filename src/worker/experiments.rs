//! Experiments: reading numbers before and after, and one that begins from an improvement.

use super::response::ResponseBody;
use crate::editor::{begin_experiment, change_experiment, experiment_of_improvement};
use crate::model::{Binding, Document, Id, IdSource, StoryFigure};
use crate::stream::before_after::{SampleSide, read_typed};
use crate::stream::expectation;

/// Reads the numbers of one side of an experiment: the patch that keeps them, if it changes anything,
/// and what was wrong with the text.
pub fn read_sample(
    document: &Document,
    experiment: Id,
    side: SampleSide,
    text: &str,
) -> Vec<ResponseBody> {
    let Some(now) = document.experiments().get(&experiment) else {
        return Vec::new();
    };
    let typed = match read_typed(text, &now.unit, &document.calendar()) {
        Ok(typed) => typed,
        Err(error) => {
            let why = error.to_string();
            return vec![ResponseBody::SampleRead(experiment, side, why)];
        }
    };
    let unit = typed.as_ref().and_then(|typed| typed.unit);
    let sample = typed.map(|typed| typed.sample);
    let patch = change_experiment(document, experiment, |one| {
        match side {
            SampleSide::Before => one.before = sample,
            SampleSide::After => one.after = sample,
        }
        if let Some(unit) = unit {
            one.unit = unit.to_owned();
        }
    });
    let read = ResponseBody::SampleRead(experiment, side, String::new());
    match patch.is_empty() {
        true => vec![read],
        false => vec![read, ResponseBody::TakenOver(patch)],
    }
}

/// An experiment about an improvement: it changes its records, and should move what the table of
/// improvements says, by so much.
pub fn of_improvement(
    document: &Document,
    about: &[Id],
    improvement: Id,
    ids: &mut IdSource,
) -> Vec<ResponseBody> {
    let Some(one) = document.improvements().get(&improvement) else {
        return Vec::new();
    };
    let stations = document.stations();
    let with = about.iter().find(|id| stations.contains_key(id));
    let aim = expectation(document, about, one).map(|expected| {
        let figure = match with {
            Some(with) => StoryFigure::OfStream {
                with: *with,
                result: expected.result,
            },
            None => StoryFigure::Bound(Binding::Stream(expected.result)),
        };
        (figure, expected.way, expected.amount)
    });
    let Some(experiment) = experiment_of_improvement(document, improvement, aim) else {
        return Vec::new();
    };
    let (id, patch) = begin_experiment(document, experiment, ids);
    vec![ResponseBody::ExperimentBegun(id, patch)]
}
