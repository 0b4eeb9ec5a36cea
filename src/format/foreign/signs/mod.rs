//! The signs of links that equations prove.
//!
//! An effect rises with a cause where its equation says so whatever the other values are: the terms
//! of a sum, factors whose other factors have a known sign, functions that never fall, tables that
//! rise. Signs are known of numbers, of constants, of what a model declares never to be negative,
//! and of what is worked out from such alone. Everything else proves nothing: there is no guess in
//! it. A person may say that no quantity of the model is ever negative; then more is proved, and
//! holds as long as that does.

mod functions;
mod known;
mod prove;
mod sides;
mod system;

pub use known::Slopes;
pub use sides::{Sides, number};
pub use system::{Assumption, Definition, Stated, System, sign};
