//! The time of a run that is looked at: values, levels and the loops that drive, on the canvas.

use leptos::prelude::*;

use crate::app::services::frame;
use crate::app::state::{App, Side};
use crate::causal::LoopPolarity;
use crate::model::{Records, VariableKind, number_text};
use crate::scene::{DrivingMark, Font, MeasureText, RunMark, RunMarks};
use crate::worker::{Frames, LoopsView, RunState};

/// How many points a small curve has at the most.
const CURVE: usize = 40;

/// Looks only at the loops of one part of the model, or at those of all.
pub fn look_at_part(app: App, part: Option<u32>) {
    app.run_choice.update(|choice| choice.part = part);
    show(app);
}

/// Looks at a moment of the run, as a share of it, or at none.
pub fn look_at(app: App, moment: Option<f64>) {
    app.run_choice
        .update(|choice| choice.moment = moment.map(|share| share.clamp(0.0, 1.0)));
    show(app);
}

/// Looks at a time of the run, once the run is there, or at none.
pub fn look_at_time(app: App, time: Option<f64>) {
    let share = app.run.with_untracked(|view| {
        let time = time?;
        let times = &view.frames.as_ref()?.times;
        let (first, last) = (*times.first()?, *times.last()?);
        (last > first).then(|| (time - first) / (last - first))
    });
    look_at(app, share);
}

/// Plays the run from its start, with its panel.
pub fn play(app: App) {
    app.run_choice.update(|choice| {
        choice.moment = Some(0.0);
        choice.plays = true;
    });
    app.side.set(Some(Side::Run));
    show(app);
}

/// Leaves the runs: the canvas shows nothing of them.
pub fn leave(app: App) {
    app.run_choice.update(|choice| choice.plays = false);
    app.change(|core| core.editor.set_run_marks(RunMarks::default()));
    frame::request(app);
}

/// Shows the moment that is looked at on the canvas.
pub fn show(app: App) {
    let (moment, part) = app
        .run_choice
        .with_untracked(|choice| (choice.moment, choice.part));
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
                    .map(|loops| driving_at(loops, moment, part))
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
        let width = measure.width(&value, Font::TAG);
        let mark = RunMark {
            level: None,
            width,
            room: width,
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
        let width = measure.width(&value, Font::TAG);
        // So that what has room at one time has it at the next.
        let ends = [low, high].map(|end| measure.width(&number_text(end.into()), Font::TAG));
        let every = values.len().div_ceil(CURVE).max(1);
        let curve = values.iter().step_by(every);
        let curve = curve.map(|value| (value - low) / (high - low));
        Some((
            *id,
            RunMark {
                level: (is_stock && high > 0.0).then(|| now / f64::from(high)),
                width,
                room: ends.into_iter().fold(width, f64::max),
                value,
                curve: if changes { curve.collect() } else { Vec::new() },
                now: moment,
            },
        ))
    });
    marks.chain(unknown).collect()
}

/// The links of the loops that make half of what happens at a moment, in one part of the model or in
/// each.
fn driving_at(view: &LoopsView, moment: f64, part: Option<u32>) -> Records<DrivingMark> {
    let row = row_at(view.times.len(), moment);
    let time = view.times.get(row).copied().unwrap_or(0.0);
    let mut marks: Records<DrivingMark> = Records::new();
    // One that another run had says nothing of this one.
    let part = part.filter(|part| view.parts.iter().any(|one| one.partition == *part));
    let periods = view.periods.iter();
    let periods = periods.filter(|period| part.is_none_or(|part| part == period.partition));
    let now = periods.filter(|period| period.from <= time && time <= period.to);
    let loops = now.flat_map(|period| &period.loops);
    for one in loops.filter_map(|at| view.loops.get(*at as usize)) {
        let share = one.shares.get(row).copied();
        let Some(share) = share.filter(|share| share.is_finite()) else {
            continue;
        };
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
