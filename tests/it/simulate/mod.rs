//! Behaviour over time: the language of equations, runs, and models of other programs.

mod calibrate;
mod common;
mod conveyors;
mod damaged;
mod elsewhere;
mod field;
mod functions;
mod inputs;
mod language;
mod many_runs;
mod methods;
mod models;
pub mod module;
mod module_models;
mod oracle;
mod score_field;
mod score_hostile;
mod score_oracle;
mod score_properties;
mod scores;
mod sensitivity;
mod trials;
mod unit_trees;
mod units;
mod unknown;
mod walker;
