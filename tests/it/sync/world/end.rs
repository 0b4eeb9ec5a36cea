//! The end of a world: all is mended, and what must hold then.

use std::collections::BTreeSet;

use loopstream::model::{Element, Id};
use loopstream::store::DocumentCodec;
use loopstream::sync::{Body, Standing};
use loopstream::worker::NativeFormat;

use super::{MANY, World};
use crate::sync::oracle::document_of;

impl World {
    /// Everything is mended: all lines are open, all have the newest version, and all is heard.
    pub(super) fn heal(&mut self) {
        self.say("all is mended".to_owned());
        for at in self.living() {
            self.pages[at].lives = MANY;
            if self.newest_rules > 1 {
                self.pages[at].rules = self.newest_rules;
                self.reload(at);
            }
            self.connect(at);
        }
        for _ in 0..100 {
            let mut is_quiet = true;
            for at in self.living() {
                if !self.pages[at].is_connected {
                    self.connect(at);
                }
                while !self.pages[at].from_relay.is_empty() {
                    is_quiet = false;
                    self.hear_relay(at);
                }
                while !self.pages[at].from_peers.is_empty() {
                    is_quiet = false;
                    self.hear_peer(at, false);
                }
            }
            if is_quiet {
                return;
            }
        }
        panic!("it never becomes quiet");
    }

    /// What must hold in the end.
    pub(super) fn check(&self) -> String {
        let living = self.living();
        let pages = || living.iter().map(|at| &self.pages[*at]);
        // What was only with those who are gone for good nobody can have.
        let mut all = self.all.clone();
        all.retain(|(tab, number), _| {
            pages().any(|page| {
                page.room.entry(*tab, *number).is_some() || page.room.is_gone(*tab, *number)
            })
        });
        let expected = document_of(&all).unwrap();
        let expected = NativeFormat.write_document(&expected);
        for page in pages() {
            assert_eq!(page.room.standing(), Standing::Working);
            let document = page.room.document().unwrap();
            assert_eq!(Some(document), page.shown.as_ref());
            assert_eq!(NativeFormat.write_document(document), expected);
            assert_eq!(page.relay.unsent(&page.room), 0, "all is sent");
            for key in &self.told {
                let is_there = page.room.entry(key.0, key.1).is_some();
                assert!(
                    is_there || page.room.is_gone(key.0, key.1),
                    "{key:?} was sent"
                );
            }
            for key in all.keys() {
                let is_there = page.room.entry(key.0, key.1).is_some();
                assert!(
                    is_there || page.room.is_gone(key.0, key.1),
                    "{key:?} was kept"
                );
            }
        }
        let first = &self.pages[living[0]].room;
        let gaps: BTreeSet<Id> = first.gaps().iter().map(|gap| gap.tab).collect();
        let patches = all.iter().filter(|((tab, _), _)| !gaps.contains(tab));
        let patches = patches.filter_map(|(_, entry)| match &entry.body {
            Body::Patch(patch) => Some(patch),
            _ => None,
        });
        let changes: Vec<_> = patches.flat_map(|patch| &patch.changes).collect();
        let removed: BTreeSet<Id> = changes
            .iter()
            .filter(|(_, change)| change.after.is_none())
            .map(|(id, _)| **id)
            .collect();
        for (id, change) in changes {
            let is_made = matches!(change.after, Some(Element::Variable(_)));
            if is_made && change.before.is_none() && !removed.contains(id) && !self.is_split {
                let document = first.document().unwrap();
                assert!(
                    document.variables().contains_key(id),
                    "{id} was drawn by somebody"
                );
            }
        }
        expected
    }
}
