//! What a member says to its page.

use super::Output;
use super::enter::capital;
use super::session::Session;
use crate::store::DocumentCodec;
use crate::sync::{Base as Standing, Body, News, Standing as RoomStanding};
use crate::together::request::{Base, Gesture};
use crate::together::response::{Response, RoomState};
use crate::together::stored::pairs;
use crate::worker::NativeFormat;

/// Entries that are missing are told after so many milliseconds: mostly they are only late.
const LATE: u64 = 10_000;
const UNREADABLE: &str = "A change of another cannot be read. All else goes on.";

impl Session {
    /// Tells what the document stands on and what was played, where the page does not know it.
    pub(super) fn tell_changes(&mut self) {
        let is_new = self.room.grounds() != self.told_grounds;
        if is_new {
            let Some(base) = self.room.base() else {
                return;
            };
            self.told.clone_from(&base.settled);
            let based = Response::Based(Box::new(written(&base)));
            self.out.push(Output::Say(based));
            self.told_grounds = self.room.grounds();
        }
        let gestures = self.room.gestures_since(&self.told);
        // What the page has done it knows.
        let own = self.tab;
        let gestures = gestures.iter();
        let gestures = gestures.filter(|gesture| is_new || gesture.order.tab != own);
        let gestures: Vec<Gesture> = gestures
            .map(|played| Gesture::of(played, &NativeFormat))
            .collect();
        if is_new || !gestures.is_empty() {
            self.out.push(Output::Say(Response::Play(gestures)));
        }
        self.told = self.room.played();
    }

    /// Tells something about an entry.
    pub(super) fn tell_news(&mut self, news: News) {
        let said = match news {
            News::Refused { why, .. } => {
                let why = capital(&why.to_string());
                Response::News(format!("{why}. All else goes on."))
            }
            News::SetAside { tab, number } => {
                let entry = self.room.entry(tab, number);
                let Some(Body::Snapshot(snapshot)) = entry.map(|entry| &entry.body) else {
                    return;
                };
                Response::SetAside(NativeFormat.write_document(&snapshot.document))
            }
        };
        self.out.push(Output::Say(said));
    }

    /// Tells once that something cannot be read.
    pub(super) fn tell_unreadable(&mut self) {
        if !std::mem::replace(&mut self.has_told_unreadable, true) {
            let said = Response::News(UNREADABLE.to_owned());
            self.out.push(Output::Say(said));
        }
    }

    /// Tells how things stand, if that has changed.
    pub(super) fn tell_state(&mut self) {
        if std::mem::take(&mut self.is_changed) {
            self.count();
        }
        let is_late = self.tells_missing_at().is_some_and(|at| at <= self.now);
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let standing = self.room.standing();
        let state = RoomState {
            connection: self
                .reach
                .connection(self.ahead, number(self.direct.joined() as u64)),
            unsent: number(self.unsent as u64),
            missing: if is_late { number(self.missing) } else { 0 },
            is_outdated: self.is_newer || matches!(standing, RoomStanding::Outdated { .. }),
        };
        if self.said.as_ref() != Some(&state) {
            self.said = Some(state.clone());
            self.out.push(Output::Say(Response::State(state)));
        }
    }

    /// Counts what the relay has not shown, and what is missing.
    fn count(&mut self) {
        self.unsent = match &self.seal {
            Some(_) if self.relay.is_none() => {
                let tabs = self.tellers.maker().into_iter().chain([self.tab]);
                self.direct.unsent(&self.room, &tabs.collect::<Vec<_>>())
            }
            Some(_) => self.line.unsent(&self.room) + self.log.restoring(),
            None => 0,
        };
        let gaps = self.room.gaps();
        let gaps = gaps
            .iter()
            .map(|gap| (*gap.missing.start(), *gap.missing.end()));
        self.missing = gaps.fold(0, |sum, (first, last)| sum.saturating_add(last - first + 1));
        self.gaps_since = match self.gaps_since {
            _ if self.missing == 0 => None,
            None => Some(self.now),
            since => since,
        };
    }

    /// When missing entries are told.
    pub(super) fn tells_missing_at(&self) -> Option<u64> {
        self.gaps_since.map(|since| since + LATE)
    }
}

fn written(base: &Standing<'_>) -> Base {
    let order = base.entry.order;
    Base {
        lamport: order.lamport,
        tab: order.tab.bits(),
        number: order.number,
        at: base.entry.at,
        rules: base.entry.rules,
        covered: pairs(&base.snapshot.covered),
        let_go: pairs(&base.snapshot.let_go),
        settled: pairs(&base.settled),
        document: NativeFormat.write_document(&base.snapshot.document),
    }
}
