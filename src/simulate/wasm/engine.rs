//! What runs a module: a browser, or an interpreter of WebAssembly.

use std::fmt;

use super::host::Draws;
use super::module::Module;

/// What it takes until a module runs, in instructions that the interpreter does in that time: once,
/// and for each instruction of a step. Measured in Chromium; docs/dev/simulation.md has the figures.
const TO_BEGIN: u64 = 100_000;
const EACH: u64 = 100;

/// Makes instances of modules.
pub trait Engine: fmt::Debug {
    /// An instance with a memory of at least so many pages; none where the engine cannot run the
    /// module. Compiling one takes long, so an engine keeps those that it knows by
    /// [`Module::key`] and [`Module::bytes`]: many runs have the same.
    fn instance(&self, module: &Module, pages: u32) -> Option<Box<dyn Instance>>;

    /// Whether so much work is worth a module that is not made yet: both are counted in
    /// instructions, and `size` is how many a step has.
    fn is_worth(&self, work: u64, size: u64) -> bool {
        work >= TO_BEGIN + EACH * size
    }
}

/// A module with its memory.
pub trait Instance: fmt::Debug {
    /// Puts bytes into the memory.
    ///
    /// # Errors
    /// The memory has no such place.
    fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Trap>;

    /// Takes numbers out of the memory.
    ///
    /// # Errors
    /// The memory has no such place.
    fn read(&self, at: u32, numbers: &mut [f64]) -> Result<(), Trap>;

    /// Calls the function of the module that does steps. What it draws comes from `draws`.
    ///
    /// # Errors
    /// The engine has stopped it.
    fn run(&mut self, steps: Steps, draws: &mut Draws) -> Result<(), Trap>;
}

/// The steps of a call, by their numbers from 0: the parameters of the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The first.
    pub from: u32,
    /// The one after the last.
    pub to: u32,
    /// How many steps from one saved row to the next.
    pub save_every: u32,
    /// The last step of the run, which saves its row and carries nothing on.
    pub end: u32,
}

/// The engine could not go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the module could not go on")]
pub struct Trap;
