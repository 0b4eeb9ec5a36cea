//! What a person wants to see of runs of the model.

use crate::model::{Id, ScenarioValue};
use crate::worker::{EquationView, FitChoice, FitColumn, FitView, ScalesWanted, SpreadView};

/// What is known of an equation, and since which number of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownEquation {
    /// The number of the document.
    pub revision: u64,
    /// What is known.
    pub view: EquationView,
}

/// How it stands with many runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SpreadState {
    /// None were asked for.
    #[default]
    Nothing,
    /// So many hundredths are done.
    Running(u64),
    /// They are done.
    Done(SpreadView),
    /// There are none, and why.
    Refused(String),
}

/// How it stands with fitting the model to measurements.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FitState {
    /// It was not asked for.
    #[default]
    Nothing,
    /// How far it is, in words.
    Running(String),
    /// Numbers were found.
    Done(FitView),
    /// None were, and why.
    Refused(String),
}

/// What a person wants to see of runs. Nothing of it is kept in the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunChoice {
    /// The numbers that are being tried.
    pub tried: Vec<ScenarioValue>,
    /// The scenario that is being edited, if it is one.
    pub of: Option<Id>,
    /// The name that was typed for what is tried.
    pub name: String,
    /// The scenarios that are compared.
    pub compared: Vec<Id>,
    /// The variables of the chart; empty for those that are shown by themselves.
    pub variables: Vec<Id>,
    /// The variable of the lower axis; none for time.
    pub against: Option<Id>,
    /// Whether lines share an axis.
    pub scales: ScalesWanted,
    /// Whether loops are scored.
    pub loops: bool,
    /// The time that is looked at, as a share of the run; none while nobody looks at one.
    pub moment: Option<f64>,
    /// The part of the model whose loops are looked at; none for all parts.
    pub part: Option<u32>,
    /// Whether the time plays.
    pub plays: bool,
}

/// The tables of measurements that the model is to be fitted to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeasuredTables {
    /// Their texts.
    pub tables: Vec<String>,
    /// Their columns, as the worker has read them.
    pub columns: Vec<FitColumn>,
    /// What was chosen for columns.
    pub choices: Vec<FitChoice>,
}
