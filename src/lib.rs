//! Loopstream: causal loop diagrams and value-stream maps on one canvas.
//!
//! The rooms of the house, from the ground up; a room may use only those above it in this list.
//! `ARCHITECTURE.md` has the map with the invariants, `docs/dev/` the algorithms and mechanisms.
//!
//! | room | what it is for |
//! | --- | --- |
//! | [`model`] | the document: elements, ids, the patch |
//! | [`equation`] | the language of equations: names, trees, reading and printing |
//! | [`causal`] | loops: search, polarity, naming |
//! | [`stream`] | value streams: ladder, capacity, constraint, what-if, queueing |
//! | [`compare`] | two documents: what differs, and merging by choice |
//! | [`layout`] | arranging a diagram in one click, and how good it became |
//! | [`scene`] | what is drawn, and where: display list, finding, snapping |
//! | [`story`] | telling a diagram: what a step of a story shows, and stories begun by themselves |
//! | [`editor`] | the interaction: an event in, a new state and effects out |
//! | [`mod@format`] | files: the native format, its migrations, imports and pictures |
//! | [`import_data`] | tables of steps and of work items: figures, and measures for a map |
//! | [`simulate`] | behaviour over time: equations of other programs, read, compiled and run |
//! | [`store`] | how documents are kept: snapshots, journal, several tabs |
//! | [`sync`] | working together: the log of a room, and what brings two rooms to the same one |
//! | [`worker`] | what takes long or is rarely needed, in a web worker: counting, checks, layout |
//! | `app` | the browser: canvas painter, panels, storage (wasm32 only) |

pub mod causal;
pub mod compare;
pub mod editor;
pub mod equation;
pub mod format;
pub mod import_data;
pub mod layout;
pub mod model;
pub mod scene;
pub mod simulate;
pub mod store;
pub mod story;
pub mod stream;
pub mod sync;
pub mod together;
pub mod worker;

#[cfg(all(target_arch = "wasm32", feature = "app"))]
pub mod app;
