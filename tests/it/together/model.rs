//! Random worlds, each from its seed: lines that break, relays that lose their memory, pages that die
//! or are loaded anew. In the end all have the same document, and what was told as sent is there.
//!
//! `TOGETHER_SEED=<seed> cargo test --test it together::model` plays one alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use loopstream::sync::RelayKind;

use super::world::World;
use crate::sync::{DAY, changed, id};

/// Whether somebody alive has all that was told as sent: else nobody could bring it back.
fn is_kept(world: &World) -> bool {
    world.seats.iter().filter(|seat| !seat.is_dead).any(|seat| {
        let document = seat.page.document();
        document.is_some_and(|document| {
            let variables = document.variables();
            world
                .all_told
                .iter()
                .all(|number| variables.contains_key(&id(*number)))
        })
    })
}

fn restart(world: &mut World, had: Option<&[u8]>) {
    if is_kept(world) {
        let does = world.relay.restart(had);
        world.carry(does);
    }
}

fn step(world: &mut World, yesterday: &mut Vec<u8>) {
    let alive: Vec<usize> = (0..world.seats.len())
        .filter(|seat| !world.seats[*seat].is_dead)
        .collect();
    let seat = alive[world.chance.below(alive.len())];
    match world.chance.below(100) {
        0..50 => {
            world.draw(seat);
        }
        50..60 => {
            let number = world.chance.below(10) as u64;
            let document = world.page(seat).document();
            let document = document.filter(|one| one.variables().contains_key(&id(number)));
            let outdated = world
                .page(seat)
                .state
                .as_ref()
                .is_some_and(|state| state.is_outdated);
            if let Some(document) = document.filter(|_| !outdated) {
                let remark = format!("{}", world.now);
                let patch = changed(document, number, |one| one.remark.clone_from(&remark));
                world.commit(seat, &patch);
            }
        }
        60..68 => world.cut(seat),
        68..71 => world.is_relay_up = false,
        71..80 => world.is_relay_up = true,
        80..83 => *yesterday = world.relay.copy(),
        83..85 => restart(world, None),
        85..87 => restart(world, Some(yesterday)),
        87..91 => {
            world.reload(seat);
        }
        91..94 if alive.len() < 5 => {
            world.join();
        }
        94..96 if alive.len() > 2 && world.page(seat).document().is_some() => world.kill(seat),
        96..97 if is_kept(world) => {
            let does = world.relay.take_out(world.now as u32 % 7, 3);
            world.carry(does);
        }
        97..98 => world.pass(20_000),
        98..99 if world.has_days => world.now += DAY,
        _ => {}
    }
    let time = world.chance.below(300) as u64;
    world.pass(time);
}

fn play(kind: RelayKind, seed: u64, steps: usize) -> World {
    let mut world = World::new(seed, kind);
    world.is_wild = true;
    world.has_days = steps > 300;
    world.begin();
    world.join();
    let mut yesterday = Vec::new();
    yesterday.extend(world.relay.copy());
    for _ in 0..steps {
        step(&mut world, &mut yesterday);
    }
    world.is_relay_up = true;
    world.pass(120_000);
    world.assert_equal();
    world
}

/// Plays worlds of many seeds; returns how many of them ended on a snapshot that a member had made.
fn play_all(kind: RelayKind, seeds: u64, steps: usize) -> u64 {
    let one = std::env::var("TOGETHER_SEED")
        .ok()
        .and_then(|seed| seed.parse::<u64>().ok());
    let mut snapshots = 0;
    for seed in one.map_or(0..seeds, |seed| seed..seed + 1) {
        let outcome = catch_unwind(AssertUnwindSafe(|| play(kind, seed, steps)));
        let world = outcome.unwrap_or_else(|_| panic!("seed {seed} of {kind:?}: see above"));
        let base = world
            .seats
            .iter()
            .filter_map(|seat| seat.page.base.as_ref())
            .next_back();
        snapshots += u64::from(base.is_some_and(|base| base.lamport > 1));
    }
    snapshots
}

#[test]
fn all_have_the_same_document_by_y_websocket() {
    play_all(RelayKind::YWebsocket, 40, 120);
}

#[test]
fn all_have_the_same_document_by_hocuspocus() {
    play_all(RelayKind::Hocuspocus, 40, 120);
}

#[test]
fn snapshots_are_made_and_the_log_is_swept_and_all_have_the_same_document() {
    assert!(play_all(RelayKind::YWebsocket, 4, 600) > 1);
}
