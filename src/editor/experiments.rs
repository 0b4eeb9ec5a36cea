//! Experiments by themselves: begun from an improvement, copied, put in order, marked on the canvas.

use std::collections::BTreeMap;

use crate::model::{
    Aim, Change, Document, Edit, Element, Experiment, ExperimentState, Id, IdSource, Lever, Levers,
    Patch, StoryFigure, Target, Verdict, placed,
};
use crate::scene::{Badges, trial_marks};

use super::event::Effect;
use super::retrospectives::change_experiment;
use super::state::Editor;
use super::stories::StepMove;
use super::typing::one_line;

/// The experiments of a state, in the order in which people see them.
#[must_use]
pub fn experiments_in(document: &Document, state: ExperimentState) -> Vec<Id> {
    let all = document.experiments_in_order().into_iter();
    all.filter(|(_, one)| one.state == state)
        .map(|(id, _)| id)
        .collect()
}

/// A new experiment with what is said of it, after all others; gives its id.
#[must_use]
pub fn begin_experiment(
    document: &Document,
    experiment: Experiment,
    ids: &mut IdSource,
) -> (Id, Patch) {
    let id = ids.fresh();
    let mut edit = Edit::new(document);
    let others = others_of(document, id);
    put(&mut edit, &others, others.len(), id, experiment);
    (id, edit.finish())
}

/// A copy of an experiment right after it, to try it once more: what came of it is not copied. `None`
/// where it is gone.
#[must_use]
pub fn duplicate_experiment(
    document: &Document,
    id: Id,
    ids: &mut IdSource,
) -> Option<(Id, Patch)> {
    let copied = document.experiments().get(&id)?.clone();
    let copied = Experiment {
        begins: None,
        ends: None,
        state: ExperimentState::Planned,
        measured: String::new(),
        before: None,
        after: None,
        verdict: None::<Verdict>,
        learned: String::new(),
        ..copied
    };
    let new = ids.fresh();
    let others = others_of(document, new);
    let at = others.iter().position(|(other, _)| *other == id)?;
    let mut edit = Edit::new(document);
    put(&mut edit, &others, at + 1, new, copied);
    Some((new, edit.finish()))
}

/// What an improvement would be as an experiment: it changes the records of the improvement, and
/// should move a figure of the stream by so much, in words. `None` where the improvement is gone.
#[must_use]
pub fn experiment_of_improvement(
    document: &Document,
    improvement: Id,
    aim: Option<(StoryFigure, Aim, String)>,
) -> Option<Experiment> {
    let improvement = document.improvements().get(&improvement)?;
    let about = improvement.about();
    let changes: Levers = about.map(Lever::Record).collect();
    let (target, way, amount) = match aim {
        Some((figure, way, amount)) => (Some(Target::Figure(figure)), Some(way), amount),
        None => (None, None, String::new()),
    };
    Some(Experiment {
        action: match one_line(&improvement.name).as_str() {
            "" => String::new(),
            name => format!("try \u{201c}{name}\u{201d}"),
        },
        changes,
        target,
        way,
        amount,
        ..Experiment::default()
    })
}

/// Moves an experiment to a place among the others of its state, counted from 0; beyond the last it
/// comes last of them.
#[must_use]
pub fn move_experiment_to(document: &Document, id: Id, place: usize) -> Patch {
    let Some(moved) = document.experiments().get(&id) else {
        return Patch::default();
    };
    let mut group = experiments_in(document, moved.state);
    let from = group.iter().position(|one| *one == id);
    group.retain(|one| *one != id);
    let place = place.min(group.len());
    let mut edit = Edit::new(document);
    if from != Some(place) {
        let others = others_of(document, id);
        let at = |one: &Id| others.iter().position(|(other, _)| other == one);
        // Before the one that stands there now, else after the last of the same state.
        let before = group.get(place).and_then(at);
        let after = group.last().and_then(at).map(|last| last + 1);
        let index = before.or(after).unwrap_or(others.len());
        put(&mut edit, &others, index, id, moved.clone());
    }
    edit.finish()
}

/// Moves an experiment by one place among those of its state; nothing changes at either end.
#[must_use]
pub fn move_experiment(document: &Document, id: Id, by: StepMove) -> Patch {
    let state = document.experiments().get(&id).map(|one| one.state);
    let group = state.map_or_else(Vec::new, |state| experiments_in(document, state));
    let from = group.iter().position(|one| *one == id);
    let to = from.and_then(|from| match by {
        StepMove::Earlier => from.checked_sub(1),
        StepMove::Later => Some(from + 1),
    });
    to.map_or_else(Patch::default, |to| move_experiment_to(document, id, to))
}

/// Adds all of these to what an experiment changes.
#[must_use]
pub fn add_changes(document: &Document, experiment: Id, levers: &[Lever]) -> Patch {
    change_experiment(document, experiment, |one| {
        let all = one.changes.iter().chain(levers).cloned();
        one.changes = all.collect();
    })
}

/// The others with their places, in their order.
fn others_of(document: &Document, id: Id) -> Vec<(Id, i32)> {
    let all = document.experiments_in_order().into_iter();
    all.filter(|(other, _)| *other != id)
        .map(|(id, one)| (id, one.place))
        .collect()
}

/// Puts an experiment at an index among the others.
fn put(
    edit: &mut Edit<'_>,
    others: &[(Id, i32)],
    index: usize,
    id: Id,
    mut experiment: Experiment,
) {
    let places: Vec<i32> = others.iter().map(|(_, place)| *place).collect();
    let put = placed(&places, index);
    experiment.place = put.place;
    edit.set(id, Some(Element::Experiment(experiment)));
    for (index, place) in put.others {
        if let Some((other, _)) = others.get(index) {
            edit.change(*other, |element| {
                if let Element::Experiment(one) = element {
                    one.place = place;
                }
            });
        }
    }
}

/// Whether what experiments change is marked on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExperimentMarks {
    /// It is.
    #[default]
    Shown,
    /// It is not.
    Hidden,
}

impl Editor {
    /// Whether what experiments change is marked on the canvas.
    #[must_use]
    pub const fn experiment_marks(&self) -> ExperimentMarks {
        self.experiment_marks
    }

    /// Marks what experiments change on the canvas, or does not any more.
    pub(super) fn toggle_experiment_marks(&mut self) -> Vec<Effect> {
        let (marks, words) = match self.experiment_marks {
            ExperimentMarks::Shown => (ExperimentMarks::Hidden, "Marks of experiments off"),
            ExperimentMarks::Hidden => (ExperimentMarks::Shown, "Marks of experiments on"),
        };
        self.experiment_marks = marks;
        self.mark_experiments();
        self.versions.selection += 1;
        vec![Effect::Announce(words.to_owned())]
    }

    /// Looks up what experiments change. A loop is marked at its badge, where badges are shown.
    pub(super) fn mark_experiments(&mut self) {
        self.overlay.trials = match self.experiment_marks {
            ExperimentMarks::Shown => trial_marks(&self.document),
            ExperimentMarks::Hidden => BTreeMap::new(),
        };
        if self.badges == Badges::Hidden {
            self.overlay
                .trials
                .retain(|lever, _| matches!(lever, Lever::Record(_)));
        }
    }
}

/// Whether a change is of an experiment.
pub(super) fn is_experiment(change: &Change) -> bool {
    let mut sides = [&change.before, &change.after].into_iter().flatten();
    sides.any(|element| matches!(element, Element::Experiment(_)))
}

/// The experiments that change a record, in words for who cannot see the mark: "1 running
/// experiment"; none where there are none.
pub(super) fn experiments_at(document: &Document, id: Id) -> Option<String> {
    let mark = trial_marks(document).get(&Lever::Record(id)).copied()?;
    Some(match mark.count {
        1 => format!("1 {} experiment", mark.state.words()),
        count => format!("{count} experiments, 1 {}", mark.state.words()),
    })
}
