//! Working together on one document: a room is a log of entries, and the document follows from it.
//! Uses `model` and `store`.
//!
//! An [`Entry`] is a gesture or a snapshot, under the tab that made it and a number. A [`Room`] has
//! the document as a function of the *set* of its entries, so rooms that know the same ones have the
//! same document, whatever carried them and in whatever order they came. A [`Line`] brings two rooms,
//! or a room and a relay, to the same set. What is on the way is a [`Carrier`], which sees frames of
//! bytes, and with [`Sealed`] only sealed ones.
//!
//! The room knows no network, no clock and no key. `docs/dev/together.md` says how it works.

mod carrier;
mod entry;
mod ground;
mod line;
mod log;
mod message;
mod parcel;
mod piece;
mod room;
mod snapshot;
mod standing;

pub use carrier::{Carrier, Down, Seal, Sealed};
pub use entry::{Body, Entry, FARTHEST_AHEAD, LARGEST_NUMBER, RULES, Raw};
pub use line::{Heard, Line, Other};
pub use message::MessageError;
pub use parcel::{
    LARGEST_UNPACKED, MOST_ENTRIES_OF_PARCEL, ParcelError, read_parcel, write_parcel,
};
pub use piece::{LARGEST_MESSAGE, PieceError};
pub use room::{MOST_ENTRIES, Room};
pub use snapshot::{FORGET_AFTER, MOST_TABS, SNAPSHOT_AFTER, Snapshot};
pub use standing::{Closed, Gap, News, NoSnapshot, Refusal, Standing};
