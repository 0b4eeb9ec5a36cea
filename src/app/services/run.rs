//! Runs of the model: asked of the worker one at a time, the newest last, and shown on the canvas.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::boxes_of;
use crate::app::services::{notify, run_moment, worker};
use crate::app::state::{
    App, Asking, FitState, MeasuredTables, PortState, RunChoice, Side, SpreadState,
};
use crate::causal::NamedLoop;
use crate::editor::{Command, Event, KeepAs, keep_scenario, write_scenario};
use crate::model::{
    Id, LoopKey, Patch, ScenarioValue, ScenarioValues, in_sentence, scenario_words,
};
use crate::worker::{
    ChartWanted, FitWanted, Request, RunView, RunWanted, SpreadOver, SpreadPlan, SpreadRange,
    SpreadWanted,
};

/// The height of the plot of a chart, in CSS pixels.
const HEIGHT: f64 = 180.0;

/// Another document is open: nothing of the one before is wanted.
pub fn document_opened(app: App) {
    app.run.set(RunView::default());
    app.equation.set(None);
    app.run_choice.set(RunChoice::default());
    app.spread.set(SpreadState::Nothing);
    app.fit.set(FitState::Nothing);
    app.measured.set(MeasuredTables::default());
    run_moment::show(app);
    refresh(app);
}

/// Asks anew, once what is being done is done, if runs are looked at.
pub fn refresh(app: App) {
    let is_told = app.with(|core| {
        let presenting = core.editor.presenting();
        let is_presented =
            presenting.is_some_and(|one| one.steps().any(|step| step.moment.is_some()));
        let shown = core.editor.step_on_canvas();
        is_presented || shown.is_some_and(|(_, step)| step.moment.is_some())
    });
    if app.side.get_untracked() != Some(Side::Run) && !is_told {
        return;
    }
    let timer = Timeout::new(0, move || ask(app));
    app.change(|core| core.port.runs.soon(timer));
}

/// What is wanted now.
fn wanted(app: App) -> RunWanted {
    let choice = app.run_choice.get_untracked();
    let width = boxes_of("#side")
        .first()
        .map_or(300.0, |side| side.width() - 34.0);
    RunWanted {
        tried: ScenarioValues::new(choice.tried),
        compared: choice.compared,
        chart: ChartWanted {
            variables: choice.variables,
            against: choice.against,
            scales: choice.scales,
            width: width.max(240.0),
            height: HEIGHT,
        },
        loop_names: if choice.loops {
            loop_names(app)
        } else {
            Vec::new()
        },
        loops: choice.loops,
        frames: true,
    }
}

/// What the loops are called that the page knows: by their names, else their codes.
fn loop_names(app: App) -> Vec<(LoopKey, String)> {
    app.with(|core| {
        let document = core.editor.document();
        let loops = core.editor.report().loops.iter();
        let name = |one: &NamedLoop| match document.label_of(&one.key) {
            Some((_, label)) if !label.name.trim().is_empty() => label.name.trim().to_owned(),
            _ => one.code.clone(),
        };
        loops.map(|one| (one.key.clone(), name(one))).collect()
    })
}

fn ask(app: App) {
    let is_asked = app.change(|core| {
        let is_asked = !matches!(core.port.state, PortState::Failed);
        core.port.runs = match is_asked {
            true => Asking::Sent,
            false => Asking::Nothing,
        };
        is_asked
    });
    if is_asked {
        worker::request(app, Request::Run(wanted(app)));
    }
}

/// Takes what the worker says of the document of this number.
pub fn take(app: App, revision: u64, view: RunView) {
    let (is_of_this, is_newest) = app.change(|core| {
        let is_of_this = revision >= core.port.opened;
        (is_of_this, core.port.runs.answered())
    });
    if is_of_this {
        app.run.set(view);
        run_moment::show(app);
    }
    if !is_newest {
        refresh(app);
    }
}

/// Asks once more what the worker has lost.
pub fn ask_again(app: App) {
    if app.change(|core| core.port.runs.lost()) {
        refresh(app);
    }
}

/// Asks for the rows of the runs as a table in a file.
pub fn save_table(app: App) {
    worker::request(app, Request::RunTable(wanted(app)));
}

/// Runs the model many times with other numbers.
pub fn spread(app: App, over: SpreadOver, plan: SpreadPlan, output: Id) {
    let ChartWanted { width, height, .. } = wanted(app).chart;
    app.spread.set(SpreadState::Running(0));
    let wanted = SpreadWanted {
        over,
        plan,
        output,
        width,
        height,
    };
    worker::request(app, Request::Spread(wanted));
}

/// Ends the many runs.
pub fn stop_spread(app: App) {
    worker::request(app, Request::StopSpread);
    app.spread.set(SpreadState::Nothing);
}

/// Looks for the numbers with which the model comes nearest to tables of measurements.
pub fn fit(app: App, measured: MeasuredTables, sought: Vec<SpreadRange>) {
    let ChartWanted { width, height, .. } = wanted(app).chart;
    app.fit.set(FitState::Running("Beginning".to_owned()));
    let wanted = FitWanted {
        tables: measured.tables,
        choices: measured.choices,
        sought,
        width,
        height,
    };
    worker::request(app, Request::Fit(wanted));
}

/// Ends looking for numbers.
pub fn stop_fit(app: App) {
    worker::request(app, Request::StopFit);
    app.fit.set(FitState::Nothing);
}

/// Asks what the columns of the tables of measurements are matched to.
pub fn match_columns(app: App) {
    let tables = app
        .measured
        .with_untracked(|measured| measured.tables.clone());
    worker::request(app, Request::FitColumns(tables));
}

/// Changes what is wanted, and asks for it.
pub fn choose(app: App, change: impl FnOnce(&mut RunChoice)) {
    app.run_choice.update(change);
    refresh(app);
}

/// Tries a number for a constant; the one of the document takes it back.
pub fn try_value(app: App, about: Id, value: f64) {
    let own = app.run.with_untracked(|view| {
        let mut sliders = view.sliders.iter();
        sliders
            .find(|slider| slider.id == about)
            .map(|slider| slider.value)
    });
    choose(app, |choice| {
        choice.tried.retain(|one| one.about != about);
        if own.map(f64::to_bits) != Some(value.to_bits()) {
            choice.tried.push(ScenarioValue { about, value });
        }
    });
}

/// Keeps what is tried as a scenario under its name, and compares it.
pub fn keep(app: App) {
    let choice = app.run_choice.get_untracked();
    let values = ScenarioValues::new(choice.tried);
    let (id, patch) = app.change(|core| {
        let document = core.editor.document();
        let name = match choice.name.trim() {
            "" => format!("Scenario {}", document.scenarios().len() + 1),
            name => name.to_owned(),
        };
        let keep = choice.of.map_or(KeepAs::New, KeepAs::Saved);
        keep_scenario(document, keep, &name, values, &mut core.ids)
    });
    app.run_choice.update(|choice| {
        choice.tried.clear();
        choice.name.clear();
        choice.of = None;
        if !choice.compared.contains(&id) {
            choice.compared.push(id);
        }
    });
    apply(app, patch);
    notify::announce(app, format!("{} kept", name_of(app, id)));
}

/// Tries what a scenario says, so that it can be changed.
pub fn edit(app: App, id: Id) {
    let scenario = app.with(|core| core.editor.document().scenarios().get(&id).cloned());
    if let Some(scenario) = scenario {
        choose(app, |choice| {
            choice.tried = scenario.values.iter().copied().collect();
            choice.of = Some(id);
            choice.name = scenario.name;
            choice.compared.retain(|other| *other != id);
        });
    }
}

/// Tries nothing any more, and leaves the scenario that was edited as it was kept.
pub fn leave_edited(app: App) {
    choose(app, |choice| {
        choice.tried.clear();
        choice.name.clear();
        choice.compared.extend(choice.of.take());
    });
}

/// Compares a scenario in the chart, with the panel of runs in sight.
pub fn compare(app: App, id: Id) {
    app.run_choice.update(|choice| {
        if !choice.compared.contains(&id) {
            choice.compared.push(id);
        }
    });
    app.side_is_chosen.set(true);
    app.side.set(Some(Side::Run));
    refresh(app);
}

/// Removes a scenario.
pub fn remove(app: App, id: Id) {
    let name = name_of(app, id);
    app.run_choice
        .update(|choice| choice.compared.retain(|other| *other != id));
    app.send(Event::Do(Command::Remove(id)));
    notify::announce(app, format!("{name} removed"));
}

/// Makes what is tried the numbers of the document, in one step of the history.
pub fn write_tried(app: App) {
    let tried = ScenarioValues::new(app.run_choice.get_untracked().tried);
    let patch = app.with(|core| write_scenario(core.editor.document(), &tried));
    app.run_choice.update(|choice| {
        choice.tried.clear();
        choice.of = None;
    });
    apply(app, patch);
    notify::announce(app, "The model has these numbers now".to_owned());
}

fn apply(app: App, patch: Patch) {
    app.send(Event::Do(Command::Apply(patch)));
}

/// What a scenario is called in a sentence.
pub fn name_of(app: App, id: Id) -> String {
    app.with(|core| {
        let scenarios = core.editor.document().scenarios();
        scenarios
            .get(&id)
            .map_or_else(String::new, |one| in_sentence(&one.name))
    })
}

/// The numbers of a scenario, in words.
pub fn numbers_of(app: App, id: Id) -> String {
    app.with(|core| {
        let document = core.editor.document();
        let scenario = document.scenarios().get(&id);
        scenario.map_or_else(String::new, |one| scenario_words(document, one))
    })
}

/// Whether the document has anything to run; who reads it here follows the document.
pub fn has_model(app: App) -> bool {
    app.document.track();
    app.with(|core| {
        let document = core.editor.document();
        let mut variables = document.variables().values();
        document.source_text().is_some()
            || variables.any(|one| !one.equation.is_empty() || one.table.is_some())
    })
}
