//! Who is in a room: what the pages tell of themselves, joined to people.

use std::collections::{BTreeMap, BTreeSet};

use super::people_page::Page;
use super::presence::Presence;
use crate::model::{Colour, Id};

/// After so long a silence a page is gone, in milliseconds. A page tells of itself every 15 s.
pub const FORGOTTEN_AFTER: u64 = 30_000;
/// After so long without a hand on any page somebody is away, in milliseconds.
pub const AWAY_AFTER: u64 = 60_000;
/// The most pages that are listed.
pub const MOST_PAGES: usize = 200;
/// Who comes back before so many milliseconds has not left: it was a reload.
const BACK_WITHIN: u64 = 5_000;
/// A step of time that is longer, in milliseconds, counts as so long: this page slept meanwhile,
/// and heard nobody.
const LONGEST_STEP: u64 = 10_000;
/// The name of somebody who gave none.
pub(super) const NAMELESS: &str = "Guest";
/// Of so many pages that are gone the number of the last message is kept.
const MOST_CLOCKS: usize = 2_000;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reception {
    /// It counts.
    Taken,
    /// It is not newer than what is known of the page, or it comes from this page.
    Old,
    /// There are too many pages to list one more.
    Full,
}

/// What there is to tell of who comes and goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleNews {
    /// Somebody came, with this name; it may be empty.
    Joined(String),
    /// The last page of somebody is gone.
    Left(String),
}

/// Everybody in a room. All times are in milliseconds by one clock of this page.
#[derive(Clone, Debug)]
pub struct People {
    page: Id,
    pub(super) own: Page,
    pub(super) pages: BTreeMap<Id, Page>,
    clocks: BTreeMap<Id, Clock>,
    /// Who was told to have joined.
    told: BTreeMap<Id, Told>,
    news: Vec<PeopleNews>,
    now: u64,
    /// For how long this page was awake.
    awake: u64,
}

/// The number of the last message of a page, and when it came, in the time that this page was awake.
#[derive(Clone, Copy, Debug)]
struct Clock {
    number: u64,
    heard: u64,
}

#[derive(Clone, Debug)]
struct Told {
    name: String,
    /// The last sign of a page of the person, in the time that this page was awake.
    heard: u64,
}

/// Somebody in the list of people.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Who it is.
    pub person: Id,
    /// Whether it is the person before this page.
    pub who: Who,
    /// The name by which the list tells them apart.
    pub name: String,
    /// The colour.
    pub colour: Colour,
    /// The letter that stands for the name.
    pub sign: String,
    /// The other pages of the person, the one that was used last before the others.
    pub pages: Vec<Id>,
    /// How many changes the person holds back until quiet writing ends.
    pub drafts: u64,
    /// Whether somebody is there.
    pub activity: Activity,
    /// Since when the person asks to speak.
    pub hand: Option<u64>,
    /// How many dots of the open vote the person has given.
    pub dots: usize,
}

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The person before this page.
    You,
    /// Another.
    Other,
}

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// There was a hand on one of the pages a short while ago.
    Here,
    /// There was none for [`AWAY_AFTER`].
    Away,
}

impl People {
    /// Nobody but the person before this page.
    #[must_use]
    pub fn new(page: Id, own: Presence, now: u64) -> Self {
        Self {
            page,
            own: Page::next(None, own, now),
            pages: BTreeMap::new(),
            clocks: BTreeMap::new(),
            told: BTreeMap::new(),
            news: Vec::new(),
            now,
            awake: 0,
        }
    }

    /// This page tells something else of itself.
    pub fn set_own(&mut self, own: Presence, now: u64) {
        self.advance(now);
        self.own = Page::next(Some(&self.own), own, self.now);
        self.settle();
    }

    /// Hears what a page tells; nothing, if it says that it leaves. A number that is not greater
    /// than the last one of that page is of an old message, whatever way it took; only a farewell
    /// may have the number of the last.
    pub fn hear(&mut self, page: Id, number: u64, told: Option<Presence>, now: u64) -> Reception {
        self.advance(now);
        let reception = self.received(page, number, told);
        self.settle();
        reception
    }

    fn received(&mut self, page: Id, number: u64, told: Option<Presence>) -> Reception {
        let known = self.clocks.get(&page).map_or(0, |clock| clock.number);
        let is_farewell = told.is_none() && self.pages.contains_key(&page);
        if page == self.page || number < known || (number == known && !is_farewell) {
            return Reception::Old;
        }
        let is_full = self.pages.len() >= MOST_PAGES && !self.pages.contains_key(&page);
        if told.is_some() && is_full {
            return Reception::Full;
        }
        let clock = Clock {
            number,
            heard: self.awake,
        };
        self.clocks.insert(page, clock);
        match told {
            None => {
                if let Some(gone) = self.pages.remove(&page) {
                    self.note_sign(gone.presence.person, None);
                }
            }
            Some(presence) => {
                self.note_sign(presence.person, Some(&presence.name));
                let next = Page::next(self.pages.get(&page), presence, self.now);
                self.pages.insert(page, next);
            }
        }
        Reception::Taken
    }

    /// Time passes: pages that are silent for [`FORGOTTEN_AFTER`] are gone. Call it more
    /// often than every 10 s; a longer step counts as that, since this page slept.
    pub fn pass(&mut self, now: u64) {
        self.advance(now);
        self.settle();
    }

    /// Who came and who left since this was asked last.
    pub fn take_news(&mut self) -> Vec<PeopleNews> {
        std::mem::take(&mut self.news)
    }

    fn advance(&mut self, now: u64) {
        let now = now.max(self.now);
        self.awake += (now - self.now).min(LONGEST_STEP);
        self.now = now;
        let clocks = &self.clocks;
        let awake = self.awake;
        self.pages.retain(|page, _| {
            clocks
                .get(page)
                .is_some_and(|clock| awake - clock.heard < FORGOTTEN_AFTER)
        });
        while self.clocks.len() > MOST_CLOCKS {
            let gone = self
                .clocks
                .iter()
                .filter(|(page, _)| !self.pages.contains_key(page));
            let Some((oldest, _)) = gone.min_by_key(|(_, clock)| clock.heard) else {
                return;
            };
            let oldest = *oldest;
            self.clocks.remove(&oldest);
        }
    }

    /// Notes that a page of somebody who was told to be here gave a sign.
    fn note_sign(&mut self, person: Id, name: Option<&str>) {
        if let Some(told) = self.told.get_mut(&person) {
            told.heard = self.awake;
            if let Some(name) = name {
                name.clone_into(&mut told.name);
            }
        }
    }

    /// Tells who came and who left.
    fn settle(&mut self) {
        let mut here = BTreeMap::new();
        for page in self.pages.values() {
            here.insert(page.presence.person, &page.presence.name);
        }
        let own = self.own.presence.person;
        here.remove(&own);
        let awake = self.awake;
        for (person, name) in &here {
            self.told.entry(*person).or_insert_with(|| {
                self.news.push(PeopleNews::Joined((*name).clone()));
                Told {
                    name: (*name).clone(),
                    heard: awake,
                }
            });
        }
        let news = &mut self.news;
        self.told.retain(|person, told| {
            let is_here = here.contains_key(person) || awake - told.heard < BACK_WITHIN;
            if !is_here && *person != own {
                news.push(PeopleNews::Left(told.name.clone()));
            }
            is_here
        });
    }

    /// What each other page told last.
    pub fn pages(&self) -> impl Iterator<Item = (Id, &Presence)> {
        self.pages
            .iter()
            .map(|(page, known)| (*page, &known.presence))
    }

    /// The list of people: who is before this page, then the others by name. People of one name are
    /// told apart by numbers.
    #[must_use]
    pub fn list(&self, now: u64) -> Vec<Person> {
        let mut by_person: BTreeMap<Id, Vec<(Id, &Page)>> = BTreeMap::new();
        by_person.insert(self.own.presence.person, Vec::new());
        for (page, known) in &self.pages {
            by_person
                .entry(known.presence.person)
                .or_default()
                .push((*page, known));
        }
        let mut list: Vec<Person> = by_person
            .into_iter()
            .map(|(person, pages)| self.person(person, pages, now))
            .collect();
        // The sort is stable: people of one name stay in the order of their ids.
        list.sort_by_cached_key(|one| (one.who != Who::You, one.name.to_lowercase()));
        tell_apart(&mut list);
        list
    }

    fn person(&self, person: Id, mut pages: Vec<(Id, &Page)>, now: u64) -> Person {
        pages.sort_by_key(|(_, known)| std::cmp::Reverse(known.active));
        let own = (person == self.own.presence.person).then_some(&self.own);
        let all = || own.into_iter().chain(pages.iter().map(|(_, known)| *known));
        let shown = all()
            .next()
            .map_or(&self.own.presence, |known| &known.presence);
        let is_here = |known: &Page| known.activity(now) == Activity::Here;
        Person {
            person,
            who: own.map_or(Who::Other, |_| Who::You),
            name: match shown.name.as_str() {
                "" => NAMELESS.to_owned(),
                name => name.to_owned(),
            },
            colour: shown.colour,
            sign: shown.sign(),
            pages: pages.iter().map(|(page, _)| *page).collect(),
            // The pages of one browser hold back the same ones.
            drafts: all().map(|known| known.presence.drafts).max().unwrap_or(0),
            activity: if all().any(is_here) {
                Activity::Here
            } else {
                Activity::Away
            },
            hand: all().filter_map(|known| known.hand).min(),
            // All pages of a person share the dots.
            dots: all().map(|known| known.presence.dots).max().unwrap_or(0),
        }
    }
}

/// Numbers for people of one name, from the second on.
fn tell_apart(list: &mut [Person]) {
    let mut taken = BTreeSet::new();
    for one in list {
        let name = std::mem::take(&mut one.name);
        let mut numbered = name.clone();
        let mut number = 2;
        while !taken.insert(numbered.to_lowercase()) {
            numbered = format!("{name} {number}");
            number += 1;
        }
        one.name = numbered;
    }
}
