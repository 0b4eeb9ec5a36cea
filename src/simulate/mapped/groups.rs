//! Limits of work of several stations together: frames around them state them.

use super::found::{Found, Weight};
use super::shape::{Packing, Shape, most};
use super::steps::cycle_of;
use super::ways::Ways;
use crate::model::{Document, Id, MeasureKind, Records};
use crate::simulate::events::{self, Limit, Line};
use crate::stream::network::Arc;
use crate::stream::{FigureDimension, Reading, amount_text};

/// Stations that hold no more than so many items together.
#[derive(Clone, Debug)]
struct Group {
    frame: Id,
    most: u32,
    /// By station of the map.
    inside: Vec<bool>,
}

/// The groups of a map. They may overlap, and lie within each other: each limit holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups(Vec<Group>);

impl Groups {
    /// The frames with a limit; `inside` are the stations that lie in each of them.
    pub(super) fn of(
        document: &Document,
        reading: &Reading,
        inside: &Records<Vec<Id>>,
        found: &mut Found,
    ) -> Self {
        let stream = reading.stream();
        let mut groups = Vec::new();
        for (frame, stations) in inside {
            let stated = document.frames().get(frame);
            let Some(limit) = stated.and_then(|frame| frame.limit.as_ref()) else {
                continue;
            };
            if stations.is_empty() {
                let words = "No station lies wholly in this frame: its limit holds nothing back.";
                found.assume(Weight::Some, &[*frame], words);
            }
            let mut holds = vec![false; stream.stations.len()];
            let places = stations.iter().filter_map(|id| stream.index_of(*id));
            places.for_each(|place| holds[place] = true);
            if !holds.contains(&true) {
                continue;
            }
            let Some(items) = limit.amount.likely() else {
                let words = "Nobody knows how many items may be in this frame at once.";
                found.missing(*frame, MeasureKind::Limit, words);
                continue;
            };
            groups.push(Group {
                frame: *frame,
                most: most(items).max(1),
                inside: holds,
            });
        }
        Self(groups)
    }

    /// Leaves a station out: a supermarket, whose stock is there to be taken, and whose orders must
    /// not keep out what is made for them.
    pub(super) fn leave_out(&mut self, place: usize) {
        for group in &mut self.0 {
            group.inside[place] = false;
        }
    }

    /// Whether a station is in a group.
    pub(super) fn hold(&self, place: usize) -> bool {
        self.0.iter().any(|group| group.inside[place])
    }

    /// Whether what goes from one station to another comes into a group.
    pub(super) fn begin(&self, from: usize, to: usize) -> bool {
        let mut groups = self.0.iter();
        groups.any(|group| group.inside[to] && !group.inside[from])
    }

    /// Whether what goes from one station to another comes into a group or out of one.
    pub(super) fn part(&self, from: usize, to: usize) -> bool {
        self.begin(from, to) || self.begin(to, from)
    }

    /// Limits the stations of the line that each group has, and says so.
    pub(super) fn limit(&self, ways: &Ways<'_>, line: &mut Line, found: &mut Found) {
        let shape = ways.shape;
        let stream = shape.reading.stream();
        let arcs = &shape.reading.network().arcs;
        for group in &self.0 {
            let within = |arc: &Arc| group.inside[arc.from] && group.inside[arc.to];
            let has = |record: Id| {
                let place = stream.index_of(record).map(|place| group.inside[place]);
                place.unwrap_or_else(|| {
                    let flow = stream.flows.binary_search(&record);
                    flow.is_ok_and(|flow| within(&arcs[flow]))
                })
            };
            let places = ways.places.iter().enumerate();
            let stations = places.filter(|(_, place)| has(place.record));
            let stations: Vec<usize> = stations.map(|(at, _)| at).collect();
            if stations.is_empty() {
                continue;
            }
            group.check(shape, found);
            let bound = group.bound(ways).map_or_else(String::new, |rate| {
                let rate = amount_text(rate, FigureDimension::Rate, &stream.calendar);
                format!(
                    " By Little's law no more than {rate} get through in the long run: the limit over the \
                     time of work inside."
                )
            });
            let words = format!(
                "No more items are inside at once than the limit of this frame says; what comes then \
                 waits before it. The figures by formula do not know this limit.{bound}"
            );
            found.assume(Weight::Much, &[group.frame], &words);
            line.limits.push(Limit {
                stations,
                most: group.most,
            });
        }
    }
}

impl Group {
    /// Finds fault with what can never be: that more items wait for each other than there is room
    /// for.
    fn check(&self, shape: &Shape<'_>, found: &mut Found) {
        let stream = shape.reading.stream();
        let least = f64::from(self.most);
        for (flow, arc) in shape.reading.network().arcs.iter().enumerate() {
            let is_within = self.inside[arc.from] && self.inside[arc.to];
            if is_within && shape.packing == Packing::OneByOne && arc.items_in_one > least {
                let words = "The limit of the frame is less than the items that become one in it.";
                found.fault(&[self.frame, stream.flows[flow]], words);
            }
        }
        let steps = (0..self.inside.len()).filter(|place| self.inside[*place]);
        for step in steps.filter(|place| shape.is_step(*place)) {
            if cycle_of(shape, step).0 > self.most {
                let words = "The limit of the frame is less than the items that one cycle takes.";
                found.fault(&[self.frame, stream.stations[step]], words);
            }
            let together = shape
                .reading
                .stated_at(step, MeasureKind::TransferBatch)
                .and_then(|stated| stated.likely)
                .map_or(1.0, |stated| (stated / shape.items_at(step)).round());
            if together > least {
                let words = "The limit of the frame is less than the items that go on together.";
                found.fault(&[self.frame, stream.stations[step]], words);
            }
        }
    }

    /// Items that arrive at the end in a second of working time, at most: the items at each station
    /// inside are those that arrive times its visits times its time of work, or more, and the sum of
    /// them is at most the limit (Little 1961). None where an item can be at several stations at once, or is not one and
    /// the same from start to end.
    fn bound(&self, ways: &Ways<'_>) -> Option<f64> {
        let shape = ways.shape;
        let traffic = shape.traffic;
        let network = shape.reading.network();
        let is_one = traffic.forks.is_empty()
            && traffic.starts.len() <= 1
            && network.arcs.iter().all(|arc| arc.items_in_one == 1.0)
            && shape.stores.all.is_empty()
            && shape.reading.products().is_empty();
        if !is_one {
            return None;
        }
        let time = |place: usize| match &ways.stations[ways.own[place]?].place {
            events::Place::Step(step) => step.work.first().map(events::Law::mean),
            events::Place::Delay(time) => Some(time.mean()),
            events::Place::Store(_) | events::Place::Pack(_) => None,
        };
        let inside = (0..self.inside.len()).filter(|place| self.inside[*place]);
        let load: f64 = inside
            .filter_map(|place| Some(traffic.visits[place] * time(place)?))
            .sum();
        (load > 0.0).then(|| f64::from(self.most) / load)
    }
}
