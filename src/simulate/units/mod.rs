//! Units: whether the two sides of every equation are counted in the same.
//!
//! A unit is a product of powers of base names. `check_units` works out the units of each equation
//! from those of the variables in it, and says where they contradict each other.

mod book;
mod check;
mod clock;
mod convert;
mod counted;
mod offers;
mod report;
mod rules;
mod scope;
mod text;
mod unit;
mod words;

pub use book::UnitBook;
pub use clock::Conversion;
pub use convert::{Convert, TimeFactor};
pub(super) use counted::{Counted, TimeUnit};
pub use offers::check_units;
pub use report::{Clash, Meeting, MildNote, Side, UnitReport, VariableUnits, Verdict};
pub use text::UnitError;
pub use unit::{Fraction, Unit};
