//! Tables as spreadsheets and trackers write them: dialect, cells, and what the columns hold.
//!
//! Rows and quotes are those of RFC 4180. Read are, besides: tables of Markdown, wikis, terminals and
//! web pages, columns that blanks align, the separators comma, semicolon, tab and bar, a first line such as `sep=;`, line ends of any kind, a byte order mark, decimal commas,
//! thousands that are kept apart, spans with their units, and days and times in the ways people
//! write them. What a text does not decide, such as `3/4/2026`, is told and can be said.

pub(super) mod cells;
mod column;
mod cursor;
mod dialect;
mod layout;
mod moment;
mod number;
mod span;
#[expect(
    clippy::module_inception,
    reason = "the table is what the folder is about"
)]
mod table;

pub use column::{Column, ColumnKind, columns};
pub use dialect::{Dialect, Separator};
pub use layout::as_separated;
pub use moment::{DateOrder, Moment, Stamp, Votes, moment_text, read_serial, read_stamp};
pub use number::{DecimalSign, DecimalVotes, read_number};
pub use span::{read_amount, read_span, time_unit, unit_in_header};
pub use table::{Line, Table, TableLimits};
