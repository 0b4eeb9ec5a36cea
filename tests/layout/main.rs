//! Arranging: what must hold of any diagram, and how the ready ones come out.

#![allow(clippy::unwrap_used, missing_docs)]

mod any;
mod common;
mod ready;
mod seen;
mod streams;
