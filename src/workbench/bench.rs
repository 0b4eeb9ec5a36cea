//! The state of the workbench.

use super::answer::Answer;
use super::request::Request;

/// Whether there is work left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// There is nothing to do until something is asked.
    None,
    /// [`Bench::advance`] goes on with it.
    Waits,
}

/// The workbench.
#[derive(Debug, Default)]
pub struct Bench {}

impl Bench {
    /// Takes a request.
    pub fn take(&mut self, _request: Request) -> Vec<Answer> {
        Vec::new()
    }
    /// Works on.
    pub fn advance(&mut self, _budget: u64) -> Vec<Answer> {
        Vec::new()
    }
    /// Whether there is work left.
    pub fn work(&self) -> Work {
        Work::None
    }
}
