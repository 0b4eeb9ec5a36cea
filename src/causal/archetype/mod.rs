//! System archetypes: structures of a diagram that are consistent with one, and what they lack.
//!
//! The table says what an archetype is: roles, ties between them, words. The search finds
//! variables for the roles. A match is never a verdict: many diagrams have the structure of an
//! archetype without its behaviour, and some archetypes share a structure, so that every candidate
//! is reported, and a person says which it is.

mod found;
mod kept;
mod matched;
mod missing;
mod plan;
mod reach;
mod search;
mod shape;
mod table;
mod walk;
mod web;

pub use matched::{ArchetypeMatch, Cast, MatchKey, Share};
pub use missing::{Cause, Missing};
pub use search::{ArchetypeReport, ArchetypeSearch, Near, ReportLimits};
pub use shape::{Archetype, Effect, Form, Position, Role, Span, Through, Tie};
pub use table::ARCHETYPES;
