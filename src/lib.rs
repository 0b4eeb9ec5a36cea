//! Loopstream: causal loop diagrams and value-stream maps on one canvas.
//!
//! The rooms of the house, from the ground up; a room may use only those above it in this list.
//! `ARCHITECTURE.md` has the map with the invariants.
//!
//! | room | what it is for |
//! | --- | --- |
//! | [`model`] | the document: elements, ids, the patch |
//! | [`causal`] | loops: search, polarity, naming |
//! | [`store`] | keeping documents: generations, journal, tabs |

pub mod causal;
pub mod model;
pub mod store;

#[cfg(target_arch = "wasm32")]
pub mod app;
