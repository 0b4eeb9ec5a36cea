//! The model test: hundreds of random worlds, each from its seed.
//!
//! One that fails prints its seed and all that happened in it;
//! `SYNC_SEED=<seed> cargo test --test it sync::model` plays that one alone, and `SYNC_SEEDS=<many>`
//! more of them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::sync::world::World;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays worlds with so many people, some of them with a newer version of the program.
fn play(people: usize, newest_rules: u32, seeds: u64, steps: usize) {
    let one = number("SYNC_SEED");
    let seeds = number("SYNC_SEEDS").unwrap_or(seeds);
    let (mut entries, mut snapshots, mut splits) = (0, 0, 0);
    for seed in one.map_or(0..seeds, |seed| seed..seed + 1) {
        let mut world = World::new(seed, people, newest_rules);
        let outcome = catch_unwind(AssertUnwindSafe(|| world.play(steps)));
        if let Err(panic) = outcome {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.unwrap_or_else(|| "see above".to_owned());
            panic!("seed {seed}: {text}\n{}", world.said.join("\n"));
        }
        entries += world.all.len() as u64;
        snapshots += world.snapshots() as u64;
        splits += u64::from(world.is_split);
    }
    if one.is_none() {
        assert!(
            entries > 20 * seeds && snapshots > 2 * seeds,
            "much happens in each"
        );
        assert!(splits * 20 <= seeds, "{splits} rooms of {seeds} have split");
    }
}

#[test]
fn all_have_the_same_document_whatever_is_lost_doubled_or_late() {
    play(3, 1, 200, 250);
}

#[test]
fn many_people_have_the_same_document() {
    play(8, 1, 40, 500);
}

#[test]
fn versions_with_other_rules_meet_and_nobody_guesses() {
    play(4, 2, 100, 250);
}
