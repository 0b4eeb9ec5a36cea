//! What the page asks of runs, and what it shows of them.

use serde::{Deserialize, Serialize};

use crate::model::{Id, LoopKey, RunMethod, ScenarioValues, VariableKind};
use crate::worker::Picture;

/// Whose numbers a run has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RunSet {
    /// Those of the document.
    #[default]
    Document,
    /// Those of a scenario.
    Scenario(Id),
    /// Those that are being tried with the sliders.
    Tried,
}

/// Whether lines share an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScalesWanted {
    /// All lines are drawn to one axis.
    #[default]
    Shared,
    /// Each variable fills the height.
    Own,
}

/// What a chart is to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChartWanted {
    /// The variables; empty for the stocks, or what else changes.
    pub variables: Vec<Id>,
    /// The variable of the lower axis; none for time.
    pub against: Option<Id>,
    /// Whether lines share an axis.
    pub scales: ScalesWanted,
    /// Its width, in CSS pixels.
    pub width: f64,
    /// The height of the plot, in CSS pixels.
    pub height: f64,
}

/// What a person wants to see of runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunWanted {
    /// The numbers that are being tried; empty for none.
    pub tried: ScenarioValues,
    /// The scenarios that are compared with the document.
    pub compared: Vec<Id>,
    /// The chart.
    pub chart: ChartWanted,
    /// Whether loops are to be scored.
    pub loops: bool,
    /// What the page calls loops, such as "R1" or the name that somebody gave one.
    pub loop_names: Vec<(LoopKey, String)>,
    /// Whether values of all variables are wanted, for the canvas.
    pub frames: bool,
}

/// How it stands with the model of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunState {
    /// Nothing has an equation yet.
    #[default]
    Nothing,
    /// Something keeps it from running.
    Faulty,
    /// It ran, with all that can be computed.
    Done,
}

/// Something that keeps a model from running, or is to be known of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunProblem {
    /// The variable it is about.
    pub about: Option<Id>,
    /// What it says, as a sentence.
    pub words: String,
    /// The bytes of the variable's equation where it arises: the first, and the one after the last.
    pub span: Option<(u32, u32)>,
}

/// The settings that a run had.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunFacts {
    /// The first time.
    pub start: f64,
    /// The last time.
    pub stop: f64,
    /// The step.
    pub step: f64,
    /// The time from one saved row to the next.
    pub save_every: f64,
    /// How stocks are carried over a step.
    pub method: RunMethod,
    /// What time is counted in; may be empty.
    pub time_unit: String,
    /// How many steps there were.
    pub steps: u64,
}

/// A variable of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunVariable {
    /// Its record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: VariableKind,
    /// What it is counted in; may be empty.
    pub units: String,
    /// Whether it changes over the run.
    pub changes: bool,
    /// Whether there are values of it, of one of its elements at least.
    pub is_known: bool,
}

/// A variable that no values are known of, or not of all its elements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunUnknown {
    /// Its record.
    pub about: Option<Id>,
    /// Its name.
    pub name: String,
    /// Whether it cannot be computed itself, or hangs on what cannot.
    pub because: RunBecause,
}

/// Why no values are known of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RunBecause {
    /// It cannot be computed itself; a problem says why.
    Refused,
    /// It hangs on one that cannot be computed.
    Hangs,
}

/// A constant that can be changed by a slider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slider {
    /// Its record.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is counted in; may be empty.
    pub units: String,
    /// Its value in the document.
    pub value: f64,
    /// The left end.
    pub least: f64,
    /// The right end.
    pub most: f64,
}

/// A chart, and where on it the lower axis is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPicture {
    /// The chart.
    pub picture: Picture,
    /// Its width and height, in CSS pixels.
    pub size: (f64, f64),
    /// Left, top, right and bottom of its plot, in CSS pixels.
    pub frame: (f64, f64, f64, f64),
    /// The values at the ends of the lower axis.
    pub span: (f64, f64),
}

/// The values of a line of the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadLine {
    /// The variable.
    pub about: Id,
    /// Whose numbers the run had.
    pub set: RunSet,
    /// Its name: of a variable with elements with the element.
    pub name: String,
    /// Its value at each of the times; not a number where there is none. Empty where they are not
    /// known.
    pub values: Vec<f64>,
}

/// Values of all variables that are drawn, for the canvas.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frames {
    /// The times, rising.
    pub times: Vec<f64>,
    /// The values of a variable at these times.
    pub values: Vec<(Id, Vec<f32>)>,
    /// The variables that no values are known of.
    pub unknown: Vec<Id>,
}

/// A loop that drives a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrivingLoop {
    /// What the page calls it, else its variables.
    pub name: String,
    /// `R` or `B`, with `u` where that changes; `U` where neither holds.
    pub letters: String,
    /// Its variables in the direction of its links; empty where they are its name.
    pub ring: String,
    /// What the letters mean, and when its sign changes, in a sentence; empty for a plain R or B.
    pub remark: String,
    /// Its links, in the order of travel; empty where one of them is not drawn.
    pub links: Vec<Id>,
    /// Its mean share of its partition, without sign, 0 to 1; none where it is not known.
    pub share: Option<f64>,
    /// Which loops it is weighed with.
    pub partition: u32,
    /// Its share at each of the times of the view, -1 to 1.
    pub shares: Vec<f32>,
}

/// A time during which the same loops drive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrivingPeriod {
    /// The first time.
    pub from: f64,
    /// The last time.
    pub to: f64,
    /// Of which partition.
    pub partition: u32,
    /// The loops, the largest first.
    pub loops: Vec<u32>,
}

/// A part of the model whose loops are weighed with each other: variables that all reach each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrivingPart {
    /// Its number.
    pub partition: u32,
    /// Its variables, the first few of them by name.
    pub name: String,
    /// When which of its loops drive, in sentences.
    pub story: Vec<String>,
    /// The shares of its loops over time, on top of each other.
    pub chart: RunPicture,
}

/// Which loops drive a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LoopsView {
    /// The times of the shares.
    pub times: Vec<f64>,
    /// The loops, the largest share first.
    pub loops: Vec<DrivingLoop>,
    /// When which of them drive, partition after partition.
    pub periods: Vec<DrivingPeriod>,
    /// The parts of the model that have loops, that of the largest share first.
    pub parts: Vec<DrivingPart>,
    /// What is to be known of the scores: whether all loops were found, and what is left out.
    pub notes: Vec<String>,
}

/// What the page shows of runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunView {
    /// How it stands.
    pub state: RunState,
    /// What keeps the model, or some of its variables, from running.
    pub problems: Vec<RunProblem>,
    /// What has no values therefore, in the order of the names.
    pub unknown: Vec<RunUnknown>,
    /// What is to be known of the run.
    pub notes: Vec<RunProblem>,
    /// The settings.
    pub facts: RunFacts,
    /// The variables of the model, in the order of their names.
    pub variables: Vec<RunVariable>,
    /// The variables that the chart shows.
    pub shown: Vec<Id>,
    /// The constants.
    pub sliders: Vec<Slider>,
    /// The chart.
    pub chart: Option<RunPicture>,
    /// The saved times, or as many of them as a chart needs.
    pub times: Vec<f64>,
    /// The lines of the chart.
    pub lines: Vec<ReadLine>,
    /// Values for the canvas, if they were asked for.
    pub frames: Option<Frames>,
    /// Which loops drive, if that was asked for.
    pub loops: Option<LoopsView>,
    /// Why loops have no scores, if they were asked for and have none.
    pub no_loops: String,
    /// What variables take from the value stream, with where it is from.
    pub from_stream: Vec<RunProblem>,
}
