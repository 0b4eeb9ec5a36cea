//! Being in a room with others: what the third program, which only joining fetches, and the page say
//! to each other, and what that program does. Uses `format`, `store`, `sync` and the wire of `worker`.
//!
//! The page keeps its own copy of the document and every gesture, as for any document. The program
//! has the [`Room`](crate::sync::Room), the line to the relay and the keys. `docs/dev/together.md`
//! says how it works.

mod request;
mod response;

pub use request::{Base, Contents, Enter, Gesture, Kept, Request};
pub use response::{Connection, Down, Response, RoomState};
