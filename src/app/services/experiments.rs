//! Experiments by themselves: beginning, copying, moving and removing them, and showing one.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::browser::focus_soon;
use crate::app::services::{notify, reports, retrospectives, worker};
use crate::app::state::{App, Dialog, Offer, Page, Side, Tone};
use crate::editor::{
    Command, Event, StepMove, begin_experiment, duplicate_experiment, experiments_in,
    move_experiment, move_experiment_to, remove_line,
};
use crate::model::{ElementKind, Experiment, Id, Lever, Patch, Target};
use crate::worker::{Request, SampleSide};

/// Another document is open: nothing of the one before is looked at.
pub fn document_opened(app: App) {
    app.open_experiment.set(None);
    app.before_after.update(std::collections::BTreeMap::clear);
    app.sample_refused.set(None);
    app.change(|core| core.typed_samples.clear());
}

/// Has the numbers of one side read that were typed.
pub fn read_sample(app: App, experiment: Id, side: SampleSide, text: String) {
    app.change(|core| {
        core.typed_samples
            .retain(|(id, other, _)| (*id, *other) != (experiment, side));
        core.typed_samples.push((experiment, side, text.clone()));
    });
    let request = Request::ReadSample {
        experiment,
        side,
        text,
    };
    worker::request(app, request);
}

/// Has them read once more: the diagram was changed meanwhile, so that the answer does not fit it.
pub fn read_sample_again(app: App, experiment: Id, side: SampleSide) {
    let typed = app.with(|core| {
        let mut typed = core.typed_samples.iter();
        typed
            .find(|(id, other, _)| (*id, *other) == (experiment, side))
            .cloned()
    });
    if let Some((experiment, side, text)) = typed {
        read_sample(app, experiment, side, text);
    }
}

/// Asks for a table of work items, whose lead times become the numbers of an experiment.
pub fn take_lead_times(app: App, experiment: Id) {
    app.lead_times_for.set(Some(experiment));
    app.form.set(None);
    app.dialog.set(Some(Dialog::Measured));
}

/// A table is read: chooses the experiment that it was asked for, if it was for one.
pub fn ask_for_lead_times(app: App) {
    if let Some(id) = app.lead_times_for.get_untracked() {
        app.lead_times_for.set(None);
        worker::request(app, Request::Fill("experiment".to_owned(), id.to_string()));
    }
}

/// They were read; why they are none, else empty.
pub fn sample_read(app: App, experiment: Id, side: SampleSide, why: String) {
    app.change(|core| {
        core.typed_samples
            .retain(|(id, other, _)| (*id, *other) != (experiment, side));
    });
    let refused = (!why.is_empty()).then_some((experiment, side, why));
    app.sample_refused.set(refused);
}

/// What of the selection can be changed: records, and the chosen loop. Who asks here has to follow
/// the selection.
pub fn selected(app: App) -> Vec<Lever> {
    app.with(|core| {
        let editor = &core.editor;
        let selection: &BTreeSet<Id> = editor.selection();
        let records = selection.iter().copied().filter(|id| {
            let kind = editor.document().kind_of(*id);
            kind.is_some_and(ElementKind::can_be_lever)
        });
        let chosen = editor.chosen_loop().cloned().map(Lever::Loop);
        records.map(Lever::Record).chain(chosen).collect()
    })
}

/// Opens the panel at an experiment. A page that only shows a diagram has no such panel.
pub fn show(app: App, id: Id) {
    if app.page != Page::Editor {
        return;
    }
    app.dialog.set(None);
    app.side_is_chosen.set(true);
    app.open_experiment.set(Some(id));
    app.side.set(Some(Side::Experiments));
    focus_soon(format!("#retro-trial-row-{id}"));
}

/// Begins an experiment that changes what is selected, and asks what is tried.
pub fn begin(app: App) {
    let levers = untrack(|| selected(app));
    let target = match levers.as_slice() {
        [Lever::Record(id)] => Some(*id),
        _ => None,
    };
    let (id, patch) = app.change(|core| {
        let document = core.editor.document();
        let target = target.filter(|id| document.variables().contains_key(id));
        let experiment = Experiment {
            changes: levers.into_iter().collect(),
            target: target.map(Target::Variable),
            ..Experiment::default()
        };
        begin_experiment(document, experiment, &mut core.ids)
    });
    take_begun(app, id, patch);
}

/// Asks for an experiment about an improvement.
pub fn begin_from(app: App, improvement: Id) {
    let about = untrack(|| reports::stream_selected(app));
    worker::request(app, Request::ExperimentOfImprovement { about, improvement });
}

/// Adds an experiment that has begun, and asks what is tried.
pub fn take_begun(app: App, id: Id, patch: Patch) {
    app.dialog.set(None);
    app.side_is_chosen.set(true);
    apply(app, patch);
    app.open_experiment.set(Some(id));
    app.side.set(Some(Side::Experiments));
    notify::announce(app, "Experiment added");
    focus_soon(format!("#retro-action-{id}"));
}

/// Adds a copy of an experiment, planned once more, and opens it.
pub fn duplicate(app: App, id: Id) {
    let made = app.change(|core| duplicate_experiment(core.editor.document(), id, &mut core.ids));
    if let Some((copy, patch)) = made {
        apply(app, patch);
        app.open_experiment.set(Some(copy));
        notify::announce(app, "Copy of the experiment added, planned");
        focus_soon(format!("#retro-trial-row-{copy}"));
    }
}

/// Removes an experiment, with the offer to undo it; the focus goes on to the next one of its list,
/// else to `last`.
pub fn remove(app: App, id: Id, rows: &[Id], handles: &str, last: &'static str) {
    let at = rows.iter().position(|one| *one == id).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| rows.get(at));
    let next = rows.get(at + 1).or(before).copied();
    let words = app.with(|core| core.editor.describe(id));
    retrospectives::change(app, |document| remove_line(document, id));
    notify::show(
        app,
        format!("{words} was removed."),
        Tone::Info,
        Some(Offer::Undo),
    );
    match next {
        Some(next) => focus_soon(format!("#{handles}-{next}")),
        None => focus_soon(last),
    }
}

/// Moves an experiment by one place among those of its state, and says where it is then.
pub fn row_by(app: App, id: Id, by: StepMove) {
    retrospectives::change(app, |document| move_experiment(document, id, by));
    tell_place(app, id);
}

/// Moves an experiment to a place among the others of its state, and says where it is then.
pub fn row_to(app: App, id: Id, place: usize) {
    retrospectives::change(app, |document| move_experiment_to(document, id, place));
    tell_place(app, id);
}

fn tell_place(app: App, id: Id) {
    let words = app.with(|core| {
        let document = core.editor.document();
        let state = document.experiments().get(&id)?.state;
        let group = experiments_in(document, state);
        let at = group.iter().position(|one| *one == id)?;
        let words = core.editor.describe(id);
        Some(format!("{words}: {} of {}", at + 1, group.len()))
    });
    if let Some(words) = words {
        notify::announce(app, words);
    }
}

fn apply(app: App, patch: Patch) {
    if !patch.is_empty() {
        app.send(Event::Do(Command::Apply(patch)));
    }
}
