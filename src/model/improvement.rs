//! A named improvement of a value stream: which measures would change, which steps would go, and which
//! would come.

use serde::{Deserialize, Serialize};

use super::calendar::{Dimension, Unit};
use super::element::{Element, ElementKind};
use super::flaw::Flaw;
use super::id::Id;
use super::keyed_list::{Keyed, KeyedList};
use super::measure::{Amount, Estimate, MAXIMUM_AMOUNT, Measure, Measures};
use super::measure_kind::MeasureKind;
use super::record::{Merge, is_default, merge_as_a_whole, record};
use super::station::{Station, StationKind};
use super::times::Times;

/// How a measure changes, in its own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Adjustment {
    /// It becomes this part of what it is: 0.5 is half. 0 to 100.
    Part(f64),
    /// It becomes so many more, or fewer if negative; at most 10¹² either way.
    More(f64),
    /// It becomes this: a share in percent, 0 to 100. Of what is no share it changes nothing.
    To(f64),
    /// It is this, whatever it is today.
    Is(Stated),
}

merge_as_a_whole!(Adjustment);

/// What a measure is, without where that comes from: a number that is wished for comes from nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Measure", into = "Measure")]
pub struct Stated {
    amount: Amount,
    // As a file has it: of a share none.
    unit: Unit,
}

/// A number that is wished for has a source or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what an improvement makes of a measure has no source and no date")]
pub struct HasProvenance;

impl TryFrom<Measure> for Stated {
    type Error = HasProvenance;

    fn try_from(measure: Measure) -> Result<Self, HasProvenance> {
        match measure.has_provenance() {
            true => Err(HasProvenance),
            false => Ok(Self::of(&measure)),
        }
    }
}

impl From<Stated> for Measure {
    fn from(stated: Stated) -> Self {
        Self::new(stated.amount, stated.unit)
    }
}

impl Stated {
    /// What a measure says, without where that comes from.
    #[must_use]
    pub const fn of(measure: &Measure) -> Self {
        let unit = match measure.unit {
            Unit::Percent => Unit::One,
            unit => unit,
        };
        let amount = measure.amount;
        Self { amount, unit }
    }

    /// It as a measure of a kind.
    #[must_use]
    pub fn measure(self, kind: MeasureKind) -> Measure {
        let unit = match (kind.dimension(), self.unit) {
            (Dimension::Share, Unit::One) => Unit::Percent,
            (_, unit) => unit,
        };
        Measure::new(self.amount, unit)
    }
}

impl Adjustment {
    /// The greatest part.
    pub const GREATEST_PART: f64 = 100.0;

    /// What is wrong with it as a change of a kind of measure: the name of a field, empty for the
    /// number itself, and what is wrong with that.
    #[must_use]
    pub fn flaws(self, kind: MeasureKind) -> Vec<(&'static str, Flaw)> {
        let (number, range) = match self {
            Self::Part(part) => (part, 0.0..=Self::GREATEST_PART),
            Self::More(more) => (more, -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT),
            Self::To(share) => (share, 0.0..=100.0),
            Self::Is(stated) => return stated.measure(kind).flaws(kind),
        };
        let flaw = Flaw::of_number(number, &range);
        flaw.into_iter().map(|flaw| ("", flaw)).collect()
    }

    /// What a measure of this kind becomes. A number stays within the range of its kind. What is not
    /// known, or has no convention, stays as it is; what becomes a number of its own is stated.
    #[must_use]
    pub fn applied(self, kind: MeasureKind, measure: Option<&Measure>) -> Option<Measure> {
        if matches!(self, Self::To(_)) && kind.dimension() != Dimension::Share {
            return measure.cloned();
        }
        if let Self::Is(stated) = self {
            let after = stated.measure(kind);
            let is_same =
                |before: &&Measure| before.amount == after.amount && before.unit == after.unit;
            let same = measure.filter(is_same).cloned();
            return Some(same.unwrap_or(after));
        }
        let (least, most) = kind.range();
        let changed = |number: f64| match self {
            Self::Part(part) => (number * part).clamp(least, most),
            Self::More(more) => (number + more).clamp(least, most),
            Self::To(share) => share.clamp(least, most),
            Self::Is(_) => number,
        };
        let Some(measure) = measure else {
            return match self {
                Self::To(_) => Some(Measure::measured(changed(0.0), Unit::Percent)),
                Self::Part(_) | Self::More(_) | Self::Is(_) => {
                    let assumed = kind.assumed_count()?;
                    Some(Measure::measured(changed(assumed), Unit::One))
                }
            };
        };
        let amount = match (self, measure.amount) {
            (Self::To(_), _) => Amount::Measured(changed(0.0)),
            (_, Amount::Unknown) => Amount::Unknown,
            (_, Amount::Guessed(number)) => Amount::Guessed(changed(number)),
            (_, Amount::Measured(number)) => Amount::Measured(changed(number)),
            (_, Amount::Estimated(Estimate { low, likely, high })) => Amount::Estimated(Estimate {
                low: changed(low),
                likely: changed(likely),
                high: changed(high),
            }),
        };
        let times = self.applied_to_times(measure, amount);
        // Where a number of today comes from says nothing of one that is wished for.
        Some(match amount == measure.amount && times == measure.times {
            true => measure.clone(),
            false => Measure {
                times,
                ..Measure::new(amount, measure.unit)
            },
        })
    }

    /// What the measured times of a measure become whose amount becomes another: all of them change by
    /// the same part, so that they vary as much as before. None where nobody knows that part.
    fn applied_to_times(self, measure: &Measure, amount: Amount) -> Option<Times> {
        let times = measure.times.as_ref()?;
        match self {
            Self::Part(part) => Some(times.scaled(part)),
            Self::To(_) | Self::Is(_) => None,
            Self::More(_) => {
                let (before, after) = (measure.amount.likely()?, amount.likely()?);
                (before > 0.0).then(|| times.scaled(after / before))
            }
        }
    }
}

impl MeasureKind {
    /// How many there are while nobody has said anything, of what is counted; none where there is no
    /// such convention.
    #[must_use]
    const fn assumed_count(self) -> Option<f64> {
        match self {
            Self::Servers | Self::Batch => Some(1.0),
            _ => None,
        }
    }
}

/// One measure of a station or flow that changes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeasureChange {
    /// The station or flow.
    pub about: Id,
    /// Which of its measures. One that it has no more, since it became another kind of station,
    /// changes nothing.
    pub measure: MeasureKind,
    /// How it changes.
    pub change: Adjustment,
}

impl Keyed for MeasureChange {
    type Key = (Id, MeasureKind);

    fn key(&self) -> Self::Key {
        (self.about, self.measure)
    }

    fn about(&self) -> Id {
        self.about
    }

    fn of(self, about: Id) -> Self {
        Self { about, ..self }
    }
}

/// The measures that change: of a record each kind once, in the order of ids and kinds.
pub type MeasureChanges = KeyedList<MeasureChange>;

/// A station or flow that is left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Without(pub Id);

impl Keyed for Without {
    type Key = Id;

    fn key(&self) -> Id {
        self.0
    }

    fn about(&self) -> Id {
        self.0
    }

    fn of(self, about: Id) -> Self {
        Self(about)
    }
}

/// The stations and flows that are left out: each once, in the order of ids.
pub type LeftOut = KeyedList<Without>;

record! {
    /// A step that is put in on a flow, between the two stations that it joins.
    pub struct AddedStep {
        /// Its own id. It becomes that of the step where the improvement is made so.
        pub id: Id,
        /// The flow that it stands on.
        pub flow: Id,
        /// Its name; may be empty.
        pub name: String,
        /// Its place among the steps that are put in on the flow: lower ones come first, equal ones in
        /// the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// What is known of it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub measures: Measures,
    }
}

impl Keyed for AddedStep {
    type Key = Id;

    fn key(&self) -> Id {
        self.id
    }

    fn about(&self) -> Id {
        self.flow
    }

    fn of(self, about: Id) -> Self {
        Self {
            flow: about,
            ..self
        }
    }

    /// Field by field.
    fn brought(before: &Self, after: &Self, current: &Self) -> Self {
        Merge::merged(before, after, current)
    }
}

/// The steps that are put in: each once, in the order of their ids.
pub type AddedSteps = KeyedList<AddedStep>;

record! {
    /// A named improvement of the value stream. It says what would change; what that does is computed.
    #[derive(Default)]
    pub struct Improvement {
        /// Its name, such as "Two testers"; may be empty.
        pub name: String,
        /// Its place in the list: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// The measures that change.
        #[serde(default, skip_serializing_if = "is_default")]
        pub changes: MeasureChanges,
        /// The steps and flows that are left out.
        #[serde(default, skip_serializing_if = "is_default")]
        pub without: LeftOut,
        /// The steps that are put in.
        #[serde(default, skip_serializing_if = "is_default")]
        pub added: AddedSteps,
    }
}

impl Improvement {
    /// The records of the document that it speaks of, some more than once.
    pub fn about(&self) -> impl Iterator<Item = Id> + '_ {
        let changes = self.changes.iter().map(MeasureChange::about);
        let without = self.without.iter().map(Without::about);
        let added = self.added.iter().map(AddedStep::about);
        changes.chain(without).chain(added)
    }

    /// It changes nothing of any document.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.without.is_empty() && self.added.is_empty()
    }

    /// What of it is about records that `keeps` holds for.
    #[must_use]
    pub fn of(self, keeps: impl Fn(Id) -> bool) -> Self {
        Self {
            changes: self.changes.of(&keeps),
            without: self.without.of(&keeps),
            added: self.added.of(&keeps),
            ..self
        }
    }

    /// The same about records that have other ids. The steps that are put in keep theirs.
    #[must_use]
    pub fn renamed(self, mut now: impl FnMut(Id) -> Id) -> Self {
        Self {
            changes: self.changes.renamed(&mut now),
            without: self.without.renamed(&mut now),
            added: self.added.renamed(&mut now),
            ..self
        }
    }

    /// The same with other ids for the steps that are put in: those of a copy are others.
    #[must_use]
    pub fn with_own_steps(self, mut fresh: impl FnMut(Id) -> Id) -> Self {
        let steps = self.added.iter().cloned();
        let steps = steps.map(|step| AddedStep {
            id: fresh(step.id),
            ..step
        });
        Self {
            added: AddedSteps::new(steps),
            ..self
        }
    }

    /// Whether it leaves out a station or flow.
    #[must_use]
    pub fn leaves_out(&self, id: Id) -> bool {
        self.without.iter().any(|one| one.0 == id)
    }

    /// The steps that it puts in on a flow, in the order in which work comes to them.
    #[must_use]
    pub fn added_on(&self, flow: Id) -> Vec<&AddedStep> {
        let steps = self.added.iter().filter(|step| step.flow == flow);
        let mut steps: Vec<&AddedStep> = steps.collect();
        steps.sort_by_key(|step| (step.place, step.id));
        steps
    }
}

impl ElementKind {
    /// Whether it has measures that an improvement can change, and whether one can leave it out.
    #[must_use]
    pub const fn can_be_improved(self) -> bool {
        matches!(self, Self::Station | Self::Flow)
    }
}

/// How an improvement changes a kind of measure, at first: the choices that are offered of a record,
/// each with what it begins with.
///
/// They are the measures whose effect on the figures of a stream is known. A limit of work is none
/// of them: lead time and throughput are read off the map, and no limit changes them there.
#[must_use]
pub const fn adjustments_of(element: &Element) -> &'static [(MeasureKind, Adjustment)] {
    use Adjustment::{More, Part, To};
    use MeasureKind as M;
    const OF_STEP: [(MeasureKind, Adjustment); 7] = [
        (M::ProcessTime, Part(0.8)),
        (M::Servers, More(1.0)),
        (M::WaitingTime, Part(0.5)),
        (M::CompleteAndAccurate, To(95.0)),
        (M::Batch, Part(0.5)),
        (M::Changeover, Part(0.5)),
        (M::Uptime, To(95.0)),
    ];
    const OF_STORE: [(MeasureKind, Adjustment); 2] =
        [(M::WorkInProgress, Part(0.5)), (M::WaitingTime, Part(0.5))];
    const OF_REWORK: [(MeasureKind, Adjustment); 2] =
        [(M::Share, Part(0.5)), (M::WaitingTime, Part(0.5))];
    const OF_FLOW: [(MeasureKind, Adjustment); 1] = [(M::WaitingTime, Part(0.5))];
    match element {
        Element::Station(Station { kind, .. }) => match kind {
            StationKind::Step => &OF_STEP,
            StationKind::Queue | StationKind::Supermarket => &OF_STORE,
            StationKind::Supplier | StationKind::Customer | StationKind::Control => &[],
        },
        Element::Flow(flow) => match flow.kind {
            super::flow::FlowKind::Rework => &OF_REWORK,
            super::flow::FlowKind::Push
            | super::flow::FlowKind::Pull
            | super::flow::FlowKind::Fifo => &OF_FLOW,
            super::flow::FlowKind::ManualInformation
            | super::flow::FlowKind::ElectronicInformation => &[],
        },
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(about: u64, measure: MeasureKind, change: Adjustment) -> MeasureChange {
        let about = Id::from_bits(about);
        MeasureChange {
            about,
            measure,
            change,
        }
    }

    #[test]
    fn a_measure_keeps_its_unit_and_its_range() {
        let hours = Measure::measured(4.0, Unit::Hour);
        let half = Adjustment::Part(0.5).applied(MeasureKind::ProcessTime, Some(&hours));
        assert_eq!(half, Some(Measure::measured(2.0, Unit::Hour)));
        // Nobody has said how many work here: one is assumed, and becomes two.
        let more = Adjustment::More(1.0).applied(MeasureKind::Servers, None);
        assert_eq!(more, Some(Measure::measured(2.0, Unit::One)));
        assert_eq!(
            Adjustment::Part(0.5).applied(MeasureKind::ProcessTime, None),
            None
        );
        let unknown = Measure::new(Amount::Unknown, Unit::Hour);
        let still = Adjustment::Part(0.5).applied(MeasureKind::ProcessTime, Some(&unknown));
        assert_eq!(still, Some(unknown));
        let share = Adjustment::Part(2.0).applied(
            MeasureKind::Share,
            Some(&Measure::measured(80.0, Unit::Percent)),
        );
        assert_eq!(share, Some(Measure::measured(100.0, Unit::Percent)));
        let to = Adjustment::To(95.0).applied(MeasureKind::CompleteAndAccurate, None);
        assert_eq!(to, Some(Measure::measured(95.0, Unit::Percent)));
    }

    #[test]
    fn changes_are_there_once_and_merge_one_by_one() {
        let (time, people) = (MeasureKind::ProcessTime, MeasureKind::Servers);
        let before = MeasureChanges::new([change(1, time, Adjustment::Part(0.5))]);
        let after = MeasureChanges::new([
            change(2, people, Adjustment::More(1.0)),
            change(1, time, Adjustment::Part(0.5)),
        ]);
        let current = MeasureChanges::new([change(1, time, Adjustment::Part(0.4))]);
        let merged = Merge::merged(&before, &after, &current);
        let expected = [
            change(1, time, Adjustment::Part(0.4)),
            change(2, people, Adjustment::More(1.0)),
        ];
        assert!(merged.iter().eq(&expected), "{merged:?}");
        assert_eq!(merged.out_of_order(), None);
    }
}
