//! Equations of the document: the names that they may have, what a panel changes of them, and that
//! they follow when a variable is called otherwise.

mod change;
mod follow;
mod names;
mod pasted_table;
mod points;

pub use names::{dialect_of, known_names, vocabulary};
pub use pasted_table::{PastedTable, pasted_table, typed_number};
pub use points::{PlotFrame, moved_point, nudged_point, with_point_after, without_point};

pub(super) use change::{fit_range, fit_table};
pub(super) use follow::{followed, mended};
