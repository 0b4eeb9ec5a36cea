//! Play: a variable is pushed, and the change travels along the links, round by round.
//!
//! What a diagram without equations knows is order and sign, never size. So each variable ends as one
//! that rises, falls, depends, or is not reached; and a change is in time with the number of links it
//! took, a delayed one counting twice, never with how long the arrows are drawn.

mod moment;
mod outcome;
mod reached;
mod signals;
mod words;

pub use moment::{Moment, Standing, Travelling};
pub use outcome::{Outcome, Play};
pub use reached::Reached;
pub use signals::{Meeting, Push, Signal};
pub use words::{Account, OutcomeRow};
