//! Who may only view sees everything, and brings nothing in.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use loopstream::model::Id;
use loopstream::store::Order;
use loopstream::sync::{Body, Invitation};
use loopstream::sync::{Carrier, Down, Entry, Line, Other, RULES, Room, Seal};
use loopstream::together::{ChannelFrame, Request};
use loopstream::worker::NativeFormat;
use sha2::Sha256;

use super::super::world::entropy;
use super::wire::{Kind, keys, link};
use super::world::{Got, Meeting, World, has_variable};
use crate::sync::{drawn, small};

/// The page for which a hand speaks.
const PAGE: u64 = 5;
/// What nobody has drawn who may.
const FORGED: u64 = 999;

/// Keeps frames.
struct Keeps(Vec<Vec<u8>>);

impl Carrier for Keeps {
    fn limit(&self) -> usize {
        60_000
    }

    fn send(&mut self, frame: &[u8]) -> Result<(), Down> {
        self.0.push(frame.to_vec());
        Ok(())
    }
}

/// The frame of an entry that draws a variable, and that of a room that has it.
fn frames() -> [Vec<u8>; 2] {
    let tab = Id::from_bits(77);
    let mut room = Room::join(Id::from_bits(78), RULES);
    let _ = room.take([Entry {
        order: Order {
            lamport: 50,
            tab,
            number: 1,
        },
        at: 0,
        rules: RULES,
        body: Body::Patch(Box::new(drawn(&small(), FORGED))),
    }]);
    let mut line = Line::new(Other::Log);
    line.heard_all();
    let mut kept = Keeps(Vec::new());
    line.offer(&room, &NativeFormat, &mut kept).unwrap();
    line.say_held(&room, &mut kept).unwrap();
    kept.0.try_into().unwrap()
}

/// A frame as this page signs it, by the key of a link to edit.
fn signed(page: u64, frame: &[u8]) -> Vec<u8> {
    let mut seal = keys(&link().fragment()).entry_seal(entropy(3)).unwrap();
    seal.seal(&[&page.to_be_bytes(), frame].concat())
}

/// The same by another key that signs, with all that a link to view gives.
fn forged(view_link: &str, page: u64, frame: &[u8]) -> Vec<u8> {
    let secret = Invitation::read(view_link).unwrap().secret;
    let mut key = [0; 32];
    let uses = b"loopstream room 1 entries";
    Hkdf::<Sha256>::new(None, &secret.0)
        .expand(uses, &mut key)
        .unwrap();
    let context = [&[1, 0], keys(view_link).room().as_bytes()].concat();
    let frame = [&page.to_be_bytes(), frame].concat();
    let signing = SigningKey::from_bytes(&[9; 32]);
    let signature = signing
        .sign(&[context.as_slice(), &frame].concat())
        .to_bytes();
    let nonce = [4; 12];
    let payload = Payload {
        msg: &[signature.as_slice(), &frame].concat(),
        aad: &context,
    };
    let sealed = Aes256Gcm::new(&key.into()).encrypt(&Nonce::from(nonce), payload);
    [&[1], nonce.as_slice(), &sealed.unwrap()].concat()
}

/// A room of so many pages, a hand with a link to view that has a channel to the first, and that link.
fn with_hand(pages: usize) -> (World, usize, String) {
    let mut world = World::room(1, pages);
    let view_link = world.view_link(0);
    let hand = world.hand();
    world.invite(hand, 0);
    world.pass(100);
    (world, hand, view_link)
}

fn say(world: &mut World, hand: usize, view_link: &str, frame: &ChannelFrame<'_>) {
    let seal = keys(view_link).channel_seal(entropy(world.chance.next()));
    let number = world.seats[hand]
        .got
        .last()
        .map_or(1, |(number, _)| *number);
    world.send(hand, number, seal.seal(&frame.write()));
    world.pass(100);
}

fn here(page: u64) -> ChannelFrame<'static> {
    ChannelFrame::Here {
        page,
        others: Vec::new(),
    }
}

#[test]
fn who_may_view_sees_everything_and_passes_on_presence() {
    let mut world = World::room(1, 3);
    let view_link = world.view_link(0);
    world.meeting = Meeting::Fails;
    let viewer = world.come(0, &view_link);
    world.pass(1_000);
    assert_eq!(world.page(viewer).view_link, None);
    for seat in 0..3 {
        assert!(world.draw(seat));
        world.tell(seat, &format!("page {seat}"));
    }
    world.tell(viewer, "viewer");
    world.pass(5_000);
    world.assert_equal();
    assert_eq!(world.hears(viewer, "page 2"), Some(Some("page 2")));
    assert_eq!(world.hears(2, "viewer"), Some(Some("viewer")));
    // Linked with all, it is not busy with what it cannot pass on.
    world.meeting = Meeting::Works;
    world.pass(130_000);
    assert_eq!(world.links().len(), 6);
    world.draw(1);
    world.pass(10_000);
    world.assert_equal();
}

#[test]
fn what_the_page_of_a_viewer_draws_stays_there() {
    let mut world = World::room(2, 2);
    let view_link = world.view_link(0);
    let viewer = world.come(1, &view_link);
    world.pass(1_000);
    let document = world.page(viewer).document().unwrap();
    let patch = drawn(document, FORGED);
    world.commit(viewer, &patch);
    world.pass(20_000);
    assert!(has_variable(world.page(viewer).document(), FORGED));
    for seat in 0..2 {
        assert!(!has_variable(world.page(seat).document(), FORGED));
        assert_eq!(world.unsent(seat), 0);
        assert_eq!(world.joined(seat), 2);
    }
    world.draw(0);
    world.pass(1_000);
    assert_eq!(world.unsent(0), 0);
}

#[test]
fn what_only_viewers_have_counts_as_unsent() {
    let mut world = World::room(3, 1);
    let view_link = world.view_link(0);
    let viewer = world.come(0, &view_link);
    world.pass(1_000);
    for _ in 0..3 {
        world.draw(0);
        world.pass(1_000);
    }
    assert_eq!(world.page(viewer).document(), world.page(0).document());
    assert_eq!((world.joined(0), world.unsent(0)), (1, 4));
    assert!(world.all_told.is_empty());
    world.join(0);
    world.pass(1_000);
    world.assert_equal();
    assert_eq!(world.all_told.len(), 3);
}

#[test]
fn an_entry_counts_if_somebody_signed_it_who_may_edit_and_not_else() {
    let [entry, held] = frames();
    // Who may edit brings it in: the frames are such as count.
    let (mut world, hand, _) = with_hand(2);
    let link = link().fragment();
    say(&mut world, hand, &link, &here(PAGE));
    say(
        &mut world,
        hand,
        &link,
        &ChannelFrame::Signed(&signed(PAGE, &held)),
    );
    say(
        &mut world,
        hand,
        &link,
        &ChannelFrame::Signed(&signed(PAGE, &entry)),
    );
    world.pass(5_000);
    assert!(has_variable(world.page(1).document(), FORGED));
    assert!(world.seats[0].closed.is_empty());

    let (mut world, hand, link) = with_hand(2);
    say(&mut world, hand, &link, &here(PAGE));
    say(&mut world, hand, &link, &ChannelFrame::Held(&held));
    assert!(world.seats[0].closed.is_empty());
    let forged = forged(&link, PAGE, &entry);
    say(&mut world, hand, &link, &ChannelFrame::Signed(&forged));
    say(&mut world, hand, &link, &ChannelFrame::Signed(&entry));
    assert!(world.seats[0].closed.is_empty(), "it is as good as nothing");
    say(&mut world, hand, &link, &ChannelFrame::Held(&entry));
    assert_eq!(world.seats[0].closed.len(), 1);
    world.pass(5_000);
    for seat in 0..2 {
        assert!(!has_variable(world.page(seat).document(), FORGED));
        assert!(world.page(seat).news.is_empty());
    }
}

#[test]
fn what_a_viewer_sends_back_or_on_counts_for_nobody() {
    // A viewer hears all that a page says, and says it again by another channel as its own word.
    for first in [Some(here(PAGE + 1)), None] {
        let (mut world, hand, link) = with_hand(1);
        world.draw(0);
        let [_, held] = frames();
        say(&mut world, hand, &link, &here(PAGE));
        say(&mut world, hand, &link, &ChannelFrame::Held(&held));
        let got = std::mem::take(&mut world.seats[hand].got);
        let got: Vec<Vec<u8>> = got
            .into_iter()
            .filter_map(|(_, got)| match got {
                Got::Frame(frame) => Some(frame),
                Got::Opened | Got::Closed => None,
            })
            .collect();
        let kinds: Vec<Kind> = got.iter().map(|frame| world.reader.kind(frame)).collect();
        let of = |kind: &Kind| got.iter().zip(&kinds).find(|(_, of)| *of == kind);
        for kind in [Kind::Entries, Kind::Held] {
            let (frame, _) = of(&kind).unwrap();
            world.invite(hand, 0);
            world.pass(100);
            if let Some(first) = &first {
                say(&mut world, hand, &link, first);
            }
            let number = world.seats[hand].got.last().unwrap().0;
            let closed = world.seats[0].closed.len();
            world.send(hand, number, frame.clone());
            world.pass(500);
            assert_eq!(world.unsent(0), 2, "{kind:?}");
            assert_eq!(world.seats[0].closed.len(), closed + 1);
        }
        assert!(world.all_told.is_empty());
    }
}

#[test]
fn a_viewer_stops_nobody_with_what_cannot_be_read() {
    let (mut world, hand, link) = with_hand(1);
    say(&mut world, hand, &link, &here(PAGE));
    for start in 0..=4 {
        let frame = [start, 1, 1, 1, 1, 1];
        say(&mut world, hand, &link, &ChannelFrame::Held(&frame));
        say(&mut world, hand, &link, &ChannelFrame::Held(&[]));
    }
    let state = world.page(0).state.clone().unwrap();
    assert!(!state.is_outdated);
    assert!(world.page(0).news.is_empty());
    assert!(world.draw(0));
}

#[test]
fn presence_of_another_number_or_another_page_is_not_heard() {
    let (mut world, hand, link) = with_hand(2);
    world.tell(0, "Ada");
    world.tell(1, "Bea");
    world.pass(1_000);
    say(&mut world, hand, &link, &here(PAGE));
    let seal = keys(&link).presence_seal(entropy(5));
    let text = seal.seal(PAGE, 7, b"\0\x01\x03Cyd");
    let mut told = |page, number, text| {
        let frame = ChannelFrame::Told { page, number, text };
        say(&mut world, hand, &link, &frame);
        world.page(0).heard.len()
    };
    let before = told(PAGE, 6, Some(&text));
    assert_eq!(told(PAGE + 1, 7, Some(&text)), before);
    assert_eq!(told(PAGE, u32::MAX, Some(&text)), before);
    assert_eq!(told(PAGE, 7, Some("\"\"")), before);
    assert_eq!(told(PAGE, 7, Some(&text)), before + 1);
    assert_eq!(told(PAGE, 7, Some(&text)), before + 1, "it is heard once");
    assert_eq!(world.hears(1, "Cyd"), Some(Some("Cyd")));
    // Nor does a page believe anybody that it leaves itself.
    let page = world.page(1).heard[0].0;
    let farewell = ChannelFrame::Told {
        page,
        number: u32::MAX,
        text: None,
    };
    say(&mut world, hand, &link, &farewell);
    world.ask(0, Request::Tell("Ada again".to_owned()));
    world.pass(100);
    assert!(
        world
            .page(1)
            .heard
            .iter()
            .any(|(.., told)| told.as_deref() == Some("Ada again"))
    );
    world.draw(0);
    world.pass(1_000);
    world.assert_equal();
}
