//! The loops of a document as a job: counted to the last, then listed, the shortest first.

use std::ops::Range;

use super::request::{Drive, LoopFilter, LoopKind, LoopWindow};
use super::response::{Certainty, CountWords, Listing, ListingState, LoopRow, ResponseBody};
use super::state::Work;
use crate::causal::{
    self, CountState, DiagramGraph, ExactCount, ExactCounts, LoopList, LoopOrder, LoopPolarity,
    LoopStore, Progress, StoreExtent, Through,
};
use crate::model::{Delay, Document, Id};

/// The memory that listed loops may fill, in bytes. They stand as rings of contracted pieces, of
/// which each may stand for thousands of loops.
const MEMORY: usize = 160 << 20;
/// How many of the shortest loops the page itself keeps, for badges and names.
const SHORTEST: usize = 1_000;
/// How many steps the count has for itself; after that the listing goes on beside it.
const COUNT_ALONE: u64 = 4_000_000;
/// How many steps of work pass between two tellings of how the listing goes.
const TELL_AFTER: u64 = 3_000_000;

/// A count and a listing under way.
#[derive(Debug)]
pub(super) struct LoopListing {
    diagram: DiagramGraph,
    count: ExactCount,
    store: LoopStore,
    state: ListingState,
    /// The list that was asked for last, with the part that is waited for.
    asked: Option<Asked>,
    /// The shortest loops, once they are asked of the store.
    shortest: Option<LoopList>,
    /// Steps since it was told how the listing goes.
    since: u64,
    /// Steps of the count.
    counted: u64,
    /// Whose turn it is while both go on.
    turn: Turn,
}

/// What goes on next, where a count takes so long that the listing goes on beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Count,
    List,
}

/// A list in the making, or made.
#[derive(Debug)]
struct Asked {
    filter: LoopFilter,
    list: LoopList,
    /// How many loops the store held when the list was begun.
    held: u64,
    waits: Option<LoopWindow>,
}

impl LoopListing {
    pub(super) fn new(document: &Document) -> Self {
        let diagram = DiagramGraph::of(document);
        Self {
            count: ExactCount::new(&diagram.graph),
            store: LoopStore::new(&diagram.graph, MEMORY),
            diagram,
            state: ListingState::Running,
            asked: None,
            shortest: None,
            since: 0,
            counted: 0,
            turn: Turn::Count,
        }
    }

    /// How the listing goes.
    pub(super) fn bodies(&self) -> Vec<ResponseBody> {
        let complete_to = match self.store.extent() {
            StoreExtent::Some | StoreExtent::All => 0,
            StoreExtent::UpTo(links) => u64::from(links),
        };
        vec![ResponseBody::Listing(Listing {
            listed: self.store.kept(),
            complete_to,
            state: self.state,
        })]
    }

    pub(super) fn drive(&mut self, drive: Drive) -> Vec<ResponseBody> {
        self.state = match (drive, self.state) {
            (_, ended @ (ListingState::Done | ListingState::Full)) => ended,
            (Drive::Pause, _) => ListingState::Paused,
            (Drive::Resume, _) => ListingState::Running,
            (Drive::Stop, _) => ListingState::Stopped,
        };
        if self.state == ListingState::Stopped && self.shortest.is_none() {
            self.take_shortest();
        }
        self.bodies()
    }

    /// Takes note of which part of the list is wanted.
    pub(super) fn ask(&mut self, window: LoopWindow, document: &Document) {
        let held = self.store.kept();
        let standing = self
            .asked
            .take()
            .filter(|asked| asked.filter == window.filter && asked.held == held);
        let mut asked = standing.unwrap_or_else(|| Asked {
            filter: window.filter.clone(),
            list: LoopList::new(
                &self.store,
                self.filter_of(&window.filter, document),
                window.filter.order,
            ),
            held,
            waits: None,
        });
        asked.waits = Some(window);
        self.asked = Some(asked);
    }

    /// Whether there is work left.
    pub(super) fn work(&self) -> Work {
        let waits = self
            .asked
            .as_ref()
            .is_some_and(|asked| asked.waits.is_some());
        let counts = self.count.state() == CountState::SoFar;
        let lists = self.state == ListingState::Running || self.shortest.is_some();
        if waits || counts || lists {
            Work::Waits
        } else {
            Work::None
        }
    }

    pub(super) fn advance(&mut self, budget: u64, document: &Document) -> Vec<ResponseBody> {
        if self.count.state() == CountState::SoFar && self.turn == Turn::Count {
            return self.count_on(budget);
        }
        self.turn = Turn::Count;
        if let Some(asked) = self.asked.as_mut().filter(|asked| asked.waits.is_some()) {
            if asked.list.advance(&self.store, budget) == Progress::Unfinished {
                return Vec::new();
            }
            let window = asked.waits.take().unwrap_or_default();
            let span = within(&asked.list, &self.store, &window.filter);
            let first = (span.start + window.first).min(span.end);
            let count = window.count.min(span.end - first);
            let count = usize::try_from(count).unwrap_or(0);
            let loops = asked.list.window(&self.store, first, count);
            let rows = loops.into_iter().map(|listed| LoopRow {
                polarity: listed.polarity,
                delay: listed.delay,
                links: self.diagram.link_ids(&listed.links),
            });
            return vec![ResponseBody::Loops {
                total: span.end - span.start,
                rows: rows.collect(),
                window,
            }];
        }
        if let Some(list) = &mut self.shortest {
            if list.advance(&self.store, budget) == Progress::Unfinished {
                return Vec::new();
            }
            let loops = list.window(&self.store, 0, SHORTEST);
            self.shortest = None;
            let loops = loops
                .iter()
                .map(|listed| self.diagram.link_ids(&listed.links));
            return vec![ResponseBody::Shortest(loops.collect())];
        }
        if self.state == ListingState::Running {
            return self.search(budget, document);
        }
        Vec::new()
    }

    fn count_on(&mut self, budget: u64) -> Vec<ResponseBody> {
        self.count.advance(budget);
        let before = self.counted;
        self.counted += budget;
        let certainty = match self.count.state() {
            CountState::Exact => Certainty::Exact,
            CountState::AtLeast => Certainty::AtLeast,
            CountState::SoFar => {
                if self.counted >= COUNT_ALONE {
                    self.turn = Turn::List;
                }
                if before < COUNT_ALONE && self.turn == Turn::List {
                    // What takes so long to count is not worth a try to list all of it.
                    let longest = self.diagram.variables.len();
                    self.store = LoopStore::by_length(&self.diagram.graph, longest, MEMORY);
                }
                return Vec::new();
            }
        };
        vec![ResponseBody::Counts(words(
            &self.count.at_least(),
            certainty,
        ))]
    }

    fn search(&mut self, budget: u64, _document: &Document) -> Vec<ResponseBody> {
        let before = self.store.extent();
        if self.store.advance(budget) == Progress::Finished {
            self.state = match self.store.extent() {
                StoreExtent::All => ListingState::Done,
                StoreExtent::Some | StoreExtent::UpTo(_) => ListingState::Full,
            };
            self.take_shortest();
            return self.bodies();
        }
        self.since += budget;
        if self.since < TELL_AFTER && before == self.store.extent() {
            return Vec::new();
        }
        self.since = 0;
        self.bodies()
    }

    fn take_shortest(&mut self) {
        let filter = causal::LoopFilter::default();
        self.shortest = Some(LoopList::new(&self.store, filter, LoopOrder::ShortestFirst));
    }

    /// The filter with numbers in the place of ids.
    fn filter_of(&self, filter: &LoopFilter, document: &Document) -> causal::LoopFilter {
        let place = |ids: &[Id], id: Id| {
            let found = ids.binary_search(&id).ok();
            found.and_then(|place| u32::try_from(place).ok())
        };
        let through = filter.through.and_then(|id| {
            let variable = place(&self.diagram.variables, id).map(Through::Variable);
            variable.or_else(|| place(&self.diagram.links, id).map(Through::Link))
        });
        let words = filter.words.trim().to_lowercase();
        let named = (!words.is_empty()).then(|| {
            let names = self.diagram.variables.iter();
            let named = names.map(|id| {
                let variable = document.variables().get(id);
                variable.is_some_and(|v| v.name.to_lowercase().contains(&words))
            });
            named.collect()
        });
        causal::LoopFilter {
            polarity: match filter.kind {
                LoopKind::All | LoopKind::Delayed => None,
                LoopKind::Reinforcing => Some(LoopPolarity::Reinforcing),
                LoopKind::Balancing => Some(LoopPolarity::Balancing),
                LoopKind::Undetermined => Some(LoopPolarity::Undetermined),
            },
            delay: (filter.kind == LoopKind::Delayed).then_some(Delay::Delayed),
            through,
            any_of: named,
        }
    }
}

/// The part of a list with loops of at most as many links as a filter allows: lists are in order of
/// length.
fn within(list: &LoopList, store: &LoopStore, filter: &LoopFilter) -> Range<u64> {
    let all = list.len();
    let Some(longest) = filter.longest else {
        return 0..all;
    };
    let is_short = |place: u64| {
        let listed = list.get(store, place);
        listed.is_some_and(|listed| listed.links.len() as u64 <= longest)
    };
    let is_before = |place: u64| match filter.order {
        LoopOrder::ShortestFirst => is_short(place),
        LoopOrder::LongestFirst => !is_short(place),
    };
    let (mut low, mut high) = (0, all);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    match filter.order {
        LoopOrder::ShortestFirst => 0..low,
        LoopOrder::LongestFirst => low..all,
    }
}

fn words(counts: &ExactCounts, certainty: Certainty) -> CountWords {
    CountWords {
        total: counts.total().to_string(),
        reinforcing: counts.reinforcing.to_string(),
        balancing: counts.balancing.to_string(),
        undetermined: counts.undetermined.to_string(),
        delayed: counts.delayed.to_string(),
        certainty,
    }
}
