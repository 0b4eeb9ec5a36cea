//! Hundreds of random sessions with a random fault each: what is recovered is what was said to
//! be saved, nothing is dropped, and tabs agree.
//!
//! Every run follows from its seed. One that fails prints its seed and all that happened in it;
//! `FAULT_SEED=<seed> cargo test --test it faults::` plays that one alone.

pub mod chance;
mod hand;
mod oracle;
mod run;

use std::panic::{AssertUnwindSafe, catch_unwind};

use loopstream::model::Id;
use run::{Fault, Run};

const DOCUMENT: Id = Id::from_bits(7);

/// Plays the runs of one kind of fault.
fn play(fault: Fault, runs: u64) {
    let chosen: Option<u64> = std::env::var("FAULT_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    for seed in 0..runs {
        let seed = chosen.unwrap_or(seed * 16 + fault as u64);
        let mut said = Vec::new();
        let outcome = catch_unwind(AssertUnwindSafe(|| Run::new(seed, fault, &mut said).play()));
        if let Err(panic) = outcome {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.unwrap_or_else(|| "see above".to_owned());
            panic!("{fault:?}, seed {seed}: {text}\n{}", said.join("\n"));
        }
        if chosen.is_some() {
            break;
        }
    }
}

#[test]
fn an_operation_that_fails_loses_nothing() {
    play(Fault::Failing, 200);
}

#[test]
fn a_tab_that_dies_at_any_operation_loses_nothing_that_was_saved() {
    play(Fault::Killed, 200);
}

#[test]
fn full_storage_loses_nothing() {
    play(Fault::Full, 200);
}

#[test]
fn blocked_storage_loses_nothing_that_was_saved() {
    play(Fault::Blocked, 120);
}

#[test]
fn storage_that_is_wiped_is_whole_again_with_the_next_change() {
    play(Fault::Wiped, 200);
}

#[test]
fn one_damaged_text_takes_nothing_else_along() {
    play(Fault::Damaged, 200);
}

#[test]
fn late_doubled_and_disordered_events_do_no_harm() {
    play(Fault::None, 120);
}
