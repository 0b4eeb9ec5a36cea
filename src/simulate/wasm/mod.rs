//! A compiled model as a module of WebAssembly: the second way to run it, to the same bits.
//!
//! The module does whole steps. What is at the start of a run comes from the interpreter, and what no
//! instruction of WebAssembly does is a function of this program that the module imports.

mod engine;
mod host;
mod image;
mod layout;
mod look;
mod module;
mod pieces;
mod plan;
mod session;
mod step;
mod value;

pub use engine::{Engine, Instance, Steps, Trap};
pub use host::{Draws, of_five, of_list, of_one, of_two};
pub use module::{IMPORTS_FROM, Import, MEMORY, Module, PAGE, RUN};
pub(crate) use session::{Cache, Session};
