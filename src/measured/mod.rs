//! Measured data: a table of steps, of work items or of their moves becomes figures, and these
//! become measures of a map.
//!
//! [`Mapping`] says what each column is, guessed first and then changed by a person. [`items()`] and
//! [`observed`] give what was measured, [`Plan`] what of it goes onto a map.

mod clock;
mod figures;
mod guess;
mod head;
mod items;
mod looks;
mod mapping;
mod matching;
mod memory;
mod moves;
mod names;
mod plan;
mod reading;
mod role;
mod seeming;
mod state;
mod state_words;
mod steps;
mod survival;
mod unit;
mod wide;
mod words;
mod zone;

pub use clock::Clock;
pub use figures::{Back, Figures, StateFigures, Whole, figures};
pub use head::{Look, Within};
pub use items::{Fate, Item, Items, Stay, Visit, items};
pub use mapping::{Choice, Choices, Mapping};
pub use matching::{candidates, station_by_choice, station_by_name, station_key};
pub use memory::{recall, remember, signature};
pub use names::{Named, Names, names};
pub use plan::{Draft, Plan, Updated, plan_of_items, plan_of_steps};
pub use role::{Role, TableKind};
pub use seeming::{is_even_table, seems_measured};
pub use state::{Class, State};
pub use steps::{Observed, Said, Step, observed};
pub use survival::{Found, Passage, Spread, found_text};
pub use words::counted;
pub use zone::{Instant, Utc, Zone, instant_at, wall_at};
