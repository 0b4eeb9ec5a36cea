//! Measured data: a table of steps, of work items or of their moves becomes figures, and these
//! become measures of a map.
//!
//! [`Mapping`] says what each column is, guessed first and then changed by a person. [`items()`] and
//! [`observed`] give what was measured, [`Plan`] what of it goes onto a map.

mod clock;
mod figures;
mod guess;
mod header;
mod items;
mod looks;
mod mapping;
mod matching;
mod memory;
mod moves;
mod names;
mod onto_map;
mod plan;
mod reading;
mod role;
mod state;
mod state_words;
mod steps;
mod survival;
mod table_guess;
mod time_zone;
mod unit;
mod wide;
mod words;

pub use clock::Clock;
pub use figures::{Back, Ended, Figures, StateFigures, Whole, figures};
pub use header::{Look, Within};
pub use items::{Fate, Item, Items, Stay, Visit, items};
pub use mapping::{Arrive, Choice, Choices, Mapping};
pub use matching::{candidates, station_by_choice, station_by_name, station_key};
pub use memory::{recall, remember, signature};
pub use names::{Named, Names, names};
pub use plan::{Draft, Plan, Updated, plan_of_items, plan_of_steps};
pub use role::{Role, TableKind};
pub use state::{Class, State};
pub use steps::{Observed, Stated, Step, observed};
pub use survival::{Found, Passage, Spread, found_text};
pub use table_guess::{is_even_table, seems_measured};
pub use time_zone::{Instant, TimeZone, Utc, instant_at, wall_at};
pub use words::counted;
