//! Runs of the model: asked of the worker one at a time, the newest last, and shown on the canvas.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::boxes_of;
use crate::app::services::{frame, notify, worker};
use crate::app::state::{App, Asking, FitState, PortState, RunChoice, Side, SpreadState};
use crate::causal::{LoopPolarity, NamedLoop};
use crate::editor::{Command, Event, KeepAs, keep_scenario, write_scenario};
use crate::model::{
    Id, LoopKey, Patch, Records, ScenarioValue, ScenarioValues, VariableKind, in_sentence,
    number_text,
};
use crate::scene::{DrivingMark, Font, MeasureText, RunMark, RunMarks};
use crate::worker::{
    ChartWanted, FitWanted, Frames, LoopsView, Request, RunState, RunView, RunWanted, SpreadRange,
    SpreadShape, SpreadWanted,
};

/// The height of the plot of a chart, in CSS pixels.
const HEIGHT: f64 = 180.0;
/// How many points a small curve has at the most.
const CURVE: usize = 40;

/// Another document is open: nothing of the one before is wanted.
pub fn document_opened(app: App) {
    app.run.set(RunView::default());
    app.equation.set(None);
    app.run_choice.set(RunChoice::default());
    app.spread.set(SpreadState::Nothing);
    app.fit.set(FitState::Nothing);
    show_moment(app);
    refresh(app);
}

/// Asks anew, once what is being done is done, if runs are looked at.
pub fn refresh(app: App) {
    if app.side.get_untracked() != Some(Side::Run) {
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
        show_moment(app);
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

/// Runs the model many times with numbers from ranges.
pub fn spread(app: App, ranges: Vec<SpreadRange>, shape: SpreadShape, runs: u32, output: Id) {
    let ChartWanted { width, height, .. } = wanted(app).chart;
    app.spread.set(SpreadState::Running(0));
    let wanted = SpreadWanted {
        ranges,
        shape,
        runs,
        output,
        width,
        height,
    };
    worker::request(app, Request::Spread(wanted));
}

/// Looks for the numbers with which the model comes nearest to a table of measurements.
pub fn fit(app: App, table: String, sought: Vec<SpreadRange>) {
    let ChartWanted { width, height, .. } = wanted(app).chart;
    app.fit.set(FitState::Running("Beginning".to_owned()));
    let wanted = FitWanted {
        table,
        sought,
        width,
        height,
    };
    worker::request(app, Request::Fit(wanted));
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

/// Looks at a moment of the run, as a share of it, or at none.
pub fn look_at(app: App, moment: Option<f64>) {
    app.run_choice
        .update(|choice| choice.moment = moment.map(|share| share.clamp(0.0, 1.0)));
    show_moment(app);
}

/// Leaves the runs: the canvas shows nothing of them.
pub fn leave(app: App) {
    app.run_choice.update(|choice| choice.plays = false);
    app.change(|core| core.editor.set_run_marks(RunMarks::default()));
    frame::request(app);
}

/// Shows the moment that is looked at on the canvas.
pub fn show_moment(app: App) {
    let moment = app.run_choice.with_untracked(|choice| choice.moment);
    let marks = app.run.with_untracked(|view| match (moment, &view.frames) {
        (Some(moment), Some(frames)) if view.state == RunState::Done => {
            let measure = app.with(|core| core.measure.clone());
            let kinds: Records<VariableKind> = view
                .variables
                .iter()
                .map(|variable| (variable.id, variable.kind))
                .collect();
            RunMarks {
                variables: values_at(frames, moment, &kinds, &*measure),
                links: view
                    .loops
                    .as_ref()
                    .map(|loops| driving_at(loops, moment))
                    .unwrap_or_default(),
            }
        }
        _ => RunMarks::default(),
    });
    app.change(|core| core.editor.set_run_marks(marks));
    frame::request(app);
}

/// The row of a list that stands at a share of it.
fn row_at(count: usize, moment: f64) -> usize {
    (moment * count.saturating_sub(1) as f64).round() as usize
}

fn values_at(
    frames: &Frames,
    moment: f64,
    kinds: &Records<VariableKind>,
    measure: &dyn MeasureText,
) -> Records<RunMark> {
    let row = row_at(frames.times.len(), moment);
    let unknown = frames.unknown.iter().map(|id| {
        let value = "unknown".to_owned();
        let mark = RunMark {
            level: None,
            width: measure.width(&value, Font::TAG),
            value,
            curve: Vec::new(),
            now: moment,
        };
        (*id, mark)
    });
    let marks = frames.values.iter().filter_map(|(id, values)| {
        let now = f64::from(*values.get(row)?);
        let finite = values.iter().filter(|value| value.is_finite());
        let (low, high) = finite.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
            (low.min(*value), high.max(*value))
        });
        let changes = high > low;
        let is_stock = kinds.get(id) == Some(&VariableKind::Stock);
        let value = if now.is_finite() {
            number_text(now)
        } else {
            "not a number".to_owned()
        };
        let every = values.len().div_ceil(CURVE).max(1);
        let curve = values.iter().step_by(every);
        let curve = curve.map(|value| (value - low) / (high - low));
        Some((
            *id,
            RunMark {
                level: (is_stock && high > 0.0).then(|| now / f64::from(high)),
                width: measure.width(&value, Font::TAG),
                value,
                curve: if changes { curve.collect() } else { Vec::new() },
                now: moment,
            },
        ))
    });
    marks.chain(unknown).collect()
}

/// The links of the loops that make half of what happens at a moment.
fn driving_at(view: &LoopsView, moment: f64) -> Records<DrivingMark> {
    let row = row_at(view.times.len(), moment);
    let time = view.times.get(row).copied().unwrap_or(0.0);
    let mut marks: Records<DrivingMark> = Records::new();
    let periods = view.periods.iter();
    let now = periods.filter(|period| period.from <= time && time <= period.to);
    let loops = now.flat_map(|period| &period.loops);
    for one in loops.filter_map(|at| view.loops.get(*at as usize)) {
        let share = one.shares.get(row).copied().unwrap_or(0.0);
        for link in &one.links {
            let mark = marks.entry(*link).or_insert(DrivingMark {
                polarity: polarity_at(share),
                share: 0.0,
            });
            mark.share += f64::from(share.abs());
            if mark.polarity != polarity_at(share) {
                mark.polarity = LoopPolarity::Undetermined;
            }
        }
    }
    marks
}

/// The sign of a loop by its share at a moment.
fn polarity_at(share: f32) -> LoopPolarity {
    if share < 0.0 {
        LoopPolarity::Balancing
    } else {
        LoopPolarity::Reinforcing
    }
}
