//! Arranging: what must hold of any diagram, and how the ready ones come out.

mod any;
mod common;
mod pipes;
mod ready;
mod seen;
mod streams;
