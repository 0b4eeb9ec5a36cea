//! Loops that matter: which loops drive a run, and when (Schoenberg, Davidsen & Eberlein 2020, with
//! the flow-to-stock formula of Schoenberg, Hayward & Eberlein 2023).

mod bits;
mod circuits;
mod code;
mod components;
mod dominance;
mod links;
mod loops;
mod routes;
mod search;
mod wiring;

pub use dominance::{Period, Polarity};
pub use links::{Link, LinkRun, LinkScores, Which};
pub use loops::{Extent, LoopScores, ScoredLoop};
pub use search::LoopSearch;
pub use wiring::{ScoreError, Wiring, wire};
