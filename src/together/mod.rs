//! Being in a room with others: what the third program, which only joining fetches, and the page say
//! to each other, and what that program does. Uses `format`, `store`, `sync` and the wire of `worker`.
//!
//! [`Member`] is that program without a browser: it takes what page and relay say and returns what to
//! say. Of the link it makes [`Keys`]; entries go into the [`RelayLog`], an array that any relay of
//! Yjs merges, each sealed.
//!
//! The page keeps its own copy of the document and every gesture, as for any document. The program
//! has the [`Room`](crate::sync::Room), the line to the relay and the keys. `docs/dev/together.md`
//! says how it works.

mod away;
mod channel;
mod entropy;
mod frames;
mod keys;
mod member;
mod reader;
mod relay_log;
mod request;
mod response;
mod seal;
mod stored;
mod update;
mod words;

pub use away::Away;
pub use channel::ChannelFrame;
pub use entropy::Entropy;
pub use frames::{Access, Frame, Protocol, Told};
pub use keys::{Keys, NoKey};
pub use member::{Input, Member, Output};
pub use relay_log::{Brought, RelayLog};
pub use request::{Base, Contents, Enter, Gesture, Kept, Request};
pub use response::{Connection, Down, Response, RoomState, Urgency};
pub use seal::{ChannelSeal, EntryOpener, EntrySeal, PresenceSeal};
pub use update::{NotALog, Update};
pub use words::{NO_ANSWER, Remedy, StateKind};
