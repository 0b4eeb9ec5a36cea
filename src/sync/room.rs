//! A room: its log, and the document that follows from it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::entry::{Body, Entry, LARGEST_NUMBER};
use super::ground::{Ground, chosen};
use super::log::Log;
use super::snapshot::{FORGET_AFTER, MOST_TABS, SNAPSHOT_AFTER, Snapshot, covers, extend, upto};
use super::standing::{Closed, Gap, News, NoSnapshot, Refusal, Standing};
use crate::model::{Document, Id, Patch};
use crate::store::{Covered, Order};

/// The most entries of others that a room keeps.
pub const MOST_ENTRIES: usize = 200_000;

/// A room as one page knows it.
#[derive(Clone, Debug)]
pub struct Room {
    me: Id,
    made: u64,
    rules: u32,
    log: Log,
    /// Up to which number everybody may forget the entries of each tab.
    gone: Covered,
    /// What the document stands on; none before the first snapshot has come.
    ground: Option<Ground>,
    /// How often it was chosen.
    grounds: u64,
    /// The latest time of a snapshot.
    lamport: u64,
    /// The rules of the newest entry that this page cannot play.
    newer: Option<u32>,
    /// The entries that a person has been told of.
    told: BTreeSet<(Id, u64)>,
}

impl Room {
    /// Opens a room with a document: the first entry is a snapshot of it.
    ///
    /// `me` names this tab: fresh for every load of the page. `rules` are those of this program,
    /// [`RULES`](super::RULES). `now` is in milliseconds since the epoch, here as everywhere.
    #[must_use]
    pub fn open(me: Id, document: Document, rules: u32, now: u64) -> Self {
        let mut room = Self::join(me, rules);
        room.add_snapshot(document, [(me, 1)].into(), Covered::new(), now);
        room
    }

    /// Joins a room, or comes back to one: give it what was kept, and then what comes.
    #[must_use]
    pub fn join(me: Id, rules: u32) -> Self {
        Self {
            me,
            made: 0,
            rules,
            log: Log::default(),
            gone: Covered::new(),
            ground: None,
            grounds: 0,
            lamport: 0,
            newer: None,
            told: BTreeSet::new(),
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (self.newer, &self.ground) {
            (Some(rules), _) => Standing::Outdated { rules },
            (None, None) => Standing::Joining,
            (None, Some(_)) => Standing::Working,
        }
    }

    /// The document, if it is here.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        self.ground.as_ref().map(Ground::document)
    }

    /// How often it was chosen anew what the document stands on; 0 before the first snapshot.
    #[must_use]
    pub const fn grounds(&self) -> u64 {
        self.grounds
    }

    /// The rules by which gestures are made here now: those of what the document stands on.
    #[must_use]
    pub fn rules_of_gestures(&self) -> u32 {
        let ground = self.ground.as_ref();
        ground.map_or(self.rules, |ground| ground.rules)
    }

    /// The rules by which this program plays patches.
    #[must_use]
    pub const fn rules(&self) -> u32 {
        self.rules
    }

    /// The entries that are here, by tab and number.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.log.iter()
    }

    /// One entry, if it is here.
    #[must_use]
    pub fn entry(&self, tab: Id, number: u64) -> Option<&Entry> {
        self.log.get(tab, number)
    }

    /// Whether everybody may forget an entry.
    #[must_use]
    pub fn is_gone(&self, tab: Id, number: u64) -> bool {
        self.are_gone(tab, number..=number)
    }

    /// Up to which number every entry of each tab is here or may be forgotten: what another room
    /// need not send.
    #[must_use]
    pub fn held(&self) -> Covered {
        self.log.held(&self.gone)
    }

    /// What is missing: the first gap of each tab. The entries after it wait.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let played = self.ground.as_ref().map(|ground| &ground.played);
        self.log.gaps(played.unwrap_or(&self.gone))
    }

    /// Makes an entry of a gesture in the document as it is here.
    ///
    /// Returns what it does to the document; mostly what it says.
    ///
    /// # Errors
    /// There is no document yet, or somebody has a newer version of the program.
    pub fn commit(&mut self, patch: Patch, now: u64) -> Result<Option<Patch>, Closed> {
        let ground = self.working()?;
        let (latest, rules) = (ground.latest(), ground.rules);
        let entry = Entry {
            order: self.next_order(latest),
            at: now,
            rules,
            body: Body::Patch(Box::new(patch)),
        };
        self.made = entry.order.number;
        Ok(self.take([entry]).0)
    }

    /// Takes entries in, in whatever order they come; those already here change nothing.
    ///
    /// Returns what that does to the document, if there was one and it changes, and what a person
    /// should know.
    pub fn take(&mut self, entries: impl IntoIterator<Item = Entry>) -> (Option<Patch>, Vec<News>) {
        let mut news = Vec::new();
        let mut tabs = BTreeSet::new();
        let mut has_snapshot = false;
        for entry in entries {
            let (tab, is_snapshot) = (entry.order.tab, matches!(entry.body, Body::Snapshot(_)));
            if self.admit(entry, &mut news) {
                tabs.insert(tab);
                has_snapshot |= is_snapshot;
            }
        }
        if self.newer.is_some() {
            return (None, news);
        }
        if !has_snapshot {
            return (self.play(&tabs, &mut news), news);
        }
        let before = self.document().cloned();
        self.move_ground();
        let tabs = self.log.tabs();
        let _ = self.play(&tabs, &mut news);
        self.tell_what_is_set_aside(&mut news);
        let effect = before.zip(self.document());
        let effect = effect.map(|(before, now)| Patch::between(&before, now));
        (effect.filter(|patch| !patch.is_empty()), news)
    }

    /// Whether it is time for a snapshot, and for this tab to make it.
    ///
    /// `present` are the tabs that are in touch, this one among them: none when cut off, since who
    /// is alone must not decide what all may forget. Ask when nothing has happened for a moment.
    #[must_use]
    pub fn wants_snapshot(&self, present: &[Id]) -> bool {
        self.working().is_ok_and(|ground| {
            present.iter().min() == Some(&self.me) && ground.patches() >= SNAPSHOT_AFTER
        })
    }

    /// Makes a snapshot of the document as it is here.
    ///
    /// # Errors
    /// Nothing can be changed, another snapshot covers entries that are not here, or there were
    /// too many tabs.
    pub fn snapshot(&mut self, now: u64) -> Result<(), NoSnapshot> {
        let ground = self.working()?;
        let mut covered = ground.played.clone();
        let mut let_go = self.gone.clone();
        for (entry, snapshot) in self.log.snapshots() {
            if !covers(&covered, &snapshot.covered) {
                return Err(NoSnapshot::Waiting);
            }
            if entry.at.saturating_add(FORGET_AFTER) <= now {
                extend(&mut let_go, &snapshot.covered);
            }
        }
        covered.insert(self.me, self.made + 1);
        if covered.len() > MOST_TABS {
            return Err(NoSnapshot::TooManyTabs);
        }
        let document = ground.document().clone();
        self.add_snapshot(document, covered, let_go, now);
        Ok(())
    }

    /// Forgets what everybody may forget; returns what that was, by tab and number.
    pub fn forget(&mut self) -> Vec<(Id, u64)> {
        let mut log = std::mem::take(&mut self.log);
        let gone = log.remove_all(|tab, number| self.is_gone(tab, number));
        self.log = log;
        gone
    }

    /// Whether everybody may forget these entries of a tab; what the document stands on stays.
    pub(super) fn are_gone(&self, tab: Id, numbers: RangeInclusive<u64>) -> bool {
        let stands_on =
            |ground: &Ground| ground.order.tab == tab && numbers.contains(&ground.order.number);
        !numbers.is_empty()
            && *numbers.end() <= upto(&self.gone, tab)
            && !self.ground.as_ref().is_some_and(stands_on)
    }

    /// What the document stands on.
    pub(super) const fn ground(&self) -> Option<&Ground> {
        self.ground.as_ref()
    }

    /// Up to which number everybody may forget the entries of each tab.
    pub(super) const fn gone(&self) -> &Covered {
        &self.gone
    }

    /// The log.
    pub(super) const fn log(&self) -> &Log {
        &self.log
    }

    const fn working(&self) -> Result<&Ground, Closed> {
        match (self.newer, &self.ground) {
            (Some(_), _) => Err(Closed::Outdated),
            (None, None) => Err(Closed::Joining),
            (None, Some(ground)) => Ok(ground),
        }
    }

    /// The order of the next entry of this tab, no later than a time.
    fn next_order(&self, latest: u64) -> Order {
        let played = self.ground.as_ref().map_or(0, Ground::lamport);
        let lamport = self.lamport.max(played).saturating_add(1);
        Order {
            lamport: lamport.min(latest).min(LARGEST_NUMBER),
            tab: self.me,
            number: self.made + 1,
        }
    }

    fn add_snapshot(&mut self, document: Document, covered: Covered, let_go: Covered, now: u64) {
        let snapshot = Snapshot {
            covered,
            let_go,
            document,
        };
        let entry = Entry {
            order: self.next_order(snapshot.latest()),
            at: now,
            rules: self.rules,
            body: Body::Snapshot(Box::new(snapshot)),
        };
        self.made = entry.order.number;
        // It is of what is here, so it changes nothing.
        let _ = self.take([entry]);
    }

    /// Puts an entry into the log, if it is not there; says whether it is new.
    fn admit(&mut self, entry: Entry, news: &mut Vec<News>) -> bool {
        let order = entry.order;
        if self.is_gone(order.tab, order.number) {
            return false;
        }
        if let Some(there) = self.log.get(order.tab, order.number) {
            if *there != entry {
                self.tell(News::refused(order, Refusal::Twice), news);
            }
            return false;
        }
        if order.tab != self.me && self.log.len() >= MOST_ENTRIES {
            self.tell(News::refused(order, Refusal::Full), news);
            return false;
        }
        match &entry.body {
            Body::Newer(_) => self.newer = self.newer.max(Some(entry.rules)),
            _ if entry.rules > self.rules => self.newer = self.newer.max(Some(entry.rules)),
            Body::Snapshot(_) => self.lamport = self.lamport.max(order.lamport),
            Body::Damaged(_) => self.tell(News::refused(order, Refusal::Damaged), news),
            Body::Patch(_) => {}
        }
        self.log.insert(entry);
        true
    }

    /// Chooses anew what the document stands on, after a snapshot has come.
    fn move_ground(&mut self) {
        let mut gone = self.gone.clone();
        for (_, snapshot) in self.log.snapshots() {
            extend(&mut gone, &snapshot.let_go);
        }
        if let Some((entry, snapshot)) = chosen(self.log.snapshots(), &gone) {
            let same = self.ground.as_ref();
            let is_same = same.is_some_and(|ground| ground.order == entry.order);
            if !is_same || !covers(&snapshot.covered, &gone) {
                self.ground = Some(Ground::new(entry, snapshot, &gone));
                self.grounds += 1;
            }
        }
        self.gone = gone;
    }

    /// Plays what can be played of these tabs.
    fn play(&mut self, tabs: &BTreeSet<Id>, news: &mut Vec<News>) -> Option<Patch> {
        let ground = self.ground.as_mut()?;
        let (effect, refused) = ground.play(&self.log, tabs);
        for one in refused {
            self.tell(one, news);
        }
        effect
    }

    /// Tells of the snapshots that hold what is not in the document.
    fn tell_what_is_set_aside(&mut self, news: &mut Vec<News>) {
        let Some(ground) = &self.ground else {
            return;
        };
        let snapshots = self.log.snapshots();
        let aside = snapshots.filter(|(entry, one)| ground.lacks(entry, one, &self.gone));
        let aside: Vec<News> = aside
            .map(|(entry, _)| News::set_aside(entry.order))
            .collect();
        for one in aside {
            self.tell(one, news);
        }
    }

    /// Tells a person about an entry, unless that was done before.
    fn tell(&mut self, one: News, news: &mut Vec<News>) {
        if self.told.insert(one.about()) {
            news.push(one);
        }
    }
}
