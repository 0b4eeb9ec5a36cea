//! Keeping documents, so that no work is lost. Uses `model` alone.
//!
//! Of every document two *snapshots* are kept, each the whole text, and a *journal* of the patches
//! since. A gesture is kept when its patch is in the journal. Compaction writes a new snapshot over
//! the older one, and removes from the journal what both hold. So any single text may be damaged,
//! and any write may be the last, without loss beyond it.
//!
//! | key, after `loopstream/` | text |
//! | --- | --- |
//! | `document/<document>/a`, `b` | a snapshot |
//! | `journal/<document>/<tab>/<number>` | a patch |
//! | `history/<document>` | its versions: the newest whole, and a patch back to each older one |
//! | `deleted/<document>` | when it was deleted; it is still whole |
//! | `aside/<key>/<checksum>` | the quarantine: a text that could not be read, as it was under `<key>` |
//! | `room/<document>` | by which link its room is reached |
//! | `held/<document>/<tab>` | from which number on the gestures of a tab are held back in it |
//! | `person`, `relay` | who a person is in rooms, and the relay used last |
//! | `view/<document>`, `last` | where a person was |

pub mod backup;
mod codec;
mod compact;
mod envelope;
mod follow;
mod held;
pub mod history;
mod in_memory;
mod in_room;
mod journal;
mod key;
mod key_value;
pub mod library;
mod open_document;
pub mod quarantine;
mod read;
mod room_base;
pub mod rooms;
mod save_state;
pub mod session;
mod snapshot;
mod timeline;
pub mod usage;

pub use codec::{DocumentCodec, Store, Unreadable};
pub use envelope::checksum as text_checksum;
pub use held::NextGestures;
pub use in_memory::InMemory;
pub use key_value::{KeyValue, StorageError};
pub use open_document::OpenDocument;
pub use read::{OpenError, Text, read};
pub use room_base::{FARTHEST_AHEAD, LARGEST_NUMBER, RoomBase};
pub use save_state::{SaveError, SaveState};
pub use timeline::{Covered, Entry, Order, Timeline, covers, upto};
