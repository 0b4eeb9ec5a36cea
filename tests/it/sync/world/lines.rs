//! The lines of a world: to its relay, and from page to page.

use loopstream::sync::{Heard, Line, Other, Seal, Sealed};

use super::{FromRelay, KEY, World};
use crate::sync::seal::{Out, ToySeal};

impl World {
    /// Sends what the others lack, on every line of a page.
    pub(super) fn offer(&mut self, at: usize) {
        if self.pages[at].lives == 0 {
            self.reload(at);
            return;
        }
        if self.pages[at].is_connected {
            let nonce = self.chance.next();
            let mut out = Out::new(self.limit);
            out.left = self.chance.once_in(60).then(|| self.chance.below(3));
            let page = &mut self.pages[at];
            let result = page.relay.offer(
                &page.room,
                &self.codec,
                &mut Sealed {
                    carrier: &mut out,
                    seal: &mut ToySeal { key: KEY, nonce },
                },
            );
            for frame in out.frames {
                self.relay.push(frame.clone());
                for page in self.pages.iter_mut().filter(|page| page.is_connected) {
                    page.from_relay.push_back(FromRelay::Frame(frame.clone()));
                }
            }
            if result.is_err() {
                self.say(format!("the line of {at} broke while it sent"));
                self.disconnect(at);
            }
        }
        let others: Vec<usize> = self.pages[at].peers.keys().copied().collect();
        for other in others {
            let mut out = Out::new(700);
            let page = &mut self.pages[at];
            let line = page.peers.get_mut(&other).unwrap();
            line.offer(&page.room, &self.codec, &mut out).unwrap();
            self.send(at, other, out.frames);
        }
    }

    pub(super) fn send(&mut self, from: usize, to: usize, frames: Vec<Vec<u8>>) {
        let frames = frames.into_iter().map(|frame| (from, frame));
        self.pages[to].from_peers.extend(frames);
    }

    pub(super) fn connect(&mut self, at: usize) {
        self.disconnect(at);
        let page = &mut self.pages[at];
        page.is_connected = true;
        page.relay.open();
        let frames = self.relay.iter().cloned().map(FromRelay::Frame);
        page.from_relay = frames.chain([FromRelay::Synced]).collect();
    }

    pub(super) fn disconnect(&mut self, at: usize) {
        self.pages[at].is_connected = false;
        self.pages[at].from_relay.clear();
    }

    /// Opens a line between two pages, or opens it again.
    pub(super) fn link(&mut self, one: usize, other: usize) {
        for (at, to) in [(one, other), (other, one)] {
            let mut line = Line::new(Other::Room);
            line.open();
            self.pages[at].peers.insert(to, line);
            self.say_held(at, to);
        }
    }

    pub(super) fn unlink(&mut self, one: usize, other: usize) {
        for (at, to) in [(one, other), (other, one)] {
            self.pages[at].peers.remove(&to);
            self.pages[at].from_peers.retain(|(from, _)| *from != to);
        }
    }

    pub(super) fn say_held(&mut self, at: usize, to: usize) {
        let mut out = Out::new(700);
        let page = &self.pages[at];
        let line = &page.peers[&to];
        line.say_held(&page.room, &mut out).unwrap();
        self.send(at, to, out.frames);
    }

    /// A page hears the next that the relay has sent it.
    pub(super) fn hear_relay(&mut self, at: usize) {
        let page = &mut self.pages[at];
        let seal = ToySeal { key: KEY, nonce: 0 };
        match page.from_relay.pop_front() {
            None => {}
            Some(FromRelay::Synced) => {
                page.relay.heard_all();
                self.offer(at);
            }
            Some(FromRelay::Deleted(frame)) => {
                page.relay.lose(&seal.open(&frame).unwrap());
                self.offer(at);
            }
            Some(FromRelay::Frame(frame)) => {
                let frame = seal.open(&frame).unwrap();
                match page.relay.hear(&frame, &page.room, &self.codec).unwrap() {
                    Heard::Entries(entries) => self.take(at, entries),
                    Heard::Piece => {}
                    Heard::Held(_) => unreachable!("a relay says nothing itself"),
                }
            }
        }
    }

    /// A page hears one of the frames on their way from other pages, if they are not lost.
    pub(super) fn hear_peer(&mut self, at: usize, is_lossy: bool) {
        let page = &mut self.pages[at];
        if page.from_peers.is_empty() {
            return;
        }
        let which = match is_lossy {
            true => self.chance.below(page.from_peers.len()),
            false => 0,
        };
        let (from, frame) = match is_lossy && self.chance.once_in(6) {
            true => page.from_peers[which].clone(),
            false => page.from_peers.remove(which),
        };
        if is_lossy && self.chance.once_in(8) {
            return;
        }
        let Some(line) = page.peers.get_mut(&from) else {
            return;
        };
        match line.hear(&frame, &page.room, &self.codec).unwrap() {
            Heard::Entries(entries) => self.take(at, entries),
            Heard::Held(_) => self.offer(at),
            Heard::Piece => {}
        }
    }
}
