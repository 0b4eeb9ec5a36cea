//! What is known of the equation of a variable: what the text that was opened says, where its units
//! do not agree, and where it and the arrows differ.

mod constant;
mod links;
mod place;
mod units;
mod view;

pub(super) use units::with_units;
pub(super) use view::EquationTable;
pub use view::{EquationOffer, EquationView, UnitClash};
