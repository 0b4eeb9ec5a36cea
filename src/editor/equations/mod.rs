//! Equations of the document: the names that they may have, what a panel changes of them, and that
//! they follow when a variable is called otherwise.

mod change;
mod follow;
mod marks;
mod names;
mod pasted_table;
mod plot_handles;
mod points;
mod table_notes;

pub use change::{UnfitTable, fit_table};
pub use marks::{EquationMark, marked_pieces};
pub use names::{dialect_of, known_names, vocabulary};
pub use pasted_table::{PastedTable, pasted_table, typed_number};
pub use plot_handles::plot_handles;
pub use points::{PlotFrame, moved_point, nudged_point, with_point_after, without_point};
pub use table_notes::{pasted_notes, table_notes};

pub(super) use change::fit_range;
pub(super) use follow::{followed, mended};
