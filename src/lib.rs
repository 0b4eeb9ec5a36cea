//! Loopstream: causal loop diagrams and value-stream maps on one canvas.
//!
//! The rooms of the house, from the ground up; a room may use only those above it in this list.
//! `ARCHITECTURE.md` has the map with the invariants.
//!
//! | room | what it is for |
//! | --- | --- |
//! | [`model`] | the document: elements, ids, the patch |
//! | [`causal`] | loops: search, polarity, naming |
//! | [`format`] | files: the native format, its migrations, and imports |

pub mod causal;
pub mod format;
pub mod model;

#[cfg(target_arch = "wasm32")]
pub mod app;
