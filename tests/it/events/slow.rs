//! A slow, obvious simulation: no heap, no lists of who waits for what. At each moment everything is
//! looked at: what ends next, who can begin, who can move; by activity scanning in three phases
//! (Tocher 1963, *The Art of Simulation*). It shares nothing with the engine but the description of
//! the line and the random numbers.

use loopstream::simulate::events::{
    Arrivals, Chance, Crew, Expedite, Line, Onwards, OutageBy, Place, Purpose, Servers, SetUpWhen,
    WhenBlocked, WhenFull, item_number,
};

/// What came of a run.
pub struct Slow {
    /// When items left, and how long they had been there.
    pub left: Vec<(f64, f64)>,
    /// By station: how many came.
    pub came: Vec<u64>,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    /// Wants to go to all of these; on this server if any.
    Moving(Vec<usize>, Option<usize>),
    Gathering,
    Queued,
    Served(usize),
    Transferring,
    Delayed(f64),
    Joining,
    /// Has met its parts here and waits for room.
    Met,
    Returning(usize),
    /// Goes back as soon as it is its turn.
    Held,
    Gone,
}

#[derive(Clone, Debug)]
struct Part {
    item: usize,
    at: Option<usize>,
    state: State,
    visit: u32,
    left: Option<f64>,
    /// The order in which it began to wait; what was interrupted is first.
    order: i64,
    /// Below 0 if it was interrupted: then it is first.
    front: i64,
}

struct Item {
    number: u64,
    arrived: f64,
    class: u8,
    kind: usize,
    source: Option<usize>,
    visits: Vec<u32>,
    is_done: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Doing {
    Idle,
    SetUp,
    Work,
    Blocked,
}

struct Server {
    crew: usize,
    number: u64,
    doing: Doing,
    is_up: bool,
    station: usize,
    load: Vec<usize>,
    /// When it ends, or what is left of it while down.
    ends: f64,
    left: f64,
    fails: f64,
    repairs: f64,
    use_left: f64,
    outages: u64,
    set_for: Option<usize>,
    set_kind: usize,
    until_set_up: u32,
    since: f64,
}

struct World<'a> {
    line: &'a Line,
    chance: Chance,
    now: f64,
    parts: Vec<Part>,
    items: Vec<Item>,
    servers: Vec<Server>,
    crews: Vec<(Crew, u64, Vec<usize>)>,
    crew_of: Vec<Option<usize>>,
    next_arrival: Vec<Option<f64>>,
    arrivals: Vec<u64>,
    brought: Vec<u64>,
    order: i64,
    front: i64,
    reach: Vec<Vec<bool>>,
    out: Slow,
}

/// A cycle that may begin: its urgency, its station, and what it takes.
type Start = ((u8, u32, i64), usize, Vec<usize>);

pub fn run(line: &Line, seed: u64, length: f64) -> Slow {
    let mut world = World::new(line, seed);
    loop {
        let next = world.next_time();
        if world.is_quiet() {
            if world.let_go() {
                world.settle();
                continue;
            }
            break;
        }
        if next > length {
            break;
        }
        world.now = next;
        world.happen();
        world.settle();
    }
    world.out
}

impl<'a> World<'a> {
    fn new(line: &'a Line, seed: u64) -> Self {
        let size = line.stations.len();
        let mut crews: Vec<(Crew, u64, Vec<usize>)> = line
            .pools
            .iter()
            .map(|pool| (pool.crew.clone(), pool.key, vec![]))
            .collect();
        let mut crew_of = vec![None; size];
        for (index, station) in line.stations.iter().enumerate() {
            if let Place::Step(step) = &station.place {
                let crew = match &step.servers {
                    Servers::Pool(pool) => *pool,
                    Servers::Own(crew) => {
                        crews.push((crew.clone(), station.key, vec![]));
                        crews.len() - 1
                    }
                };
                crews[crew].2.push(index);
                crew_of[index] = Some(crew);
            }
        }
        let mut reach = vec![vec![false; size]; size];
        for from in (0..size).rev() {
            for to in heads(line, from) {
                let after = reach[to].clone();
                reach[from][to] = true;
                for (here, after) in after.iter().enumerate() {
                    reach[from][here] |= after;
                }
            }
        }
        let mut world = World {
            line,
            chance: Chance::new(seed, 0),
            now: 0.0,
            parts: vec![],
            items: vec![],
            servers: vec![],
            crew_of,
            next_arrival: vec![None; line.sources.len()],
            arrivals: vec![0; line.sources.len()],
            brought: vec![0; line.sources.len()],
            order: 0,
            front: 0,
            reach,
            out: Slow {
                left: vec![],
                came: vec![0; size],
            },
            crews,
        };
        for crew in 0..world.crews.len() {
            for number in 0..world.crews[crew].0.count {
                let mut server = Server {
                    crew,
                    number: u64::from(number),
                    is_up: true,
                    ..blank()
                };
                world.plan_outage(&mut server);
                world.servers.push(server);
            }
        }
        world.begin();
        world
    }

    fn begin(&mut self) {
        let mut number = 0;
        for waiting in &self.line.start {
            for age in &waiting.ages {
                let key = 0x5354_4152_545f_5750;
                let item = self.add_item(
                    item_number(key, number),
                    -age,
                    waiting.class,
                    waiting.kind,
                    None,
                );
                number += 1;
                let part = self.add_part(item);
                self.move_to(part, &[waiting.station]);
                self.settle_starts();
            }
        }
        self.settle();
        for source in 0..self.line.sources.len() {
            match &self.line.sources[source].arrivals {
                Arrivals::Always => {
                    self.bring(source);
                }
                Arrivals::Every(_) | Arrivals::At(_) => self.plan_arrival(source),
            }
        }
        self.settle();
    }

    fn plan_outage(&self, server: &mut Server) {
        let (crew, key, _) = &self.crews[server.crew];
        let Some(outages) = &crew.outages else { return };
        let place = (server.number << 32) + server.outages;
        let span = outages
            .up
            .quantile(self.chance.stream(*key, Purpose::Up).unit(place, 0));
        match outages.by {
            OutageBy::Clock => server.fails = self.now + span,
            OutageBy::Use => server.use_left = span,
        }
    }

    fn plan_arrival(&mut self, source: usize) {
        let plan = &self.line.sources[source];
        if plan.most.is_some_and(|most| self.brought[source] >= most) {
            self.next_arrival[source] = None;
            return;
        }
        let index = self.arrivals[source];
        self.next_arrival[source] = match &plan.arrivals {
            Arrivals::Every(law) => {
                let stream = self.chance.stream(plan.key, Purpose::Arrival);
                Some(self.now + law.quantile(stream.unit(index, 0)))
            }
            Arrivals::At(times) => times.get(index as usize).copied(),
            Arrivals::Always => None,
        };
        self.arrivals[source] += 1;
    }

    fn add_item(
        &mut self,
        number: u64,
        arrived: f64,
        class: u8,
        kind: u16,
        source: Option<usize>,
    ) -> usize {
        self.items.push(Item {
            number,
            arrived,
            class,
            kind: usize::from(kind),
            source,
            visits: vec![0; self.line.stations.len()],
            is_done: false,
        });
        self.items.len() - 1
    }

    fn add_part(&mut self, item: usize) -> usize {
        self.order += 1;
        self.parts.push(Part {
            item,
            at: None,
            state: State::Joining,
            visit: 0,
            left: None,
            order: self.order,
            front: 0,
        });
        self.parts.len() - 1
    }

    /// An item of a source comes, and wants to go in.
    fn bring(&mut self, source: usize) -> Option<usize> {
        let plan = &self.line.sources[source];
        let index = self.brought[source];
        if plan.most.is_some_and(|most| index >= most) {
            return None;
        }
        self.brought[source] += 1;
        let unit = self
            .chance
            .stream(plan.key, Purpose::Expedite)
            .unit(index, 0);
        let class = if plan.expedited > 0.0 && unit < plan.expedited {
            0
        } else {
            plan.class
        };
        let is_supply = plan.arrivals == Arrivals::Always;
        let item = self.add_item(
            item_number(plan.key, index),
            self.now,
            class,
            plan.kind,
            is_supply.then_some(source),
        );
        let part = self.add_part(item);
        self.parts[part].state = State::Moving(plan.entries.clone(), None);
        Some(part)
    }

    /// When something happens next.
    fn next_time(&self) -> f64 {
        let mut time = f64::INFINITY;
        for arrival in self.next_arrival.iter().flatten() {
            time = time.min(*arrival);
        }
        for part in &self.parts {
            if let State::Delayed(end) = part.state {
                time = time.min(end);
            }
        }
        for server in &self.servers {
            time = time.min(server.repairs).min(server.fails);
            if server.is_up && matches!(server.doing, Doing::SetUp | Doing::Work) {
                time = time.min(server.ends).min(self.wears_at(server));
            }
        }
        time
    }

    fn wears_at(&self, server: &Server) -> f64 {
        if server.doing == Doing::Work && server.use_left.is_finite() {
            server.since + server.use_left
        } else {
            f64::INFINITY
        }
    }

    /// Whether only outages by the clock can come, and nobody is down.
    fn is_quiet(&self) -> bool {
        self.next_arrival.iter().all(Option::is_none)
            && self
                .parts
                .iter()
                .all(|part| !matches!(part.state, State::Delayed(_)))
            && self
                .servers
                .iter()
                .all(|server| server.is_up && matches!(server.doing, Doing::Idle | Doing::Blocked))
    }

    /// The one thing that happens now; laws are such that there are no two.
    fn happen(&mut self) {
        for source in 0..self.next_arrival.len() {
            if self.next_arrival[source] == Some(self.now) {
                for _ in 0..self.line.sources[source].batch {
                    let Some(part) = self.bring(source) else {
                        break;
                    };
                    let State::Moving(to, _) = self.parts[part].state.clone() else {
                        continue;
                    };
                    self.let_before(part);
                    if self.has_room(part, &to) {
                        self.move_to(part, &to);
                        self.settle_starts();
                    } else if self.line.sources[source].when_full == WhenFull::TurnedAway {
                        self.parts[part].state = State::Gone;
                    }
                }
                self.plan_arrival(source);
                return;
            }
        }
        for part in 0..self.parts.len() {
            if self.parts[part].state == State::Delayed(self.now) {
                self.all_done(&[part], None);
                return;
            }
        }
        for index in 0..self.servers.len() {
            let server = &self.servers[index];
            let is_busy = server.is_up && matches!(server.doing, Doing::SetUp | Doing::Work);
            if server.repairs == self.now {
                return self.repair(index);
            }
            if server.fails == self.now || (is_busy && self.wears_at(server) == self.now) {
                return self.fail(index);
            }
            if is_busy && server.ends == self.now {
                if server.doing == Doing::SetUp {
                    self.begin_cycle(index);
                } else {
                    self.end_work(index);
                }
                return;
            }
        }
    }

    fn fail(&mut self, index: usize) {
        let server = &mut self.servers[index];
        server.is_up = false;
        server.fails = f64::INFINITY;
        server.left = server.ends - self.now;
        let (crew, key, _) = &self.crews[server.crew];
        let place = (server.number << 32) + server.outages;
        let unit = self.chance.stream(*key, Purpose::Down).unit(place, 0);
        server.repairs = self.now + crew.outages.as_ref().unwrap().down.quantile(unit);
        server.outages += 1;
    }

    fn repair(&mut self, index: usize) {
        let mut server = std::mem::replace(&mut self.servers[index], blank());
        server.is_up = true;
        server.repairs = f64::INFINITY;
        self.plan_outage(&mut server);
        if matches!(server.doing, Doing::SetUp | Doing::Work) {
            server.ends = self.now + server.left;
            server.since = self.now;
        }
        self.servers[index] = server;
    }

    /// A part is done where it is: it goes on, if it can.
    fn done(&mut self, part: usize, server: Option<usize>) {
        let at = self.parts[part].at.unwrap();
        let item = self.parts[part].item;
        let station = &self.line.stations[at];
        let draw = |purpose| {
            let stream = self.chance.stream(station.key, purpose);
            stream.unit(self.items[item].number, self.parts[part].visit)
        };
        let pick = |list: &[(f64, usize)], unit: f64| {
            let mut sum = 0.0;
            list.iter()
                .find(|(chance, _)| {
                    sum += chance;
                    unit < sum
                })
                .map(|(_, to)| *to)
        };
        let mut to = match pick(&station.route.back, draw(Purpose::Back)) {
            Some(to) => vec![to],
            None => {
                let kind = self.items[item].kind;
                let list = match &station.route.onwards {
                    Onwards::All(_) => None,
                    Onwards::One(list) => Some(list),
                    Onwards::OneOfKind(lists) => lists.get(kind.min(lists.len() - 1)),
                };
                match (&station.route.onwards, list) {
                    (Onwards::All(list), _) => list.clone(),
                    (_, None) => vec![],
                    (_, Some(list)) => {
                        let sum: f64 = list.iter().map(|(chance, _)| chance).sum();
                        let whole = if sum > 1.0 - 1e-9 { sum } else { 1.0 };
                        let to = pick(list, draw(Purpose::Onward) * whole);
                        to.into_iter().collect()
                    }
                }
            }
        };
        if let [only] = to[..] {
            let others = self.others(part);
            let beside = others.iter().any(|other| {
                let here = self.parts[*other].at.unwrap();
                (here == only || self.reach[only][here]) && !self.reach[at][here] && here != at
            });
            if beside {
                self.parts[part].state = State::Returning(only);
                self.release(server);
                self.meet(item, &[]);
                return;
            }
        }
        self.parts[part].state = State::Moving(std::mem::take(&mut to), server);
        let State::Moving(to, _) = self.parts[part].state.clone() else {
            return;
        };
        if !to.is_empty() {
            self.let_before(part);
            if self.parts[part].at != Some(at)
                || !matches!(self.parts[part].state, State::Moving(..))
            {
                return;
            }
        }
        if to.is_empty() || self.has_room(part, &to) {
            self.go(part);
            return;
        }
        let laid_aside = matches!(&station.place, Place::Step(step) if step.when_blocked == WhenBlocked::LaidAside);
        if laid_aside {
            self.parts[part].state = State::Moving(to, None);
            self.release(server);
        }
    }

    /// Parts that are done together go on in their order, before all that follows from it.
    fn all_done(&mut self, parts: &[usize], server: Option<usize>) {
        for part in parts {
            self.order += 1;
            self.parts[*part].order = self.order;
        }
        for part in parts {
            self.done(*part, server);
        }
    }

    fn release(&mut self, server: Option<usize>) {
        let Some(server) = server else { return };
        let is_held = self.parts.iter().any(|part| {
            part.state == State::Served(server)
                || matches!(&part.state, State::Moving(_, Some(other)) if *other == server)
        });
        if !is_held {
            self.servers[server].doing = Doing::Idle;
            self.servers[server].load.clear();
            self.settle_starts();
        }
    }

    fn others(&self, part: usize) -> Vec<usize> {
        let item = self.parts[part].item;
        (0..self.parts.len())
            .filter(|other| {
                let state = &self.parts[*other];
                *other != part
                    && state.item == item
                    && state.state != State::Gone
                    && state.at.is_some()
            })
            .collect()
    }

    /// Whether another part can still come to a station.
    fn waits_for_others(&self, part: usize, station: usize) -> bool {
        self.others(part).iter().any(|other| {
            let state = &self.parts[*other];
            let here = state.at.unwrap();
            let is_there = here == station && matches!(state.state, State::Joining | State::Met);
            !is_there && (here == station || self.reach[here][station])
        })
    }

    fn under(&self, limit: usize, station: usize) -> bool {
        self.line.limits[limit].stations.contains(&station)
    }

    fn inside(&self, limit: usize) -> usize {
        let mut items: Vec<usize> = self
            .parts
            .iter()
            .filter(|part| part.state != State::Gone)
            .filter(|part| part.at.is_some_and(|at| self.under(limit, at)))
            .map(|part| part.item)
            .collect();
        items.sort_unstable();
        items.dedup();
        items.len()
    }

    fn full_limit(&self, part: usize, station: usize) -> Option<usize> {
        let item = self.parts[part].item;
        (0..self.line.limits.len()).find(|limit| {
            let is_in = self.parts.iter().any(|other| {
                other.item == item
                    && other.state != State::Gone
                    && other.at.is_some_and(|at| self.under(*limit, at))
            });
            self.under(*limit, station)
                && !is_in
                && self.inside(*limit) >= self.line.limits[*limit].most as usize
        })
    }

    fn is_queue_full(&self, part: usize, station: usize) -> bool {
        let Some(most) = self.line.stations[station].queue_limit else {
            return false;
        };
        let at = |state: fn(&State) -> bool| {
            self.parts
                .iter()
                .filter(|part| part.at == Some(station) && state(&part.state))
                .count()
        };
        match &self.line.stations[station].place {
            Place::Step(step) => {
                let waiting = at(|state| matches!(state, State::Queued | State::Gathering));
                let crew = self.crew_of[station].unwrap();
                let mut free = 0;
                if step.gather == 1 && step.cycle.least == 1 {
                    free = self
                        .servers
                        .iter()
                        .filter(|server| {
                            server.crew == crew && server.is_up && server.doing == Doing::Idle
                        })
                        .count();
                    // A server that it leaves by going.
                    if let State::Moving(_, Some(own)) = self.parts[part].state {
                        let alone = self.parts.iter().filter(|other| {
                            other.state == State::Served(own)
                                || matches!(other.state, State::Moving(_, Some(server)) if server == own)
                        });
                        let is_alone = alone.count() == 1;
                        let server = &self.servers[own];
                        let is_only = self.crews[crew].2.len() == 1;
                        if server.crew == crew && is_only && is_alone && server.is_up {
                            return false;
                        }
                    }
                }
                waiting >= most as usize + free
            }
            Place::Delay(_) => {
                at(|state| {
                    matches!(
                        state,
                        State::Delayed(_) | State::Moving(..) | State::Returning(_) | State::Held
                    )
                }) >= most as usize
            }
            Place::Store(_) | Place::Pack(_) => false,
        }
    }

    /// Whether there is room where a part wants to go.
    fn has_room(&self, part: usize, to: &[usize]) -> bool {
        to.iter().all(|station| {
            let meets = self.waits_for_others(part, *station)
                || to.iter().any(|other| self.reach[*other][*station]);
            (self.parts[part].state == State::Met || self.full_limit(part, *station).is_none())
                && (meets || !self.is_queue_full(part, *station))
        })
    }

    /// Lets those move who have waited longer than a part, and have room.
    fn let_before(&mut self, part: usize) {
        loop {
            self.settle_starts();
            let movers = self.movers();
            let mut before = movers.into_iter().take_while(|other| *other != part);
            let next = before.find(|other| {
                let wants = self.wants(*other);
                self.has_room(*other, &wants)
            });
            let Some(next) = next else { return };
            self.go(next);
        }
    }

    fn wants(&self, part: usize) -> Vec<usize> {
        match &self.parts[part].state {
            State::Moving(to, _) => to.clone(),
            State::Met => vec![self.parts[part].at.unwrap()],
            _ => vec![],
        }
    }

    /// Parts that want to move, in the order of class and of waiting.
    fn movers(&self) -> Vec<usize> {
        let mut movers: Vec<usize> = (0..self.parts.len())
            .filter(|part| matches!(self.parts[*part].state, State::Moving(..) | State::Met))
            .collect();
        movers.sort_by_key(|part| {
            let part = &self.parts[*part];
            (self.items[part.item].class, part.order)
        });
        movers
    }

    /// Moves a part that has room.
    fn go(&mut self, part: usize) {
        match self.parts[part].state.clone() {
            State::Met => {
                let at = self.parts[part].at.unwrap();
                self.come_in(part, at);
                self.settle_starts();
            }
            State::Moving(to, server) => {
                if to.is_empty() {
                    self.leave(part);
                } else {
                    self.move_to(part, &to);
                }
                self.settle_starts();
                self.release(server);
            }
            _ => {}
        }
    }

    fn move_to(&mut self, part: usize, to: &[usize]) {
        let item = self.parts[part].item;
        if self.parts[part].at.is_none()
            && let Some(source) = self.items[item].source.take()
        {
            self.items[item].arrived = self.now;
            // There is always one more, as soon as all else is settled.
            self.bring(source);
        }
        self.parts[part].at = Some(to[0]);
        self.parts[part].state = State::Joining;
        let mut new = vec![part];
        for station in &to[1..] {
            let other = self.add_part(item);
            self.parts[other].at = Some(*station);
            new.push(other);
        }
        if self.others(part).is_empty() {
            self.come_in(part, to[0]);
        } else {
            self.meet(item, &new);
        }
    }

    /// Parts that have all come become one. What has come alone has its room already.
    fn meet(&mut self, item: usize, new: &[usize]) {
        loop {
            let ready = (0..self.parts.len()).rev().find(|part| {
                let state = &self.parts[*part];
                state.item == item
                    && state.state == State::Joining
                    && !self.waits_for_others(*part, state.at.unwrap())
            });
            if let Some(part) = ready {
                let at = self.parts[part].at.unwrap();
                let mut merged = vec![];
                for other in self.others(part) {
                    if self.parts[other].at == Some(at) && self.parts[other].state == State::Joining
                    {
                        self.parts[other].state = State::Gone;
                        merged.push(other);
                    }
                }
                // Room was found for the one that has come last.
                merged.push(part);
                if merged.iter().any(|part| new.contains(part)) {
                    self.come_in(part, at);
                } else {
                    self.order += 1;
                    self.parts[part].order = self.order;
                    self.parts[part].state = State::Met;
                    self.let_before(part);
                    if self.parts[part].state == State::Met && self.has_room(part, &[at]) {
                        self.come_in(part, at);
                    }
                }
                self.settle_starts();
                continue;
            }
            if !self.release_returns(item) {
                return;
            }
        }
    }

    fn release_returns(&mut self, item: usize) -> bool {
        let own: Vec<usize> = (0..self.parts.len())
            .filter(|part| self.parts[*part].item == item && self.parts[*part].state != State::Gone)
            .collect();
        let waits = own.iter().all(|part| {
            matches!(
                self.parts[*part].state,
                State::Joining | State::Returning(_)
            )
        });
        let mut returning: Vec<(usize, usize)> = own
            .iter()
            .filter_map(|part| match self.parts[*part].state {
                State::Returning(to) => Some((to, *part)),
                _ => None,
            })
            .collect();
        if !waits || returning.is_empty() {
            return false;
        }
        // Stations of random lines are in the order of flow.
        returning.sort_by_key(|(to, part)| (*to, std::cmp::Reverse(*part)));
        let mut kept: Vec<(usize, usize)> = vec![];
        for (to, part) in returning {
            if kept.iter().any(|(other, _)| *other == to) {
                self.parts[part].state = State::Gone;
            } else {
                self.parts[part].state = State::Held;
                kept.push((to, part));
            }
        }
        for (to, part) in kept {
            self.order += 1;
            self.parts[part].order = self.order;
            self.parts[part].state = State::Moving(vec![to], None);
            self.let_before(part);
            let still = matches!(self.parts[part].state, State::Moving(..));
            if still && self.parts[part].at.is_some_and(|at| at != to) && self.has_room(part, &[to])
            {
                self.go(part);
            }
        }
        true
    }

    fn come_in(&mut self, part: usize, station: usize) {
        let item = self.parts[part].item;
        self.parts[part].visit = self.items[item].visits[station];
        self.items[item].visits[station] += 1;
        self.parts[part].left = None;
        self.out.came[station] += 1;
        match &self.line.stations[station].place {
            Place::Step(step) if step.gather > 1 => {
                self.order += 1;
                self.parts[part].order = self.order;
                self.parts[part].state = State::Gathering;
                let gathered = self.at_station(station, |state| *state == State::Gathering);
                if gathered.len() >= step.gather as usize {
                    gathered.into_iter().for_each(|part| self.queue_up(part));
                }
            }
            Place::Step(_) => self.queue_up(part),
            Place::Delay(law) => {
                let stream = self
                    .chance
                    .stream(self.line.stations[station].key, Purpose::Work);
                let unit = stream.unit(self.items[item].number, self.parts[part].visit);
                self.parts[part].state = State::Delayed(self.now + law.quantile(unit));
            }
            Place::Store(_) | Place::Pack(_) => unreachable!(),
        }
    }

    /// Parts of a station in a state, in order.
    fn at_station(&self, station: usize, state: impl Fn(&State) -> bool) -> Vec<usize> {
        let mut parts: Vec<usize> = (0..self.parts.len())
            .filter(|part| self.parts[*part].at == Some(station) && state(&self.parts[*part].state))
            .collect();
        parts.sort_by_key(|part| (self.parts[*part].front, self.parts[*part].order));
        parts
    }

    fn queue_up(&mut self, part: usize) {
        self.order += 1;
        self.parts[part].order = self.order;
        self.parts[part].front = 0;
        self.parts[part].state = State::Queued;
        let station = self.parts[part].at.unwrap();
        let crew = self.crew_of[station].unwrap();
        let any_free = self
            .servers
            .iter()
            .any(|server| server.crew == crew && server.is_up && server.doing == Doing::Idle);
        if !any_free && self.line.expedite == Expedite::Interrupts {
            self.interrupt_for(part, crew);
        }
        self.settle_starts();
    }

    fn interrupt_for(&mut self, part: usize, crew: usize) {
        let class = |part: usize| self.items[self.parts[part].item].class;
        let own = class(part);
        let mut best: Option<usize> = None;
        for (index, server) in self.servers.iter().enumerate() {
            let can = server.crew == crew
                && server.is_up
                && server.doing == Doing::Work
                && server.load.len() == 1
                && class(server.load[0]) > own;
            let better = can
                && best.is_none_or(|best: usize| {
                    let key = |server: &Server| (class(server.load[0]), server.since);
                    key(server) >= key(&self.servers[best])
                });
            if better {
                best = Some(index);
            }
        }
        let Some(index) = best else { return };
        let server = &mut self.servers[index];
        let interrupted = server.load[0];
        server.use_left -= self.now - server.since;
        server.load.clear();
        server.doing = Doing::Idle;
        self.front -= 1;
        self.parts[interrupted].left = Some(self.servers[index].ends - self.now);
        self.parts[interrupted].state = State::Queued;
        self.parts[interrupted].front = self.front;
        self.settle_starts();
    }

    /// Lets all begin who can; then all move who can; until nothing changes.
    fn settle(&mut self) {
        loop {
            self.settle_starts();
            let movers = self.movers();
            let next = movers.into_iter().find(|part| {
                let wants = self.wants(*part);
                self.has_room(*part, &wants)
            });
            let Some(part) = next else { return };
            self.go(part);
        }
    }

    fn settle_starts(&mut self) {
        for crew in 0..self.crews.len() {
            while self.start_one(crew, false) {}
        }
    }

    /// One free server of a crew begins, at the most urgent step.
    fn start_one(&mut self, crew: usize, in_part: bool) -> bool {
        let free: Vec<usize> = (0..self.servers.len())
            .filter(|index| {
                let server = &self.servers[*index];
                server.crew == crew && server.is_up && server.doing == Doing::Idle
            })
            .collect();
        if free.is_empty() {
            return false;
        }
        let mut best: Option<Start> = None;
        for station in self.crews[crew].2.clone() {
            let Place::Step(step) = &self.line.stations[station].place else {
                continue;
            };
            let mut queue = self.at_station(station, |state| *state == State::Queued);
            queue.sort_by_key(|part| self.items[self.parts[*part].item].class);
            let least = if in_part {
                1
            } else {
                step.cycle.least as usize
            };
            if queue.is_empty() || queue.len() < least {
                continue;
            }
            let head = &self.parts[queue[0]];
            let key = (self.items[head.item].class, step.priority, head.order);
            queue.truncate(step.cycle.most as usize);
            if best.as_ref().is_none_or(|(other, ..)| key < *other) {
                best = Some((key, station, queue));
            }
            if in_part {
                break;
            }
        }
        let Some((_, station, load)) = best else {
            return false;
        };
        let Place::Step(step) = &self.line.stations[station].place else {
            return false;
        };
        let kind = self.items[self.parts[load[0]].item].kind;
        let needs = |server: &Server| match &step.set_up {
            None => false,
            Some(_) if server.set_for != Some(station) => true,
            Some(set_up) => match set_up.when {
                SetUpWhen::Every(_) => server.until_set_up == 0,
                SetUpWhen::KindChanges => server.set_kind != kind,
            },
        };
        let ready = free.iter().find(|index| !needs(&self.servers[**index]));
        let index = *ready.unwrap_or(&free[0]);
        for part in &load {
            self.parts[*part].state = State::Served(index);
        }
        let first = load[0];
        let needs_set_up = needs(&self.servers[index]);
        let server = &mut self.servers[index];
        server.station = station;
        server.load = load;
        if needs_set_up {
            let set_up = step.set_up.as_ref().unwrap();
            let stream = self
                .chance
                .stream(self.line.stations[station].key, Purpose::SetUp);
            let part = &self.parts[first];
            let unit = stream.unit(self.items[part.item].number, part.visit);
            server.doing = Doing::SetUp;
            server.since = self.now;
            server.ends = self.now + set_up.time.quantile(unit);
            server.set_for = Some(station);
            server.set_kind = kind;
            server.until_set_up = match set_up.when {
                SetUpWhen::Every(count) => count,
                SetUpWhen::KindChanges => u32::MAX,
            };
        } else {
            self.begin_cycle(index);
        }
        true
    }

    fn begin_cycle(&mut self, index: usize) {
        let station = self.servers[index].station;
        let Place::Step(step) = &self.line.stations[station].place else {
            return;
        };
        let part = &self.parts[self.servers[index].load[0]];
        let item = &self.items[part.item];
        let stream = self
            .chance
            .stream(self.line.stations[station].key, Purpose::Work);
        let law = step.work.get(item.kind).unwrap_or(&step.work[0]);
        let span = part
            .left
            .unwrap_or_else(|| law.quantile(stream.unit(item.number, part.visit)));
        let is_new = part.left.is_none();
        let server = &mut self.servers[index];
        if server.set_for == Some(station) {
            let used = if is_new { server.load.len() as u32 } else { 0 };
            server.until_set_up = server.until_set_up.saturating_sub(used);
        } else {
            server.set_for = None;
        }
        server.doing = Doing::Work;
        server.since = self.now;
        server.ends = self.now + span;
    }

    fn end_work(&mut self, index: usize) {
        let server = &mut self.servers[index];
        if server.use_left.is_finite() {
            server.use_left -= self.now - server.since;
        }
        let station = server.station;
        let load = std::mem::take(&mut server.load);
        server.doing = Doing::Blocked;
        let Place::Step(step) = &self.line.stations[station].place else {
            return;
        };
        for part in &load {
            self.order += 1;
            self.parts[*part].order = self.order;
        }
        for part in load {
            self.parts[part].left = None;
            self.parts[part].front = 0;
            if step.transfer > 1 {
                self.parts[part].state = State::Transferring;
                self.release(Some(index));
                let lot = self.at_station(station, |state| *state == State::Transferring);
                if lot.len() >= step.transfer as usize {
                    self.all_done(&lot, None);
                }
            } else {
                self.done(part, Some(index));
            }
        }
    }

    fn leave(&mut self, part: usize) {
        let item = self.parts[part].item;
        self.parts[part].state = State::Gone;
        let alive = self
            .parts
            .iter()
            .any(|part| part.item == item && part.state != State::Gone);
        if alive {
            self.meet(item, &[]);
        } else if !self.items[item].is_done {
            self.items[item].is_done = true;
            self.out
                .left
                .push((self.now, self.now - self.items[item].arrived));
        }
    }

    /// Nothing more comes: the first that waits for more goes as it is.
    fn let_go(&mut self) -> bool {
        for station in 0..self.line.stations.len() {
            let gathered = self.at_station(station, |state| *state == State::Gathering);
            if !gathered.is_empty() {
                gathered.into_iter().for_each(|part| self.queue_up(part));
                return true;
            }
            let lot = self.at_station(station, |state| *state == State::Transferring);
            if !lot.is_empty() {
                self.all_done(&lot, None);
                return true;
            }
            let queued = self.at_station(station, |state| *state == State::Queued);
            if !queued.is_empty() {
                let crew = self.crew_of[station].unwrap();
                let others = std::mem::replace(&mut self.crews[crew].2, vec![station]);
                let began = self.start_one(crew, true);
                self.crews[crew].2 = others;
                if began {
                    return true;
                }
            }
        }
        false
    }
}

fn heads(line: &Line, from: usize) -> Vec<usize> {
    match &line.stations[from].route.onwards {
        Onwards::All(list) => list.clone(),
        Onwards::One(list) => list
            .iter()
            .filter(|(chance, _)| *chance > 0.0)
            .map(|(_, to)| *to)
            .collect(),
        Onwards::OneOfKind(lists) => {
            let all = lists.iter().flatten();
            let taken = all.filter(|(chance, _)| *chance > 0.0);
            taken.map(|(_, to)| *to).collect()
        }
    }
}

fn blank() -> Server {
    Server {
        crew: usize::MAX,
        number: 0,
        doing: Doing::Idle,
        is_up: false,
        station: 0,
        load: vec![],
        ends: f64::INFINITY,
        left: 0.0,
        fails: f64::INFINITY,
        repairs: f64::INFINITY,
        use_left: f64::INFINITY,
        outages: 0,
        set_for: None,
        set_kind: 0,
        until_set_up: 0,
        since: 0.0,
    }
}
