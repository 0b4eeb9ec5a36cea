//! Measured data: a table of steps, of work items or of their moves becomes figures, and these
//! become measures of a map.
//!
//! [`Mapping`] says what each column is, guessed first and then changed by a person. [`items()`] and
//! [`observed`] give what was measured, [`Plan`] what of it goes onto a map.

mod clock;
mod figures;
mod head;
mod items;
mod mapping;
mod matching;
mod memory;
mod plan;
mod role;
mod state;
mod steps;
mod survival;
mod words;
mod zone;

pub use clock::Clock;
pub use figures::{Back, Figures, StateFigures, Whole, figures};
pub use head::Look;
pub use items::{Item, Items, Visit, Zones, items};
pub use mapping::{Choice, Choices, Mapping, is_even_table, seems_measured};
pub use matching::{candidates, station_by_choice, station_by_name, station_key};
pub use memory::{recall, remember, signature};
pub use plan::{Draft, Plan, Updated, plan_of_items, plan_of_steps};
pub use role::{Role, TableKind};
pub use state::{Class, State};
pub use steps::{Observed, Step, observed};
pub use survival::{Found, Passage, Spread, found_text};
pub use words::counted;
pub use zone::{Instant, Utc, Zone, instant_at, wall_at};
