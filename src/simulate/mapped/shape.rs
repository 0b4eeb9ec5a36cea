//! Which places of a map become stations of a line, and where what comes to them waits.

use super::groups::Groups;
use super::steps::cycle_of;
use super::stores::Stores;
use crate::model::{FlowKind, Id, MeasureKind, Records, StationKind};
use crate::stream::network::ArcKind;
use crate::stream::{Reading, Traffic};

/// What a station of the map becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing: no work comes there.
    Nothing,
    /// A step, before which at most so many wait.
    Step {
        /// None for as many as come.
        queue: Option<u32>,
    },
    /// Nothing of its own: its items wait before what follows, or there is nothing to wait for.
    Through,
    /// A place without a time.
    Way,
    /// A queue that holds at most so many, until there is room in what follows.
    Held(u32),
    /// A queue that no step empties: items stay as long as is stated.
    Stay,
    /// A supermarket with so many units.
    Store(u32),
}

/// Where what takes a flow waits for room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Nowhere: it goes on at once.
    None,
    /// In the queue of the step: it is the lane.
    Merged,
    /// In a lane that holds so many.
    Of(u32),
    /// Beside the lanes that lead to the same step, as many as come.
    Aside,
    /// Before a group of stations with a limit, as many as come.
    Outside,
}

/// A map on its way to a line.
pub(super) struct Shape<'a> {
    pub(super) reading: &'a Reading,
    pub(super) traffic: &'a Traffic,
    /// By station: the arcs that work takes from it.
    pub(super) outgoing: Vec<Vec<usize>>,
    /// By station: the arcs that work takes to it.
    pub(super) incoming: Vec<Vec<usize>>,
    /// By station.
    pub(super) forms: Vec<Form>,
    /// By arc.
    pub(super) lanes: Vec<Lane>,
    /// How several items become one.
    pub(super) packing: Packing,
    /// The supermarkets from which orders take, and by what they are filled.
    pub(super) stores: Stores,
    /// Stations that have a limit together.
    pub(super) groups: Groups,
    /// The flows whose lanes are the queue of a step, and queues that are, by step.
    pub(super) waits_for: Vec<Vec<Id>>,
    /// The stations, each after all that it leads on to.
    pub(super) sequence: Vec<usize>,
}

/// How several items become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// They wait for each other, and one goes on.
    OneByOne,
    /// They are one from the start, with as much work as all of them: where items are divided, or
    /// the numbers are no whole ones.
    AtOnce,
}

/// The largest whole number that is not above this one, for a limit.
pub(super) fn most(limit: f64) -> u32 {
    limit.floor().clamp(0.0, f64::from(u32::MAX)) as u32
}

impl<'a> Shape<'a> {
    /// The shape of a map whose traffic is known.
    pub(super) fn of(
        reading: &'a Reading,
        traffic: &'a Traffic,
        kinds: &Records<FlowKind>,
        groups: Groups,
    ) -> Self {
        let network = reading.network();
        let size = network.nodes.len();
        let parts = traffic.parts();
        let mut reached = vec![false; size];
        let mut open = network.entries.clone();
        let all = network.outgoing();
        while let Some(here) = open.pop() {
            if !std::mem::replace(&mut reached[here], true) {
                let taken = all[here].iter().filter(|arc| parts[**arc] > 0.0);
                open.extend(taken.map(|arc| network.arcs[*arc].to));
            }
        }
        let mut outgoing = vec![Vec::new(); size];
        let mut incoming = vec![Vec::new(); size];
        for (index, arc) in network.arcs.iter().enumerate() {
            if reached[arc.from] && parts[index] > 0.0 {
                outgoing[arc.from].push(index);
                incoming[arc.to].push(index);
            }
        }
        let whole = |arc: &crate::stream::network::Arc| {
            arc.items_in_one >= 1.0 && arc.items_in_one.fract() == 0.0 && arc.items_in_one < 1e6
        };
        let is_divided = !traffic.forks.is_empty() || traffic.starts.len() > 1;
        let is_plain = traffic.units_clash.is_none() && network.arcs.iter().all(whole);
        let packs = network.arcs.iter().any(|arc| arc.items_in_one != 1.0);
        // What goes back out of a box would have to become several items again.
        let unpacks = network.arcs.iter().any(|arc| {
            let items = &traffic.items_in_one;
            arc.kind == ArcKind::Rework && items[arc.from] != items[arc.to]
        });
        let packing = match packs && (is_divided || !is_plain || unpacks) {
            true => Packing::AtOnce,
            false => Packing::OneByOne,
        };
        let mut shape = Self {
            reading,
            traffic,
            outgoing,
            incoming,
            forms: vec![Form::Nothing; size],
            lanes: vec![Lane::None; network.arcs.len()],
            packing,
            stores: Stores::default(),
            groups,
            waits_for: vec![Vec::new(); size],
            sequence: Vec::new(),
        };
        shape.sequence = shape.last_first();
        shape.stores = Stores::of(&shape, &reached);
        for store in shape.stores.all.iter().map(|store| store.place) {
            shape.groups.leave_out(store);
        }
        let leads = shape.leading_to_steps();
        for (place, reached) in reached.into_iter().enumerate() {
            if reached {
                shape.forms[place] = shape.own_form(place, leads[place]);
            }
        }
        let held = (0..size).filter(|place| matches!(shape.forms[*place], Form::Held(_)));
        let held: Vec<usize> = held.collect();
        for arc in held.iter().flat_map(|place| &shape.incoming[*place]) {
            if let Some(limit) = shape.lane_on(*arc, kinds) {
                shape.lanes[*arc] = Lane::Of(limit.max(1));
            }
        }
        for step in 0..size {
            if shape.is_step(step) && shape.forms[step] != Form::Nothing {
                shape.hold_before(step, kinds);
            }
        }
        shape.hold_outside();
        for place in 0..size {
            let is_way = shape.forms[place] == Form::Way && shape.leads_one_way(place);
            if is_way && !shape.is_apart(place) {
                shape.forms[place] = Form::Through;
            }
        }
        shape.tell_what_waits();
        shape
    }

    /// How many items of the line one of a station is, and the other way round: 1 where items wait
    /// for each other to become one.
    pub(super) fn items_at(&self, place: usize) -> f64 {
        match self.packing {
            Packing::OneByOne => 1.0,
            Packing::AtOnce => self.traffic.items_in_one[place],
        }
    }

    pub(super) fn is_step(&self, place: usize) -> bool {
        self.reading.stream().kinds[place] == StationKind::Step
    }

    fn is_queue(&self, place: usize) -> bool {
        let kind = self.reading.stream().kinds[place];
        matches!(kind, StationKind::Queue | StationKind::Supermarket)
    }

    /// The limit of a queue, if one is known.
    fn limit_at(&self, place: usize) -> Option<u32> {
        let limit = self.reading.stated_at(place, MeasureKind::Limit)?;
        Some(most(limit.likely?))
    }

    /// What a station becomes, whatever is around it; `leads` says whether it leads to a step.
    fn own_form(&self, place: usize, leads: bool) -> Form {
        if self.is_step(place) {
            return Form::Step { queue: None };
        }
        if !self.is_queue(place) {
            return Form::Way;
        }
        if let Some(level) = self.stores.level_of(place) {
            return Form::Store(level);
        }
        if let Some(limit) = self.limit_at(place) {
            return Form::Held(limit.max(1));
        }
        let wait = self.reading.stated_at(place, MeasureKind::WaitingTime);
        match wait.is_some() && !leads {
            true => Form::Stay,
            false => Form::Way,
        }
    }

    /// The stations, each after all that it leads on to.
    fn last_first(&self) -> Vec<usize> {
        let arcs = &self.reading.network().arcs;
        let forward = |arc: &&usize| arcs[**arc].kind == ArcKind::Forward;
        let mut left: Vec<usize> = self
            .outgoing
            .iter()
            .map(|outgoing| outgoing.iter().filter(forward).count())
            .collect();
        let mut open: Vec<usize> = (0..left.len()).filter(|place| left[*place] == 0).collect();
        let mut sequence = Vec::with_capacity(left.len());
        while let Some(here) = open.pop() {
            sequence.push(here);
            for arc in self.incoming[here].iter().filter(forward) {
                let from = arcs[*arc].from;
                left[from] -= 1;
                if left[from] == 0 {
                    open.push(from);
                }
            }
        }
        sequence
    }

    /// By station: whether what waits there waits for a step.
    fn leading_to_steps(&self) -> Vec<bool> {
        let mut leads = vec![false; self.forms.len()];
        for place in self.sequence.iter().copied() {
            let arcs = self.outgoing[place].iter();
            let arcs = arcs.map(|arc| &self.reading.network().arcs[*arc]);
            let mut heads = arcs.filter(|arc| arc.kind == ArcKind::Forward);
            leads[place] =
                heads.any(|arc| self.is_step(arc.to) || self.is_queue(arc.to) && leads[arc.to]);
        }
        leads
    }

    /// Whether everything that comes to a place goes on by one way, or leaves.
    fn leads_one_way(&self, place: usize) -> bool {
        match self.outgoing[place][..] {
            [] => true,
            [arc] => {
                self.reading.network().arcs[arc].kind == ArcKind::Forward
                    && self.traffic.parts()[arc] >= 1.0
            }
            _ => false,
        }
    }

    /// Settles where what comes into a group waits for room: in the queue that it comes from, or on
    /// its way.
    fn hold_outside(&mut self) {
        for (index, arc) in self.reading.network().arcs.iter().enumerate() {
            let is_taken = self.outgoing[arc.from].contains(&index);
            let waits = matches!(self.lanes[index], Lane::None | Lane::Aside);
            let holds = self.is_queue(arc.from)
                && matches!(self.forms[arc.from], Form::Way | Form::Held(_) | Form::Stay)
                && self.is_plain(index);
            if is_taken && waits && !holds && self.groups.begin(arc.from, arc.to) {
                self.lanes[index] = Lane::Outside;
            }
        }
    }

    /// Whether nothing but a lane stands on a flow.
    fn is_plain(&self, arc: usize) -> bool {
        let wait = self.reading.stated_on(arc, MeasureKind::WaitingTime);
        self.reading.network().arcs[arc].items_in_one == 1.0 && wait.is_none()
    }

    /// Whether a queue with one way on is in other groups than what follows, so that what waits in it
    /// does not wait there.
    fn is_apart(&self, place: usize) -> bool {
        let [arc] = self.outgoing[place][..] else {
            return false;
        };
        let to = self.reading.network().arcs[arc].to;
        self.is_queue(place) && self.lanes[arc] != Lane::Outside && self.groups.part(place, to)
    }

    /// The limit of a FIFO lane, if it has one.
    pub(super) fn lane_on(&self, arc: usize, kinds: &Records<FlowKind>) -> Option<u32> {
        let flow = self.reading.stream().flows[arc];
        let is_lane = kinds.get(&flow) == Some(&FlowKind::Fifo);
        let limit = self.reading.stated_on(arc, MeasureKind::Limit);
        Some(most(limit.filter(|_| is_lane)?.likely?))
    }

    /// Settles where what comes to a step waits.
    fn hold_before(&mut self, step: usize, kinds: &Records<FlowKind>) {
        let network = self.reading.network();
        let stream = self.reading.stream();
        let lane_of = |arc: usize| self.lane_on(arc, kinds);
        let held_in = |arc: usize| {
            let from = network.arcs[arc].from;
            match self.forms[from] {
                Form::Held(limit) if self.is_plain(arc) => Some(limit),
                // What waits in a queue of a group that the step is not of waits there.
                Form::Way
                    if self.is_queue(from)
                        && self.is_plain(arc)
                        && self.groups.begin(step, from) =>
                {
                    Some(u32::MAX)
                }
                _ => None,
            }
        };
        let arcs = self.incoming[step].clone();
        let is_held = |arc: &usize| lane_of(*arc).is_some() || held_in(*arc).is_some();
        if !arcs.iter().any(is_held) {
            return;
        }
        let least = cycle_of(self, step).0;
        let apart = Some(if least > 1 { least } else { 0 });
        let is_entry = network.entries.contains(&step);
        if let [arc] = arcs[..]
            && network.arcs[arc].kind == ArcKind::Forward
            && !is_entry
        {
            let from = network.arcs[arc].from;
            if let Some(limit) = lane_of(arc)
                && self.groups.begin(from, step)
            {
                self.lanes[arc] = Lane::Of(limit.max(1));
                self.forms[step] = Form::Step { queue: apart };
            } else if let Some(limit) = lane_of(arc) {
                self.lanes[arc] = Lane::Merged;
                self.waits_for[step].push(stream.flows[arc]);
                self.forms[step] = Form::Step { queue: Some(limit) };
            } else if let Some(limit) = held_in(arc)
                && self.leads_one_way(from)
                && !self.groups.part(from, step)
            {
                self.forms[from] = Form::Through;
                self.waits_for[step].push(stream.stations[from]);
                self.forms[step] = Form::Step { queue: Some(limit) };
            } else {
                self.forms[step] = Form::Step { queue: apart };
            }
            return;
        }
        let lanes = arcs.iter().map(|arc| match (lane_of(*arc), held_in(*arc)) {
            (Some(limit), _) => Lane::Of(limit.max(1)),
            (None, Some(_)) => Lane::None,
            (None, None) => Lane::Aside,
        });
        let lanes: Vec<Lane> = lanes.collect();
        for (arc, lane) in arcs.into_iter().zip(lanes) {
            self.lanes[arc] = lane;
        }
        self.forms[step] = Form::Step { queue: apart };
    }

    /// Tells steps which queues before them wait in theirs.
    fn tell_what_waits(&mut self) {
        // By station: the step at which what is there waits.
        let mut step: Vec<Option<usize>> = vec![None; self.forms.len()];
        for place in self.sequence.clone() {
            step[place] = match (self.forms[place], &self.outgoing[place][..]) {
                (Form::Step { queue: None }, _) => Some(place),
                (Form::Through | Form::Way, [index]) => {
                    let arc = &self.reading.network().arcs[*index];
                    let is_on = self.lanes[*index] != Lane::Outside && !self.is_apart(place);
                    step[arc.to].filter(|_| is_on && arc.kind == ArcKind::Forward)
                }
                _ => None,
            };
            if let Some(step) = step[place]
                && self.forms[place] == Form::Through
                && self.is_queue(place)
            {
                let record = self.reading.stream().stations[place];
                self.waits_for[step].push(record);
            }
        }
        for queues in &mut self.waits_for {
            queues.sort_unstable();
        }
    }
}
