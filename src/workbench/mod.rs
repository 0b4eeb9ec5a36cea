//! What takes long or is rarely needed: counting and listing loops, checks, archetypes, layout, foreign
//! formats, what a value stream would do, comparing maps, versions and backups. It runs in a web worker, so that the page stays at full frame rate, and is fetched when it
//! is first needed.
//!
//! [`Bench`] is the worker's state: a [`Request`] in, [`Answer`]s out, and a step of work at a time in
//! between. [`encode`] writes them into one buffer, [`decode`] reads them. The page links the messages
//! alone.

mod answer;
mod archive;
mod arranging;
mod bench;
mod comparing;
mod comparison;
mod errand;
mod exhibit;
mod form;
mod listing;
mod measured_sheet;
mod measuring;
mod naming;
mod native;
mod request;
mod sheet;
mod sheets;
mod wire;
mod writing;

pub use answer::{Answer, Certainty, CountWords, Listing, ListingState, LoopRow, News, Written};
pub use archive::{TellTime, UniversalTime};
pub use bench::{Bench, Work};
pub use comparison::{Comparison, Differing};
pub use errand::{Call, Errand, Promise, TextChange};
pub use exhibit::{Item, Lead, List, ListKind, Picture, Table};
pub use form::{Button, Field, Press};
pub use native::NativeFormat;
pub use request::{
    Drive, LoopFilter, LoopKind, LoopWindow, OtherText, ReadFor, Request, SheetKind, TableText,
    WriteFor,
};
pub use sheet::{Block, Deed, PageDeed, Row, RowAction, RowKind};
pub use wire::{WireError, decode, encode};
