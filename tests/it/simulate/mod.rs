//! Behaviour over time: the language of equations, runs, and models of other programs.

mod common;
mod damaged;
mod elsewhere;
mod field;
mod language;
mod methods;
mod models;
mod module;
mod module_models;
mod oracle;
mod score_field;
mod score_oracle;
mod score_properties;
mod scores;
mod walker;
