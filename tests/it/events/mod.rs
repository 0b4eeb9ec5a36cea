//! Discrete events.

mod closed_forms;
mod coverage;
mod deterministic;
mod draws;
mod forecasts;
mod futures;
mod laws;
mod lines;
mod slow;
mod slow_lines;
mod theory;
