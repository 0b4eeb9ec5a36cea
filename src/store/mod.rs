//! Keeping documents, so that no work is lost. Uses `model` alone.
//!
//! Of every document two whole texts are kept, its *generations*, and a *journal* of the patches
//! since. A gesture is kept when its patch stands in the journal; compaction writes a new
//! generation in the place of the older one, and takes out of the journal what both hold. So any
//! single text may be damaged, and any write may be the last, without loss beyond it.
//!
//! | key, after `loopstream/` | text |
//! | --- | --- |
//! | `document/<document>/a`, `b` | a generation |
//! | `journal/<document>/<tab>/<number>` | a patch |
//! | `history/<document>` | its versions: the newest whole, and a patch back to each older one |
//! | `deleted/<document>` | when it was deleted; it is still whole |
//! | `aside/<key>/<checksum>` | a text that could not be read, as it stood under `<key>` |
//! | `view/<document>`, `last` | where a person was |

pub mod aside;
pub mod backup;
mod codec;
mod compact;
mod generation;
pub mod history;
mod in_memory;
mod journal;
mod key;
mod key_value;
mod open_document;
mod read;
mod save_state;
mod sealed;
pub mod session;
pub mod shelf;
mod timeline;
pub mod usage;

pub use codec::{DocumentCodec, Store, Unreadable};
pub use in_memory::InMemory;
pub use key_value::{KeyValue, StorageError};
pub use open_document::OpenDocument;
pub use read::{OpenError, Text, read};
pub use save_state::{SaveError, SaveState};
pub use sealed::checksum as text_checksum;
