//! Random worlds, each from its seed: channels that break, pages that die or are loaded anew, pairs
//! that cannot reach each other, people who only view. In the end all have the same document, and what
//! was told as sent is there, unless the world killed all who had it.
//!
//! `DIRECT_SEED=<seed> cargo test --test it together::direct::model` plays one alone.

use std::panic::{AssertUnwindSafe, catch_unwind};

use loopstream::sync::{Invitation, Rights};
use loopstream::together::Contents;

use super::world::{Meeting, World, has_variable, pair};
use crate::sync::{DAY, changed, id};

/// The most pages at once.
const MOST: usize = 6;

/// Whether days pass.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    None,
    Some,
}

fn may_edit(world: &World, seat: usize) -> bool {
    let link = Invitation::read(&world.seats[seat].link).unwrap();
    link.rights == Rights::Edit
}

fn editors(world: &World) -> Vec<usize> {
    let alive = world.alive();
    alive
        .into_iter()
        .filter(|seat| may_edit(world, *seat))
        .collect()
}

fn any(world: &mut World, of: &[usize]) -> usize {
    of[world.chance.below(of.len())]
}

/// Dies for good, if the document lives on. What nobody has any more need not be there.
fn kill(world: &mut World, seat: usize) {
    let has_one = |seat: &usize| world.page(*seat).document().is_some();
    let others = editors(world).into_iter().filter(|other| *other != seat);
    if !others.clone().any(|other| has_one(&other)) {
        return;
    }
    world.kill(seat);
    // Who only views may have what nobody else has now, and cannot pass it on: they come in anew.
    let viewers = world
        .alive()
        .into_iter()
        .filter(|one| !may_edit(world, *one));
    for viewer in viewers.collect::<Vec<_>>() {
        world.kill(viewer);
        let link = world.seats[viewer].link.clone();
        world.enter(&link, Contents::Nothing);
    }
    let alive = world.alive();
    let all = std::mem::take(&mut world.all_told);
    let is_here = |number: &u64| {
        let mut pages = alive.iter().map(|seat| world.page(*seat));
        pages.any(|page| has_variable(page.document(), *number))
    };
    world.all_told = all.into_iter().filter(is_here).collect();
}

/// Connects everybody in a random tree. Who may only view passes nothing on.
fn connect_all(world: &mut World) {
    for channel in 0..world.channels.len() {
        world.cut(channel);
    }
    // Both sides of each know it before there is another.
    world.pass(2_000);
    let mut inside = Vec::new();
    for editor in editors(world) {
        if !inside.is_empty() {
            let by = any(world, &inside);
            world.invite(by, editor);
        }
        inside.push(editor);
    }
    for seat in world.alive() {
        if !may_edit(world, seat) {
            let by = any(world, &inside);
            world.invite(by, seat);
        }
    }
}

fn step(world: &mut World, days: Days) {
    let (alive, editors) = (world.alive(), editors(world));
    let editor = any(world, &editors);
    let seat = any(world, &alive);
    let link = world.seats[0].link.clone();
    match world.chance.below(100) {
        0..50 => {
            world.draw(editor);
        }
        50..60 => {
            let number = world.chance.below(10) as u64;
            let document = world.page(editor).document();
            let document = document.filter(|one| one.variables().contains_key(&id(number)));
            if let Some(document) = document {
                let remark = format!("{}", world.now);
                let patch = changed(document, number, |one| one.remark.clone_from(&remark));
                world.commit(editor, &patch);
            }
        }
        60..70 => {
            let channels = world.channels_of(seat);
            if !channels.is_empty() {
                let channel = any(world, &channels);
                world.cut(channel);
            }
        }
        70..78 if seat != editor => {
            world.invite(editor, seat);
        }
        78..83 => {
            let again = world.reload(seat);
            let others: Vec<usize> = alive.into_iter().filter(|one| *one != seat).collect();
            if !others.is_empty() && !world.chance.once_in(4) {
                let by = any(world, &others);
                world.invite(by, again);
            }
        }
        83..88 if alive.len() < MOST => {
            world.join(seat);
        }
        88..90 if alive.len() < MOST => {
            let view_link = world.view_link(0);
            world.come(editor, &view_link);
        }
        90..92 if alive.len() > 2 => kill(world, seat),
        92..94 if seat != editor => {
            let was_apart = world.apart.remove(&pair(seat, editor));
            if !was_apart {
                world.apart.insert(pair(seat, editor));
            }
        }
        94..95 => world.latency = 1 + world.chance.below(1_000),
        95..96 => world.latency = 20,
        96..98 => world.pass(20_000),
        98..99 if days == Days::Some => {
            // Groups that are apart for more than a day have split the room.
            connect_all(world);
            world.pass(30_000);
            world.now += DAY;
        }
        _ => {}
    }
    assert_eq!(world.seats[0].link, link);
    let time = world.chance.below(300) as u64;
    world.pass(time);
}

fn play(seed: u64, steps: usize, days: Days) -> World {
    let mut world = World::new(seed);
    world.leaves_out = 4;
    let first = world.begin();
    world.join(first);
    world.pass(1_000);
    for _ in 0..steps {
        step(&mut world, days);
    }
    world.meeting = Meeting::Fails;
    world.latency = 20;
    world.pass(20_000);
    // What only viewers have counts as unsent.
    if editors(&world).len() < 2 {
        world.join(editors(&world)[0]);
    }
    connect_all(&mut world);
    world.pass(20_000);
    world.assert_equal();
    for seat in world.alive() {
        let page = world.page(seat);
        assert!(page.aside.is_empty() && page.news.is_empty());
    }
    world
}

/// Whether the document stands on a snapshot that a page has made.
fn made_snapshot(world: &World) -> bool {
    let base = world.page(world.alive()[0]).base.as_ref();
    base.is_some_and(|base| base.lamport > 1)
}

/// Plays worlds of many seeds; returns how many of them ended on a snapshot that a page had made.
fn play_all(seeds: u64, steps: usize, days: Days) -> u64 {
    let one = std::env::var("DIRECT_SEED").ok();
    let one = one.and_then(|seed| seed.parse::<u64>().ok());
    let mut snapshots = 0;
    for seed in one.map_or(0..seeds, |seed| seed..seed + 1) {
        let outcome = catch_unwind(AssertUnwindSafe(|| play(seed, steps, days)));
        let world = outcome.unwrap_or_else(|_| panic!("seed {seed}: see above"));
        snapshots += u64::from(made_snapshot(&world));
    }
    snapshots
}

#[test]
fn all_have_the_same_document_and_nothing_that_was_sent_is_lost() {
    play_all(200, 80, Days::None);
}

#[test]
fn snapshots_are_made_and_entries_forgotten_and_all_have_the_same_document() {
    assert!(play_all(6, 500, Days::Some) > 2);
}
