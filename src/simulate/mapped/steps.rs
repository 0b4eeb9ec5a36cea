//! Steps: who works there, how long it takes, what comes between.

use super::found::{Found, Weight};
use super::laws::{Spans, as_stated, constant, estimate, exponential, spread, times_of};
use super::shape::Shape;
use crate::model::{Document, EstimateLaw, Id, MeasureKind, OutageLaw, StreamRun};
use crate::simulate::events::{
    Crew, Cycle, Law, OutageBy, Outages, Servers, SetUp, SetUpWhen, Step, WhenBlocked,
};
use crate::stream::{Knowledge, Quantity, ReadProduct};

/// The most people or machines that a run follows one by one.
const MOST_SERVERS: f64 = 10_000.0;
/// The priority of a step of which none is stated: after all others.
const LAST: u32 = u32::MAX;

/// What of steps is the same for all.
pub(super) struct Steps<'a> {
    pub(super) document: &'a Document,
    pub(super) shape: &'a Shape<'a>,
    pub(super) settings: &'a StreamRun,
    pub(super) products: &'a [ReadProduct],
    /// By kind of item and station: whether it comes there.
    pub(super) comes: &'a [Vec<bool>],
}

/// Who works at the steps of a resource.
#[derive(Clone, Debug)]
pub(super) struct Staff {
    /// The steps, by their places among the stations.
    pub(super) members: Vec<usize>,
    /// The name of the resource; none where the step has its own.
    pub(super) name: Option<String>,
    /// Who they are.
    pub(super) crew: Crew,
    /// How much slower each works, since they are not as many as they are whole ones, or have other
    /// work too.
    slower: f64,
    /// Whether outages come one by one; else they stretch the work.
    has_outages: bool,
}

impl Staff {
    /// One who is always there.
    pub(super) const fn alone() -> Self {
        Self {
            members: Vec::new(),
            name: None,
            crew: Crew::of(1),
            slower: 1.0,
            has_outages: false,
        }
    }
}

/// What is known of a number that has a convention.
fn known(quantity: Option<&Quantity>, convention: f64) -> f64 {
    quantity
        .and_then(|quantity| quantity.likely)
        .unwrap_or(convention)
}

/// How many items one cycle of a step takes, at least 1, and how much longer it takes since the
/// number on the map is another.
pub(super) fn cycle_of(shape: &Shape<'_>, step: usize) -> (u32, f64) {
    let stated = shape.reading.stated_at(step, MeasureKind::Pieces);
    let pieces = known(stated, 1.0) / shape.items_at(step);
    let whole = pieces.round().clamp(1.0, 1e9);
    (whole as u32, whole / pieces)
}

impl Steps<'_> {
    fn record(&self, step: usize) -> Id {
        self.shape.reading.stream().stations[step]
    }

    fn stated(&self, step: usize, kind: MeasureKind) -> Option<&Quantity> {
        self.shape.reading.stated_at(step, kind)
    }

    fn value(&self, step: usize, kind: MeasureKind) -> Option<f64> {
        self.stated(step, kind)?.likely
    }

    /// Seconds of working time, of a time of work.
    fn seconds(&self, step: usize, kind: MeasureKind) -> Option<f64> {
        let quantity = self.stated(step, kind)?;
        Some(quantity.likely? * quantity.working)
    }

    /// Whether changeovers take time at a step.
    fn changes_over(&self, step: usize) -> bool {
        self.stated(step, MeasureKind::Changeover)
            .is_some_and(|quantity| quantity.likely != Some(0.0))
    }

    fn is_down(&self, step: usize) -> bool {
        self.value(step, MeasureKind::Uptime)
            .is_some_and(|uptime| uptime < 1.0)
    }

    /// Asks for all of a step that was asked before and that nobody knows.
    pub(super) fn ask(&self, step: usize, found: &mut Found) {
        use MeasureKind as M;
        let changes = self.changes_over(step);
        let down = self.is_down(step);
        let matter = [
            (M::Servers, true),
            (M::Uptime, true),
            (M::ResourceShare, true),
            (M::Pieces, true),
            (M::Variation, true),
            (M::Changeover, true),
            (M::Batch, changes),
            (M::ChangeoverVariation, changes),
            (M::RepairTime, down),
            (M::RepairVariation, down),
            (M::TransferBatch, true),
            (M::Priority, true),
        ];
        for (kind, matters) in matter {
            let is_unknown = |quantity: &Quantity| quantity.knowledge == Knowledge::Unknown;
            if matters && self.stated(step, kind).is_some_and(is_unknown) {
                let words = format!("Nobody knows the {} here.", kind.name());
                found.missing(self.record(step), kind, &words);
            }
        }
        if changes && self.stated(step, M::Batch).is_none() {
            let words = "A changeover is stated, and not after how many items it comes.";
            found.missing(self.record(step), M::Batch, words);
        }
        if self.shape.reading.lacks_share(step) {
            let words = "Another stream needs these people or machines too, and how much of their \
                time this one gets is not known.";
            found.missing(self.record(step), M::ResourceShare, words);
        }
        let (least, _) = cycle_of(self.shape, step);
        if let super::shape::Form::Step { queue: Some(limit) } = self.shape.forms[step]
            && least > 1
            && limit < least
        {
            let mut about = vec![self.record(step)];
            about.extend(&self.shape.waits_for[step]);
            let words =
                "What waits before this step is limited to fewer items than one cycle takes.";
            found.fault(&about, words);
        }
    }

    /// Who works at the steps of a resource.
    pub(super) fn staff(
        &self,
        load: &crate::stream::capacity::ResourceLoad,
        members: Vec<usize>,
        found: &mut Found,
    ) -> Staff {
        let records: Vec<Id> = members.iter().map(|step| self.record(*step)).collect();
        let servers = load.servers.unwrap_or(1.0);
        let mut whole = servers.ceil().max(1.0);
        if whole > MOST_SERVERS {
            let words = "These are more people or machines than a run can follow one by one: at most \
                10,000.";
            found.fault(&records, words);
            whole = 1.0;
        }
        if whole != servers {
            let words = "Only whole people and machines can be followed: so many more are taken, each \
                as much slower as makes them do the same.";
            found.assume(Weight::Much, &records, words);
        }
        if load.share < 1.0 {
            let words = "Of the time of these people or machines this stream gets a part: each takes \
                as much longer, and is never away.";
            found.assume(Weight::Much, &records, words);
        }
        let share = if load.share > 0.0 { load.share } else { 1.0 };
        let outages = self.outages(&members, found);
        Staff {
            name: self.shape.reading.resource_name(load).map(str::to_owned),
            has_outages: outages.is_some(),
            crew: Crew {
                count: whole as u32,
                outages,
            },
            slower: whole / servers / share,
            members,
        }
    }

    /// The outages of those who work at some steps; none where none come, or they have to be told
    /// otherwise.
    fn outages(&self, members: &[usize], found: &mut Found) -> Option<Outages> {
        let [first, others @ ..] = members else {
            return None;
        };
        let of = |step: usize| {
            let uptime = self
                .value(step, MeasureKind::Uptime)
                .filter(|uptime| *uptime < 1.0);
            let repair = self.seconds(step, MeasureKind::RepairTime);
            let variation = self.value(step, MeasureKind::RepairVariation);
            (uptime, repair.filter(|repair| *repair > 0.0), variation)
        };
        let here = of(*first);
        let down: Vec<Id> = members
            .iter()
            .filter(|step| self.is_down(**step))
            .map(|step| self.record(*step))
            .collect();
        if down.is_empty() {
            return None;
        }
        if others.iter().any(|step| of(*step) != here) {
            let words = "These steps share people or machines, and state different outages: they \
                lengthen the work of each, and do not come one by one.";
            found.assume(Weight::Much, &down, words);
            return None;
        }
        let (Some(uptime), Some(repair), variation) = here else {
            let words = "How long an outage lasts is not said: outages lengthen the work, and do not \
                come one by one. So waits are too short.";
            found.assume(Weight::Much, &down, words);
            return None;
        };
        let by = match self.settings.outages {
            OutageLaw::Clock => OutageBy::Clock,
            OutageLaw::Use => OutageBy::Use,
        };
        if variation.is_none() {
            let words = "How much outages vary is not said: as much as exponential times, as in the \
                figures.";
            found.assume(Weight::Some, &down, words);
        }
        let up = uptime * repair / (1.0 - uptime);
        (up > 0.0).then(|| Outages {
            by,
            up: exponential(up),
            down: match variation {
                None => exponential(repair),
                Some(variation) => spread(self.settings, repair, variation),
            },
        })
    }

    /// A step, at which these work.
    pub(super) fn step(
        &self,
        step: usize,
        staff: &Staff,
        servers: Servers,
        found: &mut Found,
    ) -> Step {
        let (items, longer) = cycle_of(self.shape, step);
        let record = self.record(step);
        if items > 1 {
            let words = "A cycle begins when it is full.";
            found.assume(Weight::Much, &[record], words);
        }
        if (longer - 1.0).abs() > 1e-9 && self.shape.items_at(step) == 1.0 {
            let words = "A cycle can only take whole items: it takes the nearest number, and as much \
                longer or shorter.";
            found.assume(Weight::Some, &[record], words);
        }
        let stretch = match staff.has_outages {
            true => 1.0,
            false => 1.0 / self.value(step, MeasureKind::Uptime).unwrap_or(1.0),
        };
        let factor = staff.slower * longer * stretch;
        Step {
            servers,
            work: self.work(step, factor, longer, found),
            gather: 1,
            cycle: Cycle {
                least: items,
                most: items,
            },
            set_up: self.set_up(step, items, staff, found),
            transfer: self.transfer(step, found),
            when_blocked: WhenBlocked::HoldsServer,
            priority: self
                .value(step, MeasureKind::Priority)
                .map_or(LAST, |priority| priority.round().clamp(0.0, 1e9) as u32),
        }
    }

    /// How long a cycle takes: a law for each kind of item.
    fn work(&self, step: usize, factor: f64, longer: f64, found: &mut Found) -> Vec<Law> {
        let products = self.products;
        let record = self.record(step);
        if products.is_empty() {
            let quantity = self.stated(step, MeasureKind::ProcessTime).copied();
            let law = self.law(step, quantity, factor, longer, found);
            return vec![law.unwrap_or_else(|| {
                let words = "How long this step takes is not known.";
                found.missing(record, MeasureKind::ProcessTime, words);
                Law::NONE
            })];
        }
        let laws = products.iter().enumerate().map(|(number, product)| {
            if !self.comes.get(number).is_some_and(|comes| comes[step]) {
                return Law::NONE;
            }
            let quantity = self.shape.reading.time_of(number, step).copied();
            let law = self.law(step, quantity, factor, longer, found);
            law.unwrap_or_else(|| {
                let words = match product.name.is_empty() {
                    true => "How long this step takes is not known.".to_owned(),
                    false => {
                        let name = crate::model::isolated(&product.name);
                        format!("How long this step takes for {name} is not known.")
                    }
                };
                found.missing(record, MeasureKind::ProcessTime, &words);
                Law::NONE
            })
        });
        laws.collect()
    }

    /// The law of a process time; none if nobody knows it.
    fn law(
        &self,
        step: usize,
        quantity: Option<Quantity>,
        factor: f64,
        longer: f64,
        found: &mut Found,
    ) -> Option<Law> {
        let quantity = quantity?;
        let record = self.record(step);
        // Of several items that are worked on as one the sum varies less.
        let as_one = self.shape.items_at(step);
        if let Some(times) = times_of(self.document, self.shape.reading.stream(), &quantity) {
            if as_one > 1.0 {
                let words = "Several items are worked on as one here: one measured time counts for \
                    all of them.";
                found.assume(Weight::Much, &[record], words);
            }
            return Some(times.law(factor, found));
        }
        let spans = Spans::of(&quantity, quantity.working * factor)?;
        let less = match as_one > 1.0 {
            true => longer.clamp(1.0, as_one).sqrt(),
            false => 1.0,
        };
        if let Some(variation) = self.value(step, MeasureKind::Variation) {
            return Some(match variation == 0.0 {
                true => constant(spans.likely()),
                false => spread(self.settings, spans.likely(), variation / less),
            });
        }
        if spans.is_estimate {
            let words = "These times are estimates: each item takes a time from low to high. Its mean \
                is not the likely time, with which the figures count.";
            found.assume(Weight::Most, &[record], words);
            if self.settings.estimates == EstimateLaw::LogNormal && spans.seconds[0] <= 0.0 {
                let words =
                    "A log-normal law needs a low bound over 0: these times are triangular.";
                found.assume(Weight::Some, &[record], words);
            }
            return Some(estimate(self.settings, &spans));
        }
        let words = "How much the process times vary is not said: as much as exponential times \
            (variability 1), as in the figures.";
        if spans.likely() > 0.0 {
            found.assume(Weight::Most, &[record], words);
        }
        Some(match less > 1.0 {
            true => {
                Law::gamma(spans.likely(), 1.0 / less).unwrap_or_else(|_| constant(spans.likely()))
            }
            false => exponential(spans.likely()),
        })
    }

    /// What is to be done between batches.
    fn set_up(&self, step: usize, items: u32, staff: &Staff, found: &mut Found) -> Option<SetUp> {
        let quantity = self.stated(step, MeasureKind::Changeover)?;
        let times = times_of(self.document, self.shape.reading.stream(), quantity);
        let spans = Spans::of(quantity, quantity.working * staff.slower)?;
        if times.is_none() && spans.likely() <= 0.0 {
            return None;
        }
        let batch = self.value(step, MeasureKind::Batch)?.max(1.0) / self.shape.items_at(step);
        let cycles = (batch / f64::from(items)).round().max(1.0);
        let every = (cycles * f64::from(items)).min(f64::from(u32::MAX));
        let record = self.record(step);
        if (every / batch - 1.0).abs() > 1e-9 {
            let words = "A changeover can only come after whole cycles: it comes after the nearest \
                number of them, and takes as much longer or shorter.";
            found.assume(Weight::Some, &[record], words);
        }
        if staff.members.len() > 1 {
            let words = "Who comes from another step changes over anew. The figures count one \
                changeover a batch.";
            found.assume(Weight::Much, &[record], words);
        }
        let scale = every / batch;
        let spans = Spans {
            seconds: spans.seconds.map(|span| span * scale),
            ..spans
        };
        Some(SetUp {
            time: match (times, self.value(step, MeasureKind::ChangeoverVariation)) {
                (Some(times), _) => times.law(staff.slower * scale, found),
                (None, Some(variation)) => spread(self.settings, spans.likely(), variation),
                (None, None) => as_stated(self.settings, &spans),
            },
            when: SetUpWhen::Every(every as u32),
        })
    }

    fn transfer(&self, step: usize, found: &mut Found) -> u32 {
        let stated = self.value(step, MeasureKind::TransferBatch).unwrap_or(1.0);
        let items = (stated / self.shape.items_at(step)).round().clamp(1.0, 1e9);
        if items > 1.0 {
            let words = "What is done here waits until so many are done, and goes on with them.";
            found.assume(Weight::Some, &[self.record(step)], words);
        }
        items as u32
    }
}
